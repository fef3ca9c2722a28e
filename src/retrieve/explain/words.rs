//! Explanations in words, in both languages.

use crate::lexicon::Provenance;
use crate::text::Language;

use super::shares::{Explanation, Leg, Share};
use super::why::{Verdict, Why};

/// A text in both languages.
struct Both {
    zh: String,
    en: String,
}

impl Both {
    fn of(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
        }
    }

    fn in_language(self, language: Language) -> String {
        match language {
            Language::Zh => self.zh,
            Language::En => self.en,
        }
    }
}

impl Leg {
    /// What it is called, in a language.
    pub fn words(self, language: Language) -> &'static str {
        let (zh, en) = match self {
            Self::Word => ("正文中的词", "as a word of the text"),
            Self::Pairs => ("正文中的字对或原词", "as printed in the text"),
            Self::Characters => ("正文中的单字", "by its single characters"),
            Self::Phrase => ("正文中的词组", "as a phrase of the text"),
            Self::Title => ("文章标题", "in the title of the article"),
            Self::Heading => ("章节标题", "in the titles of the sections"),
            Self::LongForm => ("缩写的全称", "in the long form of an abbreviation"),
            Self::CitedTitles => ("所引文献的题名", "in the title of a work cited"),
            Self::WholeTerm => ("整个术语", "as a whole term"),
            Self::Keywords => ("文章关键词", "among the keywords"),
            Self::Authors => ("作者", "among the authors"),
            Self::OtherName => ("别名", "by another name"),
            Self::Evidence => (
                "所含查询内容的多少、集中与专一程度",
                "for how much of the query it holds, how close together, and with how little else",
            ),
            Self::Nearness => ("向量相近", "near the query by its vector"),
            Self::Everything => ("全部段落", "as everything does"),
        };
        match language {
            Language::Zh => zh,
            Language::En => en,
        }
    }
}

impl Share {
    /// How the term was found, in words.
    pub fn words(&self, language: Language) -> String {
        let Some(other) = &self.other_name else {
            return self.leg.words(language).to_owned();
        };
        let source = match &other.provenance {
            Provenance::User { .. } => Both::of("自定义词表", "your own list"),
            Provenance::Mined { .. } => Both::of("语料库", "the corpus"),
            Provenance::Domain { list } => Both::of(list.as_str(), list.as_str()),
            Provenance::Cedict => Both::of("CC-CEDICT", "CC-CEDICT"),
            Provenance::Ecdict => Both::of("ECDICT", "ECDICT"),
            Provenance::Numbering => Both::of("编号规则", "the way kinds are numbered"),
        };
        Both::of(
            format!("别名“{}”(来源:{})", other.text, source.zh),
            format!("as “{}” (so says {})", other.text, source.en),
        )
        .in_language(language)
    }
}

impl Explanation {
    /// The explanation line by line: what each term adds, then what the passage holds of the query.
    pub fn words(&self, language: Language) -> Vec<String> {
        let mut lines = Vec::new();
        let mut terms: Vec<(Option<&str>, f32, Vec<String>)> = Vec::new();
        let whole = |share: &&Share| matches!(share.leg, Leg::Evidence | Leg::Nearness);
        for share in self.shares.iter().filter(|share| !whole(share)) {
            let way = format!("{} {:.2}", share.words(language), share.score);
            let term = share.term.as_deref();
            match terms.iter_mut().find(|(known, ..)| *known == term) {
                Some((_, sum, ways)) => {
                    *sum += share.score;
                    ways.push(way);
                }
                None => terms.push((term, share.score, vec![way])),
            }
        }
        if !self.shares.is_empty() {
            let score = self.score();
            lines.push(
                Both::of(
                    format!("得分 {score:.2},由以下各项相加:"),
                    format!("Score {score:.2}, the sum of:"),
                )
                .in_language(language),
            );
        }
        terms.sort_by(|one, other| other.1.total_cmp(&one.1));
        for (term, sum, ways) in terms {
            let ways = ways.join(if language == Language::Zh { "," } else { ", " });
            let (zh, en) = match term {
                Some(term) => (
                    format!("“{term}” {sum:.2}:{ways}"),
                    format!("“{term}” {sum:.2}: {ways}"),
                ),
                None => (
                    format!("词与词之间 {sum:.2}:{ways}"),
                    format!("between two terms {sum:.2}: {ways}"),
                ),
            };
            lines.push(format!("  {}", Both::of(zh, en).in_language(language)));
        }
        lines.extend(self.shares.iter().filter(whole).map(|share| {
            let words = share.words(language);
            format!("  {words} {:.2}", share.score)
        }));
        let percent = |share: f32| (share * 100.0).round();
        let (found, together) = (percent(self.found), percent(self.together));
        let relevance = self.relevance;
        lines.push(
            Both::of(
                format!("段落含有查询信息的 {found} %,其中相邻两句之内 {together} %,因此相关度为 {relevance:.2}。"),
                format!(
                    "The passage holds {found} % of the query's information, {together} % within two neighbouring sentences: \
                     relevance {relevance:.2}."
                ),
            )
            .in_language(language),
        );
        let missing: Vec<String> = self
            .terms
            .iter()
            .filter(|term| term.found == 0.0 && term.information >= 0.01)
            .map(|term| format!("“{}” ({} %)", term.term, percent(term.information)))
            .collect();
        if !missing.is_empty() {
            let missing = missing.join(if language == Language::Zh { "、" } else { ", " });
            lines.push(
                Both::of(
                    format!("段落中没有:{missing}。"),
                    format!("Not in the passage: {missing}."),
                )
                .in_language(language),
            );
        }
        lines
    }
}

