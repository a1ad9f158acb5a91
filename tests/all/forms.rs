//! The forms that a list of hits can take, held against the hits as JSON.

use crate::program::Desk;
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::Read as _;
use std::process::Stdio;

/// A folder with an index of no report.
pub fn empty() -> Desk {
    let desk = Desk::with_corpus();
    assert_eq!(desk.run(&["ingest", "corpus/20260312-01.txt"]).code, 0);
    assert_eq!(desk.run(&["forget", "corpus/20260312-01.txt"]).code, 0);
    desk
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[test]
fn a_template_lays_out_the_values_of_the_json() {
    let desk = Desk::ingested();
    let hits = desk.json_lines(&["search", "养老服务", "--jsonl"]);
    let lines = desk.out(&["search", "养老服务", "--template", "{rank}\\t{id}\\t{date}\\t{reporters|join:+}\\t{标题}"]);
    let expected: Vec<String> = hits
        .iter()
        .map(|hit| {
            let names: Vec<&str> = hit["reporters"].as_array().unwrap().iter().map(text).collect();
            let (names, date) = (names.join("+"), text(&hit["date"]));
            format!("{}\t{}\t{date}\t{names}\t{}", hit["rank"], text(&hit["id"]), text(&hit["title"]))
        })
        .collect();
    assert_eq!(lines.lines().collect::<Vec<_>>(), expected);
    let separated = desk.out(&["search", "养老服务", "--template", "{id}\\0"]);
    assert_eq!(separated.split_terminator('\0').count(), hits.len());
}

#[test]
fn a_template_or_a_column_that_is_not_known_is_wrong_usage() {
    let desk = Desk::ingested();
    desk.run(&["search", "养老", "--template", "{titel}"]).assert_fails(2, "没有 titel 这个字段");
    assert!(desk.run(&["search", "养老", "--template", "{titel}"]).err.contains("是不是 title？"));
    desk.run(&["search", "养老", "--csv", "--fields", "date,tilte"]).assert_fails(2, "没有 tilte 这一列");
    desk.run(&["search", "养老", "--csv", "--oneline"]).assert_fails(2, "不能与");
    desk.run(&["search", "养老", "--template", "{id}", "--json"]).assert_fails(2, "不能与");
    desk.run(&["search", "养老", "--bom"]).assert_fails(2, "缺少");
    desk.run(&["search", "养老", "-l", "-c"]).assert_fails(2, "不能与");
}

#[test]
fn files_behind_the_first_hundred_hits_keep_their_order_too() {
    let desk = Desk::new();
    for n in 0..260 {
        let text =
            format!("夜校开班{n}\n\n本报讯(记者付凯明)3月{}日,{}夜校开班了。\n", n % 28 + 1, "夜校".repeat(n % 7));
        desk.write(&format!("corpus/{}/{}.txt", n % 3, n / 2), text);
    }
    let record =
        |n: usize| format!("{{\"title\": \"夜校记录{n}\", \"body\": \"{}夜校开班了。\"}}\n", "夜校".repeat(n % 9));
    for file in 0..20 {
        desk.write(&format!("corpus/{file}.jsonl"), (0..10).map(|n| record(file * 10 + n)).collect::<String>());
    }
    let pages: Vec<(String, String)> =
        (0..30).map(|n| (format!("{}.jsonl", n / 2), record(n) + &record(n + 1))).collect();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in pages.iter().step_by(2) {
        zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, text.as_bytes()).unwrap();
    }
    desk.write("corpus/news.zip", zip.finish().unwrap().into_inner());
    assert_eq!(desk.run(&["ingest", "corpus", "-q"]).code, 0);
    let mut expected: Vec<String> = Vec::new();
    for hit in desk.json_lines(&["search", "夜校", "--all", "--jsonl"]) {
        if !expected.iter().any(|file| file == text(&hit["file"])) {
            expected.push(text(&hit["file"]).to_owned());
        }
    }
    assert!(expected.len() > 150, "{}", expected.len());
    assert_eq!(expected.iter().filter(|file| file.contains("news.zip!/")).count(), 15);
    let files = desk.out(&["search", "夜校", "-l"]);
    assert_eq!(files.lines().collect::<Vec<_>>(), expected);
    assert_eq!(desk.out(&["search", "夜校", "-l", "-n", "120"]).lines().collect::<Vec<_>>(), expected[..120]);
}

#[test]
fn files_are_named_once_in_the_order_of_their_best_reports() {
    let desk = Desk::ingested();
    let hits = desk.json_lines(&["search", "高新区", "--all", "--jsonl"]);
    let mut expected: Vec<String> = Vec::new();
    for hit in &hits {
        if !expected.iter().any(|file| file == text(&hit["file"])) {
            expected.push(text(&hit["file"]).to_owned());
        }
    }
    assert!(expected.len() > 2 && expected.len() < hits.len());
    assert_eq!(desk.out(&["search", "高新区", "-l"]).lines().collect::<Vec<_>>(), expected);
    assert_eq!(desk.out(&["search", "高新区", "-l", "-n", "2"]).lines().collect::<Vec<_>>(), expected[..2]);
    let separated = desk.out(&["search", "高新区", "-l", "-0"]);
    assert_eq!(separated.split_terminator('\0').collect::<Vec<_>>(), expected);
    assert!(!separated.contains('\n'));
    let ids = desk.out(&["search", "高新区", "--ids", "-0"]);
    let again = desk.out(&["search", "高新区", "--ids"]);
    assert_eq!(ids.split_terminator('\0').collect::<Vec<_>>(), again.lines().collect::<Vec<_>>());
}

