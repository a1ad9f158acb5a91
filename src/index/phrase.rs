//! A text as a query of Tantivy's: the reports that hold it in any of some parts.
//!
//! Takes the place of Tantivy's own phrase query, which knows one field, cannot make use of pairs, and may not be asked
//! about a report before the one it stands at; this one may.

use super::occurrence::{Fields, Needle, Occurrences};
use super::schema::Schema;
use crate::article::fields::TextField;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED};

/// See the module. It scores nothing.
#[derive(Debug, Clone)]
pub struct Phrase {
    needle: Needle,
    parts: Vec<Fields>,
}

impl Needle {
    /// Returns a query for the reports that hold it in any of some parts.
    #[must_use]
    pub fn query(&self, schema: &Schema, parts: &[TextField]) -> Box<dyn Query> {
        let parts = parts.iter().map(|&part| Fields::of(schema, part)).collect();
        Box::new(Phrase { needle: self.clone(), parts })
    }
}

impl Query for Phrase {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(PhraseWeight(self.clone())))
    }
}

struct PhraseWeight(Phrase);

impl Weight for PhraseWeight {
    fn scorer(&self, segment: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let Phrase { needle, parts } = &self.0;
        let mut opened = Vec::with_capacity(parts.len());
        for &fields in parts {
            let mut occurrences = needle.open_in(fields, segment)?;
            if occurrences.first_from(0) != TERMINATED {
                opened.push(occurrences);
            }
        }
        if opened.is_empty() {
            return Ok(Box::new(EmptyScorer));
        }
        let mut scorer = PhraseScorer { parts: opened, doc: 0 };
        scorer.settle(0);
        Ok(Box::new(scorer))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("text as typed", 0.0))
    }
}

struct PhraseScorer {
    /// The text in each of the parts.
    parts: Vec<Occurrences>,
    doc: DocId,
}

impl PhraseScorer {
    fn settle(&mut self, target: DocId) -> DocId {
        self.doc = self.parts.iter_mut().map(|part| part.first_from(target)).min().unwrap_or(TERMINATED);
        self.doc
    }
}

impl DocSet for PhraseScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED { TERMINATED } else { self.seek(self.doc + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.settle(target)
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        if target >= TERMINATED {
            return SeekDangerResult::SeekLowerBound(target);
        }
        let mut next = TERMINATED;
        for part in &mut self.parts {
            // Not looked further than it takes to say no: whoever asks may know that the next one is far off.
            next = next.min(part.probe(target));
        }
        if next == target {
            self.doc = target;
            return SeekDangerResult::Found;
        }
        SeekDangerResult::SeekLowerBound(next)
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.parts.iter().map(Occurrences::at_most).fold(0, u32::saturating_add)
    }

    fn cost(&self) -> u64 {
        /// What reading the positions in one report costs beside stepping to the next in a list.
        const POSITIONS: u64 = 20;
        let cost = |part: &Occurrences| u64::from(part.at_most()) * if part.is_told_by_lists() { 1 } else { POSITIONS };
        self.parts.iter().map(cost).sum()
    }
}

impl Scorer for PhraseScorer {
    fn score(&mut self) -> Score {
        0.0
    }
}
