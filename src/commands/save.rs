//! `save`, `saved`, `unsave`: searches under names.

use super::shelf::{self, Own};
use crate::cli::{SaveArgs, SavedArgs, UnsaveArgs};
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::query::parse_with;
use crate::query::vocabulary::is_name;
use crate::text::nearest::nearest;
use crate::ui::Ui;
use std::collections::BTreeMap;
use std::io::Write as _;

pub fn run(args: &SaveArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let name = args.name.trim_start_matches(['@', '＠']);
    if !is_name(name) {
        return Err(Failure::new(Exit::Usage, format!("名字不能是“{}”", args.name))
            .with_hint("名字里只能有字母、汉字、数字、- 和 _，例如 xunwen save 养老 '养老|托育'"));
    }
    // What kept clap from reading `-北京` as options is as it was typed.
    let word = |word: &String| word.strip_prefix('－').map_or_else(|| word.clone(), |rest| format!("-{rest}"));
    let text = args.words.iter().map(word).collect::<Vec<_>>().join(" ");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut searches = shelf::searches(around)?;
    let before = searches.insert(name.to_owned(), text.clone());
    let today = around.now.date();
    // Read as it will be, so that one that leads back to itself is never kept.
    let own = Own::read(around, today, "", true)?.with_searches(searches.clone());
    let parsed = parse_with(&text, today, &own)?;
    parse_with(&format!("@{name}"), today, &own)?;
    if parsed.query.is_empty() {
        return Err(Failure::new(Exit::Usage, format!("“{text}” 里没有可检索的文字"))
            .with_hint("例如 xunwen save 养老 '养老|托育'"));
    }
    parsed.notices.iter().for_each(|notice| ui.hint(notice));
    let path = shelf::keep_searches(&searches, around)?;
    let replaced = before.filter(|before| *before != text).map(|before| format!("，原来是 {before}"));
    ui.status(&format!("@{name} 是 {text}{}；在 {}", replaced.unwrap_or_default(), path.display()));
    Ok(Exit::Done)
}

/// Lists them.
pub fn list(args: &SavedArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let searches = shelf::searches(around)?;
    let style = ui.style();
    if args.json {
        crate::render::json::write_saved(ui.out(), &searches)?;
    } else {
        for (name, query) in &searches {
            writeln!(ui.out(), "{}\t{}", style.safe(name), style.safe(query))?;
        }
    }
    if searches.is_empty() {
        ui.status("还没有保存过检索");
        return Ok(Exit::NothingFound);
    }
    Ok(Exit::Done)
}

/// Takes some out; all of them or none.
pub fn remove(args: &UnsaveArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let mut searches = shelf::searches(around)?;
    for name in &args.names {
        let name = name.trim_start_matches(['@', '＠']);
        if searches.remove(name).is_none() {
            return Err(unknown(name, &searches));
        }
    }
    shelf::keep_searches(&searches, around)?;
    ui.status(&format!("去掉了 {} 条，还有 {} 条", args.names.len(), searches.len()));
    Ok(Exit::Done)
}

fn unknown(name: &str, searches: &BTreeMap<String, String>) -> Failure {
    let hint = match nearest(name, searches.keys().map(String::as_str)) {
        Some(meant) => format!("是不是 {meant}？"),
        None => "xunwen saved 列出保存过的检索".to_owned(),
    };
    Failure::new(Exit::Usage, format!("没有保存过名为 {name} 的检索")).with_hint(hint)
}
