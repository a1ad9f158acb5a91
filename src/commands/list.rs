//! A list of reports in the form that was asked for: lines, files, CSV, Markdown, a template.

use super::target::Target;
use crate::cli::ListArgs;
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::index::{Found, Hit, IndexError, Ranking, Snapshot};
use crate::render::columns::{Column, Row, usual_columns};
use crate::render::csv::Value;
use crate::render::template::{self, Template, TemplateError};
use crate::render::{Links, Style, csv, hits, markdown, xlsx};
use crate::ui::Ui;
use std::io::Write;

/// A form, read and checked.
pub enum Form {
    /// A line a hit, for people.
    Lines,
    /// The files, each once, at most so many.
    Files { most: usize },
    /// A table.
    Csv { bom: bool, columns: Vec<&'static Column> },
    /// A workbook, in a file of its own.
    Xlsx { target: Target, columns: Vec<&'static Column> },
    /// For notes.
    Markdown,
    /// As the user lays it out.
    Template(Template),
}

impl From<TemplateError> for Failure {
    fn from(error: TemplateError) -> Self {
        Self::new(Exit::Usage, error.message).with_hint(error.hint)
    }
}

/// Reads which form is asked for; `None` where none of these is.
///
/// # Errors
/// When a template or the name of a column cannot be read.
pub fn form(args: &ListArgs, number: Option<usize>, around: &Surroundings) -> Outcome<Option<Form>> {
    Ok(Some(if let Some(template) = &args.template {
        Form::Template(Template::parse(template)?)
    } else if args.oneline {
        Form::Lines
    } else if args.files {
        Form::Files { most: number.unwrap_or(usize::MAX) }
    } else if args.csv {
        Form::Csv { bom: args.bom, columns: columns(&args.fields)? }
    } else if let Some(path) = &args.xlsx {
        Form::Xlsx { target: Target::new(path, args.force, around)?, columns: columns(&args.fields)? }
    } else if !args.fields.is_empty() {
        return Err(Failure::new(Exit::Usage, "--fields 是表格的列").with_hint("与 --csv 或 --xlsx 同用"));
    } else if args.markdown {
        Form::Markdown
    } else {
        return Ok(None);
    }))
}

/// Returns the columns of a table; those that it usually has where none is named.
///
/// # Errors
/// When there is no such column.
pub fn columns(names: &[String]) -> Outcome<Vec<&'static Column>> {
    if names.is_empty() {
        return Ok(usual_columns());
    }
    let column = |name: &String| {
        template::column(name.trim())
            .map_err(|hint| Failure::new(Exit::Usage, format!("没有 {name} 这一列")).with_hint(hint))
    };
    names.iter().map(column).collect()
}

/// Returns what ends an id or a path.
pub fn line_end(args: &ListArgs) -> char {
    if args.null { '\0' } else { '\n' }
}

/// What is the same for all hits of a list.
pub struct Setting<'a> {
    /// The name of the query, where there are several.
    pub qid: Option<&'a str>,
    /// Whether words were looked for instead of what was typed.
    pub loosened: bool,
    /// What ends an id or a path.
    pub line_end: char,
    pub links: &'a Links,
    pub style: Style,
}

/// What became of a list.
pub struct Written {
    /// How many hits were shown; of files, how many these are.
    pub shown: usize,
    /// What did not fit.
    pub losses: Vec<String>,
}

