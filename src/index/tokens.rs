//! Text to tokens: single characters with positions, which decide what matches, pairs of very common characters, which
//! spare looking at most of those positions, and words, which decide the order.
//!
//! A text of several pieces (paragraphs) comes as one string with a line end between pieces; positions jump there, so
//! that nothing is ever matched across two of them.

use crate::text::common::is_common;
use crate::text::fingerprint;
use crate::text::fold::{fold, fold_char};
use crate::text::segment::{self, CorpusSegmenter, dictionary};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Version of what this file does; part of `analyser`.
const VERSION: u32 = 3;

/// How far positions jump between two pieces: enough that no two characters of different pieces are neighbours, which is
/// all that is read from positions; distances and wildcards are verified on the stored text. The positions of a list
/// are packed by the widest step among 128, so that a longer jump would cost bytes at every character: 1,024 made the
/// positions a third larger.
const GAP: u32 = 1;

/// The separator of pieces. Folding drops it, so it is no character of any piece.
pub const SEPARATOR: char = '\n';

/// Names everything that turns text into terms and fingerprints, for the index to record.
#[must_use]
pub fn analyser() -> String {
    format!(
        "characters-{VERSION} words-{} dictionary-{:016x} fingerprint-{}",
        segment::VERSION,
        dictionary::FINGERPRINT,
        fingerprint::VERSION
    )
}

/// Joins the pieces of a text field to the one value that is indexed.
#[must_use]
pub fn joined(pieces: &[&str]) -> String {
    let one_line = |piece: &&str| piece.replace(SEPARATOR, " ");
    pieces.iter().map(one_line).collect::<Vec<_>>().join("\n")
}

/// Yields every folded character as a token, in order of characters and, of one character, of positions: whoever files
/// them goes to each character's list once a text, which halves the work. Dropped characters take no position.
#[derive(Clone, Default)]
pub struct CharacterTokenizer {
    token: Token,
    /// Characters and positions, one in the upper, one in the lower half: so they are quickest to sort.
    found: Vec<u64>,
}

/// See [`CharacterTokenizer`].
pub struct CharacterStream<'a> {
    rest: std::slice::Iter<'a, u64>,
    token: &'a mut Token,
}

impl Tokenizer for CharacterTokenizer {
    type TokenStream<'a> = CharacterStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> CharacterStream<'a> {
        self.token.reset();
        self.found.clear();
        let mut position = 0_u32;
        for c in text.chars() {
            if c == SEPARATOR {
                position += GAP;
            }
            let Some(folded) = fold_char(c) else { continue };
            self.found.push(u64::from(u32::from(folded)) << 32 | u64::from(position));
            position += 1;
        }
        self.found.sort_unstable();
        CharacterStream { rest: self.found.iter(), token: &mut self.token }
    }
}

impl TokenStream for CharacterStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(&found) = self.rest.next() else { return false };
        self.token.text.clear();
        self.token.text.extend(char::from_u32((found >> 32) as u32));
        self.token.position = (found & u64::from(u32::MAX)) as usize;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Yields every two neighbouring characters that are both among the commonest, folded. Such characters stand in nearly
/// every report and often, so that finding two of them side by side by their positions alone is slow. Characters with a
/// dropped one between them are neighbours; those of two pieces are not. Only frequencies are kept: where a pair stands,
/// its characters tell.
#[derive(Clone, Default)]
pub struct PairTokenizer {
    token: Token,
}

/// See [`PairTokenizer`].
pub struct PairStream<'a> {
    rest: std::str::Chars<'a>,
    before: Option<char>,
    token: &'a mut Token,
}

impl Tokenizer for PairTokenizer {
    type TokenStream<'a> = PairStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PairStream<'a> {
        self.token.reset();
        PairStream { rest: text.chars(), before: None, token: &mut self.token }
    }
}

