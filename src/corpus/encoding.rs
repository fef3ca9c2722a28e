//! Decodes a whole file: UTF-8 or UTF-16 with or without a mark, GB18030, Big5.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A decoded file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte order mark.
    pub text: String,
    /// The WHATWG name of the encoding it was read in.
    pub encoding: &'static str,
    /// The lines, from 1, that hold bytes which are no text in that encoding; each such byte is U+FFFD in `text`.
    pub undecodable: Vec<u32>,
}

/// Decodes a file given whole: by its byte order mark, else as strict UTF-8, else by what its bytes look like.
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(bytes.get(mark..).unwrap_or_default(), encoding);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return decode_as(bytes, encoding);
    }
    if std::str::from_utf8(bytes).is_ok() || is_nearly_utf8(bytes) {
        return decode_as(bytes, UTF_8);
    }
    // The detector must see the whole file: one cut inside a character misleads it.
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let clean = |encoding: &'static Encoding| {
        encoding
            .decode_without_bom_handling_and_without_replacement(bytes)
            .is_some()
    };
    let encoding = if guess == GBK || guess == GB18030 || (guess != BIG5 && clean(GB18030)) {
        GB18030
    } else if guess == BIG5 {
        BIG5
    } else if clean(guess) {
        guess
    } else {
        WINDOWS_1252
    };
    decode_as(bytes, encoding)
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, replaced) = encoding.decode_without_bom_handling(bytes);
    let mut undecodable = Vec::new();
    if replaced {
        for (line, number) in text.split('\n').zip(1u32..) {
            if line.contains('\u{FFFD}') {
                undecodable.push(number);
            }
        }
    }
    Decoded {
        text: text.into_owned(),
        encoding: encoding.name(),
        undecodable,
    }
}

/// A text rarely holds NUL; UTF-16 of a text with some ASCII in it has one in every other byte there.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |start: usize| bytes.iter().skip(start).step_by(2).filter(|&&byte| byte == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) || (first + second) * 50 < bytes.len() {
        return None;
    }
    if second > first * 8 {
        Some(UTF_16LE)
    } else if first > second * 8 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// A UTF-8 file with a few broken bytes: at least 20 good characters beyond ASCII for every bad place.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let mut bad = 0usize;
    let mut good = 0usize;
    for piece in bytes.utf8_chunks() {
        good += piece.valid().chars().filter(|character| !character.is_ascii()).count();
        bad += usize::from(!piece.invalid().is_empty());
    }
    bad * 20 <= good
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::decode;

    const TEXT: &str = "细胞治疗的研究进展 (a review of cell therapy)\n第二行：慢性创面的愈合与血管生成。\n";

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn every_supported_encoding_gives_the_same_text() {
        let (gb18030, _, _) = encoding_rs::GB18030.encode(TEXT);
        let marked = format!("\u{feff}{TEXT}");
        for (bytes, encoding) in [
            (TEXT.as_bytes().to_vec(), "UTF-8"),
            (marked.as_bytes().to_vec(), "UTF-8"),
            (gb18030.into_owned(), "gb18030"),
            (utf16(TEXT, u16::to_le_bytes), "UTF-16LE"),
            (utf16(TEXT, u16::to_be_bytes), "UTF-16BE"),
            (utf16(&marked, u16::to_le_bytes), "UTF-16LE"),
        ] {
            let decoded = decode(&bytes);
            assert_eq!((decoded.text.as_str(), decoded.encoding), (TEXT, encoding));
            assert!(decoded.undecodable.is_empty());
        }
    }

    #[test]
    fn a_broken_byte_is_told_by_its_line() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.extend_from_slice(b"x\xFFy\n");
        assert_eq!(decode(&bytes).undecodable, [3]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_decoded(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            decode(&bytes);
        }
    }
}
