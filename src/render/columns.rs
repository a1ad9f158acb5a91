//! The values of a report by name: the one table behind the columns of CSV and the fields of templates. Its names are
//! the keys of the JSON; tests hold the two together.

use super::csv;
use super::hits::untitled;
use crate::article::{Article, PartialDate};
use crate::index::{Hit, Report};
use serde_json::Value as Json;
use std::borrow::Cow;

/// What the values are taken from.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The report.
    pub report: &'a Report,
    /// The hit that it is, where it was searched for.
    pub hit: Option<&'a Hit>,
    /// The name of its query, where there are several.
    pub qid: Option<&'a str>,
    /// Whether words were looked for instead of what was typed.
    pub loosened: bool,
}

impl<'a> Row<'a> {
    /// A hit of one search.
    #[must_use]
    pub fn of_hit(hit: &'a Hit, loosened: bool) -> Self {
        Self { report: &hit.report, hit: Some(hit), qid: None, loosened }
    }

    /// A report that was not searched for.
    #[must_use]
    pub fn of_report(report: &'a Report) -> Self {
        Self { report, hit: None, qid: None, loosened: false }
    }
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum<'a> {
    /// Not known.
    Nothing,
    /// A text.
    Text(Cow<'a, str>),
    /// A whole number.
    Number(u64),
    /// A score.
    Score(f64),
    /// Yes or no.
    Flag(bool),
    /// A date, as far as it is known.
    Date(PartialDate),
    /// Several texts, and what stands between them where they are shown as one.
    List(Vec<Cow<'a, str>>, &'static str),
    /// What has parts of its own, shown as JSON.
    Tree(Json),
}

impl Datum<'_> {
    /// Returns it as one text; nothing for what is not known.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => text.clone().into_owned(),
            Self::Number(number) => number.to_string(),
            Self::Score(score) => format!("{score:.3}"),
            Self::Flag(flag) => flag.to_string(),
            Self::Date(date) => date.to_string(),
            Self::List(texts, between) => texts.join(between),
            Self::Tree(Json::Object(parts)) if parts.is_empty() => String::new(),
            Self::Tree(Json::Array(parts)) if parts.is_empty() => String::new(),
            Self::Tree(tree) => tree.to_string(),
        }
    }

    /// Returns it as the JSON of a report has it.
    #[must_use]
    pub fn json(&self) -> Json {
        match self {
            Self::Nothing => Json::Null,
            Self::Text(text) => text.as_ref().into(),
            Self::Number(number) => (*number).into(),
            Self::Score(score) => (*score).into(),
            Self::Flag(flag) => (*flag).into(),
            Self::Date(date) => date.to_string().into(),
            Self::List(texts, _) => texts.iter().map(AsRef::as_ref).collect::<Vec<&str>>().into(),
            Self::Tree(tree) => tree.clone(),
        }
    }

    /// Returns it as a cell of a table.
    #[must_use]
    pub fn cell(&self) -> csv::Value {
        match self {
            Self::Nothing => csv::Value::Nothing,
            Self::Number(number) => csv::Value::Number(*number),
            Self::Score(score) => csv::Value::Measure(*score, 3),
            Self::Date(date) => csv::Value::Date(*date),
            Self::Text(_) | Self::Flag(_) | Self::List(..) | Self::Tree(_) => csv::Value::Text(self.text()),
        }
    }
}

/// A row of the table.
#[derive(Clone, Copy)]
pub struct Column {
    /// The name: a key of the JSON, or one of [`MADE`].
    pub name: &'static str,
    /// The Chinese name, which may be used in its place.
    pub label: &'static str,
    /// What it is.
    pub gloss: &'static str,
    /// Whether tables have it where nobody names columns.
    pub usual: bool,
    value: for<'a> fn(Row<'a>) -> Datum<'a>,
}

impl Column {
    /// Returns the value of a row.
    #[must_use]
    pub fn of<'a>(&self, row: Row<'a>) -> Datum<'a> {
        (self.value)(row)
    }
}

/// The columns that are no keys of the JSON: made from it for templates and tables.
pub const MADE: [&str; 3] = ["headline", "edition", "snippet"];

const fn usual(
    name: &'static str,
    label: &'static str,
    gloss: &'static str,
    value: for<'a> fn(Row<'a>) -> Datum<'a>,
) -> Column {
    Column { name, label, gloss, usual: true, value }
}

const fn other(
    name: &'static str,
    label: &'static str,
    gloss: &'static str,
    value: for<'a> fn(Row<'a>) -> Datum<'a>,
) -> Column {
    Column { name, label, gloss, usual: false, value }
}

