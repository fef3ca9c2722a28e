//! What the pages say of numbers and of what was found.

use super::Words;
use crate::document::SectionRole;
use crate::retrieve::{Answerable, CorrectionKind};
use crate::text::Language;

impl Words {
    /// How many hits there are.
    pub(in crate::ui) fn found(&self, total: usize) -> String {
        match (self.language, total) {
            (Language::Zh, _) => format!("{total} 条结果"),
            (Language::En, 1) => "1 result".to_owned(),
            (Language::En, _) => format!("{total} results"),
        }
    }

    /// A part of the index did not answer.
    pub(in crate::ui) fn partial(&self) -> &'static str {
        match self.language {
            Language::Zh => "部分索引没有应答,结果可能不全。",
            Language::En => "A part of the index did not answer; there may be more results.",
        }
    }

    /// How many references a passage cites.
    pub(in crate::ui) fn cites(&self, count: usize) -> String {
        match (self.language, count) {
            (Language::Zh, _) => format!("参考文献 {count} 条"),
            (Language::En, 1) => "1 reference".to_owned(),
            (Language::En, _) => format!("{count} references"),
        }
    }

    /// How many passages cite a reference.
    pub(in crate::ui) fn cited_by(&self, count: usize) -> String {
        match (self.language, count) {
            (Language::Zh, _) => format!("{count} 个段落引用"),
            (Language::En, 1) => "cited by 1 passage".to_owned(),
            (Language::En, _) => format!("cited by {count} passages"),
        }
    }

    /// What can be hoped for from the hits; nothing where they answer.
    pub(in crate::ui) fn answerable(&self, answerable: Answerable) -> Option<&'static str> {
        match (self.language, answerable) {
            (_, Answerable::Yes) => None,
            (Language::Zh, Answerable::Weak) => Some("只找到相近的内容,未必能回答。"),
            (Language::Zh, Answerable::No) => Some("语料库中没有能回答的段落,下面的结果仅供参考。"),
            (Language::En, Answerable::Weak) => Some("Only something near was found; it may not answer."),
            (Language::En, Answerable::No) => {
                Some("Nothing in the corpus answers this; the results below only share words with it.")
            }
        }
    }

    /// What kind of slip was put right.
    pub(in crate::ui) fn read_as(&self, kind: CorrectionKind) -> &'static str {
        match (self.language, kind) {
            (Language::Zh, CorrectionKind::Pinyin) => "已按拼音理解为",
            (Language::Zh, CorrectionKind::Spelling) => "已按相近拼写理解为",
            (Language::Zh, CorrectionKind::Homophone) => "已按同音或形近字理解为",
            (Language::En, CorrectionKind::Pinyin) => "Read as pinyin for",
            (Language::En, CorrectionKind::Spelling) => "Read with its spelling put right as",
            (Language::En, CorrectionKind::Homophone) => "Read with a mistaken character put right as",
        }
    }

    /// The part a section plays in its article.
    pub(in crate::ui) fn role(&self, role: SectionRole) -> &'static str {
        match (self.language, role) {
            (Language::Zh, SectionRole::Abstract) => "摘要",
            (Language::Zh, SectionRole::Introduction) => "引言",
            (Language::Zh, SectionRole::Methods) => "方法",
            (Language::Zh, SectionRole::Results) => "结果",
            (Language::Zh, SectionRole::Discussion) => "讨论",
            (Language::Zh, SectionRole::Conclusion) => "结论",
            (Language::Zh, SectionRole::Other) => "其他章节",
            (Language::En, SectionRole::Abstract) => "Abstract",
            (Language::En, SectionRole::Introduction) => "Introduction",
            (Language::En, SectionRole::Methods) => "Methods",
            (Language::En, SectionRole::Results) => "Results",
            (Language::En, SectionRole::Discussion) => "Discussion",
            (Language::En, SectionRole::Conclusion) => "Conclusion",
            (Language::En, SectionRole::Other) => "Other sections",
        }
    }

    /// The number of a page.
    pub(in crate::ui) fn page(&self, number: usize) -> String {
        match self.language {
            Language::Zh => format!("第 {number} 页"),
            Language::En => format!("Page {number}"),
        }
    }
}
