use std::path::Path;

use super::super::sample::{Sample, article, builder, settings, words};
use super::super::{
    Engine, Input, InputError, InputFile, Mode, ReadError, Recipe, Request, Settings, Silent, Sink, open,
};
use crate::document::{Article, Citation, Reference};

/// Articles of a sample with a reference list, from which every passage cites two works and one that the list lacks.
struct Citing(Sample);

impl Input for Citing {
    fn files(&self) -> Result<Vec<InputFile>, InputError> {
        self.0.files()
    }

    fn digest(&self, file: &InputFile) -> Result<u128, InputError> {
        self.0.digest(file)
    }

    fn read(&self, file: &InputFile, sink: &mut Sink<'_>) -> Result<u64, ReadError> {
        self.0.read(file, &mut |article| sink(cited(article)))
    }
}

fn cited(mut article: Article) -> Article {
    let id = article.id.clone();
    let reference = |number: u32| Reference {
        number,
        text: format!("Smith A, {id} 的第{number}项工作[J]. 期刊, 2001."),
        authors: vec!["Smith A".to_owned()],
        title: Some(format!("{id} 的第{number}项工作")),
        container: Some("期刊".to_owned()),
        doi: Some("10.1000/not.printed".to_owned()),
        year: Some(2001),
        ..Reference::default()
    };
    // Number 2 is printed twice: the first is meant.
    article.references = [1, 2, 2, 3].map(reference).to_vec();
    article.references[2].text = "another".to_owned();
    for (place, passage) in (0u32..).zip(&mut article.passages) {
        passage.citations = vec![Citation {
            at: 0,
            numbers: vec![place % 3 + 1, 2, 9],
            printed: "[…]".to_owned(),
        }];
    }
    article
}

fn by_two_threads(path: &Path) -> Settings {
    Settings {
        threads: 2,
        ..settings(path)
    }
}

fn run(path: &Path, sample: &Sample) {
    builder(&by_two_threads(path), &Recipe::default())
        .run(Mode::Update, &Citing(sample.clone()), &mut Silent)
        .expect("an index");
}

/// Everything an article's records give back.
fn holds_as_read(path: &Path, sample: &Sample) {
    let snapshot = open(&settings(path), &Recipe::default()).expect("a snapshot");
    for (file, lines) in &sample.0 {
        for (line, text) in (1..).zip(lines) {
            let article = cited(article(file, line, text));
            let passages = article.placed_passages();
            assert_eq!(passages[0].references.len(), 2);
            assert_eq!(passages[0].unresolved, [9]);
            assert_eq!(snapshot.article_passages(&article.id).expect("passages"), passages);
            assert_eq!(
                snapshot.article_references(&article.id).expect("references"),
                article.placed_references()
            );
            assert_eq!(
                snapshot.article(&article.id).expect("an article"),
                Some(article.outline())
            );
            for placed in passages {
                assert_eq!(snapshot.passage(&placed.passage.id).expect("a passage"), Some(placed));
            }
        }
    }
    let found = snapshot
        .search(&Request {
            limit: 500,
            ..words("red")
        })
        .expect("hits");
    let keys: Vec<u64> = found.best.iter().map(|hit| hit.key).collect();
    for placed in snapshot.passages(&keys).expect("passages") {
        let works = placed.references.iter().map(|reference| reference.text.as_str());
        let of_this_article = format!("Smith A, {} 的", placed.article.id);
        assert!(
            works.clone().all(|work| work.starts_with(&of_this_article)),
            "{works:?}"
        );
    }
    let (listed, _) = snapshot.articles(0, 500).expect("articles");
    assert!(listed.iter().all(|article| article.references == 4));
    assert!(!listed.is_empty() && !keys.is_empty());
}

#[test]
fn what_stands_beside_a_record_is_found_whatever_was_added_changed_and_removed_around_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let line =
        |name: String, passages: usize| format!("{name}|2001|{}", vec!["red cells"; passages].join(" grow|red "));
    let file = |number: usize, salt: usize| -> Vec<String> {
        (0..30)
            .map(|place| line(format!("a{number}.{place}"), 1 + (place + salt) % 4))
            .collect()
    };
    let mut sample = Sample((0..8).map(|number| (format!("{number}.md"), file(number, 0))).collect());
    run(folder.path(), &sample);
    holds_as_read(folder.path(), &sample);
    // Two files change, one goes, one shrinks and one comes; the segments are merged.
    for number in [1, 5] {
        sample.0.insert(format!("{number}.md"), file(number, 1));
    }
    sample.0.remove("3.md");
    sample.0.insert("4.md".to_owned(), file(4, 0).split_off(20));
    sample.0.insert("9.md".to_owned(), file(9, 2));
    run(folder.path(), &sample);
    holds_as_read(folder.path(), &sample);
}

#[test]
fn records_packed_with_a_learned_dictionary_come_back_as_they_were() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = |number: u32| {
        let passage = format!("{number} mesenchymal stem cells in red wounds of patients. ").repeat(8);
        format!("a{number}|2001|{passage}|{passage} again")
    };
    let files = (0..300u32).map(|number| (format!("{number:03}.md"), vec![line(number)]));
    let mut sample = Sample(files.collect());
    run(folder.path(), &sample);
    let dictionary =
        |generation: &str| std::fs::read(folder.path().join(generation).join("records.dict")).expect("a dictionary");
    let learned = dictionary("gen-000001");
    // Where nothing was learned the file has its head only, of some fifty bytes.
    assert!(learned.len() > 100, "{} bytes", learned.len());
    holds_as_read(folder.path(), &sample);
    // An update packs with the same one.
    sample.0.insert("new.md".to_owned(), vec![line(1000)]);
    sample.0.remove("007.md");
    run(folder.path(), &sample);
    assert_eq!(dictionary("gen-000002"), learned);
    holds_as_read(folder.path(), &sample);
}
