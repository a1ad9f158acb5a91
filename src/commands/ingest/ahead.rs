//! Reading files before it is their turn to be taken in: on several threads, while others cut and index.

use super::super::source::{Opened, Source};
use super::plan::Job;
use crate::corpus::Reading;
use crate::index::ledger::{FileRecord, content_hash};

/// Larger files, in bytes, are read when it is their turn: what is read ahead is held in memory.
const LARGEST: u64 = 256 << 10;
/// How many files each thread may be ahead.
pub const AHEAD: usize = 16;

/// What was read of a file that did not change meanwhile.
pub struct Ahead {
    /// What is to be known of it.
    pub record: FileRecord,
    /// What is in it, or why nothing could be read; `None` where it holds what is known of it, and was not read.
    pub reading: Option<Result<Reading, String>>,
}

/// Reads a file; `None` where that has to wait for its turn: it is long, it changes, it cannot be opened.
pub fn read(source: &Source, job: &Job, known: Option<&FileRecord>) -> Option<Ahead> {
    if job.entry.size > LARGEST {
        return None;
    }
    let mut opened = Opened::file(&job.entry.path).ok()?;
    if opened.is_long().ok()? {
        return None;
    }
    let bytes = opened.bytes().ok()?;
    if opened.has_changed() {
        return None;
    }
    let record = source.record(&opened, bytes.len() as u64, content_hash(&bytes));
    let is_known = known.is_some_and(|known| known.is_still(&record));
    let reading = (!is_known).then(|| source.read(&job.entry.path, &bytes));
    Some(Ahead { record, reading })
}
