//! Reads the front matter of clean Markdown: the keys and values between two lines of `---`.

use super::imprint::{date, year};
use crate::corpus::Draft;
use crate::document::{Bilingual, Metadata, Scalar};
use crate::text::Language;

/// The most lines front matter may have.
const MOST: usize = 300;

/// Parts the front matter from the text that follows it.
pub fn split(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(['\u{feff}', '\n', '\r']);
    let inside = text.strip_prefix("---")?;
    let start = inside
        .find('\n')
        .filter(|end| inside.get(..*end).is_some_and(|rest| rest.trim().is_empty()))?
        + 1;
    let body = inside.get(start..)?;
    let mut at = 0;
    for line in body.split_inclusive('\n').take(MOST) {
        if matches!(line.trim_end(), "---" | "...") {
            let head = body.get(..at)?;
            let keyed = head
                .lines()
                .any(|line| line.split_once(':').is_some_and(|(key, _)| is_key(key.trim())));
            return keyed.then(|| Some((head, body.get(at + line.len()..)?))).flatten();
        }
        at += line.len();
    }
    None
}

fn is_key(key: &str) -> bool {
    let key = unquoted(key);
    !key.is_empty() && key.len() <= 40 && key.chars().all(|sign| sign.is_alphanumeric() || "-_ .".contains(sign))
}

#[derive(Debug, Default)]
struct Entry {
    key: String,
    value: String,
    items: Vec<String>,
    inner: Vec<(String, String, Vec<String>)>,
}

/// Takes what the front matter says into the draft.
pub fn fill(head: &str, draft: &mut Draft) {
    let mut words: Bilingual<Vec<String>> = Bilingual::none();
    for entry in entries(head) {
        take(entry, &mut draft.metadata, &mut words);
    }
    if words.zh.is_some() || words.en.is_some() {
        draft.keywords(words.zh.unwrap_or_default(), words.en.unwrap_or_default(), 1);
    }
}

fn entries(head: &str) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    let mut block = false;
    for line in head.lines() {
        let bare = line.trim();
        if bare.is_empty() || bare.starts_with('#') {
            continue;
        }
        let indented = line.starts_with([' ', '\t']);
        if let Some(item) = bare.strip_prefix("- ").filter(|_| !block) {
            let Some(last) = found.last_mut() else { continue };
            let item = value(item.split_once("name:").map_or(item, |(_, name)| name));
            match last.inner.last_mut().filter(|_| indented) {
                Some((_, _, items)) => items.push(item),
                None => last.items.push(item),
            }
            continue;
        }
        let pair = bare
            .split_once(':')
            .filter(|(key, rest)| is_key(key) && (rest.is_empty() || rest.starts_with(' ')));
        match (pair, found.last_mut()) {
            (Some((key, rest)), Some(last)) if indented && !block && last.value.is_empty() && last.items.is_empty() => {
                let items = inline_list(rest).unwrap_or_default();
                last.inner.push((unquoted(key).to_lowercase(), value(rest), items));
            }
            (Some((key, rest)), _) if !indented => {
                let rest = rest.trim();
                block = rest.starts_with(['|', '>']);
                found.push(Entry {
                    key: unquoted(key).to_lowercase().replace(['-', ' '], "_"),
                    value: if block { String::new() } else { value(rest) },
                    items: inline_list(rest).unwrap_or_default(),
                    inner: inline_map(rest),
                });
            }
            (_, Some(last)) if indented => {
                if !last.value.is_empty() {
                    last.value.push(' ');
                }
                last.value.push_str(bare);
            }
            _ => {}
        }
    }
    found
}

fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let quoted = ['"', '\'']
        .iter()
        .find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote));
    quoted.unwrap_or(text)
}

fn value(text: &str) -> String {
    let text = text.trim();
    let text = if text.starts_with(['"', '\'']) {
        text
    } else {
        text.split(" #").next().unwrap_or(text)
    };
    unquoted(text).replace("\\\"", "\"").replace("''", "'")
}

fn inline_list(text: &str) -> Option<Vec<String>> {
    let inside = text.trim().strip_prefix('[')?.strip_suffix(']')?;
    Some(
        inside
            .split([',', '，'])
            .map(value)
            .filter(|item| !item.is_empty())
            .collect(),
    )
}

fn inline_map(text: &str) -> Vec<(String, String, Vec<String>)> {
    let Some(inside) = text.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
        return Vec::new();
    };
    let mut found: Vec<(String, String, Vec<String>)> = Vec::new();
    for piece in inside.split(',') {
        match (piece.split_once(':').filter(|(key, _)| is_key(key)), found.last_mut()) {
            (Some((key, rest)), _) => found.push((unquoted(key).to_lowercase(), value(rest), Vec::new())),
            (None, Some((_, last, _))) => {
                last.push(',');
                last.push_str(piece);
            }
            (None, None) => {}
        }
    }
    found
}

/// What an entry holds for one language, or for the language it is written in.
fn sides(entry: &Entry, language: Option<Language>) -> Vec<(Language, Vec<String>)> {
    let side = |value: &str, items: &[String], language: Option<Language>| {
        let items = if items.is_empty() {
            vec![value.to_owned()]
        } else {
            items.to_vec()
        };
        let items: Vec<String> = items.into_iter().filter(|item| !item.is_empty()).collect();
        (language.unwrap_or_else(|| Language::detect(&items.join(" "))), items)
    };
    if entry.inner.is_empty() {
        return vec![side(&entry.value, &entry.items, language)];
    }
    let inner = entry.inner.iter();
    inner
        .map(|(key, value, items)| side(value, items, Language::from_tag(key)))
        .collect()
}

