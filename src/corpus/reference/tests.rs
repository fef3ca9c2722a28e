//! Printed entries of every kind, told apart by hand.

use super::parse;

/// Authors joined by `|` (`+` for "et al."), title, container, year, volume, issue, pages, place, publisher; `-` for
/// what is absent.
fn row(text: &str) -> String {
    let reference = parse(text);
    let more = if reference.more_authors { "+" } else { "" };
    let year = reference.year.map(|year| year.to_string());
    let parts = [
        &reference.title,
        &reference.container,
        &year,
        &reference.volume,
        &reference.issue,
        &reference.pages,
        &reference.place,
        &reference.publisher,
    ];
    let shown: Vec<&str> = parts.into_iter().map(|part| part.as_deref().unwrap_or("-")).collect();
    format!("{}{more} / {}", reference.authors.join("|"), shown.join(" / "))
}

fn all_read(rows: &[(&str, &str)]) {
    for (text, expected) in rows {
        assert_eq!(row(text), *expected, "{text}");
    }
}

#[test]
fn titles_in_title_marks() {
    all_read(&[
        (
            "张军、吴桂英：《中国省际物质资本存量估算》，《经济研究》2004年第10期，第35—44页。",
            "张军|吴桂英 / 中国省际物质资本存量估算 / 经济研究 / 2004 / - / 10 / 35—44 / - / -",
        ),
        (
            "费孝通：《乡土中国》，北京：人民出版社，2008年，第10页。",
            "费孝通 / 乡土中国 / - / 2008 / - / - / 10 / 北京 / 人民出版社",
        ),
        (
            "李强等：《社会分层研究》，《社会学研究》1999年第2期。",
            "李强+ / 社会分层研究 / 社会学研究 / 1999 / - / 2 / - / - / -",
        ),
    ]);
}

#[test]
fn works_of_law_and_history() {
    all_read(&[
        (
            "陈寅恪：《唐代政治史述论稿》，上海古籍出版社1982年版，第45页。",
            "陈寅恪 / 唐代政治史述论稿 / - / 1982 / - / - / 45 / - / 上海古籍出版社",
        ),
        (
            "参见王利明：《论个人信息权的法律保护——以界分为中心》，载《现代法学》2013年第4期。",
            "王利明 / 论个人信息权的法律保护——以界分为中心 / 现代法学 / 2013 / - / 4 / - / - / -",
        ),
        (
            "［美］博登海默：《法理学：法律哲学与法律方法》，邓正来译，中国政法大学出版社2004年版，第117页。",
            "博登海默 / 法理学：法律哲学与法律方法 / - / 2004 / - / - / 117 / - / 中国政法大学出版社",
        ),
        (
            "张文显主编：《法理学》，高等教育出版社2018年版。",
            "张文显 / 法理学 / - / 2018 / - / - / - / - / 高等教育出版社",
        ),
        (
            "《旧唐书》卷九八《裴耀卿传》，中华书局1975年版，第3080页。",
            " / 旧唐书 / - / 1975 / - / - / 3080 / - / 中华书局",
        ),
        (
            "参见李锦绣：《唐代财政史稿》上卷，北京大学出版社1995年版；清木场东：《唐代财政史研究》，九州大学出版会1996年版。",
            "李锦绣 / 唐代财政史稿 / - / 1995 / - / - / - / - / 北京大学出版社",
        ),
        ("前引[2]，王利明文。", " / - / - / - / - / - / - / - / -"),
        (
            "See Fred H. Cate & Viktor Mayer-Schönberger, Notice and Consent in a World of Big Data, 3 International Data Privacy Law 67 (2013).",
            "Fred H. Cate|Viktor Mayer-Schönberger / Notice and Consent in a World of Big Data / International Data Privacy Law / 2013 / 3 / - / 67 / - / -",
        ),
        (
            "Paul Ohm, Broken Promises of Privacy, 57 UCLA Law Review 1701, 1704 (2010).",
            "Paul Ohm / Broken Promises of Privacy / UCLA Law Review / 2010 / 57 / - / 1701, 1704 / - / -",
        ),
    ]);
}

