//! `coverage`: which days and pages are held of each paper.

use super::ask::{Asked, asked};
use super::locate;
use crate::cli::{AskArgs, CoverageArgs, FilterArgs};
use crate::config::Surroundings;
use crate::exit::{Exit, Outcome};
use crate::render::coverage;
use crate::ui::Ui;

pub fn run(args: &CoverageArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let ask = AskArgs { index: args.index.clone(), now: args.now.clone(), ..AskArgs::default() };
    let filters = FilterArgs { paper: args.paper.clone(), date: args.date.clone(), ..FilterArgs::default() };
    let Asked { query, .. } = asked(&ask, &filters, around)?;
    let papers = locate::open(&args.index, around)?.coverage_by_paper(&query)?;
    let style = ui.style();
    if args.json {
        coverage::write_json(ui.out(), &papers)?;
    } else if args.csv {
        coverage::write_csv(ui.out(), &papers, args.bom)?;
    } else if args.list {
        coverage::write_list(ui.out(), &papers, style)?;
    } else {
        coverage::write(ui.out(), &papers, style)?;
    }
    if papers.is_empty() {
        ui.status("没有找到");
        return Ok(Exit::NothingFound);
    }
    Ok(Exit::Done)
}
