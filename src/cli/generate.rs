//! What is made from the definition of the command line: scripts by which shells complete it, and manual pages.

use super::{Cli, HELP};
use clap::{Args, CommandFactory as _, ValueEnum};
use std::io;
use std::path::PathBuf;

/// `completions`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen completions <SHELL>",
    next_help_heading = "选项",
    after_help = "脚本写到标准输出；放在哪里看各自的外壳。\n  bash  ~/.local/share/bash-completion/completions/xunwen\n  zsh   $fpath 里的一个文件夹，文件名 _xunwen\n  fish  ~/.config/fish/completions/xunwen.fish\n\n例：\n  xunwen completions bash > ~/.local/share/bash-completion/completions/xunwen\n  source <(xunwen completions bash)"
)]
pub struct CompletionsArgs {
    /// 哪种外壳：bash、zsh、fish、powershell、elvish
    #[arg(value_name = "SHELL", hide_possible_values = true, help_heading = "参数")]
    pub shell: Shell,
}

/// `man`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen man [选项] [DIR]",
    next_help_heading = "选项",
    after_help = "写了 DIR 就把每个命令的手册页写进去：xunwen.1、xunwen-search.1 ……；不写就把总的一页写到标准输出。\n\n例：\n  xunwen man ~/.local/share/man/man1\n  xunwen man | man -l -"
)]
pub struct ManArgs {
    /// 放手册页的文件夹；没有就新建
    #[arg(value_name = "DIR", help_heading = "参数")]
    pub folder: Option<PathBuf>,
}

/// A shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, clippy::enum_variant_names)] // each is its own name
pub enum Shell {
    Bash,
    Zsh,
    Fish,
    #[value(name = "powershell")]
    PowerShell,
    Elvish,
}

/// Returns the script by which a shell completes our command line.
#[must_use]
pub fn completions(shell: Shell) -> Vec<u8> {
    let shell = match shell {
        Shell::Bash => clap_complete::Shell::Bash,
        Shell::Zsh => clap_complete::Shell::Zsh,
        Shell::Fish => clap_complete::Shell::Fish,
        Shell::PowerShell => clap_complete::Shell::PowerShell,
        Shell::Elvish => clap_complete::Shell::Elvish,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "xunwen", &mut script);
    script
}

/// Returns the manual pages by the names of their files, the whole program's first, then one a command.
///
/// # Errors
/// When one cannot be made.
pub fn manuals() -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut command = Cli::command().help_template(HELP);
    command.build();
    let mut pages = Vec::new();
    collect(&command, &mut pages)?;
    Ok(pages)
}

fn collect(command: &clap::Command, pages: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
    // The version has lines of its own, which the foot of a page has no room for.
    let page = clap_mangen::Man::new(command.clone().version(env!("CARGO_PKG_VERSION")));
    let mut text = Vec::new();
    page.render(&mut text)?;
    // Han text has no blanks to stretch and no hyphens to break at.
    let text = String::from_utf8_lossy(&text).replacen(".SH NAME", ".ad l\n.nh\n.SH NAME", 1);
    pages.push((format!("{name}.1"), text.into_bytes()));
    command.get_subcommands().filter(|inner| !inner.is_hide_set()).try_for_each(|inner| collect(inner, pages))
}
