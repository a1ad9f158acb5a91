//! `info` and `-V`: what is held, and what program this is.

use crate::counts::all;
use crate::program::Desk;
use serde_json::Value;

fn info(desk: &Desk) -> Value {
    serde_json::from_str(&desk.out(&["info", "--json"])).unwrap()
}

#[test]
fn what_is_held_is_what_a_plain_count_says() {
    let desk = Desk::ingested();
    let (reports, told) = (all(&desk), info(&desk));
    assert_eq!((told["v"].as_u64(), told["reports"].as_u64()), (Some(1), Some(reports.len() as u64)));
    let has = |report: &Value, key: &str| match key {
        "deck" => !report["kicker"].is_null() || !report["subtitle"].is_null(),
        key => report[key].as_array().map_or(!report[key].is_null(), |values| !values.is_empty()),
    };
    for (field, count) in told["fields"].as_object().unwrap() {
        let plain = reports.iter().filter(|report| has(report, field)).count();
        assert_eq!(count.as_u64(), Some(plain as u64), "{field}");
    }
    let mut days: Vec<&str> = reports.iter().filter_map(|report| report["date"].as_str()).collect();
    days.sort_unstable();
    assert_eq!((told["date_from"].as_str(), told["date_to"].as_str()), (days.first().copied(), days.last().copied()));
    assert_eq!(told["papers"][0]["value"], "云岭日报");
    let root = &told["roots"][0];
    assert_eq!((root["root"].as_str(), root["files"].as_u64()), (Some("corpus"), Some(10)));
    assert!(told["bytes"].as_u64().unwrap() > 10_000 && told["committed"].as_str().unwrap().ends_with('Z'));
}

#[test]
fn people_are_shown_the_same() {
    let desk = Desk::ingested();
    let out = desk.out(&["info"]);
    for told in ["报道      59 篇", "2026-01-02 至 2026-03-13", "报纸      云岭日报 20", "文件 10，报道 59", "格式 "]
    {
        assert!(out.contains(told), "{told}: {out}");
    }
}

#[test]
fn a_headline_of_marks_alone_is_a_headline() {
    let desk = Desk::new();
    desk.write("a.jsonl", "{\"title\":\"？！\",\"body\":\"文\"}\n{\"body\":\"文\"}\n");
    assert_eq!(desk.run(&["ingest", "a.jsonl", "--index", "index"]).code, 0);
    assert_eq!((&info(&desk)["fields"]["title"], &info(&desk)["undated"]), (&1.into(), &2.into()));
    assert_eq!(desk.run(&["forget", "a.jsonl"]).code, 0);
    let empty = info(&desk);
    assert_eq!(
        (&empty["reports"], &empty["fields"]["title"], &empty["date_from"]),
        (&0.into(), &0.into(), &Value::Null)
    );
    assert!(desk.out(&["info"]).contains("没有一篇有日期"), "an empty index is still one");
}

#[test]
fn the_version_names_target_and_index_format() {
    let out = Desk::new().out(&["-V"]);
    let mut lines = out.lines();
    assert_eq!(lines.next(), Some(concat!("xunwen ", env!("CARGO_PKG_VERSION"))));
    assert!(out.contains("目标 ") && out.contains("索引格式 "), "{out}");
}
