//! What reading Markdown must give.

use proptest::prelude::{any, proptest};

#[path = "tests/styles.rs"]
mod styles;

use super::read;
use crate::corpus::{Fault, Settings};
use crate::document::{Article, Source};

fn article(text: &str) -> (Article, Vec<Fault>) {
    let source = Source {
        path: "made/up.md".to_owned(),
        line: 1,
    };
    read(text, source).finish(&Settings::default())
}

fn real() -> Article {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    let file = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|end| end == "md"));
    article(&std::fs::read_to_string(file.unwrap()).unwrap()).0
}

#[test]
fn the_sections_of_the_article() {
    let article = real();
    let ids: Vec<&str> = article.sections.iter().map(|section| section.id.as_str()).collect();
    assert_eq!(
        ids.join(" "),
        "abstract-zh abstract-en 0 1 1.1 1.1.1 1.1.2 1.1.3 1.2 1.2.1 1.2.2 1.2.3 2 2.1 2.2 2.3 3 3.1 3.2 3.3 4"
    );
    let title = |id: &str| {
        article
            .sections
            .iter()
            .find(|section| section.id == id)
            .unwrap()
            .title
            .clone()
            .unwrap()
    };
    assert_eq!(title("1.1.1"), "骨髓来源 MSCs (BM-MSCs)");
    assert_eq!(title("1.1.3"), "EPCs");
    assert_eq!(title("1.2"), "同种异体干细胞");
    assert_eq!(title("1.2.2"), "胎盘来源 MSCs(PD-MSCs)");
    assert_eq!(title("2.1"), "BM-MNCs");
}

#[test]
fn page_breaks_are_mended_and_marks_kept() {
    let article = real();
    let all: Vec<&str> = article.passages.iter().map(|passage| passage.text.as_str()).collect();
    let all = all.join("\n");
    for joined in [
        "软骨细胞和",
        "相比,接受 AMSCs",
        "灌注;通过旁分泌",
        "旁分泌机制",
        "heterogeneity and synergistic",
    ] {
        assert!(all.contains(joined), "{joined}");
    }
    assert!(all.contains("。在Hwang 等") || all.contains("。在 Hwang 等"));
    assert!(all.contains("CD34-(淋巴细胞和单核细胞)和 CD34+的 HSCs"));
    assert!(!all.contains("访问学者"));
    let cited: Vec<&[u32]> = article
        .passages
        .iter()
        .flat_map(|passage| &passage.citations)
        .map(|citation| citation.numbers.as_slice())
        .collect();
    assert_eq!(cited.len(), 34);
    assert!(cited.contains(&[4, 5, 6, 7].as_slice()));
}

#[test]
fn the_metadata_of_the_article() {
    let article = real();
    let metadata = &article.metadata;
    assert_eq!(metadata.title.zh.as_deref(), Some("糖尿病足溃疡的细胞治疗现状"));
    assert_eq!(metadata.authors.en.as_ref().map(Vec::len), Some(3));
    assert_eq!(metadata.doi.as_deref(), Some("10.13429/j.cnki.cjcr.2025.04.001"));
    assert_eq!(metadata.clc, ["R587.2"]);
    assert_eq!(metadata.article_number.as_deref(), Some("1674-8182(2025)04-0497-05"));
    assert_eq!(
        metadata
            .keywords
            .iter()
            .filter(|word| word.zh.is_some() && word.en.is_some())
            .count(),
        7
    );
    assert_eq!(article.references.len(), 31);
}

#[test]
fn full_width_punctuation_and_chinese_numerals() {
    let (article, _) = article(
        "# 麦田记\n\n【摘要】甲乙丙。\n\n【关键词】小麦；水\n\n一、引言\n\n小麦喜水［1～2］。\n\n二、结论\n\n完［如前］。\n\n［参考文献］\n\n［1］ 甲. 书[M]. 2001.\n［2］ 乙. 文[J]. 2002.\n",
    );
    let ids: Vec<&str> = article.sections.iter().map(|section| section.id.as_str()).collect();
    assert_eq!(ids, ["abstract-zh", "一", "二"]);
    let introduction = article
        .passages
        .iter()
        .find(|passage| passage.text == "小麦喜水。")
        .unwrap();
    assert_eq!(introduction.citations[0].numbers, [1, 2]);
    assert_eq!(article.references.len(), 2);
}

