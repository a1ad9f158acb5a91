//! The posting lists of one field of a segment that is being written.
//!
//! Tantivy's own writer goes to a term's list for every posting, and a segment has too many lists for any cache. Here
//! postings are noted in the order in which they come, and put in the order of terms when the segment ends: both go
//! through memory from one end to the other, but for one leap a posting.

use super::terms::Term;
use std::io;
use tantivy::DocId;
use tantivy::postings::FieldSerializer;

/// See the module.
#[derive(Default)]
pub struct Lists {
    /// For each posting of each document: the number of its term; how often, and where positions are kept each position as
    /// the step from the one before it. Numbers are written seven bits a byte, the lowest first.
    log: Vec<u8>,
    /// The documents in order, each with where its part of the log ends.
    documents: Vec<(DocId, usize)>,
    /// How many postings each term has, by its number.
    counts: Vec<u32>,
    postings: usize,
    tokens: u64,
}

impl Lists {
    /// Notes that the document at hand holds a term so often. A document's terms are noted once each, and
    /// [`Lists::close`] follows.
    pub fn add(&mut self, term: u32, frequency: u32) {
        let place = term as usize;
        if place >= self.counts.len() {
            self.counts.resize(place + 1, 0);
        }
        if let Some(count) = self.counts.get_mut(place) {
            *count += 1;
        }
        self.postings += 1;
        self.tokens += u64::from(frequency);
        write_number(&mut self.log, term);
        write_number(&mut self.log, frequency);
    }

    /// Notes the next position of the term that was added last, as the step from the one before it.
    pub fn add_position(&mut self, step: u32) {
        write_number(&mut self.log, step);
    }

    /// Notes the terms of the document at hand, in any order and as often as they occur.
    pub fn add_all(&mut self, terms: &mut [u32]) {
        terms.sort_unstable();
        for same in terms.chunk_by(|a, b| a == b) {
            if let (Some(&term), Ok(frequency)) = (same.first(), u32::try_from(same.len())) {
                self.add(term, frequency);
            }
        }
    }

    /// Ends the document at hand.
    pub fn close(&mut self, document: DocId) {
        if self.documents.last().map_or(0, |&(_, end)| end) < self.log.len() {
            self.documents.push((document, self.log.len()));
        }
    }

    /// Returns how many terms were noted, each as often as it occurs.
    pub fn tokens(&self) -> u64 {
        self.tokens
    }

    /// Returns how much memory this takes, in bytes.
    pub fn memory(&self) -> usize {
        self.log.len() + self.documents.len() * size_of::<(DocId, usize)>() + self.counts.len() * size_of::<u32>()
    }

    /// Returns how much memory [`Lists::write`] takes besides, in bytes.
    pub fn memory_to_write(&self) -> usize {
        self.postings * size_of::<Place>()
    }

    /// Writes the lists of the terms, which are all that were noted, in their order.
    ///
    /// # Errors
    /// When the disk is full or cannot be written.
    pub fn write(mut self, terms: &[Term], kept: Kept, to: &mut FieldSerializer) -> io::Result<()> {
        // Where the list of each term begins, and after the next step where it ends.
        let mut next = 0;
        for term in terms {
            if let Some(count) = self.counts.get_mut(term.number as usize) {
                next += std::mem::replace(count, next);
            }
        }
        let places = self.places(kept);
        let (mut begin, mut steps) = (0, Vec::new());
        for term in terms {
            let end = self.counts.get(term.number as usize).map_or(begin, |&end| end as usize);
            let list = places.get(begin..end).unwrap_or_default();
            begin = begin.max(end);
            let Ok(count @ 1..) = u32::try_from(list.len()) else { continue };
            // Lists without frequencies are not counted either: so does Tantivy.
            let is_counted = kept != Kept::Documents;
            term.with_bytes(|bytes| to.new_term(bytes, if is_counted { count } else { 0 }, is_counted))?;
            for &Place { document, at } in list {
                match kept {
                    Kept::Documents => to.write_doc(document, 0, &[]),
                    Kept::Frequencies => to.write_doc(document, at, &[]),
                    Kept::Positions => {
                        let mut rest = self.log.get(at as usize..).unwrap_or_default();
                        let frequency = read_number(&mut rest);
                        steps.clear();
                        steps.extend((0..frequency).map(|_| read_number(&mut rest)));
                        to.write_doc(document, frequency, &steps);
                    }
                }
            }
            to.close_term()?;
        }
        Ok(())
    }

    /// Puts the postings in the order of terms. `counts` holds where each term's begin, and then where they end.
    fn places(&mut self, kept: Kept) -> Vec<Place> {
        let mut places = vec![Place::default(); self.postings];
        let mut begin = 0;
        for &(document, end) in &self.documents {
            let mut rest = self.log.get(begin..end).unwrap_or_default();
            while !rest.is_empty() {
                let term = read_number(&mut rest);
                let at = end - rest.len();
                let frequency = read_number(&mut rest);
                if kept == Kept::Positions {
                    (0..frequency).for_each(|_| skip_number(&mut rest));
                }
                let Some(next) = self.counts.get_mut(term as usize) else { continue };
                if let Some(place) = places.get_mut(*next as usize) {
                    // A log is shorter than 4 GB: Tantivy refuses to give a thread so much memory.
                    let at = if kept == Kept::Positions { u32::try_from(at).unwrap_or(u32::MAX) } else { frequency };
                    *place = Place { document, at };
                }
                *next += 1;
            }
            begin = end;
        }
        places
    }
}

/// What is kept of a term in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// That it is there.
    Documents,
    /// How often.
    Frequencies,
    /// Where.
    Positions,
}

/// A posting.
#[derive(Clone, Copy, Default)]
struct Place {
    document: DocId,
    /// How often; where positions are kept, where in the log that stands, and the positions.
    at: u32,
}

fn write_number(to: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        to.push(0x80 | (number & 0x7f) as u8);
        number >>= 7;
    }
    to.push(number as u8);
}

fn read_number(from: &mut &[u8]) -> u32 {
    let (mut number, mut shift) = (0, 0);
    while let Some((&byte, rest)) = from.split_first() {
        *from = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            break;
        }
        shift += 7;
    }
    number
}

fn skip_number(from: &mut &[u8]) {
    let length = from.iter().take_while(|&&byte| byte >= 0x80).count() + 1;
    *from = from.get(length..).unwrap_or_default();
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_back_and_are_skipped_whole(numbers: Vec<u32>) {
            let mut bytes = Vec::new();
            numbers.iter().for_each(|&number| write_number(&mut bytes, number));
            let (mut read, mut skipped) = (&bytes[..], &bytes[..]);
            for &number in &numbers {
                prop_assert_eq!(read_number(&mut read), number);
                skip_number(&mut skipped);
                prop_assert_eq!(read, skipped);
            }
            prop_assert!(read.is_empty());
        }
    }
}
