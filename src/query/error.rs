//! What is wrong with a query, shown with a caret under the place.

use crate::text::width::width;
use std::ops::Range;

/// A query that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// What is wrong: one sentence.
    pub message: String,
    /// The query as typed.
    pub query: String,
    /// The place (bytes of `query`).
    pub span: Range<usize>,
    /// How to mend it: one sentence, or nothing.
    pub hint: Option<String>,
}

impl QueryError {
    /// Returns the query and below it carets under the place, by display columns, each line indented by two. Of a long
    /// query only what stands around the place.
    #[must_use]
    pub fn pointed(&self) -> String {
        let piece = |range: Range<usize>| self.query.get(range).unwrap_or_default().replace(char::is_control, " ");
        let before = piece(0..self.span.start);
        let before = fitting(before.chars().rev()).chars().rev().collect::<String>();
        let marked = fitting(piece(self.span.clone()).chars());
        let after = fitting(piece(self.span.end..self.query.len()).chars());
        let carets = "^".repeat(width(&marked).max(1));
        format!("  {before}{marked}{after}\n  {}{carets}", " ".repeat(width(&before)))
    }
}

/// Returns as much of a text as fits on a third of a line, with `…` where it goes on.
fn fitting(characters: impl Iterator<Item = char>) -> String {
    const COLUMNS: usize = 26;
    let mut out = String::new();
    for c in characters {
        if width(&out) >= COLUMNS {
            out.push('…');
            break;
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_query_what_stands_around_the_place_is_shown() {
        let query = format!("{}(\n{}", "养".repeat(5_000), "老".repeat(5_000));
        let error = QueryError { message: String::new(), span: 15_000..15_001, query, hint: None };
        let pointed = error.pointed();
        let lines: Vec<&str> = pointed.lines().collect();
        assert_eq!(lines[0], format!("  …{}( {}…", "养".repeat(13), "老".repeat(13)));
        assert_eq!(lines[1], format!("  {}^", " ".repeat(27)));
    }

    #[test]
    fn the_caret_stands_under_the_column_of_wide_characters() {
        let query = "养老 日期:二月".to_owned();
        let start = query.find("二").unwrap();
        let error = QueryError { message: String::new(), span: start..query.len(), query, hint: None };
        assert_eq!(error.pointed(), "  养老 日期:二月\n            ^^^^");
    }
}
