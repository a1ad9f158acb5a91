//! A query whose matches are candidates first and are then verified on the stored reports: one leaf, or several
//! that must all hold, or alternatives, each with candidates of its own. A report is read and folded once, however many
//! leaves want to see it.
//!
//! A segment's candidates are verified all at once, when it is opened: that is where an error can be told. What was
//! verified is remembered for as long as the query lives, so that counting and ranking pay once.

use super::schema::Schema;
use super::verify::{FoldedReport, Verifier};
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
    leaves: Vec<Leaf>,
    schema: Arc<Schema>,
    known: Known,
}

/// What is asked of the text, one leaf of a query or several at once, and the reports that may hold it.
#[derive(Debug)]
pub struct Leaf {
    /// These reports.
    pub candidates: Box<dyn Query>,
    /// Tell which of them do: all must agree.
    pub verifiers: Arc<[Verifier]>,
}

impl Clone for Leaf {
    fn clone(&self) -> Self {
        Self { candidates: self.candidates.box_clone(), verifiers: Arc::clone(&self.verifiers) }
    }
}

impl Verified {
    /// Verifies the candidates of leaves; what holds any of these matches.
    #[must_use]
    pub fn any(leaves: Vec<Leaf>, schema: &Schema) -> Self {
        Self { leaves, schema: Arc::new(schema.clone()), known: Known::default() }
    }
}

impl Clone for Verified {
    fn clone(&self) -> Self {
        Self { leaves: self.leaves.clone(), schema: Arc::clone(&self.schema), known: Arc::clone(&self.known) }
    }
}

impl Query for Verified {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let leaf = |leaf: &Leaf| Ok((leaf.candidates.weight(scoring)?, Arc::clone(&leaf.verifiers)));
        let leaves = self.leaves.iter().map(leaf).collect::<tantivy::Result<_>>()?;
        let (schema, known) = (Arc::clone(&self.schema), Arc::clone(&self.known));
        Ok(Box::new(VerifiedWeight { leaves, schema, known }))
    }
}

/// A leaf as opened for a searcher.
type LeafWeight = (Box<dyn Weight>, Arc<[Verifier]>);

struct VerifiedWeight {
    leaves: Vec<LeafWeight>,
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
        let open = |(candidates, verifiers): &LeafWeight| Ok((candidates.scorer(segment, 1.0)?, Arc::clone(verifiers)));
        let mut leaves = self.leaves.iter().map(open).collect::<tantivy::Result<Vec<_>>>()?;
        loop {
            let doc = leaves.iter().map(|(candidates, _)| candidates.doc()).min().unwrap_or(TERMINATED);
            if doc == TERMINATED {
                break;
            }
            let candidate_of = leaves.iter_mut().filter(|(candidates, _)| candidates.doc() == doc);
            if segment.alive_bitset().is_none_or(|alive| alive.is_alive(doc)) {
                let document: TantivyDocument = store.get(doc)?;
                let report = self.schema.report(ReportId::from_bits(0), &document, Path::new(""));
                let report = report.map_err(|e| TantivyError::InternalError(e.to_string()))?;
                let folded = FoldedReport::new(&report.article);
                let mut holds = false;
                for (candidates, verifiers) in candidate_of {
                    holds = holds || verifiers.iter().all(|verifier| verifier.holds_in(&folded));
                    candidates.advance();
                }
                if holds {
                    docs.push(doc);
                }
            } else {
                for (candidates, _) in candidate_of {
                    candidates.advance();
                }
            }
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
