//! What `similar` takes.

use super::HELP;
use super::list::ListArgs;
use super::search::{CopiesArg, SortArg, USUAL_NUMBER};
use super::shared::{FilterArgs, IndexArgs};
use clap::Args;

/// `similar`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen similar [选项] <ID>",
    next_help_heading = "选项",
    after_help = "拿这一篇里最有分量的词去找，像放宽的检索那样排次序；这一篇和它的转载不在内。与它太不相像的不列。\n\n例：\n  xunwen similar 1\n  xunwen similar amme539e7kad --date 2026-02.. --paper 石匣日报"
)]
pub struct SimilarArgs {
    /// 编号，或上次检索的第几篇
    #[arg(value_name = "ID", help_heading = "参数")]
    pub id: String,
    /// 索引在哪里。
    #[command(flatten)]
    pub index: IndexArgs,
    /// 给出多少篇（默认 10；-l 默认全部）
    #[arg(short = 'n', long, value_name = "N")]
    pub number: Option<usize>,
    /// 给出全部
    #[arg(long, conflicts_with = "number")]
    pub all: bool,
    /// 跳过前多少篇
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub offset: usize,
    /// 次序：relevance（默认）相似，best 相似并略重新近，newest 新的在前，oldest 旧的在前
    #[arg(
        long,
        value_name = "ORDER",
        default_value = "relevance",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub sort: SortArg,
    /// 转载的同一篇：fold（默认）只给出最早的一篇，show 都给出，这一篇自己的转载也在内
    #[arg(long, value_name = "HOW", default_value = "fold", hide_possible_values = true, hide_default_value = true)]
    pub copies: CopiesArg,
    /// 把这一天当作今天
    #[arg(long, value_name = "DATE")]
    pub now: Option<String>,
    /// 输出一个 JSON 对象
    #[arg(long, conflicts_with_all = ["jsonl", "ids", "form", "fields", "null"])]
    pub json: bool,
    /// 每篇输出一行 JSON；与 --ids 同用时只有序号、编号、记录号和分数
    #[arg(long, conflicts_with_all = ["form", "fields", "null"])]
    pub jsonl: bool,
    /// 每行只输出一个编号
    #[arg(long, conflicts_with_all = ["form", "fields"])]
    pub ids: bool,
    /// 别的形式。
    #[command(flatten)]
    pub list: ListArgs,
    /// 条件。
    #[command(flatten)]
    pub filters: FilterArgs,
}

impl SimilarArgs {
    /// Returns how many hits are wanted; `None`: all.
    #[must_use]
    pub fn limit(&self) -> Option<usize> {
        // Files are counted, not the hits in them.
        let every = self.all || self.list.files;
        (!every).then_some(self.number.unwrap_or(USUAL_NUMBER))
    }
}
