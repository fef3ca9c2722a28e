//! Throughput of folding and of the analyzer's streams, beside jieba alone in the same run; and the cost of a start.

use std::hint::black_box;
use std::{fs, path::Path};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jieba_rs::Jieba;
use wenyuan::analysis::{Analyzer, IndexTokenizer, Mode, Stream};
use wenyuan::text::{Folded, sentences};

/// Written for this bench: the words and symbols of a scholarly text.
const ENGLISH: &str = "\
Chronic wounds place a heavy burden on patients and on the clinics that care for them. In this review we compare four \
approaches to tissue repair, and we ask which of them have reached controlled trials. Cells taken from bone marrow (BM) \
were the first to be studied; later work turned to adipose tissue, to cord blood and to induced pluripotent stem cells \
(iPSCs). Levels of IL-6, TNF-α and VEGF fell by 12.5% after 10 000 units per day, whereas CD34+ cells increased 3-fold \
(P < 0.05). Long-term follow-up is rare: only two of the studies reported outcomes beyond 24 months. Differences between \
centres, e.g. in dressing changes or off-loading, make a comparison difficult. We therefore describe the methods in detail \
and suggest a minimal set of measures for later trials, among them ulcer area, time to closure and quality of life. ";

/// The shipped articles that are mostly Chinese, as one text.
fn chinese() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| fs::read_to_string(entry.path()).ok())
        .collect()
}

fn throughput(criterion: &mut Criterion) {
    let analyzer = Analyzer::default();
    analyzer.preload();
    let jieba = Jieba::new();
    for (language, text) in [("zh", chinese()), ("en", ENGLISH.repeat(24))] {
        let passages: Vec<&str> = text.split_inclusive('\n').collect();
        let mut group = criterion.benchmark_group(language);
        group.throughput(Throughput::Bytes(text.len() as u64));
        let count = std::cell::Cell::new(0usize);
        let mut over = |name: &str, work: &mut dyn FnMut(&str)| {
            group.bench_function(name, |bencher| {
                bencher.iter(|| passages.iter().for_each(|passage| work(passage)))
            });
        };
        over("jieba alone", &mut |text| {
            black_box(jieba.cut_for_search(text, true));
        });
        let mut folded = Folded::default();
        over("fold", &mut |text| folded.assign(black_box(text)));
        over("sentences", &mut |text| {
            black_box(sentences(text));
        });
        over("words", &mut |text| {
            analyzer.words(text, Mode::Index, |token| count.set(count.get() + token.term.len()))
        });
        over("grams", &mut |text| {
            analyzer.grams(text, Mode::Index, |token| count.set(count.get() + token.term.len()))
        });
        over("chars", &mut |text| {
            analyzer.chars(text, |token| count.set(count.get() + token.term.len()))
        });
        let mut tokenizer = IndexTokenizer::new(analyzer.clone(), Stream::Words);
        over("words as tantivy tokens", &mut |text| {
            use tantivy::tokenizer::{TokenStream, Tokenizer};
            let mut stream = tokenizer.token_stream(text);
            while stream.advance() {
                count.set(count.get() + stream.token().text.len());
            }
        });
        group.finish();
    }
}

fn start(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("start");
    group.sample_size(10);
    group.bench_function("full dictionary", |bencher| {
        bencher.iter(|| Analyzer::default().preload())
    });
    let fresh = Analyzer::default();
    for (name, query) in [
        ("short query", "胎盘来源 水凝胶"),
        ("question", "同种异体间充质干细胞治疗糖尿病足溃疡的疗效和安全性如何？"),
    ] {
        group.bench_function(format!("{name} without it"), |bencher| {
            bencher.iter(|| {
                fresh.words(black_box(query), Mode::Query, |token| {
                    black_box(token.span);
                })
            });
        });
    }
    let loaded = Analyzer::default();
    loaded.preload();
    group.bench_function("question with it", |bencher| {
        bencher.iter(|| {
            let query = black_box("同种异体间充质干细胞治疗糖尿病足溃疡的疗效和安全性如何？");
            loaded.words(query, Mode::Query, |token| {
                black_box(token.span);
            });
        });
    });
    group.finish();
}

criterion_group!(benches, throughput, start);
criterion_main!(benches);
