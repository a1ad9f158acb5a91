//! A person's reports: for people, and as JSON.

use super::brief;
use super::counts::share;
use super::table::{self, Cell};
use super::timeline::Shown;
use super::wrap::wrapped;
use super::{Paint, Style};
use crate::article::fields::{self, Field, Keyword};
use crate::article::{Article, Role};
use crate::index::{Report, Timeline};
use crate::text::width::filled;
use serde_json::json;
use std::io::{self, Write};

/// A person to show.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    /// The name as typed.
    pub name: &'a str,
    /// The query as understood.
    pub canonical: &'a str,
    /// The reports in each role that there are any of.
    pub roles: &'a [(Role, u64)],
    /// The reports over time.
    pub timeline: &'a Timeline,
    /// The values of some fields with their reports, the commonest first.
    pub values: &'a [(Keyword, Vec<(String, u64)>)],
    /// Who else signed these reports, in which role, how many.
    pub with: &'a [(String, Role, u64)],
    /// The newest reports.
    pub latest: &'a [Report],
    /// How many values and people are shown to people.
    pub most: usize,
}

/// Columns of a label.
const LABEL: usize = 8;

impl Person<'_> {
    /// Writes it for people.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write(&self, out: &mut dyn Write, style: Style) -> io::Result<()> {
        let roles: Vec<String> = self.roles.iter().map(|(role, n)| format!("{} {n}", role_name(*role))).collect();
        let total = format!("{} 篇：{}", self.timeline.total, roles.join("，"));
        writeln!(out, "{}  {total}", style.paint(Paint::Name, self.name))?;
        let line = |out: &mut dyn Write, label: &str, text: &str| {
            let indent = " ".repeat(LABEL);
            let text = wrapped(&[(Paint::Plain, text)], &indent, style);
            writeln!(out, "{}{}", style.coloured(Paint::Label, &filled(label, LABEL)), text.trim_start())
        };
        let more = |all: usize| if all > self.most { format!(" 等 {all} 个") } else { String::new() };
        for (keyword, values) in self.values.iter().filter(|(_, values)| !values.is_empty()) {
            let shown: Vec<String> = values.iter().take(self.most).map(|(value, n)| format!("{value} {n}")).collect();
            line(out, keyword_name(*keyword), &(shown.join("，") + &more(values.len())))?;
        }
        if !self.with.is_empty() {
            let shown = self.with.iter().take(self.most);
            let shown: Vec<String> =
                shown.map(|(name, role, n)| format!("{name}（{}）{n}", role_name(*role))).collect();
            line(out, "同署", &(shown.join("，") + &more(self.with.len())))?;
        }
        if !self.timeline.periods.is_empty() {
            writeln!(out)?;
            self.write_periods(out, style)?;
        }
        let unknown = self.timeline.undated + self.timeline.coarse;
        if unknown > 0 {
            let told = format!("另有 {unknown} 篇没有日期，或所知的日期没有这么细");
            writeln!(out, "{}", style.coloured(Paint::Dim, &told))?;
        }
        if !self.latest.is_empty() {
            writeln!(out, "\n最近")?;
        }
        for report in self.latest {
            brief::write(out, report, "  ", style)?;
        }
        Ok(())
    }

    /// Writes a line a stretch of time, those in a row without any report of this person drawn together.
    fn write_periods(&self, out: &mut dyn Write, style: Style) -> io::Result<()> {
        let (unit, periods) = (self.timeline.unit, &self.timeline.periods);
        let most = periods.iter().map(|period| period.reports).max().unwrap_or(0);
        let mut rows = Vec::new();
        for run in periods.chunk_by(|a, b| (a.reports, b.reports) == (0, 0)) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            let until = if run.len() > 1 { format!("至 {}", unit.label(last.start)) } else { String::new() };
            let bar = if first.reports == 0 { Cell::Note(until) } else { Cell::Bar(share(first.reports, most)) };
            let label = Cell::Text(Paint::Date, unit.label(first.start));
            rows.push(vec![label, Cell::Number(first.reports.to_string()), bar]);
        }
        table::write(out, &[], &rows, style)
    }

    /// Writes it as one JSON object.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let Timeline { unit, total, undated, coarse, .. } = *self.timeline;
        let count = |(value, reports): &(String, u64)| json!({"value": value, "reports": reports});
        let values: serde_json::Map<_, _> = self
            .values
            .iter()
            .map(|(keyword, values)| (keyword.name().to_owned(), values.iter().map(count).collect()))
            .collect();
        let latest = self.latest.iter().map(|report| {
            let Report { id, file, article } = report;
            json!({
                "id": id.to_string(), "date": date(article), "title": article.title, "kind": article.kind,
                "paper": article.paper, "page": article.page, "file": file, "line": article.line,
            })
        });
        super::json::write_line(
            out,
            &json!({
                "v": super::json::VERSION, "name": self.name, "canonical": self.canonical, "total": total,
                "undated": undated, "coarse": coarse, "unit": super::timeline::unit_name(unit),
                "roles": self.roles.iter().map(|(role, n)| json!({"role": role.field(), "reports": n})).collect::<Vec<_>>(),
                "periods": Shown { query: ("", ""), timeline: self.timeline, rate: false }.periods_json(),
                "values": values,
                "with": self.with.iter()
                    .map(|(name, role, n)| json!({"name": name, "role": role.field(), "reports": n}))
                    .collect::<Vec<_>>(),
                "latest": latest.collect::<Vec<_>>(),
            }),
        )
    }
}

fn date(article: &Article) -> Option<String> {
    article.date().map(|(date, _)| date.to_string())
}

fn role_name(role: Role) -> &'static str {
    fields::row_of(Field::Name(role)).map_or("", |row| row.name)
}

fn keyword_name(keyword: Keyword) -> &'static str {
    fields::row_of(Field::Keyword(keyword)).map_or("", |row| row.name)
}
