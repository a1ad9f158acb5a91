//! Tables with a header: comma, semicolon or tab between the columns.

use super::{Unreadable, line_number};
use crate::corpus::record::{Field, Record, Value, field_of, read_records};
use crate::corpus::{Known, Reading, Warning};
use csv::{ReaderBuilder, StringRecord};
use std::borrow::Cow;

/// What may stand between the columns of a file called CSV.
const SEPARATORS: [u8; 4] = *b",;\t|";
/// A header is not longer, in bytes; a longer first line is text.
const LONGEST_HEADER: usize = 4096;
/// A quote that is never closed is tried to be passed over so often.
const MOST_RESTARTS: usize = 8;

/// Returns whether the first line names columns, among them title or text, parted by something else than tabs.
pub fn sniff(text: &str, extension: &str) -> bool {
    names_columns(text, extension == "csv").is_some_and(|separator| separator != b'\t')
}

/// The same for tabs.
pub fn sniff_tabs(text: &str, extension: &str) -> bool {
    names_columns(text, matches!(extension, "tsv" | "tab")).is_some_and(|separator| separator == b'\t')
}

/// Returns what parts the columns that the first line names. `is_table`: the name of the file says that it is one.
fn names_columns(text: &str, is_table: bool) -> Option<u8> {
    let (known, columns, separator) = best_separator(text)?;
    let is_header = known > 1 || (known == 1 && columns == 2);
    ((is_header || is_table) && columns > 1).then_some(separator)
}

/// How many of the columns in the first line are known, how many there are, and by what they are parted best.
fn best_separator(text: &str) -> Option<(usize, usize, u8)> {
    let first = text.lines().find(|line| !line.trim().is_empty()).filter(|line| line.len() <= LONGEST_HEADER)?;
    let counted = SEPARATORS.into_iter().map(|separator| {
        let names = header(first, separator);
        let fields: Vec<Field> = names.iter().filter_map(|name| Some(field_of(name)?.0)).collect();
        let holds_report = fields.iter().any(|field| matches!(field, Field::Title | Field::Body));
        (if holds_report { fields.len() } else { 0 }, names.len(), separator)
    });
    // Of two that part equally well, the usual one.
    counted.rev().max_by_key(|&(known, columns, _)| (known, columns))
}

fn header(line: &str, separator: u8) -> StringRecord {
    let mut record = StringRecord::new();
    let mut reader = ReaderBuilder::new().has_headers(false).delimiter(separator).from_reader(line.as_bytes());
    let is_read = reader.read_record(&mut record).unwrap_or(false);
    if is_read { record } else { StringRecord::new() }
}

/// Reads a table whose columns are parted by what parts its header best.
pub fn read(text: &str, known: &Known) -> Result<Reading, Unreadable> {
    read_table(text, best_separator(text).map_or(b',', |(.., separator)| separator), known)
}

/// Reads a table whose columns are parted by tabs.
pub fn read_tabs(text: &str, known: &Known) -> Result<Reading, Unreadable> {
    read_table(text, b'\t', known)
}

fn read_table(text: &str, separator: u8, known: &Known) -> Result<Reading, Unreadable> {
    let mut rows = rows(text, separator, 0, 1);
    let Some(first) = rows.first_mut() else { return Ok(Reading::default()) };
    let header = std::mem::take(&mut first.fields);
    let has = |field| header.iter().any(|name| field_of(name).is_some_and(|(of, _)| of == field));
    if !has(Field::Title) && !has(Field::Body) {
        let names: Vec<&str> = header.iter().map(String::as_str).take(8).collect();
        return Err(Unreadable::Malformed(format!("第一行里没有标题或正文一列：{}", names.join("、"))));
    }
    Ok(read_records(rows.into_iter().skip(1).map(|row| record(row, &header)), known))
}

/// A row, or what is wrong with it.
struct Row {
    line: u32,
    fields: Vec<String>,
    fault: Option<&'static str>,
}

