//! `search`: what is asked, looked up, and its hits rendered.

use super::ask::{Asked, asked};
use super::{last, locate};
use crate::cli::SearchArgs;
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::index::{Found, Loosen, Request};
use crate::render::{hits, json};
use crate::ui::Ui;
use std::io::Write as _;

pub fn run(args: &SearchArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let Asked { query, notices, now } = asked(&args.ask, &args.filters, around)?;
    if query.is_empty() {
        return Err(Failure::new(Exit::Usage, "没有检索词，也没有条件")
            .with_hint("例如 xunwen search 养老服务，或 xunwen search --reporter 付凯明"));
    }
    let request = Request {
        query,
        sort: args.sort.into(),
        offset: args.offset,
        limit: (!args.all).then_some(if args.count { 0 } else { args.number }),
        loosen: if args.ask.literal { Loosen::Never } else { args.loosen.into() },
        now,
    };
    let snapshot = locate::open(&args.ask.index, around)?;
    let found = snapshot.search(&request)?;
    notices.iter().for_each(|notice| ui.hint(notice));
    render(args, &request, &found, &notices, ui)?;
    if around.out_is_terminal
        && let Err(reason) = last::remember(&found, &snapshot, around)
    {
        ui.warn(&reason);
    }
    Ok(if found.total > 0 { Exit::Done } else { Exit::NothingFound })
}

fn render(args: &SearchArgs, request: &Request, found: &Found, notices: &[String], ui: &mut Ui) -> Outcome<()> {
    let notes: Vec<String> = found.notes.iter().map(hits::note).collect();
    let style = ui.style();
    if args.count {
        writeln!(ui.out(), "{}", found.total)?;
    } else if args.json {
        let all: Vec<String> = notices.iter().chain(&notes).cloned().collect();
        json::write_found(ui.out(), found, &args.ask.words.join(" "), &request.query.to_string(), &all)?;
        return Ok(());
    } else if args.ids {
        found.hits.iter().try_for_each(|hit| writeln!(ui.out(), "{}", hit.report.id))?;
    } else if args.jsonl {
        json::write_hits(ui.out(), found)?;
        ui.status(&format!("共 {} 篇", found.total));
    } else if found.total > 0 {
        hits::write(ui.out(), found, request.offset, style)?;
        return Ok(());
    }
    if found.total == 0 {
        ui.status("没有找到");
    }
    notes.iter().for_each(|note| ui.hint(note));
    if found.loosened.is_some() {
        ui.hint("没有报道含有所输入的文字，找的是其中的词");
    }
    if let (Some(dates), true) = (hits::dates(found), found.total == 0 || args.jsonl) {
        ui.status(&dates);
    }
    Ok(())
}
