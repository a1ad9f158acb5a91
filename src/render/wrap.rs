//! Breaking lines to a width, in columns, without breaking the colours in them.

use super::{Paint, Style};
use crate::text::width::width;

/// Returns pieces of text as lines that begin with an indent and fit the style's width. Han text may break anywhere
/// but before closing punctuation and after opening brackets; Latin words and numbers stay whole where they can.
#[must_use]
pub fn wrapped(pieces: &[(Paint, &str)], indent: &str, style: Style) -> String {
    let room = style.columns.map(|columns| columns.saturating_sub(width(indent)).max(10));
    let mut out = indent.to_owned();
    let mut used = 0;
    let mut run = String::new();
    let shown: Vec<(Paint, String)> = pieces.iter().map(|&(paint, text)| (paint, style.safe(text))).collect();
    for (n, (paint, text)) in shown.iter().enumerate() {
        let mut rest = text.as_str();
        while let Some(unit) = first_unit(rest) {
            rest = rest.get(unit.len()..).unwrap_or_default();
            // What may not begin a line in the next piece is counted to this one.
            let tail = if rest.is_empty() { shown.get(n + 1).map_or("", |(_, next)| closing_prefix(next)) } else { "" };
            if room.is_some_and(|room| used > 0 && used + width(unit) + width(tail) > room) {
                out.push_str(&style.coloured(*paint, &run));
                run.clear();
                out.push('\n');
                out.push_str(indent);
                used = 0;
            }
            if !(used == 0 && unit == " " && room.is_some()) {
                run.push_str(unit);
                used += width(unit);
            }
        }
        out.push_str(&style.coloured(*paint, &run));
        run.clear();
    }
    out
}

/// Between two parts of a line.
const GAP: &str = "  ";

/// Returns parts, each of pieces of text, beside each other on lines that begin with an indent and fit the style's
/// width: a part that fits a line of its own is never broken.
#[must_use]
pub fn laid_out(parts: &[Vec<(Paint, &str)>], indent: &str, style: Style) -> String {
    let room = style.columns.map(|columns| columns.saturating_sub(width(indent)).max(10));
    let plain = Style { colour: false, ..style };
    let mut out = indent.to_owned();
    let mut used = 0;
    for part in parts {
        let taken: usize = part.iter().map(|(_, text)| width(&style.safe(text))).sum();
        if used > 0 && room.is_some_and(|room| used + GAP.len() + taken > room) {
            out.push('\n');
            out.push_str(indent);
            used = 0;
        }
        if used > 0 {
            out.push_str(GAP);
            used += GAP.len();
        }
        // It begins a line, or fits behind what stands there.
        out.push_str(
            wrapped(part, indent, Style { columns: room.filter(|&room| taken > room).and(style.columns), ..style })
                .trim_start_matches(' '),
        );
        let is_broken = room.is_some_and(|room| taken > room);
        used = if is_broken { wrapped(part, "", plain).lines().last().map_or(0, width) } else { used + taken };
    }
    out
}

/// The least columns of an explanation beside what it explains.
const LEAST_BESIDE: usize = 24;

/// Returns a page of help with its lines broken to the style's width: an explanation goes on below its beginning.
/// A command to type stays one line.
#[must_use]
pub fn hanging(page: &str, style: Style) -> String {
    let columns = style.columns.unwrap_or(usize::MAX);
    let mut out = String::new();
    for line in page.lines() {
        if width(line) <= columns || line.trim_start().starts_with("xunwen ") {
            out.push_str(line);
        } else {
            let text = line.trim_start();
            let begins = line.len() - text.len();
            // What is explained ends where two blanks follow; they may be more.
            let explained = text.find("  ").map(|end| (end, text.get(end..).unwrap_or_default().trim_start()));
            let beside = explained.map(|(_, explanation)| line.len() - explanation.len());
            let at = beside.and_then(|at| line.get(..at)).map(width).filter(|at| at + LEAST_BESIDE <= columns);
            let (head, indent) = match (beside, at) {
                (Some(beside), Some(at)) => (line.get(..beside).unwrap_or_default(), at),
                (Some(_), None) => (line.get(..begins).unwrap_or_default(), begins + 4),
                (None, _) => (line.get(..begins).unwrap_or_default(), begins),
            };
            let rest = line.get(head.len()..).unwrap_or_default();
            let indent = " ".repeat(indent);
            let broken = wrapped(&[(Paint::Plain, rest)], &indent, style);
            out.push_str(head);
            out.push_str(broken.strip_prefix(&indent).unwrap_or(&broken));
        }
        out.push('\n');
    }
    out
}

