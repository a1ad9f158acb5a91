//! A query as Tantivy's: which reports match, without any order.

use super::occurrence::Needle;
use super::schema::{Schema, UNDATED, day_number};
use super::steady::Steady;
use super::tokens::whole;
use super::verified::{Leaf, Verified};
use super::verify::Verifier;
use crate::article::fields::Keyword;
use crate::article::{ReportId, Role};
use crate::query::{DateRange, Query, Scope, Term as QueryTerm, Times, Wording};
use crate::text::segment::is_spaced_script;
use std::collections::HashSet;
use std::ops::Bound;
use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, EmptyQuery, Occur, Query as TantivyQuery, RangeQuery, RegexQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

type Boxed = Box<dyn TantivyQuery>;

/// Compiles a query to one that yields exactly the reports that match it.
#[must_use]
pub fn matching(query: &Query, schema: &Schema) -> Boxed {
    within(query, schema, None)
}

/// Compiles a query whose matches are only asked for where `around` matches as well. What must be verified on stored
/// reports is verified on those alone.
fn within(query: &Query, schema: &Schema, around: Option<&dyn TantivyQuery>) -> Boxed {
    match query {
        Query::Term(term) => match Needle::new(&term.text) {
            Some(needle) if is_exact(term, &needle) => needle.query(schema, term.scope.parts()),
            Some(_) => verified(std::slice::from_ref(query), schema, around),
            None => Box::new(EmptyQuery),
        },
        Query::Wild(_) | Query::Times(_) | Query::Near(_) | Query::Pattern(..) => {
            verified(std::slice::from_ref(query), schema, around)
        }
        Query::Name(role, name) => {
            let roles: &[Role] = role.as_ref().map_or(&Role::ALL, std::slice::from_ref);
            Box::new(BooleanQuery::union(roles.iter().map(|&role| value(schema.names(role), name)).collect()))
        }
        Query::Keyword(keyword, text) => value(schema.keyword(*keyword), text),
        Query::Pages(pages) => {
            let field = schema.keyword(Keyword::Page);
            Box::new(TermSetQuery::new(pages.spellings().map(|page| Term::from_field_text(field, &page))))
        }
        Query::Id(prefix) => match ReportId::span_of_prefix(prefix) {
            Some((first, last)) => {
                let end = |id: ReportId| Bound::Included(Term::from_field_u64(schema.id, id.to_bits()));
                Box::new(RangeQuery::new(end(first), end(last)))
            }
            None => Box::new(EmptyQuery),
        },
        Query::Date(range) => dated(*range, schema),
        Query::And(parts) => conjunction(parts, schema, around),
        Query::Or(parts) => {
            let (leaves, others): (Vec<Query>, Vec<Query>) = parts.iter().cloned().partition(is_verified_leaf);
            let mut parts: Vec<Boxed> = others.iter().map(|part| within(part, schema, around)).collect();
            if !leaves.is_empty() {
                parts.push(verified(&leaves, schema, around));
            }
            Box::new(BooleanQuery::union(parts))
        }
        Query::Not(part) => Box::new(BooleanQuery::new(vec![
            (Occur::Must, around.map_or_else(|| Box::new(AllQuery) as Boxed, |query| query.box_clone())),
            (Occur::MustNot, excluded(part, schema, around)),
        ])),
    }
}

