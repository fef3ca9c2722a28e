//! How fast articles are read and split into passages, beside UTF-8 validation and line splitting of the same bytes.

use std::fs;
use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use wenyuan::corpus::{Fault, Format, Input, Settings, Sink, formats, reference};
use wenyuan::document::Article;

#[derive(Default)]
struct Count(usize);

impl Sink for Count {
    fn article(&mut self, article: Article) -> ControlFlow<()> {
        self.0 += article.passages.len();
        ControlFlow::Continue(())
    }
    fn fault(&mut self, _: Fault) {}
}

/// How many passages a text of that format holds.
fn passages(format: &dyn Format, text: &str, settings: &Settings) -> usize {
    let mut count = Count::default();
    let input = Input {
        path: "a",
        text: &mut text.as_bytes(),
    };
    format
        .read(input, settings, &mut count)
        .expect("a text in memory can be read");
    count.0
}

/// The article that comes with the sources.
fn markdown() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let files = fs::read_dir(folder).expect("the corpus folder");
    let mut paths: Vec<_> = files.map(|file| file.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    let first = paths.first().expect("an article");
    fs::read_to_string(first).expect("an article in UTF-8")
}

fn jats() -> String {
    let paragraph = |place: usize| {
        format!(
            "<p>第{place}段：间充质干细胞<sup>[<xref ref-type=\"bibr\" rid=\"R1\">1</xref>–<xref ref-type=\"bibr\" rid=\"R3\">3</xref>]</sup>可促进慢性创面愈合，CD34<sup>+</sup> cells &mu;m。{}</p>",
            "这是一句用来加长的话。".repeat(12)
        )
    };
    let body: String = (0..60)
        .map(|place| format!("<sec><title>{place} 标题</title>{}</sec>", paragraph(place)))
        .collect();
    let list: String = (1..=60)
        .map(|number| format!("<ref id=\"R{number}\"><label>{number}</label><mixed-citation>Lee A, Wu B, et al. Title {number}[J]. J Some, 2020, 12(3): {number}-99.</mixed-citation></ref>"))
        .collect();
    format!("<article xml:lang=\"zh\"><body>{body}</body><back><ref-list>{list}</ref-list></back></article>")
}

fn references() -> String {
    let kinds = [
        "张三, 李四, 等. 题名研究[J]. 某某学报, 2021, 35(4): 12-23. DOI:10.1234/abc.",
        "Smith JA, Doe B, et al. Title of it. J Clin Invest. 2020;76(2):100-20. doi:10.1172/JCI1",
        "刘国钧, 陈绍业. 图书馆目录[M]. 北京: 高等教育出版社, 1957: 15-18.",
        "M. Li, Q. Ke, S.C. Tao, Fabrication of hydrogels, J. Mater. Chem. B 4 (2016) 6000–6010.",
        "Brown, T. B., & Black, K. (2019). Wound repair: A review. Nature Reviews, 5, 101–120.",
    ];
    kinds.join("\n").repeat(20)
}

fn splitting(criterion: &mut Criterion) {
    let settings = Settings::default();
    let texts = [("md", markdown()), ("xml", jats())];
    for (extension, text) in &texts {
        let format = formats::ALL
            .iter()
            .find(|format| format.extensions().contains(extension))
            .expect("a format");
        let mut group = criterion.benchmark_group(format.name());
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function("baseline", |bencher| bencher.iter(|| lines(black_box(text.as_bytes()))));
        group.bench_function("read", |bencher| {
            bencher.iter(|| passages(*format, black_box(text), &settings))
        });
        group.finish();
    }
    let list = references();
    let mut group = criterion.benchmark_group("references");
    group.throughput(Throughput::Bytes(list.len() as u64));
    group.bench_function("baseline", |bencher| bencher.iter(|| lines(black_box(list.as_bytes()))));
    group.bench_function("parse", |bencher| {
        bencher.iter(|| {
            black_box(&list)
                .lines()
                .filter(|line| reference::parse(line).title.is_some())
                .count()
        });
    });
    group.finish();
}

/// The baseline: what any reader must do.
fn lines(bytes: &[u8]) -> usize {
    std::str::from_utf8(bytes).map_or(0, |text| text.lines().map(str::len).sum())
}

criterion_group!(benches, splitting);
criterion_main!(benches);
