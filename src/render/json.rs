//! Results as JSON: the wire types, version 1. Every key is always there; keys are added, never renamed.
//!
//! The same bytes whatever the terminal, the locale or the colours.

use super::explain::ExplanationJson;
use crate::article::{Article, Basis, Kind, PartialDate, ReportId};
use crate::index::{Explanation, Found, Hit, Listed, Mark, MarkKind, Report};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Version of the wire types.
pub(super) const VERSION: u32 = 1;

#[derive(Serialize)]
struct ReportJson<'a> {
    v: u32,
    id: Option<String>,
    key: Option<&'a str>,
    file: &'a str,
    line: u32,
    kind: Kind,
    title: Option<&'a str>,
    kicker: Option<&'a str>,
    subtitle: Option<&'a str>,
    reporters: &'a [String],
    correspondents: &'a [String],
    photographers: &'a [String],
    authors: &'a [String],
    interns: &'a [String],
    editors: &'a [String],
    source: Option<&'a str>,
    paper: Option<&'a str>,
    page: Option<&'a str>,
    column: Option<&'a str>,
    place: Option<&'a str>,
    dateline_date: Option<PartialDate>,
    event_date: Option<PartialDate>,
    published: Option<PartialDate>,
    date: Option<PartialDate>,
    date_basis: Option<Basis>,
    body: Vec<&'a str>,
    furniture: &'a [String],
    paragraph_lines: Vec<[u32; 2]>,
    basis: &'a BTreeMap<String, Basis>,
    extra: &'a BTreeMap<String, String>,
}

#[derive(Serialize)]
struct ReadJson<'a> {
    #[serde(flatten)]
    report: ReportJson<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    warnings: Option<&'a [String]>,
}

#[derive(Serialize)]
pub(super) struct HitJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    qid: Option<&'a str>,
    #[serde(flatten)]
    report: ReportJson<'a>,
    rank: u64,
    score: f64,
    copies: Vec<String>,
    loosened: bool,
    snippets: Vec<SnippetJson<'a>>,
}

#[derive(Serialize)]
struct SnippetJson<'a> {
    field: &'static str,
    text: &'a str,
    marks: Vec<MarkJson>,
}

#[derive(Serialize)]
struct MarkJson {
    start: usize,
    end: usize,
    byte_start: usize,
    byte_end: usize,
    kind: &'static str,
}

#[derive(Serialize)]
struct ListedJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    qid: Option<&'a str>,
    rank: u64,
    id: String,
    key: Option<&'a str>,
    score: f64,
}

#[derive(Serialize)]
struct SummaryJson<'a> {
    qid: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
}

#[derive(Serialize)]
struct FoundJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    qid: Option<&'a str>,
    v: u32,
    query: &'a str,
    canonical: &'a str,
    total: u64,
    groups: u64,
    loosened: bool,
    date_from: Option<PartialDate>,
    date_to: Option<PartialDate>,
    undated: u64,
    notes: &'a [String],
    explain: Option<ExplanationJson<'a>>,
    hits: Vec<HitJson<'a>>,
}

fn report_json<'a>(id: Option<ReportId>, file: &'a str, article: &'a Article) -> ReportJson<'a> {
    let date = article.date();
    ReportJson {
        v: VERSION,
        id: id.map(|id| id.to_string()),
        key: article.key.as_deref(),
        file,
        line: article.line,
        kind: article.kind,
        title: article.title.as_deref(),
        kicker: article.kicker.as_deref(),
        subtitle: article.subtitle.as_deref(),
        reporters: &article.byline.reporters,
        correspondents: &article.byline.correspondents,
        photographers: &article.byline.photographers,
        authors: &article.byline.authors,
        interns: &article.byline.interns,
        editors: &article.byline.editors,
        source: article.source.as_deref(),
        paper: article.paper.as_deref(),
        page: article.page.as_deref(),
        column: article.column.as_deref(),
        place: article.place.as_deref(),
        dateline_date: article.dateline_date,
        event_date: article.event_date,
        published: article.published,
        date: date.map(|(date, _)| date),
        date_basis: date.and_then(|(_, field)| article.basis.get(field).copied()),
        body: article.body.iter().map(|paragraph| paragraph.text.as_str()).collect(),
        furniture: &article.furniture,
        paragraph_lines: article.body.iter().map(|p| [p.lines.0, p.lines.1]).collect(),
        basis: &article.basis,
        extra: &article.extra,
    }
}

