//! Counts by two fields, a table: for people in blocks that fit the line, JSON, CSV.

use super::counts::{kind_label, without};
use super::csv::{self, Value};
use super::table::{self, Cell};
use super::{Paint, Style};
use crate::article::Grouping;
use crate::index::{CrossRow, CrossTally};
use crate::text::width::width;
use serde_json::json;
use std::io::{self, Write};

/// The columns of a line where output has no width of its own.
const USUAL_COLUMNS: usize = 80;

/// The heading of the sums of rows.
const SUM: &str = "合计";

/// A table to show, its rows cut to what was asked for.
#[derive(Debug, Clone, Copy)]
pub struct Cross<'a> {
    /// What stands down, and what across.
    pub by: (Grouping, Grouping),
    /// The query as typed and as understood.
    pub query: (&'a str, &'a str),
    /// The counts.
    pub table: &'a CrossTally,
    /// The columns to show, in order, by their place.
    pub columns: &'a [usize],
    /// How many values there are down.
    pub rows_held: usize,
}

impl Cross<'_> {
    /// Writes it for people; what is too wide for the line goes on in another table below.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write(&self, out: &mut dyn Write, style: Style) -> io::Result<()> {
        const ALL: &str = "全部";
        let (down, across) = self.by;
        let shown =
            |by, value: &str| if by == Grouping::Kind { kind_label(value).to_owned() } else { style.safe(value) };
        let head: Vec<String> = self.names().map(|name| shown(across, name)).collect();
        let names: Vec<String> = self.table.rows.iter().map(|row| shown(down, &row.value)).collect();
        let widest = |texts: &[String], least: usize| texts.iter().map(|text| width(text)).fold(least, usize::max);
        let digits = self.table.total.to_string().len();
        let left = widest(&names, width(ALL)) + 2 + digits.max(width(SUM));
        let room = style.columns.unwrap_or(USUAL_COLUMNS).saturating_sub(left);
        let mut columns = self.columns.iter().zip(&head).peekable();
        let mut first = true;
        while first || columns.peek().is_some() {
            if !first {
                writeln!(out)?;
            }
            let mut used = 0;
            let mut block = Vec::new();
            while let Some((&column, name)) = columns.peek().copied() {
                used += 2 + width(name).max(digits);
                if used > room && !block.is_empty() {
                    break;
                }
                block.push((column, name));
                columns.next();
            }
            let header = [down.names().0, SUM].map(str::to_owned).into_iter();
            let header: Vec<String> = header.chain(block.iter().map(|(_, name)| (*name).clone())).collect();
            let number = |n: u64| Cell::Number(if n == 0 { "-".to_owned() } else { n.to_string() });
            let mut lines: Vec<Vec<Cell>> = Vec::new();
            for (row, name) in self.table.rows.iter().zip(&names) {
                let cells = block.iter().map(|(column, _)| number(row.at(*column)));
                lines.push(
                    [Cell::Text(paint(down), name.clone()), number(row.total)].into_iter().chain(cells).collect(),
                );
            }
            let sums = block.iter().map(|(column, _)| number(self.sum(*column)));
            let last = [Cell::Text(Paint::Dim, ALL.to_owned()), number(self.table.total)];
            lines.push(last.into_iter().chain(sums).collect());
            table::write(out, &header, &lines, style)?;
            first = false;
        }
        writeln!(out, "{}", style.coloured(Paint::Dim, &self.summary()))
    }

    /// Says in a line how much was counted.
    #[must_use]
    pub fn summary(&self) -> String {
        let ((down, _), (across, _)) = (self.by.0.names(), self.by.1.names());
        let part = |shown: usize, held: usize| {
            if shown < held { format!("，以上是其中 {shown} 个") } else { String::new() }
        };
        let (rows, columns) = (self.table.rows.len(), self.columns.len());
        format!(
            "共 {} 篇；{down} {} 个{}；{across} {} 个{}{}",
            self.table.total,
            self.rows_held,
            part(rows, self.rows_held),
            self.table.columns.len(),
            part(columns, self.table.columns.len()),
            without(self.by.0, self.table.without)
        )
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().filter_map(|&column| self.table.columns.get(column)).map(|(name, _)| name.as_str())
    }

    fn sum(&self, column: usize) -> u64 {
        self.table.columns.get(column).map_or(0, |(_, reports)| *reports)
    }

    fn row_json(&self, row: &CrossRow) -> serde_json::Value {
        let cells: Vec<u64> = self.columns.iter().map(|&column| row.at(column)).collect();
        json!({"value": row.value, "reports": row.total, "cells": cells})
    }

    /// Writes it as one JSON object.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let columns = self.columns.iter().zip(self.names());
        let columns = columns.map(|(&column, name)| json!({"value": name, "reports": self.sum(column)}));
        super::json::write_line(
            out,
            &json!({
                "v": super::json::VERSION, "query": self.query.0, "canonical": self.query.1,
                "field": self.by.0.names().1, "across": self.by.1.names().1, "total": self.table.total,
                "without": self.table.without, "values": self.rows_held,
                "columns": columns.collect::<Vec<_>>(),
                "rows": self.table.rows.iter().map(|row| self.row_json(row)).collect::<Vec<_>>(),
            }),
        )
    }

    /// Writes a row a line as JSON, its cells by their names.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write_jsonl(&self, out: &mut dyn Write) -> io::Result<()> {
        self.table.rows.iter().try_for_each(|row| {
            let cells = self.columns.iter().zip(self.names()).map(|(&column, name)| (name.to_owned(), row.at(column)));
            let cells: serde_json::Map<_, _> = cells.map(|(name, reports)| (name, reports.into())).collect();
            super::json::write_line(out, &json!({"value": row.value, "reports": row.total, "cells": cells}))
        })
    }

    /// Writes it as CSV: a row a value, after its sum a column a value across.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write_csv(&self, out: &mut dyn Write, bom: bool) -> io::Result<()> {
        let header: Vec<&str> = [self.by.0.names().1, "reports"].into_iter().chain(self.names()).collect();
        csv::write(out, bom, &header, self.rows())
    }

    /// Returns the header of a table for people.
    #[must_use]
    pub fn labels(&self) -> Vec<&str> {
        [self.by.0.names().0, SUM].into_iter().chain(self.names()).collect()
    }

    /// Returns the rows of the table.
    pub fn rows(&self) -> impl Iterator<Item = Vec<Value>> {
        self.table.rows.iter().map(|row| {
            let numbers = self.columns.iter().map(|&column| Value::Number(row.at(column)));
            [Value::Text(row.value.clone()), Value::Number(row.total)].into_iter().chain(numbers).collect()
        })
    }
}

/// How the values of a field look.
#[must_use]
pub fn paint(by: Grouping) -> Paint {
    match by {
        Grouping::Name(_) | Grouping::AnyName => Paint::Name,
        Grouping::Date(_) => Paint::Date,
        Grouping::Keyword(_) | Grouping::Kind => Paint::Plain,
    }
}
