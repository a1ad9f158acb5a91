//! A query as canonical text: `parse(display(q)) == q`.

use super::{Near, Query, Reach, Scope, Term, Times, Wording, parse};
use crate::article::fields::{Field, Keyword, row_of};
use chrono::NaiveDate;
use std::fmt;

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Term(term) => write_leaf(f, self, &before(term), &term.text, ""),
            Self::Wild(wording) => write_wording(f, wording, ""),
            Self::Near(Near { wordings, reaches }) => {
                for (n, wording) in wordings.iter().enumerate() {
                    if let Some(reach) = n.checked_sub(1).and_then(|n| reaches.get(n)) {
                        write!(f, " ~{reach} ")?;
                    }
                    write_wording(f, wording, "")?;
                }
                Ok(())
            }
            Self::Times(Times { wording, least, most }) => {
                let count = match most {
                    Some(most) if most == least => format!("{{{least}}}"),
                    Some(most) => format!("{{{least},{most}}}"),
                    None => format!("{{{least},}}"),
                };
                write_wording(f, wording, &count)
            }
            Self::Pattern(pattern, scope) => write!(f, "{}/{}/", field_of(*scope), escaped(pattern.source())),
            Self::Name(Some(role), name) => write_leaf(f, self, &named(Field::Name(*role)), name, ""),
            Self::Name(None, name) => write_leaf(f, self, &named(Field::AnyName), name, ""),
            Self::Keyword(keyword, value) => write_leaf(f, self, &named(Field::Keyword(*keyword)), value, ""),
            Self::Pages(pages) => write!(f, "{}{pages}", named(Field::Keyword(Keyword::Page))),
            Self::Id(id) => write!(f, "{}{id}", named(Field::Id)),
            Self::Date(range) => write!(f, "{}{range}", named(Field::Date)),
            Self::And(parts) => write_parts(f, parts, " ", |part| matches!(part, Self::Or(_) | Self::And(_))),
            Self::Or(parts) => write_parts(f, parts, " | ", |part| matches!(part, Self::Or(_) | Self::And(_))),
            Self::Not(part) if matches!(**part, Self::And(_) | Self::Or(_) | Self::Near(_)) => write!(f, "-({part})"),
            Self::Not(part) => write!(f, "-{part}"),
        }
    }
}

impl fmt::Display for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Characters(most) => write!(f, "{most}"),
            Self::Sentence => f.write_str("句"),
            Self::Paragraph => f.write_str("段"),
        }
    }
}

fn write_parts(
    f: &mut fmt::Formatter<'_>,
    parts: &[Query],
    separator: &str,
    in_brackets: impl Fn(&Query) -> bool,
) -> fmt::Result {
    for (n, part) in parts.iter().enumerate() {
        if n > 0 {
            f.write_str(separator)?;
        }
        if in_brackets(part) { write!(f, "({part})")? } else { write!(f, "{part}")? }
    }
    Ok(())
}

fn write_wording(f: &mut fmt::Formatter<'_>, wording: &Wording, after: &str) -> fmt::Result {
    let Some(first) = wording.pieces().first() else { return Ok(()) };
    let alone = if wording.gaps().is_empty() { Query::Term(first.clone()) } else { Query::Wild(wording.clone()) };
    write_leaf(f, &alone, &before(first), &wording.text(), after)
}

/// Returns what stands before the text of a term.
fn before(term: &Term) -> String {
    format!("{}{}", field_of(term.scope), if term.whole { "=" } else { "" })
}

fn field_of(scope: Scope) -> String {
    match scope {
        Scope::Bare => String::new(),
        Scope::Everywhere => named(Field::Everything),
        Scope::Part(part) => named(Field::Text(part)),
        Scope::Narrow(narrow) => named(Field::Narrow(narrow)),
    }
}

fn named(field: Field) -> String {
    format!("{}:", row_of(field).map_or("", |row| row.name))
}

/// Writes a text bare where it would be read as the same leaf, else in quotes that do not occur in it.
fn write_leaf(f: &mut fmt::Formatter<'_>, leaf: &Query, before: &str, text: &str, after: &str) -> fmt::Result {
    let is_operator = before.is_empty() && matches!(text, "AND" | "OR" | "NOT");
    // No date is read here that counts from today.
    let reads_alike = !is_operator
        && text.len() < LONGEST_BARE
        && parse(&format!("{before}{text}"), NaiveDate::MIN).is_ok_and(|p| p.query == *leaf && p.notices.is_empty());
    if reads_alike {
        return write!(f, "{before}{text}{after}");
    }
    let quotes = [('"', '"'), ('“', '”'), ('「', '」'), ('『', '』'), ('＂', '＂')];
    let (open, close) = quotes.into_iter().find(|&(_, close)| !text.contains(close)).unwrap_or(('"', '"'));
    write!(f, "{before}{open}{text}{close}{after}")
}

/// Longer texts, in bytes, are quoted without a look at whether they need it.
const LONGEST_BARE: usize = 1_000;

/// Writes an expression as it stands between slashes.
fn escaped(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut characters = source.chars();
    while let Some(c) = characters.next() {
        match c {
            '/' => out.push_str("\\/"),
            '\\' => {
                out.push(c);
                out.extend(characters.next());
            }
            _ => out.push(c),
        }
    }
    out
}
