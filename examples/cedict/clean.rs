//! From a printed gloss to the phrases somebody might search for.

/// A phrase of a gloss.
pub struct Phrase {
    /// As printed, labels and articles taken off.
    pub text: String,
    /// Its place among the pieces of the gloss, from 0.
    pub piece: usize,
    /// Below 1 where the gloss is labelled as rare, or the phrase is only a part of it.
    pub factor: f32,
}

/// Glosses that explain or refer instead of translating.
const REFERRING: &[&str] = &[
    "variant of",
    "old variant",
    "erhua variant",
    "japanese variant",
    "unofficial variant",
    "see ",
    "see also",
    "also written",
    "also called",
    "also known",
    "cl:",
    "taiwan pr",
    "surname ",
    "abbr. for",
    "abbr. to",
    "abbr. of",
    "used in",
    "used to",
    "used as",
    "used for",
    "used after",
    "used before",
    "classifier for",
    "also pr",
    "radical in",
    "kangxi radical",
    "same as",
    "equivalent to",
    "lit. ",
    "e.g. ",
    "particle ",
    "prefix ",
    "suffix ",
    "mainland china pr",
    "transliteration of",
    "pr. ",
    "indicating ",
    "indicates ",
    "(used ",
    "archaic variant",
    "name of a",
    "one of the",
];

/// Labels of rare or special use, with what is left of the weight.
const LABELS: &[(&str, f32)] = &[
    ("(archaic", 0.15),
    ("(old", 0.3),
    ("(literary", 0.3),
    ("(dialect", 0.3),
    ("(slang", 0.3),
    ("(internet slang", 0.3),
    ("(vulgar", 0.3),
    ("(bound form", 0.5),
    ("(loanword", 0.6),
    ("(idiom", 0.5),
    ("(fig.", 0.6),
    ("(coll.", 0.6),
    ("(tw", 0.7),
    ("(classical", 0.3),
    ("(japanese", 0.3),
    ("(euphemism", 0.4),
    ("(cantonese", 0.3),
    ("(derog", 0.4),
    ("(honorific", 0.4),
    ("(courteous", 0.4),
    ("(neologism", 0.5),
    ("(onom", 0.3),
];

/// The phrases of one gloss, in printed order.
pub fn phrases(gloss: &str) -> Vec<Phrase> {
    let lower = gloss.to_lowercase();
    if REFERRING.iter().any(|start| lower.starts_with(start)) {
        return Vec::new();
    }
    let factor = LABELS
        .iter()
        .filter(|(label, _)| lower.contains(label))
        .map(|&(_, factor)| factor)
        .fold(1.0, f32::min);
    let plain = without_parentheses(gloss);
    let mut found = Vec::new();
    for (piece, part) in plain.split([';', '/']).enumerate() {
        let part = bare(part.trim());
        let lower = part.to_lowercase();
        let refers = REFERRING.iter().any(|start| lower.starts_with(start));
        if part.is_empty()
            || refers
            || part
                .chars()
                .any(|character| ('\u{3400}'..='\u{9FFF}').contains(&character))
        {
            continue;
        }
        let words = part.split_whitespace().count();
        if words <= 4 || !part.contains(',') && words <= 6 {
            found.push(Phrase {
                text: part.clone(),
                piece,
                factor,
            });
        }
        // A person with years is also called by the last name alone.
        let person = gloss.contains("(1") || gloss.contains("-19") || gloss.contains("-20") || gloss.contains("(c. ");
        let head = part.split(',').next().unwrap_or_default();
        let names: Vec<&str> = head.split_whitespace().collect();
        if person
            && piece == 0
            && (2..=3).contains(&names.len())
            && names.iter().all(|name| name.starts_with(char::is_uppercase))
        {
            found.extend(names.last().map(|last| Phrase {
                text: (*last).to_owned(),
                piece,
                factor: factor * 0.5,
            }));
        }
        if words > 3 {
            if let Some(name) = leading_name(&part) {
                found.push(Phrase {
                    text: name,
                    piece,
                    factor: factor * 0.7,
                });
            } else if let Some((head, rest)) = part.split_once(", ")
                && head.split_whitespace().count() <= 3
                && describes(rest, head)
            {
                found.push(Phrase {
                    text: bare(head),
                    piece,
                    factor: factor * 0.6,
                });
            }
        }
    }
    found
}

/// The name a description begins with: `Nanjing` of `Nanjing subprovincial city on the Changjiang`.
fn leading_name(part: &str) -> Option<String> {
    let mut name = Vec::new();
    for word in part.split_whitespace() {
        if !word.starts_with(|first: char| first.is_uppercase()) {
            break;
        }
        name.push(word.trim_end_matches(','));
        if word.ends_with(',') {
            break;
        }
    }
    let next = part.split_whitespace().nth(name.len()).unwrap_or_default();
    let joined = [
        "of", "and", "in", "for", "de", "on", "to", "or", "as", "from", "with", "by", "at", "&",
    ]
    .contains(&next);
    let possessive = name
        .last()
        .is_some_and(|last| last.ends_with("'s") || last.ends_with("s'"));
    if joined || possessive {
        return None;
    }
    let whole = name.len() == part.split_whitespace().count();
    (!name.is_empty() && name.len() <= 4 && !whole).then(|| name.join(" "))
}

/// Whether what follows a comma describes what stands before it, rather than adding to a list.
fn describes(rest: &str, head: &str) -> bool {
    let first = rest.split_whitespace().next().unwrap_or_default();
    ["a", "an", "the", "one", "also", "esp.", "i.e.", "usually"].contains(&first)
        || head.starts_with(char::is_uppercase)
}

fn without_parentheses(gloss: &str) -> String {
    let mut plain = String::with_capacity(gloss.len());
    let mut depth = 0usize;
    for character in gloss.chars() {
        match character {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(character),
            _ => {}
        }
    }
    plain
}

/// Without article, `to` of the verb and place holders.
fn bare(part: &str) -> String {
    let mut words: Vec<&str> = part
        .split_whitespace()
        .filter(|word| !["sb", "sth", "sb's", "etc", "etc."].contains(word))
        .collect();
    let starts = |words: &[&str], with: &str| {
        words.len() > 1 && words.first().is_some_and(|word| word.eq_ignore_ascii_case(with))
    };
    if starts(&words, "fig.") || starts(&words, "i.e.") || starts(&words, "esp.") {
        words.remove(0);
    }
    if starts(&words, "to") {
        words.remove(0);
        if starts(&words, "be") {
            words.remove(0);
        }
    }
    for article in ["a", "an", "the"] {
        if starts(&words, article) {
            words.remove(0);
        }
    }
    words.join(" ").trim_matches([',', '.', ' ', '"', '!', '?']).to_owned()
}
