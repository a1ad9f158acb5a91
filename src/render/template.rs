//! Templates: how a user lays a hit out, `{date}\t{title|30}\t{reporters}`. Read once, then filled for each.

use super::Style;
use super::columns::{self, Column, Datum, MADE, Row};
use crate::article::PartialDate;
use crate::text::nearest::nearest;
use crate::text::width::{cut, filled, width};
use std::fmt::Write as _;
use std::io::{self, Write};
use std::iter::Peekable;
use std::str::Chars;

/// A template as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    parts: Vec<Part>,
    /// Whether it ends what it writes itself.
    ended: bool,
}

/// Why a template cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// What is wrong with it.
    pub message: String,
    /// How to mend it.
    pub hint: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Field(Field, Vec<Filter>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Field {
    /// The name of a column.
    Column(&'static str),
    /// A column of the record that has none here.
    Extra(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Filter {
    /// At most so many columns.
    Most(usize),
    /// Exactly so many, filled on the right.
    Left(usize),
    /// Exactly so many, filled on the left.
    Right(usize),
    Default(String),
    First,
    Join(String),
    Json,
    /// Parts of a date, each with the text after it.
    Date(String, Vec<(DatePart, String)>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DatePart {
    Year,
    Month { padded: bool },
    Day { padded: bool },
}

/// The filters: how each is written, and what it does.
pub const FILTERS: &[(&str, &str)] = &[
    ("{title|30}", "最多占 30 列（一个汉字两列），长了以 … 截断"),
    ("{title|<30}", "正好占 30 列，短了在右边补空格；{rank|>4} 在左边补"),
    ("{reporters|default:佚名}", "没有内容时写“佚名”"),
    ("{reporters|first}", "几个里的头一个"),
    ("{reporters|join:/}", "几个之间写 /（默认姓名之间是顿号，段落之间换行）"),
    ("{date|%Y年%-m月%-d日}", "日期的写法：%Y 年，%m、%d 两位的月、日，%-m、%-d 不补 0"),
    ("{title|json}", "写成 JSON，如 \"标题\""),
];

/// What stands for characters that are hard to type: how it is written, and what it is.
pub const ESCAPES: &[(&str, &str)] =
    &[("\\t", "制表符"), ("\\n", "换行"), ("\\0", "NUL 字符"), ("\\\\", "反斜杠"), ("{{", "{"), ("}}", "}")];

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// When it names what is not there, or braces are not closed.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\\' => plain.push(escaped(&mut chars)?),
                '{' if chars.next_if_eq(&'{').is_some() => plain.push('{'),
                '}' if chars.next_if_eq(&'}').is_some() => plain.push('}'),
                '}' => return Err(wrong("多了一个 }".to_owned(), "要写 } 本身请写 }}")),
                '{' => {
                    if !plain.is_empty() {
                        parts.push(Part::Text(std::mem::take(&mut plain)));
                    }
                    parts.push(field(&mut chars)?);
                }
                c => plain.push(c),
            }
        }
        let ended = plain.ends_with(['\n', '\0']);
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        if parts.is_empty() {
            return Err(wrong("模板是空的".to_owned(), "例如 '{date}\\t{title|30}\\t{reporters}'"));
        }
        Ok(Self { parts, ended })
    }

    /// Writes a row, and a line end unless the template ends in one, or in NUL, itself.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write(&self, out: &mut dyn Write, row: Row<'_>, style: Style) -> io::Result<()> {
        for part in &self.parts {
            match part {
                Part::Text(text) => out.write_all(text.as_bytes())?,
                Part::Field(field, filters) => {
                    let text = filtered(field.of(row), filters);
                    // Line ends that a list was joined with are meant, on a terminal too.
                    let lines: Vec<_> = text.split('\n').map(|line| style.safe(line)).collect();
                    out.write_all(lines.join("\n").as_bytes())?;
                }
            }
        }
        if self.ended { Ok(()) } else { out.write_all(b"\n") }
    }
}

impl Field {
    fn of<'a>(&self, row: Row<'a>) -> Datum<'a> {
        match self {
            Self::Column(name) => columns::named(name).map_or(Datum::Nothing, |column| column.of(row)),
            Self::Extra(key) => {
                let value = row.report.article.extra.get(key);
                value.map_or(Datum::Nothing, |value| Datum::Text(value.into()))
            }
        }
    }
}

