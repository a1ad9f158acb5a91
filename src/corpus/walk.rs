//! Which files to read: a folder's, in order of their names, without the hidden ones, without what only describes a
//! folder and without what `.xunwenignore` names.

use ignore::{DirEntry, WalkBuilder, WalkState};
use std::fs::Metadata;
use std::io::ErrorKind;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::UNIX_EPOCH;

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path.
    pub path: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last changed, in nanoseconds since 1970; 0 where the file system does not say.
    pub modified: i64,
}

/// What lies below a path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Walk {
    /// The files, in order of their paths.
    pub files: Vec<Entry>,
    /// What could not be looked at, with the reason.
    pub failures: Vec<(PathBuf, String)>,
    /// How many files were left out because they describe a folder (README, LICENSE).
    pub skipped: usize,
}

/// Names (without extension, in capitals) of files that describe a folder rather than hold reports.
const DESCRIPTIONS: &[&str] = &["README", "LICENSE", "LICENCE", "CHANGELOG"];

/// Names the files that say what is not to be read, one pattern a line as in `.gitignore`.
pub const IGNORE_FILE: &str = ".xunwenignore";

/// Walks a file or a folder. A file named by itself is taken whatever it is called. Links are followed, loops reported.
#[must_use]
pub fn walk(path: &Path) -> Walk {
    let walk = Mutex::new(Walk::default());
    let mut builder = WalkBuilder::new(path);
    builder.standard_filters(false).hidden(true).parents(true).follow_links(true);
    builder.add_custom_ignore_filename(IGNORE_FILE);
    builder.build_parallel().run(|| {
        let mut found = Found { part: Walk::default(), whole: &walk };
        Box::new(move |entry| {
            found.part.add(path, entry);
            WalkState::Continue
        })
    });
    let mut walk = walk.into_inner().unwrap_or_else(PoisonError::into_inner);
    // In the order of folders: what is below `b` comes before `b.txt`.
    walk.files.sort_by_cached_key(|entry| sort_key(&entry.path));
    walk.failures.sort_by_cached_key(|(path, _)| sort_key(path));
    walk
}

fn sort_key(path: &Path) -> Vec<u8> {
    let bytes = path.as_os_str().as_encoded_bytes().iter();
    bytes.map(|&byte| if char::from(byte) == MAIN_SEPARATOR { 0 } else { byte }).collect()
}

/// What one thread has found; joined to the whole when it ends.
struct Found<'w> {
    part: Walk,
    whole: &'w Mutex<Walk>,
}

impl Drop for Found<'_> {
    fn drop(&mut self) {
        let part = std::mem::take(&mut self.part);
        let mut whole = self.whole.lock().unwrap_or_else(PoisonError::into_inner);
        whole.files.extend(part.files);
        whole.failures.extend(part.failures);
        whole.skipped += part.skipped;
    }
}

impl Walk {
    fn add(&mut self, asked: &Path, entry: Result<DirEntry, ignore::Error>) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return self.failures.push(explained(&error, asked)),
        };
        if let Some(error) = entry.error() {
            self.failures.push(explained(error, &entry.path().join(IGNORE_FILE)));
        }
        let kind = entry.file_type();
        if kind.is_some_and(|kind| kind.is_dir()) {
            return;
        }
        if entry.depth() > 0 && describes_a_folder(entry.path()) {
            self.skipped += 1;
            return;
        }
        match entry.metadata() {
            Err(error) => self.failures.push(explained(&error, entry.path())),
            Ok(metadata) if metadata.is_file() => {
                let path = entry.into_path();
                self.files.push(Entry { size: metadata.len(), modified: modified(&metadata), path });
            }
            Ok(_) => self.failures.push((entry.into_path(), "不是普通文件".to_owned())),
        }
    }
}

/// Returns when a file was last changed, as [`Entry::modified`].
#[must_use]
pub fn modified(metadata: &Metadata) -> i64 {
    let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or(0)
}

/// Returns whether a path within an archive is one that a walk passes over: hidden, or a description of its folder.
#[must_use]
pub fn is_passed_over(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.') || part == "__MACOSX") || describes_a_folder(Path::new(path))
}

