//! Where sentences end, in Chinese and English prose.

use super::{Script, Span};

/// Words that are followed by a full stop and never end a sentence with it.
const ABBREVIATIONS: [&str; 33] = [
    "al", "approx", "ca", "cf", "dept", "dr", "e.g", "eds", "eg", "eqs", "fig", "figs", "i.e", "ie", "inc", "jr",
    "ltd", "mr", "mrs", "prof", "refs", "resp", "sp", "spp", "sr", "st", "subsp", "suppl", "univ", "v.s", "viz", "vs",
    "wt",
];

/// Words whose full stop belongs to them only where a number follows: `No. 5`, `vol. 3`.
const BEFORE_NUMBER: [&str; 16] = [
    "art", "ch", "chap", "ed", "eq", "no", "nos", "p", "para", "pp", "ref", "sec", "ser", "tab", "vol", "vols",
];

/// How far back or ahead a decision may look, in bytes; it keeps the time linear.
const REACH: usize = 24;

/// Whether a character that begins with this byte may end a sentence, or open a quotation.
const MAY_END: [bool; 256] = {
    let mut may_end = [false; 256];
    // `… ‼ ⁇ ⁈ ⁉` begin with E2, `。` with E3, `！ ？ ． ｡` with EF; hardly a Han character does.
    let first_bytes = [b'.', b'!', b'?', b'"', b'\n', 0xE2, 0xE3, 0xEF];
    let mut place = 0;
    while place < first_bytes.len() {
        may_end[first_bytes[place] as usize] = true;
        place += 1;
    }
    may_end
};

/// Cuts a text into its sentences.
///
/// The spans cover the whole text without gaps; white space, closing quotes and brackets, and a bracketed citation
/// number right behind the full stop belong to the sentence before. A blank line always ends a sentence. A full stop
/// inside a number, a code, an initial or an abbreviation ends none. An ASCII full stop between Han characters ends one
/// where white space follows it, or where the text has no `。` at all (some articles print `.` for it).
pub fn sentences(text: &str) -> Vec<Span> {
    let mut scan = Scan {
        text,
        start: 0,
        quoted: false,
        ideographic: text.contains('。'),
    };
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        at += rest.iter().take_while(|byte| !MAY_END[usize::from(**byte)]).count();
        let Some(character) = scan.char_at(at) else { break };
        let next = at + character.len_utf8();
        let (resume, ends) = match character {
            '。' | '｡' | '！' | '？' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉' => {
                scan.mark(at, character)
            }
            '.' | '．' => scan.stop(at, character),
            '\n' => scan.line_end(at),
            '"' => {
                scan.quoted = !scan.quoted;
                (next, false)
            }
            _ => (next, false),
        };
        at = resume.max(next);
        if ends && at < text.len() {
            found.push(Span::new(scan.start, at));
            scan.start = at;
        }
    }
    if scan.start < text.len() {
        found.push(Span::new(scan.start, text.len()));
    }
    found
}

/// The state of one pass over a text.
struct Scan<'t> {
    text: &'t str,
    /// Where the current sentence begins.
    start: usize,
    /// Whether an ASCII double quote is open.
    quoted: bool,
    /// Whether the text has the Chinese full stop.
    ideographic: bool,
}

/// Where to go on, and whether a sentence ends there.
type Decision = (usize, bool);

