//! The input formats: one row of the table and one file each.

mod archive;
mod csv;
mod docx;
mod feed;
mod foreign;
mod html;
mod json;
mod jsonl;
mod markdown;
mod office;
mod text;
mod xlsx;
mod xml;

use super::decode::{NotText, decode_marked};
use super::record::{Record, Records};
use super::unpack::{NotUnpacked, unpack};
use super::{Known, Reading, Warning, limits};
use std::borrow::Cow;
use std::cell::Cell;
use std::io;
use std::ops::ControlFlow;

/// A file as bytes, with what is known of it beforehand.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The whole content.
    pub bytes: &'a [u8],
    /// Its name, of which only the extension counts, and that only where the content leaves a doubt.
    pub name: &'a str,
    /// The encoding stated by the user, as a WHATWG label (`gbk`, `utf-8`).
    pub encoding: Option<&'a str>,
    /// The format stated by the user.
    pub format: Option<&'static Format>,
    /// From options and path.
    pub known: &'a Known,
}

/// An input format.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// The name that `--format` takes, and the extension that its files have.
    pub name: &'static str,
    /// How it is told and read.
    pub content: Content,
}

/// What files of a format are made of, and their reader. Outer error of a reader: nothing of the file can be read.
#[derive(Debug, Clone, Copy)]
pub enum Content {
    /// Text, in whatever encoding.
    Text {
        /// Returns whether a text is of this format; the second argument is the file's extension in small letters.
        sniff: fn(&str, &str) -> bool,
        /// Reads a text of it.
        read: fn(&str, &Known) -> Result<Reading, Unreadable>,
    },
    /// Anything else.
    Bytes {
        /// Returns whether bytes are of this format.
        sniff: fn(&[u8]) -> bool,
        /// Reads a file of it.
        read: fn(&[u8], &Known) -> Result<Reading, Unreadable>,
    },
}

const fn text(
    name: &'static str,
    sniff: fn(&str, &str) -> bool,
    read: fn(&str, &Known) -> Result<Reading, Unreadable>,
) -> Format {
    Format { name, content: Content::Text { sniff, read } }
}

/// The table. The first row whose sniffing agrees reads a file; what is nothing else is text. Archives (`.zip`) are no
/// format: each file in them has its own.
pub const FORMATS: &[Format] = &[
    text("jsonl", jsonl::sniff, jsonl::read),
    text("json", json::sniff, json::read),
    text("rss", feed::sniff, feed::read),
    text("html", html::sniff, html::read),
    text("markdown", markdown::sniff, markdown::read),
    text("csv", csv::sniff, csv::read),
    text("tsv", csv::sniff_tabs, csv::read_tabs),
    Format {
        name: "docx",
        content: Content::Bytes { sniff: |bytes| office::has(bytes, docx::DOCUMENT), read: docx::read },
    },
    Format {
        name: "xlsx",
        content: Content::Bytes { sniff: |bytes| office::has(bytes, xlsx::WORKBOOK), read: xlsx::read },
    },
    text("text", |_, _| true, text::read),
];

/// Takes one record after the other, each whole or with what is wrong with it; may break off.
pub type EachRecord<'e> = dyn FnMut(Result<Record<'_>, Warning>) -> ControlFlow<()> + 'e;

