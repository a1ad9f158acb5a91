//! Reading along: every place where a query stands, by date; the reports of one day; the days and pages held.

use super::schema::day_of_number;
use super::snippet::{Wanted, marks};
use super::tally::Values;
use super::{Mark, Report, Result, Snapshot};
use crate::article::fields::{Keyword, TextField};
use crate::article::{Grouping, PartialDate, ReportId, Unit};
use crate::query::{DateRange, Query};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;
use tantivy::DocAddress;

/// The places where a query's terms stand.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Concordance {
    /// The reports that match.
    pub total: u64,
    /// How many of them the lines come from; the last may hold more places than are given.
    pub read: u64,
    /// Whether there are more places than are given.
    pub more: bool,
    /// The places, by date.
    pub lines: Vec<Place>,
}

/// A place where a term stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The report.
    pub id: ReportId,
    /// Its file.
    pub file: Arc<str>,
    /// Its date.
    pub date: Option<PartialDate>,
    /// Its headline.
    pub title: Option<Arc<str>>,
    /// The part: `title`, `deck`, `body` or `furniture`.
    pub field: &'static str,
    /// The whole headline, deck or paragraph.
    pub text: Arc<str>,
    /// Where the term stands in it.
    pub mark: Mark,
}

/// The reports of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct DayHeld {
    /// By paper, page and place in their files.
    pub reports: Vec<Report>,
    /// The last day before it with a report that passes, and the first after it.
    pub beside: (Option<NaiveDate>, Option<NaiveDate>),
}

/// Which days are held.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// The reports counted.
    pub total: u64,
    /// Those of them without a date, or of which the day is not known.
    pub without: u64,
    /// The days with a report, in order.
    pub days: Vec<HeldDay>,
}

/// A day that is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldDay {
    /// The day.
    pub day: NaiveDate,
    /// Its reports.
    pub reports: u64,
    /// Its pages, in order, as far as reports name them.
    pub pages: Vec<String>,
}

impl Snapshot {
    /// Returns the reports that match, the oldest first or the newest; those without a date last in both.
    fn by_date(&self, query: &Query, newest: bool) -> Result<Vec<DocAddress>> {
        let mut all = Vec::new();
        for (segment, hits) in (0..).zip(self.matching(query)?) {
            let columns = hits.segment.fast_fields();
            let (days, ids) = (columns.i64("first_day")?, columns.u64("id")?);
            for &doc in &hits.docs {
                let day = days.first(doc).map(|day| if newest { -day } else { day });
                all.push(((day.is_none(), day, ids.first(doc)), DocAddress::new(segment, doc)));
            }
        }
        all.sort_unstable_by_key(|(key, _)| *key);
        Ok(all.into_iter().map(|(_, at)| at).collect())
    }

