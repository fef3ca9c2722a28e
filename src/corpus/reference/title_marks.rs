//! Chinese humanities, law and social sciences, by title marks: `张军:《题名》,《刊名》2016年第10期,第5-9页。`, `费孝通:《书名》,
//! 北京:人民出版社,2008年,第10页。`, `参见王利明:《题名》,载《刊名》2013年第4期。`, `[美]博登海默:《书名》,邓正来译,某出版社2004年版,第5页。`,
//! `《旧唐书》卷九八,中华书局1975年版,第3080页。`

use super::names::{self, Authors};
use super::printed::{Part, Printed};
use crate::document::Reference;

/// Words before an entry that send the reader to it.
const SIGNALS: [&str; 14] = [
    "参见",
    "参阅",
    "参看",
    "参考",
    "详见",
    "转引自",
    "引自",
    "另见",
    "又见",
    "亦见",
    "并见",
    "可参",
    "见",
    "如",
];
/// What an author did, behind the names.
const DEEDS: [&str; 14] = [
    "主编", "编著", "编译", "编写", "选编", "点校", "校注", "译注", "整理", "校点", "合著", "编", "著", "撰",
];

/// Reads an entry whose title stands in title marks, behind its authors or at its beginning.
pub(super) fn read(printed: &Printed, body: Part, reference: &mut Reference) -> bool {
    let Some(title) = marked(printed, body) else {
        return false;
    };
    let rest = Part {
        start: (title.end + 1).min(body.end),
        end: body.end,
    };
    // Only the first of several works.
    let rest = Part {
        end: printed
            .find(rest, |sign| matches!(sign, ';' | '.'))
            .filter(|&at| printed.at(at) == ';' || printed.slice(Part { start: at, end: at + 1 }) == "。")
            .unwrap_or(rest.end),
        ..rest
    };
    let year = (rest.start..rest.end).find(|&at| printed.at(at + 4) == '年' && printed.year(at).is_some());
    let before = after_signal(
        printed,
        printed.trim(Part {
            start: body.start,
            end: title.start - 1,
        }),
    );
    let authors = match authors(printed, before) {
        Some(authors) => authors,
        // A classic or a statute has no author; its year says that it is a work at all.
        None if before.start == before.end && year.is_some() => Authors::default(),
        None => return false,
    };
    reference.authors = authors.names;
    reference.more_authors = authors.more;
    described(printed, title, rest, year, reference);
    true
}

/// Reads what stands in title marks at the head of a part and what is behind it, where authors and year are known.
pub(super) fn work(printed: &Printed, part: Part, reference: &mut Reference) -> bool {
    let Some(title) = marked(printed, part) else {
        return false;
    };
    let rest = Part {
        start: (title.end + 1).min(part.end),
        end: part.end,
    };
    described(printed, title, rest, None, reference);
    true
}

fn described(printed: &Printed, title: Part, rest: Part, year: Option<usize>, reference: &mut Reference) {
    reference.title = printed.field(title);
    match marked(printed, rest).filter(|container| is_container(printed, rest, *container)) {
        Some(container) => reference.container = printed.field(container),
        None => imprint(printed, rest, year, reference),
    }
    reference.year = year.and_then(|at| printed.year(at));
    reference.volume = counted(printed, rest, '卷');
    reference.issue = counted(printed, rest, '期');
    reference.pages = counted(printed, rest, '页');
}

/// The part behind 参见 and its like.
fn after_signal(printed: &Printed, part: Part) -> Part {
    let word = SIGNALS.iter().find(|word| printed.is_at(part.start, word));
    let start = word.map_or(part.start, |word| (part.start + word.chars().count()).min(part.end));
    printed.trim(Part { start, end: part.end })
}

