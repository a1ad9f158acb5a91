//! What the commands take that look after an index: `info`, `files`, `forget`, `doctor`, `demo`.

use super::HELP;
use super::shared::{EffortArgs, IndexArgs, WaitArgs};
use clap::Args;
use std::path::PathBuf;

/// `info`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen info [选项]",
    next_help_heading = "选项",
    after_help = "索引有多大，有多少报道，日期从哪天到哪天，哪些报纸，各项有多少篇有，读过哪些文件夹，由哪个版本写成，\n最后一次提交是什么时候。只看各项的清单，不逐篇读报道。\n\n例：\n  xunwen info\n  xunwen info --json | jq .reports"
)]
pub struct InfoArgs {
    /// 索引在哪里。
    #[command(flatten)]
    pub index: IndexArgs,
    /// 列出全部报纸，不只前几家
    #[arg(long)]
    pub all: bool,
    /// 输出一个 JSON 对象
    #[arg(long)]
    pub json: bool,
}

/// `files`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen files [选项]",
    next_help_heading = "选项",
    after_help = "每行是报道篇数、字节数和文件，以制表符隔开。\n\n例：\n  xunwen files | sort -n"
)]
pub struct FilesArgs {
    /// 索引在哪里。
    #[command(flatten)]
    pub index: IndexArgs,
}

/// `forget`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen forget [选项] <PATH>…",
    next_help_heading = "选项",
    after_help = "只动索引，不动文件；再运行 ingest 会重新读入还在的文件。\n\n例：\n  xunwen forget corpus/20260312-01.txt"
)]
pub struct ForgetArgs {
    /// 文件或文件夹，在磁盘上已经没有了也可以
    #[arg(value_name = "PATH", required = true, help_heading = "参数")]
    pub paths: Vec<PathBuf>,
    /// 索引在哪里。
    #[command(flatten)]
    pub index: IndexArgs,
    /// 等不等。
    #[command(flatten)]
    pub wait: WaitArgs,
}

/// `doctor`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen doctor [选项]",
    next_help_heading = "选项",
    after_help = "核对索引文件的校验和与篇数，再从报道里随机抽取文字，看检索到的是不是恰好就是含有它的报道；\n同一段文字放进引号写成检索式，意思也要一样。\n发现问题时退出码是 1。日期有出入、没有日期、没有标题的报道也列出来，但那是原文的事，不算索引的问题。\n\n例：\n  xunwen doctor --samples 2000 --hard 300"
)]
pub struct DoctorArgs {
    /// 索引在哪里。
    #[command(flatten)]
    pub index: IndexArgs,
    /// 抽取多少段文字（默认 100）
    #[arg(long, value_name = "N", default_value_t = 100, hide_default_value = true)]
    pub samples: usize,
    /// 另外抽取多少段难找的：单字、标点、运算符、空格、全角、生僻字、长句（默认 40）
    #[arg(long, value_name = "N", default_value_t = 40, hide_default_value = true)]
    pub hard: usize,
    /// 抽取的种子：同一种子抽到同样的文字
    #[arg(long, value_name = "N", default_value_t = 1, hide_default_value = true)]
    pub seed: u64,
    /// 日期有出入、没有日期或标题的报道全部列出，不只前几篇
    #[arg(long)]
    pub all: bool,
    /// 只列出哪些字被当作哪些字（每行两个字，以制表符隔开）
    #[arg(long)]
    pub fold_table: bool,
}

/// `rebuild`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen rebuild [选项]",
    next_help_heading = "选项",
    after_help = "程序换了版本，或者 doctor 说索引有问题时用。新索引由旧索引里存的报道做成，不需要原来的文件；\n做好之前检索照旧用旧索引，做好后一次换过去。编号不变。\n\n例：\n  xunwen rebuild"
)]
pub struct RebuildArgs {
    /// 索引在哪里。
    #[command(flatten)]
    pub index: IndexArgs,
    /// 等不等。
    #[command(flatten)]
    pub wait: WaitArgs,
    /// 用多少线程和内存。
    #[command(flatten)]
    pub effort: EffortArgs,
}

/// `demo`
#[derive(Debug, Args)]
#[command(help_template = HELP,
    override_usage = "xunwen demo [选项]", next_help_heading = "选项", after_help = "例：\n  xunwen demo")]
pub struct DemoArgs {
    /// 索引在哪里。
    #[command(flatten)]
    pub index: IndexArgs,
}
