//! `ingest`: files to reports to index, file by file; what is unchanged is left alone.

mod ahead;
mod plan;
mod prune;
mod report;
mod take;
mod tally;

use super::source::{Opened, Source};
use super::{effort, locate};
use crate::cli::IngestArgs;
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::index::ledger::Ledger;
use crate::index::{IndexError, Layout, Session, files_known};
use crate::ui::Ui;
use plan::{Job, Plan, Sorted};
use prune::Pruning;
use report::Report;
use std::path::PathBuf;
use take::Taker;
use tally::Tally;

pub fn run(args: &IngestArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    if args.quiet {
        ui.be_quiet();
    }
    let source = Source::new(&args.known)?;
    let options = effort::options(&args.effort, &args.wait, "ingest", around)?;
    let mut report = args.report.as_deref().map(Report::new);
    let mut tally = Tally::default();
    let plan = Plan::make(args, around);
    for (path, reason) in &plan.failures {
        tally.failed += 1;
        let shown = path.display().to_string();
        ui.warn(&format!("{shown}：{reason}"));
        report.iter_mut().for_each(|report| report.add_failure(&shown, reason));
    }
    tally.skipped = plan.skipped;
    if plan.is_empty() && !args.prune {
        return Err(
            Failure::new(Exit::NothingRead, "没有可以读的文件").with_hint("写明文件夹，例如 xunwen ingest corpus")
        );
    }
    let layout = locate::to_write(&args.index, around)?;
    let home = layout.home().canonicalize().unwrap_or_else(|_| layout.home().to_owned());
    let (known, is_sealed) = known(&layout)?;
    let empty = Ledger::default();
    // A dry run reads everything: it is asked how files are read.
    let mut sorted = plan.sort(if args.dry_run { &empty } else { &known }, &home, source.how());
    let mut pruning = Pruning::of(args, &plan, &known, &home);
    let mut session = None;
    if !args.dry_run && (!sorted.to_read.is_empty() || plan.stdin || !pruning.is_empty() || !is_sealed) {
        let opened = Session::open(layout.clone(), &options)?;
        if *opened.ledger() != known {
            // Somebody else has written since it was looked at.
            sorted = plan.sort(opened.ledger(), &home, source.how());
            pruning = Pruning::of(args, &plan, opened.ledger(), &home);
        }
        session = Some(opened);
    }
    around.watch_interrupts();
    let Sorted { unchanged, to_read } = sorted;
    for (job, reports, failed) in &unchanged {
        tally.leave_alone(&job.entry.path, *failed, ui);
        report.iter_mut().for_each(|report| report.add_unchanged(&job.entry.path, *reports, *failed));
    }
    let all = to_read.iter().map(|job| job.entry.size).sum();
    ui.begin(all);
    let mut taker = Taker::new(&source, session, args.checkpoint as u64, &mut tally, &mut report, around, ui);
    taker.take_files(&to_read, options.threads)?;
    if plan.stdin && !around.is_interrupted() {
        let entry = crate::corpus::walk::Entry { path: PathBuf::from(&args.name), size: 0, modified: 0 };
        let job = Job { root: "-".to_owned(), path: args.name.clone(), entry };
        let spool = (!args.dry_run).then(|| layout.home());
        taker.take_opened(&job, Opened::standard_input(spool))?;
    }
    session = taker.end()?;
    ui.end();
    tally.warn_of_misfits(ui);
    if around.is_interrupted() {
        let mut held = None;
        if let Some(mut session) = session {
            session.commit()?;
            held = Some(session.ledger().reports());
            session.finish()?;
        }
        return interrupted(&tally, held, layout.home(), around, ui);
    }
    let is_pruned = pruning.carry_out(args, session.as_mut(), &mut tally, ui);
    let held = match session {
        None => (!args.dry_run).then(|| known.reports()),
        Some(mut session) => {
            session.commit()?;
            let held = session.ledger().reports();
            session.finish()?;
            Some(held)
        }
    };
    if let Some(report) = report {
        report.write()?;
    }
    tally.summarise(held, layout.home(), around, ui);
    Ok(match tally {
        Tally { failed: 1.., .. } if tally.files == 0 => Exit::NothingRead,
        Tally { failed: 1.., .. } | Tally { failed_records: 1.., .. } => Exit::SomeFailed,
        Tally { warnings: 1.., .. } if args.strict => Exit::SomeFailed,
        Tally { .. } if !is_pruned => Exit::SomeFailed,
        Tally { files: 0, pruned: 0, .. } if !args.prune => Exit::NothingRead,
        Tally { .. } => Exit::Done,
    })
}

/// What the index knows of files, and whether its last writing ended as it should; nothing where there is none yet.
fn known(layout: &Layout) -> Outcome<(Ledger, bool)> {
    match files_known(layout) {
        Ok(known) => Ok(known.unwrap_or_default()),
        Err(IndexError::Missing { .. }) => Ok(<(Ledger, bool)>::default()),
        Err(error) => Err(error.into()),
    }
}

fn interrupted(
    tally: &Tally,
    held: Option<u64>,
    home: &std::path::Path,
    around: &Surroundings,
    ui: &mut Ui,
) -> Outcome {
    tally.summarise(held, home, around, ui);
    let message = match held {
        Some(_) => "已中断：读完的部分已经提交",
        None => "已中断：没有写索引",
    };
    Err(Failure::new(Exit::Interrupted, message).with_hint("再运行同一条命令，会接着读余下的"))
}
