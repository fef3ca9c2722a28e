//! A small index of several fields in both languages, for the tests of corrections.

use tempfile::TempDir;

use crate::analysis::Analyzer;
use crate::document::{Article, ArticleId, Metadata, Passage, PassageId, Section, SectionKind, Source};
use crate::index::{
    Builder, Input, InputError, InputFile, Mode, NoEnrichment, ReadError, Recipe, Settings, Silent, Sink, Snapshot,
    open,
};
use crate::text::{Language, Span};

/// Sentences of medicine, geology and computing.
pub const SENTENCES: [&str; 20] = [
    "间充质干细胞移植可促进糖尿病足溃疡愈合。",
    "周细胞包绕在毛细血管外,参与血管新生。",
    "内皮祖细胞由骨髓动员进入外周血。",
    "糖尿病患者的血糖控制与创面愈合有关。",
    "糖尿病足的发病机制尚不清楚。",
    "玄武岩由火山喷发的岩浆冷却形成。",
    "花岗岩含石英、长石和云母,风化后成为黏土。",
    "断层带的地震活动与板块运动有关。",
    "神经网络用反向传播算法训练。",
    "操作系统的调度程序分配处理器时间。",
    "重编程使成纤维细胞成为多能干细胞。",
    "Pericytes wrap around capillaries and take part in angiogenesis.",
    "Diabetic foot ulcers heal slowly when perfusion is poor.",
    "Basalt forms when lava cools quickly at the surface of the earth.",
    "Granite contains quartz, feldspar and mica.",
    "A scheduler in the operating system divides processor time; caches can reduce latency.",
    "Neural networks are trained with backpropagation; more data may help.",
    "Samples from Nanjing were studied with PD-1 inhibitors.",
    "Gan, Xi and Bao reviewed them; Tang and Niao agreed, Bing did not.",
    "Zhou Xi Bao drew the map.",
];

struct Sentences(Vec<String>);

impl Input for Sentences {
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
        for (number, passages) in self.0.chunks(20).enumerate() {
            sink(article(number, passages))?;
        }
        Ok(0)
    }
}

fn article(number: usize, texts: &[String]) -> Article {
    let id = ArticleId::parse(&format!("a{number}")).expect("an identifier");
    let passages = (0u32..)
        .zip(texts)
        .map(|(place, text)| Passage {
            id: PassageId::new(&id, text, place),
            section: 0,
            paragraph: place + 1,
            piece: 0,
            language: Language::detect(text),
            text: text.clone(),
            span: Span::new(0, text.len()),
            citations: Vec::new(),
            marks: Vec::new(),
            lines: (1, 1),
        })
        .collect();
    Article {
        source: Source {
            path: "all.md".to_owned(),
            line: u32::try_from(number).expect("few articles") + 1,
        },
        language: Language::Zh,
        metadata: Metadata::default(),
        sections: vec![Section {
            id: "1".to_owned(),
            kind: SectionKind::Body,
            number: None,
            title: None,
            language: Language::Zh,
            level: 1,
            parent: None,
            line: 1,
        }],
        passages,
        references: Vec::new(),
        id,
    }
}

/// An index of passages, and the folder it lives in.
pub fn index_of(texts: Vec<String>) -> (Snapshot, Analyzer, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let analyzer = Analyzer::default();
    let settings = Settings {
        path: folder.path().to_owned(),
        threads: 1,
        heap_mb: 64,
        ..Settings::default()
    };
    let recipe = Recipe::default();
    Builder::new(&settings, &recipe, &analyzer, &NoEnrichment)
        .run(Mode::Rebuild, &Sentences(texts), &mut Silent)
        .expect("an index");
    (open(&settings, &recipe).expect("a snapshot"), analyzer, folder)
}

/// The index of [`SENTENCES`].
pub fn small() -> (Snapshot, Analyzer, TempDir) {
    index_of(SENTENCES.map(str::to_owned).to_vec())
}
