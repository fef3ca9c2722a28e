//! What the corpus has to suggest: titles, keywords, titles of sections, and the whole terms of its text.

use std::collections::HashMap;

use super::forms::typed;
use super::suggestion::{Suggestion, SuggestionKind};
use crate::document::{Bilingual, ListedArticle, Metadata, SectionKind};
use crate::index::{Engine, EngineError, Field};
use crate::text::Language;

/// The most articles whose description is read.
const MOST_ARTICLES: usize = 100_000;

/// Articles read at a time.
const AT_A_TIME: usize = 500;

/// The most terms of the text in each language, the most frequent first.
const MOST_TERMS: usize = 30_000;

/// The longest title of a section that is a term, in characters.
const LONGEST_HEADING: usize = 60;

/// The shortest term of the text worth suggesting, in letters.
const SHORTEST_LATIN: usize = 4;
const SHORTEST_HAN: usize = 2;

/// What each source says for a suggestion before it is counted.
const KEYWORD: u16 = 400;
const TITLE: u16 = 180;
const HEADING: u16 = 150;
const TERM: u16 = 100;

/// A suggestion with what it is worth.
pub(super) struct Weighed {
    /// The suggestion.
    pub(super) suggestion: Suggestion,
    /// What its source says for it.
    source: u16,
}

impl Weighed {
    /// Worth by source and frequency: ten times as frequent counts a hundred.
    pub(super) fn worth(&self) -> u16 {
        let often = f64::from(self.suggestion.count.max(1)).log10() * 100.0;
        self.source.saturating_add(often.min(600.0) as u16)
    }
}

/// Everything there is to suggest, each once.
#[derive(Default)]
pub(super) struct Gathered {
    entries: Vec<Weighed>,
    places: HashMap<(SuggestionKind, String), usize>,
}

/// Reads what a snapshot has to suggest.
pub(super) fn gather(engine: &dyn Engine) -> Result<Vec<Weighed>, EngineError> {
    let mut gathered = Gathered::default();
    let mut read = 0;
    while read < MOST_ARTICLES {
        let (articles, _) = engine.articles(read, AT_A_TIME)?;
        if articles.is_empty() {
            break;
        }
        read += articles.len();
        for article in articles {
            gathered.article(article);
        }
    }
    for language in Language::ALL {
        let mut terms = engine.terms(Field::Terms(language), "", usize::MAX)?;
        terms.retain(|(term, _)| is_worth_it(term, language));
        terms.sort_by_key(|(_, passages)| std::cmp::Reverse(*passages));
        for (term, passages) in terms.into_iter().take(MOST_TERMS) {
            gathered.add(
                TERM,
                u32::try_from(passages).unwrap_or(u32::MAX),
                term_of(term, language),
            );
        }
    }
    Ok(gathered.entries)
}

fn is_worth_it(term: &str, language: Language) -> bool {
    let letters = term.chars().filter(|letter| letter.is_alphabetic()).count();
    match language {
        Language::Zh => letters >= SHORTEST_HAN,
        Language::En => letters >= SHORTEST_LATIN,
    }
}

fn term_of(text: String, language: Language) -> Suggestion {
    Suggestion {
        text,
        language,
        kind: SuggestionKind::Term,
        other: None,
        article: None,
        count: 0,
    }
}

impl Gathered {
    fn article(&mut self, article: ListedArticle) {
        let Metadata { title, keywords, .. } = article.metadata;
        for (language, text) in both(&title) {
            let suggestion = Suggestion {
                kind: SuggestionKind::Title,
                other: other(&title, language),
                article: Some(article.id.clone()),
                ..term_of(text, language)
            };
            self.add(TITLE, 1, suggestion);
        }
        for keyword in &keywords {
            for (language, text) in both(keyword) {
                let suggestion = Suggestion {
                    other: other(keyword, language),
                    ..term_of(text, language)
                };
                self.add(KEYWORD, 1, suggestion);
            }
        }
        for section in article.sections {
            if let (Some(title), SectionKind::Body) = (section.title, section.kind)
                && title.chars().count() <= LONGEST_HEADING
            {
                self.add(HEADING, 1, term_of(title, section.language));
            }
        }
    }

    /// Adds a suggestion, or counts it where it is known. The first way it is printed stays.
    fn add(&mut self, source: u16, count: u32, suggestion: Suggestion) {
        let key = (suggestion.kind, typed(&suggestion.text));
        if key.1.is_empty() {
            return;
        }
        let known = self.places.get(&key).and_then(|place| self.entries.get_mut(*place));
        if let Some(known) = known {
            known.source = known.source.max(source);
            known.suggestion.count = known.suggestion.count.saturating_add(count);
            if known.suggestion.other.is_none() {
                known.suggestion.other = suggestion.other;
            }
            return;
        }
        self.places.insert(key, self.entries.len());
        self.entries.push(Weighed {
            suggestion: Suggestion { count, ..suggestion },
            source,
        });
    }
}

fn both(text: &Bilingual<String>) -> impl Iterator<Item = (Language, String)> + '_ {
    let forms = Language::ALL.into_iter();
    forms.filter_map(|language| Some((language, text.get(language)?.clone())))
}

fn other(text: &Bilingual<String>, language: Language) -> Option<String> {
    match language {
        Language::Zh => text.en.clone(),
        Language::En => text.zh.clone(),
    }
}
