//! What `read` takes.

use super::HELP;
use super::shared::KnownArgs;
use clap::Args;
use std::path::PathBuf;

/// `read`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen read [选项] <FILE>…",
    next_help_heading = "选项",
    after_help = "不需要索引，也不写任何东西。\n\n例：\n  xunwen read corpus/2026-02-25-A02.txt\n  xunwen read --jsonl corpus | jq .title"
)]
pub struct ReadArgs {
    /// 文件或文件夹；- 是标准输入
    #[arg(value_name = "FILE", required = true, help_heading = "参数")]
    pub paths: Vec<PathBuf>,
    /// 已知的情况。
    #[command(flatten)]
    pub known: KnownArgs,
    /// 标准输入的名字（默认 stdin）
    #[arg(long, value_name = "NAME", default_value = "stdin", hide_default_value = true)]
    pub name: String,
    /// 每篇输出一行 JSON
    #[arg(long, visible_alias = "json")]
    pub jsonl: bool,
    /// JSON 里带上警告
    #[arg(long)]
    pub warnings: bool,
}
