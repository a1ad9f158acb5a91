//! Which index a command means.

use crate::cli::IndexArgs;
use crate::config::Surroundings;
use crate::exit::Outcome;
use crate::index::{IndexError, Layout, Snapshot};
use std::path::{Path, PathBuf};

/// The folder of reports that is read where no path is named.
pub const CORPUS: &str = "corpus";

/// Returns the index that is asked: by option, by environment, the nearest upward, the one in the data folder.
///
/// # Errors
/// When there is none.
pub fn existing(args: &IndexArgs, around: &Surroundings) -> Outcome<Layout> {
    let home = around.folder.join(crate::index::layout::FOLDER);
    Ok(stated(args, around).or_else(|| found(around)).ok_or(IndexError::Missing { home })?)
}

/// Returns the index to write: an existing one, else a new one beside `corpus`, else one in the data folder.
pub fn to_write(args: &IndexArgs, around: &Surroundings) -> Layout {
    let here = || Layout::at(around.folder.join(crate::index::layout::FOLDER));
    let has_corpus = around.folder.join(CORPUS).is_dir();
    stated(args, around)
        .or_else(|| Layout::nearest(&around.folder))
        .or_else(|| if has_corpus { Some(here()) } else { in_data_folder(around) })
        .unwrap_or_else(here)
}

/// Opens the index that is asked, for reading.
///
/// # Errors
/// When there is none, or it cannot be read.
pub fn open(args: &IndexArgs, around: &Surroundings) -> Outcome<Snapshot> {
    Ok(Snapshot::open(existing(args, around)?)?)
}

fn stated(args: &IndexArgs, around: &Surroundings) -> Option<Layout> {
    let stated = args.index.as_ref().or(around.index.as_ref())?;
    Some(Layout::at(absolute(stated, around)))
}

fn found(around: &Surroundings) -> Option<Layout> {
    Layout::nearest(&around.folder).or_else(|| in_data_folder(around).filter(Layout::has_marker))
}

fn in_data_folder(around: &Surroundings) -> Option<Layout> {
    around.data.as_ref().map(|data| Layout::at(data.join(crate::index::layout::FOLDER)))
}

/// Returns a path as absolute and free of links and `..` as far as it exists.
pub fn absolute(path: &Path, around: &Surroundings) -> PathBuf {
    let path = around.folder.join(path);
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => parent.canonicalize().unwrap_or_else(|_| parent.to_owned()).join(name),
        _ => path,
    }
}
