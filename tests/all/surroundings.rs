//! Pipes, colours, help, exit codes: how the program behaves among other programs.

use crate::program::Desk;
use std::io::Read as _;
use std::process::Stdio;

#[test]
fn a_reader_that_has_had_enough_is_no_error() {
    let desk = Desk::ingested();
    let mut command = desk.command(&["search", "--date", "1900..2100", "--all", "--jsonl"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut [0; 10]).unwrap();
    drop(stdout);
    let ran = child.wait_with_output().unwrap();
    assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stderr));
    assert!(!String::from_utf8_lossy(&ran.stderr).contains("错误"));
}

#[test]
fn colours_are_for_terminals_and_for_who_asks() {
    let desk = Desk::ingested();
    assert!(!desk.out(&["search", "养老服务"]).contains('\u{1b}'));
    assert!(desk.out(&["search", "养老服务", "--color", "always"]).contains("\u{1b}[1;31m养老服务\u{1b}[0m"));
}

#[test]
fn control_characters_reach_pipes_as_they_are_and_json_escaped() {
    let desk = Desk::new();
    desk.write("a.txt", "夜校\u{1b}[31m开班\n\n本报讯(记者付凯明)3月3日,夜校\u{1b}]0;x\u{7}开班。\n");
    assert_eq!(desk.run(&["ingest", "a.txt", "--index", "index"]).code, 0);
    assert!(desk.out(&["search", "夜校", "--index", "index"]).contains('\u{1b}'));
    let json = desk.out(&["search", "夜校", "--jsonl", "--index", "index"]);
    assert!(json.contains("\\u001b") && !json.contains('\u{1b}'));
}

#[test]
fn wrong_usage_is_said_in_one_line_with_a_way_out() {
    let desk = Desk::new();
    desk.run(&["serach", "x"]).assert_fails(2, "没有这个命令：serach");
    assert!(desk.run(&["serach"]).err.contains("是不是 search？"));
    desk.run(&["search", "--reportr", "x"]).assert_fails(2, "没有这个选项：--reportr");
    desk.run(&["search", "x", "--sort", "size"]).assert_fails(2, "--sort <ORDER> 不能是 size");
    desk.run(&["search", "x", "-n", "many"]).assert_fails(2, "--number <N> 不能是 many：写法不对");
    desk.run(&["search", "x", "--json", "--ids"]).assert_fails(2, "不能与");
    desk.run(&["show"]).assert_fails(2, "缺少");
    desk.run(&[]).assert_fails(2, "没有说要做什么");
    desk.run(&["ingest", "--year", "0"]).assert_fails(2, "--year <YYYY> 不能是 0：写法不对");
    desk.run(&["ingest", "--issue-date", "昨天"]).assert_fails(2, "不是日期：昨天");
}

#[test]
fn help_and_version_are_results() {
    let desk = Desk::new();
    let help = desk.out(&["--help"]);
    assert!(help.contains("用法：") && help.contains("检索报道 · search reports"), "{help}");
    for verb in ["ingest", "search", "show", "read", "demo"] {
        let help = desk.out(&[verb, "--help"]);
        assert!(help.contains("例：") && help.contains("--help"), "{help}");
    }
    assert!(desk.out(&["--version"]).starts_with("xunwen 0."));
}

#[test]
fn without_an_index_reading_commands_say_how_to_make_one() {
    let desk = Desk::new();
    for arguments in [&["search", "养老"][..], &["养老"], &["show", "abcd"], &["search", "x", "--index", "nowhere"]]
    {
        desk.run(arguments).assert_fails(5, "没有索引");
    }
}

#[test]
fn an_index_of_another_version_or_damaged_is_named_with_a_way_out() {
    let desk = Desk::ingested();
    let versions = desk.path("index/v-1/versions.json");
    let ours = std::fs::read_to_string(&versions).unwrap();
    std::fs::write(&versions, r#"{"format":999,"analyser":"other"}"#).unwrap();
    desk.run(&["search", "养老"]).assert_fails(5, "另一版本");
    desk.run(&["ingest"]).assert_fails(5, "另一版本");
    std::fs::write(&versions, &ours).unwrap();
    assert_eq!(desk.run(&["search", "养老"]).code, 0, "nothing was lost");
    std::fs::write(desk.path("index/v-1/meta.json"), "{").unwrap();
    desk.run(&["search", "养老"]).assert_fails(5, "索引损坏");
}

#[test]
fn the_index_is_found_upward_or_by_option_or_by_environment() {
    let desk = Desk::ingested();
    let expected = desk.out(&["search", "养老服务", "--ids"]);
    std::fs::create_dir_all(desk.path("corpus/deep/er")).unwrap();
    let from_below = desk.command(&["search", "养老服务", "--ids"]).current_dir(desk.path("corpus/deep/er")).output();
    assert_eq!(String::from_utf8(from_below.unwrap().stdout).unwrap(), expected);
    let elsewhere = Desk::new();
    let index = desk.path("index");
    let mut by_environment = elsewhere.command(&["search", "养老服务", "--ids"]);
    let by_environment = by_environment.env("XUNWEN_INDEX", &index).output().unwrap();
    assert_eq!(String::from_utf8(by_environment.stdout).unwrap(), expected);
    assert_eq!(elsewhere.out(&["search", "养老服务", "--ids", "--index", index.to_str().unwrap()]), expected);
}

#[test]
fn the_demo_says_what_it_runs_and_shows_a_search() {
    let desk = Desk::with_corpus();
    for _ in 0..2 {
        let ran = desk.run(&["demo"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        for told in ["$ xunwen ingest corpus", "$ xunwen search 养老服务", "--reporter 付凯明 --date 2026-02", "共 "]
        {
            assert!(ran.out.contains(told), "{told}: {ran:?}");
        }
    }
    Desk::new().run(&["demo"]).assert_fails(4, "没有 corpus");
}
