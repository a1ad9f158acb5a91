//! The hits of a search, for people.

use super::wrap::wrapped;
use super::{Paint, Style};
use crate::article::{Article, Role};
use crate::index::{Found, Hit, MarkKind, Note, Snippet};
use std::io::{self, Write};

/// How the lines of a hit are indented under its number.
const INDENT: &str = "   ";

/// Writes the hits, then the total and the days asked for.
///
/// # Errors
/// When the writer fails.
pub fn write(out: &mut dyn Write, found: &Found, offset: usize, style: Style) -> io::Result<()> {
    if let Some(words) = &found.loosened {
        let words = style.safe(&words.join(" "));
        writeln!(out, "没有报道含有所输入的文字；以下是含有其中一些词的报道：{words}\n")?;
    }
    for hit in &found.hits {
        write_hit(out, hit, style)?;
        writeln!(out)?;
    }
    let last = offset + found.hits.len();
    let folded = match found.groups {
        groups if groups < found.total => format!("，转载归并后 {groups} 条"),
        _ => String::new(),
    };
    let shown = if found.hits.len() as u64 == found.groups {
        String::new()
    } else if found.hits.is_empty() {
        format!("，第 {} 篇起没有了", offset + 1)
    } else {
        format!("，以上是第 {}–{last} 篇", offset + 1)
    };
    let dates = dates(found).map(|dates| format!("；{dates}")).unwrap_or_default();
    writeln!(out, "{}", style.coloured(Paint::Dim, &format!("共 {} 篇{folded}{shown}{dates}", found.total)))
}

pub(super) fn write_hit(out: &mut dyn Write, hit: &Hit, style: Style) -> io::Result<()> {
    let article = &hit.report.article;
    let number = format!("{}.", hit.rank);
    write!(out, "{number:<width$}", width = INDENT.len().max(number.len() + 1))?;
    let title = hit.snippets.iter().find(|snippet| snippet.field == "title");
    match (title, &article.title) {
        (Some(title), _) => writeln!(out, "{}", wrapped(&marked(title, Paint::Title), INDENT, style).trim_start())?,
        (None, Some(title)) => {
            writeln!(out, "{}", wrapped(&[(Paint::Title, title)], INDENT, style).trim_start())?;
        }
        (None, None) => writeln!(out, "{}", style.coloured(Paint::Dim, untitled(article)))?,
    }
    writeln!(out, "{INDENT}{}", origin(hit, style))?;
    for snippet in hit.snippets.iter().filter(|snippet| snippet.field != "title") {
        let mut pieces = marked(snippet, Paint::Plain);
        if snippet.cut.0 {
            pieces.insert(0, (Paint::Dim, "…"));
        }
        if snippet.cut.1 {
            pieces.push((Paint::Dim, "…"));
        }
        writeln!(out, "{}", wrapped(&pieces, INDENT, style))?;
    }
    Ok(())
}

/// Returns what stands in the place of a headline that is not there.
#[must_use]
pub fn untitled(article: &Article) -> &'static str {
    match article.kind {
        crate::article::Kind::Article => "（无标题）",
        crate::article::Kind::Brief => "（简讯）",
        crate::article::Kind::Caption => "（图片说明）",
    }
}

/// Returns date, people, paper, page and id of a hit on one line.
fn origin(hit: &Hit, style: Style) -> String {
    let article = &hit.report.article;
    let mut parts = Vec::new();
    if let Some((date, _)) = article.date() {
        parts.push(style.coloured(Paint::Date, &date.to_string()));
    }
    for (role, label) in [(Role::Reporter, "记者"), (Role::Correspondent, "通讯员"), (Role::Photographer, "摄影")]
    {
        let names = article.byline.of(role);
        if !names.is_empty() {
            parts.push(format!("{label} {}", style.paint(Paint::Name, &names.join("、"))));
        }
    }
    let page = article.page.as_ref().map(|page| if page.ends_with('版') { page.clone() } else { format!("{page}版") });
    let edition: Vec<_> = article.paper.iter().chain(&page).map(String::as_str).collect();
    if !edition.is_empty() {
        parts.push(style.paint(Paint::Plain, &edition.join(" ")));
    }
    parts.push(style.coloured(Paint::Dim, &hit.report.id.to_string()));
    if !hit.copies.is_empty() {
        parts.push(style.coloured(Paint::Dim, &format!("＋转载 {}", hit.copies.len())));
    }
    parts.join("  ")
}

/// Cuts a snippet at its marks.
fn marked(snippet: &Snippet, plain: Paint) -> Vec<(Paint, &str)> {
    let piece = |from: usize, to: usize| snippet.text.get(from..to).unwrap_or_default();
    let mut pieces = Vec::new();
    let mut at = 0;
    for mark in &snippet.marks {
        let paint = match mark.kind {
            MarkKind::Exact => Paint::Match,
            MarkKind::Word => Paint::Word,
        };
        pieces.push((plain, piece(at, mark.byte_start)));
        pieces.push((paint, piece(mark.byte_start, mark.byte_end)));
        at = mark.byte_end;
    }
    pieces.push((plain, piece(at, snippet.text.len())));
    pieces.retain(|(_, text)| !text.is_empty());
    pieces
}

/// Returns the days as understood and how many reports they left out for want of a date; `None` where no days were
/// asked for.
#[must_use]
pub fn dates(found: &Found) -> Option<String> {
    let undated =
        if found.undated > 0 { format!("（另有 {} 篇没有日期）", found.undated) } else { String::new() };
    found.dates.map(|range| format!("日期 {range}{undated}"))
}

/// Returns a note as a sentence.
#[must_use]
pub fn note(note: &Note) -> String {
    match note {
        Note::Filtered { text_hits } => format!("有 {text_hits} 篇报道含有所输入的文字，但都被其余条件排除了"),
        Note::FiltersExclude => "没有报道符合这些条件".to_owned(),
        Note::LongestPart { term, part, hits } => {
            format!("没有报道含有“{term}”；其中出现过的最长一段是“{part}”（{hits} 篇）")
        }
        Note::Held { reports, days: Some((first, last)) } => {
            format!("索引里有 {reports} 篇报道，日期从 {first} 到 {last}")
        }
        Note::Held { reports, days: None } => format!("索引里有 {reports} 篇报道，都没有日期"),
    }
}
