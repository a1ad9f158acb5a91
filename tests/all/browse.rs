//! `issue`, `kwic`, `first`: reading along, held against the reports as JSON.

use crate::counts::all;
use crate::program::Desk;
use serde_json::Value;

/// A folder with an index of no report.
fn empty() -> Desk {
    let desk = Desk::with_corpus();
    assert_eq!(desk.run(&["ingest", "corpus/20260312-01.txt"]).code, 0);
    assert_eq!(desk.run(&["forget", "corpus/20260312-01.txt"]).code, 0);
    desk
}

#[test]
fn an_issue_is_every_report_of_its_day_with_the_days_beside_it() {
    let desk = Desk::ingested();
    let days = || all(&desk).into_iter().filter_map(|report| report["date"].as_str().map(str::to_owned));
    let mut held: Vec<String> = days().filter(|day| day.len() == 10).collect();
    held.sort();
    held.dedup();
    let (before, day, after) = (&held[0], &held[1], &held[2]);
    let issue: Value = serde_json::from_str(&desk.out(&["issue", day, "--json"])).unwrap();
    let reports = issue["reports"].as_array().unwrap();
    assert_eq!(reports.len(), days().filter(|other| other == day).count());
    assert!(reports.iter().all(|report| report["date"] == **day));
    assert_eq!((issue["previous"].as_str(), issue["next"].as_str()), (Some(before.as_str()), Some(after.as_str())));
    let printed = desk.out(&["issue", day]);
    assert!(reports.iter().all(|report| printed.contains(report["id"].as_str().unwrap())));
    assert_eq!(desk.out(&["issue", day, "--csv"]).lines().count(), reports.len() + 1);
    assert!(desk.out(&["issue"]).contains(held.last().unwrap().as_str()));
}

#[test]
fn a_day_that_is_not_held_names_its_neighbours_and_a_month_is_no_day() {
    let desk = Desk::ingested();
    let ran = desk.run(&["issue", "2026-02-26"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{ran:?}");
    assert!(ran.err.contains("上一期 2026-02-25"), "{ran:?}");
    assert_eq!(desk.run(&["issue", "2026-02"]).code, 2);
    assert_eq!(desk.run(&["issue", "胡说"]).code, 2);
}

#[test]
fn a_concordance_has_every_place_of_a_word_by_date() {
    let desk = Desk::ingested();
    let lines = desk.json_lines(&["kwic", "养老服务", "--all", "--jsonl", "-C", "8"]);
    assert!(lines.iter().all(|line| line["match"] == "养老服务"));
    let dates: Vec<_> = lines.iter().filter_map(|line| line["date"].as_str()).collect();
    assert!(dates.is_sorted());
    let found: Value = serde_json::from_str(&desk.out(&["kwic", "养老服务", "-n", "3", "--json"])).unwrap();
    assert_eq!((found["lines"].as_array().unwrap().len(), &found["more"]), (3, &Value::Bool(true)));
    let hits = desk.json_lines(&["search", "养老服务", "--all", "--jsonl"]);
    assert_eq!(found["total"], hits.len());
    let ids =
        |lines: &[Value]| lines.iter().map(|line| line["id"].to_string()).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(ids(&lines), ids(&hits));
}

#[test]
fn the_first_report_is_the_oldest_that_search_finds() {
    let desk = Desk::ingested();
    let first: Value = serde_json::from_str(&desk.out(&["first", "养老服务", "--json"])).unwrap();
    let oldest = |query: &str| desk.json_lines(&["search", query, "--sort", "oldest", "-n", "1", "--jsonl"]).remove(0);
    assert_eq!(first["first"]["id"], oldest("养老服务")["id"]);
    assert_eq!(first["first_in_title"]["id"], oldest("标题:养老服务")["id"]);
    assert!(desk.out(&["first", "养老服务"]).contains("每年篇数"));
}

#[test]
fn without_a_hit_or_a_report_reading_along_finds_nothing_and_without_a_word_it_says_what_is_missing() {
    for desk in [Desk::ingested(), empty()] {
        for verb in ["kwic", "first"] {
            let ran = desk.run(&[verb, "呵呵呵呵"]);
            assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{ran:?}");
            let ran = desk.run(&[verb, "--date", "2026"]);
            assert!(ran.code == 2 && ran.err.contains("没有检索词"), "{ran:?}");
        }
    }
    assert_eq!(empty().run(&["issue"]).code, 1);
}