#[test]
fn the_year_between_commas_behind_the_authors() {
    all_read(&[
        (
            "布雷弗曼，1979，《劳动与垄断资本》，方生等译，北京：商务印书馆。",
            "布雷弗曼 / 劳动与垄断资本 / - / 1979 / - / - / - / 北京 / 商务印书馆",
        ),
        (
            "闻翔、周潇，2007，《西方劳动过程理论与中国经验》，《中国社会科学》第3期。",
            "闻翔|周潇 / 西方劳动过程理论与中国经验 / 中国社会科学 / 2007 / - / 3 / - / - / -",
        ),
        (
            "Burawoy, Michael 1979, Manufacturing Consent. Chicago: University of Chicago Press.",
            "Burawoy, Michael / Manufacturing Consent / - / 1979 / - / - / - / Chicago / University of Chicago Press",
        ),
        (
            "Rosenblat, Alex & Luke Stark 2016, \"Algorithmic Labor and Information Asymmetries.\" International Journal of Communication 10.",
            "Rosenblat, Alex|Luke Stark / Algorithmic Labor and Information Asymmetries / International Journal of Communication / 2016 / 10 / - / - / - / -",
        ),
        (
            "World Bank, 2014. Global Financial Development Report.",
            "World Bank / - / - / 2014 / - / - / - / - / -",
        ),
        (
            "赵广才. 种植区划研究(一). 麦类作物学报, 2010, 30(5): 886-895. ZHAO G C. Study on regionalization (Ⅰ). Journal of Triticeae Crops, 2010, 30(5): 886-895. (in Chinese)",
            "赵广才 / 种植区划研究(一) / 麦类作物学报 / 2010 / 30 / 5 / 886-895 / - / -",
        ),
    ]);
}

#[test]
fn the_year_in_brackets_at_the_end() {
    all_read(&[
        (
            "Kojima, A., Teshima, K., Shirai, Y. & Miyasaka, T. Organometal halide perovskites. J. Am. Chem. Soc. 131, 6050–6051 (2009).",
            "Kojima, A.|Teshima, K.|Shirai, Y.|Miyasaka, T / Organometal halide perovskites / J. Am. Chem. Soc / 2009 / 131 / - / 6050–6051 / - / -",
        ),
        (
            "Jeong, J. et al. Pseudo-halide anion engineering for α-FAPbI3. Nature 592, 381–385 (2021).",
            "Jeong, J.+ / Pseudo-halide anion engineering for α-FAPbI3 / Nature / 2021 / 592 / - / 381–385 / - / -",
        ),
        (
            "Snaith, H. J. Present status and future prospects. Nat. Mater. 17, 372–376 (2018).",
            "Snaith, H. J / Present status and future prospects / Nat. Mater / 2018 / 17 / - / 372–376 / - / -",
        ),
        (
            "J. Jeong, M. Kim, J. Seo, Pseudo-halide anions, and more. Nature 592, 381–385 (2021).",
            "J. Jeong|M. Kim|J. Seo / Pseudo-halide anions, and more / Nature / 2021 / 592 / - / 381–385 / - / -",
        ),
        (
            "B. P. Abbott and C. Wu, Phys. Rev. Lett. 116, 061102 (2016).",
            "B. P. Abbott|C. Wu / - / Phys. Rev. Lett / 2016 / 116 / - / 061102 / - / -",
        ),
        (
            "Erik Zürcher, The Buddhist Conquest of China, 3rd ed. (Leiden: Brill, 2007), 18–23.",
            "Erik Zürcher / The Buddhist Conquest of China / - / 2007 / - / - / 18–23 / Leiden / Brill",
        ),
        (
            "Hansen, Valerie. The Silk Road: A New History. Oxford: Oxford University Press, 2012.",
            "Hansen, Valerie / The Silk Road: A New History / - / 2012 / - / - / - / Oxford / Oxford University Press",
        ),
        (
            "Zürcher, Erik. The Buddhist Conquest of China. 3rd ed. Leiden: Brill, 2007.",
            "Zürcher, Erik / The Buddhist Conquest of China / - / 2007 / - / - / - / Leiden / Brill",
        ),
        (
            "Bishop, J. L., & Verleger, M. A. (2013). The flipped classroom. In ASEE Conference Proceedings (pp. 1-18). Atlanta, GA.",
            "Bishop, J. L.|Verleger, M. A. / The flipped classroom / ASEE Conference Proceedings / 2013 / - / - / 1-18 / - / -",
        ),
        (
            "Knuth, D. E. The Art of Computer Programming (Addison-Wesley, Reading, 1968).",
            "Knuth, D. E / The Art of Computer Programming / - / 1968 / - / - / - / Reading / Addison-Wesley",
        ),
    ]);
}

