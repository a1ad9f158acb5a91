//! Whether a block carries on the paragraph before it, and how the pieces are put together.

use super::blocks::Block;
use super::layout::{Indents, Layout};
use super::marks::{Ending, begins_inside, is_han, unclosed};
use super::word_test::word_spans;

/// A paragraph as far as it has been read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paragraph<'p, 't> {
    /// Its last block.
    pub(super) last: &'p Block<'t>,
    /// How many characters it has in all.
    pub(super) length: usize,
    /// Whether it is only a dateline, so that the news must follow.
    pub(super) is_bare_dateline: bool,
    /// Whether its last block begins with a lead-in, so that it is text however short.
    pub(super) is_lead_in: bool,
    /// Whether it stands among lines of a list, table or verse.
    pub(super) is_in_list: bool,
}

/// An open paragraph this long is no headline and no line of a list.
const LONG: usize = 40;
/// On a page broken by columns, an open block this long is body text even where nothing else shows it.
const PIECE: usize = 18;

/// Returns whether `next`, which is plain text, carries on the paragraph.
pub(super) fn carries_on(paragraph: Paragraph<'_, '_>, next: &Block<'_>, layout: Layout) -> bool {
    let last = paragraph.last;
    if paragraph.is_bare_dateline || begins_inside(&next.text) || last.ending == Ending::Opener {
        return true;
    }
    let spans = || word_spans(&last.text, &next.text);
    let is_new_by_indent = next.indented && layout.indents != Indents::None;
    let is_on_by_indent = !next.indented && layout.indents == Indents::Paragraphs;
    match last.ending {
        Ending::Stop => is_on_by_indent && layout.is_broken && paragraph.length >= PIECE,
        Ending::Colon | Ending::Semicolon | Ending::Dash => is_on_by_indent && layout.is_broken,
        Ending::Bracket => is_on_by_indent && layout.is_broken && paragraph.length >= LONG,
        _ if paragraph.is_in_list && !is_on_by_indent => false,
        Ending::Comma if is_new_by_indent => paragraph.length >= LONG && spans(),
        Ending::Comma => true,
        Ending::Quote => paragraph.length >= LONG && (is_on_by_indent || (!is_new_by_indent && layout.is_broken)),
        Ending::Word | Ending::Opener => {
            if is_new_by_indent {
                paragraph.length >= LONG && spans()
            } else if paragraph.is_lead_in
                || paragraph.length >= LONG
                || (layout.is_broken && paragraph.length >= PIECE)
            {
                true
            } else {
                unclosed(&last.text) > 0 || spans()
            }
        }
    }
}

/// Returns the pieces of a paragraph put together: nothing between Chinese characters, a space between Latin words.
pub(super) fn join<'t>(pieces: impl Iterator<Item = &'t str>) -> String {
    let mut whole = String::new();
    for piece in pieces {
        let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && !is_han(c));
        if is_latin(whole.chars().next_back()) && is_latin(piece.chars().next()) {
            whole.push(' ');
        }
        whole.push_str(piece);
    }
    whole
}
