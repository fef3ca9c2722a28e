//! A folded text that remembers where each of its bytes came from.

use super::character::{Fold, expand, fold_character};
use super::simplified::{simplified_one, simplify_phrases, unchanged};
use crate::text::{Script, Span};

/// A text in folded form, with the way back to the original.
///
/// Folded are: case, width and other compatibility forms, diacritics, dashes, quotes and middle dots, invisible
/// characters, and traditional characters (into simplified ones). Greek letters stay Greek. A superscript plus or minus
/// becomes a plain one, so `CD34⁺` keeps its sign. Folding a folded text changes nothing.
///
/// A value can be reused for many texts with [`Folded::assign`], which keeps its buffers.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    text: String,
    pieces: Vec<Piece>,
    original_len: usize,
}

/// A stretch of characters that all folded from the same length to the same length.
#[derive(Debug, Clone, Copy)]
struct Piece {
    folded: usize,
    original: usize,
    shape: Shape,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Character by character, each as long as before.
    Aligned,
    /// Each character of `original` bytes became `folded` bytes.
    Resized { folded: u8, original: u8 },
    /// Characters that vanished but belong to the one before.
    Joined,
    /// Characters that vanished.
    Dropped,
}

/// Folds a text.
pub fn fold(text: &str) -> Folded {
    let mut folded = Folded::default();
    folded.assign(text);
    folded
}

impl Folded {
    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Folds another text into this value's buffers.
    pub fn assign(&mut self, text: &str) {
        self.text.clear();
        self.text.reserve(text.len());
        self.pieces.clear();
        self.original_len = text.len();
        let mut by_phrase = None;
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let ascii = rest.bytes().position(|b| !b.is_ascii()).unwrap_or(rest.len());
            if ascii > 0 {
                self.push_ascii(at, rest.get(..ascii).unwrap_or_default());
                at += ascii;
                continue;
            }
            let unchanged = unchanged(rest);
            if unchanged > 0 {
                self.enter(at, Shape::Aligned);
                self.text.push_str(rest.get(..unchanged).unwrap_or_default());
                at += unchanged;
                continue;
            }
            let Some(character) = rest.chars().next() else { break };
            let place = self.text.len();
            if self.push(at, character) {
                by_phrase = by_phrase.or(Some(place));
            }
            at += character.len_utf8();
        }
        if let Some(first) = by_phrase {
            simplify_phrases(&mut self.text, first);
        }
    }

    fn push_ascii(&mut self, original: usize, ascii: &str) {
        self.enter(original, Shape::Aligned);
        let from = self.text.len();
        self.text.push_str(ascii);
        if let Some(added) = self.text.get_mut(from..) {
            added.make_ascii_lowercase();
        }
        if ascii.contains('`') {
            let quoted = ascii.to_ascii_lowercase().replace('`', "'");
            self.text.truncate(from);
            self.text.push_str(&quoted);
        }
    }

    /// Adds one character that is not ASCII; says whether its form depends on its phrase.
    fn push(&mut self, original: usize, character: char) -> bool {
        if matches!(character, '\u{4E00}'..='\u{9FFF}') {
            return self.push_han(original, character, character);
        }
        match fold_character(character) {
            Fold::One(folded) if Script::of(folded) == Script::Han => self.push_han(original, character, folded),
            Fold::One(folded) => {
                self.push_one(original, character, folded);
                false
            }
            Fold::Many => {
                let start = self.text.len();
                let mut depends = false;
                let text = &mut self.text;
                expand(character, |c| {
                    let (c, by_phrase) = if Script::of(c) == Script::Han {
                        simplified_one(c)
                    } else {
                        (c, false)
                    };
                    depends |= by_phrase;
                    text.push(c);
                });
                let folded = self.text.len() - start;
                self.enter_at(start, original, resized(folded, character.len_utf8()));
                depends
            }
            Fold::Joined => {
                self.enter(original, Shape::Joined);
                false
            }
            Fold::Dropped => {
                self.enter(original, Shape::Dropped);
                false
            }
        }
    }

    fn push_han(&mut self, original: usize, character: char, folded: char) -> bool {
        let (simple, by_phrase) = simplified_one(folded);
        self.push_one(original, character, simple);
        by_phrase
    }

    fn push_one(&mut self, original: usize, character: char, folded: char) {
        let shape = if folded.len_utf8() == character.len_utf8() {
            Shape::Aligned
        } else {
            resized(folded.len_utf8(), character.len_utf8())
        };
        self.enter(original, shape);
        self.text.push(folded);
    }

    fn enter(&mut self, original: usize, shape: Shape) {
        self.enter_at(self.text.len(), original, shape);
    }

    fn enter_at(&mut self, folded: usize, original: usize, shape: Shape) {
        if self.pieces.last().is_none_or(|last| last.shape != shape) {
            self.pieces.push(Piece {
                folded,
                original,
                shape,
            });
        }
    }

    /// The span of the original text that folded into `span`, widened to whole original characters.
    ///
    /// An empty span gives the empty span at the place it stands; a span outside the folded text is cut to it.
    pub fn original(&self, span: Span) -> Span {
        let start = span.start.min(self.text.len());
        let end = span.end.clamp(start, self.text.len());
        if start == end {
            let at = self.character(start).map_or(self.original_len, |(from, _, _)| from);
            return Span::new(at, at);
        }
        let from = self.character(start).map_or(self.original_len, |(from, _, _)| from);
        let (_, mut to, index) = self
            .character(end - 1)
            .unwrap_or((from, self.original_len, self.pieces.len()));
        // A combining mark behind the last character is part of it.
        if let Some(next) = self.pieces.get(index + 1)
            && next.shape == Shape::Joined
            && next.original == to
        {
            to = self
                .pieces
                .get(index + 2)
                .map_or(self.original_len, |piece| piece.original);
        }
        Span::new(from, to)
    }

    /// The original character that the folded byte `at` came from: its start, its end, and the number of its piece.
    fn character(&self, at: usize) -> Option<(usize, usize, usize)> {
        if at >= self.text.len() {
            return None;
        }
        // Pieces that vanished have the folded start of the piece behind them, so the last one at or before is right.
        let index = self.pieces.partition_point(|piece| piece.folded <= at).checked_sub(1)?;
        let piece = self.pieces.get(index)?;
        let inside = at - piece.folded;
        let (start, end) = match piece.shape {
            Shape::Aligned => {
                let bytes = self.text.as_bytes();
                let mut first = at;
                while first > piece.folded && bytes.get(first).is_some_and(|b| b & 0xC0 == 0x80) {
                    first -= 1;
                }
                let length = bytes.get(first).map_or(1, |b| length_of(*b));
                (first - piece.folded, first - piece.folded + length)
            }
            Shape::Resized { folded, original } => {
                let number = inside / usize::from(folded.max(1));
                (number * usize::from(original), (number + 1) * usize::from(original))
            }
            Shape::Joined | Shape::Dropped => (0, 0),
        };
        Some((piece.original + start, piece.original + end, index))
    }
}

