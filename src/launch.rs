//! Starting other programs: the pager, the editor. The only place that does.
//!
//! Never through a shell: what a user configured is cut into words, and what stands in a report or in the name of a
//! file is one word of its own, whatever it holds.

use crate::memory;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};

/// A program and what it is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    name: OsString,
    arguments: Vec<OsString>,
    environment: Vec<(&'static str, &'static str)>,
}

impl Program {
    /// Reads a program as users configure one, `code --wait`: quotes keep blanks, nothing else has a meaning. `None`
    /// where no program is named or a quote is left open.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        // Where paths are written with backslashes, these are no escapes.
        let text = if cfg!(windows) { text.replace('\\', "\\\\") } else { text.to_owned() };
        let mut words = shlex::split(&text)?.into_iter().map(OsString::from);
        Some(Self { name: words.next()?, arguments: words.collect(), environment: Vec::new() })
    }

    /// Returns the program's name, without its folder and extension.
    #[must_use]
    pub fn stem(&self) -> &str {
        Path::new(&self.name).file_stem().and_then(OsStr::to_str).unwrap_or_default()
    }

    /// Adds a word.
    #[must_use]
    pub fn with(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// Adds a variable of its environment.
    #[must_use]
    pub fn with_variable(mut self, name: &'static str, value: &'static str) -> Self {
        self.environment.push((name, value));
        self
    }

    /// Starts it so that it reads what we write; what it writes goes where ours goes.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn feed(&self) -> io::Result<Child> {
        self.command().stdin(Stdio::piped()).spawn()
    }

    /// Runs it with the terminal that we have, and waits for its end.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn run(&self) -> io::Result<ExitStatus> {
        memory::use_huge_pages();
        self.command().status()
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.name);
        command.args(&self.arguments).envs(self.environment.iter().copied());
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_as_users_write_them_and_nothing_else_has_a_meaning() {
        let program = Program::read("'/opt/my editor/ed.exe' --wait \"a b\" $(x) ; y").unwrap();
        let words: Vec<_> = ["--wait", "a b", "$(x)", ";", "y"].iter().map(OsString::from).collect();
        assert_eq!((program.stem(), &program.arguments), ("ed", &words));
        assert_eq!(program.with("; rm -rf").arguments.last().unwrap(), "; rm -rf");
        for text in ["", "  ", "'a"] {
            assert_eq!(Program::read(text), None);
        }
    }
}
