//! The first page: the search box, and how much there is to find.

use maud::{Markup, html};

use super::frame::{Page, framed, seal, search_box};
use super::linked_data;
use super::visit::Visit;
use crate::retrieve::Status;

/// The first page.
pub(super) fn page(visit: &Visit, status: &Status) -> Markup {
    let words = visit.words();
    let counts = [
        (status.articles, words.articles),
        (status.passages_zh, words.chinese_passages),
        (status.passages_en, words.english_passages),
        (status.references, words.references),
    ];
    let main = html! {
        div.welcome {
            h1 { (seal()) span lang="zh" { "文渊" } " " span.latin lang="en" { "Wenyuan" } }
            p.motto { (words.motto) }
            (search_box(visit, "", &[]))
            dl.counts aria-label=(words.indexed) {
                @for (count, name) in counts {
                    div { dt { (name) } dd { (count) } }
                }
            }
        }
    };
    framed(
        visit,
        Page {
            title: String::new(),
            canonical: Some("/".to_owned()),
            head: linked_data::of_site(visit),
            search: None,
            main,
        },
    )
}
