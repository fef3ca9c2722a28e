//! The user's own file of synonyms: one line each, `term = synonym = synonym`, in either language.

use thiserror::Error;

use super::table::{Concept, Provenance, TermTable};

/// The most forms one line may have.
const MOST_FORMS: usize = 32;
/// The longest form, in characters.
const LONGEST_FORM: usize = 200;

/// A line that can't be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UserFileError {
    /// No `=` in it.
    #[error("line {line}: expected `term = synonym`, found {text:?}")]
    NoSynonym {
        /// Line, from 1.
        line: u32,
        /// The line.
        text: String,
    },
    /// Nothing between two `=`, or at an end.
    #[error("line {line}: a form is empty")]
    Empty {
        /// Line, from 1.
        line: u32,
    },
    /// A form is too long.
    #[error("line {line}: a form of {characters} characters, at most {LONGEST_FORM}")]
    TooLong {
        /// Line, from 1.
        line: u32,
        /// Its length.
        characters: usize,
    },
    /// Too many forms.
    #[error("line {line}: {forms} forms, at most {MOST_FORMS}")]
    TooMany {
        /// Line, from 1.
        line: u32,
        /// How many.
        forms: usize,
    },
}

/// Reads the user's file. Empty lines and what follows a `#` are comments; the first bad line is the error.
pub fn parse_user_file(text: &str) -> Result<TermTable, UserFileError> {
    let mut concepts = Vec::new();
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    for (line, whole) in (1u32..).zip(text.lines()) {
        let content = whole.split('#').next().unwrap_or_default().trim();
        if content.is_empty() {
            continue;
        }
        let forms: Vec<String> = content.split(['=', '＝']).map(|form| form.trim().to_owned()).collect();
        if forms.len() < 2 {
            return Err(UserFileError::NoSynonym {
                line,
                text: content.chars().take(LONGEST_FORM).collect(),
            });
        }
        if forms.len() > MOST_FORMS {
            return Err(UserFileError::TooMany {
                line,
                forms: forms.len(),
            });
        }
        if forms.iter().any(String::is_empty) {
            return Err(UserFileError::Empty { line });
        }
        if let Some(characters) = forms
            .iter()
            .map(|form| form.chars().count())
            .find(|&length| length > LONGEST_FORM)
        {
            return Err(UserFileError::TooLong { line, characters });
        }
        concepts.push(Concept {
            forms,
            variants: false,
            weight: 1.0,
            provenance: Provenance::User { line },
        });
    }
    Ok(TermTable::of(concepts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_concepts_and_comments_do_not() {
        let table = parse_user_file("# mine\n\n胶原 = collagen = 胶原蛋白 # note\n").unwrap();
        assert_eq!(table.len(), 1);
        let found = table.expand("collagen", || false);
        assert_eq!(
            found.iter().map(|one| one.text.as_str()).collect::<Vec<_>>(),
            ["胶原", "胶原蛋白"]
        );
        assert_eq!(found[0].provenance, Provenance::User { line: 3 });
    }

    #[test]
    fn errors_name_the_line() {
        assert_eq!(
            parse_user_file("a = b\nalone\n").unwrap_err(),
            UserFileError::NoSynonym {
                line: 2,
                text: "alone".to_owned()
            }
        );
        assert_eq!(parse_user_file("a = \n").unwrap_err(), UserFileError::Empty { line: 1 });
        let long = format!("a = {}", "b".repeat(201));
        assert_eq!(
            parse_user_file(&long).unwrap_err(),
            UserFileError::TooLong {
                line: 1,
                characters: 201
            }
        );
        let many = ["x"; 33].join("=");
        assert_eq!(
            parse_user_file(&many).unwrap_err(),
            UserFileError::TooMany { line: 1, forms: 33 }
        );
    }
}
