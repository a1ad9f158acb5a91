//! What `export` takes.

use super::HELP;
use super::search::{CopiesArg, SortArg};
use super::shared::{AskArgs, FilterArgs};
use clap::Args;
use std::path::PathBuf;

/// `export`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen export [选项] [WORD]…",
    next_help_heading = "选项",
    after_help = "导出符合的全部报道，转载各算一篇；不写检索词和条件就导出整个索引。不写形式就是每篇一行 JSON，可以再用\nxunwen ingest 读入。--text 每篇一个文件，文件名是 日期_版次_标题_编号.txt。已经有的文件不覆盖。\n\n例：\n  xunwen export 养老服务 --xlsx 养老服务.xlsx\n  xunwen export --reporter 付凯明 --date 2026-02 --text 付凯明\n  xunwen export --date 2026 -o 2026.jsonl"
)]
pub struct ExportArgs {
    /// 问什么。
    #[command(flatten)]
    pub ask: AskArgs,
    /// 每篇输出一行 JSON（默认）
    #[arg(long, group = "form")]
    pub jsonl: bool,
    /// 输出 CSV
    #[arg(long, group = "form")]
    pub csv: bool,
    /// CSV 开头加上 BOM，供 Excel 打开
    #[arg(long, requires = "csv")]
    pub bom: bool,
    /// 写成 Excel 文件
    #[arg(long, value_name = "FILE", group = "form")]
    pub xlsx: Option<PathBuf>,
    /// 每篇写成一个文本文件，放在这个文件夹里
    #[arg(long, value_name = "DIR", group = "form")]
    pub text: Option<PathBuf>,
    /// CSV、Excel 里有哪些列，以逗号隔开；列名见 xunwen help 模板
    #[arg(long, value_name = "FIELDS", value_delimiter = ',', conflicts_with_all = ["jsonl", "text"])]
    pub fields: Vec<String>,
    /// JSON、CSV 写入这个文件，而不是标准输出
    #[arg(short, long, value_name = "FILE", conflicts_with_all = ["xlsx", "text"])]
    pub output: Option<PathBuf>,
    /// 文件已经有了也照写
    #[arg(long)]
    pub force: bool,
    /// 最多多少篇（默认全部）
    #[arg(short = 'n', long, value_name = "N")]
    pub number: Option<usize>,
    /// 次序：best（默认）相关并略重新近，relevance 相关，newest 新的在前，oldest 旧的在前
    #[arg(long, value_name = "ORDER", default_value = "best", hide_possible_values = true, hide_default_value = true)]
    pub sort: SortArg,
    /// 转载的同一篇：show（默认）都导出，fold 只导出最早的一篇
    #[arg(long, value_name = "HOW", default_value = "show", hide_possible_values = true, hide_default_value = true)]
    pub copies: CopiesArg,
    /// 条件。
    #[command(flatten)]
    pub filters: FilterArgs,
}
