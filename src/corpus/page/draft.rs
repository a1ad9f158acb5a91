//! A report while it is being read: which blocks are its headline, its text and its furniture.

use super::classify::Sort;
use super::layout::Indents;
use super::marks::Ending;
use super::page::Page;
use crate::article::Kind;

/// A report as the numbers of its blocks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Draft {
    /// What sort of item it is.
    pub(super) kind: Kind,
    /// The line that names the column of a brief.
    pub(super) column: Option<usize>,
    /// The lines of the headline.
    pub(super) headline: Vec<usize>,
    /// Text between headline and byline that sums the report up.
    pub(super) standfirst: Vec<usize>,
    /// The paragraphs, each as the blocks it was broken into.
    pub(super) paragraphs: Vec<Vec<usize>>,
    /// What belongs to the page.
    pub(super) furniture: Vec<usize>,
}

impl Draft {
    /// Returns whether it has neither headline nor text.
    pub(super) fn is_empty(&self) -> bool {
        self.headline.is_empty() && self.standfirst.is_empty() && self.paragraphs.is_empty()
    }
}

/// Moves section heads with no text below them to the furniture: the last short line of a report is none.
pub(super) fn drop_dangling_heads(page: &Page<'_>, draft: &mut Draft) {
    const HEAD: usize = 16;
    if page.layout.indents == Indents::Paragraphs || draft.kind != Kind::Article {
        return;
    }
    while draft.paragraphs.len() > 1 {
        let Some([last]) = draft.paragraphs.last().map(Vec::as_slice) else { return };
        let is_head = page.block(*last).is_some_and(|block| block.length <= HEAD && block.ending == Ending::Word)
            && page.sort(*last) == Some(&Sort::Text)
            && !page.is_in_list(*last);
        if !is_head {
            return;
        }
        draft.furniture.push(*last);
        draft.paragraphs.pop();
    }
}
