//! JSON Lines: a record a line. A bad line costs only itself.

use super::{EachRecord, Unreadable, collect, json, line_number};
use crate::corpus::{Known, Reading, Warning};
use std::io::{BufRead, Read as _};

/// So many lines show what a file is.
const SHOWN: usize = 50;

/// Returns whether most lines are objects by themselves. One line alone is any JSON.
pub fn sniff(text: &str, _: &str) -> bool {
    let lines = || text.lines().map(clean).filter(|line| !line.is_empty()).take(SHOWN);
    let objects = lines().filter(|line| line.starts_with('{') && line.ends_with('}') && is_keyed(line)).count();
    objects > 1 && objects * 2 > lines().count()
}

/// Whether an opening brace has a name behind it.
fn is_keyed(line: &str) -> bool {
    line.get(1..).is_some_and(|rest| rest.trim_start().starts_with('"'))
}

/// A line without blanks around it, and without the marks that joined files leave.
fn clean(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

/// Reads each line as a record.
pub fn read(text: &str, known: &Known) -> Result<Reading, Unreadable> {
    collect(known, |each| each_record(&mut text.as_bytes(), known, each))
}

/// No line is longer, in bytes (64 MiB); what is, is no record.
const LONGEST_LINE: usize = 64 << 20;

/// Yields the records of a stream of any length.
pub fn each_record(source: &mut dyn BufRead, _: &Known, each: &mut EachRecord<'_>) -> Result<(), Unreadable> {
    let mut bytes = Vec::new();
    for number in 1.. {
        bytes.clear();
        // A newline in a text is written as an escape; no other line end parts records.
        let length = source.take(LONGEST_LINE as u64).read_until(b'\n', &mut bytes)?;
        if length == 0 {
            break;
        }
        let line = line_number(number);
        let text = String::from_utf8_lossy(&bytes);
        let text = clean(&text);
        let next = if length >= LONGEST_LINE && !bytes.ends_with(b"\n") {
            source.skip_until(b'\n')?;
            each(Err(Warning::at(line, format!("一行超过 {} MB", LONGEST_LINE >> 20))))
        } else if text.is_empty() {
            continue;
        } else {
            each(json::record(text, line))
        };
        if next.is_break() {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"id":"a","title":"河灯会开幕","date":"2031-02-03","body":"第一段。\n第二段。","点击":12}"#;

    fn read_text(text: &str) -> Reading {
        read(text, &Known::default()).unwrap()
    }

    #[test]
    fn a_record_a_line_is_read_with_its_key_and_its_line() {
        let reading = read_text(&format!("\u{feff}{GOOD}\r\n\n{}\n", GOOD.replace("\"a\"", "7")));
        let places: Vec<_> = reading.articles.iter().map(|a| (a.key.as_deref(), a.line)).collect();
        assert_eq!(places, [(Some("a"), 1), (Some("7"), 3)]);
        let article = &reading.articles[0];
        assert_eq!(article.body.iter().map(|p| p.text.as_str()).collect::<Vec<_>>(), ["第一段。", "第二段。"]);
        assert_eq!(article.extra.get("点击").map(String::as_str), Some("12"));
        assert_eq!(article.published.unwrap().to_string(), "2031-02-03");
    }

    #[test]
    fn a_bad_line_costs_only_itself() {
        let bad = [r#"{"id":"b","title":"#, "[1]", r#"{"id":"c","title":" ","body":null}"#, "nonsense"];
        let text = format!("{GOOD}\n{}\n{}\n", bad.join("\n"), GOOD.replace("\"a\"", "\"z\""));
        let reading = read_text(&text);
        assert_eq!(reading.articles.len(), 2);
        let failed: Vec<_> = reading.failed.iter().map(|bad| (bad.line, bad.message.as_str())).collect();
        assert_eq!(failed[0], (Some(2), "JSON 没有写完"));
        assert_eq!(failed[1], (Some(3), "不是一条记录（要写成 {\"title\": …}）"));
        assert_eq!(failed[2], (Some(4), "既没有标题也没有正文"));
        assert_eq!(failed[3].0, Some(5));
    }

    #[test]
    fn a_key_that_is_there_twice_is_told_apart_and_warned_of() {
        let reading = read_text(&format!("{GOOD}\n{GOOD}\n{GOOD}\n"));
        let keys: Vec<_> = reading.articles.iter().map(|a| a.key.as_deref().unwrap()).collect();
        assert_eq!(keys, ["a", "a~2", "a~3"]);
        assert_eq!(reading.warnings.len(), 2);
        assert_eq!(reading.warnings[0].line, Some(2));
    }

    #[test]
    fn long_numbers_keep_every_digit() {
        let reading = read_text("{\"id\":20230728123456789012345,\"body\":\"x\"}\n{\"id\":1.10,\"body\":\"y\"}");
        let keys: Vec<_> = reading.articles.iter().map(|a| a.key.as_deref().unwrap()).collect();
        assert_eq!(keys, ["20230728123456789012345", "1.10"]);
    }
}