#[test]
fn year_volume_and_pages_in_a_row() {
    all_read(&[
        (
            "Kolb, H. C.; Finn, M. G.; Sharpless, K. B. Click Chemistry: A Few Good Reactions. Angew. Chem., Int. Ed. 2001, 40, 2004−2021.",
            "Kolb, H. C.|Finn, M. G.|Sharpless, K. B / Click Chemistry: A Few Good Reactions / Angew. Chem., Int. Ed / 2001 / 40 / - / 2004−2021 / - / -",
        ),
        (
            "Meldal, M.; Tornøe, C. W. Cu-Catalyzed Azide−Alkyne Cycloaddition. Chem. Rev. 2008, 108, 2952−3015. [CrossRef] [PubMed]",
            "Meldal, M.|Tornøe, C. W / Cu-Catalyzed Azide−Alkyne Cycloaddition / Chem. Rev / 2008 / 108 / - / 2952−3015 / - / -",
        ),
        (
            "A. Müller, B. Novák and C. Chen, Catalysis in water, Chem. Sci., 2019, 10, 123–130.",
            "A. Müller|B. Novák|C. Chen / Catalysis in water / Chem. Sci / 2019 / 10 / - / 123–130 / - / -",
        ),
    ]);
}

#[test]
fn titles_in_quotation_marks() {
    all_read(&[
        (
            "C. H. Wu, J. M. Ho, and D. T. Lee, \"Travel-time prediction,\" in Proc. IEEE ITSC, Shanghai, China, 2003, pp. 1438–1442.",
            "C. H. Wu|J. M. Ho|D. T. Lee / Travel-time prediction / Proc. IEEE ITSC / 2003 / - / - / 1438–1442 / - / -",
        ),
        (
            "B. Yu and Z. Zhu, “Graph networks,” in Proc. 27th Int. Joint Conf. Artif. Intell. (IJCAI), 2018, pp. 3634–3640. [Online]. Available: https://www.example.org/2018/0505",
            "B. Yu|Z. Zhu / Graph networks / Proc. 27th Int. Joint Conf. Artif. Intell. (IJCAI) / 2018 / - / - / 3634–3640 / - / -",
        ),
        (
            "Smith, John, and Jane Doe. “Soil and Climate.” Journal of Soils, vol. 12, no. 3, 2015, pp. 1–9.",
            "Smith, John|Jane Doe / Soil and Climate / Journal of Soils / 2015 / 12 / 3 / 1–9 / - / -",
        ),
        (
            "John Smith, “Soil and Climate,” Journal of Soils 12, no. 3 (2015): 1–9.",
            "John Smith / Soil and Climate / Journal of Soils / 2015 / 12 / 3 / 1–9 / - / -",
        ),
        (
            "G. E. P. Box and G. M. Jenkins, Time Series Analysis: Forecasting and Control, 3rd ed. San Francisco, CA, USA: Holden-Day, 1976.",
            "G. E. P. Box|G. M. Jenkins / Time Series Analysis: Forecasting and Control / - / 1976 / - / - / - / San Francisco, CA, USA / Holden-Day",
        ),
    ]);
}

