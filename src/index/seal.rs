//! The seal of a finished run: the size and hash of every file of the index, so that a change of any byte is found.
//!
//! Tantivy keeps a checksum of what it wrote in most files, but not of all of them and not of the checksums themselves.
//! The seal is written last, when merging has ended; a run that is cut off leaves the seal of the one before it, or
//! none, which is no damage but is said: the next run seals. Searching never opens it.

use super::layout::{self, Layout, write_whole};
use super::ledger::content_hash;
use super::{IndexError, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The file of the seal, in the folder in use.
const FILE: &str = "seal.json";
/// What other processes may touch while nothing changes: locks.
const LOCKS: [&str; 2] = [".tantivy-writer.lock", ".tantivy-meta.lock"];

/// The files of an index as they were when a run ended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Seal {
    /// The operation stamp of the commit.
    opstamp: u64,
    files: BTreeMap<String, Sealed>,
}

/// A file: its size in bytes and its hash, as in `ledger::content_hash`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Sealed {
    size: u64,
    hash: String,
}

/// What stands on disk: the seal and its own hash.
#[derive(Serialize, Deserialize)]
struct Written {
    seal: Seal,
    hash: String,
}

/// Seals the commit with an operation stamp. Files that the seal before knew with the same name and size are not read
/// again: the engine writes each file once, under a name of its own, except for its few small ones.
///
/// # Errors
/// When the folder cannot be read or written.
pub fn seal(layout: &Layout, folder: &Path, opstamp: u64) -> Result<()> {
    let path = folder.join(FILE);
    let could_not = |source| IndexError::Write { path: path.clone(), source };
    let before = read(folder).unwrap_or_default();
    let mut files = BTreeMap::new();
    for (name, file) in listed(layout, folder).map_err(could_not)? {
        let size = fs::metadata(&file).map_err(could_not)?.len();
        let known = before.files.get(&name).filter(|known| known.size == size && written_once(&name));
        let sealed = match known {
            Some(known) => known.clone(),
            None => Sealed { size, hash: hash_of(&file).map_err(could_not)? },
        };
        files.insert(name, sealed);
    }
    let seal = Seal { opstamp, files };
    let hash = content_hash(&serde_json::to_vec(&seal).unwrap_or_default());
    let text = serde_json::to_string(&Written { seal, hash }).unwrap_or_default() + "\n";
    write_whole(&path, text.as_bytes()).map_err(could_not)
}

/// Returns whether a run was sealed at the commit with an operation stamp.
#[must_use]
pub fn is_sealed(folder: &Path, opstamp: u64) -> bool {
    read(folder).is_ok_and(|seal| seal.opstamp == opstamp)
}

/// Compares every file of an index with its seal, which should be of the commit with an operation stamp, where that can
/// be told. Returns a sentence for each file that is not what it was.
#[must_use]
pub fn faults(layout: &Layout, folder: &Path, opstamp: Option<u64>) -> Vec<String> {
    let seal = match read(folder) {
        Ok(seal) => seal,
        Err(why) => return vec![why],
    };
    if opstamp.is_some_and(|opstamp| opstamp != seal.opstamp) {
        return vec!["上一次写入没有正常结束，索引没有封签：再运行一次 ingest 即可".to_owned()];
    }
    let files = match listed(layout, folder) {
        Ok(files) => files,
        Err(error) => return vec![format!("{}：{error}", folder.display())],
    };
    let mut faults = Vec::new();
    for (name, sealed) in &seal.files {
        let Some(file) = files.get(name) else {
            faults.push(format!("缺少文件：{name}"));
            continue;
        };
        match hash_of(file) {
            Err(error) => faults.push(format!("读不了文件：{name}：{error}")),
            Ok(hash) if hash != sealed.hash => faults.push(format!("文件损坏：{name}")),
            Ok(_) => {}
        }
    }
    faults.extend(files.keys().filter(|name| !seal.files.contains_key(*name)).map(|name| format!("多出文件：{name}")));
    faults
}

