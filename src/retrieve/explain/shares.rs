//! The account of a hit's score: which term of the query adds what, found how and where.

use crate::index::{Account, Field, Match, Part};
use crate::lexicon::Expansion;

use super::names::Names;

/// The account of a hit's score and relevance.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Explanation {
    /// What each term of the query adds, the most first; their sum is the score.
    pub shares: Vec<Share>,
    /// How well each term of the query is found in the passage.
    pub terms: Vec<TermFound>,
    /// Share of the query's information that the passage holds, 0 to 1.
    pub found: f32,
    /// The largest share within two sentences that follow one another, 0 to 1.
    pub together: f32,
    /// The relevance that follows from both.
    pub relevance: f32,
}

/// What one term of the query adds to a score in one way.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// The term as it stands in the query; none for character pairs across the edge of two, and for
    /// what belongs to the whole query.
    pub term: Option<String>,
    /// How it was found.
    pub leg: Leg,
    /// The field it was found in.
    pub field: Option<Field>,
    /// The indexed forms it was found by.
    pub forms: Vec<String>,
    /// What it is also called, where it was found by another name.
    pub other_name: Option<Expansion>,
    /// What it adds.
    pub score: f32,
}

/// How a term was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Leg {
    /// As a word of the text.
    Word,
    /// By its character pairs, or as a Latin word as printed.
    Pairs,
    /// By its single characters.
    Characters,
    /// As a phrase.
    Phrase,
    /// In the title of the article.
    Title,
    /// In the titles of the sections.
    Heading,
    /// In the long forms of abbreviations.
    LongForm,
    /// In the titles of works cited.
    CitedTitles,
    /// As a whole term that the lexicon knows.
    WholeTerm,
    /// In the keywords of the article.
    Keywords,
    /// Among the authors, of the article or of what it cites.
    Authors,
    /// By another name.
    OtherName,
    /// By how much of the query is found, how close together, and with how little else.
    Evidence,
    /// By its vector, near the query's.
    Nearness,
    /// Everything matches.
    Everything,
}

impl Leg {
    /// Every leg.
    pub const ALL: [Self; 15] = [
        Self::Word,
        Self::Pairs,
        Self::Characters,
        Self::Phrase,
        Self::Title,
        Self::Heading,
        Self::LongForm,
        Self::CitedTitles,
        Self::WholeTerm,
        Self::Keywords,
        Self::Authors,
        Self::OtherName,
        Self::Evidence,
        Self::Nearness,
        Self::Everything,
    ];

    fn of(field: Field) -> Self {
        match field {
            Field::Words(_) | Field::ReferenceWords => Self::Word,
            Field::Grams(_) | Field::ReferenceGrams => Self::Pairs,
            Field::Chars(_) => Self::Characters,
            Field::Title(_) => Self::Title,
            Field::Heading(_) => Self::Heading,
            Field::Expansion(_) => Self::LongForm,
            Field::Foreign(_) => Self::CitedTitles,
            Field::Terms(_) => Self::WholeTerm,
            Field::Keywords => Self::Keywords,
            Field::Authors | Field::Cited(_) => Self::Authors,
        }
    }
}

/// How well a term of the query is found in a passage.
#[derive(Debug, Clone, PartialEq)]
pub struct TermFound {
    /// As it stands in the query.
    pub term: String,
    /// Its share of the query's information, 0 to 1.
    pub information: f32,
    /// How much of it the passage holds, 0 to 1: less than 1 by another name, in part, or only in the titles above.
    pub found: f32,
}

impl Explanation {
    /// The score: the sum of the shares.
    pub fn score(&self) -> f32 {
        self.shares.iter().map(|share| share.score).sum()
    }

    /// Adds what the second look added to the score of a hit.
    pub(in crate::retrieve) fn add_lift(&mut self, lift: f32) {
        if lift > 0.0 {
            self.add(Leg::Evidence, lift);
        }
    }

    /// Adds what the dense leg added to the score of a hit; the relevance stays what the words alone show.
    pub(in crate::retrieve) fn add_nearness(&mut self, score: f32) {
        self.add(Leg::Nearness, score - self.score());
    }

    /// Adds a share of the whole query.
    fn add(&mut self, leg: Leg, score: f32) {
        let share = Share {
            term: None,
            leg,
            field: None,
            forms: Vec::new(),
            other_name: None,
            score,
        };
        let place = self.shares.partition_point(|known| known.score > share.score);
        self.shares.insert(place, share);
    }
}

/// What each term adds, of an account: parts of the same term found in the same way are one share.
pub(super) fn shares(account: &Account, names: &Names) -> Vec<Share> {
    let mut shares: Vec<Share> = Vec::new();
    for part in account.parts.iter().filter(|part| part.score > 0.0) {
        for share in of_part(part, names) {
            let same = |known: &&mut Share| {
                known.term == share.term
                    && known.leg == share.leg
                    && known.field == share.field
                    && known.other_name == share.other_name
            };
            match shares.iter_mut().find(same) {
                Some(known) => {
                    known.score += share.score;
                    known.forms.extend(share.forms);
                }
                None => shares.push(share),
            }
        }
    }
    shares.sort_by(|one, other| other.score.total_cmp(&one.score));
    shares
}

fn of_part(part: &Part, names: &Names) -> Vec<Share> {
    let typed = |term: &str| names.typed(term).map(str::to_owned);
    match &part.matching {
        Match::Term { field, term, .. } => vec![Share {
            term: typed(term),
            leg: Leg::of(*field),
            field: Some(*field),
            forms: vec![term.clone()],
            other_name: None,
            score: part.score,
        }],
        Match::Phrase { field, terms, .. } => vec![Share {
            term: terms.first().and_then(|(_, first)| typed(first)),
            leg: Leg::Phrase,
            field: Some(*field),
            forms: terms.iter().map(|(_, term)| term.clone()).collect(),
            other_name: None,
            score: part.score,
        }],
        Match::Synonyms { members, .. } => {
            let shared = members.iter().zip(&part.members).filter(|(_, score)| **score > 0.0);
            shared
                .map(|((field, form, _), score)| {
                    let (term, other_name) = names.other(*field, form).unzip();
                    let other_name = other_name.flatten().cloned();
                    Share {
                        term: term.map(str::to_owned),
                        leg: if other_name.is_some() {
                            Leg::OtherName
                        } else {
                            Leg::of(*field)
                        },
                        field: Some(*field),
                        forms: vec![form.clone()],
                        other_name,
                        score: *score,
                    }
                })
                .collect()
        }
        Match::Everything => vec![Share {
            term: None,
            leg: Leg::Everything,
            field: None,
            forms: Vec::new(),
            other_name: None,
            score: part.score,
        }],
        Match::Any(_) | Match::All(_) | Match::Without(..) | Match::Boosted(..) => Vec::new(),
    }
}
