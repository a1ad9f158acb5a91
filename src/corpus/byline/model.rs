//! How likely a string of characters is a Chinese name: surname and given-name statistics.
//!
//! The statistics of given names are counted by the build script in jieba's dictionary (its words tagged `nr`), those
//! of surnames come from `surnames.rs`. Names are cut apart by the likeliest way to write the whole string as names.

use super::surnames;
use crate::text::segment::dictionary;
use fst::Set;
use std::sync::LazyLock;

include!(concat!(env!("OUT_DIR"), "/given_names.rs"));

/// No Chinese name without a dot is longer.
pub const LONGEST: usize = 4;
/// Share of names by their length: two, three and four characters (patterns of the bylines of People's Daily 2020).
const LENGTHS: [(usize, f32); 3] = [(2, 0.353), (3, 0.635), (4, 0.012)];
/// What a character that no table has counts for, as if seen so often.
const UNSEEN: f32 = 0.4;
/// How many different characters given names are written with, for those unseen.
const ALPHABET: f32 = 6000.0;
/// Natural logarithm of the chance that a name begins with something that is no known surname.
const NO_SURNAME: f32 = -12.5;
/// Natural logarithm of the chance of one character of a name of four that has no surname (阿尔达克).
const FOREIGN: f32 = -7.5;

type Words = LazyLock<Option<Set<&'static [u8]>>>;

static PLACES: Words =
    LazyLock::new(|| Set::new(include_bytes!(concat!(env!("OUT_DIR"), "/places.fst")).as_slice()).ok());
static PEOPLE: Words =
    LazyLock::new(|| Set::new(include_bytes!(concat!(env!("OUT_DIR"), "/people.fst")).as_slice()).ok());

static TOTALS: LazyLock<[f32; 3]> = LazyLock::new(|| {
    let mut totals = [0.0; 3];
    for (_, counts) in &GIVEN {
        for (total, &count) in totals.iter_mut().zip(counts) {
            *total += f32::from(count);
        }
    }
    totals
});

/// The place of a given-name character in its name.
#[derive(Clone, Copy)]
enum Slot {
    Only = 0,
    First = 1,
    Second = 2,
}

fn given(c: char, slot: Slot) -> f32 {
    /// The basic plane up to its last Chinese character of names.
    const BEHIND: usize = 0xa000;
    static CHANCES: LazyLock<Vec<[f32; 3]>> = LazyLock::new(|| {
        let row = |c: char| [0, 1, 2].map(|slot| counted(c, slot));
        (0..BEHIND).map(|code| u32::try_from(code).ok().and_then(char::from_u32).map_or([0.0; 3], row)).collect()
    });
    let slot = slot as usize;
    CHANCES.get(c as usize).and_then(|row| row.get(slot)).copied().unwrap_or_else(|| counted(c, slot))
}

fn counted(c: char, slot: usize) -> f32 {
    let counts = GIVEN.binary_search_by_key(&c, |row| row.0).ok().and_then(|at| GIVEN.get(at));
    let count = counts.and_then(|(_, counts)| counts.get(slot)).map_or(0.0, |&count| f32::from(count));
    let total = TOTALS.get(slot).copied().unwrap_or_default();
    ((count + UNSEEN) / (total + UNSEEN * ALPHABET)).ln()
}

fn length(n: usize) -> f32 {
    LENGTHS.iter().find(|(length, _)| *length == n).map_or(f32::NEG_INFINITY, |(_, share)| share.ln())
}

fn surname(c: char) -> f32 {
    surnames::share(c).map_or(NO_SURNAME, f32::ln)
}

/// Returns the logarithm of the chance of one name, by folded characters; names have two to four.
pub fn score(name: &[char]) -> f32 {
    /// Of a thousand people about one has a surname of two characters.
    const COMPOUND: f32 = -7.0;
    match *name {
        [s, a] => surname(s) + given(a, Slot::Only) + length(2),
        [s, t, a] if surnames::is_compound(s, t) => COMPOUND + given(a, Slot::Only),
        [s, a, b] => surname(s) + given(a, Slot::First) + given(b, Slot::Second) + length(3),
        [s, t, a, b] if surnames::is_compound(s, t) => COMPOUND + given(a, Slot::First) + given(b, Slot::Second),
        [s, t, a, b] => {
            // Two surnames and a given name (郑薛飞腾), or a name of another people.
            let double = surname(s) + surname(t) + given(a, Slot::First) + given(b, Slot::Second);
            length(4) + double.max(4.0 * FOREIGN)
        }
        _ => f32::NEG_INFINITY,
    }
}

