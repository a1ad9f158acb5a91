//! The hits of a search, for people.

use super::columns::edition;
use super::wrap::{laid_out, wrapped};
use super::{Links, Paint, Style};
use crate::article::{Article, Role};
use crate::index::{Found, Hit, Mark, MarkKind, Note, Snippet};
use crate::text::width::{cut, filled, width};
use std::io::{self, Write};

/// The columns of an id and of a date on a line, and what parts them.
const ID: usize = 12;
const DATE: usize = 10;
const GAP: &str = "  ";
/// How the lines of a hit are indented under its number.
const INDENT: &str = "   ";

/// Writes the hits, then the total and the days asked for.
///
/// # Errors
/// When the writer fails.
pub fn write(out: &mut dyn Write, found: &Found, offset: usize, links: &Links, style: Style) -> io::Result<()> {
    if let Some(words) = &found.loosened {
        let words = style.safe(&words.join(" "));
        writeln!(out, "没有报道含有所输入的文字；以下是含有其中一些词的报道：{words}\n")?;
    }
    for hit in &found.hits {
        write_hit(out, hit, links, style)?;
        writeln!(out)?;
    }
    writeln!(out, "{}", style.coloured(Paint::Dim, &summary(found, offset, found.hits.len())))
}

/// Says in a line how many there are in all, which of them are shown, and the days asked for.
#[must_use]
pub fn summary(found: &Found, offset: usize, shown: usize) -> String {
    let folded = match found.groups {
        groups if groups < found.total => format!("，转载归并后 {groups} 条"),
        _ => String::new(),
    };
    let shown = if shown as u64 == found.groups {
        String::new()
    } else if shown == 0 {
        format!("，第 {} 篇起没有了", offset + 1)
    } else {
        format!("，以上是第 {}–{} 篇", offset + 1, offset + shown)
    };
    let dates = dates(found).map(|dates| format!("；{dates}")).unwrap_or_default();
    format!("共 {} 篇{folded}{shown}{dates}", found.total)
}

/// Writes a hit as one line: id, date, headline, people, paper and page. Where lines have a width, the headline is cut
/// so that the people still stand beside it.
///
/// # Errors
/// When the writer fails.
pub fn write_line(out: &mut dyn Write, hit: &Hit, links: &Links, style: Style) -> io::Result<()> {
    let article = &hit.report.article;
    let id = style.coloured(Paint::Dim, &hit.report.id.to_string());
    let date = article.date().map(|(date, _)| date.to_string()).unwrap_or_default();
    let date = style.coloured(Paint::Date, &filled(&date, DATE));
    let names = [Role::Reporter, Role::Correspondent, Role::Photographer, Role::Author];
    let names: Vec<&str> = names.into_iter().flat_map(|role| article.byline.of(role)).map(String::as_str).collect();
    let beside = [(Paint::Name, names.join("、")), (Paint::Plain, edition(article).join(" "))];
    let beside = beside.into_iter().filter(|(_, text)| !text.is_empty());
    let mut beside: Vec<(Paint, String)> = beside.map(|(paint, text)| (paint, style.safe(&text))).collect();
    let room = style.columns.map(|columns| columns.saturating_sub(ID + DATE + GAP.len() * 2));
    let taken = |beside: &[(Paint, String)]| beside.iter().map(|(_, text)| width(text) + GAP.len()).sum::<usize>();
    // Where there is no room for all, what stands last goes first; the headline keeps half of it.
    while room.is_some_and(|room| taken(&beside) > room / 2) && !beside.is_empty() {
        beside.pop();
    }
    let title = hit.snippets.iter().find(|snippet| snippet.field == "title");
    let pieces = match (title, &article.title) {
        (Some(title), _) => marked(title, Paint::Title),
        (None, Some(title)) => vec![(Paint::Title, title.as_str())],
        (None, None) => {
            let snippet = hit.snippets.first();
            let cut = snippet.filter(|snippet| snippet.cut.0).map(|_| (Paint::Dim, "…"));
            let text = snippet.map(|snippet| marked(snippet, Paint::Plain)).unwrap_or_default();
            [(Paint::Dim, untitled(article))].into_iter().chain(cut).chain(text).collect()
        }
    };
    let title = cut_pieces(&pieces, room.map(|room| room.saturating_sub(taken(&beside))), style);
    write!(out, "{id}{GAP}{date}{GAP}{}", links.over(&hit.report, &title))?;
    for (paint, text) in beside {
        write!(out, "{GAP}{}", style.coloured(paint, &text))?;
    }
    writeln!(out)
}