impl Scan<'_> {
    fn rest(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or_default()
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.rest(at).chars().next()
    }

    fn char_before(&self, at: usize) -> Option<char> {
        self.text.get(..at).and_then(|before| before.chars().next_back())
    }

    /// A mark that ends a sentence by itself.
    fn mark(&mut self, at: usize, mark: char) -> Decision {
        let marks_end = self.skip_while(at, |c| {
            matches!(c, '。' | '｡' | '！' | '？' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉')
        });
        let closed = self.skip_closers(marks_end);
        let closed = self.skip_citation(closed);
        let follower = self.char_at(closed);
        let ends = match follower {
            None => true,
            // The sentence goes on behind an exclamation or a quotation: “真的吗？”，他问。
            Some('，' | ',' | '、' | '；' | ';' | '：' | ':') => false,
            Some('等') if mark == '…' => false,
            Some(c) if mark.is_ascii() => c.is_whitespace() || Script::of(c) == Script::Han,
            Some(_) => true,
        };
        self.decide(closed, ends)
    }

    /// A full stop that is also a decimal point, a mark of abbreviation, and more.
    fn stop(&mut self, at: usize, mark: char) -> Decision {
        let behind = at + mark.len_utf8();
        let before = self.char_before(at);
        let closed = self.skip_closers(behind);
        let closed = self.skip_citation(closed);
        let spaced = self.skip_while(closed, char::is_whitespace);
        let Some(follower) = self.char_at(spaced) else {
            return (self.text.len(), true);
        };
        let wide = mark == '．';
        let between_digits =
            before.is_some_and(|c| c.is_ascii_digit()) && follower.is_ascii_digit() && spaced == behind;
        if between_digits || self.enumerates(at) || self.abbreviates(at, follower) {
            return self.decide(closed, false);
        }
        let before_script = before.map(Script::of);
        let ends = if spaced > closed {
            opens(self.rest(spaced)) || before_script == Some(Script::Han)
        } else if Script::of(follower) == Script::Han {
            wide || !self.ideographic
        } else {
            wide && (before_script == Some(Script::Han) || closed > behind)
        };
        self.decide(closed, ends)
    }

    /// A line break; a second one behind it is a blank line.
    fn line_end(&mut self, at: usize) -> Decision {
        let spaced = self.skip_while(at, char::is_whitespace);
        let blank = self.text.get(at..spaced).is_some_and(|s| s.matches('\n').count() > 1);
        (spaced, blank)
    }

    fn decide(&mut self, closed: usize, ends: bool) -> Decision {
        if !ends {
            return (closed, false);
        }
        self.quoted = false;
        (self.skip_while(closed, char::is_whitespace), true)
    }

    fn skip_while(&self, at: usize, matches: impl Fn(char) -> bool) -> usize {
        let rest = self.rest(at);
        at + rest.find(|c| !matches(c)).unwrap_or(rest.len())
    }

    /// Skips closing quotes and brackets. An ASCII quote closes only where one is open.
    fn skip_closers(&mut self, mut at: usize) -> usize {
        while let Some(c) = self.char_at(at) {
            match c {
                '”' | '’' | '）' | ')' | '》' | '〉' | '」' | '』' | ']' | '］' | '】' | '〕' | '»' => {}
                '"' if self.quoted => self.quoted = false,
                _ => break,
            }
            at += c.len_utf8();
        }
        at
    }

    /// Skips a citation number printed behind the full stop: `.[3-5]`.
    fn skip_citation(&self, at: usize) -> usize {
        let rest = self.rest(at).as_bytes();
        if !matches!(rest.first(), Some(b'[')) {
            return at;
        }
        let inside = rest.iter().skip(1).take(REACH);
        let length = inside
            .take_while(|b| b.is_ascii_digit() || matches!(b, b',' | b'-' | b' '))
            .count();
        let closes = rest.get(length + 1) == Some(&b']');
        if length > 0 && closes { at + length + 2 } else { at }
    }

    /// Whether the sentence so far is only the number or letter of a list item or heading: `1.`, `2.1.`, `a.`.
    fn enumerates(&self, at: usize) -> bool {
        let Some(head) = self.text.get(self.start..at).filter(|head| head.len() <= REACH) else {
            return false;
        };
        let head = head.trim_start().trim_start_matches(['(', '（']);
        let numbers = head
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | '．' | ' '));
        numbers || (head.len() == 1 && head.bytes().all(|b| b.is_ascii_alphabetic()))
    }

    /// Whether the full stop at `at` belongs to the word before it.
    fn abbreviates(&self, at: usize, follower: char) -> bool {
        let bytes = self.text.as_bytes();
        let is_word = |b: &u8| b.is_ascii_alphabetic() || *b == b'.';
        let before = bytes.get(at.saturating_sub(REACH)..at).unwrap_or_default();
        let length = before.iter().rev().take_while(|b| is_word(b)).count();
        let Some(word) = self.text.get(at - length..at).filter(|word| !word.is_empty()) else {
            return false;
        };
        let glued = self
            .char_before(at - length)
            .is_some_and(|c| c.is_ascii_digit() || c == '-');
        let last = word.rsplit('.').next().unwrap_or_default();
        // An initial (J. Smith), or letters with stops between them (U.S.).
        if !glued && last.len() == 1 && last.bytes().all(|b| b.is_ascii_uppercase()) {
            return true;
        }
        let lower = word.trim_start_matches('.').to_ascii_lowercase();
        ABBREVIATIONS.binary_search(&lower.as_str()).is_ok()
            || (follower.is_ascii_digit() && BEFORE_NUMBER.binary_search(&lower.as_str()).is_ok())
    }
}