/// Cuts a string into names of two to `longest` characters, the likeliest way, and returns their lengths and the whole
/// score; `None` where it cannot be cut so.
pub fn cut(chars: &[char], longest: usize) -> Option<(Vec<usize>, f32)> {
    // best[n]: the score of the first n characters and the length of the last name in them.
    let mut best = vec![(f32::NEG_INFINITY, 0_usize); chars.len() + 1];
    *best.first_mut()? = (0.0, 0);
    for end in 2..=chars.len() {
        for length in 2..=longest.min(end) {
            let (Some(name), Some(&(before, _))) = (chars.get(end - length..end), best.get(end - length)) else {
                continue;
            };
            // Names of four without a compound surname stand alone; among others they are a wrong cut.
            if length == 4 && chars.len() > 4 && !matches!(*name, [s, t, ..] if surnames::is_compound(s, t)) {
                continue;
            }
            let total = before + score(name);
            if let Some(slot) = best.get_mut(end)
                && total > slot.0
            {
                *slot = (total, length);
            }
        }
    }
    let total = best.last()?.0;
    if !total.is_finite() {
        return None;
    }
    let (mut lengths, mut end) = (Vec::new(), chars.len());
    while end > 0 {
        let length = best.get(end)?.1;
        lengths.push(length);
        end = end.checked_sub(length)?;
    }
    lengths.reverse();
    Some((lengths, total))
}

/// Returns whether a string is the name of a place that the dictionary has.
pub fn is_place(folded: &str) -> bool {
    PLACES.as_ref().is_some_and(|places| places.contains(folded))
}

/// Returns the logarithm of the chance of a word of the dictionary; `None` where it has no such word, or has it only as
/// somebody's name.
pub fn word(folded: &str) -> Option<f32> {
    chance(folded, dictionary::frequency(folded)?)
}

fn chance(word: &str, frequency: u64) -> Option<f32> {
    let is_person = PEOPLE.as_ref().is_some_and(|people| people.contains(word));
    (!is_person).then(|| (frequency as f32 / dictionary::TOTAL_FREQUENCY as f32).ln())
}

/// Returns the logarithm of the chance of a string as words of the dictionary.
pub fn words(chars: &[char]) -> f32 {
    const UNKNOWN: f32 = -13.0;
    /// No longer word is looked up.
    const REACH: usize = 4;
    let mut best = vec![f32::NEG_INFINITY; chars.len() + 1];
    if let Some(first) = best.first_mut() {
        *first = 0.0;
    }
    let text: String = chars.iter().collect();
    for (start, (at, first)) in text.char_indices().enumerate() {
        let Some(&before) = best.get(start) else { break };
        let end = text.get(at..).and_then(|rest| rest.char_indices().nth(REACH)).map_or(text.len(), |(n, _)| at + n);
        let rest = text.get(at..end).unwrap_or_default();
        let mut reach = |length: usize, chance: f32| {
            if let Some(slot) = best.get_mut(start + length) {
                *slot = slot.max(before + chance);
            }
        };
        let mut alone = None;
        dictionary::for_each_prefix(rest, |bytes, frequency| {
            let Some((word, chance)) = rest.get(..bytes).and_then(|word| Some((word, chance(word, frequency)?))) else {
                return;
            };
            if bytes == first.len_utf8() {
                alone = Some(chance);
            } else {
                reach(word.chars().count(), chance);
            }
        });
        reach(1, alone.unwrap_or(UNKNOWN));
    }
    best.last().copied().unwrap_or(f32::NEG_INFINITY)
}

/// Returns whether a string of two to four characters reads as a name rather than as a word or a place.
pub fn is_name(chars: &[char]) -> bool {
    let has_surname = match *chars {
        [s, _] | [s, _, _] => surnames::share(s).is_some(),
        [s, t, _, _] => surnames::is_compound(s, t) || (surnames::share(s).is_some() && surnames::share(t).is_some()),
        _ => false,
    };
    let compound = matches!(*chars, [s, t, ..] if surnames::is_compound(s, t));
    let text: String = chars.iter().collect();
    // Words that are commoner than a name so written would be: 高速, 方面.
    (has_surname || compound) && !is_place(&text) && word(&text).is_none_or(|word| word < score(chars) + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut_text(text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let (lengths, _) = cut(&chars, LONGEST).unwrap_or_default();
        let mut rest = chars.iter();
        let names: Vec<String> = lengths.iter().map(|&n| rest.by_ref().take(n).collect()).collect();
        names.join(" ")
    }

    #[test]
    fn names_run_together_are_cut_apart() {
        for names in ["赵明 钱小红", "孙建国 李娜 周文斌", "欧阳志远 吴敏", "张伟 王芳芳", "何勇 冯雪 陈思雨"]
        {
            assert_eq!(cut_text(&names.replace(' ', "")), names);
        }
    }

    #[test]
    fn what_is_too_short_for_a_name_is_not_cut() {
        assert_eq!(cut(&['王'], LONGEST), None);
        assert_eq!(cut(&[], LONGEST).map(|(lengths, _)| lengths.len()), Some(0));
    }

    #[test]
    fn words_and_places_are_no_names() {
        for (text, is) in
            [("王建国", true), ("李娜", true), ("欧阳志远", true), ("高速", false), ("方面", false), ("温州", false)]
        {
            assert_eq!(is_name(&text.chars().collect::<Vec<_>>()), is, "{text}");
        }
    }
}
