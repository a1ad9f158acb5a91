//! `show`: one report whole.

use crate::program::Desk;

#[test]
fn a_report_is_shown_whole_by_its_id_or_the_beginning_of_it() {
    let desk = Desk::ingested();
    let hit = &desk.json_lines(&["search", "养老服务", "--jsonl", "-n", "1"])[0];
    let id = hit["id"].as_str().unwrap();
    let shown = desk.out(&["show", id]);
    assert_eq!(desk.out(&["show", &id[..8]]), shown);
    for paragraph in hit["body"].as_array().unwrap() {
        assert!(shown.contains(paragraph.as_str().unwrap()), "{shown}");
    }
    for told in [hit["title"].as_str().unwrap(), id, hit["file"].as_str().unwrap()] {
        assert!(shown.contains(told), "{told}: {shown}");
    }
}

#[test]
fn a_report_as_json_is_what_reading_its_file_gives() {
    let desk = Desk::ingested();
    for hit in desk.json_lines(&["search", "--date", "1900..2100", "--all", "--jsonl"]) {
        let shown = &desk.json_lines(&["show", "--json", hit["id"].as_str().unwrap()])[0];
        let file = hit["file"].as_str().unwrap();
        let read = desk.json_lines(&["read", "--jsonl", file]);
        let mut read = read.into_iter().find(|item| item["line"] == hit["line"]).unwrap();
        read["id"] = shown["id"].clone();
        assert!(&read == shown, "{}", shown["title"]);
    }
}

#[test]
fn an_unknown_id_and_a_number_without_a_search_say_what_to_do() {
    let desk = Desk::ingested();
    desk.run(&["show", "zzzzzzzzzzzz"]).assert_fails(2, "没有这个编号的报道：zzzzzzzzzzzz");
    desk.run(&["show", "养老"]).assert_fails(2, "没有这个编号的报道：养老");
    desk.run(&["show", "1"]).assert_fails(2, "还没有在终端里检索过");
}

/// A pseudo-terminal is needed for a search that is remembered; `script` gives one where it is installed.
fn search_on_a_terminal(desk: &Desk, arguments: &str) -> Option<String> {
    let program = env!("CARGO_BIN_EXE_xunwen");
    let mut command = desk.command(&[]);
    let mut on_terminal = std::process::Command::new("script");
    on_terminal.args(["-qec", &format!("{program} {arguments}"), "/dev/null"]).current_dir(desk.path(""));
    on_terminal.env_clear().env("PATH", std::env::var_os("PATH")?);
    for (name, value) in command.env("TERM", "xterm").get_envs() {
        if let Some(value) = value {
            on_terminal.env(name, value);
        }
    }
    let ran = on_terminal.stdin(std::process::Stdio::null()).output().ok()?;
    Some(String::from_utf8_lossy(&ran.stdout).into_owned())
}

#[test]
fn numbers_mean_the_hits_of_the_last_search_on_a_terminal_until_the_index_changes() {
    let desk = Desk::ingested();
    let Some(screen) = search_on_a_terminal(&desk, "search 养老服务") else { return };
    assert!(screen.contains("\u{1b}[1;31m养老服务\u{1b}[0m"), "matches are coloured on a terminal: {screen}");
    let ids = desk.out(&["search", "养老服务", "--ids"]);
    for (number, id) in ["1", "2"].iter().zip(ids.lines()) {
        assert_eq!(desk.out(&["show", number]), desk.out(&["show", id]));
    }
    desk.run(&["show", "99"]).assert_fails(2, "上次检索显示的是第 1 到第");
    desk.write("corpus/new.txt", "夜校开班\n\n本报讯(记者付凯明)3月3日,夜校开班了。\n");
    assert_eq!(desk.run(&["ingest"]).code, 0);
    desk.run(&["show", "1"]).assert_fails(2, "索引变了");
}