/// Yields the records of a stream of any length, one at a time.
pub type StreamReader = fn(&mut dyn io::BufRead, &Known, &mut EachRecord<'_>) -> Result<(), Unreadable>;

/// The formats whose files need not be held whole: their names in [`FORMATS`], and how they are read.
const STREAMED: &[(&str, StreamReader)] =
    &[("jsonl", jsonl::each_record), ("csv", csv::each_record), ("tsv", csv::each_tabbed_record)];

impl Format {
    /// Returns how a file of this format is read record by record; `None` where it has to be held whole.
    #[must_use]
    pub fn stream(&self) -> Option<StreamReader> {
        STREAMED.iter().find(|(name, _)| *name == self.name).map(|&(_, read)| read)
    }

    /// Returns the format of a text, judged by its beginning, unless one is stated.
    #[must_use]
    pub fn of(text: &str, name: &str, stated: Option<&'static Self>) -> Option<&'static Self> {
        let extension = extension(name);
        let is_of = |format: &&Self| match format.content {
            Content::Text { sniff, .. } => sniff(text, &extension),
            Content::Bytes { .. } => false,
        };
        stated.or_else(|| FORMATS.iter().find(is_of))
    }
}

/// Makes one reading of all records that a reader yields.
fn collect(
    known: &Known,
    read: impl FnOnce(&mut EachRecord<'_>) -> Result<(), Unreadable>,
) -> Result<Reading, Unreadable> {
    let (mut records, mut reading) = (Records::new(known), Reading::default());
    read(&mut |record| {
        records.add(record, &mut reading);
        ControlFlow::Continue(())
    })?;
    Ok(reading)
}

/// Why nothing of a file can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is no text.
    #[error(transparent)]
    NotText(#[from] NotText),
    /// It is packed and cannot be unpacked.
    #[error(transparent)]
    NotUnpacked(#[from] NotUnpacked),
    /// It is of a format that is not read here: what it is, and what to do.
    #[error("{0}")]
    Foreign(&'static str),
    /// It is not what its format asks for: one sentence.
    #[error("{0}")]
    Malformed(String),
    /// It could not be read to its end: one sentence.
    #[error("{0}")]
    Broken(String),
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<NotUnpacked>()) {
            Some(inner) => Self::NotUnpacked(inner.clone()),
            None => Self::Broken(error.to_string()),
        }
    }
}

/// What is said of how a text was decoded, where something is in doubt.
pub(super) fn about_encoding(encoding: &str, replaced: usize, doubtful: bool) -> Vec<Warning> {
    let replaced = (replaced > 0).then(|| format!("按 {encoding} 解码时有 {replaced} 处无法识别，已用 \u{fffd} 代替"));
    let doubtful = doubtful.then(|| format!("按 {encoding} 解码后不像中文，可能是乱码"));
    replaced.into_iter().chain(doubtful).map(Warning::of_file).collect()
}

/// Reads a file: unpacks it, decodes it, finds out its format unless that is stated, and reads it. Of an archive, each
/// file in it.
///
/// # Errors
/// When nothing of it can be read. A record that is bad, or a file of an archive, is no such error: it is in
/// [`Reading::failed`].
pub fn read(input: Input<'_>) -> Result<Reading, Unreadable> {
    let mut reading = read_within(input, &Room::of(input.bytes))?;
    if reading.articles.is_empty() && reading.warnings.is_empty() && reading.failed.is_empty() {
        reading.warnings.push(Warning::of_file("没有读出任何报道"));
    }
    Ok(reading)
}

fn read_within(input: Input<'_>, room: &Room) -> Result<Reading, Unreadable> {
    let unpacked = unpack(input.bytes, room.left())?;
    if matches!(unpacked, Cow::Owned(_)) {
        room.take(unpacked.len() as u64);
    }
    if let Some((format, read)) = of_bytes(&unpacked, input.format)? {
        return Ok(Reading { format: Some(format.name), ..read(&unpacked, input.known)? });
    }
    if let Some(what) = office::foreign(&unpacked) {
        return Err(Unreadable::Foreign(what));
    }
    if archive::is_archive(&unpacked) {
        return archive::read(Input { bytes: &unpacked, ..input }, room);
    }
    if let Some(what) = foreign::what(&unpacked).filter(|_| input.format.is_none()) {
        return Err(Unreadable::Foreign(what));
    }
    let decoded = decode_marked(&unpacked, input.encoding, html::charset)?;
    let Some(format) = Format::of(&decoded.text, input.name, input.format) else { return Ok(Reading::default()) };
    let mut reading = match format.content {
        Content::Text { read, .. } => read(&decoded.text, input.known)?,
        Content::Bytes { read, .. } => read(&unpacked, input.known)?,
    };
    reading.warnings.splice(0..0, about_encoding(decoded.encoding, decoded.replaced, decoded.doubtful));
    reading.format = Some(format.name);
    reading.encoding = Some(decoded.encoding);
    reading.replaced = decoded.replaced;
    Ok(reading)
}

/// A reader of bytes.
type ReadBytes = fn(&[u8], &Known) -> Result<Reading, Unreadable>;

/// Returns the format that bytes are of, where it is not one of text. What they are cannot be stated otherwise.
fn of_bytes(bytes: &[u8], stated: Option<&'static Format>) -> Result<Option<(&'static Format, ReadBytes)>, Unreadable> {
    let found = FORMATS.iter().find_map(|format| match format.content {
        Content::Bytes { sniff, read } => sniff(bytes).then_some((format, read)),
        Content::Text { .. } => None,
    });
    match (found, stated) {
        (Some((found, _)), Some(stated)) if found.name != stated.name => {
            Err(Unreadable::Malformed(format!("是 {} 文件，不是指定的格式 {}", found.name, stated.name)))
        }
        (None, Some(Format { content: Content::Bytes { read, .. }, name })) if !archive::is_archive(bytes) => {
            let _ = read;
            Err(Unreadable::Malformed(format!("不是 {name} 文件")))
        }
        (found, _) => Ok(found),
    }
}

/// How much may still be unpacked of a file, and how deep in archives a reader is.
struct Room {
    left: Cell<u64>,
    depth: usize,
}

impl Room {
    fn of(bytes: &[u8]) -> Self {
        Self { left: Cell::new(limits::largest_of(bytes.len())), depth: 0 }
    }

    fn left(&self) -> u64 {
        self.left.get()
    }

    fn take(&self, size: u64) {
        self.left.set(self.left.get().saturating_sub(size));
    }
}

/// The beginning of a text, whole characters.
fn head(text: &str, length: usize) -> &str {
    (0..=length.min(text.len())).rev().find_map(|end| text.get(..end)).unwrap_or_default()
}

/// The extension of a file's name in small letters, without that of its packing.
fn extension(name: &str) -> String {
    let name = name.to_lowercase();
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
    name.rsplit_once('.').map_or("", |(_, extension)| extension).to_owned()
}

/// Returns a line number as reports keep it.
fn line_number(line: usize) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod suite;