fn take(entry: Entry, metadata: &mut Metadata, words: &mut Bilingual<Vec<String>>) {
    let (key, language) = match entry
        .key
        .rsplit_once('_')
        .and_then(|(key, tag)| Some((key, Language::from_tag(tag)?)))
    {
        Some((key, language)) => (key.to_owned(), Some(language)),
        None => (entry.key.clone(), None),
    };
    let sides = sides(&entry, language)
        .into_iter()
        .filter(|(_, items)| !items.is_empty());
    let text = Some(entry.value.clone()).filter(|text| !text.is_empty());
    match key.as_str() {
        "title" => sides.for_each(|(language, items)| metadata.title.set(language, items.join(" "))),
        "author" | "authors" => sides.for_each(|(language, items)| metadata.authors.set(language, parted(items))),
        "affiliation" | "affiliations" | "institute" => {
            sides.for_each(|(language, items)| metadata.affiliations.set(language, items))
        }
        "keywords" | "keyword" | "tags" | "关键词" => {
            sides.for_each(|(language, items)| words.set(language, parted(items)))
        }
        "journal" => sides.for_each(|(language, items)| metadata.journal.set(language, items.join(" "))),
        "corresponding" | "corresponding_author" => {
            sides.for_each(|(language, items)| metadata.corresponding.set(language, items.join(", ")))
        }
        "doi" => metadata.doi = text.as_deref().and_then(super::front::doi),
        "issn" => metadata.issn = text,
        "volume" => metadata.volume = text,
        "issue" | "number" => metadata.issue = text,
        "pages" | "page" => metadata.pages = text,
        "url" | "link" => metadata.url = text,
        "article_number" => metadata.article_number = text,
        "clc" => {
            metadata.clc = if entry.items.is_empty() {
                text.into_iter().collect()
            } else {
                entry.items
            }
        }
        "document_code" => metadata.document_code = text,
        "year" => metadata.year = text.as_deref().and_then(year).or(metadata.year),
        "date" | "published" => {
            metadata.year = metadata.year.or_else(|| text.as_deref().and_then(year));
            metadata.date = text.as_deref().and_then(date);
        }
        "abstract" | "summary" | "摘要" => {}
        _ => {
            let all = if entry.items.is_empty() {
                text
            } else {
                Some(entry.items.join("; "))
            };
            if let Some(all) = all {
                metadata.extra.insert(entry.key, scalar(all));
            }
        }
    }
}

fn parted(items: Vec<String>) -> Vec<String> {
    match items.as_slice() {
        [one] => super::front::words(one),
        _ => items,
    }
}

fn scalar(text: String) -> Scalar {
    match text.as_str() {
        "true" => Scalar::Flag(true),
        "false" => Scalar::Flag(false),
        _ => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Scalar::Number(number),
            _ => Scalar::Text(text),
        },
    }
}

/// The abstracts that the front matter holds, with their languages.
pub fn abstracts(head: &str) -> Vec<(Language, String)> {
    let mut found = Vec::new();
    for entry in entries(head) {
        let (key, language) = match entry
            .key
            .rsplit_once('_')
            .and_then(|(key, tag)| Some((key, Language::from_tag(tag)?)))
        {
            Some((key, language)) => (key, Some(language)),
            None => (entry.key.as_str(), None),
        };
        if matches!(key, "abstract" | "summary" | "摘要") {
            found.extend(
                sides(&entry, language)
                    .into_iter()
                    .map(|(language, items)| (language, items.join(" "))),
            );
        }
    }
    found.retain(|(_, text)| !text.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::{abstracts, fill, split};
    use crate::corpus::Draft;
    use crate::document::{Scalar, Source};

    #[test]
    fn keys_fill_the_metadata() {
        let text = "---\ntitle:\n  zh: 麦田记\n  en: \"Of Wheat: a study\"\nauthors: [张三, 李四]\nauthors_en:\n  - ZHANG San\n  - LI Si\nkeywords: 小麦; 水\nkeywords_en: [wheat, water]\ndoi: https://doi.org/10.1234/ABC.1\nyear: 2021\ndate: 2021-05-03\nabstract: |\n  小麦喜水。\n  Second: line.\nlicence: CC-BY\nopen: true\n---\n# 麦田记\n";
        let (head, rest) = split(text).unwrap();
        assert_eq!(rest, "# 麦田记\n");
        let source = Source {
            path: "a.md".to_owned(),
            line: 1,
        };
        let mut draft = Draft::new(source);
        fill(head, &mut draft);
        let metadata = &draft.metadata;
        assert_eq!(metadata.title.zh.as_deref(), Some("麦田记"));
        assert_eq!(metadata.title.en.as_deref(), Some("Of Wheat: a study"));
        assert_eq!(
            metadata.authors.zh.as_deref(),
            Some(&["张三".to_owned(), "李四".to_owned()][..])
        );
        assert_eq!(
            metadata.authors.en.as_deref(),
            Some(&["ZHANG San".to_owned(), "LI Si".to_owned()][..])
        );
        assert_eq!(metadata.keywords.len(), 2);
        assert_eq!(metadata.keywords[1].en.as_deref(), Some("water"));
        assert_eq!(metadata.doi.as_deref(), Some("10.1234/abc.1"));
        assert_eq!(
            (metadata.year, metadata.date.as_deref()),
            (Some(2021), Some("2021-05-03"))
        );
        assert_eq!(metadata.extra.get("licence"), Some(&Scalar::Text("CC-BY".to_owned())));
        assert_eq!(metadata.extra.get("open"), Some(&Scalar::Flag(true)));
        assert_eq!(abstracts(head)[0].1, "小麦喜水。 Second: line.");
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        assert!(split("---\n\nText.\n\n---\nMore.").is_none());
        assert!(split("Text.").is_none());
    }
}
