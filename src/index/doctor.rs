//! Examining an index: are its files what they were, does it hold what it says, and does a literal search find exactly
//! what a plain scan of the stored reports finds.

use super::samples::Scan;
use super::snapshot::Snapshot;
use super::{Layout, Report, Result, compile, seal};
use crate::article::ReportId;
use crate::query::{Query, parse};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use tantivy::collector::DocSetCollector;
use tantivy::directory::MmapDirectory;
use tantivy::{DocAddress, Index};

/// What an examination found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Examination {
    /// How many reports there are.
    pub reports: u64,
    /// How many texts were drawn and looked for.
    pub drawn: usize,
    /// What is wrong: a sentence each.
    pub faults: Vec<String>,
}

/// Compares the files of an index with what they were when the last run ended; opens none of them as an index. Returns
/// a sentence for each that has changed.
///
/// # Errors
/// When there is no index.
pub fn changed_files(layout: &Layout) -> Result<Vec<String>> {
    let (folder, _) = layout.pointed()?;
    let meta = MmapDirectory::open(&folder).ok().and_then(|directory| Index::open(directory).ok()?.load_metas().ok());
    let mut faults = seal::faults(layout, &folder, meta.map(|meta| meta.opstamp));
    faults.sort();
    Ok(faults)
}

impl Snapshot {
    /// Examines the index: its counts, and literal searches for texts drawn from its reports, `samples` of usual length
    /// and `hard` ones with what could go wrong, against a plain scan of all of them. Takes one pass over the stored
    /// reports, in which `visit` is shown each.
    ///
    /// # Errors
    /// When the index cannot be read at all.
    pub fn examine(
        &self,
        samples: usize,
        hard: usize,
        seed: u64,
        visit: &mut dyn FnMut(&Report),
    ) -> Result<Examination> {
        let mut found = Examination { reports: self.reports(), ..Examination::default() };
        let held = self.ledger()?.reports();
        if held != found.reports {
            found.faults.push(format!("文件清单说有 {held} 篇报道，索引里有 {} 篇", found.reports));
        }
        let drawn = self.draw(samples, hard, seed)?;
        found.drawn = drawn.len();
        let mut truth = vec![BTreeSet::new(); drawn.len()];
        let scan = Scan::new(&drawn);
        let mut ids = BTreeSet::new();
        for at in self.addresses() {
            let report = self.report(at)?;
            visit(&report);
            if !ids.insert(report.id) {
                found.faults.push(format!("两篇报道编号相同：{}", report.id));
            }
            for text in scan.held_by(&report) {
                if let Some(truth) = truth.get_mut(text) {
                    truth.insert(report.id);
                }
            }
        }
        for (text, truth) in drawn.iter().zip(&truth) {
            let literal = Query::literal(text);
            let answer = self.ids(&literal)?;
            if answer != *truth {
                found.faults.push(format!("“{text}”：检索到 {} 篇，逐篇比对有 {} 篇", answer.len(), truth.len()));
            }
            // The same in quotes, in the language.
            let typed = literal.to_string();
            match parse(&typed, NaiveDate::MIN) {
                Ok(parsed) if parsed.query == literal && parsed.notices.is_empty() => {}
                Ok(_) | Err(_) => found.faults.push(format!("“{text}”：检索式 {typed} 不是这个意思")),
            }
        }
        Ok(found)
    }

    pub(super) fn addresses(&self) -> impl Iterator<Item = DocAddress> {
        (0..)
            .zip(self.searcher.segment_readers())
            .flat_map(|(segment, reader)| reader.doc_ids_alive().map(move |doc| DocAddress::new(segment, doc)))
    }

    /// Returns the ids of the reports that match a query.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn ids(&self, query: &Query) -> Result<BTreeSet<ReportId>> {
        let found = self.searcher.search(compile::matching(query, &self.schema).as_ref(), &DocSetCollector)?;
        found.into_iter().map(|at| self.id(at)).collect()
    }
}
