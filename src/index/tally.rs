//! Counting: how many of the reports that match a query have each value of a field or lie in each stretch of time.
//!
//! Counts are of live reports and exact. Values that fold alike are one value, shown as it is printed most often.

use super::schema::{KIND, day_of_number};
use super::tokens::whole;
use super::{Result, Snapshot, compile};
use crate::article::{Grouping, Role, Unit};
use crate::query::Query;
use std::collections::{BTreeMap, HashMap};
use tantivy::columnar::StrColumn;
use tantivy::query::EnableScoring;
use tantivy::{DocId, DocSet as _, SegmentReader, TERMINATED};

/// How many reports have each value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// The reports that match.
    pub total: u64,
    /// Those of them without any value; of a date, also those that are not known so closely.
    pub without: u64,
    /// Each value with its reports, the commonest first, those alike by value. A report with several values counts in
    /// each.
    pub counts: Vec<(String, u64)>,
}

/// How many reports have each pair of two values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CrossTally {
    /// The reports that match.
    pub total: u64,
    /// Those of them without a value in the rows.
    pub without: u64,
    /// The values across with their reports, whatever they have down; the commonest first, those alike by value.
    pub columns: Vec<(String, u64)>,
    /// The values down, in the same order.
    pub rows: Vec<CrossRow>,
}

/// A row of a [`CrossTally`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrossRow {
    /// The value.
    pub value: String,
    /// Its reports, whatever they have across.
    pub total: u64,
    /// The columns that it has reports in, by their place in [`CrossTally::columns`], in order.
    pub cells: Vec<(usize, u64)>,
}

impl CrossRow {
    /// Returns its reports in a column.
    #[must_use]
    pub fn at(&self, column: usize) -> u64 {
        let place = self.cells.binary_search_by_key(&column, |(column, _)| *column);
        place.ok().and_then(|place| self.cells.get(place)).map_or(0, |(_, reports)| *reports)
    }
}

/// The matching reports of a segment, in order.
pub struct SegmentHits<'a> {
    /// The segment.
    pub segment: &'a SegmentReader,
    /// The live reports of it that match.
    pub docs: Vec<DocId>,
}

impl Snapshot {
    /// Returns the reports that match a query, segment by segment.
    pub(super) fn matching(&self, query: &Query) -> Result<Vec<SegmentHits<'_>>> {
        let matching = compile::matching(query, &self.schema);
        let weight = matching.weight(EnableScoring::disabled_from_searcher(&self.searcher))?;
        let mut all = Vec::new();
        for segment in self.searcher.segment_readers() {
            let alive = segment.alive_bitset();
            let mut docs = Vec::new();
            let mut scorer = weight.scorer(segment, 1.0)?;
            while scorer.doc() != TERMINATED {
                if alive.is_none_or(|alive| alive.is_alive(scorer.doc())) {
                    docs.push(scorer.doc());
                }
                scorer.advance();
            }
            all.push(SegmentHits { segment, docs });
        }
        Ok(all)
    }

    /// Counts the reports that match a query by the values of a field.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn tally(&self, query: &Query, by: Grouping) -> Result<Tally> {
        let mut values = Values::default();
        let mut tally = Tally::default();
        for hits in self.matching(query)? {
            let found = values.of(&hits, by)?;
            tally.total += hits.docs.len() as u64;
            tally.without += hits.docs.len() as u64 - distinct_firsts(&found);
            found.iter().for_each(|&(_, value)| values.count(value));
        }
        tally.counts = values.counts();
        Ok(tally)
    }

    /// Counts the reports that match a query by the values of two fields.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn cross_tally(&self, query: &Query, down: Grouping, across: Grouping) -> Result<CrossTally> {
        let (mut rows, mut columns) = (Values::default(), Values::default());
        let mut table = CrossTally::default();
        let mut cells = HashMap::<usize, HashMap<usize, u64>>::new();
        for hits in self.matching(query)? {
            let (found, beside) = (rows.of(&hits, down)?, columns.of(&hits, across)?);
            table.total += hits.docs.len() as u64;
            table.without += hits.docs.len() as u64 - distinct_firsts(&found);
            beside.iter().for_each(|&(_, column)| columns.count(column));
            let mut start = 0;
            for &(place, row) in &found {
                rows.count(row);
                let row = cells.entry(row).or_default();
                let rest = beside.get(start..).unwrap_or_default();
                start += rest.iter().take_while(|(other, _)| *other < place).count();
                let rest = beside.get(start..).unwrap_or_default();
                for &(_, column) in rest.iter().take_while(|(other, _)| *other == place) {
                    *row.entry(column).or_default() += 1;
                }
            }
        }
        let column_order = columns.order();
        let mut places = vec![0; column_order.len()];
        for (place, (number, ..)) in column_order.iter().enumerate() {
            places.get_mut(*number).into_iter().for_each(|known| *known = place);
        }
        for (number, value, total) in rows.order() {
            let found = cells.remove(&number).unwrap_or_default().into_iter();
            let mut cells: Vec<_> = found.filter_map(|(column, n)| Some((*places.get(column)?, n))).collect();
            cells.sort_unstable();
            table.rows.push(CrossRow { value, total, cells });
        }
        table.columns = column_order.into_iter().map(|(_, value, total)| (value, total)).collect();
        Ok(table)
    }
}

