//! Makes `data/lexicon/terms.bin` from the lists beside it.
//!
//! ```text
//! cargo run --release --example term_lists
//! ```

use std::error::Error;
use std::fs;
use std::path::Path;

use wenyuan::lexicon::{LISTS, compact_lists};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/lexicon");
    let mut lists = Vec::new();
    for name in LISTS {
        let path = folder.join(format!("{name}.tsv"));
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        lists.push((name, text));
    }
    let (table, bytes) = compact_lists(lists.iter().map(|(name, text)| (*name, text.as_str())))?;
    let path = folder.join("terms.bin");
    fs::write(&path, &bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    println!("{}: {} concepts, {} bytes", path.display(), table.len(), bytes.len());
    Ok(())
}
