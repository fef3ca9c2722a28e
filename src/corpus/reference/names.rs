//! Author lists: who is named, in whichever order and punctuation the style has.

mod before_title;
mod inverted;

pub(super) use before_title::{before_title, in_full, one_in_full};
use inverted::inverted;

use super::printed::{Part, Printed, is_han};

/// Particles that stand in lower case before a surname, or between its parts.
const PARTICLES: [&str; 26] = [
    "de", "da", "do", "dos", "das", "del", "della", "di", "du", "la", "le", "van", "von", "der", "den", "ter", "ten",
    "el", "al", "bin", "ibn", "zu", "y", "e", "af", "av",
];

/// Words that only bodies have in their names.
const BODIES: [&str; 34] = [
    "organization",
    "organisation",
    "association",
    "society",
    "committee",
    "group",
    "ministry",
    "institute",
    "institutes",
    "university",
    "center",
    "centre",
    "centers",
    "federation",
    "administration",
    "agency",
    "commission",
    "council",
    "collaboration",
    "consortium",
    "foundation",
    "department",
    "office",
    "bureau",
    "network",
    "academy",
    "college",
    "investigators",
    "union",
    "board",
    "collaborators",
    "nations",
    "company",
    "inc",
];

/// The same in Chinese, as endings or inner words.
const BODIES_ZH: [&str; 26] = [
    "委员会",
    "学会",
    "协会",
    "组织",
    "中心",
    "研究所",
    "研究院",
    "大学",
    "学院",
    "医院",
    "公司",
    "课题组",
    "协作组",
    "学组",
    "专家组",
    "编写组",
    "国务院",
    "办公室",
    "联盟",
    "出版社",
    "总局",
    "联合会",
    "研究会",
    "政府",
    "部",
    "局",
];

/// An author list told apart.
#[derive(Debug, Default)]
pub(super) struct Authors {
    /// The names as printed.
    pub names: Vec<String>,
    /// Whether the list ends in "et al." or 等.
    pub more: bool,
}

/// Splits `AUTHORS. TITLE` in sentences: the authors, and how many sentences they take.
///
/// A dot may end an initial as well as the list; the shortest run of sentences that reads as names is taken.
pub(super) fn leading(printed: &Printed, sentences: &[Part]) -> Option<(Authors, usize)> {
    let start = sentences.first()?.start;
    for (taken, sentence) in sentences
        .iter()
        .enumerate()
        .take(sentences.len().saturating_sub(1))
        .take(96)
    {
        let follows = sentences.get(taken + 1).copied();
        // `Smith J. A. Title`: a single capital behind the dot is one more initial.
        let initial_follows = follows.is_some_and(|next| {
            let alone = next.end - next.start == 1 || matches!(printed.at(next.start + 2), ';' | ',');
            alone && printed.at(next.start).is_uppercase() && !printed.at(next.start + 1).is_alphabetic()
        });
        let et_al_follows = follows.is_some_and(|next| is_more(&printed.folded(next)));
        let name_follows =
            follows.is_some_and(|next| printed.at(next.start) == '&' || printed.is_at(next.start, "and "));
        if initial_follows || et_al_follows || name_follows {
            continue;
        }
        if let Some(authors) = list(
            printed,
            Part {
                start,
                end: sentence.end,
            },
        ) {
            return Some((authors, taken + 1));
        }
    }
    None
}

