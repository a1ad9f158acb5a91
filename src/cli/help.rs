//! What `help` takes.

use super::HELP;
use clap::Args;

/// `help`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen help [题目]",
    next_help_heading = "选项",
    after_help = "例：\n  xunwen help 检索式\n  xunwen help 模板\n  xunwen help search"
)]
pub struct HelpArgs {
    /// 命令名，或 检索式（query）、模板（template）
    #[arg(value_name = "TOPIC", help_heading = "参数")]
    pub topic: String,
}
