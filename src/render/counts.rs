//! Counts by the values of a field: for people, JSON, CSV.

use super::cross::paint;
use super::csv::{self, Value};
use super::table::{self, Cell};
use super::{Paint, Style};
use crate::article::{Grouping, Kind};
use crate::index::Tally;
use serde::Serialize;
use std::io::{self, Write};

/// Counts to show, cut to what was asked for.
#[derive(Debug, Clone, Copy)]
pub struct Counts<'a> {
    /// What is counted by.
    pub by: Grouping,
    /// The query as typed and as understood.
    pub query: (&'a str, &'a str),
    /// All that was counted.
    pub tally: &'a Tally,
    /// The values to show, in order.
    pub shown: &'a [(String, u64)],
}

#[derive(Serialize)]
struct CountsJson<'a> {
    v: u32,
    query: &'a str,
    canonical: &'a str,
    field: &'a str,
    total: u64,
    without: u64,
    values: usize,
    counts: Vec<CountJson<'a>>,
}

#[derive(Serialize)]
struct CountJson<'a> {
    value: &'a str,
    reports: u64,
}

impl Counts<'_> {
    /// Writes them for people.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write(&self, out: &mut dyn Write, style: Style) -> io::Result<()> {
        let most = self.shown.iter().map(|(_, reports)| *reports).max().unwrap_or(1);
        let paint = paint(self.by);
        let row = |(value, reports): &(String, u64)| {
            let value = if self.by == Grouping::Kind { kind_label(value) } else { value.as_str() };
            let share = share(*reports, most);
            vec![Cell::Text(paint, value.to_owned()), Cell::Number(reports.to_string()), Cell::Bar(share)]
        };
        table::write(out, &[], &self.shown.iter().map(row).collect::<Vec<_>>(), style)?;
        writeln!(out, "{}", style.coloured(Paint::Dim, &self.summary()))
    }

    /// Says in a line how much was counted.
    #[must_use]
    pub fn summary(&self) -> String {
        let (label, _) = self.by.names();
        let all = self.tally.counts.len();
        let shown =
            if self.shown.len() < all { format!("，以上是其中 {} 个", self.shown.len()) } else { String::new() };
        let without = without(self.by, self.tally.without);
        format!("共 {} 篇；{label} {all} 个{shown}{without}", self.tally.total)
    }

    /// Writes them as one JSON object.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let counts = CountsJson {
            v: super::json::VERSION,
            query: self.query.0,
            canonical: self.query.1,
            field: self.by.names().1,
            total: self.tally.total,
            without: self.tally.without,
            values: self.tally.counts.len(),
            counts: self.shown.iter().map(count_json).collect(),
        };
        super::json::write_line(out, &counts)
    }

    /// Writes a value a line as JSON.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write_jsonl(&self, out: &mut dyn Write) -> io::Result<()> {
        self.shown.iter().try_for_each(|count| super::json::write_line(out, &count_json(count)))
    }

    /// Writes them as CSV.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write_csv(&self, out: &mut dyn Write, bom: bool) -> io::Result<()> {
        csv::write(out, bom, &[self.by.names().1, "reports"], self.rows())
    }

    /// Returns the header of a table for people.
    #[must_use]
    pub fn labels(&self) -> [&'static str; 2] {
        [self.by.names().0, "篇数"]
    }

    /// Returns the rows of the table.
    pub fn rows(&self) -> impl Iterator<Item = Vec<Value>> {
        self.shown.iter().map(|(value, reports)| vec![Value::Text(value.clone()), Value::Number(*reports)])
    }
}

fn count_json((value, reports): &(String, u64)) -> CountJson<'_> {
    CountJson { value, reports: *reports }
}

/// Says how many reports have no value; nothing where all have one.
#[must_use]
pub fn without(by: Grouping, reports: u64) -> String {
    match (reports, by) {
        (0, _) => String::new(),
        (reports, Grouping::Date(_)) => format!("；另有 {reports} 篇没有日期，或所知的日期没有这么细"),
        (reports, _) => format!("；另有 {reports} 篇没有这一项"),
    }
}

/// Returns the name shown to people of a kind of reports.
pub(super) fn kind_label(name: &str) -> &'static str {
    Kind::ALL.into_iter().find(|kind| kind.name() == name).map_or("", Kind::label)
}

/// Returns a part of a whole, 0 to 1.
#[must_use]
#[allow(clippy::cast_precision_loss)] // counts of reports are far below 2^52
pub fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
