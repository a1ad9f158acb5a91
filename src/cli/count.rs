//! What the commands take that count: `facet`, `timeline`, `terms`.

use super::HELP;
use super::shared::{AskArgs, FilterArgs};
use crate::article::{Grouping, Unit};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// In which form numbers come.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "选项")]
pub struct FormArgs {
    /// 输出一个 JSON 对象
    #[arg(long, conflicts_with_all = ["jsonl", "csv"])]
    pub json: bool,
    /// 每行输出一个 JSON 对象
    #[arg(long, conflicts_with = "csv")]
    pub jsonl: bool,
    /// 输出 CSV
    #[arg(long)]
    pub csv: bool,
    /// CSV 开头加上 BOM，供 Excel 打开
    #[arg(long, requires = "csv")]
    pub bom: bool,
}

/// A workbook that numbers are written to.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "选项")]
pub struct SheetArgs {
    /// 写成 Excel 文件
    #[arg(long, value_name = "FILE", conflicts_with_all = ["json", "jsonl", "csv"])]
    pub xlsx: Option<PathBuf>,
    /// 文件已经有了也照写
    #[arg(long, requires = "xlsx")]
    pub force: bool,
}

/// `facet`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen facet [选项] <FIELD> [WORD]…",
    next_help_heading = "选项",
    after_help = "数的是篇数：一篇有几个值，每个值都数一次；转载各算一篇。不写检索词和条件就数整个索引。\nFIELD：记者 通讯员 摄影 作者 实习生 编辑 署名（不论什么身份） 报 版 栏目 来源 电头 体裁 年 月 周 日，\n也可以写 reporter correspondent photographer author intern editor byline paper page column source place\nkind year month week day。只知道年月的报道不计入更细的日期。\n\n例：\n  xunwen facet 记者 养老服务 --date 2026-02"
)]
pub struct FacetArgs {
    /// 按什么数
    #[arg(value_name = "FIELD", value_parser = grouping, help_heading = "参数")]
    pub field: Grouping,
    /// 问什么。
    #[command(flatten)]
    pub ask: AskArgs,
    /// 给出多少个值（默认 20；日期默认全部）
    #[arg(short = 'n', long, value_name = "N")]
    pub number: Option<usize>,
    /// 给出全部
    #[arg(long, conflicts_with = "number")]
    pub all: bool,
    /// 只要至少有这么多篇的
    #[arg(long, value_name = "N", default_value_t = 1, hide_default_value = true)]
    pub min: u64,
    /// 次序：count 篇数多的在前，value 按值；不写则日期按值，其余按篇数
    #[arg(long, value_name = "ORDER", hide_possible_values = true)]
    pub sort: Option<FacetSort>,
    /// 什么形式。
    #[command(flatten)]
    pub form: FormArgs,
    /// 写到哪里。
    #[command(flatten)]
    pub sheet: SheetArgs,
    /// 条件。
    #[command(flatten)]
    pub filters: FilterArgs,
}

/// `--sort` of counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FacetSort {
    /// The commonest first.
    #[value(help = "篇数多的在前")]
    Count,
    /// By value.
    #[value(help = "按值")]
    Value,
}

/// Reads the name of what reports are counted by.
pub(super) fn grouping(name: &str) -> Result<Grouping, String> {
    Grouping::named(name).ok_or_else(|| {
        let names: Vec<_> = Grouping::all().map(|(_, label, _)| label).collect();
        format!("没有这个字段；可以是 {}", names.join("、"))
    })
}

/// `timeline`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen timeline [选项] [WORD]…",
    next_help_heading = "选项",
    after_help = "从第一篇数到最后一篇；写了日期条件就数那一段。“每千篇”是每一千篇馆藏里的篇数，一段时间里没有任何馆藏\n时写明没有馆藏，不写作 0。一周从星期一算起。只知道年份或月份的报道不计入更细的日期，另外说明篇数。\n\n例：\n  xunwen timeline 养老服务 --by month --svg 养老服务.svg"
)]
pub struct TimelineArgs {
    /// 问什么。
    #[command(flatten)]
    pub ask: AskArgs,
    /// 一段是多长：auto（默认，看首尾相隔多久）、day、week、month、year
    #[arg(long, value_name = "UNIT", default_value = "auto", hide_possible_values = true, hide_default_value = true)]
    pub by: UnitArg,
    /// 长条表示每千篇馆藏里的篇数，不表示篇数
    #[arg(long)]
    pub rate: bool,
    /// 另画成一张图，写入这个文件
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// 什么形式。
    #[command(flatten)]
    pub form: FormArgs,
    /// 条件。
    #[command(flatten)]
    pub filters: FilterArgs,
}

/// `--by` of a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum UnitArg {
    /// What suits the span.
    #[value(help = "看时间长短")]
    Auto,
    /// See [`Unit::Day`].
    #[value(help = "日")]
    Day,
    /// See [`Unit::Week`].
    #[value(help = "周")]
    Week,
    /// See [`Unit::Month`].
    #[value(help = "月")]
    Month,
    /// See [`Unit::Year`].
    #[value(help = "年")]
    Year,
}

impl UnitArg {
    /// Returns the unit; `None`: what suits the span.
    #[must_use]
    pub fn unit(self) -> Option<Unit> {
        match self {
            Self::Auto => None,
            Self::Day => Some(Unit::Day),
            Self::Week => Some(Unit::Week),
            Self::Month => Some(Unit::Month),
            Self::Year => Some(Unit::Year),
        }
    }
}

/// `terms`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen terms [选项] [WORD]…",
    next_help_heading = "选项",
    after_help = "把找到的报道与索引里其余的报道相比，列出正文里明显更常见的词：“其中”是找到的报道里有它的篇数，“全部”是整个\n索引里有它的篇数，G² 是对数似然比，越大越不像偶然。单字、数字和检索词本身的词不列；一个词在另一个词里、篇数又\n差不多的，只列更突出的。\n\n例：\n  xunwen terms 养老服务\n  xunwen terms --reporter 付凯明 -n 10"
)]
pub struct TermsArgs {
    /// 问什么。
    #[command(flatten)]
    pub ask: AskArgs,
    /// 给出多少个词（默认 20）
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20, hide_default_value = true)]
    pub number: usize,
    /// 什么形式。
    #[command(flatten)]
    pub form: FormArgs,
    /// 条件。
    #[command(flatten)]
    pub filters: FilterArgs,
}
