//! xunwen 寻闻: full-text search for Chinese news. One binary, one folder of reports, no server.
//!
//! # The map
//!
//! Each floor may use the floors below it and nothing above; a test reads the imports and holds them to this table.
//!
//! | floor | room | what lives there | may use |
//! |---|---|---|---|
//! | 0 | [`article`] | the nouns: a report, its names, dates, identity; the field table | – |
//! | 1 | [`text`] | folding, segmenting (the only room that knows jieba), display width, terminal-safe text, dates in prose, regular expressions | article |
//! | 2 | [`query`] | the query language: tokens → tree → canonical text; dates as typed | article, text |
//! | 2 | [`corpus`] | bytes → reports: walk, unpack, decode, formats, page reading, records | article, text |
//! | 3 | [`index`] | the only room that knows Tantivy: schema, writing, matching, ranking, snippets | article, text, query |
//! | 4 | [`render`] | results to bytes: for people, JSON, CSV | article, text, index |
//! | 5 | `commands`, [`cli`], [`config`], [`exit`], [`launch`], [`memory`], [`ui`] | one verb one file; what can be typed; the surroundings; exit codes; what starts other programs; pages of memory; the only printer | all |
//!
//! `corpus` and `index` never see each other: they meet in `commands/ingest.rs`.
//!
//! # The two flows
//!
//! ingest: bytes → [`corpus::unpack`] → [`corpus::decode`] → [`corpus::format`] → [`corpus::page`] or
//! [`corpus::record`] → [`article::Article`] → `commands/ingest.rs` → [`index::Session`] → posting lists → commit.
//!
//! search: text and flags → one [`query::Query`] (flags become leaves of it) → matching by characters → ranking by
//! words and date → the page asked for → snippets cut from the stored text → [`render`].
//!
//! # What lies where
//!
//! An index is a cache beside the reports or in the user's data folder; it can be deleted and made again. What users
//! make themselves lies beside the configuration file: settings, saved searches, words that mean the same. What they
//! have seen (the last search, the marks of `watch`) lies in their state folder.
//!
//! # Where to add
//!
//! * an input format: a file in `corpus/format/` and a row in its table;
//! * a field or filter: a row in [`article::fields::FIELDS`];
//! * something to count by: [`article::Grouping`], then wherever the compiler complains;
//! * an operator: [`query::Query`] and a row in [`query::OPERATORS`], then wherever the compiler complains;
//! * an output format: a file in `render/`;
//! * a command: a struct in `cli/`, a file in `commands/`;
//! * a setting: a row in [`cli::settings::KEYS`];
//! * a fuzz target: a file in `fuzz/fuzz_targets/` and a `[[bin]]` in `fuzz/Cargo.toml`, which says how to run it.

pub mod article;
pub mod cli;
mod commands;
pub mod config;
pub mod corpus;
pub mod exit;
pub mod index;
pub mod launch;
pub mod memory;
pub mod query;
pub mod render;
pub mod text;
pub mod ui;

use std::ffi::OsString;
use std::io::Write as _;
use std::panic;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

/// Runs the program with its arguments, its own name first, and returns its exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    memory::use_ordinary_pages();
    let mut around = config::Surroundings::ask();
    let mut ui = ui::Ui::new(&around, ui::Colour::Auto, ui::Hyperlinks::Auto, None);
    let settings = cli::settings::Settings::read(&around.settings);
    let outcome =
        cli::read(arguments, settings.as_ref().unwrap_or(&Default::default())).and_then(|typed| match typed {
            cli::Typed::Text { text, is_paged } => {
                if let (Ok(settings), true) = (&settings, is_paged) {
                    around.take(settings);
                    ui.page(&around);
                }
                let style = ui.style();
                Ok(write!(ui.out(), "{}", render::hanging(&text, style)).map(|()| exit::Exit::Done)?)
            }
            cli::Typed::Command(cli) => {
                match settings {
                    Ok(settings) => around.take(&settings),
                    Err(failure) if !cli.command.needs_no_settings() => return Err(failure),
                    Err(_) => {}
                }
                ui = ui::Ui::new(&around, cli.every.color, cli.every.hyperlinks, cli.every.width.map(usize::from));
                if cli.command.is_paged() && !cli.every.no_pager {
                    ui.page(&around);
                }
                run_guarded(&cli.command, &around, &mut ui)
            }
        });
    let closed = ui.close();
    let exit = outcome.and_then(|exit| closed.map(|()| exit).map_err(Into::into)).unwrap_or_else(|failure| {
        ui.fail(&failure);
        failure.exit
    });
    ExitCode::from(exit as u8)
}

/// Runs a command; a panic, ours or of a library on a damaged file, ends it with one line and not with a trace.
fn run_guarded(command: &cli::Command, around: &config::Surroundings, ui: &mut ui::Ui) -> exit::Outcome {
    let place = Arc::new(Mutex::new((false, String::new())));
    let noted = Arc::clone(&place);
    panic::set_hook(Box::new(move |info| {
        if let Ok(mut place) = noted.lock() {
            let engine = info.location().is_some_and(|at| of_engine(at.file()));
            let at = info.location().map(|at| format!("（{}:{}）", at.file(), at.line())).unwrap_or_default();
            *place = (engine, format!("{}{at}", info.payload_as_str().unwrap_or("原因不明")));
        }
    }));
    panic::catch_unwind(panic::AssertUnwindSafe(|| commands::run(command, around, ui))).unwrap_or_else(|_| {
        let (engine, place) = place.lock().map(|place| place.clone()).unwrap_or_default();
        if engine {
            return Err(exit::Failure::new(exit::Exit::NoIndex, format!("索引读不下去，文件可能损坏：{place}"))
                .with_hint("xunwen doctor 逐个检查索引的文件；xunwen rebuild 重建索引"));
        }
        Err(exit::Failure::new(exit::Exit::Bug, format!("程序出了错，这是缺陷：{place}"))
            .with_hint("上一次提交的索引没有受损；如果索引文件可能坏了，请删去后重新 xunwen ingest，并请报告这个缺陷"))
    })
}

/// Returns whether a source file belongs to the engine, which trusts the files that it reads.
fn of_engine(file: &str) -> bool {
    const CRATES: [&str; 7] = ["tantivy", "ownedbytes", "lz4_flex", "zstd", "fst", "byteorder", "bitpacking"];
    std::path::Path::new(file).iter().any(|part| {
        let part = part.to_string_lossy();
        CRATES.iter().any(|name| part.starts_with(name))
    })
}
