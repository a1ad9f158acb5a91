//! What users keep for themselves: saved searches, what is new of them, words that mean the same.

use crate::program::Desk;
use std::fs;

const RECORD: &str = "{\"id\":\"n\",\"title\":\"夜校添了养老课\",\"body\":\"养老课开了。\",\"date\":\"2026-04-01\"}\n";

#[test]
fn a_saved_search_is_a_group_of_a_query() {
    let desk = Desk::ingested();
    assert_eq!(desk.run(&["saved"]).code, 1);
    assert_eq!(desk.run(&["save", "养老", "养老|托育", "-社区"]).code, 0);
    assert_eq!(desk.run(&["save", "近处", "@养老 日期:2026-02.."]).code, 0);
    assert_eq!(desk.out(&["saved"]), "养老\t养老|托育 -社区\n近处\t@养老 日期:2026-02..\n");
    assert_eq!(desk.json_lines(&["saved", "--json"])[0]["searches"]["养老"], "养老|托育 -社区");
    let ids = |arguments: &[&str]| desk.out(&[arguments, &["--ids", "--all"]].concat());
    assert_eq!(ids(&["search", "@近处"]), ids(&["search", "(养老|托育 -社区)", "--date", "2026-02.."]));
    assert_eq!(ids(&["@养老 助餐"]), ids(&["(养老|托育 -社区) 助餐"]), "also in the short form");
    assert_eq!(desk.out(&["facet", "月", "@养老", "--csv"]), desk.out(&["facet", "月", "养老|托育 -社区", "--csv"]));
    assert_eq!(desk.run(&["search", "-F", "@养老"]).code, 1, "literally");
    let ran = desk.run(&["search", "@养生 养老"]);
    assert!(ran.err.contains("没有保存过名为 养生 的检索"), "{ran:?}");
    assert_eq!(desk.run(&["unsave", "近处", "@养老"]).code, 0);
    assert_eq!(desk.run(&["saved"]).out, "");
}

#[test]
fn what_cannot_be_saved_is_said_and_leaves_what_is_kept() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["save", "甲", "养老 @乙"]).code, 0, "another may be saved later");
    desk.run(&["save", "乙", "@甲"]).assert_fails(2, "用到了自己：@甲 → @乙 → @甲");
    desk.run(&["save", "甲", "@甲"]).assert_fails(2, "用到了自己");
    desk.run(&["save", "a b", "x"]).assert_fails(2, "名字不能是");
    desk.run(&["save", "丙", "日期:2026-13"]).assert_fails(2, "");
    desk.run(&["save", "丙", "，"]).assert_fails(2, "没有可检索的文字");
    desk.run(&["unsave", "甲乙"]).assert_fails(2, "没有保存过名为 甲乙 的检索");
    assert_eq!(desk.out(&["saved"]), "甲\t养老 @乙\n");
    desk.write("home/.config/xunwen/searches.txt", "# 自己改的\n甲\t@甲\n");
    desk.run(&["search", "@甲"]).assert_fails(2, "用到了自己");
    desk.write("home/.config/xunwen/searches.txt", "\n甲 养老\n");
    desk.run(&["search", "@甲"]).assert_fails(2, "searches.txt:2：不是");
}

