//! Reading: one commit of an index, held for as long as it is asked.

use super::copies::Copies;
use super::directory::ReadingDirectory;
use super::ledger::Ledger;
use super::rank::Weights;
use super::schema::{Schema, day_of_number};
use super::{IndexError, Layout, Report, Result};
use crate::article::ReportId;
use chrono::NaiveDate;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tantivy::collector::DocSetCollector;
use tantivy::columnar::Column;
use tantivy::query::RangeQuery;
use tantivy::{DocAddress, Index, ReloadPolicy, Searcher, TantivyDocument, TantivyError, Term};

/// A commit of an index.
pub struct Snapshot {
    pub(super) layout: Layout,
    pub(super) schema: Schema,
    pub(super) searcher: Searcher,
    pub(super) weights: Weights,
    commit: String,
    folder: PathBuf,
    payload: Option<String>,
    opstamp: u64,
    copies: OnceLock<Copies>,
    /// How many threads may look through segments.
    pub(super) threads: usize,
}

/// What the beginning of an id leads to.
#[derive(Debug)]
pub enum Lookup {
    /// No report.
    Nothing,
    /// One.
    One(Box<Report>),
    /// Several, of which these are the first.
    Several(Vec<ReportId>),
}

impl Snapshot {
    /// Opens the last commit of an index. Waits for nobody.
    ///
    /// # Errors
    /// When there is no index, or it is damaged or of another version.
    pub fn open(layout: Layout) -> Result<Self> {
        let folder = layout.current()?;
        let damaged = |what: String| IndexError::Damaged { home: layout.home().to_owned(), what };
        let directory = ReadingDirectory::open(&folder).map_err(|e| damaged(e.to_string()))?;
        let index = Index::open(directory).map_err(|e| damaged(e.to_string()))?;
        let schema = Schema::new();
        if index.schema() != schema.tantivy {
            return Err(damaged("字段与本程序不同".to_owned()));
        }
        let metas = index.load_metas().map_err(|e| damaged(e.to_string()))?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
        let reader: tantivy::IndexReader = reader.map_err(|e: TantivyError| damaged(e.to_string()))?;
        let payload = metas.payload;
        let commit = format!("{}-{}", metas.opstamp, payload.as_deref().unwrap_or_default());
        let commit = super::ledger::content_hash(commit.as_bytes());
        Ok(Self {
            weights: Weights::CHOSEN,
            searcher: reader.searcher(),
            layout,
            schema,
            commit,
            folder,
            payload,
            opstamp: metas.opstamp,
            copies: OnceLock::new(),
            threads: 1,
        })
    }

    /// Lets up to so many threads look through segments: for one question at a time. What is found is the same.
    #[must_use]
    pub fn on_threads(self, threads: usize) -> Self {
        Self { threads, ..self }
    }

    /// Weighs the signals of a loosened search otherwise: for measuring what each of them is worth.
    #[must_use]
    pub fn weighing(self, weights: Weights) -> Self {
        Self { weights, ..self }
    }

    /// Returns a name of the commit: another commit has another.
    #[must_use]
    pub fn commit(&self) -> &str {
        &self.commit
    }

    /// Returns the folder of the index that is in use.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns where the index is.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Reads what the commit knows of files. A search has no need of it.
    ///
    /// # Errors
    /// When it is missing or is not the one that the commit was made with.
    pub fn ledger(&self) -> Result<Ledger> {
        Ledger::of_commit(&self.folder, self.payload.as_deref()).map_err(|what| self.damaged(what))
    }

    /// Returns which reports are copies of which. Read at first need.
    pub(super) fn copies(&self) -> Result<&Copies> {
        if let Some(copies) = self.copies.get() {
            return Ok(copies);
        }
        let copies = match Copies::read(&self.folder, self.opstamp) {
            Some(copies) => copies,
            None => Copies::made(&self.searcher)?,
        };
        Ok(self.copies.get_or_init(|| copies))
    }

    /// Returns the copies of a report, itself left out, in the order of publication.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn copies_of(&self, id: ReportId) -> Result<Vec<Report>> {
        let copies = self.copies()?;
        let Some(first) = copies.first_of(id.to_bits()) else { return Ok(Vec::new()) };
        let mut reports = Vec::new();
        for other in copies.group(first).map(ReportId::from_bits).filter(|&other| other != id) {
            if let Lookup::One(report) = self.look_up(&other.to_string())? {
                reports.push(*report);
            }
        }
        reports.sort_by_key(|report| {
            let day = report.article.date().map(|(date, _)| date.first_day());
            (day.is_none(), day, report.id)
        });
        Ok(reports)
    }

    /// Returns the number of reports.
    #[must_use]
    pub fn reports(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// Returns the report, or reports, whose id begins so.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn look_up(&self, prefix: &str) -> Result<Lookup> {
        let Some((first, last)) = ReportId::span_of_prefix(prefix) else { return Ok(Lookup::Nothing) };
        let term = |id: ReportId| Bound::Included(Term::from_field_u64(self.schema.id, id.to_bits()));
        let found = self.searcher.search(&RangeQuery::new(term(first), term(last)), &DocSetCollector)?;
        let mut found: Vec<_> = found.into_iter().collect();
        found.sort();
        match found.as_slice() {
            [] => Ok(Lookup::Nothing),
            [only] => Ok(Lookup::One(Box::new(self.report(*only)?))),
            several => {
                let ids: Result<Vec<_>> = several.iter().take(10).map(|&at| self.id(at)).collect();
                let mut ids = ids?;
                ids.sort();
                Ok(Lookup::Several(ids))
            }
        }
    }

    /// Returns the first and the last day of the reports held; `None` where no report has a date.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn days(&self) -> Result<Option<(NaiveDate, NaiveDate)>> {
        let first = self.extreme("first_day", |days| days.min_value(), i64::min)?;
        Ok(first.zip(self.last_day()?))
    }

    /// Returns the last day of the reports held; `None` where no report has a date.
    pub(super) fn last_day(&self) -> Result<Option<NaiveDate>> {
        self.extreme("last_day", |days| days.max_value(), i64::max)
    }

    /// Returns the day of a column that is preferred to all others among the live reports; `of_all` is what the column
    /// itself knows of all its reports.
    fn extreme(
        &self,
        column: &str,
        of_all: fn(&Column<i64>) -> i64,
        preferred: fn(i64, i64) -> i64,
    ) -> Result<Option<NaiveDate>> {
        let mut found = None;
        for segment in self.searcher.segment_readers() {
            let days = segment.fast_fields().i64(column)?;
            let of_segment = if segment.has_deletes() {
                segment.doc_ids_alive().filter_map(|doc| days.first(doc)).reduce(preferred)
            } else {
                (days.values.num_vals() > 0).then(|| of_all(&days))
            };
            found = found.into_iter().chain(of_segment).reduce(preferred);
        }
        Ok(found.and_then(day_of_number))
    }

    pub(super) fn id(&self, at: DocAddress) -> Result<ReportId> {
        let ids = self.searcher.segment_reader(at.segment_ord).fast_fields().u64("id")?;
        let bits = ids.first(at.doc_id);
        bits.map(ReportId::from_bits).ok_or_else(|| self.damaged(format!("第 {} 份报道没有编号", at.doc_id)))
    }

    pub(super) fn report(&self, at: DocAddress) -> Result<Report> {
        let document: TantivyDocument = self.searcher.doc(at)?;
        self.schema.report(self.id(at)?, &document, self.layout.home())
    }

    pub(super) fn damaged(&self, what: String) -> IndexError {
        IndexError::Damaged { home: self.layout.home().to_owned(), what }
    }
}
