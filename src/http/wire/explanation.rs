//! Why a hit has its score, and why a passage is no hit, as the API shows it.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::choices::LangChoice;
use super::condition::ConditionNode;
use super::lexicon::AlsoCalled;
use super::passage::Passage;
use super::request::SearchParameters;
use crate::retrieve::{
    self, DEEPEST_OFFSET, LONGEST_NAME, LONGEST_QUERY, Leg, MOST_HISTORY, MOST_HITS, MOST_WITHOUT, Search, TermFound,
    Verdict,
};
use crate::server::parameters::{Fields, Parameters};
use crate::server::{Base, Problem};
use crate::text::Language;

/// Which passage is to be explained, in which search.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplainParameters {
    /// What was looked for, as for a search.
    #[schemars(length(min = 1, max = LONGEST_QUERY), extend("example" = "胎盘来源 水凝胶"))]
    q: String,
    /// Identifier of a passage, as a hit gives it.
    #[schemars(length(min = 1, max = 96))]
    id: String,
    /// How many hits the search returned. Default 10.
    #[schemars(range(min = 1, max = MOST_HITS))]
    limit: Option<u32>,
    /// How many hits it skipped. Default 0.
    #[schemars(range(min = 0, max = DEEPEST_OFFSET))]
    offset: Option<u32>,
    /// As for a search.
    lang: Option<LangChoice>,
    /// As for a search.
    #[schemars(length(min = 1, max = 10_000))]
    article: Option<String>,
    /// As for a search.
    #[schemars(length(min = 1, max = 300))]
    section: Option<String>,
    /// As for a search.
    #[schemars(range(min = 1, max = 9999))]
    year_from: Option<u16>,
    /// As for a search.
    #[schemars(range(min = 1, max = 9999))]
    year_to: Option<u16>,
    /// As for a search.
    #[schemars(length(min = 1, max = 200))]
    role: Option<String>,
    /// As for a search.
    #[schemars(extend("example" = {"field": "year", "op": "gte", "value": 2020}))]
    filter: Option<ConditionNode>,
    /// As for a search.
    #[schemars(range(min = 0, max = 1))]
    min_relevance: Option<f32>,
    /// As for a search.
    #[schemars(length(max = MOST_HISTORY), inner(length(max = LONGEST_QUERY)))]
    history: Option<Vec<String>>,
    /// As for a search.
    #[schemars(length(max = MOST_WITHOUT), inner(length(min = 1, max = LONGEST_NAME)))]
    without: Option<Vec<String>>,
    /// As for a search.
    as_typed: Option<bool>,
    /// As for a search.
    diversify: Option<bool>,
}

impl Parameters for ExplainParameters {
    fn fields() -> &'static Fields {
        static FIELDS: LazyLock<Fields> = LazyLock::new(Fields::of::<ExplainParameters>);
        &FIELDS
    }
}

impl ExplainParameters {
    /// The identifier as given, and the search.
    pub(crate) fn resolve(self) -> Result<(String, Search), Problem> {
        let Self {
            q,
            id,
            limit,
            offset,
            lang,
            article,
            section,
            year_from,
            year_to,
            role,
            filter,
            min_relevance,
            history,
            without,
            as_typed,
            diversify,
        } = self;
        let search = SearchParameters {
            q,
            limit,
            offset,
            lang,
            article,
            section,
            year_from,
            year_to,
            min_relevance,
            role,
            filter,
            history,
            without,
            as_typed,
            diversify,
            ..SearchParameters::default()
        };
        Ok((id, search.resolve()?))
    }
}

/// The account of a hit's score and relevance.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Explanation {
    /// The sum of the shares.
    pub score: f32,
    /// What each term of the query adds, the most first.
    pub shares: Vec<Share>,
    /// How well each term of the query is found in the passage.
    pub terms: Vec<Found>,
    /// Share of the query's information that the passage holds, 0 to 1.
    pub found: f32,
    /// The largest share within two sentences that follow one another, 0 to 1.
    pub together: f32,
    /// The relevance that follows from both.
    pub relevance: f32,
    /// The same in words.
    pub text: BothLines,
}

/// Lines of text in both languages.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BothLines {
    /// In Chinese.
    pub zh: Vec<String>,
    /// In English.
    pub en: Vec<String>,
}

/// What one term of the query adds to a score in one way.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Share {
    /// The term as it stands in the query; null for character pairs across the edge of two, and for what belongs to
    /// the whole query.
    pub term: Option<String>,
    /// How it was found.
    pub leg: LegChoice,
    /// The field of the index it was found in.
    pub field: Option<&'static str>,
    /// The indexed forms it was found by.
    pub forms: Vec<String>,
    /// The other name it was found by.
    pub other_name: Option<AlsoCalled>,
    /// What it adds.
    pub score: f32,
}

/// How a term was found.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LegChoice {
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
    /// Among the authors.
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

