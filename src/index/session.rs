//! Writing: one session at a time, holding the lock from its first look at the ledger to its last commit.

use super::copies::Copies;
use super::directory::ReadingDirectory;
use super::ledger::{FileRecord, Ledger, file_name};
use super::lock::WriterLock;
use super::schema::Schema;
use super::seal::{is_sealed, seal};
use super::{IndexError, Layout, Report, Result, postings};
use crate::article::{Article, ReportId};
use std::path::{Path, PathBuf};
use tantivy::directory::error::LockError;
use tantivy::indexer::IndexWriterOptions;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexSettings, IndexWriter, ReloadPolicy, TantivyError, Term};

/// How a session works.
#[derive(Debug, Clone)]
pub struct SessionOptions {
    /// Threads that cut and index.
    pub threads: usize,
    /// Memory for postings that are not yet written, in bytes, all threads together.
    pub memory: usize,
    /// What others are told who want to write meanwhile: command, process, since when.
    pub holder: String,
    /// Whether to wait for another process to end its writing.
    pub wait: bool,
}

/// The least memory of each thread, in bytes; Tantivy refuses less than 15 MB.
pub const LEAST_MEMORY_PER_THREAD: usize = 16 << 20;

/// An index being written.
///
/// What was replaced becomes visible, all of it, with [`Session::commit`]; a session that ends without it leaves
/// nothing.
pub struct Session {
    layout: Layout,
    folder: PathBuf,
    schema: Schema,
    writer: IndexWriter,
    // Given back after the writer has ended: fields are dropped in this order.
    lock: WriterLock,
    ledger: Ledger,
    /// Whether something waits for a commit.
    dirty: bool,
    /// Whether anything was committed.
    changed: bool,
    /// Whether files were removed that belonged to no commit.
    swept: bool,
}

impl Session {
    /// Opens an index for writing, making it first where there is none.
    ///
    /// # Errors
    /// When the index is damaged or of another version, or somebody else is writing.
    pub fn open(layout: Layout, options: &SessionOptions) -> Result<Self> {
        layout.claim()?;
        let lock = WriterLock::take(layout.home(), &options.holder, options.wait)?;
        // Only now: whoever held the lock may have made the index, or switched to another folder.
        let folder = layout.create()?;
        Self::begin(layout, folder, options, lock)
    }

    /// Begins to write in a folder; what is in it is the beginning.
    pub(super) fn begin(layout: Layout, folder: PathBuf, options: &SessionOptions, lock: WriterLock) -> Result<Self> {
        let schema = Schema::new();
        let directory = tantivy::directory::MmapDirectory::open(&folder).map_err(TantivyError::from)?;
        let index = Index::builder().schema(schema.tantivy.clone()).settings(settings()).open_or_create(directory);
        let mut index = index.map_err(|e| explained(e, &layout))?;
        postings::write_in_bulk(&mut index, &schema);
        let threads = options.threads.max(1);
        let writer_options = IndexWriterOptions::builder()
            .num_worker_threads(threads)
            .memory_budget_per_thread((options.memory / threads).max(LEAST_MEMORY_PER_THREAD))
            .build();
        let writer = index.writer_with_options(writer_options).map_err(|e| explained(e, &layout))?;
        // A run that was killed may have left files under names that this one would give again.
        let swept = writer.garbage_collect_files().wait().map_err(|e| explained(e, &layout))?;
        let swept = !swept.deleted_files.is_empty();
        // Only now, with the lock held, is the ledger nobody else's.
        let ledger = ledger_of(&index, &folder, &layout)?;
        Ok(Self { layout, folder, schema, writer, lock, ledger, dirty: false, changed: false, swept })
    }

    /// Adds a report as it was kept elsewhere, under the id that it had there.
    ///
    /// # Errors
    /// When the engine fails.
    pub(super) fn keep(&mut self, report: Report) -> Result<()> {
        self.writer.add_document(self.schema.document(report.id, &report.file, report.article))?;
        self.dirty = true;
        Ok(())
    }

    /// Takes over what is known of files.
    pub(super) fn keep_ledger(&mut self, ledger: Ledger) {
        self.ledger = ledger;
        self.dirty = true;
    }

