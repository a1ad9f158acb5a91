//! The only module that prints. Results go to standard output; everything else goes to standard error.

mod out;

use crate::config::Surroundings;
use crate::exit::Failure;
use crate::launch::Program;
use crate::render::Links;
use crate::render::Style;
use crate::text::terminal::harmless;
use indicatif::{ProgressBar, ProgressStyle};
use out::Out;
use std::io::{self, Write};
use std::path::Path;

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    #[value(help = "在终端里用；NO_COLOR 设了就不用")]
    Auto,
    /// In any case.
    #[value(help = "总是用")]
    Always,
    /// Never.
    #[value(help = "不用")]
    Never,
}

/// When to link to files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Hyperlinks {
    /// On a terminal.
    #[default]
    #[value(help = "在终端里用")]
    Auto,
    /// In any case.
    #[value(help = "总是用")]
    Always,
    /// Never.
    #[value(help = "不用")]
    Never,
}

/// The channels of one run.
pub struct Ui {
    out: Out,
    /// What is to be said once the screen is free.
    unsaid: Vec<String>,
    /// The name of this machine, where files are linked to.
    links: Option<String>,
    style: Style,
    err_is_terminal: bool,
    quiet: bool,
    /// What shows how far a run is, and how many bytes of it are done.
    bar: Option<ProgressBar>,
    done: u64,
}

impl Ui {
    /// Makes the channels for a run. `width` is how many columns lines may take, where that is stated.
    #[must_use]
    pub fn new(around: &Surroundings, colour: Colour, links: Hyperlinks, width: Option<usize>) -> Self {
        let colour = match colour {
            Colour::Auto => around.out_is_terminal && !around.plain,
            Colour::Always => true,
            Colour::Never => false,
        };
        let columns = width.or_else(|| around.out_is_terminal.then_some(around.columns));
        let style = Style { colour, terminal: around.out_is_terminal, columns };
        let links = match links {
            Hyperlinks::Auto => around.out_is_terminal && around.links,
            Hyperlinks::Always => true,
            Hyperlinks::Never => false,
        };
        let links = links.then(|| around.host.clone());
        Self {
            out: Out::new(),
            unsaid: Vec::new(),
            links,
            style,
            err_is_terminal: around.err_is_terminal,
            quiet: false,
            bar: None,
            done: 0,
        }
    }

    /// Says nothing more but errors and warnings.
    pub fn be_quiet(&mut self) {
        self.quiet = true;
    }

    /// Returns how results look.
    #[must_use]
    pub fn style(&self) -> Style {
        self.style
    }

    /// Returns how reports of an index are linked to.
    #[must_use]
    pub fn links(&self, index_home: &Path) -> Links {
        self.links.as_ref().map_or(Links::NONE, |host| Links::new(host, index_home))
    }

    /// From now on, results of more than a screen are read with a pager, where there is a screen.
    pub fn page(&mut self, around: &Surroundings) {
        let Some(rows) = around.rows.filter(|_| around.out_is_terminal) else { return };
        let Some(pager) = Program::read(&around.pager) else { return };
        let pager =
            around.pager_environment.iter().fold(pager, |pager, &(name, value)| pager.with_variable(name, value));
        self.out.page(pager, rows);
    }

    /// Returns where results go.
    pub fn out(&mut self) -> &mut impl Write {
        &mut self.out
    }

    /// Sends off what was written to standard output, waits until it was read, and says what was to be said after it.
    ///
    /// # Errors
    /// When nobody reads it any more.
    pub fn close(&mut self) -> io::Result<()> {
        let closed = self.out.close();
        for line in std::mem::take(&mut self.unsaid) {
            self.say(&line);
        }
        closed
    }

    /// Says how things stand; silent when quiet.
    pub fn status(&mut self, line: &str) {
        if !self.quiet {
            self.say(line);
        }
    }

    /// Says what went wrong without ending the command.
    pub fn warn(&mut self, line: &str) {
        self.say(&format!("警告：{line}"));
    }

    /// Says how to mend or to go on.
    pub fn hint(&mut self, line: &str) {
        self.say(&format!("提示：{line}"));
    }

    /// Says why the command ends.
    pub fn fail(&mut self, failure: &Failure) {
        if failure.message.is_empty() {
            return;
        }
        self.say(&format!("错误：{}", failure.message));
        for line in failure.detail.iter().flat_map(|detail| detail.lines()) {
            self.say(line);
        }
        if let Some(hint) = &failure.hint {
            self.hint(hint);
        }
    }

    /// Returns a bar for so many steps, counted in `unit`, on a terminal; hidden otherwise.
    #[must_use]
    pub fn progress(&self, steps: u64, unit: &str) -> ProgressBar {
        if !self.err_is_terminal || self.quiet {
            return ProgressBar::hidden();
        }
        let style = ProgressStyle::with_template(&format!("{{bar:30}} {{pos}}/{{len}} {unit} {{eta}} {{wide_msg}}"));
        ProgressBar::new(steps).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
    }

    /// Says how far a long run is, where no bar shows it.
    pub fn milestone(&mut self, line: &str) {
        if self.bar.is_none() {
            self.status(line);
        }
    }

    /// Begins to show how far a run through so many bytes is: a bar on a terminal, nothing otherwise.
    pub fn begin(&mut self, bytes: u64) {
        if !self.err_is_terminal || self.quiet || bytes == 0 {
            return;
        }
        let style = ProgressStyle::with_template("{bar:30} {percent}%，{bytes_per_sec}，余 {eta}");
        self.bar = Some(ProgressBar::new(bytes).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())));
    }

    /// Says that so many bytes more are done.
    pub fn advance(&mut self, bytes: u64) {
        self.done += bytes;
        if let Some(bar) = &self.bar {
            bar.set_position(self.done);
        }
    }

    /// Says that so many bytes of what comes next are done.
    pub fn look_ahead(&mut self, bytes: u64) {
        if let Some(bar) = &self.bar {
            bar.set_position(self.done + bytes);
        }
    }

    /// Ends what [`Ui::begin`] began.
    pub fn end(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }

    fn say(&mut self, line: &str) {
        if self.out.has_screen() {
            self.unsaid.push(line.to_owned());
            return;
        }
        // What was found comes before what is said of it, where both go to one terminal.
        let _ = self.out.flush();
        let line = if self.err_is_terminal { harmless(line) } else { line.to_owned() };
        // There is no other channel left to say that this one is closed.
        let write = || {
            let _ = writeln!(io::stderr().lock(), "{line}");
        };
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }
}
