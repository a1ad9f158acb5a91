//! Tables for people: columns filled by display width, numbers to the right, bars at the end of the line.

use super::{Paint, Style};
use crate::text::width::{cut, filled, width};
use std::io::{self, Write};

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text of others, to the left; it is cut where the line is too narrow.
    Text(Paint, String),
    /// Text of others that has to be whole, whatever the width. Only at the end of a row.
    Long(String),
    /// A number, to the right; never cut.
    Number(String),
    /// A bar of so much of the longest, 0 to 1. Only at the end of a row.
    Bar(f64),
    /// A remark in the place of a bar.
    Note(String),
}

/// The columns that are assumed where output has no width of its own: the same bytes in every pipe.
const USUAL_COLUMNS: usize = 80;
/// The longest bar, in columns.
const LONGEST_BAR: usize = 40;
/// A text column is not cut below this.
const LEAST_TEXT: usize = 8;
/// Between two columns.
const GAP: &str = "  ";

/// Writes rows under a header; an empty header is left out.
///
/// # Errors
/// When the writer fails.
pub fn write(out: &mut dyn Write, header: &[String], rows: &[Vec<Cell>], style: Style) -> io::Result<()> {
    let room = style.columns.unwrap_or(USUAL_COLUMNS);
    let widths = widths(header, rows, style.columns);
    let bar = room.saturating_sub(taken(&widths) + GAP.len()).min(LONGEST_BAR);
    if !header.is_empty() {
        let cells = header.iter().zip(&widths).map(|(text, &(columns, right))| {
            let text = cut(text, columns.max(width(text).min(columns)));
            if right { aligned_right(&text, columns) } else { filled(&text, columns) }
        });
        let line = cells.collect::<Vec<_>>().join(GAP);
        writeln!(out, "{}", style.coloured(Paint::Dim, line.trim_end()))?;
    }
    for row in rows {
        let mut line = String::new();
        let mut pending = 0; // blanks that are written only where something follows
        for (cell, &(columns, _)) in row.iter().zip(&widths) {
            let (blanks, shown, after) = match cell {
                Cell::Text(paint, text) => {
                    let text = cut(&style.safe(text), columns);
                    let after = columns.saturating_sub(width(&text));
                    (0, style.coloured(*paint, &text), after)
                }
                Cell::Long(text) => (0, style.safe(text), 0),
                Cell::Number(number) => (columns.saturating_sub(width(number)), number.clone(), 0),
                Cell::Bar(share) => (0, style.coloured(Paint::Label, &self::bar(*share, bar)), 0),
                Cell::Note(text) => (0, style.coloured(Paint::Dim, &cut(text, bar)), 0),
            };
            if !shown.is_empty() {
                line.push_str(&" ".repeat(pending + blanks));
                line.push_str(&shown);
                pending = 0;
            } else {
                pending += columns;
                pending -= after.min(pending);
            }
            pending += after + GAP.len();
        }
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// Returns of each column its width and whether it stands to the right. A bar has none: it takes what is left.
fn widths(header: &[String], rows: &[Vec<Cell>], room: Option<usize>) -> Vec<(usize, bool)> {
    let count = rows.iter().map(Vec::len).chain([header.len()]).max().unwrap_or(0);
    let mut widths: Vec<(usize, bool)> = (0..count)
        .map(|n| {
            let cells = || rows.iter().filter_map(|row| row.get(n));
            let widest = cells().map(|cell| match cell {
                Cell::Text(_, text) => width(text),
                Cell::Number(number) => width(number),
                Cell::Long(_) | Cell::Bar(_) | Cell::Note(_) => 0,
            });
            let header = header.get(n).map_or(0, |text| width(text));
            let right = cells().any(|cell| matches!(cell, Cell::Number(_)));
            (widest.chain([header]).max().unwrap_or(0), right)
        })
        .collect();
    let Some(room) = room else { return widths };
    loop {
        let over = taken(&widths).saturating_sub(room);
        let widest = widths.iter_mut().filter(|(width, right)| !right && *width > LEAST_TEXT).max();
        match widest {
            Some((width, _)) if over > 0 => *width = width.saturating_sub(over).max(LEAST_TEXT),
            _ => return widths,
        }
    }
}

/// Returns the columns of a line without a bar.
fn taken(widths: &[(usize, bool)]) -> usize {
    let columns = widths.iter().filter(|(width, _)| *width > 0);
    columns.map(|(width, _)| width + GAP.len()).sum::<usize>().saturating_sub(GAP.len())
}

fn aligned_right(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

/// Returns a bar, to an eighth of a column. What is more than nothing is never shown as nothing.
#[must_use]
pub fn bar(share: f64, longest: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let eighths = (share.clamp(0.0, 1.0) * longest as f64 * 8.0).round() as usize;
    let eighths = if share > 0.0 && longest > 0 { eighths.max(1) } else { eighths };
    "█".repeat(eighths / 8) + EIGHTHS.get(eighths % 8).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(rows: &[Vec<Cell>], columns: Option<usize>) -> String {
        let mut out = Vec::new();
        write(&mut out, &[], rows, Style { columns, ..Style::PIPE }).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn row(name: &str, number: &str, share: f64) -> Vec<Cell> {
        vec![Cell::Text(Paint::Name, name.into()), Cell::Number(number.into()), Cell::Bar(share)]
    }

    #[test]
    fn columns_stand_under_each_other_by_display_width() {
        let rows = [row("付凯明", "12", 1.0), row("Li", "3", 0.25), row("云岭日报记者站", "0", 0.0)];
        let lines = shown(&rows, Some(32));
        assert_eq!(lines, "付凯明          12  ████████████\nLi               3  ███\n云岭日报记者站   0\n");
    }

    #[test]
    fn a_narrow_line_cuts_text_and_never_numbers() {
        let lines = shown(&[row("高新区领导调研养老服务工作", "1234567", 1.0)], Some(20));
        assert_eq!(lines, "高新区领导…  1234567\n");
    }

    #[test]
    fn a_bar_of_little_is_seen_and_one_of_nothing_is_not() {
        assert_eq!((bar(0.0001, 10).as_str(), bar(0.0, 10).as_str(), bar(1.0, 2).as_str()), ("▏", "", "██"));
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_terminal(
            names in proptest::collection::vec("[养老a\u{301}]{0,40}", 1..6), columns in 30_usize..200
        ) {
            let rows: Vec<_> = names.iter().map(|name| row(name, "1234", 0.7)).collect();
            for line in shown(&rows, Some(columns)).lines() {
                prop_assert!(width(line) <= columns, "{}", line);
            }
        }
    }
}