impl Why {
    /// The answer line by line.
    pub fn words(&self, language: Language) -> Vec<String> {
        let mut lines = vec![self.verdict.words(language)];
        if let (Some(cut), false) = (self.cut, matches!(self.verdict, Verdict::Shown { .. })) {
            let score = self.explanation.score();
            let relevance = self.explanation.relevance;
            lines.push(
                Both::of(
                    format!(
                        "同一语言中最后显示的是第 {} 位:得分 {:.2}、相关度 {:.2};本段得分 {score:.2}、相关度 {relevance:.2}。",
                        cut.rank, cut.score, cut.relevance
                    ),
                    format!(
                        "The last one shown in its language is number {}: score {:.2}, relevance {:.2}; this passage has \
                         score {score:.2}, relevance {relevance:.2}.",
                        cut.rank, cut.score, cut.relevance
                    ),
                )
                .in_language(language),
            );
        }
        lines.extend(self.explanation.words(language));
        lines
    }
}

impl Verdict {
    /// The verdict in a sentence.
    pub fn words(&self, language: Language) -> String {
        let both = match self {
            Self::Shown { rank } => Both::of(
                format!("显示在第 {rank} 位。"),
                format!("It is shown as number {rank}."),
            ),
            Self::OffPage { rank: Some(rank) } => Both::of(
                format!("匹配,但排在第 {rank} 位,不在本页。"),
                format!("It matches, as number {rank}, which is not on this page."),
            ),
            Self::OffPage { rank: None } => Both::of(
                "匹配,但排名在所能查看的范围之后。",
                "It matches, but stands behind everything that was looked at.",
            ),
            Self::TooIrrelevant => Both::of(
                "匹配,但相关度低于所要求的最低值。",
                "It matches, but is less relevant than was asked for.",
            ),
            Self::Duplicate { of } => Both::of(
                format!("文字与已显示的段落 {of} 几乎相同,归在其后。"),
                format!("Its text is nearly that of {of}, which is shown in its place."),
            ),
            Self::Twin { of } => Both::of(
                format!("同一摘要已用提问的语言显示:{of}。"),
                format!("The same abstract is shown in the language of the question: {of}."),
            ),
            Self::OtherLanguage => Both::of(
                "没有检索这种语言的段落,或查询在这种语言中没有可找的词。",
                "Passages of its language were not searched, or the query has no term in it.",
            ),
            Self::Filtered { by } => Both::of(
                format!("不在筛选范围之内:{}。", by.join("、")),
                format!("It is outside the filters: {}.", by.join(", ")),
            ),
            Self::Condition => Both::of("不符合所给的条件。", "The condition on facts does not hold of it."),
            Self::Excluded { forms } => Both::of(
                format!("含有被排除的词:{}。", forms.join("、")),
                format!("It has what was excluded: {}.", forms.join(", ")),
            ),
            Self::NoMatch => Both::of(
                "不含查询的任何词,或缺少必须有的词。",
                "It has none of the terms, or lacks one that is required.",
            ),
        };
        both.in_language(language)
    }
}
