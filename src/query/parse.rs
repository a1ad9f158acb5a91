//! Tokens to tree.
//!
//! ```text
//! either  = all { ("|" | "OR") all }
//! all     = near { ["AND"] near }
//! near    = not { "~10" | "~句" | "~段" not }
//! not     = ("-" | "NOT") not | one
//! one     = "(" either ")" | [field ":"] ["="] (word | quoted) ["{3,}"] | [field ":"] "/" expression "/"
//!         | [field ":"] ["="] "(" either ")"
//! ```
//! An operator without its operand, a bracket without its partner is plain text, and a notice says so. What a single
//! term is, `leaf` knows.

use super::leaf::{self, Context};
use super::token::{Kind, Token, tokens};
use super::vocabulary::{self, Plain, Vocabulary};
use super::{Near, Query, QueryError, Reach, Term, Wording};
use crate::article::fields;
use chrono::NaiveDate;
use std::ops::Range;

/// How deep brackets may nest: far beyond any real query, far from the end of the stack.
const DEEPEST: usize = 64;
/// How many terms a query may have.
const MOST_TERMS: usize = 1_024;
/// How long a query may be, in bytes: a page of a newspaper.
const LONGEST: usize = 1 << 16;

/// A query as understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The tree; empty where nothing was asked.
    pub query: Query,
    /// What was taken otherwise than it might have been meant: a sentence each.
    pub notices: Vec<String>,
}

/// Reads a query. Dates like 昨天 are counted from `today`.
///
/// # Errors
/// When a field has a value that it cannot have, an operator stands between what it cannot join, or the query is too
/// long, has too many terms or brackets nested too deep.
pub fn parse(text: &str, today: NaiveDate) -> Result<Parsed, QueryError> {
    parse_with(text, today, &Plain)
}

