//! What part a section plays in its article, as its printed titles say.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{SectionHead, SectionKind};
use crate::text::fold;

/// What part a section plays in its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SectionRole {
    /// An abstract.
    Abstract,
    /// Introduction, background, aims.
    Introduction,
    /// Materials and methods.
    Methods,
    /// Results.
    Results,
    /// Discussion.
    Discussion,
    /// Conclusion, outlook.
    Conclusion,
    /// Anything else: most sections of a review.
    Other,
}

/// Titles and parts of titles that name a role. A title counts when every part of it between "and"s and commas stands
/// here, so that "Results of the second trial" is no name of a role.
const TITLES: [(SectionRole, &[&str]); 6] = [
    (SectionRole::Abstract, &["摘要", "内容提要", "abstract"]),
    (
        SectionRole::Introduction,
        &[
            "引言",
            "前言",
            "绪论",
            "导言",
            "导论",
            "绪言",
            "背景",
            "目的",
            "introduction",
            "background",
            "aim",
            "aims",
            "objective",
            "objectives",
            "purpose",
        ],
    ),
    (
        SectionRole::Methods,
        &[
            "方法",
            "材料",
            "资料",
            "对象",
            "仪器",
            "试剂",
            "设计",
            "方法学",
            "method",
            "methods",
            "materials",
            "material",
            "patients",
            "subjects",
            "participants",
            "animals",
            "data",
            "design",
            "procedure",
            "procedures",
            "methodology",
            "methodologies",
            "experimental section",
            "experimental",
        ],
    ),
    (SectionRole::Results, &["结果", "result", "results", "findings"]),
    (
        SectionRole::Discussion,
        &["讨论", "discussion", "discussions", "limitations", "局限性"],
    ),
    (
        SectionRole::Conclusion,
        &[
            "结论",
            "结语",
            "小结",
            "总结",
            "结束语",
            "展望",
            "总结展望",
            "conclusion",
            "conclusions",
            "concluding remarks",
            "summary",
            "outlook",
            "perspective",
            "perspectives",
            "future directions",
            "future perspectives",
        ],
    ),
];

/// Parts that say nothing of the role beside one that does: "results and analysis".
const BESIDE: [&str; 6] = ["分析", "建议", "启示", "analysis", "recommendations", "implications"];

/// Words before a part that leave its role as it is.
const BEFORE: [&str; 14] = [
    "本研究",
    "研究",
    "实验",
    "试验",
    "临床",
    "一般",
    "主要",
    "experimental",
    "study",
    "main",
    "clinical",
    "general",
    "research",
    "the",
];

impl SectionRole {
    /// Every role.
    pub const ALL: [Self; 7] = [
        Self::Abstract,
        Self::Introduction,
        Self::Methods,
        Self::Results,
        Self::Discussion,
        Self::Conclusion,
        Self::Other,
    ];

    /// Its name in answers and in the index.
    pub fn name(self) -> &'static str {
        match self {
            Self::Abstract => "abstract",
            Self::Introduction => "introduction",
            Self::Methods => "methods",
            Self::Results => "results",
            Self::Discussion => "discussion",
            Self::Conclusion => "conclusion",
            Self::Other => "other",
        }
    }

    /// The role with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// The role of a place in an article: that of the innermost of its sections whose title names one.
    pub fn of(path: &[SectionHead]) -> Self {
        path.iter().rev().find_map(Self::of_section).unwrap_or(Self::Other)
    }

    fn of_section(section: &SectionHead) -> Option<Self> {
        match section.kind {
            SectionKind::Abstract => Some(Self::Abstract),
            SectionKind::Introduction => Some(Self::Introduction),
            SectionKind::Body => section.title.as_deref().and_then(Self::of_title),
        }
    }

    fn of_title(title: &str) -> Option<Self> {
        static NAMES: LazyLock<BTreeMap<&str, SectionRole>> = LazyLock::new(|| {
            let named = TITLES.iter();
            named
                .flat_map(|(role, titles)| titles.iter().map(|title| (*title, *role)))
                .collect()
        });
        let folded = fold(title);
        let spaced = folded.text().replace(" and ", ",").replace('&', ",");
        let mut role = None;
        for part in spaced.split([',', '、', '/', ':', ';', '与', '和', '及', '.', '(', ')']) {
            let part = bare(part);
            if part.is_empty() || BESIDE.contains(&part.as_str()) {
                continue;
            }
            let named = NAMES.get(part.as_str()).copied().or_else(|| {
                let rest = BEFORE.iter().find_map(|before| part.strip_prefix(before))?;
                NAMES.get(rest.trim_start()).copied()
            })?;
            role = role.or(Some(named));
        }
        role
    }
}

/// A part of a title with single spaces, and with none between Han characters (`结 论`).
fn bare(part: &str) -> String {
    let words: Vec<&str> = part.split_whitespace().collect();
    let between = if part.is_ascii() { " " } else { "" };
    words.join(between)
}

#[cfg(test)]
mod tests {
    use super::SectionRole;
    use crate::document::{SectionHead, SectionKind};

    fn section(title: &str) -> SectionHead {
        SectionHead {
            id: "1".to_owned(),
            kind: SectionKind::Body,
            number: None,
            title: Some(title.to_owned()),
        }
    }

    #[test]
    fn titles_in_both_languages_name_a_role() {
        for (title, role) in [
            ("材料与方法", SectionRole::Methods),
            ("資料和方法", SectionRole::Methods),
            ("Materials and Methods", SectionRole::Methods),
            ("Patients, materials & methods", SectionRole::Methods),
            ("实验结果", SectionRole::Results),
            ("Results and discussion", SectionRole::Results),
            ("结果与分析", SectionRole::Results),
            ("讨 论", SectionRole::Discussion),
            ("结论与展望", SectionRole::Conclusion),
            ("CONCLUSIONS", SectionRole::Conclusion),
            ("研究背景", SectionRole::Introduction),
            ("Results of the second trial", SectionRole::Other),
            ("干细胞移植的方法学进展", SectionRole::Other),
            ("分析", SectionRole::Other),
        ] {
            assert_eq!(SectionRole::of(&[section(title)]), role, "{title}");
        }
    }

    #[test]
    fn the_innermost_section_that_names_a_role_decides() {
        let path = [section("Methods"), section("Cell culture")];
        assert_eq!(SectionRole::of(&path), SectionRole::Methods);
        let path = [section("Discussion"), section("Limitations"), section("Conclusion")];
        assert_eq!(SectionRole::of(&path), SectionRole::Conclusion);
        assert_eq!(SectionRole::of(&[]), SectionRole::Other);
    }

    #[test]
    fn every_role_is_found_by_its_name() {
        for role in SectionRole::ALL {
            assert_eq!(SectionRole::named(role.name()), Some(role));
        }
        assert_eq!(SectionRole::named("appendix"), None);
    }
}
