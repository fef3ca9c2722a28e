//! What an article becomes in the index: one document for itself, each passage and each reference.

use serde::Serialize;
use tantivy::TantivyDocument;
use unicode_normalization::UnicodeNormalization;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::packing::Packer;
use super::schema::{Columns, kind_term, named_term};
use super::stored::{StoredOutline, StoredPassage, StoredReference};
use super::vectors::embedded_digest;
use super::{Enrich, Enrichment, Field, IndexError, Kind};
use crate::document::{Article, ArticleId, PlacedPassage, PlacedReference, SectionHead, SectionKind};
use crate::text::Language;

/// Digest of an article's identifier, as the `owner` column holds it.
pub fn owner_digest(id: &ArticleId) -> u64 {
    xxh3_64(id.as_str().as_bytes())
}

/// Digest of a source path, as the `source` column holds it.
pub fn source_digest(path: &str) -> u64 {
    xxh3_64(path.as_bytes())
}

/// Digest of everything an article says, as the `content` column holds it: the low half of XXH3-128 of its record.
pub fn content_digest(article: &Article) -> Result<u64, IndexError> {
    Ok(xxh3_128(&encode(article)?) as u64)
}

/// The form in which section titles, numbers and identifiers are compared: NFKC, lower case, single spaces.
pub fn section_key(raw: &str) -> String {
    let folded: String = raw.nfkc().flat_map(char::to_lowercase).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Writes a record.
fn encode<T: Serialize>(record: &T) -> Result<Vec<u8>, IndexError> {
    postcard::to_stdvec(record).map_err(|error| IndexError::Record(error.to_string()))
}

/// How the records of an article's documents stand to one another.
#[derive(Clone, Copy)]
pub enum RecordForm<'p> {
    /// Each is whole: documents may lie anywhere, and one question fetches all that a hit needs.
    Whole,
    /// References and what is said of the article stand in their own documents alone; those of an article follow one
    /// another. Each record is packed.
    Together(&'p Packer),
}

/// The records of an article's passages and references before they are packed, to learn from.
pub fn unpacked(article: &Article) -> Result<Vec<Vec<u8>>, IndexError> {
    let passages = article.placed_passages().into_iter();
    let passages = passages.map(|placed| encode(&StoredPassage::new(article, placed)));
    let references = article.placed_references().into_iter();
    let references = references.map(|placed| encode(&StoredReference::new(article, placed)));
    passages.chain(references).collect()
}

/// Makes the documents of one article, in the order they are added: passages, references, the article itself.
pub fn documents(
    columns: &Columns,
    article: &Article,
    enrich: &dyn Enrich,
    form: RecordForm<'_>,
) -> Result<Vec<TantivyDocument>, IndexError> {
    let mut all = Vec::with_capacity(1 + article.passages.len() + article.references.len());
    for placed in article.placed_passages() {
        let enrichment = enrich.enrich(article, &placed.passage);
        let mut document = passage_document(columns, article, &placed, &enrichment);
        let record = match form {
            RecordForm::Whole => encode(&placed)?,
            RecordForm::Together(packer) => packer.pack(&encode(&StoredPassage::new(article, placed))?)?,
        };
        document.add_bytes(columns.record, &record);
        all.push(document);
    }
    for placed in article.placed_references() {
        let mut document = reference_document(columns, article, &placed);
        let record = match form {
            RecordForm::Whole => encode(&placed)?,
            RecordForm::Together(packer) => packer.pack(&encode(&StoredReference::new(article, placed))?)?,
        };
        document.add_bytes(columns.record, &record);
        all.push(document);
    }
    let mut document = article_document(columns, article)?;
    let outline = article.outline();
    let record = match form {
        RecordForm::Whole => encode(&outline)?,
        RecordForm::Together(packer) => {
            document.add_u64(columns.identity, owner_digest(&article.id));
            document.add_bytes(columns.head, &packer.pack(&encode(&article.head())?)?);
            packer.pack(&encode(&StoredOutline::new(outline))?)?
        }
    };
    document.add_bytes(columns.record, &record);
    all.push(document);
    Ok(all)
}

fn base_document(columns: &Columns, article: &Article, kind: Kind) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    document.add_text(columns.article, named_term(kind, article.id.as_str()));
    document.add_u64(columns.owner, owner_digest(&article.id));
    if let Some(year) = article.metadata.year {
        document.add_u64(columns.year, u64::from(year));
    }
    document
}

