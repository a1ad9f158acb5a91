//! Records to reports: what JSON, tables and their like have in common.
//!
//! A record is named values. Its text is kept as it is, a paragraph a line: nothing is stripped, split or rejoined;
//! names and dates are read from it where no value states them. A value that no field takes is kept in `extra`.

mod date;
mod fields;
mod map;
mod own;
mod people;
mod text;

pub use fields::{Field, field_of};
pub use map::{FieldMap, MapFault};

use super::{Known, Reading, Warning};
use crate::article::{Article, Basis, Paragraph};
use fields::names_of;
use std::borrow::Cow;
use std::collections::HashMap;

/// The name under which the address of a report is kept in `extra`.
const LINK: &str = "url";

/// Named values as they stand in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record<'a> {
    /// The line on which it begins, counted from 1.
    pub line: u32,
    /// Names and values in the order of the file.
    pub values: Vec<(Cow<'a, str>, Value<'a>)>,
}

/// A value of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// Text.
    Text(Cow<'a, str>),
    /// Anything else, as JSON: a number with all its digits, `true`, a list, an object.
    Json(&'a str),
}

impl Value<'_> {
    /// Returns the value as one text without blanks around it, as it is kept in `extra`.
    fn as_text(&self) -> &str {
        match self {
            Self::Text(text) => text.trim(),
            Self::Json(json) => json,
        }
    }

    /// Returns the texts of a list of texts, or the one text. `None` for objects and what else is no text.
    fn texts(&self) -> Option<Vec<Cow<'_, str>>> {
        match self {
            Self::Text(text) => Some(vec![Cow::Borrowed(text)]),
            Self::Json(json) if json.starts_with('[') => {
                serde_json::from_str::<Vec<String>>(json).ok().map(|texts| texts.into_iter().map(Cow::Owned).collect())
            }
            Self::Json(json) if json.starts_with('{') => None,
            Self::Json("null") => Some(Vec::new()),
            Self::Json(json) => Some(vec![Cow::Borrowed(json)]),
        }
    }

    fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Json(json) => matches!(*json, "null" | "[]" | "{}"),
        }
    }
}

/// Makes reports of records; one that is bad costs only itself.
#[must_use]
pub fn read_records<'a>(records: impl IntoIterator<Item = Result<Record<'a>, Warning>>, known: &Known) -> Reading {
    let (mut all, mut reading) = (Records::new(known), Reading::default());
    records.into_iter().for_each(|record| all.add(record, &mut reading));
    reading
}

/// The records of one file, one after the other. Of those that have gone by, only the hashes of their keys are held.
pub struct Records<'k> {
    known: &'k Known,
    /// What is known without what the path suggests of the date: the date in the name of a file is that of its making
    /// where its records have dates of their own.
    stated: Known,
    /// How often each key was there, by its hash.
    keys: HashMap<u64, u32>,
}

impl<'k> Records<'k> {
    /// Begins a file.
    #[must_use]
    pub fn new(known: &'k Known) -> Self {
        let given = known.issue_date.filter(|(_, basis)| *basis == Basis::Given);
        Self { known, stated: Known { issue_date: given, ..known.clone() }, keys: HashMap::new() }
    }

    /// Adds the next record to a reading, as a report or as failed.
    pub fn add(&mut self, record: Result<Record<'_>, Warning>, reading: &mut Reading) {
        match self.read(record, &mut reading.warnings) {
            Ok(article) => reading.articles.push(article),
            Err(bad) => reading.failed.push(bad),
        }
    }

    /// Makes a report of the next record; what is in doubt of it is added to the warnings.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(
        &mut self,
        record: Result<Record<'_>, Warning>,
        warnings: &mut Vec<Warning>,
    ) -> Result<Article, Warning> {
        let mut article = article(record?, self.known, &self.stated, warnings)?;
        tell_apart(&mut article, &mut self.keys, warnings);
        Ok(article)
    }
}

