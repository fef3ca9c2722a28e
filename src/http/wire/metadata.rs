//! The flat facts of a hit, for front ends that can only carry names with plain values.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Number;

use super::{ArticleHead, Lang, PlacedSection};
use crate::document::Scalar;

/// The most facts in one hit; front ends refuse more.
const MOST: usize = 16;

/// A plain value: text, number or true/false.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Plain {
    /// Text.
    Text(String),
    /// A number.
    Number(Number),
    /// Yes or no.
    Flag(bool),
}

impl Plain {
    /// A value of free metadata; none for a number JSON can't hold.
    pub(crate) fn from_scalar(scalar: Scalar) -> Option<Self> {
        match scalar {
            Scalar::Text(text) => Some(Self::Text(text)),
            // A year must not become 2024.0.
            Scalar::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
                Some(Self::Number(Number::from(number as i64)))
            }
            Scalar::Number(number) => Number::from_f64(number).map(Self::Number),
            Scalar::Flag(flag) => Some(Self::Flag(flag)),
        }
    }
}

/// Gathers the flat facts of a hit: never null, never nested, at most [`MOST`]. The article's own extra facts fill
/// what room is left and never replace one of ours.
pub(crate) fn flat(
    id: &str,
    lang: Lang,
    place: (&PlacedSection, &ArticleHead),
    extra: BTreeMap<String, Scalar>,
) -> BTreeMap<String, Plain> {
    let (section, article) = place;
    let ArticleHead {
        id: article_id,
        title,
        authors: _,
        journal,
        year,
        doi,
        url,
    } = article;
    let title = match lang {
        Lang::Zh => title.zh.as_ref().or(title.en.as_ref()),
        Lang::En => title.en.as_ref().or(title.zh.as_ref()),
    };
    let texts = [
        ("passage_id", Some(id)),
        ("article_id", Some(article_id.as_str())),
        ("section", Some(section.number.as_deref().unwrap_or(&section.id))),
        ("section_title", section.title.as_deref()),
        ("lang", Some(lang.tag())),
        ("title", title.map(String::as_str)),
        ("doi", doi.as_deref()),
        ("journal", journal.as_deref()),
        ("url", Some(url.as_str())),
    ];
    let mut facts: BTreeMap<String, Plain> = texts
        .into_iter()
        .filter_map(|(name, text)| Some((name.to_owned(), Plain::Text(text?.to_owned()))))
        .collect();
    if let Some(year) = year {
        facts.insert("year".to_owned(), Plain::Number(Number::from(*year)));
    }
    for (name, scalar) in extra {
        if facts.len() >= MOST {
            break;
        }
        if let (false, Some(plain)) = (facts.contains_key(&name), Plain::from_scalar(scalar)) {
            facts.insert(name, plain);
        }
    }
    facts
}
