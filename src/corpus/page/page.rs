//! A page cut into blocks, each with its sort, and what can be asked about them.

use super::blocks::{Block, blocks};
use super::classify::{Sort, is_list_item, may_be_name, sort_of};
use super::furniture::Furniture;
use super::header::{Label, label};
use super::layout::Layout;
use super::marks::Ending;
use super::parts::{part_jump_marks, part_labels, part_repeated_title, site_name, trim_dashes};
use super::signs::{BOTH_WORDS, lead_in_of};
use super::wrap::unwrap_lines;
use crate::corpus::byline::read_byline_line;
use std::collections::HashMap;

/// A page cut into blocks.
#[derive(Debug)]
pub(super) struct Page<'t> {
    blocks: Vec<Block<'t>>,
    sorts: Vec<Sort>,
    in_list: Vec<bool>,
    /// The names of web sites that headlines of this page end in: -新河网.
    site_names: Vec<String>,
    /// How the page is laid out.
    pub(super) layout: Layout,
}

/// A caption with its credit on the next line is not longer.
const LONGEST_CAPTION: usize = 260;
/// A text line this short may be one of a list, table or verse.
const LIST_LINE: usize = 70;
/// So many in a row are one.
const LIST_LINES: usize = 3;
/// Lines this short in a row are verse or a table however they end.
const VERSE_LINE: usize = 20;
/// So many in a row are.
const VERSE_LINES: usize = 4;

impl<'t> Page<'t> {
    /// Cuts a text into blocks and looks at each.
    pub(super) fn of(text: &'t str) -> Self {
        let blocks = part_jump_marks(part_repeated_title(part_labels(unwrap_lines(blocks(text)))));
        let has_labels = blocks.iter().any(|block| matches!(label(&block.text), Some((Label::Title, _))));
        let mut sorts: Vec<Sort> = blocks.iter().map(sort_of).collect();
        if !has_labels {
            for (sort, block) in sorts.iter_mut().zip(&blocks) {
                if matches!(sort, Sort::Label(_)) {
                    *sort = if is_list_item(&block.text) { Sort::ListItem } else { Sort::Text };
                }
            }
        }
        unmark_arrow_lists(&blocks, &mut sorts);
        let layout = Layout::of(&blocks, &sorts);
        let in_list = lists(&blocks, &sorts);
        let site_names = site_names(&blocks);
        Self { blocks, sorts, in_list, site_names, layout }
    }

    /// Returns how many blocks there are.
    pub(super) fn len(&self) -> usize {
        self.blocks.len()
    }

    /// Returns a block.
    pub(super) fn block(&self, at: usize) -> Option<&Block<'t>> {
        self.blocks.get(at)
    }

    /// Returns the sort of a block.
    pub(super) fn sort(&self, at: usize) -> Option<&Sort> {
        self.sorts.get(at)
    }

    /// Returns whether a block is a line of a list, table or verse.
    pub(super) fn is_in_list(&self, at: usize) -> bool {
        self.in_list.get(at).copied().unwrap_or_default()
    }

    /// Returns whether a block is a note that a picture stands beside.
    pub(super) fn is_picture_note(&self, at: usize) -> bool {
        self.sort(at) == Some(&Sort::Furniture(Furniture::PictureNote))
    }

    /// Returns whether a block is the text of a picture, by itself or by the credit on the next line.
    pub(super) fn is_caption_text(&self, at: usize) -> bool {
        let Some(block) = self.block(at) else { return false };
        match self.sort(at) {
            Some(Sort::Caption) => true,
            Some(Sort::Text | Sort::ListItem) => {
                let mut behind = at + 1;
                while self.is_picture_note(behind) {
                    behind += 1;
                }
                self.sort(behind) == Some(&Sort::Credit)
                    && !self.signs_report(behind)
                    && block.length <= LONGEST_CAPTION
            }
            _ => false,
        }
    }

    /// Returns whether a credit is that of a whole report with its pictures (文/图, 摄影报道), not of one picture.
    pub(super) fn signs_report(&self, at: usize) -> bool {
        let is_for_both = |block: &Block<'_>| BOTH_WORDS.iter().any(|form| block.text.contains(form));
        let is_after_caption = at.checked_sub(1).and_then(|before| self.sort(before)) == Some(&Sort::Caption);
        !is_after_caption && self.block(at).is_some_and(is_for_both)
    }

    /// Returns whether a line that looks like any short line is an author's name, for the text that follows it.
    pub(super) fn is_name_line(&self, at: usize) -> bool {
        let (Some(block), Some(next)) = (self.block(at), self.block(at + 1)) else { return false };
        self.sort(at) == Some(&Sort::Text)
            && next.length >= LIST_LINE
            && may_be_name(&block.text)
            && read_byline_line(&block.text).is_some()
    }

    /// Returns the place of the dateline that a block begins with.
    pub(super) fn dateline_place(&self, at: usize) -> Option<String> {
        let text = matches!(self.sort(at)?, Sort::LeadIn(_)).then(|| self.block(at))??;
        lead_in_of(&text.text)?.place
    }

    /// Returns whether a block ends in the name of the web site: 河灯会开幕-新河网.
    pub(super) fn has_site_name(&self, at: usize) -> bool {
        self.block(at).is_some_and(|block| self.without_site_name(&block.text).1.is_some())
    }

    /// Parts a headline from the name of the web site behind it.
    pub(super) fn without_site_name<'a>(&self, text: &'a str) -> (&'a str, Option<&'a str>) {
        match site_name(text) {
            Some((head, name)) if self.site_names.iter().any(|known| known == trim_dashes(name)) => (head, Some(name)),
            _ => (text, None),
        }
    }
}

