//! `--report`: how each file was read, a row a file, for spreadsheets.

use crate::article::{Article, Role};
use crate::exit::{Exit, Failure, Outcome};
use crate::index::layout::write_whole;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const COLUMNS: [&str; 10] =
    ["file", "status", "format", "encoding", "replaced", "reports", "failed", "warnings", "fields", "notes"];
/// So many warnings and failures of a file are quoted.
const QUOTED: usize = 3;

/// The rows so far.
pub struct Report {
    path: PathBuf,
    rows: Vec<Row>,
}

/// How a file was read.
#[derive(Default)]
pub struct Row {
    pub file: String,
    pub status: &'static str,
    pub format: &'static str,
    pub encoding: &'static str,
    pub replaced: usize,
    pub reports: u64,
    pub failed: u64,
    pub warnings: u64,
    fields: BTreeMap<&'static str, u64>,
    notes: Vec<String>,
}

impl Row {
    /// Begins the row of a file.
    pub fn new(file: &str) -> Self {
        Self { file: file.to_owned(), status: "read", ..Self::default() }
    }

    /// Counts the fields that a report has.
    pub fn count(&mut self, article: &Article) {
        for field in fields(article) {
            *self.fields.entry(field).or_default() += 1;
        }
    }

    /// Quotes a warning or a failure, unless enough are.
    pub fn quote(&mut self, line: &str) {
        if self.notes.len() < QUOTED {
            self.notes.push(line.to_owned());
        }
    }
}

/// The names of the fields that a report has.
fn fields(article: &Article) -> impl Iterator<Item = &'static str> {
    let is_there = [
        ("key", article.key.is_some()),
        ("title", article.title.is_some()),
        ("kicker", article.kicker.is_some()),
        ("subtitle", article.subtitle.is_some()),
        ("body", !article.body.is_empty()),
        ("published", article.published.is_some()),
        ("dateline_date", article.dateline_date.is_some()),
        ("event_date", article.event_date.is_some()),
        ("source", article.source.is_some()),
        ("paper", article.paper.is_some()),
        ("page", article.page.is_some()),
        ("column", article.column.is_some()),
        ("place", article.place.is_some()),
        ("extra", !article.extra.is_empty()),
    ];
    let people = Role::ALL.map(|role| (role.field(), !article.byline.of(role).is_empty()));
    is_there.into_iter().chain(people).filter(|(_, is_there)| *is_there).map(|(field, _)| field)
}

impl Report {
    /// Begins a report, to be written to a path.
    pub fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), rows: Vec::new() }
    }

    /// Adds a row.
    pub fn add(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Adds a file or folder of which nothing could be read.
    pub fn add_failure(&mut self, file: &str, reason: &str) {
        self.rows.push(Row { status: "failed", notes: vec![reason.to_owned()], ..Row::new(file) });
    }

    /// Adds a file that was left alone.
    pub fn add_unchanged(&mut self, path: &Path, reports: u64, failed: u64) {
        self.rows.push(Row { status: "unchanged", reports, failed, ..Row::new(&path.display().to_string()) });
    }

    /// Writes it, whole or not at all, in the order of the files.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(mut self) -> Outcome<()> {
        self.rows.sort_by(|a, b| a.file.cmp(&b.file));
        let failed = |what: String| {
            Failure::new(Exit::Bug, format!("写不了报告 {}：{what}", self.path.display()))
                .with_hint("检查文件夹是否存在、能否写入；索引已经提交，没有受损")
        };
        // With a byte order mark: without it the usual spreadsheet takes UTF-8 for GBK.
        let mut writer = csv::Writer::from_writer(Vec::from("\u{feff}"));
        let written = writer.write_record(COLUMNS).and_then(|()| {
            self.rows.iter().try_for_each(|row| {
                let fields: Vec<_> = row.fields.iter().map(|(field, times)| format!("{field}={times}")).collect();
                writer.write_record([
                    defused(&row.file).as_str(),
                    row.status,
                    row.format,
                    row.encoding,
                    &row.replaced.to_string(),
                    &row.reports.to_string(),
                    &row.failed.to_string(),
                    &row.warnings.to_string(),
                    &fields.join(" "),
                    &defused(&row.notes.join(" | ")),
                ])
            })
        });
        written.map_err(|e| failed(e.to_string()))?;
        let bytes = writer.into_inner().map_err(|e| failed(e.to_string()))?;
        write_whole(Path::new(&self.path), &bytes).map_err(|e| failed(e.to_string()))
    }
}

/// A cell that a spreadsheet would calculate gets a mark before it that makes it text.
fn defused(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}
