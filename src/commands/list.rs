//! A list of reports in the form that was asked for: lines, files, CSV, Markdown, a template.

use crate::cli::ListArgs;
use crate::exit::{Exit, Failure, Outcome};
use crate::index::{Hit, IndexError};
use crate::render::columns::{Column, Row, usual_columns};
use crate::render::template::{self, Template, TemplateError};
use crate::render::{Links, Style, csv, hits, markdown};
use std::collections::HashSet;
use std::io::Write;

/// A form, read and checked.
pub enum Form {
    /// A line a hit, for people.
    Lines,
    /// The files, each once, at most so many.
    Files { most: usize },
    /// A table.
    Csv { bom: bool, columns: Vec<&'static Column> },
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
pub fn form(args: &ListArgs, number: Option<usize>) -> Outcome<Option<Form>> {
    Ok(Some(if let Some(template) = &args.template {
        Form::Template(Template::parse(template)?)
    } else if args.oneline {
        Form::Lines
    } else if args.files {
        Form::Files { most: number.unwrap_or(usize::MAX) }
    } else if args.csv {
        Form::Csv { bom: args.bom, columns: columns(&args.fields)? }
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

/// Writes hits in a form, each as it comes, and returns how many were shown; of files, how many these are.
///
/// # Errors
/// When the writer fails, or the index cannot be read.
pub fn write(
    out: &mut dyn Write,
    form: &Form,
    hits: impl Iterator<Item = Result<Hit, IndexError>>,
    (qid, loosened): (Option<&str>, bool),
    line_end: char,
    links: &Links,
    style: Style,
) -> Outcome<usize> {
    let mut shown = 0;
    match form {
        Form::Lines => {
            for hit in hits {
                hits::write_line(out, &hit?, links, style)?;
                shown += 1;
            }
        }
        Form::Files { most } => {
            let mut files = HashSet::new();
            for hit in hits {
                if files.len() >= *most {
                    break;
                }
                let file = hit?.report.file;
                if !files.contains(&file) {
                    write!(out, "{}{line_end}", style.safe(&file))?;
                    files.insert(file);
                }
            }
            shown = files.len();
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
    Ok(shown)
}
