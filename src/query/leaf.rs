//! One term: what a word, a quoted text or an expression asks in a field.

use super::{DateRange, Pages, Query, Reach, Scope, Term, Times, Wording};
use crate::article::ReportId;
use crate::article::fields::{FIELDS, Field, Keyword};
use crate::text::fold::fold;
use crate::text::pattern::Pattern;
use chrono::NaiveDate;

/// What brackets and fields around a term say of it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context {
    /// The field asked; none for a bare term.
    pub field: Option<Field>,
    /// Whether words must be whole.
    pub whole: bool,
}

/// What is wrong with a term, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// One sentence.
    pub message: String,
    /// One sentence, or nothing.
    pub hint: String,
}

impl Wrong {
    fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into() }
    }
}

/// How often: at least, at most.
pub type Count = (usize, Option<usize>);

/// The most times that can be asked for.
const MOST_TIMES: usize = 10_000;

/// Reads a word typed without quotes; `None` where nothing is left to look for.
pub fn word(context: Context, word: &str, today: NaiveDate) -> Result<Option<Query>, Wrong> {
    let Some(scope) = scope(context.field) else { return value(context.field, trimmed(word), false, today) };
    let counted = count(trimmed(word)).filter(|(text, _)| !fold(trimmed(text)).is_empty());
    let (text, times) = counted.map_or((word, None), |(text, times)| (text, Some(times)));
    let text = trimmed(text);
    if fold(text).is_empty() {
        return Ok(None);
    }
    let wording = Wording::of_word(&Term { text: text.to_owned(), scope, whole: context.whole });
    match (times, wording.pieces()) {
        (Some(count), _) => self::times(wording, count).map(Some),
        (None, [only]) => Ok(Some(Query::Term(only.clone()))),
        (None, _) => Ok(Some(Query::Wild(wording))),
    }
}

/// Reads a text between quotes; `None` where nothing is left to look for.
pub fn quoted(context: Context, text: &str, today: NaiveDate) -> Result<Option<Query>, Wrong> {
    let Some(scope) = scope(context.field) else { return value(context.field, text, true, today) };
    let term = Term { text: text.to_owned(), scope, whole: context.whole };
    Ok((!fold(text).is_empty()).then_some(Query::Term(term)))
}

/// Reads an expression.
pub fn pattern(context: Context, source: &str) -> Result<Query, Wrong> {
    let scope = scope(context.field)
        .ok_or_else(|| Wrong::new("这个字段不能用正则", "正则只用于文字，例如：正文:/[0-9]+万人次/"))?;
    let pattern = Pattern::new(source)
        .map_err(|message| Wrong::new(message, "写法同 Rust 的 regex，斜线写成 \\/；要找斜线本身请加引号"))?;
    Ok(Query::Pattern(pattern, scope))
}

/// Asks for a wording so often.
pub fn times(wording: Wording, (least, most): Count) -> Result<Query, Wrong> {
    const HINT: &str = "例如 养老{3,} 是至少三次，养老{2,5} 是二到五次，养老{2} 是恰好两次";
    match most {
        _ if least == 0 => Err(Wrong::new("次数至少是 1", "要排除一个词请在前面加 -")),
        Some(most) if most < least => Err(Wrong::new("次数的上限比下限小", HINT)),
        _ if least.max(most.unwrap_or(0)) > MOST_TIMES => Err(Wrong::new(format!("次数最多只能写 {MOST_TIMES}"), HINT)),
        _ => Ok(Query::Times(Times { wording, least, most })),
    }
}

/// Returns where a term of a field is looked for; `None` where the field is no text.
fn scope(field: Option<Field>) -> Option<Scope> {
    match field {
        None => Some(Scope::Bare),
        Some(Field::Everything) => Some(Scope::Everywhere),
        Some(Field::Text(part)) => Some(Scope::Part(part)),
        Some(Field::Narrow(narrow)) => Some(Scope::Narrow(narrow)),
        Some(Field::Name(_) | Field::AnyName | Field::Keyword(_) | Field::Date | Field::Id) => None,
    }
}