impl From<Leg> for LegChoice {
    fn from(leg: Leg) -> Self {
        match leg {
            Leg::Word => Self::Word,
            Leg::Pairs => Self::Pairs,
            Leg::Characters => Self::Characters,
            Leg::Phrase => Self::Phrase,
            Leg::Title => Self::Title,
            Leg::Heading => Self::Heading,
            Leg::LongForm => Self::LongForm,
            Leg::CitedTitles => Self::CitedTitles,
            Leg::WholeTerm => Self::WholeTerm,
            Leg::Keywords => Self::Keywords,
            Leg::Authors => Self::Authors,
            Leg::OtherName => Self::OtherName,
            Leg::Evidence => Self::Evidence,
            Leg::Nearness => Self::Nearness,
            Leg::Everything => Self::Everything,
        }
    }
}

/// How well a term of the query is found.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "TermFound")]
pub struct Found {
    /// As it stands in the query.
    pub term: String,
    /// Its share of the query's information, 0 to 1.
    pub information: f32,
    /// How much of it the passage holds, 0 to 1: less than 1 by another name, in part, or only in the titles above.
    pub found: f32,
}

impl From<retrieve::Explanation> for Explanation {
    fn from(explanation: retrieve::Explanation) -> Self {
        let (score, text) = (explanation.score(), both(|language| explanation.words(language)));
        let retrieve::Explanation {
            shares,
            terms,
            found,
            together,
            relevance,
        } = explanation;
        let term = |TermFound {
                        term,
                        information,
                        found,
                    }: TermFound| Found {
            term,
            information,
            found,
        };
        Self {
            score,
            shares: shares.into_iter().map(Share::from).collect(),
            terms: terms.into_iter().map(term).collect(),
            found,
            together,
            relevance,
            text,
        }
    }
}

impl From<retrieve::Share> for Share {
    fn from(share: retrieve::Share) -> Self {
        let retrieve::Share {
            term,
            leg,
            field,
            forms,
            other_name,
            score,
        } = share;
        Self {
            term,
            leg: leg.into(),
            field: field.map(|field| field.name()),
            forms,
            other_name: other_name.map(AlsoCalled::from),
            score,
        }
    }
}

/// What became of a passage in a search.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VerdictChoice {
    /// It is shown.
    Shown,
    /// It matches, and stands on another page.
    OffPage,
    /// It is less relevant than was asked for.
    TooIrrelevant,
    /// Nearly the same text is shown in its place.
    Duplicate,
    /// The same abstract is shown in the language of the question.
    Twin,
    /// Passages of its language were not asked for, or the query has no term in it.
    OtherLanguage,
    /// It is outside a filter.
    Filtered,
    /// The condition on facts does not hold of it.
    Condition,
    /// It holds what was excluded.
    Excluded,
    /// It has none of the terms, or lacks one that is required.
    NoMatch,
}

/// The last hit shown in a language.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Cut {
    /// Its place in the ranking.
    pub rank: usize,
    /// Its score.
    pub score: f32,
    /// Its relevance.
    pub relevance: f32,
}

/// Why a passage is a hit of a search, or none.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ExplainAnswer {
    /// What became of the passage.
    pub verdict: VerdictChoice,
    /// Its place in the ranking, where it has one that was looked at.
    pub rank: Option<usize>,
    /// The passage shown in its place.
    pub shown: Option<String>,
    /// The filters it is outside of, or the indexed forms that were excluded.
    pub because: Vec<String>,
    /// The last hit shown in its language, which it would have to come before.
    pub cut: Option<Cut>,
    /// The account of its score; without any share where it does not match.
    pub explanation: Explanation,
    /// The answer in words.
    pub text: BothLines,
    /// The passage.
    pub passage: Passage,
}

impl ExplainAnswer {
    /// The answer of the API at `base`.
    pub(crate) fn new(why: retrieve::Why, base: &Base) -> Self {
        let text = both(|language| why.words(language));
        let retrieve::Why {
            passage,
            verdict,
            cut,
            explanation,
        } = why;
        let (mut rank, mut shown, mut because) = (None, None, Vec::new());
        let verdict = match verdict {
            Verdict::Shown { rank: place } => {
                rank = Some(place);
                VerdictChoice::Shown
            }
            Verdict::OffPage { rank: place } => {
                rank = place;
                VerdictChoice::OffPage
            }
            Verdict::TooIrrelevant => VerdictChoice::TooIrrelevant,
            Verdict::Duplicate { of } => {
                shown = Some(of.to_string());
                VerdictChoice::Duplicate
            }
            Verdict::Twin { of } => {
                shown = Some(of.to_string());
                VerdictChoice::Twin
            }
            Verdict::OtherLanguage => VerdictChoice::OtherLanguage,
            Verdict::Filtered { by } => {
                because = by.into_iter().map(str::to_owned).collect();
                VerdictChoice::Filtered
            }
            Verdict::Condition => VerdictChoice::Condition,
            Verdict::Excluded { forms } => {
                because = forms;
                VerdictChoice::Excluded
            }
            Verdict::NoMatch => VerdictChoice::NoMatch,
        };
        let cut = cut.map(|retrieve::Cut { rank, score, relevance }| Cut { rank, score, relevance });
        Self {
            verdict,
            rank,
            shown,
            because,
            cut,
            explanation: explanation.into(),
            text,
            passage: Passage::new(passage, base),
        }
    }
}

fn both(lines: impl Fn(Language) -> Vec<String>) -> BothLines {
    BothLines {
        zh: lines(Language::Zh),
        en: lines(Language::En),
    }
}