#[test]
fn given_names_in_full_stay_with_their_surnames() {
    for (text, authors) in [
        ("Lal, Rattan. 2004. Soil carbon. Science 304: 1623–1627.", "Lal, Rattan"),
        (
            "Lal, Rattan, and Ronald Follett. 2004. Soil carbon. Science 304: 1623–1627.",
            "Lal, Rattan|Ronald Follett",
        ),
        (
            "Lal, Rattan; Follett, Ronald F. (2004). Soil carbon. Science, 304, 1623–1627.",
            "Lal, Rattan|Follett, Ronald F",
        ),
        (
            "Smith, Jones and Brown (2008). Soil carbon. Science, 304, 1623–1627.",
            "Smith|Jones|Brown",
        ),
    ] {
        assert_eq!(parse(text).authors.join("|"), authors, "{text}");
    }
}

#[test]
fn the_year_at_the_end() {
    all_read(&[
        (
            "K. He and J. Sun. Convolutional networks at constrained time cost. In CVPR, 2015.",
            "K. He|J. Sun / Convolutional networks at constrained time cost / CVPR / 2015 / - / - / - / - / -",
        ),
        (
            "A. Krizhevsky, I. Sutskever, and G. Hinton. Imagenet classification. In Proceedings of NIPS, pages 1097–1105, 2012.",
            "A. Krizhevsky|I. Sutskever|G. Hinton / Imagenet classification / Proceedings of NIPS / 2012 / - / - / 1097–1105 / - / -",
        ),
        (
            "N. Srivastava, G. Hinton. Dropout. Journal of Machine Learning Research, 15(1):1929–1958, 2014.",
            "N. Srivastava|G. Hinton / Dropout / Journal of Machine Learning Research / 2014 / 15 / 1 / 1929–1958 / - / -",
        ),
        (
            "KRIZHEVSKY A, SUTSKEVER I. ImageNet classification[C]//NIPS. 2012: 1097-1105.",
            "KRIZHEVSKY A|SUTSKEVER I / ImageNet classification / NIPS / 2012 / - / - / 1097-1105 / - / -",
        ),
    ]);
}

#[test]
fn books_and_parts_of_books() {
    all_read(&[
        (
            "刘国钧, 陈绍业. 图书馆目录[M]. 北京: 高等教育出版社, 1957: 15-18.",
            "刘国钧|陈绍业 / 图书馆目录 / - / 1957 / - / - / 15-18 / 北京 / 高等教育出版社",
        ),
        (
            "昂温 G, 昂温 P S. 外国出版史[M]. 陈生铮, 译. 北京: 中国书籍出版社, 1988.",
            "昂温 G|昂温 P S / 外国出版史 / - / 1988 / - / - / - / 北京 / 中国书籍出版社",
        ),
        (
            "陈登原. 国史旧闻: 第1卷[M]. 2版. 北京: 中华书局, 2000: 29.",
            "陈登原 / 国史旧闻: 第1卷 / - / 2000 / - / - / 29 / 北京 / 中华书局",
        ),
        (
            "PEEBLES P Z, Jr. Random variable, and signals[M]. 4th ed. New York: McGraw Hill, 2001.",
            "PEEBLES P Z, Jr / Random variable, and signals / - / 2001 / - / - / - / New York / McGraw Hill",
        ),
        (
            "程根伟. 1998年洪水的成因[M]//许厚泽, 赵其国. 洪涝灾害与对策. 北京: 科学出版社, 1999: 32-36.",
            "程根伟 / 1998年洪水的成因 / 洪涝灾害与对策 / 1999 / - / - / 32-36 / 北京 / 科学出版社",
        ),
        (
            "Meltzer PS, Trent JM. Alterations in tumors. In: Vogelstein B, Kinzler KW, editors. The genetic basis. New York: McGraw-Hill; 2002. p. 93-113.",
            "Meltzer PS|Trent JM / Alterations in tumors / The genetic basis / 2002 / - / - / 93-113 / New York / McGraw-Hill",
        ),
        (
            "Gilstrap LC 3rd, Cunningham FG, editors. Operative obstetrics. 2nd ed. New York: McGraw-Hill; 2002.",
            "Gilstrap LC 3rd|Cunningham FG / Operative obstetrics / - / 2002 / - / - / - / New York / McGraw-Hill",
        ),
        (
            "World Health Organization. Global report. Geneva: WHO; 2016.",
            "World Health Organization / Global report / - / 2016 / - / - / - / Geneva / WHO",
        ),
    ]);
}

