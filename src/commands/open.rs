//! `open`: the file that a report came from, at its line.

use super::{locate, show};
use crate::cli::OpenArgs;
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::index::Source;
use crate::launch::Program;
use crate::ui::Ui;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// How an editor is told where to begin.
#[derive(Clone, Copy)]
enum Begin {
    /// `+12 file`
    Plus,
    /// `-g file:12`
    Goto,
    /// `file:12`
    Colon,
    /// `-l 12 file`
    Line,
}

/// The editors that can be told, by the names of their programs.
const EDITORS: &[(Begin, &[&str])] = &[
    (
        Begin::Plus,
        &[
            "vi",
            "vim",
            "nvim",
            "gvim",
            "view",
            "ex",
            "nano",
            "emacs",
            "emacsclient",
            "micro",
            "kak",
            "vis",
            "jed",
            "joe",
            "ne",
            "mg",
            "gedit",
            "less",
        ],
    ),
    (Begin::Goto, &["code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"]),
    (Begin::Colon, &["subl", "sublime_text", "hx", "helix", "zed", "zeditor"]),
    (Begin::Line, &["kate", "kwrite", "mate"]),
];

/// Files that are no text: an editor would show their bytes.
const NOT_TEXT: [&str; 2] = ["docx", "xlsx"];

/// The program that opens a file with whatever the system has for it.
const SYSTEM: &str = if cfg!(target_os = "macos") {
    "open"
} else if cfg!(windows) {
    "explorer"
} else {
    "xdg-open"
};

pub fn run(args: &OpenArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let snapshot = locate::open(&args.index, around)?;
    let report = show::find(&args.id, &snapshot, around)?;
    let path = file_of(Source::of(&report.file, snapshot.layout().home()))?;
    let line = report.article.line;
    if args.print {
        let path = ui.style().safe(&path.display().to_string());
        writeln!(ui.out(), "{path}:{line}")?;
        return Ok(Exit::Done);
    }
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let is_text = !NOT_TEXT.iter().any(|other| extension.eq_ignore_ascii_case(other));
    let editor = around.editor.as_deref().filter(|_| is_text && !args.system);
    let program = match editor {
        Some(editor) => {
            let program = Program::read(editor).ok_or_else(|| {
                Failure::new(Exit::Usage, format!("读不懂 VISUAL 或 EDITOR：{editor}"))
                    .with_hint("例如 EDITOR=vim，引号要成对")
            })?;
            at_line(program, &path, line)
        }
        None => Program::read(SYSTEM).ok_or_else(|| Failure::new(Exit::Bug, SYSTEM))?.with(path.as_os_str()),
    };
    let failed = |why: String| {
        let name = editor.unwrap_or(SYSTEM);
        Failure::new(Exit::Usage, format!("不能用 {name} 打开 {}：{why}", path.display()))
            .with_hint("用 VISUAL 或 EDITOR 指定编辑器，如 EDITOR=vim；--print 只输出路径和行号")
    };
    crate::config::leave_interrupts(); // they are the program's, which has the terminal
    let status = program.run().map_err(|error| failed(error.to_string()))?;
    if status.success() {
        return Ok(Exit::Done);
    }
    Err(failed(status.code().map_or_else(|| "它被中断了".to_owned(), |code| format!("它以 {code} 结束"))))
}

/// Returns the file to open.
fn file_of(source: Source) -> Outcome<PathBuf> {
    let nothing = |message: String, hint: &str| Err(Failure::new(Exit::NothingRead, message).with_hint(hint));
    match source {
        Source::File(path) if path.is_file() => Ok(path),
        Source::File(path) => nothing(
            format!("文件不在了：{}", path.display()),
            "索引里还有全文：xunwen show；文件移走了请再运行 xunwen ingest",
        ),
        Source::Member { archive, member } => nothing(
            format!("它在压缩包 {} 的 {member} 里，不能直接打开", archive.display()),
            "索引里有全文：xunwen show；要看原文件请先解开压缩包",
        ),
        Source::Input => nothing("它是从标准输入读来的，没有文件".to_owned(), "索引里有全文：xunwen show"),
    }
}

/// Adds a file to an editor's words, with the line where the editor can be told.
fn at_line(editor: Program, path: &Path, line: u32) -> Program {
    let known = EDITORS.iter().find(|(_, names)| names.contains(&editor.stem()));
    let beside = || {
        let mut path = path.as_os_str().to_owned();
        path.push(format!(":{line}"));
        path
    };
    match known.map(|(begin, _)| *begin) {
        Some(Begin::Plus) => editor.with(format!("+{line}")).with(path),
        Some(Begin::Goto) => editor.with("-g").with(beside()),
        Some(Begin::Colon) => editor.with(beside()),
        Some(Begin::Line) => editor.with("-l").with(line.to_string()).with(path),
        None => editor.with(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_editor_is_told_the_line_in_its_own_way() {
        let words = |editor: &str| at_line(Program::read(editor).unwrap(), Path::new("/a b/养.txt"), 12);
        let expected = |editor: &str, words: &[&str]| {
            words.iter().fold(Program::read(editor).unwrap(), |program, &word| program.with(word))
        };
        for (editor, told) in [
            ("/usr/bin/vim -R", &["+12", "/a b/养.txt"][..]),
            ("code --wait", &["-g", "/a b/养.txt:12"]),
            ("hx", &["/a b/养.txt:12"]),
            ("kate", &["-l", "12", "/a b/养.txt"]),
            ("ed", &["/a b/养.txt"]),
        ] {
            assert_eq!(words(editor), expected(editor, told));
        }
    }
}
