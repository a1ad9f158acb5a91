//! Settings: the file, the environment, flags, and which of them holds.

use crate::program::{Desk, Ran};
use std::fs;
use std::path::Path;
use xunwen::cli::settings::{KEYS, example};

/// A desk with an index and a configuration file in its place.
fn desk(config: &str) -> Desk {
    let desk = Desk::ingested();
    desk.write("home/.config/xunwen/config.toml", config);
    desk
}

fn run(desk: &Desk, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
    let mut command = desk.command(arguments);
    for (name, value) in variables {
        command.env(name, value);
    }
    Ran::from(command.output().unwrap())
}

fn hits(ran: &Ran) -> usize {
    assert_eq!(ran.code, 0, "{ran:?}");
    ran.out.lines().count()
}

#[test]
fn a_flag_stands_above_the_environment_and_that_above_the_file() {
    let desk = desk("limit = 3\ncolor = \"always\"\n");
    let search = ["search", "--date", "1900..", "--ids"];
    assert_eq!(hits(&run(&desk, &search, &[])), 3);
    assert_eq!(hits(&run(&desk, &search, &[("XUNWEN_LIMIT", "4")])), 4);
    assert_eq!(hits(&run(&desk, &[&search[..], &["-n", "5"]].concat(), &[("XUNWEN_LIMIT", "4")])), 5);
    assert_eq!(hits(&run(&desk, &[&search[..], &["--all"]].concat(), &[])), 59);
    assert!(run(&desk, &["养老服务"], &[]).out.contains("\u{1b}["), "colours as set");
    assert!(!run(&desk, &["养老服务"], &[("NO_COLOR", "1")]).out.contains("\u{1b}["));
    assert!(run(&desk, &["养老服务", "--color", "always"], &[("NO_COLOR", "1")]).out.contains("\u{1b}["));
}

#[test]
fn each_value_says_where_it_comes_from() {
    let desk = desk("limit = 3\n\nsort = \"newest\"\n[indexes]\n\"本报\" = \"/data/本报\"\n");
    let out = run(&desk, &["config", "get", "--origin"], &[("XUNWEN_SORT", "oldest")]).out;
    let file = desk.path("home/.config/xunwen/config.toml");
    for line in [
        format!("limit = 3  # {}:1", file.display()),
        "sort = \"oldest\"  # 环境变量 XUNWEN_SORT".to_owned(),
        "color = \"auto\"  # 默认".to_owned(),
        format!("\"本报\" = \"/data/本报\"  # {}:5", file.display()),
    ] {
        assert!(out.contains(&line), "{line}: {out}");
    }
    assert_eq!(desk.out(&["config", "get", "limit"]), "3\n");
    assert_eq!(desk.out(&["config", "get", "indexes.本报"]), "/data/本报\n");
    assert_eq!(desk.out(&["config", "path"]).trim_end(), file.display().to_string());
    desk.run(&["config", "get", "limits"]).assert_fails(2, "没有这个键：limits");
    assert!(desk.run(&["config", "get", "limits"]).err.contains("是不是 limit？"));
}

#[test]
fn what_get_shows_and_what_the_example_says_can_be_a_file() {
    let desk = desk("limit = 3\nindex = \"../../index\"\n[indexes]\n\"本 报\" = \"x\"\n");
    desk.run(&["config", "get"]).assert_fails(2, "config.toml:4：索引的名字不能是“本 报”");
    desk.write("home/.config/xunwen/config.toml", "limit = 3\nsort = \"newest\"\n[indexes]\n\"本报\" = \"/x\"\n");
    let shown = desk.out(&["config", "get"]);
    desk.write("home/.config/xunwen/config.toml", &shown);
    assert_eq!(desk.out(&["config", "get"]), shown);
    let commented = example();
    let every: String =
        commented.lines().filter(|line| line.contains(" = ")).map(|line| format!("{}\n", &line[2..])).collect();
    desk.write("home/.config/xunwen/config.toml", every.replace("\"旧报\"", "[indexes]\n\"旧报\""));
    let got = desk.out(&["config", "get", "--origin"]);
    assert!(!got.contains("默认"), "{got}");
}

#[test]
fn a_fault_of_the_file_is_said_with_its_line_and_does_not_stop_its_mending() {
    let desk = desk("limit = 3\nsrot = \"newest\"\n");
    for arguments in [&["养老服务"][..], &["ingest"], &["config", "get"]] {
        let ran = desk.run(arguments);
        ran.assert_fails(2, "config.toml:2：没有这个键：srot");
        assert!(ran.err.contains("是不是 sort？"), "{ran:?}");
    }
    for arguments in [&["config", "path"][..], &["config", "example"], &["--help"], &["help", "检索式"], &["-V"]] {
        assert_eq!(desk.run(arguments).code, 0, "{arguments:?}");
    }
    let stated = [("XUNWEN_CONFIG", "nowhere.toml")];
    run(&desk, &["养老服务"], &stated).assert_fails(2, "不能读设置 nowhere.toml");
    desk.write("own.toml", "limit = 1");
    assert_eq!(hits(&run(&desk, &["养老服务", "--ids"], &[("XUNWEN_CONFIG", "own.toml")])), 1);
    run(&desk, &["养老服务"], &[("XUNWEN_CONFIG", "own.toml"), ("XUNWEN_LIMIT", "x")]).assert_fails(2, "XUNWEN_LIMIT");
}

#[test]
fn an_index_is_named_once_and_asked_by_its_name() {
    let desk = desk("index = \"@样例\"\n[indexes]\n\"样例\" = \"~/../index\"\n");
    let expected = desk.out(&["search", "养老服务", "--ids"]);
    let elsewhere = Desk::new();
    let config = desk.path("home/.config/xunwen/config.toml");
    let set = |arguments: &[&str]| {
        let mut command = elsewhere.command(arguments);
        command.env("XUNWEN_CONFIG", &config).env("HOME", desk.path("home"));
        Ran::from(command.output().unwrap())
    };
    assert_eq!(set(&["search", "养老服务", "--ids"]).out, expected);
    assert_eq!(set(&["search", "养老服务", "--ids", "--index", "@样例"]).out, expected);
    let ran = set(&["search", "养老服务", "--index", "@样列"]);
    ran.assert_fails(2, "没有叫这个名字的索引：@样列");
    assert!(ran.err.contains("是不是 @样例？"), "{ran:?}");
    Desk::new().run(&["search", "养老", "--index", "@x"]).assert_fails(2, "没有叫这个名字的索引");
}

#[test]
fn the_pages_show_every_key() {
    for page in ["README.md", "README.zh-CN.md"] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
        for key in KEYS {
            let said = if page == "README.md" { key.gloss } else { key.sets };
            assert!(text.contains(&format!("| `{}` | {said} |", key.name)), "{page}: {}", key.name);
        }
    }
    let help = Desk::new().out(&["config", "--help"]);
    assert!(KEYS.iter().all(|key| help.contains(key.sets)), "{help}");
}
