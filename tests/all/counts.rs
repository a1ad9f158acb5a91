//! `facet`, `timeline`, `terms`: counts against a plain count over the reports as JSON.

use crate::program::Desk;
use serde_json::Value;
use std::collections::BTreeMap;

/// Every report of the sample corpus, as JSON.
pub fn all(desk: &Desk) -> Vec<Value> {
    desk.json_lines(&["search", "--date", "1900..2100", "--all", "--jsonl"])
}

fn plain_count(reports: &[Value], values: impl Fn(&Value) -> Vec<String>) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for report in reports {
        let mut values = values(report);
        values.sort();
        values.dedup();
        values.into_iter().for_each(|value| *counts.entry(value).or_default() += 1);
    }
    counts
}

fn counted(desk: &Desk, arguments: &[&str]) -> BTreeMap<String, u64> {
    let lines = desk.json_lines(&[&["facet"], arguments, &["--all", "--jsonl"]].concat());
    lines.iter().map(|line| (line["value"].as_str().unwrap().to_owned(), line["reports"].as_u64().unwrap())).collect()
}

fn texts(value: &Value) -> Vec<String> {
    let one = value.as_str().map(str::to_owned).into_iter();
    one.chain(value.as_array().into_iter().flatten().map(|text| text.as_str().unwrap().to_owned())).collect()
}

#[test]
fn counts_are_those_of_a_plain_count() {
    let desk = Desk::ingested();
    let reports = all(&desk);
    assert_eq!(reports.len(), 59);
    for (field, key) in
        [("记者", "reporters"), ("correspondent", "correspondents"), ("摄影", "photographers"), ("报", "paper")]
    {
        assert_eq!(counted(&desk, &[field]), plain_count(&reports, |report| texts(&report[key])), "{field}");
    }
    for (field, key) in [("page", "page"), ("source", "source"), ("电头", "place"), ("kind", "kind")] {
        assert_eq!(counted(&desk, &[field]), plain_count(&reports, |report| texts(&report[key])), "{field}");
    }
    let people = ["reporters", "correspondents", "photographers", "authors", "interns", "editors"];
    let anybody = plain_count(&reports, |report| people.iter().flat_map(|key| texts(&report[*key])).collect());
    assert_eq!(counted(&desk, &["署名"]), anybody);
    let month = |report: &Value| vec![report["date"].as_str().unwrap()[..7].to_owned()];
    assert_eq!(counted(&desk, &["month"]), plain_count(&reports, month));
}

#[test]
fn a_query_and_filters_narrow_what_is_counted() {
    let desk = Desk::ingested();
    let hits = desk.json_lines(&["search", "养老服务", "--date", "2026-02..", "--all", "--jsonl"]);
    let plain = plain_count(&hits, |report| texts(&report["reporters"]));
    assert_eq!(counted(&desk, &["记者", "养老服务", "--date", "2026-02.."]), plain);
    assert_eq!(
        counted(&desk, &["记者", "养老服务", "-郑书瑶"]),
        counted(&desk, &["记者", "养老服务", "NOT", "郑书瑶"])
    );
}

#[test]
fn what_was_taken_out_is_not_counted_and_what_was_replaced_is_counted_once() {
    let desk = Desk::ingested();
    let before = counted(&desk, &["记者"]);
    let text = std::fs::read_to_string(desk.path("corpus/20260312-01.txt")).unwrap();
    desk.write("corpus/20260312-01.txt", format!("{text}\n\n又及。\n"));
    assert_eq!(desk.run(&["ingest"]).code, 0);
    assert_eq!(counted(&desk, &["记者"]), before);
    assert_eq!(desk.run(&["forget", "corpus/20260312-01.txt"]).code, 0);
    let reports = all(&desk);
    assert_eq!(counted(&desk, &["记者"]), plain_count(&reports, |report| texts(&report["reporters"])));
}

