//! What a commit knows of files: the roots they were found under, and each file's size, time and content hash.
//!
//! A side file of the commit, written before it; its name and hash stand in the commit's payload, so that a commit and
//! its ledger cannot part. Only writing opens it: a search never pays for it.

use super::{IndexError, Result, layout::write_whole};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The files of a commit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// The roots, as labels; see [`root_label`].
    pub roots: Vec<String>,
    /// By root, then by path.
    files: BTreeMap<String, BTreeMap<String, FileRecord>>,
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
    /// Whether only the reports so far are in the index: reading was cut off within the file, and goes on behind them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub partial: bool,
}

impl FileRecord {
    /// Returns whether the file still holds what it held and is read as it was, so that its reports are what they were.
    #[must_use]
    pub fn is_still(&self, now: &Self) -> bool {
        (&self.hash, &self.how) == (&now.hash, &now.how) && !self.partial
    }
}

/// What a commit's payload holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payload {
    /// The file name of the ledger.
    pub ledger: String,
    /// The hash of its content, as in [`FileRecord::hash`].
    pub hash: String,
}

/// A line of the side file. Flat, since every run reads all of them: what serde flattens it reads twice.
#[derive(Serialize, Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    root: Cow<'a, str>,
    #[serde(borrow)]
    path: Cow<'a, str>,
    size: u64,
    modified: i64,
    #[serde(borrow)]
    hash: Cow<'a, str>,
    #[serde(borrow)]
    how: Cow<'a, str>,
    reports: u64,
    failed: u64,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    partial: bool,
}

/// Returns the hash by which contents are told apart.
#[must_use]
pub fn content_hash(bytes: &[u8]) -> String {
    format!("{:032x}", xxhash_rust::xxh3::xxh3_128(bytes))
}

/// Returns the same of what is read to its end, with the number of bytes.
///
/// # Errors
/// When it cannot be read.
pub fn stream_hash(mut source: impl Read) -> io::Result<(String, u64)> {
    let mut hash = xxhash_rust::xxh3::Xxh3Default::new();
    let mut piece = vec![0; 1 << 16];
    let mut length = 0;
    loop {
        match source.read(&mut piece) {
            Ok(0) => return Ok((format!("{:032x}", hash.digest128()), length)),
            Ok(read) => {
                hash.update(piece.get(..read).unwrap_or_default());
                length += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
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
        self.files.get(root)?.get(path)
    }

    /// Notes a file.
    pub fn set(&mut self, root: &str, path: &str, record: FileRecord) {
        match self.files.get_mut(root) {
            Some(files) => {
                files.insert(path.to_owned(), record);
            }
            None => {
                if !self.roots.iter().any(|known| known == root) {
                    self.roots.push(root.to_owned());
                    self.roots.sort();
                }
                self.files.entry(root.to_owned()).or_default().insert(path.to_owned(), record);
            }
        }
    }

    /// Takes a file out.
    pub fn remove(&mut self, root: &str, path: &str) -> Option<FileRecord> {
        self.files.get_mut(root)?.remove(path)
    }

    /// Yields every file as root, path and what is known of it, in order.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str, &FileRecord)> {
        self.files
            .iter()
            .flat_map(|(root, files)| files.iter().map(move |(path, record)| (root.as_str(), path.as_str(), record)))
    }

    /// Returns the number of files.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.values().map(BTreeMap::len).sum()
    }

    /// Returns whether there is no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the number of reports of all files.
    #[must_use]
    pub fn reports(&self) -> u64 {
        self.files().map(|(.., record)| record.reports).sum()
    }

    /// Writes the ledger of a commit into its folder and returns what the commit's payload must say.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn write(&self, folder: &Path, opstamp: u64) -> Result<Payload> {
        let mut text = String::new();
        for (root, path, record) in self.files() {
            let FileRecord { size, modified, hash, how, reports, failed, partial } = record;
            let line = Line {
                root: root.into(),
                path: path.into(),
                size: *size,
                modified: *modified,
                hash: hash.into(),
                how: how.into(),
                reports: *reports,
                failed: *failed,
                partial: *partial,
            };
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
            let line: Line<'_> = serde_json::from_str(line).map_err(|e| format!("{}：{e}", payload.ledger))?;
            let Line { root, path, size, modified, hash, how, reports, failed, partial } = line;
            let (hash, how) = (hash.into_owned(), how.into_owned());
            ledger.set(&root, &path, FileRecord { size, modified, hash, how, reports, failed, partial });
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

    /// Returns the folder of each root with its label, the deepest first.
    #[must_use]
    pub fn folders(&self, index_home: &Path) -> Vec<(PathBuf, String)> {
        let beside = index_home.parent().unwrap_or(Path::new("/"));
        let folder = |label: &String| if label == "." { beside.to_owned() } else { beside.join(label) };
        // Standard input is in no folder.
        let roots = self.roots.iter().filter(|label| *label != "-");
        let mut folders: Vec<_> = roots.map(|label| (folder(label), label.clone())).collect();
        folders.sort_by_cached_key(|(folder, label)| (Reverse(folder.components().count()), label.clone()));
        folders
    }

    /// Returns the deepest known root that a path (absolute) lies under, with the path below it.
    #[must_use]
    pub fn root_of(&self, path: &Path, index_home: &Path) -> Option<(String, PathBuf)> {
        let below = |(folder, label): (PathBuf, String)| Some((label, path.strip_prefix(folder).ok()?.to_owned()));
        self.folders(index_home).into_iter().find_map(below)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(size: u64) -> FileRecord {
        FileRecord {
            size,
            modified: -5,
            hash: content_hash(b"x"),
            how: "1".into(),
            reports: 2,
            failed: 0,
            partial: false,
        }
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
    fn a_stream_has_the_hash_of_its_bytes() {
        let bytes: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
        for length in [0, 1, 240, 241, 70_000, bytes.len()] {
            let bytes = &bytes[..length];
            assert_eq!(stream_hash(bytes).unwrap(), (content_hash(bytes), length as u64));
        }
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
