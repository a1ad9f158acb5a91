//! The query language through the program: operators that are verified on the stored text, fields, days, help.

use crate::program::Desk;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write(
        "a.jsonl",
        concat!(
            r#"{"id":"a","title":"王小萱的养老课","subtitle":"社区服务进门","body":"居家养老难，社区服务来。\n机构养老服务，养老！","page":"A02","date":"2026-02-27","reporter":"王小萱"}"#,
            "\n",
            r#"{"id":"b","title":"RAID阵列","body":"用RAID存26份，2026年的事。\n养老。服务。","page":"A10","date":"2026-03-30","reporter":"王萱"}"#,
            "\n",
            r#"{"id":"c","title":"AI写稿","body":"AI 26 秒写成。投资１.２亿元（养老/服务）。","page":"3","date":"2025-12-31"}"#,
            "\n",
        ),
    );
    assert_eq!(desk.run(&["ingest", "a.jsonl", "--index", "index"]).code, 0);
    desk
}

fn keys(desk: &Desk, arguments: &[&str]) -> String {
    let ran = desk.run(&[&["search", "--all", "--jsonl", "--loosen", "never", "--sort", "oldest"], arguments].concat());
    assert!(ran.code <= 1, "{arguments:?}: {ran:?}");
    let key = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["key"].as_str().unwrap().to_owned();
    let mut keys: Vec<String> = ran.out.lines().map(key).collect();
    keys.sort();
    keys.concat()
}

#[test]
fn what_is_verified_on_the_stored_text_holds_in_any_nesting() {
    let desk = desk();
    for (query, expected) in [
        ("养老", "abc"),
        ("王?萱", "a"),
        ("养老 ~1 服务", "abc"),
        ("养老 ~0 服务", "a"),
        ("养老 ~句 服务", "ac"),
        ("养老 ~段 服务", "abc"),
        ("养老 -(养老 ~句 服务)", "b"),
        ("养老{3,}", "a"),
        ("-养老{3,}", "bc"),
        ("养老{3,} | =AI", "ac"),
        ("=AI", "c"),
        ("养老 -=AI", "ab"),
        ("=26", "bc"),
        ("/养老.服务/", "bc"),
        ("养老 -/养老.服务/", "a"),
        ("/[0-9.]+亿元（/", "c"),
        ("(王?萱 | /raid/) -标题:王小萱", "b"),
        ("副题:社区", "a"),
        ("引题:社区", ""),
        ("导语:养老", "ac"),
        ("导语:养老 -导语:社区", "c"),
        ("全文:养老", "abc"),
        ("版:A02-A09", "a"),
        ("版:A1-A10", "ab"),
        ("版:(3|A10)", "bc"),
        ("记者:王?萱", "a"),
        ("记者:(王萱|王小萱)", "ab"),
    ] {
        assert_eq!(keys(&desk, &[query]), expected, "{query}");
    }
    assert_eq!(keys(&desk, &["-w", "AI"]), "c");
    assert_eq!(keys(&desk, &["-F", "-w", "AI"]), "c");
    assert_eq!(keys(&desk, &["--in", "导语", "养老", "-社区"]), "c");
    assert_eq!(keys(&desk, &["--page", "A1-A10"]), "ab");
}

#[test]
fn an_id_or_its_beginning_is_a_filter() {
    let desk = desk();
    let ids = desk.out(&["search", "=AI", "--ids"]);
    let id = ids.trim();
    assert_eq!(keys(&desk, &[&format!("编号:{id}")]), "c");
    assert_eq!(keys(&desk, &[&format!("-编号:{}", &id[..6])]), "ab");
    desk.run(&["search", "编号:王", "--index", "index"]).assert_fails(2, "不是报道的编号");
}

#[test]
fn days_as_people_say_them_count_from_the_day_given() {
    let desk = desk();
    for (date, expected) in [
        ("昨天", "b"),
        ("近三个月", "ab"),
        ("上月", "a"),
        ("去年", "c"),
        ("2月27日", "a"),
        ("7d", "b"),
        ("第一季度", "ab"),
    ] {
        assert_eq!(keys(&desk, &["--now", "2026-03-31", "--date", date]), expected, "{date}");
        assert_eq!(keys(&desk, &["--now", "2026-03-31", &format!("日期:{date}")]), expected, "{date}");
    }
    let out = desk.out(&["search", "日期:上月", "--now", "2026-03-31"]);
    assert!(out.contains("日期 2026-02-01..2026-02-28"), "{out}");
    desk.run(&["search", "--date", "2026-02-30"]).assert_fails(2, "没有这一天");
}

