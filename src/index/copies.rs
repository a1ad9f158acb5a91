//! Near copies among the reports: which of them are one wire copy, and which of these was published first.
//!
//! Groups follow from the fingerprints of the live reports alone, taken in the order of publication, then of ids: a
//! report joins the earliest first that it is a copy of, or else is a first itself. So they depend neither on the order
//! of ingesting nor on segments, and a chain of texts that drift apart ends where the last is no copy of the first.
//!
//! They are made when a run of writing ends and kept beside the index, as `copies-<operation stamp>`: a hash, then id
//! and first of every report that has copies. No document is ever rewritten for them. Where that file is missing or
//! damaged, the groups are made anew in memory.

use super::layout::write_whole;
use super::schema::Schema;
use super::{IndexError, Result};
use crate::text::fingerprint::{Fingerprint, NUMBERS};
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use tantivy::Searcher;

const PREFIX: &str = "copies-";
/// Firsts that are looked at in a band: enough for any report but those made from one form by the thousand.
const MOST_IN_BAND: usize = 256;

/// The groups of an index: of every report that has copies, the first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Copies {
    /// Id and first, in order of ids.
    firsts: Vec<(u64, u64)>,
}

impl Copies {
    /// Returns the first of a report's group; `None` where it has no copies.
    #[must_use]
    pub fn first_of(&self, id: u64) -> Option<u64> {
        let place = self.firsts.binary_search_by_key(&id, |&(id, _)| id).ok()?;
        self.firsts.get(place).map(|&(_, first)| first)
    }

    /// Yields the ids of a group, in order of ids.
    pub fn group(&self, first: u64) -> impl Iterator<Item = u64> + '_ {
        self.firsts.iter().filter(move |&&(_, own)| own == first).map(|&(id, _)| id)
    }

    /// Makes the groups of the live reports.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn made(searcher: &Searcher) -> Result<Self> {
        let mut reports = Vec::new();
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
                    let day = days.first(doc);
                    let id = ids.first(doc).unwrap_or_default();
                    reports.push((day.is_none(), day, id, Fingerprint::from_numbers(numbers)));
                }
            }
        }
        reports.sort_unstable_by_key(|&(undated, day, id, _)| (undated, day, id));
        Ok(Self::grouped(reports.into_iter().map(|(_, _, id, fingerprint)| (id, fingerprint))))
    }

    /// Groups reports that come in order of publication.
    fn grouped(reports: impl IntoIterator<Item = (u64, Fingerprint)>) -> Self {
        let mut firsts = Vec::<(u64, Fingerprint, bool)>::new();
        let mut bands = HashMap::<u32, Vec<u32>>::new();
        let mut groups = Vec::new();
        for (id, fingerprint) in reports {
            let near = fingerprint.bands().filter_map(|band| bands.get(&band)).flatten().copied();
            let is_copy =
                |&place: &u32| firsts.get(place as usize).is_some_and(|(_, first, _)| fingerprint.is_copy_of(first));
            let first = near.filter(is_copy).min();
            if let Some((first, _, has_copies)) = first.and_then(|place| firsts.get_mut(place as usize)) {
                if !*has_copies {
                    groups.push((*first, *first));
                }
                *has_copies = true;
                groups.push((id, *first));
                continue;
            }
            let place = u32::try_from(firsts.len()).unwrap_or(u32::MAX);
            for band in fingerprint.bands() {
                let band = bands.entry(band).or_default();
                if band.len() < MOST_IN_BAND {
                    band.push(place);
                }
            }
            firsts.push((id, fingerprint, false));
        }
        groups.sort_unstable();
        Self { firsts: groups }
    }

    /// Writes the groups of the commit with an operation stamp, and takes away those of others.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn write(&self, folder: &Path, opstamp: u64) -> Result<()> {
        let mut bytes = Vec::with_capacity(self.firsts.len() * 16);
        for (id, first) in &self.firsts {
            bytes.extend_from_slice(&id.to_le_bytes());
            bytes.extend_from_slice(&first.to_le_bytes());
        }
        let mut whole = xxhash_rust::xxh3::xxh3_64(&bytes).to_le_bytes().to_vec();
        whole.append(&mut bytes);
        let name = format!("{PREFIX}{opstamp}");
        let path = folder.join(&name);
        write_whole(&path, &whole).map_err(|source| IndexError::Write { path, source })?;
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
        let whole = fs::read(folder.join(format!("{PREFIX}{opstamp}"))).ok()?;
        let (hash, bytes) = whole.split_first_chunk::<8>()?;
        if u64::from_le_bytes(*hash) != xxhash_rust::xxh3::xxh3_64(bytes) || !bytes.len().is_multiple_of(16) {
            return None;
        }
        let number = |bytes: &[u8]| bytes.try_into().map(u64::from_le_bytes).ok();
        let pair = |pair: &[u8]| Some((number(pair.get(..8)?)?, number(pair.get(8..)?)?));
        Some(Self { firsts: bytes.chunks_exact(16).map(pair).collect::<Option<_>>()? })
    }
}
