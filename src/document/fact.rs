//! The plain facts of a passage or reference: one definition of their names for answers, conditions and front ends.

use super::{ArticleHead, PlacedPassage, PlacedReference, Scalar, SectionRole};
use crate::text::Language;

/// A plain fact with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Its name.
    pub name: String,
    /// The one value that is shown.
    pub value: Scalar,
    /// Every form it is known by, `value` among them unless that joins several: a title in both languages, each author.
    pub forms: Vec<Scalar>,
}

impl Fact {
    fn one(name: &str, value: Scalar) -> Self {
        Self {
            name: name.to_owned(),
            forms: vec![value.clone()],
            value,
        }
    }

    fn text(name: &str, text: &str) -> Self {
        Self::one(name, Scalar::Text(text.to_owned()))
    }
}

impl PlacedPassage {
    /// The part its section plays.
    pub fn role(&self) -> SectionRole {
        SectionRole::of(&self.path)
    }

    /// Its plain facts: what we say of every passage first, then what else the source says of the article, which never
    /// takes the name of one of ours.
    pub fn facts(&self) -> Vec<Fact> {
        let passage = &self.passage;
        let mut facts = vec![Fact::text("passage_id", passage.id.as_str())];
        facts.push(Fact::text("lang", passage.language.tag()));
        if let Some(section) = self.path.last() {
            let mut fact = Fact::text("section", section.number.as_deref().unwrap_or(&section.id));
            // A condition on a section holds for what stands inside it too.
            for above in &self.path {
                fact.forms
                    .extend(text_forms([Some(above.id.as_str()), above.number.as_deref()]));
            }
            facts.push(fact);
            if let Some(title) = &section.title {
                facts.push(Fact::text("section_title", title));
            }
        }
        facts.push(Fact::text("role", self.role().name()));
        article_facts(&self.article, passage.language, &mut facts);
        facts
    }
}

impl PlacedReference {
    /// The identifier of an entry of a reference list: `ARTICLE:rN` with its place in the list, from 1.
    pub fn name(&self) -> String {
        format!("{}:r{}", self.article.id, self.ordinal + 1)
    }

    /// Its plain facts; see [`PlacedPassage::facts`]. Those of the article are of the one whose list it stands in.
    pub fn facts(&self) -> Vec<Fact> {
        let language = Language::detect(&self.reference.text);
        let mut facts = vec![Fact::text("passage_id", &self.name())];
        facts.push(Fact::text("lang", language.tag()));
        facts.push(Fact::text("section", "references"));
        article_facts(&self.article, language, &mut facts);
        facts
    }
}

fn article_facts(article: &ArticleHead, language: Language, facts: &mut Vec<Fact>) {
    facts.push(Fact::text("article_id", article.id.as_str()));
    for (name, both) in [("title", &article.title), ("journal", &article.journal)] {
        if let Some(shown) = both.prefer(language) {
            let forms = text_forms([both.zh.as_deref(), both.en.as_deref()]);
            facts.push(Fact {
                forms,
                ..Fact::text(name, shown)
            });
        }
    }
    if let Some(authors) = article.authors.prefer(language).filter(|authors| !authors.is_empty()) {
        let both = [&article.authors.zh, &article.authors.en]
            .into_iter()
            .flatten()
            .flatten();
        facts.push(Fact {
            forms: text_forms(both.map(|author| Some(author.as_str()))),
            ..Fact::text("authors", &authors.join("; "))
        });
    }
    if let Some(year) = article.year {
        facts.push(Fact::one("year", Scalar::Number(f64::from(year))));
    }
    for (name, printed) in [("doi", &article.doi), ("url", &article.url)] {
        facts.extend(printed.as_deref().map(|text| Fact::text(name, text)));
    }
    for (name, value) in &article.extra {
        if facts.iter().all(|fact| fact.name != *name) {
            facts.push(Fact::one(name, value.clone()));
        }
    }
}

fn text_forms<'a>(texts: impl IntoIterator<Item = Option<&'a str>>) -> Vec<Scalar> {
    let texts = texts.into_iter().flatten();
    texts.map(|text| Scalar::Text(text.to_owned())).collect()
}
