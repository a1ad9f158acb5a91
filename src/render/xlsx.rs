//! Tables as workbooks of Excel. What is text stays text: no cell is ever run as a formula.

use super::csv::Value;
use crate::article::PartialDate;
use crate::text::width::width;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use std::io::Write;
use std::path::Path;

/// The most rows that a sheet has, its header among them.
const MOST_ROWS: u32 = 1_048_576;
/// The most characters that a cell holds, as Excel counts them (UTF-16).
const MOST_CHARACTERS: usize = 32_767;
/// The widest that a column is made, in characters of its font.
const WIDEST: usize = 50;

/// A sheet that is filled a row at a time.
pub struct Sheet {
    book: Workbook,
    widths: Vec<usize>,
    rows: u32,
    /// How many cells held more than a cell can.
    cut: u64,
    /// How many rows there was no room for.
    left_out: u64,
}

/// What did not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Losses {
    /// Cells that were cut.
    pub cut: u64,
    /// Rows that were left out.
    pub left_out: u64,
}

impl Sheet {
    /// Begins a sheet with a header, which stays in sight and can filter. Its rows are put aside in a nameless file of a
    /// folder until it ends.
    ///
    /// # Errors
    /// A sentence, where there are more columns than a sheet has, or the folder cannot be written.
    pub fn begin(header: &[&str], folder: &Path) -> Result<Self, String> {
        let mut book = Workbook::new();
        book.set_tempdir(folder).map_err(said)?;
        // The same table is the same bytes: no clock.
        let began = ExcelDateTime::from_ymd(2000, 1, 1).map_err(said)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&began));
        let sheet = book.add_worksheet_with_constant_memory().map_err(said)?;
        let bold = Format::new().set_bold();
        for (column, text) in (0..).zip(header) {
            sheet.write_string_with_format(0, column, *text, &bold).map_err(said)?;
        }
        sheet.set_freeze_panes(1, 0).map_err(said)?;
        let widths = header.iter().map(|text| width(text)).collect();
        Ok(Self { book, widths, rows: 1, cut: 0, left_out: 0 })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// A sentence, when a cell cannot be written.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Value>) -> Result<(), String> {
        if self.rows >= MOST_ROWS {
            self.left_out += 1;
            return Ok(());
        }
        let sheet = self.book.worksheet_from_index(0).map_err(said)?;
        for ((column, cell), widest) in (0..).zip(cells).zip(&mut self.widths) {
            let text = cell.text();
            let longest_line = text.lines().map(width).max().unwrap_or(0);
            *widest = (*widest).max(longest_line.min(WIDEST));
            let written = match cell {
                Value::Nothing => continue,
                Value::Text(text) if text.is_empty() => continue,
                Value::Text(text) => {
                    let text = if text.encode_utf16().count() > MOST_CHARACTERS {
                        self.cut += 1;
                        shortened(&text)
                    } else {
                        text
                    };
                    sheet.write_string(self.rows, column, text)
                }
                Value::Date(date) => match day(date) {
                    Some(day) => {
                        let format = Format::new().set_num_format("yyyy-mm-dd");
                        sheet.write_datetime_with_format(self.rows, column, &day, &format)
                    }
                    None => sheet.write_string(self.rows, column, text),
                },
                #[allow(clippy::cast_precision_loss)] // Excel has no other numbers
                Value::Number(number) => sheet.write_number(self.rows, column, number as f64),
                Value::Measure(number, _) => sheet.write_number(self.rows, column, number),
            };
            written.map_err(said)?;
        }
        self.rows += 1;
        Ok(())
    }

    /// Writes the workbook, and returns what did not fit into it.
    ///
    /// # Errors
    /// A sentence, when it cannot be put together, or the writer fails.
    pub fn end(mut self, out: impl Write + Send) -> Result<Losses, String> {
        let sheet = self.book.worksheet_from_index(0).map_err(said)?;
        for (column, &widest) in (0..).zip(&self.widths) {
            #[allow(clippy::cast_precision_loss)] // at most WIDEST
            sheet.set_column_width(column, widest as f64 + 2.0).map_err(said)?;
        }
        let last = u16::try_from(self.widths.len().saturating_sub(1)).unwrap_or(u16::MAX);
        sheet.autofilter(0, 0, self.rows - 1, last).map_err(said)?;
        self.book.save_to_writer(out).map_err(said)?;
        Ok(Losses { cut: self.cut, left_out: self.left_out })
    }
}

fn said(error: XlsxError) -> String {
    error.to_string()
}

/// Returns as much of a text as a cell holds, with an ellipsis.
fn shortened(text: &str) -> String {
    let mut held = 1; // the ellipsis
    let fits = text.chars().take_while(|c| {
        held += c.len_utf16();
        held <= MOST_CHARACTERS
    });
    fits.collect::<String>() + "…"
}

/// Returns a date that Excel knows: a whole one, from 1900 on.
fn day(date: PartialDate) -> Option<ExcelDateTime> {
    let year = u16::try_from(date.year()).ok().filter(|&year| year >= 1900)?;
    ExcelDateTime::from_ymd(year, u8::try_from(date.month()?).ok()?, u8::try_from(date.day()?).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader as _, Xlsx};
    use std::io::Cursor;

    fn read(bytes: Vec<u8>) -> Vec<Vec<Data>> {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let range = book.worksheet_range_at(0).unwrap().unwrap();
        range.rows().map(<[Data]>::to_vec).collect()
    }

    fn made(rows: &[Vec<Value>]) -> (Vec<u8>, Losses) {
        let folder = tempfile::tempdir().unwrap();
        let mut sheet = Sheet::begin(&["标题", "日期", "篇数"], folder.path()).unwrap();
        rows.iter().for_each(|row| sheet.row(row.clone()).unwrap());
        let mut bytes = Vec::new();
        let losses = sheet.end(&mut bytes).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        (bytes, losses)
    }

    #[test]
    fn text_stays_text_dates_are_dates_and_numbers_numbers() {
        let date = Value::Date(PartialDate::day_of(2026, 2, 4).unwrap());
        let month = Value::Date(PartialDate::month_of(2026, 2).unwrap());
        let rows = [
            vec![Value::Text("=1+1".into()), date, Value::Number(3)],
            vec![Value::Text("养老".into()), month, Value::Nothing],
        ];
        let (bytes, losses) = made(&rows);
        assert_eq!(losses, Losses { cut: 0, left_out: 0 });
        let cells = read(bytes.clone());
        assert_eq!(cells[0], ["标题", "日期", "篇数"].map(|text| Data::String(text.into())));
        assert_eq!((&cells[1][0], &cells[1][2]), (&Data::String("=1+1".into()), &Data::Float(3.0)));
        assert_eq!(cells[1][1].to_string(), "46057"); // days since 1899-12-30
        assert_eq!((&cells[2][1], &cells[2][2]), (&Data::String("2026-02".into()), &Data::Empty));
        assert_eq!(made(&rows).0, bytes, "the same table is the same bytes");
    }

    #[test]
    fn a_text_longer_than_a_cell_is_cut_and_counted() {
        let (bytes, losses) = made(&[vec![Value::Text("𠮷".repeat(20_000))]]);
        assert_eq!(losses.cut, 1);
        let Data::String(text) = &read(bytes)[1][0] else { panic!() };
        assert_eq!((text.encode_utf16().count(), text.ends_with("𠮷…")), (MOST_CHARACTERS, true));
    }
}
