//! The order of hits: what each weight is, and how a report's score is made. It never decides what matches.
//!
//! A report's relevance is BM25F over the query's words (Robertson, Zaragoza, Taylor, "Simple BM25 extension to multiple
//! weighted fields", 2004): per word the weighted frequencies of the parts are added before they saturate. The text as
//! typed counts once more as a word of its own. Everything is summed in `f64` in a fixed order and from counts of live
//! reports only, so that the same reports give the same scores whatever segments they lie in.

use super::Result;
use super::occurrence::{Needle, Occurrences};
use super::schema::Schema;
use crate::article::fields::TextField;
use crate::query::Term as QueryTerm;
use crate::text::segment::QuerySegmenter;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet as _, Searcher, SegmentReader, Term};

/// How much a word in a part counts beside one in the body. A headline has some ten words, each chosen.
fn weight(part: TextField) -> f64 {
    match part {
        TextField::Title => 3.0,
        TextField::Deck => 1.5,
        TextField::Body => 1.0,
        TextField::Furniture => 0.0,
    }
}

/// BM25's saturation: the usual value.
const K1: f64 = 1.2;
/// BM25's length normalisation of the body. Headlines and decks are not normalised: they hardly differ in length.
const B: f64 = 0.6;
/// The length, in words as cut for search, of a body that is neither long nor short. A constant and not the index's
/// average, so that scores do not change with what else is held.
const USUAL_LENGTH: f64 = 300.0;
/// What the text as typed counts beside its words together: half as much again.
const AS_TYPED: f64 = 0.5;
/// The most that recency adds, as a share of relevance. The contract allows a tenth.
const RECENCY: f64 = 0.10;
/// The age, in days, at which recency adds half of the most.
const RECENCY_HALF_LIFE: f64 = 90.0;

/// Returns the factor by which the age of a report, in days, raises its relevance: 1 + a·2^(−age/h).
#[must_use]
pub fn recency(age: i64) -> f64 {
    #[allow(clippy::cast_precision_loss)] // ages are far below 2^52 days
    let age = age.max(0) as f64;
    1.0 + RECENCY * (-age / RECENCY_HALF_LIFE).exp2()
}

/// What a query's order is made from: its words and the texts typed, with their rarity.
#[derive(Debug, Clone)]
pub struct Signals {
    words: Vec<(String, f64)>,
    typed: Vec<TypedText>,
}

#[derive(Debug, Clone)]
struct TypedText {
    needle: Needle,
    parts: &'static [TextField],
    worth: f64,
}

impl Signals {
    /// Cuts the terms of a query into words and looks up how rare each is among the live reports.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn new(terms: &[&QueryTerm], searcher: &Searcher, schema: &Schema) -> Result<Self> {
        let mut words = Vec::<(String, f64)>::new();
        let mut typed = Vec::new();
        for term in terms {
            let mut worth = 0.0;
            for word in QuerySegmenter.words(&term.text) {
                let known = words.iter().find(|(known, _)| *known == word).map(|&(_, idf)| idf);
                let idf = match known {
                    Some(idf) => idf,
                    None => {
                        let idf = inverse_frequency(&word, searcher, schema)?;
                        words.push((word, idf));
                        idf
                    }
                };
                worth += idf;
            }
            if let Some(needle) = Needle::new(&term.text) {
                let worth = if worth > 0.0 { AS_TYPED * worth } else { 1.0 };
                typed.push(TypedText { needle, parts: term.scope.parts(), worth });
            }
        }
        Ok(Self { words, typed })
    }

    /// Returns the words, in order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|(word, _)| word.as_str())
    }

    /// Opens the signals in a segment.
    ///
    /// # Errors
    /// When the segment cannot be read.
    pub fn open(&self, segment: &SegmentReader, schema: &Schema) -> Result<SegmentRanker> {
        let mut lengths = FieldNormReader::constant(segment.max_doc(), 0);
        if let Some(field) = schema.words(TextField::Body) {
            lengths = segment.get_fieldnorms_reader(field)?;
        }
        let mut words = Vec::with_capacity(self.words.len());
        for (word, idf) in &self.words {
            let mut parts = Vec::new();
            for part in TextField::BARE {
                let Some(field) = schema.words(part) else { continue };
                let term = Term::from_field_text(field, word);
                let index = segment.inverted_index(field)?;
                let postings = index.read_postings(&term, IndexRecordOption::WithFreqs);
                if let Some(postings) = postings.map_err(tantivy::TantivyError::from)? {
                    parts.push((part, postings));
                }
            }
            words.push((*idf, parts));
        }
        let mut typed = Vec::with_capacity(self.typed.len());
        for text in &self.typed {
            let open = |&part: &TextField| Ok((part, text.needle.open(schema, part, segment)?));
            typed.push((text.worth, text.parts.iter().map(open).collect::<Result<Vec<_>>>()?));
        }
        Ok(SegmentRanker { lengths, words, typed })
    }
}

