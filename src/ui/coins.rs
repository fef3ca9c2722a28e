//! COinS: articles described in a way that reference managers (Zotero) find on any page. ANSI/NISO Z39.88, KEV format.

use maud::{Markup, html};

use super::address::part;
use crate::document::{ArticleHead, ArticleOutline, Metadata};
use crate::text::Language;

/// The description of an article as a hit names it, in a language where printed.
pub(super) fn of_article(article: &ArticleHead, language: Language) -> Markup {
    let authors = article.authors.prefer(language).map(Vec::as_slice).unwrap_or_default();
    span(
        &[
            ("rft.atitle", article.title.prefer(language).map(String::as_str)),
            ("rft.jtitle", article.journal.prefer(language).map(String::as_str)),
            ("rft.date", article.year.map(|year| year.to_string()).as_deref()),
            (
                "rft_id",
                article.doi.as_deref().map(|doi| format!("info:doi/{doi}")).as_deref(),
            ),
        ],
        authors,
    )
}

/// The description of a whole article.
pub(super) fn of_outline(outline: &ArticleOutline) -> Markup {
    let Metadata {
        title,
        authors,
        journal,
        date,
        doi,
        issn,
        volume,
        issue,
        pages,
        ..
    } = &outline.metadata;
    let language = outline.language;
    let year = outline.metadata.year.map(|year| year.to_string());
    span(
        &[
            ("rft.atitle", title.prefer(language).map(String::as_str)),
            ("rft.jtitle", journal.prefer(language).map(String::as_str)),
            ("rft.date", date.as_deref().or(year.as_deref())),
            ("rft.issn", issn.as_deref()),
            ("rft.volume", volume.as_deref()),
            ("rft.issue", issue.as_deref()),
            ("rft.pages", pages.as_deref()),
            ("rft_id", doi.as_deref().map(|doi| format!("info:doi/{doi}")).as_deref()),
        ],
        authors.prefer(language).map(Vec::as_slice).unwrap_or_default(),
    )
}

fn span(fields: &[(&str, Option<&str>)], authors: &[String]) -> Markup {
    let mut said =
        "ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal&rft.genre=article".to_owned();
    let fields = fields.iter().filter_map(|(name, value)| Some((*name, (*value)?)));
    for (name, value) in fields.chain(authors.iter().map(|author| ("rft.au", author.as_str()))) {
        said.push_str(&format!("&{name}={}", part(value)));
    }
    html! { span.Z3988 title=(said) {} }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_said_escaped_and_the_rest_left_out() {
        let shown = span(
            &[("rft.atitle", Some("A & B")), ("rft.issn", None)],
            &["王晶".to_owned()],
        );
        assert_eq!(
            shown.into_string(),
            "<span class=\"Z3988\" title=\"ctx_ver=Z39.88-2004&amp;rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal\
             &amp;rft.genre=article&amp;rft.atitle=A%20%26%20B&amp;rft.au=%E7%8E%8B%E6%99%B6\"></span>"
        );
    }
}
