//! A citation on the wire.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Lang;
use crate::cite::{Entry, Style};
use crate::server::parameters::{Fields, Parameters};
use crate::text::Language;

/// A style of citation, or a form of export.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum StyleChoice {
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
    /// COinS.
    #[serde(rename = "coins")]
    Coins,
}

impl From<StyleChoice> for Style {
    fn from(choice: StyleChoice) -> Self {
        match choice {
            StyleChoice::Gbt2015 => Self::Gbt2015,
            StyleChoice::Gbt2025 => Self::Gbt2025,
            StyleChoice::Vancouver => Self::Vancouver,
            StyleChoice::Ris => Self::Ris,
            StyleChoice::Bibtex => Self::Bibtex,
            StyleChoice::CslJson => Self::CslJson,
            StyleChoice::Coins => Self::Coins,
        }
    }
}

/// A language that an article may be described in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DescribedIn {
    /// Chinese.
    Zh,
    /// English.
    En,
}

/// In which style a citation is wanted.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CitationParameters {
    /// gbt7714-2015 (default), gbt7714-2025, vancouver, ris, bibtex, csl-json or coins.
    style: Option<StyleChoice>,
    /// The language of the article's description where it is printed in both: zh or en. Default: the article's own.
    lang: Option<DescribedIn>,
}

impl Parameters for CitationParameters {
    fn fields() -> &'static Fields {
        static FIELDS: LazyLock<Fields> = LazyLock::new(Fields::of::<CitationParameters>);
        &FIELDS
    }
}

impl CitationParameters {
    /// The style, and the language where one is asked for.
    pub(crate) fn resolve(self) -> (Style, Option<Language>) {
        let Self { style, lang } = self;
        let language = lang.map(|lang| match lang {
            DescribedIn::Zh => Language::Zh,
            DescribedIn::En => Language::En,
        });
        (style.unwrap_or_default().into(), language)
    }
}

/// In which style the citation of a reference is wanted.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StyleParameters {
    /// gbt7714-2015 (default), gbt7714-2025, vancouver, ris, bibtex, csl-json or coins.
    style: Option<StyleChoice>,
}

impl Parameters for StyleParameters {
    fn fields() -> &'static Fields {
        static FIELDS: LazyLock<Fields> = LazyLock::new(Fields::of::<StyleParameters>);
        &FIELDS
    }
}

impl StyleParameters {
    /// The style.
    pub(crate) fn resolve(self) -> Style {
        let Self { style } = self;
        style.unwrap_or_default().into()
    }
}

/// A citation.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CitationAnswer {
    /// What is cited: identifier of the article, or `ARTICLE:rN` for place N of its reference list.
    pub id: String,
    /// The style.
    pub style: &'static str,
    /// What kind of text it is.
    pub media_type: &'static str,
    /// The language of the entry.
    pub lang: Lang,
    /// The citation. A reference whose parts can't all be told is given as it is printed.
    pub text: String,
}

impl CitationAnswer {
    /// The answer for an entry in a style.
    pub(crate) fn new(entry: &Entry, style: Style) -> Self {
        Self {
            id: entry.key.clone(),
            style: style.name(),
            media_type: style.media_type(),
            lang: entry.language.into(),
            text: style.write(entry),
        }
    }
}
