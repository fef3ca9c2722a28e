//! Reads dates, article numbers and the lines that name the journal with its year, volume, issue and pages.

use crate::document::{Bilingual, Metadata};
use crate::text::Language;

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// A printed date as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`: `2025-04-20`, `2025 年 4 月`, `20 April 2025`, `May 1, 2020`.
pub fn date(text: &str) -> Option<String> {
    let (mut numbers, mut month) = (Vec::new(), None);
    let mut word = String::new();
    for sign in text.chars().take(80).chain([' ']) {
        if sign.is_ascii_alphanumeric()
            && (word.is_empty() || word.ends_with(|last: char| last.is_ascii_digit()) == sign.is_ascii_digit())
        {
            word.push(sign.to_ascii_lowercase());
            continue;
        }
        if let Ok(number) = word.parse::<u32>() {
            numbers.push(number);
        } else if word.len() >= 3 && month.is_none() && !text.contains('月') {
            let found = MONTHS.iter().position(|name| word.starts_with(name));
            month = found.and_then(|at| u32::try_from(at + 1).ok());
        }
        word.clear();
        if sign.is_ascii_alphanumeric() {
            word.push(sign.to_ascii_lowercase());
        }
    }
    let at = numbers.iter().position(|number| (1800..=2100).contains(number))?;
    let year = *numbers.get(at)?;
    let day = |number: Option<&u32>| number.copied().filter(|day| (1..=31).contains(day));
    let (month, day) = match month {
        Some(month) => {
            let before = at.checked_sub(1).and_then(|before| day(numbers.get(before)));
            let leads = at == 0 && text.trim_start().starts_with(|first: char| first.is_ascii_digit());
            (
                Some(month),
                before.or_else(|| day(numbers.get(at + 1)).filter(|_| leads)),
            )
        }
        None => {
            let month = numbers.get(at + 1).copied().filter(|month| (1..=12).contains(month));
            (month, month.and_then(|_| day(numbers.get(at + 2))))
        }
    };
    Some(match (month, day) {
        (Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
        (Some(month), None) => format!("{year}-{month:02}"),
        _ => year.to_string(),
    })
}

/// The year that a text names first.
pub fn year(text: &str) -> Option<u16> {
    date(text).and_then(|date| date.get(..4).and_then(|year| year.parse().ok()))
}

/// Takes what an article number prints: `1674-8182(2025)04-0497-05`.
pub fn article_number(text: &str, metadata: &mut Metadata) {
    let mut pieces = text.splitn(2, ['(', '（']);
    let (Some(issn), Some(rest)) = (pieces.next(), pieces.next()) else {
        return;
    };
    let Some((year, rest)) = rest.split_once([')', '）']) else {
        return;
    };
    let Ok(year) = year.trim().parse::<u16>() else { return };
    metadata.year = metadata.year.or(Some(year));
    let issn: String = issn.chars().filter(|sign| !sign.is_whitespace()).map(hyphen).collect();
    if issn.len() == 9 && issn.as_bytes().get(4) == Some(&b'-') {
        metadata.issn = Some(issn);
    }
    let rest: String = rest.chars().map(hyphen).collect();
    let parts: Vec<&str> = rest.split('-').map(str::trim).collect();
    let [issue, page, ..] = parts.as_slice() else { return };
    let bare = |part: &str| Some(part.trim_start_matches('0').to_owned()).filter(|part| !part.is_empty());
    metadata.issue = metadata.issue.take().or_else(|| bare(issue));
    if metadata.pages.is_none() {
        let first = bare(page);
        let count = parts.get(2).and_then(|count| count.parse::<u32>().ok());
        let number = first.as_deref().and_then(|first| first.parse::<u32>().ok());
        metadata.pages = match (number, count) {
            (Some(number), Some(count)) if count > 1 => Some(format!("{number}-{}", number.saturating_add(count - 1))),
            _ => first,
        };
    }
}

fn hyphen(sign: char) -> char {
    if matches!(sign, '‐' | '‑' | '–' | '—' | '－' | '−') {
        '-'
    } else {
        sign
    }
}

/// What a line that names the journal says; empty where it names none.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct JournalLine {
    /// The journal, in each language that names it.
    pub journal: Bilingual<String>,
    /// The volume.
    pub volume: Option<String>,
    /// The issue.
    pub issue: Option<String>,
    /// The year.
    pub year: Option<u16>,
    /// First and last page.
    pub pages: Option<String>,
    /// The month of publication.
    pub date: Option<String>,
}

impl JournalLine {
    /// Fills in what `metadata` does not have yet.
    pub fn fill(self, metadata: &mut Metadata) {
        for language in Language::ALL {
            let title = metadata.title.get(language);
            if let Some(journal) = self.journal.get(language)
                && metadata.journal.get(language).is_none()
                && title.is_none_or(|title| !title.contains(journal.as_str()) && !journal.contains(title.as_str()))
            {
                metadata.journal.set(language, journal.clone());
            }
        }
        metadata.volume = metadata.volume.take().or(self.volume);
        metadata.issue = metadata.issue.take().or(self.issue);
        metadata.pages = metadata.pages.take().or(self.pages);
        metadata.year = metadata.year.or(self.year);
        metadata.date = metadata.date.take().or(self.date);
    }
}

