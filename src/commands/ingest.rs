//! `ingest`: files to reports to index, file by file; what is unchanged is left alone.

use super::locate::{self, CORPUS};
use super::source::{Source, content, standard_input, warn_of};
use crate::article::Article;
use crate::cli::IngestArgs;
use crate::config::Surroundings;
use crate::corpus::walk::{Entry, walk};
use crate::exit::{Exit, Failure, Outcome};
use crate::index::ledger::{FileRecord, content_hash, path_text, root_label};
use crate::index::{Layout, Session, SessionOptions};
use crate::ui::Ui;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// How much text goes into one commit: what is at stake when a long run is cut off.
const CHECKPOINT: u64 = 512 << 20;

/// What a run did.
#[derive(Default)]
struct Tally {
    files: u64,
    unchanged: u64,
    skipped: usize,
    failed: u64,
    failed_records: u64,
    reports: u64,
    reporters: BTreeSet<String>,
    dated: u64,
    warnings: u64,
}

/// A file to read, with its identity.
struct Job {
    root: String,
    path: String,
    entry: Entry,
}

pub fn run(args: &IngestArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    if args.quiet {
        ui.be_quiet();
    }
    let source = Source::new(&args.known)?;
    let mut tally = Tally::default();
    let (found, stdin_wanted) = find_files(args, around, &mut tally, ui);
    if found.is_empty() && !stdin_wanted {
        return Err(
            Failure::new(Exit::NothingRead, "没有可以读的文件").with_hint("写明文件夹，例如 xunwen ingest corpus")
        );
    }
    let layout = locate::to_write(&args.index, around);
    let mut session = if args.dry_run { None } else { Some(open(args, around, layout.clone())?) };
    let home = layout.home().canonicalize().unwrap_or_else(|_| layout.home().to_owned());
    let mut roots_of_this_run = Vec::new();
    let progress = ui.progress(found.len() as u64, "个文件");
    let mut since_commit = 0;
    for (root, entry) in found {
        progress.inc(1);
        let job = identify(root, entry, &home, session.as_ref(), &mut roots_of_this_run);
        if let Some(session) = &session
            && let Some(known) = session.ledger().get(&job.root, &job.path)
            && (known.size, known.modified) == (job.entry.size, job.entry.modified)
            && job.entry.modified != 0
            && known.how == source.how()
        {
            match known.failed {
                // Nothing will be printed: the bar need not make room, file after file.
                0 => tally.leave_alone(&job, 0, ui),
                failed => progress.suspend(|| tally.leave_alone(&job, failed, ui)),
            }
            continue;
        }
        since_commit += job.entry.size;
        progress.suspend(|| take(&job, content(&job.entry.path), &source, session.as_mut(), &mut tally, ui))?;
        if since_commit >= CHECKPOINT {
            session.as_mut().map_or(Ok(()), Session::commit)?;
            since_commit = 0;
        }
    }
    progress.finish_and_clear();
    if stdin_wanted {
        let entry = Entry { path: PathBuf::from(&args.name), size: 0, modified: 0 };
        let job = Job { root: "-".to_owned(), path: args.name.clone(), entry };
        take(&job, standard_input(), &source, session.as_mut(), &mut tally, ui)?;
    }
    let held = match session {
        None => None,
        Some(mut session) => {
            session.commit()?;
            let held = session.ledger().reports();
            session.finish()?;
            Some(held)
        }
    };
    summarise(&tally, held, layout.home(), around, ui);
    Ok(match tally {
        Tally { files: 0, .. } => Exit::NothingRead,
        Tally { failed: 1.., .. } | Tally { failed_records: 1.., .. } => Exit::SomeFailed,
        Tally { warnings: 1.., .. } if args.strict => Exit::SomeFailed,
        Tally { .. } => Exit::Done,
    })
}

/// Returns the files below the paths asked for, each with the folder that is its root, and whether standard input is
/// wanted too.
fn find_files(
    args: &IngestArgs,
    around: &Surroundings,
    tally: &mut Tally,
    ui: &mut Ui,
) -> (Vec<(PathBuf, Entry)>, bool) {
    let usual = [PathBuf::from(CORPUS)];
    let paths = if args.paths.is_empty() { &usual[..] } else { &args.paths };
    let (mut files, mut stdin) = (Vec::new(), false);
    let mut seen = BTreeSet::new();
    for path in paths {
        if path.as_os_str() == "-" {
            stdin = true;
            continue;
        }
        let real = locate::absolute(path, around);
        let root = if real.is_dir() { real.clone() } else { real.parent().unwrap_or(&real).to_owned() };
        let walked = walk(&real);
        for (path, reason) in &walked.failures {
            tally.failed += 1;
            ui.warn(&format!("{}：{reason}", path.display()));
        }
        tally.skipped += walked.skipped;
        files.extend(
            walked.files.into_iter().filter(|e| seen.insert(e.path.clone())).map(|entry| (root.clone(), entry)),
        );
    }
    (files, stdin)
}

