//! How much the occurrences of a term in a text count: BM25's saturation, with every text's length judged on its own.
//!
//! BM25 measures a length against the average of the collection. Where questions of ten characters lie beside
//! paragraphs of five hundred that average fits neither, and both are ranked worse than they would be alone: nDCG@10 of
//! paragraphs fell by .033 when questions came into the index. Here a text twice as long counts by the same factor less,
//! whatever else is indexed.

use std::sync::LazyLock;

use tantivy::Score;
use tantivy::fieldnorm::FieldNormReader;

/// BM25's saturation: so many occurrences count half of what any number could. BM25's usual 1.2 lets one word said
/// again and again stand for another that is not there.
pub const K1: Score = 0.6;
/// The same for phrases, which tantivy scores itself.
pub const PHRASE_K1: Score = 1.2;
/// The words of a text in which [`K1`] holds: a paragraph.
pub const REFERENCE: u32 = 200;
/// The power of the length by which more occurrences are needed.
pub const SLOWER: Score = 0.6;
/// The power of the length by which all that is found counts less.
pub const LESS: Score = 0.2;
/// Texts of fewer words count as if they had so many.
const SHORTEST: u32 = 4;

static BY_LENGTH: LazyLock<Curve> = LazyLock::new(|| {
    let mut curve = FLAT.clone();
    for (id, at) in (0..=u8::MAX).zip(&mut curve.at) {
        let words = FieldNormReader::id_to_fieldnorm(id).max(SHORTEST);
        let length = words as Score / REFERENCE as Score;
        *at = (K1 * length.powf(SLOWER), length.powf(-LESS));
    }
    curve.ceiling = curve.at.iter().fold(0.0, |most, (_, factor)| most.max(*factor));
    curve
});

static FLAT: Curve = Curve {
    at: [(K1, 1.0); LENGTHS],
    ceiling: 1.0,
};

/// The lengths that tantivy tells apart.
const LENGTHS: usize = 1 << u8::BITS;

/// What halves the saturation and what multiplies it, for each length as tantivy numbers lengths.
#[derive(Debug, Clone)]
pub struct Curve {
    at: [(Score, Score); LENGTHS],
    ceiling: Score,
}

impl Curve {
    /// What a term counts that occurs so often in a text of this length.
    pub fn of(&self, frequency: Score, length: u8) -> Score {
        let (norm, factor) = self.at[usize::from(length)];
        factor * frequency / (frequency + norm)
    }

    /// What no number of occurrences reaches in a text of any length.
    pub fn ceiling(&self) -> Score {
        self.ceiling
    }
}

/// How occurrences count in texts of each length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saturation {
    /// By the words of the text.
    ByLength,
    /// The same for texts of any length: titles, names and the like.
    Flat,
}

impl Saturation {
    /// How the occurrences of a term count, by the length of the text.
    pub fn curve(self) -> &'static Curve {
        match self {
            Self::ByLength => &BY_LENGTH,
            Self::Flat => &FLAT,
        }
    }

    /// What a term counts that occurs so often in a text of this length, as tantivy numbers lengths.
    pub fn of(self, frequency: Score, length: u8) -> Score {
        self.curve().of(frequency, length)
    }
}

#[cfg(test)]
mod tests {
    use tantivy::fieldnorm::FieldNormReader;

    use super::Saturation;

    fn once_in(words: u32) -> f32 {
        Saturation::ByLength.of(1.0, FieldNormReader::fieldnorm_to_id(words))
    }

    #[test]
    fn a_paragraph_saturates_as_in_bm25() {
        assert!((once_in(200) - 1.0 / 1.6).abs() < 1e-6);
        assert!((Saturation::Flat.of(1.0, 0) - 1.0 / 1.6).abs() < 1e-6);
    }

    #[test]
    fn the_longer_a_text_the_less_an_occurrence_counts_and_more_of_them_count_more() {
        let counts: Vec<f32> = [1, 4, 10, 20, 40, 100, 400].map(once_in).to_vec();
        assert_eq!(counts[0], counts[1], "very short texts are alike");
        assert!(counts[1..].windows(2).all(|pair| pair[0] > pair[1]), "{counts:?}");
        let frequent = |frequency| Saturation::ByLength.of(frequency, 80);
        assert!(frequent(2.0) > frequent(1.0) && frequent(1000.0) < 1.0);
    }
}
