//! Tells an article apart from another with the same identifier.

use std::collections::HashMap;

use crate::document::{Article, PassageId};

/// Gives an article an identifier made from its own and its place in the corpus; `attempt` counts from 0. The
/// identifiers of its passages follow.
pub fn rename(article: &mut Article, attempt: u32) {
    let place = match attempt {
        0 => article.source.path.clone(),
        _ => format!("{}:{}:{attempt}", article.source.path, article.source.line),
    };
    article.id = article.id.disambiguated(&place);
    let mut occurrences: HashMap<String, u32> = HashMap::new();
    for passage in &mut article.passages {
        let words: String = passage
            .text
            .chars()
            .filter(|character| !character.is_whitespace())
            .collect();
        let occurrence = occurrences.entry(words).or_insert(0);
        passage.id = PassageId::new(&article.id, &passage.text, *occurrence);
        *occurrence += 1;
    }
}