    /// Returns what the index knows of files.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Returns where the index is.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Puts the reports of a file in the place of those it gave before, all of them.
    ///
    /// `articles` come with the number that each has in its file, from 1.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn replace(
        &mut self,
        root: &str,
        path: &str,
        record: FileRecord,
        articles: impl IntoIterator<Item = (u64, Article)>,
    ) -> Result<()> {
        self.clear(root, path);
        for (number, article) in articles {
            self.add(root, path, number, article)?;
        }
        self.note(root, path, record);
        Ok(())
    }

    /// Takes out the reports that a file has given, to be given anew: [`Session::add`] each, then [`Session::note`].
    pub fn clear(&mut self, root: &str, path: &str) {
        if self.ledger.get(root, path).is_some() {
            self.writer.delete_term(Term::from_field_text(self.schema.file, &file_name(root, path)));
        }
    }

    /// Adds a report of a file, by its number in it, from 1.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn add(&mut self, root: &str, path: &str, number: u64, article: Article) -> Result<()> {
        let number = article.member.as_ref().map_or(number, |member| member.number);
        let id = ReportId::of(root, &article.file(path), article.key.as_deref(), number);
        self.writer.add_document(self.schema.document(id, &file_name(root, path), article))?;
        Ok(())
    }

    /// Notes what is known of a file now that its reports were added.
    pub fn note(&mut self, root: &str, path: &str, record: FileRecord) {
        self.ledger.set(root, path, record);
        self.dirty = true;
    }

    /// Notes that a file was touched but holds what it held.
    pub fn touch(&mut self, root: &str, path: &str, record: FileRecord) {
        if self.ledger.get(root, path) != Some(&record) {
            self.ledger.set(root, path, record);
            self.dirty = true;
        }
    }

    /// Takes a file out with all its reports; nothing happens where the index does not know it.
    pub fn forget(&mut self, root: &str, path: &str) -> Option<FileRecord> {
        let record = self.ledger.remove(root, path)?;
        self.writer.delete_term(Term::from_field_text(self.schema.file, &file_name(root, path)));
        self.dirty = true;
        Some(record)
    }

    /// Takes the reports of a file out that is not in the ledger.
    pub(super) fn drop_file(&mut self, file: &str) {
        self.writer.delete_term(Term::from_field_text(self.schema.file, file));
    }

    /// Gives up all that was done since the last commit.
    ///
    /// # Errors
    /// When the engine fails, or the last commit cannot be read.
    pub fn discard(&mut self) -> Result<()> {
        self.writer.rollback()?;
        self.ledger = ledger_of(self.writer.index(), &self.folder, &self.layout)?;
        self.dirty = false;
        Ok(())
    }

    /// Makes what was replaced visible, and durable. Does nothing where nothing was.
    ///
    /// # Errors
    /// When the disk is full or the folder cannot be written; the last commit is then still whole.
    pub fn commit(&mut self) -> Result<()> {
        if !self.dirty {
            return Ok(());
        }
        let mut prepared = self.writer.prepare_commit()?;
        let payload = self.ledger.write(&self.folder, prepared.opstamp())?;
        prepared.set_payload(&serde_json::to_string(&payload).unwrap_or_default());
        prepared.commit()?;
        Ledger::sweep(&self.folder, &payload);
        self.dirty = false;
        self.changed = true;
        Ok(())
    }

    /// Ends the session: waits for merges to finish and seals the index.
    ///
    /// # Errors
    /// When a merge failed, or the seal cannot be written; what was committed is whole all the same.
    pub fn finish(self) -> Result<()> {
        let (layout, folder, swept) = (self.layout.clone(), self.folder.clone(), self.swept);
        let (lock, opstamp, written) = self.end()?;
        if written || swept || !is_sealed(&folder, opstamp) {
            seal(&layout, &folder, opstamp)?;
        }
        drop(lock);
        Ok(())
    }

    /// Waits for merges to finish, and writes which reports are copies of which. Returns the right to write, the
    /// operation stamp of the last commit, and whether the index is another than it was, so that more can be done before
    /// the seal.
    pub(super) fn end(self) -> Result<(WriterLock, u64, bool)> {
        let Self { layout, folder, writer, lock, changed, .. } = self;
        let index = writer.index().clone();
        writer.wait_merging_threads()?;
        let metas = index.load_metas().map_err(|e| explained(e, &layout))?;
        let written = changed || Copies::read(&folder, metas.opstamp).is_none();
        if written {
            let reader: tantivy::IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
            Copies::made(&reader.searcher())?.write(&folder, metas.opstamp)?;
        }
        Ok((lock, metas.opstamp, written))
    }
}

/// How the stored reports are kept.
fn settings() -> IndexSettings {
    IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: Some(5) }),
        docstore_blocksize: 32 << 10,
        ..IndexSettings::default()
    }
}

/// Returns what the last commit of an index knows of files, without the lock: somebody may be writing the next; and
/// whether the index was sealed after it. `None` where there is no index yet.
///
/// # Errors
/// When the index is damaged or of another version.
pub fn files_known(layout: &Layout) -> Result<Option<(Ledger, bool)>> {
    if !layout.has_marker() {
        return Ok(None);
    }
    let folder = layout.current()?;
    let directory = ReadingDirectory::open(&folder)?;
    let index = match Index::open(directory) {
        // Made, but never committed to.
        Err(TantivyError::OpenDirectoryError(_) | TantivyError::OpenReadError(_)) => return Ok(None),
        opened => opened.map_err(|e| explained(e, layout))?,
    };
    let opstamp = index.load_metas().map_err(|e| explained(e, layout))?.opstamp;
    Ok(Some((ledger_of(&index, &folder, layout)?, is_sealed(&folder, opstamp))))
}

fn ledger_of(index: &Index, folder: &Path, layout: &Layout) -> Result<Ledger> {
    let payload = index.load_metas().map_err(|e| explained(e, layout))?.payload;
    Ledger::of_commit(folder, payload.as_deref())
        .map_err(|what| IndexError::Damaged { home: layout.home().to_owned(), what })
}

/// Says of the engine's errors what they mean here.
fn explained(error: TantivyError, layout: &Layout) -> IndexError {
    let home = layout.home().to_owned();
    match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => IndexError::Locked { home, holder: String::new() },
        TantivyError::LockFailure(LockError::IoError(source), _) => {
            IndexError::Write { path: home, source: std::io::Error::new(source.kind(), source.to_string()) }
        }
        TantivyError::SchemaError(what) => IndexError::Damaged { home, what },
        TantivyError::DataCorruption(what) => {
            IndexError::Damaged { home, what: TantivyError::DataCorruption(what).to_string() }
        }
        other => IndexError::Engine(other),
    }
}
