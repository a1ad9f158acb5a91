//! JSON: one object, an array of objects, or an object that holds such an array.

use super::{Unreadable, line_number};
use crate::corpus::record::{Field, Record, Value, read_records};
use crate::corpus::{Known, Reading, Warning};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// An array of records lies no deeper: `{"result":{"data":{"list":[…]}}}`.
const DEEPEST: usize = 4;
/// More is not wrong with one file before the rest is given up.
const MOST_FAULTS: usize = 16;

/// Returns whether a text begins as JSON does and a page of news does not.
pub fn sniff(text: &str, extension: &str) -> bool {
    let mut marks = text.chars().filter(|c| !c.is_whitespace());
    match (marks.next(), marks.next()) {
        (Some('{'), Some('"' | '}')) | (Some('['), Some('{')) => true,
        (Some('{' | '['), _) => matches!(extension, "json" | "jsonl" | "ndjson"),
        _ => false,
    }
}

/// Reads every record of a text, in order. What follows a fault is tried again from the next line on.
pub fn read(text: &str, known: &Known) -> Result<Reading, Unreadable> {
    let mut places = Places { text, at: 0, line: 1 };
    let mut found = Vec::new();
    values(text, known, &mut found);
    let records = found.into_iter().map(|value| match value {
        Ok(raw) => {
            let line = places.line_of(offset(text, raw));
            record(raw, line)
        }
        Err((at, message)) => Err(Warning::at(places.line_of(at), message)),
    });
    Ok(read_records(records, known))
}

/// A record as it stands in the text, or the byte at which something is wrong and what.
type Found<'a> = Result<&'a str, (usize, String)>;

/// Finds the records of a text: of each value in it, one after the other.
fn values<'a>(text: &'a str, known: &Known, found: &mut Vec<Found<'a>>) {
    let mut rest = text;
    let mut faults = 0;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if rest.is_empty() {
            return;
        }
        let before = found.len();
        let mut reader = serde_json::Deserializer::from_str(rest).into_iter::<&RawValue>();
        let error = match (rest.starts_with('['), reader.next()) {
            (_, Some(Ok(raw))) => {
                dig(raw.get(), known, 0, found);
                rest = rest.get(reader.byte_offset()..).unwrap_or_default();
                continue;
            }
            // Of a list that breaks off, what stands before the break is whole.
            (true, _) => Elements(found).deserialize(&mut serde_json::Deserializer::from_str(rest)).err(),
            (false, Some(Err(error))) => {
                let list =
                    rest.find("[").filter(|&at| rest.get(at + 1..).is_some_and(|r| r.trim_start().starts_with('{')));
                if let Some(list) = list.and_then(|at| rest.get(at..)) {
                    let mut within = Vec::new();
                    let _ = Elements(&mut within).deserialize(&mut serde_json::Deserializer::from_str(list));
                    found.extend(within.into_iter().filter(|raw| raw.as_ref().is_ok_and(|raw| is_report(raw, known))));
                }
                Some(error)
            }
            (false, None) => return,
        };
        let Some(error) = error else { return };
        let broken = offset(text, rest) + place(rest, &error);
        found.push(Err((broken, fault(&error))));
        faults += 1;
        // Behind a list nothing can be told apart; behind an object another may begin on a line of its own.
        let next =
            rest.get(place(rest, &error)..).and_then(|after| after.find("\n{").and_then(|at| after.get(at + 1..)));
        match next {
            Some(next) if found.len() == before + 1 && faults < MOST_FAULTS && !rest.starts_with('[') => rest = next,
            _ => return,
        }
    }
}

/// Takes a value apart into records: a list into its elements, an object that only wraps lists into theirs.
fn dig<'a>(raw: &'a str, known: &Known, depth: usize, found: &mut Vec<Found<'a>>) {
    if raw.starts_with('[') {
        let _ = Elements(found).deserialize(&mut serde_json::Deserializer::from_str(raw));
        return;
    }
    let before = found.len();
    if depth < DEEPEST
        && let Ok(Members(members)) = serde_json::from_str::<Members<'_>>(raw)
        && !members.iter().any(|(name, value)| states(name, Field::Body, known) && value.get() != "null")
    {
        for (_, value) in &members {
            let value = value.get();
            let inner = value.get(1..).unwrap_or_default().trim_start();
            let is_list = value.starts_with('[') && inner.starts_with('{');
            let mut within = Vec::new();
            if is_list || value.starts_with('{') {
                dig(value, known, depth + 1, &mut within);
            }
            // Lists of pictures, links, comments are values of a report, not reports.
            if within.iter().flatten().next().is_some_and(|first| is_report(first, known)) {
                found.append(&mut within);
            }
        }
    }
    if found.len() == before {
        found.push(Ok(raw));
    }
}

/// Whether an object names a title or a text.
fn is_report(raw: &str, known: &Known) -> bool {
    serde_json::from_str::<Members<'_>>(raw).is_ok_and(|Members(members)| {
        members.iter().any(|(name, _)| states(name, Field::Body, known) || states(name, Field::Title, known))
    })
}

