//! `similar`: reports like one report.

use super::ask::asked_filters;
use super::search::{Listing, write_hits, write_list};
use super::{last, list, locate, show};
use crate::cli::{CopiesArg, SimilarArgs};
use crate::config::Surroundings;
use crate::exit::{Exit, Outcome};
use crate::index::{Found, Loosen, Request};
use crate::render::{hits, json};
use crate::ui::Ui;
use std::io::Write as _;

/// How many of the words that were looked for people are told.
const TOLD: usize = 10;

pub fn run(args: &SimilarArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let (query, now) = asked_filters(&args.filters, args.now.as_deref(), around)?;
    let form = list::form(&args.list, args.number, around)?;
    let snapshot = locate::open(&args.index, around)?;
    let report = show::find(&args.id, &snapshot, around)?;
    let request = Request {
        query,
        sort: args.sort.into(),
        offset: args.offset,
        limit: args.limit(),
        loosen: Loosen::Always,
        fold: args.copies == CopiesArg::Fold,
        now,
    };
    let ranking = snapshot.similar(&report, &request)?;
    let found = &ranking.outline;
    last::remember(&ranking, &request.query, &snapshot, around, ui);
    let (style, links) = (ui.style(), ui.links(snapshot.layout().home()));
    if let Some(form) = &form {
        let summary = list::show(form, &args.list, (&snapshot, &ranking), request.offset, ui)?;
        ui.status(&summary);
    } else if args.ids {
        let end = list::line_end(&args.list);
        let listing = if args.jsonl { Listing::Json } else { Listing::Ids { end } };
        write_list(ui.out(), listing, None, &ranking, &snapshot.keys(ranking.len())?)?;
    } else if args.jsonl {
        write_hits(ui.out(), None, &snapshot, &ranking)?;
        ui.status(&format!("共 {} 篇", found.total));
    } else if args.json {
        let (id, canonical) = (report.id.to_string(), request.query.to_string());
        json::write_found(ui.out(), None, &snapshot.found(&ranking)?, &id, &canonical, &[], None)?;
    } else if found.total > 0 {
        let words: Vec<&str> = found.loosened.iter().flatten().take(TOLD).map(String::as_str).collect();
        writeln!(ui.out(), "与 {} 相似的报道；其中最有分量的词：{}\n", report.id, style.safe(&words.join(" ")))?;
        let found = Found { loosened: None, ..snapshot.found(&ranking)? };
        hits::write(ui.out(), &found, request.offset, &links, style)?;
    }
    if found.total == 0 {
        ui.status("没有相似的报道");
    }
    Ok(if found.total > 0 { Exit::Done } else { Exit::NothingFound })
}
