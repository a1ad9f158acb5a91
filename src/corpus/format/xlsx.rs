//! Excel files (`.xlsx`): each sheet whose first row names columns is a table like CSV.

use super::{Unreadable, line_number, office};
use crate::corpus::limits::{MOST_CELLS, MOST_COLUMNS, MOST_ROWS};
use crate::corpus::record::{Field, Record, Value, field_of, read_records};
use crate::corpus::{Known, Reading, Warning};
use calamine::{DataRef, Reader as _, Xlsx};
use std::borrow::Cow;
use std::io::Cursor;

/// The part that lists the sheets.
pub const WORKBOOK: &str = "xl/workbook.xml";

/// Reads the tables of a file.
pub fn read(bytes: &[u8], known: &Known) -> Result<Reading, Unreadable> {
    office::check_size(bytes)?;
    // The library gives up on some damaged files by a panic; that is the file's fault, and no other's.
    std::panic::catch_unwind(|| read_book(bytes, known))
        .unwrap_or_else(|_| Err(Unreadable::Malformed("Excel 文件已损坏".to_owned())))
}

fn read_book(bytes: &[u8], known: &Known) -> Result<Reading, Unreadable> {
    let fault = || Unreadable::Malformed("Excel 文件已损坏，或者加了密码".to_owned());
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| fault())?;
    let mut records = Vec::new();
    let mut unread = Vec::new();
    let mut headless = Vec::new();
    for name in book.sheet_names() {
        match rows(&mut book, &name) {
            Ok(rows) => {
                let mut rows = rows.into_iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
                let Some((_, header)) = rows.next() else { continue };
                let has = |field| header.iter().any(|name| field_of(name).is_some_and(|(of, _)| of == field));
                if !has(Field::Title) && !has(Field::Body) {
                    headless.push(name);
                    continue;
                }
                records.extend(rows.map(|(line, cells)| record(line, cells, &header)));
            }
            Err(reason) => unread.push(Warning::of_file(format!("工作表“{name}”没有读：{reason}"))),
        }
    }
    if records.is_empty() && !headless.is_empty() {
        let names = headless.join("、");
        return Err(Unreadable::Malformed(format!("工作表的第一行里没有标题或正文一列：{names}")));
    }
    let mut reading = read_records(records.into_iter().map(Ok), known);
    let about = headless.into_iter().map(|name| Warning::of_file(format!("工作表“{name}”没有标题或正文一列，没有读")));
    reading.warnings.extend(about);
    reading.failed.extend(unread);
    Ok(reading)
}

/// A row's number, from 1, and its cells.
type Rows = Vec<(usize, Vec<String>)>;

/// Reads the rows of a sheet cell by cell: a sheet says where its cells stand, and two of them can be far apart.
fn rows(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Rows, String> {
    let mut rows = Rows::new();
    let mut held = 0;
    let mut cells = book.worksheet_cells_reader(name).map_err(|_| "不是表格".to_owned())?;
    while let Some(cell) = cells.next_cell().map_err(|_| "内容已损坏".to_owned())? {
        let (row, column) = cell.get_position();
        let (row, column) = (row as usize + 1, column as usize);
        if column >= MOST_COLUMNS || rows.len() > MOST_ROWS || held > MOST_CELLS {
            return Err(format!("超过 {MOST_ROWS} 行、{MOST_COLUMNS} 列或 {MOST_CELLS} 格"));
        }
        if rows.last().is_none_or(|(last, _)| *last != row) {
            rows.push((row, Vec::new()));
        }
        if let Some((_, cells)) = rows.last_mut() {
            if cells.len() <= column {
                held += column + 1 - cells.len();
                cells.resize(column + 1, String::new());
            }
            if let Some(place) = cells.get_mut(column) {
                *place = text(cell.get_value());
            }
        }
    }
    Ok(rows)
}

/// A cell as it reads: dates as dates, whole numbers without a point.
fn text(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(is_true) => is_true.to_string(),
        DataRef::DateTime(moment) if moment.is_datetime() && moment.as_f64() >= 1.0 => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            let time = if (hour, minute, second) == (0, 0, 0) {
                String::new()
            } else {
                format!(" {hour:02}:{minute:02}:{second:02}")
            };
            format!("{year:04}-{month:02}-{day:02}{time}")
        }
        DataRef::DateTime(moment) => moment.as_f64().to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn record(line: usize, cells: Vec<String>, header: &[String]) -> Record<'static> {
    let names = header.iter().map(String::as_str).chain(std::iter::repeat("?"));
    let values = cells.into_iter().zip(names).map(|(cell, name)| {
        // Excel writes what it cannot hold in XML this way.
        (Cow::Owned(name.to_owned()), Value::Text(Cow::Owned(cell.replace("_x000D_", ""))))
    });
    Record { line: line_number(line), values: values.collect() }
}
