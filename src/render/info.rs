//! What an index holds: for people, and as JSON.

use super::{Paint, Style};
use crate::article::fields;
use crate::index::Inventory;
use crate::index::layout::Versions;
use crate::text::width::{filled, width};
use chrono::NaiveDateTime;
use serde_json::json;
use std::io::{self, Write};
use std::path::Path;

/// How many papers are shown where not all are asked for.
const PAPERS: usize = 8;

/// An index to show.
#[derive(Debug, Clone, Copy)]
pub struct Info<'a> {
    /// Where it is.
    pub home: &'a Path,
    /// What it holds.
    pub inventory: &'a Inventory,
    /// What wrote it.
    pub versions: &'a Versions,
    /// The version of this program, and the commit it was built from.
    pub program: &'a str,
    /// See `program`.
    pub build: Option<&'a str>,
    /// When it was last written: local time, and that of Greenwich.
    pub committed: Option<(NaiveDateTime, NaiveDateTime)>,
    /// Whether every paper is shown.
    pub every_paper: bool,
}

impl Info<'_> {
    /// Writes it for people.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write(&self, out: &mut dyn Write, style: Style) -> io::Result<()> {
        let held = self.inventory;
        let mut line =
            |label: &str, text: String| writeln!(out, "{}{text}", style.coloured(Paint::Label, &filled(label, 10)));
        line("索引", style.safe(&self.home.display().to_string()))?;
        let beside = match held.bytes_beside {
            0 => String::new(),
            bytes => format!("；另有不在用的 {}", size(bytes)),
        };
        let files: u64 = held.roots.iter().map(|root| root.files).sum();
        let bytes: u64 = held.roots.iter().map(|root| root.bytes).sum();
        line("大小", format!("{}{beside}；原文件 {files} 个，{}", size(held.bytes), size(bytes)))?;
        line("报道", format!("{} 篇", held.reports))?;
        let dated = self.filled("date");
        let undated = held.reports.saturating_sub(dated);
        let days = held.days.map_or_else(
            || "没有一篇有日期".to_owned(),
            |(first, last)| style.coloured(Paint::Date, &format!("{first} 至 {last}")),
        );
        let coarse =
            if held.coarse > 0 { format!("；{} 篇只知道年份或月份", held.coarse) } else { String::new() };
        let without = if undated > 0 { format!("；{undated} 篇没有日期") } else { String::new() };
        line("日期", format!("{days}{coarse}{without}"))?;
        self.papers(&mut line, style)?;
        self.fields(&mut line, style)?;
        for (n, root) in held.roots.iter().enumerate() {
            let folder = root.folder.as_ref().map_or_else(|| "标准输入".to_owned(), |path| path.display().to_string());
            let failed = if root.failed > 0 { format!("，读不了的记录 {}", root.failed) } else { String::new() };
            let partial =
                if root.partial > 0 { format!("，没有读完的文件 {}", root.partial) } else { String::new() };
            let told = format!("  文件 {}，报道 {}{failed}{partial}", root.files, root.reports);
            line(if n == 0 { "读自" } else { "" }, style.safe(&folder) + &told)?;
        }
        let at = self.committed.map_or_else(String::new, |(local, _)| local.format("%Y-%m-%d %H:%M:%S").to_string());
        let removed = if held.removed > 0 {
            format!("；已去掉、还占着地方的 {} 篇", held.removed)
        } else {
            String::new()
        };
        line("上次写入", format!("{at}；{} 段{removed}", held.segments))?;
        line("版本", format!("格式 {}，分析器 {}", self.versions.format, self.versions.analyser))?;
        let build = self.build.map(|commit| format!("，提交 {commit}")).unwrap_or_default();
        line("程序", format!("xunwen {}{build}", self.program))
    }

    fn papers(&self, line: &mut impl FnMut(&str, String) -> io::Result<()>, style: Style) -> io::Result<()> {
        let papers = &self.inventory.papers;
        let most = if self.every_paper { usize::MAX } else { PAPERS };
        for (n, (paper, reports)) in papers.iter().take(most).enumerate() {
            line(if n == 0 { "报纸" } else { "" }, format!("{} {reports}", style.safe(paper)))?;
        }
        if papers.is_empty() {
            line("报纸", "没有一篇写明报纸".to_owned())?;
        } else if papers.len() > most {
            line("", format!("……共 {} 家，--all 列出全部", papers.len()))?;
        }
        Ok(())
    }

    /// Writes how many reports have each field, several to a line.
    fn fields(&self, line: &mut impl FnMut(&str, String) -> io::Result<()>, style: Style) -> io::Result<()> {
        const USUAL_COLUMNS: usize = 80;
        let room = style.columns.unwrap_or(USUAL_COLUMNS).min(120).saturating_sub(10);
        let cells: Vec<String> =
            self.inventory.filled.iter().map(|(field, reports)| format!("{} {reports}", label(field))).collect();
        let columns = cells.iter().map(|cell| width(cell)).max().unwrap_or(0) + 2;
        for (n, row) in cells.chunks((room / columns).max(1)).enumerate() {
            let row: String = row.iter().map(|cell| filled(cell, columns)).collect();
            line(if n == 0 { "有这一项" } else { "" }, row.trim_end().to_owned())?;
        }
        Ok(())
    }

    fn filled(&self, field: &str) -> u64 {
        self.inventory.filled.iter().find(|(name, _)| *name == field).map_or(0, |(_, reports)| *reports)
    }

    /// Writes it as one JSON object.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let held = self.inventory;
        let papers: Vec<_> = held.papers.iter().map(|(paper, n)| json!({"value": paper, "reports": n})).collect();
        let roots = held.roots.iter().map(|root| {
            json!({
                "root": root.label, "folder": root.folder.as_ref().map(|path| path.display().to_string()),
                "files": root.files, "bytes": root.bytes, "reports": root.reports, "failed": root.failed,
                "partial": root.partial,
            })
        });
        let fields: serde_json::Map<_, _> =
            held.filled.iter().map(|&(field, reports)| (field.to_owned(), reports.into())).collect();
        super::json::write_line(
            out,
            &json!({
                "v": super::json::VERSION, "index": self.home.display().to_string(), "bytes": held.bytes,
                "bytes_beside": held.bytes_beside, "reports": held.reports, "removed": held.removed,
                "segments": held.segments, "date_from": held.days.map(|(first, _)| first.to_string()),
                "date_to": held.days.map(|(_, last)| last.to_string()), "coarse": held.coarse,
                "undated": held.reports.saturating_sub(self.filled("date")), "fields": fields, "papers": papers,
                "roots": roots.collect::<Vec<_>>(), "commit": held.commit,
                "committed": self.committed.map(|(_, utc)| format!("{}Z", utc.format("%Y-%m-%dT%H:%M:%S"))),
                "format": self.versions.format, "analyser": self.versions.analyser, "program": self.program,
                "build": self.build,
            }),
        )
    }
}

/// Returns the Chinese name of a field by its JSON name: that of the field table where it has one.
fn label(field: &'static str) -> &'static str {
    match field {
        "key" => "记录号",
        _ => fields::named(field.trim_end_matches('s')).map_or(field, |row| row.name),
    }
}

/// Returns a number of bytes to three figures.
#[must_use]
#[allow(clippy::cast_precision_loss)] // three figures are shown
pub fn size(bytes: u64) -> String {
    let mut value = bytes as f64;
    let mut units = ["B", "KB", "MB", "GB", "TB"].into_iter().peekable();
    while let Some(unit) = units.next() {
        if value < 999.5 || units.peek().is_none() {
            let digits = if unit == "B" || value >= 99.95 {
                0
            } else if value >= 9.995 {
                1
            } else {
                2
            };
            return format!("{value:.digits$} {unit}");
        }
        value /= 1024.0;
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_three_figures() {
        let sizes = [0, 999, 1024, 10_240, 1 << 20, 123 << 20, 5_555_555_555].map(size);
        assert_eq!(sizes, ["0 B", "999 B", "1.00 KB", "10.0 KB", "1.00 MB", "123 MB", "5.17 GB"]);
    }
}
