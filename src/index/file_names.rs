//! The files of hits, without their reports: of all that is stored only the name is read, in the order in which it lies.

use super::search::{RECHECKED, Ranking};
use super::{Result, Snapshot};
use std::collections::HashMap;
use tantivy::{DocAddress, TantivyDocument};

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

    /// Returns the files of reports, each once, in the order of the reports.
    fn file_names(&self, reports: &[DocAddress]) -> Result<Vec<String>> {
        let mut as_stored: Vec<(DocAddress, usize)> = reports.iter().copied().zip(0..).collect();
        as_stored.sort_unstable();
        // Of each file, the place of its first report.
        let mut first = HashMap::<String, usize>::new();
        for (at, place) in as_stored {
            let document: TantivyDocument = self.searcher.doc(at)?;
            let file = self.schema.file_of(&document).map_err(|what| self.damaged(what))?;
            first.entry(file).and_modify(|held| *held = place.min(*held)).or_insert(place);
        }
        let mut files: Vec<(String, usize)> = first.into_iter().collect();
        files.sort_unstable_by_key(|(_, place)| *place);
        Ok(files.into_iter().map(|(file, _)| file).collect())
    }
}
