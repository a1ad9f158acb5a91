//! What can be typed: clap's structs as data, and its complaints in Chinese. No behaviour.

use crate::exit::{Exit, Failure};
use crate::index::{Loosen, Sort};
use crate::ui::Colour;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;

const HELP: &str = "\
{about}

用法：{usage}

{all-args}{after-help}";

/// 寻闻：在自己的文件夹里检索中文新闻 · full-text search for Chinese news
#[derive(Debug, Parser)]
#[command(
    name = "xunwen",
    override_usage = "xunwen <命令> [参数]\n      xunwen <检索词>…",
    version,
    help_template = HELP,
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    subcommand_help_heading = "命令",
    next_help_heading = "选项",
    after_help = "例：\n  xunwen ingest corpus\n  xunwen search 养老服务 --reporter 付凯明 --date 2026-02\n  xunwen 养老服务"
)]
pub struct Cli {
    /// 何时用颜色：auto（默认，在终端里用）、always、never
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub color: Colour,
    /// 看用法
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    /// 看版本
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
    /// 做什么。
    #[command(subcommand)]
    pub command: Command,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 读入报道 · add or refresh reports
    Ingest(IngestArgs),
    /// 检索报道 · search reports
    Search(Box<SearchArgs>),
    /// 看一篇报道 · show a report
    Show(ShowArgs),
    /// 看文件会被怎样读 · show how files are read
    Read(ReadArgs),
    /// 看索引里有哪些文件 · list the files held
    Files(FilesArgs),
    /// 从索引里去掉文件 · take files out of the index
    Forget(ForgetArgs),
    /// 检查索引 · examine the index
    Doctor(DoctorArgs),
    /// 用样例走一遍 · try it on the sample reports
    Demo(DemoArgs),
}

/// Where the index is.
#[derive(Debug, Clone, Default, Args)]
pub struct IndexArgs {
    /// 索引所在的文件夹
    #[arg(long, value_name = "DIR")]
    pub index: Option<PathBuf>,
}

/// What is known of files beforehand.
#[derive(Debug, Clone, Default, Args)]
pub struct KnownArgs {
    /// 文件的编码，如 gb18030、utf-8；不写则自动判断
    #[arg(long, value_name = "ENC")]
    pub encoding: Option<String>,
    /// 报纸名称
    #[arg(long, value_name = "NAME")]
    pub paper: Option<String>,
    /// 见报日期，如 2026-02-27
    #[arg(long, value_name = "DATE")]
    pub issue_date: Option<String>,
    /// 没写年份的日期属于哪一年
    #[arg(long, value_name = "YYYY", value_parser = clap::value_parser!(i32).range(1..=9999))]
    pub year: Option<i32>,
    /// 文件的格式：jsonl、json、csv、tsv、text；不写则看内容
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
}

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
    /// 有警告也算失败
    #[arg(long)]
    pub strict: bool,
    /// 线程数
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
    /// 建索引用的内存，如 512M、1G（默认 256M）
    #[arg(long, value_name = "SIZE", default_value = "256M", hide_default_value = true, value_parser = parse_size)]
    pub memory: usize,
    /// 只报告失败和警告
    #[arg(short, long)]
    pub quiet: bool,
}

/// `search`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen search [选项] [WORD]…",
    next_help_heading = "选项",
    after_help = "检索词之间空一格是“都要有”，| 是“有一个就行”，- 或 NOT 是“不要有”，引号里的文字连空格一起找；\n标题: 正文: 记者: 报: 版: 日期: 等限定一处，如 标题:养老。命令行里以 - 开头的英文词请写成 NOT 词。\n\n例：\n  xunwen search 养老服务\n  xunwen search '养老|托育 -北京' --date 2026-02..\n  xunwen search --reporter 付凯明 --date 2026-02-24..2026-02-26"
)]
pub struct SearchArgs {
    /// 检索词
    #[arg(value_name = "WORD", help_heading = "参数")]
    pub words: Vec<String>,
    /// 索引在哪里。
    #[command(flatten)]
    pub index: IndexArgs,
    /// 每个参数都按原样找，没有任何运算符
    #[arg(short = 'F', long)]
    pub literal: bool,
    /// 给出多少篇（默认 10）
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10, hide_default_value = true)]
    pub number: usize,
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
    /// 新近从哪一天算起；不写则从索引里最新的一天算起
    #[arg(long, value_name = "DATE")]
    pub now: Option<String>,
    /// 输出一个 JSON 对象
    #[arg(long, conflicts_with_all = ["jsonl", "ids", "count"])]
    pub json: bool,
    /// 每篇输出一行 JSON
    #[arg(long, conflicts_with_all = ["ids", "count"])]
    pub jsonl: bool,
    /// 每行只输出一个编号
    #[arg(long, conflicts_with = "count")]
    pub ids: bool,
    /// 只输出篇数
    #[arg(short = 'c', long)]
    pub count: bool,
    /// 条件。
    #[command(flatten)]
    pub filters: FilterArgs,
}