fn passage_document(
    columns: &Columns,
    article: &Article,
    placed: &PlacedPassage,
    enrichment: &Enrichment,
) -> TantivyDocument {
    let mut document = base_document(columns, article, Kind::Passage);
    let language = placed.passage.language;
    document.add_text(columns.kind, kind_term(Kind::Passage, Some(language)));
    document.add_text(columns.id, named_term(Kind::Passage, placed.passage.id.as_str()));
    document.add_u64(columns.ordinal, u64::from(placed.ordinal));
    document.add_text(columns.role, placed.role().name());
    document.add_u64(columns.embedded, embedded_digest(placed));
    for key in placed.path.iter().flat_map(section_keys) {
        document.add_text(columns.section, key);
    }
    let mut add = |field: Field, text: &str| {
        if let Some(column) = columns.text(field, Kind::Passage)
            && !text.is_empty()
        {
            document.add_text(column, text);
        }
    };
    add(Field::Words(language), &placed.passage.text);
    add(Field::Grams(language), &placed.passage.text);
    if language == Language::Zh {
        add(Field::Chars(language), &placed.passage.text);
    }
    let metadata = &article.metadata;
    add(
        Field::Title(language),
        metadata.title.get(language).map_or("", String::as_str),
    );
    let titles: Vec<&str> = placed
        .path
        .iter()
        .filter_map(|section| section.title.as_deref())
        .collect();
    add(Field::Heading(language), &titles.join("\n"));
    add(Field::Expansion(language), &enrichment.expansion);
    add(Field::Foreign(language), &enrichment.foreign);
    add(Field::Cited(language), &placed.cited_names());
    for term in &enrichment.terms {
        add(Field::Terms(language), term);
    }
    let keywords: Vec<&str> = metadata
        .keywords
        .iter()
        .flat_map(|keyword| [&keyword.zh, &keyword.en])
        .flatten()
        .map(String::as_str)
        .collect();
    add(Field::Keywords, &keywords.join("\n"));
    let authors: Vec<&str> = [&metadata.authors.zh, &metadata.authors.en]
        .into_iter()
        .flatten()
        .flatten()
        .map(String::as_str)
        .collect();
    add(Field::Authors, &authors.join("\n"));
    document
}

fn section_keys(section: &SectionHead) -> Vec<String> {
    let kind = match section.kind {
        SectionKind::Abstract => Some("abstract"),
        SectionKind::Introduction => Some("introduction"),
        SectionKind::Body => None,
    };
    let mut keys: Vec<String> = [
        Some(section.id.as_str()),
        section.number.as_deref(),
        section.title.as_deref(),
        kind,
    ]
    .into_iter()
    .flatten()
    .map(section_key)
    .filter(|key| !key.is_empty())
    .collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn reference_document(columns: &Columns, article: &Article, placed: &PlacedReference) -> TantivyDocument {
    let mut document = base_document(columns, article, Kind::Reference);
    document.add_text(columns.kind, kind_term(Kind::Reference, None));
    document.add_u64(columns.ordinal, u64::from(placed.ordinal));
    let authors = placed.reference.authors.join("\n");
    for (field, text) in [
        (Field::ReferenceWords, &placed.reference.text),
        (Field::ReferenceGrams, &placed.reference.text),
        (Field::Authors, &authors),
    ] {
        if let Some(column) = columns.text(field, Kind::Reference)
            && !text.is_empty()
        {
            document.add_text(column, text);
        }
    }
    document
}

fn article_document(columns: &Columns, article: &Article) -> Result<TantivyDocument, IndexError> {
    let mut document = base_document(columns, article, Kind::Article);
    document.add_text(columns.kind, kind_term(Kind::Article, None));
    document.add_text(columns.id, named_term(Kind::Article, article.id.as_str()));
    document.add_u64(columns.content, content_digest(article)?);
    document.add_u64(columns.source, source_digest(&article.source.path));
    Ok(document)
}
