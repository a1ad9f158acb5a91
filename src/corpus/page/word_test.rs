//! The word test: does the break between two pieces of text fall inside a word?

use crate::text::fold::fold_char;
use crate::text::segment::dictionary::{TOTAL_FREQUENCY, for_each_prefix};

/// As many characters on each side are looked at; no word of news text needs more.
const REACH: usize = 6;
/// What a character costs that is no word of the dictionary, in nats: dearer than any word that is.
const UNKNOWN_COST: f64 = 20.0;

/// Returns whether the likeliest cutting of the text around a break into words has a word across it.
///
/// Digits on both sides count as one number. Costs a few lookups in the embedded dictionary.
pub(super) fn word_spans(before: &str, after: &str) -> bool {
    let mut head: Vec<char> = before.chars().rev().filter_map(fold_char).take(REACH).collect();
    head.reverse();
    let tail: Vec<char> = after.chars().filter_map(fold_char).take(REACH).collect();
    if let (Some(last), Some(first)) = (head.last(), tail.first())
        && is_number(*last)
        && is_number(*first)
    {
        return true;
    }
    let text: Vec<char> = head.iter().chain(&tail).copied().collect();
    spans(&text, head.len())
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit() || c == '.' || c == '%'
}

/// Whether the cheapest cutting of a text has a word that begins before `cut` and ends behind it.
fn spans(text: &[char], cut: usize) -> bool {
    let total = TOTAL_FREQUENCY as f64;
    // For each position the cost of the best cutting up to it, and whether that cutting has a word across the break.
    let mut best: Vec<(f64, bool)> = vec![(f64::INFINITY, false); text.len() + 1];
    if let Some(start) = best.first_mut() {
        *start = (0.0, false);
    }
    for at in 0..text.len() {
        let Some(&(cost, across)) = best.get(at) else { break };
        let rest: String = text.get(at..).unwrap_or_default().iter().collect();
        let mut reach = |length: usize, added: f64| {
            let end = at + length;
            let crosses = across || (at < cut && end > cut);
            if let Some(there) = best.get_mut(end)
                && cost + added < there.0
            {
                *there = (cost + added, crosses);
            }
        };
        reach(1, UNKNOWN_COST);
        for_each_prefix(&rest, |bytes, frequency| {
            let length = rest.get(..bytes).map_or(0, |word| word.chars().count());
            if length > 0 {
                reach(length, (total / (frequency.max(1)) as f64).ln());
            }
        });
    }
    best.last().is_some_and(|&(_, across)| across)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_break_inside_a_word_is_seen() {
        for (before, after) in [
            ("全市河长制工作会", "议昨日召开"),
            ("努力营造良好的状", "态，为河流治理"),
            ("游人来自西", "班牙等国"),
            ("总投资1", "30万元"),
            ("增长11.", "25亿元"),
        ] {
            assert!(word_spans(before, after), "{before}|{after}");
        }
    }

    #[test]
    fn a_break_between_words_is_none() {
        for (before, after) in [("河灯会在城南", "开幕"), ("让群众", "进一步感到新变化"), ("", "开幕"), ("会议", "")]
        {
            assert!(!word_spans(before, after), "{before}|{after}");
        }
    }
}