impl TokenStream for PairStream<'_> {
    fn advance(&mut self) -> bool {
        for c in self.rest.by_ref() {
            if c == SEPARATOR {
                self.before = None;
            }
            let Some(folded) = fold_char(c) else { continue };
            let before = std::mem::replace(&mut self.before, is_common(folded).then_some(folded));
            if let (Some(first), Some(second)) = (before, self.before) {
                self.token.text.clear();
                self.token.text.extend([first, second]);
                self.token.position = self.token.position.wrapping_add(1);
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Returns two neighbouring folded characters as a token of [`PairTokenizer`], if they are one.
#[must_use]
pub fn pair(first: char, second: char) -> Option<String> {
    (is_common(first) && is_common(second)).then(|| String::from_iter([first, second]))
}

/// Yields the words of every piece, folded, but for those of one character, which the character fields tell already.
/// Positions count words and mean nothing: the field keeps frequencies only.
#[derive(Clone)]
pub struct WordTokenizer {
    segmenter: CorpusSegmenter,
}

impl WordTokenizer {
    /// Cuts with the given segmenter.
    #[must_use]
    pub fn new(segmenter: CorpusSegmenter) -> Self {
        Self { segmenter }
    }
}

/// Returns whether a word is one character.
#[must_use]
pub fn is_character(word: &str) -> bool {
    word.chars().nth(1).is_none()
}

/// See [`WordTokenizer`].
pub struct WordStream {
    text: String,
    ends: Vec<usize>,
    next: usize,
    token: Token,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream {
        let (mut words, mut ends) = (String::with_capacity(text.len()), Vec::with_capacity(text.len() / 4));
        for piece in text.split(SEPARATOR) {
            self.segmenter.for_each_word(piece, |word| {
                if !is_character(word) {
                    words.push_str(word);
                    ends.push(words.len());
                }
            });
        }
        WordStream { text: words, ends, next: 0, token: Token::default() }
    }
}

impl TokenStream for WordStream {
    fn advance(&mut self) -> bool {
        let start = self.next.checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or(0);
        let Some(word) = self.ends.get(self.next).and_then(|&end| self.text.get(start..end)) else { return false };
        self.token.text.clear();
        self.token.text.push_str(word);
        self.token.position = self.next;
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Yields a value that is asked whole as one token, folded; none where folding leaves nothing.
#[derive(Clone, Default)]
pub struct WholeTokenizer {
    token: Token,
}

/// See [`WholeTokenizer`].
pub struct WholeStream<'a> {
    done: bool,
    token: &'a mut Token,
}

impl Tokenizer for WholeTokenizer {
    type TokenStream<'a> = WholeStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WholeStream<'a> {
        self.token.reset();
        self.token.text = whole(text);
        self.token.position = 0;
        WholeStream { done: self.token.text.is_empty(), token: &mut self.token }
    }
}

impl TokenStream for WholeStream<'_> {
    fn advance(&mut self) -> bool {
        !std::mem::replace(&mut self.done, true)
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Returns the folded form of a value that is asked whole: a name, a paper.
#[must_use]
pub fn whole(value: &str) -> String {
    fold(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn characters(text: &str) -> Vec<(String, usize)> {
        let mut tokenizer = CharacterTokenizer::default();
        let mut stream = tokenizer.token_stream(text);
        let mut tokens = Vec::new();
        while stream.advance() {
            tokens.push((stream.token().text.clone(), stream.token().position));
        }
        assert!(tokens.is_sorted(), "in order of characters, then of positions");
        tokens.sort_by_key(|&(_, position)| position);
        tokens
    }

    #[test]
    fn blanks_within_a_piece_take_no_position() {
        let positions: Vec<_> = characters("养 老\u{200b}服").into_iter().map(|(_, at)| at).collect();
        assert_eq!(positions, [0, 1, 2]);
    }

    #[test]
    fn positions_jump_between_pieces() {
        assert_eq!(
            characters(&joined(&["养\n老", "服"])),
            [("养".to_owned(), 0), ("老".to_owned(), 1), ("服".to_owned(), 3)]
        );
    }

    fn pairs(text: &str) -> Vec<String> {
        let mut tokens = Vec::new();
        PairTokenizer::default().token_stream(text).process(&mut |token| tokens.push(token.text.clone()));
        tokens
    }

    #[test]
    fn pairs_are_of_very_common_neighbours_alone() {
        assert_eq!(
            pairs("在焦炭的一 个人，２０２３年"),
            ["的一", "一个", "个人", "人,", ",2", "20", "02", "23", "3年"]
        );
        assert_eq!(pairs(&joined(&["中", "国", "一一一"])), ["一一", "一一"], "none across pieces");
    }

    #[test]
    fn the_words_of_a_text_are_those_of_its_pieces() {
        let segmenter = CorpusSegmenter::for_writing();
        let mut tokenizer = WordTokenizer::new(segmenter.clone());
        let mut words = Vec::new();
        tokenizer.token_stream("养老\n服务的").process(&mut |token| words.push(token.text.clone()));
        assert_eq!(words, ["养老", "服务"], "characters have their own lists");
    }

    proptest! {
        #[test]
        fn the_pairs_are_those_of_the_folded_text(text in "[的一中国焦 ，,。0x]{0,40}") {
            let folded: Vec<char> = fold(&text).chars().collect();
            let wanted: Vec<String> = folded.windows(2).filter_map(|two| pair(two[0], two[1])).collect();
            prop_assert_eq!(pairs(&text), wanted);
        }

        #[test]
        fn the_characters_are_the_folded_text(text in "\\PC{0,60}") {
            let tokens: String = characters(&text).into_iter().map(|(c, _)| c).collect();
            prop_assert_eq!(tokens, fold(&text));
        }
    }
}
