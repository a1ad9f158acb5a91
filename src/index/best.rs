//! What matched, in order: the matches of a search counted, and the best of them kept.

use super::folding::Folding;
use super::search::Sort;
use std::cmp::Ordering;
use tantivy::DocAddress;

/// A match with what it is ordered by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ranked {
    pub score: f64,
    pub day: Option<i64>,
    pub id: u64,
    pub at: DocAddress,
}

impl Ranked {
    /// The order of hits; ties end in date, then id, so that nothing depends on where a report lies.
    pub fn order(&self, other: &Self, sort: Sort) -> Ordering {
        let by_score = || other.score.total_cmp(&self.score);
        let newest = || other.day.cmp(&self.day); // None, the least, comes last
        let oldest = || match (self.day, other.day) {
            (Some(a), Some(b)) => a.cmp(&b),
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        let wanted = match sort {
            Sort::Best | Sort::Relevance => by_score().then_with(newest),
            Sort::Newest => newest().then_with(by_score),
            Sort::Oldest => oldest().then_with(by_score),
        };
        wanted.then_with(|| self.id.cmp(&other.id))
    }
}

/// Counts matches and keeps the best.
pub(super) struct Kept<'a> {
    total: u64,
    best: Vec<Ranked>,
    folding: Folding<'a>,
    sort: Sort,
    /// How many of the best are kept at least; `None`: all.
    end: Option<usize>,
}

impl<'a> Kept<'a> {
    /// Begins with nothing.
    pub fn new(sort: Sort, end: Option<usize>, folding: Folding<'a>) -> Self {
        Self { total: 0, best: Vec::new(), folding, sort, end }
    }

    /// Takes a match.
    pub fn take(&mut self, ranked: Ranked) {
        self.total += 1;
        if let Some(ranked) = self.folding.take(ranked) {
            self.best.push(ranked);
            self.forget();
        }
    }

    /// Takes what another has taken.
    pub fn join(&mut self, other: Self) {
        self.total += other.total;
        self.best.extend(other.best);
        self.forget();
        self.folding.join(other.folding);
    }

    /// Forgets what cannot be on the page, now and then, so that memory stays in proportion to the page.
    fn forget(&mut self) {
        const SLACK: usize = 4_096;
        let Some(end) = self.end else { return };
        if self.best.len() >= end.saturating_mul(2).saturating_add(SLACK) {
            self.best.select_nth_unstable_by(end, |a, b| a.order(b, self.sort));
            self.best.truncate(end);
        }
    }

    /// Returns how many matches there were, and the best of them, in no order: more than are wanted, or all. The copies
    /// go to `folding`.
    pub fn end(self, folding: &mut Folding<'a>) -> (u64, Vec<Ranked>) {
        let Self { total, mut best, folding: own, .. } = self;
        folding.join(own);
        best.extend(folding.firsts());
        (total, best)
    }
}