#[test]
fn values_that_fold_alike_are_one_value_shown_as_printed_most_often() {
    let desk = Desk::new();
    let record = |n: u32, paper: &str, names: &str| {
        format!(
            "{{\"id\":\"{n}\",\"title\":\"题{n}\",\"body\":\"文\",\"paper\":\"{paper}\",\"reporter\":\"{names}\"}}\n"
        )
    };
    let records = [
        record(1, "ＡＢ日报", "李明"),
        record(2, "AB日报", "李明"),
        record(3, "AB日报", "王芳"),
        record(4, "ab日報", "王芳"),
    ];
    desk.write("a.jsonl", records.concat());
    assert_eq!(desk.run(&["ingest", "a.jsonl", "--index", "index"]).code, 0);
    assert_eq!(desk.out(&["facet", "报", "--csv"]), "paper,reports\nAB日报,4\n");
    assert_eq!(desk.out(&["facet", "记者", "--csv"]), "reporter,reports\n李明,2\n王芳,2\n");
    assert_eq!(desk.out(&["search", "--paper", "ab日报", "-c"]), "4\n");
}

#[test]
fn each_form_says_the_same() {
    let desk = Desk::ingested();
    let json: Value = serde_json::from_str(&desk.out(&["facet", "记者", "养老服务", "--json"])).unwrap();
    let lines = desk.json_lines(&["facet", "记者", "养老服务", "--jsonl"]);
    assert_eq!(json["counts"].as_array().unwrap(), &lines);
    assert_eq!(
        (json["v"].as_u64(), json["field"].as_str(), json["total"].as_u64()),
        (Some(1), Some("reporter"), Some(8))
    );
    let csv = desk.out(&["facet", "记者", "养老服务", "--csv", "--bom"]);
    assert!(csv.starts_with("\u{feff}reporter,reports\n付凯明,4\n"), "{csv}");
    let shown = desk.out(&["facet", "记者", "养老服务", "-n", "1"]);
    assert!(shown.starts_with("付凯明  4  █") && shown.contains("以上是其中 1 个"), "{shown}");
    assert_eq!(desk.out(&["facet", "记者", "--min", "7", "--csv"]).lines().count(), 5);
}