#[test]
fn english_with_bare_brackets_and_numbered_list() {
    let (article, faults) = article(
        "# Of Wheat\n\n## Abstract\n\nWheat grows.\n\n## Introduction\n\nIt grows [1, 2] on [0,1] and\nturns [9].\n\n## Methods\n\nWe sowed p<b and c>d.\n\n## References\n\n1. One A. Title. 2001.\n2. Two B. Title. 2002.\n",
    );
    let texts: Vec<&str> = article.passages.iter().map(|passage| passage.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "Wheat grows.",
            "It grows on [0,1] and turns [9].",
            "We sowed p<b and c>d."
        ]
    );
    assert_eq!(article.passages[1].citations[0].numbers, [1, 2]);
    assert!(!faults.iter().any(|fault| fault.kind.code() == "no-title"));
}

#[test]
fn a_paragraph_that_begins_with_a_number_is_no_heading() {
    let (article, _) = article("没有标题的文章。\n\n2 型糖尿病 患者很多。\n\n2023 年 以来增多。\n");
    assert_eq!(article.sections.len(), 1);
    assert_eq!(article.passages.len(), 3);
}

fn texts(article: &Article) -> Vec<&str> {
    article.passages.iter().map(|passage| passage.text.as_str()).collect()
}

fn titles(article: &Article) -> Vec<&str> {
    article
        .sections
        .iter()
        .filter_map(|section| section.title.as_deref())
        .collect()
}

#[test]
fn an_article_without_any_markup() {
    let (article, _) = article(
        "麦田研究 2025 年 4 月第 38 卷第 4 期\n\n盐与面包的研究进展\n\n张三, 李 四\n\n麦田大学面包学院, 北京 100000\n\n摘　要：面包需要盐。\n关键词：面包；盐\n\n一、引言\n\n面包历史悠久[1]。\n\n二、材料\n\n（一）面粉\n\n1. 高筋面粉\n\n高筋面粉蛋白多[2]。\n\n参考文献：\n[1] 甲甲. 面包[J]. 面包学报, 2001, 1(1): 1-2.\n[2] 乙乙. 水[J]. 水学报, 2002, 1(1): 1-2.\n\nProgress in salt and bread\n\nZHANG San, LI Si\n\nAbstract: Bread needs salt.\n\nKeywords: bread; salt\n",
    );
    let metadata = &article.metadata;
    assert_eq!(metadata.title.zh.as_deref(), Some("盐与面包的研究进展"));
    assert_eq!(metadata.title.en.as_deref(), Some("Progress in salt and bread"));
    assert_eq!(metadata.authors.zh, Some(vec!["张三".to_owned(), "李四".to_owned()]));
    assert_eq!(metadata.authors.en.as_ref().map(Vec::len), Some(2));
    assert_eq!(metadata.journal.zh.as_deref(), Some("麦田研究"));
    assert_eq!(
        (metadata.volume.as_deref(), metadata.issue.as_deref()),
        (Some("38"), Some("4"))
    );
    assert_eq!(metadata.keywords[1].en.as_deref(), Some("salt"));
    assert_eq!(
        titles(&article),
        ["摘要", "Abstract", "引言", "材料", "面粉", "高筋面粉"]
    );
    let levels: Vec<u8> = article.sections.iter().skip(2).map(|section| section.level).collect();
    assert_eq!(levels, [1, 1, 2, 3]);
    assert_eq!(
        texts(&article),
        [
            "面包需要盐。",
            "Bread needs salt.",
            "面包历史悠久。",
            "高筋面粉蛋白多。"
        ]
    );
    assert_eq!(article.references.len(), 2);
}

#[test]
fn a_structured_abstract_is_one_abstract() {
    for abstract_ in [
        "## Abstract\n\n### Methods\n\nWe baked.\n\n### Results\n\nIt rose.",
        "**Abstract** **Methods** We baked. **Results** It rose.",
        "## Abstract\n\n**Methods** We baked.\n\n**Results** It rose.",
    ] {
        let (article, _) = article(&format!(
            "# Of Bread\n\n{abstract_}\n\nKeywords: bread, salt\n\n## Methods\n\nBody.\n"
        ));
        assert_eq!(titles(&article), ["Abstract", "Methods"], "{abstract_}");
        assert_eq!(
            texts(&article),
            ["Methods We baked. Results It rose.", "Body."],
            "{abstract_}"
        );
        assert_eq!(article.metadata.keywords.len(), 2);
    }
}

