//! Term pairs that the corpus itself prints: keywords, titles, glosses, headings. They accumulate over articles.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::cedict::Dictionary;
use super::form::singular_abbreviation;
use super::gloss::{PrintedGloss, glosses};
use super::key::{english_key, simplified, singular_key};
use super::table::{Concept, Provenance, TermTable};
use crate::document::{Article, ArticleId};

/// Where a pair was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PairSource {
    /// In both keyword lists, at the same place.
    Keyword,
    /// As a gloss in running text.
    Gloss,
    /// As the title in both languages.
    Title,
    /// As a gloss in a heading.
    Heading,
}

/// A term with what the corpus says it is called otherwise. At least two of the three forms are there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Pair {
    /// In Chinese.
    pub zh: Option<String>,
    /// In English.
    pub en: Option<String>,
    /// Short, as printed, without the `s` of the plural.
    pub abbreviation: Option<String>,
}

/// How often one article prints a pair, and where.
pub type Printed = BTreeMap<PairSource, u32>;

/// The pairs that one article prints, each with where and how often.
pub type PrintedPairs = BTreeMap<Pair, Printed>;

/// Forms with how often they were printed.
type Forms = BTreeMap<String, u32>;

/// The pairs of a corpus, with the articles they were printed in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mined {
    pairs: BTreeMap<Pair, BTreeMap<ArticleId, Printed>>,
}

/// A pair with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MinedPair<'a> {
    /// The pair.
    pub pair: &'a Pair,
    /// Where it was printed.
    pub sources: BTreeSet<PairSource>,
    /// How often.
    pub count: u32,
    /// In which articles, in order of their identifiers.
    pub articles: Vec<&'a ArticleId>,
}

/// The pairs one article prints, with where and how often.
pub fn mine(article: &Article, dictionary: &Dictionary) -> PrintedPairs {
    let mut found = PrintedPairs::new();
    let metadata = &article.metadata;
    for keyword in &metadata.keywords {
        if let (Some(zh), Some(en)) = (&keyword.zh, &keyword.en) {
            count(&mut found, pair(Some(zh), Some(en), None), PairSource::Keyword);
        }
    }
    if let (Some(zh), Some(en)) = (&metadata.title.zh, &metadata.title.en) {
        count(&mut found, pair(Some(zh), Some(en), None), PairSource::Title);
    }
    let mut printed: Vec<(PrintedGloss, PairSource)> = Vec::new();
    for title in article.sections.iter().filter_map(|section| section.title.as_deref()) {
        printed.extend(
            glosses(title, dictionary)
                .into_iter()
                .map(|gloss| (gloss, PairSource::Heading)),
        );
    }
    for passage in &article.passages {
        printed.extend(
            glosses(&passage.text, dictionary)
                .into_iter()
                .map(|gloss| (gloss, PairSource::Gloss)),
        );
    }
    let joined = Joined::of(&printed);
    for (gloss, source) in &printed {
        count(&mut found, joined.complete(gloss), *source);
    }
    found.retain(|pair, _| [&pair.zh, &pair.en, &pair.abbreviation].into_iter().flatten().count() >= 2);
    found
}

/// What one article says of each abbreviation in either language.
struct Joined {
    forms: BTreeMap<String, (Forms, Forms)>,
}

impl Joined {
    fn of(printed: &[(PrintedGloss, PairSource)]) -> Self {
        let mut forms: BTreeMap<String, (Forms, Forms)> = BTreeMap::new();
        for (gloss, _) in printed {
            let Some(abbreviation) = &gloss.abbreviation else {
                continue;
            };
            let (chinese, english) = forms.entry(singular_abbreviation(abbreviation).to_owned()).or_default();
            if let Some(zh) = &gloss.zh {
                *chinese.entry(chinese_form(zh)).or_insert(0) += 1;
            }
            if let Some(en) = &gloss.en {
                *english.entry(english_form(en)).or_insert(0) += 1;
            }
        }
        Self { forms }
    }

