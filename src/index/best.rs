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
    /// One that so many are no worse than: what is worse cannot be among them.
    least: Option<Ranked>,
}

impl<'a> Kept<'a> {
    /// Begins with nothing.
    pub fn new(sort: Sort, end: Option<usize>, folding: Folding<'a>) -> Self {
        Self { total: 0, best: Vec::new(), folding, sort, end, least: None }
    }

    /// Takes a match.
    pub fn take(&mut self, ranked: Ranked) {
        self.total += 1;
        if let Some(ranked) = self.folding.take(ranked)
            && self.may_be_best(&ranked)
        {
            self.best.push(ranked);
            self.forget();
        }
    }

    /// Takes a match that has at most the score given with it. Its score is asked for only where it may matter.
    pub fn take_at_most(&mut self, at_most: Ranked, score: impl FnOnce() -> f64) {
        if self.may_be_best(&at_most) || self.folding.folds(at_most.id) {
            self.take(Ranked { score: score(), ..at_most });
        } else {
            self.total += 1;
        }
    }

    /// Counts a match, and nothing more, where what its score is at most tells that it is none of the best and it has no
    /// copies. Returns whether that is so; else it is still to be taken.
    pub fn only_counts(&mut self, id: u64, at_most: f64) -> bool {
        let is_beaten = match self.sort {
            Sort::Best | Sort::Relevance => self.least.is_some_and(|least| at_most < least.score),
            Sort::Newest | Sort::Oldest => false,
        };
        let only_counts = is_beaten && !self.folding.folds(id);
        self.total += u64::from(only_counts);
        only_counts
    }

    fn may_be_best(&self, ranked: &Ranked) -> bool {
        self.least.is_none_or(|least| ranked.order(&least, self.sort).is_le())
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
        const SLACK: usize = 256;
        let Some(end) = self.end else { return };
        if self.best.len() >= end.saturating_mul(2).saturating_add(SLACK) {
            let last = end.saturating_sub(1);
            self.least = Some(*self.best.select_nth_unstable_by(last, |a, b| a.order(b, self.sort)).1);
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn best(kept: Kept, sort: Sort, end: usize) -> (u64, Vec<(u64, f64)>) {
        let (total, mut best) = kept.end(&mut Folding::new(None));
        best.sort_unstable_by(|a, b| a.order(b, sort));
        (total, best.iter().take(end).map(|ranked| (ranked.id, ranked.score)).collect())
    }

    proptest! {
        #[test]
        fn what_is_taken_by_bounds_is_what_is_taken_by_scores(
            matches in prop::collection::vec((0_u8..40, 0_u8..9, prop::option::of(0_i64..30)), 0..3_000),
            end in 0_usize..60,
            sort in prop::sample::select(vec![Sort::Best, Sort::Newest, Sort::Oldest]),
        ) {
            let new = || Kept::new(sort, Some(end), Folding::new(None));
            let (mut plainly, mut by_bounds, mut other) = (new(), new(), new());
            for (id, &(score, more, day)) in (0..).zip(&matches) {
                let at = DocAddress::new(0, u32::try_from(id).unwrap());
                let ranked = Ranked { score: f64::from(score), day, id, at };
                plainly.take(ranked);
                let at_most = Ranked { score: f64::from(score) + f64::from(more), ..ranked };
                let kept = if id % 3 == 0 { &mut other } else { &mut by_bounds };
                if !kept.only_counts(id, at_most.score + 1.0) {
                    kept.take_at_most(at_most, || ranked.score);
                }
            }
            by_bounds.join(other);
            let all = best(plainly, sort, end);
            prop_assert_eq!(all.0, matches.len() as u64);
            prop_assert_eq!(best(by_bounds, sort, end), all);
        }
    }
}
