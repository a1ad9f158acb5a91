//! `--prune`: what is gone below the paths asked for leaves the index too. Shown first, and not done without `--yes`
//! where it looks like a mistake.

use super::plan::Plan;
use super::tally::Tally;
use crate::cli::IngestArgs;
use crate::index::Session;
use crate::index::ledger::{Ledger, file_name};
use crate::ui::Ui;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// So many files are shown by name; more of them are counted.
const SHOWN: usize = 20;
/// More than one report in so many does not go without `--yes`.
const MOST: u64 = 5;

/// What is to go.
#[derive(Default)]
pub struct Pruning {
    /// Root, path and number of reports of each file.
    gone: Vec<(String, String, u64)>,
    /// Why it looks like a mistake.
    doubts: Vec<String>,
}

impl Pruning {
    /// Finds the files that the index knows below the paths asked for and that are read no more; nothing where `--prune`
    /// is not asked for. What lies below a folder that could not be looked at is not gone.
    pub fn of(args: &IngestArgs, plan: &Plan, known: &Ledger, home: &Path) -> Self {
        if !args.prune {
            return Self::default();
        }
        let folders = known.folders(home);
        let there: HashSet<&Path> = plan.paths().collect();
        let is_asked = |path: &Path| plan.asked.iter().any(|(asked, _)| path.starts_with(asked));
        let unseen: Vec<&PathBuf> = plan.failures.iter().map(|(path, _)| path).collect();
        // A path asked for that is not there is no folder that could not be looked at.
        let is_unseen =
            |path: &Path| unseen.iter().any(|unseen| path.starts_with(unseen) && unseen.try_exists().unwrap_or(true));
        let mut pruning = Self::default();
        for (root, path, record) in known.files() {
            let Some((folder, _)) = folders.iter().find(|(_, label)| label == root) else { continue };
            let full = folder.join(path);
            // A name that is no UTF-8 is written otherwise than it is on disk.
            let is_there = there.contains(full.as_path())
                || (path.contains("\\x")
                    && there.iter().any(|path| crate::index::ledger::path_text(path) == *full.to_string_lossy()));
            if is_asked(&full) && !is_there && !is_unseen(&full) {
                pruning.gone.push((root.to_owned(), path.to_owned(), record.reports));
            }
        }
        if pruning.gone.is_empty() {
            return pruning;
        }
        for (asked, found) in &plan.asked {
            if !asked.exists() {
                pruning.doubts.push(format!("{} 不在了", asked.display()));
            } else if *found == 0 {
                pruning.doubts.push(format!("{} 是空的", asked.display()));
            }
        }
        let (going, all) = (pruning.reports(), known.reports());
        if going * MOST > all {
            pruning.doubts.push(format!("索引里的 {all} 篇报道会去掉 {going} 篇"));
        }
        pruning
    }

    /// Returns whether nothing is to go.
    pub fn is_empty(&self) -> bool {
        self.gone.is_empty()
    }

    fn reports(&self) -> u64 {
        self.gone.iter().map(|(.., reports)| reports).sum()
    }

    /// Shows what is to go and takes it out; returns whether it could be done without `--yes`, or that was given.
    pub fn carry_out(self, args: &IngestArgs, session: Option<&mut Session>, tally: &mut Tally, ui: &mut Ui) -> bool {
        if self.is_empty() {
            return true;
        }
        ui.status(&format!("已经不在的文件 {} 个，报道 {} 篇：", self.gone.len(), self.reports()));
        for (root, path, reports) in self.gone.iter().take(SHOWN) {
            ui.status(&format!("  {}（{reports} 篇）", file_name(root, path)));
        }
        if self.gone.len() > SHOWN {
            ui.status(&format!("  还有 {} 个", self.gone.len() - SHOWN));
        }
        if !self.doubts.is_empty() && !args.yes {
            ui.warn(&format!("没有去掉：{}", self.doubts.join("；")));
            ui.hint("确实要从索引里去掉它们，就加上 --yes");
            return false;
        }
        if let Some(session) = session {
            for (root, path, _) in &self.gone {
                session.forget(root, path);
            }
            tally.pruned = self.gone.len() as u64;
        }
        true
    }
}
