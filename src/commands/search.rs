//! `search`: what is asked, looked up, and its hits rendered.

use super::ask::{Asked, asked, word_like_a_file};
use super::{batch, last, list, locate};
use crate::cli::SearchArgs;
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::index::{Found, Keys, Loosen, Ranking, Request, Snapshot};
use crate::render::{explain, hits, json};
use crate::ui::Ui;
use std::io::Write;

pub fn run(args: &SearchArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    if let Some(lines) = &args.batch {
        return batch::run(args, lines, around, ui);
    }
    let asked = asked(&args.ask, &args.filters, around)?;
    let notices = &asked.notices;
    if asked.query.is_empty() {
        return Err(Failure::new(Exit::Usage, "没有检索词，也没有条件")
            .with_hint("例如 xunwen search 养老服务，或 xunwen search --reporter 付凯明"));
    }
    let form = list::form(&args.list, args.number, around)?;
    let request = request(args, &asked);
    let snapshot = locate::open(&args.ask.index, around)?;
    let ranking = snapshot.rank(&request)?;
    notices.iter().for_each(|notice| ui.hint(notice));
    let found = &ranking.outline;
    last::remember(&ranking, &request.query, &snapshot, around, ui);
    let (style, links) = (ui.style(), ui.links(snapshot.layout().home()));
    if let Some(form) = &form {
        let summary = list::show(form, &args.list, (&snapshot, &ranking), request.offset, ui)?;
        if found.total > 0 {
            ui.status(&summary);
        }
    } else if args.count {
        writeln!(ui.out(), "{}", found.total)?;
    } else if args.ids {
        write_list(ui.out(), listing(args), None, &ranking, &snapshot.keys(ranking.len())?)?;
    } else if args.jsonl {
        write_hits(ui.out(), None, &snapshot, &ranking)?;
        ui.status(&format!("共 {} 篇", found.total));
    } else if args.json {
        let notes: Vec<String> = notices.iter().cloned().chain(found.notes.iter().map(hits::note)).collect();
        let (typed, canonical) = (args.ask.words.join(" "), request.query.to_string());
        let found = snapshot.found(&ranking)?;
        let explanation = if args.explain { Some(snapshot.explain(&request, &found)?) } else { None };
        json::write_found(ui.out(), None, &found, &typed, &canonical, &notes, explanation.as_ref())?;
    } else if found.total > 0 || args.explain {
        let found = snapshot.found(&ranking)?;
        if found.total > 0 {
            hits::write(ui.out(), &found, request.offset, &links, style)?;
        }
        if args.explain {
            let explanation = snapshot.explain(&request, &found)?;
            explain::write(ui.out(), &explanation, &found, &request.query.to_string(), style)?;
        }
    }
    say(args, found, form.is_some(), ui);
    Ok(if found.total > 0 { Exit::Done } else { Exit::NothingFound })
}

/// Returns what is asked of the index by a query and the options of the command.
pub fn request(args: &SearchArgs, asked: &Asked) -> Request {
    Request {
        query: asked.query.clone(),
        sort: args.sort.into(),
        offset: args.offset,
        limit: args.limit(),
        loosen: if args.ask.literal { Loosen::Never } else { args.loosen.into() },
        fold: args.folds_copies(),
        now: asked.now,
    }
}

/// How hits are listed without being read.
#[derive(Debug, Clone, Copy)]
pub enum Listing {
    /// The ids alone, each with this behind it.
    Ids { end: char },
    /// As JSON, with all that is known of them.
    Json,
}

/// Returns how `--ids` lists hits.
pub fn listing(args: &SearchArgs) -> Listing {
    if args.jsonl { Listing::Json } else { Listing::Ids { end: list::line_end(&args.list) } }
}

/// Writes a page of hits that are not read, a line each.
///
/// # Errors
/// When the writer fails, or the index cannot be read.
pub fn write_list(
    out: &mut dyn Write,
    listing: Listing,
    qid: Option<&str>,
    ranking: &Ranking,
    keys: &Keys,
) -> Outcome<()> {
    let Listing::Ids { end } = listing else {
        return ranking.list(keys, |hit| Ok(json::write_listed(out, qid, &hit)?));
    };
    Ok(ranking.ids().try_for_each(|id| write!(out, "{id}{end}"))?)
}

/// Writes a page of hits with their reports, a line each.
///
/// # Errors
/// When the writer fails, or the index cannot be read.
pub fn write_hits(out: &mut dyn Write, qid: Option<&str>, snapshot: &Snapshot, ranking: &Ranking) -> Outcome<()> {
    let loosened = ranking.outline.loosened.is_some();
    snapshot.hits(ranking).try_for_each(|hit| Ok(json::write_hit(out, qid, &hit?, loosened)?))
}

/// Says what the results do not say themselves.
fn say(args: &SearchArgs, found: &Found, has_form: bool, ui: &mut Ui) {
    let is_list = has_form || args.count || args.ids || args.jsonl;
    if args.json || (found.total > 0 && !is_list) {
        return;
    }
    if found.total == 0 {
        ui.status("没有找到");
        let has_form = has_form || args.jsonl;
        word_like_a_file(&args.ask.words, has_form, ">").iter().for_each(|hint| ui.hint(hint));
    }
    found.notes.iter().for_each(|note| ui.hint(&hits::note(note)));
    if found.loosened.is_some() {
        ui.hint("没有报道含有所输入的文字，找的是其中的词");
    }
    if let (Some(dates), true) = (hits::dates(found), found.total == 0 || args.jsonl) {
        ui.status(&dates);
    }
}