/// Reads a whole part as an author list; `None` where any name in it does not look like one.
pub(super) fn list(printed: &Printed, part: Part) -> Option<Authors> {
    if let Some(authors) = inverted(printed, part) {
        return Some(authors);
    }
    let mut authors = Authors::default();
    let mut names: Vec<Part> = Vec::new();
    let mut plain = 0usize;
    for name in split(printed, part) {
        let Some(name) = without_more(printed, name, &mut authors.more) else {
            continue;
        };
        let folded = printed.folded(name);
        if matches!(
            folded.as_str(),
            "主编" | "编" | "编著" | "译" | "著" | "eds" | "ed" | "editors" | "editor" | "编译" | "主译"
        ) {
            continue;
        }
        let words: Vec<&str> = folded.split(' ').collect();
        // `PEEBLES P Z, Jr`: what tells a son from his father belongs to the name before it.
        if is_suffix(&folded) {
            names.last_mut()?.end = name.end;
            continue;
        }
        // `Smith, J. A.`: initials alone belong to the surname before them.
        if is_initials_only(&words) {
            let last = names.last_mut()?;
            let before = printed.folded(*last);
            // `K. He and J.` is the beginning of `K. He and J. Sun`.
            if !is_surname_only(&before) || before.split(' ').any(is_initials) {
                return None;
            }
            plain = plain.saturating_sub(1);
            last.end = with_dot(printed, name.end, part.end);
            continue;
        }
        if is_person(&folded, &words) || is_body(&folded, &words) {
            names.push(Part {
                start: name.start,
                end: if ends_in_dotted_initial(printed, name) {
                    with_dot(printed, name.end, part.end)
                } else {
                    name.end
                },
            });
        } else if is_surname_only(&folded) {
            plain += 1;
            names.push(name);
        } else {
            return whole_body(printed, part);
        }
    }
    // Bare words are names only in company: `Aristotle` alone may as well be a title.
    if names.is_empty() || (plain > 0 && plain == names.len() && names.len() < 2 && !authors.more) {
        return whole_body(printed, part);
    }
    authors.names = names
        .iter()
        .map(|&name| printed.slice(name).trim().to_owned())
        .collect();
    Some(authors)
}

/// A body by its name alone, where what stands behind it says that it is an author: `World Bank, 2014`.
pub(super) fn corporate(printed: &Printed, part: Part) -> Option<Authors> {
    let part = printed.trim(part);
    let folded = printed.folded(part);
    let words: Vec<&str> = folded.split(' ').collect();
    let named = |word: &&str| {
        let joins = matches!(*word, "of" | "the" | "for" | "and" | "on" | "in" | "de" | "&");
        joins || word.starts_with(|first: char| first.is_uppercase() || is_han(first))
    };
    let plain = folded
        .chars()
        .all(|sign| sign.is_alphabetic() || matches!(sign, ' ' | '&' | '-' | '\'' | '.'));
    let name =
        words.len() <= 10 && words.iter().all(named) && words.first().is_some_and(|word| word.chars().count() >= 2);
    (name && plain && !goes_on_behind_stop(&folded)).then(|| Authors {
        names: vec![printed.slice(part).to_owned()],
        more: false,
    })
}

fn whole_body(printed: &Printed, part: Part) -> Option<Authors> {
    let part = printed.trim(part);
    let folded = printed.folded(part);
    let words: Vec<&str> = folded.split(' ').collect();
    is_body(&folded, &words).then(|| Authors {
        names: vec![printed.slice(part).to_owned()],
        more: false,
    })
}

/// The names between commas, semicolons, `、`, `&` and `and`.
fn split(printed: &Printed, part: Part) -> Vec<Part> {
    let mut found = Vec::new();
    let mut start = part.start;
    let mut at = part.start;
    while at < part.end {
        let width = match printed.at(at) {
            ',' | ';' | '、' | '&' if !printed.in_brackets(at) => 1,
            ' ' if printed.is_at(at, " and ") => 5,
            _ => 0,
        };
        if width > 0 {
            found.push(printed.trim(Part { start, end: at }));
            start = (at + width).min(part.end);
            at = start;
        } else {
            at += 1;
        }
    }
    found.push(printed.trim(Part { start, end: part.end }));
    found.retain(|name| name.start < name.end);
    found
}

/// The name without a closing `et al` or 等; `None` where nothing else stands there.
fn without_more(printed: &Printed, name: Part, more: &mut bool) -> Option<Part> {
    let folded = printed.folded(name);
    if is_more(&folded) {
        *more = true;
        return None;
    }
    for ending in [" et al", " 等", "等"] {
        let length = ending.chars().count();
        // 李等 may be a whole name; 李明等 is not.
        if folded.ends_with(ending) && name.end - name.start > length + 1 {
            *more = true;
            return Some(printed.trim(Part {
                start: name.start,
                end: name.end - length,
            }));
        }
    }
    Some(name)
}

fn is_more(folded: &str) -> bool {
    matches!(
        folded.trim_end_matches('.').to_lowercase().as_str(),
        "et al" | "et. al" | "et" | "al" | "等" | "others"
    )
}

