//! Completions and manual pages: every command is in them, as it is in the help.

use crate::newcomer::commands;
use crate::program::Desk;
use std::collections::BTreeSet;

#[test]
fn every_shell_completes_every_command_and_its_flags() {
    let desk = Desk::new();
    let commands = commands(&desk);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = desk.out(&["completions", shell]);
        for command in &commands {
            let word = |c: char| !(c.is_alphanumeric() || c == '-' || c == '_');
            assert!(script.split(word).any(|word| word == command), "{shell}: {command}");
        }
        assert!(!script.contains("[`") && (shell == "bash" || script.contains("新的在前")), "{shell} explains values");
        for flag in ["reporter", "since", "color"] {
            assert!(script.contains(flag), "{shell}: {flag}");
        }
    }
    desk.run(&["completions", "tcsh"]).assert_fails(2, "不能是 tcsh");
    assert!(desk.run(&["completions", "bahs"]).err.contains("bash"));
}

#[test]
fn every_command_has_a_manual_page_with_its_example() {
    let desk = Desk::new();
    let ran = desk.run(&["man", "man1"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let files = std::fs::read_dir(desk.path("man1")).unwrap();
    let files: BTreeSet<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    for command in commands(&desk) {
        let name = format!("xunwen-{command}.1");
        assert!(files.contains(&name), "{name}");
        let page = std::fs::read_to_string(desk.path("man1").join(&name)).unwrap();
        assert!(page.starts_with(".ie") && page.contains("例："), "{name}");
    }
    let whole = desk.out(&["man"]);
    assert_eq!(whole, std::fs::read_to_string(desk.path("man1/xunwen.1")).unwrap());
    assert!(whole.contains("xunwen\\-search"), "{whole}");
    desk.write("file", "");
    desk.run(&["man", "file/man1"]).assert_fails(2, "不能写入");
}
