//! Where a text stands: the reports of one segment that hold it, as typed, in one part, and how often each does.
//!
//! A report holds a text if the text's characters stand in it one after the other. Reading positions is what costs, so
//! reports are sifted first: by the pairs of very common characters in the text, and by its other characters, the
//! rarest first. A pair that is the whole text needs no positions at all: its frequency is the answer.

use super::Result;
use super::placed::{Placed, PlacedLists};
use super::schema::Schema;
use super::tokens::pair;
use crate::article::fields::TextField;
use crate::text::fold::fold;
use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet as _, SegmentReader, TERMINATED, Term};

/// A text to look for: its folded characters. Never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needle {
    characters: Vec<char>,
}

impl Needle {
    /// Folds a text; `None` where nothing is left to look for.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let characters: Vec<char> = fold(text).chars().collect();
        (!characters.is_empty()).then_some(Self { characters })
    }

    /// Returns the folded characters.
    #[must_use]
    pub fn characters(&self) -> &[char] {
        &self.characters
    }

    /// Opens its occurrences in a part of the reports of a segment.
    ///
    /// # Errors
    /// When the segment cannot be read.
    pub fn open(&self, schema: &Schema, part: TextField, segment: &SegmentReader) -> Result<Occurrences> {
        Ok(self.open_in(Fields::of(schema, part), segment)?)
    }

    /// Opens its occurrences in a part, with the places where it stands: see [`Occurrences::places_in`]. For a few
    /// reports, since what spares positions is not made use of.
    ///
    /// # Errors
    /// When the segment cannot be read.
    pub fn open_places(&self, schema: &Schema, part: TextField, segment: &SegmentReader) -> Result<Occurrences> {
        Ok(self.read(Fields::of(schema, part), segment, true)?.unwrap_or_default())
    }

    /// See [`Needle::open`].
    pub(super) fn open_in(&self, fields: Fields, segment: &SegmentReader) -> tantivy::Result<Occurrences> {
        Ok(self.read(fields, segment, false)?.unwrap_or_default())
    }

    /// Opens the lists; `None` where some character or pair is nowhere in the segment.
    fn read(&self, fields: Fields, segment: &SegmentReader, places: bool) -> tantivy::Result<Option<Occurrences>> {
        let mut pairs = Vec::new();
        let mut in_pair = vec![false; self.characters.len()];
        if let Some(field) = fields.pairs {
            for (at, two) in self.characters.windows(2).enumerate() {
                let &[first, second] = two else { continue };
                let Some(token) = pair(first, second) else { continue };
                pairs.push(Term::from_field_text(field, &token));
                in_pair.iter_mut().skip(at).take(2).for_each(|covered| *covered = true);
            }
        }
        pairs.sort();
        pairs.dedup();
        let is_answer = self.characters.len() == 2 && !pairs.is_empty() && !places;
        let (mut sieve, mut placed) = (Vec::with_capacity(self.characters.len()), Vec::new());
        if !pairs.is_empty() {
            let option = if is_answer { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
            let Some(field) = fields.pairs else { return Ok(None) };
            let index = segment.inverted_index(field)?;
            for term in &pairs {
                let Some(postings) = index.read_postings(term, option)? else { return Ok(None) };
                sieve.push(Sieve::List(Box::new(postings)));
            }
        }
        let character = |c: char| Term::from_field_text(fields.characters, c.encode_utf8(&mut [0; 4]));
        if let (&[alone], false) = (self.characters.as_slice(), places) {
            let index = segment.inverted_index(fields.characters)?;
            let list = index.read_postings(&character(alone), IndexRecordOption::WithFreqs)?;
            let Some(postings) = list else { return Ok(None) };
            sieve.push(Sieve::List(Box::new(postings)));
        } else if !is_answer {
            let index = segment.inverted_index(fields.characters)?;
            let mut infos = Vec::with_capacity(self.characters.len());
            for &c in &self.characters {
                let Some(info) = index.get_term_info(&character(c))? else { return Ok(None) };
                infos.push(info);
            }
            let Some(lists) = PlacedLists::open(segment, fields.characters)? else { return Ok(None) };
            for ((offset, info), is_in_pair) in (0..).zip(infos).zip(in_pair) {
                placed.push(Character { offset, list: lists.list(&info)?, is_in_pair });
            }
            placed.sort_by_key(|character| character.list.doc_freq());
            sieve.extend(
                (0..).zip(&placed).filter(|(_, one)| !one.is_in_pair).map(|(place, _)| Sieve::Character(place)),
            );
        }
        sieve.sort_by_key(|sieve| sieve.doc_freq(&placed));
        let mut known = None;
        if let Some(field) = fields.words.filter(|_| !placed.is_empty() && !places) {
            let word = Term::from_field_text(field, &String::from_iter(&self.characters));
            known = segment.inverted_index(field)?.read_postings(&word, IndexRecordOption::Basic)?;
        }
        Ok(Some(Occurrences { sieve, placed, known, ..Occurrences::default() }))
    }
}