fn open(args: &IngestArgs, around: &Surroundings, layout: Layout) -> Outcome<Session> {
    let threads = args.effort.jobs.map_or(around.processors, usize::from);
    let options =
        SessionOptions { threads, memory: args.effort.memory, holder: around.holder("ingest"), wait: args.wait.wait };
    Ok(Session::open(layout, &options)?)
}

/// Returns a file's identity: below the deepest root known, of the index or of this run, else below its own.
fn identify(root: PathBuf, entry: Entry, home: &Path, session: Option<&Session>, new_roots: &mut Vec<PathBuf>) -> Job {
    if let Some((root, path)) = session.and_then(|session| session.ledger().root_of(&entry.path, home)) {
        return Job { root, path: path_text(&path), entry };
    }
    if !new_roots.contains(&root) {
        new_roots.push(root);
    }
    let below = |root: &PathBuf| {
        Some((root.components().count(), root.clone(), entry.path.strip_prefix(root).ok()?.to_owned()))
    };
    match new_roots.iter().filter_map(below).max() {
        Some((_, root, path)) => Job { root: root_label(&root, home), path: path_text(&path), entry },
        None => Job { root: "/".to_owned(), path: path_text(&entry.path), entry },
    }
}

/// Reads one file and puts its reports in the place of those it gave before.
fn take(
    job: &Job,
    bytes: Result<Vec<u8>, String>,
    source: &Source,
    mut session: Option<&mut Session>,
    tally: &mut Tally,
    ui: &mut Ui,
) -> Outcome<()> {
    let shown = job.entry.path.display().to_string();
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(reason) => {
            tally.failed += 1;
            ui.warn(&format!("{shown}：{reason}"));
            return Ok(());
        }
    };
    let hash = content_hash(&bytes);
    let (size, modified, how) = (bytes.len() as u64, job.entry.modified, source.how().to_owned());
    let record = |reports, failed| FileRecord { size, modified, hash: hash.clone(), how: how.clone(), reports, failed };
    if let Some(session) = session.as_deref_mut()
        && let Some(known) = session.ledger().get(&job.root, &job.path)
        && (known.hash.as_str(), known.how.as_str()) == (hash.as_str(), source.how())
    {
        // Only touched: its reports are what they were.
        let failed = known.failed;
        let record = record(known.reports, failed);
        session.touch(&job.root, &job.path, record);
        tally.leave_alone(job, failed, ui);
        return Ok(());
    }
    match source.read(&job.entry.path, &bytes) {
        Err(reason) => {
            tally.failed += 1;
            ui.warn(&format!("{shown}：{reason}"));
        }
        Ok(reading) => {
            tally.files += 1;
            tally.warnings += reading.warnings.len() as u64;
            tally.failed_records += reading.failed.len() as u64;
            warn_of(&shown, &reading, ui);
            reading.articles.iter().for_each(|article| tally.count(article));
            if let Some(session) = session {
                let record = record(reading.articles.len() as u64, reading.failed.len() as u64);
                session.replace(&job.root, &job.path, record, (1..).zip(reading.articles))?;
            }
        }
    }
    Ok(())
}

impl Tally {
    /// Counts a file that has not changed. What could not be read of it cannot be read now either, and is said again.
    fn leave_alone(&mut self, job: &Job, failed: u64, ui: &mut Ui) {
        self.files += 1;
        self.unchanged += 1;
        self.failed_records += failed;
        if failed > 0 {
            ui.warn(&format!("{}：没有变化，其中仍有 {failed} 条记录读不了", job.entry.path.display()));
        }
    }

    fn count(&mut self, article: &Article) {
        self.reports += 1;
        self.dated += u64::from(article.date().is_some());
        self.reporters.extend(article.byline.reporters.iter().cloned());
    }
}

fn summarise(tally: &Tally, held: Option<u64>, home: &Path, around: &Surroundings, ui: &mut Ui) {
    let Tally { files, unchanged, skipped, failed, failed_records, reports, reporters, dated, warnings } = tally;
    let mut parts = vec![format!("文件 {files} 个")];
    let more = [(*unchanged, "没有变化"), (*skipped as u64, "略过说明文件"), (*failed, "失败")];
    parts.extend(more.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{what} {n}")));
    parts.push(format!("读入报道 {reports} 篇"));
    if *failed_records > 0 {
        parts.push(format!("失败的记录 {failed_records} 条"));
    }
    if *reports > 0 {
        parts.push(format!("记者 {} 人", reporters.len()));
        parts.push(format!("有日期 {dated} 篇，没有 {}", reports - dated));
    }
    parts.push(format!("警告 {warnings}"));
    parts.push(format!("{:.1} 秒", around.seconds()));
    ui.status(&parts.join("；"));
    match held {
        Some(held) => ui.status(&format!("索引 {}：共 {held} 篇", home.display())),
        None => ui.status("只读了一遍，没有写索引"),
    }
}
