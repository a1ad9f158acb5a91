//! What a run did, and how that is said.

use crate::article::Article;
use crate::config::Surroundings;
use crate::ui::Ui;
use std::collections::HashSet;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};
use std::path::Path;

/// What a run did.
#[derive(Default)]
pub struct Tally {
    pub files: u64,
    pub unchanged: u64,
    pub skipped: usize,
    pub failed: u64,
    pub failed_records: u64,
    pub reports: u64,
    /// Hashes of their names: there may be many.
    reporters: HashSet<u64>,
    dated: u64,
    pub warnings: u64,
    pub pruned: u64,
    /// How many files do not fit the rule for paths, and the first of them.
    pub misfits: Option<(u64, String)>,
}

impl Tally {
    /// Counts a file that has not changed. What could not be read of it cannot be read now either, and is said again.
    pub fn leave_alone(&mut self, path: &Path, failed: u64, ui: &mut Ui) {
        self.files += 1;
        self.unchanged += 1;
        self.failed_records += failed;
        if failed > 0 {
            ui.warn(&format!("{}：没有变化，其中仍有 {failed} 条记录读不了", path.display()));
        }
    }

    /// Counts a report.
    pub fn count(&mut self, article: &Article) {
        let hash = BuildHasherDefault::<DefaultHasher>::default();
        self.reports += 1;
        self.dated += u64::from(article.date().is_some());
        self.reporters.extend(article.byline.reporters.iter().map(|name| hash.hash_one(name)));
    }

    /// Returns how many reports, dated ones among them, failed records and warnings there are so far.
    pub fn counts(&self) -> [u64; 4] {
        [self.reports, self.dated, self.failed_records, self.warnings]
    }

    /// Goes back to what [`Tally::counts`] said: what was counted since was given up.
    pub fn set_counts(&mut self, counts: [u64; 4]) {
        [self.reports, self.dated, self.failed_records, self.warnings] = counts;
    }

    /// Says how many files do not fit the rule for paths, where any do not.
    pub fn warn_of_misfits(&mut self, ui: &mut Ui) {
        if let Some((times, first)) = self.misfits.take() {
            self.warnings += 1;
            ui.warn(&format!("有 {times} 个文件的路径不合 --path-rule，例如 {first}"));
        }
    }

    /// Says it in one line, and what the index holds in another.
    pub fn summarise(&self, held: Option<u64>, home: &Path, around: &Surroundings, ui: &mut Ui) {
        let Self {
            files, unchanged, skipped, failed, failed_records, reports, reporters, dated, warnings, pruned, ..
        } = self;
        let mut parts = vec![format!("文件 {files} 个")];
        let more = [(*unchanged, "没有变化"), (*skipped as u64, "略过说明文件"), (*failed, "失败"), (*pruned, "去掉")];
        parts.extend(more.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{what} {n}")));
        parts.push(format!("读入报道 {reports} 篇"));
        if *failed_records > 0 {
            parts.push(format!("失败的记录 {failed_records} 条"));
        }
        if *reports > 0 {
            parts.push(format!("记者 {} 人", reporters.len()));
            parts.push(format!("有日期 {dated} 篇，没有 {}", reports - dated));
        }
        parts.push(format!("警告 {warnings}"));
        parts.push(format!("{:.1} 秒", around.seconds()));
        ui.status(&parts.join("；"));
        match held {
            Some(held) => ui.status(&format!("索引 {}：共 {held} 篇", home.display())),
            None => ui.status("只读了一遍，没有写索引"),
        }
    }
}
