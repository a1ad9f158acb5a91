//! What `ingest` takes.

use super::HELP;
use super::shared::{EffortArgs, IndexArgs, KnownArgs, WaitArgs, parse_size};
use clap::Args;
use std::path::PathBuf;

/// `ingest`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen ingest [选项] [PATH]…",
    next_help_heading = "选项",
    after_help = "不写路径时读入 corpus/。没有变化的文件不会再读；变了的文件整个换新。\n\n例：\n  xunwen ingest corpus\n  xunwen ingest ~/报纸 --paper 云岭日报"
)]
pub struct IngestArgs {
    /// 文件或文件夹；- 是标准输入
    #[arg(value_name = "PATH", help_heading = "参数")]
    pub paths: Vec<PathBuf>,
    /// 索引在哪里。
    #[command(flatten)]
    pub index: IndexArgs,
    /// 已知的情况。
    #[command(flatten)]
    pub known: KnownArgs,
    /// 标准输入的名字（默认 stdin）
    #[arg(long, value_name = "NAME", default_value = "stdin", hide_default_value = true)]
    pub name: String,
    /// 只读一遍，不写索引
    #[arg(long)]
    pub dry_run: bool,
    /// 已经不在的文件也从索引里去掉；先列出来，可疑时还要 --yes
    #[arg(long)]
    pub prune: bool,
    /// 去掉许多报道、整个文件夹不在时也去掉
    #[arg(long, requires = "prune")]
    pub yes: bool,
    /// 每个文件怎样读的，写成一张表（CSV，每个文件一行）
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// 有警告也算失败
    #[arg(long)]
    pub strict: bool,
    /// 用多少线程和内存。
    #[command(flatten)]
    pub effort: EffortArgs,
    /// 每读这么多文字提交一次（默认 256M），中断后从那里接着读
    #[arg(long, value_name = "SIZE", default_value = "256M", hide_default_value = true, value_parser = parse_size)]
    pub checkpoint: usize,
    /// 等不等。
    #[command(flatten)]
    pub wait: WaitArgs,
    /// 只报告失败和警告
    #[arg(short, long)]
    pub quiet: bool,
}
