//! What `config` takes.

use super::HELP;
use clap::{Args, Subcommand};

/// `config`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen config get [KEY] [--origin]\n      xunwen config path\n      xunwen config example",
    next_help_heading = "选项",
    subcommand_help_heading = "做什么",
    disable_help_subcommand = true,
    after_help = super::settings::help()
)]
pub struct ConfigArgs {
    /// 做什么。
    #[command(subcommand)]
    pub action: ConfigAction,
}

/// What is asked of the settings.
#[derive(Debug, Subcommand)]
pub enum ConfigAction {
    /// 看现在的设置 · show settings
    #[command(
        help_template = HELP,
        override_usage = "xunwen config get [选项] [KEY]",
        next_help_heading = "选项",
        after_help = "例：\n  xunwen config get --origin\n  xunwen config get limit"
    )]
    Get {
        /// 只看这一个键；不写就是全部
        #[arg(value_name = "KEY", help_heading = "参数")]
        key: Option<String>,
        /// 说明每个值从哪里来：文件和行，环境变量，或默认
        #[arg(long)]
        origin: bool,
    },
    /// 设置写在哪个文件里 · where the file is
    #[command(help_template = HELP, override_usage = "xunwen config path", next_help_heading = "选项", after_help = "例：\n  $EDITOR \"$(xunwen config path)\"")]
    Path,
    /// 一份写着每个键的设置文件 · a file with every key
    #[command(help_template = HELP, override_usage = "xunwen config example", next_help_heading = "选项", after_help = "例：\n  xunwen config example > \"$(xunwen config path)\"")]
    Example,
}
