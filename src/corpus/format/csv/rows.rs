//! The rows of a table of any length, one at a time, each with the line on which it begins.

use super::super::{Unreadable, line_number};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use std::io::{BufRead, Read as _};

/// No row is longer, in bytes (16 MiB): what is, has a quote that is never closed.
const LONGEST_ROW: usize = 16 << 20;
/// A quote that is never closed is passed over so often.
const MOST_RESTARTS: usize = 8;

/// A row, or what is wrong with it.
pub struct Row {
    pub line: u32,
    pub fields: Vec<String>,
    pub fault: Option<&'static str>,
}

/// A table being read.
pub struct Rows<'s> {
    source: &'s mut dyn BufRead,
    /// Bytes that have been read once and are to be read again, before the source.
    again: Vec<u8>,
    separator: u8,
    /// The number of the line that is read next, from 1.
    line: usize,
    restarts: usize,
    fields: Vec<u8>,
    ends: Vec<usize>,
}

impl<'s> Rows<'s> {
    /// Begins a table. Without a separator stated, the first line tells it.
    pub fn new(source: &'s mut dyn BufRead, separator: Option<u8>) -> Result<Self, Unreadable> {
        let (fields, ends) = (vec![0; 1 << 12], vec![0; 1 << 6]);
        let mut rows = Self { source, again: Vec::new(), separator: b',', line: 1, restarts: 0, fields, ends };
        rows.separator = match separator {
            Some(separator) => separator,
            None => {
                let mut first = Vec::new();
                while first.trim_ascii().is_empty() && rows.source.read_until(b'\n', &mut first)? > 0 {}
                let text = String::from_utf8_lossy(&first);
                let separator =
                    super::first_line(&text).and_then(super::best_separator).map_or(b',', |(.., separator)| separator);
                rows.again = first;
                separator
            }
        };
        Ok(rows)
    }

    /// Returns the next row; `None` at the end.
    pub fn next_row(&mut self) -> Result<Option<Row>, Unreadable> {
        if self.restarts > MOST_RESTARTS {
            return Ok(None);
        }
        let mut parser = ReaderBuilder::new().delimiter(self.separator).build();
        let (mut raw, mut length, mut count) = (Vec::new(), 0, 0);
        let mut line = Vec::new();
        loop {
            line.clear();
            self.read_line(&mut line)?;
            if raw.is_empty() && !line.is_empty() && line.iter().all(|byte| matches!(byte, b'\r' | b'\n')) {
                self.line += newlines(&line);
                continue;
            }
            let from = raw.len();
            raw.extend_from_slice(&line);
            let (result, read) = self.parse(&mut parser, &line, &mut length, &mut count);
            match result {
                ReadRecordResult::End => return Ok(None),
                ReadRecordResult::Record => {
                    let is_swallowed = line.is_empty() && raw.iter().filter(|&&byte| byte == b'"').count() % 2 == 1;
                    if is_swallowed {
                        return Ok(Some(self.restart(&raw)));
                    }
                    // Of a line that holds several rows, with nothing but a carriage return between them, the rest.
                    let rest = raw.get(from + read..).unwrap_or_default().to_vec();
                    let row = Row { line: line_number(self.line), fields: self.taken(length, count), fault: None };
                    self.line += newlines(&raw) - newlines(&rest);
                    self.again.splice(0..0, rest);
                    return Ok(Some(row));
                }
                _ if raw.len() > LONGEST_ROW => return Ok(Some(self.restart(&raw))),
                _ => {}
            }
        }
    }

    /// Reads a line, of what is to be read again first; nothing at the end. A line too long for a row comes in parts.
    fn read_line(&mut self, line: &mut Vec<u8>) -> Result<(), Unreadable> {
        if !self.again.is_empty() {
            let end = self.again.iter().position(|&byte| byte == b'\n').map_or(self.again.len(), |at| at + 1);
            line.extend(self.again.drain(..end));
        }
        if !line.ends_with(b"\n") {
            self.source.take(LONGEST_ROW as u64 + 1).read_until(b'\n', line)?;
        }
        Ok(())
    }

    /// Feeds a line to the parser; returns how far it came, and how much of the line it took.
    fn parse(
        &mut self,
        parser: &mut Reader,
        line: &[u8],
        length: &mut usize,
        count: &mut usize,
    ) -> (ReadRecordResult, usize) {
        let mut read = 0;
        loop {
            let (fields, ends) = (self.fields.get_mut(*length..), self.ends.get_mut(*count..));
            let (result, taken, written, ended) = parser.read_record(
                line.get(read..).unwrap_or_default(),
                fields.unwrap_or_default(),
                ends.unwrap_or_default(),
            );
            read += taken;
            *length += written;
            *count += ended;
            match result {
                ReadRecordResult::OutputFull => self.fields.resize(self.fields.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::InputEmpty | ReadRecordResult::Record | ReadRecordResult::End => {
                    return (result, read);
                }
            }
        }
    }

    fn taken(&self, length: usize, count: usize) -> Vec<String> {
        let ends = self.ends.get(..count).unwrap_or_default();
        let starts = [0].into_iter().chain(ends.iter().copied());
        let fields = self.fields.get(..length).unwrap_or_default();
        starts
            .zip(ends)
            .map(|(start, &end)| String::from_utf8_lossy(fields.get(start..end).unwrap_or_default()).into_owned())
            .collect()
    }

    /// A quote never closed took in all that follows: only its own line is bad, and what follows is read again.
    fn restart(&mut self, raw: &[u8]) -> Row {
        self.restarts += 1;
        let fault =
            if self.restarts > MOST_RESTARTS { "引号没有闭合，以下没有读" } else { "引号没有闭合" };
        let row = Row { line: line_number(self.line), fields: Vec::new(), fault: Some(fault) };
        if let Some(end) = raw.iter().position(|&byte| byte == b'\n') {
            self.line += 1;
            self.again.splice(0..0, raw.get(end + 1..).unwrap_or_default().iter().copied());
        }
        row
    }
}

fn newlines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte == b'\n').count()
}