fn wrong(message: String, hint: &str) -> TemplateError {
    TemplateError { message: format!("模板写法不对：{message}"), hint: hint.to_owned() }
}

/// Reads what stands behind a backslash.
fn escaped(chars: &mut Peekable<Chars<'_>>) -> Result<char, TemplateError> {
    match chars.next() {
        Some('t') => Ok('\t'),
        Some('n') => Ok('\n'),
        Some('0') => Ok('\0'),
        Some(c @ ('\\' | '{' | '}' | '|')) => Ok(c),
        other => {
            let typed = other.map(String::from).unwrap_or_default();
            Err(wrong(format!("没有 \\{typed} 这种写法"), "可以写 \\t \\n \\0 \\\\"))
        }
    }
}

/// Reads a field behind its opening brace.
fn field(chars: &mut Peekable<Chars<'_>>) -> Result<Part, TemplateError> {
    let mut pieces = vec![String::new()];
    loop {
        let c = match chars.next() {
            None => return Err(wrong("{ 没有对应的 }".to_owned(), "要写 { 本身请写 {{")),
            Some('}') => break,
            Some('|') => {
                pieces.push(String::new());
                continue;
            }
            Some('\\') => escaped(chars)?,
            Some(c) => c,
        };
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    let mut pieces = pieces.into_iter();
    let name = pieces.next().unwrap_or_default();
    let name = name.trim();
    let field = match name.strip_prefix("extra.") {
        Some(key) => Field::Extra(key.to_owned()),
        None => Field::Column(column(name).map_err(|hint| wrong(format!("没有 {name} 这个字段"), &hint))?.name),
    };
    let is_date = matches!(field, Field::Column("date" | "published" | "dateline_date" | "event_date"));
    let filters = pieces.map(|text| filter(&text, is_date)).collect::<Result<_, _>>()?;
    Ok(Part::Field(field, filters))
}

/// Returns the column of a name.
///
/// # Errors
/// A hint, where there is none.
pub fn column(name: &str) -> Result<&'static Column, String> {
    columns::named(name).ok_or_else(|| match nearest(name, columns::names_of_all()) {
        Some(meant) => format!("是不是 {meant}？全部字段见 xunwen help 模板"),
        None => "全部字段见 xunwen help 模板".to_owned(),
    })
}

fn filter(text: &str, is_date: bool) -> Result<Filter, TemplateError> {
    let columns = |digits: &str| digits.parse().ok().filter(|&n| (1..=10_000).contains(&n));
    let bare = text.trim();
    let named = match bare.chars().next() {
        Some('<') => columns(&bare[1..]).map(Filter::Left),
        Some('>') => columns(&bare[1..]).map(Filter::Right),
        Some('%') if is_date => return date_filter(text),
        Some('%') => return Err(wrong(format!("{bare} 只能用于日期"), "如 {date|%Y年%-m月}")),
        Some('0'..='9') => columns(bare).map(Filter::Most),
        _ => match (bare, text.trim_start().split_once(':')) {
            ("first", _) => Some(Filter::First),
            ("json", _) => Some(Filter::Json),
            (_, Some(("default", text))) => Some(Filter::Default(text.to_owned())),
            (_, Some(("join", text))) => Some(Filter::Join(text.to_owned())),
            _ => None,
        },
    };
    named.ok_or_else(|| {
        let known = ["first", "json", "default:", "join:"];
        let meant = nearest(bare, known).map(|meant| format!("是不是 {meant}？")).unwrap_or_default();
        wrong(format!("没有 {bare} 这种修饰"), &format!("{meant}全部修饰见 xunwen help 模板"))
    })
}

