//! Records that this program wrote: each key of a report's JSON back into the field it came from.
//!
//! They are taken at their word: nothing is read from their text again. What tells of the place of a report (`file`,
//! `line`, `paragraph_lines`) is that of the record, since the file it names is another.

use super::{Record, Value};
use crate::article::{Article, Basis, Kind, Paragraph, PartialDate, Role};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The version of the JSON that is read here.
const VERSION: &str = "1";

/// Returns the report that a record of ours holds; `None` for the records of others.
pub fn article(record: &Record<'_>) -> Option<Article> {
    let get = |name: &str| record.values.iter().find(|(key, _)| key == name).map(|(_, value)| value);
    let json = |name: &str| match get(name)? {
        Value::Json(json) => Some(*json),
        Value::Text(_) => None,
    };
    // Keys that only we write, and always.
    if json("v") != Some(VERSION) || !json("paragraph_lines")?.starts_with('[') {
        return None;
    }
    let basis: BTreeMap<String, Basis> = serde_json::from_str(json("basis")?).ok()?;
    let text = |name: &str| match get(name) {
        Some(Value::Text(text)) if !text.is_empty() => Some(text.clone().into_owned()),
        _ => None,
    };
    let list = |name: &str| {
        let texts = get(name).and_then(Value::texts).unwrap_or_default();
        texts.into_iter().map(Cow::into_owned).collect::<Vec<String>>()
    };
    let date = |name: &str| text(name).and_then(|text| PartialDate::parse(&text));
    let lines = (record.line, record.line);
    let mut article = Article {
        key: text("key"),
        line: record.line,
        kind: text("kind").and_then(|kind| kind_named(&kind)).unwrap_or_default(),
        title: text("title"),
        kicker: text("kicker"),
        subtitle: text("subtitle"),
        column: text("column"),
        source: text("source"),
        paper: text("paper"),
        page: text("page"),
        place: text("place"),
        dateline_date: date("dateline_date"),
        event_date: date("event_date"),
        published: date("published"),
        body: list("body").into_iter().map(|text| Paragraph { text, lines }).collect(),
        furniture: list("furniture"),
        basis,
        extra: json("extra").and_then(|extra| serde_json::from_str(extra).ok()).unwrap_or_default(),
        ..Article::default()
    };
    for role in Role::ALL {
        *article.byline.of_mut(role) = list(role.field());
    }
    Some(article)
}

fn kind_named(name: &str) -> Option<Kind> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}
