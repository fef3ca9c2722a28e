//! What browsers, search engines and reference managers look for on a site by convention.

use serde_json::Value;

use super::library::{Library, client, shared};
use super::portal::{ARTICLE, page, values};

#[test]
fn a_browser_can_take_the_portal_up_as_a_search_engine() {
    let shared = shared();
    let home = page(&shared.0, "/", &[]).text;
    assert!(home.contains("application/opensearchdescription+xml"));
    let description = page(&shared.0, "/opensearch.xml", &[]);
    assert!(
        description
            .header("content-type")
            .starts_with("application/opensearchdescription+xml")
    );
    for url in [
        "<Url type=\"text/html\" rel=\"results\" template=\"http://",
        "/?q={searchTerms}&amp;page={startPage?}\"/>",
        "type=\"application/x-suggestions+json\" rel=\"suggestions\"",
        "/suggest?q={searchTerms}\"/>",
        "</OpenSearchDescription>",
    ] {
        assert!(description.text.contains(url), "{url}: {}", description.text);
    }
    let (_, name) = description.text.split_once("<ShortName>").expect("a short name");
    let name = name.split('<').next().expect("its text");
    assert!(name.chars().count() <= 16 && home.contains(&format!("title=\"{name}\"")));
}

#[test]
fn the_map_of_the_site_names_every_article() {
    let shared = shared();
    let robots = page(&shared.0, "/robots.txt", &[]).text;
    assert!(robots.contains("/sitemap.xml\n"));
    assert!(
        page(&shared.0, "/sitemap.xml", &[])
            .text
            .contains("/sitemap/1.xml</loc>")
    );
    let map = page(&shared.0, "/sitemap/1.xml", &[]).text;
    let listed = shared.0.get("/v1/articles", &[("limit", "100")]).body;
    for article in listed["articles"].as_array().expect("articles") {
        let place = format!("/a/{}</loc>", article["id"].as_str().expect("an id"));
        assert!(map.contains(&place), "{place}");
    }
    for missing in ["/sitemap/0.xml", "/sitemap/2.xml", "/sitemap/1", "/sitemap/x.xml"] {
        assert_eq!(page(&shared.0, missing, &[]).status, 404, "{missing}");
    }
}

#[test]
fn reference_managers_and_search_engines_find_what_an_article_is() {
    let shared = shared();
    let article = page(&shared.0, ARTICLE, &[]).text;
    for tag in [
        "<meta name=\"citation_title\" content=\"糖尿病足溃疡的细胞治疗现状\">",
        "<meta name=\"citation_author\" content=\"王爱萍\">",
        "<meta name=\"citation_doi\" content=\"10.13429/j.cnki.cjcr.2025.04.001\">",
        "<meta name=\"citation_firstpage\" content=\"497\"><meta name=\"citation_lastpage\" content=\"501\">",
        "<meta name=\"citation_publication_date\" content=\"2025/04/20\">",
    ] {
        assert!(article.contains(tag), "{tag}");
    }
    let (_, data) = article.split_once("application/ld+json\">").expect("linked data");
    let data: Value = serde_json::from_str(data.split("</script>").next().expect("an end")).expect("JSON");
    assert_eq!(data["@type"], "ScholarlyArticle");
    assert_eq!(
        data["alternativeHeadline"],
        "Current status of cell therapy for diabetic foot ulcer"
    );
    let results = page(&shared.0, "/?q=hydrogel", &[]).text;
    let coins = values(&results, "title")
        .into_iter()
        .find(|title| title.contains("Z39.88-2004"))
        .expect("COinS");
    assert!(
        coins.contains("rft_id=info:doi%2F10.13429") || coins.contains("rft_id=info%3Adoi%2F10.13429"),
        "{coins}"
    );
}

#[test]
fn a_search_can_be_followed_as_a_feed() {
    let shared = shared();
    let results = page(&shared.0, "/?q=hydrogel", &[]).text;
    assert!(values(&results, "href").contains(&"/feed?q=hydrogel"));
    let feed = page(&shared.0, "/feed?q=hydrogel", &[]);
    assert!(feed.header("content-type").starts_with("application/atom+xml"));
    let found = shared.0.search("hydrogel", &[]);
    let hits = found["hits"].as_array().expect("hits");
    assert_eq!(feed.text.matches("<entry>").count(), hits.len());
    assert_eq!(feed.text.matches("</entry>").count(), hits.len());
    let total = format!("<opensearch:totalResults>{}</opensearch:totalResults>", found["total"]);
    assert!(feed.text.contains(&total), "{}", feed.text);
    assert_eq!(page(&shared.0, "/feed", &[]).status, 400);
}

#[test]
fn pages_of_other_origins_may_call_only_where_the_operator_says_so() {
    let library = Library::full().indexed();
    let named = "https://portal.example.org";
    std::fs::write(
        library.path().join("config.toml"),
        format!("[server]\ncors_origins = [\"{named}\"]\n"),
    )
    .expect("written");
    let open = library.serve();
    let shared = shared();
    let allowed = |served: &super::library::Served, origin: &str| {
        let answer = client()
            .get(served.url("/v1/search?q=cells"))
            .header("origin", origin)
            .call()
            .expect("an answer");
        let header = answer.headers().get("access-control-allow-origin");
        header.map(|value| value.to_str().expect("text").to_owned())
    };
    assert_eq!(allowed(&open, named).as_deref(), Some(named));
    assert_eq!(allowed(&open, "https://evil.example"), None);
    assert_eq!(allowed(&shared.0, named), None);
}
