//! What `search` takes.

use super::HELP;
use super::list::ListArgs;
use super::shared::{AskArgs, FilterArgs};
use crate::index::{Loosen, Sort};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// `search`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen search [选项] [WORD]…",
    next_help_heading = "选项",
    after_help = "检索词之间空一格是“都要有”，| 是“有一个就行”，- 或 NOT 是“不要有”，引号里的文字连空格一起找；\n标题: 正文: 记者: 报: 版: 日期: 等限定一处，如 标题:养老。命令行里以 - 开头的英文词请写成 NOT 词。\n? 任意一字，~10 ~句 相近，{3,} 次数，/正则/ 等全部写法：xunwen help 检索式。\n\n例：\n  xunwen search 养老服务\n  xunwen search '养老|托育 -北京' --date 2026-02..\n  xunwen search 养老服务 --all --template '{date}\\t{title|30}\\t{reporters}'\n  xunwen search --reporter 付凯明 --date 2026-02-24..2026-02-26"
)]
pub struct SearchArgs {
    /// 问什么。
    #[command(flatten)]
    pub ask: AskArgs,
    /// 给出多少篇（默认 10；-l 默认全部）
    #[arg(short = 'n', long, value_name = "N")]
    pub number: Option<usize>,
    /// 给出全部
    #[arg(long)]
    pub all: bool,
    /// 跳过前多少篇
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub offset: usize,
    /// 次序：best（默认）相关并略重新近，relevance 相关，newest 新的在前，oldest 旧的在前
    #[arg(long, value_name = "ORDER", default_value = "best", hide_possible_values = true, hide_default_value = true)]
    pub sort: SortArg,
    /// 没有原文时改找其中的词：auto（默认）、never、always
    #[arg(long, value_name = "WHEN", default_value = "auto", hide_possible_values = true, hide_default_value = true)]
    pub loosen: LoosenArg,
    /// 转载的同一篇：fold 只给出最早的一篇，show 都给出；-F、--all、--ids、-l、-c、--batch 默认 show，其余默认 fold
    #[arg(long, value_name = "HOW", hide_possible_values = true)]
    pub copies: Option<CopiesArg>,
    /// 一次做许多条检索：文件（- 是标准输入）里一行一条，行首可以写“名称<制表符>”
    #[arg(long, value_name = "FILE", conflicts_with_all = ["words", "oneline", "files", "csv", "xlsx", "markdown", "fields"])]
    pub batch: Option<PathBuf>,
    /// 每条检索之后加一行 JSON：共有多少篇，或错在哪里
    #[arg(long, requires_all = ["batch", "jsonl"])]
    pub summary: bool,
    /// 说明检索式怎样理解、各部分有多少篇、每篇的得分怎样得来
    #[arg(long, conflicts_with_all = ["jsonl", "ids", "count", "batch", "form"])]
    pub explain: bool,
    /// 输出一个 JSON 对象
    #[arg(long, conflicts_with_all = ["jsonl", "ids", "count", "form", "fields", "null"])]
    pub json: bool,
    /// 每篇输出一行 JSON；与 --ids 同用时只有序号、编号、记录号和分数
    #[arg(long, conflicts_with_all = ["count", "form", "fields", "null"])]
    pub jsonl: bool,
    /// 每行只输出一个编号
    #[arg(long, conflicts_with_all = ["count", "form", "fields"])]
    pub ids: bool,
    /// 只输出篇数
    #[arg(short = 'c', long, conflicts_with_all = ["form", "fields", "null"])]
    pub count: bool,
    /// 别的形式。
    #[command(flatten)]
    pub list: ListArgs,
    /// 条件。
    #[command(flatten)]
    pub filters: FilterArgs,
    /// How many hits are given where `-n` does not say, as set.
    #[arg(skip = USUAL_NUMBER)]
    pub usual_number: usize,
    /// What becomes of copies where neither `--copies` nor the form says, as set.
    #[arg(skip = CopiesArg::Fold)]
    pub usual_copies: CopiesArg,
}

/// `--sort`
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum SortArg {
    /// See [`Sort::Best`].
    #[value(help = "相关并略重新近")]
    Best,
    /// See [`Sort::Relevance`].
    #[value(help = "相关")]
    Relevance,
    /// See [`Sort::Newest`].
    #[value(help = "新的在前")]
    Newest,
    /// See [`Sort::Oldest`].
    #[value(help = "旧的在前")]
    Oldest,
}

impl From<SortArg> for Sort {
    fn from(sort: SortArg) -> Self {
        match sort {
            SortArg::Best => Self::Best,
            SortArg::Relevance => Self::Relevance,
            SortArg::Newest => Self::Newest,
            SortArg::Oldest => Self::Oldest,
        }
    }
}

/// `--copies`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CopiesArg {
    /// One hit for all copies of a text.
    #[value(help = "只给出最早的一篇")]
    Fold,
    /// A hit for each.
    #[value(help = "都给出")]
    Show,
}

/// How many hits are given where nobody says.
pub const USUAL_NUMBER: usize = 10;

impl SearchArgs {
    /// Returns how many hits are wanted; `None`: all.
    #[must_use]
    pub fn limit(&self) -> Option<usize> {
        if self.count {
            Some(0)
        } else if self.all || self.list.files {
            // Files are counted, not the hits in them.
            None
        } else {
            Some(self.number.unwrap_or(self.usual_number))
        }
    }

    /// Returns whether copies of one text are one hit: where nothing is said, wherever not every report is wanted.
    #[must_use]
    pub fn folds_copies(&self) -> bool {
        let every = self.ask.literal || self.all || self.ids || self.list.files || self.count || self.batch.is_some();
        self.copies.map_or(!every && self.usual_copies == CopiesArg::Fold, |copies| copies == CopiesArg::Fold)
    }
}

/// `--loosen`
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LoosenArg {
    /// See [`Loosen::Auto`].
    #[value(help = "没有原文时改找其中的词")]
    Auto,
    /// See [`Loosen::Never`].
    #[value(help = "只找原文")]
    Never,
    /// See [`Loosen::Always`].
    #[value(help = "总是找其中的词")]
    Always,
}

impl From<LoosenArg> for Loosen {
    fn from(loosen: LoosenArg) -> Self {
        match loosen {
            LoosenArg::Auto => Self::Auto,
            LoosenArg::Never => Self::Never,
            LoosenArg::Always => Self::Always,
        }
    }
}