#[test]
fn theses_patents_standards_and_reports() {
    all_read(&[
        (
            "张志祥. 间断动力系统[D]. 北京: 北京大学, 1998.",
            "张志祥 / 间断动力系统 / - / 1998 / - / - / - / 北京 / 北京大学",
        ),
        (
            "CALMS R B. Studies on oxygen[D]. Berkeley: Univ. of California, 1965.",
            "CALMS R B / Studies on oxygen / - / 1965 / - / - / - / Berkeley / Univ. of California",
        ),
        (
            "姜锡洲. 一种外敷药制备方案: 88105607.3[P]. 1989-07-26.",
            "姜锡洲 / 一种外敷药制备方案 / - / 1989 / - / - / - / - / -",
        ),
        (
            "TACHIBANA R, SHIMIZU S. Watermarking method: US6915001[P/OL]. 2005-07-05[2013-11-11]. http://www.example.org/US6915001.",
            "TACHIBANA R|SHIMIZU S / Watermarking method / - / 2005 / - / - / - / - / -",
        ),
        (
            "全国信息与文献标准化技术委员会. 文献著录: 第4部分: GB/T 3792.4-2009[S]. 北京: 中国标准出版社, 2010: 3.",
            "全国信息与文献标准化技术委员会 / 文献著录: 第4部分 / - / 2010 / - / - / 3 / 北京 / 中国标准出版社",
        ),
        (
            "World Health Organization. Immune response: report of a group[R]. Geneva: WHO, 1970.",
            "World Health Organization / Immune response: report of a group / - / 1970 / - / - / - / Geneva / WHO",
        ),
        (
            "中国互联网络信息中心. 第29次统计报告[R/OL]. (2012-01-16)[2013-03-26]. http://www.example.org/a.pdf.",
            "中国互联网络信息中心 / 第29次统计报告 / - / 2012 / - / - / - / - / -",
        ),
    ]);
}

#[test]
fn proceedings_newspapers_data_and_pages_of_the_web() {
    all_read(&[
        (
            "METCALF S W. The emission study[C]//The congress on waste, Atlanta: Marriott Hotel, 1995.",
            "METCALF S W / The emission study / The congress on waste / 1995 / - / - / - / Atlanta / Marriott Hotel",
        ),
        (
            "王五. 会议论文题名[C]. 第三届全国会议论文集. 杭州: 浙江大学出版社, 2015: 88-91.",
            "王五 / 会议论文题名 / 第三届全国会议论文集 / 2015 / - / - / 88-91 / 杭州 / 浙江大学出版社",
        ),
        (
            "余建斌．科技一直在追赶：访周院长［N/OL］．人民日报，2013-01-12（2）［2013-03-20］．http://paper.example.org/a.htm．",
            "余建斌 / 科技一直在追赶：访周院长 / 人民日报 / 2013 / - / - / 2 / - / -",
        ),
        (
            "张三，李四，等. 题名[DS/OL]. 国家数据中心，2023[2024-01-05]. https://doi.org/10.11888/data.1234.",
            "张三|李四+ / 题名 / - / 2023 / - / - / - / - / 国家数据中心",
        ),
        (
            "国家卫生健康委员会. 诊疗指南[EB/OL]. (2022-03-04)[2023-01-02]. https://www.example.org/a.html.",
            "国家卫生健康委员会 / 诊疗指南 / - / 2022 / - / - / - / - / -",
        ),
    ]);
}

