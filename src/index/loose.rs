//! Loosened searches: reports that hold any of the words, the best of them read again.

use super::best::{Kept, Ranked};
use super::folding::Folding;
use super::rank::{CANDIDATES, Part, Signals};
use super::search::Order;
use super::{Result, Snapshot, compile};
use crate::query::Query;
use tantivy::query::EnableScoring;
use tantivy::{DocAddress, DocId, DocSet as _, SegmentReader, TERMINATED};

/// The reports that hold any of the words.
pub(super) struct Loose {
    /// How many they are.
    pub total: u64,
    /// The best, in no order: more than were asked for, or all.
    pub best: Vec<Ranked>,
    /// What those that were read again gained by it, with the numbers of their ids.
    pub gains: Vec<(u64, Vec<Part>)>,
}

impl Snapshot {
    /// Finds the reports that hold any of the words and match `rest`. What has copies is folded.
    ///
    /// The best [`CANDIDATES`] by words are read again, which only ever adds to their scores: so the order of all is
    /// one, whatever page of it is asked for.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn loosely<'a>(
        &'a self,
        signals: &Signals,
        rest: &Query,
        order: Order,
        folding: &mut Folding<'a>,
    ) -> Result<Loose> {
        let end = order.end_closer();
        let (total, mut best) = self.any_word(signals, rest, 0.0, order, end, folding)?;
        let mut gains = Vec::new();
        if order.is_by_relevance() && end != Some(0) {
            best.sort_unstable_by(|a, b| a.order(b, order.sort));
            let again = self.read_again(signals, best.get(..CANDIDATES).unwrap_or(&best))?;
            for (candidate, parts) in best.iter_mut().zip(again) {
                candidate.score += parts.iter().map(|part| part.worth).sum::<f64>() * order.lift(candidate.day);
                gains.push((candidate.id, parts));
            }
        }
        Ok(Loose { total, best, gains })
    }

    /// Finds the reports that match `rest` and hold any of the words, so that their relevance by words is `least` or
    /// more: how many they are, and the best of them up to a place, in no order: more than that, or all. What has copies
    /// is folded.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn any_word<'a>(
        &'a self,
        signals: &Signals,
        rest: &Query,
        least: f64,
        order: Order,
        end: Option<usize>,
        folding: &mut Folding<'a>,
    ) -> Result<(u64, Vec<Ranked>)> {
        let rest = (!rest.is_empty()).then(|| compile::matching(rest, &self.schema));
        let rest = rest.map(|rest| rest.weight(EnableScoring::disabled_from_searcher(&self.searcher))).transpose()?;
        let new = || Kept::new(order.sort, end, folding.another());
        let look = |ordinal, segment: &SegmentReader, kept: &mut Kept| {
            let relevance = signals.by_words(segment, &self.schema)?;
            let (days, ids) = (segment.fast_fields().i64("first_day")?, segment.fast_fields().u64("id")?);
            let alive = segment.alive_bitset();
            let mut found = |doc: DocId| {
                let relevance = relevance.get(doc as usize).copied().unwrap_or_default();
                if relevance > 0.0 && relevance >= least && alive.is_none_or(|alive| alive.is_alive(doc)) {
                    let day = days.first(doc);
                    let score = relevance * order.lift(day);
                    let at = DocAddress::new(ordinal, doc);
                    kept.take(Ranked { score, day, id: ids.first(doc).unwrap_or_default(), at });
                }
            };
            match &rest {
                // Empty where no report of the segment has any of the words.
                None => (0..).take(relevance.len()).for_each(&mut found),
                Some(rest) => {
                    let mut docs = rest.scorer(segment, 1.0)?;
                    while docs.doc() != TERMINATED {
                        found(docs.doc());
                        docs.advance();
                    }
                }
            }
            Ok(())
        };
        Ok(self.over_segments(new, look, Kept::join)?.end(folding))
    }

    fn read_again(&self, signals: &Signals, candidates: &[Ranked]) -> Result<Vec<Vec<Part>>> {
        let reread = signals.reread();
        let readings = self.in_parts(candidates, |candidate| Ok(reread.read(&self.report(candidate.at)?.article)))?;
        Ok(reread.gains(&readings, &self.weights))
    }
}
