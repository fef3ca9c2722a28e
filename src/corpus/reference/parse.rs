//! Chooses the style that an entry is printed in.

use super::printed::Printed;
use super::{
    author_date, gbt, links, plain, quoted, sociology, title_marks, vancouver, volume_year, year_last, year_volume,
};
use crate::document::Reference;

/// Tells apart the fields of one printed entry, given without its number and without markup.
///
/// Reads GB/T 7714 by its type mark, Vancouver by its semicolon, APA and Harvard by the year behind the authors, Chinese
/// humanities by title marks, IEEE and MLA by quotation marks, chemistry by year, volume and pages in a row, BibTeX's
/// plain style and Nature's by the year at the end. What can't be told apart stays `None`; every field is printed in the entry (the DOI in lower case). `number` and `line` are left at 0 for
/// the caller. Takes time linear in the entry's length.
pub fn parse(text: &str) -> Reference {
    let printed = Printed::new(text);
    let mut reference = Reference {
        text: printed.text().to_owned(),
        ..Reference::default()
    };
    let body = links::take(&printed, &mut reference);
    if let Some(mark) = gbt::find_mark(&printed, body) {
        gbt::read(&printed, body, &mark, &mut reference);
    } else {
        // The first style that knows the entry as its own reads it.
        let styles = [
            sociology::read,
            title_marks::read,
            vancouver::read,
            year_volume::read,
            gbt::read_unmarked,
            quoted::read,
            volume_year::read,
            author_date::read,
            plain::read,
            year_last::read,
        ];
        styles.into_iter().any(|style| style(&printed, body, &mut reference));
    }
    reference
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert, proptest};

    use super::parse;

    /// Authors joined by `|`, title, container, year, volume, issue, pages; `-` for what is absent.
    fn row(text: &str) -> String {
        let reference = parse(text);
        let part = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
        let year = reference.year.map_or_else(|| "-".to_owned(), |year| year.to_string());
        let more = if reference.more_authors { "+" } else { "" };
        let (volume, issue) = (part(&reference.volume), part(&reference.issue));
        let (title, container, pages) = (
            part(&reference.title),
            part(&reference.container),
            part(&reference.pages),
        );
        format!(
            "{}{more} / {title} / {container} / {year} / {volume} / {issue} / {pages}",
            reference.authors.join("|")
        )
    }

    #[test]
    fn lists_by_author_and_date_are_told_apart() {
        for (text, expected) in [
            (
                "Smith, P., Jones, C., 2008. Land use change and soil. Nutr. Cycl. Agroecosyst. 81, 169–178.",
                "Smith, P.|Jones, C. / Land use change and soil / Nutr. Cycl. Agroecosyst / 2008 / 81 / - / 169–178",
            ),
            (
                "Lal R. 2004. Soil carbon impacts on climate. Science 304: 1623–1627.",
                "Lal R / Soil carbon impacts on climate / Science / 2004 / 304 / - / 1623–1627",
            ),
            (
                "Lal R, Bruce JP (1999) The potential of soils. Environ Sci Policy 2(2):177–185",
                "Lal R|Bruce JP / The potential of soils / Environ Sci Policy / 1999 / 2 / 2 / 177–185",
            ),
            (
                "王芳, 许燕. (2004). 中小学教师职业枯竭状况. 心理学报, 36(5), 568–574.",
                "王芳|许燕 / 中小学教师职业枯竭状况 / 心理学报 / 2004 / 36 / 5 / 568–574",
            ),
            (
                "王芳, 许燕. 2004. 中小学教师职业枯竭状况. 心理学报, 36(5): 568-574.",
                "王芳|许燕 / 中小学教师职业枯竭状况 / 心理学报 / 2004 / 36 / 5 / 568-574",
            ),
            (
                "Lal, R. 2004. “Soil Carbon Impacts.” Science 304 (5677): 1623–27.",
                "Lal, R. / Soil Carbon Impacts / Science / 2004 / 304 / 5677 / 1623–27",
            ),
            (
                "Jones, C., Brown, D., 2011a. Tillage and carbon. Geoderma 160 (1), 1–9. https://doi.org/10.1000/x",
                "Jones, C.|Brown, D. / Tillage and carbon / Geoderma / 2011 / 160 / 1 / 1–9",
            ),
        ] {
            assert_eq!(row(text), expected, "{text}");
        }
    }

    #[test]
    fn journals_in_every_style_are_told_apart() {
        for (text, expected) in [
            (
                "张三, 李四, 王五, 等. 题名研究[J]. 中文信息学报, 2021, 35(4): 12-23.",
                "张三|李四|王五+ / 题名研究 / 中文信息学报 / 2021 / 35 / 4 / 12-23",
            ),
            (
                "张三，李四，等．题名研究［Ｊ］．中文信息学报，２０２１，35（4）：12-23．",
                "张三|李四+ / 题名研究 / 中文信息学报 / 2021 / 35 / 4 / 12-23",
            ),
            (
                "SMITH J A, DOE J, et al. A title: with colon [J/OL]. Journal of Documentation, 2020, 76(2): 100-120. DOI:10.1108/JD-1.",
                "SMITH J A|DOE J+ / A title: with colon / Journal of Documentation / 2020 / 76 / 2 / 100-120",
            ),
            (
                "Smith JA, van der Berg J. Is it so? [J]. J Vasc Surg, 2019, 69(6S): 3S-125S.e40.",
                "Smith JA|van der Berg J / Is it so? / J Vasc Surg / 2019 / 69 / 6S / 3S-125S.e40",
            ),
            (
                "Lee K, do Amaral RJFC. Roman pages [J]. J Wound Care, 2025, 34(Suppl3): xxx-xxxviii.",
                "Lee K|do Amaral RJFC / Roman pages / J Wound Care / 2025 / 34 / Suppl3 / xxx-xxxviii",
            ),
            (
                "Lal, R. (2004). Soil carbon and food security. Science, 304(5677), 1623–1627.",
                "Lal, R. / Soil carbon and food security / Science / 2004 / 304 / 5677 / 1623–1627",
            ),
            (
                "Parikh PP. On cells [J]. Stem Cells Int, 2017, 2017: 3750829.",
                "Parikh PP / On cells / Stem Cells Int / 2017 / 2017 / - / 3750829",
            ),
            (
                "Smith JA, Doe B. Title of it. J Clin Invest. 2020;76(2):100-20. doi:10.1172/JCI1",
                "Smith JA|Doe B / Title of it / J Clin Invest / 2020 / 76 / 2 / 100-20",
            ),
            (
                "Smith JA, Doe B, et al. Does it work? BMJ. 2020 Jan 3;12(1):e5.",
                "Smith JA|Doe B+ / Does it work? / BMJ / 2020 / 12 / 1 / e5",
            ),
            (
                "World Health Organization. Global report[M]. Geneva: WHO Press, 2016: 12-15.",
                "World Health Organization / Global report / - / 2016 / - / - / 12-15",
            ),
            (
                "Smith, J. A., & Doe, K. (2020). A title here. Journal of Things, 12(3), 45–67. https://doi.org/10.1000/ABC",
                "Smith, J. A.|Doe, K. / A title here / Journal of Things / 2020 / 12 / 3 / 45–67",
            ),
            (
                "赵六. 无期卷之文[J]. 学报, 2020(3): 5-9.",
                "赵六 / 无期卷之文 / 学报 / 2020 / - / 3 / 5-9",
            ),
            (
                "丁文祥. 数字革命[N]. 中国青年报, 2000-11-20(15).",
                "丁文祥 / 数字革命 / 中国青年报 / 2000 / - / - / 15",
            ),
        ] {
            assert_eq!(row(text), expected, "{text}");
        }
    }

    #[test]
    fn books_theses_and_pages_of_the_web_are_told_apart() {
        let thesis = parse("王五. 深度学习研究[D]. 北京: 清华大学, 2019.");
        assert_eq!(
            (thesis.place.as_deref(), thesis.publisher.as_deref()),
            (Some("北京"), Some("清华大学"))
        );
        assert_eq!((thesis.year, thesis.type_mark.as_deref()), (Some(2019), Some("D")));
        let web = parse("某某学会. 指南[EB/OL]. (2020-05-06)[2023-01-02]. http://www.example.org/a.html.");
        assert_eq!(
            (web.year, web.url.as_deref()),
            (Some(2020), Some("http://www.example.org/a.html"))
        );
        assert_eq!((web.publisher.as_deref(), web.place.as_deref()), (None, None));
        let paper = parse("李四. 论文题名[C]//张三. 会议论文集. 上海: 某某出版社, 2018: 12-15.");
        assert_eq!(
            (paper.container.as_deref(), paper.pages.as_deref()),
            (Some("会议论文集"), Some("12-15"))
        );
        let patent = parse("刘加林. 一种装置: CN92214985.2[P]. 1993-04-14.");
        assert_eq!((patent.title.as_deref(), patent.year), (Some("一种装置"), Some(1993)));
        let doi = parse("Smith JA. T[J]. J X, 2020, 1(1): 1. DOI: 10.1000/ABC(2)D.");
        assert_eq!(doi.doi.as_deref(), Some("10.1000/abc(2)d"));
    }

    #[test]
    fn what_cannot_be_told_apart_stays_empty() {
        for text in [
            "",
            "见上文。",
            "personal communication with the author, spring",
            "[J]",
            "a. b. c. d",
        ] {
            let reference = parse(text);
            assert_eq!(
                (reference.title, reference.year, reference.container),
                (None, None, None),
                "{text}"
            );
            assert!(reference.authors.is_empty());
        }
    }

    proptest! {
        #[test]
        fn every_field_is_printed(text in "([A-Z][a-z]{0,5}|[张李等。，：；（）［］]|[ .,;:?()/&-]|\\[J\\]|//|《|》|“|”|\"|年|第|期|版| and | & |In |et al|no\\. |10\\.1234/|http://|20[0-2][0-9]|[0-9]){0,40}") {
            let reference = parse(&text);
            let parts = [&reference.title, &reference.container, &reference.publisher, &reference.place];
            let more = [&reference.volume, &reference.issue, &reference.pages, &reference.url];
            for part in parts.into_iter().chain(more).flatten().chain(&reference.authors) {
                prop_assert!(reference.text.contains(part.as_str()), "{part:?} in {:?}", reference.text);
            }
            let folded = crate::text::fold(&reference.text).text().to_lowercase().replace(' ', "");
            let year = reference.year.map(|year| year.to_string());
            for part in [&reference.type_mark, &reference.doi, &reference.pmid, &year].into_iter().flatten() {
                let part = part.to_lowercase().replace(' ', "");
                prop_assert!(folded.contains(&part), "{part:?} in {folded:?}");
            }
        }
    }
}
