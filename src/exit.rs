//! The table of exit codes, and the failures that end a command.

use crate::index::IndexError;
use crate::query::QueryError;
use std::io;

/// How a command ended. The numbers are a promise to scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done, found.
    Done = 0,
    /// Nothing found: no report matches, or none was there to be counted. The output asked for is still whole: an
    /// empty table, a JSON object that says so.
    NothingFound = 1,
    /// Wrong usage or query.
    Usage = 2,
    /// Ingest done, but some files or records failed.
    SomeFailed = 3,
    /// Nothing could be read.
    NothingRead = 4,
    /// The index is missing, damaged or of another version.
    NoIndex = 5,
    /// Another process is writing the index.
    Locked = 6,
    /// A bug of ours.
    Bug = 70,
    /// Interrupted.
    Interrupted = 130,
}

/// Why a command could not go on, for the person at the keyboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// How the program ends.
    pub exit: Exit,
    /// What is wrong: one line.
    pub message: String,
    /// Lines to show below it as they are, such as a query with a caret.
    pub detail: Option<String>,
    /// How to mend it: one line.
    pub hint: Option<String>,
}

/// The result of a command.
pub type Outcome<T = Exit> = Result<T, Failure>;

impl Failure {
    /// Makes a failure of one line.
    #[must_use]
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), detail: None, hint: None }
    }

    /// Adds how to mend it.
    #[must_use]
    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

impl From<QueryError> for Failure {
    fn from(error: QueryError) -> Self {
        let detail = Some(error.pointed());
        Self { exit: Exit::Usage, message: error.message, detail, hint: error.hint }
    }
}

impl From<IndexError> for Failure {
    fn from(error: IndexError) -> Self {
        let (exit, hint) = match &error {
            IndexError::Missing { .. } => (
                Exit::NoIndex,
                "先用 xunwen ingest <文件夹> 建索引；索引在别处时用 --index 或 XUNWEN_INDEX 指明".to_owned(),
            ),
            IndexError::Foreign { .. } => (Exit::Usage, "用 --index 指明一个空的或还没有的文件夹".to_owned()),
            IndexError::OtherVersion { found, ours, .. } if found.format > ours.format => {
                (Exit::NoIndex, "请用更新的 xunwen".to_owned())
            }
            IndexError::OtherVersion { .. } => {
                (Exit::NoIndex, "xunwen rebuild 重建索引，不需要原来的文件，编号不变".to_owned())
            }
            IndexError::Damaged { home, .. } => (
                Exit::NoIndex,
                format!(
                    "xunwen rebuild 从索引里存的报道重建；如果也不行，删去 {} 里除 README.md 以外的内容，再运行 xunwen ingest",
                    home.display()
                ),
            ),
            IndexError::Locked { .. } => (Exit::Locked, "等它结束后再试；加 --wait 就等到它结束".to_owned()),
            IndexError::Write { .. } => {
                (Exit::NoIndex, "检查磁盘空间和文件夹的写入权限；上一次提交的内容没有受损".to_owned())
            }
            IndexError::Engine(_) => (Exit::NoIndex, "检查磁盘空间；上一次提交的内容没有受损".to_owned()),
        };
        Self::new(exit, error.to_string()).with_hint(hint)
    }
}

/// A write to standard output that failed: whoever reads it has had enough (`| head`), or its disk is full.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::new(Exit::Done, ""),
            _ => Self::new(Exit::Bug, format!("不能写出结果：{error}")).with_hint("检查输出所在的磁盘"),
        }
    }
}
