//! A made-up collection for the benches: the sentences of the shipped articles and of one English text, drawn at random.

use std::ops::ControlFlow;
use std::path::Path;
use std::{fs, io};

use wenyuan::analysis::Analyzer;
use wenyuan::corpus::{self, Fault};
use wenyuan::document::Article;
use wenyuan::index::{
    Builder, Input, InputError, InputFile, LexiconEnrichment, Mode, ReadError, Recipe, Settings, Silent, Sink, Snapshot,
};
use wenyuan::lexicon::{Lexicon, WholeTerms};
use wenyuan::retrieve::Searcher;
use wenyuan::text::sentences;

const ENGLISH: &str = "\
Sandy soils hold little water and lose nitrate with the rain. Farmers answer with more fertiliser, and rivers pay for it. \
Chronic wounds place a heavy burden on patients and on the clinics that care for them. Cells taken from bone marrow (BM) \
were the first to be studied; later work turned to adipose tissue and to cord blood. Levels of IL-6, TNF-α and VEGF fell \
by 12.5% after 10 000 units per day, whereas CD34+ cells increased 3-fold (P < 0.05). Long-term follow-up is rare. Only two \
of the studies reported outcomes beyond 24 months. Differences between centres make a comparison difficult. In column \
trials biochar made from straw cut the leaching of nitrate by a third. Emissions of nitrous oxide fell in wet soils and \
did not change in dry ones. The lamp of a lighthouse turns once in ten seconds. A harbour without one is entered by day. \
We suggest a minimal set of measures for later trials, among them ulcer area, time to closure and quality of life. ";

/// The same pseudo-random numbers in every run (SplitMix64).
pub struct Numbers(pub u64);

impl Numbers {
    /// The next one below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }
}

/// Articles in memory, as the one file of a corpus.
pub struct Collection(pub Vec<Article>);

impl Collection {
    /// The shipped corpus as it is.
    pub fn shipped() -> Self {
        Self::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"))
    }

    /// So many passages of three to five sentences, two thirds Chinese, one third English.
    pub fn of_passages(count: usize) -> io::Result<Self> {
        let shipped = Self::shipped();
        let texts = shipped.0.iter().flat_map(|article| &article.passages);
        let chinese: Vec<&str> = texts
            .flat_map(|passage| sentences(&passage.text).into_iter().map(|span| span.of(&passage.text)))
            .collect();
        let english: Vec<&str> = sentences(ENGLISH).into_iter().map(|span| span.of(ENGLISH)).collect();
        let mut numbers = Numbers(7);
        let mut lines = String::new();
        for number in 0..count {
            let from = if number % 3 == 2 { &english } else { &chinese };
            let text: Vec<&str> = (0..3 + numbers.below(3))
                .map(|_| from[numbers.below(from.len())])
                .collect();
            let record = serde_json::json!({"id": format!("p{number}"), "title": format!("Work {number}"),
                "text": text.join(" "), "year": 1990 + number % 30});
            lines.push_str(&record.to_string());
            lines.push('\n');
        }
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("made-up.jsonl"), lines)?;
        Ok(Self::read(folder.path()))
    }

    fn read(folder: &Path) -> Self {
        struct Kept(Vec<Article>);
        impl corpus::Sink for Kept {
            fn article(&mut self, article: Article) -> ControlFlow<()> {
                self.0.push(article);
                ControlFlow::Continue(())
            }
            fn fault(&mut self, _: Fault) {}
        }
        let mut kept = Kept(Vec::new());
        for file in corpus::discover(folder).0 {
            corpus::read(&file, &corpus::Settings::default(), &mut kept);
        }
        Self(kept.0)
    }

    /// Bytes of all its passages.
    pub fn bytes(&self) -> u64 {
        let passages = self.0.iter().flat_map(|article| &article.passages);
        passages.map(|passage| passage.text.len() as u64).sum()
    }
}

impl Input for Collection {
    fn files(&self) -> Result<Vec<InputFile>, InputError> {
        Ok(vec![InputFile {
            path: "made-up".to_owned(),
            bytes: self.bytes(),
        }])
    }

    fn digest(&self, _: &InputFile) -> Result<u128, InputError> {
        Ok(1)
    }

    fn read(&self, _: &InputFile, sink: &mut Sink<'_>) -> Result<u64, ReadError> {
        for article in &self.0 {
            sink(article.clone())?;
        }
        Ok(0)
    }
}

/// What the program itself works with.
pub struct Parts {
    pub analyzer: Analyzer,
    pub lexicon: Lexicon,
    enrichment: LexiconEnrichment,
}

impl Parts {
    pub fn load() -> Self {
        let analyzer = Analyzer::default();
        analyzer.preload();
        let lexicon = Lexicon::builtin().expect("the shipped lexicon");
        let whole = WholeTerms::new(lexicon.clone()).expect("its terms");
        Self {
            enrichment: LexiconEnrichment::new(whole, analyzer.clone()),
            analyzer,
            lexicon,
        }
    }

    /// Settings for an index in this folder.
    pub fn settings(folder: &Path) -> Settings {
        Settings {
            path: folder.to_owned(),
            ..Settings::default()
        }
    }

    /// A builder of indexes as the program makes them.
    pub fn builder<'a>(&'a self, settings: &'a Settings, recipe: &'a Recipe) -> Builder<'a> {
        Builder::new(settings, recipe, &self.analyzer, &self.enrichment)
    }

    /// Builds an index in an empty folder.
    pub fn build(&self, folder: &Path, collection: &Collection) {
        self.builder(&Self::settings(folder), &Recipe::default())
            .run(Mode::Update, collection, &mut Silent)
            .expect("an index");
    }

    /// The index in a folder.
    pub fn snapshot(folder: &Path) -> Snapshot {
        wenyuan::index::open(&Self::settings(folder), &Recipe::default()).expect("an index")
    }

    /// Opens the index in a folder for searches.
    pub fn open(&self, folder: &Path) -> Searcher {
        Searcher::new(
            std::sync::Arc::new(Self::snapshot(folder)),
            self.analyzer.clone(),
            self.lexicon.clone(),
        )
    }
}
