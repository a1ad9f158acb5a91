//! `tally`: reports counted by one field, or by two in a table.

use super::ask::{Asked, asked};
use super::facet::{target, write_sheet};
use super::{facet, locate};
use crate::article::Grouping;
use crate::cli::{FacetArgs, FacetSort, TallyArgs};
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::render::cross::Cross;
use crate::ui::Ui;

/// How many rows and columns are shown where nobody says.
const USUAL: (usize, usize) = (20, 12);

pub fn run(args: &TallyArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let (down, across) = match *args.by.as_slice() {
        [field] => return facet::run(&one(args, field), around, ui),
        [down, across] if down != across => (down, across),
        _ => {
            return Err(Failure::new(Exit::Usage, "--by 最多写两次，两次要不同")
                .with_hint("例如 xunwen tally --by reporter --by month"));
        }
    };
    let target = target(&args.sheet, around)?;
    let Asked { query, notices, .. } = asked(&args.ask, &args.filters, around)?;
    notices.iter().for_each(|notice| ui.hint(notice));
    let mut table = locate::open(&args.ask.index, around)?.cross_tally(&query, down, across)?;
    let is_date = |by| matches!(by, Grouping::Date(_));
    let rows_held = table.rows.len();
    table.rows.retain(|row| row.total >= args.min);
    match args.sort.unwrap_or(if is_date(down) { FacetSort::Value } else { FacetSort::Count }) {
        FacetSort::Count => {} // as counted
        FacetSort::Value => table.rows.sort_by(|a, b| a.value.cmp(&b.value)),
    }
    let most = |stated: Option<usize>, usual, by| match stated {
        Some(number) => number,
        None if args.all || is_date(by) => usize::MAX,
        None => usual,
    };
    table.rows.truncate(most(args.number, USUAL.0, down));
    let mut columns: Vec<usize> = (0..table.columns.len()).take(most(args.columns, USUAL.1, across)).collect();
    if is_date(across) {
        columns.sort_by_key(|&column| table.columns.get(column).map(|(value, _)| value.clone()));
    }
    let canonical = query.to_string();
    let query = (args.ask.words.join(" "), canonical);
    let cross = Cross { by: (down, across), query: (&query.0, &query.1), table: &table, columns: &columns, rows_held };
    let style = ui.style();
    if let Some(target) = &target {
        let (header, rows) = (cross.labels(), cross.rows());
        write_sheet(target, &header, rows, ui)?;
    } else if args.form.json {
        cross.write_json(ui.out())?;
    } else if args.form.jsonl {
        cross.write_jsonl(ui.out())?;
    } else if args.form.csv {
        cross.write_csv(ui.out(), args.form.bom)?;
    } else if table.total > 0 {
        cross.write(ui.out(), style)?;
    }
    if table.total == 0 {
        ui.status("没有找到");
    } else if args.form.jsonl || args.form.csv || target.is_some() {
        ui.status(&cross.summary());
    }
    Ok(if table.total > 0 { Exit::Done } else { Exit::NothingFound })
}

/// A tally by one field is what `facet` gives.
fn one(args: &TallyArgs, field: Grouping) -> FacetArgs {
    let TallyArgs { ask, by: _, number, columns: _, all, min, sort, form, sheet, filters } = args;
    FacetArgs {
        field,
        ask: ask.clone(),
        number: *number,
        all: *all,
        min: *min,
        sort: *sort,
        form: form.clone(),
        sheet: sheet.clone(),
        filters: filters.clone(),
    }
}
