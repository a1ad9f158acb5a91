//! `forget`: files leave the index with all their reports; on disk nothing changes.

use super::locate;
use crate::cli::ForgetArgs;
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::index::ledger::path_text;
use crate::index::{Session, SessionOptions};
use crate::ui::Ui;

/// Deleting needs hardly any memory; this is the least that the engine takes.
const MEMORY: usize = 16 << 20;

pub fn run(args: &ForgetArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let layout = locate::existing(&args.index, around)?;
    layout.current()?; // an index that is not there must not be made
    let options = SessionOptions { threads: 1, memory: MEMORY, holder: around.holder("forget"), wait: args.wait.wait };
    let mut session = Session::open(layout, &options)?;
    let home = session.layout().home().canonicalize().unwrap_or_else(|_| session.layout().home().to_owned());
    let (mut files, mut reports) = (0, 0);
    for path in &args.paths {
        let below = session.ledger().root_of(&locate::absolute(path, around), &home);
        let (root, below) = below.map(|(root, below)| (root, path_text(&below))).unwrap_or_default();
        let wanted = |known: &str| known == below || below.is_empty() || known.starts_with(&format!("{below}/"));
        let held = session.ledger().files().filter(|(known_root, known, _)| *known_root == root && wanted(known));
        let held: Vec<_> = held.map(|(root, path, _)| (root.to_owned(), path.to_owned())).collect();
        if held.is_empty() {
            return Err(Failure::new(Exit::Usage, format!("索引里没有这个文件或文件夹：{}", path.display()))
                .with_hint("xunwen files 列出索引里的文件；没有去掉任何东西"));
        }
        for (root, path) in held {
            if let Some(record) = session.forget(&root, &path) {
                files += 1;
                reports += record.reports;
            }
        }
    }
    session.commit()?;
    session.finish()?;
    ui.status(&format!("去掉文件 {files} 个，报道 {reports} 篇"));
    Ok(Exit::Done)
}