    /// The gloss with the forms that the article gives elsewhere for the same abbreviation.
    fn complete(&self, gloss: &PrintedGloss) -> Pair {
        let short = gloss.abbreviation.as_deref().map(singular_abbreviation);
        let known = short.and_then(|short| self.forms.get(short));
        let zh = gloss.zh.as_deref().map(chinese_form);
        // Where the same term was cut at two places, the cut that occurs at least as often and is shorter is right.
        let zh = match (zh, known) {
            (Some(zh), Some((chinese, _))) => {
                let times = |form: &String| chinese.get(form).copied().unwrap_or(0);
                let shorter = chinese
                    .keys()
                    .filter(|form| zh.ends_with(form.as_str()) && times(form) >= times(&zh));
                Some(shorter.min_by_key(|form| form.len()).cloned().unwrap_or(zh))
            }
            (None, Some((chinese, _))) => most_printed(chinese),
            (zh, None) => zh,
        };
        let en = gloss
            .en
            .as_deref()
            .map(english_form)
            .or_else(|| known.and_then(|(_, english)| most_printed(english)));
        Pair {
            zh,
            en,
            abbreviation: short.map(str::to_owned),
        }
    }
}

fn most_printed(forms: &Forms) -> Option<String> {
    forms
        .iter()
        .max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.len().cmp(&a.0.len())))
        .map(|(form, _)| form.clone())
}

fn pair(zh: Option<&String>, en: Option<&String>, abbreviation: Option<&str>) -> Pair {
    Pair {
        zh: zh.map(|zh| chinese_form(zh)),
        en: en.map(|en| english_form(en)),
        abbreviation: abbreviation.map(str::to_owned),
    }
}

fn count(found: &mut BTreeMap<Pair, Printed>, pair: Pair, source: PairSource) {
    *found.entry(pair).or_default().entry(source).or_insert(0) += 1;
}

/// Chinese as kept: simplified, without blanks.
fn chinese_form(zh: &str) -> String {
    simplified(&zh.split_whitespace().collect::<String>())
}

/// English as kept: lower case, in the singular.
fn english_form(en: &str) -> String {
    let key = english_key(en);
    singular_key(&key).into_owned()
}

impl Mined {
    /// Adds what an article prints, in place of what it printed before.
    pub fn add(&mut self, article: &Article, dictionary: &Dictionary) {
        self.remove(&article.id);
        self.insert(&article.id, mine(article, dictionary));
    }

    /// Adds what an article prints that was not here before.
    pub fn insert(&mut self, article: &ArticleId, printed: PrintedPairs) {
        for (pair, printed) in printed {
            self.pairs.entry(pair).or_default().insert(article.clone(), printed);
        }
    }

    /// Forgets what an article printed.
    pub fn remove(&mut self, article: &ArticleId) {
        self.retain(|known| known != article);
    }

    /// Forgets what the articles printed that `keep` does not keep.
    pub fn retain(&mut self, keep: impl Fn(&ArticleId) -> bool) {
        self.pairs.retain(|_, articles| {
            articles.retain(|article, _| keep(article));
            !articles.is_empty()
        });
    }

    /// Adds what another corpus prints.
    pub fn merge(&mut self, other: Self) {
        for (pair, articles) in other.pairs {
            self.pairs.entry(pair).or_default().extend(articles);
        }
    }

