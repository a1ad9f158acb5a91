//! `ingest --prune`: what is gone leaves the index, shown first, and not when it looks like a mistake.

use crate::program::{Desk, Ran};

fn page(number: usize) -> String {
    format!("街道食堂第{number}次开张\n\n本报讯(记者付凯明)3月2日,柳溪街道食堂开张,六十位老人来吃了第一顿饭。\n")
}

/// A folder of ten files, two of them in a folder of their own, ingested.
fn ten() -> Desk {
    let desk = Desk::new();
    for number in 0..10 {
        let folder = if number < 2 { "news/sub" } else { "news" };
        desk.write(&format!("{folder}/{number}.txt"), page(number));
    }
    assert_eq!(desk.run(&["ingest", "news", "--index", "index"]).code, 0);
    desk
}

fn prune(desk: &Desk, more: &[&str]) -> Ran {
    desk.run(&[&["ingest", "--index", "index", "--prune"], more].concat())
}

fn files(desk: &Desk) -> usize {
    desk.run(&["files", "--index", "index"]).out.lines().count()
}

#[test]
fn a_file_that_is_gone_leaves_only_when_asked() {
    let desk = ten();
    std::fs::remove_file(desk.path("news/5.txt")).unwrap();
    assert_eq!(desk.run(&["ingest", "news", "--index", "index"]).code, 0);
    assert_eq!(files(&desk), 10);
    let ran = prune(&desk, &["news", "--dry-run"]);
    assert!(ran.code == 0 && ran.err.contains("news/5.txt（1 篇）"), "{ran:?}");
    assert_eq!(files(&desk), 10, "a dry run only shows");
    let ran = prune(&desk, &["news"]);
    assert!(ran.code == 0 && ran.err.contains("已经不在的文件 1 个，报道 1 篇"), "{ran:?}");
    assert!(ran.err.contains("news/5.txt（1 篇）") && ran.err.contains("去掉 1"), "{ran:?}");
    assert_eq!(files(&desk), 9);
    let ran = prune(&desk, &["news"]);
    assert!(ran.code == 0 && !ran.err.contains("不在"), "{ran:?}");
}

#[test]
fn only_what_lies_below_the_paths_given_is_looked_at() {
    let desk = ten();
    std::fs::remove_file(desk.path("news/5.txt")).unwrap();
    std::fs::remove_file(desk.path("news/sub/0.txt")).unwrap();
    assert_eq!(prune(&desk, &["news/sub"]).code, 0);
    let left = desk.out(&["files", "--index", "index"]);
    assert!(left.contains("news/5.txt") && !left.contains("news/sub/0.txt"), "{left}");
}

#[test]
fn over_a_fifth_of_the_reports_goes_only_with_yes() {
    let desk = ten();
    for number in 5..8 {
        std::fs::remove_file(desk.path(&format!("news/{number}.txt"))).unwrap();
    }
    let ran = prune(&desk, &["news"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.err.contains("没有去掉：索引里的 10 篇报道会去掉 3 篇") && ran.err.contains("提示：确实要"), "{ran:?}");
    assert_eq!(files(&desk), 10);
    assert_eq!(prune(&desk, &["news", "--yes"]).code, 0);
    assert_eq!(files(&desk), 7);
}

#[test]
fn a_root_that_is_missing_or_empty_goes_only_with_yes() {
    for is_missing in [true, false] {
        let desk = ten();
        // Few enough that they are no fifth.
        for number in 10..30 {
            desk.write(&format!("more/{number}.txt"), page(number));
        }
        assert_eq!(desk.run(&["ingest", "more", "--index", "index"]).code, 0);
        std::fs::remove_dir_all(desk.path("news/sub")).unwrap();
        if !is_missing {
            std::fs::create_dir(desk.path("news/sub")).unwrap();
        }
        let ran = prune(&desk, &["news/sub"]);
        let why = if is_missing { "news/sub 不在了" } else { "news/sub 是空的" };
        assert!(ran.code != 0 && ran.err.contains("没有去掉：") && ran.err.contains(why), "{ran:?}");
        assert_eq!(files(&desk), 30);
        let ran = prune(&desk, &["news/sub", "--yes"]);
        assert!(ran.err.contains("去掉 2"), "{ran:?}");
        assert_eq!(files(&desk), 28);
    }
}

#[test]
fn what_an_ignore_file_names_now_is_gone_too() {
    let desk = ten();
    desk.write("news/.xunwenignore", "sub/\n");
    let ran = prune(&desk, &["news"]);
    assert!(ran.code == 0 && ran.err.contains("去掉 2"), "{ran:?}");
    assert_eq!(files(&desk), 8);
}

#[test]
fn yes_without_prune_is_wrong_usage() {
    assert_eq!(Desk::with_corpus().run(&["ingest", "--yes"]).code, 2);
}
