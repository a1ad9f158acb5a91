//! Counts over time: for people, as a picture, JSON, CSV.

use super::csv::{self, Value};
use super::svg::{self, Bar};
use super::table::{self, Cell};
use super::{Paint, Style};
use crate::article::Unit;
use crate::index::{Period, Timeline};
use serde::Serialize;
use std::io::{self, Write};

/// A timeline to show.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// The query as typed and as understood.
    pub query: (&'a str, &'a str),
    /// The numbers.
    pub timeline: &'a Timeline,
    /// Whether bars stand for reports per thousand held, and not for reports.
    pub rate: bool,
}

#[derive(Serialize)]
struct TimelineJson<'a> {
    v: u32,
    query: &'a str,
    canonical: &'a str,
    unit: &'static str,
    total: u64,
    undated: u64,
    coarse: u64,
    periods: Vec<PeriodJson>,
}

#[derive(Serialize)]
struct PeriodJson {
    period: String,
    from: String,
    to: String,
    reports: u64,
    held: u64,
    per_thousand: Option<f64>,
}

impl Shown<'_> {
    /// Writes it for people: a line a stretch, gaps in the holdings drawn together.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write(&self, out: &mut dyn Write, style: Style) -> io::Result<()> {
        let unit = self.timeline.unit;
        let most = self.timeline.periods.iter().filter_map(|period| self.height(period)).fold(0.0, f64::max);
        let mut rows = Vec::new();
        for run in
            self.timeline.periods.chunk_by(|a, b| (a.held == 0 && b.held == 0) && (a.reports, b.reports) == (0, 0))
        {
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            let label = Cell::Text(Paint::Date, unit.label(first.start));
            let Some(height) = self.height(first) else {
                let until = if run.len() > 1 { format!("，至 {}", unit.label(last.start)) } else { String::new() };
                let nothing = || Cell::Number("-".to_owned());
                rows.push(vec![label, nothing(), nothing(), Cell::Note(format!("没有馆藏{until}"))]);
                continue;
            };
            let rate = per_thousand(first).map_or_else(String::new, |rate| format!("{rate:.1}"));
            let bar = Cell::Bar(if most > 0.0 { height / most } else { 0.0 });
            rows.push(vec![label, Cell::Number(first.reports.to_string()), Cell::Number(rate), bar]);
        }
        if !rows.is_empty() {
            let header = [unit_label(unit), "篇数", "每千篇"].map(str::to_owned);
            table::write(out, &header, &rows, style)?;
        }
        writeln!(out, "{}", style.coloured(Paint::Dim, &self.summary()))
    }

    /// Says in a line how much was counted and what was not.
    #[must_use]
    pub fn summary(&self) -> String {
        let Timeline { total, undated, coarse, unit, .. } = self.timeline;
        let coarse = match (coarse, unit) {
            (0, _) => String::new(),
            (n, Unit::Year) => format!("；{n} 篇所知的日期没有这么细"),
            (n, Unit::Day | Unit::Week | Unit::Month) => format!("；{n} 篇只知道年份或月份，没有计入"),
        };
        let undated = if *undated > 0 { format!("；{undated} 篇没有日期") } else { String::new() };
        format!("共 {total} 篇{coarse}{undated}")
    }

    /// Returns it as a picture.
    #[must_use]
    pub fn svg(&self) -> String {
        let unit = self.timeline.unit;
        let bars = self.timeline.periods.iter().map(|period| {
            let label = unit.label(period.start);
            let told = match per_thousand(period) {
                Some(rate) => format!("{label}：{} 篇，馆藏 {} 篇，每千篇 {rate:.1}", period.reports, period.held),
                None => format!("{label}：没有馆藏"),
            };
            Bar { label, value: self.height(period), told }
        });
        let counted = if self.rate { "每千篇馆藏中的篇数" } else { "篇数" };
        let (typed, canonical) = self.query;
        let title = match (typed, canonical) {
            ("", "") => "全部报道",
            ("", canonical) => canonical,
            (typed, _) => typed,
        };
        let told = format!("每{}的{counted}；{}；灰底：没有馆藏", unit_measure(unit), self.summary());
        svg::bars(title, &told, &bars.collect::<Vec<_>>())
    }

    /// Writes it as one JSON object.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let Timeline { unit, total, undated, coarse, .. } = *self.timeline;
        let timeline = TimelineJson {
            v: super::json::VERSION,
            query: self.query.0,
            canonical: self.query.1,
            unit: unit_name(unit),
            total,
            undated,
            coarse,
            periods: self.timeline.periods.iter().map(|period| period_json(unit, period)).collect(),
        };
        super::json::write_line(out, &timeline)
    }

    /// Returns its stretches as JSON.
    #[must_use]
    pub fn periods_json(&self) -> serde_json::Value {
        let unit = self.timeline.unit;
        let periods = self.timeline.periods.iter().map(|period| serde_json::to_value(period_json(unit, period)));
        periods.map(Result::unwrap_or_default).collect()
    }

    /// Writes a stretch a line as JSON.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write_jsonl(&self, out: &mut dyn Write) -> io::Result<()> {
        let unit = self.timeline.unit;
        let mut periods = self.timeline.periods.iter();
        periods.try_for_each(|period| super::json::write_line(out, &period_json(unit, period)))
    }

    /// Writes it as CSV.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write_csv(&self, out: &mut dyn Write, bom: bool) -> io::Result<()> {
        let rows = self.timeline.periods.iter().map(|period| {
            let PeriodJson { period, from, to, reports, held, per_thousand } = period_json(self.timeline.unit, period);
            let rate = per_thousand.map_or(Value::Nothing, |rate| Value::Measure(rate, 3));
            let text = [period, from, to].map(Value::Text);
            text.into_iter().chain([Value::Number(reports), Value::Number(held), rate]).collect()
        });
        csv::write(out, bom, &["period", "from", "to", "reports", "held", "per_thousand"], rows)
    }

    /// Returns what a bar stands for; `None` for a gap.
    fn height(&self, period: &Period) -> Option<f64> {
        #[allow(clippy::cast_precision_loss)] // counts of reports are far below 2^52
        let reports = period.reports as f64;
        per_thousand(period).map(|rate| if self.rate { rate } else { reports })
    }
}

fn period_json(unit: Unit, period: &Period) -> PeriodJson {
    PeriodJson {
        period: unit.label(period.start),
        from: period.start.to_string(),
        to: unit.end(period.start).to_string(),
        reports: period.reports,
        held: period.held,
        per_thousand: per_thousand(period).map(|rate| (rate * 1000.0).round() / 1000.0),
    }
}

/// Returns how many of a thousand reports held match; `None` where none is held.
fn per_thousand(period: &Period) -> Option<f64> {
    (period.held > 0).then(|| super::counts::share(period.reports, period.held) * 1000.0)
}

/// Returns the name that JSON gives a unit.
pub(super) fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Day => "day",
        Unit::Week => "week",
        Unit::Month => "month",
        Unit::Year => "year",
    }
}

/// The heading of the column; a week is named by its Monday.
fn unit_label(unit: Unit) -> &'static str {
    match unit {
        Unit::Day => "日",
        Unit::Week => "周一",
        Unit::Month => "月",
        Unit::Year => "年",
    }
}

fn unit_measure(unit: Unit) -> &'static str {
    match unit {
        Unit::Day => "日",
        Unit::Week => "周（以周一为名）",
        Unit::Month => "月",
        Unit::Year => "年",
    }
}
