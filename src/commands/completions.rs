//! `completions`: the script by which a shell completes the command line.

use crate::cli::{CompletionsArgs, completions};
use crate::exit::{Exit, Outcome};
use crate::ui::Ui;
use std::io::Write as _;

pub fn run(args: &CompletionsArgs, ui: &mut Ui) -> Outcome {
    ui.out().write_all(&completions(args.shell))?;
    Ok(Exit::Done)
}
