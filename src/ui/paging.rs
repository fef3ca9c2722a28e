//! Links to the other pages of a list.

use maud::{Markup, html};

use super::words::Words;

/// Page numbers shown on either side of the current one.
const NEIGHBOURS: usize = 2;

/// The links from a page to the others, up to the last; nothing where there is one page only.
pub(super) fn paging(words: &Words, page: usize, last: usize, link: &dyn Fn(usize) -> String) -> Markup {
    let near = page.saturating_sub(NEIGHBOURS).max(1)..=(page + NEIGHBOURS).min(last);
    html! {
        @if last > 1 {
            nav.paging aria-label=(words.paging) {
                @if page > 1 { a rel="prev" href=(link(page - 1)) { (words.previous) } }
                @for other in near {
                    @if other == page {
                        a href=(link(other)) aria-current="page" aria-label=(words.page(other)) { (other) }
                    } @else {
                        a href=(link(other)) aria-label=(words.page(other)) { (other) }
                    }
                }
                @if page < last { a rel="next" href=(link(page + 1)) { (words.next) } }
            }
        }
    }
}
