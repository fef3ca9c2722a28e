//! The question asked with the ones before it, each cut into units and weighed.

use crate::analysis::Analyzer;
use crate::index::{Engine, EngineError, Match};
use crate::lexicon::Lexicon;
use crate::query::{Query, read_plain};
use crate::text::fold;

use super::findings::Sought;
use super::units::Unit;
use super::{Search, Understood, UnderstoodTerm, relevance, understood, units};

/// What the words of the question before count at least, beside those of the question asked.
const EARLIER: f32 = 0.3;
/// What they count where the question asked points back ("it", 它).
const POINTED_AT: f32 = 0.7;
/// What a question counts beside the one after it.
const OLDER: f32 = 0.5;
/// The words of content with which a question stands alone.
const STANDS_ALONE: f32 = 4.0;

/// The words of content that a question has at least, for what earlier ones count beside it.
const LEAST_CONTENT: f32 = 0.5;

/// Words of an earlier question that count no more than this are not looked for.
const LEAST_WEIGHT: f32 = 0.15;

/// Words that stand for something said before.
const POINTERS: [&str; 33] = [
    "它", "它们", "其", "该", "这", "这个", "这些", "这种", "那", "那个", "那些", "那种", "此", "他", "她", "他们",
    "上述", "前者", "后者", "it", "its", "they", "them", "their", "this", "that", "these", "those", "he", "she",
    "former", "latter", "such",
];

/// A question of the conversation.
#[derive(Debug)]
struct Turn {
    text: String,
    query: Query,
    units: Vec<Unit>,
    /// What its words count.
    counts: f32,
}

/// The question asked with the ones before it.
#[derive(Debug)]
pub(super) struct Conversation {
    /// The question asked first, then the ones before it, the newest first.
    turns: Vec<Turn>,
    undone: Vec<String>,
}

impl Conversation {
    /// Reads the question, as `query`, and the ones before it. Of those only words of content are kept, and words said
    /// again count once, where they were said last.
    pub(super) fn read(analyzer: &Analyzer, lexicon: &Lexicon, search: &Search, query: &Query) -> Self {
        let read = |text: &str| {
            let mut units = units::units(analyzer, lexicon, text);
            understood::undo(&mut units, &search.without);
            units
        };
        let text = query.wanted_text();
        let units = read(&text);
        let asked = Content::of(&text, &units);
        let mut said: Vec<String> = units.iter().map(|unit| bare(unit.span.of(&text))).collect();
        let mut turns = vec![Turn {
            text,
            query: query.clone(),
            units,
            counts: 1.0,
        }];
        let mut age = 1.0;
        for earlier in search.history.iter().rev() {
            // What was required or excluded then is not any more.
            let whole = read_plain(earlier).wanted_text();
            let units = read(&whole);
            let mut fresh = Vec::new();
            for unit in units.iter().filter(|unit| !unit.part && unit.weight > LEAST_WEIGHT) {
                let word = unit.span.of(&whole);
                if !said.contains(&bare(word)) {
                    said.push(bare(word));
                    fresh.push(word);
                }
            }
            let text = fresh.join("\n");
            turns.push(Turn {
                units: read(&text),
                query: Query::Words(text.clone()),
                text,
                counts: age * asked.leans_on(Content::of(&whole, &units)),
            });
            age *= OLDER;
        }
        Self {
            turns,
            undone: search.without.clone(),
        }
    }

    /// The text of the question asked.
    pub(super) fn text(&self) -> &str {
        self.turns.first().map_or("", |turn| &turn.text)
    }

    /// The units of each question in their texts.
    pub(super) fn units(&self) -> impl Iterator<Item = (&str, &[Unit])> {
        self.turns
            .iter()
            .map(|turn| (turn.text.as_str(), turn.units.as_slice()))
    }

    /// What is looked for in texts, for each unit that is no part of another.
    ///
    /// # Errors
    /// Only where the engine failed.
    pub(super) fn sought(&self, analyzer: &Analyzer, engine: &dyn Engine) -> Result<Vec<Sought>, EngineError> {
        let mut all = Vec::new();
        for turn in &self.turns {
            let sought = relevance::sought(analyzer, engine, &turn.text, &turn.units)?;
            all.extend(sought.into_iter().map(|sought| Sought {
                information: sought.information * turn.counts,
                general: sought.general * turn.counts,
                ..sought
            }));
        }
        Ok(all)
    }

    /// What the engine is asked: the question as `matching` makes it, and the ones before it for what they count. What
    /// is only words finds what any of them finds; anything else stays required, and earlier words only add.
    ///
    /// # Errors
    /// Only where the engine failed.
    pub(super) fn matching(
        &self,
        matching: impl Fn(&Query, (&str, &[Unit])) -> Result<Option<Match>, EngineError>,
    ) -> Result<Option<Match>, EngineError> {
        let mut asked = None;
        let mut earlier = Vec::new();
        for (place, turn) in self.turns.iter().enumerate() {
            let found = matching(&turn.query, (&turn.text, &turn.units))?;
            match (place, found) {
                (0, found) => asked = found,
                (_, Some(found)) => earlier.push(found.times(turn.counts)),
                (_, None) => {}
            }
        }
        if earlier.is_empty() {
            return Ok(asked);
        }
        let only_words = self
            .turns
            .first()
            .is_some_and(|turn| matches!(turn.query, Query::Words(_)));
        Ok(match asked {
            Some(asked) if !only_words => Some(Match::Boosted(Box::new(asked), earlier)),
            None if !only_words => None,
            asked => {
                earlier.extend(asked);
                Some(Match::Any(earlier))
            }
        })
    }

    /// What the reader is told of it.
    pub(super) fn understood(&self) -> Understood {
        let terms = self.turns.iter().enumerate().flat_map(|(place, turn)| {
            turn.units.iter().map(move |unit| UnderstoodTerm {
                text: unit.span.of(&turn.text).to_owned(),
                language: unit.language,
                weight: unit.weight * turn.counts,
                part: unit.part,
                earlier: place > 0,
                other_names: unit.expansions.clone(),
            })
        });
        Understood {
            terms: terms.collect(),
            undone: self.undone.clone(),
        }
    }
}

/// What a question says by itself.
#[derive(Debug, Clone, Copy)]
struct Content {
    /// The words of content it has, each for what it counts.
    words: f32,
    /// Whether it points back.
    points: bool,
}

impl Content {
    fn of(text: &str, units: &[Unit]) -> Self {
        let mut content = Self {
            words: 0.0,
            points: false,
        };
        for unit in units.iter().filter(|unit| !unit.part) {
            let word = bare(unit.span.of(text));
            if POINTERS.contains(&word.trim_end_matches('的')) {
                content.points = true;
            } else {
                content.words += unit.weight;
            }
        }
        content
    }

    /// What the words of an earlier question count beside those of this one: the more, the less this one says by
    /// itself, and more where it points back; but all of them together no more than its own.
    fn leans_on(self, earlier: Self) -> f32 {
        let lacking = (1.0 - self.words / STANDS_ALONE).clamp(0.0, 1.0);
        let least = if self.points { POINTED_AT } else { EARLIER };
        let own = self.words.max(LEAST_CONTENT);
        (least + (1.0 - least) * lacking) * (own / earlier.words.max(own))
    }
}

fn bare(text: &str) -> String {
    fold(text.trim()).text().to_owned()
}