/// The table, in the order in which tables have their columns.
pub const COLUMNS: &[Column] = &[
    usual("rank", "序号", "第几篇，从 1 起", |row| {
        row.hit.map_or(Datum::Nothing, |hit| Datum::Number(hit.rank))
    }),
    usual("score", "得分", "排序用的分数", |row| row.hit.map_or(Datum::Nothing, |hit| Datum::Score(hit.score))),
    usual("date", "日期", "见报日期，没有则电头日期、事件日期", |row| {
        date(article(row).date().map(|(day, _)| day))
    }),
    usual("title", "标题", "标题", |row| text(article(row).title.as_deref())),
    usual("kicker", "引题", "标题上面的一行", |row| text(article(row).kicker.as_deref())),
    usual("subtitle", "副题", "标题下面的几行", |row| text(article(row).subtitle.as_deref())),
    usual("reporters", "记者", "记者姓名", |row| names(&article(row).byline.reporters)),
    usual("correspondents", "通讯员", "通讯员姓名", |row| names(&article(row).byline.correspondents)),
    usual("photographers", "摄影", "摄影姓名", |row| names(&article(row).byline.photographers)),
    usual("authors", "作者", "作者姓名", |row| names(&article(row).byline.authors)),
    usual("interns", "实习生", "实习生姓名", |row| names(&article(row).byline.interns)),
    usual("editors", "编辑", "编辑姓名", |row| names(&article(row).byline.editors)),
    usual("source", "来源", "文中写明的来源，如 新华社", |row| text(article(row).source.as_deref())),
    usual("paper", "报纸", "登出它的报纸", |row| text(article(row).paper.as_deref())),
    usual("page", "版次", "版次，如 A02", |row| text(article(row).page.as_deref())),
    usual("column", "栏目", "栏目", |row| text(article(row).column.as_deref())),
    usual("place", "电头地点", "电头里的地点", |row| text(article(row).place.as_deref())),
    usual("kind", "体裁", "article 报道、brief 简讯、caption 图片说明", |row| {
        text(Some(article(row).kind.name()))
    }),
    usual("snippet", "片段", "头一段命中的文字；不是检索来的则是正文开头", snippet),
    usual("id", "编号", "12 位编号", |row| Datum::Text(row.report.id.to_string().into())),
    usual("file", "文件", "出自哪个文件", |row| text(Some(&row.report.file))),
    usual("line", "行", "从文件的第几行起", |row| Datum::Number(article(row).line.into())),
    other("headline", "题目", "标题；没有标题的写（简讯）之类", |row| {
        text(Some(article(row).title.as_deref().unwrap_or_else(|| untitled(article(row)))))
    }),
    other("edition", "报版", "报纸和版次，如 云岭日报 A02版", |row| {
        Datum::List(edition(article(row)).into_iter().map(Cow::Owned).collect(), " ")
    }),
    other("published", "见报日期", "见报日期", |row| date(article(row).published)),
    other("dateline_date", "电头日期", "电头里的日期", |row| date(article(row).dateline_date)),
    other("event_date", "事件日期", "导语所说的事在哪一天", |row| date(article(row).event_date)),
    other("date_basis", "日期依据", "日期从哪里来", |row| {
        let basis = article(row).date().and_then(|(_, field)| article(row).basis.get(field));
        basis.map_or(Datum::Nothing, |basis| tree(basis).as_str().map_or(Datum::Nothing, |name| owned(name.to_owned())))
    }),
    other("body", "正文", "正文，一段一行", |row| {
        Datum::List(article(row).body.iter().map(|paragraph| Cow::from(&paragraph.text)).collect(), "\n")
    }),
    other("furniture", "版面文字", "版面上的其他文字，一条一行", |row| lines(&article(row).furniture)),
    other("copies", "转载", "归并在一起的转载的编号", |row| {
        let copies = row.hit.map(|hit| hit.copies.iter().map(|id| Cow::Owned(id.to_string())).collect());
        copies.map_or(Datum::Nothing, |copies| Datum::List(copies, "、"))
    }),
    other("loosened", "放宽", "是否放宽成了其中的词", |row| {
        row.hit.map_or(Datum::Nothing, |_| Datum::Flag(row.loosened))
    }),
    other("qid", "检索名", "--batch 里检索式的名称", |row| text(row.qid)),
    other("key", "记录号", "记录自带的编号", |row| text(article(row).key.as_deref())),
    other("paragraph_lines", "段落行号", "每段的首行和末行", |row| {
        let lines = article(row).body.iter().map(|paragraph| [paragraph.lines.0, paragraph.lines.1]);
        Datum::Tree(lines.map(|lines| Json::from(lines.to_vec())).collect::<Vec<_>>().into())
    }),
    other("snippets", "各处片段", "命中的各段文字和位置", |row| {
        row.hit.map_or(Datum::Nothing, |hit| Datum::Tree(super::json::snippets_json(hit)))
    }),
    other("basis", "依据", "每一项从哪里来", |row| Datum::Tree(tree(&article(row).basis))),
    other("extra", "其他列", "记录里没有对应的列；{extra.列名} 是其中一列", |row| {
        Datum::Tree(tree(&article(row).extra))
    }),
    other("v", "版本", "JSON 格式的版本", |_| Datum::Number(super::json::VERSION.into())),
];

