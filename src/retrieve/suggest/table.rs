//! A table of beginnings: which entries can be meant by what was typed so far, best first, in microseconds.
//!
//! All forms stand in one text; a key is a place in it, and keys are in the order of what follows there. What was typed
//! so far is then a range of keys. A range that is too large to be looked through has its best worked out beforehand.

use std::collections::HashMap;

use super::forms::Form;

/// The most keys looked through for one answer.
const MOST_SCANNED: usize = 1024;

/// How many of the best are worked out beforehand; more are never given.
const MOST_KEPT: usize = 20;

/// What beginning at the very beginning is worth.
const FIRST: u16 = 200;

/// What it is worth that everything is typed.
const WHOLE: u32 = 300;

/// A place in the forms where typing may begin.
#[derive(Debug, Clone, Copy)]
struct Key {
    at: u32,
    entry: u32,
    worth: u16,
}

/// Collects the forms of entries.
#[derive(Debug, Default)]
pub(super) struct TableBuilder {
    text: String,
    keys: Vec<Key>,
}

/// The table.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// All forms, a line feed after each.
    text: String,
    /// In the order of what follows.
    keys: Vec<Key>,
    /// The best entries of beginnings that too many share.
    best: HashMap<String, Vec<(u32, u32)>>,
}

impl TableBuilder {
    /// How many keys there are.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Adds a form of an entry whose own worth is `worth`.
    pub(super) fn add(&mut self, entry: u32, worth: u16, form: &Form) {
        let Ok(start) = u32::try_from(self.text.len()) else {
            return;
        };
        for (place, beginning) in form.beginnings.iter().enumerate() {
            let first = if place == 0 { FIRST } else { 0 };
            self.keys.push(Key {
                at: start + *beginning as u32,
                entry,
                worth: worth.saturating_add(first).saturating_sub(form.less),
            });
        }
        self.text.push_str(&form.letters);
        self.text.push('\n');
    }

    /// Puts everything in order.
    pub(super) fn finish(self) -> Table {
        let Self { text, mut keys } = self;
        keys.shrink_to_fit();
        let bytes = text.as_bytes();
        keys.sort_unstable_by(|one, other| after(bytes, one.at).cmp(after(bytes, other.at)));
        let mut table = Table {
            text,
            keys,
            best: HashMap::new(),
        };
        table.prepare(0, table.keys.len(), 0);
        table.text.shrink_to_fit();
        table
    }
}

/// Everything from a place on; a form ends at the next line feed.
fn after(bytes: &[u8], at: u32) -> &[u8] {
    bytes.get(at as usize..).unwrap_or_default()
}

impl Table {
    /// The best entries that begin with `typed`, which has the shape of a form: at most `limit` and [`MOST_KEPT`].
    pub(super) fn begin_with(&self, typed: &str, limit: usize) -> Vec<u32> {
        if typed.is_empty() {
            return Vec::new();
        }
        let found = match self.best.get(typed) {
            Some(best) => best.clone(),
            None => {
                let bytes = self.text.as_bytes();
                let begins = |key: &Key| after(bytes, key.at).starts_with(typed.as_bytes());
                let from = self.keys.partition_point(|key| after(bytes, key.at) < typed.as_bytes());
                let rest = self.keys.get(from..).unwrap_or_default();
                let many = rest.partition_point(begins);
                self.best_of(rest.get(..many).unwrap_or_default(), typed.len())
            }
        };
        found.into_iter().map(|(_, entry)| entry).take(limit).collect()
    }

    /// Works out the best for every beginning of more than `typed` bytes that too many keys of a range share.
    fn prepare(&mut self, from: usize, to: usize, typed: usize) {
        let mut start = from;
        while start < to {
            let Some(letter) = self.letter(start, typed) else {
                start += 1;
                continue;
            };
            let rest = self.keys.get(start..to).unwrap_or_default();
            let same = |key: &Key| self.letter_at(key.at as usize + typed) == Some(letter);
            let end = start + rest.partition_point(same);
            if end - start > MOST_SCANNED {
                let longer = typed + letter.len_utf8();
                let keys = self.keys.get(start..end).unwrap_or_default();
                let best = self.best_of(keys, longer);
                let beginning = keys.first().and_then(|key| {
                    let at = key.at as usize;
                    self.text.get(at..at + longer)
                });
                if let Some(beginning) = beginning {
                    self.best.insert(beginning.to_owned(), best);
                }
                self.prepare(start, end, longer);
            }
            start = end.max(start + 1);
        }
    }

