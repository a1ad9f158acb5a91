//! A whole report, for people: to read, or field by field with where each value came from.

use super::hits::{cut_at_marks, untitled};
use super::wrap::wrapped;
use super::{Links, Paint, Style};
use crate::article::fields::TextField;
use crate::article::{Article, Kind};
use crate::index::{Report, Wanted};
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

/// The most columns of a line of text that is to be read: fifty Han characters. The eye does not find back from longer
/// ones.
const READABLE: usize = 100;
/// The columns of a label.
const LABEL: usize = 10;

fn readable(style: Style) -> Style {
    Style { columns: style.columns.map(|columns| columns.min(READABLE)), ..style }
}

fn names(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| names.join("、"))
}

/// How a report is shown.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// What is marked in it.
    pub marks: Option<&'a Wanted>,
    /// Of the text, only the paragraphs with marks and so many beside each; `None`: all.
    pub around: Option<usize>,
    /// How it is linked to.
    pub links: &'a Links,
}

/// Writes a report to be read.
///
/// # Errors
/// When the writer fails.
pub fn write(out: &mut dyn Write, report: &Report, shown: Shown<'_>, style: Style) -> io::Result<()> {
    let style = readable(style);
    let article = &report.article;
    let marks = |part, place| shown.marks.map(|wanted| wanted.marks(article, part, place)).unwrap_or_default();
    let piece = |part, place, text, plain| wrapped(&cut_at_marks(text, &marks(part, place), plain), "", style);
    if let Some(kicker) = &article.kicker {
        writeln!(out, "{}", piece(TextField::Deck, 0, kicker, Paint::Plain))?;
    }
    match &article.title {
        Some(title) => writeln!(out, "{}", piece(TextField::Title, 0, title, Paint::Title))?,
        None => writeln!(out, "{}", style.coloured(Paint::Title, untitled(article)))?,
    }
    if let Some(subtitle) = &article.subtitle {
        let place = usize::from(article.kicker.is_some());
        writeln!(out, "{}", piece(TextField::Deck, place, subtitle, Paint::Plain))?;
    }
    writeln!(out)?;
    let with_marks: Vec<bool> =
        (0..article.body.len()).map(|place| !marks(TextField::Body, place).is_empty()).collect();
    let is_near = |place: usize, around: usize| {
        let (first, last) = (place.saturating_sub(around), place.saturating_add(around));
        (first..=last.min(with_marks.len())).any(|near| with_marks.get(near) == Some(&true))
    };
    let mut left_out = false;
    for (place, paragraph) in article.body.iter().enumerate() {
        if shown.around.is_some_and(|around| !is_near(place, around)) {
            if !left_out {
                writeln!(out, "{}\n", style.coloured(Paint::Dim, "……"))?;
            }
            left_out = true;
            continue;
        }
        left_out = false;
        writeln!(out, "{}\n", piece(TextField::Body, place, &paragraph.text, Paint::Plain))?;
    }
    let shown_above = ["kicker", "title", "subtitle"];
    write_lines(out, article, style, |key| !shown_above.contains(&key))?;
    for (place, line) in article.furniture.iter().enumerate() {
        let marks = marks(TextField::Furniture, place);
        write_wrapped(out, "版面文字", &cut_at_marks(line, &marks, Paint::Dim), style)?;
    }
    for (key, value) in &article.extra {
        write_wrapped(out, &style.safe(key), &[(Paint::Plain, value)], style)?;
    }
    let origin = style.paint(Paint::Dim, &format!("{}:{}", report.file, article.line));
    write_line(out, "出处", &shown.links.over(report, &origin))?;
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
    let style = readable(style);
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
        write_wrapped(out, &format!("正文 {n}"), &shown, style)?;
    }
    for line in &article.furniture {
        write_wrapped(out, "版面文字", &[(Paint::Dim, line)], style)?;
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
        write_wrapped(out, label, &[(paint, &value), (Paint::Dim, &basis)], style)?;
    }
    Ok(())
}

/// Writes a line of a label and pieces of text, its further lines below the text.
fn write_wrapped(out: &mut dyn Write, label: &str, pieces: &[(Paint, &str)], style: Style) -> io::Result<()> {
    let text = wrapped(pieces, &" ".repeat(LABEL), style);
    write_line(out, label, text.trim_start_matches(' '))
}

fn write_line(out: &mut dyn Write, label: &str, text: &str) -> io::Result<()> {
    writeln!(out, "{}{text}", filled(label, LABEL))
}
