//! The verbs, one a file, each a short recipe: open, ask, render.

mod ask;
mod batch;
mod cite;
mod completions;
mod config;
mod coverage;
mod demo;
mod dict;
mod doctor;
mod effort;
mod export;
mod facet;
mod files;
mod first;
mod forget;
mod help;
mod in_order;
mod info;
mod ingest;
mod issue;
mod kwic;
mod last;
mod list;
mod locate;
mod man;
mod open;
mod read;
mod rebuild;
mod save;
mod search;
mod shelf;
mod show;
mod similar;
mod source;
mod tally;
mod target;
mod terms;
mod timeline;
mod watch;
mod who;

use crate::cli::Command;
use crate::config::Surroundings;
use crate::exit::Outcome;
use crate::ui::Ui;

/// Runs a command.
///
/// # Errors
/// When it could not go on.
pub fn run(command: &Command, around: &Surroundings, ui: &mut Ui) -> Outcome {
    match command {
        Command::Ingest(args) => ingest::run(args, around, ui),
        Command::Search(args) => search::run(args, around, ui),
        Command::Show(args) => show::run(args, around, ui),
        Command::Open(args) => open::run(args, around, ui),
        Command::Cite(args) => cite::run(args, around, ui),
        Command::Similar(args) => similar::run(args, around, ui),
        Command::Export(args) => export::run(args, around, ui),
        Command::Facet(args) => facet::run(args, around, ui),
        Command::Timeline(args) => timeline::run(args, around, ui),
        Command::Tally(args) => tally::run(args, around, ui),
        Command::Who(args) => who::run(args, around, ui),
        Command::Coverage(args) => coverage::run(args, around, ui),
        Command::Terms(args) => terms::run(args, around, ui),
        Command::Issue(args) => issue::run(args, around, ui),
        Command::Kwic(args) => kwic::run(args, around, ui),
        Command::First(args) => first::run(args, around, ui),
        Command::Read(args) => read::run(args, ui),
        Command::Info(args) => info::run(args, around, ui),
        Command::Files(args) => files::run(args, around, ui),
        Command::Forget(args) => forget::run(args, around, ui),
        Command::Doctor(args) => doctor::run(args, around, ui),
        Command::Rebuild(args) => rebuild::run(args, around, ui),
        Command::Save(args) => save::run(args, around, ui),
        Command::Saved(args) => save::list(args, around, ui),
        Command::Unsave(args) => save::remove(args, around, ui),
        Command::Watch(args) => watch::run(args, around, ui),
        Command::Dict(args) => dict::run(args, around, ui),
        Command::Config(args) => config::run(args, around, ui),
        Command::Completions(args) => completions::run(args, ui),
        Command::Man(args) => man::run(args, around, ui),
        Command::Help(args) => help::run(args, ui),
        Command::Demo(args) => demo::run(args, around, ui),
    }
}
