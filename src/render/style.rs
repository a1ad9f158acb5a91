//! What a piece of output is, and how that looks: the only place that knows escape codes.

use crate::text::terminal::harmless;

/// What a piece of output is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// A headline.
    Title,
    /// A match of the text as typed.
    Match,
    /// A match of a word, in a loosened search.
    Word,
    /// A date.
    Date,
    /// A name of a person.
    Name,
    /// What is beside the point: ids, paths, ellipses.
    Dim,
    /// A label of a field.
    Label,
    /// Everything else.
    Plain,
}

/// How output looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether to colour.
    pub colour: bool,
    /// Whether the output is a terminal, so that it must be kept from steering it.
    pub terminal: bool,
    /// How many columns lines may take; `None`: as long as they are.
    pub columns: Option<usize>,
}

impl Style {
    /// Output for a pipe or a file.
    pub const PIPE: Self = Self { colour: false, terminal: false, columns: None };

    /// Returns a text of others as it may be shown.
    #[must_use]
    pub fn safe(self, text: &str) -> String {
        if self.terminal { harmless(text) } else { text.to_owned() }
    }

    /// Returns a text of others as it may be shown, coloured as what it is.
    #[must_use]
    pub fn paint(self, paint: Paint, text: &str) -> String {
        self.coloured(paint, &self.safe(text))
    }

    /// Returns a text coloured as what it is.
    #[must_use]
    pub fn coloured(self, paint: Paint, text: &str) -> String {
        let code = match paint {
            Paint::Title => "1",
            Paint::Match => "1;31",
            Paint::Word => "31",
            Paint::Date => "32",
            Paint::Name => "36",
            Paint::Dim | Paint::Label => "2",
            Paint::Plain => "",
        };
        if self.colour && !code.is_empty() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}
