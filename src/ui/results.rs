//! The page of results: what was understood, the hits, and where else to look where there are none.

use std::time::Duration;

use maud::{Markup, html};

use super::asked::{Asked, LAST_PAGE, PER_PAGE};
use super::frame::{Page, framed, search_box};
use super::hit;
use super::plain::Plain;
use super::visit::Visit;
use super::words::Words;
use crate::lexicon::Lexicon;
use crate::retrieve::{Correction, LanguageFilter, Results, Scope};
use crate::text::Language;

/// The most terms whose counterparts are shown, and the most counterparts of each.
const MOST_MAPPED: usize = 6;
const MOST_COUNTERPARTS: usize = 4;

/// Page numbers shown on either side of the current one.
const NEIGHBOURS: usize = 2;

/// A search and what came of it.
pub(super) struct Answered<'a> {
    /// What was asked.
    pub(super) asked: &'a Asked,
    /// What was found.
    pub(super) results: &'a Results,
    /// What the query's terms are called in the other language, where nothing was found.
    pub(super) mapped: &'a [Mapped],
    /// How long the search took.
    pub(super) took: Duration,
}

/// A term with what it is called in the other language.
pub(super) struct Mapped {
    term: String,
    language: Language,
    counterparts: Vec<String>,
}

impl Mapped {
    /// The terms of a query that are known, with what they are called in the other language.
    pub(super) fn of(lexicon: &Lexicon, query: &str) -> Vec<Self> {
        let whole = lexicon.explain(query);
        let terms = if whole.known {
            vec![query.to_owned()]
        } else {
            whole.consists_of
        };
        let mapped = terms.into_iter().take(MOST_MAPPED).map(|term| {
            let explained = lexicon.explain(&term);
            let language = explained.language;
            let others = explained
                .expansions
                .into_iter()
                .filter(|other| other.language != language);
            Self {
                term,
                language,
                counterparts: others.map(|other| other.text).take(MOST_COUNTERPARTS).collect(),
            }
        });
        mapped.filter(|mapped| !mapped.counterparts.is_empty()).collect()
    }
}

/// The page.
pub(super) fn page(visit: &Visit, answered: &Answered) -> Markup {
    let words = visit.words();
    let Answered {
        asked,
        results,
        mapped,
        took,
    } = answered;
    let query_tag = Language::detect(&asked.query).tag();
    let main = html! {
        (restrictions(words, asked))
        h1.found {
            "“" span lang=(query_tag) { (Plain(&asked.query)) } "” "
            span.total { (words.found(results.total)) }
            span.took { (format!("{:.1} ms", took.as_secs_f64() * 1000.0)) }
        }
        @if let Some(correction) = &results.correction { (read_as(words, asked, correction)) }
        @if results.hits.is_empty() {
            (nothing(words, asked, mapped))
        } @else {
            @if let Some(line) = words.answerable(results.answerable) {
                p.answerable role="status" { (line) }
            }
            ol.hits start=((asked.page - 1) * PER_PAGE + 1) {
                @for hit in &results.hits { li { (hit::card(words, asked, hit)) } }
            }
        }
        (paging(words, asked, results.total))
    };
    framed(
        visit,
        Page {
            title: asked.query.clone(),
            canonical: None,
            head: html! {},
            search: Some(search_box(visit, &asked.query, &asked.restrictions())),
            main,
        },
    )
}

/// What restricts the search, each choice a link.
fn restrictions(words: &Words, asked: &Asked) -> Markup {
    let scopes = [(Scope::Passages, words.passages), (Scope::References, words.references)];
    let languages = [
        (LanguageFilter::Any, words.any),
        (LanguageFilter::Only(Language::Zh), words.chinese),
        (LanguageFilter::Only(Language::En), words.english),
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
            @if let Some(article) = &asked.article {
                p.only {
                    (words.in_article) " " a href=(super::address::article(article.as_str())) { (article) } " "
                    a.off href=(asked.with(|asked| asked.article = None).link()) { (words.remove) }
                }
            }
        }
    }
}

fn choice(name: &str, chosen: bool, asked: Asked) -> Markup {
    html! {
        a href=(asked.link()) aria-current=[chosen.then_some("true")] { (name) }
    }
}

/// What a query typed in pinyin or with slips was read as, and what else it may have been.
fn read_as(words: &Words, asked: &Asked, correction: &Correction) -> Markup {
    let link = |query: &str| asked.with(|asked| query.clone_into(&mut asked.query)).link();
    let tag = |query: &str| Language::detect(query).tag();
    html! {
        p.readas role="status" {
            (words.read_as(correction.kind)) " "
            a.query href=(link(&correction.query)) lang=(tag(&correction.query)) { (Plain(&correction.query)) }
            @if !correction.alternatives.is_empty() {
                " · " (words.perhaps) " "
                @for (place, other) in correction.alternatives.iter().enumerate() {
                    @if place > 0 { (words.separator) }
                    a href=(link(other)) lang=(tag(other)) { (Plain(other)) }
                }
            }
        }
    }
}

/// What was tried, and what else could be.
fn nothing(words: &Words, asked: &Asked, mapped: &[Mapped]) -> Markup {
    let link = |query: &str| asked.with(|asked| query.clone_into(&mut asked.query)).link();
    html! {
        section.nothing {
            h2 { (words.nothing) }
            p { (words.tried) ": " q lang=(Language::detect(&asked.query).tag()) { (Plain(&asked.query)) } }
            @if !mapped.is_empty() {
                h3 { (words.also_called) }
                dl.mapped {
                    @for Mapped { term, language, counterparts } in mapped {
                        div {
                            dt lang=(language.tag()) { (Plain(term)) }
                            @for other in counterparts {
                                dd { a href=(link(other)) lang=(Language::detect(other).tag()) { (Plain(other)) } }
                            }
                        }
                    }
                }
            }
            h3 { (words.advice) }
            ul {
                li { (words.advice_list[0]) }
                li { a href=(asked.with(|asked| {
                    asked.language = LanguageFilter::Any;
                    asked.article = None;
                }).link()) { (words.advice_list[1]) } }
                @if asked.scope == Scope::Passages {
                    li { a href=(asked.with(|asked| asked.scope = Scope::References).link()) { (words.advice_list[2]) } }
                }
            }
        }
    }
}

fn paging(words: &Words, asked: &Asked, total: usize) -> Markup {
    let last = total.div_ceil(PER_PAGE).min(LAST_PAGE);
    let on = |page: usize| Asked { page, ..asked.clone() }.link();
    let near = asked.page.saturating_sub(NEIGHBOURS).max(1)..=(asked.page + NEIGHBOURS).min(last);
    html! {
        @if last > 1 {
            nav.paging aria-label=(words.paging) {
                @if asked.page > 1 { a rel="prev" href=(on(asked.page - 1)) { (words.previous) } }
                @for page in near {
                    @if page == asked.page {
                        span aria-current="page" aria-label=(words.page(page)) { (page) }
                    } @else {
                        a href=(on(page)) aria-label=(words.page(page)) { (page) }
                    }
                }
                @if asked.page < last { a rel="next" href=(on(asked.page + 1)) { (words.next) } }
            }
        }
    }
}