/// Reads a pattern of dates.
fn date_filter(pattern: &str) -> Result<Filter, TemplateError> {
    let (mut before, mut parts) = (String::new(), Vec::<(DatePart, String)>::new());
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        let part = match c {
            '%' => {
                let padded = chars.next_if_eq(&'-').is_none();
                match chars.next() {
                    Some('Y') => Some(DatePart::Year),
                    Some('m') => Some(DatePart::Month { padded }),
                    Some('d') => Some(DatePart::Day { padded }),
                    _ => {
                        let hint = "可以写 %Y %m %d %-m %-d，如 {date|%Y年%-m月%-d日}";
                        return Err(wrong(format!("不懂日期写法 {pattern}"), hint));
                    }
                }
            }
            c => {
                parts.last_mut().map_or(&mut before, |(_, after)| after).push(c);
                None
            }
        };
        parts.extend(part.map(|part| (part, String::new())));
    }
    Ok(Filter::Date(before, parts))
}

/// Writes a date as its pattern says, as far as the date is known.
fn written(date: PartialDate, before: &str, parts: &[(DatePart, String)]) -> String {
    let mut text = before.to_owned();
    let mut whole = true;
    for (part, after) in parts {
        let (value, digits) = match *part {
            DatePart::Year => (u32::try_from(date.year()).ok(), 4),
            DatePart::Month { padded } => (date.month(), if padded { 2 } else { 1 }),
            DatePart::Day { padded } => (date.day(), if padded { 2 } else { 1 }),
        };
        match value {
            Some(value) => {
                let _ = write!(text, "{value:0digits$}{after}");
            }
            None => whole = false,
        }
    }
    if whole { text } else { text.trim_end_matches(|c: char| c.is_ascii_punctuation() || c == ' ').to_owned() }
}

fn filtered(datum: Datum<'_>, filters: &[Filter]) -> String {
    let mut datum = datum;
    for filter in filters {
        datum = match filter {
            Filter::First => match datum {
                Datum::List(texts, _) => texts.into_iter().next().map_or(Datum::Nothing, Datum::Text),
                other => other,
            },
            Filter::Join(between) => match datum {
                Datum::List(texts, _) => Datum::Text(texts.join(between).into()),
                other => other,
            },
            Filter::Default(text) if datum.text().is_empty() => Datum::Text(text.clone().into()),
            Filter::Default(_) => datum,
            Filter::Json => Datum::Text(datum.json().to_string().into()),
            Filter::Date(before, parts) => match datum {
                Datum::Date(date) => Datum::Text(written(date, before, parts).into()),
                other => other,
            },
            Filter::Most(columns) => Datum::Text(cut(&datum.text(), *columns).into()),
            Filter::Left(columns) => Datum::Text(filled(&cut(&datum.text(), *columns), *columns).into()),
            Filter::Right(columns) => {
                let text = cut(&datum.text(), *columns);
                Datum::Text(format!("{}{text}", " ".repeat(columns.saturating_sub(width(&text)))).into())
            }
        };
    }
    datum.text()
}

