//! What `ingest` takes.

use super::HELP;
use super::shared::{IndexArgs, KnownArgs, WaitArgs};
use clap::Args;
use std::path::PathBuf;

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
    /// 等不等。
    #[command(flatten)]
    pub wait: WaitArgs,
    /// 只报告失败和警告
    #[arg(short, long)]
    pub quiet: bool,
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
