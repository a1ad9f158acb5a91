//! A whole report, for people: to read, or field by field with where each value came from.

use super::hits::untitled;
use super::wrap::wrapped;
use super::{Paint, Style};
use crate::article::{Article, Kind};
use crate::index::Report;
use crate::text::width::filled;
use std::io::{self, Write};

/// One value of a report: JSON key, label, and how to get it as text.
type FieldLine = (&'static str, &'static str, fn(&Article) -> Option<String>);

/// The fields in the order in which they are shown.
const LINES: &[FieldLine] = &[
    ("kicker", "引题", |a| a.kicker.clone()),
    ("title", "标题", |a| a.title.clone()),
    ("subtitle", "副题", |a| a.subtitle.clone()),
    ("column", "栏目", |a| a.column.clone()),
    ("reporters", "记者", |a| names(&a.byline.reporters)),
    ("correspondents", "通讯员", |a| names(&a.byline.correspondents)),
    ("photographers", "摄影", |a| names(&a.byline.photographers)),
    ("authors", "作者", |a| names(&a.byline.authors)),
    ("interns", "实习生", |a| names(&a.byline.interns)),
    ("editors", "编辑", |a| names(&a.byline.editors)),
    ("source", "来源", |a| a.source.clone()),
    ("paper", "报纸", |a| a.paper.clone()),
    ("page", "版次", |a| a.page.clone()),
    ("place", "电头地点", |a| a.place.clone()),
    ("published", "见报日期", |a| a.published.map(|d| d.to_string())),
    ("dateline_date", "电头日期", |a| a.dateline_date.map(|d| d.to_string())),
    ("event_date", "事件日期", |a| a.event_date.map(|d| d.to_string())),
];

/// The columns of a label.
const LABEL: usize = 10;

fn names(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| names.join("、"))
}

/// Writes a report to be read.
///
/// # Errors
/// When the writer fails.
pub fn write(out: &mut dyn Write, report: &Report, style: Style) -> io::Result<()> {
    let article = &report.article;
    if let Some(kicker) = &article.kicker {
        writeln!(out, "{}", wrapped(&[(Paint::Plain, kicker)], "", style))?;
    }
    match &article.title {
        Some(title) => writeln!(out, "{}", wrapped(&[(Paint::Title, title)], "", style))?,
        None => writeln!(out, "{}", style.coloured(Paint::Title, untitled(article)))?,
    }
    if let Some(subtitle) = &article.subtitle {
        writeln!(out, "{}", wrapped(&[(Paint::Plain, subtitle)], "", style))?;
    }
    writeln!(out)?;
    for paragraph in &article.body {
        writeln!(out, "{}\n", wrapped(&[(Paint::Plain, &paragraph.text)], "", style))?;
    }
    let shown_above = ["kicker", "title", "subtitle"];
    write_lines(out, article, style, |key| !shown_above.contains(&key))?;
    for line in &article.furniture {
        write_line(out, "版面文字", &style.paint(Paint::Dim, line))?;
    }
    for (key, value) in &article.extra {
        write_line(out, &style.safe(key), &style.safe(value))?;
    }
    write_line(out, "出处", &style.paint(Paint::Dim, &format!("{}:{}", report.file, article.line)))?;
    write_line(out, "编号", &style.coloured(Paint::Dim, &report.id.to_string()))
}

/// Writes the copies of a report in other papers, a line each: paper, date, id.
///
/// # Errors
/// When the writer fails.
pub fn write_copies(out: &mut dyn Write, copies: &[Report], style: Style) -> io::Result<()> {
    for copy in copies {
        let article = &copy.article;
        let paper = article.paper.as_ref().or(article.source.as_ref());
        let date = article.date().map(|(date, _)| style.coloured(Paint::Date, &date.to_string()));
        let id = style.coloured(Paint::Dim, &copy.id.to_string());
        let parts: Vec<_> =
            paper.map(|paper| style.paint(Paint::Plain, paper)).into_iter().chain(date).chain([id]).collect();
        write_line(out, "转载", &parts.join("  "))?;
    }
    Ok(())
}

/// Writes how a report was read, field by field, each with where it came from.
///
/// # Errors
/// When the writer fails.
pub fn write_fields(out: &mut dyn Write, number: usize, article: &Article, style: Style) -> io::Result<()> {
    let kind = match article.kind {
        Kind::Article => "报道",
        Kind::Brief => "简讯",
        Kind::Caption => "图片说明",
    };
    writeln!(out, "{}", style.coloured(Paint::Title, &format!("[{number}] {kind}，第 {} 行起", article.line)))?;
    write_lines(out, article, style, |_| true)?;
    for (n, paragraph) in (1..).zip(&article.body) {
        let (first, last) = paragraph.lines;
        let lines = if first == last { format!("第 {first} 行") } else { format!("第 {first}–{last} 行") };
        let shown = [(Paint::Dim, lines.as_str()), (Paint::Plain, " "), (Paint::Plain, paragraph.text.as_str())];
        let indent = " ".repeat(LABEL);
        let text = wrapped(&shown, &indent, style);
        write_line(out, &format!("正文 {n}"), text.trim_start())?;
    }
    for line in &article.furniture {
        write_line(out, "版面文字", &style.paint(Paint::Dim, line))?;
    }
    writeln!(out)
}

fn write_lines(out: &mut dyn Write, article: &Article, style: Style, wanted: impl Fn(&str) -> bool) -> io::Result<()> {
    for (key, label, value) in LINES.iter().filter(|(key, ..)| wanted(key)) {
        let Some(value) = value(article) else { continue };
        let paint = match *key {
            "title" => Paint::Title,
            "published" | "dateline_date" | "event_date" => Paint::Date,
            "reporters" | "correspondents" | "photographers" | "authors" | "interns" | "editors" => Paint::Name,
            _ => Paint::Plain,
        };
        let basis = article.basis.get(*key).map(|basis| format!("（据{}）", basis.label())).unwrap_or_default();
        let text = format!("{}{}", style.paint(paint, &value), style.coloured(Paint::Dim, &basis));
        write_line(out, label, &text)?;
    }
    Ok(())
}

fn write_line(out: &mut dyn Write, label: &str, text: &str) -> io::Result<()> {
    writeln!(out, "{}{text}", filled(label, LABEL))
}
