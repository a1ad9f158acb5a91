//! Hits as a list: id, key and score, from columns alone. No stored report is read, so that millions cost seconds.

use super::schema::KEY;
use super::search::Ranking;
use super::{Result, Snapshot};
use crate::article::ReportId;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};

/// Keys are read all at once where more than one in so many is wanted, else one by one: one by one, each costs the
/// unpacking of a block of its dictionary.
const FEW: usize = 64;

/// A hit without its text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Listed<'a> {
    /// Its place in the whole result, from 1.
    pub rank: u64,
    /// Its report.
    pub id: ReportId,
    /// The report's own id, as given in its file.
    pub key: Option<&'a str>,
    /// What it was ranked by.
    pub score: f64,
}

/// The keys of an index's reports.
pub struct Keys {
    segments: Vec<Option<SegmentKeys>>,
}

/// The keys of a segment: the column of each report's place in the dictionary, and the dictionary.
struct SegmentKeys {
    places: Column<u64>,
    dictionary: Dictionary,
}

enum Dictionary {
    /// Its texts one after the other, and where each ends.
    Whole {
        text: String,
        ends: Vec<usize>,
    },
    Closed(StrColumn),
}

impl SegmentKeys {
    fn open(segment: &SegmentReader, wanted: usize) -> tantivy::Result<Option<Self>> {
        let Some(column) = segment.fast_fields().str(KEY)? else { return Ok(None) };
        let places = column.ords().clone();
        if column.num_terms() > wanted.saturating_mul(FEW) {
            return Ok(Some(Self { places, dictionary: Dictionary::Closed(column) }));
        }
        let (mut text, mut ends) = (String::new(), Vec::with_capacity(column.num_terms()));
        let mut keys = column.dictionary().stream()?;
        while keys.advance() {
            text.push_str(&String::from_utf8_lossy(keys.key()));
            ends.push(text.len());
        }
        Ok(Some(Self { places, dictionary: Dictionary::Whole { text, ends } }))
    }

    /// Returns the key of a report; `room` is lent to hold it.
    fn of<'a>(&'a self, doc: DocId, room: &'a mut String) -> tantivy::Result<Option<&'a str>> {
        let Some(place) = self.places.first(doc) else { return Ok(None) };
        match &self.dictionary {
            Dictionary::Closed(column) => Ok(column.ord_to_str(place, room)?.then_some(room.as_str())),
            Dictionary::Whole { text, ends } => {
                let place = usize::try_from(place).unwrap_or(usize::MAX);
                let start = place.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
                Ok(ends.get(place).and_then(|&end| text.get(start..end)))
            }
        }
    }
}

impl Snapshot {
    /// Opens the keys of the reports, for about so many hits.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn keys(&self, wanted: usize) -> Result<Keys> {
        let segments = self.searcher.segment_readers().iter().map(|segment| SegmentKeys::open(segment, wanted));
        Ok(Keys { segments: segments.collect::<tantivy::Result<_>>()? })
    }
}

impl Ranking {
    /// Returns the number of hits on the page.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ranked().len()
    }

    /// Returns whether there is no hit on the page.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Gives every hit of the page to `take`, in order, until that fails.
    ///
    /// # Errors
    /// When the index cannot be read, or with what `take` says.
    pub fn list<E: From<super::IndexError>>(
        &self,
        keys: &Keys,
        mut take: impl FnMut(Listed<'_>) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let mut room = String::new();
        for (rank, ranked) in self.ranked() {
            let segment = keys.segments.get(ranked.at.segment_ord as usize).and_then(Option::as_ref);
            let key = match segment {
                Some(segment) => segment.of(ranked.at.doc_id, &mut room).map_err(super::IndexError::from)?,
                None => None,
            };
            take(Listed { rank, id: ReportId::from_bits(ranked.id), key, score: ranked.score })?;
        }
        Ok(())
    }

    /// Returns the place of the first hit of the page in the whole result, from 1.
    #[must_use]
    pub fn first(&self) -> u64 {
        self.ranked().next().map_or(1, |(rank, _)| rank)
    }

    /// Yields the ids of the hits of the page, in order.
    pub fn ids(&self) -> impl Iterator<Item = ReportId> {
        self.ranked().map(|(_, ranked)| ReportId::from_bits(ranked.id))
    }
}
