//! Bytes to reports: walking folders, unpacking, decoding, one file per input format, reading newspaper pages and
//! records.
//!
//! Nothing here knows an index, a terminal, the environment or the clock.

pub mod byline;
pub mod dating;
pub mod decode;
pub mod format;
pub mod limits;
pub mod long;
pub mod page;
pub mod path;
pub mod record;
pub mod unpack;
pub mod walk;

use crate::article::{Article, Basis, PartialDate};
use record::{Field, FieldMap};
use std::sync::Arc;

/// Version of the readers. Raise it when they make other reports of the same file, so that files are read again.
pub const VERSION: u32 = 2;

/// What is known of a file before its text is read, from options and from its path, each with its basis.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The newspaper.
    pub paper: Option<(String, Basis)>,
    /// The date of the issue.
    pub issue_date: Option<(PartialDate, Basis)>,
    /// The year of dates that name none.
    pub year: Option<(i32, Basis)>,
    /// The page of the paper.
    pub page: Option<(String, Basis)>,
    /// What the columns of records are that have names of their own.
    pub map: Option<Arc<FieldMap>>,
}

impl Known {
    /// Returns the field that a column of a record is, and how likely its name is among those of its field: the lower,
    /// the likelier. What the user's map says comes before the common names.
    #[must_use]
    pub fn field_of(&self, name: &str) -> Option<(Field, usize)> {
        match self.map.as_ref().and_then(|map| map.field_of(name)) {
            Some(field) => field.map(|field| (field, 0)),
            None => record::field_of(name).map(|(field, rank)| (field, rank + 1)),
        }
    }
}

/// What a reader made of one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The reports, in input order.
    pub articles: Vec<Article>,
    /// What could not be read as it stands, or is in doubt.
    pub warnings: Vec<Warning>,
    /// The records that are no reports, each with the reason; the others are whole.
    pub failed: Vec<Warning>,
    /// The name of the format that the file was read as.
    pub format: Option<&'static str>,
    /// The name of the encoding that it was in.
    pub encoding: Option<&'static str>,
    /// How many places of it could not be decoded and stand as U+FFFD.
    pub replaced: usize,
}

/// Something about a text that its owner should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The path within the archive that the file is, where it is one.
    pub member: Option<String>,
    /// The source line, counted from 1, where there is one.
    pub line: Option<u32>,
    /// One sentence, in Chinese, without a full stop.
    pub message: String,
}

impl Warning {
    /// Returns what is said of a line, counted from 1.
    #[must_use]
    pub fn at(line: u32, message: impl Into<String>) -> Self {
        Self { member: None, line: Some(line), message: message.into() }
    }

    /// Returns what is said of a file as a whole.
    #[must_use]
    pub fn of_file(message: impl Into<String>) -> Self {
        Self { member: None, line: None, message: message.into() }
    }
}
