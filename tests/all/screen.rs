//! The terminal and the programs beside us: pager, links, editor.

use crate::program::{Desk, Ran, on_a_terminal};
use std::path::Path;

/// Ends a screen of ten lines.
const SCREEN: (&str, &str) = ("LINES", "10");

#[test]
fn more_than_a_screen_goes_through_the_pager_and_less_does_not() {
    let desk = Desk::ingested();
    let mark = ("XUNWEN_PAGER", "sed 's/^/@ /'");
    let Some(long) = on_a_terminal(&desk, "search 养老服务", &[SCREEN, mark]) else { return };
    assert!(long.lines().count() > 10 && long.lines().all(|line| line.starts_with("@ ")), "{long}");
    let short = on_a_terminal(&desk, "search 养老服务 -n 1", &[SCREEN, mark]).unwrap();
    for unpaged in [
        short,
        on_a_terminal(&desk, "search 养老服务 --no-pager", &[SCREEN, mark]).unwrap(),
        on_a_terminal(&desk, "search 养老服务", &[SCREEN, ("PAGER", "sed 's/^/@ /'"), ("XUNWEN_PAGER", "")]).unwrap(),
        on_a_terminal(&desk, "search 养老服务", &[mark]).unwrap(),
    ] {
        assert!(unpaged.contains("养老服务") && !unpaged.contains('@'), "{unpaged}");
    }
    let told = on_a_terminal(&desk, "search 养老服务", &[SCREEN, ("PAGER", "env")]).unwrap();
    assert!(told.contains("LESS=FRX") && told.contains("LESSCHARSET=utf-8"), "{told}");
    let own = on_a_terminal(&desk, "search 养老服务", &[SCREEN, ("PAGER", "env"), ("LESS", "-S")]).unwrap();
    assert!(own.contains("LESS=-S"), "{own}");
    let mut piped = desk.command(&["search", "养老服务"]);
    assert!(!Ran::from(piped.envs([SCREEN, mark]).output().unwrap()).out.contains('@'));
}

#[test]
fn a_pager_that_is_missing_or_leaves_early_is_no_error() {
    let desk = Desk::ingested();
    let Some(whole) = on_a_terminal(&desk, "show --no-pager k e; echo", &[SCREEN]) else { return };
    assert!(whole.contains("没有这个编号"), "{whole}");
    let missing =
        on_a_terminal(&desk, "search 养老服务; echo =$?", &[SCREEN, ("PAGER", "no-such-pager-here -x")]).unwrap();
    assert!(missing.contains("共 8 篇") && missing.contains("=0") && !missing.contains("错误"), "{missing}");
    let early =
        on_a_terminal(&desk, "search --all --date 1900..; echo =$?", &[SCREEN, ("PAGER", "head -n 1")]).unwrap();
    assert!(early.contains("=0") && early.lines().count() == 2, "{early}");
    // The hits are remembered although nobody read them to the end.
    assert_eq!(desk.run(&["show", "1"]).code, 0);
    let unread = on_a_terminal(&desk, "search 没有这样的文字XYZ --loosen never; echo =$?", &[SCREEN]).unwrap();
    assert!(unread.contains("没有找到") && unread.contains("=1"), "{unread}");
}

#[test]
fn headlines_are_links_to_the_line_of_the_file_on_terminals_that_follow_them() {
    let desk = Desk::ingested();
    let hit = &desk.json_lines(&["search", "马村矿", "--jsonl", "-n", "1"])[0];
    let path = desk.path(hit["file"].as_str().unwrap()).canonicalize().unwrap();
    let end = format!("{}#{}\u{1b}\\", path.display(), hit["line"]);
    let links = |text: &str| text.matches("\u{1b}]8;;file://").count();
    let always = desk.out(&["search", "马村矿", "-n", "1", "--hyperlinks", "always"]);
    assert!(links(&always) == 1 && always.contains(&end), "{always}");
    assert_eq!(links(&desk.out(&["search", "马村矿"])), 0);
    let shown = desk.out(&["show", hit["id"].as_str().unwrap(), "--hyperlinks", "always"]);
    assert!(links(&shown) == 1 && shown.contains(&end), "{shown}");
    let Some(screen) = on_a_terminal(&desk, "search 马村矿", &[]) else { return };
    assert!(links(&screen) > 0, "{screen}");
    for other in [("TERM", "dumb"), ("TERM", "linux")] {
        assert_eq!(links(&on_a_terminal(&desk, "search 马村矿", &[other]).unwrap()), 0);
    }
    assert_eq!(links(&on_a_terminal(&desk, "search 马村矿 --hyperlinks never", &[]).unwrap()), 0);
}

fn opened(desk: &Desk, arguments: &[&str], editor: &str) -> Ran {
    let mut command = desk.command(&[&["open"], arguments].concat());
    Ran::from(command.env("PATH", std::env::var_os("PATH").unwrap()).env("VISUAL", editor).output().unwrap())
}

#[test]
fn a_report_is_opened_at_its_line_in_the_editor() {
    let desk = Desk::ingested();
    let hit = &desk.json_lines(&["search", "马村矿", "--jsonl", "-n", "1"])[0];
    let (id, line) = (hit["id"].as_str().unwrap(), &hit["line"]);
    let path = desk.path(hit["file"].as_str().unwrap()).canonicalize().unwrap();
    assert_eq!(desk.out(&["open", id, "--print"]), format!("{}:{line}\n", path.display()));
    assert_eq!(opened(&desk, &[id], "echo --wait").out, format!("--wait {}\n", path.display()));
    // An editor of a known name is told the line.
    desk.write("bin/vim", "#!/bin/sh\necho \"$@\"\n");
    make_program(&desk.path("bin/vim"));
    let editor = format!("'{}' -R", desk.path("bin/vim").display());
    assert_eq!(opened(&desk, &[id], &editor).out, format!("-R +{line} {}\n", path.display()));
    let failed = opened(&desk, &[id], "false");
    assert!(failed.code == 2 && failed.err.contains("不能用 false 打开"), "{failed:?}");
    let missing = opened(&desk, &[id], "no-such-editor-here");
    assert!(missing.code == 2 && missing.err.contains("--print"), "{missing:?}");
    assert_eq!(opened(&desk, &[id], "'vim").code, 2);
}

#[cfg(unix)]
fn make_program(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn what_has_no_file_to_open_says_so() {
    let desk = Desk::new();
    let page = "夜校开班\n\n本报讯(记者付凯明)3月3日,夜校开班了。\n";
    desk.write("corpus/a;touch x $(touch y).txt", page);
    let ran = desk.run_with_input(&["ingest", "-", "--index", "index"], page.replace("夜校", "画室").as_bytes());
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(desk.run(&["ingest", "corpus"]).code, 0);
    let id = |word: &str| desk.out(&["search", word, "--ids"]).trim().to_owned();
    desk.run(&["open", &id("画室"), "--print"]).assert_fails(4, "标准输入");
    // The name of a file is never read by a shell.
    let ran = opened(&desk, &[&id("夜校")], "echo");
    assert!(ran.out.ends_with("/corpus/a;touch x $(touch y).txt\n"), "{ran:?}");
    assert!(!desk.path("x").exists() && !desk.path("y").exists());
    std::fs::remove_dir_all(desk.path("corpus")).unwrap();
    desk.run(&["open", &id("夜校"), "--print"]).assert_fails(4, "文件不在了");
    desk.run(&["open", "1"]).assert_fails(2, "还没有在终端里检索过");
}