#[test]
fn works_cited_by_author_and_date_are_resolved() {
    let (article, faults) = article(
        "# Soil carbon under no-till\n\n## 1 Introduction\n\nSoil holds carbon (Lal, 2004; Luo et al., 2010). \
         Smith (2008) argued otherwise.\n\n## References\n\n\
         Lal, R. (2004). Soil carbon and food security. *Science*, 304(5677), 1623–1627.\n\n\
         Luo, Z., Wang, E., & Sun, O. J. (2010). Can no-tillage sequester carbon? *Agriculture*, 139(1–2), 224–231.\n\n\
         Smith, P. (2008). Land use change. *Nutrient Cycling*, 81, 169–178.\n",
    );
    assert_eq!(faults, []);
    let passage = &article.passages[0];
    assert_eq!(passage.text, "Soil holds carbon. Smith argued otherwise.");
    let cited: Vec<(&[u32], &str)> = passage
        .citations
        .iter()
        .map(|citation| (citation.numbers.as_slice(), citation.printed.as_str()))
        .collect();
    let expected: [(&[u32], &str); 2] = [(&[1, 2], "(Lal, 2004; Luo et al., 2010)"), (&[3], "(2008)")];
    assert_eq!(cited, expected);
}

#[test]
fn a_list_without_numbers_has_an_entry_a_line_or_goes_on_over_lines() {
    let list = |text: &str| -> Vec<(u32, String, Option<u16>)> {
        let (article, _) = article(&format!("# T\n\nText.\n\n## References\n\n{text}"));
        let read = article.references.into_iter();
        read.map(|one| (one.number, one.authors.join("|"), one.year)).collect()
    };
    let expected = [
        (1, "Lal, R.".to_owned(), Some(2004)),
        (2, "王芳|许燕".to_owned(), Some(2004)),
        (3, "Smith P".to_owned(), Some(2008)),
    ];
    let lines = "Lal, R. (2004). Soil carbon and food. *Science*, 304(5677), 1623–1627.\n\
        王芳, 许燕. (2004). 职业枯竭状况. *心理学报*, *36*(5), 568–574.\n\
        Smith P. 2008. Land use change. Geoderma 81: 169–178.\n";
    assert_eq!(list(lines), expected);
    let wrapped = "Lal, R. (2004). Soil carbon\nand food. *Science*, 304(5677),\n1623–1627.\n\
        王芳, 许燕. (2004). 职业枯竭\n状况. *心理学报*, *36*(5), 568–574.\n\
        Smith P. 2008. Land use change.\nGeoderma 81: 169–178.\n";
    assert_eq!(list(wrapped), expected);
}

#[test]
fn english_paragraphs_join_only_where_they_go_on() {
    let (article, faults) = article(
        "# Of Bread\n\n## Introduction\n\nThe loaves were\n\nSmith and Lee: Of Bread\n\nbaked at home\n\nFigure 1. The oven.\n\nand at work.\n\nA line without end\n\nThat is another.\n\n· 12 ·\n\nSmith and Lee: Of Bread\n\nDone.\n",
    );
    assert_eq!(
        texts(&article),
        [
            "The loaves were baked at home and at work.",
            "Figure 1. The oven.",
            "A line without end",
            "That is another.",
            "Done."
        ]
    );
    let skipped = faults
        .iter()
        .filter(|fault| fault.kind.code() == "page-furniture")
        .count();
    assert_eq!(skipped, 3);
}

#[test]
fn reading_takes_linear_time() {
    for sign in [
        "*",
        "[",
        "<",
        "$",
        ">",
        "#",
        "`",
        "^",
        "\\[",
        "![",
        "<!--",
        "<table",
        "$\\{",
        "[1]",
        "|",
        "~",
        "关键词：",
        "1. ",
        "&",
        "¹",
        "甲 ",
        "甲，\n\n",
        "DOI: a ",
        "编辑：甲\n",
        "(a,\n\n",
        "# a\n",
        "①",
        "①《甲》2020\n\n",
        "甲。①\n\n①《甲》2020\n\n",
        "[^a]: b\n",
        "(1) a ",
        "a (1, 2). ",
        "〔1〕",
        "[a1] B. C\n",
        "[@a2000; ",
        "见[1], ",
        "注释\n\n1. a\n\n",
    ] {
        for wide in [false, true] {
            let text = if wide {
                format!("甲乙丙\n\n{}", sign.repeat(10_000))
            } else {
                format!("{sign}\n").repeat(10_000)
            };
            let start = std::time::Instant::now();
            article(&text);
            // 10,000 signs squared would take minutes.
            assert!(start.elapsed().as_secs() < 8, "{sign:?} {wide} {:?}", start.elapsed());
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read_with_spans_that_fit(text in any::<String>()) {
        let (article, _) = article(&text);
        let mut at = 0;
        for passage in &article.passages {
            assert!(passage.span.start >= at && passage.span.len() == passage.text.len());
            at = passage.span.end;
            for mark in &passage.marks {
                assert!(passage.text.get(mark.span.start..mark.span.end).is_some());
            }
            for citation in &passage.citations {
                assert!(passage.text.is_char_boundary(citation.at));
            }
        }
    }
}
