//! Links to the files that reports came from, for terminals that can follow them (OSC 8).

use crate::index::{Report, Source};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// How links are made, if they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links(Option<(String, PathBuf)>);

impl Links {
    /// No links.
    pub const NONE: Self = Self(None);

    /// Links to files of a host; those that an index names relative to itself are found from its folder.
    #[must_use]
    pub fn new(host: &str, index_home: &Path) -> Self {
        Self(Some((host.to_owned(), index_home.to_owned())))
    }

    /// Returns a text, line by line, as a link to a report's file at its line; as it is where there is no such file.
    #[must_use]
    pub fn over(&self, report: &Report, text: &str) -> String {
        let Some(uri) = self.uri(report) else { return text.to_owned() };
        let line = |line: &str| {
            let rest = line.trim_start_matches(' ');
            let indent = line.strip_suffix(rest).unwrap_or_default();
            format!("{indent}\x1b]8;;{uri}\x1b\\{rest}\x1b]8;;\x1b\\")
        };
        text.split('\n').map(line).collect::<Vec<_>>().join("\n")
    }

    fn uri(&self, report: &Report) -> Option<String> {
        let (host, home) = self.0.as_ref()?;
        let (path, line) = match Source::of(&report.file, home) {
            Source::File(path) => (path, Some(report.article.line)),
            Source::Member { archive, .. } => (archive, None),
            Source::Input => return None,
        };
        let mut uri = format!("file://{host}");
        for byte in path.to_str()?.bytes() {
            if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
                uri.push(char::from(byte));
            } else {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
        if let Some(line) = line {
            let _ = write!(uri, "#{line}");
        }
        Some(uri)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::samples;

    #[test]
    fn a_link_leads_to_the_file_and_the_line_whatever_its_name_holds() {
        let links = Links::new("desk", Path::new("/work/index"));
        let mut report = samples::hit().report;
        assert_eq!(
            links.over(&report, "  甲\n  乙").matches("\x1b]8;;file://desk/work/corpus/a.txt#3\x1b\\").count(),
            2
        );
        report.file = "/a b/养\x1b.txt".into();
        let linked = links.over(&report, "甲");
        assert_eq!(linked, "\x1b]8;;file://desk/a%20b/%E5%85%BB%1B.txt#3\x1b\\甲\x1b]8;;\x1b\\");
        report.file = "/a.zip!/b.txt".into();
        assert!(links.over(&report, "甲").contains("file://desk/a.zip\x1b"));
        report.file = "-/stdin".into();
        assert_eq!((links.over(&report, "甲"), Links::NONE.over(&report, "甲")), ("甲".into(), "甲".into()));
    }
}
