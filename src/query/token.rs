//! A query's text cut into tokens, each with its place.

use crate::article::fields::named;
use std::ops::Range;

/// A piece of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Where it stands (bytes).
    pub span: Range<usize>,
    /// Whether white space stands before it, or nothing.
    pub after_blank: bool,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A run of characters without blanks, brackets, bars and quotes.
    Word(String),
    /// The text between two quotes.
    Quoted(String),
    /// `(` or `（`.
    Open,
    /// `)` or `）`.
    Close,
    /// `|` or `｜`.
    Bar,
    /// `-` or `－` at the head of a term.
    Minus,
    /// The text between two slashes, the first at the head of a term or after a field, the last at the end of it.
    Expression(String),
}

/// Pairs of quotes; any of the closing ones of a pair ends what its opening one begins.
pub const QUOTES: &[(char, char)] = &[('"', '"'), ('“', '”'), ('「', '」'), ('『', '』'), ('＂', '＂')];

/// Whether a character begins or ends a quoted text.
#[must_use]
pub fn is_quote(c: char) -> bool {
    QUOTES.iter().any(|&(open, close)| c == open || c == close)
}

/// Cuts a query into tokens, with notices about what was taken as plain text. Never fails: a quote without its partner
/// is text.
#[must_use]
pub fn tokens(query: &str) -> (Vec<Token>, Vec<String>) {
    let (mut tokens, mut notices) = (Vec::new(), Vec::new());
    let mut rest = query.char_indices().peekable();
    let mut after_blank = true;
    // A quote that has no partner is looked for once, not once for each such quote: linear in the query.
    let mut without_partner: Vec<char> = Vec::new();
    while let Some(&(start, c)) = rest.peek() {
        let end = start + c.len_utf8();
        let mut push = |kind, end| tokens.push(Token { kind, span: start..end, after_blank });
        if c.is_whitespace() {
            rest.next();
            after_blank = true;
            continue;
        }
        if let Some(&(_, close)) = QUOTES.iter().find(|&&(open, _)| open == c).filter(|_| !without_partner.contains(&c))
        {
            let inner = query.get(end..).unwrap_or_default();
            if let Some(length) = inner.find(close) {
                let stop = end + length + close.len_utf8();
                push(Kind::Quoted(inner.get(..length).unwrap_or_default().to_owned()), stop);
                while rest.next_if(|&(at, _)| at < stop).is_some() {}
                after_blank = false;
                continue;
            }
            notices.push(format!("引号 {c} 没有配对，按普通文字处理"));
            without_partner.push(c);
        }
        let after_field = matches!(tokens.last(), Some(Token { kind: Kind::Word(word), .. }) if opens_field(word));
        let at_head =
            after_blank || matches!(tokens.last(), Some(Token { kind: Kind::Open | Kind::Bar | Kind::Minus, .. }));
        if c == '/' && (at_head || after_field) && !without_partner.contains(&c) {
            let Some((source, length)) = expression(query.get(end..).unwrap_or_default()) else {
                notices.push("正则末尾缺少 /，按普通文字处理；例如 /养.老/".to_owned());
                without_partner.push(c);
                continue;
            };
            let stop = end + length;
            tokens.push(Token { kind: Kind::Expression(source), span: start..stop, after_blank });
            while rest.next_if(|&(at, _)| at < stop).is_some() {}
            after_blank = false;
            continue;
        }
        let single = match c {
            '(' | '（' => Some(Kind::Open),
            ')' | '）' => Some(Kind::Close),
            '|' | '｜' => Some(Kind::Bar),
            '-' | '－' if after_blank || matches!(tokens.last(), Some(Token { kind: Kind::Open | Kind::Bar, .. })) => {
                Some(Kind::Minus)
            }
            _ => None,
        };
        if let Some(kind) = single {
            tokens.push(Token { kind, span: start..end, after_blank });
            rest.next();
        } else {
            let mut word = String::new();
            let mut stop = start;
            while let Some((at, c)) = rest.next_if(|&(at, c)| at == start || !ends_word(c, &without_partner)) {
                word.push(c);
                stop = at + c.len_utf8();
                if opens_field(&word) && rest.peek().is_some_and(|&(_, next)| next == '/') {
                    break;
                }
            }
            tokens.push(Token { kind: Kind::Word(word), span: start..stop, after_blank });
        }
        after_blank = false;
    }
    (tokens, notices)
}

/// Returns whether a word is the name of a field with its colon.
fn opens_field(word: &str) -> bool {
    let ends_so = word.len() < 40 && word.ends_with([':', '：']);
    ends_so && named(word.trim_end_matches([':', '：'])).is_some()
}

/// Returns the expression that a text begins with, up to a slash at the end of a term, with its length and the slash's.
fn expression(text: &str) -> Option<(String, usize)> {
    let mut source = String::new();
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        match c {
            // `\\/` is a slash; every other escape is the expression's own.
            '\\' => match characters.next()? {
                (_, '/') => source.push('/'),
                (_, other) => source.extend([c, other]),
            },
            '/' if characters.peek().is_none_or(|&(_, next)| ends_word(next, &[])) => {
                return (!source.trim().is_empty()).then_some((source, at + 1));
            }
            _ => source.push(c),
        }
    }
    None
}

fn ends_word(c: char, without_partner: &[char]) -> bool {
    c.is_whitespace()
        || matches!(c, '(' | '（' | ')' | '）' | '|' | '｜')
        || (QUOTES.iter().any(|&(open, _)| open == c) && !without_partner.contains(&c))
}