/// Returns pieces of text as one line of at most so many columns.
fn cut_pieces(pieces: &[(Paint, &str)], room: Option<usize>, style: Style) -> String {
    let safe: Vec<(Paint, String)> = pieces.iter().map(|&(paint, text)| (paint, style.safe(text))).collect();
    let whole: usize = safe.iter().map(|(_, text)| width(text)).sum();
    let Some(room) = room.filter(|&room| whole > room) else {
        return safe.iter().map(|(paint, text)| style.coloured(*paint, text)).collect();
    };
    let mut left = room;
    let mut line = String::new();
    for (paint, text) in &safe {
        if width(text) < left {
            left -= width(text);
            line.push_str(&style.coloured(*paint, text));
        } else {
            // The first that does not leave room for the ellipsis bears it.
            line.push_str(&style.coloured(*paint, &cut(&format!("{text}……"), left)));
            break;
        }
    }
    line
}

pub(super) fn write_hit(out: &mut dyn Write, hit: &Hit, links: &Links, style: Style) -> io::Result<()> {
    let article = &hit.report.article;
    let number = format!("{}.", hit.rank);
    write!(out, "{number:<width$}", width = INDENT.len().max(number.len() + 1))?;
    let title = hit.snippets.iter().find(|snippet| snippet.field == "title");
    let title = match (title, &article.title) {
        (Some(title), _) => wrapped(&marked(title, Paint::Title), INDENT, style),
        (None, Some(title)) => wrapped(&[(Paint::Title, title)], INDENT, style),
        (None, None) => style.coloured(Paint::Dim, untitled(article)),
    };
    writeln!(out, "{}", links.over(&hit.report, title.trim_start()))?;
    writeln!(out, "{}", origin(hit, style))?;
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

/// Returns date, people, paper, page and id of a hit, on one line where that is wide enough.
fn origin(hit: &Hit, style: Style) -> String {
    let article = &hit.report.article;
    let date = article.date().map(|(date, _)| date.to_string());
    let mut parts: Vec<_> = date.iter().map(|date| vec![(Paint::Date, date.as_str())]).collect();
    let roles = [(Role::Reporter, "记者 "), (Role::Correspondent, "通讯员 "), (Role::Photographer, "摄影 ")];
    let roles = roles.map(|(role, label)| (label, article.byline.of(role).join("、")));
    let named = roles.iter().filter(|(_, names)| !names.is_empty());
    parts.extend(named.map(|(label, names)| vec![(Paint::Plain, *label), (Paint::Name, names.as_str())]));
    let edition = edition(article).join(" ");
    if !edition.is_empty() {
        parts.push(vec![(Paint::Plain, &edition)]);
    }
    let id = hit.report.id.to_string();
    parts.push(vec![(Paint::Dim, &id)]);
    let copies = format!("＋转载 {}", hit.copies.len());
    if !hit.copies.is_empty() {
        parts.push(vec![(Paint::Dim, &copies)]);
    }
    laid_out(&parts, INDENT, style)
}

/// Cuts a snippet at its marks.
fn marked(snippet: &Snippet, plain: Paint) -> Vec<(Paint, &str)> {
    cut_at_marks(&snippet.text, &snippet.marks, plain)
}

/// Cuts a text at the marks in it.
pub(super) fn cut_at_marks<'a>(text: &'a str, marks: &[Mark], plain: Paint) -> Vec<(Paint, &'a str)> {
    let piece = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let mut pieces = Vec::new();
    let mut at = 0;
    for mark in marks {
        let paint = match mark.kind {
            MarkKind::Exact => Paint::Match,
            MarkKind::Word => Paint::Word,
        };
        pieces.push((plain, piece(at, mark.byte_start)));
        pieces.push((paint, piece(mark.byte_start, mark.byte_end)));
        at = mark.byte_end;
    }
    pieces.push((plain, piece(at, text.len())));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::samples;
    use proptest::prelude::*;

    fn line(hit: &Hit, columns: Option<usize>) -> String {
        let mut out = Vec::new();
        write_line(&mut out, hit, &Links::NONE, Style { columns, ..Style::PIPE }).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_hit_on_one_line_begins_with_its_id_and_is_never_wider_than_the_screen() {
        let hit = samples::hit();
        let id = hit.report.id.to_string();
        assert_eq!(line(&hit, None), format!("{id}  2026-02-04  社区食堂开张  付凯明、李慧敏  云岭日报 A02版\n"));
        assert_eq!(line(&hit, Some(40)), format!("{id}  2026-02-04  社区食堂开张\n"));
        assert_eq!(line(&hit, Some(35)), format!("{id}  2026-02-04  社区食堂…\n"));
        assert_eq!(line(&samples::bare_hit(), Some(60)).split_whitespace().last(), Some("（无标题）"));
    }

    proptest! {
        #[test]
        fn one_line_is_one_line(title in "[养老a“\n\u{301}]{1,40}", columns in 30_usize..200) {
            let mut hit = samples::hit();
            hit.report.article.title = Some(title);
            let mut out = Vec::new();
            write_line(&mut out, &hit, &Links::NONE, Style { columns: Some(columns), terminal: true, colour: false }).unwrap();
            let shown = String::from_utf8(out).unwrap();
            prop_assert_eq!(shown.lines().count(), 1);
            prop_assert!(width(shown.trim_end_matches('\n')) <= columns, "{}", shown);
        }
    }
}