/// Compiles a conjunction. What the index alone can tell comes first. The leaves that must be verified are verified
/// together, on the reports that pass it, and whatever else holds such leaves on those that pass them too. That is never
/// asked around itself in turn: so the compiled query stays in proportion to the query.
fn conjunction(parts: &[Query], schema: &Schema, around: Option<&dyn TantivyQuery>) -> Boxed {
    let (told, to_verify): (Vec<&Query>, Vec<&Query>) = parts.iter().partition(|part| is_told_by_index(part));
    let (leaves, others): (Vec<&Query>, Vec<&Query>) = to_verify.into_iter().partition(|part| is_verified_leaf(part));
    let mut clauses: Vec<(Occur, Boxed)> = Vec::with_capacity(parts.len() + 1);
    for part in told {
        clauses.push(clause(part, schema, None));
    }
    let mut passed: Vec<Boxed> = around.map(|query| query.box_clone()).into_iter().collect();
    if !leaves.is_empty() || !others.is_empty() {
        let wanted = clauses.iter().filter(|(occur, _)| *occur == Occur::Must);
        passed.extend(wanted.map(|(_, query)| query.box_clone()));
    }
    let mut here = all_of(passed);
    if !leaves.is_empty() {
        let verified: Boxed = match all_held(&leaves, schema, here.as_deref()) {
            Some(leaf) => Box::new(Verified::any(vec![leaf], schema)),
            None => Box::new(EmptyQuery),
        };
        here = Some(verified.box_clone());
        clauses.push((Occur::Must, verified));
    }
    clauses.extend(others.into_iter().map(|part| clause(part, schema, here.as_deref())));
    // Tantivy's conjunction of exclusions alone is empty; ours is everything but them.
    if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        clauses.push((Occur::Must, Box::new(AllQuery)));
    }
    Box::new(BooleanQuery::new(clauses))
}

/// Compiles a part of a conjunction.
fn clause(part: &Query, schema: &Schema, around: Option<&dyn TantivyQuery>) -> (Occur, Boxed) {
    match part {
        Query::Not(part) => (Occur::MustNot, excluded(part, schema, around)),
        Query::Term(_)
        | Query::Wild(_)
        | Query::Near(_)
        | Query::Times(_)
        | Query::Pattern(..)
        | Query::Name(..)
        | Query::Keyword(..)
        | Query::Pages(_)
        | Query::Id(_)
        | Query::Date(_)
        | Query::And(_)
        | Query::Or(_) => (Occur::Must, within(part, schema, around)),
    }
}

/// Longer terms are verified: a phrase opens the postings of each of its characters.
const LONGEST_PHRASE: usize = 64;

/// Returns whether a query asks for one text alone, and the index alone tells which reports hold it: those that rank it
/// as typed.
pub fn is_one_text(query: &Query) -> bool {
    matches!(query, Query::Term(term) if Needle::new(&term.text).is_some_and(|needle| is_exact(term, &needle)))
}

/// Returns whether the index alone tells which reports hold a term.
fn is_exact(term: &QueryTerm, needle: &Needle) -> bool {
    let in_whole_parts = match term.scope {
        Scope::Bare | Scope::Part(_) | Scope::Everywhere => true,
        Scope::Narrow(_) => false,
    };
    let characters = needle.characters();
    let may_be_cut = [characters.first(), characters.last()].into_iter().flatten().any(|&c| is_spaced_script(c));
    in_whole_parts && !(term.whole && may_be_cut) && characters.len() <= LONGEST_PHRASE
}

fn is_told_by_index(query: &Query) -> bool {
    match query {
        Query::Term(term) => Needle::new(&term.text).is_none_or(|needle| is_exact(term, &needle)),
        Query::Wild(_) | Query::Near(_) | Query::Times(_) | Query::Pattern(..) => false,
        Query::Name(..) | Query::Keyword(..) | Query::Pages(_) | Query::Id(_) | Query::Date(_) => true,
        Query::And(parts) | Query::Or(parts) => parts.iter().all(is_told_by_index),
        Query::Not(part) => is_told_by_index(part),
    }
}

/// Returns whether a query is a leaf that must be verified on stored reports.
fn is_verified_leaf(query: &Query) -> bool {
    match query {
        Query::And(_) | Query::Or(_) | Query::Not(_) => false,
        leaf @ (Query::Term(_)
        | Query::Wild(_)
        | Query::Near(_)
        | Query::Times(_)
        | Query::Pattern(..)
        | Query::Name(..)
        | Query::Keyword(..)
        | Query::Pages(_)
        | Query::Id(_)
        | Query::Date(_)) => !is_told_by_index(leaf),
    }
}

/// Verifies alternatives, each on the reports that match its own candidate queries, and what is around.
fn verified(leaves: &[Query], schema: &Schema, around: Option<&dyn TantivyQuery>) -> Boxed {
    let leaves = leaves.iter().filter_map(|leaf| all_held(&[leaf], schema, around)).collect();
    Box::new(Verified::any(leaves, schema))
}

