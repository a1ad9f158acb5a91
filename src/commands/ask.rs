//! What is asked: words and filters as one query tree. Every command that takes a query takes it from here.

use super::shelf::Own;
use crate::article::Role;
use crate::article::fields::{self, Field, Keyword};
use crate::cli::{AskArgs, FilterArgs};
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::query::{self, DateRange, Query, Scope, parse_with};
use crate::text::fold::fold;
use chrono::NaiveDate;

/// A query as asked.
pub struct Asked {
    /// Words and filters as one tree; nothing asked if empty.
    pub query: Query,
    /// What was taken otherwise than it might have been meant.
    pub notices: Vec<String>,
    /// The day given as today, where one was.
    pub now: Option<NaiveDate>,
}

/// Reads words and filters.
///
/// # Errors
/// When they cannot be read, or hold words but nothing that could be looked for.
pub fn asked(args: &AskArgs, filters: &FilterArgs, around: &Surroundings) -> Outcome<Asked> {
    asked_words(&args.words, args, filters, around)
}

/// Reads filters alone, for a command that takes no words. Returns them with the day given as today.
///
/// # Errors
/// When they cannot be read, or say where words are to be looked for.
pub fn asked_filters(
    filters: &FilterArgs,
    now: Option<&str>,
    around: &Surroundings,
) -> Outcome<(Query, Option<NaiveDate>)> {
    if filters.part.is_some() {
        return Err(Failure::new(Exit::Usage, "没有检索词，不能用 --in").with_hint("去掉 --in"));
    }
    let (now, today) = days_of(now, around)?;
    Ok((filtered(filters, today)?, now))
}

/// Returns the day given as today, if one is, and the day that counts as today.
fn days_of(now: Option<&str>, around: &Surroundings) -> Outcome<(Option<NaiveDate>, NaiveDate)> {
    let here = around.now.date();
    let now = now.map(|day| date_range("--now", day, here)).transpose()?.and_then(|range| range.to);
    Ok((now, now.unwrap_or(here)))
}

/// [`asked`] for words that come from elsewhere than the command line.
pub fn asked_words(words: &[String], args: &AskArgs, filters: &FilterArgs, around: &Surroundings) -> Outcome<Asked> {
    let (now, today) = days_of(args.now.as_deref(), around)?;
    let (text, notices) = text_query(words, args, filters, today, around)?;
    let query = text.and(filtered(filters, today)?);
    if query.is_empty() && words.iter().any(|word| !word.trim().is_empty()) {
        return Err(Failure::new(Exit::Usage, format!("“{}” 里没有可检索的文字", words.join(" ")))
            .with_hint("要找标点和运算符本身，请加 -F"));
    }
    Ok(Asked { query, notices, now })
}

/// Returns the hint that a word was taken for text to look for that may be meant as the file to write to: nothing holds
/// it, and a flag of a form stands there without the file that other flags have.
pub fn word_like_a_file(words: &[String], has_form: bool, instead: &str) -> Option<String> {
    let is_file = |word: &&String| [".csv", ".jsonl", ".json", ".md"].iter().any(|end| word.ends_with(end));
    let word = words.iter().find(is_file).filter(|_| has_form)?;
    Some(format!("{word} 当作了检索词；要写进文件，请写 {instead} {word}"))
}

/// Returns what the words ask for, with what was taken otherwise than it might have been meant.
fn text_query(
    words: &[String],
    args: &AskArgs,
    filters: &FilterArgs,
    today: NaiveDate,
    around: &Surroundings,
) -> Outcome<(Query, Vec<String>)> {
    let (mut query, notices) = if args.literal {
        let mut query = Query::And(Vec::new());
        for word in words {
            if fold(word).is_empty() {
                return Err(Failure::new(Exit::Usage, format!("“{word}” 里没有可检索的文字"))
                    .with_hint("空白和看不见的字符不能检索"));
            }
            query = query.and(Query::literal(word));
        }
        (query, Vec::new())
    } else {
        let text = words.join(" ");
        let own = Own::read(around, today, &text, !args.no_dict)?;
        let parsed = parse_with(&text, today, &own)?;
        (parsed.query, parsed.notices)
    };
    let scope = filters.part.as_deref().map(scope_named).transpose()?;
    query.for_each_text(&mut |own, whole| {
        if let (Scope::Bare | Scope::Everywhere, Some(scope)) = (*own, scope) {
            *own = scope;
        }
        if let (Some(whole), true) = (whole, args.word) {
            *whole = true;
        }
    });
    Ok((query, notices))
}

/// Returns the part of a report that a name of `--in` stands for.
fn scope_named(name: &str) -> Outcome<Scope> {
    match fields::named(name.trim_end_matches([':', '：'])).map(|row| row.field) {
        Some(Field::Everything) => Ok(Scope::Everywhere),
        Some(Field::Text(part)) => Ok(Scope::Part(part)),
        Some(Field::Narrow(narrow)) => Ok(Scope::Narrow(narrow)),
        None | Some(Field::Name(_) | Field::AnyName | Field::Keyword(_) | Field::Date | Field::Id) => {
            let is_part = |field| matches!(field, Field::Everything | Field::Text(_) | Field::Narrow(_));
            let parts = fields::FIELDS.iter().filter(|row| is_part(row.field));
            let names = parts.map(|row| format!("{}（{}）", row.name, row.aliases.first().unwrap_or(&"")));
            let names = names.collect::<Vec<_>>().join("、");
            Err(Failure::new(Exit::Usage, format!("--in 不能是 {name}")).with_hint(format!("可以是 {names}")))
        }
    }
}

/// Returns the filters as a query. One given several times is satisfied by any of its values.
fn filtered(args: &FilterArgs, today: NaiveDate) -> Outcome<Query> {
    let mut query = Query::And(Vec::new());
    let mut any = |alternatives: Vec<Query>| {
        let mut alternatives = alternatives;
        let one = if alternatives.len() == 1 { alternatives.pop() } else { None };
        if let Some(filter) = one.or_else(|| (!alternatives.is_empty()).then_some(Query::Or(alternatives))) {
            query = std::mem::replace(&mut query, Query::And(Vec::new())).and(filter);
        }
    };
    let dates = args.date.iter().map(|text| date_range("--date", text, today)).collect::<Outcome<Vec<_>>>()?;
    any(dates.into_iter().map(Query::Date).collect());
    if let Some(day) = &args.since {
        any(vec![Query::Date(DateRange { to: None, ..date_range("--since", day, today)? })]);
    }
    if let Some(day) = &args.until {
        any(vec![Query::Date(DateRange { from: None, ..date_range("--until", day, today)? })]);
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
        (Keyword::Column, &args.column),
        (Keyword::Source, &args.source),
        (Keyword::Place, &args.place),
    ] {
        any(values.iter().map(|value| Query::Keyword(keyword, value.clone())).collect());
    }
    any(args.page.iter().map(|page| query::page(page)).collect());
    Ok(query)
}

/// Reads a day or a span of days given by an option.
///
/// # Errors
/// When it is none.
pub fn date_range(option: &str, text: &str, today: NaiveDate) -> Outcome<DateRange> {
    DateRange::parse(text, today).map_err(|message| {
        Failure::new(Exit::Usage, format!("{option}：{message}"))
            .with_hint("例如 2026、2026-02、2026-02-27、2026-02-24..2026-02-26、2026-02..")
    })
}
