//! What became of a query, and what it matches in all, as the API shows it.

use schemars::JsonSchema;
use serde::Serialize;

use super::Lang;
use super::article::BothText;
use super::choices::RoleChoice;
use super::lexicon::AlsoCalled;
use crate::document::SectionRole;
use crate::retrieve::{self, ArticleCount, Facets, UnderstoodTerm};
use crate::text::Language;

/// The query as it was understood.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Understood {
    /// The terms looked for, in the order of the query.
    pub terms: Vec<Term>,
    /// Other names that were undone with `without`.
    pub undone: Vec<String>,
}

/// A term of the query.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "QueryTerm")]
pub struct Term {
    /// As it stands in the query.
    pub text: String,
    /// The language it is written in.
    pub lang: Lang,
    /// What it counts, above 0 to 1: little for question words and function words.
    pub weight: f32,
    /// Whether it is a part of a longer term that is looked for too.
    pub part: bool,
    /// Whether it was said in an earlier question.
    pub earlier: bool,
    /// What else it is called and was looked for, heaviest first.
    pub other_names: Vec<AlsoCalled>,
}

impl From<retrieve::Understood> for Understood {
    fn from(understood: retrieve::Understood) -> Self {
        let retrieve::Understood { terms, undone } = understood;
        let terms = terms.into_iter().map(|term| {
            let UnderstoodTerm {
                text,
                language,
                weight,
                part,
                earlier,
                other_names,
            } = term;
            Term {
                text,
                lang: language.into(),
                weight,
                part,
                earlier,
                other_names: other_names.into_iter().map(AlsoCalled::from).collect(),
            }
        });
        Self {
            terms: terms.collect(),
            undone,
        }
    }
}

/// All matches counted, near-duplicates each.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Facets")]
pub struct FacetCounts {
    /// By article, the most frequent fifty.
    pub articles: Vec<ArticleFacet>,
    /// By the part that the section plays, the most frequent first.
    pub roles: Vec<RoleFacet>,
    /// By language, the most frequent first.
    pub langs: Vec<LangFacet>,
    /// By year of publication, the latest fifty.
    pub years: Vec<YearFacet>,
}

/// How many passages of an article match.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ArticleFacet {
    /// Identifier of the article.
    pub id: String,
    /// Title in both languages.
    pub title: BothText,
    /// How many of its passages match.
    pub count: usize,
}

/// How many passages of a part of articles match.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RoleFacet {
    /// The part.
    pub role: RoleChoice,
    /// How many match.
    pub count: usize,
}

/// How many passages of a language match.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LangFacet {
    /// The language.
    pub lang: Lang,
    /// How many match.
    pub count: usize,
}

/// How many passages of a year match.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct YearFacet {
    /// The year.
    pub year: u16,
    /// How many match.
    pub count: usize,
}

impl From<Facets> for FacetCounts {
    fn from(facets: Facets) -> Self {
        let Facets {
            articles,
            roles,
            languages,
            years,
        } = facets;
        let article = |ArticleCount { id, title, count }: ArticleCount| ArticleFacet {
            id: id.to_string(),
            title: title.into(),
            count,
        };
        let role = |(role, count): (SectionRole, usize)| RoleFacet {
            role: role.into(),
            count,
        };
        let lang = |(language, count): (Language, usize)| LangFacet {
            lang: language.into(),
            count,
        };
        Self {
            articles: articles.into_iter().map(article).collect(),
            roles: roles.into_iter().map(role).collect(),
            langs: languages.into_iter().map(lang).collect(),
            years: years
                .into_iter()
                .map(|(year, count)| YearFacet { year, count })
                .collect(),
        }
    }
}