/// Returns the column of a name, Chinese or English.
#[must_use]
pub fn named(name: &str) -> Option<&'static Column> {
    COLUMNS.iter().find(|column| column.label == name || column.name.eq_ignore_ascii_case(name))
}

/// Returns the columns that tables have where nobody names any.
#[must_use]
pub fn usual_columns() -> Vec<&'static Column> {
    COLUMNS.iter().filter(|column| column.usual).collect()
}

/// Returns the names, of both sorts, that a column may be asked by.
pub fn names_of_all() -> impl Iterator<Item = &'static str> {
    COLUMNS.iter().flat_map(|column| [column.name, column.label])
}

/// Returns the newspaper and the page as they are named to people, as far as they are known.
#[must_use]
pub fn edition(article: &Article) -> Vec<String> {
    let page = article.page.as_ref().map(|page| if page.ends_with('版') { page.clone() } else { format!("{page}版") });
    article.paper.iter().cloned().chain(page).collect()
}

fn article(row: Row<'_>) -> &Article {
    &row.report.article
}

fn text(text: Option<&str>) -> Datum<'_> {
    text.map_or(Datum::Nothing, |text| Datum::Text(text.into()))
}

fn owned(text: String) -> Datum<'static> {
    Datum::Text(text.into())
}

fn date(date: Option<PartialDate>) -> Datum<'static> {
    date.map_or(Datum::Nothing, Datum::Date)
}

fn names(names: &[String]) -> Datum<'_> {
    Datum::List(names.iter().map(Cow::from).collect(), "、")
}

fn lines(lines: &[String]) -> Datum<'_> {
    Datum::List(lines.iter().map(Cow::from).collect(), "\n")
}

fn tree(value: &impl serde::Serialize) -> Json {
    serde_json::to_value(value).unwrap_or_default()
}

fn snippet(row: Row<'_>) -> Datum<'_> {
    let snippets = || row.hit.iter().flat_map(|hit| &hit.snippets);
    let of_text = snippets().find(|snippet| snippet.field != "title");
    match of_text {
        Some(snippet) => {
            let (before, after) = (if snippet.cut.0 { "…" } else { "" }, if snippet.cut.1 { "…" } else { "" });
            owned(format!("{before}{}{after}", snippet.text))
        }
        None => text(article(row).body.first().map(|paragraph| paragraph.text.as_str())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::json;
    use crate::render::samples;
    use std::collections::BTreeSet;

    #[test]
    fn columns_are_the_keys_of_the_json_and_hold_the_same_values() {
        for (report, hit) in [samples::hit(), samples::bare_hit()].into_iter().map(|hit| (hit.report.clone(), hit)) {
            assert_eq!(report, hit.report);
            let mut out = Vec::new();
            json::write_hit(&mut out, Some("q1"), &hit, true).unwrap();
            let Json::Object(keys) = serde_json::from_slice(&out).unwrap() else { panic!() };
            let row = Row { qid: Some("q1"), ..Row::of_hit(&hit, true) };
            for (key, value) in &keys {
                let column = COLUMNS.iter().find(|column| column.name == key);
                assert_eq!(&column.unwrap_or_else(|| panic!("no column {key}")).of(row).json(), value, "{key}");
            }
            let names: BTreeSet<_> = COLUMNS.iter().map(|column| column.name).collect();
            let expected: BTreeSet<_> = keys.keys().map(String::as_str).chain(MADE).collect();
            assert_eq!(names, expected);
        }
    }

    #[test]
    fn no_name_stands_for_two_columns() {
        let names: BTreeSet<_> = names_of_all().collect();
        assert_eq!(names.len(), COLUMNS.len() * 2);
        assert!(names_of_all().all(|name| named(name).is_some()));
    }
}
