//! Near copies among the reports: which of them are one wire copy, and which of these was published first.
//!
//! Groups follow from the fingerprints of the live reports alone, taken in the order of publication, then of ids: a
//! report joins the earliest first that it is a copy of, or else is a first itself. So they depend neither on the order
//! of ingesting nor on segments, and a chain of texts that drift apart ends where the last is no copy of the first.
//!
//! They are made when a run of writing ends and kept beside the index, as `copies-<operation stamp>`: a hash, then id
//! and first of every report that has copies. No document is ever rewritten for them. Where that file is missing or
//! damaged, the groups are made anew in memory.

use super::bands::Bands;
use super::layout::write_whole;
use super::schema::Schema;
use super::{IndexError, Result};
use crate::article::ReportId;
use crate::text::fingerprint::{Fingerprint, NUMBERS};
use std::fs;
use std::path::Path;
use tantivy::Searcher;

const PREFIX: &str = "copies-";

/// The groups of an index: of every report that has copies, the first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Copies {
    /// The file: a hash, then [`Pair`]s in order of ids. Every search reads it, and looks at little of it.
    file: Vec<u8>,
    /// Where among the pairs the ids of each bucket begin, and the end: every hit is looked for, and few have copies.
    starts: Vec<u32>,
}

/// The id of a report and that of its first, both with the lowest byte first.
type Pair = [u8; 16];

/// What stands before the pairs.
const HASH: usize = size_of::<u64>();

fn parted(pair: &Pair) -> (u64, u64) {
    let both = u128::from_le_bytes(*pair);
    (both as u64, (both >> 64) as u64)
}

/// Into so many buckets ids are parted, by their first bits: they are hashes, so the buckets are alike.
const BUCKETS: usize = 1 << 13;

fn bucket(id: u64) -> usize {
    (id >> (ReportId::BITS - BUCKETS.trailing_zeros())) as usize
}

/// A report as grouping sees it, in 56 bytes.
struct Published {
    /// The first day of its date; the undated come last.
    day: u32,
    id: u64,
    fingerprint: Fingerprint,
}

impl Copies {
    /// Returns the first of a report's group; `None` where it has no copies.
    #[must_use]
    pub fn first_of(&self, id: u64) -> Option<u64> {
        let (from, to) = (self.starts.get(bucket(id))?, self.starts.get(bucket(id) + 1)?);
        let near = self.pairs().get(*from as usize..*to as usize)?;
        near.iter().map(parted).find(|&(own, _)| own == id).map(|(_, first)| first)
    }

    fn pairs(&self) -> &[Pair] {
        self.file.get(HASH..).unwrap_or_default().as_chunks().0
    }

    /// Takes groups in order of ids.
    fn of(firsts: &[(u64, u64)]) -> Self {
        let mut file = vec![0; HASH];
        for (id, first) in firsts {
            file.extend_from_slice(&id.to_le_bytes());
            file.extend_from_slice(&first.to_le_bytes());
        }
        let hash = xxhash_rust::xxh3::xxh3_64(file.get(HASH..).unwrap_or_default());
        file.splice(..HASH, hash.to_le_bytes());
        Self::of_file(file)
    }

    fn of_file(file: Vec<u8>) -> Self {
        let mut copies = Self { file, starts: Vec::new() };
        let mut starts = vec![0; BUCKETS + 1];
        for (id, _) in copies.pairs().iter().map(parted) {
            if let Some(start) = starts.get_mut(bucket(id) + 1) {
                *start += 1;
            }
        }
        let mut before = 0;
        for start in &mut starts {
            before += *start;
            *start = before;
        }
        copies.starts = starts;
        copies
    }

