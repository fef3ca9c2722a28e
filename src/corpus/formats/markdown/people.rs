//! Tells lines of authors and affiliations, and reads them.

use super::inline::{Citing, parse};
use crate::document::MarkStyle;
use crate::text::{Language, Script, simplify};

/// The text of a line without what is raised in it: the marks that tie authors to affiliations.
fn without_raised(raw: &str) -> String {
    let text = parse(raw, &Citing::default());
    let raised = |at: usize| {
        let mut marks = text.marks().iter();
        marks.any(|mark| mark.style == MarkStyle::Superscript && (mark.span.start..mark.span.end).contains(&at))
    };
    // An author line is short; a long one has many marks, and each character would be held against all of them.
    if text.text().len() > 4000 {
        return text.text().to_owned();
    }
    text.text()
        .char_indices()
        .filter(|(at, _)| !raised(*at))
        .map(|(_, sign)| sign)
        .collect()
}

/// Grades of membership that journals of the IEEE print behind the names.
const GRADES: [&str; 9] = [
    "IEEE",
    "Member",
    "Senior Member",
    "Student Member",
    "Graduate Student Member",
    "Fellow",
    "Life Fellow",
    "Life Member",
    "Associate Member",
];

/// An author line without `Authors:` before it.
fn without_label(raw: &str) -> &str {
    let start = raw.trim_start_matches(['*', '_', ' ']);
    let named = ["Authors", "Author", "AUTHORS", "AUTHOR", "作者"]
        .iter()
        .find_map(|name| start.strip_prefix(name));
    let behind = named.map(|rest| rest.trim_start_matches(['*', '_', ' ']));
    match behind.and_then(|rest| rest.strip_prefix([':', '：'])) {
        Some(rest) => rest.trim_start_matches(['*', '_', ' ']),
        None => raw,
    }
}

