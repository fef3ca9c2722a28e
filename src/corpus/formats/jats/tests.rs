//! Whole JATS articles of every shape.

use std::ops::ControlFlow;

use proptest::prelude::proptest;

use super::Jats;
use crate::corpus::{Fault, Format, Input, Settings, Sink};
use crate::document::{Article, MarkStyle, SectionKind};
use crate::text::Language;

#[derive(Default)]
struct Kept(Vec<Article>, Vec<Fault>);

impl Sink for Kept {
    fn article(&mut self, article: Article) -> ControlFlow<()> {
        self.0.push(article);
        ControlFlow::Continue(())
    }
    fn fault(&mut self, fault: Fault) {
        self.1.push(fault);
    }
}

fn read(text: &str) -> Kept {
    let mut kept = Kept::default();
    let mut bytes = text.as_bytes();
    let input = Input {
        path: "a.xml",
        text: &mut bytes,
    };
    Jats.read(input, &Settings::default(), &mut kept).unwrap();
    kept
}

/// An article with that body and ten numbered references `R1` to `R10`.
fn with_body(body: &str) -> Article {
    let list: String = (1..=10)
        .map(|number| format!("<ref id=\"R{number}\"><label>{number}</label><mixed-citation>Lee A. T{number}[J]. J X, 2020, 1(1): {number}.</mixed-citation></ref>"))
        .collect();
    let text = format!("<article><body>{body}</body><back><ref-list>{list}</ref-list></back></article>");
    read(&text).0.remove(0)
}

fn texts(article: &Article) -> Vec<&str> {
    article.passages.iter().map(|passage| passage.text.as_str()).collect()
}

fn malformed(kept: &Kept) -> Vec<u32> {
    kept.1
        .iter()
        .filter(|fault| fault.kind.code() == "malformed")
        .map(|fault| fault.line)
        .collect()
}

const ARTICLE: &str = r#"<!DOCTYPE article SYSTEM "x.dtd"><article xml:lang="zh"><front><article-meta><title-group>
<article-title>题名</article-title><trans-title-group xml:lang="en"><trans-title>A title</trans-title></trans-title-group></title-group>
</article-meta></front><body><sec><title>2 方法</title><p>甲&mdash;乙<sup>[<xref ref-type="bibr" rid="R1">1</xref>-<xref ref-type="bibr" rid="R3">3</xref>]</sup>。</p></sec></body>
<back><ref-list><ref id="R1"><label>[1]</label><mixed-citation>张三. 文一[J]. 学报, 2020, 1(2): 3.</mixed-citation></ref>
<ref id="R2"><mixed-citation>李四. 文二[J]. 学报, 2021, 1(2): 3.</mixed-citation></ref><ref id="R3"><mixed-citation>王五. 文三[J]. 学报, 2022, 1(2): 3.</mixed-citation></ref></ref-list></back></article>"#;

#[test]
fn a_bilingual_article_is_read_with_its_citations() {
    let Kept(articles, faults) = read(ARTICLE);
    let article = &articles[0];
    assert_eq!(article.metadata.title.zh.as_deref(), Some("题名"));
    assert_eq!(article.metadata.title.en.as_deref(), Some("A title"));
    assert_eq!(article.sections[0].number.as_deref(), Some("2"));
    assert_eq!(article.passages[0].text, "甲—乙。");
    assert_eq!(article.passages[0].cited_numbers(), [1, 2, 3]);
    assert_eq!(article.references[2].title.as_deref(), Some("文三"));
    assert!(faults.is_empty(), "{faults:?}");
}

