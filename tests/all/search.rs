//! `search`: exactness, filters, order, and what is said when nothing is found.

use crate::program::Desk;
use serde_json::Value;
use std::collections::BTreeSet;

/// Numbers that look random and are the same in every run (a linear congruential generator, Knuth's constants).
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

fn ids(lines: &str) -> BTreeSet<String> {
    lines.lines().map(str::to_owned).collect()
}

/// Everything a literal search looks through, in pieces that are never matched across.
fn pieces(report: &Value) -> Vec<String> {
    let one = ["title", "kicker", "subtitle"].into_iter().filter_map(|key| report[key].as_str().map(str::to_owned));
    let many = ["body", "furniture"].into_iter().flat_map(|key| report[key].as_array().unwrap().clone());
    one.chain(many.map(|piece| piece.as_str().unwrap().to_owned())).collect()
}

fn all_reports(desk: &Desk) -> Vec<Value> {
    let mut all = desk.json_lines(&["search", "--date", "1900..2100", "--all", "--jsonl"]);
    let found: BTreeSet<_> = all.iter().map(|report| report["id"].as_str().unwrap().to_owned()).collect();
    // Those without a date pass no date filter; 的 is in nearly all of them, and each is in some file.
    for word in ["的", "，", ",", "。", "摄"] {
        for report in desk.json_lines(&["search", "-F", word, "--all", "--jsonl"]) {
            if !found.contains(report["id"].as_str().unwrap()) && !all.iter().any(|r| r["id"] == report["id"]) {
                all.push(report);
            }
        }
    }
    all
}

#[test]
fn a_literal_search_finds_exactly_the_reports_that_contain_the_text() {
    let desk = Desk::ingested();
    let reports = all_reports(&desk);
    let read = desk.json_lines(&["read", "--jsonl", "corpus"]);
    assert_eq!(reports.len(), read.len(), "every report is reached");
    let fold = xunwen::text::fold::fold;
    let texts: Vec<(String, Vec<String>)> = reports
        .iter()
        .map(|report| {
            let folded = pieces(report).iter().map(|piece| fold(piece)).collect();
            (report["id"].as_str().unwrap().to_owned(), folded)
        })
        .collect();
    let mut draw = Draw(7);
    let mut drawn = BTreeSet::new();
    while drawn.len() < 300 {
        let all = pieces(&reports[draw.below(reports.len())]);
        let characters: Vec<char> = all[draw.below(all.len())].chars().collect();
        let length = 1 + draw.below(8);
        if characters.len() < length {
            continue;
        }
        let start = draw.below(characters.len() - length + 1);
        let text: String = characters[start..start + length].iter().collect();
        if !fold(&text).is_empty() {
            drawn.insert(text);
        }
    }
    for text in drawn {
        let wanted = fold(&text);
        let truth: BTreeSet<_> = texts
            .iter()
            .filter(|(_, pieces)| pieces.iter().any(|piece| piece.contains(&wanted)))
            .map(|(id, _)| id.clone())
            .collect();
        assert!(!truth.is_empty(), "{text}");
        assert_eq!(ids(&desk.out(&["search", "-F", "--all", "--ids", "--", &text])), truth, "{text}");
    }
}

#[test]
fn a_headline_with_the_words_comes_before_a_body_with_them() {
    let desk = Desk::ingested();
    let hits = desk.json_lines(&["search", "养老服务", "--reporter", "付凯明", "--date", "2026-02", "--jsonl"]);
    let first = &hits[0];
    assert!(first["title"].as_str().unwrap().contains("养老服务"), "{first}");
    assert!(hits.len() > 1, "others have it in the body");
    for hit in &hits {
        assert!(hit["reporters"].as_array().unwrap().contains(&"付凯明".into()));
        assert!(hit["date"].as_str().unwrap().starts_with("2026-02"));
        assert!(pieces(hit).iter().any(|piece| piece.contains("养老服务")));
    }
}

#[test]
fn filters_alone_give_everything_that_passes_newest_first() {
    let desk = Desk::ingested();
    let hits = desk.json_lines(&["search", "--reporter", "付凯明", "--all", "--jsonl"]);
    assert!(hits.len() >= 5, "{}", hits.len());
    let dates: Vec<_> = hits.iter().filter_map(|hit| hit["date"].as_str()).collect();
    assert!(dates.is_sorted_by(|a, b| a >= b), "{dates:?}");
    let oldest = desk.json_lines(&["search", "--reporter", "付凯明", "--all", "--jsonl", "--sort", "oldest"]);
    let dates: Vec<_> = oldest.iter().filter_map(|hit| hit["date"].as_str()).collect();
    assert!(dates.is_sorted(), "{dates:?}");
}

