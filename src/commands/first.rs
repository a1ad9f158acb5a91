//! `first`: where a word stands first, first in a headline, and how many reports a year have it.

use super::ask::{Asked, asked};
use super::locate;
use crate::article::Unit;
use crate::article::fields::TextField;
use crate::cli::FirstArgs;
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::index::{Loosen, Request, Sort};
use crate::query::{Query, Scope};
use crate::render::first::First;
use crate::render::timeline::Shown;
use crate::ui::Ui;

pub fn run(args: &FirstArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let Asked { query, notices, now } = asked(&args.ask, &args.filters, around)?;
    if !query.has_text() {
        return Err(Failure::new(Exit::Usage, "没有检索词").with_hint("例如 xunwen first 养老服务"));
    }
    notices.iter().for_each(|notice| ui.hint(notice));
    let snapshot = locate::open(&args.ask.index, around)?;
    let oldest = |query: Query| {
        snapshot.search(&Request {
            query,
            sort: Sort::Oldest,
            offset: 0,
            limit: Some(1),
            loosen: Loosen::Never,
            fold: false,
            now,
        })
    };
    // A report whose headline has it must still match as a whole: what is excluded is excluded everywhere.
    let mut in_headline = query.clone();
    in_headline.for_each_text(&mut |scope, _| {
        if let Scope::Bare | Scope::Everywhere = *scope {
            *scope = Scope::Part(TextField::Title);
        }
    });
    let (first, in_title) = (oldest(query.clone())?, oldest(query.clone().and(in_headline))?);
    let timeline = snapshot.timeline(&query, Some(Unit::Year))?;
    let (typed, canonical) = (args.ask.words.join(" "), query.to_string());
    let years = Shown { query: (&typed, &canonical), timeline: &timeline, rate: false };
    let shown = First { first: &first, in_title: &in_title, years };
    let (style, links) = (ui.style(), ui.links(snapshot.layout().home()));
    if args.json {
        shown.write_json(ui.out())?;
    } else if first.total > 0 {
        shown.write(ui.out(), &links, style)?;
    }
    if first.total == 0 {
        ui.status("没有找到");
    }
    Ok(if first.total > 0 { Exit::Done } else { Exit::NothingFound })
}
