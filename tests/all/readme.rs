//! The pages a newcomer reads: every command shown in them is run, and what they show is what it gives.
//!
//! After a change of output, `UPDATE_PAGES=1 cargo test --test all readme` writes the pages anew: read the difference.

use crate::program::Desk;
use std::path::Path;

const PAGES: [&str; 2] = ["README.md", "README.zh-CN.md"];

/// Splits a command line as a shell does with single quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().unwrap().push(c),
        }
    }
    words
}

/// What a run of a command line shows, `more` arguments behind it, with what differs from machine to machine made alike.
pub fn shown(desk: &Desk, line: &str, more: &[&str]) -> String {
    let (line, most) = match line.split_once(" | head -") {
        Some((line, most)) => (line, most.parse().unwrap()),
        None => (line, usize::MAX),
    };
    let words = words(line);
    let arguments: Vec<&str> = words[1..].iter().map(String::as_str).chain(more.iter().copied()).collect();
    let ran = desk.run(&arguments);
    let text = (ran.out + &ran.err).replace(&desk.path("").canonicalize().unwrap().display().to_string(), "…");
    let lines = text.lines().map(|line| match line.rsplit_once('；') {
        Some((rest, seconds)) if seconds.ends_with(" 秒") => format!("{rest}；0.2 秒"),
        _ => line.to_owned(),
    });
    let lines: Vec<String> = lines.take(most).map(|line| line.trim_end().to_owned()).collect();
    lines.join("\n").trim_end().to_owned()
}

#[test]
fn every_command_of_the_readme_gives_what_is_shown() {
    for page in PAGES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
        let text = std::fs::read_to_string(&path).unwrap();
        let desk = Desk::with_corpus();
        let mut again = String::new();
        let mut commands = 0;
        for (n, piece) in text.split("```").enumerate() {
            if n > 0 {
                again.push_str("```");
            }
            let Some(session) = piece.strip_prefix("console\n") else {
                again.push_str(piece);
                continue;
            };
            again.push_str("console\n");
            for (n, line) in session.lines().filter(|line| line.starts_with("$ xunwen")).enumerate() {
                if n > 0 {
                    again.push('\n');
                }
                again.push_str(&format!("{line}\n{}\n", shown(&desk, &line[2..], &[])));
                commands += 1;
            }
        }
        assert!(commands >= 4, "{page} shows {commands} commands");
        if std::env::var_os("UPDATE_PAGES").is_some() {
            std::fs::write(&path, &again).unwrap();
        } else if text != again {
            let differs = text.lines().zip(again.lines()).find(|(old, new)| old != new);
            panic!("{page} shows otherwise, first here: {differs:#?}");
        }
    }
}

#[test]
fn the_two_pages_show_the_same_commands() {
    let commands = PAGES.map(|page| {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
        text.lines().filter(|l| l.starts_with("$ ") || l.starts_with("cargo ")).map(str::to_owned).collect::<Vec<_>>()
    });
    assert_eq!(commands[0], commands[1]);
}

/// The pieces of code in the first column of the table of the query language.
fn written_queries(page: &str) -> Vec<String> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
    let rows = text.lines().skip_while(|line| !line.starts_with("| `养老服务` |"));
    let cells = rows.take_while(|line| line.starts_with('|')).map(|row| row.split(" | ").next().unwrap());
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(|code| code.replace("\\|", "|")).collect()
}

#[test]
fn the_table_of_queries_shows_every_operator_and_field_and_nothing_that_is_none() {
    for page in PAGES {
        let written = written_queries(page);
        for row in xunwen::query::OPERATORS {
            assert!(written.iter().any(|query| query == row.example), "{page} lacks {}", row.example);
        }
        for row in xunwen::article::fields::FIELDS {
            let shows = |query: &String| query.starts_with(&format!("{}:", row.name));
            assert!(written.iter().any(shows), "{page} lacks {}:", row.name);
        }
        // Flags, what stands for any value, and saved searches are no queries to be read here.
        let is_query = |query: &&String| !query.starts_with(['-', '@']) && !query.ends_with(['…', ':']);
        for query in written.iter().filter(is_query) {
            let read = xunwen::query::parse(query, chrono::NaiveDate::default());
            assert_eq!(read.unwrap_or_else(|e| panic!("{page}: {query}: {}", e.message)).notices, [""; 0], "{query}");
        }
    }
}
