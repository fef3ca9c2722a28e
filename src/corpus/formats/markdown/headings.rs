//! Finds headings: after `#`, in bold at the head of a paragraph, or plain with a printed number.

/// A heading and what follows it in the same block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The printed number, without trailing dot.
    pub number: Option<String>,
    /// The title, still with markup.
    pub title: String,
    /// Byte of the block's text at which the paragraph begins.
    pub rest: usize,
}

/// Splits a printed number (`1.2`, `一、`, `（二）`, `第三章`) from a heading's text.
pub fn number(text: &str) -> Option<(String, &str)> {
    let digits = text
        .find(|sign: char| !sign.is_ascii_digit() && sign != '.')
        .unwrap_or(text.len());
    let (head, rest) = text.split_at_checked(digits)?;
    let printed = head.trim_end_matches('.');
    if !printed.is_empty() {
        let parts: Vec<&str> = printed.split('.').collect();
        let sane = parts.len() <= 6 && parts.iter().all(|part| (1..=2).contains(&part.len()));
        let apart = head.ends_with('.') || rest.is_empty() || rest.starts_with([' ', '\u{3000}', '\t', '、', '．']);
        return (sane && apart).then(|| {
            (
                printed.to_owned(),
                rest.trim_start_matches([' ', '\u{3000}', '\t', '、', '．']),
            )
        });
    }
    let bare = text.strip_prefix(['（', '(', '第']).unwrap_or(text);
    let length = bare
        .find(|sign: char| !"一二三四五六七八九十".contains(sign))
        .unwrap_or(bare.len());
    let (numeral, rest) = bare.split_at_checked(length)?;
    let closing = if bare.len() == text.len() {
        "、．."
    } else {
        "）)章节部"
    };
    let rest = rest.strip_prefix(|sign: char| closing.contains(sign))?;
    (!numeral.is_empty()).then(|| (numeral.to_owned(), rest.trim_start()))
}

/// Whether `next` may follow `last` in reading order: one deeper from 1 (or 0), or one more at the same or a higher depth.
pub fn follows(next: &str, last: Option<&str>) -> bool {
    let parts = |printed: &str| {
        printed
            .split('.')
            .map(str::parse::<u32>)
            .collect::<Result<Vec<_>, _>>()
            .ok()
    };
    let Some(next) = parts(next) else { return true };
    let Some(last) = last.and_then(parts) else {
        return matches!(next.as_slice(), [0 | 1] | [1, 1]);
    };
    let Some((own, above)) = next.split_last() else {
        return false;
    };
    if next.len() == last.len() + 1 {
        return last == above && *own <= 1;
    }
    last.get(..next.len())
        .and_then(<[u32]>::split_last)
        .is_some_and(|(own_last, above_last)| above == above_last && *own == own_last + 1)
}

/// A heading in bold at the head of a paragraph: `**2.1 BM-MNCs** text`.
pub fn bold(text: &str) -> Option<Found> {
    let inside = text.strip_prefix("**")?;
    let end = inside.find("**")?;
    let (number, title) = number(inside.get(..end)?.trim())?;
    Some(Found {
        number: Some(number),
        title: title.to_owned(),
        rest: end + 4,
    })
}

/// A heading in plain type at the head of a paragraph: `1.1.3 EPCs EPCs are ...`, `1.2 干细胞 由于...`.
pub fn plain(text: &str) -> Option<Found> {
    let (number, body) = number(text)?;
    let start = text.len() - body.len();
    let end = title_end(body)?;
    let title = body.get(..end)?.trim_end().to_owned();
    Some(Found {
        number: Some(number),
        title,
        rest: start + end,
    })
}

fn title_end(body: &str) -> Option<usize> {
    let line = body.lines().next()?;
    let short = line.chars().count() <= 40 && !line.ends_with(['。', '.', ';', '；', ',', '，', ':', '：']);
    if short && !line.contains(['。', '；']) {
        return Some(line.len());
    }
    let mut previous = "";
    for (at, word) in words(line).take(16) {
        let inside = previous
            .trim_end_matches([')', '）'])
            .rsplit(['(', '（'])
            .next()
            .unwrap_or_default();
        let ends_han = previous.chars().next_back().is_some_and(is_han);
        if at > 0
            && (word == previous || (inside.len() > 1 && word == inside) || (ends_han && word.starts_with(is_han)))
        {
            return Some(at);
        }
        if previous.ends_with(['。', ',', '，', ';', '；']) {
            return None;
        }
        previous = word;
    }
    None
}

fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = line.as_ptr() as usize;
    line.split_whitespace()
        .map(move |word| (word.as_ptr() as usize - base, word))
}

fn is_han(character: char) -> bool {
    crate::text::Script::of(character) == crate::text::Script::Han
}
