//! What a commit knows of files: the roots they were found under, and each file's size, time and content hash.
//!
//! A side file of the commit, written before it; its name and hash stand in the commit's payload, so that a commit and
//! its ledger cannot part. Only writing opens it: a search never pays for it.

use super::{IndexError, Result, layout::write_whole};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The files of a commit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// The roots, as labels; see [`root_label`].
    pub roots: Vec<String>,
    files: BTreeMap<(String, String), FileRecord>,
}

/// What is known of a file since it was last read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Bytes.
    pub size: u64,
    /// Last change, in nanoseconds since 1970, as the file system says.
    pub modified: i64,
    /// Hash of the whole content (XXH3, 128 bits, in hexadecimal).
    pub hash: String,
    /// How it was read: names the version of the reader and what was stated of the file, so that a file that would
    /// now be read otherwise is read again.
    pub how: String,
    /// How many reports it gave.
    pub reports: u64,
    /// How many records of it could not be read.
    pub failed: u64,
}

/// What a commit's payload holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payload {
    /// The file name of the ledger.
    pub ledger: String,
    /// The hash of its content, as in [`FileRecord::hash`].
    pub hash: String,
}

#[derive(Serialize, Deserialize)]
struct Line {
    root: String,
    path: String,
    #[serde(flatten)]
    record: FileRecord,
}

/// Returns the hash by which contents are told apart.
#[must_use]
pub fn content_hash(bytes: &[u8]) -> String {
    format!("{:032x}", xxhash_rust::xxh3::xxh3_128(bytes))
}

/// Returns the label of a root folder: relative to the folder that holds the index where it lies below that, so that
/// both can be moved together; else the absolute path. Both paths must be absolute and free of `..`.
#[must_use]
pub fn root_label(root: &Path, index_home: &Path) -> String {
    let relative = index_home.parent().and_then(|beside| root.strip_prefix(beside).ok());
    match relative {
        Some(relative) if relative.as_os_str().is_empty() => ".".to_owned(),
        Some(relative) => path_text(relative),
        None => path_text(root),
    }
}

/// Returns the name under which results show a file: its root and the path below it.
#[must_use]
pub fn file_name(root: &str, path: &str) -> String {
    if root == "." { path.to_owned() } else { format!("{}/{path}", root.trim_end_matches('/')) }
}

/// Returns a path as text, with `/` between its parts. Bytes that are no UTF-8 become `\xHH`, so that two names never
/// become one.
#[must_use]
pub fn path_text(path: &Path) -> String {
    let mut text = String::new();
    for part in path.components() {
        let part = part.as_os_str();
        if part == std::path::MAIN_SEPARATOR_STR {
            text.push('/');
            continue;
        }
        if !(text.is_empty() || text.ends_with('/')) {
            text.push('/');
        }
        match part.to_str() {
            Some(valid) => text.push_str(valid),
            None => {
                for chunk in part.as_encoded_bytes().utf8_chunks() {
                    text.push_str(chunk.valid());
                    chunk.invalid().iter().for_each(|byte| text.push_str(&format!("\\x{byte:02x}")));
                }
            }
        }
    }
    text
}

impl Ledger {
    /// Returns what is known of a file.
    #[must_use]
    pub fn get(&self, root: &str, path: &str) -> Option<&FileRecord> {
        // A BTreeMap of pairs of strings can be asked only by a pair of strings.
        self.files.get(&(root.to_owned(), path.to_owned()))
    }

    /// Notes a file.
    pub fn set(&mut self, root: &str, path: &str, record: FileRecord) {
        if !self.roots.iter().any(|known| known == root) {
            self.roots.push(root.to_owned());
            self.roots.sort();
        }
        self.files.insert((root.to_owned(), path.to_owned()), record);
    }

    /// Takes a file out.
    pub fn remove(&mut self, root: &str, path: &str) -> Option<FileRecord> {
        self.files.remove(&(root.to_owned(), path.to_owned()))
    }

