//! The portal as a browser without scripts sees it.

use std::collections::HashSet;

use super::library::{Library, Served, client, shared};

pub const ARTICLE: &str = "/a/10-13429-j-cnki-cjcr-2025-04-001";

/// A page with its status and headers.
pub struct Page {
    pub status: u16,
    pub text: String,
    headers: Vec<(String, String)>,
}

impl Page {
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(named, _)| named == name);
        found.map_or("", |(_, value)| value.as_str())
    }
}

pub fn page(served: &Served, path: &str, asked: &[(&str, &str)]) -> Page {
    let mut request = client().get(served.url(path));
    for (name, value) in asked {
        request = request.header(*name, *value);
    }
    let mut response = request.call().expect("an answer");
    let headers = response.headers().iter();
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()));
    Page {
        status: response.status().as_u16(),
        headers: headers.collect(),
        text: response.body_mut().read_to_string().expect("text"),
    }
}

/// Every value of an attribute on a page.
pub fn values<'a>(text: &'a str, attribute: &str) -> Vec<&'a str> {
    let lead = format!(" {attribute}=\"");
    let rest = text.split(lead.as_str()).skip(1);
    rest.filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn the_browser_chooses_the_language_and_the_reader_may_choose_another() {
    let shared = shared();
    let chinese = page(&shared.0, "/", &[("accept-language", "zh-CN,en;q=0.5")]);
    let english = page(&shared.0, "/", &[("accept-language", "en,zh;q=0.5")]);
    assert!(chinese.text.contains("<html lang=\"zh-Hans\">") && chinese.text.contains("检索"));
    assert!(english.text.contains("<html lang=\"en\">") && english.text.contains("Search"));
    let chosen = page(&shared.0, "/?ui=en", &[("accept-language", "zh")]);
    assert!(chosen.text.contains("<html lang=\"en\">"));
    assert!(chosen.header("set-cookie").starts_with("ui=en; "));
    let later = page(&shared.0, "/", &[("accept-language", "zh"), ("cookie", "ui=en")]);
    assert!(later.text.contains("<html lang=\"en\">"));
}

#[test]
fn pages_load_nothing_from_elsewhere_and_run_nothing_inline() {
    let shared = shared();
    for path in [
        "/",
        "/?q=%E8%83%8E%E7%9B%98",
        ARTICLE,
        &format!("{ARTICLE}/r/18"),
        "/status",
    ] {
        let page = page(&shared.0, path, &[]);
        assert_eq!(page.status, 200, "{path}");
        let policy = page.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'") && !policy.contains("unsafe"),
            "{policy}"
        );
        for source in values(&page.text, "src") {
            assert!(source.starts_with("/assets/"), "{source}");
        }
        for inline in [" style=\"", " onclick", "<style", "javascript:"] {
            assert!(!page.text.contains(inline), "{inline} on {path}");
        }
        for script in page.text.split("<script").skip(1) {
            let ends = script.split_once('>').expect("an end of the tag");
            assert!(
                ends.1.starts_with("</script>") || ends.0.contains("application/ld+json"),
                "{script}"
            );
        }
    }
}

#[test]
fn assets_are_kept_for_good_under_names_of_their_contents() {
    let shared = shared();
    let home = page(&shared.0, "/", &[]);
    let hrefs = values(&home.text, "href");
    let style = hrefs.iter().find(|href| href.ends_with(".css")).expect("a style sheet");
    let style = page(&shared.0, style, &[]);
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    assert!(style.header("cache-control").contains("immutable"));
    assert_eq!(page(&shared.0, "/assets/style-0.css", &[]).status, 404);
}