#[test]
fn a_filter_given_twice_takes_either_value() {
    let desk = Desk::ingested();
    let count = |arguments: &[&str]| -> u64 {
        let ran = desk.run(&[&["search", "-c"], arguments].concat());
        ran.out.trim().parse().unwrap()
    };
    let (one, other) = (count(&["--date", "2026-01"]), count(&["--date", "2026-03"]));
    assert_eq!(count(&["--date", "2026-01", "--date", "2026-03"]), one + other);
    assert_eq!(count(&["--since", "2026-01-01", "--until", "2026-01-31"]), one);
    assert_eq!(count(&["日期:2026-01"]), one);
    assert_eq!(count(&["--date", "2026-01-01..2026-01-31"]), one);
}

#[test]
fn flags_and_fields_of_the_language_mean_the_same() {
    let desk = Desk::ingested();
    for (flags, words) in [
        (&["--reporter", "付凯明", "养老"][..], &["养老", "记者:付凯明"][..]),
        (&["--in", "title", "养老"], &["标题：养老"]),
        (&["--page", "A02"], &["版:A2", "版:a002"]),
        (&["--byline", "付凯明"], &["署名:“付凯明”"]),
    ] {
        let search = |arguments: &[&str]| desk.out(&[&["search", "--all", "--ids"], arguments].concat());
        assert_eq!(search(flags), search(words), "{flags:?}");
    }
}

#[test]
fn words_are_joined_or_excluded_as_the_query_says() {
    let desk = Desk::ingested();
    let search =
        |words: &[&str]| ids(&desk.run(&[&["search", "--all", "--ids", "--loosen", "never"], words].concat()).out);
    let (care, jobs) = (search(&["养老"]), search(&["招聘"]));
    assert!(!care.is_empty() && !jobs.is_empty());
    assert_eq!(search(&["养老", "招聘"]), care.intersection(&jobs).cloned().collect());
    assert_eq!(search(&["养老|招聘"]), care.union(&jobs).cloned().collect());
    assert_eq!(search(&["养老", "-招聘"]), care.difference(&jobs).cloned().collect());
    assert_eq!(search(&["养老", "NOT", "招聘"]), care.difference(&jobs).cloned().collect());
    let short: BTreeSet<_> = ids(&desk.out(&["养老", "--all", "--ids"]));
    assert_eq!(short, care, "`xunwen 养老` is short for the search");
}

#[test]
fn exclusions_hold_whatever_segments_the_reports_lie_in() {
    // One file a run and one segment a run: every split of the reports, each query with a phrase excluded.
    let desk = Desk::with_corpus();
    let mut files: Vec<_> = std::fs::read_dir(desk.path("corpus")).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    for file in files.iter().filter(|path| path.extension().is_some_and(|e| e == "txt")) {
        assert_eq!(desk.run(&["ingest", "-q", "--jobs", "1", file.to_str().unwrap()]).code, 0);
        let count = |words: &[&str]| -> u64 {
            let ran = desk.run(&[&["search", "-c", "--loosen", "never"], words].concat());
            ran.out.trim().parse().unwrap_or_else(|_| panic!("{words:?}: {ran:?}"))
        };
        for (wanted, excluded) in [("老人", "招聘"), ("的", "养老服务"), ("记者", "高新区"), ("十", "春耕")]
        {
            let without = format!("-{excluded}");
            assert_eq!(
                count(&[wanted]),
                count(&[wanted, excluded]) + count(&[wanted, &without]),
                "{wanted} {excluded}"
            );
        }
    }
}

#[test]
fn the_page_asked_for_is_a_piece_of_the_whole() {
    let desk = Desk::ingested();
    let all: Vec<String> = desk.out(&["search", "的", "--all", "--ids"]).lines().map(str::to_owned).collect();
    let page = desk.out(&["search", "的", "-n", "5", "--offset", "7", "--ids"]);
    assert_eq!(page.lines().collect::<Vec<_>>(), all[7..12]);
    let hits = desk.json_lines(&["search", "的", "-n", "2", "--offset", "7", "--jsonl"]);
    assert_eq!((hits[0]["rank"].as_u64(), hits[1]["rank"].as_u64()), (Some(8), Some(9)));
    assert_eq!(desk.out(&["search", "的", "-c"]).trim().parse::<usize>().unwrap(), all.len());
}

