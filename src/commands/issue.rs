//! `issue`: the reports of a day, by paper and page.

use super::ask::{Asked, asked, date_range};
use super::locate;
use crate::cli::{AskArgs, FilterArgs, IssueArgs};
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::render::columns::Row;
use crate::render::issue;
use crate::render::template::Template;
use crate::ui::Ui;
use std::io::Write as _;

pub fn run(args: &IssueArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let ask = AskArgs { index: args.index.clone(), now: args.now.clone(), ..AskArgs::default() };
    let filters = FilterArgs { paper: args.paper.clone(), page: args.page.clone(), ..FilterArgs::default() };
    let Asked { query, now, .. } = asked(&ask, &filters, around)?;
    let today = now.unwrap_or_else(|| around.now.date());
    let day = args.day.as_deref().map(|day| date_range("DATE", day, today)).transpose()?;
    let day = match day.map(|range| (range.from, range.to)) {
        None => None,
        Some((Some(from), Some(to))) if from == to => Some(from),
        Some(_) => {
            return Err(Failure::new(Exit::Usage, format!("{} 不是一天", args.day.as_deref().unwrap_or_default()))
                .with_hint("写一天，如 2026-02-27、昨天；一段时间请用 xunwen search --date"));
        }
    };
    let template = args.template.as_deref().map(Template::parse).transpose()?;
    let snapshot = locate::open(&args.index, around)?;
    let Some((day, held)) = snapshot.day(day, &query)? else {
        ui.status("没有找到：没有一篇知道日期的报道");
        return Ok(Exit::NothingFound);
    };
    let (style, is_empty) = (ui.style(), held.reports.is_empty());
    let links = ui.links(snapshot.layout().home());
    if args.json {
        issue::write_json(ui.out(), day, &held)?;
    } else if args.ids {
        held.reports.iter().try_for_each(|report| writeln!(ui.out(), "{}", report.id))?;
    } else if let Some(template) = &template {
        held.reports.iter().try_for_each(|report| template.write(ui.out(), Row::of_report(report), style))?;
    } else if args.csv {
        issue::write_csv(ui.out(), day, &held, args.bom)?;
    } else if !is_empty {
        issue::write(ui.out(), day, &held, &links, style)?;
    }
    if is_empty {
        ui.status(&format!("{day} 没有找到报道；{}", issue::beside(&held)));
    } else if args.csv || args.ids || template.is_some() {
        ui.status(&format!("{}；{}", issue::summary(day, &held), issue::beside(&held)));
    }
    Ok(if is_empty { Exit::NothingFound } else { Exit::Done })
}
