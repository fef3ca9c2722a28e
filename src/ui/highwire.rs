//! Highwire meta tags: an article described for Google Scholar and reference managers.

use maud::{Markup, html};

use super::address;
use crate::document::{ArticleOutline, Metadata};
use crate::server::Base;

/// The tags of an article, in its own language where printed.
pub(super) fn of_article(base: &Base, outline: &ArticleOutline) -> Markup {
    let Metadata {
        title,
        authors,
        keywords,
        doi,
        date,
        year,
        journal,
        issn,
        volume,
        issue,
        pages,
        ..
    } = &outline.metadata;
    let language = outline.language;
    let (first, last) = pages.as_deref().map_or((None, None), ends);
    let year = year.map(|year| year.to_string());
    // Highwire writes dates with slashes.
    let date = date.as_ref().map(|date| date.replace('-', "/")).or(year);
    let page = format!("{}{}", base.as_str(), address::article(outline.id.as_str()));
    let single = [
        ("citation_title", title.prefer(language).map(String::as_str)),
        ("citation_publication_date", date.as_deref()),
        ("citation_journal_title", journal.prefer(language).map(String::as_str)),
        ("citation_issn", issn.as_deref()),
        ("citation_volume", volume.as_deref()),
        ("citation_issue", issue.as_deref()),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_doi", doi.as_deref()),
        ("citation_language", Some(language.tag())),
        ("citation_abstract_html_url", Some(page.as_str())),
        ("citation_fulltext_html_url", Some(page.as_str())),
    ];
    let keywords: Vec<&str> = keywords
        .iter()
        .filter_map(|keyword| keyword.prefer(language))
        .map(String::as_str)
        .collect();
    html! {
        @for (name, value) in single {
            @if let Some(value) = value { meta name=(name) content=(value); }
        }
        @for author in authors.prefer(language).into_iter().flatten() { meta name="citation_author" content=(author); }
        @if !keywords.is_empty() { meta name="citation_keywords" content=(keywords.join("; ")); }
    }
}

/// The first and the last page of a printed range.
fn ends(pages: &str) -> (Option<&str>, Option<&str>) {
    match pages.split_once(['-', '–', '—']) {
        Some((first, last)) => (Some(first.trim()), Some(last.trim())),
        None => (Some(pages.trim()), None),
    }
}
