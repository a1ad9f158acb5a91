//! What a search gives back: plain data for the renderers.

use crate::article::{Article, ReportId};
use crate::query::DateRange;
use chrono::NaiveDate;
use std::path::{Path, PathBuf};

/// A report as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its identity.
    pub id: ReportId,
    /// The file it came from: the root and the path below it.
    pub file: String,
    /// What was read.
    pub article: Article,
}

/// Where the text of a report stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// In a file of its own or among others of that file: an absolute path.
    File(PathBuf),
    /// In a file of an archive.
    Member {
        /// The archive.
        archive: PathBuf,
        /// The path within it.
        member: String,
    },
    /// It was read from standard input.
    Input,
}

impl Source {
    /// Returns where the file of a report is, as an index that lies at `index_home` names it: relative to the folder
    /// that the index lies in, or absolute.
    #[must_use]
    pub fn of(file: &str, index_home: &Path) -> Self {
        let beside = index_home.parent().unwrap_or(Path::new("/"));
        if file.starts_with("-/") {
            return Self::Input;
        }
        let whole = beside.join(file);
        match file.split_once("!/") {
            // A folder's name may end so.
            Some((archive, member)) if !whole.exists() => {
                Self::Member { archive: beside.join(archive), member: member.to_owned() }
            }
            Some(_) | None => Self::File(whole),
        }
    }
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The hits asked for, best first.
    pub hits: Vec<Hit>,
    /// How many reports match in all.
    pub total: u64,
    /// How many they are where copies of one text count once; `total` where they were not folded.
    pub groups: u64,
    /// The words that were looked for instead, where nothing held the text as typed.
    pub loosened: Option<Vec<String>>,
    /// The days asked for, where any were.
    pub dates: Option<DateRange>,
    /// How many reports passed everything but have no date and so were left out by the filter of dates.
    pub undated: u64,
    /// What else should be said.
    pub notes: Vec<Note>,
}

/// Something to say about a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The text occurs, but the filters removed every such report.
    Filtered {
        /// How many reports hold the text.
        text_hits: u64,
    },
    /// The filters alone leave nothing over, whatever the text.
    FiltersExclude,
    /// The longest part of a term that does occur.
    LongestPart {
        /// The term as typed.
        term: String,
        /// The part, folded.
        part: String,
        /// How many reports hold it.
        hits: u64,
    },
    /// The days that the index holds, and its reports.
    Held {
        /// How many reports.
        reports: u64,
        /// The first and the last day, where any report has a date.
        days: Option<(NaiveDate, NaiveDate)>,
    },
}

/// A report that matches.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Its place in the whole result, from 1.
    pub rank: u64,
    /// What it was ranked by; 0 where only filters were asked.
    pub score: f64,
    /// The report.
    pub report: Report,
    /// The other reports that match and are copies of it, in order of ids; none where copies are not folded.
    pub copies: Vec<ReportId>,
    /// The places where it matches, the headline first.
    pub snippets: Vec<Snippet>,
}

/// A piece of a report with the matches in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The part of the report: `title`, `deck`, `body` or `furniture`.
    pub field: &'static str,
    /// The text as stored.
    pub text: String,
    /// The matches, in order, apart from each other.
    pub marks: Vec<Mark>,
    /// Whether the part goes on before and after the text.
    pub cut: (bool, bool),
}

/// A match in a snippet: half-open offsets into its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The first character.
    pub start: usize,
    /// The character after the last.
    pub end: usize,
    /// The first byte.
    pub byte_start: usize,
    /// The byte after the last.
    pub byte_end: usize,
    /// What matches.
    pub kind: MarkKind,
}

/// What a mark stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// The term as typed.
    Exact,
    /// A word of it, in a loosened search.
    Word,
}
