//! Long streams: read record by record, committed from time to time, taken up where they were left.

use crate::program::{Desk, Ran};
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Stdio};

/// Many records whose length is in a column that no search looks at, so that reading them is quick.
fn lines(records: usize, word: &str) -> String {
    let filler = "0123456789".repeat(200);
    let mut lines = String::new();
    for number in 1..=records {
        writeln!(lines, "{{\"id\":\"n{number}\",\"title\":\"第{number}号{word}\",\"note\":\"{filler}\"}}").unwrap();
    }
    lines
}

const INGEST: [&str; 6] = ["ingest", "news", "--index", "index", "--checkpoint", "1M"];

fn count(desk: &Desk, word: &str) -> usize {
    desk.run(&["search", word, "-F", "-c", "--index", "index"]).out.trim().parse().unwrap()
}

fn ids(desk: &Desk, word: &str) -> Vec<String> {
    let mut ids: Vec<_> =
        desk.out(&["search", word, "-F", "--ids", "--all", "--index", "index"]).lines().map(str::to_owned).collect();
    ids.sort();
    ids
}

/// Starts an ingest and waits until it has committed a part of what it reads.
fn started(desk: &Desk) -> (Child, BufReader<std::process::ChildStderr>) {
    let mut command = desk.command(&INGEST);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut err = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    while !line.starts_with("已提交") {
        line.clear();
        assert!(err.read_line(&mut line).unwrap() > 0, "it ended before it committed anything");
    }
    (child, err)
}

#[test]
fn a_long_file_is_the_same_whether_packed_or_not_and_is_left_alone_when_unchanged() {
    let desk = Desk::new();
    let text = lines(2_500, "通告");
    let broken = text.replacen("\"title\":\"第7号", "\"title\":第7号", 1);
    assert!(text.len() > 4 << 20);
    desk.write("news/a.jsonl", &broken);
    let ran = desk.run(&INGEST);
    assert!(ran.code == 3 && ran.err.contains("a.jsonl:7：不是正确的 JSON"), "{ran:?}");
    assert!(ran.err.contains("读入报道 2499 篇") && ran.err.contains("已提交"), "{ran:?}");
    assert_eq!(count(&desk, "通告"), 2499);
    let again = desk.run(&INGEST);
    assert!(again.err.contains("没有变化 1") && again.err.contains("仍有 1 条记录读不了"), "{again:?}");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    gzip.write_all(broken.as_bytes()).unwrap();
    let other = Desk::new();
    other.write("news/a.jsonl", gzip.finish().unwrap());
    assert_eq!(other.run(&INGEST).code, 3);
    assert_eq!(ids(&other, "通告"), ids(&desk, "通告"));
}

#[test]
fn a_long_table_in_another_encoding_is_read_row_by_row() {
    let desk = Desk::new();
    let mut table = String::from("编号,标题,备注\n");
    let filler = "街道办事处通知".repeat(400);
    for number in 1..=900 {
        writeln!(table, "n{number},\"第{number}号\n通告\",{filler}").unwrap();
    }
    table.push_str("n901,\"没有闭合的引号,甲\nn902,第902号通告,乙\n");
    desk.write("news/a.csv", encoding_rs::GB18030.encode(&table).0);
    let ran = desk.run(&INGEST);
    assert!(ran.code == 3 && ran.err.contains("a.csv:1802：引号没有闭合"), "{ran:?}");
    assert!(ran.err.contains("已提交") && ran.err.contains("读入报道 901 篇"), "{ran:?}");
    let hit = &desk.json_lines(&["search", "-F", "第902号", "--jsonl", "--index", "index"])[0];
    assert_eq!((hit["key"].as_str(), hit["line"].as_u64()), (Some("n902"), Some(1_803)));
}

#[test]
fn a_killed_run_goes_on_where_it_was() {
    let desk = Desk::new();
    desk.write("news/a.jsonl", lines(2_600, "通告"));
    let (mut child, _) = started(&desk);
    child.kill().unwrap();
    child.wait().unwrap();
    let held = count(&desk, "通告");
    assert!(held > 0, "what was committed is there");
    let ran = desk.run(&INGEST);
    assert_eq!(ran.code, 0, "{ran:?}");
    if held < 2_600 {
        assert!(ran.err.contains("接着上次读，前"), "{ran:?}");
    }
    let straight = Desk::new();
    straight.write("news/a.jsonl", lines(2_600, "通告"));
    assert_eq!(straight.run(&INGEST).code, 0);
    assert_eq!(ids(&desk, "通告").len(), 2_600);
    assert_eq!(ids(&desk, "通告"), ids(&straight, "通告"));
}

#[cfg(unix)]
#[test]
fn an_interrupt_commits_what_is_whole_and_says_so() {
    let desk = Desk::new();
    desk.write("news/a.jsonl", lines(2_600, "通告"));
    let (mut child, mut err) = started(&desk);
    let signal = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut err, &mut rest).unwrap();
    let code = child.wait().unwrap().code();
    if signal.is_err() || code == Some(0) {
        return; // no such tool here, or it had ended already
    }
    assert_eq!(code, Some(130), "{rest}");
    assert!(rest.contains("错误：已中断：读完的部分已经提交") && rest.contains("提示：再运行同一条命令"), "{rest}");
    assert!(count(&desk, "通告") > 0);
    assert_eq!(desk.run(&INGEST).code, 0);
    assert_eq!(count(&desk, "通告"), 2_600);
}

#[test]
fn a_changed_long_file_is_replaced_in_one_commit() {
    let desk = Desk::new();
    let run = |desk: &Desk| -> Ran { desk.run(&INGEST) };
    desk.write("news/a.jsonl", lines(2_500, "通告"));
    assert!(run(&desk).err.contains("已提交"));
    let before = ids(&desk, "通告");
    desk.write("news/a.jsonl", lines(2_600, "公告"));
    let ran = run(&desk);
    assert!(ran.code == 0 && ran.err.matches("已提交").count() <= 1, "{ran:?}");
    assert_eq!((count(&desk, "通告"), count(&desk, "公告")), (0, 2_600));
    let after = ids(&desk, "公告");
    assert!(before.iter().all(|id| after.contains(id)), "the same keys have the same ids");
}

#[test]
fn a_long_standard_input_is_read_like_a_file() {
    let desk = Desk::new();
    let text = lines(2_500, "通告");
    let ingest = ["ingest", "-", "--format", "jsonl", "--index", "index", "--checkpoint", "1M"];
    let ran = desk.run_with_input(&ingest, text.as_bytes());
    assert!(ran.code == 0 && ran.err.contains("读入报道 2500 篇"), "{ran:?}");
    let again = desk.run_with_input(&ingest, text.as_bytes());
    assert!(again.code == 0 && again.err.contains("没有变化 1"), "{again:?}");
    assert_eq!(count(&desk, "通告"), 2_500);
    let left: Vec<_> = std::fs::read_dir(desk.path("index")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("tmp")), "{left:?}");
}

#[test]
fn too_little_memory_is_refused_with_the_least() {
    let desk = Desk::with_corpus();
    let ran = desk.run(&["ingest", "--jobs", "2", "--memory", "16M"]);
    ran.assert_fails(2, "--memory 太小：2 个线程至少要 32M");
    assert_eq!(desk.run(&["ingest", "--jobs", "2", "--memory", "32M"]).code, 0);
}