    /// The letter of the form `typed` bytes after where a key begins; nothing at the form's end.
    fn letter(&self, place: usize, typed: usize) -> Option<char> {
        let key = self.keys.get(place)?;
        self.letter_at(key.at as usize + typed)
    }

    fn letter_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next().filter(|letter| *letter != '\n')
    }

    /// The best entries of some keys, each once, with what they are worth.
    fn best_of(&self, keys: &[Key], typed: usize) -> Vec<(u32, u32)> {
        let mut best: Vec<(u32, u32)> = Vec::with_capacity(MOST_KEPT + 1);
        for key in keys {
            let at = key.at as usize;
            let first = at == 0 || self.text.as_bytes().get(at - 1) == Some(&b'\n');
            let whole = first && self.letter_at(at + typed).is_none();
            let worth = u32::from(key.worth) + if whole { WHOLE } else { 0 };
            let least = best.last().map_or(0, |(least, _)| *least);
            if best.len() == MOST_KEPT && worth <= least {
                continue;
            }
            match best.iter().position(|(_, entry)| *entry == key.entry) {
                Some(place) if best.get(place).is_some_and(|(known, _)| *known >= worth) => continue,
                Some(place) => {
                    best.remove(place);
                }
                None => {}
            }
            // Among equals the first in the order of the keys stays first.
            let place = best.partition_point(|(other, _)| *other >= worth);
            best.insert(place, (worth, key.entry));
            best.truncate(MOST_KEPT);
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop, proptest};

    use super::*;

    fn form(letters: &str, beginnings: &[usize], less: u16) -> Form {
        Form {
            letters: letters.to_owned(),
            beginnings: beginnings.to_vec(),
            less,
        }
    }

    #[test]
    fn the_beginning_of_an_entry_goes_before_its_middle_and_worth_decides_the_rest() {
        let mut builder = TableBuilder::default();
        builder.add(0, 10, &form("stemcell", &[0, 4], 0));
        builder.add(1, 50, &form("cellwall", &[0, 4], 0));
        builder.add(2, 90, &form("cells", &[0], 0));
        let table = builder.finish();
        assert_eq!(table.begin_with("cell", 9), [2, 1, 0]);
        // "stem" itself begins one only; what is typed whole goes first.
        assert_eq!(table.begin_with("st", 9), [0]);
        assert_eq!(table.begin_with("cellwall", 9), [1]);
        assert!(table.begin_with("wax", 9).is_empty() && table.begin_with("", 9).is_empty());
    }

    #[test]
    fn an_entry_is_named_once_however_often_it_fits() {
        let mut builder = TableBuilder::default();
        builder.add(7, 10, &form("aaa", &[0, 1, 2], 0));
        assert_eq!(builder.finish().begin_with("a", 9), [7]);
    }

    proptest! {
        /// What is worked out beforehand is what looking through everything gives.
        #[test]
        fn agrees_with_looking_at_everything(seed in prop::collection::vec("[ab]{1,5}", 1..60), typed in "[ab]{1,4}") {
            let mut builder = TableBuilder::default();
            // Enough of each that beginnings are shared by more than are looked through.
            for copy in 0..60u32 {
                for (place, letters) in seed.iter().enumerate() {
                    let entry = copy * 60 + place as u32;
                    builder.add(entry, (entry * 7 % 500) as u16, &form(letters, &[0], 0));
                }
            }
            let table = builder.finish();
            let worth = |entry: u32| {
                let letters = &seed[entry as usize % 60];
                letters.starts_with(&typed).then(|| entry * 7 % 500 + if *letters == typed { WHOLE } else { 0 })
            };
            let entries = (0..60).flat_map(|copy| (0..seed.len() as u32).map(move |place| copy * 60 + place));
            let mut expected: Vec<u32> = entries.filter_map(worth).collect();
            expected.sort_unstable_by(|one, other| other.cmp(one));
            expected.truncate(10);
            let found: Vec<u32> = table.begin_with(&typed, 10).into_iter().filter_map(worth).collect();
            assert_eq!(found, expected);
        }
    }
}
