//! Small corpora for the tests of the index.

use std::collections::BTreeMap;
use std::path::Path;

use tantivy::tokenizer::{LowerCaser, NgramTokenizer, TextAnalyzer, TokenizerManager, WhitespaceTokenizer};
use xxhash_rust::xxh3::xxh3_128;

use super::{
    Builder, Field, Input, InputError, InputFile, Kind, Match, Mode, NoEnrichment, Outcome, ReadError, Recipe, Request,
    Settings, Silent, Sink,
};
use crate::document::{Article, ArticleId, Metadata, Passage, PassageId, Reference, Section, SectionKind, Source};
use crate::index::IndexError;
use crate::text::{Language, Span};

/// A corpus in memory: each file is a list of articles, each a line `id|year|passage|passage…`.
#[derive(Debug, Clone, Default)]
pub struct Sample(pub BTreeMap<String, Vec<String>>);

impl Sample {
    /// A corpus of these files.
    pub fn of(files: &[(&str, &[&str])]) -> Self {
        Self(
            files
                .iter()
                .map(|(path, lines)| {
                    (
                        (*path).to_owned(),
                        lines.iter().map(|line| (*line).to_owned()).collect(),
                    )
                })
                .collect(),
        )
    }
}

impl Input for Sample {
    fn files(&self) -> Result<Vec<InputFile>, InputError> {
        Ok(self
            .0
            .iter()
            .map(|(path, lines)| InputFile {
                path: path.clone(),
                bytes: lines.concat().len() as u64,
            })
            .collect())
    }

    fn digest(&self, file: &InputFile) -> Result<u128, InputError> {
        Ok(xxh3_128(
            self.0
                .get(&file.path)
                .map(|lines| lines.join("\n"))
                .unwrap_or_default()
                .as_bytes(),
        ))
    }

    fn read(&self, file: &InputFile, sink: &mut Sink<'_>) -> Result<u64, ReadError> {
        for (line, text) in (1..).zip(self.0.get(&file.path).into_iter().flatten()) {
            sink(article(&file.path, line, text))?;
        }
        Ok(0)
    }
}

/// The article a line stands for. One section 1 titled `Methods` with a section 1.1 titled `Cells` that holds all
/// passages but the first; one reference with the article's identifier as its text.
pub fn article(path: &str, line: u32, text: &str) -> Article {
    let mut parts = text.split('|');
    let id = ArticleId::parse(parts.next().unwrap_or_default()).expect("an identifier");
    let year = parts.next().and_then(|year| year.parse().ok());
    let section = |id: &str, title: &str, level, parent| Section {
        id: id.to_owned(),
        kind: SectionKind::Body,
        number: Some(id.to_owned()),
        title: Some(title.to_owned()),
        language: Language::En,
        level,
        parent,
        line: 1,
    };
    let passages = (0u32..)
        .zip(parts)
        .map(|(place, text)| Passage {
            id: PassageId::new(&id, text, place),
            section: usize::from(place > 0),
            paragraph: place + 1,
            piece: 0,
            language: Language::detect(text),
            text: text.to_owned(),
            span: Span::new(0, text.len()),
            citations: Vec::new(),
            marks: Vec::new(),
            lines: (line, line),
        })
        .collect();
    let reference = Reference {
        number: 1,
        text: format!("Work of {id}"),
        authors: vec!["Ada Smith".to_owned()],
        ..Reference::default()
    };
    Article {
        source: Source {
            path: path.to_owned(),
            line,
        },
        language: Language::En,
        metadata: Metadata {
            year,
            ..Metadata::default()
        },
        sections: vec![section("1", "Methods", 1, None), section("1.1", "Ｃells", 2, Some(0))],
        passages,
        references: vec![reference],
        id,
    }
}

/// Settings for an index in this folder.
pub fn settings(path: &Path) -> Settings {
    Settings {
        path: path.to_owned(),
        threads: 1,
        heap_mb: 32,
        ..Settings::default()
    }
}

/// A builder that cuts words at white space.
pub fn builder<'a>(settings: &'a Settings, recipe: &'a Recipe) -> Builder<'a> {
    Builder::with_tokenizers(settings, recipe, tokenizers(), &NoEnrichment)
}

/// Brings the index in a folder up to date with a corpus.
pub fn update(path: &Path, sample: &Sample) -> Result<Outcome, IndexError> {
    builder(&settings(path), &Recipe::default()).run(Mode::Update, sample, &mut Silent)
}

/// Asks for passages with any of these English words.
pub fn words(text: &str) -> Request {
    let term = |word: &str| Match::Term {
        field: Field::Words(Language::En),
        term: word.to_owned(),
        boost: 1.0,
    };
    Request {
        kind: Kind::Passage,
        matching: Match::Any(text.split(' ').map(term).collect()),
        filters: Vec::new(),
        limit: 10,
    }
}

/// Tokenizers by white space, so that expected scores can be worked out by hand.
pub fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(
        "wenyuan_words",
        TextAnalyzer::builder(WhitespaceTokenizer::default())
            .filter(LowerCaser)
            .build(),
    );
    manager.register(
        "wenyuan_grams",
        TextAnalyzer::builder(WhitespaceTokenizer::default())
            .filter(LowerCaser)
            .build(),
    );
    if let Ok(chars) = NgramTokenizer::new(1, 1, false) {
        manager.register("wenyuan_chars", TextAnalyzer::builder(chars).build());
    }
    manager
}