#[test]
fn counting_nothing_is_no_hit_and_an_unknown_field_is_named() {
    let desk = Desk::ingested();
    let ran = desk.run(&["facet", "记者", "龘龘龘"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert_eq!(desk.run(&["facet", "记者", "龘龘龘", "--csv"]).out, "reporter,reports\n");
    desk.run(&["facet", "正文"]).assert_fails(2, "可以是 记者、通讯员");
    let empty = Desk::new();
    empty.write("a.jsonl", "{\"title\":\"题\"}\n");
    assert_eq!(empty.run(&["ingest", "a.jsonl", "--index", "index"]).code, 0);
    assert_eq!(empty.run(&["facet", "month", "--json"]).code, 0, "a report without a date");
    assert_eq!(empty.run(&["forget", "a.jsonl"]).code, 0);
    assert_eq!(empty.run(&["facet", "month", "--json"]).code, 1, "no report at all");
}

#[test]
fn a_timeline_counts_what_matches_beside_what_is_held() {
    let desk = Desk::ingested();
    let month = |report: &Value| vec![report["date"].as_str().unwrap()[..7].to_owned()];
    let held = plain_count(&all(&desk), month);
    let matching = plain_count(&desk.json_lines(&["search", "养老", "--all", "--jsonl"]), month);
    let periods = desk.json_lines(&["timeline", "养老", "--by", "month", "--jsonl"]);
    assert_eq!(periods.len(), 3);
    for period in &periods {
        let key = period["period"].as_str().unwrap();
        assert_eq!(period["reports"].as_u64(), Some(matching.get(key).copied().unwrap_or_default()));
        assert_eq!(period["held"].as_u64(), held.get(key).copied());
    }
    let weeks = desk.json_lines(&["timeline", "养老", "--by", "week", "--jsonl"]);
    assert!(weeks.iter().all(|week| week["from"].as_str() <= week["to"].as_str()));
    let total = |periods: &[Value]| periods.iter().map(|p| p["reports"].as_u64().unwrap()).sum::<u64>();
    assert_eq!(total(&weeks), total(&periods));
}

#[test]
fn a_time_without_any_report_held_is_a_gap_and_not_a_zero() {
    let desk = Desk::ingested();
    let days = desk.json_lines(&["timeline", "养老服务", "--by", "day", "--date", "2026-02-01..2026-02-11", "--jsonl"]);
    let told: Vec<_> =
        days.iter().map(|day| (day["reports"].as_u64().unwrap(), day["per_thousand"].as_f64())).collect();
    assert_eq!(days.len(), 11);
    assert_eq!(
        told[1..7],
        [(0, Some(0.0)), (0, Some(0.0)), (1, Some(1000.0)), (0, Some(0.0)), (0, None), (1, Some(1000.0))]
    );
    let shown = desk.out(&["timeline", "养老服务", "--by", "day", "--date", "2026-02-01..2026-02-11"]);
    assert!(shown.contains("2026-02-08     -       -  没有馆藏，至 2026-02-09\n"), "{shown}");
}

#[test]
fn reports_of_an_unknown_day_are_counted_apart_and_said() {
    let desk = Desk::new();
    let record =
        |n: u32, date: &str| format!("{{\"id\":\"{n}\",\"title\":\"题{n}\",\"body\":\"文\",\"date\":\"{date}\"}}\n");
    desk.write("a.jsonl", [record(1, "2026-02-03"), record(2, "2026-02"), record(3, "2025"), record(4, "")].concat());
    assert_eq!(desk.run(&["ingest", "a.jsonl", "--index", "index"]).code, 0);
    let by =
        |unit: &str| serde_json::from_str::<Value>(&desk.out(&["timeline", "文", "--by", unit, "--json"])).unwrap();
    for (unit, coarse) in [("day", 2), ("month", 1), ("year", 0)] {
        let timeline = by(unit);
        assert_eq!((timeline["coarse"].as_u64(), timeline["undated"].as_u64()), (Some(coarse), Some(1)), "{unit}");
    }
    assert!(
        desk.out(&["timeline", "文", "--by", "day"]).contains("共 4 篇；2 篇只知道年份或月份，没有计入；1 篇没有日期")
    );
}

#[test]
fn a_picture_is_written_and_holds_the_query_as_text() {
    let desk = Desk::ingested();
    assert_eq!(desk.run(&["timeline", "养老|<b>&\"", "--svg", "a.svg"]).code, 0);
    let picture = std::fs::read_to_string(desk.path("a.svg")).unwrap();
    assert!(picture.starts_with("<svg") && picture.contains("养老|&lt;b&gt;&amp;&quot;"), "{picture}");
    assert_eq!(desk.run(&["timeline", "养老|<b>&\"", "--svg", "b.svg"]).code, 0);
    assert_eq!(picture, std::fs::read_to_string(desk.path("b.svg")).unwrap());
    desk.run(&["timeline", "养老", "--svg", "no/such/a.svg"]).assert_fails(2, "不能写入");
    assert_eq!(desk.run(&["timeline", "龘龘龘", "--json"]).code, 1);
}

#[test]
fn words_that_set_reports_apart_are_in_them_and_not_the_ones_asked_for() {
    let desk = Desk::ingested();
    let words = desk.json_lines(&["terms", "养老", "--jsonl"]);
    let count = |word: &str| desk.out(&["search", &format!("养老 正文:{word}"), "-c"]).trim().parse::<u64>().unwrap();
    for word in &words {
        let text = word["word"].as_str().unwrap();
        assert!(!"养老".contains(text) && word["within"].as_u64() <= word["all"].as_u64(), "{word}");
        assert!(
            word["within"].as_u64().unwrap() <= count(text),
            "a word stands in no more reports than its characters"
        );
    }
    desk.run(&["terms"]).assert_fails(2, "没有检索词");
    assert_eq!(desk.run(&["terms", "龘龘龘"]).code, 1);
    assert_eq!(desk.out(&["terms", "NOT", "龘龘龘"]), "59 篇与其余 0 篇相比，没有明显更常见的词\n");
}
