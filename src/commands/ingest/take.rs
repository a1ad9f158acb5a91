//! Taking files in: each one whole or, where it is long, record by record.
//!
//! A file that the index knows is replaced in one commit, however long it is. Of a long one that is new, what was read
//! so far is committed from time to time, with how far that is, and a later run goes on behind it.

use super::super::in_order;
use super::super::source::{Opened, Source, Teller};
use super::ahead::{self, Ahead};
use super::plan::Job;
use super::report::{Report, Row};
use super::tally::Tally;
use crate::article::Article;
use crate::config::Surroundings;
use crate::corpus::Reading;
use crate::corpus::long::{Item, Long};
use crate::exit::{Failure, Outcome};
use crate::index::Session;
use crate::index::ledger::{FileRecord, content_hash, stream_hash};
use crate::ui::Ui;
use std::ops::ControlFlow;

/// A file that changes while it is read is tried again so often.
const TRIES: usize = 2;

/// Takes in one file after the other.
pub struct Taker<'r> {
    source: &'r Source,
    session: Option<Session>,
    /// How much text goes into one commit, in bytes: what is at stake when a long run is cut off.
    checkpoint: u64,
    since_commit: u64,
    tally: &'r mut Tally,
    report: &'r mut Option<Report>,
    around: &'r Surroundings,
    ui: &'r mut Ui,
}

/// What became of a try at a file.
enum Tried {
    Taken,
    /// It changed meanwhile; nothing of it was taken.
    Changed,
}

impl<'r> Taker<'r> {
    /// Begins. Without a session everything is read and nothing written.
    pub fn new(
        source: &'r Source,
        session: Option<Session>,
        checkpoint: u64,
        tally: &'r mut Tally,
        report: &'r mut Option<Report>,
        around: &'r Surroundings,
        ui: &'r mut Ui,
    ) -> Self {
        Self { source, session, checkpoint, since_commit: 0, tally, report, around, ui }
    }

    /// Ends, with what was taken since the last commit not yet committed.
    pub fn end(self) -> Outcome<Option<Session>> {
        Ok(self.session)
    }

    /// Takes in files on disk, some of them read ahead, until the user interrupts.
    pub fn take_files(&mut self, jobs: &[Job], threads: usize) -> Outcome<()> {
        let (source, around) = (self.source, self.around);
        let ledger = self.session.as_ref().map(Session::ledger);
        let known: Vec<Option<FileRecord>> =
            jobs.iter().map(|job| ledger.and_then(|ledger| ledger.get(&job.root, &job.path)).cloned()).collect();
        let read = |n: usize| {
            let (job, known) = (jobs.get(n)?, known.get(n)?.as_ref());
            (!around.is_interrupted()).then(|| ahead::read(source, job, known)).flatten()
        };
        let take = |n: usize, read: Option<Ahead>| match jobs.get(n) {
            Some(job) if !around.is_interrupted() => {
                match read {
                    Some(ahead) => self.take_ahead(job, ahead)?,
                    None => self.take_opened(job, Opened::file(&job.entry.path))?,
                }
                self.ui.advance(job.entry.size);
                Ok(())
            }
            Some(_) | None => Ok(()),
        };
        in_order::ahead(threads, ahead::AHEAD, jobs.len(), read, take)
    }

    /// Takes in a file that was read ahead.
    fn take_ahead(&mut self, job: &Job, ahead: Ahead) -> Outcome<()> {
        let mut row = self.row(job);
        if !self.is_only_touched(job, &ahead.record, &mut row) {
            let Some(reading) = ahead.reading else {
                // Known when it was read ahead and no longer: this run itself took it out.
                return self.take_in(job, Opened::file(&job.entry.path), row);
            };
            if let Err(reason) = self.whole(job, reading, ahead.record, &mut row)? {
                self.give_up(&reason, &mut row);
            }
        }
        self.end_file(row)
    }

    /// Takes in a file that was opened, unless that failed.
    pub fn take_opened(&mut self, job: &Job, opened: Result<Opened, String>) -> Outcome<()> {
        let row = self.row(job);
        self.take_in(job, opened, row)
    }

    fn take_in(&mut self, job: &Job, opened: Result<Opened, String>, mut row: Row) -> Outcome<()> {
        let mut opened = opened;
        for last in (0..TRIES).rev() {
            let tried = match &mut opened {
                Ok(opened) => self.attempt(job, opened, &mut row)?,
                Err(reason) => Err(reason.clone()),
            };
            match tried {
                Ok(Tried::Taken) => break,
                Ok(Tried::Changed) if last > 0 => {
                    row = Row::new(&row.file);
                    opened = Opened::file(&job.entry.path);
                }
                Ok(Tried::Changed) => {
                    let message = format!("{}：读的时候还在变，这次没有读，下次再读", row.file);
                    self.tally.warnings += 1;
                    row.warnings += 1;
                    row.status = "changing";
                    row.quote(&message);
                    self.ui.warn(&message);
                }
                Err(reason) => {
                    self.give_up(&reason, &mut row);
                    break;
                }
            }
        }
        self.end_file(row)
    }

