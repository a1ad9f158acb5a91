//! The words that set reports apart from the rest: by how many of them hold a word, and how many of the others do.
//!
//! Each word of the body is weighed by the log-likelihood ratio G² of the 2×2 table of reports (Dunning, "Accurate
//! Methods for the Statistics of Surprise and Coincidence", Computational Linguistics 19, 1993). Counts are of live
//! reports, all of them, from the postings: nothing is sampled and no stored text is read.

use super::{Result, Snapshot};
use crate::article::fields::TextField;
use crate::query::Query;
use crate::text::fold::fold;
use std::collections::HashMap;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, SegmentReader, TERMINATED};

/// What sets reports apart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Distinctive {
    /// The reports that match.
    pub total: u64,
    /// The reports held.
    pub held: u64,
    /// The words, the most telling first.
    pub words: Vec<DistinctiveWord>,
}

/// A word and how telling it is.
#[derive(Debug, Clone, PartialEq)]
pub struct DistinctiveWord {
    /// The word, folded.
    pub word: String,
    /// The reports that match and hold it.
    pub within: u64,
    /// The reports held that hold it.
    pub all: u64,
    /// The log-likelihood ratio G²; above 15 it is hardly chance (p < 0.0001).
    pub weight: f64,
}

/// A word in fewer reports than this among those that match tells nothing.
const LEAST_WITHIN: u64 = 2;
/// A weight below this may be chance: the 0.01 % point of the χ² distribution with one degree of freedom.
const LEAST_WEIGHT: f64 = 15.13;
/// A word within a longer one says nothing new if it stands in no more reports than this many times the longer's.
const SAME_REPORTS: f64 = 1.25;

impl Snapshot {
    /// Returns the words that set the reports that match a query apart from the others, at most so many. Words of one
    /// character, numbers and what is part of the query itself are left out.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn distinctive(&self, query: &Query, most: usize) -> Result<Distinctive> {
        let mut found = Distinctive { held: self.reports(), ..Distinctive::default() };
        let mut counts = HashMap::<String, (u64, u64)>::new();
        for hits in self.matching(query)? {
            found.total += hits.docs.len() as u64;
            let mut is_hit = vec![false; usize::try_from(hits.segment.max_doc()).unwrap_or(0)];
            for &doc in &hits.docs {
                if let Some(hit) = is_hit.get_mut(doc as usize) {
                    *hit = true;
                }
            }
            self.count_words(hits.segment, &is_hit, &mut counts)?;
        }
        let mut asked: Vec<String> = query.terms().iter().map(|term| fold(&term.text)).collect();
        collect_names(query, &mut asked);
        let mut words: Vec<DistinctiveWord> = counts
            .into_iter()
            .filter(|(word, (within, _))| *within >= LEAST_WITHIN && !asked.iter().any(|text| text.contains(word)))
            .map(|(word, (within, all))| DistinctiveWord {
                weight: weight(within, all, found.total, found.held),
                word,
                within,
                all,
            })
            .filter(|word| word.weight >= LEAST_WEIGHT)
            .collect();
        words.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.word.cmp(&b.word)));
        for (n, word) in words.iter().enumerate() {
            if found.words.len() >= most {
                break;
            }
            let stands_for_it = |(other, longer): (usize, &DistinctiveWord)| {
                n != other
                    && longer.word.contains(&word.word)
                    && as_f64(word.within) <= as_f64(longer.within) * SAME_REPORTS
            };
            if !words.iter().enumerate().any(stands_for_it) {
                found.words.push(word.clone());
            }
        }
        Ok(found)
    }

    /// Adds of every word of a segment how many of the hits and of all live reports hold it.
    fn count_words(
        &self,
        segment: &SegmentReader,
        is_hit: &[bool],
        counts: &mut HashMap<String, (u64, u64)>,
    ) -> Result<()> {
        let Some(field) = self.schema.words(TextField::Body) else { return Ok(()) };
        let index = segment.inverted_index(field)?;
        let alive = segment.alive_bitset();
        let mut terms = index.terms().stream().map_err(tantivy::TantivyError::from)?;
        while terms.advance() {
            let Ok(word) = std::str::from_utf8(terms.key()) else { continue };
            if !is_telling(word) {
                continue;
            }
            let postings = index.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic);
            let mut postings = postings.map_err(tantivy::TantivyError::from)?;
            let (mut within, mut all) = (0, 0);
            let mut doc = postings.doc();
            while doc != TERMINATED {
                within += u64::from(is_hit.get(doc as usize).copied().unwrap_or_default());
                all += u64::from(alive.is_none_or(|alive| alive.is_alive(doc)));
                doc = postings.advance();
            }
            // What no hit of this segment holds may be held by those of another.
            if all > 0 {
                match counts.get_mut(word) {
                    Some(known) => *known = (known.0 + within, known.1 + all),
                    None => drop(counts.insert(word.to_owned(), (within, all))),
                }
            }
        }
        Ok(())
    }
}

/// Adds the people that a query asks for, folded.
fn collect_names(query: &Query, names: &mut Vec<String>) {
    match query {
        Query::Name(_, name) => names.push(fold(name)),
        Query::And(parts) | Query::Or(parts) => parts.iter().for_each(|part| collect_names(part, names)),
        Query::Term(_)
        | Query::Wild(_)
        | Query::Near(_)
        | Query::Times(_)
        | Query::Pattern(..)
        | Query::Keyword(..)
        | Query::Pages(_)
        | Query::Id(_)
        | Query::Date(_)
        | Query::Not(_) => {}
    }
}

/// Whether a word can tell what a report is about: not of one character, and no number.
fn is_telling(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some() && characters.next().is_some() && !word.chars().all(is_of_number)
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | '%' | ',' | '-' | '年' | '月' | '日')
}

/// Returns G² = 2 Σ O ln(O / E) over the table of reports: matching or not, with the word or without; 0 where the word
/// is not more frequent among those that match.
fn weight(within: u64, all: u64, total: u64, held: u64) -> f64 {
    let (within, all, total, held) = (as_f64(within), as_f64(all), as_f64(total), as_f64(held));
    if held <= 0.0 || within * held <= all * total {
        return 0.0;
    }
    let cell = |observed: f64, row: f64, column: f64| {
        if observed > 0.0 { observed * (observed * held / (row * column)).ln() } else { 0.0 }
    };
    let rest = held - total;
    2.0 * (cell(within, total, all)
        + cell(total - within, total, held - all)
        + cell(all - within, rest, all)
        + cell(rest - (all - within), rest, held - all))
}

#[allow(clippy::cast_precision_loss)] // counts of reports are far below 2^52
fn as_f64(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weight_is_that_of_a_table_worked_by_hand() {
        // 10 of 20 with the word, 10 of the other 80: E = 4, 16, 16, 64.
        let by_hand = 2.0
            * (10.0 * (10.0_f64 / 4.0).ln()
                + 10.0 * (10.0_f64 / 16.0).ln()
                + 10.0 * (10.0_f64 / 16.0).ln()
                + 70.0 * (70.0_f64 / 64.0).ln());
        assert!((weight(10, 20, 20, 100) - by_hand).abs() < 1e-9);
        assert_eq!(weight(2, 20, 20, 100), 0.0, "rarer than elsewhere");
        assert_eq!(weight(5, 5, 5, 5), 0.0, "nothing to set apart from");
    }

    #[test]
    fn numbers_and_single_characters_tell_nothing() {
        assert_eq!(
            ["养老", "的", "2026", "3.5%", "26日", "5g"].map(is_telling),
            [true, false, false, false, false, true]
        );
    }
}
