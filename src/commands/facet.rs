//! `facet`: how many of the reports that match have each value of a field.

use super::ask::{Asked, asked};
use super::target::Target;
use super::{list, locate};
use crate::article::Grouping;
use crate::cli::{FacetArgs, FacetSort, SheetArgs};
use crate::config::Surroundings;
use crate::exit::{Exit, Outcome};
use crate::render::counts::Counts;
use crate::render::csv::Value;
use crate::ui::Ui;

/// How many values are shown where nobody says.
const USUAL_NUMBER: usize = 20;

pub fn run(args: &FacetArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let target = target(&args.sheet, around)?;
    let Asked { query, notices, .. } = asked(&args.ask, &args.filters, around)?;
    notices.iter().for_each(|notice| ui.hint(notice));
    let by = args.field;
    let tally = locate::open(&args.ask.index, around)?.tally(&query, by)?;
    let is_date = matches!(by, Grouping::Date(_));
    let mut shown: Vec<_> = tally.counts.iter().filter(|(_, reports)| *reports >= args.min).cloned().collect();
    match args.sort.unwrap_or(if is_date { FacetSort::Value } else { FacetSort::Count }) {
        FacetSort::Count => {} // as counted
        FacetSort::Value => shown.sort(),
    }
    let usual = if is_date { usize::MAX } else { USUAL_NUMBER };
    shown.truncate(if args.all { usize::MAX } else { args.number.unwrap_or(usual) });
    let canonical = query.to_string();
    let counts = Counts { by, query: (&args.ask.words.join(" "), &canonical), tally: &tally, shown: &shown };
    let style = ui.style();
    if let Some(target) = &target {
        write_sheet(target, &counts.labels(), counts.rows(), ui)?;
    } else if args.form.json {
        counts.write_json(ui.out())?;
    } else if args.form.jsonl {
        counts.write_jsonl(ui.out())?;
    } else if args.form.csv {
        counts.write_csv(ui.out(), args.form.bom)?;
    } else if tally.total > 0 {
        counts.write(ui.out(), style)?;
    }
    if tally.total == 0 {
        ui.status("没有找到");
    } else if args.form.jsonl || args.form.csv || target.is_some() {
        ui.status(&counts.summary());
    }
    Ok(if tally.total > 0 { Exit::Done } else { Exit::NothingFound })
}

/// Returns the workbook that is to be written, where one is.
///
/// # Errors
/// When it is there already and may not be replaced.
pub fn target(args: &SheetArgs, around: &Surroundings) -> Outcome<Option<Target>> {
    args.xlsx.as_ref().map(|path| Target::new(path, args.force, around)).transpose()
}

/// Writes counts as a workbook, and says where.
///
/// # Errors
/// When the file cannot be written.
pub fn write_sheet(
    target: &Target,
    header: &[&str],
    rows: impl Iterator<Item = Vec<Value>>,
    ui: &mut Ui,
) -> Outcome<()> {
    let losses = list::write_rows(target, header, rows.map(Ok))?;
    losses.iter().for_each(|line| ui.warn(line));
    ui.status(&format!("写入 {}", target.path().display()));
    Ok(())
}
