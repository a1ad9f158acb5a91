//! A query as Tantivy's: which reports match, without any order.

use super::occurrence::Needle;
use super::schema::{Schema, UNDATED, day_number};
use super::steady::Steady;
use super::tokens::whole;
use super::verified::Verified;
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
            Some(needle) => verified(query, vec![ends(&needle, schema, term.scope)], schema, around),
            None => Box::new(EmptyQuery),
        },
        Query::Wild(wording) | Query::Times(Times { wording, .. }) => {
            verified(query, literals(std::slice::from_ref(wording), schema), schema, around)
        }
        Query::Near(near) => verified(query, literals(&near.wordings, schema), schema, around),
        Query::Pattern(pattern, scope) => {
            let required = pattern.required();
            let needles = required.iter().filter_map(|text| Needle::new(text));
            verified(query, needles.map(|needle| ends(&needle, schema, *scope)).collect(), schema, around)
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
            Box::new(BooleanQuery::union(parts.iter().map(|part| within(part, schema, around)).collect()))
        }
        Query::Not(part) => Box::new(BooleanQuery::new(vec![
            (Occur::Must, around.map_or_else(|| Box::new(AllQuery) as Boxed, |query| query.box_clone())),
            (Occur::MustNot, excluded(part, schema, around)),
        ])),
    }
}

/// Compiles a conjunction. What the index alone can tell comes first, and what must be verified is only asked of
/// reports that pass it and everything wanted before.
fn conjunction(parts: &[Query], schema: &Schema, around: Option<&dyn TantivyQuery>) -> Boxed {
    let (told, to_verify): (Vec<&Query>, Vec<&Query>) = parts.iter().partition(|part| is_told_by_index(part));
    let verifies = !to_verify.is_empty();
    let mut clauses: Vec<(Occur, Boxed)> = Vec::with_capacity(parts.len() + 1);
    let mut passed: Vec<Boxed> = around.map(|query| query.box_clone()).into_iter().collect();
    let in_order = told.into_iter().map(|part| (part, false)).chain(to_verify.into_iter().map(|part| (part, true)));
    for (part, is_to_verify) in in_order {
        let here = (is_to_verify && !passed.is_empty())
            .then(|| BooleanQuery::intersection(passed.iter().map(|query| query.box_clone()).collect()));
        let here = here.as_ref().map(|query| query as &dyn TantivyQuery);
        match part {
            Query::Not(part) => clauses.push((Occur::MustNot, excluded(part, schema, here))),
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
            | Query::Or(_) => {
                let wanted = within(part, schema, here);
                if verifies {
                    passed.push(wanted.box_clone());
                }
                clauses.push((Occur::Must, wanted));
            }
        }
    }
    // Tantivy's conjunction of exclusions alone is empty; ours is everything but them.
    if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        clauses.push((Occur::Must, Box::new(AllQuery)));
    }
    Box::new(BooleanQuery::new(clauses))
}

/// Longer terms are verified: a phrase opens the postings of each of its characters.
const LONGEST_PHRASE: usize = 64;

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

/// Verifies a leaf on the reports that match every candidate query, and what is around.
fn verified(leaf: &Query, candidates: Vec<Boxed>, schema: &Schema, around: Option<&dyn TantivyQuery>) -> Boxed {
    let Some(verifier) = Verifier::new(leaf) else { return Box::new(EmptyQuery) };
    let mut candidates: Vec<Boxed> = candidates.into_iter().chain(around.map(|query| query.box_clone())).collect();
    let only = if candidates.len() < 2 { candidates.pop() } else { None };
    let candidates = only.unwrap_or_else(|| match candidates.is_empty() {
        true => Box::new(AllQuery) as Boxed,
        false => Box::new(BooleanQuery::intersection(candidates)),
    });
    Box::new(Verified::new(candidates, verifier, schema))
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
