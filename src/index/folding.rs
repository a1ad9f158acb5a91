//! Hits that are copies of one text, folded to one: the first published of those that match.

use super::best::Ranked;
use super::copies::Copies;
use crate::article::ReportId;
use foldhash::fast::FixedState;
use std::collections::{BTreeMap, HashMap};

/// Takes together what belongs together, as matches come in any order.
pub struct Folding<'a> {
    copies: Option<&'a Copies>,
    /// By the first of the group, whether or not that matches: the first that does, and the others that do.
    /// Nothing is told in the order of this map.
    groups: HashMap<u64, (Ranked, Vec<u64>), FixedState>,
}

/// The matches that stand behind another: by the id of that other.
#[derive(Default)]
pub struct Folded(BTreeMap<u64, Vec<u64>>);

impl<'a> Folding<'a> {
    /// Folds by these groups; without them, nothing.
    pub fn new(copies: Option<&'a Copies>) -> Self {
        Self { copies, groups: HashMap::default() }
    }

    /// Takes a match. Gives it back where it has no copies; the others are had at the end.
    pub fn take(&mut self, ranked: Ranked) -> Option<Ranked> {
        let Some(first) = self.copies.and_then(|copies| copies.first_of(ranked.id)) else { return Some(ranked) };
        self.put(first, ranked, Vec::new());
        None
    }

    /// Returns whether a report has copies.
    pub fn folds(&self, id: u64) -> bool {
        self.copies.is_some_and(|copies| copies.first_of(id).is_some())
    }

    /// Takes what another has taken.
    pub fn join(&mut self, other: Self) {
        if self.groups.is_empty() {
            self.groups = other.groups;
            return;
        }
        for (first, (shown, others)) in other.groups {
            self.put(first, shown, others);
        }
    }

    /// Puts a match, with others behind it, into the group of a first.
    fn put(&mut self, first: u64, ranked: Ranked, mut behind: Vec<u64>) {
        let published = |ranked: &Ranked| (ranked.day.is_none(), ranked.day, ranked.id);
        match self.groups.get_mut(&first) {
            None => {
                self.groups.insert(first, (ranked, behind));
            }
            Some((shown, others)) => {
                let other =
                    if published(&ranked) < published(shown) { std::mem::replace(shown, ranked) } else { ranked };
                others.push(other.id);
                others.append(&mut behind);
            }
        }
    }

    /// Returns one like this that has taken nothing yet.
    pub fn another(&self) -> Self {
        Self::new(self.copies)
    }

    /// Yields the first match of every group.
    pub fn firsts(&self) -> impl Iterator<Item = Ranked> + '_ {
        self.groups.values().map(|(shown, _)| *shown)
    }

    /// Ends: what stands behind the first match of each group.
    pub fn end(self) -> Folded {
        let groups = self.groups.into_values().filter(|(_, others)| !others.is_empty());
        Folded(
            groups
                .map(|(shown, mut others)| {
                    others.sort_unstable();
                    (shown.id, others)
                })
                .collect(),
        )
    }
}

impl Folded {
    /// Returns the copies behind a hit.
    pub fn copies_of(&self, id: u64) -> Vec<ReportId> {
        self.0.get(&id).into_iter().flatten().map(|&id| ReportId::from_bits(id)).collect()
    }

    /// Returns how many matches stand behind another.
    pub fn others(&self) -> u64 {
        self.0.values().map(|others| others.len() as u64).sum()
    }
}
