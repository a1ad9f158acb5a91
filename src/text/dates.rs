//! Dates as Chinese prose writes them. The calendar alone: which of them means what is the caller's business.
//!
//! Digits of any width and Chinese numerals, with or without year or month, days counted from today (昨日), and dates
//! of the lunar calendar, which are told apart and never converted. Linear in the text, and blanks inside a date
//! (2 月 11 日) do not hide it.

mod numeral;
mod relative;
mod scan;

pub use relative::Relative;
pub use scan::{mention_at, mentions};

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
    /// What it is counted from the day of writing, where it is (昨日, 上月26日, 今（30）日); what is written beside it
    /// (26日, 30日) is in the fields above and holds.
    pub relative: Option<Relative>,
    /// Whether it is a date of the lunar calendar (农历九月初九); then nothing else is filled in.
    pub lunar: bool,
}