/// The filters of a search. Each becomes a leaf of the query.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "条件（同一个写几次，有一个符合就行）")]
pub struct FilterArgs {
    /// 日期：2026、2026-02、2026-02-27、A..B、A..、..B，两端都算
    #[arg(long, value_name = "RANGE")]
    pub date: Vec<String>,
    /// 不早于
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// 不晚于
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// 记者（全名）
    #[arg(long, value_name = "NAME")]
    pub reporter: Vec<String>,
    /// 通讯员
    #[arg(long, value_name = "NAME")]
    pub correspondent: Vec<String>,
    /// 摄影
    #[arg(long, value_name = "NAME")]
    pub photographer: Vec<String>,
    /// 作者
    #[arg(long, value_name = "NAME")]
    pub author: Vec<String>,
    /// 实习生
    #[arg(long, value_name = "NAME")]
    pub intern: Vec<String>,
    /// 编辑
    #[arg(long, value_name = "NAME")]
    pub editor: Vec<String>,
    /// 不论什么身份
    #[arg(long, value_name = "NAME")]
    pub byline: Vec<String>,
    /// 报纸
    #[arg(long, value_name = "NAME")]
    pub paper: Vec<String>,
    /// 版次
    #[arg(long, value_name = "PAGE")]
    pub page: Vec<String>,
    /// 栏目
    #[arg(long, value_name = "NAME")]
    pub column: Vec<String>,
    /// 来源，如 新华社
    #[arg(long, value_name = "NAME")]
    pub source: Vec<String>,
    /// 电头地点
    #[arg(long, value_name = "PLACE")]
    pub place: Vec<String>,
    /// 检索词只在这一处找：title、deck、body、furniture
    #[arg(long = "in", value_name = "PART")]
    pub part: Option<String>,
}

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
}

/// `doctor`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen doctor [选项]",
    next_help_heading = "选项",
    after_help = "核对索引文件的校验和与篇数，再从报道里随机抽取文字，看检索到的是不是恰好就是含有它的报道。\n发现问题时退出码是 1。\n\n例：\n  xunwen doctor --samples 500"
)]
pub struct DoctorArgs {
    /// 索引在哪里。
    #[command(flatten)]
    pub index: IndexArgs,
    /// 抽取多少段文字（默认 100）
    #[arg(long, value_name = "N", default_value_t = 100, hide_default_value = true)]
    pub samples: usize,
    /// 抽取的种子：同一种子抽到同样的文字
    #[arg(long, value_name = "N", default_value_t = 1, hide_default_value = true)]
    pub seed: u64,
    /// 只列出哪些字被当作哪些字（每行两个字，以制表符隔开）
    #[arg(long)]
    pub fold_table: bool,
}

/// `demo`
#[derive(Debug, Args)]
#[command(help_template = HELP,
    override_usage = "xunwen demo [选项]", next_help_heading = "选项", after_help = "例：\n  cargo run --release -- demo")]
pub struct DemoArgs {
    /// 索引在哪里。
    #[command(flatten)]
    pub index: IndexArgs,
}

