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

#[cfg(test)]
mod tests {
    use super::super::page::Page;
    use super::*;

    #[test]
    fn indents_and_blank_lines_are_told_by_how_many_lines_have_them() {
        let line = "两岸的居民说，河道清了，水也活了。";
        for (page, indents, blanks) in [
            (format!("河灯\n{line}\n{line}\n"), Indents::None, Blanks::None),
            (format!("河灯\n\n{line}\n\n{line}\n"), Indents::None, Blanks::Everywhere),
            (format!("河灯\n　　{line}\n　　{line}\n\n石桥\n　　{line}\n"), Indents::Paragraphs, Blanks::Between),
            (format!("　　河灯\n　　{line}\n"), Indents::All, Blanks::None),
        ] {
            let layout = Page::of(&page).layout;
            assert_eq!((layout.indents, layout.blanks), (indents, blanks), "{page}");
        }
    }

    #[test]
    fn a_page_is_broken_where_long_lines_stop_in_mid_sentence() {
        let open = "两岸的居民说，河道清了，水也活了，晚饭后沿着新修的堤岸走一圈，看看水边新栽的柳树和桥下往来的小船，已经成了许多人每天的习";
        assert!(Page::of(&format!("河灯\n\n{open}\n\n惯。\n\n{open}惯。\n")).layout.is_broken);
        assert!(!Page::of(&format!("河灯\n\n{open}惯。\n\n{open}惯。\n")).layout.is_broken);
    }
}
