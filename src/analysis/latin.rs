//! A run of letters and digits: where it ends, and the pieces it is made of.

use super::runs::{Class, char_at};
use crate::text::{Folded, Span};

/// The longest run in bytes that is taken as one; longer ones are cut. It bounds the length of a term.
pub(super) const LONGEST: usize = 128;

/// The longest name in bytes that a number behind a loose hyphen may belong to.
const LONGEST_LOOSE: usize = 8;

/// The longest rest in bytes of a word that a line once broke.
const LONGEST_REST: usize = 24;
/// Words behind the hyphen of a part that another word completes: `T- and B-cells`.
const SUSPENDED: [&str; 3] = ["and", "or", "to"];

/// How a segment is tied to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// By a hyphen.
    Hyphen,
    /// By a slash.
    Slash,
    /// By nothing that is kept: apostrophe, middle dot, bracket, a change to or from Greek; and the first segment.
    Nothing,
    /// By the comma or space that groups digits in threes.
    Thousands,
    /// By a hyphen with white space beside it, which OCR and typesetting leave inside names (TNF -α, PD - 1): perhaps
    /// one name, perhaps two.
    Loose,
}

/// A piece of a run without a joint inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Segment {
    /// First byte in the folded text.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// The tie to the segment before.
    pub(super) joint: Joint,
    /// Whether it has a digit.
    pub(super) digit: bool,
    /// Whether it has a letter.
    pub(super) letter: bool,
    /// Whether it consists of Greek letters.
    pub(super) greek: bool,
}

/// A run of letters and digits. The value is reused for run after run.
#[derive(Debug, Default)]
pub(super) struct LatinRun {
    /// The pieces, at least one after a scan.
    pub(super) segments: Vec<Segment>,
    /// The plus or minus signs that may belong to the end of the run.
    pub(super) sign: Option<Sign>,
    /// Where a percent sign right behind a number ends.
    pub(super) percent: Option<usize>,
}

/// Plus or minus at the end of a run: CD34+, CD34-, C++.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sign {
    /// The sign, in the folded text.
    pub(super) text: &'static str,
    /// One past the last byte of the sign, a closing bracket included.
    pub(super) end: usize,
    /// Whether the sign only counts when it is printed as a minus, not as a hyphen.
    pub(super) doubtful: bool,
    /// Whether white space stands before it (CD34 +细胞): a passage is found by it, too, but a query doesn't mean it.
    pub(super) loose: bool,
}

impl LatinRun {
    /// Reads the run that begins at byte `at` of a folded text; says where it ends.
    pub(super) fn scan(&mut self, folded: &Folded, original: &str, at: usize) -> usize {
        let text = folded.text();
        self.segments.clear();
        self.sign = None;
        self.percent = None;
        let mut joint = Joint::Nothing;
        let mut start = at;
        let mut bracket = None;
        loop {
            let end = self.segment(text, start, joint, at + LONGEST);
            if bracket.take() == Some(end) {
                // The bracket of 25(OH)D closes here.
                start = end + 1;
                joint = Joint::Nothing;
                continue;
            }
            if end >= at + LONGEST {
                return end;
            }
            match self.connect(text, end) {
                Connection::End => {
                    let Some(from) = self.loose(folded, original, end) else {
                        return self.finish(text, end);
                    };
                    start = from;
                    joint = Joint::Loose;
                }
                Connection::Possessive(end) => return end,
                Connection::Segment { from, by } => {
                    start = from;
                    joint = by;
                }
                Connection::Bracket { from, closes } => {
                    start = from;
                    joint = Joint::Nothing;
                    bracket = Some(closes);
                }
            }
        }
    }

    /// Reads one segment and says where it ends.
    fn segment(&mut self, text: &str, start: usize, joint: Joint, limit: usize) -> usize {
        let mut segment = Segment {
            start,
            end: start,
            joint,
            digit: false,
            letter: false,
            greek: false,
        };
        while let Some(character) = char_at(text, segment.end).filter(|_| segment.end < limit || segment.end == start) {
            let class = Class::of(character);
            let length = character.len_utf8();
            match class {
                Class::Greek if !segment.letter && !segment.digit => segment.greek = true,
                Class::Letter if !segment.greek => segment.letter = true,
                Class::Digit if !segment.greek => segment.digit = true,
                // A decimal point.
                Class::Mark
                    if character == '.'
                        && byte(text, segment.end.wrapping_sub(1)).is_ascii_digit()
                        && segment.end > start
                        && byte(text, segment.end + 1).is_ascii_digit() => {}
                _ => break,
            }
            segment.end += length;
        }
        let end = segment.end;
        self.segments.push(segment);
        end
    }