#[test]
fn citations_are_read_in_every_shape() {
    let x = |number: &str| format!("<xref ref-type=\"bibr\" rid=\"R{number}\">{number}</xref>");
    let cases: [(String, &str, &[u32]); 18] = [
        (
            format!("As in [{}] and [{}].", x("2"), x("3")),
            "As in [2] and [3].",
            &[2, 3],
        ),
        (format!("细胞<sup>{}</sup>好。", x("1")), "细胞好。", &[1]),
        (format!("细胞<sup>{},{}</sup>好。", x("1"), x("3")), "细胞好。", &[1, 3]),
        (
            format!("Cells <sup>[{}–{}]</sup>.", x("2"), x("4")),
            "Cells.",
            &[2, 3, 4],
        ),
        (
            format!("Cells [{}-{}, {}] grow.", x("3"), x("5"), x("7")),
            "Cells grow.",
            &[3, 4, 5, 7],
        ),
        (format!("Cells ({}, {}) grow.", x("3"), x("5")), "Cells grow.", &[3, 5]),
        (format!("Cells [{}-6] grow.", x("4")), "Cells grow.", &[4, 5, 6]),
        (
            "Cells <xref ref-type=\"bibr\" rid=\"R4 R5\">[4,5]</xref> grow.".into(),
            "Cells grow.",
            &[4, 5],
        ),
        (
            "Cells <xref ref-type=\"bibr\" rid=\"R4 R7\">[4–7]</xref> grow.".into(),
            "Cells grow.",
            &[4, 5, 6, 7],
        ),
        (
            "细胞<xref ref-type=\"bibr\" rid=\"R4\">［４］</xref>生长。".into(),
            "细胞生长。",
            &[4],
        ),
        (
            "Seen (<xref ref-type=\"bibr\" rid=\"R2\">Smith et al., 2020</xref>) often.".into(),
            "Seen (Smith et al., 2020) often.",
            &[2],
        ),
        (
            "Smith (<xref ref-type=\"bibr\" rid=\"R2\">2020</xref>) saw.".into(),
            "Smith (2020) saw.",
            &[2],
        ),
        (format!("Seen (Fig. 1; {}).", x("2")), "Seen (Fig. 1).", &[2]),
        (format!("Seen [{}, p. 5] often.", x("2")), "Seen [2, p. 5] often.", &[2]),
        (
            "Empty<xref ref-type=\"bibr\" rid=\"R2\"/> mark.".into(),
            "Empty mark.",
            &[2],
        ),
        (
            "Untagged<sup>[2,4-5]</sup> and [7] here.".into(),
            "Untagged and here.",
            &[2, 4, 5, 7],
        ),
        (
            "CD34<sup>+</sup> 10<sup>6</sup> [see text] [99].".into(),
            "CD34+ 10⁶ [see text] [99].",
            &[],
        ),
        (
            "See <xref ref-type=\"fig\" rid=\"F1\">Figure 1</xref> [a].".into(),
            "See Figure 1 [a].",
            &[],
        ),
    ];
    for (body, text, numbers) in cases {
        let article = with_body(&format!("<p>{body}</p>"));
        assert_eq!(texts(&article), [text], "{body}");
        assert_eq!(article.passages[0].cited_numbers(), numbers, "{body}");
    }
}

#[test]
fn a_citation_of_words_stands_behind_its_words() {
    let article = with_body(
        "<p>Seen (<xref ref-type=\"bibr\" rid=\"R2\">Lee, 2020</xref>; <xref ref-type=\"bibr\" rid=\"R3\">Wu, 2021</xref>).</p>",
    );
    let passage = &article.passages[0];
    assert_eq!(passage.text, "Seen (Lee, 2020; Wu, 2021).");
    let cited: Vec<(&str, &str)> = passage
        .citations
        .iter()
        .map(|citation| (&passage.text[..citation.at], citation.printed.as_str()))
        .collect();
    assert_eq!(
        cited,
        [
            ("Seen (Lee, 2020", "Lee, 2020"),
            ("Seen (Lee, 2020; Wu, 2021", "Wu, 2021")
        ]
    );
}

#[test]
fn nothing_that_holds_text_is_dropped() {
    let article = with_body(
        "<sec><label>1.</label><title>Methods</title><p>Before:<list><list-item><p>one</p></list-item>\
         <list-item>two<list><list-item><p>inner</p></list-item></list></list-item></list>after.</p>\
         <disp-quote><p>Quoted.</p></disp-quote><boxed-text><caption><title>Box</title></caption><p>Boxed.</p><sec><title>Sub</title><p>Deep.</p></sec></boxed-text>\
         <p>A sentence that <fig><label>Figure 1</label><caption><title>Cells.</title><p>Seen <bold>well</bold>.</p></caption><graphic/></fig>goes on.</p>\
         <table-wrap><label>Table 1</label><caption><p>Doses.</p></caption><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table><table-wrap-foot><p>Foot.</p></table-wrap-foot></table-wrap>\
         <def-list><def-item><term>MSC</term><def><p>stem cell</p></def></def-item></def-list>\
         <p>E = <inline-formula><alternatives><tex-math>$mc^2$</tex-math><mml:math><mml:mi>m</mml:mi><mml:mi>c</mml:mi></mml:math></alternatives></inline-formula></p>\
         <unknown><p>Inside the unknown.</p></unknown>loose words</sec>",
    );
    assert_eq!(article.sections.len(), 1);
    assert_eq!(
        (
            article.sections[0].number.as_deref(),
            article.sections[0].title.as_deref()
        ),
        (Some("1"), Some("Methods"))
    );
    let expected = [
        "Before:",
        "one",
        "two",
        "inner",
        "after.",
        "Quoted.",
        "Box Boxed.",
        "Sub Deep.",
        "A sentence that goes on.",
        "Figure 1 Cells. Seen well.",
        "Table 1 Doses.",
        "A B; 1 2",
        "Foot.",
        "MSC stem cell",
        "E = mc",
        "Inside the unknown.",
        "loose words",
    ];
    assert_eq!(texts(&article), expected);
}

