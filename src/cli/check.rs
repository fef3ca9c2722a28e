//! `wenyuan check`: every fault of the corpus with file, line and reason.

use std::io::Write;
use std::path::PathBuf;

use serde_json::json;

use crate::config::Config;
use crate::corpus::{self, Fault, Severity};

use super::args;
use super::exit::Failure;
use super::output::print_json;

/// Reads the corpus and prints what is wrong. Fails where there are errors.
pub fn check(config: &Config, options: &args::Check) -> Result<(), Failure> {
    let mut settings = config.corpus.clone();
    if let Some(path) = &options.path {
        settings.path = PathBuf::from(path);
    }
    if !settings.path.exists() {
        return Err(Failure::Unusable(format!("{} is not there", settings.path.display())));
    }
    let faults = corpus::check(&settings);
    let count = |severity: Severity| faults.iter().filter(|fault| fault.kind.severity() == severity).count();
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    if options.json {
        print_json(&json!({"faults": faults, "errors": errors, "warnings": warnings, "notes": notes}))?;
    } else {
        let mut out = std::io::stdout().lock();
        for fault in &faults {
            let _ = writeln!(out, "{}", line(fault));
        }
        let _ = writeln!(out, "{errors} errors, {warnings} warnings, {notes} notes");
    }
    if errors > 0 { Err(Failure::Nothing) } else { Ok(()) }
}

/// A fault as compilers print one, so that editors can jump to it.
fn line(fault: &Fault) -> String {
    let severity = match fault.kind.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    format!(
        "{}:{}: {severity}: {} [{}]",
        fault.path,
        fault.line,
        fault.kind,
        fault.kind.code()
    )
}
