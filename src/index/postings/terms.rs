//! Numbers for terms while a segment is written: the terms of a text become numbers at once, and are put in order when
//! the segment ends.

use foldhash::fast::FixedState;
use std::collections::HashMap;

/// Terms of up to so many bytes, five Chinese characters, are kept within their entry.
const SHORT: usize = 15;
/// Tantivy's limit, in bytes: its own writer leaves longer terms out.
const LONGEST: usize = u16::MAX as usize - 5;

/// Numbers terms from 0, in order of their first appearance.
#[derive(Default)]
pub struct Terms {
    short: HashMap<u128, u32, FixedState>,
    long: HashMap<Box<[u8]>, u32, FixedState>,
    long_bytes: usize,
    next: u32,
}

impl Terms {
    /// Returns the number of a term; `None` for one that is too long to be filed.
    pub fn number(&mut self, term: &[u8]) -> Option<u32> {
        let next = self.next;
        let number = match packed(term) {
            Some(term) => *self.short.entry(term).or_insert(next),
            None if term.len() > LONGEST => return None,
            None => match self.long.get(term) {
                Some(&number) => number,
                None => {
                    self.long_bytes += term.len();
                    self.long.insert(term.into(), next);
                    next
                }
            },
        };
        self.next += u32::from(number == next);
        Some(number)
    }

    /// Returns the terms in the order of their bytes.
    pub fn into_sorted(self) -> Vec<Term> {
        let short = self.short.into_iter().map(|(packed, number)| Term { packed, long: None, number });
        let long = self.long.into_iter().map(|(bytes, number)| {
            let head = bytes.iter().take(SHORT).fold(0, |head, &byte| head << 8 | u128::from(byte));
            Term { packed: head << 8 | u128::from(u8::MAX), long: Some(bytes), number }
        });
        let mut terms: Vec<Term> = short.chain(long).collect();
        terms.sort_unstable();
        terms
    }

    /// Returns about how much memory this takes, in bytes.
    pub fn memory(&self) -> usize {
        // A table is at most 7/8 full; each entry has a byte of its own besides.
        let entry = size_of::<(u128, u32)>() + 1;
        (self.short.capacity() + self.long.capacity()) * 8 / 7 * entry + self.long_bytes
    }
}

/// A term with its number. Its order is that of its bytes.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term {
    /// The first bytes, the highest first, and the length, which is more for a long one.
    packed: u128,
    long: Option<Box<[u8]>>,
    /// See [`Terms::number`].
    pub number: u32,
}

impl Term {
    /// Returns a short term with its number; `None` for a long one.
    pub fn of(bytes: &[u8], number: u32) -> Option<Self> {
        Some(Self { packed: packed(bytes)?, long: None, number })
    }

    /// Calls `with` with the bytes of the term.
    pub fn with_bytes<T>(&self, with: impl FnOnce(&[u8]) -> T) -> T {
        let bytes = self.packed.to_be_bytes();
        let (head, length) = (bytes.get(..SHORT).unwrap_or_default(), bytes.last().copied().unwrap_or_default());
        with(self.long.as_deref().or_else(|| head.get(..usize::from(length))).unwrap_or_default())
    }
}

/// A short term in one number: zeros behind its bytes, and its length last, so that numbers are in the order of bytes.
fn packed(term: &[u8]) -> Option<u128> {
    if term.len() > SHORT {
        return None;
    }
    // Most terms are Chinese, three bytes a character. Byte by byte through memory, the processor would have to wait.
    let (characters, rest) = term.as_chunks::<3>();
    let three = |&[a, b, c]: &[u8; 3]| u128::from(u32::from_be_bytes([0, a, b, c]));
    let bytes = characters.iter().fold(0, |bytes, character| bytes << 24 | three(character));
    let bytes = rest.iter().fold(bytes, |bytes, &byte| bytes << 8 | u128::from(byte));
    Some(bytes << (8 * (SHORT - term.len())) << 8 | term.len() as u128)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_term_has_one_number_and_a_too_long_one_none() {
        let mut terms = Terms::default();
        let numbers: Vec<_> = ["养老", "", "养老服务体系", "养老", "养老服务体系"]
            .iter()
            .map(|term| terms.number(term.as_bytes()))
            .collect();
        assert_eq!(numbers, [0, 1, 2, 0, 2].map(Some));
        assert_eq!(terms.number(&vec![b'a'; LONGEST + 1]), None);
        assert_eq!(terms.number(&vec![b'a'; LONGEST]), Some(3));
    }

    proptest! {
        #[test]
        fn terms_come_back_in_the_order_of_their_bytes(
            wanted in prop::collection::btree_set(prop::collection::vec(0_u8..3, 0..20), 0..40)
        ) {
            let mut terms = Terms::default();
            for term in wanted.iter().rev() {
                terms.number(term);
            }
            let found: Vec<Vec<u8>> = terms.into_sorted().iter().map(|term| term.with_bytes(<[u8]>::to_vec)).collect();
            prop_assert_eq!(found, wanted.into_iter().collect::<Vec<_>>());
        }
    }
}