/// Whether a sentence can begin with this text: a capital, a digit, a Han character or an opening quote or bracket. A
/// small letter opens one where its word has a capital or digit inside (mRNA, iPSCs, p53).
fn opens(text: &str) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    if first.is_lowercase() {
        let word = text
            .chars()
            .skip(1)
            .take(REACH)
            .take_while(|c| c.is_alphanumeric() || *c == '-');
        return word.into_iter().any(|c| c.is_uppercase() || c.is_ascii_digit());
    }
    match Script::of(first) {
        Script::Latin | Script::Greek | Script::Digit | Script::Han | Script::OtherLetter => true,
        Script::Symbol => matches!(
            first,
            '"' | '\''
                | '“'
                | '‘'
                | '('
                | '（'
                | '['
                | '［'
                | '【'
                | '《'
                | '「'
                | '『'
                | '<'
                | '-'
                | '–'
                | '—'
                | '•'
                | '*'
                | '#'
                | '①'..='⑳'
        ),
        Script::Space => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};

    use super::{ABBREVIATIONS, BEFORE_NUMBER, sentences};

    fn cut(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn chinese_marks_end_sentences_with_their_closers_and_space() {
        assert_eq!(
            cut("他来了。“真的吗？”她问！ 好；再见"),
            ["他来了。", "“真的吗？”", "她问！ ", "好；再见"]
        );
        assert_eq!(
            cut("“真的吗？”，他问。(见下。)好"),
            ["“真的吗？”，他问。", "(见下。)", "好"]
        );
        assert_eq!(cut("如甲、乙……等。还有……没有"), ["如甲、乙……等。", "还有……", "没有"]);
        assert_eq!(cut("增高。[3-5]其次"), ["增高。[3-5]", "其次"]);
    }

    #[test]
    fn english_full_stops_end_sentences_before_an_opening() {
        assert_eq!(
            cut("One two. Three (four.) \"Five.\" 6 seven."),
            ["One two. ", "Three (four.) ", "\"Five.\" ", "6 seven."]
        );
        assert_eq!(
            cut("It fell. mRNA rose. and so on"),
            ["It fell. ", "mRNA rose. and so on"]
        );
        assert_eq!(cut("It healed.[12] The rest"), ["It healed.[12] ", "The rest"]);
        assert_eq!(
            cut("Really? Yes! see a.com/?q=1!x"),
            ["Really? ", "Yes! ", "see a.com/?q=1!x"]
        );
    }

    #[test]
    fn full_stops_of_abbreviations_numbers_and_codes_end_nothing() {
        for text in [
            "By J. Smith and A. B. Jones et al. In mice, e.g. Wistar, i.e. White, vs. Controls",
            "See Fig. 3 and No. 5 of vol. 2, approx. 30, cf. Dr. Who",
            "分类号 R587.2 与 3S-125S.e40 及 0.05 和 3.14",
            "Smith et al. 报道了 U.S. Food 的数据",
            "1. Introduction to it",
            "2.1. 方法",
        ] {
            assert_eq!(cut(text), [text]);
        }
        assert_eq!(cut("The answer is no. The end"), ["The answer is no. ", "The end"]);
        assert_eq!(cut("P was 0.05. 结果显著"), ["P was 0.05. ", "结果显著"]);
    }

    #[test]
    fn a_full_stop_between_han_ends_only_where_it_clearly_does() {
        assert_eq!(cut("治疗有效．结果显著．"), ["治疗有效．", "结果显著．"]);
        assert_eq!(cut("治疗有效. 结果显著. 好"), ["治疗有效. ", "结果显著. ", "好"]);
        assert_eq!(cut("治疗有效.结果显著"), ["治疗有效.", "结果显著"]);
        assert_eq!(cut("阿瑟.柯南道尔写了。好"), ["阿瑟.柯南道尔写了。", "好"]);
        assert_eq!(cut("为 0．05 及 12．5 克．其次"), ["为 0．05 及 12．5 克．", "其次"]);
    }

    #[test]
    fn a_blank_line_ends_a_sentence_and_a_line_break_does_not() {
        assert_eq!(cut("one\ntwo\n\nthree"), ["one\ntwo\n\n", "three"]);
        assert_eq!(cut(""), [""; 0]);
        assert_eq!(cut("  "), ["  "]);
    }

    #[test]
    fn word_lists_are_sorted() {
        assert!(ABBREVIATIONS.is_sorted());
        assert!(BEFORE_NUMBER.is_sorted());
    }

    #[test]
    fn time_is_linear_on_adversarial_input() {
        for unit in ["?", ".", ". ", "\n", ".)", "\"", "a.", "。”"] {
            let text = unit.repeat(1 << 17);
            let began = std::time::Instant::now();
            assert!(!sentences(&text).is_empty());
            assert!(began.elapsed().as_secs() < 10, "{unit:?} took {:?}", began.elapsed());
        }
    }

    proptest! {
        #[test]
        fn sentences_cover_the_text_without_gaps(text in prop_oneof![
            any::<String>(),
            proptest::collection::vec(prop_oneof![
                Just("。"), Just("."), Just("．"), Just(" "), Just("\n"), Just("?"), Just("\""), Just("”"), Just(")"),
                Just("[3]"), Just("中"), Just("A"), Just("b"), Just("7"), Just("et al"), Just("…")
            ], 0..40).prop_map(|parts| parts.concat()),
        ]) {
            let spans = sentences(&text);
            let mut at = 0;
            for span in &spans {
                prop_assert_eq!(span.start, at);
                prop_assert!(span.end > span.start);
                prop_assert!(text.get(span.start..span.end).is_some());
                at = span.end;
            }
            prop_assert_eq!(at, text.len());
        }
    }
}
