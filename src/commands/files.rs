//! `files`: what the index holds of files.

use super::locate;
use crate::cli::FilesArgs;
use crate::config::Surroundings;
use crate::exit::{Exit, Outcome};
use crate::index::ledger::file_name;
use crate::render::table::{self, Cell};
use crate::ui::Ui;
use std::io::Write as _;

pub fn run(args: &FilesArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let ledger = locate::open(&args.index, around)?.ledger()?;
    let style = ui.style();
    let files = ledger.files().map(|(root, path, record)| (record.reports, record.size, file_name(root, path)));
    if style.columns.is_some() && !ledger.is_empty() {
        let number = |n: &dyn ToString| Cell::Number(n.to_string());
        let rows = files.map(|(reports, size, name)| vec![number(&reports), number(&size), Cell::Long(name)]);
        table::write(ui.out(), &["报道", "字节", "文件"].map(str::to_owned), &rows.collect::<Vec<_>>(), style)?;
    } else {
        for (reports, size, name) in files {
            writeln!(ui.out(), "{reports}\t{size}\t{}", style.safe(&name))?;
        }
    }
    ui.status(&format!("文件 {} 个，报道 {} 篇", ledger.len(), ledger.reports()));
    Ok(if ledger.is_empty() { Exit::NothingFound } else { Exit::Done })
}
