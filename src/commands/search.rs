//! `search`: words and filters become one query tree; its hits are rendered.

use super::{last, locate};
use crate::article::Role;
use crate::article::fields::{self, Field, Keyword};
use crate::cli::{FilterArgs, SearchArgs};
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::index::{Found, Loosen, Request};
use crate::query::{DateRange, Query, Scope, Term, parse};
use crate::render::{hits, json};
use crate::text::fold::fold;
use crate::ui::Ui;
use std::io::Write as _;

pub fn run(args: &SearchArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let (text, notices) = text_query(args)?;
    let query = text.and(filters(&args.filters)?);
    if query.is_empty() && args.words.iter().any(|word| !word.trim().is_empty()) {
        return Err(Failure::new(Exit::Usage, format!("“{}” 里没有可检索的文字", args.words.join(" ")))
            .with_hint("要找标点和运算符本身，请加 -F"));
    }
    if query.is_empty() {
        return Err(Failure::new(Exit::Usage, "没有检索词，也没有条件")
            .with_hint("例如 xunwen search 养老服务，或 xunwen search --reporter 付凯明"));
    }
    let now = args.now.as_deref().map(|day| date_range("--now", day)).transpose()?.and_then(|range| range.to);
    let request = Request {
        query,
        sort: args.sort.into(),
        offset: args.offset,
        limit: (!args.all).then_some(if args.count { 0 } else { args.number }),
        loosen: if args.literal { Loosen::Never } else { args.loosen.into() },
        now,
    };
    let snapshot = locate::open(&args.index, around)?;
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
        json::write_found(ui.out(), found, &args.words.join(" "), &request.query.to_string(), &all)?;
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

/// Returns what the words ask for, with what was taken otherwise than it might have been meant.
fn text_query(args: &SearchArgs) -> Outcome<(Query, Vec<String>)> {
    let (mut query, notices) = if args.literal {
        let mut query = Query::And(Vec::new());
        for word in &args.words {
            if fold(word).is_empty() {
                return Err(Failure::new(Exit::Usage, format!("“{word}” 里没有可检索的文字"))
                    .with_hint("空白和看不见的字符不能检索"));
            }
            query = query.and(Query::literal(word));
        }
        (query, Vec::new())
    } else {
        let parsed = parse(&args.words.join(" "))?;
        (parsed.query, parsed.notices)
    };
    if let Some(part) = &args.filters.part {
        let row = fields::named(part).ok_or_else(|| not_a_part(part))?;
        let Field::Text(part) = row.field else { return Err(not_a_part(part)) };
        within(&mut query, Scope::Part(part));
    }
    Ok((query, notices))
}

fn not_a_part(part: &str) -> Failure {
    let parts: Vec<_> = fields::FIELDS.iter().filter(|row| matches!(row.field, Field::Text(_))).collect();
    let names: Vec<_> =
        parts.iter().map(|row| format!("{}（{}）", row.aliases.first().unwrap_or(&""), row.name)).collect();
    Failure::new(Exit::Usage, format!("--in 不能是 {part}")).with_hint(format!("可以是 {}", names.join("、")))
}

/// Looks for bare terms in one part only.
fn within(query: &mut Query, scope: Scope) {
    match query {
        Query::Term(Term { scope: own @ (Scope::Bare | Scope::Everywhere), .. }) => *own = scope,
        Query::Term(_) | Query::Name(..) | Query::Keyword(..) | Query::Date(_) => {}
        Query::And(parts) | Query::Or(parts) => parts.iter_mut().for_each(|part| within(part, scope)),
        Query::Not(part) => within(part, scope),
    }
}

/// Returns the filters as a query. One given several times is satisfied by any of its values.
fn filters(args: &FilterArgs) -> Outcome<Query> {
    let mut query = Query::And(Vec::new());
    let mut any = |alternatives: Vec<Query>| {
        let mut alternatives = alternatives;
        let one = if alternatives.len() == 1 { alternatives.pop() } else { None };
        if let Some(filter) = one.or_else(|| (!alternatives.is_empty()).then_some(Query::Or(alternatives))) {
            query = std::mem::replace(&mut query, Query::And(Vec::new())).and(filter);
        }
    };
    let dates = args.date.iter().map(|text| date_range("--date", text)).collect::<Outcome<Vec<_>>>()?;
    any(dates.into_iter().map(Query::Date).collect());
    if let Some(day) = &args.since {
        any(vec![Query::Date(DateRange { to: None, ..date_range("--since", day)? })]);
    }
    if let Some(day) = &args.until {
        any(vec![Query::Date(DateRange { from: None, ..date_range("--until", day)? })]);
    }
    for (role, names) in [
        (Some(Role::Reporter), &args.reporter),
        (Some(Role::Correspondent), &args.correspondent),
        (Some(Role::Photographer), &args.photographer),
        (Some(Role::Author), &args.author),
        (Some(Role::Intern), &args.intern),
        (Some(Role::Editor), &args.editor),
        (None, &args.byline),
    ] {
        any(names.iter().map(|name| Query::Name(role, name.clone())).collect());
    }
    for (keyword, values) in [
        (Keyword::Paper, &args.paper),
        (Keyword::Page, &args.page),
        (Keyword::Column, &args.column),
        (Keyword::Source, &args.source),
        (Keyword::Place, &args.place),
    ] {
        any(values.iter().map(|value| Query::Keyword(keyword, value.clone())).collect());
    }
    Ok(query)
}

fn date_range(option: &str, text: &str) -> Outcome<DateRange> {
    DateRange::parse(text).map_err(|message| {
        Failure::new(Exit::Usage, format!("{option}：{message}"))
            .with_hint("例如 2026、2026-02、2026-02-27、2026-02-24..2026-02-26、2026-02..")
    })
}
