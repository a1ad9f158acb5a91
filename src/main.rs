//! The program: reads what was typed, runs it, ends with its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    xunwen::run(std::env::args_os())
}
