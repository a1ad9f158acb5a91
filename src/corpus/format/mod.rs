//! The input formats: one row of the table and one file each.

mod archive;
mod csv;
mod foreign;
mod html;
mod json;
mod jsonl;
mod text;

use super::decode::{NotText, decode_marked};
use super::unpack::{NotUnpacked, unpack};
use super::{Known, Reading, Warning, limits};
use std::borrow::Cow;
use std::cell::Cell;

/// A file as bytes, with what is known of it beforehand.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The whole content.
    pub bytes: &'a [u8],
    /// Its name, of which only the extension counts, and that only where the content leaves a doubt.
    pub name: &'a str,
    /// The encoding stated by the user, as a WHATWG label (`gbk`, `utf-8`).
    pub encoding: Option<&'a str>,
    /// The format stated by the user.
    pub format: Option<&'static Format>,
    /// From options and path.
    pub known: &'a Known,
}

/// An input format.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// The name that `--format` takes, and the extension that its files have.
    pub name: &'static str,
    /// How it is told and read.
    pub content: Content,
}

/// What files of a format are made of, and their reader. Outer error of a reader: nothing of the file can be read.
#[derive(Debug, Clone, Copy)]
pub enum Content {
    /// Text, in whatever encoding.
    Text {
        /// Returns whether a text is of this format; the second argument is the file's extension in small letters.
        sniff: fn(&str, &str) -> bool,
        /// Reads a text of it.
        read: fn(&str, &Known) -> Result<Reading, Unreadable>,
    },
}

const fn text(
    name: &'static str,
    sniff: fn(&str, &str) -> bool,
    read: fn(&str, &Known) -> Result<Reading, Unreadable>,
) -> Format {
    Format { name, content: Content::Text { sniff, read } }
}

/// The table. The first row whose sniffing agrees reads a file; what is nothing else is text. Archives (`.zip`) are no
/// format: each file in them has its own.
pub const FORMATS: &[Format] = &[
    text("jsonl", jsonl::sniff, jsonl::read),
    text("json", json::sniff, json::read),
    text("html", html::sniff, html::read),
    text("csv", csv::sniff, csv::read),
    text("tsv", csv::sniff_tabs, csv::read_tabs),
    text("text", |_, _| true, text::read),
];

