//! What is searched, in which order it is shown, and what it is narrowed to, each choice a link.

use maud::{Markup, html};

use crate::retrieve::{LanguageFilter, Scope, Sort};
use crate::text::Language;
use crate::ui::address;
use crate::ui::asked::Asked;
use crate::ui::plain::Plain;
use crate::ui::words::Words;

/// The choices.
pub(super) fn choices(words: &Words, asked: &Asked, narrows: bool) -> Markup {
    let scopes = [(Scope::Passages, words.passages), (Scope::References, words.references)];
    let languages = [
        (LanguageFilter::Any, words.any),
        (LanguageFilter::Only(Language::Zh), words.chinese),
        (LanguageFilter::Only(Language::En), words.english),
    ];
    let orders = [
        (Sort::Relevance, words.by_relevance),
        (Sort::NewestFirst, words.newest_first),
        (Sort::OldestFirst, words.oldest_first),
    ];
    html! {
        nav.restrict aria-label=(words.filters) {
            ul aria-label=(words.scope) {
                @for (scope, name) in scopes {
                    li { (choice(name, scope == asked.scope, asked.with(|asked| asked.scope = scope))) }
                }
            }
            @if asked.scope == Scope::Passages {
                ul aria-label=(words.language_of_text) {
                    @for (language, name) in languages {
                        li { (choice(name, language == asked.language, asked.with(|asked| asked.language = language))) }
                    }
                }
            }
            ul aria-label=(words.order) {
                @for (sort, name) in orders {
                    li { (choice(name, sort == asked.sort, asked.with(|asked| asked.sort = sort))) }
                }
            }
            @if narrows { a.narrow href="#facets" { (words.narrow) } }
        }
        (narrowed(words, asked))
    }
}

fn choice(name: &str, chosen: bool, asked: Asked) -> Markup {
    html! {
        a href=(asked.link()) aria-current=[chosen.then_some("true")] { (name) }
    }
}

/// What the search is narrowed to, each with a link that takes it back.
fn narrowed(words: &Words, asked: &Asked) -> Markup {
    let years = match (asked.year_from, asked.year_to) {
        (None, None) => None,
        (Some(from), Some(to)) if from == to => Some(from.to_string()),
        (from, to) => {
            let shown = |year: Option<u16>| year.map_or(String::new(), |year| year.to_string());
            Some(format!("{}–{}", shown(from), shown(to)))
        }
    };
    html! {
        @if asked.article.is_some() || asked.role.is_some() || asked.section.is_some() || years.is_some() {
            ul.narrowed aria-label=(words.narrowed_to) {
                @if let Some(article) = &asked.article {
                    li {
                        (words.articles_name) " " a href=(address::article(article.as_str())) { (article) } " "
                        (off(words, asked.with(|asked| asked.article = None)))
                    }
                }
                @if let Some(role) = asked.role {
                    li { (words.role(role)) " " (off(words, asked.with(|asked| asked.role = None))) }
                }
                @if let Some(section) = &asked.section {
                    li { "§" (Plain(section)) " " (off(words, asked.with(|asked| asked.section = None))) }
                }
                @if let Some(years) = years {
                    li { (years) " " (off(words, asked.with(|asked| {
                        asked.year_from = None;
                        asked.year_to = None;
                    }))) }
                }
            }
        }
    }
}

fn off(words: &Words, asked: Asked) -> Markup {
    html! { a.off href=(asked.link()) aria-label=(words.remove) { "×" } }
}