fn is_person(folded: &str, words: &[&str]) -> bool {
    let letters = folded.chars().filter(|character| !matches!(character, ' ' | '·' | '•'));
    let count = letters.clone().count();
    if count > 0 && letters.clone().all(is_han) {
        return (2..=4).contains(&count) || (folded.contains(['·', '•']) && count <= 20);
    }
    // `昂温 P S`: a surname in translation with its initials.
    if let Some((surname, initials)) = words.split_first()
        && surname.chars().all(is_han)
    {
        let short = (1..=8).contains(&surname.chars().count());
        return short && !initials.is_empty() && initials.iter().all(|word| is_initials(word));
    }
    let words: Vec<&str> = words.iter().copied().filter(|word| !is_suffix(word)).collect();
    if words.len() < 2 || words.len() > 6 {
        return false;
    }
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return false;
    };
    let leading = words.iter().take_while(|word| is_initials(word)).count();
    // `SMITH J A`: a surname in capitals looks like initials, but it is the first word.
    let trailing = words.iter().skip(1).rev().take_while(|word| is_initials(word)).count();
    if trailing > 0 && trailing < words.len() && is_initials(last) {
        return words.iter().take(words.len() - trailing).all(|word| is_name_word(word));
    }
    leading > 0
        && leading < words.len()
        && is_initials(first)
        && words.iter().skip(leading).all(|word| is_name_word(word))
}

/// Whether a full stop stands behind a word and more behind that: no name does so, but `St. Jude` and `U. S. Congress`.
fn goes_on_behind_stop(folded: &str) -> bool {
    folded.match_indices(". ").any(|(at, _)| {
        let word = folded.get(..at).unwrap_or_default().chars().rev();
        word.take_while(|sign| sign.is_alphabetic()).take(4).count() == 4
    })
}

fn is_body(folded: &str, words: &[&str]) -> bool {
    if folded.chars().any(is_han) {
        return BODIES_ZH.iter().any(|body| folded.ends_with(body))
            || BODIES_ZH.iter().take(18).any(|body| folded.contains(body));
    }
    words.len() <= 14
        && !goes_on_behind_stop(folded)
        && !folded.contains(':')
        && folded.chars().next().is_some_and(char::is_uppercase)
        && words.iter().any(|word| {
            let word = word.trim_matches(|character: char| !character.is_alphanumeric());
            word.starts_with(char::is_uppercase) && BODIES.contains(&word.to_lowercase().as_str())
        })
}

/// A surname, perhaps of two words or with particles, without initials.
fn is_surname_only(folded: &str) -> bool {
    let words: Vec<&str> = folded.split(' ').collect();
    words.len() <= 4
        && words.iter().all(|word| is_name_word(word))
        && words
            .iter()
            .any(|word| word.chars().next().is_some_and(char::is_uppercase))
}

fn is_name_word(word: &str) -> bool {
    let Some(first) = word.chars().next() else { return false };
    let lower = word.to_lowercase();
    let letters = word
        .chars()
        .all(|character| character.is_alphabetic() || matches!(character, '\'' | '-' | '‐' | '.' | 'ʼ' | '`'));
    let named = first.is_uppercase()
        || PARTICLES.contains(&lower.as_str())
        || lower.starts_with("d'")
        || lower.starts_with("al-");
    letters && named && !is_han(first)
}

/// `JA`, `J.A.`, `J-P`, `RJFC`, `J`.
fn is_initials(word: &str) -> bool {
    let capitals = word.chars().filter(|character| character.is_uppercase()).count();
    (1..=5).contains(&capitals)
        && word
            .chars()
            .all(|character| character.is_uppercase() || matches!(character, '.' | '-' | '‐'))
}

fn is_initials_only(words: &[&str]) -> bool {
    let words: Vec<&&str> = words.iter().filter(|word| !is_suffix(word)).collect();
    // `LI J` is a whole name; `J A` and `JA` are not.
    let most = if words.len() == 1 { 3 } else { 1 };
    let capitals = |word: &str| word.chars().filter(|character| character.is_uppercase()).count();
    !words.is_empty() && words.iter().all(|word| is_initials(word) && capitals(word) <= most)
}

fn is_suffix(word: &str) -> bool {
    matches!(
        word.trim_end_matches('.'),
        "Jr" | "Sr" | "II" | "III" | "2nd" | "3rd" | "4th" | "5th"
    )
}

fn ends_in_dotted_initial(printed: &Printed, name: Part) -> bool {
    (name.start..name.end).any(|at| printed.at(at) == '.') && printed.before(name.end).is_uppercase()
}

/// One further, where a dot stands at `end`.
fn with_dot(printed: &Printed, end: usize, limit: usize) -> usize {
    if end < limit && printed.at(end) == '.' {
        end + 1
    } else {
        end
    }
}
