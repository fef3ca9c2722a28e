use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

use super::resolve;
use crate::corpus::Inline;
use crate::document::Reference;

fn reference(number: u32, authors: &[&str], date: &str) -> Reference {
    let year = date.get(..4).and_then(|year| year.parse().ok());
    Reference {
        number,
        text: format!("{} ({date}). A title. A journal.", authors.join(", ")),
        authors: authors.iter().map(|&author| author.to_owned()).collect(),
        more_authors: false,
        title: Some("A title".to_owned()),
        type_mark: None,
        container: None,
        publisher: None,
        place: None,
        year,
        volume: None,
        issue: None,
        pages: None,
        doi: None,
        pmid: None,
        url: None,
        line: number,
    }
}

fn references() -> Vec<Reference> {
    vec![
        reference(1, &["Lal, R."], "2004"),
        reference(2, &["Luo, Z.", "Wang, E.", "Sun, O. J."], "2010"),
        reference(3, &["Jones, C.", "Brown, D."], "2011a"),
        reference(4, &["Jones, C.", "Brown, D."], "2011b"),
        reference(5, &["Smith P"], "2008"),
        reference(6, &["王芳", "许燕"], "2004"),
        reference(7, &["李永鑫", "张阔", "赵国祥"], "2007"),
        reference(8, &["van der Berg, A."], "1999"),
        reference(9, &["Müller K"], "2001"),
        reference(10, &["Smith P", "Lal R"], "2008"),
    ]
}

/// The text that is left, and each citation's place, numbers and printed form.
fn read(text: &str) -> (String, Vec<(usize, Vec<u32>, String)>) {
    let mut inline = Inline::plain(text);
    resolve(&mut [&mut inline], &references());
    let citations = inline.citations().iter();
    let citations = citations
        .map(|one| (one.at, one.numbers.clone(), one.printed.clone()))
        .collect();
    (inline.text().to_owned(), citations)
}

fn numbers(text: &str) -> Vec<Vec<u32>> {
    read(text).1.into_iter().map(|(_, numbers, _)| numbers).collect()
}

#[test]
fn a_bracket_of_authors_and_years_is_a_citation_and_taken_out() {
    let (text, citations) = read("Carbon rises (Luo et al., 2010; Lal, 2004). More follows.");
    assert_eq!(text, "Carbon rises. More follows.");
    assert_eq!(
        citations,
        [(12, vec![2, 1], "(Luo et al., 2010; Lal, 2004)".to_owned())]
    );
    let (text, citations) = read("职业倦怠（王芳、许燕，2004；李永鑫等，2007）受到重视。");
    assert_eq!(text, "职业倦怠受到重视。");
    assert_eq!(citations.len(), 1);
    assert_eq!(citations[0].1, [6, 7]);
}

#[test]
fn authors_that_the_sentence_names_stay_in_it() {
    let (text, citations) = read("As Smith (2008) argued, and Luo et al. (2010) found.");
    assert_eq!(text, "As Smith argued, and Luo et al. found.");
    assert_eq!(
        citations,
        [(8, vec![5], "(2008)".to_owned()), (31, vec![2], "(2010)".to_owned())]
    );
    let (text, citations) = read("采用王芳和许燕（2004）编制的量表。");
    assert_eq!(text, "采用王芳和许燕编制的量表。");
    assert_eq!(citations[0].1, [6]);
}

