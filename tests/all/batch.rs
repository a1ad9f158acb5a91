//! `search --batch`: many queries in one process.

use crate::program::Desk;
use serde_json::Value;

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_line_is_answered_as_it_would_be_alone_and_in_the_order_of_the_lines() {
    let desk = Desk::ingested();
    let queries = ["养老服务", "暴雨|夜校 -北京", "记者:付凯明", "的", "麦田里的鲸鱼", "养老服务"];
    let file: String = queries.iter().map(|query| format!("q-{query}\t{query}\n")).collect();
    desk.write("queries.tsv", &file);
    let batch = desk.json_lines(&["search", "--batch", "queries.tsv", "--jsonl", "-n", "3"]);
    let mut alone = Vec::new();
    for query in queries {
        for mut hit in lines(&desk.run(&["search", query, "--copies", "show", "--jsonl", "-n", "3"]).out) {
            hit["qid"] = format!("q-{query}").into();
            alone.push(hit);
        }
    }
    assert!(alone.len() > 8);
    assert_eq!(batch, alone);
}

#[test]
fn a_list_of_hits_holds_place_id_key_and_score_alone() {
    let desk = Desk::new();
    desk.write("a.jsonl", "{\"id\":\"k-1\",\"body\":\"夜校开班\"}\n{\"id\":\"k-2\",\"body\":\"夜校开班，夜校报名\"}\n");
    desk.write("b.txt", "夜市收摊\n\n本报讯(记者付凯明)夜校旁的夜市收摊了。\n");
    assert_eq!(desk.run(&["ingest", ".", "--index", "index"]).code, 0);
    let ran = desk.run_with_input(&["search", "--batch", "-", "-F", "--all", "--ids", "--jsonl"], "夜校\n".as_bytes());
    let listed = lines(&ran.out);
    let full = desk.json_lines(&["search", "-F", "夜校", "--all", "--jsonl"]);
    assert_eq!(listed.len(), 3);
    for (short, hit) in listed.iter().zip(&full) {
        let keys: Vec<_> = short.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys.len(), 5, "{keys:?}");
        assert_eq!(short["qid"], "1");
        for key in ["rank", "id", "key", "score"] {
            assert_eq!(short[key], hit[key], "{key}");
        }
    }
    assert!(listed.iter().any(|hit| hit["key"].is_null()) && listed.iter().any(|hit| hit["key"] == "k-2"));
    let alone = desk.out(&["search", "-F", "夜校", "--all", "--ids", "--jsonl"]);
    assert_eq!(lines(&alone).iter().map(|hit| hit["key"].clone()).collect::<Vec<_>>(), {
        listed.iter().map(|hit| hit["key"].clone()).collect::<Vec<_>>()
    });
    assert!(!alone.contains("qid"));
}

#[test]
fn a_line_that_cannot_be_read_is_told_and_the_rest_goes_on() {
    let desk = Desk::ingested();
    let input = b"a\t\xe5\x85\xbb\xe8\x80\x81\n\nb\t\xe6\x97\xa5\xe6\x9c\x9f:\xe4\xba\x8c\xe6\x9c\x88\nc\t\xff\xff\nd\t\xe5\xa4\x9c\xe6\xa0\xa1\n";
    let arguments = ["search", "--batch", "-", "--ids", "--jsonl", "--summary", "-n", "1"];
    let ran = desk.run_with_input(&arguments, input);
    assert_eq!(ran.code, 2, "{ran:?}");
    let summaries: Vec<_> = lines(&ran.out).into_iter().filter(|line| line.get("rank").is_none()).collect();
    assert_eq!(summaries.iter().map(|line| line["qid"].clone()).collect::<Vec<_>>(), ["a", "b", "c", "d"]);
    assert!(summaries[0]["total"].as_u64().unwrap() > 0 && summaries[0].get("error").is_none());
    assert!(!summaries[1]["error"].as_str().unwrap().is_empty() && summaries[1].get("total").is_none());
    assert!(ran.err.contains("第 3 行") && ran.err.contains("第 4 行"), "{}", ran.err);
    let counted = desk.run_with_input(&["search", "--batch", "-", "-c"], input);
    assert!(counted.out.starts_with("a\t") && counted.out.lines().count() == 2, "{counted:?}");
}

#[test]
fn literal_lines_are_not_trimmed_and_hold_no_operators() {
    let desk = Desk::new();
    desk.write("a.jsonl", "{\"id\":\"1\",\"body\":\"甲|乙 -丙\"}\n{\"id\":\"2\",\"body\":\"甲\"}\n");
    assert_eq!(desk.run(&["ingest", "a.jsonl", "--index", "index"]).code, 0);
    let ran = desk.run_with_input(&["search", "--batch", "-", "-F", "-c"], "甲|乙\n-丙\n 甲 \n".as_bytes());
    assert_eq!((ran.code, ran.out.as_str()), (0, "1\t1\n2\t1\n3\t2\n"), "{ran:?}");
    let blank = desk.run_with_input(&["search", "--batch", "-", "-F", "-c"], "甲\n \n".as_bytes());
    assert_eq!((blank.code, blank.out.as_str()), (2, "1\t2\n"), "{blank:?}");
}

#[test]
fn nothing_found_on_any_line_is_told_by_the_exit_code_and_words_have_no_place_beside_a_file() {
    let desk = Desk::ingested();
    assert_eq!(desk.run_with_input(&["search", "--batch", "-", "-F", "-c"], "麦田里的鲸鱼\n".as_bytes()).code, 1);
    desk.run(&["search", "夜校", "--batch", "x"]).assert_fails(2, "不能与");
    desk.run(&["search", "--batch", "nothing.txt"]).assert_fails(2, "不能读 nothing.txt");
    desk.run(&["search", "夜校", "--summary"]).assert_fails(2, "");
}
