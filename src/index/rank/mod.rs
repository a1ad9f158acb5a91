//! The order of hits: what each weight is, and how a report's score is made. It never decides what matches.
//!
//! A report's relevance is BM25F over the query's words (Robertson, Zaragoza, Taylor, "Simple BM25 extension to multiple
//! weighted fields", 2004): per word the weighted frequencies of the parts are added before they saturate. The text as
//! typed counts once more as a word of its own. Everything is summed in `f64` in a fixed order and from counts of live
//! reports only, so that the same reports give the same scores whatever segments they lie in.

mod place;
mod reread;
mod weights;

pub use reread::Reread;
pub use weights::{CANDIDATES, Weights};

use super::Result;
use super::occurrence::{Needle, Occurrences};
use super::schema::Schema;
use crate::article::fields::TextField;
use crate::query::Term as QueryTerm;
use crate::text::fold::fold;
use crate::text::segment::QuerySegmenter;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet as _, Searcher, SegmentReader, TERMINATED, Term};
pub(super) use weights::weight as part_weight;
use weights::{AS_TYPED, B, INSIDE_WORDS, K1, RECENCY, RECENCY_HALF_LIFE, USUAL_LENGTH, weight};

/// Returns the factor by which the age of a report, in days, raises its relevance: 1 + a·2^(−age/h).
#[must_use]
pub fn recency(age: i64) -> f64 {
    #[allow(clippy::cast_precision_loss)] // ages are far below 2^52 days
    let age = age.max(0) as f64;
    1.0 + RECENCY * (-age / RECENCY_HALF_LIFE).exp2()
}

/// A part of a score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// What it is for.
    pub step: Step,
    /// What it adds.
    pub worth: f64,
}

/// What a part of a score is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The word of this number.
    Word(usize),
    /// The text of this number, standing as typed.
    Typed(usize),
    /// How early the texts stand, as typed.
    EarlyTyped,
    /// How close the texts stand to one another.
    Close,
    /// See [`Weights::pairs`].
    Pairs,
    /// See [`Weights::early_words`].
    EarlyWords,
    /// See [`Weights::early_pairs`].
    EarlyPairs,
    /// See [`Weights::lead`].
    Lead,
    /// See [`Weights::characters`].
    Characters,
    /// See [`Weights::runs`].
    Runs,
    /// See [`Weights::numbers`].
    Numbers,
    /// See [`Weights::short`].
    Short,
}

/// What a query's order is made from: its words and the texts typed, with their rarity.
#[derive(Debug, Clone)]
pub struct Signals {
    words: Vec<(String, f64)>,
    typed: Vec<TypedText>,
}