fn describes_a_folder(path: &Path) -> bool {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().to_uppercase()).unwrap_or_default();
    DESCRIPTIONS.contains(&stem.split('.').next().unwrap_or_default())
}

/// The place and the cause of an error.
fn explained(error: &ignore::Error, near: &Path) -> (PathBuf, String) {
    use ignore::Error;
    let reason = |kind| match kind {
        ErrorKind::NotFound => Some("没有这个文件或文件夹"),
        ErrorKind::PermissionDenied => Some("没有读取权限"),
        _ => None,
    };
    match error {
        Error::WithPath { path, err } => explained(err, path),
        Error::WithDepth { err, .. } => explained(err, near),
        Error::WithLineNumber { line, err } => {
            let (path, what) = explained(err, near);
            (path, format!("第 {line} 行：{what}"))
        }
        Error::Partial(errors) if errors.len() == 1 => explained(errors.first().unwrap_or(error), near),
        Error::Loop { child, .. } => (child.clone(), "链接成环".to_owned()),
        Error::Io(io) => (near.to_owned(), reason(io.kind()).map_or_else(|| io.to_string(), str::to_owned)),
        Error::Glob { glob, err } => {
            (near.to_owned(), format!("不是正确的规则 {}（{err}）", glob.clone().unwrap_or_default()))
        }
        Error::Partial(_) | Error::UnrecognizedFileType(_) | Error::InvalidDefinition => {
            (near.to_owned(), error.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(walk: &Walk) -> Vec<String> {
        walk.files.iter().map(|e| e.path.file_name().unwrap().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn files_come_in_order_without_hidden_ones_and_descriptions() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("b")).unwrap();
        for name in ["c.txt", "b/2.txt", "b/1.txt", ".hidden", "README.md", "README.zh-CN.md", "a.txt"] {
            fs::write(dir.path().join(name), "x").unwrap();
        }
        let walk = walk(dir.path());
        assert_eq!(names(&walk), ["a.txt", "1.txt", "2.txt", "c.txt"]);
        assert_eq!(walk.skipped, 2);
    }

    #[test]
    fn a_file_named_by_itself_is_taken_whatever_its_name() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("README"), "x").unwrap();
        assert_eq!(names(&walk(&dir.path().join("README"))), ["README"]);
    }

    #[test]
    fn what_is_not_there_is_a_failure() {
        let walk = walk(Path::new("/no/such/place"));
        assert_eq!(walk.failures, [(PathBuf::from("/no/such/place"), "没有这个文件或文件夹".to_owned())]);
    }

    #[test]
    fn what_an_ignore_file_names_is_left_out_below_it() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["a.txt", "a.bak", "b/old/1.txt", "b/2.txt", "b/keep.bak"] {
            fs::create_dir_all(dir.path().join(name).parent().unwrap()).unwrap();
            fs::write(dir.path().join(name), "x").unwrap();
        }
        fs::write(dir.path().join(IGNORE_FILE), "# drafts\n*.bak\nold/\n!keep.bak\n").unwrap();
        assert_eq!(names(&walk(dir.path())), ["a.txt", "2.txt", "keep.bak"]);
        assert_eq!(names(&walk(&dir.path().join("b"))), ["2.txt", "keep.bak"], "also from below it");
        assert_eq!(names(&walk(&dir.path().join("a.bak"))), ["a.bak"], "unless named by itself");
        fs::write(dir.path().join(IGNORE_FILE), "*.bak\n[z-a]\n").unwrap();
        let walk = walk(dir.path());
        assert_eq!((walk.files.len(), walk.failures.len()), (3, 1), "a rule that is none is reported");
        assert!(walk.failures[0].0.ends_with(IGNORE_FILE) && walk.failures[0].1.starts_with("第 2 行"), "{walk:?}");
    }

    #[cfg(unix)]
    #[test]
    fn a_loop_of_links_ends() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.txt"), "x").unwrap();
        std::os::unix::fs::symlink(dir.path(), dir.path().join("loop")).unwrap();
        let walk = walk(dir.path());
        assert_eq!(names(&walk), ["a.txt"]);
        assert_eq!(walk.failures.len(), 1);
    }
}