/// The fields that tell where a text stands in one part.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    characters: Field,
    pairs: Option<Field>,
    words: Option<Field>,
}

impl Fields {
    /// Returns those of a part.
    #[must_use]
    pub fn of(schema: &Schema, part: TextField) -> Self {
        Self { characters: schema.characters(part), pairs: schema.pairs(part), words: schema.words(part) }
    }
}

/// A character of the text.
struct Character {
    /// Where in the text it is.
    offset: u32,
    list: Placed,
    /// Whether a list of pairs tells which reports may hold it.
    is_in_pair: bool,
}

/// A list that each report must be in.
enum Sieve {
    List(Box<SegmentPostings>),
    /// That of the character in this place.
    Character(usize),
}

impl Sieve {
    fn doc_freq(&self, characters: &[Character]) -> u32 {
        match self {
            Self::List(postings) => postings.doc_freq(),
            &Self::Character(place) => characters.get(place).map_or(0, |character| character.list.doc_freq()),
        }
    }
}

/// The occurrences of a text in one part of the reports of a segment. Reports must be asked for in order.
#[derive(Default)]
pub struct Occurrences {
    /// Lists that each report must be in, rarest first; or one whose frequencies are the answer.
    sieve: Vec<Sieve>,
    /// The characters, rarest first; none where `sieve` is the answer.
    placed: Vec<Character>,
    /// The report that was last found to hold the text: none before it does, from where that was asked on.
    held: Option<DocId>,
    /// The last report that was counted in, and its count.
    counted: Option<(DocId, u32)>,
    /// Where the text begins in that report, so many of them.
    starts: Vec<u32>,
    next: Vec<u32>,
    /// Reports in which the text was cut as one word, so that it stands there. Their positions are read only to count.
    known: Option<SegmentPostings>,
}

impl Occurrences {
    /// Returns how often the text stands in a report.
    pub fn count_in(&mut self, doc: DocId) -> u32 {
        if self.held.is_some_and(|held| held > doc) {
            return 0;
        }
        if let Some((known, count)) = self.counted
            && known == doc
        {
            return count;
        }
        let count = if self.sift(doc) == doc { self.count_here(doc) } else { 0 };
        self.counted = Some((doc, count));
        count
    }

