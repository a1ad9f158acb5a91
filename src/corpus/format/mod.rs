//! The input formats: one row of the table and one file each.

mod text;

use super::decode::NotText;
use super::{Known, Reading};

/// A file as bytes, with what is known of it beforehand.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The whole content.
    pub bytes: &'a [u8],
    /// The encoding stated by the user, as a WHATWG label (`gbk`, `utf-8`).
    pub encoding: Option<&'a str>,
    /// From options and path.
    pub known: &'a Known,
}

/// An input format.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// The name that `--format` takes.
    pub name: &'static str,
    /// Reads a file of it. Outer error: nothing of the file can be read.
    pub read: fn(Input<'_>) -> Result<Reading, NotText>,
}

/// The table. A file that names no format is read by the first row.
pub const FORMATS: &[Format] = &[Format { name: "text", read: text::read }];