/// A line that begins with an arrow is the text of a picture (▲河灯点亮), unless its neighbours begin with one too.
fn unmark_arrow_lists(blocks: &[Block<'_>], sorts: &mut [Sort]) {
    let is_arrowed =
        |at: Option<usize>| at.and_then(|at| blocks.get(at)).is_some_and(|block| block.text.starts_with('▲'));
    for (at, sort) in sorts.iter_mut().enumerate() {
        if *sort == Sort::Caption && is_arrowed(Some(at)) && (is_arrowed(at.checked_sub(1)) || is_arrowed(Some(at + 1)))
        {
            *sort = Sort::ListItem;
        }
    }
}

/// Marks the lines of lists, tables and verse: several short ones in a row that end without a full stop.
fn lists(blocks: &[Block<'_>], sorts: &[Sort]) -> Vec<bool> {
    let is_line =
        |block: &Block<'_>, sort: &Sort| matches!(sort, Sort::Text | Sort::ListItem) && block.length < LIST_LINE;
    let mut marks = vec![false; blocks.len()];
    let mut mark_runs = |belongs: &dyn Fn(&Block<'_>, &Sort) -> bool, least: usize| {
        let mut start = 0;
        for at in 0..=blocks.len() {
            let belongs_here = blocks.get(at).zip(sorts.get(at)).is_some_and(|(block, sort)| belongs(block, sort));
            if !belongs_here {
                if at - start >= least {
                    marks.iter_mut().take(at).skip(start).for_each(|mark| *mark = true);
                }
                start = at + 1;
            }
        }
    };
    mark_runs(&|block, sort| is_line(block, sort) && block.ending != Ending::Stop, LIST_LINES);
    mark_runs(&|block, sort| is_line(block, sort) && block.length < VERSE_LINE, VERSE_LINES);
    marks
}

/// The names of web sites that lines of the page end in: one that two lines share, or that follows the first line
/// with an underscore.
fn site_names(blocks: &[Block<'_>]) -> Vec<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for block in blocks.iter().filter(|block| block.length <= 80) {
        if let Some((_, name)) = site_name(&block.text) {
            *counts.entry(trim_dashes(name)).or_default() += 1;
        }
    }
    let first = blocks.iter().take(1).filter_map(|block| site_name(&block.text)).map(|(_, name)| name);
    let of_first =
        first.filter(|name| name.trim_start().starts_with('_') || trim_dashes(name).ends_with('网')).map(trim_dashes);
    let shared = counts
        .iter()
        .filter(|&(name, &count)| count >= 2 && name.ends_with(['网', '报', '社', '站']))
        .map(|(name, _)| *name);
    let mut names: Vec<String> = of_first.chain(shared).map(str::to_owned).collect();
    names.sort_unstable();
    names.dedup();
    names
}
