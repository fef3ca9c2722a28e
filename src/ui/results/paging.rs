//! Links to the other pages of the hits.

use maud::{Markup, html};

use crate::ui::asked::{Asked, LAST_PAGE, PER_PAGE};
use crate::ui::words::Words;

/// Page numbers shown on either side of the current one.
const NEIGHBOURS: usize = 2;

/// The links; nothing where there is one page only.
pub(super) fn paging(words: &Words, asked: &Asked, total: usize) -> Markup {
    let last = total.div_ceil(PER_PAGE).min(LAST_PAGE);
    let on = |page: usize| Asked { page, ..asked.clone() }.link();
    let near = asked.page.saturating_sub(NEIGHBOURS).max(1)..=(asked.page + NEIGHBOURS).min(last);
    html! {
        @if last > 1 {
            nav.paging aria-label=(words.paging) {
                @if asked.page > 1 { a rel="prev" href=(on(asked.page - 1)) { (words.previous) } }
                @for page in near {
                    @if page == asked.page {
                        a href=(on(page)) aria-current="page" aria-label=(words.page(page)) { (page) }
                    } @else {
                        a href=(on(page)) aria-label=(words.page(page)) { (page) }
                    }
                }
                @if asked.page < last { a rel="next" href=(on(asked.page + 1)) { (words.next) } }
            }
        }
    }
}
