//! What every page has around it: head, search box, footer.

use maud::{DOCTYPE, Markup, html};

use super::assets::{SCRIPT, SEAL, STYLE};
use super::description;
use super::visit::Visit;
use crate::text::Language;

/// A page to be put into the frame.
pub(super) struct Page {
    /// Its title, without the name of the portal; empty for the first page.
    pub(super) title: String,
    /// Its one proper address, from the root; none where no search engine should keep it.
    pub(super) canonical: Option<String>,
    /// More for the head.
    pub(super) head: Markup,
    /// The search box over it; none where the page has its own.
    pub(super) search: Option<Markup>,
    /// The page itself.
    pub(super) main: Markup,
}

/// The search box.
pub(super) fn search_box(visit: &Visit, query: &str, kept: &[(&'static str, String)]) -> Markup {
    let words = visit.words();
    html! {
        form.search role="search" action="/" method="get"
            data-suggestions=(words.suggestions) data-recent=(words.recent) data-forget=(words.forget) data-article=(words.articles_name) {
            label.unseen for="q" { (words.search_label) }
            div.box {
                input #q type="search" name="q" value=(query) placeholder=(words.placeholder) maxlength="2048"
                    autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search";
                button type="submit" { (words.search) }
            }
            @for (name, value) in kept {
                input type="hidden" name=(name) value=(value);
            }
        }
    }
}

/// The whole page.
pub(super) fn framed(visit: &Visit, page: Page) -> Markup {
    let words = visit.words();
    let Page {
        title,
        canonical,
        head,
        search,
        main,
    } = page;
    let title = if title.is_empty() {
        format!("{} · {}", words.name, words.motto)
    } else {
        format!("{title} · {}", words.name)
    };
    let at_home = search.is_none();
    html! {
        (DOCTYPE)
        html lang=(words.tag) {
            head {
                meta charset="utf-8";
                title { (title) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="theme-color" media="(prefers-color-scheme: light)" content="#faf8f3";
                meta name="theme-color" media="(prefers-color-scheme: dark)" content="#17181a";
                @match canonical {
                    Some(path) => link rel="canonical" href={ (visit.base.as_str()) (path) };,
                    None => meta name="robots" content="noindex";,
                }
                link rel="search" type="application/opensearchdescription+xml" title=(description::SHORT_NAME) href="/opensearch.xml";
                link rel="icon" type="image/svg+xml" href=(SEAL.address());
                link rel="stylesheet" href=(STYLE.address());
                script src=(SCRIPT.address()) defer {}
                (head)
            }
            body.home[at_home] {
                a.skip href="#main" { (words.skip) }
                header.top {
                    @if let Some(search) = search {
                        a.brand href="/" { (seal()) span { (words.name) } }
                        (search)
                    }
                    nav.tongues aria-label=(words.interface) { (switch(visit)) }
                }
                main #main tabindex="-1" { (main) }
                footer {
                    p { span lang="zh" { "文渊" } " · " span lang="en" { "Wenyuan" } " " (env!("CARGO_PKG_VERSION")) }
                    ul {
                        li { a href="/articles" { (words.all_articles) } }
                        li { a href="/status" { (words.status) } }
                        li { a href="/docs" { (words.api) } }
                    }
                }
            }
        }
    }
}

/// The seal beside the name: a picture of the name itself, so it says nothing to those who hear the page.
pub(super) fn seal() -> Markup {
    html! { span.seal aria-hidden="true" lang="zh" { "文" br; "渊" } }
}

fn switch(visit: &Visit) -> Markup {
    html! {
        @for (language, tag, name) in [(Language::Zh, "zh-Hans", "中文"), (Language::En, "en", "English")] {
            @if language == visit.language {
                span aria-current="true" lang=(tag) { (name) }
            } @else {
                a href=(visit.switch(language)) lang=(tag) hreflang=(tag) { (name) }
            }
        }
    }
}
