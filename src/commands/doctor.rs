//! `doctor`: is the index whole, and does it find exactly what is there.

mod lacks;

use super::locate;
use crate::cli::DoctorArgs;
use crate::config::Surroundings;
use crate::exit::{Exit, Outcome};
use crate::index::{self, Report, Snapshot};
use crate::text::fold;
use crate::ui::Ui;
use lacks::Lacks;
use std::io::Write as _;

const MEND: &str =
    "xunwen rebuild 从索引里存的报道重建；如果也不行，删去索引文件夹里除 README.md 以外的内容，再运行 xunwen ingest";

pub fn run(args: &DoctorArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    if args.fold_table {
        for (from, to) in fold::table() {
            // What is dropped (white space, control and zero-width characters) has no `to`; a table of lines and tabs
            // is no place for it.
            if let Some(to) = to {
                writeln!(ui.out(), "{from}\t{to}")?;
            }
        }
        return Ok(Exit::Done);
    }
    let layout = locate::existing(&args.index, around)?;
    let style = ui.style();
    let changed = index::changed_files(&layout)?;
    for fault in &changed {
        writeln!(ui.out(), "问题：{}", style.safe(fault))?;
    }
    if !changed.is_empty() {
        // What is read from changed files says nothing of the reports.
        ui.hint(MEND);
        return Ok(Exit::NothingFound);
    }
    let mut lacks = Lacks::new(args.all);
    let mut look_at = |report: &Report| lacks.look_at(report);
    let found = Snapshot::open(layout)?.examine(args.samples, args.hard, args.seed, &mut look_at)?;
    writeln!(ui.out(), "索引的文件与写入时一样")?;
    writeln!(ui.out(), "报道 {} 篇：{}", found.reports, lacks.summary())?;
    lacks.write(ui.out(), style)?;
    writeln!(ui.out(), "随机抽取 {} 段文字（-F 和引号里各一遍），逐一与全部报道比对", found.drawn)?;
    for fault in &found.faults {
        writeln!(ui.out(), "问题：{}", style.safe(fault))?;
    }
    if found.faults.is_empty() {
        writeln!(ui.out(), "没有发现问题")?;
        return Ok(Exit::Done);
    }
    ui.hint(MEND);
    Ok(Exit::NothingFound)
}
