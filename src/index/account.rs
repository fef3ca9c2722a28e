//! The account of one document's score: what each part of a match adds to it.

use super::{EngineError, Match};

/// How one document fares with a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// Whether it matches, filters apart.
    pub matches: bool,
    /// Whether each filter of the request holds, in their order.
    pub filters: Vec<bool>,
    /// What each term, set of synonyms and phrase of the match adds, in their order; their sum is the score.
    pub parts: Vec<Part>,
}

/// One term, set of synonyms or phrase with what it adds.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The term, set of synonyms or phrase.
    pub matching: Match,
    /// Whether the document has it.
    pub found: bool,
    /// Whether a document that has it is left out.
    pub excludes: bool,
    /// What it adds: nothing where what it belongs to does not match as a whole.
    pub score: f32,
    /// What each member of a set of synonyms adds, in their order.
    pub members: Vec<f32>,
}

/// What a document scores for one term, set of synonyms or phrase.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PartScore {
    /// The score, boost included.
    pub score: f32,
    /// The share of each member of a set of synonyms.
    pub members: Vec<f32>,
}

impl Account {
    /// The score: the sum of what the parts add.
    pub fn score(&self) -> f32 {
        self.parts.iter().map(|part| part.score).sum()
    }
}

/// Goes through a match, asking for what the document scores for each part, nothing where it lacks it. Whatever engine
/// scores the parts, they count in the same way.
pub fn account(
    matching: &Match,
    score: &mut dyn FnMut(&Match) -> Result<Option<PartScore>, EngineError>,
    parts: &mut Vec<Part>,
) -> Result<bool, EngineError> {
    let start = parts.len();
    let matches = match matching {
        Match::Term { .. } | Match::Synonyms { .. } | Match::Phrase { .. } | Match::Everything => {
            let scored = score(matching)?;
            let found = scored.is_some();
            let PartScore { score, members } = scored.unwrap_or_default();
            parts.push(Part {
                matching: matching.clone(),
                found,
                excludes: false,
                score,
                members,
            });
            found
        }
        Match::Any(inner) => {
            let mut any = false;
            for part in inner {
                any |= account(part, score, parts)?;
            }
            any
        }
        Match::All(inner) => {
            let mut all = !inner.is_empty();
            for part in inner {
                all &= account(part, score, parts)?;
            }
            all
        }
        Match::Without(wanted, unwanted) => {
            let mut kept = account(wanted, score, parts)?;
            for part in unwanted {
                let from = parts.len();
                kept &= !account(part, score, parts)?;
                for part in parts.iter_mut().skip(from) {
                    part.excludes = !part.excludes;
                    part.clear();
                }
            }
            kept
        }
        Match::Boosted(needed, welcome) => {
            let matches = account(needed, score, parts)?;
            for part in welcome {
                account(part, score, parts)?;
            }
            matches
        }
    };
    if !matches {
        parts.iter_mut().skip(start).for_each(Part::clear);
    }
    Ok(matches)
}

impl Part {
    fn clear(&mut self) {
        self.score = 0.0;
        self.members.iter_mut().for_each(|member| *member = 0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::{PartScore, account};
    use crate::index::{Field, Match};

    fn term(name: &str) -> Match {
        Match::Term {
            field: Field::Keywords,
            term: name.to_owned(),
            boost: 1.0,
        }
    }

    /// Whether a document with the terms `a` (1 point) and `b` (2 points) matches, and the points of each part.
    fn of(matching: &Match) -> (bool, Vec<f32>) {
        let mut parts = Vec::new();
        let mut score = |leaf: &Match| {
            let points = match leaf {
                Match::Term { term, .. } if term == "a" => Some(1.0),
                Match::Term { term, .. } if term == "b" => Some(2.0),
                _ => None,
            };
            Ok(points.map(|score| PartScore {
                score,
                members: Vec::new(),
            }))
        };
        let matches = account(matching, &mut score, &mut parts).unwrap();
        (matches, parts.iter().map(|part| part.score).collect())
    }

    #[test]
    fn only_what_matches_as_a_whole_counts() {
        let any = |parts: &[&str]| Match::Any(parts.iter().map(|name| term(name)).collect());
        let all = |parts: &[&str]| Match::All(parts.iter().map(|name| term(name)).collect());
        assert_eq!(of(&any(&["a", "c", "b"])), (true, vec![1.0, 0.0, 2.0]));
        assert_eq!(of(&all(&["a", "b"])), (true, vec![1.0, 2.0]));
        assert_eq!(of(&all(&["a", "c"])), (false, vec![0.0, 0.0]));
        assert_eq!(
            of(&Match::Any(vec![all(&["a", "c"]), term("b")])),
            (true, vec![0.0, 0.0, 2.0])
        );
        assert_eq!(
            of(&Match::Boosted(Box::new(term("a")), vec![term("b")])),
            (true, vec![1.0, 2.0])
        );
        assert_eq!(
            of(&Match::Boosted(Box::new(term("c")), vec![term("b")])),
            (false, vec![0.0, 0.0])
        );
        assert_eq!(
            of(&Match::Without(Box::new(term("a")), vec![term("b")])),
            (false, vec![0.0, 0.0])
        );
        assert_eq!(
            of(&Match::Without(Box::new(term("a")), vec![term("c")])),
            (true, vec![1.0, 0.0])
        );
        assert!(!of(&all(&[])).0);
    }
}
