//! The lists that ship with the program: `data/lexicon/*.tsv`.
//!
//! A row is one concept: Chinese forms, English forms (`|` between two, the usual one first), kind, source.
//! Lines beginning with `#` are comments; the first ones say where the list comes from and under which licence.

use thiserror::Error;

use super::table::{Concept, Provenance, TermTable};

/// The names of the lists, in the order in which they are asked.
pub const LISTS: [&str; 11] = [
    "biomedical",
    "abbreviations",
    "synonyms",
    "variants",
    "general",
    "medicine",
    "computing",
    "physical_sciences",
    "earth_and_life",
    "society",
    "humanities",
];

/// The table of all lists as `examples/term_lists.rs` writes it: reading them row by row at start, with a stem for every
/// word, would take longer than opening an index.
const COMPACT: &[u8] = include_bytes!("../../data/lexicon/terms.bin");

/// What a row says of its forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Translation,
    Abbreviation,
    Synonym,
    Variant,
}

/// A row that can't be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ListError {
    /// Not four columns.
    #[error("{file}, line {line}: {columns} columns instead of 4 (Chinese, English, kind, source)")]
    Columns {
        /// Name of the list.
        file: String,
        /// Line, from 1.
        line: u32,
        /// How many there are.
        columns: usize,
    },
    /// An unknown kind.
    #[error("{file}, line {line}: kind {kind:?} is none of translation, abbreviation, synonym, variant")]
    Kind {
        /// Name of the list.
        file: String,
        /// Line, from 1.
        line: u32,
        /// The kind found.
        kind: String,
    },
    /// Fewer than two forms, or an empty one.
    #[error("{file}, line {line}: needs two forms, none of them empty")]
    Forms {
        /// Name of the list.
        file: String,
        /// Line, from 1.
        line: u32,
    },
    /// The compact table can't be read or written.
    #[error("the compact term lists: {0}")]
    Compact(String),
}

/// Every list that ships with the program, in one table.
///
/// # Errors
///
/// Where the compact table was damaged.
pub fn builtin_lists() -> Result<TermTable, ListError> {
    postcard::from_bytes(COMPACT).map_err(|error| ListError::Compact(error.to_string()))
}

/// The table of lists given as name and text, and its compact form.
///
/// # Errors
///
/// Where a row can't be read.
pub fn compact_lists<'a>(
    lists: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<(TermTable, Vec<u8>), ListError> {
    let mut concepts = Vec::new();
    for (name, text) in lists {
        concepts.extend(read_list(name, text)?);
    }
    let table = TermTable::of(concepts);
    let bytes = postcard::to_stdvec(&table).map_err(|error| ListError::Compact(error.to_string()))?;
    Ok((table, bytes))
}

/// The rows of one list; `file` names it in errors and as provenance.
pub fn read_list(file: &str, text: &str) -> Result<Vec<Concept>, ListError> {
    let mut concepts = Vec::new();
    for (line, row) in (1u32..).zip(text.lines()) {
        if row.trim().is_empty() || row.starts_with('#') {
            continue;
        }
        let columns: Vec<&str> = row.split('\t').collect();
        let [chinese, english, kind, _source] = columns.as_slice() else {
            return Err(ListError::Columns {
                file: file.to_owned(),
                line,
                columns: columns.len(),
            });
        };
        let kind = match *kind {
            "translation" => Kind::Translation,
            "abbreviation" => Kind::Abbreviation,
            "synonym" => Kind::Synonym,
            "variant" => Kind::Variant,
            other => {
                return Err(ListError::Kind {
                    file: file.to_owned(),
                    line,
                    kind: other.to_owned(),
                });
            }
        };
        let forms: Vec<String> = [chinese, english]
            .into_iter()
            .filter(|cell| !cell.is_empty())
            .flat_map(|cell| cell.split('|').map(|form| form.trim().to_owned()))
            .collect();
        if forms.len() < 2 || forms.iter().any(String::is_empty) {
            return Err(ListError::Forms {
                file: file.to_owned(),
                line,
            });
        }
        let provenance = Provenance::Domain { list: file.to_owned() };
        concepts.push(Concept {
            forms,
            variants: kind == Kind::Variant,
            weight: 1.0,
            provenance,
        });
    }
    Ok(concepts)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lists as they lie in `data/lexicon`, by the names of the files there.
    fn written() -> Vec<(String, String)> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/lexicon");
        let read = |name: &str| std::fs::read_to_string(folder.join(format!("{name}.tsv"))).unwrap();
        let named = LISTS.iter().map(|name| ((*name).to_owned(), read(name))).collect();
        let files = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path());
        let count = files
            .filter(|path| path.extension().is_some_and(|end| end == "tsv"))
            .count();
        assert_eq!(count, LISTS.len(), "a list that `LISTS` does not name");
        named
    }

    #[test]
    fn the_compact_table_holds_what_the_lists_say() {
        let written = written();
        let lists = written.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        let (table, bytes) = compact_lists(lists).unwrap();
        assert!(
            bytes == COMPACT,
            "make it again: cargo run --release --example term_lists"
        );
        assert_eq!(builtin_lists().unwrap(), table);
        assert!(table.len() >= 10_000);
    }

    #[test]
    fn errors_name_file_and_line() {
        let read = |text: &str| read_list("mine.tsv", text).unwrap_err().to_string();
        assert_eq!(
            read("# note\n细胞\tcell\n"),
            "mine.tsv, line 2: 2 columns instead of 4 (Chinese, English, kind, source)"
        );
        assert_eq!(
            read("细胞\tcell\tnoun\tx\n"),
            "mine.tsv, line 1: kind \"noun\" is none of translation, abbreviation, synonym, variant"
        );
        assert_eq!(
            read("细胞\t\tsynonym\tx\n"),
            "mine.tsv, line 1: needs two forms, none of them empty"
        );
        assert_eq!(
            read("细胞|\tcell\tsynonym\tx\n"),
            "mine.tsv, line 1: needs two forms, none of them empty"
        );
    }

    #[test]
    fn a_row_gives_every_form_of_both_languages() {
        let table = TermTable::of(read_list("mine", "信息|资讯\tinformation\tvariant\tx\n").unwrap());
        let texts: Vec<String> = table
            .expand("資訊", || false)
            .into_iter()
            .map(|found| found.text)
            .collect();
        assert_eq!(texts, ["信息", "information"]);
    }
}