    /// Yields every file as root, path and what is known of it, in order.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str, &FileRecord)> {
        self.files.iter().map(|((root, path), record)| (root.as_str(), path.as_str(), record))
    }

    /// Returns the number of files.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Returns whether there is no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Returns the number of reports of all files.
    #[must_use]
    pub fn reports(&self) -> u64 {
        self.files.values().map(|record| record.reports).sum()
    }

    /// Writes the ledger of a commit into its folder and returns what the commit's payload must say.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn write(&self, folder: &Path, opstamp: u64) -> Result<Payload> {
        let mut text = String::new();
        for ((root, path), record) in &self.files {
            let line = Line { root: root.clone(), path: path.clone(), record: record.clone() };
            text.push_str(&serde_json::to_string(&line).unwrap_or_default());
            text.push('\n');
        }
        let name = format!("files-{opstamp}.jsonl");
        let path = folder.join(&name);
        write_whole(&path, text.as_bytes()).map_err(|source| IndexError::Write { path, source })?;
        Ok(Payload { ledger: name, hash: content_hash(text.as_bytes()) })
    }

    /// Reads the ledger that a commit's payload names.
    ///
    /// # Errors
    /// A sentence, when it is missing or not the one that the commit was made with.
    pub fn read(folder: &Path, payload: &Payload) -> std::result::Result<Self, String> {
        let name = Path::new(&payload.ledger);
        if name.components().count() != 1 || name.file_name().is_none() {
            return Err(format!("提交记录里的文件名不对：{}", payload.ledger));
        }
        let bytes = fs::read(folder.join(name)).map_err(|e| format!("{}：{e}", payload.ledger))?;
        if content_hash(&bytes) != payload.hash {
            return Err(format!("{} 的内容与提交记录不符", payload.ledger));
        }
        let mut ledger = Self::default();
        for line in String::from_utf8_lossy(&bytes).lines() {
            let Line { root, path, record } =
                serde_json::from_str(line).map_err(|e| format!("{}：{e}", payload.ledger))?;
            ledger.set(&root, &path, record);
        }
        Ok(ledger)
    }

    /// Reads the ledger of a commit by the payload that Tantivy keeps with it; an index without a commit has none.
    ///
    /// # Errors
    /// A sentence, as for [`Ledger::read`].
    pub fn of_commit(folder: &Path, payload: Option<&str>) -> std::result::Result<Self, String> {
        let Some(payload) = payload else { return Ok(Self::default()) };
        let payload: Payload = serde_json::from_str(payload).map_err(|e| e.to_string())?;
        Self::read(folder, &payload)
    }

    /// Removes the ledgers of other commits from a folder. That one cannot be removed harms nobody.
    pub fn sweep(folder: &Path, keep: &Payload) {
        let entries = fs::read_dir(folder).map(|entries| entries.flatten().collect::<Vec<_>>());
        for entry in entries.unwrap_or_else(|_: io::Error| Vec::new()) {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with("files-") && name.ends_with(".jsonl") && name != keep.ledger {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Returns the deepest known root that a path (absolute) lies under, with the path below it.
    #[must_use]
    pub fn root_of(&self, path: &Path, index_home: &Path) -> Option<(String, PathBuf)> {
        let beside = index_home.parent().unwrap_or(Path::new("/"));
        let folders = self.roots.iter().map(|label| {
            let folder = if label == "." { beside.to_owned() } else { beside.join(label) };
            (label, folder)
        });
        folders
            .filter_map(|(label, folder)| Some((folder.components().count(), label, path.strip_prefix(&folder).ok()?)))
            .max()
            .map(|(_, label, below)| (label.clone(), below.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(size: u64) -> FileRecord {
        FileRecord { size, modified: -5, hash: content_hash(b"x"), how: "1".into(), reports: 2, failed: 0 }
    }

    #[test]
    fn a_ledger_is_read_back_as_it_was_written() {
        let dir = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::default();
        ledger.set("corpus", "a/一.txt", record(1));
        ledger.set("/data/报", "b\n.txt", record(2));
        let payload = ledger.write(dir.path(), 7).unwrap();
        assert_eq!(Ledger::read(dir.path(), &payload), Ok(ledger));
    }

    #[test]
    fn another_content_or_a_path_outside_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let payload = Ledger::default().write(dir.path(), 7).unwrap();
        fs::write(dir.path().join(&payload.ledger), "{}\n").unwrap();
        assert!(Ledger::read(dir.path(), &payload).is_err());
        let outside = Payload { ledger: "../x".into(), hash: String::new() };
        assert!(Ledger::read(dir.path(), &outside).is_err());
    }

    #[test]
    fn a_root_beside_the_index_is_named_relative_to_it() {
        let home = Path::new("/work/project/index");
        assert_eq!(root_label(Path::new("/work/project/corpus"), home), "corpus");
        assert_eq!(root_label(Path::new("/work/project"), home), ".");
        assert_eq!(root_label(Path::new("/data/news"), home), "/data/news");
    }

    #[test]
    fn a_path_belongs_to_the_deepest_root_it_lies_under() {
        let home = Path::new("/work/index");
        let mut ledger = Ledger::default();
        ledger.set("corpus", "x", record(1));
        ledger.set("corpus/2026", "x", record(1));
        ledger.set("/data", "x", record(1));
        let root = |path| ledger.root_of(Path::new(path), home).map(|(label, below)| (label, path_text(&below)));
        assert_eq!(root("/work/corpus/2026/a.txt"), Some(("corpus/2026".into(), "a.txt".into())));
        assert_eq!(root("/work/corpus/2025/a.txt"), Some(("corpus".into(), "2025/a.txt".into())));
        assert_eq!(root("/data/a.txt"), Some(("/data".into(), "a.txt".into())));
        assert_eq!(root("/work/corpus2/a.txt"), None);
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_utf_8_stay_apart() {
        use std::os::unix::ffi::OsStrExt as _;
        let name = |bytes| path_text(Path::new(std::ffi::OsStr::from_bytes(bytes)));
        assert_eq!(name(b"a/\xd2\xbb.txt"), "a/һ.txt");
        assert_eq!(name(b"a/\xff\xfe.txt"), "a/\\xff\\xfe.txt");
    }
}
