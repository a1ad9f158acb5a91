//! Which files to read: a folder's, in order of their names, without the hidden ones and without what only describes
//! a folder.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use walkdir::WalkDir;

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

/// Walks a file or a folder. A file named by itself is taken whatever it is called. Links are followed, loops reported.
#[must_use]
pub fn walk(path: &Path) -> Walk {
    let mut walk = Walk::default();
    let visible =
        |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".");
    for entry in WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter().filter_entry(visible) {
        let looked_at = entry.map_err(|e| (e.path().unwrap_or(path).to_owned(), reason(&e))).and_then(|entry| {
            let metadata = entry.metadata().map_err(|e| (entry.path().to_owned(), reason(&e)))?;
            Ok((entry, metadata))
        });
        match looked_at {
            Err(failure) => walk.failures.push(failure),
            Ok((_, metadata)) if metadata.is_dir() => {}
            Ok((entry, _)) if entry.depth() > 0 && describes_a_folder(entry.path()) => walk.skipped += 1,
            Ok((entry, metadata)) if metadata.is_file() => {
                let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
                let modified = since.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or(0);
                walk.files.push(Entry { path: entry.into_path(), size: metadata.len(), modified });
            }
            Ok((entry, _)) => walk.failures.push((entry.into_path(), "不是普通文件".to_owned())),
        }
    }
    walk
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

fn reason(error: &walkdir::Error) -> String {
    if error.loop_ancestor().is_some() {
        return "链接成环".to_owned();
    }
    match error.io_error().map(std::io::Error::kind) {
        Some(std::io::ErrorKind::NotFound) => "没有这个文件或文件夹".to_owned(),
        Some(std::io::ErrorKind::PermissionDenied) => "没有读取权限".to_owned(),
        _ => error.io_error().map_or_else(|| error.to_string(), ToString::to_string),
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
