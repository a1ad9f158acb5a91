//! Which texts share a band of their fingerprints, in 60 to 80 bytes a text: chains in place of a list for every band, of
//! which there are ten a text and nearly all are of one text alone.

use crate::text::fingerprint::{BANDS, Fingerprint};

/// Texts that are given of one band: enough for any but those made from one form by the thousand.
const MOST_IN_BAND: usize = 256;

/// An end of a chain.
const NONE: u32 = u32::MAX;

/// Texts by their bands.
pub struct Bands {
    /// The newest link of each chain. All links of a band are in one chain, with those of some other bands.
    heads: Vec<u32>,
    /// The link before each link. The links of a text stand together, one for each of its bands.
    before: Vec<u32>,
}

impl Bands {
    /// Begins, for so many texts at most.
    #[must_use]
    pub fn for_texts(most: usize) -> Self {
        let chains = most.saturating_mul(BANDS / 2).max(1).next_power_of_two();
        // What is not used of this is not taken from the system.
        Self { heads: vec![NONE; chains], before: Vec::with_capacity(most.saturating_mul(BANDS)) }
    }

    /// Adds the next text; texts are numbered from 0. `rooms` is what [`Bands::sharing`] returned for it.
    pub fn add(&mut self, fingerprint: &Fingerprint, rooms: [bool; BANDS]) {
        for (band, has_room) in fingerprint.bands().zip(rooms) {
            let link = u32::try_from(self.before.len()).unwrap_or(NONE);
            let chain = self.chain(band);
            let Some(head) = self.heads.get_mut(chain).filter(|_| has_room) else {
                self.before.push(NONE);
                continue;
            };
            self.before.push(std::mem::replace(head, link));
        }
    }

    /// Looks at every text that shares a band, some more than once, and returns in which bands there is room for another.
    /// `known` gives the fingerprints of the texts added, by their numbers.
    pub fn sharing<'f>(
        &self,
        fingerprint: &Fingerprint,
        known: impl Fn(usize) -> Option<&'f Fingerprint>,
        mut look: impl FnMut(usize),
    ) -> [bool; BANDS] {
        let mut rooms = [true; BANDS];
        for (band, room) in fingerprint.bands().zip(&mut rooms) {
            let mut found = 0;
            let mut link = self.heads.get(self.chain(band)).copied().unwrap_or(NONE);
            while link != NONE {
                let (text, own) = (link as usize / BANDS, link as usize % BANDS);
                if known(text).is_some_and(|other| other.bands().nth(own) == Some(band)) {
                    found += 1;
                    look(text);
                }
                link = self.before.get(link as usize).copied().unwrap_or(NONE);
            }
            *room = found < MOST_IN_BAND;
        }
        rooms
    }

    fn chain(&self, band: u32) -> usize {
        // Fibonacci hashing: the upper bits of a product with the golden ratio.
        let hash = u64::from(band).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (hash >> 32) as usize & (self.heads.len() - 1)
    }
}
