//! The source tree is what ARCHITECTURE.md says: imports point down, every file says what it is for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const FORBIDDEN_NAMES: [&str; 6] = ["util", "utils", "helper", "helpers", "common", "misc"];
const LONGEST_FILE: usize = 500;

/// The table of modules in ARCHITECTURE.md: module name to what it may import.
fn allowed_imports() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md is there");
    let table = text
        .split_once("<!-- imports -->")
        .and_then(|(_, rest)| rest.split_once("<!-- /imports -->"))
        .expect("ARCHITECTURE.md marks its table of imports")
        .0;
    table
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let names = |cell: &str| {
                cell.split('`')
                    .skip(1)
                    .step_by(2)
                    .map(str::to_owned)
                    .collect::<BTreeSet<String>>()
            };
            let module = names(cells[0]).into_iter().next().expect("a module in the first cell");
            (module, names(cells[2]))
        })
        .collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            rust_files(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

/// Whether a file, or a folder it lies in, is declared for tests only (`#[cfg(test)] mod …;` beside it).
fn only_for_tests(src: &Path, file: &Path) -> bool {
    file.ancestors().take_while(|part| *part != src).any(|part| {
        let (Some(stem), Some(folder)) = (part.file_stem(), part.parent()) else {
            return false;
        };
        // What a file declares with a path of its own (`#[path = "tests.rs"]`) goes by this name.
        if stem == "tests" {
            return true;
        }
        let declared = format!("#[cfg(test)] mod {};", stem.to_string_lossy());
        ["mod.rs", "lib.rs"]
            .iter()
            .filter_map(|name| fs::read_to_string(folder.join(name)).ok())
            .any(|text| {
                text.split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
                    .contains(&declared)
            })
    })
}

/// Every source file that goes into the program, with its top module, its path below `src` and its text.
fn sources() -> Vec<(String, String, String)> {
    let src = root().join("src");
    let mut files = Vec::new();
    rust_files(&src, &mut files);
    files
        .into_iter()
        .filter(|path| !only_for_tests(&src, path))
        .map(|path| {
            let below = path
                .strip_prefix(&src)
                .expect("below src")
                .to_string_lossy()
                .replace('\\', "/");
            let module = below.split(['/', '.']).next().unwrap_or_default().to_owned();
            (module, below, fs::read_to_string(&path).expect("a readable source"))
        })
        .collect()
}

/// The modules of this crate that a source names: `crate::x`, `use crate::{x, y}`, `use super::…` stays inside.
fn imported(text: &str, modules: &BTreeSet<String>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        let listed = if let Some(group) = rest.strip_prefix('{') {
            group.split('}').next().unwrap_or_default()
        } else {
            rest
        };
        let grouped = rest.starts_with('{');
        for part in listed.split(',') {
            let name: String = part
                .trim()
                .chars()
                .take_while(|character| character.is_alphanumeric() || *character == '_')
                .collect();
            if modules.contains(&name) {
                found.insert(name);
            }
            if !grouped {
                break;
            }
        }
    }
    found
}

/// Cuts a source at its unit tests, which may look anywhere.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()
}

#[test]
fn every_module_is_in_the_table_and_every_row_is_a_module() {
    let present: BTreeSet<String> = sources()
        .into_iter()
        .map(|(module, ..)| module)
        .filter(|module| module != "lib" && module != "main")
        .collect();
    assert_eq!(present, allowed_imports().into_keys().collect());
}

#[test]
fn imports_point_down_as_the_table_says() {
    let allowed = allowed_imports();
    let modules: BTreeSet<String> = allowed.keys().cloned().collect();
    let mut wrong = Vec::new();
    for (module, path, text) in sources() {
        let Some(may) = allowed.get(&module) else { continue };
        for import in imported(without_tests(&text), &modules) {
            if import != module && !may.contains(&import) {
                wrong.push(format!("{path} imports {import}"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "against the table in ARCHITECTURE.md:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn the_table_has_no_cycle() {
    let mut left = allowed_imports();
    while !left.is_empty() {
        let leaves: Vec<String> = left
            .iter()
            .filter(|(_, imports)| imports.iter().all(|import| !left.contains_key(import)))
            .map(|(module, _)| module.clone())
            .collect();
        assert!(!leaves.is_empty(), "these import one another: {:?}", left.keys());
        for leaf in leaves {
            left.remove(&leaf);
        }
    }
}

#[test]
fn only_the_index_and_the_analyzer_name_tantivy() {
    let named: Vec<String> = sources()
        .into_iter()
        .filter(|(module, _, text)| text.contains("tantivy::") && module != "index" && module != "analysis")
        .map(|(_, path, _)| path)
        .collect();
    assert!(named.is_empty(), "{named:?}");
}

#[test]
fn every_file_says_what_it_is_for_and_is_short_and_well_named() {
    for (_, path, text) in sources() {
        assert!(
            text.starts_with("//! "),
            "src/{path} does not open with `//! ` and what it is for"
        );
        let lines = without_tests(&text).lines().count();
        assert!(
            lines <= LONGEST_FILE,
            "src/{path} has {lines} lines, the most is {LONGEST_FILE}"
        );
        let stem = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
        assert!(!FORBIDDEN_NAMES.contains(&stem), "src/{path}: the name says nothing");
    }
}

#[test]
fn no_source_outside_tests_can_be_stopped_by_unwrap() {
    let mut wrong = Vec::new();
    for (_, path, text) in sources() {
        for (place, line) in without_tests(&text).lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if [".unwrap()", ".expect(", "panic!(", "todo!(", "unimplemented!("]
                .iter()
                .any(|call| code.contains(call))
            {
                wrong.push(format!("src/{path}:{}", place + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