/// Returns the manual page of templates, from the tables of fields, filters and escapes.
#[must_use]
pub fn manual() -> String {
    let mut text = String::from(
        "模板 · templates\n\n--template 把每篇报道写成模板的样子，{字段} 的地方换成它的内容；模板不以 \\n 或 \\0 结尾时，每篇之后换行。\n\n例：\n  xunwen search 养老服务 --template '{date}\\t{title|30}\\t{reporters}'\n",
    );
    let mut section = |heading: &str, rows: &[(String, &str)]| {
        let columns = rows.iter().map(|(left, _)| width(left)).max().unwrap_or(0) + 2;
        let _ = writeln!(text, "\n{heading}");
        for (left, right) in rows {
            let _ = writeln!(text, "  {}{right}", filled(left, columns));
        }
    };
    let fields = columns::COLUMNS.iter().map(|column| {
        let made = if MADE.contains(&column.name) { "" } else { " *" };
        (format!("{}  {}{made}", filled(&format!("{{{}}}", column.name), 19), column.label), column.gloss)
    });
    section("字段（英文名、中文名都可以写；带 * 的就是 JSON 的键）", &fields.collect::<Vec<_>>());
    let pairs =
        |table: &[(&str, &'static str)]| table.iter().map(|&(a, b)| (a.to_owned(), b)).collect::<Vec<(String, &str)>>();
    section("修饰（可以接着写几个，从左到右，如 {reporters|first|default:佚名|<8}）", &pairs(FILTERS));
    section("写法", &pairs(ESCAPES));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::samples;
    use proptest::prelude::*;

    fn shown(template: &str) -> String {
        let hit = samples::hit();
        let mut out = Vec::new();
        Template::parse(template).unwrap().write(&mut out, Row::of_hit(&hit, false), Style::PIPE).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn message(template: &str) -> (String, String) {
        let error = Template::parse(template).unwrap_err();
        (error.message, error.hint)
    }

    #[test]
    fn fields_are_filled_and_escapes_are_characters() {
        assert_eq!(shown("{date}\\t{title}\\t{reporters}"), "2026-02-04\t社区食堂开张\t付凯明、李慧敏\n");
        assert_eq!(shown("{日期} {{{标题}}}\\0"), "2026-02-04 {社区食堂开张}\0");
        assert_eq!(shown("a\\\\b\\n"), "a\\b\n");
        assert_eq!(shown("{extra.稿号}/{extra.没有|default:无}"), "X-17/无\n");
    }

    #[test]
    fn filters_are_applied_from_left_to_right() {
        assert_eq!(shown("{title|7}|{title|<14}|{rank|>3}|"), "社区食…|社区食堂开张  |  2|\n");
        assert_eq!(shown("{reporters|first} {reporters|join:/} {authors|default:佚名}"), "付凯明 付凯明/李慧敏 佚名\n");
        assert_eq!(shown("{reporters|json} {kicker|json}"), "[\"付凯明\",\"李慧敏\"] null\n");
        assert_eq!(shown("{date|%Y年%-m月%-d日}"), "2026年2月4日\n");
        assert_eq!(shown("{event_date|%Y-%m-%d} {event_date|%Y年%m月%d日}"), "2026-01 2026年01月\n");
    }

    #[test]
    fn what_is_not_known_leads_to_what_was_meant() {
        assert_eq!(
            message("{titel}"),
            ("模板写法不对：没有 titel 这个字段".into(), "是不是 title？全部字段见 xunwen help 模板".into())
        );
        assert!(message("{title|jsn}").1.contains("是不是 json？"));
        for wrong in ["{", "}", "{title", "", "\\x", "{title|0}", "{title|%Y}", "{date|%H}", "{}", "{title|<}"] {
            assert!(message(wrong).0.starts_with("模板写法不对："), "{wrong}");
        }
    }

    #[test]
    fn the_manual_names_every_column_and_its_examples_can_be_read() {
        let manual = manual();
        for column in columns::COLUMNS {
            assert!(manual.contains(&format!("{{{}}}", column.name)) && manual.contains(column.label));
        }
        assert!(FILTERS.iter().all(|(example, _)| Template::parse(example).is_ok()));
        assert!(ESCAPES.iter().all(|(example, _)| Template::parse(example).is_ok()));
    }

    proptest! {
        #[test]
        fn any_text_is_a_template_or_is_refused(text in "[{}|\\\\a%:<>0-9tn标题]{0,20}") {
            if let Ok(template) = Template::parse(&text) {
                template.write(&mut Vec::new(), Row::of_hit(&samples::hit(), false), Style::PIPE).unwrap();
            }
        }
    }
}
