//! Rebuilding: an index made anew from the reports that it keeps, without the files they were read from.
//!
//! The new one is written into a folder beside the old one, which serves every search until the switch. Reads what any
//! earlier version of the program kept: only two fields of it, `id` and `report`.

use super::directory::ReadingDirectory;
use super::layout::{FORMAT, Versions};
use super::ledger::{Ledger, file_name};
use super::lock::WriterLock;
use super::seal::seal;
use super::stored;
use super::{IndexError, Layout, Report, Result, Session, SessionOptions};
use crate::article::ReportId;
use std::collections::BTreeMap;
use std::path::Path;
use tantivy::schema::Field;
use tantivy::{Index, ReloadPolicy, Searcher, TantivyDocument, TantivyError};

/// What a rebuild did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebuilt {
    /// How many reports the new index holds.
    pub reports: u64,
    /// What wrote the old one.
    pub from: Versions,
    /// What of the old one could not be read: a sentence each. The files concerned are known to the new index no
    /// longer, so that the next ingest reads them again.
    pub lost: Vec<String>,
}

/// Rebuilds an index; `step` is told after each report how many are done and how many there are.
///
/// # Errors
/// When there is no index, another process writes it, its ledger is damaged, or the disk is full; the index is then
/// what it was.
pub fn rebuild(layout: &Layout, options: &SessionOptions, mut step: impl FnMut(u64, u64)) -> Result<Rebuilt> {
    layout.pointed()?; // an index that is not there must not be made
    let lock = WriterLock::take(layout.home(), &options.holder, options.wait)?;
    layout.sweep();
    let (folder, from) = layout.pointed()?;
    if from.format > FORMAT {
        return Err(IndexError::OtherVersion { home: layout.home().to_owned(), found: from, ours: Versions::ours() });
    }
    let old = Old::open(layout, &folder)?;
    let fresh = layout.fresh()?;
    let made = old.copy_into(Session::begin(layout.clone(), fresh.clone(), options, lock)?, &mut step);
    match made {
        Ok(Copied { reports, lost, lock, opstamp }) => {
            layout.switch(&fresh)?;
            seal(layout, &fresh, opstamp)?;
            layout.sweep();
            drop(lock);
            Ok(Rebuilt { reports, from, lost })
        }
        Err(error) => {
            layout.sweep();
            Err(error)
        }
    }
}

/// An index of any version, as far as a rebuild has to know it.
struct Old {
    searcher: Searcher,
    report: Field,
    ledger: Ledger,
}

/// A new index that is whole and not yet in use.
struct Copied {
    reports: u64,
    lost: Vec<String>,
    lock: WriterLock,
    opstamp: u64,
}

impl Old {
    fn open(layout: &Layout, folder: &Path) -> Result<Self> {
        let damaged = |what: String| IndexError::Damaged { home: layout.home().to_owned(), what };
        let engine = |error: TantivyError| damaged(error.to_string());
        let index = Index::open(ReadingDirectory::open(folder).map_err(engine)?).map_err(engine)?;
        let report = index.schema().get_field("report").map_err(engine)?;
        let payload = index.load_metas().map_err(engine)?.payload;
        let ledger = Ledger::of_commit(folder, payload.as_deref()).map_err(damaged)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
        let reader: tantivy::IndexReader = reader.map_err(engine)?;
        Ok(Self { searcher: reader.searcher(), report, ledger })
    }

    /// Adds every report to a session and ends it.
    fn copy_into(&self, mut session: Session, step: &mut impl FnMut(u64, u64)) -> Result<Copied> {
        let all = self.searcher.num_docs();
        let mut kept = BTreeMap::<String, u64>::new();
        let mut done = 0;
        for segment in self.searcher.segment_readers() {
            let ids = segment.fast_fields().u64("id")?;
            let store = segment.get_store_reader(1).map_err(TantivyError::from)?;
            for doc in segment.doc_ids_alive() {
                done += 1;
                step(done, all);
                // What cannot be read is counted: a file is whole only with all of its reports.
                let Ok(document) = store.get::<TantivyDocument>(doc) else { continue };
                if let (Some(bits), Ok((file, article))) = (ids.first(doc), stored::of_document(&document, self.report))
                {
                    *kept.entry(file.clone()).or_default() += 1;
                    session.keep(Report { id: ReportId::from_bits(bits), file, article })?;
                }
            }
        }
        let (ledger, lost) = self.whole_files(&kept);
        for file in &lost {
            session.drop_file(file);
        }
        let reports = ledger.reports();
        session.keep_ledger(ledger);
        session.commit()?;
        let (lock, opstamp, _) = session.end()?;
        let lost = lost.iter().map(|file| format!("{file}：索引里存的报道不全，下次 ingest 会重新读入")).collect();
        Ok(Copied { reports, lost, lock, opstamp })
    }

    /// Parts the ledger into the files all of whose reports were read, and the names of the others.
    fn whole_files(&self, kept: &BTreeMap<String, u64>) -> (Ledger, Vec<String>) {
        let mut whole = Ledger::default();
        let mut lost = Vec::new();
        for (root, path, record) in self.ledger.files() {
            let file = file_name(root, path);
            if kept.get(&file).copied().unwrap_or(0) == record.reports {
                whole.set(root, path, record.clone());
            } else {
                lost.push(file);
            }
        }
        (whole, lost)
    }
}