    /// Every pair with its evidence, in a fixed order.
    pub fn pairs(&self) -> impl Iterator<Item = MinedPair<'_>> {
        self.pairs.iter().map(|(pair, articles)| MinedPair {
            pair,
            sources: articles.values().flat_map(|printed| printed.keys().copied()).collect(),
            count: articles.values().flat_map(BTreeMap::values).sum(),
            articles: articles.keys().collect(),
        })
    }

    /// How many pairs there are.
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// The pairs as a table to look terms up in. A pair weighs more the more articles print it; a title, being a whole
    /// sentence, weighs least.
    pub fn table(&self) -> TermTable {
        TermTable::of(self.pairs().map(|pair| {
            let base: f32 = match pair.sources.first() {
                Some(PairSource::Keyword) => 0.9,
                Some(PairSource::Gloss | PairSource::Heading) => 0.85,
                Some(PairSource::Title) | None => 0.5,
            };
            let articles = u32::try_from(pair.articles.len()).unwrap_or(u32::MAX);
            let Pair { zh, en, abbreviation } = pair.pair;
            Concept {
                forms: [zh, en, abbreviation].into_iter().flatten().cloned().collect(),
                variants: false,
                weight: 1.0 - (1.0 - base) / articles.clamp(1, 100) as f32,
                provenance: Provenance::Mined {
                    count: pair.count,
                    articles,
                },
            }
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Bilingual, Metadata, Passage, PassageId, Section, SectionKind, Source};
    use crate::text::{Language, Span};

    fn article(name: &str, headings: &[&str], texts: &[&str]) -> Article {
        let id = ArticleId::parse(name).unwrap();
        let sections = headings.iter().map(|&title| Section {
            id: title.len().to_string(),
            kind: SectionKind::Body,
            number: None,
            title: Some(title.to_owned()),
            language: Language::Zh,
            level: 1,
            parent: None,
            line: 1,
        });
        let passages = texts.iter().map(|&text| Passage {
            id: PassageId::new(&id, text, 0),
            section: 0,
            paragraph: 1,
            piece: 0,
            language: Language::detect(text),
            text: text.to_owned(),
            span: Span::new(0, text.len()),
            citations: Vec::new(),
            marks: Vec::new(),
            lines: (1, 1),
        });
        Article {
            source: Source {
                path: format!("{name}.md"),
                line: 1,
            },
            language: Language::Zh,
            metadata: Metadata::default(),
            sections: sections.collect(),
            passages: passages.collect(),
            references: Vec::new(),
            id,
        }
    }

    fn pair(zh: &str, en: &str, abbreviation: &str) -> Pair {
        let some = |form: &str| (!form.is_empty()).then(|| form.to_owned());
        Pair {
            zh: some(zh),
            en: some(en),
            abbreviation: some(abbreviation),
        }
    }

    fn pairs(article: &Article) -> Vec<Pair> {
        mine(article, &Dictionary::cedict().unwrap()).into_keys().collect()
    }

    #[test]
    fn both_languages_are_joined_by_the_abbreviation() {
        let article = article(
            "a",
            &[],
            &[
                "采用卷积神经网络(CNN)识别图像。",
                "We used convolutional neural networks (CNNs) to read images.",
            ],
        );
        assert_eq!(
            pairs(&article),
            [pair("卷积神经网络", "convolutional neural network", "CNN")]
        );
    }

    #[test]
    fn keywords_titles_and_headings_are_mined() {
        let mut article = article("a", &["2.1 城市热岛(UHI)"], &["正文。"]);
        article.metadata.keywords = vec![
            Bilingual {
                zh: Some("水稻".to_owned()),
                en: Some("Rice".to_owned()),
            },
            Bilingual {
                zh: Some("稻瘟病".to_owned()),
                en: None,
            },
        ];
        article.metadata.title = Bilingual {
            zh: Some("水稻育种".to_owned()),
            en: Some("Rice breeding".to_owned()),
        };
        assert_eq!(
            pairs(&article),
            [
                pair("城市热岛", "", "UHI"),
                pair("水稻", "rice", ""),
                pair("水稻育种", "rice breeding", "")
            ]
        );
    }

    #[test]
    fn the_shorter_cut_wins_where_it_is_printed_as_often() {
        let article = article("a", &[], &["新型遥感指数(NDVI)。", "遥感指数(NDVI)。"]);
        assert_eq!(pairs(&article), [pair("遥感指数", "", "NDVI")]);
    }

    #[test]
    fn pairs_accumulate_and_are_forgotten_with_their_article() {
        let dictionary = Dictionary::cedict().unwrap();
        let mut mined = Mined::default();
        let first = article("a", &[], &["碳排放强度(CEI)与国内生产总值(GDP)。"]);
        mined.add(&first, &dictionary);
        mined.add(
            &article("b", &[], &["国内生产总值(GDP),以及国内生产总值(GDP)。"]),
            &dictionary,
        );
        mined.add(&first, &dictionary);
        let found: Vec<(String, u32, usize)> = mined
            .pairs()
            .map(|mined| {
                (
                    mined.pair.zh.clone().unwrap_or_default(),
                    mined.count,
                    mined.articles.len(),
                )
            })
            .collect();
        assert_eq!(
            found,
            [("国内生产总值".to_owned(), 3, 2), ("碳排放强度".to_owned(), 1, 1)]
        );
        let table = mined.table();
        assert_eq!(
            table.expand("GDP", || true)[0].provenance,
            Provenance::Mined { count: 3, articles: 2 }
        );
        mined.remove(&first.id);
        assert_eq!(mined.len(), 1);
        let stored = postcard::to_allocvec(&mined).unwrap();
        assert_eq!(postcard::from_bytes::<Mined>(&stored).unwrap(), mined);
    }

    /// The real article, as plain lines: no more than marks and citations taken out.
    #[test]
    fn the_real_article_gives_its_pairs_and_no_false_one() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/000_8c77e83bc9bf5c4b.md");
        let file = std::fs::read_to_string(path).unwrap();
        let body = file.split("参考文献").next().unwrap();
        let mut plain = String::new();
        for (place, piece) in body.split("<sup>").enumerate() {
            match piece.split_once("</sup>") {
                Some((raised, rest)) if place > 0 => {
                    if !raised.starts_with('[') {
                        plain.push_str(raised);
                    }
                    plain.push_str(rest);
                }
                _ => plain.push_str(piece),
            }
        }
        let plain = plain.replace("**", "").replace("<sub>", "").replace("</sub>", "");
        let lines: Vec<&str> = plain.lines().filter(|line| !line.is_empty()).collect();
        let found = pairs(&article("a", &[], &lines));
        let mut zh: Vec<(&str, &str)> = found
            .iter()
            .filter_map(|pair| Some((pair.abbreviation.as_deref()?, pair.zh.as_deref()?)))
            .collect();
        zh.sort_unstable();
        assert_eq!(
            zh,
            [
                ("ACT", "自体细胞治疗"),
                ("AD-SVF", "脂肪来源基质血管成分"),
                ("AGE", "晚期糖基化终末产物"),
                ("AMSC", "脂肪来源MSCs"),
                ("BM-MNC", "骨髓单个核细胞"),
                ("BM-MSC", "骨髓来源MSCs"),
                ("CLTI", "慢性肢体威胁性缺血"),
                ("DFU", "糖尿病足溃疡"),
                ("EPC", "内皮祖细胞"),
                ("G-CSF", "粒细胞集落刺激因子"),
                ("HSC", "造血干细胞"),
                ("MSC", "间充质干细胞"),
                ("PB-MNC", "外周血单个核细胞"),
                ("PD-MSC", "胎盘来源MSCs"),
                ("ROS", "活性氧"),
                ("UC-MSC", "脐带来源MSCs"),
                ("iPSC", "诱导多能干细胞"),
            ]
        );
        let en: Vec<&str> = found.iter().filter_map(|pair| pair.en.as_deref()).collect();
        for form in [
            "diabetic foot ulcer",
            "endothelial progenitor cell",
            "bone marrow mononuclear cell",
        ] {
            assert!(en.contains(&form), "{form} in {en:?}");
        }
        assert_eq!(found.len(), 17, "{found:?}");
    }
}
