//! Which of an article's dates of publication counts.

use super::element::Element;

/// A date as far as it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Date {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

/// The year an article is cited by and its date as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
///
/// The printed issue counts before the electronic article; a fuller date of the same year fills in month and day.
pub(super) fn published(meta: &Element) -> Option<(u16, String)> {
    let mut dated: Vec<(u8, Date)> = meta
        .children()
        .filter(|child| child.name == "pub-date")
        .filter_map(|child| Some((rank(child)?, read(child)?)))
        .collect();
    dated.sort_by_key(|(rank, _)| *rank);
    let &(_, first) = dated.first()?;
    let fuller = dated
        .iter()
        .map(|(_, date)| *date)
        .filter(|date| date.year == first.year);
    let date = fuller.fold(first, |best, date| match (best.month, best.day) {
        (None, _) => date,
        (Some(month), None) if date.month == Some(month) => date,
        _ => best,
    });
    let shown = match (date.month, date.day) {
        (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", date.year),
        (Some(month), None) => format!("{:04}-{month:02}", date.year),
        _ => format!("{:04}", date.year),
    };
    Some((date.year, shown))
}

/// How well a date serves, 0 best; `None` for dates of something else.
fn rank(date: &Element) -> Option<u8> {
    let kind = date
        .attribute("pub-type")
        .or_else(|| date.attribute("date-type"))
        .unwrap_or_default();
    let printed = date.attribute("publication-format") == Some("print");
    match kind.to_ascii_lowercase().as_str() {
        "ppub" => Some(0),
        "pub" if printed => Some(0),
        "collection" | "issue-pub" | "epub-ppub" => Some(1),
        "pub" => Some(2),
        "epub" => Some(3),
        "preprint" | "corrected" | "retracted" | "received" | "accepted" | "pmc-release" | "nihms-submitted" => None,
        _ => Some(4),
    }
}

fn read(date: &Element) -> Option<Date> {
    let part = |wanted: &str| date.child(wanted).map(Element::text);
    if let Some(year) = part("year").and_then(|year| year_in(&year)) {
        let month = part("month").and_then(|month| month_in(&month));
        let day = part("day")
            .and_then(|day| number(&day))
            .filter(|day| (1..=31).contains(day));
        return Some(Date {
            year,
            month,
            day: day.filter(|_| month.is_some()),
        });
    }
    let shown = date
        .attribute("iso-8601-date")
        .map(str::to_owned)
        .or_else(|| part("string-date"))?;
    let mut parts = shown.split(['-', '/', '年', '月', '日', 'T']);
    let year = year_in(parts.next()?)?;
    let month = parts.next().and_then(month_in);
    let day = parts
        .next()
        .and_then(number)
        .filter(|day| month.is_some() && (1..=31).contains(day));
    Some(Date { year, month, day })
}

/// The first four digits of a text.
pub(super) fn year_in(text: &str) -> Option<u16> {
    let digits: String = text.trim().chars().take_while(char::is_ascii_digit).collect();
    if digits.len() == 4 { digits.parse().ok() } else { None }
}

fn number(text: &str) -> Option<u8> {
    text.trim().trim_end_matches(['月', '日']).parse().ok()
}

fn month_in(text: &str) -> Option<u8> {
    const NAMES: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let named = || {
        let begin = text.trim().get(..3)?.to_ascii_lowercase();
        let place = NAMES.iter().position(|name| *name == begin)?;
        u8::try_from(place + 1).ok()
    };
    number(text).or_else(named).filter(|month| (1..=12).contains(month))
}
