//! The folder of an index as readers see it: nothing in it is ever written.
//!
//! Tantivy's readers take a lock while they look up which files a commit has, so that no writer sweeps them away
//! meanwhile. On a read-only medium, or in somebody else's folder, that lock cannot be made. There is then no lock: at
//! worst a file is gone when it is opened, and the search says that the index cannot be read.

use std::io;
use std::path::Path;
use std::sync::Arc;
use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr};

/// A folder that is only read.
#[derive(Debug, Clone)]
pub struct ReadingDirectory(MmapDirectory);

impl ReadingDirectory {
    /// Opens a folder.
    ///
    /// # Errors
    /// When it is none.
    pub fn open(folder: &Path) -> tantivy::Result<Self> {
        Ok(Self(MmapDirectory::open(folder)?))
    }
}

fn only_read() -> io::Error {
    io::Error::new(io::ErrorKind::Unsupported, "only read")
}

impl Directory for ReadingDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(only_read()), filepath: path.to_owned() })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::IoError { io_error: Arc::new(only_read()), filepath: path.to_owned() })
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.0.atomic_read(path)
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(only_read())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.0.acquire_lock(lock) {
            Err(LockError::IoError(error)) if may_not_write(&error) => Ok(DirectoryLock::from(Box::new(()))),
            taken => taken,
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.0.watch(callback)
    }
}

fn may_not_write(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_can_be_written_or_removed_through_it() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("x"), "x").unwrap();
        let reading = ReadingDirectory::open(dir.path()).unwrap();
        assert!(reading.open_write(Path::new("y")).is_err());
        assert!(reading.atomic_write(Path::new("x"), b"y").is_err());
        assert!(reading.delete(Path::new("x")).is_err());
        assert_eq!(reading.atomic_read(Path::new("x")).unwrap(), b"x");
    }

    #[test]
    fn a_refused_lock_is_no_obstacle_to_reading() {
        for kind in [io::ErrorKind::PermissionDenied, io::ErrorKind::ReadOnlyFilesystem] {
            assert!(may_not_write(&io::Error::from(kind)));
        }
        assert!(!may_not_write(&io::Error::from(io::ErrorKind::StorageFull)));
    }
}
