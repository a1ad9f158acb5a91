//! A query whose matches are candidates first and are then verified on the stored reports.
//!
//! A segment's candidates are verified all at once, when it is opened: that is where an error can be told. What was
//! verified is remembered for as long as the query lives, so that counting and ranking pay once.

use super::schema::Schema;
use super::verify::Verifier;
use crate::article::ReportId;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::index::SegmentId;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyDocument, TantivyError};

/// Blocks of stored reports kept unpacked: candidates come in order, so the last one is enough.
const BLOCKS: usize = 1;

type Known = Arc<Mutex<HashMap<SegmentId, Arc<[DocId]>>>>;

/// See the module. It scores nothing.
#[derive(Debug)]
pub struct Verified {
    candidates: Box<dyn Query>,
    verifier: Arc<Verifier>,
    schema: Arc<Schema>,
    known: Known,
}

impl Verified {
    /// Verifies candidates.
    #[must_use]
    pub fn new(candidates: Box<dyn Query>, verifier: Verifier, schema: &Schema) -> Self {
        let (verifier, schema) = (Arc::new(verifier), Arc::new(schema.clone()));
        Self { candidates, verifier, schema, known: Known::default() }
    }
}

impl Clone for Verified {
    fn clone(&self) -> Self {
        Self {
            candidates: self.candidates.box_clone(),
            verifier: Arc::clone(&self.verifier),
            schema: Arc::clone(&self.schema),
            known: Arc::clone(&self.known),
        }
    }
}

impl Query for Verified {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let candidates = self.candidates.weight(scoring)?;
        let (verifier, schema, known) = (Arc::clone(&self.verifier), Arc::clone(&self.schema), Arc::clone(&self.known));
        Ok(Box::new(VerifiedWeight { candidates, verifier, schema, known }))
    }
}

struct VerifiedWeight {
    candidates: Box<dyn Weight>,
    verifier: Arc<Verifier>,
    schema: Arc<Schema>,
    known: Known,
}

impl VerifiedWeight {
    /// Returns the reports of a segment that match, in order.
    fn matches(&self, segment: &SegmentReader) -> tantivy::Result<Arc<[DocId]>> {
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(docs) = known().get(&segment.segment_id()) {
            return Ok(Arc::clone(docs));
        }
        let store = segment.get_store_reader(BLOCKS)?;
        let mut docs = Vec::new();
        let mut candidates = self.candidates.scorer(segment, 1.0)?;
        while candidates.doc() != TERMINATED {
            let doc = candidates.doc();
            if segment.alive_bitset().is_none_or(|alive| alive.is_alive(doc)) {
                let document: TantivyDocument = store.get(doc)?;
                let report = self.schema.report(ReportId::from_bits(0), &document, Path::new(""));
                let report = report.map_err(|e| TantivyError::InternalError(e.to_string()))?;
                if self.verifier.holds(&report.article) {
                    docs.push(doc);
                }
            }
            candidates.advance();
        }
        let docs: Arc<[DocId]> = docs.into();
        known().insert(segment.segment_id(), Arc::clone(&docs));
        Ok(docs)
    }
}

impl Weight for VerifiedWeight {
    fn scorer(&self, segment: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(VerifiedScorer { docs: self.matches(segment)?, at: 0 }))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("verified on the stored report", 0.0))
    }
}

struct VerifiedScorer {
    docs: Arc<[DocId]>,
    at: usize,
}

impl DocSet for VerifiedScorer {
    fn advance(&mut self) -> DocId {
        self.at = (self.at + 1).min(self.docs.len());
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.docs.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|&doc| doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.docs.len()).unwrap_or(u32::MAX)
    }
}

impl Scorer for VerifiedScorer {
    fn score(&mut self) -> Score {
        0.0
    }
}
