//! The files of hits, without their reports: of most files one stored name is read.

use super::search::{RECHECKED, Ranking};
use super::{Result, Snapshot};
use std::collections::HashMap;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet as _, SegmentOrdinal, TERMINATED, TantivyDocument, TantivyError};

/// How many hits are read at once, at first; each time ten times as many, so that few files cost little.
const AT_ONCE: usize = 1000;

impl Snapshot {
    /// Yields the files of a ranking's hits, each once, in the order of the first hit in it. As with hits that are shown,
    /// the first of them are held against their reports.
    pub fn files<'a>(&'a self, ranking: &'a Ranking) -> impl Iterator<Item = Result<String>> + 'a {
        let checked = usize::try_from(RECHECKED).unwrap_or(usize::MAX);
        let first = self.hits(ranking).take(checked).map(|hit| hit.map(|hit| hit.report.file));
        let mut rest = ranking.ranked().skip(checked).map(|(_, ranked)| ranked.at);
        let sizes = std::iter::successors(Some(AT_ONCE), |size| Some(size.saturating_mul(10)));
        let read = sizes
            .map(move |size| rest.by_ref().take(size).collect::<Vec<_>>())
            .take_while(|batch| !batch.is_empty())
            .flat_map(|batch| match self.file_names(&batch) {
                Ok(names) => names.into_iter().map(Ok).collect(),
                Err(error) => vec![Err(error)],
            });
        let mut seen = std::collections::HashSet::new();
        first.chain(read).filter(move |file| file.as_ref().map_or(true, |file| seen.insert(file.clone())))
    }

    /// Returns the files of reports, each once, in the order of the reports. What a file in the index is called stands
    /// in its dictionary; only of an archive do the reports know more, so that of any other file one of them is read.
    fn file_names(&self, reports: &[DocAddress]) -> Result<Vec<String>> {
        let mut as_stored: Vec<(DocAddress, usize)> = reports.iter().copied().zip(0..).collect();
        as_stored.sort_unstable();
        // Of each file, the place of its first report.
        let mut first = HashMap::<String, usize>::new();
        let mut note = |file: String, place: usize| {
            first.entry(file).and_modify(|held| *held = place.min(*held)).or_insert(place);
        };
        for of_segment in as_stored.chunk_by(|a, b| a.0.segment_ord == b.0.segment_ord) {
            let Some((at, _)) = of_segment.first() else { continue };
            let (paths, of_doc) = self.paths(at.segment_ord)?;
            let mut in_path = HashMap::<usize, Vec<(DocAddress, usize)>>::new();
            for &(at, place) in of_segment {
                let path = of_doc.get(at.doc_id as usize).copied().unwrap_or(usize::MAX);
                in_path.entry(path).or_default().push((at, place));
            }
            for (path, reports) in in_path {
                let known = paths.get(path);
                for (n, &(at, place)) in reports.iter().enumerate() {
                    let document: TantivyDocument = self.searcher.doc(at)?;
                    let file = self.schema.file_of(&document).map_err(|what| self.damaged(what))?;
                    if n == 0 && known == Some(&file) {
                        let earliest = reports.iter().map(|&(_, place)| place).min();
                        note(file, earliest.unwrap_or(place));
                        break;
                    }
                    note(file, place);
                }
            }
        }
        let mut files: Vec<(String, usize)> = first.into_iter().collect();
        files.sort_unstable_by_key(|(_, place)| *place);
        Ok(files.into_iter().map(|(file, _)| file).collect())
    }

    /// Returns the paths of the files of a segment, and for each of its reports the place of its path among them.
    fn paths(&self, segment: SegmentOrdinal) -> Result<(Vec<String>, Vec<usize>)> {
        let segment = self.searcher.segment_reader(segment);
        let index = segment.inverted_index(self.schema.file)?;
        let (mut paths, mut of_doc) = (Vec::new(), vec![usize::MAX; segment.max_doc() as usize]);
        let mut terms = index.terms().stream().map_err(TantivyError::from)?;
        while terms.advance() {
            let docs = index.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic);
            let mut docs = docs.map_err(TantivyError::from)?;
            while docs.doc() != TERMINATED {
                if let Some(path) = of_doc.get_mut(docs.doc() as usize) {
                    *path = paths.len();
                }
                docs.advance();
            }
            paths.push(String::from_utf8_lossy(terms.key()).into_owned());
        }
        Ok((paths, of_doc))
    }
}
