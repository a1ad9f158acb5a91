//! Counting over time: how many of the reports that match, and of those held, lie in each stretch of the calendar.

use super::schema::day_of_number;
use super::search::dates_asked;
use super::{Result, Snapshot};
use crate::article::Unit;
use crate::query::{DateRange, Query};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The reports that match, over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// What a stretch is.
    pub unit: Unit,
    /// The reports that match.
    pub total: u64,
    /// Those of them without a date.
    pub undated: u64,
    /// Those of them whose date is not known so closely that they lie in one stretch.
    pub coarse: u64,
    /// Every stretch from the first to the last, in order, also those in which nothing matches or nothing is held.
    pub periods: Vec<Period>,
}

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Its first day.
    pub start: NaiveDate,
    /// The reports in it that match.
    pub reports: u64,
    /// The reports in it that are held at all. Without any it is a gap, and says nothing of the world.
    pub held: u64,
}

/// Of spans up to so many days a day is a stretch; up to so many a week; up to so many a month; else a year.
const MOST_DAYS: [(Unit, i64); 3] = [(Unit::Day, 31), (Unit::Week, 200), (Unit::Month, 5 * 366)];

/// The first and the last day that a date can mean.
type Span = (NaiveDate, NaiveDate);

impl Snapshot {
    /// Counts the reports that match a query over time: over the days that the query asks for as far as reports are
    /// held, else from the first to the last that matches. Without a unit, one that suits the span.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn timeline(&self, query: &Query, unit: Option<Unit>) -> Result<Timeline> {
        let mut undated = 0;
        let mut spans = Vec::<Span>::new();
        for hits in self.matching(query)? {
            let columns = hits.segment.fast_fields();
            let (firsts, lasts) = (columns.i64("first_day")?, columns.i64("last_day")?);
            for &doc in &hits.docs {
                match days(firsts.first(doc), lasts.first(doc)) {
                    Some(span) => spans.push(span),
                    None => undated += 1,
                }
            }
        }
        let total = undated + spans.len() as u64;
        let first = spans.iter().map(|(first, _)| *first).min();
        let last = spans.iter().map(|(_, last)| *last).max();
        let asked = dates_asked(query);
        let whole = first.zip(last).map(|span| match (asked, self.days().ok().flatten()) {
            (Some(asked), Some(held)) => {
                (asked.from.map_or(held.0, |from| from.max(held.0)), asked.to.map_or(held.1, |to| to.min(held.1)))
            }
            _ => span,
        });
        let unit = unit.unwrap_or_else(|| whole.map_or(Unit::Day, suiting));
        let mut counts = BTreeMap::<NaiveDate, u64>::new();
        let mut coarse = 0;
        for (first, last) in spans {
            let start = unit.start(first);
            if start == unit.start(last) { *counts.entry(start).or_default() += 1 } else { coarse += 1 }
        }
        let held = self.held_by(unit, asked)?;
        let mut periods = Vec::new();
        let mut next = whole.map(|(first, _)| unit.start(first));
        while let (Some(start), Some((_, last))) = (next, whole)
            && start <= last
        {
            let at = |counts: &BTreeMap<NaiveDate, u64>| counts.get(&start).copied().unwrap_or_default();
            periods.push(Period { start, reports: at(&counts), held: at(&held) });
            next = unit.next(start);
        }
        Ok(Timeline { unit, total, undated, coarse, periods })
    }

    /// Counts the reports held in each stretch of time, by its first day, of all days or of those asked for. Those not
    /// known so closely are left out.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn held_by(&self, unit: Unit, asked: Option<DateRange>) -> Result<BTreeMap<NaiveDate, u64>> {
        let mut by_day = BTreeMap::<(i64, i64), u64>::new();
        for segment in self.searcher.segment_readers() {
            let columns = segment.fast_fields();
            let (firsts, lasts) = (columns.i64("first_day")?, columns.i64("last_day")?);
            for doc in segment.doc_ids_alive() {
                if let (Some(first), Some(last)) = (firsts.first(doc), lasts.first(doc)) {
                    *by_day.entry((first, last)).or_default() += 1;
                }
            }
        }
        let mut held = BTreeMap::new();
        for ((first, last), reports) in by_day {
            let Some((first, last)) = days(Some(first), Some(last)) else { continue };
            let start = unit.start(first);
            let asked = asked.unwrap_or_default();
            let inside = asked.from.is_none_or(|from| first >= from) && asked.to.is_none_or(|to| last <= to);
            if inside && start == unit.start(last) {
                *held.entry(start).or_default() += reports;
            }
        }
        Ok(held)
    }
}

fn days(first: Option<i64>, last: Option<i64>) -> Option<Span> {
    Some((day_of_number(first?)?, day_of_number(last?)?))
}

fn suiting((first, last): Span) -> Unit {
    let days = (last - first).num_days() + 1;
    MOST_DAYS.into_iter().find(|(_, most)| days <= *most).map_or(Unit::Year, |(unit, _)| unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_suits_the_span() {
        let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap();
        for (first, last, unit) in [
            ("2026-01-01", "2026-01-31", Unit::Day),
            ("2026-01-01", "2026-03-31", Unit::Week),
            ("2024-01-01", "2026-03-31", Unit::Month),
            ("1949-10-01", "2026-03-31", Unit::Year),
        ] {
            assert_eq!(suiting((day(first), day(last))), unit);
        }
    }
}
