//! The tantivy schema: which field of the index holds which part of a document.

use tantivy::schema::{
    FAST, Field as Column, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions,
};

use super::{Field, Kind};
use crate::analysis::{CHARS, GRAMS, WORDS};
use crate::text::Language;

/// Changed whenever the schema or what is put in a field changes; a different number is a different index.
pub const SCHEMA_VERSION: u32 = 6;

/// tantivy's own tokenizer that takes a value as one term.
const RAW: &str = "raw";

/// The columns of the index.
#[derive(Debug, Clone)]
pub struct Columns {
    /// The schema they belong to.
    pub schema: Schema,
    text: Vec<(Field, Column)>,
    cited_authors: Column,
    /// The stored record, in postcard; packed in the embedded index.
    pub record: Column,
    /// What every record of an article says of it, on article documents of the embedded index.
    pub head: Column,
    /// `passage/zh`, `passage/en`, `reference` or `article`.
    pub kind: Column,
    /// Kind and identifier: `passage/…` or `article/…`.
    pub id: Column,
    /// Kind and article: `passage/…`, `reference/…` or `article/…`.
    pub article: Column,
    /// Keys of the sections of a passage: identifier, number, folded title and kind of each ancestor.
    pub section: Column,
    /// The part that the passage's section plays.
    pub role: Column,
    /// Year of the article.
    pub year: Column,
    /// Place in the article.
    pub ordinal: Column,
    /// Digest of what of a passage becomes a vector.
    pub embedded: Column,
    /// Digest of the article's identifier, on every document of the article: what a deletion names.
    pub owner: Column,
    /// The same digest on article documents of the embedded index only, to be read from there.
    pub identity: Column,
    /// Digest of the article's contents, on article documents.
    pub content: Column,
    /// Digest of the path of the article's source, on article documents.
    pub source: Column,
}

impl Columns {
    /// Makes the schema.
    pub fn new() -> Self {
        let mut builder = Schema::builder();
        let text = Field::ALL
            .map(|field| (field, builder.add_text_field(field.name(), options(field))))
            .to_vec();
        let cited_authors = builder.add_text_field("reference.authors", options(Field::Authors));
        let record = builder.add_bytes_field("record", STORED);
        let head = builder.add_bytes_field("head", STORED);
        let kind = builder.add_text_field("kind", name());
        let id = builder.add_text_field("id", name());
        let article = builder.add_text_field("article", name() | FAST);
        let section = builder.add_text_field("section", name());
        let role = builder.add_text_field("role", name() | FAST);
        let year = builder.add_u64_field("year", exact() | FAST);
        let ordinal = builder.add_u64_field("ordinal", FAST);
        let embedded = builder.add_u64_field("embedded", FAST);
        let owner = builder.add_u64_field("owner", exact());
        let identity = builder.add_u64_field("identity", FAST);
        let content = builder.add_u64_field("content", FAST);
        let source = builder.add_u64_field("source", FAST);
        Self {
            schema: builder.build(),
            text,
            cited_authors,
            record,
            head,
            kind,
            id,
            article,
            section,
            role,
            year,
            ordinal,
            embedded,
            owner,
            identity,
            content,
            source,
        }
    }

    /// The column of a field in documents of a kind.
    ///
    /// The authors of cited works have a column of their own, so that every text column belongs to one kind of
    /// document: then no search needs a filter by kind, and block-max pruning stays possible.
    pub fn text(&self, field: Field, kind: Kind) -> Option<Column> {
        if field == Field::Authors && kind == Kind::Reference {
            return Some(self.cited_authors);
        }
        let belongs = match kind {
            Kind::Reference => matches!(field, Field::ReferenceWords | Field::ReferenceGrams),
            Kind::Passage => !matches!(field, Field::ReferenceWords | Field::ReferenceGrams),
            Kind::Article => false,
        };
        self.text
            .iter()
            .find(|(each, _)| belongs && *each == field)
            .map(|(_, column)| *column)
    }
}

/// A value that is one term, of which neither number nor length matters.
fn name() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(RAW)
        .set_index_option(IndexRecordOption::Basic)
        .set_fieldnorms(false);
    TextOptions::default().set_indexing_options(indexing)
}

/// A number that is looked for as it is: it has no length that would matter.
fn exact() -> NumericOptions {
    NumericOptions::default().set_indexed()
}

fn options(field: Field) -> TextOptions {
    let (tokenizer, record) = match field {
        Field::Grams(_) | Field::ReferenceGrams => (GRAMS, IndexRecordOption::WithFreqsAndPositions),
        Field::Chars(_) => (CHARS, IndexRecordOption::WithFreqs),
        Field::Terms(_) => (RAW, IndexRecordOption::WithFreqs),
        _ => (WORDS, IndexRecordOption::WithFreqs),
    };
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(tokenizer)
        .set_index_option(record)
        .set_fieldnorms(measured_by(field) == Some(field));
    TextOptions::default().set_indexing_options(indexing)
}

/// The language of a field's documents, where they are of one.
pub fn language_of(field: Field) -> Option<Language> {
    match field {
        Field::Words(language)
        | Field::Grams(language)
        | Field::Chars(language)
        | Field::Title(language)
        | Field::Heading(language)
        | Field::Expansion(language)
        | Field::Foreign(language)
        | Field::Cited(language)
        | Field::Terms(language) => Some(language),
        Field::Keywords | Field::Authors | Field::ReferenceWords | Field::ReferenceGrams => None,
    }
}

/// The field whose number of tokens is the length of a field's text; nothing for what is as good as always short.
pub fn measured_by(field: Field) -> Option<Field> {
    match field {
        Field::Words(language) | Field::Grams(language) | Field::Chars(language) | Field::Terms(language) => {
            Some(Field::Words(language))
        }
        Field::ReferenceWords | Field::ReferenceGrams => Some(Field::ReferenceWords),
        Field::Title(_)
        | Field::Heading(_)
        | Field::Expansion(_)
        | Field::Foreign(_)
        | Field::Cited(_)
        | Field::Keywords
        | Field::Authors => None,
    }
}

/// The term of the kind column.
pub fn kind_term(kind: Kind, language: Option<Language>) -> String {
    match (kind, language) {
        (Kind::Passage, Some(language)) => format!("passage/{}", language.tag()),
        (Kind::Passage, None) => "passage".to_owned(),
        (Kind::Reference, _) => "reference".to_owned(),
        (Kind::Article, _) => "article".to_owned(),
    }
}

/// The name in a term of the identifier and article columns.
pub fn bare_name(term: &str) -> &str {
    term.split_once('/').map_or(term, |(_, name)| name)
}

/// The term of the identifier and article columns.
pub fn named_term(kind: Kind, name: &str) -> String {
    let prefix = match kind {
        Kind::Passage => "passage/",
        Kind::Reference => "reference/",
        Kind::Article => "article/",
    };
    format!("{prefix}{name}")
}
