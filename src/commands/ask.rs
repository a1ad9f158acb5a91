//! What is asked: words and filters as one query tree. Every command that takes a query takes it from here.

use crate::article::Role;
use crate::article::fields::{self, Field, Keyword};
use crate::cli::{AskArgs, FilterArgs};
use crate::exit::{Exit, Failure, Outcome};
use crate::query::{DateRange, Query, Scope, Term, parse};
use crate::text::fold::fold;

/// A query as asked.
pub struct Asked {
    /// Words and filters as one tree; nothing asked if empty.
    pub query: Query,
    /// What was taken otherwise than it might have been meant.
    pub notices: Vec<String>,
}

/// Reads words and filters.
///
/// # Errors
/// When they cannot be read, or hold words but nothing that could be looked for.
pub fn asked(args: &AskArgs, filters: &FilterArgs) -> Outcome<Asked> {
    let (text, notices) = text_query(args, filters)?;
    let query = text.and(filtered(filters)?);
    if query.is_empty() && args.words.iter().any(|word| !word.trim().is_empty()) {
        return Err(Failure::new(Exit::Usage, format!("“{}” 里没有可检索的文字", args.words.join(" ")))
            .with_hint("要找标点和运算符本身，请加 -F"));
    }
    Ok(Asked { query, notices })
}

/// Returns what the words ask for, with what was taken otherwise than it might have been meant.
fn text_query(args: &AskArgs, filters: &FilterArgs) -> Outcome<(Query, Vec<String>)> {
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
    if let Some(part) = &filters.part {
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
fn filtered(args: &FilterArgs) -> Outcome<Query> {
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

/// Reads a day or a span of days given by an option.
pub fn date_range(option: &str, text: &str) -> Outcome<DateRange> {
    DateRange::parse(text).map_err(|message| {
        Failure::new(Exit::Usage, format!("{option}：{message}"))
            .with_hint("例如 2026、2026-02、2026-02-27、2026-02-24..2026-02-26、2026-02..")
    })
}
