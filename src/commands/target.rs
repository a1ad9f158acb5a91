//! Files that a user asks to be written: never over what is there already, unless that is wished.

use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

/// A file to be written.
pub struct Target {
    path: PathBuf,
    force: bool,
}

impl Target {
    /// Names a file; that it is not there yet is looked after at once, before any work is done.
    ///
    /// # Errors
    /// When it is there already and may not be replaced.
    pub fn new(path: &Path, force: bool, around: &Surroundings) -> Outcome<Self> {
        let target = Self { path: around.folder.join(path), force };
        if !force && target.path.symlink_metadata().is_ok() {
            return Err(target.there());
        }
        Ok(target)
    }

    /// Returns where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes it whole.
    ///
    /// # Errors
    /// When it has come to be there, or cannot be written.
    pub fn write(&self, bytes: &[u8]) -> Outcome<()> {
        let mut out = self.begin()?;
        out.write_all(bytes).and_then(|()| out.flush()).map_err(|e| self.failed(&e.to_string()))
    }

    /// Begins to write it.
    ///
    /// # Errors
    /// When it has come to be there, or cannot be written.
    pub fn begin(&self) -> Outcome<BufWriter<File>> {
        if self.force {
            // What stands there is replaced and never written through: it may be a link to something else.
            match fs::remove_file(&self.path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(self.failed(&error.to_string())),
                _ => {}
            }
        }
        match File::create_new(&self.path) {
            Ok(file) => Ok(BufWriter::new(file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(self.there()),
            Err(error) => Err(self.failed(&error.to_string())),
        }
    }

    /// Returns the failure that it cannot be written.
    pub fn failed(&self, why: &str) -> Failure {
        Failure::new(Exit::Usage, format!("不能写入 {}：{why}", self.path.display())).with_hint("换一个能写的地方")
    }

    fn there(&self) -> Failure {
        Failure::new(Exit::Usage, format!("已经有 {} 了", self.path.display()))
            .with_hint("换一个名字，或加 --force 覆盖它")
    }
}