fn states(name: &str, field: Field, known: &Known) -> bool {
    known.field_of(name).is_some_and(|(of, _)| of == field)
}

/// Reads one object as a record.
pub fn record(raw: &str, line: u32) -> Result<Record<'_>, Warning> {
    let bad = |message: String| Warning::at(line, message);
    if !raw.starts_with('{') && serde_json::from_str::<&RawValue>(raw).is_ok() {
        return Err(bad("不是一条记录（要写成 {\"title\": …}）".to_owned()));
    }
    let Members(members) = serde_json::from_str(raw).map_err(|error| bad(fault(&error)))?;
    let mut values = Vec::with_capacity(members.len());
    for (name, value) in members {
        let value = match value.get() {
            text if text.starts_with('"') => {
                let Text(text) = serde_json::from_str(text).map_err(|error| bad(fault(&error)))?;
                Value::Text(text)
            }
            other => Value::Json(other),
        };
        values.push((Cow::Owned(name), value));
    }
    Ok(Record { line, values })
}

/// Says what is wrong with a text that is no JSON.
fn fault(error: &serde_json::Error) -> String {
    match error.classify() {
        Category::Eof => "JSON 没有写完".to_owned(),
        Category::Syntax | Category::Data | Category::Io => {
            format!("不是正确的 JSON（第 {} 字节处）", error.column())
        }
    }
}

/// The byte at which a fault was seen.
fn place(text: &str, error: &serde_json::Error) -> usize {
    let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    (lines.map(str::len).sum::<usize>() + error.column().saturating_sub(1)).min(text.len())
}

/// Where a part of a text begins in it.
fn offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// Counts lines up to places that come one after the other.
struct Places<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Places<'_> {
    fn line_of(&mut self, at: usize) -> u32 {
        let between = self.text.as_bytes().get(self.at..at).unwrap_or_default();
        self.line += between.iter().filter(|&&byte| byte == b'\n').count();
        self.at = self.at.max(at);
        line_number(self.line)
    }
}

/// A text without a copy, where it has no escapes.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// The members of an object as they stand, in order, doubles kept.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(All)
    }
}

/// Adds the elements of a list, also those of one that breaks off.
struct Elements<'f, 'a>(&'f mut Vec<Found<'a>>);

impl<'de> DeserializeSeed<'de> for Elements<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Elements<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut list: S) -> Result<(), S::Error> {
        while let Some(raw) = list.next_element::<&RawValue>()? {
            self.0.push(Ok(raw.get()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &str = "{\n \"title\": \"河灯会开幕\",\n \"content\": \"河灯点亮。\"\n}";

    fn read_text(text: &str) -> (Vec<u32>, Vec<Option<u32>>) {
        let reading = read(text, &Known::default()).unwrap();
        assert!(reading.articles.iter().all(|article| article.title.as_deref() == Some("河灯会开幕")));
        (reading.articles.iter().map(|a| a.line).collect(), reading.failed.iter().map(|bad| bad.line).collect())
    }

    #[test]
    fn an_object_a_list_and_a_wrapped_list_are_read_with_their_lines() {
        assert_eq!(read_text(RECORD), (vec![1], vec![]));
        assert_eq!(read_text(&format!("\n[{RECORD},\n{RECORD}]")), (vec![2, 6], vec![]));
        let wrapped = format!("{{\"total\": 2, \"data\": {{\"list\": [\n{RECORD},\n{RECORD}\n]}}}}");
        assert_eq!(read_text(&wrapped), (vec![2, 6], vec![]));
        assert_eq!(read_text(&format!("{{\"title\": \"源\", \"items\": [{RECORD}]}}")), (vec![1], vec![]));
        assert_eq!(read_text(&format!("{RECORD}\n{RECORD}")), (vec![1, 5], vec![]), "objects one after the other");
    }

    #[test]
    fn a_list_of_pictures_is_a_value_of_its_report() {
        let text = "{\"title\":\"河灯会开幕\",\"pictures\":[{\"src\":\"a.jpg\"}]}";
        let reading = read(text, &Known::default()).unwrap();
        assert_eq!(reading.articles[0].extra.get("pictures").unwrap(), "[{\"src\":\"a.jpg\"}]");
    }

    #[test]
    fn of_a_list_that_breaks_off_the_whole_records_are_kept() {
        for (start, end) in [("[", ""), ("[", "{\"title\": "), ("{\"data\": [", "nonsense]}")] {
            let (lines, failed) = read_text(&format!("{start}{RECORD},\n{RECORD},\n{end}"));
            assert_eq!((lines, failed), (vec![1, 5], vec![Some(9)]), "{start} {end}");
        }
    }

    #[test]
    fn a_bad_element_costs_only_itself() {
        let (lines, failed) = read_text(&format!("[{RECORD},\n17,\n{{\"date\":\"2031\"}},\n{RECORD}]"));
        assert_eq!((lines, failed), (vec![1, 7], vec![Some(5), Some(6)]));
    }
}
