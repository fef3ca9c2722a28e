//! What of a query a text holds: highlights, and for each unit of the query how well it was found.
//!
//! One walk over the text serves both. Whatever engine found the text, the same text and query give the same findings.

use std::collections::HashMap;

use crate::analysis::{Analyzer, Mode, stem};
use crate::text::{Script, Span, sentences};

/// What a unit counts that is found only in the headings above the text, or only in what it cites.
const ABOVE: f32 = 0.7;
/// How much of a form's pairs must be found for it to count at all.
const LEAST_SHARE: f32 = 0.5;
/// What a form counts of which only some pairs were found.
const PARTLY: f32 = 0.5;
/// What a word of one Chinese character counts: it may stand inside another word.
const INSIDE: f32 = 0.7;
/// What a unit says at least to be shown where it was found, as a share of what the weightiest does.
const SHOWN: f32 = 0.12;
/// What a term of several words counts of which only the words were found, not the whole.
const IN_PARTS: f32 = 0.6;

/// A unit of the query as it is looked for in texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Sought {
    /// How much information it carries: its rarity times what it counts in the query.
    pub information: f32,
    /// The same by its rarity in general texts alone: what all of a corpus is about says nothing there, and is what a
    /// reader looks for all the same.
    pub general: f32,
    /// The forms it is found by, each with what that form counts (0..1].
    pub forms: Vec<(String, f32)>,
    /// The words it is made of, where it is a term of several; these have no parts of their own.
    pub parts: Vec<Sought>,
}

/// Finds the units of one query in texts.
#[derive(Debug, Clone, Default)]
pub struct Finder {
    /// What each unit carries; the words of terms of several come after all units.
    units: Vec<f32>,
    /// The words of terms of several: the unit each belongs to, in the order in which they come after the units.
    parts_of: Vec<usize>,
    forms: Vec<Form>,
    /// The grams of all forms: which form, and which of its grams.
    grams: HashMap<String, Vec<(usize, u32)>>,
    /// Units that are one Chinese character as typed, with the form each is: the pairs of a text don't show it.
    singles: Vec<(String, usize)>,
    /// A quick look whether a gram, or the start of an English word, may be among them.
    kept: Sieve,
}

#[derive(Debug, Clone)]
struct Form {
    unit: usize,
    counts: f32,
    grams: u32,
    /// Whether its being found is shown.
    shown: bool,
}

/// The letters by which an English word and its stem are known to begin alike.
const STEM_START: usize = 3;

/// A set of short texts that is sometimes wrong in saying yes, and never in saying no.
#[derive(Debug, Clone)]
struct Sieve([u64; 64]);

impl Default for Sieve {
    fn default() -> Self {
        Self([0; 64])
    }
}

impl Sieve {
    fn add(&mut self, text: &str) {
        let (word, bit) = Self::place(text);
        if let Some(word) = self.0.get_mut(word) {
            *word |= bit;
        }
    }

    fn has(&self, text: &str) -> bool {
        let (word, bit) = Self::place(text);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }

    /// Which bit a text has, by its first eight bytes and its length: twelve bits of a multiplicative hash.
    fn place(text: &str) -> (usize, u64) {
        let mut start = [0u8; 8];
        for (to, from) in start.iter_mut().zip(text.bytes()) {
            *to = from;
        }
        let mixed = (u64::from_le_bytes(start) ^ text.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        ((mixed >> 58) as usize, 1 << ((mixed >> 52) & 63))
    }
}

/// What of a query one text holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings {
    /// Where, in reading order; what touches or overlaps is one span.
    pub highlights: Vec<Span>,
    /// Share of the query's information that was found, 0..1.
    pub share: f32,
    /// The largest share found in two sentences that follow one another, 0..1; never more than `share`.
    pub together: f32,
}

impl Finder {
    /// A finder for these units; words of little weight are found but not shown.
    pub fn new(analyzer: &Analyzer, units: &[Sought]) -> Self {
        let mut finder = Self {
            units: units.iter().map(|unit| unit.information).collect(),
            ..Self::default()
        };
        let most = |says: fn(&Sought) -> f32| SHOWN * units.iter().map(says).fold(0.0, f32::max);
        let (information, general) = (most(|unit| unit.information), most(|unit| unit.general));
        for (unit, sought) in units.iter().enumerate() {
            let shown = sought.information >= information || sought.general >= general;
            finder.add_forms(analyzer, unit, sought, shown);
        }
        for (unit, sought) in units.iter().enumerate() {
            for part in &sought.parts {
                let number = finder.units.len();
                finder.units.push(part.information);
                finder.parts_of.push(unit);
                finder.add_forms(analyzer, number, part, false);
            }
        }
        finder
    }

