//! `kwic`: every place of a word on a line, by date.

use super::ask::{Asked, asked};
use super::locate;
use crate::cli::KwicArgs;
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::render::kwic;
use crate::ui::Ui;

pub fn run(args: &KwicArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let Asked { query, notices, .. } = asked(&args.ask, &args.filters, around)?;
    if !query.has_text() {
        return Err(Failure::new(Exit::Usage, "没有检索词").with_hint("例如 xunwen kwic 养老服务"));
    }
    notices.iter().for_each(|notice| ui.hint(notice));
    let most = if args.all { usize::MAX } else { args.number };
    let found = locate::open(&args.ask.index, around)?.concordance(&query, most, args.newest)?;
    let (style, canonical) = (ui.style(), query.to_string());
    if args.form.json {
        kwic::write_json(ui.out(), &found, args.context, (&args.ask.words.join(" "), &canonical))?;
    } else if args.form.jsonl {
        kwic::write_jsonl(ui.out(), &found, args.context)?;
    } else if args.form.csv {
        kwic::write_csv(ui.out(), &found, args.context, args.form.bom)?;
    } else if found.total > 0 {
        kwic::write(ui.out(), &found, args.context, style)?;
    }
    if found.total == 0 {
        ui.status("没有找到");
    } else if args.form.jsonl || args.form.csv {
        ui.status(&kwic::summary(&found));
    }
    Ok(if found.total > 0 { Exit::Done } else { Exit::NothingFound })
}
