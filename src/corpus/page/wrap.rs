//! Hard wraps: pages whose every line ends at the width of the column, in the middle of a sentence as it comes.
//!
//! Such a page is known by most of its lines being equally long and open at the end; only then is anything put
//! together here, and only behind a full line.

use super::blocks::Block;
use super::classify::is_list_item;
use super::marks::Ending;
use super::rejoin::join;
use super::signs::lead_in_of;
use std::borrow::Cow;

/// Fewer lines show no width.
const LEAST_LINES: usize = 8;
/// The widths that columns have, in half characters.
const COLUMN: std::ops::RangeInclusive<usize> = 24..=130;
/// A full line may be this much short of the width, because no mark may begin the next one.
const SLACK: usize = 4;

/// Puts the lines of paragraphs together on a page that was wrapped at a fixed width; leaves any other page alone.
pub(super) fn unwrap_lines(blocks: Vec<Block<'_>>) -> Vec<Block<'_>> {
    let Some(width) = column_width(&blocks) else { return blocks };
    let is_full = |block: &Block<'_>| is_full(width_of(block), width);
    let usual_gap = u32::from(blocks.iter().skip(1).filter(|block| block.blanks > 0).count() * 4 > blocks.len() * 3);
    let mut paragraphs: Vec<Vec<Block<'_>>> = Vec::new();
    for block in blocks {
        let carries_on = paragraphs.last().and_then(|lines| lines.last()).is_some_and(|last| {
            is_full(last)
                && block.blanks <= usual_gap
                && !block.indented
                && !is_list_item(&block.text)
                && lead_in_of(&block.text).is_none()
        });
        match paragraphs.last_mut() {
            Some(lines) if carries_on => lines.push(block),
            _ => paragraphs.push(vec![block]),
        }
    }
    paragraphs.into_iter().filter_map(together).collect()
}

/// One block of the lines of a paragraph.
fn together(lines: Vec<Block<'_>>) -> Option<Block<'_>> {
    let (first, last) = (lines.first()?, lines.last()?);
    if lines.len() == 1 {
        return lines.into_iter().next();
    }
    let text = join(lines.iter().map(|line| &*line.text));
    Some(Block::new(Cow::Owned(text), (first.lines.0, last.lines.1), first.indented, first.blanks))
}

/// The width of the column, where the page was wrapped at one.
fn column_width(blocks: &[Block<'_>]) -> Option<usize> {
    if blocks.len() < LEAST_LINES {
        return None;
    }
    let widths: Vec<usize> = blocks.iter().map(width_of).collect();
    let mut counts = vec![0usize; COLUMN.end() + 1];
    for &width in &widths {
        if let Some(count) = counts.get_mut(width) {
            *count += 1;
        }
    }
    let full_at = |width: usize| counts.iter().take(width + 1).skip(width.saturating_sub(SLACK)).sum::<usize>();
    let width = COLUMN.max_by_key(|&width| (full_at(width), std::cmp::Reverse(width)))?;
    let full = || blocks.iter().zip(&widths).filter(|&(_, &of_block)| is_full(of_block, width));
    let open = full().filter(|(block, _)| matches!(block.ending, Ending::Word | Ending::Comma)).count();
    let longer = widths.iter().filter(|&&of_block| of_block > width + SLACK).count();
    let full = full().count();
    let is_wrapped = full * 5 >= blocks.len() * 2 && open * 5 >= full * 3 && longer * 20 <= blocks.len();
    is_wrapped.then_some(width)
}

fn is_full(of_block: usize, width: usize) -> bool {
    of_block + SLACK >= width
}

/// The width of a line with its indent, in half characters; a line too wide for a column is just too wide.
fn width_of(block: &Block<'_>) -> usize {
    let indent = if block.indented { SLACK } else { 0 };
    let text: usize = block.text.chars().take(COLUMN.end() + 1).map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    indent + text
}

#[cfg(test)]
mod tests {
    use super::super::blocks::blocks;
    use super::*;

    const SENTENCE: &str =
        "新河两岸的河灯昨晚一齐点亮游人沿着新修的堤岸缓缓而行孩子们把写着心愿的纸灯放进水里看它们顺流漂向下游的石桥";

    fn wrapped(indent: &str, width: usize) -> String {
        let mut page = String::from("河灯会开幕\n");
        for _ in 0..4 {
            let mut paragraph: Vec<char> = SENTENCE.repeat(2).chars().chain(['。']).collect();
            let first: String = paragraph.drain(..width - indent.chars().count()).collect();
            page += &format!("{indent}{first}\n");
            for line in paragraph.chunks(width) {
                page += &format!("{}\n", line.iter().collect::<String>());
            }
        }
        page
    }

    #[test]
    fn wrapped_lines_become_paragraphs() {
        for indent in ["\u{3000}\u{3000}", ""] {
            let page = wrapped(indent, 22);
            let blocks = unwrap_lines(blocks(&page));
            assert_eq!(blocks.len(), 5, "{blocks:?}");
            assert!(blocks.iter().skip(1).all(|block| *block.text == format!("{}。", SENTENCE.repeat(2))));
            assert_eq!(blocks[1].lines, (2, 6));
        }
    }

    #[test]
    fn verse_and_headlines_are_left_alone() {
        for line in ["河灯一盏照石桥，水远山长路不遥。\n", "河灯会开幕\n", "新河区召开河长制工作推进会部署今年的任务\n"]
        {
            let page = line.repeat(3) + "短句。\n" + &format!("{SENTENCE}。\n").repeat(8);
            assert_eq!(unwrap_lines(blocks(&page)).len(), 12);
        }
    }
}
