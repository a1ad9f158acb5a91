//! Text to tokens: single characters with positions, which decide what matches, pairs of very common characters, which
//! spare looking at most of those positions, and words, which decide the order.
//!
//! A text of several pieces (paragraphs) comes as one string with a line end between pieces; positions jump there, so
//! that nothing is ever matched across two of them.

use crate::text::common::is_common;
use crate::text::fingerprint;
use crate::text::fold::{fold, fold_char};
use crate::text::segment::{self, CorpusSegmenter, dictionary};

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
    let mut text = String::with_capacity(pieces.iter().map(|piece| piece.len() + 1).sum());
    for (number, piece) in pieces.iter().enumerate() {
        if number > 0 {
            text.push(SEPARATOR);
        }
        for (number, line) in piece.split(SEPARATOR).enumerate() {
            if number > 0 {
                text.push(' ');
            }
            text.push_str(line);
        }
    }
    text
}

/// Yields every folded character of a text with its position. Dropped characters take none.
pub fn characters(text: &str) -> impl Iterator<Item = (char, u32)> {
    let mut next = 0_u32;
    text.chars().filter_map(move |c| {
        if c == SEPARATOR {
            next += GAP;
        }
        let folded = fold_char(c)?;
        next += 1;
        Some((folded, next - 1))
    })
}

/// Yields every two neighbouring characters of a text that are both among the commonest, by what [`characters`] yields of
/// it. Such characters stand in nearly every report and often, so that finding two of them side by side by their
/// positions alone is slow. Characters with a dropped one between them are neighbours; those of two pieces are not. Only
/// frequencies are kept: where a pair stands, its characters tell.
pub fn pairs(characters: &[(char, u32)]) -> impl Iterator<Item = [char; 2]> {
    characters.windows(2).filter_map(|two| match *two {
        [(first, at), (second, next)] if at + 1 == next && is_common(first) && is_common(second) => {
            Some([first, second])
        }
        _ => None,
    })
}

/// Returns two neighbouring folded characters as the term of a pair, if they are one.
#[must_use]
pub fn pair(first: char, second: char) -> Option<String> {
    (is_common(first) && is_common(second)).then(|| String::from_iter([first, second]))
}

/// Returns whether a word is one character.
#[must_use]
pub fn is_character(word: &str) -> bool {
    word.chars().nth(1).is_none()
}

/// Calls `found` with the words of every piece of a text, folded, but for those of one character, which the character
/// fields tell already.
pub fn for_each_word(segmenter: &CorpusSegmenter, text: &str, mut found: impl FnMut(&str)) {
    for piece in text.split(SEPARATOR) {
        segmenter.for_each_word(piece, |word| {
            if !is_character(word) {
                found(word);
            }
        });
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
    use std::sync::LazyLock;

    #[test]
    fn blanks_within_a_piece_take_no_position() {
        let positions: Vec<_> = characters("养 老\u{200b}服").map(|(_, at)| at).collect();
        assert_eq!(positions, [0, 1, 2]);
    }

    #[test]
    fn positions_jump_between_pieces() {
        assert_eq!(characters(&joined(&["养\n老", "服"])).collect::<Vec<_>>(), [('养', 0), ('老', 1), ('服', 3)]);
    }

    fn pairs_of(text: &str) -> Vec<String> {
        pairs(&characters(text).collect::<Vec<_>>()).map(String::from_iter).collect()
    }

    #[test]
    fn pairs_are_of_very_common_neighbours_alone() {
        assert_eq!(
            pairs_of("在焦炭的一 个人，２０２３年"),
            ["的一", "一个", "个人", "人,", ",2", "20", "02", "23", "3年"]
        );
        assert_eq!(pairs_of(&joined(&["中", "国", "一一一"])), ["一一", "一一"], "none across pieces");
    }

    #[test]
    fn the_words_of_a_text_are_those_of_its_pieces() {
        let mut words = Vec::new();
        for_each_word(&SEGMENTER, "养老\n服务的", |word| words.push(word.to_owned()));
        assert_eq!(words, ["养老", "服务"], "characters have their own lists");
    }

    static SEGMENTER: LazyLock<CorpusSegmenter> = LazyLock::new(CorpusSegmenter::for_writing);

    proptest! {
        #[test]
        fn a_word_stands_in_the_text_character_by_character(
            text in "[养老服务高新区深度学习 ，\n　ＡIdeplrnig0２的一]{0,40}|\\PC{0,40}"
        ) {
            let placed: Vec<_> = characters(&text).collect();
            for_each_word(&SEGMENTER, &text, |word| {
                let wanted: Vec<char> = word.chars().collect();
                // A blank between two Latin words is no character of the text.
                let stands = |there: &[(char, u32)]| {
                    there.iter().map(|&(c, _)| c).eq(wanted.iter().copied())
                        && there.windows(2).all(|two| two[0].1 + 1 == two[1].1)
                };
                assert!(wanted.contains(&' ') || placed.windows(wanted.len()).any(stands), "{word}");
            });
        }

        #[test]
        fn the_pairs_are_those_of_the_folded_text(text in "[的一中国焦 ，,。0x]{0,40}") {
            let folded: Vec<char> = fold(&text).chars().collect();
            let wanted: Vec<String> = folded.windows(2).filter_map(|two| pair(two[0], two[1])).collect();
            prop_assert_eq!(pairs_of(&text), wanted);
        }

        #[test]
        fn the_characters_are_the_folded_text(text in "\\PC{0,60}") {
            let tokens: String = characters(&text).map(|(c, _)| c).collect();
            prop_assert_eq!(tokens, fold(&text));
        }
    }
}
