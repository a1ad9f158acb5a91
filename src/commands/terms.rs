//! `terms`: the words that set the reports that match apart from the rest.

use super::ask::{Asked, asked};
use super::locate;
use crate::cli::TermsArgs;
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::render::terms;
use crate::ui::Ui;

pub fn run(args: &TermsArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let Asked { query, notices, .. } = asked(&args.ask, &args.filters, around)?;
    if query.is_empty() {
        return Err(Failure::new(Exit::Usage, "没有检索词，也没有条件")
            .with_hint("要说明拿哪些报道与其余的相比，例如 xunwen terms 养老服务，或 xunwen terms --date 2026-02"));
    }
    notices.iter().for_each(|notice| ui.hint(notice));
    let found = locate::open(&args.ask.index, around)?.distinctive(&query, args.number)?;
    let canonical = query.to_string();
    let style = ui.style();
    if args.form.json {
        terms::write_json(ui.out(), &found, (&args.ask.words.join(" "), &canonical))?;
    } else if args.form.jsonl {
        terms::write_jsonl(ui.out(), &found)?;
    } else if args.form.csv {
        terms::write_csv(ui.out(), &found, args.form.bom)?;
    } else if found.total > 0 {
        terms::write(ui.out(), &found, style)?;
    }
    if found.total == 0 {
        ui.status("没有找到");
    } else if args.form.jsonl || args.form.csv {
        ui.status(&terms::summary(&found));
    }
    Ok(if found.total > 0 { Exit::Done } else { Exit::NothingFound })
}
