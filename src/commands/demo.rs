//! `demo`: the main job on the sample reports, saying at each step what was run.

use super::locate::{self, CORPUS};
use crate::cli::settings::Settings;
use crate::cli::{Cli, DemoArgs, IndexArgs, Typed};
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::index::layout::FOLDER;
use crate::ui::Ui;
use std::io::Write as _;
use std::path::Path;

/// The searches that are shown.
const SEARCHES: &[&[&str]] = &[&["养老服务", "-n", "3"], &["养老服务", "--reporter", "付凯明", "--date", "2026-02"]];

pub fn run(args: &DemoArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    if !around.folder.join(CORPUS).is_dir() {
        return Err(Failure::new(Exit::NothingRead, "这里没有 corpus 文件夹").with_hint("在项目的顶层文件夹里运行"));
    }
    // The samples never go into the index that a user has set for their own reports.
    let own = around.index.as_ref().map(|_| Path::new(FOLDER));
    let stated = args.index.index.as_deref().or(own);
    let index: Vec<String> =
        stated.iter().flat_map(|dir| ["--index".to_owned(), dir.to_string_lossy().into_owned()]).collect();
    let run = |verb: &str, words: &[&str], ui: &mut Ui| {
        let words: Vec<String> = words.iter().map(|&word| word.to_owned()).chain(index.iter().cloned()).collect();
        writeln!(ui.out(), "$ xunwen {verb} {}\n", words.join(" "))?;
        let arguments = ["xunwen".to_owned(), verb.to_owned()].into_iter().chain(words).map(Into::into);
        let Typed::Command(cli) = crate::cli::read(arguments, &Settings::default())? else { return Ok(Exit::Done) };
        let Cli { command, .. } = *cli;
        let exit = super::run(&command, around, ui);
        writeln!(ui.out())?;
        exit
    };
    run("ingest", &[CORPUS], ui)?;
    for words in SEARCHES {
        run("search", words, ui)?;
    }
    let stated = IndexArgs { index: stated.map(Path::to_owned) };
    let home = locate::existing(&stated, around)?;
    ui.hint(&format!(
        "索引在 {}；上面每条命令都可以照样输入（cargo run --release -- 代替 xunwen）",
        home.home().display()
    ));
    Ok(Exit::Done)
}