#[test]
fn words_that_stand_in_no_paragraph_are_kept() {
    let article = with_body(
        "<disp-quote>Bare quote.</disp-quote><boxed-text>Bare box.<p>More.</p></boxed-text><fig-group><caption><p>Both.</p></caption><fig><caption><p>Left.</p></caption></fig></fig-group>",
    );
    assert_eq!(texts(&article), ["Bare quote.", "Bare box.", "More.", "Both.", "Left."]);
}

#[test]
fn an_abstract_in_parts_is_one_section() {
    let text = "<article xml:lang=\"en\"><front><article-meta><abstract><sec><title>Objective</title><p>To see.</p></sec>\
        <sec><title>Results</title><p>Seen.</p></sec></abstract><trans-abstract xml:lang=\"zh\"><title>摘要</title><p>目的 探讨。</p></trans-abstract>\
        </article-meta></front><body><sec><title>3D printing</title><p>Text.</p><sec><label>1.1</label><title>Inks</title><p>Ink.</p></sec></sec></body></article>";
    let article = read(text).0.remove(0);
    assert_eq!(
        texts(&article),
        ["Objective To see.", "Results Seen.", "目的 探讨。", "Text.", "Ink."]
    );
    let sections: Vec<(&str, SectionKind, Option<usize>)> = article
        .sections
        .iter()
        .map(|section| (section.id.as_str(), section.kind, section.parent))
        .collect();
    assert_eq!(
        sections,
        [
            ("abstract-en", SectionKind::Abstract, None),
            ("abstract-zh", SectionKind::Abstract, None),
            ("s3", SectionKind::Body, None),
            ("1.1", SectionKind::Body, Some(2)),
        ]
    );
    assert_eq!(article.sections[2].title.as_deref(), Some("3D printing"));
    assert_eq!(article.passages[0].marks[0].style, MarkStyle::Bold);
}

#[test]
fn the_declared_language_is_inherited_unless_the_text_is_plainly_in_the_other() {
    let text = "<article xml:lang=\"zh\"><body><p>CD34+ MSCs</p><p>A whole English sentence.</p>\
        <sec xml:lang=\"en\"><p>间充质 cells of the kind</p><p xml:lang=\"zh\">All in English, declared otherwise.</p></sec></body></article>";
    let languages: Vec<Language> = read(text).0[0]
        .passages
        .iter()
        .map(|passage| passage.language)
        .collect();
    assert_eq!(languages, [Language::Zh, Language::En, Language::En, Language::Zh]);
}

