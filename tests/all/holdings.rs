//! `who`, `tally`, `coverage`: accounts of people and holdings, held against the reports as JSON.

use crate::counts::all;
use crate::program::Desk;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

fn json(desk: &Desk, arguments: &[&str]) -> Value {
    serde_json::from_str(&desk.out(arguments)).unwrap()
}

/// A folder with an index of no report.
fn empty() -> Desk {
    let desk = Desk::with_corpus();
    assert_eq!(desk.run(&["ingest", "corpus/20260312-01.txt"]).code, 0);
    assert_eq!(desk.run(&["forget", "corpus/20260312-01.txt"]).code, 0);
    desk
}

fn names(report: &Value, key: &str) -> Vec<String> {
    report[key].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_table_by_two_fields_is_a_plain_count_of_pairs() {
    let desk = Desk::ingested();
    let mut plain = BTreeMap::<(String, String), u64>::new();
    for report in all(&desk) {
        let month = report["date"].as_str().unwrap()[..7].to_owned();
        for name in names(&report, "reporters") {
            *plain.entry((name, month.clone())).or_default() += 1;
        }
    }
    let lines = desk.json_lines(&["tally", "--by", "reporter", "--by", "月", "--jsonl", "--all"]);
    let mut counted = BTreeMap::new();
    for line in &lines {
        for (month, reports) in line["cells"].as_object().unwrap().iter().filter(|(_, n)| n.as_u64() > Some(0)) {
            counted.insert((line["value"].as_str().unwrap().to_owned(), month.clone()), reports.as_u64().unwrap());
        }
    }
    assert_eq!(counted, plain);
    let table = json(&desk, &["tally", "--by", "reporter", "--by", "月", "--json"]);
    assert_eq!((table["field"].as_str(), table["across"].as_str()), (Some("reporter"), Some("month")));
    let sums: u64 = table["columns"].as_array().unwrap().iter().map(|column| column["reports"].as_u64().unwrap()).sum();
    assert_eq!(sums, 59, "each report lies in one month");
}

#[test]
fn a_table_is_cut_where_asked_and_says_so() {
    let desk = Desk::ingested();
    let csv = desk.out(&["tally", "--by", "月", "--by", "reporter", "--columns", "2", "--csv", "--bom"]);
    assert!(csv.starts_with("\u{feff}month,reports,付凯明,林晓燕\n2026-01,17,0,2\n"), "{csv}");
    let shown = desk.out(&["tally", "养老", "--by", "reporter", "--by", "month", "-n", "2"]);
    assert!(shown.starts_with("记者    合计  2026-01") && shown.contains("以上是其中 2 个"), "{shown}");
    assert_eq!(shown.lines().count(), 5, "{shown}");
    let wide = desk.out(&["tally", "--by", "报", "--by", "reporter"]);
    assert!(wide.lines().all(|line| xunwen::text::width::width(line) <= 80), "{wide}");
    assert_eq!(desk.out(&["tally", "--by", "reporter", "--csv"]), desk.out(&["facet", "reporter", "--csv"]));
    assert_eq!(
        desk.run(&["tally", "--by", "reporter", "养老服务", "-郑书瑶"]).out,
        desk.run(&["facet", "reporter", "养老服务", "NOT", "郑书瑶"]).out
    );
    desk.run(&["tally", "--by", "月", "--by", "month"]).assert_fails(2, "--by 最多写两次");
    desk.run(&["tally"]).assert_fails(2, "缺少 --by");
}

#[test]
fn a_person_is_every_report_that_names_them() {
    let desk = Desk::ingested();
    let reports = all(&desk);
    let roles = ["reporters", "correspondents", "photographers", "authors", "interns", "editors"];
    for name in ["付凯明", "孙兵", "李慧敏"] {
        let person = json(&desk, &["who", name, "--json"]);
        let own: Vec<_> =
            reports.iter().filter(|r| roles.iter().any(|role| names(r, role).iter().any(|n| n == name))).collect();
        assert!(!own.is_empty());
        assert_eq!(person["total"].as_u64(), Some(own.len() as u64), "{name}");
        for role in person["roles"].as_array().unwrap() {
            let plain = own.iter().filter(|r| names(r, role["role"].as_str().unwrap()).iter().any(|n| n == name));
            assert_eq!(role["reports"].as_u64(), Some(plain.count() as u64), "{name} {role}");
        }
        let with: BTreeSet<String> = own.iter().flat_map(|r| roles.iter().flat_map(|role| names(r, role))).collect();
        let told: BTreeSet<String> =
            person["with"].as_array().unwrap().iter().map(|w| w["name"].as_str().unwrap().to_owned()).collect();
        assert_eq!(told, with.into_iter().filter(|other| other != name).collect());
        let months: u64 = person["periods"].as_array().unwrap().iter().map(|p| p["reports"].as_u64().unwrap()).sum();
        assert_eq!(months, own.len() as u64);
        let days: Vec<_> = person["latest"].as_array().unwrap().iter().map(|r| r["date"].as_str().unwrap()).collect();
        assert!(days.windows(2).all(|pair| pair[0] >= pair[1]), "the newest first");
    }
}

#[test]
fn a_name_that_is_not_held_is_no_hit_and_one_like_it_is_named() {
    let desk = Desk::ingested();
    let ran = desk.run(&["who", "付凯铭"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("是不是 付凯明（7 篇）？"), "{ran:?}");
    let ran = desk.run(&["who", "付凯明", "--date", "2025"]);
    assert!(ran.code == 1 && ran.err.contains("付凯明 有 7 篇，但都被其余条件排除了"), "{ran:?}");
    assert_eq!(desk.run(&["who", "龘龘"]).err, "没有找到\n");
    desk.run(&["who", " "]).assert_fails(2, "没有写姓名");
    let shown = desk.out(&["who", "付?明", "-n", "2"]);
    assert!(shown.starts_with("付?明  7 篇：记者 7\n") && shown.contains("2026-02  6  █"), "{shown}");
    assert!(shown.contains("李慧敏（通讯员）2") && !shown.contains("付凯明（"), "{shown}");
}

#[test]
fn days_and_pages_held_are_those_of_the_reports() {
    let desk = Desk::ingested();
    let mut plain = BTreeMap::<(Option<String>, String), (u64, BTreeSet<String>)>::new();
    for report in all(&desk) {
        let text = |key: &str| report[key].as_str().map(str::to_owned);
        let day = plain.entry((text("paper"), text("date").unwrap())).or_default();
        day.0 += 1;
        day.1.extend(text("page"));
    }
    let held = json(&desk, &["coverage", "--json"]);
    let mut told = BTreeMap::new();
    for paper in held["papers"].as_array().unwrap() {
        for day in paper["days"].as_array().unwrap() {
            let name = paper["paper"].as_str().map(str::to_owned);
            let pages = day["pages"].as_array().unwrap().iter().map(|page| page.as_str().unwrap().to_owned());
            let day_held = (day["reports"].as_u64().unwrap(), pages.collect());
            told.insert((name, day["date"].as_str().unwrap().to_owned()), day_held);
        }
    }
    assert_eq!(told, plain);
    assert_eq!(held["papers"][0]["gaps"][0]["from"], "2026-01-16");
    let csv = desk.out(&["coverage", "--paper", "云岭日报", "--csv"]);
    assert_eq!(
        csv,
        "paper,date,reports,pages\n云岭日报,2026-01-15,5,A03\n云岭日报,2026-02-10,5,04\n云岭日报,2026-03-12,10,01 03\n"
    );
    let list = desk.out(&["coverage", "--paper", "云岭日报", "--list"]);
    assert!(list.contains("2026-01-16 至 2026-02-09  没有\n2026-02-10   5 篇  04\n"), "{list}");
    let calendar = desk.out(&["coverage", "--date", "2026-03"]);
    assert!(calendar.lines().all(|line| line.len() < 160) && calendar.contains("2026-03"), "{calendar}");
}

#[test]
fn of_nothing_there_is_no_account() {
    for (desk, filter) in [(empty(), "1900.."), (Desk::ingested(), "1990")] {
        for arguments in [&["coverage", "--date", filter][..], &["tally", "--by", "月", "--by", "报", "--date", filter]]
        {
            let ran = desk.run(arguments);
            assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{arguments:?}: {ran:?}");
            assert!(ran.err.contains("没有找到"), "{ran:?}");
            let ran = desk.run(&[arguments, &["--json"]].concat());
            assert!(ran.code == 1 && ran.out.starts_with('{'), "{ran:?}");
        }
    }
}
