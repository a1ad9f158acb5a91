//! What single marks say: how a block begins and ends. Punctuation only; no words are looked up here.

/// How a block ends, as far as its last marks tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// After a full stop, question or exclamation mark, closing marks behind it included.
    Stop,
    /// After a comma or enumeration comma.
    Comma,
    /// After a colon.
    Colon,
    /// After a semicolon.
    Semicolon,
    /// After a dash.
    Dash,
    /// After a closing quotation mark with no full stop inside.
    Quote,
    /// After a closing bracket with no full stop inside.
    Bracket,
    /// After a mark that only opens something, so that more must follow.
    Opener,
    /// In the middle of nowhere: after a letter, a digit or a Chinese character.
    Word,
}

impl Ending {
    /// Returns how a text ends.
    pub(super) fn of(text: &str) -> Self {
        let text = without_end_mark(text);
        let mut back = text.chars().rev().filter(|c| !c.is_whitespace());
        let Some(last) = back.next() else { return Self::Word };
        match last {
            '。' | '！' | '？' | '!' | '?' | '…' | '．' | '｡' => Self::Stop,
            '.' if back.next().is_some_and(is_han) => Self::Stop,
            '，' | ',' | '、' => Self::Comma,
            '：' | ':' => Self::Colon,
            '；' | ';' => Self::Semicolon,
            '—' | '－' | '―' | '─' => Self::Dash,
            c if is_quote_end(c) => match back.find(|&c| !is_quote_end(c)) {
                Some('。' | '！' | '？' | '!' | '?' | '…') => Self::Stop,
                _ => Self::Quote,
            },
            c if is_bracket_end(c) => match back.find(|&c| !is_quote_end(c)) {
                Some('。' | '！' | '？' | '!' | '?' | '…') => Self::Stop,
                _ => Self::Bracket,
            },
            c if is_opener(c) => Self::Opener,
            _ => Self::Word,
        }
    }

    /// Returns whether a sentence may well run on after it.
    pub(super) fn is_open(self) -> bool {
        matches!(self, Self::Comma | Self::Word | Self::Opener | Self::Quote)
    }
}

/// Marks that close a report or are printed behind its last full stop (▲, ■, ①5).
const END_MARKS: &[char] = &['▲', '■', '◆', '●', '★', '◇', '□', '△', '▼', '\u{a0}'];

/// Returns the text without the marks and page codes behind its last sentence.
pub(super) fn without_end_mark(text: &str) -> &str {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || is_invisible(c));
    let bare = text.trim_end_matches(|c: char| END_MARKS.contains(&c) || c.is_whitespace());
    let undigited = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let uncoded = undigited.trim_end_matches(|c: char| ('①'..='⑳').contains(&c));
    let bare = if uncoded.len() < undigited.len() { uncoded } else { bare };
    for done in ["（完）", "(完)", "（完)", "(完）"] {
        if let Some(before) = bare.strip_suffix(done) {
            return before;
        }
    }
    if bare.is_empty() { text } else { bare }
}

/// Returns whether a report closes with an end mark or page code: ▲, ①5, （完）.
pub(super) fn has_end_mark(text: &str) -> bool {
    without_end_mark(text).len() < text.trim_end().len()
}

/// Returns whether a block begins with a mark that cannot begin a line, so that it carries on what stands before it.
pub(super) fn begins_inside(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some('’') => !chars.next().is_some_and(|c| c.is_numeric()), // ’98 is the year
        Some(c) => "，。、；：！？”』」）】》〉％,;:!?)]%".contains(c),
        None => false,
    }
}

/// Returns how many round brackets and book-title marks a text leaves open (positive) within itself.
pub(super) fn unclosed(text: &str) -> usize {
    text.chars().fold(0usize, |open, c| match c {
        '（' | '(' | '《' | '【' => open + 1,
        '）' | ')' | '》' | '】' => open.saturating_sub(1),
        _ => open,
    })
}

/// Returns whether a character is Chinese.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}' | '〇')
}

/// Returns whether a character is neither seen nor white space: zero-width marks, byte order mark, controls.
pub(super) fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

fn is_quote_end(c: char) -> bool {
    matches!(c, '”' | '’' | '』' | '」' | '"' | '\'')
}

fn is_bracket_end(c: char) -> bool {
    matches!(c, '）' | ')' | '】' | '〕' | ']' | '］')
}

fn is_opener(c: char) -> bool {
    matches!(c, '“' | '‘' | '『' | '「' | '（' | '(' | '【' | '《' | '〈' | '〔')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_is_read_through_closing_marks_and_page_codes() {
        for (text, ending) in [
            ("河水退了。", Ending::Stop),
            ("他说：“河水退了。”", Ending::Stop),
            ("河水退了。①5", Ending::Stop),
            ("河水退了。▲", Ending::Stop),
            ("河水退了。（完）", Ending::Stop),
            ("河水退了.", Ending::Stop),
            ("增长11.", Ending::Word),
            ("桥梁、道路、", Ending::Comma),
            ("他说：", Ending::Colon),
            ("所谓“早市”", Ending::Quote),
            ("（记者陆远）", Ending::Bracket),
            ("他提出，“", Ending::Opener),
            ("河水退到警戒线", Ending::Word),
            ("守河人——", Ending::Dash),
            ("", Ending::Word),
        ] {
            assert_eq!(Ending::of(text), ending, "{text}");
        }
    }

    #[test]
    fn a_year_with_an_apostrophe_begins_a_line() {
        assert!(!begins_inside("’98河灯会开幕"));
        assert!(begins_inside("，河灯会开幕"));
        assert!(!begins_inside("河灯会开幕"));
    }

    #[test]
    fn brackets_left_open_are_counted() {
        assert_eq!(unclosed("新河报讯(记者 "), 1);
        assert_eq!(unclosed("《河志》（上）"), 0);
        assert_eq!(unclosed("）））"), 0);
    }
}
