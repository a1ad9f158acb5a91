//! What every reader must bear. A format that is added gets a sample here, and so all of these tests.

use super::*;
use proptest::prelude::*;
use std::io::{Cursor, Write as _};

const RECORD: &str = r#"{"id":"1","标题":"河灯会开幕","正文":"本报讯(记者陆远)昨日，河灯点亮。","日期":"2031-02-03"}"#;
/// Names that say something else than most contents.
const NAMES: [&str; 9] = ["a.txt", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.gz", "a.html", "a.md", ""];

fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A file of each format, with the format that its content tells.
fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let docx = "<w:document><w:p><w:r><w:t>河灯会开幕</w:t></w:r></w:p><w:p><w:r><w:t>昨日，河灯点亮。</w:t></w:r></w:p></w:document>";
    let workbook =
        "<workbook xmlns:r=\"x\"><sheets><sheet name=\"甲\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
    let links = "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
    let root = "<Relationships><Relationship Id=\"a\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
    let sheet = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>标题</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>点击</t></is></c></row><row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>河灯会开幕</t></is></c><c r=\"B2\"><v>8</v></c></row></sheetData></worksheet>";
    let texts = [
        ("jsonl", format!("{RECORD}\n{RECORD}\n")),
        ("json", format!("[{RECORD},\n{RECORD}]")),
        ("json", format!("{{\"data\":[{RECORD}]}}")),
        ("csv", "标题,正文,日期\n河灯会开幕,\"第一段\n第二段\",2031-02-03\n".to_owned()),
        ("tsv", "title\tbody\nA\tB\n".to_owned()),
        ("html", "<!DOCTYPE html><title>河灯会开幕-新河网</title><div><p>昨日，河灯点亮。<p>人很多。</div>".to_owned()),
        ("markdown", "---\ntitle: 河灯会开幕\n---\n\n**昨日**，河灯点亮。\n".to_owned()),
        ("rss", "<rss><channel><item><title>河灯会开幕</title></item></channel></rss>".to_owned()),
        ("text", "河灯会开幕\n\n本报讯(记者陆远)昨日，河灯点亮。\n".to_owned()),
    ];
    let mut samples: Vec<(&str, Vec<u8>)> = texts.into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    samples.push(("docx", zipped(&[("[Content_Types].xml", "<x/>"), (docx::DOCUMENT, docx)])));
    samples.push((
        "xlsx",
        zipped(&[
            ("_rels/.rels", root),
            (xlsx::WORKBOOK, workbook),
            ("xl/_rels/workbook.xml.rels", links),
            ("xl/worksheets/sheet1.xml", sheet),
        ]),
    ));
    samples.push(("zip", zipped(&[("a.jsonl", RECORD), ("b.txt", "河灯会开幕\n\n昨日，河灯点亮。\n")])));
    samples
}

fn read_as(bytes: &[u8], name: &str, format: Option<&'static Format>) -> Result<Reading, Unreadable> {
    read(Input { bytes, name, encoding: None, format, known: &Known::default() })
}

fn read_all_ways(bytes: &[u8]) {
    for format in FORMATS {
        let _ = read_as(bytes, "", Some(format));
    }
    for name in NAMES {
        let _ = read_as(bytes, name, None);
    }
}

/// Whether a file that holds anything gave a report, or was spoken of.
fn is_accounted_for(reading: &Result<Reading, Unreadable>) -> bool {
    reading.as_ref().map_or(true, |reading| {
        reading.articles.iter().any(|article| !article.is_empty())
            || !reading.warnings.is_empty()
            || !reading.failed.is_empty()
    })
}

#[test]
fn the_content_tells_the_format_whatever_the_name() {
    let samples = samples();
    for (format, bytes) in &samples {
        let reading = read_as(bytes, "a.dat", None).unwrap();
        assert_eq!(reading.format, Some(*format));
        assert!(!reading.articles.is_empty() && reading.failed.is_empty(), "{format}: {reading:?}");
        assert_eq!(reading.articles[0].title.as_deref(), Some(if *format == "tsv" { "A" } else { "河灯会开幕" }));
    }
    for format in FORMATS {
        assert!(samples.iter().any(|(name, _)| *name == format.name), "{} has no sample", format.name);
    }
}

