//! Which index a command means.

use crate::cli::IndexArgs;
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::index::{IndexError, Layout, Snapshot};
use crate::text::nearest::nearest;
use std::path::{Path, PathBuf};

/// The folder of reports that is read where no path is named.
pub const CORPUS: &str = "corpus";

/// Returns the index that is asked: by option, by environment, the nearest upward, the one in the data folder.
///
/// # Errors
/// When there is none.
pub fn existing(args: &IndexArgs, around: &Surroundings) -> Outcome<Layout> {
    let home = around.folder.join(crate::index::layout::FOLDER);
    Ok(stated(args, around)?.or_else(|| found(around)).ok_or(IndexError::Missing { home })?)
}

/// Returns the index to write: that beside `corpus` where there is one, made where it is missing; else the nearest upward,
/// else one in the data folder.
///
/// # Errors
/// When a name is given that no index has.
pub fn to_write(args: &IndexArgs, around: &Surroundings) -> Outcome<Layout> {
    let here = || Layout::at(around.folder.join(crate::index::layout::FOLDER));
    let beside_corpus = || around.folder.join(CORPUS).is_dir().then(here);
    Ok(stated(args, around)?
        .or_else(beside_corpus)
        .or_else(|| Layout::nearest(&around.folder))
        .or_else(|| in_data_folder(around))
        .unwrap_or_else(here))
}

/// Opens the index that is asked, for reading.
///
/// # Errors
/// When there is none, or it cannot be read.
pub fn open(args: &IndexArgs, around: &Surroundings) -> Outcome<Snapshot> {
    Ok(Snapshot::open(existing(args, around)?)?.on_threads(around.processors))
}

/// Returns the index that is stated, by its folder or by `@` and its name.
fn stated(args: &IndexArgs, around: &Surroundings) -> Outcome<Option<Layout>> {
    let Some(stated) = args.index.as_ref().or(around.index.as_ref()) else { return Ok(None) };
    let Some(name) = stated.to_str().and_then(|text| text.strip_prefix('@')) else {
        return Ok(Some(Layout::at(absolute(stated, around))));
    };
    if let Some(folder) = around.indexes.get(name) {
        return Ok(Some(Layout::at(absolute(folder, around))));
    }
    let known = around.indexes.keys().map(String::as_str);
    let hint = match nearest(name, known.clone()) {
        Some(meant) => format!("是不是 @{meant}？"),
        None if around.indexes.is_empty() => "名字写在设置文件的 [indexes] 里，见 xunwen config example".to_owned(),
        None => format!("有 {}；叫这个名字的文件夹写成 ./@{name}", known.collect::<Vec<_>>().join("、")),
    };
    Err(Failure::new(Exit::Usage, format!("没有叫这个名字的索引：@{name}")).with_hint(hint))
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
