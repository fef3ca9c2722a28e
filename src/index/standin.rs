//! Tokenizers that stand in until the analyzer is there.

use tantivy::tokenizer::{LowerCaser, NgramTokenizer, TextAnalyzer, TokenizerManager, WhitespaceTokenizer};

/// The tokenizers of every text field.
pub fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(
        "wenyuan_words",
        TextAnalyzer::builder(WhitespaceTokenizer::default())
            .filter(LowerCaser)
            .build(),
    );
    manager.register(
        "wenyuan_grams",
        TextAnalyzer::builder(WhitespaceTokenizer::default())
            .filter(LowerCaser)
            .build(),
    );
    if let Ok(chars) = NgramTokenizer::new(1, 1, false) {
        manager.register("wenyuan_chars", TextAnalyzer::builder(chars).build());
    }
    manager
}
