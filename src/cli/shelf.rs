//! What the commands take that keep searches and words: `save`, `saved`, `unsave`, `watch`, `dict`.

use super::HELP;
use super::shared::AskArgs;
use clap::{Args, Subcommand};

/// `save`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen save [选项] <NAME> <WORD>…",
    next_help_heading = "选项",
    after_help = "以后检索式里写 @名字，就是这条检索，当作一个括号；@名字 里可以再用别的 @名字。条件写成字段，如 记者:付凯明\n日期:近7天，“近7天”到用的那天才算。保存在设置文件旁边的 searches.txt 里，不在索引里：索引删了重建，它还在。\n同名的换成新的。\n\n例：\n  xunwen save 养老 '养老|托育 -北京'\n  xunwen search @养老 --date 2026-02"
)]
pub struct SaveArgs {
    /// 名字：字母、汉字、数字、- 和 _
    #[arg(value_name = "NAME", help_heading = "参数")]
    pub name: String,
    /// 检索式
    #[arg(value_name = "WORD", required = true, help_heading = "参数")]
    pub words: Vec<String>,
}

/// `saved`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen saved [选项]",
    next_help_heading = "选项",
    after_help = "每行是名字和检索式，以制表符隔开。\n\n例：\n  xunwen saved"
)]
pub struct SavedArgs {
    /// 输出一个 JSON 对象
    #[arg(long)]
    pub json: bool,
}

/// `unsave`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen unsave <NAME>…",
    next_help_heading = "选项",
    after_help = "例：\n  xunwen unsave 养老"
)]
pub struct UnsaveArgs {
    /// 名字
    #[arg(value_name = "NAME", required = true, help_heading = "参数")]
    pub names: Vec<String>,
}

/// `watch`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen watch [选项] <NAME|WORD>…",
    next_help_heading = "选项",
    after_help = "第一次只记下现有的报道；以后每次给出上一次之后新有的，新的在前，再记下这一次。有新的退出码是 0，没有是 1，\n可以放在 cron 里。每个索引、每条检索各记各的，记在用户的状态文件夹里。\n\n例：\n  xunwen ingest -q ~/报纸; xunwen watch 养老 && echo 有新报道\n  xunwen watch '记者:付凯明' --peek --jsonl"
)]
pub struct WatchArgs {
    /// 问什么。
    #[command(flatten)]
    pub ask: AskArgs,
    /// 只看，不记：下一次还给出同样的
    #[arg(long)]
    pub peek: bool,
    /// 每篇输出一行 JSON
    #[arg(long, conflicts_with_all = ["ids", "count"])]
    pub jsonl: bool,
    /// 每行只输出一个编号
    #[arg(long, conflicts_with = "count")]
    pub ids: bool,
    /// 只输出篇数
    #[arg(short = 'c', long)]
    pub count: bool,
}

/// `dict`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen dict add <WORD=WORD>…\n      xunwen dict list\n      xunwen dict remove <WORD>…",
    next_help_heading = "选项",
    subcommand_help_heading = "做什么",
    disable_help_subcommand = true,
    after_help = "检索词恰好是其中一个词时，也找同一组里别的词，并且说明；只会多找到，不会少。引号里的、-F 的、要排除的词照原样；\n--no-dict 一次不用。不影响分词，也不改索引。保存在设置文件旁边的 words.txt 里，一行一组。\n\n例：\n  xunwen dict add 高新区=高新技术产业开发区\n  xunwen search 高新区"
)]
pub struct DictArgs {
    /// 做什么。
    #[command(subcommand)]
    pub action: DictAction,
}

/// What is done with the words.
#[derive(Debug, Subcommand)]
pub enum DictAction {
    /// 加上同义词、简称 · add words that mean the same
    #[command(
        help_template = HELP,
        override_usage = "xunwen dict add <WORD=WORD>…",
        next_help_heading = "选项",
        after_help = "与已有的一组有一个词相同，就并成一组。\n\n例：\n  xunwen dict add 高新区=高新技术产业开发区 人社局=人力资源和社会保障局"
    )]
    Add {
        /// 一组词，以 = 隔开
        #[arg(value_name = "WORD=WORD", required = true, help_heading = "参数")]
        groups: Vec<String>,
    },
    /// 列出，一行一组 · list them
    #[command(
        help_template = HELP,
        override_usage = "xunwen dict list",
        next_help_heading = "选项",
        after_help = "例：\n  xunwen dict list"
    )]
    List,
    /// 去掉一个词；剩下不到两个词的组也去掉 · remove a word
    #[command(
        help_template = HELP,
        override_usage = "xunwen dict remove <WORD>…",
        next_help_heading = "选项",
        after_help = "例：\n  xunwen dict remove 高新区"
    )]
    Remove {
        /// 词
        #[arg(value_name = "WORD", required = true, help_heading = "参数")]
        words: Vec<String>,
    },
}