fn read(folder: &Path) -> std::result::Result<Seal, String> {
    let text = fs::read_to_string(folder.join(FILE)).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => format!("没有封签 {FILE}：再运行一次 ingest 即可"),
        _ => format!("读不了封签 {FILE}：{e}"),
    })?;
    let written: Written = serde_json::from_str(&text).map_err(|e| format!("文件损坏：{FILE}：{e}"))?;
    // Written anew it must be the same to the byte.
    let same = serde_json::to_string(&written).is_ok_and(|again| text == again + "\n");
    if same && content_hash(&serde_json::to_vec(&written.seal).unwrap_or_default()) == written.hash {
        Ok(written.seal)
    } else {
        Err(format!("文件损坏：{FILE}"))
    }
}

/// Returns the files that make up an index, by the names that the seal gives them.
fn listed(layout: &Layout, folder: &Path) -> io::Result<BTreeMap<String, PathBuf>> {
    let mut files = BTreeMap::new();
    for name in layout::OWN_FILES {
        let path = layout.home().join(name);
        if path.exists() {
            files.insert(format!("../{name}"), path);
        }
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name != FILE
            && !layout::is_half_written(&name)
            && !LOCKS.contains(&name.as_str())
            && entry.file_type()?.is_file()
        {
            files.insert(name, entry.path());
        }
    }
    Ok(files)
}

fn written_once(name: &str) -> bool {
    // Tantivy's files of a segment are named by its id, 32 hexadecimal digits.
    name.len() > 32 && name.bytes().take(32).all(|b| b.is_ascii_hexdigit())
}

fn hash_of(path: &Path) -> io::Result<String> {
    let mut hash = xxhash_rust::xxh3::Xxh3::new();
    let mut file = fs::File::open(path)?;
    let mut buffer = vec![0; 1 << 20];
    loop {
        let read = io::Read::read(&mut file, &mut buffer)?;
        if read == 0 {
            return Ok(format!("{:032x}", hash.digest128()));
        }
        hash.update(buffer.get(..read).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed() -> (tempfile::TempDir, Layout, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let layout = Layout::at(dir.path().join("index"));
        let folder = layout.create().unwrap();
        fs::write(folder.join("meta.json"), "{\"a\": 1}").unwrap();
        fs::write(folder.join(format!("{}.idx", "a".repeat(32))), "postings").unwrap();
        seal(&layout, &folder, 7).unwrap();
        (dir, layout, folder)
    }

    #[test]
    fn a_sealed_index_has_no_faults_until_a_file_changes_goes_or_comes() {
        let (_dir, layout, folder) = sealed();
        assert_eq!(faults(&layout, &folder, Some(7)), Vec::<String>::new());
        fs::write(folder.join("meta.json"), "{\"a\": 2}").unwrap();
        assert_eq!(faults(&layout, &folder, Some(7)), ["文件损坏：meta.json"]);
        fs::remove_file(folder.join("meta.json")).unwrap();
        fs::write(folder.join("new"), "").unwrap();
        assert_eq!(faults(&layout, &folder, Some(7)), ["缺少文件：meta.json", "多出文件：new"]);
    }

    #[test]
    fn any_byte_of_any_file_that_flips_is_found_in_the_seal_too() {
        let (dir, layout, folder) = sealed();
        let home = dir.path().join("index");
        let all: Vec<_> = listed(&layout, &folder).unwrap().into_values().chain([folder.join(FILE)]).collect();
        assert!(all.contains(&home.join("current")) && all.len() >= 6);
        for file in all {
            let whole = fs::read(&file).unwrap();
            for at in 0..whole.len() {
                let mut bytes = whole.clone();
                bytes[at] ^= 1;
                fs::write(&file, &bytes).unwrap();
                assert!(!faults(&layout, &folder, Some(7)).is_empty(), "{}: {at}", file.display());
            }
            fs::write(&file, &whole).unwrap();
        }
    }

    #[test]
    fn a_run_that_was_cut_off_is_named_as_such() {
        let (_dir, layout, folder) = sealed();
        assert!(is_sealed(&folder, 7) && !is_sealed(&folder, 8));
        assert!(faults(&layout, &folder, Some(8))[0].contains("没有正常结束"));
    }
}