/// Gives a key that was there before another ending, so that no report stands in another's place.
fn tell_apart(article: &mut Article, keys: &mut HashMap<u64, u32>, warnings: &mut Vec<Warning>) {
    let hash = |key: &str| xxhash_rust::xxh3::xxh3_64(key.as_bytes());
    let Some(key) = article.key.take() else { return };
    let Some(times) = keys.get_mut(&hash(&key)) else {
        keys.insert(hash(&key), 1);
        article.key = Some(key);
        return;
    };
    let mut number = *times;
    let other = loop {
        number += 1;
        let other = format!("{key}~{number}");
        if !keys.contains_key(&hash(&other)) {
            break other;
        }
    };
    if let Some(times) = keys.get_mut(&hash(&key)) {
        *times = number;
    }
    keys.insert(hash(&other), 1);
    let message = format!("编号 {key} 不止一次出现，这一条记作 {other}");
    warnings.push(Warning::at(article.line, message));
    article.key = Some(other);
}

/// Makes a report of a record. `stated` is what is known without what the path suggests of the date.
fn article(record: Record<'_>, known: &Known, stated: &Known, warnings: &mut Vec<Warning>) -> Result<Article, Warning> {
    let line = record.line;
    // An empty date says that the day is not known; no day that the text happens to name is put in its place.
    let is_undated = record.values.iter().any(|(name, value)| value.is_blank() && is_date(name, known))
        && known.issue_date.is_none()
        && known.year.is_none();
    let (mut article, is_own) = match own::article(&record) {
        Some(article) => (article, true),
        None => (of_values(record, known, warnings), false),
    };
    article.line = line;
    if article.is_empty() {
        return Err(Warning::at(line, "既没有标题也没有正文"));
    }
    fill(&mut article, known);
    if !is_own {
        text::read(&mut article);
        let known = if article.published.is_some() { stated } else { known };
        if article.published.is_some() || !is_undated {
            warnings.extend(text::date(&mut article, known));
        }
    }
    Ok(article)
}

fn is_date(name: &str, known: &Known) -> bool {
    known.field_of(name).is_some_and(|(field, _)| field == Field::Published)
}

/// Takes over what is known of the file and the record does not say.
fn fill(article: &mut Article, known: &Known) {
    for (slot, field, value) in [(&mut article.paper, "paper", &known.paper), (&mut article.page, "page", &known.page)]
    {
        if let (None, Some((value, basis))) = (&slot, value) {
            *slot = Some(value.clone());
            article.basis.insert(field.to_owned(), *basis);
        }
    }
}

/// Sets what the values of a record state.
fn of_values(record: Record<'_>, known: &Known, warnings: &mut Vec<Warning>) -> Article {
    let mut article = Article { line: record.line, ..Article::default() };
    let mut values: Vec<_> = record
        .values
        .into_iter()
        .filter(|(_, value)| !value.is_blank())
        .map(|(name, value)| (name, value, false))
        .collect();
    // A field's own name comes before its other names, wherever the columns stand.
    let mut order: Vec<(Field, usize, usize)> = values
        .iter()
        .enumerate()
        .filter_map(|(at, (name, ..))| known.field_of(name).map(|(field, rank)| (field, rank, at)))
        .collect();
    order.sort_by_key(|&(_, rank, at)| (rank, at));
    for (field, _, at) in order {
        if let Some((_, value, taken)) = values.get_mut(at) {
            *taken = take(&mut article, field, value);
            if !*taken && field == Field::Published && article.published.is_none() {
                let message = format!("读不出日期：{}", shortened(value.as_text()));
                warnings.push(Warning::at(article.line, message));
            }
        }
    }
    for (name, value, _) in values.into_iter().filter(|(_, _, taken)| !taken) {
        keep(&mut article, &name, value.as_text());
    }
    article
}

