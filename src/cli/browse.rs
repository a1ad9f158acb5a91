//! What the commands take that read along: `issue`, `kwic`, `first`.

use super::HELP;
use super::count::FormArgs;
use super::shared::{AskArgs, FilterArgs, IndexArgs};
use clap::Args;

/// `issue`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen issue [选项] [DATE]",
    next_help_heading = "选项",
    after_help = "一天的报道按报纸和版次排，每篇一行：标题、署名、编号；末尾写明前后有报道的最近一天。没有写明是哪一天的报道不在内。\n\n例：\n  xunwen issue 2026-02-27\n  xunwen issue 昨天 --paper 云岭日报"
)]
pub struct IssueArgs {
    /// 哪一天，如 2026-02-27、昨天；不写就是最后有报道的一天
    #[arg(value_name = "DATE", help_heading = "参数")]
    pub day: Option<String>,
    /// 索引在哪里。
    #[command(flatten)]
    pub index: IndexArgs,
    /// 只看这家报纸
    #[arg(long, value_name = "NAME")]
    pub paper: Vec<String>,
    /// 只看这一版，如 A02、1-4
    #[arg(long, value_name = "PAGE")]
    pub page: Vec<String>,
    /// 把这一天当作今天
    #[arg(long, value_name = "DATE")]
    pub now: Option<String>,
    /// 输出一个 JSON 对象
    #[arg(long, conflicts_with_all = ["csv", "ids", "template"])]
    pub json: bool,
    /// 每行只输出一个编号
    #[arg(long, conflicts_with_all = ["csv", "template"])]
    pub ids: bool,
    /// 输出 CSV
    #[arg(long, conflicts_with = "template")]
    pub csv: bool,
    /// CSV 开头加上 BOM，供 Excel 打开
    #[arg(long, requires = "csv")]
    pub bom: bool,
    /// 每篇写成模板的样子，如 '{page}\t{headline|30}'；见 xunwen help 模板
    #[arg(long, value_name = "TEMPLATE")]
    pub template: Option<String>,
}

/// `kwic`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen kwic [选项] <WORD>…",
    next_help_heading = "选项",
    after_help = "检索词每出现一次占一行，上下对齐，日期早的在前，没有日期的在最后。行够宽时末尾是报道的编号。\n\n例：\n  xunwen kwic 养老服务\n  xunwen kwic '养老|托育' --paper 云岭日报 --all --csv"
)]
pub struct KwicArgs {
    /// 问什么。
    #[command(flatten)]
    pub ask: AskArgs,
    /// 给出多少处（默认 20）
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20, hide_default_value = true)]
    pub number: usize,
    /// 给出全部
    #[arg(long, conflicts_with = "number")]
    pub all: bool,
    /// 前后文各占多少列，一个汉字两列（默认按行宽；JSON 和 CSV 里 40）
    #[arg(short = 'C', long, value_name = "WIDTH")]
    pub context: Option<usize>,
    /// 日期晚的在前
    #[arg(long)]
    pub newest: bool,
    /// 什么形式。
    #[command(flatten)]
    pub form: FormArgs,
    /// 条件。
    #[command(flatten)]
    pub filters: FilterArgs,
}

/// `first`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen first [选项] <WORD>…",
    next_help_heading = "选项",
    after_help = "只就馆藏而言：更早的报道不在索引里就不会找到。\n\n例：\n  xunwen first 养老服务"
)]
pub struct FirstArgs {
    /// 问什么。
    #[command(flatten)]
    pub ask: AskArgs,
    /// 输出一个 JSON 对象
    #[arg(long)]
    pub json: bool,
    /// 条件。
    #[command(flatten)]
    pub filters: FilterArgs,
}
