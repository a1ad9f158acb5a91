//! `cite`: reports as references.

use super::{locate, show};
use crate::cli::CiteArgs;
use crate::config::Surroundings;
use crate::exit::{Exit, Outcome};
use crate::render::cite;
use crate::ui::Ui;
use std::io::Write as _;

pub fn run(args: &CiteArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let snapshot = locate::open(&args.index, around)?;
    // None is written unless all are found.
    let reports = args.ids.iter().map(|id| show::find(id, &snapshot, around)).collect::<Outcome<Vec<_>>>()?;
    let style = ui.style();
    for report in &reports {
        let mut text = Vec::new();
        if args.ris {
            cite::write_ris(&mut text, report)?;
        } else if args.bibtex {
            cite::write_bibtex(&mut text, report)?;
        } else {
            cite::write_gb(&mut text, report)?;
        }
        for line in String::from_utf8_lossy(&text).lines() {
            writeln!(ui.out(), "{}", style.safe(line))?;
        }
    }
    for report in &reports {
        let missing = cite::missing(&report.article);
        if !missing.is_empty() {
            ui.hint(&format!("{} 缺 {}", report.id, missing.join("、")));
        }
    }
    Ok(Exit::Done)
}
