//! Tokens to tree.
//!
//! ```text
//! either  = all { ("|" | "OR") all }
//! all     = not { ["AND"] not }
//! not     = ("-" | "NOT") not | one
//! one     = "(" either ")" | [field ":"] (word | quoted) | field ":" "(" either ")"
//! ```
//! An operator without its operand, a bracket without its partner is plain text, and a notice says so.

use super::token::{Kind, Token, tokens};
use super::{DateRange, Query, QueryError, Scope, Term};
use crate::article::fields::{self, Field};
use crate::text::fold::fold;
use std::ops::Range;

/// How deep brackets may nest: far beyond any real query, far from the end of the stack.
const DEEPEST: usize = 64;
/// How many terms a query may have.
const MOST_TERMS: usize = 1_024;

/// A query as understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The tree; empty where nothing was asked.
    pub query: Query,
    /// What was taken otherwise than it might have been meant: a sentence each.
    pub notices: Vec<String>,
}

/// Reads a query.
///
/// # Errors
/// When a field has a value that it cannot have, or brackets nest too deep.
pub fn parse(text: &str) -> Result<Parsed, QueryError> {
    let (tokens, notices) = tokens(text);
    let mut parser = Parser { text, tokens, at: 0, depth: 0, terms: 0, notices };
    let mut parts = Vec::new();
    while parser.at < parser.tokens.len() {
        parts.push(parser.either(None)?);
        if let Some(Token { kind: Kind::Close, .. }) = parser.peek() {
            parser.notices.push("右括号没有配对，已忽略".to_owned());
            parser.at += 1;
        }
    }
    let query = parts.into_iter().fold(Query::And(Vec::new()), Query::and);
    let mut notices = parser.notices;
    let mut said = std::collections::HashSet::new();
    notices.retain(|notice| said.insert(notice.clone()));
    Ok(Parsed { query, notices })
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    terms: usize,
    notices: Vec<String>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token { kind: Kind::Word(w), .. }) if w == word)
    }

    fn error(&self, span: Range<usize>, message: impl Into<String>, hint: &str) -> QueryError {
        let hint = (!hint.is_empty()).then(|| hint.to_owned());
        QueryError { message: message.into(), query: self.text.to_owned(), span, hint }
    }

    fn either(&mut self, field: Option<Field>) -> Result<Query, QueryError> {
        let mut alternatives = Vec::new();
        loop {
            let all = self.all(field)?;
            let nothing_stands_here = all.is_empty();
            if !nothing_stands_here {
                alternatives.push(all);
            }
            if matches!(self.peek(), Some(Token { kind: Kind::Bar, .. })) || self.is_word("OR") {
                self.at += 1;
                if nothing_stands_here || self.ends_here() {
                    self.notices.push("“|” 缺少一边，已忽略".to_owned());
                }
            } else {
                break;
            }
        }
        let only = if alternatives.len() < 2 { alternatives.pop() } else { None };
        Ok(only.unwrap_or(if alternatives.is_empty() { Query::And(alternatives) } else { Query::Or(alternatives) }))
    }

    fn ends_here(&self) -> bool {
        matches!(self.peek(), None | Some(Token { kind: Kind::Close, .. }))
    }

    fn all(&mut self, field: Option<Field>) -> Result<Query, QueryError> {
        let mut all = Query::And(Vec::new());
        while !self.ends_here() && !matches!(self.peek(), Some(Token { kind: Kind::Bar, .. })) && !self.is_word("OR") {
            if self.is_word("AND") {
                self.at += 1;
                continue;
            }
            let part = self.not(field)?;
            all = all.and(part);
        }
        Ok(all)
    }

    fn not(&mut self, field: Option<Field>) -> Result<Query, QueryError> {
        let Some(token) = self.peek().cloned() else { return Ok(Query::And(Vec::new())) };
        let stands_alone = self.tokens.get(self.at + 1).is_none_or(|next| match token.kind {
            Kind::Minus => next.after_blank || matches!(next.kind, Kind::Close | Kind::Bar),
            Kind::Word(_) | Kind::Quoted(_) | Kind::Open | Kind::Close | Kind::Bar => {
                matches!(next.kind, Kind::Close | Kind::Bar)
            }
        });
        match &token.kind {
            Kind::Minus if stands_alone => {
                self.notices.push("单独的 “-” 已忽略；要找以它开头的文字，请加引号或用 -F".to_owned());
                self.at += 1;
                Ok(Query::And(Vec::new()))
            }
            Kind::Word(word) if word == "NOT" && !stands_alone => self.negated(field),
            Kind::Minus => self.negated(field),
            Kind::Word(_) | Kind::Quoted(_) | Kind::Open | Kind::Close | Kind::Bar => self.one(field),
        }
    }

    fn negated(&mut self, field: Option<Field>) -> Result<Query, QueryError> {
        self.at += 1;
        self.deeper()?;
        let part = self.not(field)?;
        self.depth -= 1;
        Ok(match part {
            Query::Not(twice) => *twice,
            part if part.is_empty() => part,
            part => Query::Not(Box::new(part)),
        })
    }

    fn deeper(&mut self) -> Result<(), QueryError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let span = self.peek().map_or(self.text.len()..self.text.len(), |token| token.span.clone());
            return Err(self.error(span, format!("检索式嵌套太深（最多 {DEEPEST} 层）"), "去掉多余的括号"));
        }
        Ok(())
    }

    fn one(&mut self, field: Option<Field>) -> Result<Query, QueryError> {
        let Some(token) = self.peek().cloned() else { return Ok(Query::And(Vec::new())) };
        self.at += 1;
        match token.kind {
            Kind::Open => self.group(field),
            Kind::Quoted(text) => self.leaf(field, &text, token.span),
            Kind::Word(word) => self.word(field, &word, token.span),
            Kind::Minus | Kind::Bar | Kind::Close => Ok(Query::And(Vec::new())), // `not` and `all` take these
        }
    }

    fn group(&mut self, field: Option<Field>) -> Result<Query, QueryError> {
        self.deeper()?;
        let inner = self.either(field)?;
        self.depth -= 1;
        if matches!(self.peek(), Some(Token { kind: Kind::Close, .. })) {
            self.at += 1;
        } else {
            self.notices.push("左括号没有配对，已忽略".to_owned());
        }
        Ok(inner)
    }

    fn word(&mut self, field: Option<Field>, word: &str, span: Range<usize>) -> Result<Query, QueryError> {
        if let Some((name, value)) = word.split_once([':', '：'])
            && let Some(row) = fields::named(name)
        {
            let value_start = span.end - value.len();
            if !value.is_empty() {
                return self.leaf(Some(row.field), trimmed(value), value_start..span.end);
            }
            let value = self.peek().filter(|next| !next.after_blank).cloned();
            match value {
                Some(Token { kind: Kind::Quoted(text), span, .. }) => {
                    self.at += 1;
                    return self.leaf(Some(row.field), &text, span);
                }
                Some(Token { kind: Kind::Open, .. }) => {
                    self.at += 1;
                    return self.group(Some(row.field));
                }
                _ => {
                    let message = format!("“{name}:” 后面没有内容");
                    return Err(self.error(span, message, &format!("例如：{}", row.example)));
                }
            }
        }
        self.leaf(field, trimmed(word), span)
    }

    fn leaf(&mut self, field: Option<Field>, text: &str, span: Range<usize>) -> Result<Query, QueryError> {
        self.terms += 1;
        if self.terms > MOST_TERMS {
            return Err(self.error(span, format!("检索词太多（最多 {MOST_TERMS} 个）"), "多条检索请分开做"));
        }
        if fold(text).is_empty() {
            self.notices.push("没有可检索文字的检索词已忽略".to_owned());
            return Ok(Query::And(Vec::new()));
        }
        let text_in = |scope| Query::Term(Term { text: text.to_owned(), scope });
        match field {
            None => Ok(text_in(Scope::Bare)),
            Some(Field::Text(part)) => Ok(text_in(Scope::Part(part))),
            Some(Field::Name(role)) => Ok(Query::Name(Some(role), text.to_owned())),
            Some(Field::AnyName) => Ok(Query::Name(None, text.to_owned())),
            Some(Field::Keyword(keyword)) => Ok(Query::Keyword(keyword, text.to_owned())),
            Some(Field::Date) => match DateRange::parse(text) {
                Ok(range) => Ok(Query::Date(range)),
                Err(message) => Err(self.error(span, message, "例如：日期:2026-02、日期:2026-02-24..2026-02-26")),
            },
        }
    }
}