/// Why nothing of a file can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is no text.
    #[error(transparent)]
    NotText(#[from] NotText),
    /// It is packed and cannot be unpacked.
    #[error(transparent)]
    NotUnpacked(#[from] NotUnpacked),
    /// It is of a format that is not read here: what it is, and what to do.
    #[error("{0}")]
    Foreign(&'static str),
    /// It is not what its format asks for: one sentence.
    #[error("{0}")]
    Malformed(String),
}

/// Reads a file: unpacks it, decodes it, finds out its format unless that is stated, and reads it. Of an archive, each
/// file in it.
///
/// # Errors
/// When nothing of it can be read. A record that is bad, or a file of an archive, is no such error: it is in
/// [`Reading::failed`].
pub fn read(input: Input<'_>) -> Result<Reading, Unreadable> {
    read_within(input, &Room::of(input.bytes))
}

fn read_within(input: Input<'_>, room: &Room) -> Result<Reading, Unreadable> {
    let unpacked = unpack(input.bytes, room.left())?;
    if matches!(unpacked, Cow::Owned(_)) {
        room.take(unpacked.len() as u64);
    }
    if archive::is_archive(&unpacked) {
        return archive::read(Input { bytes: &unpacked, ..input }, room);
    }
    if let Some(what) = foreign::what(&unpacked).filter(|_| input.format.is_none()) {
        return Err(Unreadable::Foreign(what));
    }
    let decoded = decode_marked(&unpacked, input.encoding, html::charset)?;
    let extension = extension(input.name);
    let sniffed = || {
        FORMATS.iter().find(|format| match format.content {
            Content::Text { sniff, .. } => sniff(&decoded.text, &extension),
        })
    };
    let Some(format) = input.format.or_else(sniffed) else { return Ok(Reading::default()) };
    let mut reading = match format.content {
        Content::Text { read, .. } => read(&decoded.text, input.known)?,
    };
    let mut about_encoding = Vec::new();
    if decoded.replaced > 0 {
        about_encoding
            .push(format!("按 {} 解码时有 {} 处无法识别，已用 \u{fffd} 代替", decoded.encoding, decoded.replaced));
    }
    if decoded.doubtful {
        about_encoding.push(format!("按 {} 解码后不像中文，可能是乱码", decoded.encoding));
    }
    reading.warnings.splice(0..0, about_encoding.into_iter().map(Warning::of_file));
    reading.format = Some(format.name);
    reading.encoding = Some(decoded.encoding);
    reading.replaced = decoded.replaced;
    Ok(reading)
}

/// How much may still be unpacked of a file, and how deep in archives a reader is.
struct Room {
    left: Cell<u64>,
    depth: usize,
}

impl Room {
    fn of(bytes: &[u8]) -> Self {
        Self { left: Cell::new(limits::largest_of(bytes.len())), depth: 0 }
    }

    fn left(&self) -> u64 {
        self.left.get()
    }

    fn take(&self, size: u64) {
        self.left.set(self.left.get().saturating_sub(size));
    }
}

/// The beginning of a text, whole characters.
fn head(text: &str, length: usize) -> &str {
    (0..=length.min(text.len())).rev().find_map(|end| text.get(..end)).unwrap_or_default()
}

/// The extension of a file's name in small letters, without that of its packing.
fn extension(name: &str) -> String {
    let name = name.to_lowercase();
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
    name.rsplit_once('.').map_or("", |(_, extension)| extension).to_owned()
}

/// Returns a line number as reports keep it.
fn line_number(line: usize) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}

/// What every reader must bear.
#[cfg(test)]
mod suite {
    use super::*;
    use proptest::prelude::*;

    /// Texts of each format, good and broken.
    fn samples() -> Vec<String> {
        let record = r#"{"id":"1","标题":"河灯会开幕","正文":"本报讯(记者陆远)昨日，河灯点亮。","日期":"2031-02-03"}"#;
        vec![
            String::new(),
            "\n".repeat(1000),
            format!("{record}\n{record}\n"),
            format!("[{record},\n{record}]"),
            format!("{{\"data\":[{record}]}}"),
            "标题,正文,日期\n河灯会开幕,\"第一段\n第二段\",2031-02-03\n".to_owned(),
            "title\tbody\nA\tB\n".to_owned(),
            "河灯会开幕\n\n本报讯(记者陆远)昨日，河灯点亮。\n".to_owned(),
        ]
    }

    fn read_all_ways(bytes: &[u8]) {
        let known = Known::default();
        for format in FORMATS.iter().map(Some).chain([None]) {
            for name in ["a.txt", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.gz", ""] {
                let _ = read(Input { bytes, name, encoding: None, format, known: &known });
            }
        }
    }

    #[test]
    fn cut_off_anywhere_a_file_makes_no_reader_panic() {
        for sample in samples() {
            let bytes = sample.as_bytes();
            (0..bytes.len()).step_by(5).for_each(|end| read_all_ways(&bytes[..end]));
            read_all_ways(bytes);
        }
    }

    #[test]
    fn huge_lines_are_read_in_linear_time() {
        let long = "河灯，".repeat(10_000);
        for text in [
            long.clone(),
            format!("{{\"body\":\"{long}\"}}"),
            format!("{{\"body\":\"{long}"),
            format!("title,body\nA,\"{long}"),
            format!("title,body\n{}", "\"\n".repeat(5_000)),
            "[".repeat(10_000),
            "{\"a\":".repeat(10_000),
            format!("{{\"data\":[{}", "{},".repeat(10_000)),
            ",".repeat(30_000),
        ] {
            for format in FORMATS {
                let input = Input {
                    bytes: text.as_bytes(),
                    name: "",
                    encoding: None,
                    format: Some(format),
                    known: &Known::default(),
                };
                let _ = read(input);
            }
        }
    }

    #[test]
    fn the_content_tells_the_format_whatever_the_name() {
        let names: Vec<_> = samples()
            .iter()
            .map(|text| {
                let known = Known::default();
                read(Input { bytes: text.as_bytes(), name: "a.dat", encoding: None, format: None, known: &known })
                    .unwrap()
                    .format
                    .unwrap()
            })
            .collect();
        assert_eq!(names, ["text", "text", "jsonl", "json", "json", "csv", "tsv", "text"]);
    }

    #[test]
    fn every_row_has_a_name_of_its_own_and_the_last_takes_all() {
        let names: std::collections::HashSet<_> = FORMATS.iter().map(|format| format.name).collect();
        assert_eq!(names.len(), FORMATS.len());
        assert!(FORMATS.last().is_some_and(|format| match format.content {
            Content::Text { sniff, .. } => sniff("", ""),
        }));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn no_bytes_make_a_reader_panic(bytes: Vec<u8>) {
            read_all_ways(&bytes);
        }

        #[test]
        fn no_text_of_their_marks_makes_a_reader_panic(text in "[\\[\\]{}\":,\t\n\\\\标题正文a1 ]{0,60}") {
            read_all_ways(text.as_bytes());
        }

        #[test]
        fn a_body_is_kept_to_the_letter(body in "\\PC{1,40}(\n\\PC{0,20}){0,3}") {
            prop_assume!(!body.trim().is_empty());
            let json = serde_json::json!({"title": "题", "body": body}).to_string();
            let quoted = format!("title,body\n题,\"{}\"\n", body.replace('"', "\"\""));
            for (text, name) in [(&json, "jsonl"), (&json, "json"), (&quoted, "csv")] {
                let format = FORMATS.iter().find(|format| format.name == name);
                let known = Known::default();
                let reading = read(Input { bytes: text.as_bytes(), name: "", encoding: None, format, known: &known }).unwrap();
                let kept: Vec<&str> = reading.articles[0].body.iter().map(|p| p.text.as_str()).collect();
                prop_assert_eq!(kept, body.lines().collect::<Vec<_>>());
            }
        }
    }
}