/// Returns the reports to verify for leaves that must all hold; `None` where one of them cannot.
fn all_held(leaves: &[&Query], schema: &Schema, around: Option<&dyn TantivyQuery>) -> Option<Leaf> {
    let verifiers = leaves.iter().map(|leaf| Verifier::new(leaf)).collect::<Option<Vec<_>>>()?;
    let mut queries: Vec<Boxed> = leaves.iter().flat_map(|leaf| candidates(leaf, schema)).collect();
    queries.extend(around.map(|query| query.box_clone()));
    let candidates = all_of(queries).unwrap_or_else(|| Box::new(AllQuery));
    Some(Leaf { candidates, verifiers: verifiers.into() })
}

/// Takes queries that must all match together; `None` where there are none.
fn all_of(mut queries: Vec<Boxed>) -> Option<Boxed> {
    if queries.len() < 2 { queries.pop() } else { Some(Box::new(BooleanQuery::intersection(queries))) }
}

/// Returns queries that all match wherever a leaf does.
fn candidates(leaf: &Query, schema: &Schema) -> Vec<Boxed> {
    match leaf {
        Query::Term(term) => {
            Needle::new(&term.text).map(|needle| ends(&needle, schema, term.scope)).into_iter().collect()
        }
        Query::Wild(wording) | Query::Times(Times { wording, .. }) => literals(std::slice::from_ref(wording), schema),
        Query::Near(near) => literals(&near.wordings, schema),
        Query::Pattern(pattern, scope) => {
            let required = pattern.required();
            let needles = required.iter().filter_map(|text| Needle::new(text));
            needles.map(|needle| ends(&needle, schema, *scope)).collect()
        }
        Query::Name(..)
        | Query::Keyword(..)
        | Query::Pages(_)
        | Query::Id(_)
        | Query::Date(_)
        | Query::And(_)
        | Query::Or(_)
        | Query::Not(_) => Vec::new(),
    }
}

/// Compiles the texts of wordings, each to the reports that hold it; the same text once.
fn literals(wordings: &[Wording], schema: &Schema) -> Vec<Boxed> {
    let mut seen = HashSet::new();
    let needles = wordings.iter().flat_map(Wording::pieces).filter_map(|piece| {
        let needle = Needle::new(&piece.text)?;
        seen.insert((needle.characters().to_vec(), piece.scope)).then_some((needle, piece.scope))
    });
    needles.map(|(needle, scope)| ends(&needle, schema, scope)).collect()
}

/// Compiles to the reports that hold a text or, where it is long, its two ends.
fn ends(needle: &Needle, schema: &Schema, scope: Scope) -> Boxed {
    let characters = needle.characters();
    if characters.len() <= LONGEST_PHRASE {
        return needle.query(schema, scope.parts());
    }
    let ends = [characters.get(..LONGEST_PHRASE / 2), characters.get(characters.len() - LONGEST_PHRASE / 2..)];
    let ends = ends.into_iter().flatten().filter_map(|end| Needle::new(&String::from_iter(end)));
    Box::new(BooleanQuery::intersection(ends.map(|end| end.query(schema, scope.parts())).collect()))
}

/// Compiles to the reports with a value that is asked whole; `?` is any one character.
fn value(field: Field, text: &str) -> Boxed {
    let folded = whole(text);
    if !folded.contains('?') {
        return exact(Term::from_field_text(field, &folded));
    }
    let mut expression = String::new();
    for c in folded.chars() {
        match c {
            '?' => expression.push('.'),
            c if c.is_ascii_punctuation() => expression.extend(['\\', c]),
            c => expression.push(c),
        }
    }
    RegexQuery::from_pattern(&expression, field).map_or_else(|_| Box::new(EmptyQuery) as Boxed, |query| Box::new(query))
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

fn excluded(query: &Query, schema: &Schema, around: Option<&dyn TantivyQuery>) -> Boxed {
    Box::new(Steady(within(query, schema, around)))
}

fn exact(term: Term) -> Boxed {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}
