//! What was put on one line and is two things: a label and its value, a headline and the text glued behind it, a text
//! and the mark that sends the reader on.

use super::blocks::Block;
use super::furniture::part_jumps;
use super::header::{Label, label};
use super::marks::is_han;
use std::borrow::Cow;

/// Puts what follows a label of front matter on a line of its own.
pub(super) fn part_labels(blocks: Vec<Block<'_>>) -> Vec<Block<'_>> {
    let has_labels = |wanted: Label| blocks.iter().any(|b| label(&b.text).is_some_and(|(found, _)| found == wanted));
    if !has_labels(Label::Title) {
        return blocks;
    }
    let mut parted = Vec::with_capacity(blocks.len());
    for block in blocks {
        match label(&block.text) {
            Some((Label::Title | Label::Content, value)) if !value.is_empty() => {
                let at = block.text.len() - value.len();
                let name = block.text.get(..at).unwrap_or_default().trim().to_owned();
                let value = value.to_owned();
                parted.push(Block::new(Cow::Owned(name), block.lines, block.indented, block.blanks));
                parted.push(Block::new(Cow::Owned(value), block.lines, block.indented, 0));
            }
            _ => parted.push(block),
        }
    }
    parted
}

/// Puts the marks that send the reader to another page on lines of their own.
pub(super) fn part_jump_marks(blocks: Vec<Block<'_>>) -> Vec<Block<'_>> {
    let mut parted = Vec::with_capacity(blocks.len());
    for block in blocks {
        let (before, body, behind) = part_jumps(&block.text);
        if before.is_none() && behind.is_none() {
            parted.push(block);
            continue;
        }
        let part =
            |text: &str, blanks: u32| Block::new(Cow::Owned(text.to_owned()), block.lines, block.indented, blanks);
        parted.extend(before.map(|mark| part(mark, block.blanks)));
        parted.push(part(body, if before.is_some() { 0 } else { block.blanks }));
        parted.extend(behind.map(|mark| part(mark, 0)));
    }
    parted
}

/// Parts 原标题：and the headline again from the text glued behind them.
pub(super) fn part_repeated_title(mut blocks: Vec<Block<'_>>) -> Vec<Block<'_>> {
    let parted = blocks.first().zip(blocks.get(1)).and_then(|(title, block)| {
        let title = site_name(&title.text).map_or(&*title.text, |(head, _)| head);
        let behind = block.text.strip_prefix("原标题").and_then(|rest| rest.strip_prefix(['：', ':']))?;
        let rest = behind.trim_start().strip_prefix(title)?;
        let at = block.text.len() - rest.len();
        let (head, rest) = block.text.split_at_checked(at).filter(|(_, rest)| !rest.trim().is_empty())?;
        let head = Block::new(Cow::Owned(head.to_owned()), block.lines, block.indented, block.blanks);
        Some((head, Block::new(Cow::Owned(rest.trim().to_owned()), block.lines, block.indented, 0)))
    });
    if let Some((head, rest)) = parted {
        blocks.splice(1..2, [head, rest]);
    }
    blocks
}

/// Parts a line at the last dash or underscore, where a short name of Chinese characters stands behind it.
pub(super) fn site_name(text: &str) -> Option<(&str, &str)> {
    let at = text.rfind(['-', '_', '－', '|', '｜'])?;
    let head = text.get(..at)?.trim_end();
    let name = trim_dashes(text.get(at..)?);
    let length = name.chars().count();
    let is_name = (2..=10).contains(&length) && name.chars().all(|c| is_han(c) || c.is_ascii_alphabetic());
    let is_title = head.chars().count() >= 4;
    (is_name && is_title).then(|| (head, text.get(head.len()..).unwrap_or_default()))
}

pub(super) fn trim_dashes(name: &str) -> &str {
    name.trim_matches(|c: char| "-_－|｜".contains(c) || c.is_whitespace())
}