/// The names of an author line, without affiliation marks.
pub fn people(raw: &str) -> Vec<String> {
    let plain = without_raised(without_label(raw))
        .replace(" and ", ", ")
        .replace(" & ", ", ")
        .replace("，and ", ", ");
    let han = Language::detect(&plain) == Language::Zh;
    let mut names: Vec<String> = Vec::new();
    for name in plain.split([',', '，', ';', '；', '、', '\n']) {
        let edge = |sign: char| !(sign.is_alphabetic() || sign == '.' || sign == '·');
        let name = name.trim_matches(|sign: char| edge(sign) || sign.is_ascii_digit());
        let name = name.strip_prefix("and ").unwrap_or(name).trim();
        if GRADES.contains(&name.trim_matches(['*', '_'])) {
            continue;
        }
        if name.is_empty() || name.chars().count() == 1 && !han {
            continue;
        }
        // `张三 李四 王小五` parts at spaces; `张 三` is one name.
        let words: Vec<&str> = name
            .split([' ', '\u{3000}'])
            .map(bare)
            .filter(|word| !word.is_empty())
            .collect();
        let whole = words
            .iter()
            .all(|word| (2..=4).contains(&word.chars().count()) && word.chars().all(is_han));
        if han && words.len() > 1 && whole {
            names.extend(words.into_iter().map(str::to_owned));
        } else if han && name.chars().all(|sign| is_han(sign) || sign.is_whitespace()) {
            names.extend(pair_single(&words));
        } else {
            names.push(bare(name).to_owned());
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Puts names of two characters that are printed apart back together: `张 三 李小四`.
fn pair_single(words: &[&str]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut open = false;
    for word in words {
        let single = word.chars().count() == 1;
        match names.last_mut() {
            Some(last) if open && single => {
                last.push_str(word);
                open = false;
            }
            _ => {
                names.push((*word).to_owned());
                open = single;
            }
        }
    }
    names
}

fn bare(name: &str) -> &str {
    name.trim_matches(|sign: char| sign.is_ascii_digit() || sign.is_whitespace() || "*#†‡△▲".contains(sign))
}

fn is_han(sign: char) -> bool {
    Script::of(sign) == Script::Han
}

/// Whether a line looks like a list of authors.
pub fn is_people(raw: &str) -> bool {
    if raw.len() > 1500 {
        return false;
    }
    let plain = without_raised(without_label(raw));
    if plain.chars().count() > 600 || plain.ends_with(['。', '?', '？', ':', '：']) || is_affiliation(&plain) {
        return false;
    }
    let names = people(raw);
    let name = |name: &String| {
        let count = name.chars().count();
        if name.chars().any(is_han) {
            return (2..=4).contains(&count) || (name.contains('·') && count <= 15);
        }
        let words: Vec<&str> = name.split([' ', '-']).collect();
        let capital = |word: &&str| word.starts_with(char::is_uppercase);
        let particles = [
            "de", "van", "von", "der", "den", "la", "le", "da", "di", "al", "bin", "ibn", "del", "dos", "jr", "y",
        ];
        let titles = [
            "Of", "The", "A", "An", "In", "On", "For", "With", "To", "From", "By", "Its", "Effect", "Effects", "Study",
        ];
        (1..=6).contains(&words.len())
            && !words.iter().any(|word| titles.contains(word))
            && words.iter().all(|word| capital(word) || particles.contains(word))
            && !name.contains(|sign: char| sign.is_ascii_digit() || "()[]".contains(sign))
            && (words.len() >= 2 || names.len() >= 2)
    };
    let latin_one = names.len() == 1 && !plain.chars().any(is_han);
    !names.is_empty() && names.iter().all(name) && !(latin_one && plain.split_whitespace().count() > 3)
}

const PLACES: &[&str] = &[
    "大学",
    "医院",
    "学院",
    "研究所",
    "研究院",
    "中心",
    "公司",
    "实验室",
    "出版社",
    "附属",
    "学校",
    "集团",
    "卫生院",
    "疾控",
    "省",
    "军区",
    "University",
    "Hospital",
    "Institute",
    "Department",
    "Dept",
    "College",
    "School",
    "Center",
    "Centre",
    "Laboratory",
    "Academy",
    "Faculty",
    "Clinic",
    "Ltd",
    "Inc.",
    "Division of",
    "Ministry",
    "Bureau",
    "Corporation",
];

/// Whether a line looks like an affiliation.
pub fn is_affiliation(text: &str) -> bool {
    let simplified = simplify(text);
    text.chars().count() <= 600 && PLACES.iter().any(|place| simplified.contains(place)) && !text.ends_with('。')
}

/// The line with a line feed before each number that a full stop and a blank part from the place before it, and before an
/// address of electronic mail: `1A, Turin. 2B, Tokyo. *e-mail: …`.
fn apart(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(". ") {
        out.push_str(before);
        let digits = after.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == '*');
        let begins = digits.len() < after.len() && digits.starts_with(char::is_alphabetic);
        out.push_str(if begins { "\n" } else { ". " });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The affiliations of a line, each without its mark: `1. A, 100000; 2. B`.
pub fn affiliations(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let text = text.trim();
    let enclosed = text.starts_with(['(', '（']) && text.ends_with([')', '）']);
    let text = if enclosed {
        text.trim_matches(['(', ')', '（', '）'])
    } else {
        text
    };
    for piece in apart(text).split([';', '；', '\n']) {
        let name = piece
            .trim()
            .trim_start_matches(|sign: char| sign.is_numeric() || " .．、*#†‡)）".contains(sign))
            .trim();
        if name.is_empty() || name.to_ascii_lowercase().starts_with("e-mail") {
            continue;
        }
        match found.last_mut() {
            // Without a place of its own it goes on with the one before.
            Some(last) if !is_affiliation(name) && !piece.trim().starts_with(|first: char| first.is_ascii_digit()) => {
                last.push_str("; ");
                last.push_str(name);
            }
            _ => found.push(name.trim_end_matches(['.', '。']).to_owned()),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{affiliations, is_people, people};

    #[test]
    fn names_without_marks() {
        assert_eq!(
            people("张三<sup>1,2</sup>, 李 四<sup>2*</sup>，王小五"),
            ["张三", "李四", "王小五"]
        );
        assert_eq!(people("张三1 李四2 王小五"), ["张三", "李四", "王小五"]);
        assert_eq!(
            people("ZHANG San<sup>1</sup>, Mary J. Smith and Bo Li*"),
            ["ZHANG San", "Mary J. Smith", "Bo Li"]
        );
        assert!(is_people("ZHANG San, LI Si") && is_people("张三, 李四") && !is_people("The growth of wheat, rice"));
        assert!(!is_people("Of Wheat in water"));
    }

    #[test]
    fn a_label_before_the_names_is_none() {
        assert!(is_people("**Authors:** Lena Fischer and Bo Zhang"));
        assert_eq!(
            people("**Authors:** Lena Fischer and Bo Zhang"),
            ["Lena Fischer", "Bo Zhang"]
        );
        assert_eq!(people("作者：张三，李四"), ["张三", "李四"]);
    }

    #[test]
    fn affiliations_part_at_their_numbers() {
        assert_eq!(
            affiliations("(1. 麦田大学, 北京 100000; 2. 水利医院 二科, 上海 200000)"),
            ["麦田大学, 北京 100000", "水利医院 二科, 上海 200000"]
        );
        assert_eq!(
            affiliations("1Department of Wheat, St. John, Turin. 2Institute of Water, Tokyo. *e-mail: lee@example.org"),
            ["Department of Wheat, St. John, Turin", "Institute of Water, Tokyo"]
        );
    }
}
