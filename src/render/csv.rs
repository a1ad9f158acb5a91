//! Tables as CSV (RFC 4180), for spreadsheets: text that a spreadsheet would take for a formula is defused.

use crate::article::PartialDate;
use std::io::{self, Write};

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text of others, which may be anything.
    Text(String),
    /// A whole number.
    Number(u64),
    /// A measured number, with so many digits after the point.
    Measure(f64, usize),
    /// A date, as far as it is known.
    Date(PartialDate),
    /// Not known, or not to be had.
    Nothing,
}

impl Value {
    /// Returns the cell as it is read by people.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Measure(number, digits) => format!("{number:.digits$}"),
            Self::Nothing => String::new(),
        }
    }
}

/// A table that is written a row at a time.
pub struct Table<W: Write> {
    writer: ::csv::Writer<W>,
}

impl<W: Write> Table<W> {
    /// Writes the header; with `bom`, marked as UTF-8 for Excel.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn begin(mut out: W, bom: bool, header: &[&str]) -> io::Result<Self> {
        if bom {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let mut writer = ::csv::Writer::from_writer(out);
        writer.write_record(header.iter().map(|cell| defused(cell))).map_err(as_io)?;
        Ok(Self { writer })
    }

    /// Writes a row.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Value>) -> io::Result<()> {
        let cells = cells.into_iter().map(|cell| match &cell {
            Value::Text(text) => defused(text),
            Value::Number(_) | Value::Measure(..) | Value::Date(_) | Value::Nothing => cell.text(),
        });
        self.writer.write_record(cells).map_err(as_io)
    }

    /// Sends off what was written.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn end(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Writes a table; with `bom`, marked as UTF-8 for Excel.
///
/// # Errors
/// When the writer fails.
pub fn write(
    out: &mut dyn Write,
    bom: bool,
    header: &[&str],
    rows: impl IntoIterator<Item = Vec<Value>>,
) -> io::Result<()> {
    let mut table = Table::begin(out, bom, header)?;
    rows.into_iter().try_for_each(|row| table.row(row))?;
    table.end()
}

/// Gives back the failure of the writer below: a pipe that is closed is still told by its kind.
fn as_io(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Puts an apostrophe before text that a spreadsheet would run as a formula (OWASP, "CSV Injection").
fn defused(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(bom: bool, cells: &[Value]) -> String {
        let mut out = Vec::new();
        write(&mut out, bom, &["a", "b"], [cells.to_vec()]).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_would_be_a_formula_is_text() {
        let text = |text: &str| Value::Text(text.to_owned());
        assert_eq!(written(false, &[text("=1+1"), text("@x,y")]), "a,b\n'=1+1,\"'@x,y\"\n");
        assert_eq!(written(true, &[Value::Measure(0.5, 2), Value::Nothing]), "\u{feff}a,b\n0.50,\n");
    }

    proptest! {
        #[test]
        fn a_reader_of_csv_gets_every_cell_back(texts in proptest::collection::vec("[-=@+,\"\n\r\t养a ]{0,6}", 2)) {
            let cells: Vec<_> = texts.iter().map(|text| Value::Text(text.clone())).collect();
            let written = written(false, &cells);
            let mut reader = ::csv::Reader::from_reader(written.as_bytes());
            let record = reader.records().next().unwrap().unwrap();
            for (cell, text) in record.iter().zip(&texts) {
                prop_assert!(cell == text || cell.strip_prefix('\'') == Some(text));
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']));
            }
        }
    }
}