/// Cuts a text into rows from a byte on, which is on a line.
fn rows(text: &str, separator: u8, mut from: usize, mut line: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    for _ in 0..MOST_RESTARTS {
        let part = text.get(from..).unwrap_or_default();
        let mut reader =
            ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(part.as_bytes());
        let mut record = StringRecord::new();
        let mut last = None;
        // Text cannot fail to be UTF-8, nor memory to be read.
        while reader.read_record(&mut record).unwrap_or(false) {
            let (start, at) = record.position().map_or((0, 1), |place| (place.byte(), place.line()));
            let (start, at) = (usize::try_from(start).unwrap_or(0), usize::try_from(at).unwrap_or(1));
            // A row is said to begin where the one before ended: blank lines are passed over.
            let blank = part.get(start..).unwrap_or_default();
            let blank = blank.len() - blank.trim_start_matches(['\r', '\n']).len();
            let skipped = part.get(start..start + blank).unwrap_or_default().matches('\n').count();
            rows.push(Row {
                line: line_number(line + at - 1 + skipped),
                fields: record.iter().map(str::to_owned).collect(),
                fault: None,
            });
            last = Some(start + blank);
        }
        let Some(start) = last else { break };
        let Some(swallowed) = part.get(start..).filter(|row| row.matches('"').count() % 2 == 1) else { break };
        // A quote never closed took in all that follows: only its own line is bad.
        let Some(row) = rows.last_mut() else { break };
        row.fault = Some("引号没有闭合");
        let Some(end) = swallowed.find('\n') else { break };
        line = usize::try_from(row.line).unwrap_or(line) + 1;
        from += start + end + 1;
    }
    rows
}

fn record<'a>(row: Row, header: &'a [String]) -> Result<Record<'a>, Warning> {
    let bad = |message: String| Warning::at(row.line, message);
    if let Some(fault) = row.fault {
        return Err(bad(fault.to_owned()));
    }
    let more = row.fields.get(header.len()..).unwrap_or_default();
    if more.iter().any(|value| !value.trim().is_empty()) {
        return Err(bad(format!("有 {} 列，第一行只有 {} 列", row.fields.len(), header.len())));
    }
    let values = header.iter().zip(row.fields).map(|(name, value)| (Cow::from(name), Value::Text(Cow::from(value))));
    Ok(Record { line: row.line, values: values.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Reading {
        assert!(sniff(text, "") || sniff_tabs(text, ""), "{text}");
        read(text, &Known::default()).unwrap()
    }

    #[test]
    fn a_table_is_read_by_its_header_whatever_parts_its_columns() {
        for separator in [",", ";", "\t", "|"] {
            let text = "编号,标题,正文,点击\n1,河灯会开幕,\"第一段\n第二段\",8\n\n2,灯市,,\n".replace(',', separator);
            let reading = read_text(&text);
            let places: Vec<_> = reading.articles.iter().map(|a| (a.key.as_deref(), a.line)).collect();
            assert_eq!(places, [(Some("1"), 2), (Some("2"), 5)], "{separator}");
            assert_eq!(reading.articles[0].body.len(), 2);
            assert_eq!(reading.articles[0].extra.get("点击").map(String::as_str), Some("8"));
            assert!(reading.articles[1].extra.is_empty() && reading.articles[1].body.is_empty());
        }
    }

    #[test]
    fn a_bad_row_costs_only_itself() {
        let reading = read_text("标题,正文\n甲,一\n乙,二,三\n,\n丙,\"四\n丁,五\n");
        let titles: Vec<_> = reading.articles.iter().map(|a| a.title.as_deref().unwrap()).collect();
        assert_eq!(titles, ["甲", "丁"]);
        let failed: Vec<_> = reading.failed.iter().map(|bad| (bad.line.unwrap(), bad.message.as_str())).collect();
        assert_eq!(failed, [(3, "有 3 列，第一行只有 2 列"), (4, "既没有标题也没有正文"), (5, "引号没有闭合")]);
    }

    #[test]
    fn a_header_without_title_and_text_is_refused_by_name() {
        let error = read("日期,点击\n2031-02-03,8\n", &Known::default()).unwrap_err();
        assert_eq!(error.to_string(), "第一行里没有标题或正文一列：日期、点击");
    }

    #[test]
    fn prose_with_commas_is_no_table() {
        for text in ["标题,很长,也没有内容的一行\n正文", "河灯会,昨日开幕\n", "题目\n正文", ""]
        {
            assert!(!sniff(text, "txt") && !sniff_tabs(text, "txt"), "{text}");
        }
    }
}
