//! Records through the program: JSON Lines, JSON and tables, packed or not, in any encoding, with what is bad in them.

use crate::program::Desk;
use serde_json::{Value, json};
use std::fmt::Write as _;

const TABLE: &str = "编号,标题,正文,发布时间,记者,来源,链接,点击\n\
    lx-1,街道食堂开张,\"本报讯(通讯员王亮)3月2日,柳溪街道食堂开张。\n六十位老人来吃了第一顿饭。\",2026/3/3 08:00,付凯明,柳溪晚报,https://example.org/1,12\n\
    lx-2,夜校开课,面点班两小时报满。,2026年3月4日,,,,\n";

fn table_as_json() -> Vec<Value> {
    vec![
        json!({"id": "lx-1", "title": "街道食堂开张", "content": "本报讯(通讯员王亮)3月2日,柳溪街道食堂开张。\n六十位老人来吃了第一顿饭。",
               "pubtime": "2026-03-03T08:00:00+08:00", "author": "记者 付凯明", "source": "柳溪晚报", "url": "https://example.org/1", "点击": 12}),
        json!({"id": "lx-2", "title": "夜校开课", "content": "面点班两小时报满。", "pubtime": 1_772_582_400, "author": null, "source": ""}),
    ]
}

/// What a file is read as, without its place.
fn read(desk: &Desk, name: &str) -> Vec<Value> {
    let mut items = desk.json_lines(&["read", "--jsonl", name]);
    for item in &mut items {
        for place in ["file", "line", "paragraph_lines"] {
            item[place] = Value::Null;
        }
    }
    items
}

#[test]
fn the_same_records_in_any_format_packing_and_encoding_are_the_same_reports() {
    let desk = Desk::new();
    let records = table_as_json();
    let lines: String = records.iter().map(|record| format!("{record}\n")).collect();
    desk.write("a.csv", TABLE);
    desk.write("gbk.csv", encoding_rs::GBK.encode(TABLE).0);
    desk.write(
        "a.tsv",
        TABLE
            .replace("柳溪晚报,", "柳溪晚报\t")
            .replace(",,,,\n", "\t\t\t\t\n")
            .replace(',', "\t")
            .replace("3月2日\t", "3月2日,"),
    );
    desk.write("a.jsonl", &lines);
    desk.write("named wrongly.txt", &lines);
    desk.write("a.json", serde_json::to_string_pretty(&records).unwrap());
    desk.write("wrapped.json", json!({"code": 0, "data": {"list": records}}).to_string());
    let utf_16: Vec<u8> = lines.encode_utf16().flat_map(u16::to_le_bytes).collect();
    desk.write("utf16.jsonl", utf_16);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut gzip, lines.as_bytes()).unwrap();
    desk.write("a.jsonl.gz", gzip.finish().unwrap());
    let level = ruzstd::encoding::CompressionLevel::Fastest;
    desk.write("a.jsonl.zst", ruzstd::encoding::compress_to_vec(lines.as_bytes(), level));
    let expected = read(&desk, "a.csv");
    let first = &expected[0];
    assert_eq!(first["key"], "lx-1");
    assert_eq!(first["published"], "2026-03-03");
    assert_eq!(first["event_date"], "2026-03-02");
    assert_eq!(first["reporters"], json!(["付凯明"]));
    assert_eq!(first["correspondents"], json!(["王亮"]));
    assert_eq!(first["source"], "柳溪晚报");
    assert_eq!(first["body"], json!(["本报讯(通讯员王亮)3月2日,柳溪街道食堂开张。", "六十位老人来吃了第一顿饭。"]));
    assert_eq!(first["extra"], json!({"url": "https://example.org/1", "点击": "12"}));
    assert_eq!(first["basis"]["published"], "record");
    assert_eq!(expected[1]["published"], "2026-03-04");
    for name in [
        "gbk.csv",
        "a.tsv",
        "a.jsonl",
        "named wrongly.txt",
        "a.json",
        "wrapped.json",
        "utf16.jsonl",
        "a.jsonl.gz",
        "a.jsonl.zst",
    ] {
        assert_eq!(read(&desk, name), expected, "{name}");
    }
}