    fn add_forms(&mut self, analyzer: &Analyzer, unit: usize, sought: &Sought, shown: bool) {
        for (place, (form, counts)) in sought.forms.iter().enumerate() {
            let number = self.forms.len();
            // The first form is the unit as typed. Of another name a single character is too little: most are part of
            // many words.
            let single = place == 0 && is_one_han(form);
            let counts = if single { counts * INSIDE } else { *counts };
            self.add(analyzer, unit, (form, counts), shown);
            if single && self.forms.len() > number {
                analyzer.chars(form, |token| self.singles.push((token.term.to_owned(), number)));
            }
        }
    }

    fn add(&mut self, analyzer: &Analyzer, unit: usize, (form, counts): (&str, f32), shown: bool) {
        let number = self.forms.len();
        let mut count = 0;
        analyzer.grams(form, Mode::Query, |token| {
            if count < 31 {
                let kept = found_by(token.term);
                self.kept.add(&kept);
                // A stem may begin otherwise than its word: dying, die.
                for start in [kept.as_str(), token.term]
                    .into_iter()
                    .filter_map(|word| word.get(..STEM_START))
                {
                    self.kept.add(start);
                }
                self.grams.entry(kept).or_default().push((number, count));
                count += 1;
            }
        });
        if count == 0 {
            return;
        }
        self.forms.push(Form {
            unit,
            counts,
            grams: count,
            shown,
        });
    }

    /// What `text` holds of the query; `above` is what stands over it (titles of its sections) or is said of it.
    pub fn find(&self, analyzer: &Analyzer, text: &str, above: &str) -> Findings {
        let mut marks: Vec<(Span, usize)> = Vec::new();
        let mut whole = vec![0u32; self.forms.len()];
        let mut hits: Vec<(usize, usize, u32)> = Vec::new();
        analyzer.grams_kept(
            text,
            |term| self.may_have(term),
            |token| {
                for &(form, gram) in self.lookup(token.term) {
                    if let Some(bits) = whole.get_mut(form) {
                        *bits |= 1 << gram;
                    }
                    hits.push((token.span.start, form, gram));
                    marks.push((token.span, form));
                }
            },
        );
        if !self.singles.is_empty() {
            self.each_single(analyzer, text, |span, form| {
                if let Some(bits) = whole.get_mut(form) {
                    *bits |= 1;
                }
                hits.push((span.start, form, 0));
                marks.push((span, form));
            });
            hits.sort_by_key(|(start, ..)| *start);
            marks.sort_by_key(|(span, _)| (span.start, span.end));
        }
        let mut over = vec![0u32; self.forms.len()];
        if !above.is_empty() {
            self.each_single(analyzer, above, |_, form| {
                if let Some(bits) = over.get_mut(form) {
                    *bits |= 1;
                }
            });
            analyzer.grams_kept(
                above,
                |term| self.may_have(term),
                |token| {
                    for &(form, gram) in self.lookup(token.term) {
                        if let Some(bits) = over.get_mut(form) {
                            *bits |= 1 << gram;
                        }
                    }
                },
            );
        }
        Findings {
            highlights: self.shown(marks, &whole),
            share: self.share(&whole, Some(&over)),
            together: self.together(text, &hits),
        }
    }

    /// The characters of a text that are units by themselves, with the form each is.
    fn each_single(&self, analyzer: &Analyzer, text: &str, mut each: impl FnMut(Span, usize)) {
        if self.singles.is_empty() {
            return;
        }
        analyzer.chars(text, |token| {
            for (_, form) in self.singles.iter().filter(|(single, _)| single == token.term) {
                each(token.span, *form);
            }
        });
    }

    fn lookup(&self, term: &str) -> &[(usize, u32)] {
        let found = match self.grams.get(term) {
            None if self.may_stem(term) => self.grams.get(found_by(term).as_str()),
            found => found,
        };
        found.map_or(&[], Vec::as_slice)
    }

    /// Whether a gram may be one looked for; wrong now and then, but never about one that is.
    fn may_have(&self, term: &str) -> bool {
        self.kept.has(term) || self.may_stem(term)
    }

