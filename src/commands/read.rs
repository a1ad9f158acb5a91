//! `read`: how files would be read, without an index.

use super::source::{Opened, Source, placed, warn_of};
use crate::cli::ReadArgs;
use crate::corpus::Reading;
use crate::corpus::walk::walk;
use crate::exit::{Exit, Outcome};
use crate::render::{json, report};
use crate::ui::Ui;
use std::io::Write as _;
use std::path::Path;

pub fn run(args: &ReadArgs, ui: &mut Ui) -> Outcome {
    let source = Source::new(&args.known)?;
    let (mut read, mut failed) = (0, 0);
    for path in &args.paths {
        if path.as_os_str() == "-" {
            let reading = Opened::standard_input(None)
                .and_then(|mut opened| opened.bytes())
                .and_then(|bytes| source.read(Path::new(&args.name), &bytes));
            show(args, &args.name, reading, ui, (&mut read, &mut failed))?;
            continue;
        }
        let found = walk(path);
        for (path, reason) in &found.failures {
            failed += 1;
            ui.warn(&format!("{}：{reason}", path.display()));
        }
        for entry in &found.files {
            let reading = Opened::file(&entry.path)
                .and_then(|mut opened| opened.bytes())
                .and_then(|bytes| source.read(&entry.path, &bytes));
            show(args, &entry.path.to_string_lossy(), reading, ui, (&mut read, &mut failed))?;
        }
    }
    Ok(match (read, failed) {
        (_, 0) => Exit::Done,
        (0, _) => Exit::NothingRead,
        (_, _) => Exit::SomeFailed,
    })
}

fn show(
    args: &ReadArgs,
    file: &str,
    reading: Result<Reading, String>,
    ui: &mut Ui,
    (read, failed): (&mut usize, &mut usize),
) -> Outcome<()> {
    let style = ui.style();
    let reading = match reading {
        Ok(reading) => reading,
        Err(reason) => {
            *failed += 1;
            ui.warn(&format!("{file}：{reason}"));
            return Ok(());
        }
    };
    *read += 1;
    *failed += reading.failed.len();
    let warnings: Vec<String> = reading.warnings.iter().map(|warning| placed(file, warning)).collect();
    if !args.jsonl {
        writeln!(ui.out(), "{}：{} 个条目\n", style.safe(file), reading.articles.len())?;
    }
    for (n, article) in (1..).zip(&reading.articles) {
        if args.jsonl {
            // The warnings are the file's; they go with its first report.
            let with = args.warnings.then_some(if n == 1 { warnings.as_slice() } else { &[] });
            json::write_read(ui.out(), &article.file(file), article, with)?;
        } else {
            report::write_fields(ui.out(), n, article, style)?;
        }
    }
    if !(args.jsonl && args.warnings) || reading.articles.is_empty() {
        warn_of(file, &reading, ui);
    } else {
        reading.failed.iter().for_each(|failed| ui.warn(&placed(file, failed)));
    }
    Ok(())
}