#[test]
fn the_front_matter_of_both_languages_is_kept() {
    let text = r#"<article xml:lang="zh"><front><journal-meta><journal-title-group><journal-title>某某学报</journal-title><trans-title-group xml:lang="en"><trans-title>Acta X</trans-title></trans-title-group><abbrev-journal-title>Acta</abbrev-journal-title></journal-title-group><issn>1000-1234</issn></journal-meta><article-meta>
<article-id pub-id-type="publisher-id">xb-77</article-id><article-id pub-id-type="doi">https://doi.org/10.1234/AbC</article-id><article-id pub-id-type="manuscript">1000-123X（2024）05-0001-08</article-id>
<article-categories><subj-group subj-group-type="clc"><subject>R318；Q813</subject></subj-group></article-categories>
<title-group><article-title>干细胞<xref ref-type="fn" rid="n1">*</xref>的
进展</article-title><trans-title-group xml:lang="en"><trans-title>Stem cells</trans-title><trans-subtitle>a review</trans-subtitle></trans-title-group></title-group>
<contrib-group><contrib contrib-type="author" corresp="yes"><name-alternatives><name name-style="eastern"><surname>张</surname><given-names>三</given-names></name><name name-style="western"><surname>Zhang</surname><given-names>San</given-names></name></name-alternatives><email>z@x.cn</email><xref ref-type="aff" rid="A1"/></contrib><contrib contrib-type="editor"><name><surname>Ed</surname><given-names>I</given-names></name></contrib></contrib-group>
<aff-alternatives id="A1"><aff xml:lang="zh"><label>1</label><institution>某大学</institution></aff><aff xml:lang="en"><institution>X University</institution><country>China</country></aff></aff-alternatives>
<pub-date pub-type="epub"><day>28</day><month>12</month><year>2023</year></pub-date><pub-date pub-type="collection"><year>2024</year></pub-date><pub-date pub-type="ppub"><month>5</month><year>2024</year></pub-date>
<volume>3</volume><elocation-id>e12</elocation-id><kwd-group xml:lang="zh"><kwd>干细胞</kwd><kwd>凝胶</kwd></kwd-group><kwd-group xml:lang="en"><kwd>stem cell</kwd><kwd>gel</kwd></kwd-group>
<funding-group><funding-statement>No. 1</funding-statement></funding-group><custom-meta-group><custom-meta><meta-name>文献标识码</meta-name><meta-value>A</meta-value></custom-meta></custom-meta-group></article-meta></front><body><p>正文。</p></body></article>"#;
    let metadata = read(text).0.remove(0).metadata;
    assert_eq!(
        (metadata.title.zh.as_deref(), metadata.title.en.as_deref()),
        (Some("干细胞的进展"), Some("Stem cells: a review"))
    );
    assert_eq!(
        (metadata.journal.zh.as_deref(), metadata.journal.en.as_deref()),
        (Some("某某学报"), Some("Acta X"))
    );
    assert_eq!(metadata.authors.zh, Some(vec!["张三".to_owned()]));
    assert_eq!(metadata.authors.en, Some(vec!["Zhang San".to_owned()]));
    assert_eq!(metadata.affiliations.zh, Some(vec!["某大学".to_owned()]));
    assert_eq!(metadata.affiliations.en, Some(vec!["X University, China".to_owned()]));
    assert_eq!(metadata.doi.as_deref(), Some("10.1234/abc"));
    assert_eq!(metadata.article_number.as_deref(), Some("1000-123X（2024）05-0001-08"));
    assert_eq!(metadata.clc, ["R318", "Q813"]);
    assert_eq!(metadata.document_code.as_deref(), Some("A"));
    assert_eq!((metadata.year, metadata.date.as_deref()), (Some(2024), Some("2024-05")));
    assert_eq!(
        (metadata.volume.as_deref(), metadata.pages.as_deref()),
        (Some("3"), Some("e12"))
    );
    assert_eq!(metadata.corresponding.zh.as_deref(), Some("张三, z@x.cn"));
    assert_eq!(
        (metadata.keywords[1].zh.as_deref(), metadata.keywords[1].en.as_deref()),
        (Some("凝胶"), Some("gel"))
    );
}

#[test]
fn thanks_and_notes_are_no_passages_and_appendices_are_sections() {
    let text = "<article><body><p>Body<fn><p>footnote</p></fn> text.</p></body><back><ack><p>Thanks.</p></ack><fn-group><fn><p>Note.</p></fn></fn-group>\
        <app-group><app><label>A</label><title>Appendix</title><p>More.</p></app></app-group></back></article>";
    let article = read(text).0.remove(0);
    assert_eq!(texts(&article), ["Body text.", "More."]);
    assert_eq!(article.sections[1].title.as_deref(), Some("Appendix"));
    assert_eq!(article.metadata.notes, ["footnote", "Thanks.", "Note."]);
}