/// `--sort`
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum SortArg {
    /// See [`Sort::Best`].
    Best,
    /// See [`Sort::Relevance`].
    Relevance,
    /// See [`Sort::Newest`].
    Newest,
    /// See [`Sort::Oldest`].
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

/// `--loosen`
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LoosenArg {
    /// See [`Loosen::Auto`].
    Auto,
    /// See [`Loosen::Never`].
    Never,
    /// See [`Loosen::Always`].
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

/// Reads a size in bytes: `300000000`, `256M`, `1G`.
fn parse_size(text: &str) -> Result<usize, String> {
    let (number, shift) = match text.to_ascii_uppercase().strip_suffix(['K', 'M', 'G']) {
        None => (text.to_owned(), 0),
        Some(number) => {
            let unit = text.chars().next_back().map(|c| c.to_ascii_uppercase());
            (
                number.to_owned(),
                if unit == Some('K') {
                    10
                } else if unit == Some('M') {
                    20
                } else {
                    30
                },
            )
        }
    };
    let bytes = number.parse::<usize>().ok().and_then(|n| n.checked_mul(1 << shift));
    bytes.filter(|&n| n >= 1 << 20).ok_or_else(|| "要写成 256M 或 1G，不小于 1M".to_owned())
}

/// What was typed, or what to say and how to end.
#[derive(Debug)]
pub enum Typed {
    /// A command.
    Command(Box<Cli>),
    /// A text to print on standard output.
    Text(String),
}

/// Reads the arguments. `xunwen 养老服务` is short for `xunwen search 养老服务`.
///
/// # Errors
/// When they are no command of ours.
pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Typed, Failure> {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    let is_short_search = arguments.get(1).and_then(|first| first.to_str()).is_some_and(|first| !first.is_ascii());
    if is_short_search {
        arguments.insert(1, "search".into());
    }
    if arguments.get(1).is_some_and(|verb| verb == "search") {
        arguments.iter_mut().skip(2).for_each(exclusion_as_word);
    }
    match Cli::try_parse_from(&arguments) {
        Ok(cli) => Ok(Typed::Command(Box::new(cli))),
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Ok(Typed::Text(error.to_string())),
            _ => Err(complaint(&error)),
        },
    }
}

/// Keeps clap from reading `-北京` as options: no option of ours begins with a character beyond ASCII. The full-width
/// sign means the same in a query and folds to the same in a literal.
fn exclusion_as_word(argument: &mut OsString) {
    if let Some(rest) = argument.to_str().and_then(|text| text.strip_prefix('-'))
        && rest.starts_with(|c: char| !c.is_ascii())
    {
        *argument = format!("－{rest}").into();
    }
}

/// Says what clap complains of.
fn complaint(error: &clap::Error) -> Failure {
    let about = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(value) => value.to_string(),
        None => String::new(),
    };
    let (argument, value) = (about(ContextKind::InvalidArg), about(ContextKind::InvalidValue));
    let message = match error.kind() {
        ErrorKind::InvalidSubcommand => format!("没有这个命令：{}", about(ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => format!("没有这个选项：{argument}"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value.is_empty() => format!("{argument} 后面缺少内容"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            // Only our own checks speak Chinese; the library's say no more than that it is wrong.
            let own = std::error::Error::source(error).map(ToString::to_string).filter(|why| !why.is_ascii());
            let why = own.or_else(|| (error.kind() == ErrorKind::ValueValidation).then(|| "写法不对".to_owned()));
            let why = why.map(|why| format!("：{why}")).unwrap_or_default();
            let valid = about(ContextKind::ValidValue);
            let valid = if valid.is_empty() { valid } else { format!("（可以是 {valid}）") };
            format!("{argument} 不能是 {value}{why}{valid}")
        }
        ErrorKind::ArgumentConflict => format!("{argument} 不能与 {} 同用", about(ContextKind::PriorArg)),
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => {
            format!("{argument} 的写法不对")
        }
        ErrorKind::InvalidUtf8 => "参数不是 UTF-8 文字".to_owned(),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            "没有说要做什么".to_owned()
        }
        _ => "命令写法不对".to_owned(),
    };
    let suggested = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let suggested = suggested.map(about).into_iter().find(|text| !text.is_empty());
    let is_short = argument.len() == 2 && error.kind() == ErrorKind::UnknownArgument;
    let hint = match suggested {
        Some(text) => format!("是不是 {text}？"),
        None if is_short => "要排除一个英文词请写 NOT 词；要找以 - 开头的文字请在前面加 --".to_owned(),
        None => "运行 xunwen --help 看用法".to_owned(),
    };
    Failure::new(Exit::Usage, message).with_hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_definition_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_ends_its_help_with_an_example_and_has_an_english_gloss() {
        for command in Cli::command().get_subcommands() {
            let name = command.get_name();
            assert!(command.get_after_help().is_some_and(|help| help.to_string().contains("例：")), "{name}");
            assert!(command.get_about().is_some_and(|about| about.to_string().contains(" · ")), "{name}");
        }
    }

    #[test]
    fn sizes_are_read_with_their_units() {
        assert_eq!(parse_size("256M"), Ok(256 << 20));
        assert_eq!(parse_size("1g"), Ok(1 << 30));
        assert!(parse_size("12").is_err() && parse_size("M").is_err() && parse_size("99999999999G").is_err());
    }
}