#[test]
fn cut_off_anywhere_a_file_makes_no_reader_panic_and_is_spoken_of() {
    for (format, bytes) in samples() {
        // Every byte where that is quick, and no fewer places where it is not.
        for end in (1..bytes.len()).step_by((bytes.len() / 60).max(1)) {
            assert!(is_accounted_for(&read_as(&bytes[..end], "a.dat", None)), "{format} cut off at {end}");
        }
        (0..bytes.len()).step_by((bytes.len() / 12).max(1)).for_each(|end| read_all_ways(&bytes[..end]));
    }
}

#[test]
fn huge_lines_and_deep_nests_are_read_in_linear_time() {
    let long = "河灯，".repeat(10_000);
    for text in [
        long.clone(),
        "\n".repeat(1000),
        format!("{{\"body\":\"{long}\"}}"),
        format!("{{\"body\":\"{long}"),
        format!("title,body\nA,\"{long}"),
        format!("title,body\n{}", "\"\n".repeat(5_000)),
        "[".repeat(10_000),
        "{\"a\":".repeat(10_000),
        format!("{{\"data\":[{}", "{},".repeat(10_000)),
        ",".repeat(30_000),
        format!("<html><p>{long}"),
        format!("<html>{}", "<div><p>河，".repeat(3_000)),
        format!("<rss>{}", "<item>".repeat(10_000)),
        format!("---\ntitle: {long}\n---\n{long}"),
        format!("# {}", "- ".repeat(3_000)),
        "<!--".repeat(10_000),
    ] {
        for format in FORMATS {
            let _ = read_as(text.as_bytes(), "", Some(format));
        }
    }
}

#[test]
fn a_format_stated_against_the_content_fails_in_one_sentence_or_reads() {
    for (_, bytes) in samples() {
        for format in FORMATS {
            if let Err(error) = read_as(&bytes, "", Some(format)) {
                assert_eq!(error.to_string().lines().count(), 1);
            }
        }
    }
}

#[test]
fn every_row_has_a_name_of_its_own_and_the_last_takes_all() {
    let names: std::collections::HashSet<_> = FORMATS.iter().map(|format| format.name).collect();
    assert_eq!(names.len(), FORMATS.len());
    assert!(FORMATS.last().is_some_and(|format| match format.content {
        Content::Text { sniff, .. } => sniff("", ""),
        Content::Bytes { .. } => false,
    }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_bytes_make_a_reader_panic(bytes: Vec<u8>, which in 0..14_usize, at: prop::sample::Index) {
        read_all_ways(&bytes);
        // The same in the midst of a good file.
        if let Some((_, mut sample)) = samples().into_iter().nth(which) {
            let at = at.index(sample.len());
            sample.splice(at..(at + 1).min(sample.len()), bytes.into_iter().take(8));
            let _ = read_as(&sample, "", None);
        }
    }

    #[test]
    fn no_text_of_their_marks_makes_a_reader_panic(text in "[\\[\\]{}<>/!\":,\t\n\\\\=&;#*-标题正文a1 ]{0,60}") {
        read_all_ways(text.as_bytes());
    }

    #[test]
    fn a_body_is_kept_to_the_letter(body in "\\PC{1,40}(\n\\PC{0,20}){0,3}") {
        prop_assume!(!body.trim().is_empty());
        let json = serde_json::json!({"title": "题", "body": body}).to_string();
        let quoted = format!("title,body\n题,\"{}\"\n", body.replace('"', "\"\""));
        for (text, name) in [(&json, "jsonl"), (&json, "json"), (&quoted, "csv")] {
            let format = FORMATS.iter().find(|format| format.name == name);
            let reading = read_as(text.as_bytes(), "", format).unwrap();
            let kept: Vec<&str> = reading.articles[0].body.iter().map(|p| p.text.as_str()).collect();
            prop_assert_eq!(kept, body.lines().collect::<Vec<_>>());
        }
    }
}
