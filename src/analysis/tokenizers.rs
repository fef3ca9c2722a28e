//! The analyzer's streams as tantivy tokenizers, so that they run in tantivy's own writer threads.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use super::analyzer::{Analyzer, Mode};

/// Name of the tokenizer of words.
pub const WORDS: &str = "wenyuan_words";
/// Name of the tokenizer of character pairs, the only one whose positions serve phrases.
pub const GRAMS: &str = "wenyuan_grams";
/// Name of the tokenizer of single Han characters.
pub const CHARS: &str = "wenyuan_chars";

/// Registers the analyzer's three streams under [`WORDS`], [`GRAMS`] and [`CHARS`], for indexing.
pub fn register_tokenizers(manager: &TokenizerManager, analyzer: &Analyzer) {
    for (name, stream) in [(WORDS, Stream::Words), (GRAMS, Stream::Grams), (CHARS, Stream::Chars)] {
        manager.register(name, IndexTokenizer::new(analyzer.clone(), stream));
    }
}

/// Which terms a tokenizer gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// [`Analyzer::words`].
    Words,
    /// [`Analyzer::grams`].
    Grams,
    /// [`Analyzer::chars`].
    Chars,
}

/// One stream of an analyzer, in [`Mode::Index`]. Offsets are bytes of the original text.
#[derive(Debug, Clone)]
pub struct IndexTokenizer {
    analyzer: Analyzer,
    stream: Stream,
    tokens: Tokens,
}

impl IndexTokenizer {
    /// The tokenizer of a stream.
    pub fn new(analyzer: Analyzer, stream: Stream) -> Self {
        Self {
            analyzer,
            stream,
            tokens: Tokens::default(),
        }
    }
}

impl Tokenizer for IndexTokenizer {
    type TokenStream<'a> = TokensOf<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        let tokens = &mut self.tokens;
        tokens.restart();
        let push = |token: super::Token<'_>| tokens.push(token);
        match self.stream {
            Stream::Words => self.analyzer.words(text, Mode::Index, push),
            Stream::Grams => self.analyzer.grams(text, Mode::Index, push),
            Stream::Chars => self.analyzer.chars(text, push),
        }
        TokensOf(&mut self.tokens)
    }
}

/// The tokens of one text. All terms lie in one buffer, which is reused.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    terms: String,
    places: Vec<Place>,
    next: usize,
    token: Token,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    /// End of the term in the buffer; it begins where the one before ends.
    end: usize,
    from: usize,
    to: usize,
    position: usize,
}

impl Tokens {
    fn restart(&mut self) {
        self.terms.clear();
        self.places.clear();
        self.next = 0;
    }

    fn push(&mut self, token: super::Token<'_>) {
        self.terms.push_str(token.term);
        self.places.push(Place {
            end: self.terms.len(),
            from: token.span.start,
            to: token.span.end,
            position: token.position as usize,
        });
    }

    fn advance(&mut self) -> bool {
        let Some(place) = self.places.get(self.next) else {
            return false;
        };
        let start = self
            .next
            .checked_sub(1)
            .and_then(|before| self.places.get(before))
            .map_or(0, |before| before.end);
        self.token.text.clear();
        self.token
            .text
            .push_str(self.terms.get(start..place.end).unwrap_or_default());
        self.token.offset_from = place.from;
        self.token.offset_to = place.to;
        self.token.position = place.position;
        self.token.position_length = 1;
        self.next += 1;
        true
    }
}

/// The stream of the tokens of one text, in the tokenizer's buffers.
#[derive(Debug)]
pub struct TokensOf<'a>(&'a mut Tokens);

impl TokenStream for TokensOf<'_> {
    fn advance(&mut self) -> bool {
        self.0.advance()
    }

    fn token(&self) -> &Token {
        &self.0.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.0.token
    }
}