#[derive(Debug, Clone)]
struct TypedText {
    text: String,
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
            let cut = QuerySegmenter.words(&term.text);
            let as_typed = if is_one_spaced_word(&term.text, &cut) { INSIDE_WORDS } else { AS_TYPED };
            for word in cut {
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
                let worth = if worth > 0.0 { as_typed * worth } else { 1.0 };
                typed.push(TypedText { text: term.text.clone(), needle, parts: term.scope.parts(), worth });
            }
        }
        Ok(Self { words, typed })
    }

    /// Makes signals of words alone, each with its rarity.
    #[must_use]
    pub fn of_words(words: Vec<(String, f64)>) -> Self {
        Self { words, typed: Vec::new() }
    }

    /// Returns the words, in order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|(word, _)| word.as_str())
    }

    /// Returns the words with their rarity, in order.
    pub fn rarities(&self) -> impl Iterator<Item = (&str, f64)> {
        self.words.iter().map(|(word, rarity)| (word.as_str(), *rarity))
    }

    /// Returns the word or the text that a part of a score is about.
    #[must_use]
    pub fn text(&self, step: Step) -> Option<String> {
        match step {
            Step::Word(number) => self.words.get(number).map(|(word, _)| word.clone()),
            Step::Typed(number) => self.typed.get(number).map(|typed| typed.text.clone()),
            Step::EarlyTyped
            | Step::Close
            | Step::Pairs
            | Step::EarlyWords
            | Step::EarlyPairs
            | Step::Characters
            | Step::Lead
            | Step::Runs
            | Step::Numbers
            | Step::Short => None,
        }
    }

    /// Opens the signals in a segment.
    ///
    /// # Errors
    /// When the segment cannot be read.
    pub fn open(&self, segment: &SegmentReader, schema: &Schema) -> Result<SegmentRanker> {
        let (lengths, words) = self.open_words(segment, schema)?;
        let mut typed = Vec::with_capacity(self.typed.len());
        for text in &self.typed {
            let open = |&part: &TextField| Ok((part, text.needle.open(schema, part, segment)?));
            typed.push((text.worth, text.parts.iter().map(open).collect::<Result<Vec<_>>>()?));
        }
        Ok(SegmentRanker { lengths, words, typed })
    }

    fn open_words(&self, segment: &SegmentReader, schema: &Schema) -> Result<(FieldNormReader, Words)> {
        let mut lengths = FieldNormReader::constant(segment.max_doc(), 0);
        if let Some(field) = schema.words(TextField::Body) {
            lengths = segment.get_fieldnorms_reader(field)?;
        }
        let mut words = Vec::with_capacity(self.words.len());
        for (word, idf) in &self.words {
            let mut parts = Vec::new();
            for part in TextField::BARE {
                let Some(field) = schema.word(part, word) else { continue };
                let term = Term::from_field_text(field, word);
                let index = segment.inverted_index(field)?;
                let postings = index.read_postings(&term, IndexRecordOption::WithFreqs);
                if let Some(postings) = postings.map_err(tantivy::TantivyError::from)? {
                    parts.push((part, postings));
                }
            }
            words.push((*idf, parts));
        }
        Ok((lengths, words))
    }

    /// Returns the relevance by words of every report of a segment, deleted ones too; 0 where it holds none of them,
    /// nothing at all where no report of the segment has any.
    ///
    /// Word by word, so that every list of reports is read once from end to end.
    ///
    /// # Errors
    /// When the segment cannot be read.
    pub fn by_words(&self, segment: &SegmentReader, schema: &Schema) -> Result<Vec<f64>> {
        let (lengths, words) = self.open_words(segment, schema)?;
        let is_any = words.iter().any(|(_, parts)| !parts.is_empty());
        let mut relevance = vec![0.0; if is_any { segment.max_doc() as usize } else { 0 }];
        for (idf, mut parts) in words {
            loop {
                let doc = parts.iter().map(|(_, postings)| postings.doc()).min().unwrap_or(TERMINATED);
                if doc == TERMINATED {
                    break;
                }
                let body = shortness(lengths.fieldnorm(doc));
                let mut frequency = 0.0;
                for (part, postings) in &mut parts {
                    if postings.doc() == doc {
                        frequency += normalised(*part, postings.term_freq(), body);
                        postings.advance();
                    }
                }
                if let Some(sum) = relevance.get_mut(doc as usize) {
                    *sum += idf * saturated(frequency);
                }
            }
        }
        Ok(relevance)
    }

    /// Returns what the second step of a loosened search looks for.
    #[must_use]
    pub fn reread(&self) -> Reread {
        Reread::new(self.typed.iter().map(|text| text.text.as_str()), &self.words)
    }
}

/// Each word's rarity and its lists of reports.
type Words = Vec<(f64, Vec<(TextField, SegmentPostings)>)>;

/// The signals of one segment.
pub struct SegmentRanker {
    lengths: FieldNormReader,
    words: Words,
    /// What each of the texts as typed is worth, and where it stands in each part.
    typed: Vec<(f64, Vec<(TextField, Occurrences)>)>,
}

/// What the words in a report are worth, and what one occurrence in its body counts.
#[derive(Debug, Clone, Copy)]
pub struct ByWords {
    relevance: f64,
    body: f64,
}

impl SegmentRanker {
    /// Returns the first report from `from` on that holds the first of the texts as typed, or `TERMINATED`. What was read
    /// to find it is not read again for its relevance.
    pub fn first_typed(&mut self, from: DocId) -> DocId {
        let parts = self.typed.first_mut().map(|(_, parts)| parts.iter_mut());
        parts.and_then(|parts| parts.map(|(_, part)| part.first_from(from)).min()).unwrap_or(TERMINATED)
    }

