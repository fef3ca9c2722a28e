//! All matches counted, each count a link that narrows the search to it.

use maud::{Markup, html};

use crate::document::ArticleId;
use crate::retrieve::{ArticleCount, Facets, LanguageFilter};
use crate::text::Language;
use crate::ui::asked::Asked;
use crate::ui::plain::Plain;
use crate::ui::words::Words;

/// The most articles and years shown.
const MOST_ARTICLES: usize = 10;
const MOST_YEARS: usize = 12;

/// The counts beside the hits.
pub(super) fn panel(words: &Words, asked: &Asked, counted: &Facets) -> Markup {
    let Facets {
        articles,
        roles,
        languages,
        years,
    } = counted;
    html! {
        nav.facets #facets aria-label=(words.narrow) {
            @if articles.len() > 1 {
                h2 { (words.articles_name) }
                ul {
                    @for ArticleCount { id, title, count } in articles.iter().take(MOST_ARTICLES) {
                        li { (article(words, asked, id, title.prefer(words.language).map(String::as_str), *count)) }
                    }
                }
            }
            @if roles.len() > 1 {
                h2 { (words.role_name) }
                ul {
                    @for (role, count) in roles {
                        li { a href=(asked.with(|asked| asked.role = Some(*role)).link()) { (words.role(*role)) } (number(*count)) }
                    }
                }
            }
            @if languages.len() > 1 {
                h2 { (words.language_of_text) }
                ul {
                    @for (language, count) in languages {
                        li {
                            a href=(asked.with(|asked| asked.language = LanguageFilter::Only(*language)).link()) {
                                @match language { Language::Zh => (words.chinese), Language::En => (words.english) }
                            }
                            (number(*count))
                        }
                    }
                }
            }
            @if years.len() > 1 {
                h2 { (words.year) }
                ul.years {
                    @for (year, count) in years.iter().take(MOST_YEARS) {
                        li {
                            a href=(asked.with(|asked| {
                                asked.year_from = Some(*year);
                                asked.year_to = Some(*year);
                            }).link()) { (year) }
                            (number(*count))
                        }
                    }
                }
            }
        }
    }
}

fn article(words: &Words, asked: &Asked, id: &ArticleId, title: Option<&str>, count: usize) -> Markup {
    let title = title.unwrap_or(id.as_str());
    let only = asked.with(|asked| asked.article = Some(id.clone()));
    let language = Language::detect(title);
    html! {
        a href=(only.link()) lang=[(language != words.language).then_some(language.tag())] { (Plain(title)) }
        (number(count))
    }
}

fn number(count: usize) -> Markup {
    html! { " " span.count { (count) } }
}