#[test]
fn what_the_program_wrote_is_read_back_as_the_same_report() {
    let desk = Desk::ingested();
    desk.write("read.jsonl", desk.out(&["read", "--jsonl", "corpus"]));
    let without_place = |mut item: Value| {
        for place in ["file", "line", "paragraph_lines"] {
            item[place] = Value::Null;
        }
        item
    };
    let before: Vec<_> = desk.json_lines(&["read", "--jsonl", "corpus"]).into_iter().map(without_place).collect();
    assert!(before.len() > 40);
    assert_eq!(read(&desk, "read.jsonl"), before);
    // Hits are reports with more keys.
    let hits = desk.json_lines(&["search", "养老", "--jsonl"]);
    desk.write("hits.jsonl", desk.out(&["search", "养老", "--jsonl"]));
    for (hit, read) in hits.into_iter().zip(read(&desk, "hits.jsonl")) {
        for (key, value) in read.as_object().unwrap() {
            let is_place = matches!(key.as_str(), "id" | "file" | "line" | "paragraph_lines");
            assert!(is_place || hit[key] == *value, "{key}: {hit}");
        }
    }
}

#[test]
fn one_bad_record_among_ten_thousand_costs_one_line_and_the_exit_code() {
    let desk = Desk::new();
    let mut lines = String::new();
    for number in 1..=10_000 {
        match number {
            6_000 => lines.push_str("{\"id\": \"n6000\", \"title\": \"断\n"),
            _ => writeln!(lines, "{{\"id\":\"n{number}\",\"title\":\"第{number}号通告\",\"body\":\"柳溪街道通告。\"}}")
                .unwrap(),
        }
    }
    let ingest = ["ingest", "-", "--format", "jsonl", "--index", "index"];
    let ran = desk.run_with_input(&ingest, lines.as_bytes());
    assert_eq!(ran.code, 3, "{}", ran.err);
    let again = desk.run_with_input(&ingest, lines.as_bytes());
    assert!(again.code == 3 && again.err.contains("没有变化，其中仍有 1 条记录读不了"), "{}", again.err);
    let warnings: Vec<_> = ran.err.lines().filter(|line| line.starts_with("警告：")).collect();
    assert_eq!(warnings, ["警告：stdin:6000：JSON 没有写完"]);
    assert!(ran.err.contains("读入报道 9999 篇") && ran.err.contains("失败的记录 1 条"), "{}", ran.err);
    assert_eq!(desk.out(&["search", "柳溪街道通告", "-c", "--index", "index"]), "9999\n");
    let ran = desk.run_with_input(&["read", "-", "--jsonl"], lines.as_bytes());
    assert_eq!((ran.code, ran.out.lines().count()), (3, 9999));
    assert!(ran.err.contains("stdin:6000：JSON 没有写完"), "{}", ran.err);
}

#[test]
fn keys_give_ids_that_outlive_the_order_of_the_file() {
    let desk = Desk::new();
    let line = |id: &str, title: &str| json!({"id": id, "title": title}).to_string();
    desk.write("news/a.jsonl", [line("a", "街道食堂开张"), line("b", "夜校开课")].join("\n"));
    let id = |desk: &Desk| {
        assert_eq!(desk.run(&["ingest", "news", "--index", "index"]).code, 0);
        desk.out(&["search", "夜校", "--ids", "--index", "index"])
    };
    let before = id(&desk);
    desk.write("news/a.jsonl", [line("b", "夜校开课"), line("c", "澡堂关门"), line("a", "街道食堂开张")].join("\n"));
    assert_eq!(id(&desk), before);
    desk.write("twice.jsonl", [line("a", "街道食堂开张"), line("a", "夜校开课")].join("\n"));
    let ran = desk.run(&["read", "--jsonl", "twice.jsonl"]);
    assert!(ran.out.contains("\"key\":\"a~2\"") && ran.err.contains("twice.jsonl:2：编号 a 不止一次出现"), "{ran:?}");
}

#[test]
fn a_format_stated_is_the_one_read_and_another_name_is_refused() {
    let desk = Desk::new();
    desk.write("a.txt", "title,body\nA,B\n");
    assert_eq!(desk.json_lines(&["read", "--jsonl", "a.txt"])[0]["title"], "A");
    let as_text = desk.json_lines(&["read", "--jsonl", "--format", "text", "a.txt"]);
    assert_ne!(as_text[0]["title"], "A");
    desk.run(&["read", "--format", "doc", "a.txt"]).assert_fails(2, "没有这种格式：doc");
    desk.write("b.csv", "日期,点击\n2026-03-03,8\n");
    let ran = desk.run(&["read", "b.csv"]);
    assert_eq!(ran.code, 4);
    assert!(ran.err.contains("第一行里没有标题或正文一列：日期、点击"), "{}", ran.err);
}
