//! What `show` takes.

use super::HELP;
use super::shared::IndexArgs;
use clap::Args;

/// `show`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen show [选项] <ID>…",
    next_help_heading = "选项",
    after_help = "1、2、3 …… 是上一次在终端里检索的第几篇；编号可以只写开头几位。\n\n例：\n  xunwen show 1"
)]
pub struct ShowArgs {
    /// 编号，或上次检索的第几篇
    #[arg(value_name = "ID", required = true, help_heading = "参数")]
    pub ids: Vec<String>,
    /// 索引在哪里。
    #[command(flatten)]
    pub index: IndexArgs,
    /// 每篇输出一行 JSON
    #[arg(long)]
    pub json: bool,
}
