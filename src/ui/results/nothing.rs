//! What to do where nothing was found.

use maud::{Markup, html};

use crate::lexicon::Lexicon;
use crate::retrieve::{LanguageFilter, Scope};
use crate::text::Language;
use crate::ui::asked::Asked;
use crate::ui::plain::Plain;
use crate::ui::words::Words;

/// The most terms whose counterparts are shown, and the most counterparts of each.
const MOST_MAPPED: usize = 6;
const MOST_COUNTERPARTS: usize = 4;

/// A term with what it is called in the other language.
pub(in crate::ui) struct Mapped {
    term: String,
    language: Language,
    counterparts: Vec<String>,
}

impl Mapped {
    /// The terms of a query that are known, with what they are called in the other language.
    pub(in crate::ui) fn of(lexicon: &Lexicon, query: &str) -> Vec<Self> {
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

/// What was tried, and what else could be.
pub(super) fn advice(words: &Words, asked: &Asked, mapped: &[Mapped]) -> Markup {
    let link = |query: &str| asked.with(|asked| query.clone_into(&mut asked.query)).link();
    let [fewer, wider, references] = words.advice_list;
    let anything = asked.with(|asked| {
        asked.language = LanguageFilter::Any;
        asked.article = None;
        asked.role = None;
        asked.section = None;
        asked.year_from = None;
        asked.year_to = None;
    });
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
                li { (fewer) }
                @if anything != asked.with(|_| ()) { li { a href=(anything.link()) { (wider) } } }
                @if asked.scope == Scope::Passages {
                    li { a href=(asked.with(|asked| asked.scope = Scope::References).link()) { (references) } }
                }
            }
        }
    }
}
