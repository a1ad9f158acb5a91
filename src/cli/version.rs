//! Which program this is: `-V`.

use crate::index::layout::{FORMAT, Versions};
use std::sync::LazyLock;

/// What is known of this build.
#[derive(Debug, Clone, Copy)]
pub struct Build {
    /// The version, as in Cargo.toml.
    pub version: &'static str,
    /// The commit it was built from; `None` where the build could not tell, and in every build for development.
    pub commit: Option<&'static str>,
    /// The platform it was built for, as Rust names it.
    pub target: &'static str,
}

impl Build {
    /// This build.
    pub const THIS: Self = Self {
        version: env!("CARGO_PKG_VERSION"),
        commit: option_env!("XUNWEN_BUILD_COMMIT"),
        target: env!("XUNWEN_BUILD_TARGET"),
    };
}

/// Returns what `-V` prints after the name: the version on the first line, for scripts, then the rest.
pub fn text() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        let Build { version, commit, target } = Build::THIS;
        let commit = commit.map(|commit| format!("提交 {commit}\n")).unwrap_or_default();
        format!("{version}\n{commit}目标 {target}\n索引格式 {FORMAT}，分析器 {}", Versions::ours().analyser)
    });
    &TEXT
}