/// Length of the UTF-8 character that begins with this byte.
fn length_of(first: u8) -> usize {
    match first {
        0..=0x7F => 1,
        0x80..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => 4,
    }
}

fn resized(folded: usize, original: usize) -> Shape {
    Shape::Resized {
        folded: u8::try_from(folded).unwrap_or(u8::MAX),
        original: u8::try_from(original).unwrap_or(u8::MAX),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};

    use super::{Folded, fold};
    use crate::text::Span;

    fn folded(text: &str) -> String {
        fold(text).text().to_owned()
    }

    /// The original characters behind the first occurrence of `part` in the folded text.
    fn origin<'t>(text: &'t str, part: &str) -> &'t str {
        let folded = fold(text);
        let start = folded.text().find(part).expect("part is in the folded text");
        folded.original(Span::new(start, start + part.len())).of(text)
    }

    #[test]
    fn one_spelling_for_what_reads_the_same() {
        for (text, expected) in [
            (
                "Sojáková, Ağaoğlu, Øre, Straße, Đorđe, Işık, İ",
                "sojakova, agaoglu, ore, strasse, dorde, isik, i",
            ),
            ("ＣＤ３４＋，（ＭＳＣｓ）：１％", "cd34+,(mscs):1%"),
            (
                "CD34⁺ CD34⁻ CD34− M₁ cm² Ⅱ ﬁne ℃ ½",
                "cd34+ cd34- cd34- m1 cm2 ii fine °c 1/2",
            ),
            ("a–b—c‐d “q” ‘s’ 1\u{a0}000", "a-b-c-d \"q\" 's' 1 000"),
            ("TNF-α µg Κ", "tnf-α μg κ"),
            ("糖尿病足潰瘍 幹細胞", "糖尿病足溃疡 干细胞"),
            (
                "瞭解 瞭望 乾隆年間 乾燥 覆蓋 反覆 藉由",
                "了解 瞭望 乾隆年间 干燥 覆盖 反复 借由",
            ),
            ("显著 相容性 核心 这么 覆盖", "显著 相容性 核心 这么 覆盖"),
            ("e\u{301}t\u{e9} so\u{ad}ft ze\u{200b}ro", "ete soft zero"),
            ("が ガ 한", "が ガ 한"),
        ] {
            assert_eq!(folded(text), expected, "of {text:?}");
        }
    }

    #[test]
    fn a_folded_part_leads_back_to_whole_original_characters() {
        assert_eq!(origin("用ＣＤ３４＋细胞", "cd34+"), "ＣＤ３４＋");
        assert_eq!(origin("治療CD34⁺細胞", "cd34+"), "CD34⁺");
        assert_eq!(origin("治療CD34⁺細胞", "细胞"), "細胞");
        assert_eq!(origin("die Straße dort", "s"), "S");
        assert_eq!(origin("die xyßz", "ss"), "ß");
        assert_eq!(origin("die xyßz", "yssz"), "yßz");
        assert_eq!(origin("e\u{301}te", "e"), "e\u{301}");
        assert_eq!(origin("so\u{ad}ft", "soft"), "so\u{ad}ft");
        assert_eq!(origin("so\u{ad}ft", "so"), "so");
        assert_eq!(fold("ab").original(Span::new(7, 9)), Span::new(2, 2));
    }

    #[test]
    fn every_character_folds_to_something_that_folds_no_further() {
        let mut once = Folded::default();
        let mut twice = Folded::default();
        for character in '\0'..=char::MAX {
            let mut buffer = [0; 4];
            once.assign(character.encode_utf8(&mut buffer));
            twice.assign(once.text());
            assert_eq!(
                once.text(),
                twice.text(),
                "of {character:?} U+{:04X}",
                u32::from(character)
            );
        }
    }

    #[test]
    fn time_is_linear_on_adversarial_input() {
        for unit in ["中", "覆", "瞭解", "ß", "\u{301}", "é", "𠀀", "`a"] {
            let text = unit.repeat((1 << 18) / unit.len());
            let began = std::time::Instant::now();
            let folded = fold(&text);
            let all = folded.original(Span::new(0, folded.text().len()));
            assert!(all.end <= text.len());
            assert!(began.elapsed().as_secs() < 10, "{unit:?} took {:?}", began.elapsed());
        }
    }

    proptest! {
        #[test]
        fn folding_is_idempotent_and_spans_are_exact_and_monotone(text in prop_oneof![
            any::<String>(),
            proptest::collection::vec(prop_oneof![
                Just("瞭"), Just("解"), Just("乾"), Just("縣"), Just("隆"), Just("反"), Just("覆"), Just("蓋"), Just("藉"),
                Just("噁"), Just("二"), Just("英"), Just("么"), Just("麼"), Just("ß"), Just("é"), Just("e\u{301}"),
                Just("，"), Just("Ａ"), Just("⁺"), Just("\u{f900}"), Just("\u{ad}"), Just("ﬁ"), Just("x"), Just("徵")
            ], 0..24).prop_map(|parts| parts.concat()),
        ]) {
            let folded = fold(&text);
            let twice = fold(folded.text());
            prop_assert_eq!(twice.text(), folded.text());
            let mut before = Span::new(0, 0);
            for (start, character) in folded.text().char_indices() {
                let span = folded.original(Span::new(start, start + character.len_utf8()));
                prop_assert!(!span.is_empty());
                prop_assert!(text.get(span.start..span.end).is_some());
                prop_assert!(span.start >= before.start && span.end >= before.end);
                // A character that became several is the origin of each of them; any other begins where one ended.
                prop_assert!(span == before || span.start >= before.end);
                before = span;
            }
        }
    }
}
