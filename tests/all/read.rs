//! `read`: how files would be read, field by field and as JSON.

use crate::program::{Desk, sample_corpus};
use serde_json::Value;

/// A page in the form of a small paper's dump, with column breaks, a caption and half-width brackets.
const PAGE: &str = "\n\n柳溪街道议事会召开\n\n本报讯(记者付凯明)2月11日,柳溪街道召开2026年第1次议事会,商量旧楼加装电梯的分\n\n摊办法。\n\n会上,六位楼长先后发言。\n\n\n\n2月12日,工人在柳溪街道的老楼前吊装电梯井道。\n\n本报记者 马晓宁 摄\n\n柳溪夜校开了面点班\n\n本报讯(记者付凯明 通讯员王亮)2月13日,柳溪夜校的面点班开课,二十个名额两小时报满。";

fn names(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect()
}

#[test]
fn a_page_is_read_into_reports_with_their_people_and_dates() {
    let desk = Desk::new();
    desk.write("page.txt", PAGE);
    let items = desk.json_lines(&["read", "--jsonl", "page.txt"]);
    let titles: Vec<_> = items.iter().map(|item| item["title"].as_str()).collect();
    assert_eq!(titles, [Some("柳溪街道议事会召开"), None, Some("柳溪夜校开了面点班")]);
    assert_eq!(items[1]["kind"], "caption");
    assert_eq!(names(&items[1]["photographers"]), ["马晓宁"]);
    assert_eq!(names(&items[2]["reporters"]), ["付凯明"]);
    assert_eq!(names(&items[2]["correspondents"]), ["王亮"]);
    let dates: Vec<_> = items.iter().map(|item| item["event_date"].as_str().unwrap()).collect();
    assert_eq!(dates, ["2026-02-11", "2026-02-12", "2026-02-13"]);
    let first = items[0]["body"][0].as_str().unwrap();
    assert!(first.ends_with("商量旧楼加装电梯的分摊办法。"), "{first}");
    assert_eq!(items[0]["paragraph_lines"], serde_json::json!([[5, 7], [9, 9]]));
}

#[test]
fn every_key_of_the_contract_is_there_and_no_other() {
    let desk = Desk::new();
    desk.write("page.txt", PAGE);
    let mut keys = "v id key file line kind title kicker subtitle reporters correspondents photographers authors \
                    interns editors source paper page column place dateline_date event_date published date date_basis \
                    body furniture paragraph_lines basis extra"
        .split_whitespace()
        .collect::<Vec<_>>();
    keys.sort_unstable();
    for item in desk.json_lines(&["read", "--jsonl", "page.txt"]) {
        let mut found: Vec<_> = item.as_object().unwrap().keys().map(String::as_str).collect();
        found.sort_unstable();
        assert_eq!(found, keys);
        assert_eq!((item["v"].as_u64(), item["file"].as_str()), (Some(1), Some("page.txt")));
    }
}

#[test]
fn people_see_each_value_with_where_it_came_from() {
    let desk = Desk::new();
    desk.write("page.txt", PAGE);
    let out = desk.out(&["read", "page.txt"]);
    for told in ["3 个条目", "标题      柳溪夜校开了面点班（据标题）", "记者      付凯明（据讯头）", "第 5–7 行 本报讯"]
    {
        assert!(out.contains(told), "{told}: {out}");
    }
}

#[test]
fn the_samples_hold_what_their_page_says() {
    let desk = Desk::new();
    let corpus = sample_corpus();
    let items = desk.json_lines(&["read", "--jsonl", corpus.to_str().unwrap()]);
    assert!(items.len() >= 40, "{}", items.len());
    let with = |key: &str| items.iter().filter(|item| !item[key].as_array().unwrap().is_empty()).count();
    assert!(with("reporters") >= 30 && with("correspondents") >= 8 && with("photographers") >= 5);
    let dated = items.iter().filter(|item| !item["date"].is_null()).count();
    assert!(dated * 10 >= items.len() * 9, "{dated} of {}", items.len());
    let months: std::collections::BTreeSet<_> =
        items.iter().filter_map(|item| item["date"].as_str()?.get(..7)).collect();
    assert!(["2026-01", "2026-02", "2026-03"].iter().all(|month| months.contains(month)), "{months:?}");
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_read() {
    let desk = Desk::new();
    desk.write("page.txt", PAGE);
    desk.write("binary.txt", [0, 1, 2]);
    let ran = desk.run(&["read", "--jsonl", "binary.txt", "page.txt"]);
    assert_eq!((ran.code, ran.out.lines().count()), (3, 3));
    assert!(ran.err.contains("警告：binary.txt：是二进制文件"), "{}", ran.err);
    assert_eq!(desk.run(&["read", "binary.txt"]).code, 4);
    assert_eq!(desk.run(&["read", "page.txt", "--encoding", "klingon"]).code, 2);
}

#[test]
fn warnings_go_to_stderr_or_where_asked_into_the_json() {
    let desk = Desk::new();
    let mut page = encoding_rs::GB18030.encode(&PAGE.repeat(20)).0.into_owned();
    page.extend(b"\xff\xff");
    desk.write("page.txt", page);
    let ran = desk.run(&["read", "--jsonl", "page.txt"]);
    assert!(ran.err.contains("无法识别"), "{}", ran.err);
    let ran = desk.run(&["read", "--jsonl", "--warnings", "page.txt"]);
    assert_eq!(ran.err, "");
    let first: Value = serde_json::from_str(ran.out.lines().next().unwrap()).unwrap();
    assert!(first["warnings"][0].as_str().unwrap().contains("无法识别"));
}
