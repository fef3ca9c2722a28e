//! Searching the shipped article and a made-up collection, as the program does it: microseconds for one search with its ten best hits.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use tempfile::tempdir;
use wenyuan::retrieve::{Scope, Search};

mod made_up;

use made_up::{Collection, Parts};

const PASSAGES: usize = 20_000;

const QUERIES: [(&str, &str); 7] = [
    ("one English word", "nitrate"),
    ("keywords", "胎盘来源 水凝胶"),
    ("question", "同种异体间充质干细胞治疗糖尿病足溃疡的疗效和安全性如何？"),
    (
        "English question",
        "Does stem cell therapy improve the healing of chronic wounds in patients?",
    ),
    ("phrase", "\"促进血管生成\""),
    ("boolean", "(CD34+ OR TNF-α) AND 细胞 NOT 脐带"),
    ("nothing", "zzzqqq"),
];

fn query(criterion: &mut Criterion) {
    let parts = Parts::load();
    let collections = [
        ("shipped article".to_owned(), Collection::shipped()),
        (
            format!("{PASSAGES} passages"),
            Collection::of_passages(PASSAGES).expect("a collection"),
        ),
    ];
    for (name, collection) in collections {
        let folder = tempdir().expect("a folder");
        parts.build(folder.path(), &collection);
        let searcher = parts.open(folder.path());
        let mut group = criterion.benchmark_group(name);
        for (kind, query) in QUERIES {
            let search = Search::new(query);
            group.bench_function(kind, |bencher| {
                bencher.iter(|| searcher.search(black_box(&search)).expect("hits"))
            });
        }
        let references = Search {
            scope: Scope::References,
            ..Search::new("diabetic foot ulcers")
        };
        group.bench_function("references", |bencher| {
            bencher.iter(|| searcher.search(black_box(&references)).expect("hits"))
        });
        group.finish();
    }
}

criterion_group!(benches, query);
criterion_main!(benches);