    /// Returns the places where the terms of a query stand in the reports that match it, by date, at most so many.
    /// Only as many reports are read as that takes.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn concordance(&self, query: &Query, most: usize, newest: bool) -> Result<Concordance> {
        let reports = self.by_date(query, newest)?;
        let wanted = Wanted::new(query, &[]);
        let mut found = Concordance { total: reports.len() as u64, ..Concordance::default() };
        for at in reports {
            if found.lines.len() >= most {
                found.more = true;
                break;
            }
            let Report { id, file, article } = self.report(at)?;
            found.read += 1;
            let (file, title) = (Arc::from(file), article.title.as_deref().map(Arc::from));
            for part in TextField::ALL {
                for (place, piece) in part.pieces(&article).into_iter().enumerate() {
                    let text = Arc::from(piece);
                    for mark in marks(&article, part, place, &wanted) {
                        found.lines.push(Place {
                            id,
                            file: Arc::clone(&file),
                            date: article.date().map(|(date, _)| date),
                            title: title.clone(),
                            field: part.name(),
                            text: Arc::clone(&text),
                            mark,
                        });
                    }
                }
            }
        }
        found.more |= found.lines.len() > most;
        found.lines.truncate(most);
        Ok(found)
    }

    /// Returns the reports of a day that match a query, by paper, page and place in their files, with the days beside
    /// it that have any. Without a day, those of the last day held.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn day(&self, day: Option<NaiveDate>, query: &Query) -> Result<Option<(NaiveDate, DayHeld)>> {
        let days: BTreeSet<NaiveDate> = self.coverage(query)?.days.into_iter().map(|held| held.day).collect();
        let Some(day) = day.or_else(|| days.last().copied()) else { return Ok(None) };
        let on_the_day = query.clone().and(Query::Date(DateRange { from: Some(day), to: Some(day) }));
        let reports: Result<Vec<_>> = self.by_date(&on_the_day, false)?.into_iter().map(|at| self.report(at)).collect();
        let mut reports = reports?;
        reports.sort_by_cached_key(|report| {
            let article = &report.article;
            (
                article.paper.clone(),
                article.page.as_deref().map(page_order),
                report.file.clone(),
                article.line,
                report.id,
            )
        });
        let before = days.range(..day).next_back().copied();
        let after = days.range((Bound::Excluded(day), Bound::Unbounded)).next().copied();
        Ok(Some((day, DayHeld { reports, beside: (before, after) })))
    }

    /// Returns which days and pages are held of the reports that match a query.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn coverage(&self, query: &Query) -> Result<Coverage> {
        Ok(self.coverage_of(query, None)?.pop().map(|(_, coverage)| coverage).unwrap_or_default())
    }

    /// Returns the same paper by paper, that with most reports first, those without a paper last.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn coverage_by_paper(&self, query: &Query) -> Result<Vec<(Option<String>, Coverage)>> {
        self.coverage_of(query, Some(Keyword::Paper))
    }

    fn coverage_of(&self, query: &Query, by: Option<Keyword>) -> Result<Vec<(Option<String>, Coverage)>> {
        /// Reports, pages of a day.
        type Held = (u64, BTreeSet<usize>);
        let (mut pages, mut groups) = (Values::default(), Values::default());
        let mut found = BTreeMap::<Option<usize>, (Coverage, BTreeMap<i64, Held>)>::new();
        for hits in self.matching(query)? {
            let columns = hits.segment.fast_fields();
            let (firsts, lasts) = (columns.i64("first_day")?, columns.i64("last_day")?);
            let of_group = by.map(|by| groups.of(&hits, Grouping::Keyword(by))).transpose()?.unwrap_or_default();
            let mut of_group = of_group.into_iter().peekable();
            let mut beside = pages.of(&hits, Grouping::Keyword(Keyword::Page))?.into_iter().peekable();
            for (place, &doc) in hits.docs.iter().enumerate() {
                let group = of_group.next_if(|(at, _)| *at == place).map(|(_, group)| group);
                let (coverage, days) = found.entry(group).or_default();
                coverage.total += 1;
                let first = firsts.first(doc).filter(|first| lasts.first(doc) == Some(*first));
                let mut held = first.map(|first| days.entry(first).or_default());
                coverage.without += u64::from(held.is_none());
                if let Some((reports, _)) = &mut held {
                    *reports += 1;
                }
                while let Some((_, page)) = beside.next_if(|(at, _)| *at == place) {
                    if let Some((_, pages)) = &mut held {
                        pages.insert(page);
                    }
                }
            }
        }
        let (page_names, group_names) = (pages.names(), groups.names());
        let mut all = Vec::new();
        for (group, (mut coverage, days)) in found {
            for (number, (reports, pages)) in days {
                let Some(day) = day_of_number(number) else { continue };
                let mut pages: Vec<String> = pages.iter().filter_map(|&page| page_names.get(page).cloned()).collect();
                pages.sort_by_cached_key(|page| page_order(page));
                coverage.days.push(HeldDay { day, reports, pages });
            }
            all.push((group.and_then(|group| group_names.get(group).cloned()), coverage));
        }
        all.sort_by(|(a, of_a), (b, of_b)| {
            a.is_none().cmp(&b.is_none()).then(of_b.total.cmp(&of_a.total)).then_with(|| a.cmp(b))
        });
        Ok(all)
    }

    /// Yields the reports that match a query and whose ids are wanted, the newest first. Each is read as it is yielded.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn newest_first(
        &self,
        query: &Query,
        wanted: impl Fn(ReportId) -> bool,
    ) -> Result<impl Iterator<Item = Result<Report>>> {
        let found = self.newest(query, wanted)?;
        Ok(found.into_iter().map(|(_, at)| self.report(at)))
    }

    /// Returns the ids of the same reports, none of which is read.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn newest_ids(&self, query: &Query, wanted: impl Fn(ReportId) -> bool) -> Result<Vec<ReportId>> {
        Ok(self.newest(query, wanted)?.into_iter().map(|(id, _)| id).collect())
    }

    fn newest(&self, query: &Query, wanted: impl Fn(ReportId) -> bool) -> Result<Vec<(ReportId, DocAddress)>> {
        let mut found = Vec::new();
        for at in self.by_date(query, true)? {
            let id = self.id(at)?;
            if wanted(id) {
                found.push((id, at));
            }
        }
        Ok(found)
    }
}

impl Coverage {
    /// Returns the stretches of days without any report between the first and the last that is held, in order, both
    /// ends included.
    #[must_use]
    pub fn gaps(&self) -> Vec<(NaiveDate, NaiveDate)> {
        let pairs = self.days.windows(2).filter_map(|pair| match pair {
            [a, b] => Some((Unit::Day.next(a.day)?, b.day.pred_opt()?)),
            _ => None,
        });
        pairs.filter(|(from, to)| from <= to).collect()
    }
}

/// The order of pages as people count them: 2 before 10, A02 before B01.
fn page_order(page: &str) -> (String, u64, String) {
    let digits = page.find(|c: char| c.is_ascii_digit()).unwrap_or(page.len());
    let (head, rest) = page.split_at(digits);
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (number, tail) = rest.split_at(end);
    (head.to_owned(), number.parse().unwrap_or(u64::MAX), tail.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_come_as_people_count_them() {
        let mut pages = vec!["B01", "10", "A10", "2", "A02", "头版"];
        pages.sort_by_cached_key(|page| page_order(page));
        assert_eq!(pages, ["2", "10", "A02", "A10", "B01", "头版"]);
    }

    #[test]
    fn a_gap_lies_between_days_held() {
        let held = |day: &str| HeldDay { day: day.parse().unwrap(), reports: 1, pages: Vec::new() };
        let coverage =
            Coverage { days: vec![held("2026-01-30"), held("2026-01-31"), held("2026-02-03")], ..Coverage::default() };
        assert_eq!(coverage.gaps(), [("2026-02-01".parse().unwrap(), "2026-02-02".parse().unwrap())]);
    }
}