/// Keeps a value that no field takes; of two of one name, both.
fn keep(article: &mut Article, name: &str, value: &str) {
    let name = if name.trim().is_empty() { "?" } else { name.trim() };
    let mut free = name.to_owned();
    let mut number = 1;
    while article.extra.contains_key(&free) {
        number += 1;
        free = format!("{name}~{number}");
    }
    article.extra.insert(free, value.to_owned());
}

/// Puts a value where it belongs; returns whether it could be taken.
fn take(article: &mut Article, field: Field, value: &Value<'_>) -> bool {
    let text = || match value {
        Value::Json(json) if json.starts_with(['{', '[']) => None,
        value => Some(value.as_text().to_owned()),
    };
    let taken = match field {
        Field::Key => set(&mut article.key, text()),
        Field::Title => set(&mut article.title, text()),
        Field::Kicker => set(&mut article.kicker, text()),
        Field::Subtitle => set(&mut article.subtitle, text()),
        Field::Column => set(&mut article.column, text()),
        Field::Source => set(&mut article.source, text()),
        Field::Paper => set(&mut article.paper, text()),
        Field::Page => set(&mut article.page, text()),
        Field::Place => set(&mut article.place, text()),
        Field::Published => set(&mut article.published, text().and_then(|text| date::read(&text))),
        Field::Link => match text() {
            Some(link) if !article.extra.contains_key(LINK) => article.extra.insert(LINK.to_owned(), link).is_none(),
            _ => false,
        },
        Field::People(role) => value.texts().is_some_and(|texts| people::read(article, role, &texts)),
        Field::Body => body(article, value),
    };
    if taken {
        for name in names_of(field) {
            article.basis.insert((*name).to_owned(), Basis::Record);
        }
    }
    taken
}

fn set<T>(slot: &mut Option<T>, value: Option<T>) -> bool {
    let takes = slot.is_none() && value.is_some();
    if takes {
        *slot = value;
    }
    takes
}

/// Sets the text: a paragraph a line, every line as it is.
fn body(article: &mut Article, value: &Value<'_>) -> bool {
    let Some(texts) = value.texts().filter(|_| article.body.is_empty()) else { return false };
    let lines = (article.line, article.line);
    let paragraph = |line: &str| Paragraph { text: line.to_owned(), lines };
    article.body = texts.iter().flat_map(|text| text.lines()).map(paragraph).collect();
    true
}