    /// Yields the ids of a group, in order of ids.
    pub fn group(&self, first: u64) -> impl Iterator<Item = u64> + '_ {
        self.pairs().iter().map(parted).filter(move |&(_, own)| own == first).map(|(id, _)| id)
    }

    /// Makes the groups of the live reports.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn made(searcher: &Searcher) -> Result<Self> {
        let mut reports = Vec::with_capacity(usize::try_from(searcher.num_docs()).unwrap_or(0));
        for segment in searcher.segment_readers() {
            let columns = segment.fast_fields();
            let (days, ids) = (columns.i64("first_day")?, columns.u64("id")?);
            let parts =
                Schema::FINGERPRINT.iter().map(|name| columns.u64(name)).collect::<tantivy::Result<Vec<_>>>()?;
            for doc in segment.doc_ids_alive() {
                let mut numbers = [0; NUMBERS];
                let mut known = true;
                for (number, part) in numbers.iter_mut().zip(&parts) {
                    *number = part.first(doc).unwrap_or_else(|| {
                        known = false;
                        0
                    });
                }
                if known {
                    let day = days.first(doc).and_then(|day| u32::try_from(day).ok()).unwrap_or(u32::MAX);
                    let id = ids.first(doc).unwrap_or_default();
                    reports.push(Published { day, id, fingerprint: Fingerprint::from_numbers(numbers) });
                }
            }
        }
        Ok(Self::grouped(reports))
    }

    /// Groups reports.
    fn grouped(mut reports: Vec<Published>) -> Self {
        reports.sort_unstable_by_key(|report| (report.day, report.id));
        // The places of the firsts, in order of publication, and whether each has copies.
        let mut firsts = Vec::<(u32, bool)>::new();
        let mut bands = Bands::for_texts(reports.len());
        let mut groups = Vec::new();
        let at = |place: u32| reports.get(place as usize);
        for (place, report) in (0..).zip(&reports) {
            let fingerprint = &report.fingerprint;
            let known =
                |text: usize| firsts.get(text).and_then(|&(place, _)| at(place)).map(|first| &first.fingerprint);
            let mut earliest = None;
            let rooms = bands.sharing(fingerprint, known, |text| {
                if earliest.is_none_or(|earliest| text < earliest)
                    && known(text).is_some_and(|first| fingerprint.is_copy_of(first))
                {
                    earliest = Some(text);
                }
            });
            let first = earliest.and_then(|text| firsts.get_mut(text));
            if let Some((first, has_copies)) = first
                && let Some(first) = at(*first)
            {
                if !*has_copies {
                    groups.push((first.id, first.id));
                }
                *has_copies = true;
                groups.push((report.id, first.id));
                continue;
            }
            bands.add(fingerprint, rooms);
            firsts.push((place, false));
        }
        groups.sort_unstable();
        Self::of(&groups)
    }

    /// Writes the groups of the commit with an operation stamp, and takes away those of others.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn write(&self, folder: &Path, opstamp: u64) -> Result<()> {
        let name = format!("{PREFIX}{opstamp}");
        let path = folder.join(&name);
        write_whole(&path, &self.file).map_err(|source| IndexError::Write { path, source })?;
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let other = entry.file_name();
            let other = other.to_string_lossy();
            if other.starts_with(PREFIX) && other != name {
                // One that stays harms nobody: it bears another number.
                let _ = fs::remove_file(entry.path());
            }
        }
        Ok(())
    }

    /// Reads the groups of the commit with an operation stamp; `None` where they are missing or damaged.
    #[must_use]
    pub fn read(folder: &Path, opstamp: u64) -> Option<Self> {
        let file = fs::read(folder.join(format!("{PREFIX}{opstamp}"))).ok()?;
        let (hash, pairs) = file.split_first_chunk::<HASH>()?;
        let is_whole = u64::from_le_bytes(*hash) == xxhash_rust::xxh3::xxh3_64(pairs);
        (is_whole && pairs.len().is_multiple_of(size_of::<Pair>())).then(|| Self::of_file(file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    /// The rule as it is told: lists of the firsts of every band.
    fn plainly(mut reports: Vec<(u32, u64, Fingerprint)>) -> Vec<(u64, u64)> {
        reports.sort_by_key(|&(day, id, _)| (day, id));
        let (mut bands, mut groups) = (HashMap::<u32, Vec<(u64, Fingerprint)>>::new(), Vec::new());
        let mut order = HashMap::new();
        for (place, &(_, id, fingerprint)) in reports.iter().enumerate() {
            order.insert(id, place);
            let near = fingerprint.bands().filter_map(|band| bands.get(&band)).flatten();
            let copied = near.filter(|(_, first)| fingerprint.is_copy_of(first)).min_by_key(|(id, _)| order[id]);
            if let Some(&(first, _)) = copied {
                groups.extend([(first, first), (id, first)]);
                continue;
            }
            for band in fingerprint.bands() {
                bands.entry(band).or_default().push((id, fingerprint));
            }
        }
        groups.sort_unstable();
        groups.dedup();
        groups
    }

    proptest! {
        #[test]
        fn the_groups_are_those_of_the_rule(texts in prop::collection::vec((0..4_u8, 0..40_u8, 0..9_u32), 0..60)) {
            // A few texts, each with some bytes of its fingerprint changed.
            let reports = texts.iter().enumerate().map(|(n, &(text, changed, day))| {
                let mut numbers = [u64::from(text) * 0x0101_0101_0101_0101; NUMBERS];
                let (number, byte) = (usize::from(changed) / 8, changed % 8);
                numbers[number] ^= 0xff_u64 << (8 * byte);
                numbers[(n * 7) % NUMBERS] ^= (n as u64 % 3) << 20;
                (day, (n as u64 * 7_919) % 1_009, Fingerprint::from_numbers(numbers))
            });
            let reports: Vec<_> = reports.collect();
            let published = reports.iter().map(|&(day, id, fingerprint)| Published { day, id, fingerprint }).collect();
            let groups: Vec<_> = Copies::grouped(published).pairs().iter().map(parted).collect();
            prop_assert_eq!(groups, plainly(reports));
        }
    }

    #[test]
    fn every_report_of_a_group_is_found_and_no_other() {
        let ids = [3_u64, 1 << 40, (1 << ReportId::BITS) - 1];
        let copies = Copies::of(&ids.map(|id| (id, ids[0])));
        assert!(ids.iter().all(|&id| copies.first_of(id) == Some(3)));
        assert!([0, 4, 1 << 41, (1 << ReportId::BITS) - 2].iter().all(|&id| copies.first_of(id).is_none()));
        assert_eq!(Copies::default().first_of(3), None);
    }
}
