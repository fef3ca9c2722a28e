//! The name of an author, taken apart only where its form leaves no doubt.

use crate::text::Script;

/// A name as a style needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// Family name and given names or initials.
    Split {
        /// As printed.
        family: String,
        /// As printed.
        given: String,
    },
    /// A name that is written as a whole: a Chinese one, a body's, or one whose parts can't be told.
    Whole(String),
}

/// The most letters in one group of initials (`RJFC`).
const MOST_INITIALS: usize = 4;

impl Name {
    /// Reads a printed name: `Zeng XX`, `Smith, John A.`, `J. A. Smith`, `ZHANG San`. `John Smith` and `Zhang San` may be
    /// in either order and stay whole.
    pub fn read(printed: &str) -> Self {
        let whole = || Self::Whole(printed.to_owned());
        let split = |family: &str, given: &str| Self::Split {
            family: family.trim().to_owned(),
            given: given.trim().to_owned(),
        };
        if printed.chars().any(|character| Script::of(character) == Script::Han) {
            return whole();
        }
        if let Some((family, given)) = printed.split_once(',') {
            let one = !given.trim().is_empty() && !given.contains(',') && !family.trim().is_empty();
            return if one { split(family, given) } else { whole() };
        }
        let words: Vec<&str> = printed.split_whitespace().collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return whole();
        };
        if words.len() < 2 {
            return whole();
        }
        let trailing = words.iter().skip(1).rev().take_while(|word| are_initials(word)).count();
        if trailing > 0 {
            let (family, given) = words.split_at(words.len() - trailing);
            return split(&family.join(" "), &given.join(" "));
        }
        let leading = words.iter().take_while(|word| are_initials(word)).count();
        if leading > 0 && first.contains('.') {
            let (given, family) = words.split_at(leading);
            return split(&family.join(" "), &given.join(" "));
        }
        if words.len() == 2 && is_shouted(first) && !is_shouted(last) {
            return split(first, last);
        }
        whole()
    }

    /// The first letters of the given names, as `X X` with `between` " ".
    pub fn initials(given: &str, between: &str) -> String {
        let parts = given.split([' ', '-', '.', '‐', '‑']).filter(|part| !part.is_empty());
        let letters: Vec<String> = parts
            .flat_map(|part| {
                let all = if are_initials(part) { MOST_INITIALS } else { 1 };
                part.chars().take(all).map(|letter| letter.to_uppercase().to_string())
            })
            .collect();
        letters.join(between)
    }

    /// The given names as reference managers read them: initials with full stops, whole names as printed.
    pub fn given_for_managers(given: &str) -> String {
        if given.split_whitespace().all(are_initials) && !given.contains('.') {
            let initials = Self::initials(given, ". ");
            format!("{initials}.")
        } else {
            given.to_owned()
        }
    }
}

/// Whether a word is made of initials: `X`, `XX`, `J.-P.`, `J.A.`
fn are_initials(word: &str) -> bool {
    let letters = word.chars().filter(|character| character.is_alphabetic()).count();
    let rest_is_marks = word
        .chars()
        .all(|character| character.is_uppercase() || matches!(character, '.' | '-' | '‐' | '‑'));
    rest_is_marks && (1..=MOST_INITIALS).contains(&letters)
}

/// Whether a word is all in capitals, of two letters or more.
fn is_shouted(word: &str) -> bool {
    word.chars().count() > 1
        && word.chars().any(char::is_uppercase)
        && !word.contains('.')
        && !word.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::Name;

    #[test]
    fn a_name_is_split_only_where_its_form_leaves_no_doubt() {
        let split = |name: &str| match Name::read(name) {
            Name::Split { family, given } => Some((family, given)),
            Name::Whole(_) => None,
        };
        for (printed, family, given) in [
            ("Zeng XX", "Zeng", "XX"),
            ("do Amaral RJFC", "do Amaral", "RJFC"),
            ("Karimi Rouzbahani A", "Karimi Rouzbahani", "A"),
            ("D'Souza N", "D'Souza", "N"),
            ("SMITH J A", "SMITH", "J A"),
            ("LI X", "LI", "X"),
            ("Smith, John A.", "Smith", "John A."),
            ("J. A. Smith", "Smith", "J. A."),
            ("J.-P. van Dijk", "van Dijk", "J.-P."),
            ("ZHI Liming", "ZHI", "Liming"),
        ] {
            assert_eq!(split(printed), Some((family.to_owned(), given.to_owned())), "{printed}");
        }
        for whole in [
            "支黎明",
            "Zhi Liming",
            "World Health Organization",
            "WHO",
            "",
            "Smith, J, Jr",
        ] {
            assert_eq!(split(whole), None, "{whole}");
        }
    }

    #[test]
    fn initials_are_the_first_letters_or_those_printed() {
        assert_eq!(Name::initials("XX", " "), "X X");
        assert_eq!(Name::initials("John A.", ""), "JA");
        assert_eq!(Name::initials("J.-P.", " "), "J P");
        assert_eq!(Name::given_for_managers("XX"), "X. X.");
        assert_eq!(Name::given_for_managers("J. A."), "J. A.");
        assert_eq!(Name::given_for_managers("Liming"), "Liming");
    }
}