    /// Begins the row of a file.
    fn row(&mut self, job: &Job) -> Row {
        let mut row = Row::new(&job.entry.path.display().to_string());
        if self.source.is_misfit(&job.entry.path) {
            self.tally.misfits.get_or_insert_with(|| (0, row.file.clone())).0 += 1;
            row.quote("路径不合 --path-rule");
        }
        row
    }

    /// Tells that nothing of a file could be read.
    fn give_up(&mut self, reason: &str, row: &mut Row) {
        self.tally.failed += 1;
        row.status = "failed";
        row.quote(reason);
        self.ui.warn(&format!("{}：{reason}", row.file));
    }

    /// Ends a file; commits where enough was taken in since the last time.
    fn end_file(&mut self, row: Row) -> Outcome<()> {
        if let Some(report) = self.report {
            report.add(row);
        }
        if self.since_commit >= self.checkpoint {
            self.commit()?;
        }
        Ok(())
    }

    fn commit(&mut self) -> Outcome<()> {
        self.since_commit = 0;
        if let Some(session) = &mut self.session {
            session.commit()?;
            self.ui.milestone(&format!("已提交：文件 {} 个，报道 {} 篇", self.tally.files, self.tally.reports));
        }
        Ok(())
    }

    /// Tries to take a file. The inner error is one sentence: nothing of it could be read.
    fn attempt(&mut self, job: &Job, opened: &mut Opened, row: &mut Row) -> Outcome<Result<Tried, String>> {
        let is_long = match opened.is_long() {
            Ok(is_long) => is_long,
            Err(reason) => return Ok(Err(reason)),
        };
        if is_long {
            let (hash, size) = match opened.read_with(|source| stream_hash(source)) {
                Ok(read) => read,
                Err(reason) => return Ok(Err(reason)),
            };
            if opened.has_changed() {
                return Ok(Ok(Tried::Changed));
            }
            let record = self.source.record(opened, size, hash);
            if self.is_only_touched(job, &record, row) {
                return Ok(Ok(Tried::Taken));
            }
            match self.source.look(&job.entry.path, opened) {
                Err(reason) => return Ok(Err(reason)),
                Ok(Some(long)) => return self.stream(job, opened, &long, record, row),
                Ok(None) => {}
            }
        }
        let bytes = match opened.bytes() {
            Ok(bytes) => bytes,
            Err(reason) => return Ok(Err(reason)),
        };
        if opened.has_changed() {
            return Ok(Ok(Tried::Changed));
        }
        let record = self.source.record(opened, bytes.len() as u64, content_hash(&bytes));
        if self.is_only_touched(job, &record, row) {
            return Ok(Ok(Tried::Taken));
        }
        let reading = self.source.read(&job.entry.path, &bytes);
        self.whole(job, reading, record, row).map(|read| read.map(|()| Tried::Taken))
    }

    /// Whether a file holds what it held, so that its reports are what they were.
    fn is_only_touched(&mut self, job: &Job, record: &FileRecord, row: &mut Row) -> bool {
        let Some(session) = &mut self.session else { return false };
        let known = session.ledger().get(&job.root, &job.path);
        let Some(known) = known.filter(|known| known.is_still(record)) else { return false };
        let (reports, failed) = (known.reports, known.failed);
        session.touch(&job.root, &job.path, FileRecord { reports, failed, ..record.clone() });
        self.tally.leave_alone(&job.entry.path, failed, self.ui);
        (row.status, row.reports, row.failed) = ("unchanged", reports, failed);
        true
    }

    /// Takes a file that was read whole.
    fn whole(
        &mut self,
        job: &Job,
        reading: Result<Reading, String>,
        record: FileRecord,
        row: &mut Row,
    ) -> Outcome<Result<(), String>> {
        let reading = match reading {
            Ok(reading) => reading,
            Err(reason) => return Ok(Err(reason)),
        };
        row.format = reading.format.unwrap_or_default();
        row.encoding = reading.encoding.unwrap_or_default();
        row.replaced = reading.replaced;
        let mut teller = Teller::new(&row.file);
        for failed in &reading.failed {
            self.fail(&mut teller, failed, row);
        }
        for warning in &reading.warnings {
            self.doubt(&mut teller, warning, row);
        }
        teller.end(self.ui);
        self.tally.files += 1;
        self.since_commit += record.size;
        reading.articles.iter().for_each(|article| self.count(article, row));
        if let Some(session) = &mut self.session {
            let record = FileRecord { reports: row.reports, failed: row.failed, ..record };
            session.replace(&job.root, &job.path, record, (1..).zip(reading.articles))?;
        }
        Ok(Ok(()))
    }

