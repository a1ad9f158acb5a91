//! Who writes an index: one process at a time, from its first look at the ledger to its last commit.
//!
//! The lock is the operating system's, on a file beside the marker, so it ends with the process that holds it, however
//! that ends. What the file says is for people only. It covers the whole index, so that nobody writes to the folder
//! that a rebuild is about to put aside. Reading never asks for it.

use super::layout::WRITER;
use super::{IndexError, Result};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;
use std::thread;
use std::time::Duration;

/// How often a waiting process looks whether it is its turn.
const LOOK: Duration = Duration::from_millis(200);
/// More than anybody writes there.
const LONGEST_HOLDER: u64 = 512;

/// The right to write, for as long as it lives.
#[derive(Debug)]
pub struct WriterLock {
    // Closing the file gives the right back.
    _file: File,
}

impl WriterLock {
    /// Takes the right to write to the index in a folder that exists; `holder` is what others are told meanwhile.
    ///
    /// # Errors
    /// [`IndexError::Locked`] when another process has it and this one does not `wait`; or the folder cannot be
    /// written.
    pub fn take(home: &Path, holder: &str, wait: bool) -> Result<Self> {
        let path = home.join(WRITER);
        let could_not = |source| IndexError::Write { path: path.clone(), source };
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(could_not)?;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if wait => thread::sleep(LOOK),
                Err(TryLockError::WouldBlock) => {
                    return Err(IndexError::Locked { home: home.to_owned(), holder: named(&mut file) });
                }
                Err(TryLockError::Error(source)) => return Err(could_not(source)),
            }
        }
        let said = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "{holder}"));
        said.map_err(could_not)?;
        Ok(Self { _file: file })
    }
}

/// Returns what the holder says of itself; empty where it has not said it yet.
fn named(file: &mut File) -> String {
    let mut said = Vec::new();
    // Whoever holds the lock may be just writing: what cannot be read is not said.
    let _ = file.take(LONGEST_HOLDER).read_to_end(&mut said);
    String::from_utf8_lossy(&said).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_writer_is_told_who_the_first_is_and_comes_in_after_it() {
        let dir = tempfile::tempdir().unwrap();
        let first = WriterLock::take(dir.path(), "ingest，进程 1", false).unwrap();
        match WriterLock::take(dir.path(), "forget，进程 2", false) {
            Err(IndexError::Locked { holder, .. }) => assert_eq!(holder, "ingest，进程 1"),
            other => panic!("{other:?}"),
        }
        drop(first);
        WriterLock::take(dir.path(), "forget，进程 2", true).unwrap();
    }

    #[test]
    fn what_a_dead_process_left_behind_locks_nothing() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(WRITER), "ingest，进程 1\n").unwrap();
        WriterLock::take(dir.path(), "ingest，进程 2", false).unwrap();
    }
}
