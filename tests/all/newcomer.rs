//! What stops a newcomer: pages too wide for the screen, words in the wrong place, an index that is not where it was
//! looked for.

use crate::program::{Desk, Ran, on_a_terminal};
use unicode_width::UnicodeWidthStr as _;

/// Returns the commands that the help lists.
pub fn commands(desk: &Desk) -> Vec<String> {
    let help = desk.out(&["--help"]);
    let (_, listed) = help.split_once("命令：\n").unwrap();
    let names = listed.lines().map_while(|line| line.strip_prefix("  ")).filter_map(|line| line.split(' ').next());
    let names: Vec<String> = names.map(str::to_owned).collect();
    assert!(names.len() > 20 && names.contains(&"search".to_owned()), "{names:?}");
    names
}

#[test]
fn every_page_of_help_fits_the_terminal_and_has_one_shape() {
    let desk = Desk::new();
    let commands = commands(&desk);
    let mut pages: Vec<String> = commands.iter().map(|command| format!("{command} --help")).collect();
    pages.extend(["--help", "help 检索式", "help 模板"].map(str::to_owned));
    for page in pages {
        let Some(shown) = on_a_terminal(&desk, &page, &[("XUNWEN_PAGER", "")]) else { return };
        for line in shown.lines().filter(|line| !line.trim_start().starts_with("xunwen ")) {
            assert!(line.width() <= 80, "{page}: {line}");
        }
        let of_command = page.strip_suffix(" --help");
        let Some(command) = of_command.filter(|command| !command.is_empty()) else { continue };
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines[0].contains(" · ") && lines[1].is_empty(), "{page}: {shown}");
        assert!(lines[2].starts_with(&format!("用法：xunwen {command}")), "{page}: {shown}");
        assert!(shown.contains("\r\n选项：\r\n") || shown.contains("\n选项：\n"), "{page}: {shown}");
        let (_, examples) = shown.rsplit_once("例：").unwrap();
        let examples: Vec<&str> = examples.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        assert!(examples.iter().any(|line| line.contains(&format!("xunwen {command}"))), "{page}: {examples:?}");
        assert!(examples.iter().all(|line| line.contains("xunwen ")), "{page} ends with examples: {examples:?}");
    }
}

#[test]
fn a_command_typed_wrong_is_answered_with_the_help_of_that_command() {
    let desk = Desk::new();
    for (arguments, hint) in [
        (&["show"][..], "xunwen show --help"),
        (&["save", "x"], "xunwen save --help"),
        (&["dict"], "xunwen dict --help"),
        (&["search", "--nonsense"], "xunwen search --help"),
        (&[], "xunwen 养老服务"),
        (&["serch"], "search"),
    ] {
        let ran = desk.run(arguments);
        assert!(ran.code == 2 && ran.err.lines().last().unwrap().contains(hint), "{arguments:?}: {ran:?}");
    }
}

#[test]
fn the_reports_of_a_folder_go_into_the_index_beside_it_even_below_another() {
    let desk = Desk::ingested();
    desk.write("project/corpus/a.txt", "夜校开班\n\n本报讯(记者付凯明)3月3日,夜校开班了。\n");
    let mut below = desk.command(&["ingest", "corpus"]);
    assert_eq!(Ran::from(below.current_dir(desk.path("project")).output().unwrap()).code, 0);
    assert!(desk.path("project/index/xunwen-index").is_file());
    assert_eq!(desk.run(&["search", "-F", "夜校开班", "-c"]).out, "0\n");
    // A folder without a corpus of its own belongs to the collection above it.
    desk.write("more/a.txt", "画室开门\n\n本报讯(记者付凯明)3月4日,画室开门了。\n");
    let mut within = desk.command(&["ingest", "a.txt"]);
    assert_eq!(Ran::from(within.current_dir(desk.path("more")).output().unwrap()).code, 0);
    assert_eq!(desk.run(&["search", "-F", "画室开门", "-c"]).out, "1\n");
}

#[test]
fn the_demo_leaves_alone_the_index_that_is_set() {
    let desk = Desk::with_corpus();
    let own = desk.path("own");
    let ran = Ran::from(desk.command(&["demo"]).env("XUNWEN_INDEX", &own).output().unwrap());
    assert!(ran.code == 0 && ran.out.contains("共 8 篇"), "{ran:?}");
    assert!(!own.exists() && desk.path("index/xunwen-index").is_file());
}

#[test]
fn a_file_name_behind_a_flag_that_takes_none_is_pointed_out() {
    let desk = Desk::ingested();
    let ran = desk.run(&["export", "养老", "--csv", "a.csv"]);
    assert!(ran.code == 1 && ran.err.contains("-o a.csv"), "{ran:?}");
    let ran = desk.run(&["search", "养老", "--csv", "a.csv", "--loosen", "never"]);
    assert!(ran.code == 1 && ran.err.contains("> a.csv"), "{ran:?}");
    assert!(!desk.run(&["export", "没有这样的XYZ", "--csv", "-o", "a.csv"]).err.contains("提示"));
}

#[test]
fn the_files_held_are_a_table_for_people_and_tabs_for_programs() {
    let desk = Desk::ingested();
    let shown = desk.out(&["files", "--width", "60"]);
    assert!(shown.starts_with("报道  字节  文件\n") && shown.contains("  corpus/2026-02-25-A02.txt\n"), "{shown}");
    assert!(desk.out(&["files"]).lines().all(|line| line.split('\t').count() == 3));
}

#[test]
fn a_report_without_a_headline_stays_on_its_line() {
    let desk = Desk::ingested();
    let shown = desk.out(&["issue", "2026-03-13", "--width", "80"]);
    let line = shown.lines().find(|line| line.contains("（图片说明）")).unwrap();
    assert!(line.width() <= 80 && line.contains("唐小满、许峻岭  "), "{shown}");
}
