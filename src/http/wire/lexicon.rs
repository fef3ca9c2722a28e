//! What the lexicon makes of a term, as the API shows it.

use schemars::JsonSchema;
use serde::Serialize;

use super::Lang;
use crate::lexicon;

/// How one form of a term relates to the term asked for.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The same in the other language.
    Translation,
    /// Short for it.
    Abbreviation,
    /// What it is short for.
    LongForm,
    /// Another word for it.
    Synonym,
    /// Another regional or older usage.
    Variant,
}

/// Who says that two forms mean the same.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The operator's own file of synonyms.
    User,
    /// The corpus.
    Corpus,
    /// A list that ships with the program.
    List,
    /// CC-CEDICT.
    Cedict,
    /// ECDICT.
    Ecdict,
    /// The way kinds, stages and grades are numbered in both languages: `2型`, `type 2`.
    Numbering,
}

/// What else a term is called.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AlsoCalled {
    /// The form.
    pub text: String,
    /// Its language; abbreviations count as English.
    pub lang: Lang,
    /// How it relates to the term asked for.
    pub relation: Relation,
    /// How sure and usual it is, above 0 to 1.
    pub weight: f32,
    /// Who says so.
    pub source: Source,
    /// Name of the list, or line of the file, where the source has several.
    pub place: Option<String>,
    /// In how many articles the corpus prints it.
    pub articles: Option<u32>,
}

/// What the lexicon makes of a term.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TermAnswer {
    /// The term as asked for.
    pub term: String,
    /// Its language, by its script.
    pub lang: Lang,
    /// Whether any source knows the term as a whole.
    pub known: bool,
    /// How much it counts in a query, above 0 to 1: little for function words and question words.
    pub weight: f32,
    /// What else it is called, heaviest first.
    pub expansions: Vec<AlsoCalled>,
    /// The longest known terms that it consists of.
    pub consists_of: Vec<String>,
}

impl From<lexicon::Explanation> for TermAnswer {
    fn from(explanation: lexicon::Explanation) -> Self {
        let lexicon::Explanation {
            term,
            language,
            abbreviation: _,
            known,
            weight,
            expansions,
            consists_of,
        } = explanation;
        Self {
            term,
            lang: language.into(),
            known,
            weight,
            expansions: expansions.into_iter().map(AlsoCalled::from).collect(),
            consists_of,
        }
    }
}

impl From<lexicon::Expansion> for AlsoCalled {
    fn from(expansion: lexicon::Expansion) -> Self {
        let lexicon::Expansion {
            text,
            language,
            relation,
            weight,
            provenance,
        } = expansion;
        let (source, place, articles) = match provenance {
            lexicon::Provenance::User { line } => (Source::User, Some(line.to_string()), None),
            lexicon::Provenance::Mined { articles, .. } => (Source::Corpus, None, Some(articles)),
            lexicon::Provenance::Domain { list } => (Source::List, Some(list), None),
            lexicon::Provenance::Cedict => (Source::Cedict, None, None),
            lexicon::Provenance::Ecdict => (Source::Ecdict, None, None),
            lexicon::Provenance::Numbering => (Source::Numbering, None, None),
        };
        Self {
            text,
            lang: language.into(),
            relation: relation.into(),
            weight,
            source,
            place,
            articles,
        }
    }
}

impl From<lexicon::Relation> for Relation {
    fn from(relation: lexicon::Relation) -> Self {
        match relation {
            lexicon::Relation::Translation => Self::Translation,
            lexicon::Relation::Abbreviation => Self::Abbreviation,
            lexicon::Relation::LongForm => Self::LongForm,
            lexicon::Relation::Synonym => Self::Synonym,
            lexicon::Relation::Variant => Self::Variant,
        }
    }
}
