//! Lines to blocks: what stands together on the page, with what its white space says.

use super::marks::{Ending, is_invisible, unclosed};
use std::borrow::Cow;

/// A line with text, or several that were printed as one.
#[derive(Debug, Clone)]
pub(super) struct Block<'t> {
    /// The text, without white space at its ends.
    pub(super) text: Cow<'t, str>,
    /// The first and the last source line.
    pub(super) lines: (u32, u32),
    /// Whether it is set in from the margin.
    pub(super) indented: bool,
    /// How many blank lines stand before it.
    pub(super) blanks: u32,
    /// How many characters it has that are not white space.
    pub(super) length: usize,
    /// Whether a sentence ends before its last one.
    pub(super) has_inner_stop: bool,
    /// How it ends.
    pub(super) ending: Ending,
}

impl<'t> Block<'t> {
    /// Makes a block of one line's text, which must not be blank.
    pub(super) fn new(text: Cow<'t, str>, lines: (u32, u32), indented: bool, blanks: u32) -> Self {
        let length = text.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).count();
        let has_inner_stop = text.split_once('。').is_some_and(|(_, rest)| rest.chars().nth(1).is_some());
        let ending = Ending::of(&text);
        Self { text, lines, indented, blanks, length, has_inner_stop, ending }
    }

    /// Returns this block with the next line's text put behind it, a space between.
    pub(super) fn with_next_line(&self, next: &Self) -> Self {
        let text = Cow::Owned(format!("{} {}", self.text, next.text));
        Self::new(text, (self.lines.0, next.lines.1), self.indented, self.blanks)
    }
}

/// The width of two wide spaces, which begin a paragraph; less is dirt of the export.
const INDENT: usize = 4;
/// What parts two paragraphs that were put on one line, and how often it must do so to be no accident.
const PARAGRAPH_GAPS: &[(&str, usize)] = &[("\u{3000}\u{3000}", 1), ("  ", 4)];
/// Shorter lines may be tables or padded names (bytes).
const LONG_LINE: usize = 240;
/// Pieces of a long line are paragraphs where they are this long on average (bytes).
const LONG_PIECE: usize = 60;

/// Returns the blocks of a text.
pub(super) fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut blanks = 0;
    for (number, line) in (1u32..).zip(text.lines()) {
        let body = line.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
        if body.is_empty() {
            blanks += 1;
            continue;
        }
        let indented = indent_of(line) >= INDENT;
        let (stamp, body) = part_stamp(body);
        if let Some(stamp) = stamp {
            blocks.push(Block::new(Cow::Borrowed(stamp), (number, number), indented, blanks));
            blanks = 0;
        }
        if let Some(gap) = paragraph_gap(body) {
            let mut pieces = body.split(gap).map(trim).filter(|piece| !piece.is_empty());
            if let Some(first) = pieces.next() {
                blocks.push(Block::new(Cow::Borrowed(first), (number, number), indented, blanks));
            }
            let is_indent = gap.starts_with('\u{3000}');
            blocks.extend(pieces.map(|piece| Block::new(Cow::Borrowed(piece), (number, number), is_indent, 0)));
        } else {
            blocks.push(Block::new(Cow::Borrowed(body), (number, number), indented, blanks));
        }
        blanks = 0;
    }
    mend_split_heads(blocks)
}

/// Returns what parts the paragraphs of a line on which several were put.
fn paragraph_gap(line: &str) -> Option<&'static str> {
    if line.len() < LONG_LINE {
        return None;
    }
    let parts = |gap: &str| line.split(gap).filter(|piece| !trim(piece).is_empty()).count();
    let fits = |&&(gap, least): &&(&str, usize)| {
        let count = parts(gap);
        count > least && line.len() / count >= LONG_PIECE
    };
    PARAGRAPH_GAPS.iter().find(fits).map(|&(gap, _)| gap)
}

