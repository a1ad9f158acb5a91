//! `files`: what the index holds of files.

use super::locate;
use crate::cli::FilesArgs;
use crate::config::Surroundings;
use crate::exit::{Exit, Outcome};
use crate::index::ledger::file_name;
use crate::ui::Ui;
use std::io::Write as _;

pub fn run(args: &FilesArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let ledger = locate::open(&args.index, around)?.ledger()?;
    let style = ui.style();
    for (root, path, record) in ledger.files() {
        writeln!(ui.out(), "{}\t{}\t{}", record.reports, record.size, style.safe(&file_name(root, path)))?;
    }
    ui.status(&format!("文件 {} 个，报道 {} 篇", ledger.len(), ledger.reports()));
    Ok(if ledger.is_empty() { Exit::NothingFound } else { Exit::Done })
}
