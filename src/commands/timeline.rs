//! `timeline`: how many of the reports that match lie in each day, week, month or year.

use super::ask::{Asked, asked};
use super::locate;
use crate::cli::TimelineArgs;
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::render::timeline::Shown;
use crate::ui::Ui;

pub fn run(args: &TimelineArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let Asked { query, notices, .. } = asked(&args.ask, &args.filters, around)?;
    notices.iter().for_each(|notice| ui.hint(notice));
    let timeline = locate::open(&args.ask.index, around)?.timeline(&query, args.by.unit())?;
    let canonical = query.to_string();
    let shown = Shown { query: (&args.ask.words.join(" "), &canonical), timeline: &timeline, rate: args.rate };
    if let Some(path) = &args.svg {
        std::fs::write(around.folder.join(path), shown.svg()).map_err(|e| {
            Failure::new(Exit::Usage, format!("不能写入 {}：{e}", path.display())).with_hint("换一个能写的地方")
        })?;
    }
    let style = ui.style();
    if args.form.json {
        shown.write_json(ui.out())?;
    } else if args.form.jsonl {
        shown.write_jsonl(ui.out())?;
    } else if args.form.csv {
        shown.write_csv(ui.out(), args.form.bom)?;
    } else if timeline.total > 0 {
        shown.write(ui.out(), style)?;
    }
    if timeline.total == 0 {
        ui.status("没有找到");
    } else if args.form.jsonl || args.form.csv {
        ui.status(&shown.summary());
    }
    if let Some(path) = &args.svg {
        ui.status(&format!("图在 {}", path.display()));
    }
    Ok(if timeline.total > 0 { Exit::Done } else { Exit::NothingFound })
}