#[test]
fn the_order_does_not_depend_on_how_the_index_was_built() {
    let fresh = Desk::ingested();
    let steps = Desk::with_corpus();
    let files = std::fs::read_dir(steps.path("corpus")).unwrap().map(|e| e.unwrap().path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|e| e == "txt")).collect();
    files.sort();
    files.reverse();
    let page = steps.path("corpus/20260312-01.txt");
    let original = std::fs::read(&page).unwrap();
    std::fs::write(&page, "临时的一页\n\n本报讯(记者付凯明)3月1日,养老服务养老服务。\n").unwrap();
    for (file, jobs) in files.iter().zip(["1", "2", "3"].iter().cycle()) {
        assert_eq!(steps.run(&["ingest", "--jobs", jobs, "-q", file.to_str().unwrap()]).code, 0);
    }
    std::fs::write(&page, original).unwrap();
    assert_eq!(steps.run(&["ingest"]).code, 0);
    for query in ["养老服务", "高铁|春耕", "的", "云岭 市", "记者:付凯明", "养老服务提质增效进社区"]
    {
        for sort in ["best", "relevance", "newest", "oldest"] {
            let search = ["search", query, "--all", "--jsonl", "--sort", sort];
            let (built, made_anew) = (steps.run(&search).out, fresh.run(&search).out);
            for (a, b) in built.lines().zip(made_anew.lines()) {
                let seen = |line: &str| {
                    let hit: Value = serde_json::from_str(line).unwrap();
                    format!("{} {} {}", hit["rank"], hit["id"], hit["score"])
                };
                assert_eq!(seen(a), seen(b), "{query} {sort}");
            }
            assert!(built == made_anew, "{query} {sort}");
        }
    }
}

#[test]
fn only_where_nothing_holds_the_text_words_are_looked_for_and_it_is_said() {
    let desk = Desk::ingested();
    let text = "养老服务提质增效进社区";
    let loose = desk.run(&["search", text]);
    assert_eq!(loose.code, 0);
    assert!(loose.out.contains("没有报道含有所输入的文字"), "{loose:?}");
    let object: Value = serde_json::from_str(&desk.out(&["search", text, "--json"])).unwrap();
    assert_eq!(object["loosened"], true);
    assert_eq!(object["hits"][0]["snippets"][0]["marks"][0]["kind"], "word");
    for arguments in [&["search", text, "--loosen", "never"][..], &["search", "-F", text]] {
        let ran = desk.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""));
        assert!(ran.err.contains("没有找到") && ran.err.contains("最长一段是“养老服务提质增效”"), "{ran:?}");
    }
}

#[test]
fn a_loosened_search_is_one_list_however_it_is_paged_and_typed() {
    let desk = Desk::ingested();
    let text = "养老服务提质增效进社区";
    let all = desk.out(&["search", text, "--all", "--ids"]);
    assert!(all.lines().count() > 6);
    let paged: String = (0..3)
        .map(|page| desk.out(&["search", text, "-n", "2", "--ids", "--offset", &(2 * page).to_string()]))
        .collect();
    assert!(all.starts_with(&paged), "{all}\n{paged}");
    for typed in [
        "养老服务提质增效 进社区",
        "“养老服务提质增效 进社区”",
        "养老服务提质增效：进社区",
        "养老服务提质增效，进社区！",
    ] {
        assert_eq!(
            desk.out(&["search", typed, "--all", "--ids", "--loosen", "always"]).lines().count(),
            all.lines().count()
        );
    }
    let quoted = desk.out(&["search", "“养老服务提质增效 进社区”", "--all", "--ids"]);
    for typed in ["养老服务提质增效：进社区", "养老服务提质增效，进社区！"] {
        assert_eq!(desk.out(&["search", typed, "--all", "--ids"]), quoted, "{typed}");
    }
}

#[test]
fn an_explanation_adds_up_to_the_score() {
    let desk = Desk::ingested();
    for text in ["养老服务", "养老 服务", "养老服务提质增效进社区"] {
        let object: Value = serde_json::from_str(&desk.out(&["search", text, "--json", "--explain"])).unwrap();
        let hits = object["hits"].as_array().unwrap();
        let explained = object["explain"]["hits"].as_array().unwrap();
        assert_eq!(hits.len(), explained.len());
        for (hit, explained) in hits.iter().zip(explained) {
            let parts: f64 =
                explained["parts"].as_array().unwrap().iter().map(|part| part["worth"].as_f64().unwrap()).sum();
            let score = parts * explained["recency"].as_f64().unwrap();
            assert!((score - hit["score"].as_f64().unwrap()).abs() < 1e-9, "{text}: {explained}");
            assert_eq!(hit["id"], explained["id"]);
        }
        assert!(object["explain"]["words"].as_array().is_some_and(|words| !words.is_empty()));
    }
    let told = desk.out(&["search", "养老服务", "--explain"]);
    assert!(told.contains("检索式") && told.contains("原文“养老服务”"), "{told}");
    let ran = desk.run(&["search", "养老服务 记者:查无此人", "--explain"]);
    assert!(ran.out.contains("养老服务  "), "what found nothing is explained too: {}", ran.out);
    let object: Value = serde_json::from_str(&desk.out(&["search", "养老服务", "--json"])).unwrap();
    assert!(object["explain"].is_null());
}

