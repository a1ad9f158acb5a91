//! `watch`: what is new since the last time that the same was asked.
//!
//! What was seen is kept in the user's state folder, a file an index and query: every id that matched. An id outlives a
//! rebuild and a change of its file, so that only reports that were not there before are new.

use super::ask::{Asked, asked_words};
use super::{locate, shelf};
use crate::article::ReportId;
use crate::cli::{FilterArgs, WatchArgs};
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::index::Snapshot;
use crate::index::layout::write_whole;
use crate::index::ledger::content_hash;
use crate::render::{brief, json};
use crate::ui::Ui;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// What was seen the last time.
#[derive(Debug, Serialize, Deserialize)]
struct Mark {
    index: PathBuf,
    query: String,
    commit: String,
    seen: Vec<String>,
}

pub fn run(args: &WatchArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let words = named(args, around)?;
    let Asked { query, notices, .. } = asked_words(&words, &args.ask, &FilterArgs::default(), around)?;
    if query.is_empty() {
        return Err(Failure::new(Exit::Usage, "没有说看什么")
            .with_hint("例如 xunwen watch 养老服务，或 xunwen watch 名字（用 save 保存的）"));
    }
    notices.iter().for_each(|notice| ui.hint(notice));
    let snapshot = locate::open(&args.ask.index, around)?;
    let held = snapshot.ids(&query)?;
    let path = file(&words, args, &snapshot, around)?;
    let Some(before) = read(&path)? else {
        if !args.peek {
            keep(&path, &words, &held, &snapshot)?;
        }
        if args.count {
            writeln!(ui.out(), "0")?;
        }
        ui.status(&format!("第一次看：现有 {} 篇，以后给出新的", held.len()));
        return Ok(Exit::NothingFound);
    };
    let seen: HashSet<&str> = before.seen.iter().map(String::as_str).collect();
    let new: BTreeSet<ReportId> = held.iter().copied().filter(|id| !seen.contains(id.to_string().as_str())).collect();
    let style = ui.style();
    if args.count {
        writeln!(ui.out(), "{}", new.len())?;
    } else if args.ids {
        for id in snapshot.newest_ids(&query, |id| new.contains(&id))? {
            writeln!(ui.out(), "{id}")?;
        }
    } else if !new.is_empty() {
        for report in snapshot.newest_first(&query, |id| new.contains(&id))? {
            let report = report?;
            if args.jsonl {
                json::write_report(ui.out(), &report)?;
            } else {
                brief::write(ui.out(), &report, "", style)?;
            }
        }
    }
    // Only what has reached its reader was seen.
    ui.out().flush()?;
    if !args.peek {
        keep(&path, &words, &held, &snapshot)?;
    }
    ui.status(&if new.is_empty() { "没有新的".to_owned() } else { format!("新的 {} 篇", new.len()) });
    Ok(if new.is_empty() { Exit::NothingFound } else { Exit::Done })
}

/// Returns what is asked: one word that is the name of a saved search means that.
fn named(args: &WatchArgs, around: &Surroundings) -> Outcome<Vec<String>> {
    let words = &args.ask.words;
    if let ([word], false) = (words.as_slice(), args.ask.literal)
        && shelf::searches(around)?.contains_key(word)
    {
        return Ok(vec![format!("@{word}")]);
    }
    Ok(words.clone())
}

/// Returns the file of an index and a query. A saved search goes by its name: one that is changed goes on from where it
/// was.
fn file(words: &[String], args: &WatchArgs, snapshot: &Snapshot, around: &Surroundings) -> Outcome<PathBuf> {
    let state = around
        .state
        .as_ref()
        .ok_or_else(|| Failure::new(Exit::Usage, "不知道该记在哪里：没有用户文件夹").with_hint("设好环境变量 HOME"))?;
    let flags = [args.ask.literal, args.ask.word, args.ask.no_dict].map(|flag| if flag { '1' } else { '0' });
    let key = format!("{}\0{}\0{}", snapshot.layout().home().display(), String::from_iter(flags), words.join(" "));
    Ok(state.join("watch").join(format!("{}.json", content_hash(key.as_bytes()))))
}

/// Reads what was seen; `None` at the first time.
fn read(path: &Path) -> Outcome<Option<Mark>> {
    let wrong = |why: String| {
        Failure::new(Exit::Usage, format!("读不了上一次的记录 {}：{why}", path.display()))
            .with_hint("删去这个文件，就从现在重新看起")
    };
    match fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|error| wrong(error.to_string())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(wrong(error.to_string())),
    }
}

fn keep(path: &Path, words: &[String], held: &BTreeSet<ReportId>, snapshot: &Snapshot) -> Outcome<()> {
    let mark = Mark {
        index: snapshot.layout().home().to_owned(),
        query: words.join(" "),
        commit: snapshot.commit().to_owned(),
        seen: held.iter().map(ToString::to_string).collect(),
    };
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| {
        let text = serde_json::to_vec(&mark)?;
        write_whole(path, &text)
    });
    written.map_err(|error| {
        Failure::new(Exit::Usage, format!("不能记下看到了哪里（{}）：{error}", path.display()))
            .with_hint("检查文件夹的权限；下一次会给出同样的报道")
    })
}