#[test]
fn a_tagged_form_gives_the_fields_and_every_printed_text_is_kept() {
    let text = r#"<article><back><ref-list>
<ref id="a"><label>[1]</label><citation-alternatives><mixed-citation xml:lang="zh">张三. 题一[J]. 学报, 2020, 1(2): 3.</mixed-citation><mixed-citation xml:lang="en">Zhang S. Title one[J]. Acta, 2020, 1(2): 3.</mixed-citation><element-citation publication-type="journal"><person-group person-group-type="author"><name><surname>Zhang</surname><given-names>S</given-names></name><etal/></person-group><article-title>Title one</article-title><source>Acta</source><year>2020</year><volume>1</volume><fpage>3</fpage><lpage>9</lpage><pub-id pub-id-type="doi">10.1/X</pub-id><pub-id pub-id-type="pmid">123</pub-id></element-citation></citation-alternatives></ref>
<ref id="b"><element-citation publication-type="book"><person-group person-group-type="author"><name><surname>Doe</surname><given-names>J</given-names></name></person-group><source>A book</source><publisher-loc>Oxford</publisher-loc><publisher-name>OUP</publisher-name><year>2019a</year></element-citation></ref>
<ref id="c"><label>Roe 2021</label><mixed-citation><string-name><surname>Roe</surname><given-names>K</given-names></string-name>. <article-title>T three</article-title>. <source>J Y</source>. <year>2021</year>;<volume>4</volume>:<fpage>7</fpage>.</mixed-citation></ref></ref-list></back></article>"#;
    let references = read(text).0.remove(0).references;
    let first = &references[0];
    assert_eq!(
        first.text,
        "张三. 题一[J]. 学报, 2020, 1(2): 3. Zhang S. Title one[J]. Acta, 2020, 1(2): 3."
    );
    assert_eq!(
        (first.authors.as_slice(), first.more_authors),
        (["Zhang S".to_owned()].as_slice(), true)
    );
    assert_eq!(
        (first.title.as_deref(), first.pages.as_deref()),
        (Some("Title one"), Some("3-9"))
    );
    assert_eq!(
        (first.doi.as_deref(), first.pmid.as_deref(), first.line),
        (Some("10.1/x"), Some("123"), 2)
    );
    assert_eq!(references[1].text, "Doe J. A book. Oxford: OUP. 2019a");
    assert_eq!(
        (references[1].title.as_deref(), references[1].year, references[1].number),
        (Some("A book"), Some(2019), 2)
    );
    assert_eq!(references[2].text, "Roe K. T three. J Y. 2021;4:7.");
    assert_eq!(
        (references[2].number, references[2].container.as_deref()),
        (3, Some("J Y"))
    );
}

#[test]
fn entities_are_read_and_never_expanded_into_a_bomb() {
    let kept = read(
        "<!DOCTYPE article [<!ENTITY a \"xxxx\"><!ENTITY b \"&a;&a;&a;\">]>\n<article><body><p>5&nbsp;&mu;m &Agrave; &#x3b1;&#946; <![CDATA[1 < 2 & 3]]> <!-- no --><?pi no?>\n&b; AT&T</p></body></article>",
    );
    assert_eq!(texts(&kept.0[0]), ["5 μm À αβ 1 < 2 & 3 &b; AT&T"]);
    assert_eq!(malformed(&kept), [3, 3]);
}

#[test]
fn several_articles_in_a_file_are_several_articles() {
    let kept = read(
        "<article-set>\n<article><body><p>One.</p></body></article>\n<article><body><p>Two.</p></body></article></article-set>",
    );
    let found: Vec<(&str, u32, Vec<&str>)> = kept
        .0
        .iter()
        .map(|article| (article.id.as_str(), article.source.line, texts(article)))
        .collect();
    assert_eq!(found, [("a~1", 2, vec!["One."]), ("a~2", 3, vec!["Two."])]);
}

#[test]
fn prefixes_of_names_do_not_count() {
    let kept = read(
        "<j:article xmlns:j=\"x\"><j:body><j:p>Text <j:ext-link xlink:href=\"http://x\">link</j:ext-link>.</j:p></j:body></j:article>",
    );
    assert_eq!(texts(&kept.0[0]), ["Text link."]);
}

#[test]
fn what_stands_around_an_error_is_kept_and_the_error_has_its_line() {
    let kept = read("<article><body><p>Kept text.</p>\n<p>near</q>\n</p><p>Behind.</p></body></article>");
    assert_eq!(texts(&kept.0[0]), ["Kept text.", "near", "Behind."]);
    assert_eq!(malformed(&kept), [2]);
    let cut = read("<article><body><p>Kept.</p>\n<sec><title>T</title>\n<p>Half a sen");
    assert_eq!(texts(&cut.0[0]), ["Kept.", "Half a sen"]);
    assert_eq!(malformed(&cut), [3]);
    let crossed = read("<article><body><p><bold>a<italic>b</bold></italic></p>\n<p>c</p></body></article>");
    assert_eq!(texts(&crossed.0[0]), ["ab", "c"]);
}

proptest! {
    #[test]
    fn any_text_is_read(text in "(<article>|</?p>|<sup>|</sup>|<xref ref-type=\"bibr\" rid=\"a\">|</xref>|<ref id=\"a\">|<list>|<!\\[CDATA\\[|&x;|[a-z<>&\\[\\]()1-9,一]){0,40}") {
        read(&text);
    }
}