/// Counts the reports among pairs that are in order of reports.
fn distinct_firsts(pairs: &[(usize, usize)]) -> u64 {
    pairs.chunk_by(|a, b| a.0 == b.0).count() as u64
}

/// The values seen, numbered as they come.
#[derive(Default)]
pub(super) struct Values {
    numbers: HashMap<String, usize>,
    seen: Vec<Seen>,
}

#[derive(Default)]
struct Seen {
    reports: u64,
    /// How often each printed form stands.
    printed: BTreeMap<String, u64>,
}

impl Values {
    /// Returns the values of the reports of a segment as pairs of the report's place among the hits and the value's
    /// number, in order and without doubles.
    pub(super) fn of(&mut self, hits: &SegmentHits<'_>, by: Grouping) -> Result<Vec<(usize, usize)>> {
        let columns: Vec<&str> = match by {
            Grouping::Name(role) => vec![role.field()],
            Grouping::AnyName => Role::ALL.iter().map(|role| role.field()).collect(),
            Grouping::Keyword(keyword) => vec![keyword.name()],
            Grouping::Kind => vec![KIND],
            Grouping::Date(unit) => return self.of_dates(hits, unit),
        };
        let mut pairs = Vec::new();
        for name in columns {
            // A segment in which no report has a value has no column.
            if let Some(column) = hits.segment.fast_fields().str(name)? {
                self.of_column(hits, &column, &mut pairs)?;
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        Ok(pairs)
    }

    fn of_column(&mut self, hits: &SegmentHits<'_>, column: &StrColumn, pairs: &mut Vec<(usize, usize)>) -> Result<()> {
        let first = pairs.len();
        let mut times = HashMap::<u64, u64>::new();
        for (place, &doc) in hits.docs.iter().enumerate() {
            for ord in column.ords().values_for_doc(doc) {
                *times.entry(ord).or_default() += 1;
                pairs.push((place, usize::try_from(ord).unwrap_or(usize::MAX)));
            }
        }
        let mut ords: Vec<u64> = times.keys().copied().collect();
        ords.sort_unstable();
        let mut numbers = HashMap::with_capacity(ords.len());
        let mut next = ords.iter();
        let mut note = |bytes: &[u8]| {
            if let Some(&ord) = next.next() {
                let printed = String::from_utf8_lossy(bytes);
                let number = self.number(printed.trim(), times.get(&ord).copied().unwrap_or_default());
                numbers.insert(usize::try_from(ord).unwrap_or(usize::MAX), number);
            }
        };
        column.dictionary().sorted_ords_to_term_cb(&ords, &mut note).map_err(tantivy::TantivyError::from)?;
        for pair in pairs.iter_mut().skip(first) {
            pair.1 = numbers.get(&pair.1).copied().unwrap_or_default();
        }
        Ok(())
    }

    /// Of a date that is not known so closely the stretch is not known either.
    fn of_dates(&mut self, hits: &SegmentHits<'_>, unit: Unit) -> Result<Vec<(usize, usize)>> {
        let columns = hits.segment.fast_fields();
        let (firsts, lasts) = (columns.i64("first_day")?, columns.i64("last_day")?);
        let mut known = HashMap::<i64, Option<usize>>::new();
        let mut pairs = Vec::new();
        for (place, &doc) in hits.docs.iter().enumerate() {
            let (Some(first), Some(last)) = (firsts.first(doc), lasts.first(doc)) else { continue };
            let number = if first == last {
                *known.entry(first).or_insert_with(|| self.stretch(unit, first, first))
            } else {
                self.stretch(unit, first, last)
            };
            pairs.extend(number.map(|number| (place, number)));
        }
        Ok(pairs)
    }

    fn stretch(&mut self, unit: Unit, first: i64, last: i64) -> Option<usize> {
        let (first, last) = (day_of_number(first)?, day_of_number(last)?);
        let start = unit.start(first);
        (start == unit.start(last)).then(|| self.number(&unit.label(start), 0))
    }

    fn number(&mut self, printed: &str, times: u64) -> usize {
        let number = *self.numbers.entry(whole(printed)).or_insert_with(|| {
            self.seen.push(Seen::default());
            self.seen.len() - 1
        });
        if let Some(seen) = self.seen.get_mut(number) {
            *seen.printed.entry(printed.to_owned()).or_default() += times;
        }
        number
    }

    fn count(&mut self, number: usize) {
        if let Some(seen) = self.seen.get_mut(number) {
            seen.reports += 1;
        }
    }

    /// Returns each value as it is printed most often; of several printed as often, the least.
    pub(super) fn names(&self) -> Vec<String> {
        let commonest = |seen: &Seen| {
            let most = seen.printed.iter().rev().max_by_key(|(_, times)| **times);
            most.map(|(printed, _)| printed.clone()).unwrap_or_default()
        };
        self.seen.iter().map(commonest).collect()
    }

    fn counts(&self) -> Vec<(String, u64)> {
        self.order().into_iter().map(|(_, value, reports)| (value, reports)).collect()
    }

    /// Returns each value's number, name and reports, the commonest first, those alike by name.
    fn order(&self) -> Vec<(usize, String, u64)> {
        let named = self.names().into_iter().zip(&self.seen).enumerate();
        let mut all: Vec<_> = named.map(|(number, (value, seen))| (number, value, seen.reports)).collect();
        all.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.1.cmp(&b.1)));
        all
    }
}
