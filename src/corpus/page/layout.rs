//! How the page as a whole is laid out, which decides what indents and blank lines mean on it.

use super::blocks::Block;
use super::classify::Sort;
use super::marks::Ending;

/// What indents say on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Indents {
    /// Nothing is indented.
    None,
    /// Everything is.
    All,
    /// Paragraphs are indented; headlines, and what carries on a paragraph, stand flush.
    Paragraphs,
}

/// What blank lines say on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Blanks {
    /// There are none to speak of.
    None,
    /// They part reports, or the parts of reports.
    Between,
    /// They stand after every line and say nothing.
    Everywhere,
}

/// The layout of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    /// What indents say.
    pub(super) indents: Indents,
    /// What blank lines say.
    pub(super) blanks: Blanks,
    /// How many reports begin with a lead-in.
    pub(super) lead_ins: usize,
    /// Whether paragraphs are broken by columns.
    pub(super) is_broken: bool,
}

/// Blocks of this many characters are hardly headlines.
const BODY_LENGTH: usize = 45;

impl Layout {
    /// Finds the layout of a page.
    pub(super) fn of(blocks: &[Block<'_>], sorts: &[Sort]) -> Self {
        let is_text = |sort: &Sort| matches!(sort, Sort::Text | Sort::LeadIn(_) | Sort::ListItem | Sort::Caption);
        let texts = || blocks.iter().zip(sorts).filter(|(_, sort)| is_text(sort)).map(|(block, _)| block);
        let count = texts().count();
        let indented = texts().filter(|block| block.indented).count();
        let indents = match indented {
            0 => Indents::None,
            _ if indented == count => Indents::All,
            _ if indented * 10 < count => Indents::None,
            _ => Indents::Paragraphs,
        };
        let gaps = blocks.iter().skip(1).filter(|block| block.blanks > 0).count();
        let blanks = match (gaps, blocks.len().saturating_sub(1)) {
            (0, _) => Blanks::None,
            (gaps, all) if gaps * 10 >= all * 7 => Blanks::Everywhere,
            _ => Blanks::Between,
        };
        let lead_ins = sorts.iter().filter(|sort| matches!(sort, Sort::LeadIn(_))).count();
        Self { indents, blanks, lead_ins, is_broken: count_breaks(blocks, sorts, indents) * 60 > count }
    }
}

/// How many long blocks break off in the middle of a sentence, so that the next one must carry them on.
fn count_breaks(blocks: &[Block<'_>], sorts: &[Sort], indents: Indents) -> usize {
    let pairs = blocks.iter().zip(sorts).zip(blocks.iter().zip(sorts).skip(1));
    pairs
        .filter(|((block, sort), (next, next_sort))| {
            matches!(sort, Sort::Text | Sort::LeadIn(_))
                && matches!(next_sort, Sort::Text | Sort::Caption)
                && block.length >= BODY_LENGTH
                && matches!(block.ending, Ending::Comma | Ending::Word)
                && !(indents != Indents::None && next.indented)
        })
        .count()
}
