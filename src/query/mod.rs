//! The query language: text → tokens with spans → tree → canonical text, and dates as users type them.
//!
//! Knows the field table, not how anything is stored: it never opens an index.

pub mod dates;
mod display;
mod error;
mod parse;
mod token;

pub use dates::DateRange;
pub use error::QueryError;
pub use parse::{Parsed, parse};

use crate::article::Role;
use crate::article::fields::{Keyword, TextField};

/// A query: what a report must be or hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// A text that must stand in the report as typed.
    Term(Term),
    /// A person who must be named.
    Name(Option<Role>, String),
    /// A value that a field must have.
    Keyword(Keyword, String),
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
}

/// The parts of a report that a term is looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Headline, decks, body: a bare term.
    Bare,
    /// One part.
    Part(TextField),
    /// Every part, furniture included: a literal search.
    Everywhere,
}

impl Scope {
    /// Returns the parts.
    #[must_use]
    pub fn parts(self) -> &'static [TextField] {
        match self {
            Self::Bare => &TextField::BARE,
            Self::Part(TextField::Title) => &[TextField::Title],
            Self::Part(TextField::Deck) => &[TextField::Deck],
            Self::Part(TextField::Body) => &[TextField::Body],
            Self::Part(TextField::Furniture) => &[TextField::Furniture],
            Self::Everywhere => &TextField::ALL,
        }
    }
}

impl Query {
    /// Returns a query for one text as it stands, in every part of a report.
    #[must_use]
    pub fn literal(text: &str) -> Self {
        Self::Term(Term { text: text.to_owned(), scope: Scope::Everywhere })
    }

    /// Returns both queries as one.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let parts = |query| match query {
            Self::And(parts) => parts,
            one @ (Self::Term(_) | Self::Name(..) | Self::Keyword(..) | Self::Date(_) | Self::Or(_) | Self::Not(_)) => {
                vec![one]
            }
        };
        let mut all = parts(self);
        all.extend(parts(other));
        if all.len() == 1 { all.pop().unwrap_or(Self::And(Vec::new())) } else { Self::And(all) }
    }

    /// Returns whether it asks nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().all(Self::is_empty),
            Self::Term(_) | Self::Name(..) | Self::Keyword(..) | Self::Date(_) | Self::Not(_) => false,
        }
    }

    /// Returns the terms that a report should hold, in the order typed; those that it must not hold are left out.
    #[must_use]
    pub fn terms(&self) -> Vec<&Term> {
        let mut terms = Vec::new();
        self.collect_terms(&mut terms);
        terms
    }

    fn collect_terms<'a>(&'a self, terms: &mut Vec<&'a Term>) {
        match self {
            Self::Term(term) => terms.push(term),
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.collect_terms(terms)),
            Self::Name(..) | Self::Keyword(..) | Self::Date(_) | Self::Not(_) => {}
        }
    }

    /// Returns whether some part of it is about text, wanted or not.
    #[must_use]
    pub fn has_text(&self) -> bool {
        match self {
            Self::Term(_) => true,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::has_text),
            Self::Not(part) => part.has_text(),
            Self::Name(..) | Self::Keyword(..) | Self::Date(_) => false,
        }
    }
}
