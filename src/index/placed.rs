//! The posting list of one character of a text that is looked for: the reports with it, and where it stands in each.
//!
//! Reading positions is most of a search. Tantivy's own cursor adds up, at every report that is asked about, the
//! frequencies of all those before it in their block; this one adds them up once a block, and sifts and reads positions
//! with one cursor in place of two. It reads what Tantivy 0.27 writes, through Tantivy's readers of blocks and of
//! positions; of the form itself it knows where a list says how many positions each block has. A test holds it against
//! Tantivy's cursor.

use std::io;
use std::sync::Arc;
use tantivy::directory::{CompositeFile, FileSlice, OwnedBytes};
use tantivy::index::SegmentComponent;
use tantivy::positions::PositionReader;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, HasLen as _, InvertedIndexReader, SegmentReader, TERMINATED};

/// How many reports a full block of a list holds.
const BLOCK: usize = 128;
/// What a list says of each of its full blocks, in bytes: its last report, how wide its reports and frequencies are, how
/// many positions it has (at 6, in four bytes), and two for scores.
const ABOUT_BLOCK: usize = 12;
const POSITIONS_AT: usize = 6;
/// What stands before the lists of a field: how many tokens it has.
const BEFORE_LISTS: usize = 8;

/// The lists of a field with positions, in one segment.
pub struct PlacedLists {
    index: Arc<InvertedIndexReader>,
    postings: FileSlice,
    positions: FileSlice,
}

impl PlacedLists {
    /// Opens a field; `None` where the segment does not have it.
    ///
    /// # Errors
    /// When the segment cannot be read.
    pub fn open(segment: &SegmentReader, field: Field) -> tantivy::Result<Option<Self>> {
        let index = segment.inverted_index(field)?;
        let open = |component| -> tantivy::Result<Option<FileSlice>> {
            Ok(CompositeFile::open(&segment.open_read(component)?)?.open_read(field))
        };
        let (postings, positions) = (open(SegmentComponent::Postings)?, open(SegmentComponent::Positions)?);
        let postings = postings.filter(|postings| postings.len() >= BEFORE_LISTS);
        Ok(postings.zip(positions).map(|(postings, positions)| Self {
            index,
            postings: postings.slice_from(BEFORE_LISTS),
            positions,
        }))
    }

    /// Opens a list, before its first report.
    ///
    /// # Errors
    /// When the segment cannot be read.
    pub fn list(&self, info: &TermInfo) -> io::Result<Placed> {
        let blocks = self.index.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions)?;
        let about_blocks = if (info.doc_freq as usize) < BLOCK {
            OwnedBytes::empty()
        } else {
            about_blocks(self.postings.slice(info.postings_range.clone()).read_bytes()?)
        };
        let positions = PositionReader::open(self.positions.read_bytes_slice(info.positions_range.clone())?)?;
        let doc = blocks.doc(0);
        Ok(Placed {
            blocks,
            place: 0,
            doc,
            positions,
            about_blocks,
            block: 0,
            before: 0,
            summed: None,
            sums: Vec::new(),
        })
    }
}

/// Takes from a list what it says of its blocks; its length, seven bits a byte, the lowest first, stands before that, the last
/// byte of it marked by its highest bit.
fn about_blocks(list: OwnedBytes) -> OwnedBytes {
    let (mut length, mut begin) = (0_usize, 0_usize);
    for (shift, &byte) in (0..usize::BITS).step_by(7).zip(list.as_slice()) {
        length |= usize::from(byte & 0x7f) << shift;
        begin += 1;
        if byte & 0x80 != 0 {
            break;
        }
    }
    let end = begin.saturating_add(length).min(list.len());
    list.slice(begin..end)
}

/// See the module. Goes forward only.
pub struct Placed {
    blocks: BlockSegmentPostings,
    /// Which of the reports of the block it stands at.
    place: usize,
    doc: DocId,
    positions: PositionReader,
    about_blocks: OwnedBytes,
    /// The number of a block, not after the one it stands in, and how many positions there are before that block.
    block: usize,
    before: u64,
    /// The first report of the block that `sums` is about.
    summed: Option<DocId>,
    /// How many positions there are in the block before each of its reports, and in all of it.
    sums: Vec<u32>,
}

impl Placed {
    /// Returns how many reports the list has, deleted ones too.
    pub fn doc_freq(&self) -> u32 {
        self.blocks.doc_freq()
    }

    /// Returns the first report from `target` on, or from where it stands, or `TERMINATED`.
    pub fn seek(&mut self, target: DocId) -> DocId {
        /// Of a list that is dense the report is mostly one of the next: to look at these is quicker than to halve.
        const NEAR: usize = 4;
        if self.doc >= target {
            return self.doc;
        }
        let near = self.blocks.docs().get(self.place + 1..).unwrap_or_default().iter().take(NEAR);
        match near.zip(self.place + 1..).find(|&(&doc, _)| doc >= target) {
            Some((&doc, place)) => (self.doc, self.place) = (doc, place),
            None => {
                self.place = self.blocks.seek(target);
                // In a damaged list reports need not be in order; nobody must be sent back by one.
                self.doc = Some(self.blocks.doc(self.place)).filter(|&doc| doc >= target).unwrap_or(TERMINATED);
            }
        }
        self.doc
    }

