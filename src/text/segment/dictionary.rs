//! The dictionary inside the program: an FST from folded word to frequency, made by the build script from jieba's
//! `dict.txt` (MIT licence, see `LICENSE-THIRD-PARTY`). Looking a word up loads nothing.

use fst::Streamer as _;
use fst::raw::Fst;
use std::sync::LazyLock;

include!(concat!(env!("OUT_DIR"), "/dictionary.rs"));

/// The sum of the frequencies of all words.
pub const TOTAL_FREQUENCY: u64 = TOTAL;

// The bytes are made by our own build script; `new` checks only header and footer, so this costs nothing to speak of.
static WORDS: LazyLock<Option<Fst<&'static [u8]>>> =
    LazyLock::new(|| Fst::new(include_bytes!(concat!(env!("OUT_DIR"), "/dictionary.fst")).as_slice()).ok());

/// Returns the frequency of a folded word, or `None` where the dictionary does not have it.
#[must_use]
pub fn frequency(word: &str) -> Option<u64> {
    WORDS.as_ref()?.get(word).map(|output| output.value())
}

/// Calls `found` with every word of the dictionary and its frequency, in byte order.
pub fn for_each(mut found: impl FnMut(&str, u64)) {
    let Some(words) = WORDS.as_ref() else { return };
    let mut stream = words.stream();
    while let Some((bytes, output)) = stream.next() {
        if let Ok(word) = std::str::from_utf8(bytes) {
            found(word, output.value());
        }
    }
}

/// Calls `found` with every word of the dictionary that occurs in a folded text, once for each place where it does.
pub fn for_each_within(text: &str, mut found: impl FnMut(&str, u64)) {
    for (start, _) in text.char_indices() {
        let rest = text.get(start..).unwrap_or_default();
        for_each_prefix(rest, |length, frequency| found(rest.get(..length).unwrap_or_default(), frequency));
    }
}

/// Calls `found` with the length in bytes and the frequency of every word of the dictionary that a folded text begins
/// with, shortest first.
pub fn for_each_prefix(text: &str, mut found: impl FnMut(usize, u64)) {
    let Some(words) = WORDS.as_ref() else { return };
    let (mut node, mut output) = (words.root(), fst::raw::Output::zero());
    for (at, byte) in text.bytes().enumerate() {
        let Some(index) = node.find_input(byte) else { return };
        let transition = node.transition(index);
        output = output.cat(transition.out);
        node = words.node(transition.addr);
        if node.is_final() {
            found(at + 1, output.cat(node.final_output()).value());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_looked_up_folded() {
        assert!(frequency("养老").is_some());
        assert!(frequency("4s店").is_some() && frequency("4S店").is_none());
        assert_eq!(frequency("议精"), None);
    }

    #[test]
    fn prefixes_come_shortest_first() {
        let mut seen = Vec::new();
        for_each_prefix("高新区领导", |length, _| seen.push(&"高新区领导"[..length]));
        assert_eq!(seen, ["高", "高新", "高新区"]);
    }

    #[test]
    fn the_frequencies_add_up() {
        let mut sum = 0;
        for_each(|_, frequency| sum += frequency);
        assert_eq!(sum, TOTAL_FREQUENCY);
    }
}
