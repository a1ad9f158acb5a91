//! `man`: the manual pages, to a folder or, of the whole program, to standard output.

use crate::cli::{ManArgs, manuals};
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::index::layout::write_whole;
use crate::ui::Ui;
use std::fs;
use std::io::Write as _;

pub fn run(args: &ManArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let pages = manuals()?;
    let Some(folder) = &args.folder else {
        if let Some((_, page)) = pages.first() {
            ui.out().write_all(page)?;
        }
        return Ok(Exit::Done);
    };
    let failed = |path: &std::path::Path, error: std::io::Error| {
        Failure::new(Exit::Usage, format!("不能写入 {}：{error}", path.display())).with_hint("换一个能写的文件夹")
    };
    let folder = around.folder.join(folder);
    fs::create_dir_all(&folder).map_err(|error| failed(&folder, error))?;
    for (name, page) in &pages {
        let path = folder.join(name);
        write_whole(&path, page).map_err(|error| failed(&path, error))?;
    }
    ui.status(&format!("手册页 {} 篇，在 {}", pages.len(), folder.display()));
    Ok(Exit::Done)
}