/// Reads a line such as `临床研究 2025 年 4 月第 38 卷第 4 期`, `J Foo, April 2025, Vol.38, No.4` or `J Foo 2024;12(3):45`.
pub fn journal_line(text: &str) -> Option<JournalLine> {
    let text = text.trim_matches(|edge: char| edge.is_whitespace() || "*_·•#|-—".contains(edge));
    if text.chars().count() > 120 || text.ends_with(['。', '；', '，', ',', '?', '？']) {
        return None;
    }
    let volume = between(text, "第", "卷").or_else(|| after(text, &["vol.", "vol ", "volume ", "vol。"]));
    let issue = between(text, "第", "期").or_else(|| after(text, &["no.", "no ", "issue ", "iss."]));
    let semicolon = semicolon(text).or_else(|| comma(text));
    if volume.is_none() && issue.is_none() && semicolon.is_none() {
        return None;
    }
    if volume.is_none() && semicolon.is_none() && !text.contains('期') {
        return None;
    }
    let (volume, issue) = semicolon.map_or((volume, issue), |(volume, issue)| (Some(volume), issue));
    Some(JournalLine {
        journal: journal_name(text),
        volume,
        issue,
        year: year(text),
        pages: pages(text),
        date: printed_month(text),
    })
}

/// First and last page behind a colon: `5(2): 10-20`.
fn pages(text: &str) -> Option<String> {
    let (_, tail) = text.rsplit_once([':', '：'])?;
    let tail = tail.split_whitespace().next()?.trim_end_matches('.');
    let (first, last) = tail.split_once(['-', '–'])?;
    let digits = |page: &str| (1..=6).contains(&page.len()) && page.bytes().all(|byte| byte.is_ascii_digit());
    (digits(first) && digits(last)).then(|| format!("{first}-{last}"))
}

/// The year and month of a line that prints a month as such.
fn printed_month(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let month = text.contains('月') || MONTHS.iter().any(|month| lower.contains(month));
    date(text).filter(|_| month)?.get(..7).map(str::to_owned)
}

fn between(text: &str, open: &str, close: &str) -> Option<String> {
    let end = text.find(close)?;
    let head = text.get(..end)?;
    let start = head.rfind(open)? + open.len();
    let inside = head.get(start..)?.trim();
    (!inside.is_empty()
        && inside.len() <= 12
        && inside
            .chars()
            .all(|sign| sign.is_ascii_digit() || "一二三四五六七八九十增刊".contains(sign)))
    .then(|| inside.to_owned())
}

fn after(text: &str, names: &[&str]) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    names.iter().find_map(|name| {
        let at = lower.find(name)?;
        if lower.get(..at)?.ends_with(|last: char| last.is_ascii_alphanumeric()) {
            return None;
        }
        let value: String = lower
            .get(at + name.len()..)?
            .trim_start()
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        (value.starts_with(|first: char| first.is_ascii_digit()) && value.len() <= 6).then_some(value)
    })
}

/// Volume and issue of `2024;12(3):45`.
fn semicolon(text: &str) -> Option<(String, Option<String>)> {
    let at = text.find([';', '；'])?;
    let head = text.get(..at)?;
    let digits = head.chars().rev().take_while(char::is_ascii_digit).count();
    let dated = digits == 4 || (head.contains("19") || head.contains("20")) && year(head).is_some();
    let rest = text.get(at..)?.trim_start_matches([';', '；', ' ']);
    let volume: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let rest = rest.get(volume.len()..)?.trim_start();
    let issue = rest
        .strip_prefix('(')
        .and_then(|inside| inside.split_once(')'))
        .map(|(issue, _)| issue.to_owned());
    let tail = rest.rsplit_once(')').map_or(rest, |(_, tail)| tail);
    let paged = tail.trim_start().starts_with([':', '：', ',']) && text.chars().count() <= 80;
    (dated && paged && !volume.is_empty()).then_some((volume, issue))
}

/// Volume and issue of `中国农业科学 2021,54(12):2531-2545`.
fn comma(text: &str) -> Option<(String, Option<String>)> {
    let (head, tail) = text.split_once([',', '，'])?;
    let digits = head.chars().rev().take_while(char::is_ascii_digit).count();
    let tail = tail.trim_start();
    let volume: String = tail.chars().take_while(char::is_ascii_digit).collect();
    let inside = tail.get(volume.len()..)?.trim_start().strip_prefix(['(', '（'])?;
    let (issue, tail) = inside.split_once([')', '）'])?;
    let paged = tail.trim_start().starts_with([':', '：']) && pages(text).is_some();
    let dated = digits == 4 && year(head).is_some();
    (dated && paged && !volume.is_empty() && issue.len() <= 8).then(|| (volume, Some(issue.to_owned())))
}