/// Returns where a hit matches, as JSON.
pub(super) fn snippets_json(hit: &Hit) -> serde_json::Value {
    serde_json::to_value(hit_json(None, hit, false).snippets).unwrap_or_default()
}

pub(super) fn hit_json<'a>(qid: Option<&'a str>, hit: &'a Hit, loosened: bool) -> HitJson<'a> {
    let mark = |mark: &Mark| MarkJson {
        start: mark.start,
        end: mark.end,
        byte_start: mark.byte_start,
        byte_end: mark.byte_end,
        kind: match mark.kind {
            MarkKind::Exact => "exact",
            MarkKind::Word => "word",
        },
    };
    let snippets = hit.snippets.iter().map(|snippet| SnippetJson {
        field: snippet.field,
        text: &snippet.text,
        marks: snippet.marks.iter().map(mark).collect(),
    });
    HitJson {
        qid,
        report: report_json(Some(hit.report.id), &hit.report.file, &hit.report.article),
        rank: hit.rank,
        score: hit.score,
        copies: hit.copies.iter().map(ToString::to_string).collect(),
        loosened,
        snippets: snippets.collect(),
    }
}

/// Writes how a file was read: a report a line, with its warnings where they are wanted.
///
/// # Errors
/// When the writer fails.
pub fn write_read(out: &mut dyn Write, file: &str, article: &Article, warnings: Option<&[String]>) -> io::Result<()> {
    write_line(out, &ReadJson { report: report_json(None, file, article), warnings })
}

/// Returns a report as JSON.
pub(super) fn stored_json(report: &Report) -> impl Serialize + '_ {
    report_json(Some(report.id), &report.file, &report.article)
}

/// Writes one report as one line.
///
/// # Errors
/// When the writer fails.
pub fn write_report(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    write_line(out, &report_json(Some(report.id), &report.file, &report.article))
}

/// Writes a hit as one line; `qid` names its query, where there are several.
///
/// # Errors
/// When the writer fails.
pub fn write_hit(out: &mut dyn Write, qid: Option<&str>, hit: &Hit, loosened: bool) -> io::Result<()> {
    write_line(out, &hit_json(qid, hit, loosened))
}

/// Writes a hit without its report as one line.
///
/// # Errors
/// When the writer fails.
pub fn write_listed(out: &mut dyn Write, qid: Option<&str>, hit: &Listed<'_>) -> io::Result<()> {
    let Listed { rank, id, key, score } = *hit;
    write_line(out, &ListedJson { qid, rank, id: id.to_string(), key, score })
}

/// Writes what became of one query of several as one line: how many reports match, or why it could not be asked.
///
/// # Errors
/// When the writer fails.
pub fn write_summary(out: &mut dyn Write, qid: &str, total: Result<u64, &str>) -> io::Result<()> {
    write_line(out, &SummaryJson { qid, total: total.ok(), error: total.err() })
}

/// Writes a search and its hits as one object. `notes` are sentences.
///
/// # Errors
/// When the writer fails.
pub fn write_found(
    out: &mut dyn Write,
    qid: Option<&str>,
    found: &Found,
    query: &str,
    canonical: &str,
    notes: &[String],
    explanation: Option<&Explanation>,
) -> io::Result<()> {
    let loosened = found.loosened.is_some();
    write_line(
        out,
        &FoundJson {
            qid,
            v: VERSION,
            query,
            canonical,
            total: found.total,
            groups: found.groups,
            loosened,
            date_from: found.dates.and_then(|range| range.from).map(PartialDate::from),
            date_to: found.dates.and_then(|range| range.to).map(PartialDate::from),
            undated: found.undated,
            notes,
            explain: explanation.map(|explanation| super::explain::json(explanation, found)),
            hits: found.hits.iter().map(|hit| hit_json(None, hit, loosened)).collect(),
        },
    )
}

/// Writes saved searches as one object: their queries by their names.
///
/// # Errors
/// When the writer fails.
pub fn write_saved(out: &mut dyn Write, searches: &BTreeMap<String, String>) -> io::Result<()> {
    write_line(out, &serde_json::json!({"v": VERSION, "searches": searches}))
}

pub(super) fn write_line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}
