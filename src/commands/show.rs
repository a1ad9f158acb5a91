//! `show`: whole reports.

use super::{last, locate};
use crate::cli::ShowArgs;
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::index::{Lookup, Report, Snapshot, Wanted};
use crate::query::parse;
use crate::render::columns::Row;
use crate::render::template::Template;
use crate::render::{json, report};
use crate::ui::Ui;
use std::io::Write as _;

pub fn run(args: &ShowArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let snapshot = locate::open(&args.index, around)?;
    let (style, links) = (ui.style(), ui.links(snapshot.layout().home()));
    let marked = args.mark.as_ref().map(|text| parse(text, around.now.date())).transpose()?;
    let marked = marked.map(|parsed| Wanted::new(&parsed.query, &[]));
    let template = args.template.as_deref().map(Template::parse).transpose()?;
    for (n, wanted) in args.ids.iter().enumerate() {
        let found = find(wanted, &snapshot, around)?;
        if let Some(template) = &template {
            template.write(ui.out(), Row::of_report(&found), style)?;
            continue;
        }
        if args.json {
            json::write_report(ui.out(), &found)?;
            continue;
        }
        if n > 0 {
            writeln!(ui.out(), "\n{}\n", "─".repeat(style.columns.unwrap_or(40).min(80) / 2))?;
        }
        // In a pipe marks cannot be seen, so that what the last search was changes nothing there.
        let last = if marked.is_none() { last::wanted(found.id, &snapshot, around) } else { None };
        let marks = marked.as_ref().or(last.as_ref());
        if args.context.is_some() && marks.is_none() {
            return Err(Failure::new(Exit::Usage, format!("-C 要有标出的文字，上一次检索没有 {}", found.id))
                .with_hint("用 --mark 写明标出什么，如 --mark 养老"));
        }
        let shown = report::Shown { marks, around: args.context, links: &links };
        report::write(ui.out(), &found, shown, style)?;
        report::write_copies(ui.out(), &snapshot.copies_of(found.id)?, style)?;
    }
    Ok(Exit::Done)
}

/// Returns the report that an id, the beginning of one, or a number of the last search means.
///
/// # Errors
/// When there is none, or several.
pub fn find(wanted: &str, snapshot: &Snapshot, around: &Surroundings) -> Outcome<Report> {
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
