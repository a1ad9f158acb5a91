//! What can be wrong with an index.

use super::layout::Versions;
use std::io;
use std::path::PathBuf;

/// What went wrong in the index's room; the texts are for the person at the keyboard.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is no index.
    #[error("这里没有索引：{}", home.display())]
    Missing {
        /// Where it was looked for.
        home: PathBuf,
    },
    /// The folder holds something that is not ours.
    #[error("文件夹里有别的东西（{name}），不在其中建索引：{}", home.display())]
    Foreign {
        /// The folder.
        home: PathBuf,
        /// One of the things in it.
        name: String,
    },
    /// Written by another version of the program.
    #[error(
        "索引由另一版本的程序写成（格式 {}，分析器 {}；本程序：格式 {}，分析器 {}）：{}",
        found.format, found.analyser, ours.format, ours.analyser, home.display()
    )]
    OtherVersion {
        /// The index.
        home: PathBuf,
        /// What wrote it.
        found: Versions,
        /// What this program writes.
        ours: Versions,
    },
    /// Cannot be read as an index.
    #[error("索引损坏（{what}）：{}", home.display())]
    Damaged {
        /// The index.
        home: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// Somebody else is writing.
    #[error("另一个进程正在写入索引{}：{}", in_brackets(holder), home.display())]
    Locked {
        /// The index.
        home: PathBuf,
        /// What that process says of itself; empty where it is not known.
        holder: String,
    },
    /// A file of the index cannot be written.
    #[error("不能写入 {}：{source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Tantivy failed.
    #[error("索引引擎出错：{0}")]
    Engine(#[from] tantivy::TantivyError),
}

fn in_brackets(holder: &str) -> String {
    if holder.is_empty() { String::new() } else { format!("（{holder}）") }
}

/// The result of whatever the index is asked.
pub type Result<T> = std::result::Result<T, IndexError>;