/// Returns the piece at the head of a text that must not be broken.
fn first_unit(text: &str) -> Option<&str> {
    let first = text.chars().next()?;
    let mut end = first.len_utf8();
    if is_latin(first) {
        end = text.find(|c: char| !is_latin(c)).unwrap_or(text.len()).min(LONGEST_UNIT);
    } else if "“‘（《「『〈【(".contains(first) {
        end += text.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    let rest = text.get(end..).unwrap_or_default();
    text.get(..end + closing_prefix(rest).len())
}

/// A Latin word longer than this is broken, so that a line of letters cannot be endless.
const LONGEST_UNIT: usize = 24;

fn is_latin(c: char) -> bool {
    c.is_ascii_graphic() && !matches!(c, '(' | ')' | ',' | ';')
}

fn closing_prefix(text: &str) -> &str {
    let end = text.find(|c: char| !"，。、；：！？”’）》」』〉】…,.;:!?)%％".contains(c)).unwrap_or(text.len());
    // Of a long row of marks only the first few: a page of them must still break.
    text.char_indices().nth(3).map_or(text, |(third, _)| text.get(..third).unwrap_or(text)).get(..end).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NARROW: Style = Style { colour: false, terminal: true, columns: Some(14) };

    #[test]
    fn lines_break_by_columns_and_never_before_a_full_stop() {
        let lines = wrapped(&[(Paint::Plain, "养老服务是民生，也是产业。5G基站")], "  ", NARROW);
        assert_eq!(lines, "  养老服务是民\n  生，也是产\n  业。5G基站");
    }

    #[test]
    fn parts_stand_beside_each_other_and_break_only_where_they_must() {
        let part = |text: &'static str| vec![(Paint::Plain, text)];
        let parts = [part("2026-02"), part("记者 付凯明"), part("amme"), part("养老服务是民生工程"), part("x")];
        let lines = laid_out(&parts, "  ", NARROW);
        assert_eq!(lines, "  2026-02\n  记者 付凯明\n  amme\n  养老服务是民\n  生工程  x");
        assert_eq!(laid_out(&parts[..2], "", Style::PIPE), "2026-02  记者 付凯明");
    }

    #[test]
    fn an_explanation_goes_on_below_its_beginning_and_a_command_is_not_broken() {
        let page =
            "选项：\n  -n <N>  给出多少篇，默认是十篇；一篇也可以\n  xunwen search 养老服务 -n 20 --date 2026-02\n";
        let folded = hanging(page, Style { columns: Some(34), ..NARROW });
        assert_eq!(
            folded,
            "选项：\n  -n <N>  给出多少篇，默认是十篇；\n          一篇也可以\n  xunwen search 养老服务 -n 20 --date 2026-02\n"
        );
        assert_eq!(hanging(page, Style::PIPE), page);
        let narrow = hanging(page, Style { columns: Some(24), ..NARROW });
        assert!(narrow.contains("\n  -n <N>  ") && narrow.contains("\n      "), "{narrow}");
        assert!(narrow.lines().all(|line| width(line) <= 24 || line.starts_with("  xunwen")), "{narrow}");
    }

    #[test]
    fn colours_end_with_their_line() {
        let style = Style { colour: true, ..NARROW };
        let lines = wrapped(&[(Paint::Match, "养老服务是民生工程")], "  ", style);
        assert_eq!(lines, "  \x1b[1;31m养老服务是民\x1b[0m\n  \x1b[1;31m生工程\x1b[0m");
    }

    proptest! {
        #[test]
        fn wrapping_loses_no_character(text in "[养老，。”“a1(]{0,80}") {
            let lines = wrapped(&[(Paint::Plain, &text)], "", NARROW);
            prop_assert_eq!(lines.replace('\n', ""), text);
        }
    }
}