    /// Whether the stem of a word may be one looked for: they begin alike.
    fn may_stem(&self, term: &str) -> bool {
        term.is_ascii() && term.get(..STEM_START).is_some_and(|start| self.kept.has(start))
    }

    /// The marks of forms that were found well enough, joined where they touch.
    fn shown(&self, marks: Vec<(Span, usize)>, whole: &[u32]) -> Vec<Span> {
        let mut highlights: Vec<Span> = Vec::new();
        for (span, form) in marks {
            let good = self
                .forms
                .get(form)
                .is_some_and(|known| known.shown && known.part(whole.get(form)) > 0.0);
            if !good {
                continue;
            }
            match highlights.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => highlights.push(span),
            }
        }
        highlights
    }

    /// The share of the query's information that the grams found stand for.
    fn share(&self, found: &[u32], above: Option<&[u32]>) -> f32 {
        let mut best = vec![0.0f32; self.units.len()];
        for (number, form) in self.forms.iter().enumerate() {
            let here = form.part(found.get(number));
            let over = above.map_or(0.0, |above| form.part(above.get(number)) * ABOVE);
            if let Some(best) = best.get_mut(form.unit) {
                *best = best.max(form.counts * here.max(over));
            }
        }
        let whole = self.units.len().saturating_sub(self.parts_of.len());
        self.add_parts(&mut best, whole);
        let units = self.units.iter().take(whole);
        let all: f32 = units.clone().sum();
        let got: f32 = units.zip(&best).map(|(information, found)| information * found).sum();
        if all > 0.0 { (got / all).clamp(0.0, 1.0) } else { 0.0 }
    }

    /// Where a term was not found whole, what was found of its words counts in its place.
    fn add_parts(&self, best: &mut [f32], whole: usize) {
        let mut of_parts = self.parts_of.iter().enumerate().peekable();
        while let Some(&(_, &unit)) = of_parts.peek() {
            let (mut all, mut got) = (0.0, 0.0);
            while let Some((place, _)) = of_parts.next_if(|(_, of)| **of == unit) {
                let information = self.units.get(whole + place).copied().unwrap_or(0.0);
                all += information;
                got += information * best.get(whole + place).copied().unwrap_or(0.0);
            }
            if let Some(best) = best.get_mut(unit)
                && all > 0.0
            {
                *best = best.max(IN_PARTS * got / all);
            }
        }
    }

    /// The largest share found within two sentences that follow one another.
    fn together(&self, text: &str, hits: &[(usize, usize, u32)]) -> f32 {
        if hits.is_empty() {
            return 0.0;
        }
        let nothing = || vec![0u32; self.forms.len()];
        let (mut before, mut now, mut both) = (nothing(), nothing(), nothing());
        let mut best = 0.0f32;
        let mut hits = hits.iter().peekable();
        for sentence in sentences(text) {
            let mut found = false;
            while let Some((_, form, gram)) = hits.next_if(|(start, ..)| *start < sentence.end) {
                if let Some(bits) = now.get_mut(*form) {
                    *bits |= 1 << gram;
                    found = true;
                }
            }
            // A sentence that holds nothing adds nothing to the one before it.
            if found {
                for (both, (before, now)) in both.iter_mut().zip(before.iter().zip(&now)) {
                    *both = before | now;
                }
                best = best.max(self.share(&both, None));
            } else if hits.peek().is_none() {
                break;
            }
            std::mem::swap(&mut before, &mut now);
            now.fill(0);
        }
        best
    }
}

impl Form {
    /// How much of the form the grams found stand for: all, or some where at least half of its grams were found.
    fn part(&self, found: Option<&u32>) -> f32 {
        let found = found.map_or(0, |bits| bits.count_ones());
        let share = found as f32 / self.grams.max(1) as f32;
        match found {
            0 => 0.0,
            all if all >= self.grams => 1.0,
            _ if share >= LEAST_SHARE => share * PARTLY,
            _ => 0.0,
        }
    }
}

fn is_one_han(text: &str) -> bool {
    let mut characters = text.chars();
    let only = characters.next().filter(|_| characters.next().is_none());
    only.is_some_and(|only| Script::of(only) == Script::Han)
}