    /// What ties the run to what follows at `end`.
    fn connect(&self, text: &str, end: usize) -> Connection {
        let Some(last) = self.segments.last() else {
            return Connection::End;
        };
        let Some(mark) = char_at(text, end) else {
            return Connection::End;
        };
        let behind = end + mark.len_utf8();
        let next = char_at(text, behind).map_or(Class::Mark, Class::of);
        let segment = |from, by| Connection::Segment { from, by };
        match mark {
            '-' if next.is_core() => segment(behind, Joint::Hyphen),
            // Typed in place of a raised number: 10^6 is 10⁶, 10^-6 is 10⁻⁶.
            '^' if next == Class::Digit => segment(behind, Joint::Nothing),
            '^' if byte(text, behind) == b'-' && byte(text, behind + 1).is_ascii_digit() => {
                segment(behind + 1, Joint::Hyphen)
            }
            '/' if next.is_core() => segment(behind, Joint::Slash),
            '·' if next.is_core() => segment(behind, Joint::Nothing),
            '\'' if last.letter && next == Class::Letter => {
                let possessive = byte(text, behind) == b's' && !char_at(text, behind + 1).is_some_and(is_core);
                if possessive {
                    Connection::Possessive(behind + 1)
                } else {
                    segment(behind, Joint::Nothing)
                }
            }
            // Initials with stops between them (U.S.A.), but not words that lack a space behind the full stop.
            '.' if last.letter && last.end - last.start == 1 && next == Class::Letter => {
                let single = !char_at(text, behind + 1).is_some_and(is_core);
                if single {
                    segment(behind, Joint::Nothing)
                } else {
                    Connection::End
                }
            }
            ',' | ' ' if self.groups_thousands(text, end, mark) => segment(behind, Joint::Thousands),
            '(' => self.bracket(text, end),
            _ if Class::of(mark).is_core() => segment(end, Joint::Nothing),
            _ => Connection::End,
        }
    }

    /// Where the rest of a name begins that may have come apart at `end`: at a hyphen with a blank before or behind it,
    /// between a name and a Greek letter, a short number, or two symbols.
    fn loose(&self, folded: &Folded, original: &str, end: usize) -> Option<usize> {
        let text = folded.text();
        let hyphen = end + usize::from(byte(text, end) == b' ');
        let from = hyphen + 1 + usize::from(byte(text, hyphen + 1) == b' ');
        if byte(text, hyphen) != b'-' || from - end < 2 {
            return None;
        }
        let (first, last) = (self.segments.first()?, self.segments.last()?);
        let rest = core_at(text, from);
        let begins = Class::of(rest.chars().next()?);
        let short = end - first.start <= LONGEST_LOOSE;
        let number = begins == Class::Digit
            && rest.len() <= 3
            && rest.bytes().all(|byte| byte.is_ascii_digit())
            && !goes_on(text, from + rest.len());
        let printed = |from: usize, to: usize| folded.original(Span::new(from, to)).of(original);
        let symbol = || is_symbol(printed(first.start, end));
        let joins = match begins {
            Class::Greek => last.letter,
            _ if number => last.letter && (short || symbol()),
            _ => symbol() && is_symbol(printed(from, from + rest.len())),
        };
        (joins && !is_dash(printed(hyphen, hyphen + 1))).then_some(from)
    }

    /// What stands behind white space and may be the rest of this run: the raised or lowered end of a name, or the rest
    /// of a word that a line once broke.
    pub(super) fn rest_behind(&self, folded: &Folded, original: &str) -> Option<Segment> {
        match byte(folded.text(), self.segments.last()?.end) {
            b' ' => self.index_behind(folded, original),
            b'-' => self.word_behind(folded, original),
            _ => None,
        }
    }

    /// The rest of a word behind the hyphen of a line that is no more: `mesen- chymal`, but not `pre- and postoperative`.
    fn word_behind(&self, folded: &Folded, original: &str) -> Option<Segment> {
        let text = folded.text();
        let [word] = self.segments.as_slice() else { return None };
        let start = word.end + 2;
        if !word.letter
            || word.digit
            || word.end - word.start < 2
            || self.sign.is_some()
            || byte(text, start - 1) != b' '
        {
            return None;
        }
        let rest = core_at(text, start);
        let end = start + rest.len();
        let printed = folded.original(Span::new(start, end)).of(original);
        let small = (2..=LONGEST_REST).contains(&rest.len()) && printed.bytes().all(|byte| byte.is_ascii_lowercase());
        (small && !SUSPENDED.contains(&rest)).then_some(Segment {
            start,
            end,
            joint: Joint::Nothing,
            digit: false,
            letter: true,
            greek: false,
        })
    }

