//! Reads a query string strictly: what is not well-formed is refused, never replaced.

use super::problem::{FieldFault, Problem, ProblemKind};

/// The most parameters in one query string.
const MOST: usize = 64;

/// The names and values of a query string, decoded, in order.
pub(crate) fn read(query: &str) -> Result<Vec<(String, String)>, Problem> {
    let mut pairs = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        if pairs.len() == MOST {
            let detail = format!("The query string has more than {MOST} parameters.");
            return Err(Problem::new(ProblemKind::MalformedRequest, detail));
        }
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decode(name).map_err(|message| fault("query string", message))?;
        let value = decode(value).map_err(|message| fault(&name, message))?;
        pairs.push((name, value));
    }
    Ok(pairs)
}

fn fault(field: &str, message: &str) -> Problem {
    Problem::invalid_parameters(vec![FieldFault::new(field, message, "UTF-8 text, percent-encoded")])
}

fn decode(raw: &str) -> Result<String, &'static str> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || rest.next().and_then(|byte| char::from(byte).to_digit(16));
                let (Some(high), Some(low)) = (digit(), digit()) else {
                    return Err("a % is not followed by two hexadecimal digits");
                };
                (high * 16 + low) as u8
            }
            other => other,
        });
    }
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_plus_percent_and_han() {
        let pairs = read("q=%E8%83%8E%E7%9B%98+CD34%2B&&flag").unwrap();
        let expected = [("q", "胎盘 CD34+"), ("flag", "")];
        assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[test]
    fn refuses_broken_escapes_and_other_encodings() {
        // B9 FA is 国 in GB18030.
        for broken in ["q=%", "q=%4", "q=%zz", "q=%B9%FA", "%FF=1"] {
            assert!(read(broken).is_err(), "{broken}");
        }
    }
}
