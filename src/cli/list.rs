//! In which forms a list of reports comes, beside JSON.

use clap::Args;
use std::path::PathBuf;

/// The forms that are made for other programs and for notes. At most one of them; a command's own options say which of
/// these they do not go with.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "选项")]
pub struct ListArgs {
    /// 每篇一行：编号、日期、标题、署名、报版
    #[arg(long, group = "form")]
    pub oneline: bool,
    /// 只列出所在的文件，每个一次；-n 是文件数
    #[arg(short = 'l', long, group = "form")]
    pub files: bool,
    /// 与 -l、--ids 同用：以 NUL 字符而不是换行结尾，供 xargs -0 读
    #[arg(short = '0', long, conflicts_with_all = ["oneline", "csv", "markdown", "template"])]
    pub null: bool,
    /// 输出 CSV
    #[arg(long, group = "form")]
    pub csv: bool,
    /// CSV 开头加上 BOM，供 Excel 打开
    #[arg(long, requires = "csv")]
    pub bom: bool,
    /// 写成 Excel 文件
    #[arg(long, value_name = "FILE", group = "form")]
    pub xlsx: Option<PathBuf>,
    /// 文件已经有了也照写
    #[arg(long, requires = "xlsx")]
    pub force: bool,
    /// CSV、Excel 里有哪些列，以逗号隔开，如 date,title,reporters；列名见 xunwen help 模板
    #[arg(long, value_name = "FIELDS", value_delimiter = ',', conflicts_with_all = ["oneline", "files", "markdown", "template"])]
    pub fields: Vec<String>,
    /// 输出 Markdown
    #[arg(long, group = "form")]
    pub markdown: bool,
    /// 每篇写成模板的样子，如 '{date}\t{title|30}\t{reporters}'；见 xunwen help 模板
    #[arg(long, value_name = "TEMPLATE", group = "form")]
    pub template: Option<String>,
}
