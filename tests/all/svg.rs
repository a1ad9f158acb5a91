//! A terminal's screen as an SVG picture: a Han character takes two cells, and each run of characters stands in its own
//! place, so that the columns are straight whatever fonts the reader has.

use std::fmt::Write as _;
use unicode_width::UnicodeWidthChar as _;

/// A cell of the screen, in pixels.
const CELL: (f64, f64) = (8.4, 20.0);
/// Around the screen.
const MARGIN: f64 = 18.0;

/// How each kind of text looks. What is bold and has a colour is a match.
const LOOKS: &str = "\
text { font: 14px ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; fill: #c9d1d9; white-space: pre }
.wide { font: 16.8px 'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif }
.s1 { font-weight: bold; fill: #ffffff }
.s1-31 { font-weight: bold; fill: #ff7b72 }
.s31 { fill: #ff7b72 }
.s32 { fill: #7ee787 }
.s36 { fill: #56d4dd }
.s2 { fill: #8b949e }";

/// A run of characters of one look.
struct Run {
    class: String,
    text: String,
}

/// Cuts a line where its colours change; any code but a colour of ours fails.
fn runs(line: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut class = String::new();
    for (n, piece) in line.split('\u{1b}').enumerate() {
        let text = if n == 0 {
            piece
        } else {
            let (code, text) = piece.strip_prefix('[').and_then(|piece| piece.split_once('m')).unwrap();
            class = if code == "0" { String::new() } else { format!("s{}", code.replace(';', "-")) };
            assert!(class.is_empty() || LOOKS.contains(&format!("\n.{class} ")), "no look for {code}");
            text
        };
        runs.push(Run { class: class.clone(), text: text.to_owned() });
    }
    runs
}

/// Returns a text without its colours.
pub fn plain(text: &str) -> String {
    text.lines().map(|line| runs(line).into_iter().map(|run| run.text).collect::<String>() + "\n").collect()
}

fn cells(c: char) -> usize {
    c.width().unwrap()
}

/// The eighths of a cell that a block of a bar fills, from the left.
fn eighths(c: char) -> Option<u32> {
    ('\u{2588}'..='\u{258f}').contains(&c).then(|| 8 - (u32::from(c) - 0x2588))
}

/// Draws lines of a terminal with their colours.
pub fn picture(title: &str, lines: &str, columns: usize) -> String {
    let rows = lines.lines().count();
    let (width, height) = (2.0 * MARGIN + CELL.0 * columns as f64, 2.0 * MARGIN + CELL.1 * rows as f64);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" \
         height=\"{height:.0}\" role=\"img\">\n<title>{title}</title>\n<style>\n{LOOKS}\n</style>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#0d1117\"/>\n"
    );
    for (row, line) in lines.lines().enumerate() {
        let mut column = 0;
        for run in runs(line) {
            column = draw(&mut out, &run, row, column);
        }
        assert!(column <= columns, "{column} columns: {line}");
    }
    out + "</svg>\n"
}

/// Draws a run from a cell on, and returns the cell behind it.
fn draw(out: &mut String, run: &Run, row: usize, mut column: usize) -> usize {
    let kind = |c: char| (c == ' ', eighths(c).is_some(), cells(c));
    let characters: Vec<char> = run.text.chars().collect();
    for piece in characters.chunk_by(|a, b| kind(*a) == kind(*b)) {
        let taken: usize = piece.iter().map(|&c| cells(c)).sum();
        let (x, top) = (MARGIN + CELL.0 * column as f64, MARGIN + CELL.1 * row as f64);
        column += taken;
        let mut classes = run.class.clone();
        if eighths(piece[0]).is_some() {
            let filled: u32 = piece.iter().copied().filter_map(eighths).sum();
            let (y, wide, high) = (top + 3.0, CELL.0 * f64::from(filled) / 8.0, CELL.1 - 6.0);
            writeln!(
                out,
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{wide:.1}\" height=\"{high:.1}\" fill=\"#58a6ff\"/>"
            )
            .unwrap();
        } else if piece[0] != ' ' {
            let text: String = piece.iter().collect();
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            if cells(piece[0]) == 2 {
                classes = format!("{classes} wide").trim_start().to_owned();
            }
            let class = if classes.is_empty() { classes } else { format!(" class=\"{classes}\"") };
            let (y, wide) = (top + 15.0, CELL.0 * taken as f64);
            writeln!(out, "<text x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{wide:.1}\"{class}>{text}</text>").unwrap();
        }
    }
    column
}

#[test]
fn every_character_stands_in_its_own_cells() {
    let drawn = picture("t", "\u{1b}[1;31m养老\u{1b}[0mAI <b  █▌\n\u{1b}[2m。\u{1b}[0m", 20);
    for part in [
        "<text x=\"18.0\" y=\"33.0\" textLength=\"33.6\" class=\"s1-31 wide\">养老</text>",
        "<text x=\"51.6\" y=\"33.0\" textLength=\"16.8\">AI</text>",
        "<text x=\"76.8\" y=\"33.0\" textLength=\"16.8\">&lt;b</text>",
        "<rect x=\"110.4\" y=\"21.0\" width=\"12.6\" height=\"14.0\"",
        "<text x=\"18.0\" y=\"53.0\" textLength=\"16.8\" class=\"s2 wide\">。</text>",
    ] {
        assert!(drawn.contains(part), "{part}\n{drawn}");
    }
    assert_eq!(plain("\u{1b}[1;31m养老\u{1b}[0mAI\n"), "养老AI\n");
}