/// Writes hits in a form, each as it comes.
///
/// # Errors
/// When the writer fails, or the index cannot be read.
pub fn write(
    out: &mut dyn Write,
    form: &Form,
    (snapshot, ranking): (&Snapshot, &Ranking),
    setting: &Setting<'_>,
) -> Outcome<Written> {
    let &Setting { qid, loosened, line_end, links, style } = setting;
    let mut losses = Vec::new();
    let mut shown = 0;
    let hits = snapshot.hits(ranking);
    match form {
        Form::Lines => {
            for hit in hits {
                hits::write_line(out, &hit?, links, style)?;
                shown += 1;
            }
        }
        Form::Files { most } => {
            for file in snapshot.files(ranking).take(*most) {
                write!(out, "{}{line_end}", style.safe(&file?))?;
                shown += 1;
            }
        }
        Form::Csv { bom, columns } => {
            let header: Vec<&str> = columns.iter().map(|column| column.name).collect();
            let mut table = csv::Table::begin(out, *bom, &header)?;
            for hit in hits {
                let hit = hit?;
                let row = Row { qid, ..Row::of_hit(&hit, loosened) };
                table.row(columns.iter().map(|column| column.of(row).cell()))?;
                shown += 1;
            }
            table.end()?;
        }
        Form::Xlsx { target, columns } => {
            let rows = hits.inspect(|hit| shown += usize::from(hit.is_ok()));
            losses = write_sheet(target, columns, rows, setting)?;
        }
        Form::Markdown => {
            for hit in hits {
                markdown::write_hit(out, &hit?)?;
                shown += 1;
            }
        }
        Form::Template(template) => {
            for hit in hits {
                let hit = hit?;
                template.write(out, Row { qid, ..Row::of_hit(&hit, loosened) }, style)?;
                shown += 1;
            }
        }
    }
    Ok(Written { shown, losses })
}

/// Writes the hits of one search in a form and says what did not fit. Returns a line about what is shown.
///
/// # Errors
/// When the writer fails, or the index cannot be read.
pub fn show(
    form: &Form,
    args: &ListArgs,
    (snapshot, ranking): (&Snapshot, &Ranking),
    offset: usize,
    ui: &mut Ui,
) -> Outcome<String> {
    let (style, links) = (ui.style(), ui.links(snapshot.layout().home()));
    let loosened = ranking.outline.loosened.is_some();
    let setting = Setting { qid: None, loosened, line_end: line_end(args), links: &links, style };
    let Written { shown, losses } = write(ui.out(), form, (snapshot, ranking), &setting)?;
    losses.iter().for_each(|line| ui.warn(line));
    Ok(summary(form, &ranking.outline, offset, shown))
}

/// Says in a line what a list shows of what was found.
fn summary(form: &Form, found: &Found, offset: usize, shown: usize) -> String {
    match form {
        Form::Files { .. } => format!("共 {} 篇；文件 {shown} 个", found.total),
        Form::Xlsx { target, .. } => {
            format!("{}；写入 {}", hits::summary(found, offset, shown), target.path().display())
        }
        Form::Lines | Form::Csv { .. } | Form::Markdown | Form::Template(_) => hits::summary(found, offset, shown),
    }
}

/// Writes hits as a workbook, and returns what did not fit into it.
///
/// # Errors
/// When the file cannot be written, or the index cannot be read.
pub fn write_sheet(
    target: &Target,
    columns: &[&'static Column],
    hits: impl Iterator<Item = Result<Hit, IndexError>>,
    setting: &Setting<'_>,
) -> Outcome<Vec<String>> {
    let header: Vec<&str> = columns.iter().map(|column| column.label).collect();
    let rows = hits.map(|hit| {
        let hit = hit?;
        let row = Row { qid: setting.qid, ..Row::of_hit(&hit, setting.loosened) };
        Ok(columns.iter().map(|column| column.of(row).cell()).collect())
    });
    write_rows(target, &header, rows)
}

/// Writes rows as a workbook, and returns what did not fit into it.
///
/// # Errors
/// When the file cannot be written, or a row cannot be had.
pub fn write_rows(
    target: &Target,
    header: &[&str],
    rows: impl Iterator<Item = Outcome<Vec<Value>>>,
) -> Outcome<Vec<String>> {
    let failed = |why: String| target.failed(&why);
    let folder = target.path().parent().unwrap_or(target.path());
    let mut sheet = xlsx::Sheet::begin(header, folder).map_err(failed)?;
    for row in rows {
        sheet.row(row?).map_err(failed)?;
    }
    let mut out = target.begin()?;
    let lost = sheet.end(&mut out).map_err(failed)?;
    out.flush().map_err(|e| failed(e.to_string()))?;
    let cut = (lost.cut > 0).then(|| format!("{} 格文字超过 Excel 一格的限度，截断了", lost.cut));
    let left_out = (lost.left_out > 0).then(|| format!("一张表放不下，少了 {} 行", lost.left_out));
    Ok(cut.into_iter().chain(left_out).map(|line| line + "；要完整的请用 CSV 或 JSONL").collect())
}
