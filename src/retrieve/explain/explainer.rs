//! Explains hits of one search.

use crate::document::PassageId;
use crate::index::{Account, EngineError, Request};
use crate::text::Language;

use super::names::Names;
use super::shares::{Explanation, TermFound, shares};
use crate::retrieve::conversation::Conversation;
use crate::retrieve::findings::{Finder, Sought};
use crate::retrieve::leg::above;
use crate::retrieve::{Found, Search, SearchError, Searcher, relevance};

/// What was asked in one language.
struct Asked {
    language: Language,
    request: Request,
    names: Names,
}

/// Explains hits of one search.
pub struct Explainer<'a> {
    searcher: &'a Searcher,
    asked: Vec<Asked>,
    /// Each term of the query with what it is looked for by.
    terms: Vec<(String, Sought)>,
    finder: Finder,
}

impl<'a> Explainer<'a> {
    /// Asks again what the search asked.
    ///
    /// # Errors
    /// Only where the engine failed.
    pub fn new(searcher: &'a Searcher, search: &Search, conversation: &Conversation) -> Result<Self, SearchError> {
        let engine = searcher.engine.as_ref();
        let analyzer = &searcher.analyzer;
        let mut asked = Vec::new();
        for (language, request) in searcher.requests(search, conversation, 1)? {
            let Some(language) = language else { continue };
            let mut names = Names::default();
            for known in conversation.units() {
                names.add((analyzer, engine), language, known)?;
            }
            asked.push(Asked {
                language,
                request,
                names,
            });
        }
        let sought = conversation.sought(analyzer, engine)?;
        let finder = Finder::new(analyzer, &sought);
        let terms = conversation.units().flat_map(|(text, units)| {
            let whole = units.iter().filter(|unit| !unit.part);
            whole.map(|unit| unit.span.of(text).to_owned())
        });
        Ok(Self {
            searcher,
            asked,
            terms: terms.zip(sought).collect(),
            finder,
        })
    }

    /// The account of a hit; references have none.
    ///
    /// # Errors
    /// Only where the engine failed.
    pub fn explain_hit(&self, found: &Found) -> Result<Option<Explanation>, EngineError> {
        let Found::Passage(placed) = found else { return Ok(None) };
        let account = self.account(&placed.passage.id, placed.passage.language)?;
        Ok(account.map(|(_, account, names)| self.explain(found, &account, names)))
    }

    /// What was asked in a passage's language, and how it fares with it; nothing where nothing was asked in it.
    ///
    /// # Errors
    /// Only where the engine failed.
    pub fn account(
        &self,
        id: &PassageId,
        language: Language,
    ) -> Result<Option<(&Request, Account, &Names)>, EngineError> {
        let engine = &self.searcher.engine;
        let asked = self.asked.iter().find(|asked| asked.language == language);
        let (Some(asked), Some(key)) = (asked, engine.passage_key(id)?) else {
            return Ok(None);
        };
        let account = engine.explain(&asked.request, key)?;
        Ok(Some((&asked.request, account, &asked.names)))
    }

    /// The explanation that an account gives.
    pub fn explain(&self, found: &Found, account: &Account, names: &Names) -> Explanation {
        Explanation {
            shares: shares(account, names),
            ..self.evidence(found)
        }
    }

    /// What of the query a text holds, without a score.
    pub fn evidence(&self, found: &Found) -> Explanation {
        let analyzer = &self.searcher.analyzer;
        let (text, above) = (found.text(), above(found));
        let findings = self.finder.find(analyzer, text, &above);
        let all: f32 = self.terms.iter().map(|(_, sought)| sought.information).sum();
        let terms = self.terms.iter().map(|(term, sought)| TermFound {
            term: term.clone(),
            information: if all > 0.0 { sought.information / all } else { 0.0 },
            found: Finder::new(analyzer, std::slice::from_ref(sought))
                .find(analyzer, text, &above)
                .share,
        });
        Explanation {
            shares: Vec::new(),
            terms: terms.collect(),
            found: findings.share,
            together: findings.together,
            relevance: relevance::relevance(&findings),
        }
    }
}