    /// The raised or lowered end of a name behind one blank: `TGF-β 1`, `NF-κ B`, `IL-1 β`, `HbA 1c`, `CO 2`.
    fn index_behind(&self, folded: &Folded, original: &str) -> Option<Segment> {
        let text = folded.text();
        let (first, last) = (self.segments.first()?, self.segments.last()?);
        let start = last.end + 1;
        if self.sign.is_some() || self.percent.is_some() {
            return None;
        }
        let rest = core_at(text, start);
        let end = start + rest.len();
        if goes_on(text, end) {
            return None;
        }
        let printed = |from: usize, to: usize| folded.original(Span::new(from, to)).of(original);
        let letter = rest.bytes().any(|byte| byte.is_ascii_alphabetic());
        let digit = rest.bytes().any(|byte| byte.is_ascii_digit());
        let greek = rest.chars().next().map(Class::of) == Some(Class::Greek);
        let one = rest.chars().count() == 1;
        let number = digit && !letter && rest.len() <= 2 && rest.is_ascii();
        let ends = if last.greek {
            let capital = one && letter && printed(start, end).chars().all(char::is_uppercase);
            self.segments.len() > 1 && (number || capital)
        } else {
            let numbered = letter && rest.len() <= 3 && rest.starts_with(|next: char| next.is_ascii_digit());
            let short = last.end - first.start <= LONGEST_LOOSE;
            short && (greek && one || number || numbered) && is_symbol(printed(first.start, last.end))
        };
        ends.then_some(Segment {
            start,
            end,
            joint: Joint::Nothing,
            digit,
            letter,
            greek,
        })
    }

    /// Whether the comma or space at `at` groups digits in threes: 10,000 and 10 000. A space joins a group of three
    /// before it only where the one behind is 000, so that a row of numbers stays a row.
    fn groups_thousands(&self, text: &str, at: usize, mark: char) -> bool {
        let Some(last) = self.segments.last() else { return false };
        let before = text.get(last.start..last.end).unwrap_or_default();
        let behind = text.get(at + 1..at + 4).unwrap_or_default();
        let all_digits = |s: &str| s.len() <= 3 && !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(before) || behind.len() != 3 || !all_digits(behind) {
            return false;
        }
        let after = char_at(text, at + 4);
        if after.is_some_and(|c| is_core(c) || c == '-') {
            return false;
        }
        if last.joint == Joint::Thousands {
            return byte(text, last.start - 1) == mark as u8;
        }
        let alone = self.segments.len() == 1 && !before.starts_with('0');
        let glued = text
            .get(..last.start)
            .and_then(|t| t.chars().next_back())
            .is_some_and(|c| matches!(c, '.' | ','));
        let row = mark == ' ' && (before.len() == 3 && behind != "000");
        alone && !glued && !row
    }

    /// A short group in brackets inside a symbol: 25(OH)D, Ca(OH)2.
    fn bracket(&self, text: &str, at: usize) -> Connection {
        let symbol = self.segments.len() == 1
            && self
                .segments
                .last()
                .is_some_and(|s| s.digit || (s.letter && s.end - s.start <= 2));
        let inside = (1..=3).find(|length| byte(text, at + 1 + length) == b')');
        let Some(length) = inside.filter(|_| symbol) else {
            return Connection::End;
        };
        let group = text.get(at + 1..at + 1 + length).unwrap_or_default();
        let after = text.get(at + 2 + length..).unwrap_or_default();
        let tail = after.chars().take(3).take_while(|c| is_core(*c)).count();
        if group.is_empty() || !group.bytes().all(|b| b.is_ascii_alphanumeric()) || !(1..=2).contains(&tail) {
            return Connection::End;
        }
        Connection::Bracket {
            from: at + 1,
            closes: at + 1 + length,
        }
    }

