//! Plain text: a newspaper page of many reports, or one report.

use super::Unreadable;
use crate::corpus::{Known, Reading, page};

/// Reads a text as page text.
pub fn read(text: &str, known: &Known) -> Result<Reading, Unreadable> {
    Ok(page::read_page(text, known))
}
