//! What several commands take: where the index is, what is known of files, the filters of a search.

use clap::Args;
use std::path::PathBuf;

/// Where the index is.
#[derive(Debug, Clone, Default, Args)]
pub struct IndexArgs {
    /// 索引所在的文件夹
    #[arg(long, value_name = "DIR")]
    pub index: Option<PathBuf>,
}

/// Whether to wait for whoever is writing.
#[derive(Debug, Clone, Default, Args)]
pub struct WaitArgs {
    /// 别的进程正在写入索引时，等它结束
    #[arg(long)]
    pub wait: bool,
}

/// What writing may take.
#[derive(Debug, Clone, Default, Args)]
pub struct EffortArgs {
    /// 线程数
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
    /// 建索引用的内存，如 512M、1G（默认 256M，每个线程至少 16M）
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    pub memory: Option<usize>,
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
    /// 列名对照（TOML，每行 "他们的列名" = "title" 之类）
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    /// 路径的写法，如 {paper}/{year}/{month}/{day}/{page}.txt
    #[arg(long, value_name = "RULE")]
    pub path_rule: Option<String>,
    /// 文件的格式：jsonl、json、rss、html、markdown、csv、tsv、docx、xlsx、text；不写则看内容
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
}

/// The text that is asked for, and where. Flatten it first and [`FilterArgs`] last, so that the help keeps its order.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "选项")]
pub struct AskArgs {
    /// 检索词
    #[arg(value_name = "WORD", help_heading = "参数")]
    pub words: Vec<String>,
    /// 索引在哪里。
    #[command(flatten)]
    pub index: IndexArgs,
    /// 每个参数都按原样找，没有任何运算符
    #[arg(short = 'F', long)]
    pub literal: bool,
    /// 英文词和数字要完整：AI 不算 RAID 里的，26 不算 2026 里的
    #[arg(short = 'w', long)]
    pub word: bool,
    /// 只找所写的词，不找 dict 里与它同义的
    #[arg(long)]
    pub no_dict: bool,
    /// 把这一天当作今天
    #[arg(long, value_name = "DATE")]
    pub now: Option<String>,
}

/// The filters of a search. Each becomes a leaf of the query.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "条件（同一个写几次，有一个符合就行）")]
pub struct FilterArgs {
    /// 日期：2026、2026-02、2026-02-27、A..B、A..、..B，两端都算；也可以是 昨天、上周、近7天
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
    /// 版次，如 A02、1-4
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
    /// 检索词只在这一处找，如 标题（title）、引题、副题、导语（lead）、正文（body）、图说、全文
    #[arg(long = "in", value_name = "PART")]
    pub part: Option<String>,
}

/// Reads a size in bytes: `300000000`, `256M`, `1G`.
pub fn parse_size(text: &str) -> Result<usize, String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_their_units() {
        assert_eq!(parse_size("256M"), Ok(256 << 20));
        assert_eq!(parse_size("1g"), Ok(1 << 30));
        assert!(parse_size("12").is_err() && parse_size("M").is_err() && parse_size("99999999999G").is_err());
    }
}