    /// Takes a long file record by record.
    fn stream(
        &mut self,
        job: &Job,
        opened: &mut Opened,
        long: &Long,
        record: FileRecord,
        row: &mut Row,
    ) -> Outcome<Result<Tried, String>> {
        let known = self.session.as_ref().and_then(|session| session.ledger().get(&job.root, &job.path)).cloned();
        // Of the very same content, what a run before this one had read is there already.
        let done = known.as_ref().filter(|known| (&known.hash, &known.how) == (&record.hash, &record.how));
        let done = done.map_or(0, |known| known.reports);
        let may_part = known.is_none() || done > 0;
        self.commit_quietly()?; // so that this file alone can be given up
        if let (Some(session), false) = (&mut self.session, may_part) {
            session.clear(&job.root, &job.path);
        }
        if done > 0 {
            self.ui.status(&format!("{}：接着上次读，前 {done} 篇已在索引里", row.file));
        }
        (row.format, row.encoding, row.replaced) = (long.format(), long.encoding(), long.replaced());
        let known_of_file = self.source.known_of(&job.entry.path);
        let mut completion = self.source.completion(&job.entry.path);
        let mut teller = Teller::new(&row.file);
        long.warnings().iter().for_each(|warning| self.doubt(&mut teller, warning, row));
        let (mut number, mut failure) = (0, None::<Failure>);
        let place = opened.place();
        let before = self.tally.counts();
        let read = long.read(opened, &known_of_file, &mut |item| {
            match item {
                Item::Doubt(warning) => self.doubt(&mut teller, &warning, row),
                Item::Failed(warning) => self.fail(&mut teller, &warning, row),
                Item::Report(mut article) => {
                    if let Some(warning) = completion.complete(&mut article) {
                        self.doubt(&mut teller, &warning, row);
                    }
                    number += 1;
                    if number > done {
                        let partial =
                            FileRecord { partial: true, failed: row.failed, reports: number, ..record.clone() };
                        self.count(&article, row);
                        if let Err(failed) = self.add(job, number, *article, may_part.then_some(partial)) {
                            failure = Some(failed);
                            return ControlFlow::Break(());
                        }
                    }
                }
            }
            self.ui.look_ahead(place.get());
            if self.around.is_interrupted() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        teller.end(self.ui);
        if let Some(failure) = failure {
            return Err(failure);
        }
        let is_cut_off = self.around.is_interrupted() || read.is_err();
        if opened.has_changed() || (is_cut_off && !may_part) {
            self.session.as_mut().map_or(Ok(()), Session::discard)?;
            self.since_commit = 0;
        }
        if opened.has_changed() {
            self.tally.set_counts(before);
            return Ok(Ok(Tried::Changed));
        }
        if let Some(session) = &mut self.session
            && (!is_cut_off || (may_part && number > 0))
        {
            let record = FileRecord { reports: number, failed: row.failed, partial: is_cut_off, ..record };
            session.note(&job.root, &job.path, record);
        }
        if is_cut_off && !may_part {
            self.tally.set_counts(before);
            row.reports = 0;
        }
        self.tally.files += u64::from(!is_cut_off);
        Ok(read.map(|()| Tried::Taken).map_err(|error| error.to_string()))
    }

    /// Adds a report of a long file; commits from time to time where the file may be there in part.
    fn add(&mut self, job: &Job, number: u64, article: Article, partial: Option<FileRecord>) -> Outcome<()> {
        let Some(session) = &mut self.session else { return Ok(()) };
        self.since_commit += article.body.iter().map(|paragraph| paragraph.text.len() as u64).sum::<u64>()
            + article.extra.values().map(|value| value.len() as u64).sum::<u64>();
        session.add(&job.root, &job.path, number, article)?;
        if let (true, Some(partial)) = (self.since_commit >= self.checkpoint, partial) {
            session.note(&job.root, &job.path, partial);
            self.commit()?;
        }
        Ok(())
    }

    fn commit_quietly(&mut self) -> Outcome<()> {
        self.since_commit = 0;
        Ok(self.session.as_mut().map_or(Ok(()), Session::commit)?)
    }

    fn count(&mut self, article: &Article, row: &mut Row) {
        self.tally.count(article);
        row.reports += 1;
        row.count(article);
    }

    fn fail(&mut self, teller: &mut Teller, warning: &crate::corpus::Warning, row: &mut Row) {
        self.tally.failed_records += 1;
        row.failed += 1;
        row.quote(&teller.fail(warning, self.ui));
    }

    fn doubt(&mut self, teller: &mut Teller, warning: &crate::corpus::Warning, row: &mut Row) {
        self.tally.warnings += 1;
        row.warnings += 1;
        row.quote(&teller.doubt(warning, self.ui));
    }
}