#[test]
fn journals_of_both_languages_and_all_styles() {
    all_read(&[
        (
            "袁训来，陈哲，等．生物群：一个新窗口［J］．科学通报，2012，55（34）：3219．",
            "袁训来|陈哲+ / 生物群：一个新窗口 / 科学通报 / 2012 / 55 / 34 / 3219 / - / -",
        ),
        (
            "Smith J A，Roe R，et al. Title of it[J/OL]. Journal of Documentation，2020，76（2）：100-120.",
            "Smith J A|Roe R+ / Title of it / Journal of Documentation / 2020 / 76 / 2 / 100-120 / - / -",
        ),
        (
            "孙七, 周八. 无卷之文[J]. 学报, 2018(增刊1): 5-9, 12.",
            "孙七|周八 / 无卷之文 / 学报 / 2018 / - / 增刊1 / 5-9, 12 / - / -",
        ),
        (
            "李幼平, 王莉. 循证方法[J/OL]. 移植杂志(电子版), 2010, 4(3): 225-228[2014-06-09]. http://www.example.org/?id=3.",
            "李幼平|王莉 / 循证方法 / 移植杂志(电子版) / 2010 / 4 / 3 / 225-228 / - / -",
        ),
        (
            "Frykberg RG, Banks J. Chronic wounds. Adv Wound Care (New Rochelle). 2015;4(9):560-582. PMID: 26339534; PMCID: PMC4528992.",
            "Frykberg RG|Banks J / Chronic wounds / Adv Wound Care (New Rochelle) / 2015 / 4 / 9 / 560-582 / - / -",
        ),
        (
            "Galiano RD, Michaels J 5th, et al. Quantitative model. Wound Repair Regen. 2004 Jul-Aug;12(4):485-92.",
            "Galiano RD|Michaels J 5th+ / Quantitative model / Wound Repair Regen / 2004 / 12 / 4 / 485-92 / - / -",
        ),
        (
            "American Diabetes Association. (2021). Standards of care. Diabetes Care, 44(Suppl 1), S1–S232.",
            "American Diabetes Association / Standards of care / Diabetes Care / 2021 / 44 / Suppl 1 / S1–S232 / - / -",
        ),
        (
            "Armstrong D.G., Boulton A.J.M. Foot ulcers and their recurrence. N. Engl. J. Med. 376 (2017) 2367–2375.",
            "Armstrong D.G.|Boulton A.J.M / Foot ulcers and their recurrence / N. Engl. J. Med / 2017 / 376 / - / 2367–2375 / - / -",
        ),
        (
            "Lee A, Wu B. Title of it. Adv. Drug Deliv. Rev. 12 (2020) 45–67.",
            "Lee A|Wu B / Title of it / Adv. Drug Deliv. Rev / 2020 / 12 / - / 45–67 / - / -",
        ),
        (
            "M. Li, Q. Ke, S.C. Tao, Fabrication of hydrogels, J. Mater. Chem. B 4 (2016) 6000–6010.",
            "M. Li|Q. Ke|S.C. Tao / Fabrication of hydrogels / J. Mater. Chem. B / 2016 / 4 / - / 6000–6010 / - / -",
        ),
        (
            "A. Smith, B. Jones, \"A method for things,\" IEEE Trans. Eng., vol. 12, no. 3, pp. 45–67, Mar. 2018.",
            "A. Smith|B. Jones / A method for things / IEEE Trans. Eng / 2018 / 12 / 3 / 45–67 / - / -",
        ),
        (
            "张三, 李四. 题名甲[J]. 某杂志, 2020, 100(5): 321-325. ZHANG S, LI S. Title A[J]. Some J, 2020, 100(5): 321-325.",
            "张三|李四 / 题名甲 / 某杂志 / 2020 / 100 / 5 / 321-325 / - / -",
        ),
    ]);
    assert_eq!(
        parse("Lee A. T. J X. 2015;4(9):5-8. PMID: 26339534; PMCID: PMC4528992.")
            .pmid
            .as_deref(),
        Some("26339534")
    );
}

