//! A query as canonical text: `parse(display(q)) == q`.

use super::token::{Kind, tokens};
use super::{Query, Scope, Term};
use crate::article::fields::{Field, named, row_of};
use std::fmt;

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Term(Term { text, scope: Scope::Bare | Scope::Everywhere }) => write_text(f, text, true),
            Self::Term(Term { text, scope: Scope::Part(part) }) => write_field(f, Field::Text(*part), text),
            Self::Name(Some(role), name) => write_field(f, Field::Name(*role), name),
            Self::Name(None, name) => write_field(f, Field::AnyName, name),
            Self::Keyword(keyword, value) => write_field(f, Field::Keyword(*keyword), value),
            Self::Date(range) => write_field(f, Field::Date, &range.to_string()),
            Self::And(parts) => write_parts(f, parts, " ", |part| matches!(part, Self::Or(_) | Self::And(_))),
            Self::Or(parts) => write_parts(f, parts, " | ", |part| matches!(part, Self::Or(_) | Self::And(_))),
            Self::Not(part) if matches!(**part, Self::And(_) | Self::Or(_)) => write!(f, "-({part})"),
            Self::Not(part) => write!(f, "-{part}"),
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

fn write_field(f: &mut fmt::Formatter<'_>, field: Field, value: &str) -> fmt::Result {
    write!(f, "{}:", row_of(field).map_or("", |row| row.name))?;
    write_text(f, value, false)
}

/// Writes a text bare where it would be read as one word, else in quotes that do not occur in it.
fn write_text(f: &mut fmt::Formatter<'_>, text: &str, alone: bool) -> fmt::Result {
    let (read, notices) = tokens(text);
    let one_word = matches!(read.as_slice(), [token] if matches!(&token.kind, Kind::Word(word) if word == text));
    let is_operator = matches!(text, "AND" | "OR" | "NOT");
    let has_field = text.split_once([':', '：']).is_some_and(|(name, _)| named(name).is_some());
    let keeps_its_edges = super::parse::trimmed(text) == text;
    if one_word && notices.is_empty() && keeps_its_edges && !(alone && (is_operator || has_field)) {
        return f.write_str(text);
    }
    let quotes = [('"', '"'), ('“', '”'), ('「', '」'), ('『', '』')];
    let (open, close) = quotes.into_iter().find(|&(_, close)| !text.contains(close)).unwrap_or(('"', '"'));
    write!(f, "{open}{text}{close}")
}
