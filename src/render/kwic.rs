//! A concordance: every place of a word on a line, the word in the middle, by display width.

use super::csv::{self, Value};
use super::{Paint, Style};
use crate::article::PartialDate;
use crate::index::{Concordance, Place};
use crate::text::width::{filled, width};
use serde::Serialize;
use std::io::{self, Write};
use unicode_width::UnicodeWidthChar as _;

/// The columns of a line where output has none of its own.
const USUAL_COLUMNS: usize = 80;
/// The columns of a date.
const DATE: usize = 10;
/// From so many columns on, a line ends in the report's id, of so many columns.
const WIDE: (usize, usize) = (100, 12);
/// The context on each side in JSON and CSV, in columns, where nobody says.
pub const USUAL_CONTEXT: usize = 40;

#[derive(Serialize)]
struct KwicJson<'a> {
    v: u32,
    query: &'a str,
    canonical: &'a str,
    total: u64,
    more: bool,
    lines: Vec<LineJson<'a>>,
}

#[derive(Serialize)]
struct LineJson<'a> {
    id: String,
    date: Option<PartialDate>,
    file: &'a str,
    title: Option<&'a str>,
    field: &'a str,
    left: String,
    #[serde(rename = "match")]
    matched: &'a str,
    right: String,
}

/// Writes it for people; `context` is how many columns stand on each side, where it is stated.
///
/// # Errors
/// When the writer fails.
pub fn write(out: &mut dyn Write, found: &Concordance, context: Option<usize>, style: Style) -> io::Result<()> {
    let room = style.columns.unwrap_or(USUAL_COLUMNS);
    let with_id = room >= WIDE.0;
    let taken = DATE + 2 + 2 + if with_id { WIDE.1 + 2 } else { 0 };
    let widest = found.lines.iter().map(|place| width(&style.safe(split(place).1))).max().unwrap_or(0);
    let context = context.unwrap_or_else(|| (room.saturating_sub(taken + widest) / 2).max(4));
    for place in &found.lines {
        let (left, matched, right) = split(place);
        let (left, right) = (style.safe(left), style.safe(right));
        let (left, right) = (tail(&left, context), cut_plain(&right, context));
        let date = place.date.map(|date| date.to_string()).unwrap_or_default();
        let blanks = " ".repeat(context.saturating_sub(width(left)));
        let shown = format!(
            "{}  {blanks}{left} {} {right}",
            style.coloured(Paint::Date, &filled(&date, DATE)),
            style.paint(Paint::Match, matched)
        );
        if with_id {
            let used = width(&style.safe(matched)) + width(right);
            let blanks = " ".repeat((widest + context).saturating_sub(used));
            writeln!(out, "{shown}{blanks}  {}", style.coloured(Paint::Dim, &place.id.to_string()))?;
        } else {
            writeln!(out, "{}", shown.trim_end())?;
        }
    }
    writeln!(out, "{}", style.coloured(Paint::Dim, &summary(found)))
}

/// Says in a line how much there is.
#[must_use]
pub fn summary(found: &Concordance) -> String {
    let places = found.lines.len();
    if found.more {
        format!("共 {} 篇，以上是前 {places} 处；要全部请加 --all", found.total)
    } else {
        format!("共 {} 篇，{places} 处", found.total)
    }
}

/// Writes it as one JSON object.
///
/// # Errors
/// When the writer fails.
pub fn write_json(
    out: &mut dyn Write,
    found: &Concordance,
    context: Option<usize>,
    (query, canonical): (&str, &str),
) -> io::Result<()> {
    let lines = found.lines.iter().map(|place| line_json(place, context)).collect();
    let (v, total, more) = (super::json::VERSION, found.total, found.more);
    super::json::write_line(out, &KwicJson { v, query, canonical, total, more, lines })
}

/// Writes a place a line as JSON.
///
/// # Errors
/// When the writer fails.
pub fn write_jsonl(out: &mut dyn Write, found: &Concordance, context: Option<usize>) -> io::Result<()> {
    found.lines.iter().try_for_each(|place| super::json::write_line(out, &line_json(place, context)))
}

/// Writes it as CSV.
///
/// # Errors
/// When the writer fails.
pub fn write_csv(out: &mut dyn Write, found: &Concordance, context: Option<usize>, bom: bool) -> io::Result<()> {
    let rows = found.lines.iter().map(|place| {
        let line = line_json(place, context);
        let date = line.date.map(|date| date.to_string()).unwrap_or_default();
        let cells = [date, line.id, line.title.unwrap_or_default().to_owned(), line.field.to_owned()];
        let context = [line.left, line.matched.to_owned(), line.right];
        cells.into_iter().chain(context).map(Value::Text).collect()
    });
    csv::write(out, bom, &["date", "id", "title", "field", "left", "match", "right"], rows)
}

fn line_json(place: &Place, context: Option<usize>) -> LineJson<'_> {
    let (left, matched, right) = split(place);
    let context = context.unwrap_or(USUAL_CONTEXT);
    LineJson {
        id: place.id.to_string(),
        date: place.date,
        file: &place.file,
        title: place.title.as_deref(),
        field: place.field,
        left: tail(left, context).to_owned(),
        matched,
        right: cut_plain(right, context).to_owned(),
    }
}

/// Returns what stands before a word, the word, and what stands after it.
fn split(place: &Place) -> (&str, &str, &str) {
    let part = |from: usize, to: usize| place.text.get(from..to).unwrap_or_default();
    let (start, end) = (place.mark.byte_start, place.mark.byte_end);
    (part(0, start), part(start, end), part(end, place.text.len()))
}

/// Returns the longest end of a text that fits.
fn tail(text: &str, columns: usize) -> &str {
    let mut used = 0;
    let start = text.char_indices().rev().take_while(|(_, c)| {
        used += c.width().unwrap_or(0);
        used <= columns
    });
    start.last().map_or("", |(at, _)| text.get(at..).unwrap_or_default())
}

/// Returns the longest beginning of a text that fits, without an ellipsis.
fn cut_plain(text: &str, columns: usize) -> &str {
    let mut used = 0;
    let over = text.char_indices().find(|(_, c)| {
        used += c.width().unwrap_or(0);
        used > columns
    });
    over.map_or(text, |(at, _)| text.get(..at).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn context_is_cut_by_columns_from_both_ends() {
        assert_eq!((tail("甲乙a丙", 4), cut_plain("甲乙a丙", 5)), ("a丙", "甲乙a"));
        assert_eq!((tail("", 4), cut_plain("甲", 1), tail("甲乙", 9)), ("", "", "甲乙"));
    }

    proptest! {
        #[test]
        fn cut_context_fits_and_touches_the_word(text in "\\PC{0,30}", columns in 0_usize..20) {
            prop_assert!(text.ends_with(tail(&text, columns)) && text.starts_with(cut_plain(&text, columns)));
            prop_assert!(tail(&text, columns).chars().map(|c| c.width().unwrap_or(0)).sum::<usize>() <= columns);
        }
    }
}