#[test]
fn the_ways_in_which_works_are_cited() {
    for (text, expected) in [
        ("(Jones & Brown, 2011a)", vec![vec![3]]),
        ("(Jones and Brown 2011a, b)", vec![vec![3, 4]]),
        ("(Jones & Brown, 2011)", vec![vec![3, 4]]),
        ("Jones and Brown (2011b)", vec![vec![4]]),
        ("(see Lal, 2004, p. 35)", vec![vec![1]]),
        ("(e.g., Lal, 2004; see also Luo, Wang, & Sun, 2010)", vec![vec![1, 2]]),
        ("(参见王芳和许燕，2004)", vec![vec![6]]),
        ("(van der Berg, 1999; Berg 1999)", vec![vec![8]]),
        ("(Muller, 2001)", vec![vec![9]]),
        ("(Smith, 2008)", vec![vec![5]]),
        ("(Smith & Lal, 2008)", vec![vec![10]]),
        ("(Luo et al. 2010, Lal 2004)", vec![vec![2, 1]]),
        ("(Jones & Brown, 2011a, 2011b, Lal 2004)", vec![vec![3, 4, 1]]),
        ("(李永鑫, 张阔, 赵国祥, 2007)", vec![vec![7]]),
        ("（王芳 等，2004）", vec![vec![6]]),
        ("Smith and Lal’s (2008) model", vec![vec![10]]),
        ("Luo, Wang, and Sun (2010)", vec![vec![2]]),
        ("李永鑫等人（2007）", vec![vec![7]]),
        ("[Lal, 2004]", vec![vec![1]]),
    ] {
        assert_eq!(numbers(text), expected, "{text}");
    }
}

#[test]
fn what_the_list_lacks_stays_text() {
    for text in [
        "(Beijing, 2004)",
        "(Lal, 2005)",
        "(in 2004)",
        "(2004)",
        "In the year (2004) nothing",
        "(Lal)",
        "(Lal, 2004 and much more text)",
        "(Lal, 2004, Nanjing)",
        "(n = 2004)",
        "Total (2008)",
        "(",
        "）（",
    ] {
        let (left, citations) = read(text);
        assert_eq!((left.as_str(), citations.len()), (text, 0), "{text}");
    }
}

#[test]
fn a_number_that_only_begins_like_a_year_was_read_for_ever() {
    for text in ["(Lal, 2004/05)", "(Lal, 2004.)", "(Lal 2004-2005; Smith, 2008x1)"] {
        assert_eq!(read(text), (text.to_owned(), Vec::new()));
    }
}

#[test]
fn works_that_the_list_lacks_are_told_once() {
    let texts = [
        "Carbon rises (Lal, 2004; Keynes, 1936). It fell (May, 2008), (Table 2, 2010), (n = 3, 1990).",
        "职业倦怠（王芳、许燕，2004；费孝通，1947）。Again (Keynes, 1936) and (Lal, 2010).",
    ];
    let mut inlines = texts.map(Inline::plain);
    let [first, second] = &mut inlines;
    let missing = resolve(&mut [first, second], &references());
    let told: Vec<(usize, &str)> = missing.iter().map(|one| (one.paragraph, one.work.as_str())).collect();
    assert_eq!(told, [(0, "Keynes, 1936"), (1, "费孝通, 1947"), (1, "Lal, 2010")]);
}

#[test]
fn an_article_that_cites_by_number_is_left_as_it_is() {
    let mut inline = Inline::plain("Smith (2008) and others");
    inline.push_citation(vec![1, 2], "[1,2]");
    let before = inline.clone();
    resolve(&mut [&mut inline], &references());
    assert_eq!(inline, before);
}

proptest! {
    #[test]
    fn nothing_is_lost_but_blanks(text in "([a-z ]{0,6}|\\((Lal, 2004|2008|王芳等，2004|Luo et al., 2010; Lal, 2004|Lal, 2004[/.:;a-z0-9 -]{0,5}|[a-z0-9 ,;./-]{0,9})\\)|Smith |李永鑫等（2007）|[()（）\\[\\]]){0,12}") {
        let plain = Inline::plain(&text);
        let (left, citations) = read(&text);
        let mut whole = String::new();
        let mut done = 0;
        for (at, numbers, printed) in citations {
            prop_assert!(!numbers.is_empty());
            whole.push_str(&left[done..at]);
            whole.push_str(&printed);
            done = at;
        }
        whole.push_str(&left[done..]);
        let without_blanks = |text: &str| text.replace(' ', "");
        prop_assert_eq!(without_blanks(&whole), without_blanks(plain.text()));
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,80}") {
        read(&text);
    }
}