#[test]
fn a_watch_gives_what_was_not_there_the_last_time() {
    let desk = Desk::ingested();
    assert_eq!(desk.run(&["save", "养老", "养老 | 托育"]).code, 0);
    let first = desk.run(&["watch", "养老"]);
    assert_eq!((first.code, first.out.as_str()), (1, ""));
    assert!(first.err.contains("第一次看：现有 8 篇"), "{first:?}");
    assert_eq!(desk.run(&["watch", "养老"]).err, "没有新的\n");
    assert_eq!(desk.run(&["watch", "记者:付凯明", "-养老"]).code, 1, "another watch has a mark of its own");
    desk.write("corpus/new.jsonl", RECORD);
    assert_eq!(desk.run(&["ingest", "-q"]).code, 0);
    for _ in 0..2 {
        let peeked = desk.run(&["watch", "@养老", "--peek"]);
        assert_eq!(peeked.code, 0);
        assert!(peeked.out.starts_with("2026-04-01  夜校添了养老课  "), "{peeked:?}");
    }
    let id = desk.out(&["search", "夜校添了养老课", "--ids"]);
    assert_eq!(desk.out(&["watch", "养老", "--peek", "--ids"]), id);
    let lines = desk.json_lines(&["watch", "养老", "--jsonl"]);
    assert_eq!((lines.len(), lines[0]["title"].as_str()), (1, Some("夜校添了养老课")));
    assert_eq!(desk.run(&["watch", "养老", "-c"]).out, "0\n");
    // A file that comes again with another text is no new report.
    desk.write("corpus/new.jsonl", RECORD.replace("开了", "又开了"));
    assert_eq!(desk.run(&["ingest", "-q"]).code, 0);
    assert_eq!(desk.run(&["watch", "养老"]).code, 1);
    assert_eq!(desk.run(&["rebuild"]).code, 0);
    assert_eq!(desk.run(&["watch", "养老"]).code, 1);
    assert_eq!(desk.run(&["watch", "记者:付凯明", "-养老"]).code, 1);
    desk.run(&["watch", "，"]).assert_fails(2, "没有");
}

#[test]
fn a_mark_that_cannot_be_read_or_kept_is_said() {
    let desk = Desk::ingested();
    assert_eq!(desk.run(&["watch", "养老"]).code, 1);
    let folder = desk.path("home/.local/state/xunwen/watch");
    let mark = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    fs::write(&mark, "{").unwrap();
    desk.run(&["watch", "养老"]).assert_fails(2, "读不了上一次的记录");
    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "").unwrap();
    desk.run(&["watch", "养老"]).assert_fails(2, "上一次的记录");
}

#[test]
fn words_that_mean_the_same_widen_and_never_hide() {
    let desk = Desk::ingested();
    let count = |arguments: &[&str]| {
        let ran = desk.run(&[arguments, &["-c"]].concat());
        (ran.out.trim().parse::<u64>().unwrap(), ran.err)
    };
    let (alone, _) = count(&["search", "助餐"]);
    let (either, _) = count(&["search", "助餐|社区"]);
    let (without, _) = count(&["search", "养老", "-助餐"]);
    assert!(alone < either);
    assert_eq!(desk.run(&["dict", "list"]).code, 1);
    assert_eq!(desk.run(&["dict", "add", "助餐=社区", "人社局＝人力资源和社会保障局"]).code, 0);
    assert_eq!(desk.out(&["dict", "list"]), "助餐=社区\n人社局=人力资源和社会保障局\n");
    let (widened, said) = count(&["search", "助餐"]);
    assert_eq!(widened, either);
    assert!(said.contains("“助餐”也找“社区”"), "{said}");
    for arguments in [&["search", "助餐", "--no-dict"][..], &["search", "-F", "助餐"], &["search", "“助餐”"]]
    {
        assert_eq!(count(arguments).0, alone, "{arguments:?}");
    }
    assert_eq!(count(&["search", "养老", "-助餐"]), (without, String::new()), "what is excluded stays as typed");
    let json: serde_json::Value = serde_json::from_str(&desk.out(&["search", "助餐", "--json"])).unwrap();
    assert_eq!(json["canonical"], "助餐 | 社区");
    desk.run(&["dict", "add", "助餐"]).assert_fails(2, "要有两个不同的词");
    desk.run(&["dict", "remove", "助参"]).assert_fails(2, "没有这个词");
    assert_eq!(desk.run(&["dict", "remove", "社区"]).code, 0);
    assert_eq!(desk.out(&["dict", "list"]), "人社局=人力资源和社会保障局\n");
    assert_eq!(count(&["search", "助餐"]).0, alone);
    desk.write("home/.config/xunwen/words.txt", "甲=乙\n丙\n");
    desk.run(&["search", "养老"]).assert_fails(2, "words.txt:2：");
}
