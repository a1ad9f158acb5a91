//! Work of one question on several threads, where a snapshot was allowed any: segment by segment, report by report.

use super::{Result, Snapshot};
use std::panic;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use tantivy::{SegmentOrdinal, SegmentReader};

impl Snapshot {
    /// Calls `look` with every segment, the largest first, each time with one of the things that `new` makes, and takes
    /// these together with `join`. Which segment goes to which must make no difference.
    ///
    /// # Errors
    /// With one of those that `look` ends with.
    pub(super) fn over_segments<K: Send>(
        &self,
        new: impl Fn() -> K + Sync,
        look: impl Fn(SegmentOrdinal, &SegmentReader, &mut K) -> Result<()> + Sync,
        mut join: impl FnMut(&mut K, K),
    ) -> Result<K> {
        let mut segments: Vec<(SegmentOrdinal, &SegmentReader)> = (0..).zip(self.searcher.segment_readers()).collect();
        segments.sort_by_key(|(_, segment)| std::cmp::Reverse(segment.max_doc()));
        let taken = AtomicUsize::new(0);
        let work = || {
            let mut kept = new();
            while let Some(&(ordinal, segment)) = segments.get(taken.fetch_add(1, Ordering::Relaxed)) {
                look(ordinal, segment, &mut kept)?;
            }
            Ok(kept)
        };
        let helpers = self.threads.min(segments.len()).saturating_sub(1);
        if helpers == 0 {
            return work();
        }
        thread::scope(|scope| {
            let helpers: Vec<_> = (0..helpers).map(|_| scope.spawn(work)).collect();
            let mut kept = work();
            for helper in helpers {
                let other = helper.join().unwrap_or_else(|panicked| panic::resume_unwind(panicked));
                kept = kept.and_then(|mut kept| {
                    join(&mut kept, other?);
                    Ok(kept)
                });
            }
            kept
        })
    }

    /// Makes something of each of some things, in their order.
    ///
    /// # Errors
    /// With the first, in order, of those that `make` ends with.
    pub(super) fn in_parts<T: Sync, U: Send>(
        &self,
        things: &[T],
        make: impl Fn(&T) -> Result<U> + Sync,
    ) -> Result<Vec<U>> {
        let each = things.len().div_ceil(self.threads.max(1)).max(1);
        let mut parts = things.chunks(each);
        let own = parts.next().unwrap_or_default();
        let work = |part: &[T]| part.iter().map(&make).collect::<Result<Vec<U>>>();
        thread::scope(|scope| {
            let helpers: Vec<_> = parts.map(|part| scope.spawn(|| work(part))).collect();
            let mut made = work(own);
            for helper in helpers {
                let more = helper.join().unwrap_or_else(|panicked| panic::resume_unwind(panicked));
                made = made.and_then(|mut made| {
                    made.extend(more?);
                    Ok(made)
                });
            }
            made
        })
    }
}
