//! `doctor`: the index examined.

use crate::program::Desk;

#[test]
fn a_whole_index_has_no_faults() {
    let desk = Desk::ingested();
    let ran = desk.run(&["doctor", "--samples", "160", "--hard", "40"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("随机抽取 200 段文字") && ran.out.contains("没有发现问题"), "{ran:?}");
}

#[test]
fn a_flipped_byte_is_found() {
    let desk = Desk::ingested();
    let folder = desk.path("index/v-1");
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let positions = files.iter().find(|path| path.extension().is_some_and(|e| e == "pos")).unwrap();
    let mut bytes = std::fs::read(positions).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(positions, bytes).unwrap();
    let ran = desk.run(&["doctor"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains("问题：文件损坏"), "{ran:?}");
}

#[test]
fn the_fold_table_lists_pairs_of_single_characters() {
    let table = Desk::new().out(&["doctor", "--fold-table"]);
    for line in table.lines() {
        let pair: Vec<char> = line.chars().collect();
        assert!(matches!(pair.as_slice(), [_, '\t', _]), "{line:?}");
    }
    assert!(table.contains("養\t养\n") && table.contains("Ａ\ta\n") && !table.contains("著\t"));
}

#[test]
fn what_reports_lack_or_say_otherwise_is_listed_and_is_no_fault() {
    let desk = Desk::new();
    let page =
        |n: u32, date: &str| format!("云岭日报 {date} A0{n}版\n\n夜校开班第{n}期\n\n本报讯(记者付凯明)夜校开班。\n");
    desk.write("报/2026-03-09.txt", page(1, "2026年3月2日"));
    let untitled = (1..=7).map(|n| format!("{{\"id\":\"{n}\",\"body\":\"第{n}篇。\"}}\n")).collect::<String>();
    desk.write("报/a.jsonl", untitled);
    assert_eq!(desk.run(&["ingest", "报", "--index", "index"]).code, 0);
    let out = desk.out(&["doctor"]);
    assert!(out.contains("报道 8 篇：没有日期 7，没有标题 7，日期有出入 1"), "{out}");
    assert!(out.contains("见报日期 2026-03-02（据版面头），路径里是 2026-03-09"), "{out}");
    assert!(out.contains("  报/a.jsonl:5  ") && !out.contains("  报/a.jsonl:6  "), "{out}");
    assert!(out.contains("……其余 2 篇，--all 列出全部") && out.contains("没有发现问题"), "{out}");
    assert_eq!(desk.out(&["doctor", "--all"]).matches("  报/a.jsonl:7  ").count(), 2);
}
