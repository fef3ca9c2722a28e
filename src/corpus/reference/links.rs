//! DOI, PubMed identifier, web address and access date: what stands after the description proper.

use super::printed::{Part, Printed};
use crate::document::Reference;

/// Fills in the links of an entry and gives back the part before the first of them.
pub(super) fn take(printed: &Printed, reference: &mut Reference) -> Part {
    let all = printed.all();
    let mut end = all.end;
    let mut at = 0;
    while at < all.end {
        if let Some(stop) = doi_end(printed, at) {
            let doi = Part { start: at, end: stop };
            if reference.doi.is_none() {
                reference.doi = Some(printed.folded(doi).to_lowercase());
            }
            end = end.min(label_start(printed, at));
            at = stop;
        } else if let Some(stop) = address_end(printed, at) {
            let address = Part { start: at, end: stop };
            let resolver = (at..stop).any(|place| printed.is_at(place, "doi.org/10."));
            if !resolver && reference.url.is_none() {
                reference.url = Some(printed.slice(address).to_owned());
            }
            end = end.min(at);
            // A resolver address is walked through: the DOI in it is wanted.
            at = if resolver { at + 4 } else { stop };
        } else if printed.is_at(at, "pmid") && !printed.before(at).is_alphanumeric() {
            let start = (at + 4..all.end)
                .find(|&place| !matches!(printed.at(place), ':' | ' '))
                .unwrap_or(all.end);
            let stop = (start..all.end)
                .find(|&place| !printed.at(place).is_ascii_digit())
                .unwrap_or(all.end);
            if stop > start && stop - start <= 9 && reference.pmid.is_none() {
                reference.pmid = Some(printed.folded(Part { start, end: stop }));
            }
            end = end.min(at);
            at = stop.max(at + 4);
        } else {
            if is_access_date(printed, at) || is_note(printed, at) {
                end = end.min(at);
            }
            at += 1;
        }
    }
    Part { start: 0, end }
}

/// The end of the DOI that begins at `at`.
fn doi_end(printed: &Printed, at: usize) -> Option<usize> {
    if !printed.is_at(at, "10.") || printed.before(at).is_ascii_digit() || printed.before(at) == '.' {
        return None;
    }
    let mut slash = at + 3;
    while printed.at(slash).is_ascii_digit() || printed.at(slash) == '.' {
        slash += 1;
        if slash > at + 24 {
            return None;
        }
    }
    if printed.at(slash) != '/' || slash < at + 7 {
        return None;
    }
    let mut end = slash + 1;
    while is_link_character(printed, end) && !matches!(printed.at(end), ',' | '|') {
        end += 1;
    }
    let mut open = 0i64;
    for place in at..end {
        match printed.at(place) {
            '(' => open += 1,
            ')' => open -= 1,
            _ => {}
        }
    }
    while end > slash + 1 {
        match printed.before(end) {
            '.' | ';' | ':' | ']' | '}' | '>' | '\'' => end -= 1,
            ')' if open < 0 => {
                open += 1;
                end -= 1;
            }
            _ => break,
        }
    }
    (end > slash + 1).then_some(end)
}

/// Where the word `doi` before a DOI, or the resolver's address, begins.
fn label_start(printed: &Printed, at: usize) -> usize {
    let mut start = at;
    while matches!(printed.before(start), ' ' | ':') {
        start -= 1;
    }
    match start.checked_sub(3) {
        Some(label) if printed.is_at(label, "doi") => label,
        _ => at,
    }
}

/// The end of the web address that begins at `at`.
fn address_end(printed: &Printed, at: usize) -> Option<usize> {
    let begins = ["http://", "https://", "ftp://", "www."]
        .iter()
        .any(|scheme| printed.is_at(at, scheme));
    if !begins || printed.before(at).is_alphanumeric() {
        return None;
    }
    let mut end = at;
    while is_link_character(printed, end) && !matches!(printed.at(end), '<' | '>') {
        end += 1;
    }
    while end > at && matches!(printed.before(end), '.' | ',' | ';' | ']') {
        end -= 1;
    }
    Some(end)
}

/// A Chinese full stop ends a link, though it is folded to a dot.
fn is_link_character(printed: &Printed, at: usize) -> bool {
    let ideographic = || matches!(printed.slice(Part { start: at, end: at + 1 }), "。" | "｡");
    printed.at(at).is_ascii_graphic() && printed.at(at) != '"' && !ideographic()
}

/// `[2023-01-02]`, `[2023/1/2]`, `[cited 2020 Jan 3]`, `[Online].`, `[CrossRef]`.
fn is_access_date(printed: &Printed, at: usize) -> bool {
    if printed.at(at) != '[' {
        return false;
    }
    // `[Online]. Available: http…` ends an IEEE entry, links to other services a MDPI one.
    let ends = [
        "cited ",
        "accessed ",
        "online].",
        "crossref]",
        "pubmed]",
        "google scholar]",
    ];
    if ends.iter().any(|note| printed.is_at(at + 1, note)) {
        return true;
    }
    printed.year(at + 1).is_some() && matches!(printed.at(at + 5), '-' | '/' | '.' | '年')
}

/// Notes that end the description: `Epub 2020 …`, `Accessed …`, `PMCID: …`, `Available from: …`.
fn is_note(printed: &Printed, at: usize) -> bool {
    let starts = at > 0 && matches!(printed.before(at), ' ' | '.' | ';' | ')');
    starts
        && [
            "epub 1",
            "epub 2",
            "epub ahead",
            "pmcid",
            "available from:",
            "available at:",
            "retrieved from",
            "accessed ",
        ]
        .iter()
        .any(|note| printed.is_at(at, note))
}
