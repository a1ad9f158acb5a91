//! A report on a line: date, headline, paper and page, id.

use super::hits::untitled;
use super::wrap::wrapped;
use super::{Paint, Style};
use crate::index::Report;
use std::io::{self, Write};

/// Writes a report on a line, or more where the terminal is narrow, each begun with an indent.
///
/// # Errors
/// When the writer fails.
pub fn write(out: &mut dyn Write, report: &Report, indent: &str, style: Style) -> io::Result<()> {
    let article = &report.article;
    let date = article.date().map_or_else(|| "日期不详".to_owned(), |(date, _)| date.to_string());
    let edition: Vec<&str> = [&article.paper, &article.page].into_iter().flatten().map(String::as_str).collect();
    let (edition, id) = (edition.join(" "), report.id.to_string());
    let title = article.title.as_deref();
    let title = title.map_or((Paint::Dim, untitled(article)), |title| (Paint::Title, title));
    let mut pieces = vec![(Paint::Date, date.as_str()), (Paint::Plain, "  "), title, (Paint::Plain, "  ")];
    if !edition.is_empty() {
        pieces.extend([(Paint::Plain, edition.as_str()), (Paint::Plain, "  ")]);
    }
    pieces.push((Paint::Dim, &id));
    writeln!(out, "{}", wrapped(&pieces, indent, style))
}
