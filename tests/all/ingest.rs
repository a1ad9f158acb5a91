//! `ingest`: what is read, what is left alone, what fails and how.

use crate::program::Desk;

const PAGE: &str = "街道食堂开张\n\n本报讯(记者付凯明)3月2日,柳溪街道食堂开张,六十位老人来吃了第一顿饭。\n";

#[test]
fn running_twice_adds_nothing_and_commits_nothing() {
    let desk = Desk::ingested();
    let commits = |desk: &Desk| {
        let meta = std::fs::read_to_string(desk.path("index/v-1/meta.json")).unwrap();
        (meta, desk.out(&["search", "-c", "--date", "1900..2100"]))
    };
    let before = commits(&desk);
    let again = desk.run(&["ingest", "corpus"]);
    assert_eq!(again.code, 0);
    assert!(again.err.contains("没有变化 10"), "{}", again.err);
    assert_eq!(commits(&desk), before);
}

#[test]
fn without_a_path_the_corpus_folder_is_read_into_the_index_beside_it() {
    let desk = Desk::with_corpus();
    let ran = desk.run(&["ingest"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "results are nothing, the rest goes to stderr");
    for told in ["文件 10 个", "读入报道", "记者", "有日期", "没有", "警告", "秒"] {
        assert!(ran.err.contains(told), "{told}: {}", ran.err);
    }
    assert!(desk.path("index/xunwen-index").is_file());
}

#[test]
fn a_changed_file_is_replaced_whole_and_ids_of_others_stay() {
    let desk = Desk::new();
    desk.write("news/a.txt", PAGE);
    desk.write("news/b.txt", PAGE.replace("食堂", "书屋"));
    let run = |desk: &Desk| assert_eq!(desk.run(&["ingest", "news", "--index", "index"]).code, 0);
    run(&desk);
    let id = desk.out(&["search", "书屋", "--ids", "--index", "index"]);
    desk.write("news/a.txt", PAGE.replace("食堂", "澡堂"));
    run(&desk);
    assert_eq!(desk.run(&["search", "-F", "-c", "街道食堂", "--index", "index"]).out, "0\n");
    assert_eq!(desk.out(&["search", "-c", "街道澡堂", "--index", "index"]), "1\n");
    assert_eq!(desk.out(&["search", "书屋", "--ids", "--index", "index"]), id);
}

#[test]
fn a_path_under_a_known_root_is_the_same_file_however_it_was_typed() {
    let desk = Desk::ingested();
    let total = desk.out(&["search", "-c", "--date", "1900..2100"]);
    for typed in ["corpus/20260312-01.txt", "./corpus", "corpus/../corpus/20260312-01.txt"] {
        let ran = desk.run(&["ingest", typed]);
        assert!(ran.err.contains("没有变化"), "{typed}: {}", ran.err);
    }
    assert_eq!(desk.out(&["search", "-c", "--date", "1900..2100"]), total);
}

#[test]
fn an_index_and_its_corpus_can_be_moved_together() {
    let desk = Desk::ingested();
    let ids = desk.out(&["search", "养老服务", "--ids"]);
    std::fs::create_dir(desk.path("moved")).unwrap();
    for name in ["corpus", "index"] {
        std::fs::rename(desk.path(name), desk.path("moved").join(name)).unwrap();
    }
    let ran = desk.run(&["ingest", "moved/corpus", "--index", "moved/index"]);
    assert!(ran.err.contains("没有变化 10"), "{}", ran.err);
    assert_eq!(desk.out(&["search", "养老服务", "--ids", "--index", "moved/index"]), ids);
}

#[test]
fn what_cannot_be_read_costs_nothing_else() {
    let desk = Desk::new();
    desk.write("news/a.txt", PAGE);
    desk.write("news/empty.txt", "");
    desk.write("news/picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    let ran = desk.run(&["ingest", "news", "no-such-folder", "--index", "index"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    for told in ["picture.txt：是图片", "empty.txt：文件是空的", "no-such-folder：没有这个文件或文件夹", "失败 2"]
    {
        assert!(ran.err.contains(told), "{told}: {}", ran.err);
    }
    assert_eq!(desk.out(&["search", "食堂", "-c", "--index", "index"]), "1\n");
}

#[test]
fn nothing_to_read_is_its_own_exit_code() {
    let desk = Desk::new();
    let ran = desk.run(&["ingest", "no-such-folder"]);
    assert_eq!(ran.code, 4);
    assert!(ran.err.contains("错误：没有可以读的文件") && ran.err.contains("提示："), "{}", ran.err);
    assert!(!desk.path("index").exists() && !desk.path("home").exists(), "no index was made for nothing");
    desk.write("news/picture.txt", b"\x89PNG\0");
    assert_eq!(desk.run(&["ingest", "news", "--index", "index"]).code, 4);
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_named_and_the_rest_is_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    desk.write("news/a.txt", PAGE);
    desk.write("news/locked.txt", PAGE);
    std::fs::set_permissions(desk.path("news/locked.txt"), std::fs::Permissions::from_mode(0o0)).unwrap();
    let may_read_all_the_same = std::fs::read(desk.path("news/locked.txt")).is_ok(); // as root
    let ran = desk.run(&["ingest", "news", "--index", "index"]);
    if may_read_all_the_same {
        assert_eq!(ran.code, 0);
    } else {
        assert_eq!(ran.code, 3);
        assert!(ran.err.contains("locked.txt：没有读取权限"), "{}", ran.err);
    }
    assert!(desk.run(&["search", "食堂", "-c", "--index", "index"]).out.trim().parse::<u64>().unwrap() >= 1);
}

#[test]
fn utf_8_and_gb18030_give_the_same_report() {
    let desk = Desk::new();
    desk.write("utf8.txt", PAGE);
    desk.write("gb.txt", encoding_rs::GB18030.encode(PAGE).0);
    let read = |name| {
        let mut lines = desk.json_lines(&["read", "--jsonl", name]);
        let mut report = lines.pop().unwrap();
        report["file"] = serde_json::Value::Null;
        report
    };
    assert_eq!(read("utf8.txt"), read("gb.txt"));
}

#[test]
fn standard_input_is_a_file_by_name() {
    let desk = Desk::new();
    for _ in 0..2 {
        let ran = desk.run_with_input(&["ingest", "-", "--name", "wire", "--index", "index"], PAGE.as_bytes());
        assert_eq!(ran.code, 0, "{ran:?}");
    }
    let hits = desk.json_lines(&["search", "食堂", "--jsonl", "--index", "index"]);
    assert_eq!((hits.len(), hits[0]["file"].as_str()), (1, Some("-/wire")));
}

#[test]
fn what_is_stated_goes_into_the_reports() {
    let desk = Desk::new();
    desk.write("news/a.txt", PAGE);
    let stated = ["--paper", "柳溪晚报", "--issue-date", "2025-03-03", "--index", "index"];
    assert_eq!(desk.run(&[&["ingest", "news"], &stated[..]].concat()).code, 0);
    let hits = desk.json_lines(&["search", "--paper", "柳溪晚报", "--jsonl", "--index", "index"]);
    assert_eq!(hits[0]["published"], "2025-03-03");
    assert_eq!(hits[0]["event_date"], "2025-03-02");
    assert_eq!(hits[0]["basis"]["paper"], "given");
    // Stated otherwise, an unchanged file is read again.
    assert_eq!(desk.run(&["ingest", "news", "--paper", "柳溪日报", "--index", "index"]).code, 0);
    assert_eq!(desk.out(&["search", "--paper", "柳溪日报", "-c", "--index", "index"]), "1\n");
}

#[test]
fn a_dry_run_writes_nothing() {
    let desk = Desk::with_corpus();
    let ran = desk.run(&["ingest", "--dry-run"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("读入报道") && ran.err.contains("没有写索引"), "{}", ran.err);
    assert!(!desk.path("index").exists());
}

#[test]
fn strict_makes_a_warning_a_failure() {
    let desk = Desk::new();
    desk.write("news/a.txt", PAGE);
    desk.write("news/empty.txt", "");
    assert_eq!(desk.run(&["ingest", "news", "--index", "index"]).code, 0);
    assert_eq!(desk.run(&["ingest", "news", "--strict", "--index", "other"]).code, 3);
}

#[test]
fn a_folder_that_holds_other_things_is_not_made_an_index() {
    let desk = Desk::with_corpus();
    let ran = desk.run(&["ingest", "corpus", "--index", "corpus"]);
    ran.assert_fails(2, "文件夹里有别的东西");
}

#[test]
fn only_one_process_writes_at_a_time() {
    let desk = Desk::ingested();
    desk.write("corpus/new.txt", PAGE);
    // Tantivy's writer lock, held as another process would hold it.
    let lock = std::fs::File::options().write(true).open(desk.path("index/v-1/.tantivy-writer.lock")).unwrap();
    lock.lock().unwrap();
    desk.run(&["ingest"]).assert_fails(6, "另一个进程正在写入索引");
    drop(lock);
    assert_eq!(desk.run(&["ingest"]).code, 0);
}