    /// Returns the part of a report's relevance that is its words', which costs little. Must be asked in order of reports,
    /// as all of it.
    pub fn by_words(&mut self, doc: DocId) -> ByWords {
        self.words_of(doc, |_| {})
    }

    /// Returns a bound on the relevance of a report.
    pub fn at_most(&self, ByWords { relevance, .. }: ByWords) -> f64 {
        self.typed.iter().fold(relevance, |relevance, (worth, _)| relevance + worth * MOST_SATURATED)
    }

    /// Returns the relevance of a report.
    pub fn relevance(&mut self, doc: DocId, by_words: ByWords) -> f64 {
        self.typed_of(doc, by_words, |_| {})
    }

    /// Tells the parts of the relevance of a report.
    pub fn parts(&mut self, doc: DocId, mut part_is: impl FnMut(Part)) {
        let by_words = self.words_of(doc, &mut part_is);
        self.typed_of(doc, by_words, part_is);
    }

    fn words_of(&mut self, doc: DocId, mut part_is: impl FnMut(Part)) -> ByWords {
        let body = shortness(self.lengths.fieldnorm(doc));
        let mut relevance = 0.0;
        for (number, (idf, parts)) in self.words.iter_mut().enumerate() {
            let frequency = parts.iter_mut().map(|(part, postings)| {
                let at = if postings.doc() < doc { postings.seek(doc) } else { postings.doc() };
                if at == doc { normalised(*part, postings.term_freq(), body) } else { 0.0 }
            });
            let worth = *idf * saturated(frequency.sum());
            part_is(Part { step: Step::Word(number), worth });
            relevance += worth;
        }
        ByWords { relevance, body }
    }

    /// Adds what the texts as typed are worth.
    fn typed_of(&mut self, doc: DocId, ByWords { mut relevance, body }: ByWords, mut part_is: impl FnMut(Part)) -> f64 {
        for (number, (worth, parts)) in self.typed.iter_mut().enumerate() {
            let frequency = parts.iter_mut().map(|(part, text)| normalised(*part, text.count_in(doc), body));
            let worth = *worth * saturated(frequency.sum());
            part_is(Part { step: Step::Typed(number), worth });
            relevance += worth;
        }
        relevance
    }
}

/// Returns whether a text is one number or Latin word, cut from what stands around it wherever it stands whole.
fn is_one_spaced_word(text: &str, words: &[String]) -> bool {
    matches!(words, [word] if word.bytes().all(|b| b.is_ascii_alphanumeric()) && *word == fold(text))
}

/// What one occurrence in a body of a length, in words, counts.
fn shortness(length: u32) -> f64 {
    1.0 / (1.0 - B + B * f64::from(length) / USUAL_LENGTH)
}

fn normalised(part: TextField, count: u32, body: f64) -> f64 {
    weight(part) * f64::from(count) * if part == TextField::Body { body } else { 1.0 }
}

/// More than [`saturated`] ever returns.
const MOST_SATURATED: f64 = K1 + 1.0;

/// Returns what a word counts that stands in a report so often: more and more slowly more.
pub(super) fn saturated(frequency: f64) -> f64 {
    frequency * MOST_SATURATED / (frequency + K1)
}

/// Returns how rare a word is: [`rarity`] of the reports with it.
fn inverse_frequency(word: &str, searcher: &Searcher, schema: &Schema) -> Result<f64> {
    Ok(rarity(reports_with(word, searcher, schema)?, searcher))
}

/// BM25's ln(1 + (N − n + ½) / (n + ½)) over the live reports, n being the reports with a word.
pub(super) fn rarity(with: u64, searcher: &Searcher) -> f64 {
    #[allow(clippy::cast_precision_loss)] // fewer reports than 2^52
    let (all, with) = (searcher.num_docs() as f64, with as f64);
    (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
}

/// Counts the live reports with a word in the part where it is commonest.
pub(super) fn reports_with(word: &str, searcher: &Searcher, schema: &Schema) -> Result<u64> {
    let mut most = 0;
    for field in TextField::BARE.into_iter().filter_map(|part| schema.word(part, word)) {
        let term = Term::from_field_text(field, word);
        let mut live = 0;
        for segment in searcher.segment_readers() {
            live += live_reports_with(&term, segment)?;
        }
        most = most.max(live);
    }
    Ok(most)
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
