//! Whether a text reads like Chinese: how many of its neighbouring characters make a word of the dictionary.
//!
//! In real text about a third of them do; where characters came from the wrong encoding, hardly one in a hundred does,
//! however common each character is by itself.

use crate::text::fold::fold_char;
use crate::text::segment::dictionary;
use std::cmp::Ordering;

/// About so many pairs of characters are looked up, evenly over the whole text: enough to be sure, and the same work
/// for a page as for an archive.
const LOOKED_UP: usize = 1500;
/// So many where the encoding is known and only doubt is asked for: two hundred tell a third from a twentieth, and to
/// look up more took longer than to read the page.
const LOOKED_UP_TO_DOUBT: usize = 200;
/// So many are looked up first: where so large a share of them (in percent) are words, no more have to be.
const LOOKED_UP_FIRST: usize = 32;
const SURE: usize = 18;
/// So many words among the first are that share of them, however many of those are left to be looked up.
const ENOUGH: usize = (LOOKED_UP_FIRST * SURE).div_ceil(100);
/// Pairs stand in runs of this length, so that a step never keeps time with the lines of a text.
const RUN: usize = 30;
/// A text of fewer pairs is too short for its words to tell anything.
const FEWEST: usize = 6;
/// A text of fewer pairs is not doubted: it may be a list of names.
const FEWEST_TO_DOUBT: usize = 60;
/// Below this share of words (in percent) a text is doubted.
const DOUBTFUL: usize = 6;

/// How a text reads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Plausibility {
    /// Neighbouring Chinese characters looked up, and how many of them make a word.
    pairs: usize,
    words: usize,
    /// Characters that printed text has, and those that it has not (controls, private use, letters of far scripts).
    usual: usize,
    odd: usize,
    /// Letters with accents, and all others. Where the former outweigh, which they do in no language, bytes were taken
    /// for characters.
    accented: usize,
    plain: usize,
}

impl Plausibility {
    /// Judges a text by samples from the whole of it.
    pub fn of(text: &str) -> Self {
        Self::sampled(text, LOOKED_UP, usize::MAX)
    }

    /// Whether a text, decoded in the one way that there is, does not read like any.
    pub fn doubts(text: &str) -> bool {
        let first = Self::sampled(text, LOOKED_UP_FIRST, ENOUGH);
        let is_sure =
            first.words >= ENOUGH || first.pairs >= FEWEST_TO_DOUBT / 2 && first.words * 100 >= first.pairs * SURE;
        if is_sure && !first.is_doubtful() {
            return false;
        }
        Self::sampled(text, LOOKED_UP_TO_DOUBT, usize::MAX).is_doubtful()
    }

    /// Judges by so many pairs, or fewer where they hold `enough` words.
    fn sampled(text: &str, looked_up: usize, enough: usize) -> Self {
        let beyond_ascii = text.bytes().filter(|byte| !byte.is_ascii()).count();
        let step = (beyond_ascii / (3 * looked_up)).max(1);
        let (accented, plain) = letters(text);
        let mut judged = Self { accented, plain, ..Self::default() };
        let (mut before, mut pair) = (None, String::new());
        // ASCII is no evidence, and must not crowd out what is.
        for (number, c) in text.chars().filter(|c| !c.is_ascii() || c.is_ascii_control()).enumerate() {
            if judged.words >= enough {
                break;
            }
            if !(number / RUN).is_multiple_of(step) {
                before = None;
                continue;
            }
            if is_usual(c) {
                judged.usual += 1;
            } else {
                judged.odd += 1;
            }
            let folded = if is_han(c) { fold_char(c) } else { None };
            if let (Some(first), Some(second)) = (before, folded) {
                judged.pairs += 1;
                pair.clear();
                pair.extend([first, second]);
                judged.words += usize::from(dictionary::frequency(&pair).is_some());
            }
            before = folded;
        }
        judged
    }

    /// Adds how another part of the same text reads.
    pub fn add(&mut self, part: &Self) {
        let Self { pairs, words, usual, odd, accented, plain } = part;
        self.pairs += pairs;
        self.words += words;
        self.usual += usual;
        self.odd += odd;
        self.accented += accented;
        self.plain += plain;
    }

    /// Returns which of two readings of the same bytes is the better one; `None` where both are too short to tell.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        if self.pairs.max(other.pairs) < FEWEST || (self.words == 0 && other.words == 0) {
            return None;
        }
        Some(self.share(1000).cmp(&other.share(1000)))
    }

    /// Words among pairs, and what is odd against it. A reading with hardly any pairs has no share to speak of.
    fn share(&self, of: usize) -> usize {
        let all = self.usual + self.odd;
        let words = of * self.words / self.pairs.max(FEWEST);
        words.saturating_sub(of * self.odd / all.max(1))
    }

    /// Returns whether it can be text at all: printed characters, and where Chinese, words.
    pub fn is_text(&self) -> bool {
        self.odd * 20 <= self.usual && (self.pairs < FEWEST || self.words * 100 >= self.pairs * DOUBTFUL)
    }

    /// Returns whether a text of some length does not read like Chinese although it is written in its characters.
    pub fn is_doubtful(&self) -> bool {
        let is_bytes = self.accented >= FEWEST_TO_DOUBT && self.accented > self.plain;
        is_bytes || (self.pairs >= FEWEST_TO_DOUBT && self.words * 100 < self.pairs * DOUBTFUL)
    }
}

/// Counts letters with accents and all others. A text whose bytes were each taken for a character is ÄêÔÂÈÕ.
fn letters(text: &str) -> (usize, usize) {
    // By the first bytes of characters: U+0080 to U+00FF, and U+4000 to U+9FFF.
    let (mut accented, mut other) = (0_usize, 0_usize);
    for byte in text.bytes() {
        accented += usize::from(matches!(byte, 0xc2 | 0xc3));
        other += usize::from(byte.is_ascii_alphabetic() || matches!(byte, 0xe4..=0xe9));
    }
    (accented, other)
}

/// Whether printed Chinese text has such a character.
fn is_usual(c: char) -> bool {
    matches!(c,
        '\t' | '\n' | '\r' | ' '..='~' | '\u{a0}'..='\u{ff}' | '\u{391}'..='\u{451}' | '\u{2000}'..='\u{2642}'
        | '\u{3000}'..='\u{33ff}' | '\u{fe30}'..='\u{fe6f}' | '\u{feff}' | '\u{ff01}'..='\u{ffe6}')
        || is_han(c)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{323af}')
}