/// The beginning of a value, to be shown in a warning.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::PartialDate;
    use proptest::prelude::*;

    fn read(values: &[(&str, &str)], known: &Known) -> Reading {
        let value = |text: &str| match text.strip_prefix("json:") {
            Some(json) => Value::Json(json.to_owned().leak()),
            None => Value::Text(Cow::Owned(text.to_owned())),
        };
        let values = values.iter().map(|(name, text)| (Cow::Owned((*name).to_owned()), value(text))).collect();
        read_records([Ok(Record { line: 7, values })], known)
    }

    fn one(values: &[(&str, &str)]) -> Article {
        let reading = read(values, &Known::default());
        assert_eq!((reading.failed.as_slice(), reading.warnings.as_slice()), (&[][..], &[][..]));
        reading.articles.into_iter().next().unwrap()
    }

    #[test]
    fn the_text_is_kept_to_the_letter_a_paragraph_a_line() {
        let body = "\u{3000}\u{3000}本报讯(记者付凯明)3月2日，食堂开张。 \r\n\n责编：王亮\n";
        let article = one(&[("正文", body), ("date", "2026-03-03")]);
        let texts: Vec<_> = article.body.iter().map(|paragraph| paragraph.text.as_str()).collect();
        assert_eq!(texts, ["\u{3000}\u{3000}本报讯(记者付凯明)3月2日，食堂开张。 ", "", "责编：王亮"]);
        assert!(article.body.iter().all(|paragraph| paragraph.lines == (7, 7)) && article.furniture.is_empty());
        assert_eq!(article.byline.reporters, ["付凯明"]);
        assert_eq!(article.byline.editors, ["王亮"]);
        assert_eq!(article.event_date, PartialDate::parse("2026-03-02"));
    }

    #[test]
    fn what_the_record_states_comes_before_what_its_text_says() {
        let body = "新华社柳溪3月2日电（记者付凯明 通讯员王亮）食堂开张。";
        let article = one(&[("body", body), ("来源", "柳溪晚报"), ("记者", "李敏"), ("date", "2026-03-03")]);
        assert_eq!(article.byline.reporters, ["李敏"]);
        assert_eq!(article.byline.correspondents, ["王亮"]);
        assert_eq!(article.source.as_deref(), Some("柳溪晚报"));
        assert_eq!(article.place.as_deref(), Some("柳溪"));
        assert_eq!(article.dateline_date, PartialDate::parse("2026-03-02"));
        assert_eq!(article.basis.get("source"), Some(&Basis::Record));
        assert_eq!(article.basis.get("correspondents"), Some(&Basis::LeadIn));
    }

    #[test]
    fn what_no_field_takes_is_an_extra_and_null_and_empty_are_absent() {
        let article = one(&[
            ("headline", "食堂"),
            ("标题", "食堂开张"),
            ("点击", "json:12"),
            ("标签", "json:[\"民生\"]"),
            ("摘要", " "),
            ("备注", "甲"),
            ("备注", "乙"),
            ("link", "https://example.org/"),
        ]);
        assert_eq!(article.title.as_deref(), Some("食堂开张"), "the likelier name is taken");
        let extra: Vec<_> = article.extra.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(
            extra,
            ["headline=食堂", "url=https://example.org/", "备注=甲", "备注~2=乙", "标签=[\"民生\"]", "点击=12"]
        );
    }

    #[test]
    fn a_date_that_cannot_be_read_is_kept_and_said() {
        let reading = read(&[("title", "食堂开张"), ("date", "某日")], &Known::default());
        assert_eq!(reading.warnings, [Warning::at(7, "读不出日期：某日")]);
        assert_eq!(reading.articles[0].extra.get("date").map(String::as_str), Some("某日"));
    }

    #[test]
    fn an_empty_date_is_not_replaced_by_one_that_the_text_names() {
        let body = "2026年3月2日，食堂开张。";
        let event = |values: &[(&str, &str)]| one(values).event_date.map(|date| date.to_string());
        assert_eq!(event(&[("body", body)]).as_deref(), Some("2026-03-02"));
        assert_eq!(event(&[("body", body), ("date", "")]), None);
        assert_eq!(event(&[("body", body), ("date", "json:null")]), None);
        assert_eq!(event(&[("body", body), ("date", ""), ("见报日期", "2026-03-03")]).as_deref(), Some("2026-03-02"));
    }

    #[test]
    fn the_path_tells_the_date_only_of_records_without_one() {
        let made = Some((PartialDate::parse("2026-05-01").unwrap(), Basis::Path));
        let known = Known { issue_date: made, ..Known::default() };
        let reading = read(&[("title", "食堂开张"), ("date", "2026-03-03")], &known);
        assert_eq!(reading.articles[0].published, PartialDate::parse("2026-03-03"));
        assert_eq!(reading.warnings, []);
        assert_eq!(read(&[("title", "食堂开张")], &known).articles[0].published, made.map(|(date, _)| date));
    }

    #[test]
    fn a_record_without_title_and_text_is_no_report() {
        let reading = read(&[("title", " "), ("body", ""), ("date", "2026-03-03")], &Known::default());
        assert_eq!(reading.articles, []);
        assert_eq!(reading.failed, [Warning::at(7, "既没有标题也没有正文")]);
    }

    proptest! {
        #[test]
        fn no_values_make_it_panic(values in prop::collection::vec(("(title|body|date|记者|来源|id|x|v)", "\\PC{0,40}"), 0..8)) {
            let values: Vec<_> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let _ = read(&values, &Known::default());
        }
    }
}
