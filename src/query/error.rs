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
    /// Returns the query and below it carets under the place, by display columns, each line indented by two.
    #[must_use]
    pub fn pointed(&self) -> String {
        let before = self.query.get(..self.span.start).unwrap_or_default();
        let marked = self.query.get(self.span.clone()).unwrap_or_default();
        format!("  {}\n  {}{}", self.query, " ".repeat(width(before)), "^".repeat(width(marked).max(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_the_column_of_wide_characters() {
        let query = "养老 日期:二月".to_owned();
        let start = query.find("二").unwrap();
        let error = QueryError { message: String::new(), span: start..query.len(), query, hint: None };
        assert_eq!(error.pointed(), "  养老 日期:二月\n            ^^^^");
    }
}