/// The form under which a gram is kept: English words by their stem.
pub(super) fn found_by(term: &str) -> String {
    if term.is_ascii() { stem(term) } else { term.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{Finder, Sought};
    use crate::analysis::Analyzer;

    fn sought(forms: &[&str]) -> Sought {
        Sought {
            information: 1.0,
            general: 1.0,
            forms: forms.iter().map(|form| ((*form).to_owned(), 1.0)).collect(),
            parts: Vec::new(),
        }
    }

    #[test]
    fn what_all_of_a_corpus_is_about_is_shown_and_a_function_word_is_not() {
        let says = |information, general, form| Sought {
            information,
            general,
            ..sought(&[form])
        };
        let units = [says(0.0, 1.0, "soil"), says(0.9, 0.9, "nitrate"), says(0.0, 0.05, "in")];
        let text = "Nitrate in soil.";
        let analyzer = Analyzer::default();
        let found = Finder::new(&analyzer, &units).find(&analyzer, text, "");
        let marked: Vec<&str> = found.highlights.iter().map(|span| span.of(text)).collect();
        assert_eq!(marked, ["Nitrate", "soil"]);
    }

    #[test]
    fn a_word_is_found_by_its_stem_and_shown_as_printed() {
        let analyzer = Analyzer::default();
        let text = "Rain washes nitrates out. Straw helps dying soil.";
        for (query, shown) in [
            ("nitrate", "nitrates"),
            ("washing", "washes"),
            ("straw", "Straw"),
            ("dying", "dying"),
        ] {
            let found = Finder::new(&analyzer, &[sought(&[query])]).find(&analyzer, text, "");
            assert_eq!(found.share, 1.0, "{query}");
            let marked: Vec<&str> = found.highlights.iter().map(|span| span.of(text)).collect();
            assert_eq!(marked, [shown]);
        }
    }

    #[test]
    fn nearness_counts_two_sentences_that_follow_one_another() {
        let analyzer = Analyzer::default();
        let finder = Finder::new(&analyzer, &[sought(&["血管"]), sought(&["炎症"])]);
        let near = finder.find(&analyzer, "促进血管生成。减少炎症。", "");
        let far = finder.find(&analyzer, "促进血管生成。愈合加快。疼痛消失。减少炎症。", "");
        assert_eq!((near.share, near.together), (1.0, 1.0));
        assert_eq!((far.share, far.together), (1.0, 0.5));
    }

    #[test]
    fn a_term_that_is_not_there_whole_counts_by_its_words() {
        let analyzer = Analyzer::default();
        let term = Sought {
            parts: vec![sought(&["limb"]), sought(&["threatening"])],
            ..sought(&["limb-threatening"])
        };
        let finder = Finder::new(&analyzer, &[term, sought(&["ischemia"])]);
        let share = |text: &str| finder.find(&analyzer, text, "").share;
        assert_eq!(share("Limb-threatening ischemia."), 1.0);
        // Both words in place of the term: 0.6 of it. One of them: 0.3.
        assert!((share("Ischemia threatening a limb.") - 0.8).abs() < 1e-6);
        assert!((share("Ischemia of a limb.") - 0.65).abs() < 1e-6);
        assert_eq!(share("Ischemia."), 0.5);
    }

    #[test]
    fn a_character_typed_as_a_word_is_found_inside_words() {
        let analyzer = Analyzer::default();
        let text = "高血糖与炎症。糖尿病。";
        let found = Finder::new(&analyzer, &[sought(&["糖"]), sought(&["炎症"])]).find(&analyzer, text, "");
        let share = (super::INSIDE + 1.0) / 2.0;
        assert_eq!((found.share, found.together), (share, share));
        let marked: Vec<&str> = found.highlights.iter().map(|span| span.of(text)).collect();
        assert_eq!(marked, ["糖", "炎症", "糖"]);
        // Not so as another name of a word: most characters are part of many words.
        let found = Finder::new(&analyzer, &[sought(&["sugar", "糖"])]).find(&analyzer, text, "");
        assert_eq!((found.share, found.highlights.len()), (0.0, 0));
        let above = Finder::new(&analyzer, &[sought(&["糖"])]).find(&analyzer, "来源丰富。", "血糖");
        assert!((above.share - super::ABOVE * super::INSIDE).abs() < 1e-6);
    }

    #[test]
    fn what_stands_only_above_a_text_counts_less() {
        let analyzer = Analyzer::default();
        let finder = Finder::new(&analyzer, &[sought(&["胎盘"])]);
        let above = finder.find(&analyzer, "来源丰富。", "胎盘来源");
        assert!(above.share > 0.0 && above.share < 1.0);
        assert!(above.highlights.is_empty());
        assert_eq!(finder.find(&analyzer, "来源丰富。", "").share, 0.0);
    }
}