    /// Returns where in a report the text begins, in folded characters of the part, in order. Only for what was opened by
    /// [`Needle::open_places`].
    pub fn places_in(&mut self, doc: DocId) -> impl Iterator<Item = u32> + '_ {
        let count = self.count_in(doc) as usize;
        let last = self.last();
        self.starts.iter().take(count).map(move |&at| at.saturating_sub(last))
    }

    /// Returns the offset of the last character.
    fn last(&self) -> u32 {
        u32::try_from(self.placed.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// Returns `doc` if that report holds the text, else a later one, or `TERMINATED`, before which none does.
    pub fn probe(&mut self, doc: DocId) -> DocId {
        if let Some(held) = self.held.filter(|&held| held >= doc) {
            return held;
        }
        let candidate = self.sift(doc);
        if candidate != doc {
            return candidate;
        }
        if !self.is_known(doc) {
            let count = self.count_here(doc);
            self.counted = Some((doc, count));
            if count == 0 {
                return doc + 1;
            }
        }
        self.held = Some(doc);
        doc
    }

    fn is_known(&mut self, doc: DocId) -> bool {
        let at = |known: &mut SegmentPostings| if known.doc() < doc { known.seek(doc) } else { known.doc() };
        self.known.as_mut().is_some_and(|known| at(known) == doc)
    }

    /// Returns the first report from `from` on that holds the text, or `TERMINATED`.
    pub fn first_from(&mut self, from: DocId) -> DocId {
        let mut doc = from;
        while doc < TERMINATED {
            match self.probe(doc) {
                held if held == doc => return doc,
                later => doc = later,
            }
        }
        self.held = Some(TERMINATED);
        TERMINATED
    }

    /// Returns a bound on the reports that hold the text.
    #[must_use]
    pub fn at_most(&self) -> u32 {
        self.sieve.first().map_or(0, |sieve| sieve.doc_freq(&self.placed))
    }

    /// Whether reports can be told without reading positions.
    #[must_use]
    pub fn is_told_by_lists(&self) -> bool {
        self.placed.is_empty()
    }

    /// Returns `doc` if it may hold the text, else a later one before which none does.
    fn sift(&mut self, doc: DocId) -> DocId {
        for sieve in &mut self.sieve {
            let at = match sieve {
                Sieve::List(postings) if postings.doc() < doc => postings.seek(doc),
                Sieve::List(postings) => postings.doc(),
                &mut Sieve::Character(place) => match self.placed.get_mut(place) {
                    Some(character) => character.list.seek(doc),
                    None => TERMINATED,
                },
            };
            if at != doc {
                return at;
            }
        }
        if self.sieve.is_empty() { TERMINATED } else { doc }
    }

    /// Counts in a report that has passed the sieve.
    fn count_here(&mut self, doc: DocId) -> u32 {
        // A position and its character's place in the text differ by where the text begins; from the end, so that the
        // difference is never negative.
        let last = self.last();
        let Some((first, rest)) = self.placed.split_first_mut() else {
            return match self.sieve.first() {
                Some(Sieve::List(postings)) => postings.term_freq(),
                Some(Sieve::Character(_)) | None => 0,
            };
        };
        let mut held = first.read(doc, last, &mut self.starts);
        for character in rest {
            if held.is_empty() {
                break;
            }
            let kept = keep_common(held, character.read(doc, last, &mut self.next));
            held = held.get_mut(..kept).unwrap_or_default();
        }
        u32::try_from(held.len()).unwrap_or(u32::MAX)
    }
}

impl Character {
    /// Reads where the text would have to begin, plus `last`, for the character to be in its place.
    fn read<'a>(&mut self, doc: DocId, last: u32, into: &'a mut Vec<u32>) -> &'a mut [u32] {
        if self.list.seek(doc) == doc { self.list.read(last - self.offset.min(last), into) } else { &mut [] }
    }
}

/// Puts what of one sorted list is also in another at its beginning, and returns how much that is.
fn keep_common(list: &mut [u32], other: &[u32]) -> usize {
    /// From how many times the length on it pays to search rather than to step.
    const MUCH_LONGER: usize = 8;
    let search = other.len() / MUCH_LONGER > list.len();
    let (mut rest, mut kept) = (other, 0);
    for place in 0..list.len() {
        let Some(&at) = list.get(place) else { break };
        let before = if search {
            rest.partition_point(|&one| one < at)
        } else {
            rest.iter().position(|&one| one >= at).unwrap_or(rest.len())
        };
        rest = rest.get(before..).unwrap_or_default();
        if rest.first() == Some(&at)
            && let Some(free) = list.get_mut(kept)
        {
            *free = at;
            kept += 1;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn what_two_lists_share_is_kept(a: BTreeSet<u8>, b: BTreeSet<u16>) {
            let mut kept: Vec<u32> = a.iter().map(|&n| u32::from(n)).collect();
            let other: Vec<u32> = b.iter().map(|&n| u32::from(n) % 300).collect::<BTreeSet<_>>().into_iter().collect();
            let wanted: Vec<u32> = kept.iter().copied().filter(|n| other.contains(n)).collect();
            let count = keep_common(&mut kept, &other);
            prop_assert_eq!(&kept[..count], wanted);
        }
    }
}
