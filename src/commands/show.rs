//! `show`: whole reports.

use super::{last, locate};
use crate::cli::ShowArgs;
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::index::{Lookup, Report, Snapshot};
use crate::render::{json, report};
use crate::ui::Ui;
use std::io::Write as _;

pub fn run(args: &ShowArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let snapshot = locate::open(&args.index, around)?;
    let style = ui.style();
    for (n, wanted) in args.ids.iter().enumerate() {
        let found = find(wanted, &snapshot, around)?;
        if args.json {
            json::write_report(ui.out(), &found)?;
            continue;
        }
        if n > 0 {
            writeln!(ui.out(), "\n{}\n", "─".repeat(style.columns.unwrap_or(40).min(80) / 2))?;
        }
        report::write(ui.out(), &found, style)?;
        report::write_copies(ui.out(), &snapshot.copies_of(found.id)?, style)?;
    }
    Ok(Exit::Done)
}

fn find(wanted: &str, snapshot: &Snapshot, around: &Surroundings) -> Outcome<Report> {
    let id = match wanted.parse::<u64>() {
        Ok(number) => last::recall(number, snapshot, around)?,
        Err(_) => wanted.to_owned(),
    };
    match snapshot.look_up(&id)? {
        Lookup::One(report) => Ok(*report),
        Lookup::Nothing => Err(Failure::new(Exit::Usage, format!("没有这个编号的报道：{id}"))
            .with_hint("编号在检索结果里，是 12 位字母和数字，也可以只写开头几位")),
        Lookup::Several(ids) => {
            let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
            Err(Failure::new(Exit::Usage, format!("有几篇报道的编号以 {id} 开头"))
                .with_hint(format!("写长一点：{}", ids.join("、"))))
        }
    }
}
