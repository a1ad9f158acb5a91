//! What an index holds, in numbers: its reports and how fully they are described, its files and its size.
//!
//! Reads columns, not reports, so that it is done in no time; only where a column leaves it open whether a report has a
//! headline, deck or text (one of marks alone has no word) is the report read.

use super::ledger::Ledger;
use super::schema::KEY;
use super::{Layout, Report, Result, Snapshot};
use crate::article::fields::{Keyword, TextField};
use crate::article::{Grouping, Role};
use crate::query::Query;
use chrono::NaiveDate;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use tantivy::DocAddress;
use tantivy::SegmentReader;

/// What an index holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inventory {
    /// Bytes of what is in use.
    pub bytes: u64,
    /// Bytes of what else lies there: an index put aside by a rebuild, or left half done.
    pub bytes_beside: u64,
    /// The reports.
    pub reports: u64,
    /// Reports that were taken out and still take up room.
    pub removed: u64,
    /// Parts that Tantivy keeps them in.
    pub segments: usize,
    /// The first and the last day of the reports.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// Reports of which only the year or the month is known.
    pub coarse: u64,
    /// Each field, by its JSON name, with how many reports have it.
    pub filled: Vec<(&'static str, u64)>,
    /// Each paper with its reports, the one with most first.
    pub papers: Vec<(String, u64)>,
    /// The folders that were read.
    pub roots: Vec<Root>,
    /// Name of the commit.
    pub commit: String,
    /// When it was made, as the file system says.
    pub committed: Option<SystemTime>,
}

/// A folder that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// Its label, by which results name it; `-` is standard input.
    pub label: String,
    /// Where it is; `None` for standard input.
    pub folder: Option<PathBuf>,
    /// Its files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Their reports.
    pub reports: u64,
    /// Records of them that could not be read.
    pub failed: u64,
    /// Files of which only the beginning has been read so far.
    pub partial: u64,
}

impl Snapshot {
    /// Counts what the index holds.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn inventory(&self) -> Result<Inventory> {
        let mut filled = Vec::new();
        for part in TextField::BARE {
            filled.push((part.name(), self.with_part(part)?));
        }
        let everything = Query::And(Vec::new());
        let mut with = |name, by| {
            let tally = self.tally(&everything, by)?;
            filled.push((name, tally.total - tally.without));
            Ok::<_, super::IndexError>(tally)
        };
        for role in Role::ALL {
            with(role.field(), Grouping::Name(role))?;
        }
        let mut papers = Vec::new();
        for keyword in Keyword::ALL {
            let tally = with(keyword.name(), Grouping::Keyword(keyword))?;
            if keyword == Keyword::Paper {
                papers = tally.counts;
            }
        }
        let (mut keyed, mut dated, mut coarse) = (0, 0, 0);
        for segment in self.searcher.segment_readers() {
            let columns = segment.fast_fields();
            let (firsts, lasts) = (columns.i64("first_day")?, columns.i64("last_day")?);
            let keys = columns.str(KEY)?;
            for doc in segment.doc_ids_alive() {
                let days = firsts.first(doc).zip(lasts.first(doc));
                dated += u64::from(days.is_some());
                coarse += u64::from(days.is_some_and(|(first, last)| first != last));
                keyed += u64::from(keys.as_ref().is_some_and(|keys| keys.ords().values_for_doc(doc).next().is_some()));
            }
        }
        filled.extend([("date", dated), (KEY, keyed)]);
        let (in_use, beside) = sizes(self.layout(), self.folder());
        let deleted = self.searcher.segment_readers().iter().map(|segment| u64::from(segment.num_deleted_docs()));
        Ok(Inventory {
            bytes: in_use,
            bytes_beside: beside,
            reports: self.reports(),
            removed: deleted.sum(),
            segments: self.searcher.segment_readers().len(),
            days: self.days()?,
            coarse,
            filled,
            papers,
            roots: roots(&self.ledger()?, self.layout().home()),
            commit: self.commit().to_owned(),
            committed: fs::metadata(self.folder().join("meta.json")).and_then(|meta| meta.modified()).ok(),
        })
    }

    /// Counts the reports that have a part.
    fn with_part(&self, part: TextField) -> Result<u64> {
        let mut with = 0;
        for (number, segment) in (0..).zip(self.searcher.segment_readers()) {
            let words = self.schema.words(part).map(|field| segment.get_fieldnorms_reader(field)).transpose()?;
            for doc in segment.doc_ids_alive() {
                let has_words = words.as_ref().is_some_and(|words| words.fieldnorm(doc) > 0);
                with += u64::from(has_words || self.has_part(part, segment, DocAddress::new(number, doc))?);
            }
        }
        Ok(with)
    }

    /// Looks at the report itself.
    fn has_part(&self, part: TextField, segment: &SegmentReader, at: DocAddress) -> Result<bool> {
        // Where no report of the segment has such a character at all, none has the part.
        if segment.inverted_index(self.schema.characters(part))?.terms().num_terms() == 0 {
            return Ok(false);
        }
        let Report { article, .. } = self.report(at)?;
        Ok(!part.pieces(&article).is_empty())
    }
}

fn roots(ledger: &Ledger, home: &Path) -> Vec<Root> {
    let folders = ledger.folders(home);
    let mut roots: Vec<Root> = Vec::new();
    for (label, _, record) in ledger.files() {
        if roots.last().is_none_or(|root| root.label != label) {
            let folder = folders.iter().find(|(_, known)| known == label).map(|(folder, _)| folder.clone());
            let label = label.to_owned();
            roots.push(Root { label, folder, files: 0, bytes: 0, reports: 0, failed: 0, partial: 0 });
        }
        let Some(root) = roots.last_mut() else { continue };
        root.files += 1;
        root.bytes += record.size;
        root.reports += record.reports;
        root.failed += record.failed;
        root.partial += u64::from(record.partial);
    }
    roots
}

/// Returns the bytes of the folder in use and of everything else of an index.
fn sizes(layout: &Layout, in_use: &Path) -> (u64, u64) {
    let files = |folder: &Path| {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.filter_map(|entry| entry.metadata().ok().map(|meta| (entry.path(), meta))).collect::<Vec<_>>()
    };
    let bytes = |folder: &Path| files(folder).iter().filter(|(_, m)| m.is_file()).map(|(_, m)| m.len()).sum::<u64>();
    let folders = files(layout.home()).into_iter().filter(|(path, meta)| meta.is_dir() && path != in_use);
    (bytes(in_use) + bytes(layout.home()), folders.map(|(path, _)| bytes(&path)).sum())
}