    /// Reads where the character stands in the report that it stands at, each plus `offset`, in order.
    pub fn read<'a>(&mut self, offset: u32, into: &'a mut Vec<u32>) -> &'a mut [u32] {
        if self.doc == TERMINATED {
            return &mut [];
        }
        let frequency = self.blocks.freq(self.place) as usize;
        if into.len() < frequency {
            into.resize(frequency, 0);
        }
        let from = self.before_block() + u64::from(self.sums.get(self.place).copied().unwrap_or_default());
        let places = into.get_mut(..frequency).unwrap_or_default();
        self.positions.read(from, places);
        let mut at = offset;
        for place in &mut *places {
            at = at.wrapping_add(*place);
            *place = at;
        }
        places
    }

    /// Returns how many positions there are before the block it stands in, and sees that `sums` is about that block.
    fn before_block(&mut self) -> u64 {
        let first = self.blocks.doc(0);
        if self.summed != Some(first) {
            let reports_before = (self.blocks.rank(self.doc) as usize).saturating_sub(self.place);
            let block = reports_before / BLOCK;
            let passed = self.about_blocks.get(self.block * ABOUT_BLOCK..block * ABOUT_BLOCK).unwrap_or_default();
            let positions =
                |about: &[u8]| about.get(POSITIONS_AT..)?.first_chunk().map(|&bytes| u32::from_le_bytes(bytes));
            self.before += passed.chunks_exact(ABOUT_BLOCK).filter_map(positions).map(u64::from).sum::<u64>();
            self.block = block;
            self.sums.clear();
            let mut sum = 0_u32;
            self.sums.extend(self.blocks.freqs().iter().map(|&frequency| {
                let before = sum;
                sum = sum.wrapping_add(frequency);
                before
            }));
            self.summed = Some(first);
        }
        self.before
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tantivy::postings::Postings as _;
    use tantivy::schema::{Schema, TextFieldIndexing, TextOptions};
    use tantivy::{DocSet as _, Index, IndexWriter, Term, doc};

    /// An index of texts of `a` and `b`, so often one, so often the other, and so on.
    fn index_of(texts: &[(u8, u8, u8)]) -> (Index, Field) {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("whitespace")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let field = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 20 << 20).unwrap();
        for &(a, b, more) in texts {
            let text = ["a ".repeat(a.into()), "b ".repeat(b.into()), "a ".repeat(more.into())].concat();
            writer.add_document(doc!(field => text)).unwrap();
        }
        writer.commit().unwrap();
        (index, field)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn it_finds_and_reads_what_tantivys_own_cursor_does(
            texts in prop::collection::vec((0_u8..3, 0_u8..9, 0_u8..2), 1..1_500),
            steps in prop::collection::vec((1_u32..300, any::<bool>()), 1..400),
            is_dense: bool,
        ) {
            let (index, field) = index_of(&texts);
            let searcher = index.reader().unwrap().searcher();
            let segment = searcher.segment_reader(0);
            let lists = PlacedLists::open(segment, field).unwrap();
            for term in ["a", "b"].map(|term| Term::from_field_text(field, term)) {
                let theirs = segment.inverted_index(field).unwrap();
                let Some(info) = theirs.get_term_info(&term).unwrap() else { continue };
                let option = IndexRecordOption::WithFreqsAndPositions;
                let mut theirs = theirs.read_postings_from_terminfo(&info, option).unwrap();
                let mut ours = lists.as_ref().unwrap().list(&info).unwrap();
                prop_assert_eq!(ours.doc_freq(), theirs.doc_freq());
                let (mut target, mut read, mut wanted) = (0, Vec::new(), Vec::new());
                for &(step, reads) in &steps {
                    let at = if theirs.doc() < target { theirs.seek(target) } else { theirs.doc() };
                    prop_assert_eq!(ours.seek(target), at);
                    if at == TERMINATED {
                        prop_assert!(ours.read(7, &mut read).is_empty());
                        break;
                    }
                    if reads {
                        theirs.positions_with_offset(7, &mut wanted);
                        prop_assert_eq!(&*ours.read(7, &mut read), wanted.as_slice());
                    }
                    target = at + if is_dense { step % 4 + 1 } else { step };
                }
            }
        }
    }

    #[test]
    fn a_field_that_no_report_has_has_no_lists() {
        let (index, field) = index_of(&[(0, 0, 0)]);
        let searcher = index.reader().unwrap().searcher();
        assert!(PlacedLists::open(searcher.segment_reader(0), field).unwrap().is_none());
    }
}
