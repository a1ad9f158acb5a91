//! Where an index is and how its folder is laid out: a marker, and `current`, which names the folder in use.
//!
//! ```text
//! index/
//!   xunwen-index     the marker: this folder is ours
//!   current          "v-1\n", replaced by rename, so that a rebuild switches at once
//!   writer           who writes, or wrote last; locked meanwhile
//!   v-1/             what Tantivy writes, and
//!     versions.json  the format and the analyser that wrote it
//!     seal.json      size and hash of every file, when the last run ended
//!     files-9.jsonl  what the commit with operation stamp 9 knows of files
//!     copies-9       which reports are copies of which in that commit
//! ```
//!
//! Knows paths and small files only, nothing of Tantivy.

use super::{IndexError, Result};
use serde::{Deserialize, Serialize};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Name of the folder that an index is looked for in, upward from where the user stands.
pub const FOLDER: &str = "index";
const MARKER: &str = "xunwen-index";
const MARKER_TEXT: &str = "xunwen index: made by `xunwen ingest`, can be deleted and made again\n";
const CURRENT: &str = "current";
/// The file of the lock of whoever writes.
pub const WRITER: &str = "writer";
/// The files that make a folder an index, beside the folder in use.
pub const OWN_FILES: [&str; 2] = [MARKER, CURRENT];
const VERSIONS: &str = "versions.json";

/// Version of the layout, the schema and the stored form of reports. Raise it whenever one of them changes.
pub const FORMAT: u32 = 6;

/// Which program may read an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions {
    /// See [`FORMAT`].
    pub format: u32,
    /// How text became terms: folding, segmenting and the dictionary, tokenizers. See `tokens::analyser`.
    pub analyser: String,
}

impl Versions {
    /// Returns what this program writes and reads.
    #[must_use]
    pub fn ours() -> Self {
        Self { format: FORMAT, analyser: super::tokens::analyser() }
    }
}

/// The folder of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    home: PathBuf,
}

impl Layout {
    /// Names a folder as an index, whether or not it is one yet.
    #[must_use]
    pub fn at(home: impl Into<PathBuf>) -> Self {
        Self { home: home.into() }
    }

    /// Returns the nearest index at or above a folder: `FOLDER` with our marker in it.
    #[must_use]
    pub fn nearest(from: &Path) -> Option<Self> {
        from.ancestors().map(|folder| Self::at(folder.join(FOLDER))).find(Self::has_marker)
    }

    /// Returns the folder.
    #[must_use]
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// Returns whether the folder bears our marker.
    #[must_use]
    pub fn has_marker(&self) -> bool {
        self.home.join(MARKER).is_file()
    }

    /// Returns the folder in use, checked to be one that this program reads.
    ///
    /// # Errors
    /// When there is no index, or it was written by another version.
    pub fn current(&self) -> Result<PathBuf> {
        let (folder, found) = self.pointed()?;
        if found == Versions::ours() {
            Ok(folder)
        } else {
            Err(IndexError::OtherVersion { home: self.home.clone(), found, ours: Versions::ours() })
        }
    }

    /// Returns the folder in use and what wrote it, whichever version that is.
    ///
    /// # Errors
    /// When there is no index, or it cannot be told what it is.
    pub fn pointed(&self) -> Result<(PathBuf, Versions)> {
        if !self.has_marker() {
            return Err(IndexError::Missing { home: self.home.clone() });
        }
        let name = fs::read_to_string(self.home.join(CURRENT)).map_err(|e| match e.kind() {
            io::ErrorKind::NotFound => IndexError::Missing { home: self.home.clone() },
            _ => self.damaged(format!("{CURRENT}: {e}")),
        })?;
        let name = name.trim_end();
        if number_of(name).is_none() {
            return Err(self.damaged(format!("{CURRENT} 的内容不是 v-<数字>")));
        }
        let folder = self.home.join(name);
        let wrong = |e: &dyn std::fmt::Display| self.damaged(format!("{name}/{VERSIONS}: {e}"));
        let text = fs::read_to_string(folder.join(VERSIONS)).map_err(|e| wrong(&e))?;
        let found = serde_json::from_str(&text).map_err(|e| wrong(&e))?;
        Ok((folder, found))
    }

    /// Makes an empty folder of this program's version beside the one in use, which goes on serving until
    /// [`Layout::switch`].
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn fresh(&self) -> Result<PathBuf> {
        let numbers = |entries: fs::ReadDir| {
            entries.flatten().filter_map(|entry| number_of(&entry.file_name().to_string_lossy())).max()
        };
        let last = fs::read_dir(&self.home).ok().and_then(numbers).unwrap_or(0);
        let folder = self.home.join(format!("v-{}", last + 1));
        fs::create_dir_all(&folder).map_err(|source| IndexError::Write { path: folder.clone(), source })?;
        let path = folder.join(VERSIONS);
        let versions = serde_json::to_string(&Versions::ours()).unwrap_or_default() + "\n";
        write_whole(&path, versions.as_bytes()).map_err(|source| IndexError::Write { path, source })?;
        Ok(folder)
    }

    /// Puts a folder made by [`Layout::fresh`] in use, at once and for good.
    ///
    /// # Errors
    /// When the pointer cannot be written; the folder in use is then what it was.
    pub fn switch(&self, folder: &Path) -> Result<()> {
        let path = self.home.join(CURRENT);
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        write_whole(&path, format!("{name}\n").as_bytes()).map_err(|source| IndexError::Write { path, source })
    }

