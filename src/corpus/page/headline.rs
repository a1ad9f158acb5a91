//! Whether blocks are a headline, and which of its lines is what.

use super::blocks::Block;
use super::classify::{Rest, Sort};
use super::furniture::{Furniture, jump};
use super::layout::{Blanks, Indents};
use super::marks::Ending;
use super::page::Page;
use super::signs::closes_report;
use super::title::column;
use std::ops::Range;

/// A headline found: its lines stand from the block asked about up to `end`, notes between them included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Heading {
    /// The first block behind it.
    pub(super) end: usize,
}

/// What has been read before a block that may be a headline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// Nothing: the page begins here.
    Nothing,
    /// Only furniture and the lines of another headline.
    Headline,
    /// A paragraph in the middle of a sentence.
    OpenText,
    /// A whole paragraph.
    Text,
    /// A sign that the report is over: its makers' names, an end mark, a credit, a jump mark.
    End,
}

/// A headline is hardly longer than this, in characters.
const LONGEST: usize = 48;
/// One that white space sets off may be longer.
const LONGEST_SET_OFF: usize = 70;
/// A headline has at most so many lines.
const LINES: usize = 3;
/// As much evidence as a headline needs.
const ENOUGH: i32 = 2;

/// What stands behind a run of lines that may be a headline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Follow {
    LeadIn,
    Byline,
    Picture,
    Text { indented: bool, is_long: bool },
    Label,
    End,
}

/// Finds a headline that begins with block `at`.
pub(super) fn heading(page: &Page<'_>, at: usize, before: impl FnOnce() -> Before) -> Option<Heading> {
    let first = page.block(at)?;
    if !has_shape(page, at, true) {
        return None;
    }
    let before = before();
    if first.text.starts_with("——") && before != Before::Nothing {
        return None;
    }
    let end = run_end(page, at);
    let follow = follow(page, end);
    (evidence(page, at..end, first, before, follow) >= ENOUGH).then_some(Heading { end })
}

/// Weighs what speaks for a headline and what against.
fn evidence(page: &Page<'_>, lines: Range<usize>, first: &Block<'_>, before: Before, follow: Follow) -> i32 {
    let (at, end) = (lines.start, lines.end);
    let layout = page.layout;
    let has_several = layout.lead_ins >= 2 || layout.blanks == Blanks::Between && layout.indents == Indents::Paragraphs;
    let mut weight = match follow {
        Follow::LeadIn => 4,
        Follow::Byline => 3,
        Follow::Picture => 1,
        Follow::Text { is_long: true, .. } => 0,
        Follow::Text { .. } => -1,
        Follow::Label | Follow::End => -3,
    };
    weight += match before {
        Before::Nothing => 5,
        Before::End if has_several => 2,
        Before::End => 1,
        Before::Text | Before::Headline => 0,
        Before::OpenText => -2,
    };
    if page.has_site_name(at) {
        weight += 5;
    }
    if first.ending == Ending::Stop && first.blanks == 0 {
        weight -= 2;
    }
    if ends_in_picture_note(&first.text) {
        weight += 4;
    }
    // A column named behind the headline, or a deck with a dash under it, stands over no mere section.
    let lines = || (at..end).filter_map(|line| page.block(line));
    if lines().any(|line| line.text.ends_with(['）', ')']) && column(&line.text).is_some()) {
        weight += 2;
    }
    if lines().skip(1).any(|line| line.text.starts_with("——")) {
        weight += 2;
    }
    weight += match layout.indents {
        Indents::Paragraphs if first.indented => -5,
        Indents::Paragraphs => match follow {
            Follow::Text { indented: true, .. } | Follow::LeadIn | Follow::Byline | Follow::Picture => 3,
            _ => -1,
        },
        Indents::All | Indents::None => 0,
    };
    weight += match layout.blanks {
        Blanks::Between if first.blanks > 0 => 3,
        Blanks::Between if before != Before::Nothing => -2,
        Blanks::Everywhere if first.blanks > 1 => 2,
        _ => 0,
    };
    if layout.indents == Indents::None && !layout.is_broken && layout.lead_ins >= 3 {
        weight += 2;
    }
    if first.length > 40 || (first.length > 14 && first.text.contains(['，', ',']) && follow != Follow::LeadIn) {
        weight -= 1;
    }
    weight
}