    /// Takes the signs behind the run.
    fn finish(&mut self, text: &str, end: usize) -> usize {
        let Some(last) = self.segments.last() else { return end };
        let number = last.digit && !last.letter;
        if number && byte(text, end) == b'%' {
            self.percent = Some(end + 1);
            return end + 1;
        }
        let symbol = last.digit && last.letter;
        let (opened, at) = if byte(text, end) == b'(' {
            (true, end + 1)
        } else {
            (false, end)
        };
        let sign = byte(text, at);
        if symbol && sign == b' ' && is_loose_sign(text, at + 1) {
            self.sign = Some(Sign {
                text: if byte(text, at + 1) == b'+' { "+" } else { "-" },
                end: at + 2,
                doubtful: false,
                loose: true,
            });
            return at + 2;
        }
        let mut sign_end = at + 1;
        let text_of_sign = match sign {
            b'+' if byte(text, at + 1) == b'+' && !opened => {
                sign_end += 1;
                "++"
            }
            b'+' => "+",
            b'-' => "-",
            _ => return end,
        };
        let next = char_at(text, sign_end);
        if opened {
            if next != Some(')') || !symbol {
                return end;
            }
            sign_end += 1;
        } else if sign == b'+' {
            let stacked = symbol && next.map(Class::of) == Some(Class::Letter);
            if next.is_some_and(|c| is_core(c) || c == '+') && !stacked {
                return end;
            }
        } else if number || matches!(next, Some('-' | '\n' | '\r')) || next.is_some_and(is_core) {
            return end;
        }
        self.sign = Some(Sign {
            text: text_of_sign,
            end: sign_end,
            doubtful: sign == b'-' && !symbol,
            loose: false,
        });
        sign_end
    }

    /// Drops a sign that, in the original, is only a hyphen or a dash.
    pub(super) fn settle_sign(&mut self, folded: &Folded, original: &str) {
        let Some(sign) = self.sign.filter(|sign| sign.text == "-") else {
            return;
        };
        let printed = folded.original(Span::new(sign.end - 1, sign.end)).of(original);
        let minus = matches!(printed, "−" | "⁻" | "₋");
        if is_dash(printed) || (sign.doubtful && !minus) {
            self.sign = None;
        }
    }

    /// The whole run in the folded text, with a sign of it.
    pub(super) fn span(&self, sign: Option<Sign>) -> Span {
        let start = self.segments.first().map_or(0, |s| s.start);
        let end = sign.map(|sign| sign.end).or(self.segments.last().map(|s| s.end));
        Span::new(start, end.unwrap_or(start))
    }
}

enum Connection {
    End,
    /// The run ends, and an English possessive ending behind it is passed over up to here.
    Possessive(usize),
    Segment {
        from: usize,
        by: Joint,
    },
    Bracket {
        from: usize,
        closes: usize,
    },
}

fn is_core(character: char) -> bool {
    Class::of(character).is_core()
}

/// The letters and digits that begin at a place.
fn core_at(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    rest.split(|next| !is_core(next)).next().unwrap_or_default()
}

/// Whether a number that ends at a place is a part of a longer one, or a share or a span: `0.5`, `1,000`, `5%`, `10-20`.
fn goes_on(text: &str, end: usize) -> bool {
    match byte(text, end) {
        b'.' | b',' => byte(text, end + 1).is_ascii_digit(),
        b'%' | b'-' => true,
        _ => false,
    }
}

fn is_dash(printed: &str) -> bool {
    matches!(printed, "—" | "–" | "―" | "‒")
}

/// Whether letters are printed as a symbol rather than a word: with a digit among them, or two capitals.
pub fn is_symbol(printed: &str) -> bool {
    let capitals = printed.chars().filter(|letter| letter.is_uppercase()).count();
    let digits = printed.chars().any(|letter| letter.is_ascii_digit());
    printed.chars().any(char::is_alphabetic) && (digits || capitals > 1)
}

/// Whether the sign at a place, with a blank before it, may belong to the symbol before that: a minus only before Han,
/// a plus not where something else is added (CD4 + CD8) and not in `+/-`.
fn is_loose_sign(text: &str, at: usize) -> bool {
    let next = char_at(text, at + 1).map_or(Class::Mark, Class::of);
    match byte(text, at) {
        b'-' => next == Class::Han,
        b'+' if next == Class::Space => {
            let added = core_at(text, at + 2);
            !added.contains(|next: char| next.is_ascii_digit()) && !added.is_empty()
                || char_at(text, at + 2).map(Class::of) == Some(Class::Han)
        }
        b'+' => matches!(next, Class::Han | Class::Letter),
        _ => false,
    }
}

/// The byte at a place, or 0 outside the text.
fn byte(text: &str, at: usize) -> u8 {
    text.as_bytes().get(at).copied().unwrap_or(0)
}