#[test]
fn a_result_shows_where_it_stands_what_matches_and_what_it_cites() {
    let shared = shared();
    let found = page(
        &shared.0,
        "/?q=%E8%83%8E%E7%9B%98%E6%9D%A5%E6%BA%90%20%E6%B0%B4%E5%87%9D%E8%83%B6&ui=zh",
        &[],
    )
    .text;
    let (first, _) = found.split_once("</li><li><article").expect("two hits");
    for shown in [
        "胎盘来源 MSCs(PD-MSCs)",
        "同种异体干细胞",
        "<mark>胎盘来源</mark>",
        "糖尿病足溃疡的细胞治疗现状",
        "2025",
    ] {
        assert!(first.contains(shown), "{shown}");
    }
    assert!(values(first, "href").contains(&format!("{ARTICLE}/r/18").as_str()));
    let read = values(first, "href")
        .into_iter()
        .find(|href| href.contains(":~:text="))
        .expect("a link to the sentence");
    assert!(read.starts_with(ARTICLE));
    // What it opens is there.
    let anchor = read.split(['#', ':']).nth(1).expect("an anchor");
    let article = page(&shared.0, ARTICLE, &[]).text;
    assert!(values(&article, "id").contains(&anchor));
}

#[test]
fn every_link_of_an_article_to_itself_leads_somewhere_and_citations_lead_both_ways() {
    let shared = shared();
    let article = page(&shared.0, ARTICLE, &[]).text;
    let ids: Vec<&str> = values(&article, "id");
    let known: HashSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len(), "an id stands twice");
    let inside = values(&article, "href")
        .into_iter()
        .filter_map(|href| href.strip_prefix('#'));
    let mut links = 0;
    for target in inside {
        assert!(known.contains(target), "#{target}");
        links += 1;
    }
    assert!(links > 50);
    // M1 is printed with a lowered 1; reference 18 is cited in 1.2.2 and its entry leads back there.
    assert!(article.contains("M<sub>1</sub>"));
    assert!(article.contains("<a href=\"#r18\">18</a>"));
    let (_, entry) = article.split_once("<li id=\"r18\"").expect("the entry");
    let (entry, _) = entry.split_once("</li>").expect("its end");
    assert!(entry.contains("§1.2.2 ¶1"));
}

#[test]
fn a_search_inside_an_article_marks_what_it_finds() {
    let shared = shared();
    let article = page(
        &shared.0,
        &format!("{ARTICLE}?q=%E6%B0%B4%E5%87%9D%E8%83%B6&ui=zh"),
        &[],
    )
    .text;
    assert!(article.contains("<mark>水凝胶</mark>"));
}