#[test]
fn filters_that_removed_everything_are_named() {
    let desk = Desk::ingested();
    let ran = desk.run(&["search", "养老服务", "--date", "1998"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    for told in ["没有找到", "含有所输入的文字，但都被其余条件排除了", "索引里有", "日期 1998-01-01..1998-12-31"]
    {
        assert!(ran.err.contains(told), "{told}: {}", ran.err);
    }
    let ran = desk.run(&["search", "--reporter", "查无此人"]);
    assert!(ran.code == 1 && ran.err.contains("没有报道符合这些条件"), "{ran:?}");
}

#[test]
fn the_days_understood_and_the_reports_without_one_are_said() {
    let desk = Desk::ingested();
    let out = desk.out(&["search", "的", "--date", "2026-02"]);
    assert!(out.contains("日期 2026-02-01..2026-02-28"), "{out}");
    let object: Value = serde_json::from_str(&desk.out(&["search", "的", "--date", "2026-02", "--json"])).unwrap();
    assert_eq!((object["date_from"].as_str(), object["date_to"].as_str()), (Some("2026-02-01"), Some("2026-02-28")));
    let undated = all_reports(&desk).iter().filter(|r| r["date"].is_null()).count();
    if undated > 0 {
        assert!(out.contains("没有日期"), "{out}");
    }
}

#[test]
fn what_cannot_be_asked_is_pointed_at() {
    let desk = Desk::ingested();
    desk.run(&["search"]).assert_fails(2, "没有检索词");
    desk.run(&["search", ""]).assert_fails(2, "没有检索词");
    desk.run(&["search", "，。"]).assert_fails(2, "没有可检索的文字");
    desk.run(&["search", "-F", " \u{200b}"]).assert_fails(2, "没有可检索的文字");
    desk.run(&["search", "x", "--date", "二月"]).assert_fails(2, "--date：不是日期：二月");
    desk.run(&["search", "x", "--in", "foot"]).assert_fails(2, "--in 不能是 foot");
    let ran = desk.run(&["search", "养老", "日期:二月"]);
    ran.assert_fails(2, "不是日期：二月");
    assert!(ran.err.contains("\n  养老 日期:二月\n            ^^^^\n"), "{}", ran.err);
}

#[test]
fn the_json_object_and_its_hits_have_the_keys_of_the_contract_and_no_other() {
    let desk = Desk::ingested();
    let object: Value = serde_json::from_str(&desk.out(&["search", "养老服务", "--json"])).unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    let listed = |text: &str| text.split_whitespace().map(str::to_owned).collect::<BTreeSet<_>>();
    assert_eq!(
        keys(&object),
        listed("v query canonical total groups loosened date_from date_to undated notes explain hits")
    );
    let hit = &object["hits"][0];
    assert_eq!(
        keys(hit),
        listed(
            "v id key file line kind title kicker subtitle reporters correspondents photographers authors interns \
             editors source paper page column place dateline_date event_date published date date_basis body furniture \
             paragraph_lines basis extra rank score copies loosened snippets"
        )
    );
    for snippet in hit["snippets"].as_array().unwrap() {
        let text = snippet["text"].as_str().unwrap();
        for mark in snippet["marks"].as_array().unwrap() {
            let at = |key: &str| usize::try_from(mark[key].as_u64().unwrap()).unwrap();
            assert_eq!(&text[at("byte_start")..at("byte_end")], "养老服务");
            let characters: String = text.chars().take(at("end")).skip(at("start")).collect();
            assert_eq!(characters, "养老服务");
        }
    }
}

#[test]
fn a_match_is_never_across_two_paragraphs_but_across_a_break_inside_one() {
    let desk = Desk::new();
    let page = "夜校开班\n\n本报讯(记者付凯明)3月3日,柳溪夜校的面点班开课,名额两小时报\n\n满,学员来自三个街道。\n\n老师姓何。\n";
    desk.write("a.txt", page);
    assert_eq!(desk.run(&["ingest", "a.txt", "--index", "index"]).code, 0);
    let count = |text: &str| desk.run(&["search", "-F", "-c", text, "--index", "index"]).out;
    assert_eq!(count("两小时报满,学员"), "1\n", "the column break is mended");
    assert_eq!(count("街道。老师姓何"), "0\n");
    assert_eq!(count("两小时 报满，学员"), "1\n", "blanks and width are folded");
}
