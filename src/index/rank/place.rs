//! Where the texts typed stand in a report: how early, and how close to one another. Reports lead with what they are
//! about, and what stands far apart has little to do with each other.
//!
//! Both raise relevance by a share of it at most, and are only looked at in the best reports.

use super::weights::{APART, CLOSE, EARLY_AT, EARLY_TYPED};
use super::{Part, Signals, Step};
use crate::article::fields::TextField;
use crate::index::Result;
use crate::index::occurrence::Occurrences;
use crate::index::schema::Schema;
use tantivy::{DocId, SegmentReader};

/// Where the texts stand in the reports of one segment.
pub struct SegmentPlaces(Vec<Text>);

/// A text, and where it stands in the report last asked about.
struct Text {
    /// What it counts.
    worth: f64,
    /// Its length, in characters.
    length: u32,
    parts: Vec<(TextField, Occurrences, Vec<u32>)>,
}

/// Of so many texts at most each is held against each: the work grows with the square.
const MOST_COMPARED: usize = 8;

impl Signals {
    /// Opens the places of the texts in a segment.
    ///
    /// # Errors
    /// When the segment cannot be read.
    pub fn open_places(&self, segment: &SegmentReader, schema: &Schema) -> Result<SegmentPlaces> {
        let mut texts = Vec::with_capacity(self.typed.len());
        for text in &self.typed {
            let open = |&part: &TextField| Ok((part, text.needle.open_places(schema, part, segment)?, Vec::new()));
            let parts = text.parts.iter().map(open).collect::<Result<Vec<_>>>()?;
            let length = u32::try_from(text.needle.characters().len()).unwrap_or(u32::MAX);
            texts.push(Text { worth: text.worth, length, parts });
        }
        Ok(SegmentPlaces(texts))
    }
}

impl SegmentPlaces {
    /// Returns what the places in a report add, as shares of its relevance. Must be asked in order of reports.
    pub fn shares(&mut self, doc: DocId) -> [Part; 2] {
        for (_, occurrences, places) in self.0.iter_mut().flat_map(|text| &mut text.parts) {
            places.clear();
            places.extend(occurrences.places_in(doc));
        }
        [
            Part { step: Step::EarlyTyped, worth: EARLY_TYPED * earliness(&self.0) },
            Part { step: Step::Close, worth: CLOSE * closeness(&self.0) },
        ]
    }
}

/// Returns from 0 to 1 how early the texts stand, by their worth: 1 in the headline or at the very beginning.
fn earliness(texts: &[Text]) -> f64 {
    let all: f64 = texts.iter().map(|text| text.worth).sum();
    let early: f64 = texts.iter().map(|text| text.worth * text.earliness()).sum();
    if all > 0.0 { early / all } else { 0.0 }
}

/// Returns from 0 to 1 how close the texts stand to one another, each to each; 0 where there is but one.
fn closeness(texts: &[Text]) -> f64 {
    let texts = texts.get(..MOST_COMPARED).unwrap_or(texts);
    let (mut sum, mut pairs) = (0.0, 0.0);
    for (n, text) in texts.iter().enumerate() {
        for other in texts.iter().skip(n + 1) {
            sum += text.gap(other).map_or(0.0, |gap| 1.0 / (1.0 + f64::from(gap) / APART));
            pairs += 1.0;
        }
    }
    if pairs > 0.0 { sum / pairs } else { 0.0 }
}

impl Text {
    fn earliness(&self) -> f64 {
        let of_part = |(part, _, places): &(TextField, Occurrences, Vec<u32>)| {
            let first = f64::from(*places.first()?);
            Some(match part {
                TextField::Title | TextField::Deck => 1.0,
                TextField::Body => 1.0 / (1.0 + first / EARLY_AT),
                TextField::Furniture => 0.0,
            })
        };
        self.parts.iter().filter_map(of_part).fold(0.0, f64::max)
    }

    /// Returns the fewest characters between the two texts in one part; 0 where they overlap.
    fn gap(&self, other: &Self) -> Option<u32> {
        let in_part = |(part, _, here): &(TextField, Occurrences, Vec<u32>)| {
            let (.., there) = other.parts.iter().find(|(known, ..)| known == part)?;
            least_gap((here, self.length), (there, other.length))
        };
        self.parts.iter().filter_map(in_part).min()
    }
}

/// Returns the fewest characters between two texts, each with the places where it stands, in order, and its length.
fn least_gap((a, a_length): (&[u32], u32), (b, b_length): (&[u32], u32)) -> Option<u32> {
    let (mut a, mut b) = (a.iter().copied().peekable(), b.iter().copied().peekable());
    let mut least = None;
    while let (Some(&here), Some(&there)) = (a.peek(), b.peek()) {
        let gap = if here <= there {
            a.next();
            there.saturating_sub(here.saturating_add(a_length))
        } else {
            b.next();
            here.saturating_sub(there.saturating_add(b_length))
        };
        least = Some(least.map_or(gap, |known: u32| known.min(gap)));
    }
    least
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_gap_is_between_the_end_of_one_and_the_start_of_the_other() {
        assert_eq!(least_gap((&[0, 50], 4), (&[60], 2)), Some(6));
        assert_eq!(least_gap((&[60], 2), (&[0, 50], 4)), Some(6));
        assert_eq!(least_gap((&[3], 4), (&[5], 2)), Some(0), "one inside the other");
        assert_eq!(least_gap((&[3], 4), (&[], 2)), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn one_walk_finds_the_gap_that_all_pairs_have(
            a in prop::collection::btree_set(0_u32..60, 0..6),
            b in prop::collection::btree_set(0_u32..60, 0..6),
            lengths in (1_u32..4, 1_u32..4),
        ) {
            let gap = |x: u32, y: u32| if x <= y { y.saturating_sub(x + lengths.0) } else { x.saturating_sub(y + lengths.1) };
            let all = a.iter().flat_map(|&x| b.iter().map(move |&y| gap(x, y))).min();
            let (a, b): (Vec<_>, Vec<_>) = (a.into_iter().collect(), b.into_iter().collect());
            prop_assert_eq!(least_gap((&a, lengths.0), (&b, lengths.1)), all);
        }
    }
}