/// Drops the punctuation of a sentence at the edges of a word.
pub(super) fn trimmed(word: &str) -> &str {
    word.trim_matches(['，', '。', '！', '；', '、', '？', '：', '…', ',', ';', '!', '?'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn canonical(text: &str) -> String {
        parse(text).unwrap().query.to_string()
    }

    #[test]
    fn a_query_is_read_as_its_canonical_text_says() {
        for (typed, understood) in [
            ("养老服务", "养老服务"),
            ("养老 服务", "养老 服务"),
            ("养老　AND　服务", "养老 服务"),
            ("养老|就业", "养老 | 就业"),
            ("养老 ｜ 就业 OR 住房", "养老 | 就业 | 住房"),
            ("暴雨 -北京", "暴雨 -北京"),
            ("暴雨 NOT 北京", "暴雨 -北京"),
            ("暴雨 -NOT 北京", "暴雨 北京"),
            ("暴雨 -（北京|天津）", "暴雨 -(北京 | 天津)"),
            ("“一带一路” 中欧班列", "一带一路 中欧班列"),
            ("「高 新」", "\"高 新\""),
            ("标题：养老", "标题:养老"),
            ("title:(养老|就业)", "标题:养老 | 标题:就业"),
            ("记者:付凯明 日期:2026-02", "记者:付凯明 日期:2026-02-01..2026-02-28"),
            ("署名：“付 凯明”", "署名:\"付 凯明\""),
            ("版:A02 地点:北京", "版:A02 电头:北京"),
            ("中新网:消息", "中新网:消息"),
            ("5G基站，", "5G基站"),
            ("2:1", "2:1"),
            ("COVID-19", "COVID-19"),
            ("(养老 服务)|就业", "(养老 服务) | 就业"),
        ] {
            assert_eq!(canonical(typed), understood, "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_an_operator_is_left_out_with_a_notice() {
        for (typed, understood) in [
            ("养老 |", "养老"),
            ("| 养老", "养老"),
            ("(养老", "养老"),
            ("养老)", "养老"),
            ("养老 -", "养老"),
            ("“养老", "“养老"),
        ] {
            let parsed = parse(typed).unwrap();
            assert_eq!(parsed.query, parse(understood).unwrap().query, "{typed}");
            assert!(!parsed.notices.is_empty(), "{typed}");
        }
    }

    #[test]
    fn a_field_with_a_wrong_value_is_pointed_at() {
        let error = parse("养老 日期:二月").unwrap_err();
        assert_eq!(error.query.get(error.span.clone()), Some("二月"));
        assert!(parse("记者: 付凯明").unwrap_err().message.contains("没有内容"));
    }

    #[test]
    fn ten_thousand_brackets_are_refused_and_ten_thousand_quotes_are_text() {
        assert!(parse(&"(".repeat(10_000)).is_err());
        assert!(parse(&"“".repeat(10_000)).is_ok());
        assert!(parse(&"a ".repeat(10_000)).is_err());
        assert!(parse(&" -".repeat(10_000)).is_ok());
    }

    proptest! {
        #[test]
        fn the_canonical_text_is_read_as_the_same_query(
            text in r#"([养老服务ab ]|标题:|记者:|日期:2026|"|“|”|\(|\)|\||-| ){0,24}"#
        ) {
            if let Ok(parsed) = parse(&text) {
                let again = parse(&parsed.query.to_string());
                prop_assert_eq!(again.map(|p| p.query), Ok(parsed.query));
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = parse(&text);
        }
    }
}