/// Reads a query with what a user has added to the language.
///
/// # Errors
/// As [`parse`], and when a saved search cannot be understood.
pub fn parse_with(text: &str, today: NaiveDate, vocabulary: &dyn Vocabulary) -> Result<Parsed, QueryError> {
    if text.len() > LONGEST {
        let start: String = text.chars().take(20).collect();
        return Err(QueryError {
            message: format!("检索式太长（最多 {LONGEST} 字节，这里有 {}）", text.len()),
            span: start.len()..start.len() + '…'.len_utf8(),
            query: start + "…",
            hint: Some("取其中的一段，或分成几次检索".to_owned()),
        });
    }
    let (tokens, notices) = tokens(text);
    let mut parser = Parser { text, today, vocabulary, tokens, at: 0, depth: 0, excluded: 0, terms: 0, notices };
    let mut parts = Vec::new();
    while parser.at < parser.tokens.len() {
        parts.push(parser.either(Context::default())?);
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
    today: NaiveDate,
    vocabulary: &'a dyn Vocabulary,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    /// How many exclusions it stands in.
    excluded: usize,
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

    fn either(&mut self, context: Context) -> Result<Query, QueryError> {
        let mut alternatives = Vec::new();
        loop {
            let all = self.all(context)?;
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

    /// Returns whether one alternative ends at a place from here.
    fn ends_at(&self, place: usize) -> bool {
        match self.tokens.get(self.at + place) {
            None => true,
            Some(token) => match &token.kind {
                Kind::Close | Kind::Bar => true,
                Kind::Word(word) => word == "OR",
                Kind::Quoted(_) | Kind::Open | Kind::Minus | Kind::Expression(_) => false,
            },
        }
    }

    fn all(&mut self, context: Context) -> Result<Query, QueryError> {
        let mut all = Vec::new();
        while !self.ends_at(0) {
            if self.is_word("AND") {
                self.at += 1;
                continue;
            }
            let start = self.peek().map_or(0, |token| token.span.start);
            let mut part = self.not(context)?;
            if let Some(reach) = self.reach()? {
                part = self.near(part, start, reach, context)?;
            }
            all.extend(part.conjuncts());
        }
        Ok(Query::And(Vec::new()).and(Query::And(all)))
    }

    /// Returns how near the next two are asked to stand, where `~10` or its like stands here between two.
    fn reach(&self) -> Result<Option<Reach>, QueryError> {
        let Some(Token { kind: Kind::Word(word), span, after_blank: true }) = self.peek() else { return Ok(None) };
        let Some(reach) = leaf::reach(word) else { return Ok(None) };
        if self.ends_at(1) {
            return Ok(None);
        }
        match reach {
            Reach::Characters(most) if most > Reach::MOST => {
                let message = format!("相距最多只能写 {} 字", Reach::MOST);
                Err(self.error(span.clone(), message, "同一段用 ~段，同一句用 ~句"))
            }
            reach => Ok(Some(reach)),
        }
    }

    fn near(&mut self, first: Query, start: usize, reach: Reach, context: Context) -> Result<Query, QueryError> {
        /// How many ways alternatives of both sides may be put together.
        const MOST_WAYS: usize = 64;
        /// How many may stand in one chain.
        const LONGEST_CHAIN: usize = 8;
        let mut next = Some(reach);
        let way = |wording| Near { wordings: vec![wording], reaches: Vec::new() };
        let mut ways: Vec<Near> = self.sides(first, start)?.into_iter().map(way).collect();
        while let Some(reach) = next {
            self.at += 1;
            let start = self.peek().map_or(self.text.len(), |token| token.span.start);
            let side = self.not(context)?;
            let sides = self.sides(side, start)?;
            if ways.len() * sides.len() > MOST_WAYS {
                let message = format!("两边的搭配太多（最多 {MOST_WAYS} 种）");
                return Err(self.error(start..self.end(), message, "减少括号里的词"));
            }
            if ways.first().is_some_and(|way| way.wordings.len() >= LONGEST_CHAIN) {
                let message = format!("~ 连得太长（最多 {LONGEST_CHAIN} 个检索词）");
                return Err(self.error(start..self.end(), message, "分成几组，例如：(甲 ~10 乙) (丙 ~10 丁)"));
            }
            let longer = |way: &Near, side: &Wording| {
                let mut way = way.clone();
                way.wordings.push(side.clone());
                way.reaches.push(reach);
                way
            };
            ways = ways.iter().flat_map(|way| sides.iter().map(|side| longer(way, side))).collect();
            next = self.reach()?;
        }
        let mut ways: Vec<Query> = ways.into_iter().map(Query::Near).collect();
        let only = if ways.len() == 1 { ways.pop() } else { None };
        Ok(only.unwrap_or(Query::Or(ways)))
    }

    /// Returns the wordings that one side of `~10` may be.
    fn sides(&self, side: Query, start: usize) -> Result<Vec<Wording>, QueryError> {
        let alternatives = match side {
            Query::Or(parts) => parts,
            one => vec![one],
        };
        let wording = |query| match query {
            Query::Term(term) => Some(Wording::from(term)),
            Query::Wild(wording) => Some(wording),
            Query::Near(_)
            | Query::Times(_)
            | Query::Pattern(..)
            | Query::Name(..)
            | Query::Keyword(..)
            | Query::Pages(_)
            | Query::Id(_)
            | Query::Date(_)
            | Query::And(_)
            | Query::Or(_)
            | Query::Not(_) => None,
        };
        alternatives.into_iter().map(wording).collect::<Option<Vec<_>>>().ok_or_else(|| {
            self.error(start..self.end(), "~ 的两边要是检索词", "例如：养老 ~10 服务、养老 ~句 (服务|机构)")
        })
    }

    /// Returns where the token before this place ends.
    fn end(&self) -> usize {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(self.text.len(), |token| token.span.end)
    }

    fn not(&mut self, context: Context) -> Result<Query, QueryError> {
        let Some(token) = self.peek().cloned() else { return Ok(Query::And(Vec::new())) };
        let stands_alone = self.tokens.get(self.at + 1).is_none_or(|next| match token.kind {
            Kind::Minus => next.after_blank || matches!(next.kind, Kind::Close | Kind::Bar),
            Kind::Word(_) | Kind::Quoted(_) | Kind::Open | Kind::Close | Kind::Bar | Kind::Expression(_) => {
                matches!(next.kind, Kind::Close | Kind::Bar)
            }
        });
        match &token.kind {
            Kind::Minus if stands_alone => {
                self.notices.push("单独的 “-” 已忽略；要找以它开头的文字，请加引号或用 -F".to_owned());
                self.at += 1;
                Ok(Query::And(Vec::new()))
            }
            Kind::Word(word) if word == "NOT" && !stands_alone => self.negated(context),
            Kind::Minus => self.negated(context),
            Kind::Word(_) | Kind::Quoted(_) | Kind::Open | Kind::Close | Kind::Bar | Kind::Expression(_) => {
                self.one(context)
            }
        }
    }

    fn negated(&mut self, context: Context) -> Result<Query, QueryError> {
        self.at += 1;
        self.deeper()?;
        self.excluded += 1;
        let part = self.not(context)?;
        self.excluded -= 1;
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

    fn one(&mut self, context: Context) -> Result<Query, QueryError> {
        let Some(token) = self.peek().cloned() else { return Ok(Query::And(Vec::new())) };
        self.at += 1;
        match token.kind {
            Kind::Open => self.group(context),
            Kind::Quoted(text) => self.quoted(context, &text, token.span),
            Kind::Word(word) => self.word(context, &word, token.span),
            Kind::Expression(source) => {
                self.counted(&token.span)?;
                leaf::pattern(context, &source).map_err(|wrong| self.error(token.span, wrong.message, &wrong.hint))
            }
            Kind::Minus | Kind::Bar | Kind::Close => Ok(Query::And(Vec::new())), // `not` and `all` take these
        }
    }

    fn group(&mut self, context: Context) -> Result<Query, QueryError> {
        self.deeper()?;
        let inner = self.either(context)?;
        self.depth -= 1;
        if matches!(self.peek(), Some(Token { kind: Kind::Close, .. })) {
            self.at += 1;
        } else {
            self.notices.push("左括号没有配对，已忽略".to_owned());
        }
        Ok(inner)
    }

    /// Reads a word, which may open a field, ask for whole words, and be followed at once by what these are asked of.
    fn word(&mut self, context: Context, word: &str, span: Range<usize>) -> Result<Query, QueryError> {
        if let Some(name) = vocabulary::name(word).filter(|_| context.field.is_none()) {
            let hint = "xunwen saved 列出保存的检索，xunwen save 同一个名字换成新的";
            match self.vocabulary.saved(name).map_err(|message| self.error(span.clone(), message, hint))? {
                Some(saved) => {
                    self.notices.extend(saved.notices);
                    return Ok(saved.query);
                }
                None => self.notices.push(format!("没有保存过名为 {name} 的检索，@{name} 按普通文字处理")),
            }
        }
        let (mut context, mut value) = (context, word);
        let mut example = None;
        if let Some((name, rest)) = word.split_once([':', '：']) {
            if let Some(row) = fields::named(name) {
                (context.field, value, example) = (Some(row.field), rest, Some((name, row.example)));
            } else if let Some(meant) = leaf::meant(name) {
                self.notices.push(format!("“{name}:” 不是字段，按普通文字处理；是不是 “{meant}:”？"));
            }
        }
        if let Some(rest) = value.strip_prefix(['=', '＝']) {
            (context.whole, value) = (true, rest);
        }
        if !value.is_empty() {
            return self.leaf(context, value, span.end - value.len()..span.end);
        }
        match self.peek().filter(|next| !next.after_blank).cloned() {
            Some(Token { kind: Kind::Quoted(text), span, .. }) => {
                self.at += 1;
                self.quoted(context, &text, span)
            }
            Some(Token { kind: Kind::Open, .. }) => {
                self.at += 1;
                self.group(context)
            }
            Some(Token { kind: Kind::Expression(_), .. }) if example.is_some() => self.one(context),
            // Only a slash that opens no expression parts a field from its word.
            Some(Token { kind: Kind::Word(text), span, .. }) if example.is_some() => {
                self.at += 1;
                self.leaf(context, &text, span)
            }
            _ => match example {
                Some((name, example)) => {
                    let message = format!("“{name}:” 后面没有内容");
                    Err(self.error(span, message, &format!("冒号后面不要空格，例如：{example}")))
                }
                None => self.leaf(Context { whole: false, ..context }, word, span),
            },
        }
    }

    /// Reads a word as a term. It may end in `{3,}`.
    fn leaf(&mut self, context: Context, word: &str, span: Range<usize>) -> Result<Query, QueryError> {
        self.counted(&span)?;
        if let Some(reach) = leaf::reach(word) {
            self.notices.push(format!("“~{reach}” 的两边要各有一个检索词，这里按普通文字处理"));
        }
        let read = leaf::word(context, word, self.today);
        let query = read.map_err(|wrong| self.error(span, wrong.message, &wrong.hint))?;
        Ok(match query {
            Some(query) if self.excluded == 0 => vocabulary::widened(query, self.vocabulary, &mut self.notices),
            Some(query) => query,
            None => self.nothing(),
        })
    }

    /// Reads the text between quotes. `{3,}` may follow at once.
    fn quoted(&mut self, context: Context, text: &str, span: Range<usize>) -> Result<Query, QueryError> {
        self.counted(&span)?;
        let after = match self.peek() {
            Some(Token { kind: Kind::Word(word), span, after_blank: false }) => {
                leaf::count(word).filter(|(rest, _)| rest.is_empty()).map(|(_, count)| (count, span.clone()))
            }
            _ => None,
        };
        let read = leaf::quoted(context, text, self.today);
        let query = read.map_err(|wrong| self.error(span, wrong.message, &wrong.hint))?;
        let Some(query) = query else { return Ok(self.nothing()) };
        match (query, after) {
            (Query::Term(term), Some((count, span))) => {
                self.at += 1;
                self.times(term, count, span)
            }
            (query, _) => Ok(query),
        }
    }

    fn times(&self, term: Term, count: leaf::Count, span: Range<usize>) -> Result<Query, QueryError> {
        leaf::times(term.into(), count).map_err(|wrong| self.error(span, wrong.message, &wrong.hint))
    }

    fn nothing(&mut self) -> Query {
        self.notices.push("没有可检索文字的检索词已忽略".to_owned());
        Query::And(Vec::new())
    }

    fn counted(&mut self, span: &Range<usize>) -> Result<(), QueryError> {
        self.terms += 1;
        if self.terms > MOST_TERMS {
            return Err(self.error(span.clone(), format!("检索词太多（最多 {MOST_TERMS} 个）"), "多条检索请分开做"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<Parsed, QueryError> {
        parse(text, NaiveDate::from_ymd_opt(2026, 3, 31).unwrap())
    }

    fn canonical(text: &str) -> String {
        read(text).unwrap().query.to_string()
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
            ("版:A02 地点:北京", "版:A2 电头:北京"),
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
            let parsed = read(typed).unwrap();
            assert_eq!(parsed.query, read(understood).unwrap().query, "{typed}");
            assert!(!parsed.notices.is_empty(), "{typed}");
        }
    }

    #[test]
    fn a_slash_that_no_other_closes_is_text_and_a_notice_says_so() {
        for (typed, understood) in [
            ("标题:/养?老", "标题:\"/养?老\""),
            ("标题：/养?老 服务", "标题:\"/养?老\" 服务"),
            ("/养 老", "\"/养\" 老"),
        ] {
            let parsed = read(typed).unwrap();
            assert_eq!(parsed.query.to_string(), understood, "{typed}");
            assert_eq!(parsed.notices, ["正则末尾缺少 /，按普通文字处理；例如 /养.老/"], "{typed}");
        }
        assert_eq!(read("标题:/养?老/").unwrap().notices, Vec::<String>::new());
        assert!(read("标题: /养").unwrap_err().message.contains("没有内容"));
    }

    #[test]
    fn a_field_with_a_wrong_value_is_pointed_at() {
        let error = read("养老 日期:二月").unwrap_err();
        assert_eq!(error.query.get(error.span.clone()), Some("二月"));
        assert!(read("记者: 付凯明").unwrap_err().message.contains("没有内容"));
    }

    #[test]
    fn ten_thousand_brackets_are_refused_and_ten_thousand_quotes_are_text() {
        assert!(read(&"(".repeat(10_000)).is_err());
        assert!(read(&"“".repeat(10_000)).is_ok());
        assert!(read(&"a ".repeat(10_000)).is_err());
        assert!(read(&" -".repeat(10_000)).is_ok());
    }

    #[test]
    fn a_word_that_must_be_quoted_has_no_wildcards() {
        let long = format!("养?老{}", "老".repeat(400));
        for text in [
            "/养?老 服务",
            "/养?老 服务/",
            "-/养?老 服务",
            ",-养?老",
            "--养?老",
            "，标题:养?老",
            "“养?老",
            "==养?老",
            &long,
        ] {
            let parsed = read(text).unwrap();
            let canonical = parsed.query.to_string();
            assert_eq!(read(&canonical).unwrap().query, parsed.query, "{text} → {canonical}");
        }
        assert!(matches!(read("，养?老。").unwrap().query, Query::Wild(_)), "but punctuation does not hinder");
    }

    proptest! {
        #[test]
        fn the_canonical_text_is_read_as_the_same_query(
            text in r#"([养老服务ab ]|标题:|记者:|日期:2026|"|“|”|\(|\)|\||-| ){0,24}"#
        ) {
            if let Ok(parsed) = read(&text) {
                let again = read(&parsed.query.to_string());
                prop_assert_eq!(again.map(|p| p.query), Ok(parsed.query));
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = read(&text);
        }
    }
}