/// The authors, without the country before them and what they did behind them.
fn authors(printed: &Printed, part: Part) -> Option<Authors> {
    let mut part = part;
    if matches!(printed.at(part.start), '[' | '(') {
        let close = (part.start..part.end).find(|&at| matches!(printed.at(at), ']' | ')'))?;
        if close - part.start <= 5 {
            part.start = close + 1;
        }
    }
    let part = printed.trim(part);
    let folded = printed.folded(part);
    // A name may end like a deed: of two characters nothing is taken away.
    let deed = DEEDS
        .iter()
        .map(|deed| (deed, deed.chars().count()))
        .find(|(deed, length)| folded.ends_with(**deed) && part.end - part.start >= length + 2);
    let part = match deed {
        Some((_, length)) => printed.trim(Part {
            start: part.start,
            end: part.end - length,
        }),
        None => part,
    };
    names::list(printed, part)
        .or_else(|| in_translation(printed, part))
        .filter(|authors| !authors.names.is_empty())
}

/// A foreign name of one word in Chinese letters, longer than a Chinese one: 博登海默, 哈贝马斯.
fn in_translation(printed: &Printed, part: Part) -> Option<Authors> {
    let all_han = (part.start..part.end).all(|at| super::printed::is_han(printed.at(at)));
    (all_han && (2..=8).contains(&(part.end - part.start))).then(|| Authors {
        names: vec![printed.slice(part).to_owned()],
        more: false,
    })
}

/// Whether the second title is the work that holds the first: 载《刊名》, or 《刊名》 behind the comma.
fn is_container(printed: &Printed, rest: Part, container: Part) -> bool {
    let between = printed.trim(Part {
        start: rest.start,
        end: container.start - 1,
    });
    let words = printed.folded(between);
    words.is_empty() || words.ends_with('载') || words.ends_with("收入") || words.ends_with("收于")
}

/// What stands in the first title marks of a part.
fn marked(printed: &Printed, part: Part) -> Option<Part> {
    let open = (part.start..part.end).find(|&at| printed.at(at) == '《')?;
    let close = (open + 1..part.end).find(|&at| printed.at(at) == '》')?;
    Some(Part {
        start: open + 1,
        end: close,
    })
}

/// `北京:人民出版社,2008年`, `法律出版社2008年版`: between the commas around the colon, or before the year.
fn imprint(printed: &Printed, part: Part, year: Option<usize>, reference: &mut Reference) {
    let colon = (part.start..part.end).find(|&at| printed.at(at) == ':');
    let middle = colon.or(year).unwrap_or(part.start);
    let start = (part.start..middle)
        .rev()
        .find(|&at| printed.at(at) == ',')
        .unwrap_or(part.start);
    match (colon, year) {
        (Some(colon), _) => {
            let comma = (colon..part.end).find(|&at| printed.at(at) == ',');
            let end = comma.unwrap_or(part.end);
            reference.place = printed.field(Part { start, end: colon });
            reference.publisher = printed.field(Part {
                start: colon + 1,
                end: year.filter(|&at| at > colon).map_or(end, |at| at.min(end)),
            });
        }
        (None, Some(year)) => {
            let house = printed.trim(Part { start, end: year });
            let words = printed.folded(house);
            let is_house = ["社", "书局", "书店", "书馆", "公司", "大学", "馆", "会", "Press"]
                .iter()
                .any(|ending| words.ends_with(ending));
            reference.publisher = printed.field(house).filter(|_| is_house);
        }
        (None, None) => {}
    }
}

/// The numbers between 第 and what they count.
fn counted(printed: &Printed, part: Part, counted: char) -> Option<String> {
    let end = (part.start..part.end).find(|&at| printed.at(at) == counted)?;
    let number = |at: &usize| matches!(printed.at(*at), '0'..='9' | '-' | '–' | '—' | '~' | '、' | '/' | ' ');
    let first = (part.start..end).rev().take_while(number).last()?;
    (printed.before(first) == '第')
        .then(|| printed.field(Part { start: first, end }))
        .flatten()
}
