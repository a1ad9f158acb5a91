//! A text as the readers of this room see it: every character folded, with its place in the original.
//!
//! White space of any kind is one blank, what is invisible is left out, and the dots of foreign names are one dot. All
//! matching is done on the folded character; what is printed is handed back from the original.

use crate::text::fold::fold_char;

/// The dot that parts the names of one person: 尼拉提·卡明江.
pub const DOT: char = '·';

/// One visible character, or a blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph {
    /// What it is matched as; a blank is `' '`.
    pub folded: char,
    /// What was printed.
    pub printed: char,
    /// Where it begins in the original, in bytes.
    pub at: usize,
}

impl Glyph {
    /// Returns the byte after it.
    pub fn end(self) -> usize {
        self.at + self.printed.len_utf8()
    }
}

/// Returns the first `limit` glyphs of a text.
pub fn head(text: &str, limit: usize) -> Vec<Glyph> {
    let mut glyphs = Vec::with_capacity(limit.min(text.len() / 3 + 1));
    glyphs.extend(text.char_indices().filter_map(|(at, printed)| glyph(at, printed)).take(limit));
    glyphs
}

/// Returns the last `limit` glyphs of a text.
pub fn tail(text: &str, limit: usize) -> Vec<Glyph> {
    let mut glyphs = Vec::with_capacity(limit.min(text.len() / 3 + 1));
    glyphs.extend(text.char_indices().rev().filter_map(|(at, printed)| glyph(at, printed)).take(limit));
    glyphs.reverse();
    glyphs
}

fn glyph(at: usize, printed: char) -> Option<Glyph> {
    let folded = match printed {
        '•' | '・' | '‧' | '･' | '∙' => DOT,
        // The word divider of old encodings; it folds to a blank elsewhere.
        '丨' | '│' | '┃' => '|',
        '﹕' | '∶' => ':',
        c if c.is_whitespace() => ' ',
        c => fold_char(c)?,
    };
    Some(Glyph { folded, printed, at })
}

/// Returns the glyphs without the blanks at both ends.
pub fn trim(mut glyphs: &[Glyph]) -> &[Glyph] {
    while let [first, rest @ ..] = glyphs
        && first.folded == ' '
    {
        glyphs = rest;
    }
    while let [rest @ .., last] = glyphs
        && last.folded == ' '
    {
        glyphs = rest;
    }
    glyphs
}

/// Returns how many glyphs a word takes at the head of `glyphs`, or `None` where they do not begin with it.
pub fn starts(glyphs: &[Glyph], word: &str) -> Option<usize> {
    let mut taken = 0;
    for c in word.chars() {
        if glyphs.get(taken)?.folded != c {
            return None;
        }
        taken += 1;
    }
    Some(taken)
}

/// Like [`starts`], but blanks may stand between the characters of the word (责 编).
pub fn starts_padded(glyphs: &[Glyph], word: &str) -> Option<usize> {
    let mut taken = 0;
    for (n, c) in word.chars().enumerate() {
        while n > 0 && glyphs.get(taken).is_some_and(|g| g.folded == ' ') {
            taken += 1;
        }
        if glyphs.get(taken)?.folded != c {
            return None;
        }
        taken += 1;
    }
    Some(taken)
}

/// Returns whether the glyphs end with a word.
pub fn ends(glyphs: &[Glyph], word: &str) -> bool {
    let length = word.chars().count();
    glyphs.len().checked_sub(length).and_then(|start| glyphs.get(start..)).is_some_and(|g| starts(g, word).is_some())
}

/// Returns the index at which a word first occurs.
pub fn find(glyphs: &[Glyph], word: &str) -> Option<usize> {
    (0..glyphs.len()).find(|&at| glyphs.get(at..).is_some_and(|g| starts(g, word).is_some()))
}

/// Returns the folded text, without blanks.
pub fn folded(glyphs: &[Glyph]) -> String {
    glyphs.iter().map(|g| g.folded).filter(|&c| c != ' ').collect()
}

/// Returns the text as printed, without blanks.
pub fn printed(glyphs: &[Glyph]) -> String {
    glyphs.iter().filter(|g| g.folded != ' ').map(|g| g.printed).collect()
}

/// Returns the part from one index up to another, empty where there is none.
pub fn part(glyphs: &[Glyph], from: usize, to: usize) -> &[Glyph] {
    glyphs.get(from..to.min(glyphs.len())).unwrap_or_default()
}

/// Returns the part from an index on, empty where there is none.
pub fn from(glyphs: &[Glyph], at: usize) -> &[Glyph] {
    glyphs.get(at..).unwrap_or_default()
}

/// Returns whether a character is one that Chinese names are written with.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

/// Returns the index of the bracket that closes the one that the glyphs begin with.
pub fn closing(glyphs: &[Glyph]) -> Option<usize> {
    let open = glyphs.first()?.folded;
    let close = match open {
        '(' => ')',
        '[' | '〔' => ']',
        '【' => '】',
        _ => return None,
    };
    let mut depth = 0_u32;
    for (at, glyph) in glyphs.iter().enumerate() {
        if glyph.folded == open {
            depth += 1;
        } else if glyph.folded == close || (close == ']' && glyph.folded == '〕') {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// Returns the length of a bracket at the head that says nothing of names: an address (www.…), a rank (实习).
pub fn aside(glyphs: &[Glyph]) -> Option<usize> {
    const RANKS: &[&str] = &["实习", "见习", "特约"];
    let close = closing(glyphs)?;
    let inner = part(glyphs, 1, close);
    let address = inner.iter().all(|g| !is_han(g.folded)) && glyphs.first().is_some_and(|g| g.folded == '(');
    (address || RANKS.contains(&folded(inner).as_str())).then_some(close + 1)
}
