//! What the commands take that are about single reports: `show`, `open`, `cite`.

use super::HELP;
use super::shared::IndexArgs;
use clap::Args;

/// `show`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen show [选项] <ID>…",
    next_help_heading = "选项",
    after_help = "1、2、3 …… 是上一次在终端里检索的第几篇；编号可以只写开头几位。上一次检索到的文字在终端里标出来。\n\n例：\n  xunwen show 1\n  xunwen show 1 2 3 -C 1\n  xunwen show amme539e7kad --mark 老人 -C 0"
)]
pub struct ShowArgs {
    /// 编号，或上次检索的第几篇
    #[arg(value_name = "ID", required = true, help_heading = "参数")]
    pub ids: Vec<String>,
    /// 索引在哪里。
    #[command(flatten)]
    pub index: IndexArgs,
    /// 标出这个检索式，而不是上一次检索的
    #[arg(long, value_name = "QUERY")]
    pub mark: Option<String>,
    /// 正文只要有所标文字的段落，和前后各几段
    #[arg(short = 'C', long, value_name = "N", conflicts_with = "json")]
    pub context: Option<usize>,
    /// 每篇输出一行 JSON
    #[arg(long)]
    pub json: bool,
    /// 每篇写成模板的样子，如 '{title}\n{body}'；见 xunwen help 模板
    #[arg(long, value_name = "TEMPLATE", conflicts_with_all = ["json", "context", "mark"])]
    pub template: Option<String>,
}

/// `open`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen open [选项] <ID>",
    next_help_heading = "选项",
    after_help = "用 VISUAL 或 EDITOR 指定的编辑器打开报道所在的文件，停在它的那一行；没有指定编辑器，或者是 Word、Excel 文件，就用\n系统的程序打开。不经过 shell。在压缩包里的、从标准输入读来的没有可以打开的文件：请用 xunwen show 看。\n\n例：\n  xunwen open 1\n  xunwen open --print amme539e7kad"
)]
pub struct OpenArgs {
    /// 编号，或上次检索的第几篇
    #[arg(value_name = "ID", help_heading = "参数")]
    pub id: String,
    /// 索引在哪里。
    #[command(flatten)]
    pub index: IndexArgs,
    /// 不打开，只输出 路径:行号
    #[arg(long)]
    pub print: bool,
    /// 不用编辑器，用系统的程序打开
    #[arg(long, conflicts_with = "print")]
    pub system: bool,
}

/// `cite`
#[derive(Debug, Args)]
#[command(
    help_template = HELP,
    override_usage = "xunwen cite [选项] <ID>…",
    next_help_heading = "选项",
    after_help = "每篇一条，格式是 GB/T 7714—2015 的报纸文章：责任者. 题名[N]. 报纸名, 出版日期(版次). 责任者是作者、记者、通讯员，\n超过三人写“等”；没有署名而来自通讯社的写通讯社。不知道的项目不写，并说明缺什么。\n\n例：\n  xunwen cite 1 2\n  xunwen cite amme539e7kad --bibtex"
)]
pub struct CiteArgs {
    /// 编号，或上次检索的第几篇
    #[arg(value_name = "ID", required = true, help_heading = "参数")]
    pub ids: Vec<String>,
    /// 索引在哪里。
    #[command(flatten)]
    pub index: IndexArgs,
    /// 写成 RIS，供 EndNote、Zotero、NoteExpress 导入
    #[arg(long, conflicts_with = "bibtex")]
    pub ris: bool,
    /// 写成 BibTeX
    #[arg(long)]
    pub bibtex: bool,
}
