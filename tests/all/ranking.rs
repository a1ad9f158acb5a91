//! The order of hits among reports that all hold what was asked.

use crate::program::Desk;
use serde_json::{Value, json};

/// Ingests reports, each of a key and a body, and returns the keys that a search gives, in order.
fn order(reports: &[(&str, String)], query: &str) -> Vec<String> {
    let desk = Desk::new();
    let lines: Vec<String> =
        reports.iter().map(|(id, body)| json!({"id": id, "date": "2026-02-27", "body": body}).to_string()).collect();
    desk.write("reports.jsonl", lines.join("\n"));
    assert_eq!(desk.run(&["ingest", "-q", desk.path("reports.jsonl").to_str().unwrap()]).code, 0);
    let object: Value = serde_json::from_str(&desk.out(&["search", query, "--json"])).unwrap();
    object["hits"].as_array().unwrap().iter().map(|hit| hit["key"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_number_or_latin_word_that_stands_whole_comes_before_one_inside_a_longer() {
    let other = "河边新修的步道昨天开放。".repeat(200);
    let reports =
        [("inside", "RAID 阵列，RAID 卡，RAID 盘。".repeat(5)), ("whole", format!("{other}会上说到AI技术。"))];
    assert_eq!(order(&reports, "AI"), ["whole", "inside"]);
    let reports = [("inside", "2026年到了，2026年新春。".repeat(5)), ("whole", format!("{other}共有26家。"))];
    assert_eq!(order(&reports, "26"), ["whole", "inside"]);
}

#[test]
fn what_counts_most_is_still_how_much_a_report_says_of_it() {
    let other = "河边新修的步道昨天开放。".repeat(8);
    let reports = [
        ("mention", format!("社区食堂旁，{other}{other}")),
        ("about", format!("{other}社区食堂开业。社区食堂每天供餐，社区食堂不收年费。社区食堂明年再开三家。{other}")),
    ];
    assert_eq!(order(&reports, "社区食堂"), ["about", "mention"]);
}

#[test]
fn of_two_reports_that_say_as_much_of_it_the_one_that_leads_with_it_comes_first() {
    // Each of its own wording: they are not to be taken for copies.
    let (one, other) = ("河边新修的步道昨天开放。".repeat(20), "桥上修旧的路灯昨天点亮。".repeat(20));
    let reports = [("late", format!("{one}社区食堂开业。")), ("early", format!("社区食堂开业。{other}"))];
    assert_eq!(order(&reports, "社区食堂"), ["early", "late"]);
}

#[test]
fn of_two_reports_with_both_terms_the_one_that_holds_them_together_comes_first() {
    let (one, other) = ("河边新修的步道昨天开放。".repeat(20), "桥上修旧的路灯昨天点亮。".repeat(20));
    let reports = [
        ("apart", format!("{one}食堂开业。{one}市民称赞补贴。{one}")),
        ("together", format!("{other}食堂有了补贴。{other}市民称赞开业。{other}")),
    ];
    assert_eq!(order(&reports, "食堂 补贴"), ["together", "apart"]);
}

#[test]
fn pages_of_a_result_are_pieces_of_one_order() {
    let desk = Desk::new();
    let line = |n: usize| {
        let body = format!("{}夜校{}", "河边步道。".repeat(n % 23), "开班了。".repeat(n % 7));
        json!({"id": n.to_string(), "date": format!("2026-02-{:02}", n % 28 + 1), "body": body}).to_string()
    };
    desk.write("reports.jsonl", (0..260).map(line).collect::<Vec<_>>().join("\n"));
    assert_eq!(desk.run(&["ingest", "-q", desk.path("reports.jsonl").to_str().unwrap()]).code, 0);
    let all = desk.out(&["search", "夜校", "--ids", "--all", "--copies", "show"]);
    let paged: String = (0..26)
        .map(|n| {
            desk.out(&["search", "夜校", "--ids", "-n", "10", "--copies", "show", "--offset", &(n * 10).to_string()])
        })
        .collect();
    assert_eq!(paged, all);
}

#[test]
fn what_is_found_does_not_depend_on_the_number_of_threads() {
    use xunwen::index::{Layout, Loosen, Request, Snapshot, Sort};
    let desk = Desk::new();
    for file in 0..6 {
        // A run each, so that each has a segment; every other report is a copy of one in another segment.
        let line = |n: usize| {
            let number = file * 40 + n;
            let of_copies = "第二水厂扩建工程昨天通水，日供水能力增加三万吨，城东居民用上了新水。".repeat(3 + n);
            let own = format!("河边步道第{number}期开放，{}", "夜校开班了。".repeat(number % 17 + 1));
            let body = if n.is_multiple_of(2) { own } else { of_copies };
            json!({"id": number.to_string(), "date": format!("2026-02-{:02}", number % 28 + 1), "body": body})
                .to_string()
        };
        desk.write(&format!("{file}.jsonl"), (0..40).map(line).collect::<Vec<_>>().join("\n"));
        assert_eq!(desk.run(&["ingest", "-q", "--index", "index", &format!("{file}.jsonl")]).code, 0);
    }
    let open = |threads| Snapshot::open(Layout::at(desk.path("index"))).unwrap().on_threads(threads);
    let (alone, together) = (open(1), open(8));
    for text in ["夜校", "第二水厂", "水", "夜校开课水厂", "日期:2026-02-03"] {
        for (sort, limit) in [(Sort::Best, Some(10)), (Sort::Oldest, None)] {
            let query = xunwen::query::parse(text, chrono::NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()).unwrap().query;
            let request = Request { query, sort, offset: 1, limit, loosen: Loosen::Auto, fold: true, now: None };
            let found = alone.search(&request).unwrap();
            assert!(found.total > 0, "{text}");
            assert_eq!(format!("{found:?}"), format!("{:?}", together.search(&request).unwrap()), "{text}");
        }
    }
}
