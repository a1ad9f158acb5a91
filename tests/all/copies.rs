//! Copies of one text in several papers: one hit, the first published.

use crate::program::Desk;
use serde_json::{Value, json};

const WIRE: &str = "26日上午，青禾市第二水厂扩建工程通水，日供水能力由8万吨提高到15万吨。工程去年3月动工，总投资2.36亿元，\
    新建取水泵站一座，铺设管道41公里，沿线14个小区和3所学校率先用上新水。市水务局负责人说，扩建后的水厂采用臭氧和活性炭\
    两道工艺，出厂水浊度低于0.2，老城区夏季水压不足的问题有望解决。家住东湖街的居民孟阿姨打开龙头，说今年夏天不用再半夜接水了。";

fn record(id: &str, paper: &str, date: &str, title: &str, body: &str) -> String {
    json!({"id": id, "paper": paper, "date": date, "title": title, "body": body}).to_string() + "\n"
}

fn desk() -> Desk {
    let desk = Desk::new();
    let a = record("a", "青禾日报", "2026-02-27", "第二水厂通水", &format!("本报讯(记者林见川){WIRE}"));
    let b = record("b", "河湾晚报", "2026-02-28", "青禾人喝上新水", &format!("新华社青禾2月27日电{WIRE}"));
    let c = record("c", "江北晨报", "2026-03-01", "水压不足有望解决", &WIRE.replace("率先用上", "已经用上"));
    let other = record("d", "青禾日报", "2026-02-20", "水价听证", "第二水厂的水价将在下月听证，市民可以报名旁听。");
    desk.write("papers/b.jsonl", b + &other);
    desk.write("papers/c.jsonl", c);
    desk.write("papers/a.jsonl", a);
    desk
}

fn search(desk: &Desk, more: &[&str]) -> Vec<(String, usize)> {
    let hits = desk.json_lines(&[&["search", "第二水厂", "--jsonl", "--sort", "oldest"], more].concat());
    let key = |hit: &Value| hit["key"].as_str().unwrap().to_owned();
    hits.iter().map(|hit| (key(hit), hit["copies"].as_array().unwrap().len())).collect()
}

fn told(hits: &[(&str, usize)]) -> Vec<(String, usize)> {
    hits.iter().map(|(key, copies)| ((*key).to_owned(), *copies)).collect()
}

#[test]
fn copies_are_one_hit_the_first_published_wherever_it_came_in() {
    let desk = desk();
    for file in ["papers/c.jsonl", "papers/b.jsonl"] {
        assert_eq!(desk.run(&["ingest", file, "--index", "index"]).code, 0);
    }
    assert_eq!(search(&desk, &[]), told(&[("d", 0), ("b", 1)]));
    assert_eq!(desk.run(&["ingest", "papers/a.jsonl", "--index", "index"]).code, 0);
    assert_eq!(search(&desk, &[]), told(&[("d", 0), ("a", 2)]), "an earlier copy arrived later");
    assert_eq!(search(&desk, &["--paper", "河湾晚报"]), told(&[("b", 0)]), "the others do not pass the filter");
    assert_eq!(search(&desk, &["--copies", "show"]), told(&[("d", 0), ("a", 0), ("b", 0), ("c", 0)]));
    for every in [&["--all"][..], &["-F"]] {
        assert_eq!(search(&desk, every).len(), 4);
    }
    assert_eq!(desk.out(&["search", "第二水厂", "-c"]), "4\n");
    let found = desk.out(&["search", "第二水厂", "--json", "-n", "1", "--sort", "oldest", "--offset", "1"]);
    let found: Value = serde_json::from_str(&found).unwrap();
    assert_eq!((&found["total"], &found["groups"], &found["hits"][0]["key"]), (&json!(4), &json!(2), &json!("a")));
    let text = desk.out(&["search", "第二水厂"]);
    assert!(text.contains("＋转载 2") && text.contains("共 4 篇，转载归并后 2 条"), "{text}");
    let shown = desk.out(&["show", found["hits"][0]["id"].as_str().unwrap()]);
    let copies: Vec<_> = shown.lines().filter(|line| line.contains("转载")).collect();
    assert!(copies.len() == 2 && copies[0].contains("河湾晚报") && copies[1].contains("2026-03-01"), "{shown}");
    assert_eq!(desk.run(&["forget", "papers/a.jsonl", "--index", "index"]).code, 0);
    assert_eq!(search(&desk, &[]), told(&[("d", 0), ("b", 1)]), "the first was removed");
}

#[test]
fn groups_are_the_same_built_at_once_in_steps_or_made_anew_where_their_file_is_gone() {
    let steps = desk();
    for file in ["papers/b.jsonl", "papers/a.jsonl", "papers/c.jsonl"] {
        assert_eq!(steps.run(&["ingest", file, "--index", "index", "--jobs", "1"]).code, 0);
    }
    let once = desk();
    assert_eq!(once.run(&["ingest", "papers", "--index", "index"]).code, 0);
    assert_eq!(search(&once, &[]), search(&steps, &[]));
    for entry in std::fs::read_dir(once.path("index/v-1")).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name().to_string_lossy().starts_with("copies-") {
            std::fs::write(entry.path(), "not it").unwrap();
        }
    }
    assert_eq!(search(&once, &[]), search(&steps, &[]));
}
