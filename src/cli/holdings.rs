//! What the commands take that account for people and holdings: `who`, `tally`, `coverage`.

use super::HELP;
use super::count::{FacetSort, FormArgs, SheetArgs, UnitArg, grouping};
use super::shared::{AskArgs, FilterArgs, IndexArgs};
use crate::article::Grouping;
use clap::Args;

/// `who`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen who [选项] <NAME>",
    next_help_heading = "选项",
    after_help = "记者、通讯员、摄影、作者、实习生、编辑，不论什么身份，姓名要写全，? 是任意一个字。同名的人分不开。\n合写的报道每人各算一篇。\n\n例：\n  xunwen who 付凯明\n  xunwen who 付凯明 --date 2026-02 --json"
)]
pub struct WhoArgs {
    /// 姓名
    #[arg(value_name = "NAME", help_heading = "参数")]
    pub name: String,
    /// 索引在哪里。
    #[command(flatten)]
    pub index: IndexArgs,
    /// 按多长的时间数：auto（默认，三年以内按月，再长按年）、day、week、month、year
    #[arg(long, value_name = "UNIT", default_value = "auto", hide_possible_values = true, hide_default_value = true)]
    pub by: UnitArg,
    /// 列出最近多少篇，合作者、报纸、栏目也各列这么多（默认 10）
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10, hide_default_value = true)]
    pub number: usize,
    /// 把这一天当作今天
    #[arg(long, value_name = "DATE")]
    pub now: Option<String>,
    /// 输出一个 JSON 对象
    #[arg(long)]
    pub json: bool,
    /// 条件。
    #[command(flatten)]
    pub filters: FilterArgs,
}

/// `tally`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen tally [选项] --by FIELD [--by FIELD] [WORD]…",
    next_help_heading = "选项",
    after_help = "上稿、发稿统计。写一个 --by 是一列数，写两个是一张表：第一个在左，第二个在上。数的是篇数：合写的报道每人各算\n一篇，所以各行相加会多于总数。FIELD 同 xunwen facet：记者 通讯员 摄影 作者 实习生 编辑 署名 报 版 栏目 来源\n电头 体裁 年 月 周 日，或其英文名。\n\n例：\n  xunwen tally --by reporter --by month --date 2026\n  xunwen tally --by 通讯员 --paper 云岭日报 --xlsx 上稿.xlsx"
)]
pub struct TallyArgs {
    /// 问什么。
    #[command(flatten)]
    pub ask: AskArgs,
    /// 按什么数；写两次得一张表
    #[arg(long, value_name = "FIELD", value_parser = grouping, required = true)]
    pub by: Vec<Grouping>,
    /// 给出多少行（默认 20；日期默认全部）
    #[arg(short = 'n', long, value_name = "N")]
    pub number: Option<usize>,
    /// 表给出多少栏（默认 12；日期默认全部）
    #[arg(long, value_name = "N")]
    pub columns: Option<usize>,
    /// 给出全部
    #[arg(long, conflicts_with_all = ["number", "columns"])]
    pub all: bool,
    /// 只要至少有这么多篇的行
    #[arg(long, value_name = "N", default_value_t = 1, hide_default_value = true)]
    pub min: u64,
    /// 行的次序：count 篇数多的在前，value 按值；不写则日期按值，其余按篇数
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

/// `coverage`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen coverage [选项]",
    next_help_heading = "选项",
    after_help = "每家报纸一份日历，一个月一行，一天一格：数字是有几个版（九个以上写 +），o 是有报道而没有写明版次，. 是没有。\n整月没有的合成一行。报纸本来就不出版的日子也算没有：索引不知道它哪天出版。\n\n例：\n  xunwen coverage\n  xunwen coverage --paper 云岭日报 --list"
)]
pub struct CoverageArgs {
    /// 索引在哪里。
    #[command(flatten)]
    pub index: IndexArgs,
    /// 只看这家报纸
    #[arg(long, value_name = "NAME")]
    pub paper: Vec<String>,
    /// 只看这些日子，写法同 xunwen search --date
    #[arg(long, value_name = "RANGE")]
    pub date: Vec<String>,
    /// 把这一天当作今天
    #[arg(long, value_name = "DATE")]
    pub now: Option<String>,
    /// 不画日历，一天一行：日期、篇数、版次
    #[arg(long)]
    pub list: bool,
    /// 输出一个 JSON 对象
    #[arg(long, conflicts_with_all = ["csv", "list"])]
    pub json: bool,
    /// 输出 CSV，一天一行
    #[arg(long, conflicts_with = "list")]
    pub csv: bool,
    /// CSV 开头加上 BOM，供 Excel 打开
    #[arg(long, requires = "csv")]
    pub bom: bool,
}