/// The signals of one segment.
pub struct SegmentRanker {
    lengths: FieldNormReader,
    words: Vec<(f64, Vec<(TextField, SegmentPostings)>)>,
    typed: Vec<(f64, Vec<(TextField, Occurrences)>)>,
}

impl SegmentRanker {
    /// Returns the relevance of a report. Must be asked in order of reports.
    pub fn relevance(&mut self, doc: DocId) -> f64 {
        let length = f64::from(self.lengths.fieldnorm(doc)) / USUAL_LENGTH;
        let body = 1.0 / (1.0 - B + B * length);
        let normalised = |part: TextField, count: u32| {
            weight(part) * f64::from(count) * if part == TextField::Body { body } else { 1.0 }
        };
        let mut relevance = 0.0;
        for (idf, parts) in &mut self.words {
            let frequency = parts.iter_mut().map(|(part, postings)| {
                let at = if postings.doc() < doc { postings.seek(doc) } else { postings.doc() };
                if at == doc { normalised(*part, postings.term_freq()) } else { 0.0 }
            });
            relevance += *idf * saturated(frequency.sum());
        }
        for (worth, parts) in &mut self.typed {
            let frequency = parts.iter_mut().map(|(part, occurrences)| normalised(*part, occurrences.count_in(doc)));
            relevance += *worth * saturated(frequency.sum());
        }
        relevance
    }
}

fn saturated(frequency: f64) -> f64 {
    frequency * (K1 + 1.0) / (frequency + K1)
}

/// BM25's ln(1 + (N − n + ½) / (n + ½)) over the live reports, n being the reports with the word in the part where it
/// is commonest.
fn inverse_frequency(word: &str, searcher: &Searcher, schema: &Schema) -> Result<f64> {
    let mut most = 0;
    for field in TextField::BARE.into_iter().filter_map(|part| schema.words(part)) {
        let term = Term::from_field_text(field, word);
        let mut live = 0;
        for segment in searcher.segment_readers() {
            live += live_reports_with(&term, segment)?;
        }
        most = most.max(live);
    }
    #[allow(clippy::cast_precision_loss)] // fewer reports than 2^52
    let (all, with) = (searcher.num_docs() as f64, most as f64);
    Ok((1.0 + (all - with + 0.5) / (with + 0.5)).ln())
}

/// Counts the live reports with a word. Tantivy's own count holds the deleted ones too until a merge.
fn live_reports_with(term: &Term, segment: &SegmentReader) -> Result<u64> {
    let index = segment.inverted_index(term.field())?;
    let Some(alive) = segment.alive_bitset() else {
        return Ok(u64::from(index.doc_freq(term).map_err(tantivy::TantivyError::from)?));
    };
    let postings = index.read_postings(term, IndexRecordOption::Basic).map_err(tantivy::TantivyError::from)?;
    let Some(mut postings) = postings else { return Ok(0) };
    let mut count = 0;
    while postings.doc() != tantivy::TERMINATED {
        count += u64::from(alive.is_alive(postings.doc()));
        postings.advance();
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recency_lifts_by_a_tenth_at_most_and_never_lowers() {
        assert!((recency(0) - 1.10).abs() < 1e-12);
        assert!((recency(90) - 1.05).abs() < 1e-12);
        assert!(recency(1_000_000) >= 1.0);
        assert!((recency(-5) - 1.10).abs() < 1e-12, "a date ahead of `now` is as good as today's");
    }
}
