//! Dates as Chinese prose writes them. The calendar alone: which of them means what is the caller's business.

use std::ops::Range;

/// A date as it stands in a text; what it leaves unsaid is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DateMention {
    /// Where it stands (bytes, half-open).
    pub span: Range<usize>,
    /// The year, where written.
    pub year: Option<i32>,
    /// The month, where written.
    pub month: Option<u32>,
    /// The day, where written.
    pub day: Option<u32>,
}
