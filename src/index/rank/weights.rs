//! Every weight of the order of hits, in one place.
//!
//! # How those of the second step were chosen
//!
//! On 1,331 headlines of other outlets over 63,668 reports without headlines, and 497 of them that share no eight
//! characters with the report looked for (`hard`). The first step ran with BM25's usual values; the weights were
//! climbed one by one on half of the queries, looked at on the other half (MRR@10 .819 where tuned, .813 where not),
//! done again the other way round, and rounded to what both ways agree on. MRR@10 and S@10 of the program as it stands,
//! each signal left out (all signals had .815 and .670 when they were chosen):
//!
//! | | all | hard |
//! |---|---|---|
//! | words alone, no second step | .767 / .910 | .624 / .821 |
//! | all signals | .807 / .931 | .665 / .851 |
//! | without pairs | .804 / .926 | .665 / .845 |
//! | without early words | .806 / .927 | .658 / .843 |
//! | without early pairs | .807 / .926 | .666 / .843 |
//! | without characters | .802 / .929 | .659 / .851 |
//! | without lead | .802 / .929 | .656 / .849 |
//! | without runs | .804 / .926 | .667 / .843 |
//! | without numbers | .804 / .929 | .664 / .845 |
//! | without shortness | .805 / .930 | .662 / .849 |
//!
//! A forest of decision trees over thirty signals, trained on one half, does no better on the other (.807 to .814).
//! The days of the best hits (reports of one event come within days), the best window of 30 to 120 characters, and
//! the share of pairs found were tried and are worth nothing beside these. Counting how rare a pair is among the
//! candidates and not in the whole index is better by .007 and needs no index of pairs.
//! `cargo bench --bench ranking` measures all this again with the program itself.

//!
//! # How those of the first step were chosen
//!
//! On queries drawn from the same headlines, with the reports of the event that hold them: 1,913 of two of a headline's
//! words, 1,249 of four to six of its characters in a row. MRR@10:
//!
//! | | two words | one piece |
//! |---|---|---|
//! | all signals | .561 | .651 |
//! | without early and close, saturation 1.2 | .492 | .629 |
//! | saturation 1.2 | .553 | .650 |
//! | early half as much | .546 | .649 |
//! | close twice as much | .559 | .651 |
//! | the text as typed twice as much | .545 | .648 |
//! | normalisation of length 0.75 | .546 | .648 |
//!
//! All but the first two rows are from single steps around 0.5, 0.25 and 1.2; differences below .005 say nothing.

use crate::article::fields::TextField;

/// How much a word in a part counts beside one in the body. A headline has some ten words, each chosen.
pub fn weight(part: TextField) -> f64 {
    match part {
        TextField::Title => 3.0,
        TextField::Deck => 1.5,
        TextField::Body => 1.0,
        TextField::Furniture => 0.0,
    }
}

/// BM25's saturation; 0.6 to 2 are usual.
pub const K1: f64 = 0.9;
/// BM25's length normalisation of the body. Headlines and decks are not normalised: they hardly differ in length.
pub const B: f64 = 0.6;
/// The length, in words of two characters and more as cut for search, of a body that is neither long nor short. A constant and not the index's
/// average, so that scores do not change with what else is held.
pub const USUAL_LENGTH: f64 = 230.0;
/// What the text as typed counts beside its words together: half as much again.
pub const AS_TYPED: f64 = 0.5;
/// The same of one number or Latin word: where it stands whole, its word has counted already, and AI in RAID or 26 in
/// 2026 is hardly what was meant.
pub const INSIDE_WORDS: f64 = 0.05;
/// The most that standing early adds, as a share of relevance.
pub const EARLY_TYPED: f64 = 0.8;
/// The most that several texts gain by standing close to one another, as a share of relevance.
pub const CLOSE: f64 = 0.3;
/// Where, in characters, a text as typed that stands early counts half.
pub const EARLY_AT: f64 = 80.0;
/// How many characters apart two texts are half close: about a clause.
pub const APART: f64 = 20.0;
/// The most that recency adds, as a share of relevance. The contract allows a tenth.
pub const RECENCY: f64 = 0.10;
/// The age, in days, at which recency adds half of the most.
pub const RECENCY_HALF_LIFE: f64 = 90.0;

/// How many of the best reports are looked at more closely: where in them the texts stand, or, of a loosened search, all
/// their text. By words alone, among them stands what was looked for in 98 %
/// of the judged headlines.
pub const CANDIDATES: usize = 200;
/// The length, in characters, of a report that is neither long nor short.
pub const USUAL_CHARACTERS: f64 = 650.0;
/// BM25's length normalisation of the pairs.
pub const PAIR_B: f64 = 0.75;
/// Where, in characters, standing early counts half.
pub const EARLY: f64 = 150.0;
/// How many characters of a report are its lead.
pub const LEAD: usize = 200;

/// What each signal of the second step of a loosened search counts, as a share of the rarity of all the words typed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// BM25 over the pairs of characters: what a cut into words loses, abbreviations and new names above all.
    pub pairs: f64,
    /// Words that stand early in the report.
    pub early_words: f64,
    /// Pairs that stand early in the report.
    pub early_pairs: f64,
    /// Characters that stand anywhere: 发改委 in 发展改革委员会.
    pub characters: f64,
    /// Characters that stand in the first 200.
    pub lead: f64,
    /// The longest piece of each clause that stands unbroken, squared.
    pub runs: f64,
    /// Numbers and Latin words that stand whole.
    pub numbers: f64,
    /// Shortness.
    pub short: f64,
}

impl Weights {
    /// Those of the program.
    pub const CHOSEN: Self = Self {
        pairs: 1.0,
        early_words: 2.5,
        early_pairs: 1.0,
        characters: 0.8,
        lead: 0.5,
        runs: 0.6,
        numbers: 0.6,
        short: 0.6,
    };

    /// No second step at all.
    pub const WORDS_ALONE: Self = Self {
        pairs: 0.0,
        early_words: 0.0,
        early_pairs: 0.0,
        characters: 0.0,
        lead: 0.0,
        runs: 0.0,
        numbers: 0.0,
        short: 0.0,
    };
}