/// The journal's name: the first stretch of the line, in each language, without digits and words of counting.
fn journal_name(text: &str) -> Bilingual<String> {
    let mut names: Bilingual<String> = Bilingual::none();
    for piece in text.split(|sign: char| sign.is_ascii_digit() || "·•|,，;；:：()（）\t\u{3000}".contains(sign))
    {
        for piece in piece.split("  ") {
            let name = piece
                .trim()
                .trim_matches(['第', '年', '月', '卷', '期', '日', '总', '.', '*', '_', '-'])
                .trim();
            let lower = name.to_ascii_lowercase();
            let counting = ["vol", "no", "volume", "issue", "page", "iss", "doi", "pp", "第"].contains(&lower.as_str())
                || lower.ends_with(" vol")
                || lower.ends_with(" no")
                || (lower.len() < 12 && MONTHS.iter().any(|month| lower.starts_with(month)) && !lower.contains(' '));
            let long = if Language::detect(name) == Language::Zh {
                name.chars().count() >= 3
            } else {
                name.len() >= 5 && name.starts_with(|first: char| first.is_ascii_uppercase())
            };
            let language = Language::detect(name);
            if !counting && long && !name.contains("http") && !name.ends_with('等') && names.get(language).is_none() {
                names.set(language, undated(name));
            }
        }
    }
    names
}

/// A name without the words of counting and the month behind it.
fn undated(name: &str) -> String {
    let strip = ["Vol", "No", "Volume"].iter().find_map(|word| name.strip_suffix(word));
    let name = strip.unwrap_or(name).trim();
    let month = name.rsplit_once(' ').filter(|(before, last)| {
        let last = last.to_ascii_lowercase();
        before.len() > 5 && MONTHS.iter().any(|month| last.starts_with(month))
    });
    month.map_or(name, |(before, _)| before).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{article_number, date, journal_line};
    use crate::document::Metadata;

    #[test]
    fn dates_in_every_order() {
        for (printed, read) in [
            ("2025-04-20", "2025-04-20"),
            ("2025 年 4 月 2 日", "2025-04-02"),
            ("2025年4月", "2025-04"),
            ("20 April 2025", "2025-04-20"),
            ("May 1, 2020", "2020-05-01"),
            ("2019", "2019"),
            ("2021.06.07", "2021-06-07"),
        ] {
            assert_eq!(date(printed).as_deref(), Some(read), "{printed}");
        }
        assert_eq!(date("soon"), None);
    }

    #[test]
    fn a_line_of_the_journal_may_have_its_numbers_behind_a_comma() {
        let line = journal_line("中国麦田  2021,54(12):2531-2545 Scientia Tritici").unwrap();
        assert_eq!(
            (line.volume.as_deref(), line.issue.as_deref()),
            (Some("54"), Some("12"))
        );
        assert_eq!((line.year, line.pages.as_deref()), (Some(2021), Some("2531-2545")));
        assert_eq!(line.journal.zh.as_deref(), Some("中国麦田"));
    }

    #[test]
    fn an_article_number_gives_issn_year_issue_and_pages() {
        let mut metadata = Metadata::default();
        article_number("1000-1234（2020）03-0123-06", &mut metadata);
        assert_eq!(metadata.issn.as_deref(), Some("1000-1234"));
        assert_eq!(metadata.year, Some(2020));
        assert_eq!(metadata.issue.as_deref(), Some("3"));
        assert_eq!(metadata.pages.as_deref(), Some("123-128"));
    }

    #[test]
    fn journal_lines_give_journal_volume_and_issue() {
        for (printed, journal, volume, issue, year) in [
            (
                "麦田研究 2025 年 4 月第 38 卷第 4 期",
                Some("麦田研究"),
                Some("38"),
                Some("4"),
                Some(2025),
            ),
            (
                "J Wheat Res, April 2025, Vol.38, No.4",
                Some("J Wheat Res"),
                Some("38"),
                Some("4"),
                Some(2025),
            ),
            ("第 4 期  麦田杂志  · 497 ·", Some("麦田杂志"), None, Some("4"), None),
            (
                "J Wheat 2024;12(3):45-50",
                Some("J Wheat"),
                Some("12"),
                Some("3"),
                Some(2024),
            ),
            ("第12卷 第3期", None, Some("12"), Some("3"), None),
        ] {
            let found = journal_line(printed).unwrap();
            assert_eq!(found.journal.zh.or(found.journal.en).as_deref(), journal, "{printed}");
            assert_eq!(found.volume.as_deref(), volume, "{printed}");
            assert_eq!(found.issue.as_deref(), issue, "{printed}");
            assert_eq!(found.year, year, "{printed}");
        }
        for other in [
            "小麦生长在第二阶段。",
            "We saw no. 3 again",
            "It grows; 12 plants: many",
        ] {
            assert_eq!(journal_line(other), None, "{other}");
        }
    }
}
