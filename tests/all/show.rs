//! `show`: one report whole.

use crate::program::{Desk, on_a_terminal};

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

#[test]
fn numbers_mean_the_hits_of_the_last_search_on_a_terminal_until_the_index_changes() {
    let desk = Desk::ingested();
    let Some(screen) = on_a_terminal(&desk, "search 养老服务", &[("PAGER", "")]) else { return };
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

#[test]
fn what_the_last_search_looked_for_is_marked_on_a_terminal_and_nothing_in_a_pipe() {
    let desk = Desk::ingested();
    let plain = [("PAGER", "")];
    let Some(_) = on_a_terminal(&desk, "search 养老服务", &plain) else { return };
    let shown = on_a_terminal(&desk, "show 1", &plain).unwrap();
    assert!(shown.contains("\u{1b}[1;31m养老服务\u{1b}[0m"), "{shown}");
    let id = desk.out(&["search", "养老服务", "--ids", "-n", "1"]);
    assert!(!desk.out(&["show", id.trim()]).contains('\u{1b}'));
    let other = desk.out(&["search", "铁路", "--ids", "-n", "1"]);
    assert!(!on_a_terminal(&desk, &format!("show {other}"), &plain).unwrap().contains("\u{1b}[1;31m"));
}

#[test]
fn context_leaves_out_the_paragraphs_far_from_what_is_marked() {
    let desk = Desk::ingested();
    let hits = desk.json_lines(&["search", "养老服务", "--all", "--jsonl"]);
    let hit = hits.iter().max_by_key(|hit| hit["body"].as_array().unwrap().len()).unwrap();
    let id = hit["id"].as_str().unwrap();
    let body: Vec<&str> = hit["body"].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect();
    let has: Vec<bool> = body.iter().map(|text| text.contains("养老服务")).collect();
    assert!(has.contains(&false), "the sample has a paragraph to leave out");
    for around in [0, 1] {
        let shown = desk.out(&["show", id, "--mark", "养老服务", "-C", &around.to_string()]);
        for (n, text) in body.iter().enumerate() {
            let near = (n.saturating_sub(around)..=n + around).any(|near| has.get(near) == Some(&true));
            assert_eq!(shown.contains(text), near, "{around} {text}");
        }
    }
    desk.run(&["show", id, "-C", "1"]).assert_fails(2, "-C 要有标出的文字");
    desk.run(&["show", id, "--mark", "/[/"]).assert_fails(2, "");
}
