//! Building an index of a made-up collection, beside tantivy alone with words cut at white space.

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tantivy::schema::{IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, doc};
use tempfile::tempdir;

#[expect(dead_code, reason = "each bench uses a part of it")]
mod made_up;

use made_up::{Collection, Parts};

const PASSAGES: usize = 5_000;

/// One text field with positions, text and identifier stored: the least that can find and show a passage.
fn tantivy_alone(folder: &Path, collection: &Collection) {
    let mut schema = Schema::builder();
    let words = TextFieldIndexing::default()
        .set_tokenizer("whitespace")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(words).set_stored());
    let id = schema.add_text_field("id", STRING | STORED);
    let index = Index::create_in_dir(folder, schema.build()).expect("an index");
    let mut writer = index.writer_with_num_threads(2, 256 << 20).expect("a writer");
    for passage in collection.0.iter().flat_map(|article| &article.passages) {
        writer
            .add_document(doc!(text => passage.text.as_str(), id => passage.id.as_str()))
            .expect("added");
    }
    writer.commit().expect("committed");
    writer.wait_merging_threads().expect("merged");
}

fn indexing(criterion: &mut Criterion) {
    let parts = Parts::load();
    let collection = Collection::of_passages(PASSAGES).expect("a collection");
    let mut group = criterion.benchmark_group(format!("{PASSAGES} passages"));
    group.sample_size(10);
    group.throughput(Throughput::Bytes(collection.bytes()));
    group.bench_function("tantivy alone, words at white space", |bencher| {
        bencher.iter_with_large_drop(|| {
            let folder = tempdir().expect("a folder");
            tantivy_alone(folder.path(), black_box(&collection));
            folder
        });
    });
    group.bench_function("wenyuan", |bencher| {
        bencher.iter_with_large_drop(|| {
            let folder = tempdir().expect("a folder");
            parts.build(folder.path(), black_box(&collection));
            folder
        });
    });
    group.finish();
}

fn splitting(criterion: &mut Criterion) {
    let bytes = Collection::shipped().bytes();
    let mut group = criterion.benchmark_group("reading");
    group.throughput(Throughput::Bytes(bytes));
    group.bench_function(
        "the shipped article into sections, passages and references",
        |bencher| {
            bencher.iter(Collection::shipped);
        },
    );
    group.finish();
}

criterion_group!(benches, indexing, splitting);
criterion_main!(benches);
