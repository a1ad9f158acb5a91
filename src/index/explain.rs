//! Why hits are in their order: how many reports each part of a query leaves, and each part of each score.

use super::loose::Loose;
use super::rank::{CANDIDATES, Part, Signals, Step};
use super::search::{Order, Request, exclusions, parted};
use super::{Found, Hit, Result, Snapshot, compile};
use crate::article::ReportId;
use crate::query::Query;
use std::ops::Bound;
use tantivy::collector::DocSetCollector;
use tantivy::query::RangeQuery;
use tantivy::{DocAddress, Term};

/// Why hits are in their order.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Every part of the query, as text, with the number of reports that match it alone.
    pub steps: Vec<(String, u64)>,
    /// Every word that ranks, with its rarity: BM25's inverse frequency.
    pub words: Vec<(String, f64)>,
    /// Of every hit, in order: how its score came about.
    pub scores: Vec<ScoreExplained>,
}

/// How a score came about.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreExplained {
    /// What each signal adds, with the word or text that it is about; those that add nothing are left out.
    pub parts: Vec<(Step, Option<String>, f64)>,
    /// What recency multiplies them with.
    pub recency: f64,
    /// The score.
    pub score: f64,
}

impl Snapshot {
    /// Explains what a search found.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn explain(&self, request: &Request, found: &Found) -> Result<Explanation> {
        let terms = request.query.terms();
        let signals = Signals::new(&terms, &self.searcher, &self.schema)?;
        let order = self.order(request)?;
        let mut steps = Vec::new();
        let parts = match &request.query {
            Query::And(parts) => parts.as_slice(),
            one => std::slice::from_ref(one),
        };
        for part in parts {
            steps.push((part.to_string(), self.count(compile::matching(part, &self.schema).as_ref())?));
        }
        let loose = match &found.loosened {
            Some(_) => {
                let (text, filters) = parted(&request.query);
                let mut folding = self.folding(request)?;
                Some(self.loosely(&signals, &filters.and(exclusions(&text)), order, &mut folding)?)
            }
            None => None,
        };
        let scores = found.hits.iter().map(|hit| self.score(hit, &signals, loose.as_ref(), order));
        let scores = scores.collect::<Result<_>>()?;
        let words = signals.rarities().map(|(word, rarity)| (word.to_owned(), rarity)).collect();
        Ok(Explanation { steps, words, scores })
    }

    fn score(&self, hit: &Hit, signals: &Signals, loose: Option<&Loose>, order: Order) -> Result<ScoreExplained> {
        let id = hit.report.id;
        let mut explained = ScoreExplained { parts: Vec::new(), recency: 1.0, score: hit.score };
        let Some(at) = self.address(id)? else { return Ok(explained) };
        let segment = self.searcher.segment_reader(at.segment_ord);
        let day = segment.fast_fields().i64("first_day")?.first(at.doc_id);
        explained.recency = order.lift(day);
        let mut parts = Vec::new();
        signals.open(segment, &self.schema)?.parts(at.doc_id, |part| parts.push(part));
        if let Some(loose) = loose {
            parts.retain(|part| matches!(part.step, Step::Word(_)));
            let again = loose.gains.iter().find(|(known, _)| *known == id.to_bits());
            parts.extend(again.into_iter().flat_map(|(_, gains)| gains));
        } else if order.is_by_relevance() && hit.rank <= CANDIDATES as u64 {
            let relevance: f64 = parts.iter().map(|part| part.worth).sum();
            let shares = signals.open_places(segment, &self.schema)?.shares(at.doc_id);
            parts.extend(shares.map(|part| Part { worth: part.worth * relevance, ..part }));
        }
        parts.retain(|part| part.worth > 0.0);
        explained.parts = parts.into_iter().map(|part| (part.step, signals.text(part.step), part.worth)).collect();
        Ok(explained)
    }

    /// Returns where a report lies.
    pub(super) fn address(&self, id: ReportId) -> Result<Option<DocAddress>> {
        let term = || Bound::Included(Term::from_field_u64(self.schema.id, id.to_bits()));
        let found = self.searcher.search(&RangeQuery::new(term(), term()), &DocSetCollector)?;
        Ok(found.into_iter().min())
    }
}