/// Waits until completions are gathered, which the server does in the background.
fn completions(served: &Served, typed: &str) -> Vec<String> {
    for _ in 0..200 {
        let answer = served.get("/v1/suggest", &[("q", typed)]).body;
        let found = answer["suggestions"].as_array().expect("suggestions").iter();
        let found: Vec<String> = found
            .map(|one| one["text"].as_str().expect("a text").to_owned())
            .collect();
        if !found.is_empty() {
            return found;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    Vec::new()
}

#[test]
fn a_term_is_completed_after_every_letter_in_chinese_english_and_pinyin() {
    let shared = shared();
    let term = "糖尿病足溃疡".to_owned();
    for typed in ["糖", "糖尿", "溃疡", "tang", "tangniaobingz", "tnbz", "tnbzky", "潰瘍"] {
        assert!(
            completions(&shared.0, typed).contains(&term),
            "{typed}: {:?}",
            completions(&shared.0, typed)
        );
    }
    for typed in ["dia", "diabetic f", "Diabetic Foot", "foot ul"] {
        let found = completions(&shared.0, typed);
        assert!(found.contains(&"Diabetic foot ulcers".to_owned()), "{typed}: {found:?}");
    }
    let none = shared.0.get("/v1/suggest", &[("q", "zzzzqx")]).body;
    assert_eq!(none["suggestions"].as_array().map(Vec::len), Some(0));
    assert_eq!(shared.0.get("/v1/suggest", &[("q", "a"), ("limit", "99")]).status, 400);
}

#[test]
fn browsers_get_completions_in_their_own_form() {
    let shared = shared();
    completions(&shared.0, "tnbzky");
    let found = page(&shared.0, "/suggest?q=tnbzky", &[]);
    assert_eq!(found.header("content-type"), "application/x-suggestions+json");
    let found: serde_json::Value = serde_json::from_str(&found.text).expect("JSON");
    assert_eq!(found[0], "tnbzky");
    assert_eq!(found[1][0], "糖尿病足溃疡");
    assert_eq!(found[2][0], "Diabetic foot ulcers");
    assert!(
        found[3][0]
            .as_str()
            .expect("an address")
            .ends_with("/?q=%E7%B3%96%E5%B0%BF%E7%97%85%E8%B6%B3%E6%BA%83%E7%96%A1")
    );
}

#[test]
fn the_query_is_shown_as_it_was_understood_and_each_added_name_can_be_undone() {
    let shared = shared();
    let found = page(&shared.0, "/?q=%E6%B0%B4%E5%87%9D%E8%83%B6&ui=en", &[]).text;
    assert!(found.contains(">hydrogel</span>"), "{found}");
    assert!(
        values(&found, "href")
            .iter()
            .any(|href| href.ends_with("without=hydrogel"))
    );
    let undone = page(&shared.0, "/?q=%E6%B0%B4%E5%87%9D%E8%83%B6&without=hydrogel&ui=en", &[]).text;
    assert!(!undone.contains(">hydrogel</span>") && undone.contains(">hydrogel</a>"));
}

#[test]
fn counts_lead_to_what_they_count() {
    let shared = shared();
    let found = page(&shared.0, "/?q=cells&ui=en", &[]).text;
    let (_, panel) = found.split_once("id=\"facets\"").expect("counts");
    let (panel, _) = panel.split_once("</nav>").expect("an end");
    let mut followed = 0;
    for entry in panel.split("<li>").skip(1) {
        let link = values(entry, "href")[0].replace("&amp;", "&");
        let count = entry
            .split("count\">")
            .nth(1)
            .and_then(|rest| rest.split('<').next())
            .expect("a count");
        let narrowed = page(&shared.0, &link, &[]).text;
        let total = narrowed
            .split("class=\"total\">")
            .nth(1)
            .and_then(|rest| rest.split(' ').next());
        assert_eq!(total, Some(count), "{link}");
        followed += 1;
    }
    assert!(followed >= 4, "{panel}");
}

#[test]
fn what_is_not_there_is_said_in_the_readers_language() {
    let shared = shared();
    let missing = page(&shared.0, "/a/nothing-of-the-kind", &[("accept-language", "zh")]);
    assert_eq!(missing.status, 404);
    assert!(missing.text.contains("没有这篇文章"));
    assert_eq!(page(&shared.0, &format!("{ARTICLE}/r/99999"), &[]).status, 404);
    let long = page(
        &shared.0,
        &format!("/?q={}", "a".repeat(3000)),
        &[("accept-language", "en")],
    );
    assert_eq!(long.status, 400);
    assert!(long.text.contains("too long"));
    for odd in [
        "/?q=a&page=0",
        "/?q=a&page=99999999999999999999",
        "/?q=a&lang=xx&scope=%00&article=%2F",
    ] {
        assert_eq!(page(&shared.0, odd, &[]).status, 200, "{odd}");
    }
}

#[test]
fn an_address_where_nothing_is_gets_a_page_where_pages_are_read_and_problem_details_elsewhere() {
    let shared = shared();
    let browser = [
        ("accept", "text/html,application/xhtml+xml,*/*;q=0.8"),
        ("accept-language", "en"),
    ];
    let lost = page(&shared.0, "/nothing/here", &browser);
    assert_eq!(lost.status, 404);
    assert!(lost.text.contains("There is nothing at this address."), "{}", lost.text);
    assert!(lost.text.contains("name=\"robots\" content=\"noindex\""));
    let program = page(&shared.0, "/nothing/here", &[("accept", "*/*")]);
    assert_eq!(program.status, 404);
    assert_eq!(program.header("content-type"), "application/problem+json");
    assert!(program.text.contains("/problems/unknown-route"), "{}", program.text);
}

#[test]
fn a_query_read_as_pinyin_can_be_searched_as_typed() {
    let shared = shared();
    let read = page(&shared.0, "/?q=tangniaobing&ui=en", &[]).text;
    assert!(read.contains("Read as pinyin for"), "{read}");
    let link = "/?q=tangniaobing&amp;as_typed=true";
    assert!(values(&read, "href").contains(&link), "{read}");
    let typed = page(&shared.0, "/?q=tangniaobing&as_typed=true&ui=en", &[]).text;
    assert!(
        !typed.contains("Read as pinyin for") && typed.contains("No passage matches"),
        "{typed}"
    );
    // What is typed into the box next is read as usual.
    assert!(!typed.contains("name=\"as_typed\""), "{typed}");
}

#[test]
fn all_articles_can_be_leafed_through() {
    let library = Library::empty();
    for number in 1..=26 {
        let text = format!("---\ntitle: Article number {number}\nyear: 2001\n---\n\nSome words of it.\n");
        library.write(&format!("a{number:02}.md"), &text);
    }
    let library = library.indexed();
    let served = library.serve();
    let first = page(&served, "/articles?ui=en", &[]);
    assert_eq!(first.text.matches("<article class=\"hit\">").count(), 25);
    assert!(
        first
            .text
            .contains("<h1 class=\"found\">All articles <span class=\"total\">26</span></h1>")
    );
    assert!(
        first.text.contains("<a href=\"/a/a01\">Article number 1</a>"),
        "{}",
        first.text
    );
    assert!(values(&first.text, "href").contains(&"/articles?page=2"));
    let second = page(&served, "/articles?page=2", &[]);
    assert_eq!(second.text.matches("<article class=\"hit\">").count(), 1);
    assert!(second.text.contains("Article number 26"));
    assert_eq!(page(&served, "/articles?page=3", &[]).status, 404);
    for odd in ["0", "x", "99999999999999999999"] {
        let status = page(&served, &format!("/articles?page={odd}"), &[]).status;
        assert!([200, 404].contains(&status), "{odd}: {status}");
    }
}

#[test]
fn a_cited_work_is_found_across_articles() {
    let library = Library::empty();
    for (name, other) in [("one.md", "First"), ("two.md", "Second")] {
        let entry =
            "Zeng XX, Tang YL. Topical treatment with placenta-derived stem cells [J]. Medicine, 2017, 96(51): e9212.";
        let text = format!(
            "# {other} article on wounds\n\n## 1 Treatment\n\nThe {other} group was treated with gel<sup>[1]</sup>.\n\n\
             ## References\n\n[1] {entry}\n"
        );
        library.write(name, &text);
    }
    let library = library.indexed();
    let served = library.serve();
    let work = page(&served, "/a/one/r/1?ui=en", &[]);
    assert_eq!(work.status, 200, "{}", work.text);
    for shown in [
        "The First group was treated",
        "The Second group was treated",
        "/a/two#r1",
    ] {
        assert!(work.text.contains(shown), "{shown}: {}", work.text);
    }
}

#[test]
fn hostile_text_of_the_corpus_is_shown_as_text() {
    let library = Library::empty();
    library.write("hostile.md", include_str!("../browser/corpus/hostile.md"));
    let library = library.indexed();
    let served = library.serve();
    let id = served.get("/v1/articles", &[]).body["articles"][0]["id"]
        .as_str()
        .expect("an article")
        .to_owned();
    for path in [
        "/?q=gelwort".to_owned(),
        "/?q=gelwort&scope=references".to_owned(),
        format!("/a/{id}"),
        format!("/a/{id}/r/1"),
    ] {
        let page = page(&served, &path, &[]);
        assert_eq!(page.status, 200, "{path}");
        for href in values(&page.text, "href") {
            let good = ["/", "#", "https://", "http://"]
                .iter()
                .any(|start| href.starts_with(start));
            assert!(good, "{href} on {path}");
        }
        for markup in ["<img", "<svg", "<iframe", "onerror=\"", "<script>", "\u{202E}"] {
            assert!(!page.text.contains(markup), "{markup} on {path}");
        }
        assert!(page.text.contains("&lt;"), "{path} shows nothing of it");
    }
}