/// Parts a line from the time stamp glued to its head: 2031-12-14 11:55昨日….
fn part_stamp(line: &str) -> (Option<&str>, &str) {
    let shape = |pattern: &str| {
        let bytes = line.as_bytes().iter();
        let fits = |(byte, sign): (&u8, u8)| if sign == b'0' { byte.is_ascii_digit() } else { *byte == sign };
        line.len() > pattern.len() && bytes.zip(pattern.bytes()).all(fits)
    };
    let stamp = ["0000-00-00 00:00:00", "0000-00-00 00:00"].into_iter().find(|pattern| shape(pattern));
    match stamp.and_then(|stamp| line.split_at_checked(stamp.len())) {
        Some((stamp, text)) if text.len() >= LONG_PIECE && text.starts_with(|c: char| c.is_alphanumeric()) => {
            (Some(stamp), text)
        }
        _ => (None, line),
    }
}

/// The longest first half of a byline or lead-in that is still looked at for a second half on the next line.
const SPLIT_HEAD: usize = 24;

/// Puts a line that breaks off inside the bracket of its byline together with the next one: 新河报讯(记者 ⏎ 陆远)….
fn mend_split_heads(blocks: Vec<Block<'_>>) -> Vec<Block<'_>> {
    let mut mended: Vec<Block<'_>> = Vec::with_capacity(blocks.len());
    for block in blocks {
        match mended.last_mut() {
            Some(last) if last.length <= SPLIT_HEAD && breaks_off_in_byline(&last.text) && block.blanks == 0 => {
                *last = last.with_next_line(&block);
            }
            _ => mended.push(block),
        }
    }
    mended
}

fn breaks_off_in_byline(text: &str) -> bool {
    let ends_in_role = ["记者", "通讯员", "記者", "实习生"].iter().any(|role| text.ends_with(role));
    ends_in_role || (unclosed(text) > 0 && (text.contains("记者") || text.contains("通讯员")))
}

/// The width of the white space before a line's text, in narrow spaces.
fn indent_of(line: &str) -> usize {
    line.chars()
        .take_while(|c| c.is_whitespace() || is_invisible(*c))
        .map(|c| match c {
            '\u{3000}' | '\t' => INDENT / 2,
            c if is_invisible(c) => 0,
            _ => 1,
        })
        .sum()
}

fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_are_counted_and_not_kept() {
        let blocks = blocks("\u{feff}\n \n河灯会开幕\n\u{3000}\u{3000}\n\u{3000}\u{3000}昨晚，河灯点亮。\r\n");
        let seen: Vec<_> = blocks.iter().map(|b| (&*b.text, b.lines, b.indented, b.blanks)).collect();
        assert_eq!(seen, [("河灯会开幕", (3, 3), false, 2), ("昨晚，河灯点亮。", (5, 5), true, 1)]);
    }

    #[test]
    fn a_byline_cut_by_a_line_end_is_one_block() {
        let text = "新河报讯(记者 \n陆远)昨日，河灯点亮。\n\n本报记者\n陆远 摄\n";
        let blocks = blocks(text);
        let seen: Vec<_> = blocks.iter().map(|b| (&*b.text, b.lines)).collect();
        assert_eq!(seen, [("新河报讯(记者 陆远)昨日，河灯点亮。", (1, 2)), ("本报记者 陆远 摄", (4, 5))]);
    }

    #[test]
    fn a_stamp_glued_to_the_text_is_parted_from_it() {
        let blocks =
            blocks("2031-12-14 11:552031年12月14日晚七时，新河两岸的河灯一齐点亮。\n2031-12-14 11:55 来源：新河网\n");
        let seen: Vec<_> = blocks.iter().map(|b| &*b.text).collect();
        assert_eq!(
            seen,
            ["2031-12-14 11:55", "2031年12月14日晚七时，新河两岸的河灯一齐点亮。", "2031-12-14 11:55 来源：新河网"]
        );
    }

    #[test]
    fn paragraphs_put_on_one_line_are_parted_at_wide_spaces() {
        let sentence = "昨晚，河灯点亮，两岸灯火相连，游人沿堤而行。".repeat(4);
        let text = format!("{sentence}\u{3000}\u{3000}{sentence}");
        let blocks = blocks(&text);
        assert_eq!(blocks.iter().map(|b| b.lines).collect::<Vec<_>>(), [(1, 1), (1, 1)]);
        assert!(blocks.iter().all(|b| *b.text == *sentence));
    }
}
