//! The query language: text → tokens with spans → tree → canonical text, and dates as users type them.
//!
//! Knows the field table, not how anything is stored: it never opens an index.

pub mod dates;
mod display;
mod error;
mod leaf;
mod manual;
mod parse;
mod token;
pub mod vocabulary;
mod wording;

pub use dates::DateRange;
pub use error::QueryError;
pub use leaf::page;
pub use manual::{OPERATORS, OperatorRow, manual};
pub use parse::{Parsed, parse, parse_with};
pub use wording::{Near, Pages, Reach, Times, Wording};

use crate::article::fields::{Keyword, Narrow, TextField};
use crate::article::{Article, Role};
use crate::text::pattern::Pattern;

/// A query: what a report must be or hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// A text that must stand in the report as typed.
    Term(Term),
    /// A text with `?` in it.
    Wild(Wording),
    /// Texts near each other.
    Near(Near),
    /// A text that must stand there so often.
    Times(Times),
    /// A regular expression that some paragraph must match.
    Pattern(Pattern, Scope),
    /// A person who must be named; `?` is any one character.
    Name(Option<Role>, String),
    /// A value that a field must have; `?` is any one character.
    Keyword(Keyword, String),
    /// The pages, one of which it must stand on.
    Pages(Pages),
    /// What its id must begin with.
    Id(String),
    /// The span that the report's date must lie in.
    Date(DateRange),
    /// All of them; nothing asked if empty.
    And(Vec<Query>),
    /// At least one of them.
    Or(Vec<Query>),
    /// Not this.
    Not(Box<Query>),
}

/// A text and the parts of a report to look for it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The text as typed, quotes taken off.
    pub text: String,
    /// Where to look.
    pub scope: Scope,
    /// Whether a Latin word or a number at either end of it must be whole: AI not in RAID, 26 not in 2026.
    pub whole: bool,
}

impl Term {
    /// Makes a term that may stand inside a word.
    #[must_use]
    pub fn new(text: &str, scope: Scope) -> Self {
        Self { text: text.to_owned(), scope, whole: false }
    }
}

/// The parts of a report that a term is looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Headline, decks, body: a bare term.
    Bare,
    /// One part.
    Part(TextField),
    /// Some pieces of one part.
    Narrow(Narrow),
    /// Every part, furniture included: a literal search.
    Everywhere,
}

impl Scope {
    /// Returns the parts.
    #[must_use]
    pub fn parts(self) -> &'static [TextField] {
        let part = match self {
            Self::Bare => return &TextField::BARE,
            Self::Everywhere => return &TextField::ALL,
            Self::Part(part) => part,
            Self::Narrow(narrow) => narrow.part(),
        };
        match part {
            TextField::Title => &[TextField::Title],
            TextField::Deck => &[TextField::Deck],
            TextField::Body => &[TextField::Body],
            TextField::Furniture => &[TextField::Furniture],
        }
    }

    /// Returns whether a piece of a part of a report is looked at, the one at a place, from 0.
    #[must_use]
    pub fn holds(self, article: &Article, part: TextField, place: usize) -> bool {
        self.parts().contains(&part)
            && match self {
                Self::Narrow(narrow) => narrow.holds(article, place),
                Self::Bare | Self::Part(_) | Self::Everywhere => true,
            }
    }
}

impl Query {
    /// Returns a query for one text as it stands, in every part of a report.
    #[must_use]
    pub fn literal(text: &str) -> Self {
        Self::Term(Term::new(text, Scope::Everywhere))
    }

    /// Returns both queries as one.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let mut all = self.conjuncts();
        all.extend(other.conjuncts());
        if all.len() == 1 { all.pop().unwrap_or(Self::And(Vec::new())) } else { Self::And(all) }
    }

    /// Returns the parts of the outermost conjunction; a query that is none is its only part.
    #[must_use]
    pub fn conjuncts(self) -> Vec<Self> {
        match self {
            Self::And(parts) => parts,
            one @ (Self::Term(_)
            | Self::Wild(_)
            | Self::Near(_)
            | Self::Times(_)
            | Self::Pattern(..)
            | Self::Name(..)
            | Self::Keyword(..)
            | Self::Pages(_)
            | Self::Id(_)
            | Self::Date(_)
            | Self::Or(_)
            | Self::Not(_)) => vec![one],
        }
    }

    /// Returns whether it asks nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().all(Self::is_empty),
            Self::Term(_)
            | Self::Wild(_)
            | Self::Near(_)
            | Self::Times(_)
            | Self::Pattern(..)
            | Self::Name(..)
            | Self::Keyword(..)
            | Self::Pages(_)
            | Self::Id(_)
            | Self::Date(_)
            | Self::Not(_) => false,
        }
    }

    /// Returns the terms that a report should hold, in the order typed, those of wordings included; those that it must
    /// not hold are left out.
    #[must_use]
    pub fn terms(&self) -> Vec<&Term> {
        let mut terms = Vec::new();
        self.collect_terms(&mut terms);
        terms
    }

    fn collect_terms<'a>(&'a self, terms: &mut Vec<&'a Term>) {
        match self {
            Self::Term(term) => terms.push(term),
            Self::Wild(wording) => terms.extend(wording.pieces()),
            Self::Near(near) => terms.extend(near.wordings.iter().flat_map(Wording::pieces)),
            Self::Times(times) => terms.extend(times.wording.pieces()),
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.collect_terms(terms)),
            Self::Pattern(..)
            | Self::Name(..)
            | Self::Keyword(..)
            | Self::Pages(_)
            | Self::Id(_)
            | Self::Date(_)
            | Self::Not(_) => {}
        }
    }

    /// Changes every term of it, excluded ones and those of wordings included, and every scope of its patterns.
    pub fn for_each_text(&mut self, change: &mut impl FnMut(&mut Scope, Option<&mut bool>)) {
        let mut each = |term: &mut Term| change(&mut term.scope, Some(&mut term.whole));
        match self {
            Self::Term(term) => each(term),
            Self::Wild(wording) | Self::Times(Times { wording, .. }) => wording.pieces_mut().iter_mut().for_each(each),
            Self::Near(near) => near.wordings.iter_mut().flat_map(Wording::pieces_mut).for_each(each),
            Self::Pattern(_, scope) => change(scope, None),
            Self::And(parts) | Self::Or(parts) => parts.iter_mut().for_each(|part| part.for_each_text(change)),
            Self::Not(part) => part.for_each_text(change),
            Self::Name(..) | Self::Keyword(..) | Self::Pages(_) | Self::Id(_) | Self::Date(_) => {}
        }
    }

    /// Returns whether some part of it is about text, wanted or not.
    #[must_use]
    pub fn has_text(&self) -> bool {
        match self {
            Self::Term(_) | Self::Wild(_) | Self::Near(_) | Self::Times(_) | Self::Pattern(..) => true,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::has_text),
            Self::Not(part) => part.has_text(),
            Self::Name(..) | Self::Keyword(..) | Self::Pages(_) | Self::Id(_) | Self::Date(_) => false,
        }
    }
}
