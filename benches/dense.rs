//! The nearest passages by their vectors, looked for exactly and by the graph of neighbours: microseconds for the hundred
//! nearest of one language, and how many of the exact hundred the graph finds.
//!
//! The vectors are made up, 256 numbers each, around centres that two hundred passages share, as texts on a subject lie
//! together; real embeddings may be harder or easier. `WENYUAN_BENCH_PASSAGES` sets how many there are (20,000).

use std::collections::BTreeSet;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use axum::routing::post;
use axum::{Json, Router};
use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::{Value, json};
use tempfile::tempdir;
use wenyuan::dense::{Embedder, Settings};
use wenyuan::index::{Engine, Filter, Mode, Nearest, Recipe, Silent};
use wenyuan::text::Language;

#[expect(dead_code, reason = "each bench uses a part of it")]
mod made_up;

use made_up::{Collection, Numbers, Parts};

/// Numbers in a vector.
const DIMENSIONS: usize = 256;
/// Passages around one centre.
const TOGETHER: usize = 200;
/// How far passages lie from their centre, beside a distance of 1 between the centre and nothing.
const APART: f32 = 0.8;
/// How many are looked for.
const WANTED: usize = 100;

/// A vector of length 1 with numbers drawn evenly around 0.
fn drawn(seed: u64) -> Vec<f32> {
    let mut numbers = Numbers(seed);
    let mut vector: Vec<f32> = (0..DIMENSIONS).map(|_| numbers.below(2001) as f32 - 1000.0).collect();
    to_length_one(&mut vector);
    vector
}

fn to_length_one(vector: &mut [f32]) {
    let length = vector.iter().map(|number| number * number).sum::<f32>().sqrt();
    vector.iter_mut().for_each(|number| *number /= length);
}

/// A vector near one of `centres`.
fn near_a_centre(seed: u64, centres: usize) -> Vec<f32> {
    let centre = drawn(1_000_000_007 + seed % centres as u64);
    let mut vector: Vec<f32> = drawn(seed)
        .iter()
        .zip(&centre)
        .map(|(own, centre)| centre + APART * own)
        .collect();
    to_length_one(&mut vector);
    vector
}

/// The same number for the same text (FNV-1a).
fn seed_of(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// An embeddings endpoint on a free port of this machine, for as long as the process lasts.
fn endpoint(centres: usize) -> String {
    let answer = move |Json(asked): Json<Value>| async move {
        let texts = asked["input"].as_array().cloned().unwrap_or_default();
        let data = texts.iter().enumerate().map(|(index, text)| {
            let vector = near_a_centre(seed_of(text.as_str().unwrap_or_default()), centres);
            json!({"index": index, "embedding": vector})
        });
        Json(json!({"data": data.collect::<Vec<_>>()}))
    };
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.set_nonblocking(true).expect("a listener");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            let router = Router::new().route("/v1/embeddings", post(answer));
            axum::serve(listener, router).await.expect("served");
        });
    });
    format!("http://{address}/v1/embeddings")
}

fn dense(criterion: &mut Criterion) {
    let passages = std::env::var("WENYUAN_BENCH_PASSAGES");
    let passages: usize = passages.ok().and_then(|count| count.parse().ok()).unwrap_or(20_000);
    let centres = passages.div_ceil(TOGETHER);
    let parts = Parts::load();
    let collection = Collection::of_passages(passages).expect("a collection");
    let folder = tempdir().expect("a folder");
    let settings = Settings {
        embeddings_url: endpoint(centres),
        model: "made-up".to_owned(),
        batch: 64,
        ..Settings::default()
    };
    let queries: Vec<Nearest> = (0..50u64)
        .map(|number| Nearest {
            vector: Arc::from(near_a_centre(77_000_000 + number, centres)),
            filters: vec![Filter::Language(Language::Zh)],
            limit: WANTED,
        })
        .collect();
    let mut group = criterion.benchmark_group(format!("{passages} passages"));
    group.sample_size(20);
    let mut found: Vec<Vec<BTreeSet<u64>>> = Vec::new();
    for (name, graph_from) in [("exact", usize::MAX), ("graph", 1)] {
        let embedder = Embedder::new(&Settings {
            graph_from,
            ..settings.clone()
        });
        let started = Instant::now();
        parts
            .builder(&Parts::settings(folder.path()), &Recipe::default())
            .embedding(embedder.as_ref())
            .run(Mode::Update, &collection, &mut Silent)
            .expect("an index");
        println!("{name}: made in {:.1} s", started.elapsed().as_secs_f32());
        let engine = Parts::snapshot(folder.path());
        found.push(
            queries
                .iter()
                .map(|query| {
                    let nearest = engine.nearest(query).expect("the nearest");
                    nearest.iter().map(|candidate| candidate.key).collect()
                })
                .collect(),
        );
        let mut next = queries.iter().cycle();
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                next.next()
                    .map(|query| engine.nearest(black_box(query)).expect("the nearest"))
            })
        });
    }
    group.finish();
    if let [exact, graph] = &found[..] {
        let common: usize = exact
            .iter()
            .zip(graph)
            .map(|(exact, graph)| exact.intersection(graph).count())
            .sum();
        let all: usize = exact.iter().map(BTreeSet::len).sum();
        println!(
            "the graph finds {:.3} of the nearest {WANTED}",
            common as f64 / all as f64
        );
    }
}

criterion_group!(benches, dense);
criterion_main!(benches);
