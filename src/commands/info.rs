//! `info`: what the index holds.

use super::locate;
use crate::cli::{Build, InfoArgs};
use crate::config::Surroundings;
use crate::exit::{Exit, Outcome};
use crate::index::layout::Versions;
use crate::render::info::Info;
use crate::ui::Ui;

pub fn run(args: &InfoArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let snapshot = locate::open(&args.index, around)?;
    let inventory = snapshot.inventory()?;
    let info = Info {
        home: snapshot.layout().home(),
        inventory: &inventory,
        versions: &Versions::ours(), // another is never opened
        program: Build::THIS.version,
        build: Build::THIS.commit,
        committed: inventory.committed.map(Surroundings::times),
        every_paper: args.all,
    };
    let style = ui.style();
    if args.json {
        info.write_json(ui.out())?
    } else {
        info.write(ui.out(), style)?
    }
    Ok(Exit::Done)
}
