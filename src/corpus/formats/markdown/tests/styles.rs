//! Articles as other fields and places print them.

use super::{Article, Fault, article};

/// The passages, each with the numbers it cites.
fn cited(article: &Article) -> Vec<(&str, Vec<u32>)> {
    let passages = article.passages.iter();
    passages
        .map(|passage| (passage.text.as_str(), passage.cited_numbers()))
        .collect()
}

fn titles(article: &Article) -> Vec<(u8, &str)> {
    let sections = article.sections.iter();
    sections
        .map(|section| (section.level, section.title.as_deref().unwrap_or("-")))
        .collect()
}

fn reasons(faults: &[Fault]) -> Vec<String> {
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn notes_under_circled_digits_are_the_works_cited() {
    let (article, faults) = article(
        "# 麦田漕运考\n\n## 一、缘起\n\n漕运为学界所重。①甲认为：①水深；②路近。②\n\n## 二、结语\n\n仍应以元年为界。③\n\n注释：\n\n\
         ①陈寅：《麦史》，麦田出版社1982年版，第45页。\n②全昇：《运河》，河岸书馆1946年版，第12—15页。\n③同上，第16页。\n",
    );
    assert_eq!(
        cited(&article),
        [
            ("漕运为学界所重。甲认为：①水深；②路近。", vec![1, 2]),
            ("仍应以元年为界。", vec![3])
        ]
    );
    let titles: Vec<Option<&str>> = article.references.iter().map(|one| one.title.as_deref()).collect();
    assert_eq!(titles, [Some("麦史"), Some("运河"), None]);
    assert_eq!(article.passages[0].citations[0].printed, "①");
    assert!(
        !reasons(&faults).iter().any(|fault| fault.contains("empty")),
        "{faults:?}"
    );
}

#[test]
fn notes_below_every_page_begin_with_one_again() {
    let (article, _) = article(
        "# 麦田考\n\n## 一、上\n\n麦子喜水。①\n\n①王甲：《麦》，河岸书馆1946年版。\n\n水能载舟。①亦能覆舟。②\n\n①李乙：《水》，河岸书馆1947年版。\n②张丙：《舟》，河岸书馆1948年版。\n",
    );
    assert_eq!(
        cited(&article),
        [("麦子喜水。", vec![1]), ("水能载舟。亦能覆舟。", vec![2, 3])]
    );
    let years: Vec<Option<u16>> = article.references.iter().map(|one| one.year).collect();
    assert_eq!(years, [Some(1946), Some(1947), Some(1948)]);
}

#[test]
fn circled_digits_that_count_stay_text() {
    let (article, _) = article("# 麦田考\n\n## 一、上\n\n步骤如下。\n\n①2020年播种；\n\n②2021年收割。\n");
    let text: String = article.passages.iter().map(|passage| passage.text.as_str()).collect();
    assert_eq!(text, "步骤如下。①2020年播种；②2021年收割。");
    assert!(article.references.is_empty());
}

#[test]
fn markdown_notes_stand_beside_a_reference_list() {
    let (article, _) = article(
        "# Of Wheat\n\n## Growth\n\nWheat grows.[^1] It is eaten (Lal, 2004).[^mill]\n\n[^1]: See the map.\n[^mill]: In mills of 1900.\n\n## References\n\nLal, R. (2004). Soil carbon. Science, 304(5677), 1623–1627.\n",
    );
    assert_eq!(cited(&article), [("Wheat grows. It is eaten.", vec![2, 1, 3])]);
    let texts: Vec<&str> = article.references.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(texts[1..], ["See the map.", "In mills of 1900."]);
}

#[test]
fn labels_and_headings_in_traditional_characters() {
    let (article, faults) = article(
        "# 翻轉麥田\n\n陳怡君、林志豪\n\n國立麥田大學農學系\n\n## 摘要\n\n本研究探討麥田。\n\n關鍵詞：麥田、水\n\n## 壹、緒論\n\n### 一、動機\n\n麥田受重視（王小明，2015）。\n\n## 貳、結論\n\n如此。\n\n## 參考文獻\n\n王小明（2015）。麥田之應用。**農業月刊**，**250**，45-58。\n",
    );
    assert_eq!(article.metadata.keywords.len(), 2);
    assert_eq!(
        article.metadata.affiliations.zh.clone().unwrap(),
        ["國立麥田大學農學系"]
    );
    assert_eq!(titles(&article), [(1, "摘要"), (1, "緒論"), (2, "動機"), (1, "結論")]);
    assert_eq!(cited(&article)[1], ("麥田受重視。", vec![1]));
    assert_eq!(reasons(&faults), Vec::<String>::new());
}

#[test]
fn sections_of_a_chapter_are_headings_after_the_first_chapter_too() {
    let (article, _) = article(
        "第一章 绪论\n\n1.1 背景\n\n麦子喜水。\n\n1.2 意义\n\n有用。\n\n第二章 综述\n\n2.1 麦田\n\n麦田很大。\n\n第十二章 结语\n\n12.1 总结\n\n如此。\n",
    );
    assert_eq!(
        titles(&article),
        [
            (1, "绪论"),
            (2, "背景"),
            (2, "意义"),
            (1, "综述"),
            (2, "麦田"),
            (1, "结语"),
            (2, "总结")
        ]
    );
}

#[test]
fn marks_in_other_brackets_in_groups_and_with_pages() {
    let (article, _) = article(
        "# 麦田考\n\n## 一、上\n\n麦子喜水〔1〕。水深 [1], [2]。路近[2](P45-46)，天高[1]（第3页）。国发〔2020〕5号。\n\n## 参考文献\n\n〔1〕甲. 麦[J]. 学报, 2001, 1(1): 1-2.\n〔2〕乙. 水[J]. 学报, 2002, 1(1): 1-2.\n",
    );
    assert_eq!(
        cited(&article),
        [("麦子喜水。水深。路近，天高。国发〔2020〕5号。", vec![1, 2])]
    );
    assert_eq!(article.passages[0].citations[2].printed, "[2](P45-46)");
}

#[test]
fn journals_of_chemists_and_engineers() {
    let (article, _) = article(
        "# Wheat in Water\n\nAnna Müller, *Member, IEEE*, and Li Wei\n\n■ INTRODUCTION\n\nWheat was sown by Lal.(1) It grows in water.(1,2) The layer (2) is thin.\n\n■ EXPERIMENTAL SECTION\n\nWe sowed 10^6^ grains.\n\n■ REFERENCES\n\n(1) Lal, R. Soil. Science 2004, 304, 1623−1627.\n(2) Wu, B. Water. Science 2005, 305, 1−7.\n",
    );
    assert_eq!(article.metadata.authors.en.clone().unwrap(), ["Anna Müller", "Li Wei"]);
    assert_eq!(titles(&article), [(1, "INTRODUCTION"), (1, "EXPERIMENTAL SECTION")]);
    assert_eq!(
        cited(&article),
        [
            (
                "Wheat was sown by Lal. It grows in water. The layer (2) is thin.",
                vec![1, 2]
            ),
            ("We sowed 10⁶ grains.", vec![])
        ]
    );
}

#[test]
fn numbered_notes_at_the_end_are_the_list() {
    let (article, _) = article(
        "# 麦田考\n\n一\n\n麦子喜水〔1〕。水深〔2〕。\n\n二\n\n路近〔1〕。\n\n注释：\n\n〔1〕王蒙：《麦》，河岸书馆1991年版，第3页。\n〔2〕俞平：《水》，河岸书馆1973年版。\n\n（责任编辑 张华）\n",
    );
    assert_eq!(cited(&article), [("麦子喜水。水深。", vec![1, 2]), ("路近。", vec![1])]);
    let numbers: Vec<Option<&str>> = article
        .sections
        .iter()
        .map(|section| section.number.as_deref())
        .collect();
    assert_eq!(numbers, [Some("一"), Some("二")]);
    assert_eq!(article.references[1].title.as_deref(), Some("水"));
}

#[test]
fn numbered_notes_stand_before_a_bibliography_without_numbers() {
    let (article, _) = article(
        "# The Road\n\n## Introduction\n\nMonks walked.[1] They traded.[2]\n\n## Notes\n\n1. Erik Zürcher, *The Conquest* (Leiden: Brill, 2007), 18.\n2. Ibid., 20.\n\n## Bibliography\n\nHansen, Valerie. *The Silk Road*. Oxford: Brill, 2012.\n",
    );
    assert_eq!(cited(&article), [("Monks walked. They traded.", vec![1, 2])]);
    let listed: Vec<(u32, Option<&str>)> = article
        .references
        .iter()
        .map(|one| (one.number, one.title.as_deref()))
        .collect();
    assert_eq!(
        listed,
        [(1, Some("The Conquest")), (2, None), (3, Some("The Silk Road"))]
    );
}

#[test]
fn numbers_in_round_brackets_cite_where_nothing_else_does() {
    let list = "\n## References\n\n1. Lal R. Soil. Science 2004;304:1623–7.\n2. Wu B. Water. Science 2005;305:1–7.\n3. Ho C. Air. Science 2006;306:1–7.\n";
    let text = "# Of Wheat\n\nRattan Lal<sup>1</sup>, Bo Wu<sup>2</sup>\n\n## Growth\n\nWheat needs soil (1, 2). Lal (1) sowed it in groups (1) and (2), as model (2) says (3).\n";
    assert_eq!(
        cited(&article(&format!("{text}{list}")).0),
        [(
            "Wheat needs soil. Lal sowed it in groups (1) and (2), as model (2) says.",
            vec![1, 2, 3]
        )]
    );
    let other = text.replace("soil (1, 2)", "soil [1,2]");
    assert_eq!(
        cited(&article(&format!("{other}{list}")).0),
        [(
            "Wheat needs soil. Lal (1) sowed it in groups (1) and (2), as model (2) says (3).",
            vec![1, 2]
        )]
    );
}

#[test]
fn a_mark_may_name_a_place_in_the_work() {
    let (article, _) = article(
        "# Of Wheat\n\n## Growth\n\nWheat needs soil [1, Sec. III] and water [2, p. 12]. It is [2, 3).\n\n## References\n\n[1] A. Lal, \"Soil,\" Science, vol. 3, pp. 1–2, 2004.\n[2] B. Wu, \"Water,\" Science, vol. 4, pp. 1–2, 2005.\n",
    );
    assert_eq!(
        cited(&article),
        [("Wheat needs soil and water. It is [2, 3).", vec![1, 2])]
    );
}

#[test]
fn a_mark_that_is_a_word_of_its_sentence_stays_in_it() {
    let (article, _) = article(
        "# Of Wheat\n\n## Growth\n\nWheat was sown in [1] and [2], and eaten [2]. See [1]. 文献[2]也是如此[1]。\n\n## References\n\n[1] A. Lal, \"Soil,\" Science, vol. 3, pp. 1–2, 2004.\n[2] B. Wu, \"Water,\" Science, vol. 4, pp. 1–2, 2005.\n",
    );
    assert_eq!(
        cited(&article),
        [(
            "Wheat was sown in [1] and [2], and eaten. See [1]. 文献[2]也是如此。",
            vec![1, 2]
        )]
    );
    let printed: Vec<&str> = article.passages[0]
        .citations
        .iter()
        .map(|one| one.printed.as_str())
        .collect();
    assert_eq!(printed, ["[1]", "[2]", "[2]", "[1]", "[2]", "[1]"]);
}

#[test]
fn works_are_cited_by_the_keys_of_the_list() {
    let (article, faults) = article(
        "# Graphs\n\n**Authors:** Lena Fischer and Bo Zhang\n\n## 1 Introduction\n\nGraphs expand [HLW06]. See also [BG08, Theorem 1] and [BG08, HLW06]. Not [XY99].\n\n## References\n\n[BG08] J. Bourgain and A. Gamburd, *Uniform bounds*, Ann. of Math. (2) **167** (2008), no. 2, 625–642.\n\n[HLW06] S. Hoory, N. Linial, and A. Wigderson, *Expander graphs*, Bull. Amer. Math. Soc. (N.S.) **43** (2006), no. 4, 439–561.\n",
    );
    assert_eq!(
        cited(&article),
        [(
            "Graphs expand. See also [BG08, Theorem 1] and [BG08, HLW06]. Not [XY99].",
            vec![2, 1]
        )]
    );
    assert_eq!(
        article.metadata.authors.en.clone().unwrap(),
        ["Lena Fischer", "Bo Zhang"]
    );
    let read: Vec<(Option<&str>, Option<&str>, Option<u16>)> = article
        .references
        .iter()
        .map(|one| (one.title.as_deref(), one.container.as_deref(), one.year))
        .collect();
    assert_eq!(
        read,
        [
            (Some("Uniform bounds"), Some("Ann. of Math. (2)"), Some(2008)),
            (
                Some("Expander graphs"),
                Some("Bull. Amer. Math. Soc. (N.S.)"),
                Some(2006)
            )
        ]
    );
    assert_eq!(reasons(&faults), Vec::<String>::new());
}

#[test]
fn keys_of_pandoc_are_read_by_author_and_year() {
    let (article, _) = article(
        "# Memory\n\n## Introduction\n\nModels [@vaswani2017] store facts [@petroni2019models; @vaswani2017, p. 5]. Mail me [at home].\n\n## References\n\nVaswani, A., & Parmar, N. (2017). Attention. *Advances*, 30(1), 1–2.\n\nPetroni, F. (2019). Language models. *EMNLP*, 3(1), 2463–2473.\n",
    );
    assert_eq!(
        cited(&article),
        [("Models store facts. Mail me [at home].", vec![1, 2])]
    );
}
