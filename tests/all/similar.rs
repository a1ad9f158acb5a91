//! `similar`: reports like one report.

use crate::program::Desk;
use serde_json::{Value, json};

const WIRE: &str = "26日上午，青禾市第二水厂扩建工程通水，日供水能力由8万吨提高到15万吨。工程去年3月动工，总投资2.36亿元，\
    新建取水泵站一座，铺设管道41公里，沿线14个小区和3所学校率先用上新水。市水务局负责人说，扩建后的水厂采用臭氧和活性炭\
    两道工艺，出厂水浊度低于0.2，老城区夏季水压不足的问题有望解决。家住东湖街的居民孟阿姨打开龙头，说今年夏天不用再半夜接水了。";
const RETOLD: &str = "记者从市水务局获悉，青禾第二水厂扩建完成并开始供水，取水泵站和41公里管道同时投用。老城区的水压\
    不足有望缓解，出厂水经过臭氧和活性炭两道工艺，浊度低于0.2。东湖街不少居民打开龙头看了又看，说夏天不用半夜接水了。\
    扩建工程去年动工，总投资2.36亿元，沿线14个小区和3所学校用上新水，日供水能力提高到15万吨。";
const LAKE: &str = "湖心岛候鸟增多，观鸟者架起望远镜，志愿者清点白鹭和野鸭，比去年多出三百余只。";

fn desk() -> Desk {
    let desk = Desk::new();
    let mut lines = String::new();
    let mut add = |id: &str, paper: &str, date: &str, title: &str, body: &str| {
        let report = json!({"id": id, "paper": paper, "date": date, "title": title, "body": body});
        lines += &format!("{report}\n");
    };
    add("wire", "青禾日报", "2026-02-27", "第二水厂通水", &format!("本报讯（记者林见川）{WIRE}"));
    add("reprint", "河湾晚报", "2026-02-28", "青禾人喝上新水", &format!("新华社青禾2月27日电 {WIRE}"));
    add("retold", "江北晨报", "2026-02-28", "水厂扩建之后", RETOLD);
    add("again", "江北晚报", "2026-03-01", "水压问题有望缓解", &format!("{RETOLD}记者还走访了小区。"));
    add("lake", "河湾晚报", "2026-02-26", "候鸟归来", LAKE);
    for (n, text) in
        ["夜校开班，报名的居民很多。", "公交新开两条线路，票价不变。", "图书馆延长开放时间。"].iter().enumerate()
    {
        add(&format!("other{n}"), "青禾日报", "2026-02-20", "简讯", text);
    }
    desk.write("papers/a.jsonl", lines);
    assert_eq!(desk.run(&["ingest", "papers", "--index", "index"]).code, 0);
    desk
}

fn id(desk: &Desk, key: &str) -> String {
    let hits = desk.json_lines(&["export", "--jsonl"]);
    hits.iter().find(|hit| hit["key"] == key).unwrap()["id"].as_str().unwrap().to_owned()
}

fn like(desk: &Desk, key: &str, more: &[&str]) -> Vec<String> {
    let hits = desk.json_lines(&[&["similar", &id(desk, key), "--jsonl"], more].concat());
    hits.iter().map(|hit| hit["key"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn reports_like_one_tell_of_the_same_and_are_neither_itself_nor_its_copies() {
    let desk = desk();
    assert_eq!(like(&desk, "wire", &[]), ["retold"], "one for the two copies of that text");
    assert_eq!(like(&desk, "reprint", &[]), ["retold"]);
    assert_eq!(like(&desk, "retold", &[]), ["wire"], "the first published, `reprint` behind it");
    assert_eq!(like(&desk, "wire", &["--copies", "show"]), ["reprint", "again", "retold"]);
    assert_eq!(like(&desk, "wire", &["--copies", "show", "-n", "1", "--offset", "1"]), ["again"]);
    assert_eq!(like(&desk, "wire", &["--copies", "show", "--sort", "oldest", "-n", "1"]), ["reprint"]);
    assert_eq!(like(&desk, "wire", &["--paper", "江北晚报"]), ["again"], "the filters hold before copies are folded");
    assert_eq!(like(&desk, "wire", &["--date", "2026-03.."]), ["again"]);
    let nothing = desk.run(&["similar", &id(&desk, "lake")]);
    assert_eq!((nothing.code, nothing.err.contains("没有相似的报道")), (1, true), "{nothing:?}");
}

#[test]
fn similar_reports_come_in_every_form_of_a_list() {
    let desk = desk();
    let wire = id(&desk, "wire");
    let found: Value = serde_json::from_str(&desk.out(&["similar", &wire, "--json"])).unwrap();
    assert_eq!((&found["query"], &found["total"], &found["groups"]), (&json!(wire), &json!(2), &json!(1)));
    assert_eq!((&found["loosened"], &found["hits"][0]["copies"].as_array().unwrap().len()), (&json!(true), &1));
    let marks = found["hits"][0]["snippets"][0]["marks"].as_array().unwrap();
    assert!(!marks.is_empty() && marks.iter().all(|mark| mark["kind"] == "word"), "{found}");
    let retold = id(&desk, "retold");
    assert_eq!(desk.out(&["similar", &wire, "--ids"]), format!("{retold}\n"));
    assert_eq!(desk.json_lines(&["similar", &wire, "--ids", "--jsonl"])[0]["key"], "retold");
    assert_eq!(desk.out(&["similar", &wire, "--template", "{key} {date}"]), "retold 2026-02-28\n");
    assert!(desk.out(&["similar", &wire, "--oneline"]).starts_with(&retold));
    let text = desk.out(&["similar", &wire]);
    assert!(text.starts_with(&format!("与 {wire} 相似的报道；其中最有分量的词：")), "{text}");
    assert!(text.contains("水厂扩建之后") && text.contains("＋转载 1") && text.contains("共 2 篇"), "{text}");
    desk.run(&["similar", "zzzz"]).assert_fails(2, "没有这个编号");
    desk.run(&["similar", &wire, "--in", "title"]).assert_fails(2, "--in");
    desk.run(&["similar", &wire, "--json", "--csv"]).assert_fails(2, "不能与");
}
