//! schema.org descriptions as JSON-LD. A block of data is no script: it is allowed by a policy that allows none inline.

use maud::{Markup, PreEscaped, html};
use serde_json::{Value, json};

use super::address;
use super::visit::Visit;
use crate::document::{ArticleOutline, Bilingual, Metadata};
use crate::server::Base;
use crate::text::Language;

/// The site and how it is searched.
pub(super) fn of_site(visit: &Visit) -> Markup {
    let base = visit.base.as_str();
    block(&json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": visit.words().name,
        "description": visit.words().described,
        "url": format!("{base}/"),
        "inLanguage": ["zh", "en"],
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": format!("{base}/?q={{search_term_string}}")},
            "query-input": "required name=search_term_string",
        },
    }))
}

/// An article.
pub(super) fn of_article(base: &Base, outline: &ArticleOutline) -> Markup {
    let metadata = &outline.metadata;
    let Metadata {
        title,
        authors,
        keywords,
        doi,
        date,
        year,
        journal,
        issn,
        volume,
        issue,
        pages,
        ..
    } = metadata;
    let language = outline.language;
    let people = authors.prefer(language).into_iter().flatten();
    let people: Vec<Value> = people.map(|name| json!({"@type": "Person", "name": name})).collect();
    let keywords: Vec<&String> = keywords
        .iter()
        .flat_map(|keyword| [&keyword.zh, &keyword.en])
        .flatten()
        .collect();
    let year = year.map(|year| year.to_string());
    block(&without_nulls(json!({
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": title.prefer(language),
        "alternativeHeadline": other(title, language),
        "inLanguage": language.tag(),
        "url": format!("{}{}", base.as_str(), address::article(outline.id.as_str())),
        "author": people,
        "datePublished": date.as_ref().or(year.as_ref()),
        "keywords": keywords,
        "pagination": pages,
        "sameAs": doi.as_deref().map(address::doi),
        "isPartOf": {
            "@type": "PublicationIssue",
            "issueNumber": issue,
            "isPartOf": {
                "@type": "PublicationVolume",
                "volumeNumber": volume,
                "isPartOf": {"@type": "Periodical", "name": journal.prefer(language), "issn": issn},
            },
        },
    })))
}

fn other(title: &Bilingual<String>, language: Language) -> Option<&String> {
    match language {
        Language::Zh => title.en.as_ref(),
        Language::En => title.zh.as_ref(),
    }
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(kept.map(|(name, value)| (name, without_nulls(value))).collect())
        }
        other => other,
    }
}

/// The data as a block that nothing in it can end.
fn block(data: &Value) -> Markup {
    let text = data.to_string().replace('<', "\\u003c");
    html! { script type="application/ld+json" { (PreEscaped(text)) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_the_data_ends_the_block() {
        let shown = block(&json!({"name": "</script><script>alert(1)"})).into_string();
        assert_eq!(shown.matches("</script>").count(), 1);
        assert!(shown.contains("\\u003c/script>\\u003cscript>"));
    }
}
