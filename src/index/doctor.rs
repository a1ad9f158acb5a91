//! Examining an index: are its files what they were, does it hold what it says, and does a literal search find exactly
//! what a plain scan of the stored reports finds.

use super::snapshot::Snapshot;
use super::{Layout, Report, Result, compile, seal};
use crate::article::ReportId;
use crate::article::fields::TextField;
use crate::query::Query;
use crate::text::fold::fold;
use std::collections::BTreeSet;
use tantivy::collector::DocSetCollector;
use tantivy::directory::MmapDirectory;
use tantivy::{DocAddress, Index};

/// What an examination found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Examination {
    /// How many reports there are.
    pub reports: u64,
    /// How many of them have no date, and how many no headline.
    pub undated: u64,
    /// See `undated`.
    pub untitled: u64,
    /// How many texts were drawn and looked for.
    pub drawn: usize,
    /// What is wrong: a sentence each.
    pub faults: Vec<String>,
}

/// The longest text that is drawn, in characters.
const LONGEST: usize = 12;

/// Numbers that look random and are the same for the same seed (Steele, Lea, Flood: SplitMix64).
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % (bound.max(1) as u64)).unwrap_or(0)
    }
}

/// Compares the files of an index with what they were when the last run ended; opens none of them as an index. Returns
/// a sentence for each that has changed.
///
/// # Errors
/// When there is no index.
pub fn changed_files(layout: &Layout) -> Result<Vec<String>> {
    let (folder, _) = layout.pointed()?;
    let meta = MmapDirectory::open(&folder).ok().and_then(|directory| Index::open(directory).ok()?.load_metas().ok());
    let mut faults = seal::faults(layout, &folder, meta.map(|meta| meta.opstamp));
    faults.sort();
    Ok(faults)
}

impl Snapshot {
    /// Examines the index: its counts, and literal searches for texts drawn from its
    /// reports against a plain scan of all of them. Takes one pass over the stored reports.
    ///
    /// # Errors
    /// When the index cannot be read at all.
    pub fn examine(&self, samples: usize, seed: u64) -> Result<Examination> {
        let mut found = Examination { reports: self.reports(), ..Examination::default() };
        let held = self.ledger()?.reports();
        if held != found.reports {
            found.faults.push(format!("文件清单说有 {held} 篇报道，索引里有 {} 篇", found.reports));
        }
        let drawn = self.draw(samples, seed)?;
        found.drawn = drawn.len();
        let mut truth = vec![BTreeSet::new(); drawn.len()];
        let mut ids = BTreeSet::new();
        for at in self.addresses() {
            let report = self.report(at)?;
            found.undated += u64::from(report.article.date().is_none());
            found.untitled += u64::from(report.article.title.is_none());
            if !ids.insert(report.id) {
                found.faults.push(format!("两篇报道编号相同：{}", report.id));
            }
            let pieces = folded_pieces(&report);
            for (text, truth) in drawn.iter().zip(&mut truth) {
                if pieces.iter().any(|piece| piece.contains(text)) {
                    truth.insert(report.id);
                }
            }
        }
        for (text, truth) in drawn.iter().zip(&truth) {
            let answer = self.ids_of(&Query::literal(text))?;
            if answer != *truth {
                found.faults.push(format!("“{text}”：检索到 {} 篇，逐篇比对有 {} 篇", answer.len(), truth.len()));
            }
        }
        Ok(found)
    }

    /// Draws folded texts from the reports, of 1 to [`LONGEST`] characters.
    fn draw(&self, samples: usize, seed: u64) -> Result<Vec<String>> {
        let addresses: Vec<DocAddress> = self.addresses().collect();
        let mut draw = Draw(seed);
        let mut texts = BTreeSet::new();
        // Reports without text give nothing; a bound keeps an index of such from going on for ever.
        for _ in 0..samples * 4 {
            let Some(&at) = addresses.get(draw.below(addresses.len())) else { break };
            let pieces = folded_pieces(&self.report(at)?);
            let Some(piece) = pieces.get(draw.below(pieces.len())) else { continue };
            let characters: Vec<char> = piece.chars().collect();
            let length = (1 + draw.below(LONGEST)).min(characters.len());
            let start = draw.below(characters.len() - length + 1);
            let text: String = characters.iter().skip(start).take(length).collect();
            if !text.is_empty() {
                texts.insert(text);
            }
            if texts.len() >= samples {
                break;
            }
        }
        Ok(texts.into_iter().collect())
    }

    fn addresses(&self) -> impl Iterator<Item = DocAddress> {
        (0..)
            .zip(self.searcher.segment_readers())
            .flat_map(|(segment, reader)| reader.doc_ids_alive().map(move |doc| DocAddress::new(segment, doc)))
    }

    fn ids_of(&self, query: &Query) -> Result<BTreeSet<ReportId>> {
        let found = self.searcher.search(compile::matching(query, &self.schema).as_ref(), &DocSetCollector)?;
        found.into_iter().map(|at| self.id(at)).collect()
    }
}

fn folded_pieces(report: &Report) -> Vec<String> {
    let pieces = TextField::ALL.iter().flat_map(|part| part.pieces(&report.article));
    pieces.map(fold).filter(|piece| !piece.is_empty()).collect()
}
