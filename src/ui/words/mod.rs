//! What the pages say, in both languages.

mod chinese;
mod english;
mod sentences;

use chinese::CHINESE;
use english::ENGLISH;

use crate::text::Language;

/// The words of one language.
pub(in crate::ui) struct Words {
    /// The language.
    pub(in crate::ui) language: Language,
    /// Its tag for the whole page.
    pub(in crate::ui) tag: &'static str,
    pub(in crate::ui) name: &'static str,
    pub(in crate::ui) motto: &'static str,
    pub(in crate::ui) skip: &'static str,
    pub(in crate::ui) search: &'static str,
    pub(in crate::ui) search_label: &'static str,
    pub(in crate::ui) placeholder: &'static str,
    pub(in crate::ui) interface: &'static str,
    pub(in crate::ui) filters: &'static str,
    pub(in crate::ui) scope: &'static str,
    pub(in crate::ui) passages: &'static str,
    pub(in crate::ui) references: &'static str,
    pub(in crate::ui) language_of_text: &'static str,
    pub(in crate::ui) any: &'static str,
    pub(in crate::ui) chinese: &'static str,
    pub(in crate::ui) english: &'static str,
    pub(in crate::ui) status: &'static str,
    pub(in crate::ui) api: &'static str,
    pub(in crate::ui) contents: &'static str,
    pub(in crate::ui) abstract_title: &'static str,
    pub(in crate::ui) introduction: &'static str,
    pub(in crate::ui) authors: &'static str,
    pub(in crate::ui) affiliations: &'static str,
    pub(in crate::ui) journal: &'static str,
    pub(in crate::ui) keywords: &'static str,
    pub(in crate::ui) corresponding: &'static str,
    pub(in crate::ui) date: &'static str,
    pub(in crate::ui) pages: &'static str,
    pub(in crate::ui) article_number: &'static str,
    pub(in crate::ui) clc: &'static str,
    pub(in crate::ui) document_code: &'static str,
    pub(in crate::ui) notes: &'static str,
    pub(in crate::ui) more_about: &'static str,
    pub(in crate::ui) search_inside: &'static str,
    pub(in crate::ui) cited_at: &'static str,
    pub(in crate::ui) citing_passages: &'static str,
    pub(in crate::ui) not_cited: &'static str,
    pub(in crate::ui) read_in_place: &'static str,
    pub(in crate::ui) listed_in: &'static str,
    pub(in crate::ui) also_listed_in: &'static str,
    pub(in crate::ui) cited_work: &'static str,
    pub(in crate::ui) container: &'static str,
    pub(in crate::ui) publisher: &'static str,
    pub(in crate::ui) year: &'static str,
    pub(in crate::ui) kind: &'static str,
    pub(in crate::ui) previous: &'static str,
    pub(in crate::ui) next: &'static str,
    pub(in crate::ui) paging: &'static str,
    pub(in crate::ui) remove: &'static str,
    pub(in crate::ui) nothing: &'static str,
    pub(in crate::ui) tried: &'static str,
    pub(in crate::ui) perhaps: &'static str,
    pub(in crate::ui) as_typed: &'static str,
    pub(in crate::ui) also_called: &'static str,
    pub(in crate::ui) advice: &'static str,
    pub(in crate::ui) advice_list: [&'static str; 3],
    pub(in crate::ui) articles: &'static str,
    pub(in crate::ui) chinese_passages: &'static str,
    pub(in crate::ui) english_passages: &'static str,
    pub(in crate::ui) indexed: &'static str,
    pub(in crate::ui) built_at: &'static str,
    pub(in crate::ui) generation: &'static str,
    pub(in crate::ui) engine: &'static str,
    pub(in crate::ui) size: &'static str,
    pub(in crate::ui) files: &'static str,
    pub(in crate::ui) faults: &'static str,
    pub(in crate::ui) faults_by_file: &'static str,
    pub(in crate::ui) no_faults: &'static str,
    pub(in crate::ui) faults_advice: &'static str,
    pub(in crate::ui) version: &'static str,
    pub(in crate::ui) file: &'static str,
    pub(in crate::ui) back_to_search: &'static str,
    pub(in crate::ui) source_file: &'static str,
    pub(in crate::ui) and_others: &'static str,
    pub(in crate::ui) separator: &'static str,
    pub(in crate::ui) order: &'static str,
    pub(in crate::ui) by_relevance: &'static str,
    pub(in crate::ui) newest_first: &'static str,
    pub(in crate::ui) oldest_first: &'static str,
    pub(in crate::ui) narrow: &'static str,
    pub(in crate::ui) narrowed_to: &'static str,
    pub(in crate::ui) articles_name: &'static str,
    pub(in crate::ui) all_articles: &'static str,
    pub(in crate::ui) role_name: &'static str,
    pub(in crate::ui) also_looked_for: &'static str,
    pub(in crate::ui) counts_little: &'static str,
    pub(in crate::ui) undone: &'static str,
    pub(in crate::ui) do_without: &'static str,
    pub(in crate::ui) suggestions: &'static str,
    pub(in crate::ui) recent: &'static str,
    pub(in crate::ui) forget: &'static str,
    pub(in crate::ui) why: &'static str,
    pub(in crate::ui) copy: &'static str,
    pub(in crate::ui) copied: &'static str,
    pub(in crate::ui) feed: &'static str,
    pub(in crate::ui) described: &'static str,
}

impl Words {
    /// The words of a language.
    pub(in crate::ui) fn of(language: Language) -> &'static Self {
        match language {
            Language::Zh => &CHINESE,
            Language::En => &ENGLISH,
        }
    }
}