/// Reads the value of a field that is no text. One in quotes is no span of pages.
fn value(field: Option<Field>, text: &str, in_quotes: bool, today: NaiveDate) -> Result<Option<Query>, Wrong> {
    if fold(text).is_empty() {
        return Ok(None);
    }
    let query = match field {
        Some(Field::Name(role)) => Query::Name(Some(role), text.to_owned()),
        Some(Field::AnyName) => Query::Name(None, text.to_owned()),
        Some(Field::Keyword(Keyword::Page)) if !in_quotes => page(text),
        Some(Field::Keyword(keyword)) => Query::Keyword(keyword, text.to_owned()),
        Some(Field::Date) => DateRange::parse(text, today)
            .map(Query::Date)
            .map_err(|message| Wrong::new(message, "例如：日期:2026-02、日期:2026-02-24..2026-02-26、日期:近7天"))?,
        Some(Field::Id) => {
            let id = fold(text);
            if ReportId::span_of_prefix(&id).is_none() {
                return Err(Wrong::new(
                    format!("不是报道的编号：{text}"),
                    "编号在检索结果里，写开头的四个字符以上，例如：编号:k3vd",
                ));
            }
            Query::Id(id)
        }
        None | Some(Field::Everything | Field::Text(_) | Field::Narrow(_)) => return Ok(None),
    };
    Ok(Some(query))
}

/// Reads pages: a span of them or one, with or without leading zeros; else the page as it is written (头版).
#[must_use]
pub fn page(text: &str) -> Query {
    match Pages::parse(text) {
        Some(pages) => Query::Pages(pages),
        None => Query::Keyword(Keyword::Page, text.to_owned()),
    }
}

/// Reads `~10`, `~句`, `~段`.
pub fn reach(word: &str) -> Option<Reach> {
    let rest = word.strip_prefix(['~', '～'])?;
    match fold(rest).as_str() {
        "句" => Some(Reach::Sentence),
        "段" => Some(Reach::Paragraph),
        digits if is_number(digits) => Some(Reach::Characters(digits.parse().unwrap_or(usize::MAX))),
        _ => None,
    }
}

/// Parts a word from the `{3,}`, `{3}` or `{2,5}` that it ends in.
pub fn count(word: &str) -> Option<(&str, Count)> {
    let inner = word.strip_suffix(['}', '｝'])?;
    let (text, inner) = inner.rsplit_once(['{', '｛'])?;
    let inner = fold(inner);
    let (least, most) = inner.split_once(',').map_or((inner.as_str(), None), |(least, most)| (least, Some(most)));
    let number = |digits: &str| is_number(digits).then(|| digits.parse().unwrap_or(usize::MAX));
    let least = number(least)?;
    match most {
        None => Some((text, (least, Some(least)))),
        Some("") => Some((text, (least, None))),
        Some(most) => Some((text, (least, Some(number(most)?)))),
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() < 20 && text.bytes().all(|b| b.is_ascii_digit())
}

/// Returns the field that a name which is none was probably meant to be.
pub fn meant(name: &str) -> Option<&'static str> {
    let names = FIELDS.iter().flat_map(|row| row.aliases.iter().chain([&row.name]).copied());
    let name = name.trim_start_matches(['=', '＝']);
    names.clone().find(|known| is_slip(&name.to_ascii_lowercase(), known))
}

/// Returns whether a name is another with one character wrong, or two turned round. Of two Chinese characters the
/// first must be right: many words share the second.
fn is_slip(name: &str, known: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (name.chars().collect(), known.chars().collect());
    if a.len() < 2 || a.len() > 16 || a == b {
        return false;
    }
    if !known.is_ascii() {
        let turned = a.len() == 2 && a.first() == b.last() && a.last() == b.first();
        return turned || (a.len() == b.len() && a.first() == b.first() && differing(&a, &b) == 1);
    }
    if known.len() < 4 {
        return false;
    }
    let differs_at: Vec<usize> = (0..a.len().min(b.len())).filter(|&n| a.get(n) != b.get(n)).collect();
    match (a.len().abs_diff(b.len()), differs_at.as_slice()) {
        (0, [_]) => true,
        (0, &[x, y]) => y == x + 1 && a.get(x) == b.get(y) && a.get(y) == b.get(x),
        (1, _) => {
            let (short, long) = if a.len() < b.len() { (&a, &b) } else { (&b, &a) };
            let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
            short.iter().skip(same).eq(long.iter().skip(same + 1))
        }
        _ => false,
    }
}

fn differing(a: &[char], b: &[char]) -> usize {
    a.iter().zip(b).filter(|(a, b)| a != b).count()
}

/// Drops the punctuation of a sentence at the edges of a word. A `?` is no such: it may be meant.
pub fn trimmed(word: &str) -> &str {
    word.trim_matches(['，', '。', '！', '；', '、', '：', '…', ',', ';', '!'])
}
