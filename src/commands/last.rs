//! The hits of the last search made on a terminal, so that `show 1` can mean the first of them.
//!
//! Kept in the user's state folder with the index and its commit: once the index has changed, the numbers mean nothing.

use crate::article::ReportId;
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::index::layout::write_whole;
use crate::index::{Ranking, Snapshot, Wanted};
use crate::query::{Query, parse};
use crate::ui::Ui;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::PathBuf;

#[derive(Serialize, Deserialize)]
struct Last {
    index: PathBuf,
    commit: String,
    first: u64,
    ids: Vec<String>,
    /// What was asked, in its canonical form, and the words that were looked for instead.
    #[serde(default)]
    query: String,
    #[serde(default)]
    words: Vec<String>,
}

fn file(around: &Surroundings) -> Option<PathBuf> {
    Some(around.state.as_ref()?.join("last-search.json"))
}

/// Remembers the hits of a search that somebody will look at, and says where it cannot. To be done before anything is
/// shown: a reader may leave in the middle of it.
pub fn remember(ranking: &Ranking, query: &Query, snapshot: &Snapshot, around: &Surroundings, ui: &mut Ui) {
    if around.out_is_terminal
        && let Err(reason) = write(ranking, query, snapshot, around)
    {
        ui.warn(&reason);
    }
}

/// One sentence, when the state folder cannot be written.
fn write(ranking: &Ranking, query: &Query, snapshot: &Snapshot, around: &Surroundings) -> Result<(), String> {
    let Some(path) = file(around) else { return Ok(()) };
    let last = Last {
        index: snapshot.layout().home().to_owned(),
        commit: snapshot.commit().to_owned(),
        first: ranking.first(),
        ids: ranking.ids().map(|id| id.to_string()).collect(),
        query: query.to_string(),
        words: ranking.outline.loosened.clone().unwrap_or_default(),
    };
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| {
        let text = serde_json::to_vec(&last)?;
        write_whole(&path, &text)
    });
    written.map_err(|e| format!("不能记下这次检索（{}）：{e}", path.display()))
}

fn read(around: &Surroundings) -> Option<Last> {
    serde_json::from_slice(&fs::read(file(around)?).ok()?).ok()
}

/// Returns what the last search looked for, if it was in this index as it stands and showed this report.
pub fn wanted(id: ReportId, snapshot: &Snapshot, around: &Surroundings) -> Option<Wanted> {
    let last = read(around)?;
    let is_here = last.index == snapshot.layout().home() && last.commit == snapshot.commit();
    let query = parse(&last.query, around.now.date()).ok()?.query;
    (is_here && last.ids.contains(&id.to_string())).then(|| Wanted::new(&query, &last.words))
}

/// Returns the id of the report that a number of the last search means.
///
/// # Errors
/// When there was no such search or hit, or the index has changed since.
pub fn recall(number: u64, snapshot: &Snapshot, around: &Surroundings) -> Outcome<String> {
    let usage = |message: String| Failure::new(Exit::Usage, message).with_hint("先在终端里检索，或直接写编号");
    let last = read(around).ok_or_else(|| usage(format!("还没有在终端里检索过，不知道第 {number} 篇是哪一篇")))?;
    if last.index != snapshot.layout().home() {
        return Err(usage(format!("上次检索用的是另一个索引：{}", last.index.display())));
    }
    if last.commit != snapshot.commit() {
        return Err(Failure::new(Exit::Usage, "上次检索之后索引变了，序号不再可靠").with_hint("请重新检索"));
    }
    let place = number.checked_sub(last.first).and_then(|place| usize::try_from(place).ok());
    let id = place.and_then(|place| last.ids.get(place));
    id.cloned().ok_or_else(|| {
        let (first, end) = (last.first, last.first + last.ids.len() as u64);
        usage(if first == end {
            "上次检索没有结果".to_owned()
        } else {
            format!("上次检索显示的是第 {first} 到第 {} 篇", end - 1)
        })
    })
}