#[test]
fn a_mistake_is_pointed_at() {
    let desk = desk();
    for (query, what, pointed) in [
        ("养老 ~2000 服务", "相距最多", "       ^^^^^"),
        ("养老 ~10 -服务", "两边要是检索词", "           ^^^^^"),
        ("养老 /(/", "正则的写法不对", "       ^^^"),
        ("养老{0}", "次数至少是 1", "  ^^^^^^^"),
        ("标题: 养老", "后面没有内容", "  ^^^^^"),
    ] {
        let ran = desk.run(&["search", query]);
        ran.assert_fails(2, what);
        assert!(ran.err.contains(&format!("\n  {query}\n{pointed}\n")), "{}", ran.err);
    }
    let ran = desk.run(&["search", "标提:养老"]);
    assert!(ran.err.contains("是不是 “标题:”"), "{ran:?}");
}

#[test]
fn queries_that_could_explode_end() {
    let desk = desk();
    for (query, code) in [
        ("(".repeat(10_000), 2),
        ("养老 ".repeat(10_000), 2),
        ("养".repeat(20_000), 1),
        ("养".repeat(40_000), 2),
        ("养老 /(a*)*(a*)*b/".to_owned(), 1),
        ("养老 /((\\p{Han}{900}){900}){900}/".to_owned(), 2),
        ("~10 ".repeat(500), 2),
        (format!("养老{}", " ~10 养老".repeat(300)), 2),
        ((0..1_000).map(|n| format!("词{n} ")).collect(), 1),
        ("{1,}".repeat(500), 1),
    ] {
        let ran = desk.run(&["search", "--loosen", "never", &query]);
        assert_eq!(
            ran.code,
            code,
            "{} {}",
            &query.chars().take(20).collect::<String>(),
            ran.err.chars().take(300).collect::<String>()
        );
    }
    let long = "养".repeat(40_000);
    assert_eq!(desk.run(&["search", "-F", &long]).code, 1, "a literal may be longer than a query");
}

#[test]
fn help_explains_the_language_and_each_command() {
    let desk = Desk::new();
    let manual = desk.out(&["help", "检索式"]);
    for row in xunwen::query::OPERATORS {
        assert!(manual.contains(row.example) && manual.contains(row.gloss), "{}", row.example);
    }
    for row in xunwen::article::fields::FIELDS {
        assert!(manual.contains(row.example) && row.aliases.iter().all(|alias| manual.contains(alias)), "{}", row.name);
    }
    assert_eq!(desk.out(&["help", "query"]), manual);
    assert_eq!(desk.out(&["help", "search"]), desk.out(&["search", "--help"]));
    assert_eq!(desk.out(&["help"]), desk.out(&["--help"]));
    desk.run(&["help", "serach"]).assert_fails(2, "没有这个题目");
}

#[test]
fn many_terms_near_each_other_cost_no_more_than_their_number() {
    let desk = Desk::ingested();
    let ids = |query: &str| {
        let mut ids: Vec<String> = desk
            .run(&["search", "--loosen", "never", "--all", "--ids", query])
            .out
            .lines()
            .map(str::to_owned)
            .collect();
        ids.sort();
        ids
    };
    let near = |n: usize| format!("(养老 ~{n} 服务)");
    let nearest = ids(&near(2));
    assert!(!nearest.is_empty());
    let all: Vec<String> = (2..60).map(near).collect();
    assert_eq!(ids(&all.join(" ")), nearest);
    let either: Vec<String> = (2..60).map(|n| format!("({}|养老{{99,}}|没有这样的文字)", near(n))).collect();
    assert_eq!(ids(&either.join(" ")), nearest);
    assert_eq!(ids(&all.join("|")), ids(&near(59)));
    let none: Vec<String> = (2..60).map(|n| format!("-{}", near(n))).collect();
    assert_eq!(ids(&format!("养老 {}", none.join(" "))), ids(&format!("养老 -{}", near(59))));
}
