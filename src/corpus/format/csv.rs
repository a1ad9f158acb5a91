//! Tables with a header: comma, semicolon or tab between the columns.

mod rows;

use super::{EachRecord, Unreadable, collect};
use crate::corpus::record::{Field, Record, Value, field_of};
use crate::corpus::{Known, Reading, Warning};
use csv::{ReaderBuilder, StringRecord};
use rows::{Row, Rows};
use std::borrow::Cow;
use std::io::BufRead;

/// What may stand between the columns of a file called CSV.
const SEPARATORS: [u8; 4] = *b",;\t|";
/// A header is not longer, in bytes; a longer first line is text.
const LONGEST_HEADER: usize = 4096;

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
    let first = first_line(text)?;
    let (known, columns, separator) =
        if is_table || may_name_report(first) { best_separator(first)? } else { return None };
    let is_header = known > 1 || (known == 1 && columns == 2);
    ((is_header || is_table) && columns > 1).then_some(separator)
}

fn first_line(text: &str) -> Option<&str> {
    text.lines().find(|line| !line.trim().is_empty()).filter(|line| line.len() <= LONGEST_HEADER)
}

/// Whether a line can name the column of a title or a text: a look at it that spares most pages the parting into columns.
/// No name holds what parts columns, so that quotes make no difference.
fn may_name_report(line: &str) -> bool {
    let separators = SEPARATORS.map(char::from);
    let has_columns = SEPARATORS.iter().any(|separator| line.as_bytes().contains(separator));
    has_columns
        && line
            .split(separators)
            .any(|name| field_of(name.trim().trim_matches('"')).is_some_and(|(field, _)| is_of_report(field)))
}

/// Whether a column holds what makes a table one of reports.
fn is_of_report(field: Field) -> bool {
    matches!(field, Field::Title | Field::Body)
}

/// How many of the columns in the first line are known, how many there are, and by what they are parted best.
fn best_separator(first: &str) -> Option<(usize, usize, u8)> {
    // Most first lines hold none of them, and to make a reader takes longer than to read the line.
    let occurring = SEPARATORS.into_iter().filter(|separator| first.as_bytes().contains(separator));
    let counted = occurring.map(|separator| {
        let names = header(first, separator);
        let fields: Vec<Field> = names.iter().filter_map(|name| Some(field_of(name)?.0)).collect();
        let holds_report = fields.iter().copied().any(is_of_report);
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
    collect(known, |each| each_record(&mut text.as_bytes(), known, each))
}

/// Reads a table whose columns are parted by tabs.
pub fn read_tabs(text: &str, known: &Known) -> Result<Reading, Unreadable> {
    collect(known, |each| each_tabbed_record(&mut text.as_bytes(), known, each))
}

/// Yields the rows of a table of any length, whose columns are parted by what parts its header best.
pub fn each_record(source: &mut dyn BufRead, known: &Known, each: &mut EachRecord<'_>) -> Result<(), Unreadable> {
    each_row(source, None, known, each)
}

/// The same, where tabs part the columns.
pub fn each_tabbed_record(
    source: &mut dyn BufRead,
    known: &Known,
    each: &mut EachRecord<'_>,
) -> Result<(), Unreadable> {
    each_row(source, Some(b'\t'), known, each)
}

fn each_row(
    source: &mut dyn BufRead,
    separator: Option<u8>,
    known: &Known,
    each: &mut EachRecord<'_>,
) -> Result<(), Unreadable> {
    let mut rows = Rows::new(source, separator)?;
    let Some(first) = rows.next_row()? else { return Ok(()) };
    let header = first.fields;
    let has = |field| header.iter().any(|name| known.field_of(name).is_some_and(|(of, _)| of == field));
    if !has(Field::Title) && !has(Field::Body) {
        let names: Vec<&str> = header.iter().map(String::as_str).take(8).collect();
        return Err(Unreadable::Malformed(format!("第一行里没有标题或正文一列：{}", names.join("、"))));
    }
    while let Some(row) = rows.next_row()? {
        if each(record(row, &header)).is_break() {
            break;
        }
    }
    Ok(())
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
