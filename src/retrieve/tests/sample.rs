//! Small corpora written as lines, `ARTICLE|YEAR|SECTION|TEXT`, and a searcher over them.

use std::sync::Arc;

use tempfile::TempDir;

use crate::analysis::Analyzer;
use crate::document::{Article, ArticleId, Metadata, Passage, PassageId, Section, SectionKind, Source};
use crate::index::{
    Builder, Input, InputError, InputFile, Mode, NoEnrichment, ReadError, Recipe, Settings, Silent, Sink, open,
};
use crate::lexicon::Lexicon;
use crate::retrieve::{Found, Hit, Results, Search, Searcher};
use crate::text::{Language, Span};

struct Lines(Vec<String>);

impl Input for Lines {
    fn files(&self) -> Result<Vec<InputFile>, InputError> {
        Ok(vec![InputFile {
            path: "all.md".to_owned(),
            bytes: 1,
        }])
    }

    fn digest(&self, _: &InputFile) -> Result<u128, InputError> {
        Ok(1)
    }

    fn read(&self, _: &InputFile, sink: &mut Sink<'_>) -> Result<u64, ReadError> {
        let parts: Vec<Vec<&str>> = self.0.iter().map(|line| line.split('|').collect()).collect();
        for (number, lines) in (1u32..).zip(parts.chunk_by(|one, next| one[0] == next[0])) {
            sink(article(number, lines))?;
        }
        Ok(0)
    }
}

fn article(number: u32, lines: &[Vec<&str>]) -> Article {
    let id = ArticleId::parse(lines[0][0]).expect("an identifier");
    let (mut sections, mut passages): (Vec<Section>, Vec<Passage>) = (Vec::new(), Vec::new());
    for line in lines {
        let (title, text) = (line[2], line[3]);
        if sections.last().and_then(|last| last.title.as_deref()) != Some(title) {
            sections.push(Section {
                id: (sections.len() + 1).to_string(),
                kind: SectionKind::Body,
                number: None,
                title: Some(title.to_owned()),
                language: Language::detect(title),
                level: 1,
                parent: None,
                line: 1,
            });
        }
        let place = u32::try_from(passages.len()).expect("few passages");
        passages.push(Passage {
            id: PassageId::new(&id, text, place),
            section: sections.len() - 1,
            paragraph: place + 1,
            piece: 0,
            language: Language::detect(text),
            text: text.to_owned(),
            span: Span::new(0, text.len()),
            citations: Vec::new(),
            marks: Vec::new(),
            lines: (1, 1),
        });
    }
    Article {
        source: Source {
            path: "all.md".to_owned(),
            line: number,
        },
        language: Language::Zh,
        metadata: Metadata {
            year: lines[0][1].parse().ok(),
            ..Metadata::default()
        },
        sections,
        passages,
        references: Vec::new(),
        id,
    }
}

/// A searcher over a corpus in these lines, and the folder its index lives in.
pub fn library(lines: &[impl ToString]) -> (Searcher, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let analyzer = Analyzer::default();
    let settings = Settings {
        path: folder.path().to_owned(),
        threads: 1,
        heap_mb: 64,
        ..Settings::default()
    };
    let recipe = Recipe::default();
    let lines = Lines(lines.iter().map(ToString::to_string).collect());
    Builder::new(&settings, &recipe, &analyzer, &NoEnrichment)
        .run(Mode::Rebuild, &lines, &mut Silent)
        .expect("an index");
    let snapshot = open(&settings, &recipe).expect("a snapshot");
    let lexicon = Lexicon::builtin().expect("a lexicon");
    (Searcher::new(Arc::new(snapshot), analyzer, lexicon), folder)
}

/// The texts found, in order.
pub fn texts(results: &Results) -> Vec<&str> {
    results.hits.iter().map(|hit| hit.found.text()).collect()
}

/// The texts that a search finds, in order.
pub fn found(searcher: &Searcher, search: &Search) -> Vec<String> {
    let results = searcher.search(search).expect("an answer");
    texts(&results).into_iter().map(str::to_owned).collect()
}

/// The identifier of the passage found.
pub fn id(hit: &Hit) -> PassageId {
    match &hit.found {
        Found::Passage(placed) => placed.passage.id.clone(),
        Found::Reference(_) => panic!("not a passage"),
    }
}
