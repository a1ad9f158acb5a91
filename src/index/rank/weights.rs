//! Every weight of the order of hits, in one place.

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

/// BM25's saturation: the usual value.
pub const K1: f64 = 1.2;
/// BM25's length normalisation of the body. Headlines and decks are not normalised: they hardly differ in length.
pub const B: f64 = 0.6;
/// The length, in words as cut for search, of a body that is neither long nor short. A constant and not the index's
/// average, so that scores do not change with what else is held.
pub const USUAL_LENGTH: f64 = 300.0;
/// What the text as typed counts beside its words together: half as much again.
pub const AS_TYPED: f64 = 0.5;
/// The most that recency adds, as a share of relevance. The contract allows a tenth.
pub const RECENCY: f64 = 0.10;
/// The age, in days, at which recency adds half of the most.
pub const RECENCY_HALF_LIFE: f64 = 90.0;

/// How many of the best reports by words a loosened search reads again. Among them stands what was looked for in 98 %
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
    /// Characters that stand in the first [`LEAD`].
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
