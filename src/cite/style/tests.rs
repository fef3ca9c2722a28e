//! Entries in every style: worked out by hand from the standards, and read back by a reader of BibTeX.

use std::collections::BTreeMap;

use biblatex::{Bibliography, ChunksExt};
use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};
use serde_json::{Value, json};

use super::{Entry, EntryKind, Place, Style, context_object};
use crate::document::{ArticleHead, ArticleId, Bilingual, Reference};
use crate::text::Language;

fn entry(kind: EntryKind, language: Language) -> Entry {
    Entry {
        key: "a-1".to_owned(),
        kind,
        language,
        authors: Vec::new(),
        more_authors: false,
        title: None,
        type_mark: None,
        container: None,
        publisher: None,
        place: None,
        date: None,
        volume: None,
        issue: None,
        pages: None,
        issn: None,
        doi: None,
        pmid: None,
        url: None,
        keywords: Vec::new(),
        printed: None,
        at: None,
    }
}

fn text(value: &str) -> Option<String> {
    Some(value.to_owned())
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn chinese() -> Entry {
    Entry {
        authors: names(&["张三", "李四", "王五", "赵六"]),
        title: text("基于图神经网络的段落检索"),
        container: text("中文信息学报"),
        date: text("2021-04-15"),
        volume: text("35"),
        issue: text("4"),
        pages: text("12-23"),
        issn: text("1003-0077"),
        doi: text("10.3969/j.issn.1003-0077.2021.04.002"),
        keywords: names(&["检索", "图"]),
        ..entry(EntryKind::Journal, Language::Zh)
    }
}

fn english() -> Entry {
    Entry {
        authors: names(&["Smith, John A.", "Doe J", "R. Roe", "Karimi Rouzbahani A"]),
        title: text("PD-1 & passages"),
        container: text("Journal of Documentation"),
        date: text("2020"),
        volume: text("76"),
        issue: text("2"),
        pages: text("100–120"),
        ..entry(EntryKind::Journal, Language::En)
    }
}

#[test]
fn articles_of_journals_follow_both_editions_of_the_standard() {
    assert_eq!(
        Style::Gbt2015.write(&chinese()),
        "张三, 李四, 王五, 等. 基于图神经网络的段落检索[J]. 中文信息学报, 2021, 35(4): 12-23. \
         DOI:10.3969/j.issn.1003-0077.2021.04.002."
    );
    assert_eq!(
        Style::Gbt2025.write(&chinese()),
        "张三，李四，王五，等. 基于图神经网络的段落检索[J]. 中文信息学报，2021，35（4）：12-23. \
         DOI:10.3969/j.issn.1003-0077.2021.04.002."
    );
    assert_eq!(
        Style::Gbt2015.write(&english()),
        "SMITH J A, DOE J, ROE R, et al. PD-1 & passages[J]. Journal of Documentation, 2020, 76(2): 100–120."
    );
    assert_eq!(
        Style::Gbt2025.write(&english()),
        "Smith J A，Doe J，Roe R，et al. PD-1 & passages[J]. Journal of Documentation，2020，76（2）：100–120."
    );
    let without_volume = Entry {
        volume: None,
        doi: None,
        authors: names(&["张三"]),
        ..chinese()
    };
    assert_eq!(
        Style::Gbt2015.write(&without_volume),
        "张三. 基于图神经网络的段落检索[J]. 中文信息学报, 2021(4): 12-23."
    );
}

#[test]
fn other_works_have_their_own_form() {
    let work = |kind, container: Option<&str>| Entry {
        authors: names(&["王五"]),
        title: text("题名"),
        container: container.map(str::to_owned),
        place: text("北京"),
        publisher: text("科学出版社"),
        date: text("2019"),
        ..entry(kind, Language::Zh)
    };
    let book = Entry {
        pages: text("30-35"),
        ..work(EntryKind::Book, None)
    };
    assert_eq!(
        Style::Gbt2015.write(&book),
        "王五. 题名[M]. 北京: 科学出版社, 2019: 30-35."
    );
    let paper = work(EntryKind::Proceedings, Some("会议录"));
    assert_eq!(
        Style::Gbt2015.write(&paper),
        "王五. 题名[C]//会议录. 北京: 科学出版社, 2019."
    );
    assert_eq!(
        Style::Gbt2025.write(&paper),
        "王五. 题名[C]//会议录. 北京：科学出版社，2019."
    );
    let thesis = Entry {
        place: None,
        publisher: text("北京大学"),
        ..work(EntryKind::Thesis, None)
    };
    assert_eq!(Style::Gbt2015.write(&thesis), "王五. 题名[D]. 北京大学, 2019.");
    let page = Entry {
        place: None,
        publisher: None,
        url: text("https://example.org/a"),
        date: text("2019-05-01"),
        ..work(EntryKind::Online, None)
    };
    assert_eq!(
        Style::Gbt2015.write(&page),
        "王五. 题名[EB/OL]. (2019-05-01). https://example.org/a."
    );
    let untold = entry(EntryKind::Other, Language::En);
    assert_eq!(Style::Gbt2015.write(&untold), "");
}

#[test]
fn vancouver_names_six_authors_and_the_place_of_a_passage_is_said() {
    assert_eq!(
        Style::Vancouver.write(&english()),
        "Smith JA, Doe J, Roe R, Karimi Rouzbahani A. PD-1 & passages. Journal of Documentation. 2020;76(2):100–120."
    );
    let many = Entry {
        authors: names(&["A B", "C D", "E F", "G H", "I J", "K L", "M N"]),
        title: text("Why?"),
        doi: text("10.1/x"),
        at: Some(Place {
            section: "2.1 Methods".to_owned(),
            paragraph: 3,
            passage: "p1".to_owned(),
        }),
        ..english()
    };
    assert_eq!(
        Style::Vancouver.write(&many),
        "A B, C D, E F, G H, I J, K L, et al. Why? Journal of Documentation. 2020;76(2):100–120. doi:10.1/x \
         (sect. 2.1 Methods, para. 3)"
    );
    assert!(
        Style::Gbt2015
            .write(&many)
            .ends_with("DOI:10.1/x. (§2.1 Methods, para. 3)")
    );
    let zh = Entry {
        at: many.at.clone(),
        ..chinese()
    };
    assert!(Style::Gbt2025.write(&zh).ends_with(" （§2.1 Methods，第 3 段）"));
}

fn reference() -> Reference {
    Reference {
        number: 18,
        text:
            "Zeng XX, Tang YL, Hu KX, et al. Three weeks of hydrogel: a case report [J]. Medicine (Baltimore), 2017, \
               96(51): e9212."
                .to_owned(),
        authors: names(&["Zeng XX", "Tang YL", "Hu KX"]),
        more_authors: true,
        title: text("Three weeks of hydrogel: a case report"),
        type_mark: text("J"),
        container: text("Medicine (Baltimore)"),
        year: Some(2017),
        volume: text("96"),
        issue: text("51"),
        pages: text("e9212"),
        ..Reference::default()
    }
}

#[test]
fn a_reference_is_written_anew_where_its_parts_are_known_and_as_printed_where_not() {
    let known = Entry::of_reference(&reference(), "a-1:r18".to_owned());
    assert_eq!(known.kind, EntryKind::Journal);
    assert_eq!(
        Style::Gbt2015.write(&known),
        "ZENG X X, TANG Y L, HU K X, et al. Three weeks of hydrogel: a case report[J]. Medicine (Baltimore), 2017, \
         96(51): e9212."
    );
    assert_eq!(
        Style::Vancouver.write(&known),
        "Zeng XX, Tang YL, Hu KX, et al. Three weeks of hydrogel: a case report. Medicine (Baltimore). 2017;96(51):e9212."
    );
    let unknown = Reference {
        number: 4,
        text: "Anonymous report kept in the archive of the city, box 4, read in May".to_owned(),
        year: Some(1950),
        ..Reference::default()
    };
    // What the parts leave out of a printed entry is not to be lost.
    let partly = Reference {
        text: format!(
            "{} Translated by A. Nother, with an afterword by the editor of the series",
            reference().text
        ),
        ..reference()
    };
    for odd in [unknown, partly] {
        let printed = odd.text.clone();
        let entry = Entry::of_reference(&odd, "a-1:r4".to_owned());
        for style in [Style::Gbt2015, Style::Gbt2025, Style::Vancouver] {
            assert_eq!(style.write(&entry), printed);
        }
        for style in [Style::Ris, Style::Bibtex, Style::CslJson] {
            assert!(style.write(&entry).contains(&printed), "{}", style.name());
        }
    }
}

#[test]
fn ris_has_a_line_for_each_part() {
    let passage = Entry {
        at: Some(Place {
            section: "2 方法".to_owned(),
            paragraph: 1,
            passage: "p1".to_owned(),
        }),
        ..chinese()
    };
    assert_eq!(
        Style::Ris.write(&passage),
        "TY  - JOUR\r\nID  - a-1\r\nAU  - 张三\r\nAU  - 李四\r\nAU  - 王五\r\nAU  - 赵六\r\n\
         TI  - 基于图神经网络的段落检索\r\nT2  - 中文信息学报\r\nPY  - 2021\r\nDA  - 2021/04/15\r\nVL  - 35\r\nIS  - 4\r\n\
         SP  - 12\r\nEP  - 23\r\nSN  - 1003-0077\r\nDO  - 10.3969/j.issn.1003-0077.2021.04.002\r\nKW  - 检索\r\n\
         KW  - 图\r\nLA  - zh-CN\r\nN1  - §2 方法 ¶1 (p1)\r\nER  - \r\n"
    );
    let ris = Style::Ris.write(&english());
    assert!(
        ris.contains("AU  - Smith, John A.\r\nAU  - Doe, J.\r\nAU  - Roe, R.\r\n"),
        "{ris}"
    );
    assert!(ris.contains("SP  - 100\r\nEP  - 120\r\n"), "{ris}");
}

#[test]
fn csl_json_is_one_item_with_names_and_dates_in_parts() {
    let written: Value = serde_json::from_str(&Style::CslJson.write(&english())).unwrap();
    assert_eq!(
        written,
        json!([{
            "id": "a-1", "type": "article-journal", "title": "PD-1 & passages",
            "author": [
                {"family": "Smith", "given": "John A."}, {"family": "Doe", "given": "J."},
                {"family": "Roe", "given": "R."}, {"family": "Karimi Rouzbahani", "given": "A."},
            ],
            "container-title": "Journal of Documentation", "issued": {"date-parts": [[2020]]},
            "volume": "76", "issue": "2", "page": "100–120", "language": "en-US",
        }])
    );
    let written: Value = serde_json::from_str(&Style::CslJson.write(&chinese())).unwrap();
    assert_eq!(written[0]["issued"], json!({"date-parts": [[2021, 4, 15]]}));
    assert_eq!(written[0]["author"][0], json!({"literal": "张三"}));
}

#[test]
fn coins_is_a_context_object_in_a_span() {
    assert_eq!(
        Style::Coins.write(&english()),
        "<span class=\"Z3988\" title=\"ctx_ver=Z39.88-2004&amp;rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal&amp;\
         rft.genre=article&amp;rft.atitle=PD-1%20%26%20passages&amp;rft.jtitle=Journal%20of%20Documentation&amp;\
         rft.date=2020&amp;rft.volume=76&amp;rft.issue=2&amp;rft.spage=100&amp;rft.epage=120&amp;rft.aulast=Smith&amp;\
         rft.aufirst=John%20A.&amp;rft.au=Smith%2C%20John%20A.&amp;rft.au=Doe%20J&amp;rft.au=R.%20Roe&amp;\
         rft.au=Karimi%20Rouzbahani%20A&amp;rft.language=en\"></span>"
    );
}

#[test]
fn what_a_hit_says_of_an_article_is_described_as_the_article_is() {
    let head = ArticleHead {
        id: ArticleId::parse("a-1").unwrap(),
        title: Bilingual {
            zh: Some("糖 & 水".to_owned()),
            en: None,
        },
        authors: Bilingual {
            zh: Some(vec!["王晶".to_owned()]),
            en: None,
        },
        journal: Bilingual::default(),
        year: Some(2025),
        doi: Some("10.1/a".to_owned()),
        url: None,
        extra: BTreeMap::new(),
    };
    // A work of which no journal is known has the format of Dublin Core.
    assert_eq!(
        context_object(&Entry::of_head(&head, Language::En)),
        "ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Adc&rft_id=info%3Adoi%2F10.1%2Fa&\
         rft.title=%E7%B3%96%20%26%20%E6%B0%B4&rft.date=2025&rft.creator=%E7%8E%8B%E6%99%B6&rft.language=en"
    );
}

#[test]
fn bibtex_is_read_back_by_a_reader() {
    let text = Style::Bibtex.write(&english());
    let read = Bibliography::parse(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let one = read.get("a-1").unwrap();
    assert_eq!(one.entry_type.to_string(), "article");
    assert_eq!(one.title().unwrap().format_verbatim(), "PD-1 & passages");
    let authors: Vec<(String, String)> = one
        .author()
        .unwrap()
        .into_iter()
        .map(|person| (person.name, person.given_name))
        .collect();
    assert_eq!(authors[0], ("Smith".to_owned(), "John A.".to_owned()));
    assert_eq!(authors[3], ("Karimi Rouzbahani".to_owned(), "A.".to_owned()));
    // Two hyphens are read as the dash of a range.
    assert!(text.contains("pages = {100--120}"), "{text}");
    assert_eq!(one.get("pages").unwrap().format_verbatim(), "100–120");

    let text = Style::Bibtex.write(&chinese());
    let read = Bibliography::parse(&text).unwrap();
    let one = read.get("a-1").unwrap();
    let names: Vec<String> = one.author().unwrap().into_iter().map(|person| person.name).collect();
    assert_eq!(names, ["张三", "李四", "王五", "赵六"]);
    assert_eq!(one.doi().unwrap(), "10.3969/j.issn.1003-0077.2021.04.002");
    assert_eq!(one.get("month").unwrap().format_verbatim(), "04");
}

proptest! {
    #[test]
    fn whatever_is_printed_an_export_stays_one_well_formed_entry(title in any::<String>(), author in any::<String>()) {
        let printed = Reference {
            text: format!("{author}. {title}"),
            authors: vec![author],
            title: Some(title),
            pages: text("1-2"),
            ..Reference::default()
        };
        let entry = Entry::of_reference(&printed, "a-1:r1".to_owned());
        let bibtex = Style::Bibtex.write(&entry);
        let read = Bibliography::parse(&bibtex);
        prop_assert!(read.is_ok(), "{bibtex}");
        prop_assert_eq!(read.unwrap().len(), 1);
        let ris = Style::Ris.write(&entry);
        for line in ris.split_terminator("\r\n") {
            let tag = line.get(..2).unwrap_or_default();
            prop_assert!(tag.chars().all(|letter| letter.is_ascii_alphanumeric()) && line.get(2..6) == Some("  - "), "{line:?}");
        }
        prop_assert!(serde_json::from_str::<Value>(&Style::CslJson.write(&entry)).is_ok());
        let coins = Style::Coins.write(&entry);
        prop_assert_eq!(coins.matches('"').count(), 4);
        prop_assert_eq!(coins.matches('<').count(), 2);
    }
}
