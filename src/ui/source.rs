//! Where something comes from, in a line: an article, or an entry of a reference list.

use maud::{Markup, html};

use super::address;
use super::plain::Plain;
use super::words::Words;
use crate::document::{ArticleHead, Reference};
use crate::text::Language;

/// Authors named before the rest is "and others".
const MOST_AUTHORS: usize = 3;

/// An article in a line: title, authors, journal, year; in `language` where it is printed in it.
pub(super) fn line(words: &Words, article: &ArticleHead, language: Language) -> Markup {
    html! { p.source { (title(words, article, "")) (appeared(words, article, language)) } }
}

/// An article in a line without its title.
pub(super) fn imprint(words: &Words, article: &ArticleHead, language: Language) -> Markup {
    html! { p.source { (appeared(words, article, language)) } }
}

/// Authors, journal and year.
fn appeared(words: &Words, article: &ArticleHead, language: Language) -> Markup {
    let authors = article.authors.prefer(language).map(Vec::as_slice).unwrap_or_default();
    let named = authors
        .iter()
        .take(MOST_AUTHORS)
        .map(String::as_str)
        .collect::<Vec<_>>();
    html! {
        @if !named.is_empty() {
            span lang=(Language::detect(&named.join(" ")).tag()) { (Plain(&named.join(", "))) }
            @if authors.len() > MOST_AUTHORS { " " (words.and_others) }
        }
        @if let Some(journal) = article.journal.prefer(language) {
            cite lang=(Language::detect(journal).tag()) { (Plain(journal)) }
        }
        @if let Some(year) = article.year { time datetime=(year) { (year) } }
    }
}

/// The title of an article as a link to its page, at `place` (`#…`) in it. In the language of the pages where printed.
pub(super) fn title(words: &Words, article: &ArticleHead, place: &str) -> Markup {
    let id = article.id.as_str();
    let title = article.title.prefer(words.language).map_or(id, String::as_str);
    html! {
        a.title href={ (address::article(id)) (place) } lang=(Language::detect(title).tag()) { (Plain(title)) }
    }
}

/// An entry of a reference list as printed, with links to the work.
pub(super) fn entry(reference: &Reference) -> Markup {
    html! {
        span.entry lang=(Language::detect(&reference.text).tag()) { (Plain(&reference.text)) }
        (links(reference))
    }
}

/// Where the work itself is to be found.
pub(super) fn links(reference: &Reference) -> Markup {
    html! {
        @if let Some(doi) = reference.doi.as_deref().filter(|doi| !doi.is_empty()) {
            " " a.out rel="noopener nofollow" href=(address::doi(doi)) { "DOI" }
        }
        @if let Some(pmid) = reference.pmid.as_deref().filter(|pmid| pmid.bytes().all(|byte| byte.is_ascii_digit())) {
            " " a.out rel="noopener nofollow" href={ "https://pubmed.ncbi.nlm.nih.gov/" (pmid) "/" } { "PubMed" }
        }
        @if reference.doi.is_none() && let Some(url) = reference.url.as_deref().and_then(address::web) {
            " " a.out rel="noopener nofollow" href=(url) { "URL" }
        }
    }
}
