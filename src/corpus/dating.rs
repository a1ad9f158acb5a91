//! Which year, month and day a report's dates mean.

use super::{Known, Warning};
use crate::article::Article;

/// Sets the dateline and event dates of the reports of one page, and the year of those that name none, each with its
/// basis; returns the conflicts found.
pub fn date_reports(_articles: &mut [Article], _known: &Known) -> Vec<Warning> {
    Vec::new()
}
