//! A query as canonical text: `parse(display(q)) == q`.

use super::token::QUOTES;
use super::wording::LONGEST_BARE;
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
    // A slash at the head is text only as long as no other closes it, which what follows may do.
    let opens_expression = text.starts_with(['/', '／']);
    // No date is read here that counts from today.
    let reads_alike = !is_operator
        && !opens_expression
        && text.len() < LONGEST_BARE
        && parse(&format!("{before}{text}"), NaiveDate::MIN).is_ok_and(|p| p.query == *leaf && p.notices.is_empty());
    if reads_alike {
        return write!(f, "{before}{text}{after}");
    }
    let (open, close) = QUOTES.iter().copied().find(|&(_, close)| !text.contains(close)).unwrap_or(('"', '"'));
    write!(f, "{before}{open}{text}{close}{after}")
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Role;
    use crate::article::fields::{Narrow, TextField};
    use crate::query::{DateRange, Pages};
    use crate::text::pattern::Pattern;
    use proptest::prelude::*;

    fn text() -> impl Strategy<Value = String> {
        let plain = "[养老ab1?？:：=~{3,}()|/\\-\"“「 AND。]{0,8}养[养老ab1?:=~{3,}()|/\\-” 。]{0,4}";
        let nasty = [
            "AND",
            "OR",
            "NOT",
            "~10",
            "~句",
            "{3,}",
            "养老{3,}",
            "-养",
            "=养",
            "/养/",
            "标题:养",
            "王?萱",
            "养?",
            "标提:养",
        ];
        prop_oneof![plain.prop_map(|text| text), prop::sample::select(nasty.to_vec()).prop_map(str::to_owned)]
    }

    fn scope() -> impl Strategy<Value = Scope> {
        let narrow = Narrow::ALL.map(Scope::Narrow);
        let parts = TextField::ALL.map(Scope::Part);
        prop::sample::select([&[Scope::Bare, Scope::Everywhere][..], &narrow, &parts].concat())
    }

    fn term() -> impl Strategy<Value = Term> {
        (text(), scope(), any::<bool>()).prop_map(|(text, scope, whole)| Term { text, scope, whole })
    }

    fn wording() -> impl Strategy<Value = Wording> {
        let wild = ("[养老a]{1,2}[?？]{1,2}[养老a](\\?[养b])?", scope(), any::<bool>())
            .prop_map(|(text, scope, whole)| Wording::of_word(&Term { text, scope, whole }));
        prop_oneof![term().prop_map(Wording::from), wild]
    }

    fn leaf() -> impl Strategy<Value = Query> {
        let reach =
            prop_oneof![(0..=Reach::MOST).prop_map(Reach::Characters), Just(Reach::Sentence), Just(Reach::Paragraph)];
        let near = (wording(), prop::collection::vec((wording(), reach), 1..3)).prop_map(|(first, rest)| {
            let (mut wordings, mut reaches) = (vec![first], Vec::new());
            for (wording, reach) in rest {
                wordings.push(wording);
                reaches.push(reach);
            }
            Query::Near(Near { wordings, reaches })
        });
        let times = (wording(), 1..9_usize, prop::option::of(0..9_usize)).prop_map(|(wording, least, more)| {
            Query::Times(Times { wording, least, most: more.map(|more| least + more) })
        });
        let pattern = ("[养a.|()/\\\\ ?]{0,5}养", scope()).prop_filter_map("no expression", |(source, scope)| {
            Some(Query::Pattern(Pattern::new(&source).ok()?, scope))
        });
        let values = prop_oneof![
            text().prop_map(|name| Query::Name(Some(Role::Reporter), name)),
            text().prop_map(|name| Query::Name(None, name)),
            text().prop_map(|value| Query::Keyword(Keyword::Page, value)),
            prop::sample::select(vec!["1-4", "A01", "1"])
                .prop_map(|page| Query::Keyword(Keyword::Page, page.to_owned())),
            Just(Query::Pages(Pages { series: "a".into(), first: 2, last: 14 })),
            Just(Query::Id("k3vd".into())),
            Just(Query::Date(DateRange { from: NaiveDate::from_ymd_opt(2026, 2, 27), to: None })),
        ];
        prop_oneof![
            3 => term().prop_map(Query::Term),
            1 => wording().prop_filter_map("plain", |w| (!w.gaps().is_empty()).then_some(Query::Wild(w))),
            1 => near,
            1 => times,
            1 => pattern,
            2 => values,
        ]
    }

    /// Trees in the form in which they are read: no conjunction directly within another, no double exclusion.
    #[test]
    fn a_slash_at_the_head_of_a_text_closes_none_behind_it() {
        for text in ["\"/养\" | \"社/\"", "\"/养\" “/区”", "标题:\"/养\" 区/"] {
            let query = parse(text, NaiveDate::MIN).unwrap().query;
            assert_eq!(parse(&query.to_string(), NaiveDate::MIN).unwrap().query, query, "{query}");
        }
    }

    fn tree() -> impl Strategy<Value = Query> {
        leaf().prop_recursive(4, 24, 4, |inner| {
            let conjunct = inner.clone().prop_filter("flattened", |q| !matches!(q, Query::And(_)));
            prop_oneof![
                prop::collection::vec(conjunct, 2..4).prop_map(Query::And),
                prop::collection::vec(inner.clone(), 2..4).prop_map(Query::Or),
                inner.prop_filter("once", |q| !matches!(q, Query::Not(_))).prop_map(|q| Query::Not(Box::new(q))),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_tree_is_read_back_from_its_canonical_text(query in tree()) {
            let text = query.to_string();
            let read = parse(&text, NaiveDate::MIN);
            prop_assert_eq!(read.map(|read| read.query), Ok(query), "{}", text);
        }
    }
}
