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
    let clean = |encoding: &'static Encoding| {
        encoding
            .decode_without_bom_handling_and_without_replacement(bytes)
            .is_some()
    };
    if let Some(encoding) = declared(bytes).filter(|encoding| clean(encoding)) {
        return decode_as(bytes, encoding);
    }
    // The detector must see the whole file: one cut inside a character misleads it.
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
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

/// The encoding that an XML declaration names: `<?xml version="1.0" encoding="GB2312"?>`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(200)).unwrap_or_default();
    let text = String::from_utf8_lossy(head.strip_prefix(b"<?xml")?).into_owned();
    let (declaration, _) = text.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let label = value.split(quote).nth(1)?;
    let named = Encoding::for_label(label.as_bytes())?;
    // A file declared in UTF-8 that is none is told apart by its bytes; GB2312 and GBK are parts of GB18030.
    match named {
        named if named == GBK => Some(GB18030),
        named if named == UTF_8 || named == UTF_16LE || named == UTF_16BE => None,
        named => Some(named),
    }
}

/// A text rarely holds NUL; UTF-16 of a text with some ASCII in it has one in every other byte there.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |start: usize| bytes.iter().skip(start).step_by(2).filter(|&&byte| byte == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    if bytes.len() < 4 || (first + second) * 50 < bytes.len() {
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
    fn the_encodings_of_taiwan_and_of_latin_1_are_told() {
        let text = "間充質幹細胞對糖尿病足潰瘍的治療效果，以及創面癒合的機制研究。\n第二行說明細胞的來源與培養方法。\n";
        let (big5, _, _) = encoding_rs::BIG5.encode(text);
        assert_eq!((decode(&big5).text.as_str(), decode(&big5).encoding), (text, "Big5"));
        let text = "The na\u{ef}ve caf\u{e9} study of M\u{fc}ller was published in Z\u{fc}rich.\n";
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        assert_eq!(
            (decode(&latin).text.as_str(), decode(&latin).encoding),
            (text, "windows-1252")
        );
    }

    #[test]
    fn characters_of_four_bytes_are_read() {
        let text = "细胞治疗的研究进展\u{20000}\u{3400}与慢性创面的愈合。\n";
        let (bytes, _, _) = encoding_rs::GB18030.encode(text);
        assert_eq!(decode(&bytes).text, text);
    }

    #[test]
    fn a_declared_encoding_helps_where_the_bytes_tell_little() {
        for (label, encoding) in [
            ("GB2312", encoding_rs::GB18030),
            ("Big5", encoding_rs::BIG5),
            ("iso-8859-2", encoding_rs::ISO_8859_2),
        ] {
            let word = if encoding == encoding_rs::ISO_8859_2 {
                "\u{141}\u{f3}d\u{17a}"
            } else {
                "中文"
            };
            let text = format!("<?xml version=\"1.0\" encoding='{label}'?><article>{word}</article>");
            let (bytes, _, _) = encoding.encode(&text);
            assert_eq!(decode(&bytes).text, text, "{label}");
        }
        // A false declaration does no harm.
        let text = "<?xml version=\"1.0\" encoding=\"GB2312\"?><article>中文</article>";
        assert_eq!(
            (decode(text.as_bytes()).text.as_str(), decode(text.as_bytes()).encoding),
            (text, "UTF-8")
        );
    }

    #[test]
    fn one_bad_byte_does_not_make_another_encoding_of_utf8() {
        let mut bytes = "A line.\n第二行：慢性创面的愈合与血管生成的研究进展综述。\nThe "
            .as_bytes()
            .to_vec();
        bytes.extend_from_slice(b"b\xB5d byte.\n");
        let decoded = decode(&bytes);
        assert_eq!(
            (decoded.encoding, decoded.undecodable.as_slice()),
            ("UTF-8", [3].as_slice())
        );
        assert!(decoded.text.ends_with("The b\u{FFFD}d byte.\n"));
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
