//! `cite`: the citation of a passage, an article or a cited work in a style, for the list under an answer.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::tool::{Callable, Desk};
use crate::cite::{Entry, Style, quoted};
use crate::document::{ArticleId, PassageId};
use crate::retrieve::{SearchError, Searcher};
use crate::server::parameters::{Fields, Parameters};
use crate::server::{FieldFault, Problem};
use crate::text::Language;

/// A style of citation, or a form of export.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
enum StyleName {
    /// GB/T 7714-2015, numeric.
    #[default]
    #[serde(rename = "gbt7714-2015")]
    Gbt2015,
    /// GB/T 7714-2025, numeric.
    #[serde(rename = "gbt7714-2025")]
    Gbt2025,
    /// Vancouver.
    #[serde(rename = "vancouver")]
    Vancouver,
    /// RIS.
    #[serde(rename = "ris")]
    Ris,
    /// BibTeX.
    #[serde(rename = "bibtex")]
    Bibtex,
    /// CSL-JSON.
    #[serde(rename = "csl-json")]
    CslJson,
}

impl From<StyleName> for Style {
    fn from(name: StyleName) -> Self {
        match name {
            StyleName::Gbt2015 => Self::Gbt2015,
            StyleName::Gbt2025 => Self::Gbt2025,
            StyleName::Vancouver => Self::Vancouver,
            StyleName::Ris => Self::Ris,
            StyleName::Bibtex => Self::Bibtex,
            StyleName::CslJson => Self::CslJson,
        }
    }
}

/// The language of an article's description.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Lang {
    /// Chinese.
    Zh,
    /// English.
    En,
}

/// What to cite, and how.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cite {
    /// The id of a passage or an article, from search results.
    #[schemars(length(min = 1, max = 200))]
    id: String,
    /// To cite a work of the reference list in place of the article itself: its printed number, the 18 of [18].
    #[schemars(range(min = 0, max = 1_000_000))]
    reference: Option<u32>,
    /// gbt7714-2015 (default), gbt7714-2025, vancouver, ris, bibtex or csl-json.
    style: Option<StyleName>,
    /// The language of the article's description where it is printed in both: zh or en. Default: the article's own.
    lang: Option<Lang>,
}

/// A citation.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Cited {
    /// What is cited: identifier of the article, or `ARTICLE:rN` for place N of its reference list.
    id: String,
    /// The style.
    style: &'static str,
    /// What kind of text it is.
    media_type: &'static str,
    /// The language of the citation: `zh` or `en`.
    lang: &'static str,
    /// The citation. A reference whose parts can't all be told is given as it is printed.
    text: String,
}

impl Parameters for Cite {
    fn fields() -> &'static Fields {
        static FIELDS: LazyLock<Fields> = LazyLock::new(Fields::of::<Cite>);
        &FIELDS
    }
}

impl Callable for Cite {
    const NAME: &'static str = "cite";
    const TITLE: &'static str = "Cite a passage or reference";
    const DESCRIPTION: &'static str = "Gives the citation of a passage's article, of an article, or of a work that \
        it cites, in GB/T 7714, Vancouver, RIS, BibTeX or CSL-JSON. What the source does not print is left out, \
        never made up. For a work cited as [18] in a passage, give the passage's id and `reference`: 18.";
    type Answer = Cited;

    async fn call(self, desk: &Desk) -> Result<Cited, Problem> {
        let Self {
            id,
            reference,
            style,
            lang,
        } = self;
        let language = lang.map(|lang| match lang {
            Lang::Zh => Language::Zh,
            Lang::En => Language::En,
        });
        let (field, expected) = match reference {
            None => ("id", "an id from the results of search or search_passages"),
            Some(_) => (
                "reference",
                "a number of the article's reference list, with an id from search results",
            ),
        };
        let found = desk
            .server
            .with_searcher(move |searcher| Ok(entry(searcher, &id, (reference, language))?))
            .await?;
        let unknown = || {
            let message = "there is nothing to cite under it";
            Problem::invalid_parameters(vec![FieldFault::new(field, message, expected)])
        };
        Ok(Cited::new(
            &found.ok_or_else(unknown)?,
            style.unwrap_or_default().into(),
        ))
    }
}

/// What an identifier names, or the work with this number in the reference list of its article.
fn entry(
    searcher: &Searcher,
    id: &str,
    (reference, language): (Option<u32>, Option<Language>),
) -> Result<Option<Entry>, SearchError> {
    let Some(number) = reference else {
        return Entry::named(searcher, id, language);
    };
    let of_passage = match PassageId::parse(id) {
        Ok(passage) => searcher.passage(&passage)?.map(|view| view.passage.article.id),
        Err(_) => None,
    };
    match of_passage.or_else(|| ArticleId::parse(id).ok()) {
        Some(article) => Entry::reference(searcher, &article, number),
        None => Ok(None),
    }
}

impl Cited {
    fn new(entry: &Entry, style: Style) -> Self {
        // One line at a time: the lines of an export mean something, and `quoted` makes one of all.
        let written = style.write(entry);
        let lines: Vec<String> = written.lines().map(quoted).collect();
        Self {
            id: entry.key.clone(),
            style: style.name(),
            media_type: style.media_type(),
            lang: entry.language.tag(),
            text: lines.join("\n"),
        }
    }
}