/// Whether a block can be a line of a headline for how it looks.
fn has_shape(page: &Page<'_>, at: usize, is_first: bool) -> bool {
    let (Some(block), Some(sort)) = (page.block(at), page.sort(at)) else { return false };
    if *sort != Sort::Text || block.length < 2 || block.has_inner_stop || is_standfirst_head(&block.text) {
        return false;
    }
    let is_set_off = match (page.layout.indents, page.layout.blanks) {
        (Indents::Paragraphs, _) => !block.indented,
        (_, Blanks::Between) => block.blanks > 0,
        _ => false,
    };
    let longest = if is_set_off || !is_first || page.has_site_name(at) { LONGEST_SET_OFF } else { LONGEST };
    if block.length > longest {
        return false;
    }
    match block.ending {
        Ending::Word | Ending::Quote | Ending::Dash => true,
        Ending::Bracket => !closes_report(&block.text),
        Ending::Stop if ends_sentence(&block.text) => {
            page.layout.blanks == Blanks::Between && block.blanks > 0 && is_set_off && block.length <= 24
        }
        Ending::Stop => !closes_report(&block.text),
        Ending::Colon => is_first && (is_set_off || at == 0),
        Ending::Comma | Ending::Semicolon | Ending::Opener => false,
    }
}

/// What stands over a standfirst or a note of the editors: part of the text, never of the headline.
const STANDFIRST_HEADS: &[&str] = &[
    "核心阅读",
    "核心提示",
    "阅读提示",
    "内容提要",
    "内容导读",
    "开栏的话",
    "编者按",
    "编者的话",
    "引言",
    "导读",
    "新闻背景",
    "链接",
];

fn is_standfirst_head(text: &str) -> bool {
    STANDFIRST_HEADS.contains(&text.trim_end_matches(['：', ':']))
}

/// Whether a block ends in a full stop, as headlines hardly do, quotation marks aside.
fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(|c: char| "”’』」\"'".contains(c) || c.is_whitespace()).ends_with(['。', '.'])
}

/// The first block behind the lines that look like a headline together.
fn run_end(page: &Page<'_>, at: usize) -> usize {
    let mut end = at + 1;
    let mut lines = 1;
    while let (Some(block), Some(previous)) = (page.block(end), page.block(end.saturating_sub(1))) {
        if page.is_picture_note(end) {
            end += 1;
            continue;
        }
        let is_apart = page.layout.blanks == Blanks::Between && block.blanks > 0
            || page.layout.blanks == Blanks::Everywhere && block.blanks > previous.blanks.max(1)
            || block.indented != previous.indented;
        let is_subtitle = block.text.starts_with("——") && block.length <= LONGEST_SET_OFF && !block.has_inner_stop;
        if lines >= LINES || is_apart || !(has_shape(page, end, false) || is_subtitle) || page.is_name_line(end) {
            break;
        }
        lines += 1;
        end += 1;
    }
    end
}

/// What stands at a block, furniture that may stand under a headline passed over.
fn follow(page: &Page<'_>, mut at: usize) -> Follow {
    let mut has_byline = false;
    loop {
        let (Some(block), Some(sort)) = (page.block(at), page.sort(at)) else { return Follow::End };
        let found = match sort {
            Sort::LeadIn(Rest::News | Rest::Nothing | Rest::Headline) => Follow::LeadIn,
            Sort::Text | Sort::ListItem if page.is_caption_text(at) => Follow::Picture,
            Sort::Credit if page.signs_report(at) => {
                has_byline = true;
                at += 1;
                continue;
            }
            Sort::Byline | Sort::Text if *sort == Sort::Byline || page.is_name_line(at) => {
                has_byline = true;
                at += 1;
                continue;
            }
            Sort::Text | Sort::ListItem => {
                let is_long = block.length >= 30 || block.ending == Ending::Stop;
                Follow::Text { indented: block.indented, is_long }
            }
            Sort::Caption | Sort::Credit => Follow::Picture,
            // The second half of a report stands under its headline as a lead-in does.
            Sort::Furniture(Furniture::Jump) if jump(&block.text).is_some_and(|(is_on, _)| !is_on) => Follow::LeadIn,
            Sort::Label(_) | Sort::SignOff => Follow::Label,
            Sort::Byline | Sort::Issue(_) | Sort::Furniture(_) => {
                at += 1;
                continue;
            }
        };
        return match found {
            Follow::Text { is_long: true, .. } | Follow::LeadIn | Follow::Picture if has_byline => Follow::Byline,
            found => found,
        };
    }
}

/// Whether a headline says itself that it is a picture's: 河灯（图片）, 河灯(组图).
fn ends_in_picture_note(text: &str) -> bool {
    ["（图片）", "(图片)", "（组图）", "(组图)", "（图）", "(图)"].iter().any(|note| text.ends_with(note))
}
