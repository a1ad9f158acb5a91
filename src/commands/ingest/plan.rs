//! Which files a run has to do with, each with its identity, and which of them have to be read.

use super::super::locate::{self, CORPUS};
use crate::cli::IngestArgs;
use crate::config::Surroundings;
use crate::corpus::walk::{Entry, walk};
use crate::index::ledger::{FileRecord, Ledger, path_text, root_label};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// A file to read, with its identity.
#[derive(Debug, Clone)]
pub struct Job {
    pub root: String,
    pub path: String,
    pub entry: Entry,
}

/// The files below the paths asked for.
#[derive(Default)]
pub struct Plan {
    /// Each path asked for, absolute, with how many files were found below it.
    pub asked: Vec<(PathBuf, usize)>,
    /// The files, each with the folder that is its root where the index knows none.
    files: Vec<(usize, Entry)>,
    roots: Vec<PathBuf>,
    /// Whether standard input is wanted too.
    pub stdin: bool,
    /// What could not be looked at, with the reason.
    pub failures: Vec<(PathBuf, String)>,
    /// How many files were left out because they describe a folder.
    pub skipped: usize,
}

/// The files of a plan, held against what the index knows.
pub struct Sorted {
    /// Each with the number of its reports and of its failed records.
    pub unchanged: Vec<(Job, u64, u64)>,
    pub to_read: Vec<Job>,
}

impl Plan {
    /// Looks at what lies below the paths asked for.
    pub fn make(args: &IngestArgs, around: &Surroundings) -> Self {
        let usual = [PathBuf::from(CORPUS)];
        let paths = if args.paths.is_empty() { &usual[..] } else { &args.paths };
        let mut plan = Self::default();
        let mut seen = HashSet::new();
        let is_alone = paths.len() == 1;
        for path in paths {
            if path.as_os_str() == "-" {
                plan.stdin = true;
                continue;
            }
            let real = locate::absolute(path, around);
            let root = if real.is_dir() { real.clone() } else { real.parent().unwrap_or(&real).to_owned() };
            let walked = walk(&real);
            plan.failures.extend(walked.failures);
            plan.skipped += walked.skipped;
            let at = plan.roots.len();
            plan.roots.push(root);
            plan.asked.push((real, walked.files.len()));
            let fresh = walked.files.into_iter().filter(|entry| is_alone || seen.insert(entry.path.clone()));
            plan.files.extend(fresh.map(|entry| (at, entry)));
        }
        plan
    }

    /// Returns whether there is nothing to read at all.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && !self.stdin
    }

    /// Returns the paths of all files found.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(|(_, entry)| entry.path.as_path())
    }

    /// Parts the files into those that have not changed since the index last read them, by size, time and how they are
    /// read, and all others.
    pub fn sort(&self, known: &Ledger, home: &Path, how: &str) -> Sorted {
        let folders = known.folders(home);
        let mut sorted = Sorted { unchanged: Vec::new(), to_read: Vec::new() };
        for (at, entry) in &self.files {
            let (root, path) = self.identify(*at, entry, home, &folders);
            let job = Job { root, path, entry: entry.clone() };
            match known.get(&job.root, &job.path) {
                Some(record) if is_unchanged(record, entry, how) => {
                    sorted.unchanged.push((job, record.reports, record.failed));
                }
                _ => sorted.to_read.push(job),
            }
        }
        sorted
    }

    /// Returns a file's identity: below the deepest root known, of the index or of this run, else below its own.
    fn identify(&self, at: usize, entry: &Entry, home: &Path, folders: &[(PathBuf, String)]) -> (String, String) {
        // The deepest come first.
        let known = folders.iter().find_map(|(folder, label)| Some((label, entry.path.strip_prefix(folder).ok()?)));
        if let Some((label, below)) = known {
            return (label.clone(), path_text(below));
        }
        let below =
            |root: &PathBuf| Some((root.components().count(), root.clone(), entry.path.strip_prefix(root).ok()?));
        match self.roots.iter().take(at + 1).filter_map(below).max() {
            Some((_, root, path)) => (root_label(&root, home), path_text(path)),
            None => ("/".to_owned(), path_text(&entry.path)),
        }
    }
}

fn is_unchanged(record: &FileRecord, entry: &Entry, how: &str) -> bool {
    (record.size, record.modified) == (entry.size, entry.modified)
        && entry.modified != 0
        && !record.partial
        && record.how == how
}
