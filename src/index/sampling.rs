//! Records from all over a corpus, to learn from them what its records share.

use super::packing::ENOUGH;
use super::record::unpacked;
use super::{Input, InputFile, Stop};

/// A corpus of fewer bytes has too few records to learn from.
const FEWEST: u64 = 200_000;

/// What is taken of a file at least, in bytes of records: of one that holds thousands of articles not all are read.
const LEAST: usize = 64 << 10;

/// Records of every so many-th file, together about as much as is enough to learn from. What can't be read is left out:
/// it is told when it is indexed.
pub fn sample(input: &dyn Input, files: &[InputFile]) -> Vec<Vec<u8>> {
    let total: u64 = files.iter().map(|file| file.bytes).sum();
    if total < FEWEST {
        return Vec::new();
    }
    // Records are half as long again as the files they come from.
    let step = (total + total / 2).div_ceil(ENOUGH as u64);
    let step = usize::try_from(step).unwrap_or(usize::MAX);
    let most = (ENOUGH / files.len().div_ceil(step)).max(LEAST);
    let mut records: Vec<Vec<u8>> = Vec::new();
    let mut room = ENOUGH;
    for file in files.iter().step_by(step) {
        if room < LEAST {
            break;
        }
        let mut share = most.min(room);
        let before = share;
        // An error ends the file only.
        let _ = input.read(file, &mut |article| {
            for record in unpacked(&article).map_err(|_| Stop)? {
                share = share.checked_sub(record.len()).ok_or(Stop)?;
                records.push(record);
            }
            Ok(())
        });
        room -= before - share;
    }
    records
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::sample::Sample;

    /// So many files of one article with one passage and one reference, about 1350 bytes each.
    fn corpus(articles: u32) -> Sample {
        let passage = "间充质干细胞 wound healing ".repeat(40);
        let files = (0..articles).map(|number| {
            let line = format!("a{number}|2020|{number} {passage}");
            (format!("{number:05}.md"), vec![line])
        });
        Sample(files.collect())
    }

    fn sampled(corpus: &Sample) -> Vec<Vec<u8>> {
        sample(corpus, &corpus.files().unwrap())
    }

    #[test]
    fn a_small_corpus_gives_nothing_and_a_middling_one_everything() {
        assert!(sampled(&corpus(100)).is_empty());
        assert_eq!(sampled(&corpus(2000)).len(), 4000);
    }

    #[test]
    fn a_large_corpus_gives_a_part_of_all_its_parts() {
        let found = sampled(&corpus(12_000));
        let bytes: usize = found.iter().map(Vec::len).sum();
        assert!((ENOUGH / 2..=ENOUGH).contains(&bytes), "{bytes}");
        // A record of the last hundredth of the articles: its reference is "Work of a" and the number.
        let late = |record: &&Vec<u8>| String::from_utf8_lossy(record).contains("Work of a119");
        assert!(found.iter().any(|record| late(&record)));
    }

    #[test]
    fn of_one_large_file_the_beginning_is_enough() {
        let lines = corpus(12_000).0.into_values().flatten().collect();
        let found = sampled(&Sample([("all.jsonl".to_owned(), lines)].into()));
        let bytes: usize = found.iter().map(Vec::len).sum();
        assert!((ENOUGH / 2..=ENOUGH).contains(&bytes), "{bytes}");
    }
}
