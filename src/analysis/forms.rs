//! The terms of a run of letters and digits: the squeezed canonical form, its groups and its parts.

use super::greek;
use super::latin::{Joint, LatinRun, Segment};
use super::stem::{drop_plural, singular, stem_in_place};
use crate::text::{Folded, Span};

/// Greek letters in a row that are still symbols; more are a word in Greek.
const SYMBOLS: usize = 2;

/// What is done to the end of an alphabetic form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// The English stem.
    Stem,
    /// The plural s is dropped, nothing more.
    Singular,
}

/// Which forms of a run are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Every form: what a document is found by.
    All,
    /// The forms a query asks for: a symbol only as a whole, a compound of plain words also by them.
    Asked,
    /// The canonical form.
    Canonical,
}

/// The one form of a plain word, written into `term`.
pub(super) fn of_word(word: &str, ending: Ending, term: &mut String) {
    term.clear();
    term.push_str(singular(word));
    if ending == Ending::Stem {
        stem_in_place(term, 0);
    }
}

/// A run in its text, ready to give its forms.
pub(super) struct Forms<'a> {
    /// The run.
    pub(super) run: &'a LatinRun,
    /// The text it is in.
    pub(super) folded: &'a Folded,
    /// The original of that text.
    pub(super) original: &'a str,
    /// What is done to endings.
    pub(super) ending: Ending,
}

impl Forms<'_> {
    /// Hands each form to `sink` with its span in the folded text; the canonical form first, no form twice. The
    /// buffers are overwritten.
    pub(super) fn each(&self, wanted: Wanted, buffers: &mut Buffers, sink: &mut dyn FnMut(&str, Span)) {
        self.of_run(wanted, buffers, sink);
        if wanted == Wanted::All
            && let Some(rest) = self.run.rest_behind(self.folded, self.original)
        {
            let whole = [self.run.segments.as_slice(), &[rest]].concat();
            buffers.part.clear();
            self.write(&whole, &mut buffers.part);
            let start = whole.first().map_or(rest.start, |first| first.start);
            sink(&buffers.part, Span::new(start, rest.end));
        }
    }

    fn of_run(&self, wanted: Wanted, buffers: &mut Buffers, sink: &mut dyn FnMut(&str, Span)) {
        let segments = self.run.segments.as_slice();
        buffers.term.clear();
        self.write(segments, &mut buffers.term);
        let all = wanted == Wanted::All;
        let sign = self.run.sign.filter(|sign| all || !sign.loose);
        if let Some(sign) = sign {
            buffers.term.push_str(sign.text);
        }
        sink(&buffers.term, self.run.span(sign));
        if wanted == Wanted::Canonical {
            return;
        }
        if let (Some(end), Some(last)) = (self.run.percent, segments.last()) {
            buffers.part.clear();
            self.write_plain(last, &mut buffers.part);
            buffers.part.push('%');
            sink(&buffers.part, Span::new(last.start, end));
        }
        if segments.len() < 2 && !(all && sign.is_some()) {
            return;
        }
        buffers.seen.clear();
        buffers.seen.push_str(&buffers.term);
        buffers.seen.push(' ');
        let mut at = 0;
        while at < segments.len() {
            let length = self.group(segments.get(at..).unwrap_or_default());
            let group = segments.get(at..at + length).unwrap_or_default();
            at += length;
            if all || length < segments.len() {
                self.part(group, buffers, sink);
            }
            if all && length > 1 {
                for segment in group {
                    self.part(std::slice::from_ref(segment), buffers, sink);
                }
            }
        }
    }

    /// How many segments from the first on stand for one thing: a symbol cut by hyphens, or one plain word.
    fn group(&self, segments: &[Segment]) -> usize {
        let tied = |segment: &Segment, before: &Segment| match segment.joint {
            Joint::Slash | Joint::Loose => false,
            Joint::Hyphen => segment.letter || segment.greek || before.letter || before.greek,
            Joint::Thousands | Joint::Nothing => true,
        };
        let mut length = 1;
        while let (Some(before), Some(segment)) = (segments.get(length - 1), segments.get(length)) {
            let glued = matches!(segment.joint, Joint::Thousands | Joint::Nothing) && !segment.greek && !before.greek;
            if !glued && (!tied(segment, before) || self.is_plain(segment) || self.is_plain(before)) {
                break;
            }
            length += 1;
        }
        length
    }

    /// Whether a segment is an ordinary word: three letters or more, no capital behind the first, no Greek letter's name.
    fn is_plain(&self, segment: &Segment) -> bool {
        if segment.digit || segment.greek || segment.end - segment.start < 3 {
            return false;
        }
        let printed = self
            .folded
            .original(Span::new(segment.start, segment.end))
            .of(self.original);
        let word = self.folded.text().get(segment.start..segment.end).unwrap_or_default();
        !printed.chars().skip(1).any(char::is_uppercase) && !greek::is_name(word)
    }

    fn part(&self, segments: &[Segment], buffers: &mut Buffers, sink: &mut dyn FnMut(&str, Span)) {
        let (Some(first), Some(last)) = (segments.first(), segments.last()) else {
            return;
        };
        buffers.part.clear();
        self.write(segments, &mut buffers.part);
        if buffers.seen.split(' ').any(|seen| seen == buffers.part) {
            return;
        }
        buffers.seen.push_str(&buffers.part);
        buffers.seen.push(' ');
        sink(&buffers.part, Span::new(first.start, last.end));
    }

    /// Appends the squeezed form of segments.
    fn write(&self, segments: &[Segment], into: &mut String) {
        let from = into.len();
        let mut letters = true;
        for (index, segment) in segments.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|i| segments.get(i));
            // Between digits the mark has a meaning: 10-20 is not 1020, 1/2 not 12.
            let digits = before.is_some_and(|b| b.digit && !b.letter) && segment.digit && !segment.letter;
            match segment.joint {
                Joint::Hyphen if digits => into.push('-'),
                Joint::Slash if digits => into.push('/'),
                _ => {}
            }
            letters &= segment.letter || segment.greek;
            letters &= !segment.digit;
            self.write_plain(segment, into);
        }
        let ends_in_letter = segments.last().is_some_and(|s| s.letter);
        if ends_in_letter {
            drop_plural(into, from);
        }
        let ascii = into
            .as_bytes()
            .get(from..)
            .is_some_and(|word| word.iter().all(u8::is_ascii_lowercase));
        if self.ending == Ending::Stem && letters && ascii {
            stem_in_place(into, from);
        }
    }

    /// Appends one segment, Greek letters by their names.
    fn write_plain(&self, segment: &Segment, into: &mut String) {
        let text = self.folded.text().get(segment.start..segment.end).unwrap_or_default();
        if segment.greek && text.chars().count() <= SYMBOLS {
            for letter in text.chars() {
                match greek::name(letter) {
                    Some(name) => into.push_str(name),
                    None => into.push(letter),
                }
            }
        } else {
            into.push_str(text);
        }
    }
}

/// Strings reused from run to run.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    pub(super) term: String,
    part: String,
    seen: String,
}
