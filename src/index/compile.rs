//! A query as Tantivy's: which reports match, without any order.

use super::occurrence::Needle;
use super::schema::{Schema, UNDATED, day_number};
use super::steady::Steady;
use super::tokens::whole;
use crate::article::Role;
use crate::article::fields::TextField;
use crate::query::{DateRange, Query};
use std::ops::Bound;
use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, EmptyQuery, Occur, Query as TantivyQuery, RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::IndexRecordOption;

type Boxed = Box<dyn TantivyQuery>;

/// Compiles a query to one that yields exactly the reports that match it.
#[must_use]
pub fn matching(query: &Query, schema: &Schema) -> Boxed {
    match query {
        Query::Term(term) => match Needle::new(&term.text) {
            Some(needle) => needle.query(schema, term.scope.parts()),
            None => Box::new(EmptyQuery),
        },
        Query::Name(role, name) => {
            let roles: &[Role] = role.as_ref().map_or(&Role::ALL, std::slice::from_ref);
            let in_role = |&role: &Role| exact(Term::from_field_text(schema.names(role), &whole(name)));
            Box::new(BooleanQuery::union(roles.iter().map(in_role).collect()))
        }
        Query::Keyword(keyword, value) => exact(Term::from_field_text(schema.keyword(*keyword), &whole(value))),
        Query::Date(range) => dated(*range, schema),
        Query::And(parts) => {
            // Tantivy's conjunction of exclusions alone is empty; ours is everything but them.
            let only_exclusions = parts.iter().all(|part| matches!(part, Query::Not(_)));
            let everything = only_exclusions.then(|| (Occur::Must, Box::new(AllQuery) as Boxed));
            let clauses = parts.iter().map(|part| match part {
                Query::Not(part) => (Occur::MustNot, excluded(part, schema)),
                Query::Term(_)
                | Query::Name(..)
                | Query::Keyword(..)
                | Query::Date(_)
                | Query::And(_)
                | Query::Or(_) => (Occur::Must, matching(part, schema)),
            });
            Box::new(BooleanQuery::new(clauses.chain(everything).collect()))
        }
        Query::Or(parts) => Box::new(BooleanQuery::union(parts.iter().map(|part| matching(part, schema)).collect())),
        Query::Not(part) => Box::new(BooleanQuery::new(vec![
            (Occur::Must, Box::new(AllQuery)),
            (Occur::MustNot, excluded(part, schema)),
        ])),
    }
}

/// Compiles words to the reports that hold any of them in any part, and match `rest` where that asks anything.
#[must_use]
pub fn any_word(words: &[String], rest: &Query, schema: &Schema) -> Boxed {
    let fields = TextField::BARE.into_iter().filter_map(|part| schema.words(part));
    let terms = fields.flat_map(|field| words.iter().map(move |word| Term::from_field_text(field, word)));
    let any = Box::new(TermSetQuery::new(terms)) as Boxed;
    if rest.is_empty() { any } else { Box::new(BooleanQuery::intersection(vec![any, matching(rest, schema)])) }
}

/// Compiles to the reports without a date.
#[must_use]
pub fn undated(schema: &Schema) -> Boxed {
    exact(Term::from_field_text(schema.undated, UNDATED))
}

/// Compiles to the reports whose date, as far as it is known, lies wholly within a range: one known to be of February
/// is within `2026-02` but not within `2026-02-01..2026-02-14`.
fn dated(range: DateRange, schema: &Schema) -> Boxed {
    let from = range.from.map(|day| {
        let first = Bound::Included(Term::from_field_i64(schema.first_day, day_number(day)));
        RangeQuery::new(first, Bound::Unbounded)
    });
    let to = range.to.map(|day| {
        let last = Bound::Included(Term::from_field_i64(schema.last_day, day_number(day)));
        RangeQuery::new(Bound::Unbounded, last)
    });
    let ends = [from, to].into_iter().flatten().map(|end| (Occur::Must, Box::new(end) as Boxed));
    let any_day = (range == DateRange::default())
        .then(|| vec![(Occur::Must, Box::new(AllQuery) as Boxed), (Occur::MustNot, undated(schema))]);
    Box::new(BooleanQuery::new(ends.chain(any_day.into_iter().flatten()).collect()))
}

fn excluded(query: &Query, schema: &Schema) -> Boxed {
    Box::new(Steady(matching(query, schema)))
}

fn exact(term: Term) -> Boxed {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}