    /// Removes the folders that are not in use: what a rebuild put aside, or left half done. One that cannot be
    /// removed, since somebody still reads it, is left for the next time.
    pub fn sweep(&self) {
        let Ok((in_use, _)) = self.pointed() else { return };
        for entry in fs::read_dir(&self.home).into_iter().flatten().flatten() {
            if number_of(&entry.file_name().to_string_lossy()).is_some() && entry.path() != in_use {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }

    fn damaged(&self, what: String) -> IndexError {
        IndexError::Damaged { home: self.home.clone(), what }
    }

    /// Makes the folder, if it is not there, and sees that it is free for an index. The index itself is made by
    /// [`Layout::create`], by one process at a time.
    ///
    /// # Errors
    /// When something else stands in the way, or the folder cannot be written.
    pub fn claim(&self) -> Result<()> {
        if self.has_marker() {
            return Ok(());
        }
        self.ensure_free()?;
        fs::create_dir_all(&self.home).map_err(|source| IndexError::Write { path: self.home.clone(), source })
    }

    /// Makes the folder an index if it is none yet: marker, first version folder, `current`. Leaves what is there.
    ///
    /// # Errors
    /// When something else stands in the way, or the folder cannot be written.
    pub fn create(&self) -> Result<PathBuf> {
        if self.has_marker() && self.home.join(CURRENT).exists() {
            return self.current();
        }
        self.ensure_free()?;
        let folder = self.fresh()?;
        let marker = self.home.join(MARKER);
        self.switch(&folder)?;
        write_whole(&marker, MARKER_TEXT.as_bytes()).map_err(|source| IndexError::Write { path: marker, source })?;
        Ok(folder)
    }

    /// Refuses to make an index in a folder that holds other things (a README apart).
    fn ensure_free(&self) -> Result<()> {
        let Ok(entries) = fs::read_dir(&self.home) else { return Ok(()) };
        let ours = |name: &str| {
            name.starts_with("README") || name.starts_with('.') || name.starts_with("v-") || is_half_written(name)
        };
        let foreign = entries
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .filter(|name| !ours(name) && ![CURRENT, MARKER, WRITER].contains(&name.as_str()))
            .min();
        match foreign {
            None => Ok(()),
            Some(name) => Err(IndexError::Foreign { home: self.home.clone(), name }),
        }
    }
}

/// Returns the number of a folder named `v-<number>`.
fn number_of(name: &str) -> Option<u64> {
    let digits = name.strip_prefix("v-")?;
    if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse().ok() } else { None }
}

/// The extension of a file that is being written.
const HALF: &str = "part";

/// Returns whether a file is what [`write_whole`] leaves when it is cut off; the next one takes its place.
#[must_use]
pub fn is_half_written(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == HALF)
}

/// Writes a file so that it is there whole or not at all: beside it, synced, then renamed over it.
///
/// # Errors
/// When the folder cannot be written.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension(HALF);
    let mut file = fs::File::create(&beside)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&beside, path)).inspect_err(
        |_| {
            // The half-written file is of no use to anybody; that it cannot be removed either changes nothing.
            let _ = fs::remove_file(&beside);
        },
    )?;
    if let Some(folder) = path.parent() {
        // Makes the rename itself durable. Not every file system can sync a folder.
        let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_is_found_upward_by_its_marker() {
        let dir = tempfile::tempdir().unwrap();
        let deep = dir.path().join("a/b/c");
        fs::create_dir_all(&deep).unwrap();
        fs::create_dir(dir.path().join("a/index")).unwrap(); // without a marker: not ours
        Layout::at(dir.path().join("index")).create().unwrap();
        assert_eq!(Layout::nearest(&deep), Some(Layout::at(dir.path().join("index"))));
    }

    #[test]
    fn creating_twice_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let layout = Layout::at(dir.path().join("index"));
        assert_eq!(layout.create().unwrap(), layout.create().unwrap());
        assert_eq!(layout.current().unwrap(), dir.path().join("index/v-1"));
    }

    #[test]
    fn a_folder_with_other_things_in_it_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("thesis.doc"), "x").unwrap();
        assert!(
            matches!(Layout::at(dir.path()).create(), Err(IndexError::Foreign { name, .. }) if name == "thesis.doc")
        );
        assert!(!Layout::at(dir.path()).has_marker());
    }

    #[test]
    fn an_index_of_another_version_is_named_as_such() {
        let dir = tempfile::tempdir().unwrap();
        let layout = Layout::at(dir.path().join("index"));
        let folder = layout.create().unwrap();
        fs::write(folder.join(VERSIONS), r#"{"format":999,"analyser":"x"}"#).unwrap();
        assert!(matches!(layout.current(), Err(IndexError::OtherVersion { found, .. }) if found.format == 999));
    }

    #[test]
    fn a_rebuild_switches_to_its_folder_and_the_old_one_goes() {
        let dir = tempfile::tempdir().unwrap();
        let layout = Layout::at(dir.path().join("index"));
        let old = layout.create().unwrap();
        let fresh = layout.fresh().unwrap();
        assert_eq!(layout.current().unwrap(), old);
        layout.switch(&fresh).unwrap();
        layout.sweep();
        assert_eq!(layout.current().unwrap(), fresh);
        assert!(!old.exists() && fresh.exists());
    }

    #[test]
    fn a_damaged_pointer_never_leads_outside() {
        let dir = tempfile::tempdir().unwrap();
        let layout = Layout::at(dir.path().join("index"));
        layout.create().unwrap();
        for text in ["../v-1", "v-", "v-1/../..", ""] {
            fs::write(dir.path().join("index/current"), text).unwrap();
            assert!(matches!(layout.current(), Err(IndexError::Damaged { .. })), "{text}");
        }
    }
}