/// The entries with those numbers in the list of the article that comes with the sources, without emphasis.
fn printed(number: u32) -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let head = format!("- [{number}] ");
    let files = std::fs::read_dir(folder).unwrap();
    let texts = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    let found = texts
        .filter_map(|text| {
            text.lines()
                .find_map(|line| line.strip_prefix(&head).map(str::to_owned))
        })
        .next();
    found.unwrap().replace('*', "")
}

#[test]
fn entries_of_a_real_list() {
    for (number, expected) in [
        (
            1,
            "Doğruel H|Aydemir M|Balci MK / Management of diabetic foot ulcers and the challenging points: an endocrine view / World J Diabetes / 2022 / 13 / 1 / 27-36",
        ),
        (
            2,
            "Magenta A|Florio MC|Ruggeri M+ / Autologous cell therapy in diabetes-associated critical limb ischemia: From basic studies to clinical outcomes (Review) / Int J Mol Med / 2021 / 48 / 3 / 173",
        ),
        (
            3,
            "Sojakova D|Husakova J|Fejfarova V+ / The use of autologous cell therapy in diabetic patients with chronic limb-threatening ischemia / Int J Mol Sci / 2024 / 25 / 18 / 10184",
        ),
        (
            5,
            "Mahmoudvand G|Karimi Rouzbahani A|Razavi ZS+ / Mesenchymal stem cell therapy for non-healing diabetic foot ulcer infection: New insight / Front Bioeng Biotechnol / 2023 / 11 / - / 1158484",
        ),
        (
            8,
            "Parikh PP|Liu ZJ|Velazquez OC / A molecular and clinical review of stem cell therapy in critical limb ischemia / Stem Cells Int / 2017 / 2017 / - / 3750829",
        ),
        (
            9,
            "D'Souza N|Rossignoli F|Golinelli G+ / Mesenchymal stem/stromal cells as a delivery platform in cell and gene therapies / BMC Med / 2015 / 13 / - / 186",
        ),
        (
            11,
            "Liew A|O'Brien T / Therapeutic potential for mesenchymal stem cell transplantation in critical limb ischemia / Stem Cell Res Ther / 2012 / 3 / 4 / 28",
        ),
        (
            14,
            "Elainein MAA|Whdan MM|Samir M+ / Therapeutic potential of adipose-derived stem cells for diabetic foot ulcers: a systematic review and meta-analysis / Diabetol Metab Syndr / 2025 / 17 / 1 / 9",
        ),
        (
            16,
            "Yan CC|Xu Y|Lin Z+ / Human umbilical cord mesenchymal stem cell-derived exosomes accelerate diabetic wound healing via ameliorating oxidative stress and promoting angiogenesis / Front Bioeng Biotechnol / 2022 / 10 / - / 829868",
        ),
        (
            18,
            "Zeng XX|Tang YL|Hu KX+ / Three-week topical treatment with placenta-derived mesenchymal stem cells hydrogel in a patient with diabetic foot ulcer: a case report / Medicine (Baltimore) / 2017 / 96 / 51 / e9212",
        ),
        (
            19,
            "Santarella F|do Amaral RJFC|Lemoine M+ / Personalized scaffolds for diabetic foot ulcer healing using extracellular matrix from induced pluripotent stem-reprogrammed patient cells / Adv Nanobiomed Res / 2022 / 2 / 10 / 2200052",
        ),
        (
            24,
            "Mustafa A|Simay A|Hamdullah Y+ / Autologous adipose-derived tissue stromal vascular fraction and intralesional epidermal growth factor combined application in patients with diabetic foot / J Wound Care / 2025 / 34 / Suppl3 / xxx-xxxviii",
        ),
        (
            29,
            "Conte MS|Bradbury AW|Kolh P+ / Global vascular guidelines on the management of chronic limb-threatening ischemia / J Vasc Surg / 2019 / 69 / 6S / 3S-125S.e40",
        ),
    ] {
        assert_eq!(row(&printed(number)), format!("{expected} / - / -"), "{number}");
    }
}
