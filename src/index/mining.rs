//! The term pairs that the corpus prints, kept beside the index and brought up to date with it.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use super::IndexError;
use super::generation::write_file;
use super::ledger::Held;
use super::manifest::damaged_or_io;
use super::record::owner_digest;
use crate::document::ArticleId;
use crate::lexicon::{Mined, PrintedPairs, TermTable};

/// Name of the file of mined pairs in a generation's folder.
pub const MINED: &str = "mined.bin";

/// Name of the file of the same pairs as a table to look terms up in, which is all that a search needs.
pub const TERMS: &str = "terms.bin";

/// Gathers the pairs of a run: what the articles read in it print, and what the base holds of the others.
#[derive(Debug, Default)]
pub struct Mining {
    base: Mined,
    fresh: Mined,
    read: HashSet<u64>,
}

impl Mining {
    /// Builds upon the pairs of a base.
    pub fn upon(base: Mined) -> Self {
        Self {
            base,
            ..Self::default()
        }
    }

    /// Takes what an article prints. Also of an article that stays as it is: the base may not know it, where an
    /// interrupted run wrote it.
    pub fn take(&mut self, article: &ArticleId, printed: PrintedPairs) {
        self.read.insert(owner_digest(article));
        self.fresh.insert(article, printed);
    }

    /// The pairs of the articles the index holds now.
    pub fn finish(self, held: &[Held]) -> Mined {
        let alive: HashSet<u64> = held.iter().map(|held| held.owner).collect();
        let Self { mut base, fresh, read } = self;
        base.retain(|article| {
            let owner = owner_digest(article);
            alive.contains(&owner) && !read.contains(&owner)
        });
        base.merge(fresh);
        base
    }
}

/// Reads the pairs of a generation.
pub fn read_mined(folder: &Path) -> Result<Mined, IndexError> {
    read(folder.join(MINED))
}

/// Reads the pairs of a generation as a table.
pub fn read_terms(folder: &Path) -> Result<TermTable, IndexError> {
    read(folder.join(TERMS))
}

fn read<T: DeserializeOwned>(path: PathBuf) -> Result<T, IndexError> {
    let bytes = fs::read(&path).map_err(|error| damaged_or_io(&path, error))?;
    postcard::from_bytes(&bytes).map_err(|error| IndexError::Damaged {
        file: path,
        reason: error.to_string(),
    })
}

/// Writes the pairs of a generation, and the table of them.
pub fn write_mined(folder: &Path, mined: &Mined) -> Result<(), IndexError> {
    let record = |error: postcard::Error| IndexError::Record(error.to_string());
    write_file(&folder.join(MINED), &postcard::to_stdvec(mined).map_err(record)?)?;
    write_file(
        &folder.join(TERMS),
        &postcard::to_stdvec(&mined.table()).map_err(record)?,
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Held, Mining, owner_digest, read_mined, read_terms, write_mined};
    use crate::document::ArticleId;
    use crate::index::IndexError;
    use crate::lexicon::{Mined, Pair, PairSource, PrintedPairs};

    fn id(name: &str) -> ArticleId {
        ArticleId::parse(name).unwrap()
    }

    fn printed(zh: &str) -> PrintedPairs {
        let pair = Pair {
            zh: Some(zh.to_owned()),
            en: Some("x".to_owned()),
            abbreviation: None,
        };
        BTreeMap::from([(pair, BTreeMap::from([(PairSource::Gloss, 1)]))])
    }

    fn held(names: &[&str]) -> Vec<Held> {
        let held = |name: &&str| Held {
            owner: owner_digest(&id(name)),
            content: 0,
            source: 0,
        };
        names.iter().map(held).collect()
    }

    fn forms(mined: &Mined) -> Vec<(String, Vec<String>)> {
        let one = |pair: crate::lexicon::MinedPair<'_>| {
            let articles = pair.articles.iter().map(ToString::to_string).collect();
            (pair.pair.zh.clone().unwrap_or_default(), articles)
        };
        mined.pairs().map(one).collect()
    }

    #[test]
    fn articles_kept_changed_and_gone_keep_change_and_lose_their_pairs() {
        let mut base = Mined::default();
        base.insert(&id("kept"), printed("甲"));
        base.insert(&id("changed"), printed("甲"));
        base.insert(&id("gone"), printed("乙"));
        let mut mining = Mining::upon(base);
        mining.take(&id("changed"), printed("丙"));
        mining.take(&id("new"), printed("甲"));
        mining.take(&id("silent"), PrintedPairs::new());
        let mined = mining.finish(&held(&["kept", "changed", "new", "silent"]));
        let list = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        assert_eq!(
            forms(&mined),
            [
                ("丙".to_owned(), list(&["changed"])),
                ("甲".to_owned(), list(&["kept", "new"]))
            ]
        );
    }

    #[test]
    fn a_written_file_reads_back_and_a_cut_one_is_damage() {
        let folder = tempfile::tempdir().unwrap();
        let mut mined = Mined::default();
        mined.insert(&id("a"), printed("甲"));
        write_mined(folder.path(), &mined).unwrap();
        assert_eq!(read_mined(folder.path()).unwrap(), mined);
        let table = read_terms(folder.path()).unwrap();
        assert_eq!(table, mined.table());
        assert_eq!(table.expand("x", || false)[0].text, "甲");
        for file in [super::MINED, super::TERMS] {
            std::fs::write(folder.path().join(file), [1, 2]).unwrap();
        }
        assert!(matches!(read_mined(folder.path()), Err(IndexError::Damaged { .. })));
        assert!(matches!(read_terms(folder.path()), Err(IndexError::Damaged { .. })));
    }
}
