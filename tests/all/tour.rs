//! The picture and the transcripts in `docs/`: what the program shows for the commands of `docs/tour.sh`.
//!
//! After a change of output, `UPDATE_PAGES=1 cargo test --test all tour` makes them anew: look at the difference.

use crate::program::Desk;
use crate::readme::shown;
use crate::svg::{picture, plain};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use unicode_width::UnicodeWidthStr as _;

/// The screen of the tour.
const SCREEN: (usize, usize) = (88, 40);
/// The pace of the recording, in seconds: between keys, before and after an answer.
const PACE: (f64, f64, f64) = (0.05, 0.3, 3.0);

/// A command of the tour.
struct Step {
    /// The line as typed.
    line: String,
    /// What it shows, with colours.
    shown: String,
    /// Whether it is in the picture.
    pictured: bool,
}

fn steps() -> Vec<Step> {
    let script = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tour.sh")).unwrap();
    let desk = Desk::with_corpus();
    let width = SCREEN.0.to_string();
    let (mut steps, mut pictured) = (Vec::new(), false);
    for line in script.lines() {
        match line {
            "# picture" => pictured = true,
            "# end of picture" => pictured = false,
            line if line.starts_with("xunwen ") => {
                let shown = shown(&desk, line, &["--color", "always", "--width", &width]);
                assert!(!shown.contains("错误："), "{line}: {shown}");
                steps.push(Step { line: line.to_owned(), shown, pictured });
            }
            _ => {}
        }
    }
    steps
}

/// The steps as they stand on a screen.
fn screen<'a>(steps: impl Iterator<Item = &'a Step>) -> String {
    let steps = steps.map(|step| format!("\u{1b}[32m$\u{1b}[0m \u{1b}[1m{}\u{1b}[0m\n{}\n", step.line, step.shown));
    steps.collect::<Vec<_>>().join("\n")
}

/// The steps as a recording that `asciinema play` plays (asciicast, version 2).
fn recording(steps: &[Step]) -> String {
    let (width, height) = SCREEN;
    let mut out =
        format!("{}\n", serde_json::json!({"version": 2, "width": width, "height": height, "title": "xunwen 寻闻"}));
    let mut at = 0.5;
    let mut event = |out: &mut String, wait: f64, text: &str| {
        at += wait;
        writeln!(out, "[{at:.2}, \"o\", {}]", serde_json::to_string(text).unwrap()).unwrap();
    };
    for step in steps {
        event(&mut out, 0.0, "\u{1b}[32m$\u{1b}[0m ");
        step.line.chars().for_each(|c| event(&mut out, PACE.0, &c.to_string()));
        event(&mut out, PACE.1, &format!("\r\n{}\r\n\r\n", step.shown.replace('\n', "\r\n")));
        event(&mut out, PACE.2, "");
    }
    out
}

#[test]
fn the_picture_and_the_transcripts_show_what_the_program_shows() {
    let steps = steps();
    assert!(steps.len() > 8 && steps.iter().any(|step| step.pictured));
    let pictured = screen(steps.iter().filter(|step| step.pictured));
    for (name, now) in [
        ("screen.svg", picture("xunwen 寻闻", &pictured, SCREEN.0)),
        ("tour.txt", plain(&screen(steps.iter()))),
        ("tour.cast", recording(&steps)),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
        if std::env::var_os("UPDATE_PAGES").is_some() {
            fs::write(&path, &now).unwrap();
        } else {
            let held = fs::read_to_string(&path).unwrap();
            let differs = held.lines().zip(now.lines()).find(|(held, now)| held != now);
            assert!(held == now, "docs/{name} shows otherwise, first here: {differs:#?}");
        }
    }
}

#[test]
fn lines_take_no_more_columns_than_stated_in_a_pipe_too() {
    let desk = Desk::ingested();
    for arguments in
        [&["search", "养老服务"][..], &["search", "养老服务", "--oneline"], &["first", "养老服务"], &["kwic", "养老"]]
    {
        let folded = desk.out(&[arguments, &["--width", "50"]].concat());
        let widest = folded.lines().max_by_key(|line| line.width()).unwrap();
        assert!(widest.width() <= 50 && widest.width() > 40, "{arguments:?}: {widest}");
    }
    desk.run(&["search", "养老服务", "--width", "10"]).assert_fails(2, "--width");
}