#[test]
fn csv_has_the_columns_that_are_named_and_the_usual_ones_otherwise() {
    let desk = Desk::ingested();
    let hits = desk.json_lines(&["search", "养老服务", "--jsonl"]);
    let table = desk.out(&["search", "养老服务", "--csv", "--bom", "--fields", "id,title,body"]);
    let table = table.strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    assert_eq!(reader.headers().unwrap(), vec!["id", "title", "body"]);
    for (record, hit) in reader.records().map(Result::unwrap).zip(&hits) {
        let body: Vec<&str> = hit["body"].as_array().unwrap().iter().map(text).collect();
        assert_eq!(record, vec![text(&hit["id"]), text(&hit["title"]), &body.join("\n")]);
    }
    let usual = desk.out(&["search", "养老服务", "--csv"]);
    assert!(usual.starts_with("rank,score,date,title,"), "{usual}");
    assert_eq!(csv::Reader::from_reader(usual.as_bytes()).records().count(), hits.len());
}

#[test]
fn one_line_and_markdown_name_every_hit_once() {
    let desk = Desk::ingested();
    let hits = desk.json_lines(&["search", "养老服务", "--jsonl"]);
    let lines = desk.out(&["search", "养老服务", "--oneline"]);
    assert_eq!(lines.lines().count(), hits.len());
    for (line, hit) in lines.lines().zip(&hits) {
        assert!(line.starts_with(&format!("{}  {}", text(&hit["id"]), text(&hit["date"]))), "{line}");
        assert!(line.contains(text(&hit["title"])), "{line}");
    }
    let markdown = desk.out(&["search", "养老服务", "--markdown"]);
    assert_eq!(markdown.matches("### ").count(), hits.len());
    assert!(markdown.contains("**养老服务**"), "{markdown}");
}

#[test]
fn every_form_is_whole_where_nothing_is_found() {
    for desk in [Desk::ingested(), empty()] {
        for (form, out) in [
            (&["--oneline"][..], ""),
            (&["-l"], ""),
            (&["--csv", "--fields", "id,date"], "id,date\n"),
            (&["--markdown"], ""),
            (&["--template", "{id}"], ""),
        ] {
            let ran = desk.run(&[&["search", "没有这样的文字XYZ", "--loosen", "never"], form].concat());
            assert_eq!((ran.code, ran.out.as_str()), (1, out), "{ran:?}");
            assert!(ran.err.contains("没有找到"), "{ran:?}");
        }
    }
}

#[test]
fn a_batch_is_laid_out_by_a_template_with_the_name_of_each_query() {
    let desk = Desk::ingested();
    desk.write("q.tsv", "甲\t养老服务\n乙\t没有这样的文字XYZ\n丙\t食堂\n");
    let lines = desk.out(&["search", "--batch", "q.tsv", "--loosen", "never", "--template", "{qid} {rank} {id}"]);
    let names: BTreeSet<_> = lines.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(names, BTreeSet::from(["甲", "丙"]));
}

#[test]
fn a_reader_of_a_form_that_has_had_enough_is_no_error() {
    let desk = Desk::ingested();
    let body = ["--fields", "title,body"];
    for form in [&["--csv", body[0], body[1]][..], &["--template", "{body}"], &["--markdown"]] {
        let mut command = desk.command(&[&["search", "--date", "1900..2100", "--all"], form].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut [0; 10]).unwrap();
        drop(stdout);
        let ran = child.wait_with_output().unwrap();
        assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stderr));
    }
}

#[test]
fn a_report_and_the_reports_of_a_day_are_laid_out_by_a_template_too() {
    let desk = Desk::ingested();
    let issue: Value = serde_json::from_str(&desk.out(&["issue", "2026-03-12", "--json"])).unwrap();
    let reports = issue["reports"].as_array().unwrap();
    let expected: Vec<&str> = reports.iter().map(|report| text(&report["id"])).collect();
    assert_eq!(desk.out(&["issue", "2026-03-12", "--ids"]).lines().collect::<Vec<_>>(), expected);
    let laid = desk.out(&["issue", "2026-03-12", "--template", "{page|default:无}\\t{id}\\t{rank}"]);
    assert!(laid.lines().zip(&expected).all(|(line, id)| line.ends_with(&format!("\t{id}\t"))), "{laid}");
    assert_eq!(laid.lines().count(), expected.len());
    let report = reports.iter().find(|report| report["body"].as_array().unwrap().len() > 1).unwrap();
    let shown = desk.out(&["show", text(&report["id"]), "--template", "{title}\\n{body}\\n"]);
    let body: Vec<&str> = report["body"].as_array().unwrap().iter().map(text).collect();
    assert_eq!(shown, format!("{}\n{}\n", text(&report["title"]), body.join("\n")));
    desk.run(&["issue", "--template", "{x}"]).assert_fails(2, "没有 x 这个字段");
    desk.run(&["show", "1", "--template", "{x}"]).assert_fails(2, "没有 x 这个字段");
}

#[test]
fn the_manual_of_templates_names_the_keys_of_the_json() {
    let desk = Desk::ingested();
    let manual = desk.out(&["help", "模板"]);
    assert_eq!(desk.out(&["help", "template"]), manual);
    let hit = &desk.json_lines(&["search", "养老服务", "--jsonl", "-n", "1"])[0];
    for key in hit.as_object().unwrap().keys() {
        assert!(manual.contains(&format!("{{{key}}}")), "{key}");
    }
}
