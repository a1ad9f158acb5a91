//! Where a text stands: the reports of one segment that hold it, as typed, in one part.

use super::Result;
use super::schema::Schema;
use crate::article::fields::TextField;
use crate::text::fold::fold;
use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::query::{BooleanQuery, EmptyQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet as _, SegmentReader, Term};

/// A text to look for: its folded characters. Never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needle {
    characters: Vec<char>,
}

impl Needle {
    /// Folds a text; `None` where nothing is left to look for.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let characters: Vec<char> = fold(text).chars().collect();
        (!characters.is_empty()).then_some(Self { characters })
    }

    /// Returns the folded characters.
    #[must_use]
    pub fn characters(&self) -> &[char] {
        &self.characters
    }

    fn terms(&self, schema: &Schema, part: TextField) -> Vec<Term> {
        let field = schema.characters(part);
        self.characters.iter().map(|c| Term::from_field_text(field, c.encode_utf8(&mut [0; 4]))).collect()
    }

    /// Returns a query for the reports that hold it in any of some parts.
    #[must_use]
    pub fn query(&self, schema: &Schema, parts: &[TextField]) -> Box<dyn Query> {
        let in_part = |&part: &TextField| -> Box<dyn Query> {
            let mut terms = self.terms(schema, part);
            match terms.len() {
                // Tantivy's phrase wants two terms at least.
                1 => terms
                    .pop()
                    .map_or(Box::new(EmptyQuery), |term| Box::new(TermQuery::new(term, IndexRecordOption::Basic))),
                _ => Box::new(PhraseQuery::new(terms)),
            }
        };
        Box::new(BooleanQuery::union(parts.iter().map(in_part).collect()))
    }

    /// Opens its occurrences in a part of the reports of a segment.
    ///
    /// # Errors
    /// When the segment cannot be read.
    pub fn open(&self, schema: &Schema, part: TextField, segment: &SegmentReader) -> Result<Occurrences> {
        let index = segment.inverted_index(schema.characters(part))?;
        let mut postings = Vec::with_capacity(self.characters.len());
        let option = if self.characters.len() == 1 {
            IndexRecordOption::WithFreqs
        } else {
            IndexRecordOption::WithFreqsAndPositions
        };
        for term in self.terms(schema, part) {
            match index.read_postings(&term, option).map_err(tantivy::TantivyError::from)? {
                Some(found) => postings.push(found),
                None => return Ok(Occurrences::default()),
            }
        }
        Ok(Occurrences { postings, starts: Vec::new(), next: Vec::new() })
    }
}

/// The occurrences of a text in one part of the reports of a segment.
#[derive(Default)]
pub struct Occurrences {
    /// Of each character of the text, in order; none where some character is nowhere in the segment.
    postings: Vec<SegmentPostings>,
    starts: Vec<u32>,
    next: Vec<u32>,
}

impl Occurrences {
    /// Returns how often the text stands in a report. Must be asked in order of reports.
    pub fn count_in(&mut self, doc: DocId) -> u32 {
        for postings in &mut self.postings {
            let at = if postings.doc() < doc { postings.seek(doc) } else { postings.doc() };
            if at != doc {
                return 0;
            }
        }
        let Some((first, rest)) = self.postings.split_first_mut() else { return 0 };
        if rest.is_empty() {
            return first.term_freq();
        }
        // Tantivy's own phrase scorer, which counts as well, is not to be had from outside.
        first.positions(&mut self.starts);
        for (offset, postings) in (1..).zip(rest) {
            postings.positions(&mut self.next);
            let mut next = self.next.iter().copied().peekable();
            self.starts.retain(|&start| {
                while next.next_if(|&at| at < start + offset).is_some() {}
                next.peek() == Some(&(start + offset))
            });
            if self.starts.is_empty() {
                break;
            }
        }
        u32::try_from(self.starts.len()).unwrap_or(u32::MAX)
    }
}
