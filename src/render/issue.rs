//! The reports of a day, by paper and page.

use super::csv::{self, Value};
use super::hits::untitled;
use super::wrap::laid_out;
use super::{Links, Paint, Style};
use crate::article::Role;
use crate::index::{DayHeld, Report};
use crate::text::width::{cut, width};
use chrono::NaiveDate;
use serde_json::json;
use std::io::{self, Write};

/// Writes them for people, a headline a line under their page.
///
/// # Errors
/// When the writer fails.
pub fn write(out: &mut dyn Write, day: NaiveDate, held: &DayHeld, links: &Links, style: Style) -> io::Result<()> {
    for page in held.reports.chunk_by(|a, b| edition(a) == edition(b)) {
        let Some(first) = page.first() else { continue };
        let (paper, page_name) = edition(first);
        let name = page_name.map(|page| if page.ends_with('版') { page.to_owned() } else { format!("{page}版") });
        let heading: Vec<&str> = paper.into_iter().chain(name.as_deref()).collect();
        let heading = if heading.is_empty() { "（未注明版次）".to_owned() } else { heading.join(" ") };
        writeln!(out, "{}", style.paint(Paint::Label, &heading))?;
        for report in page {
            let article = &report.article;
            let names: Vec<&str> = [Role::Reporter, Role::Correspondent, Role::Photographer]
                .into_iter()
                .flat_map(|role| article.byline.of(role))
                .map(String::as_str)
                .collect();
            let (names, id) = (names.join("、"), report.id.to_string());
            let title = article.title.as_deref();
            let mut headline = vec![match title {
                Some(title) => (Paint::Title, title),
                None => (Paint::Dim, untitled(article)),
            }];
            let opening: String;
            if title.is_none()
                && let Some(paragraph) = article.body.first()
            {
                opening = beginning(&paragraph.text, untitled(article), &[&names, &id], style);
                headline.push((Paint::Plain, &opening));
            }
            let mut parts = vec![headline];
            if !names.is_empty() {
                parts.push(vec![(Paint::Name, names.as_str())]);
            }
            parts.push(vec![(Paint::Dim, &id)]);
            writeln!(out, "{}", links.over(report, &laid_out(&parts, "  ", style)))?;
        }
        writeln!(out)?;
    }
    let line = format!("{}；{}", summary(day, held), beside(held));
    writeln!(out, "{}", style.coloured(Paint::Dim, &line))
}

/// The most characters of a report's beginning that stand for a headline, and the least columns of it.
const OF_BEGINNING: (usize, usize) = (24, 16);

/// Returns as much of a report's beginning as leaves room on its line for what stands before and behind it.
fn beginning(text: &str, before: &str, behind: &[&str], style: Style) -> String {
    let (most, least) = OF_BEGINNING;
    let short = style.safe(text).chars().take(most).collect::<String>() + "…";
    let taken = behind.iter().filter(|part| !part.is_empty()).map(|part| width(part) + 2);
    let taken: usize = taken.sum::<usize>() + width(before) + 2;
    style.columns.map_or_else(|| short.clone(), |columns| cut(&short, columns.saturating_sub(taken).max(least)))
}

/// Says how many there are.
#[must_use]
pub fn summary(day: NaiveDate, held: &DayHeld) -> String {
    format!("{day} 共 {} 篇", held.reports.len())
}

/// Names the days beside it.
#[must_use]
pub fn beside(held: &DayHeld) -> String {
    let named = |day: Option<NaiveDate>| day.map_or_else(|| "没有了".to_owned(), |day| day.to_string());
    format!("上一期 {}，下一期 {}", named(held.beside.0), named(held.beside.1))
}

/// Writes them as one JSON object.
///
/// # Errors
/// When the writer fails.
pub fn write_json(out: &mut dyn Write, day: NaiveDate, held: &DayHeld) -> io::Result<()> {
    let reports: Result<Vec<_>, _> =
        held.reports.iter().map(|report| serde_json::to_value(super::json::stored_json(report))).collect();
    let text = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    super::json::write_line(
        out,
        &json!({
            "v": super::json::VERSION, "date": day.to_string(), "previous": text(held.beside.0),
            "next": text(held.beside.1), "total": held.reports.len(), "reports": reports?,
        }),
    )
}

/// Writes them as CSV.
///
/// # Errors
/// When the writer fails.
pub fn write_csv(out: &mut dyn Write, day: NaiveDate, held: &DayHeld, bom: bool) -> io::Result<()> {
    let rows = held.reports.iter().map(|report| {
        let article = &report.article;
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let (paper, page) = edition(report);
        let names = article.byline.of(Role::Reporter).join("、");
        let cells = [day.to_string(), text(paper), text(page), text(article.title.as_deref()), names];
        cells.into_iter().chain([article.kind.name().to_owned(), report.id.to_string()]).map(Value::Text).collect()
    });
    csv::write(out, bom, &["date", "paper", "page", "title", "reporters", "kind", "id"], rows)
}

fn edition(report: &Report) -> (Option<&str>, Option<&str>) {
    (report.article.paper.as_deref(), report.article.page.as_deref())
}
