//! What is known of an article, over its text.

use maud::{Markup, html};

use crate::document::{ArticleOutline, Bilingual, Metadata};
use crate::text::Language;
use crate::ui::address;
use crate::ui::plain::Plain;
use crate::ui::words::Words;

/// Title, authors and the rest, in both languages where printed.
pub(super) fn header(words: &Words, outline: &ArticleOutline) -> Markup {
    let metadata = &outline.metadata;
    let title = metadata.title.prefer(outline.language);
    let other = match outline.language {
        Language::Zh => &metadata.title.en,
        Language::En => &metadata.title.zh,
    };
    html! {
        header.about {
            (imprint(metadata, outline.language))
            h1 lang=(outline.language.tag()) {
                (Plain(title.map_or(outline.id.as_str(), String::as_str)))
            }
            @if let Some(other) = other.as_ref().filter(|other| Some(*other) != title) {
                p.other lang=(Language::detect(other).tag()) { (Plain(other)) }
            }
            (people(&metadata.authors))
            (links(metadata))
            details.facts {
                summary { (words.more_about) }
                (facts(words, outline))
            }
        }
    }
}

/// Journal, year, volume and pages in a line.
fn imprint(metadata: &Metadata, language: Language) -> Markup {
    let journal = metadata.journal.prefer(language);
    let volume = match (&metadata.volume, &metadata.issue) {
        (Some(volume), Some(issue)) => Some(format!("{volume}({issue})")),
        (volume, issue) => volume
            .clone()
            .or_else(|| issue.as_ref().map(|issue| format!("({issue})"))),
    };
    html! {
        p.imprint {
            @if let Some(journal) = journal {
                cite lang=(Language::detect(journal).tag()) { (Plain(journal)) }
            }
            @if let Some(year) = metadata.year { span { (year) } }
            @if let Some(volume) = volume { span { (Plain(&volume)) } }
            @if let Some(pages) = &metadata.pages { span { (Plain(pages)) } }
        }
    }
}

fn people(authors: &Bilingual<Vec<String>>) -> Markup {
    html! {
        @for (authors, language) in [(&authors.zh, Language::Zh), (&authors.en, Language::En)] {
            @if let Some(authors) = authors.as_ref().filter(|authors| !authors.is_empty()) {
                p.authors lang=(language.tag()) { (Plain(&authors.join(", "))) }
            }
        }
    }
}

fn links(metadata: &Metadata) -> Markup {
    let doi = metadata.doi.as_deref().filter(|doi| !doi.is_empty());
    let url = metadata.url.as_deref().and_then(address::web);
    html! {
        @if doi.is_some() || url.is_some() {
            p.links {
                @if let Some(doi) = doi { a.out rel="noopener" href=(address::doi(doi)) { "doi:" (Plain(doi)) } }
                @if let Some(url) = url { " " a.out rel="noopener" href=(url) { "URL" } }
            }
        }
    }
}

fn facts(words: &Words, outline: &ArticleOutline) -> Markup {
    let metadata = &outline.metadata;
    let clc = metadata.clc.join("; ");
    let single = [
        (words.date, metadata.date.as_deref()),
        (words.article_number, metadata.article_number.as_deref()),
        (words.clc, (!clc.is_empty()).then_some(clc.as_str())),
        (words.document_code, metadata.document_code.as_deref()),
        ("ISSN", metadata.issn.as_deref()),
        (words.source_file, Some(outline.source.path.as_str())),
    ];
    html! {
        dl {
            (both(words.affiliations, &metadata.affiliations))
            (both(words.corresponding, &listed(&metadata.corresponding)))
            (both(words.journal, &listed(&metadata.journal)))
            @if !metadata.keywords.is_empty() {
                dt { (words.keywords) }
                @for keyword in &metadata.keywords {
                    dd.keyword {
                        @if let Some(zh) = &keyword.zh { (searching(zh, Language::Zh)) }
                        @if keyword.zh.is_some() && keyword.en.is_some() { " " }
                        @if let Some(en) = &keyword.en { (searching(en, Language::En)) }
                    }
                }
            }
            @for (name, value) in single {
                @if let Some(value) = value { dt { (name) } dd { (Plain(value)) } }
            }
            @if !metadata.notes.is_empty() {
                dt { (words.notes) }
                @for note in &metadata.notes { dd lang=(Language::detect(note).tag()) { (Plain(note)) } }
            }
        }
    }
}

fn listed(both: &Bilingual<String>) -> Bilingual<Vec<String>> {
    let list = |text: &Option<String>| text.clone().map(|text| vec![text]);
    Bilingual {
        zh: list(&both.zh),
        en: list(&both.en),
    }
}

fn both(name: &str, both: &Bilingual<Vec<String>>) -> Markup {
    html! {
        @if both.zh.is_some() || both.en.is_some() {
            dt { (name) }
            @for (values, language) in [(&both.zh, Language::Zh), (&both.en, Language::En)] {
                @for value in values.iter().flatten() { dd lang=(language.tag()) { (Plain(value)) } }
            }
        }
    }
}

fn searching(term: &str, language: Language) -> Markup {
    html! { a href={ "/?q=" (address::part(term)) } lang=(language.tag()) { (Plain(term)) } }
}
