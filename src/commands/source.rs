//! Files and standard input as reports: what `ingest` and `read` share.

use crate::article::{Basis, PartialDate, in_archive};
use crate::cli::KnownArgs;
use crate::corpus::decode::NotText;
use crate::corpus::format::{self, FORMATS, Format, Input};
use crate::corpus::{Known, Reading, Warning, path};
use crate::exit::{Exit, Failure, Outcome};
use crate::index::ledger::path_text;
use crate::ui::Ui;
use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

/// How every file of a run is to be read.
pub struct Source {
    format: Option<&'static Format>,
    encoding: Option<String>,
    stated: Known,
    how: String,
}

impl Source {
    /// Checks what was stated.
    ///
    /// # Errors
    /// When a date is no date, or a format or an encoding has another name.
    pub fn new(args: &KnownArgs) -> Outcome<Self> {
        let usage = |message: String| Failure::new(Exit::Usage, message);
        let named = |name: &String| {
            FORMATS.iter().find(|format| format.name == *name).ok_or_else(|| {
                let names: Vec<_> = FORMATS.iter().map(|format| format.name).collect();
                usage(format!("没有这种格式：{name}")).with_hint(format!("可以是 {}", names.join("、")))
            })
        };
        let format = args.format.as_ref().map(named).transpose()?;
        if let Some(label) = &args.encoding
            && let Err(error @ NotText::NoSuchEncoding(_)) = crate::corpus::decode::decode(b"", Some(label))
        {
            return Err(usage(error.to_string()).with_hint("常用的有 utf-8、gb18030、gbk、big5、utf-16le"));
        }
        let issue_date = args.issue_date.as_deref().map(|text| {
            PartialDate::parse(text)
                .filter(|date| date.is_whole())
                .ok_or_else(|| usage(format!("不是日期：{text}")).with_hint("要写成 2026-02-27"))
        });
        let stated = Known {
            paper: args.paper.clone().map(|paper| (paper, Basis::Given)),
            issue_date: issue_date.transpose()?.map(|date| (date, Basis::Given)),
            year: args.year.map(|year| (year, Basis::Given)),
            page: None,
        };
        let how = [
            crate::corpus::VERSION.to_string(),
            format.map_or("", |format| format.name).to_owned(),
            args.encoding.clone().unwrap_or_default(),
            args.paper.clone().unwrap_or_default(),
            args.issue_date.clone().unwrap_or_default(),
            args.year.map(|year| year.to_string()).unwrap_or_default(),
        ];
        Ok(Self { format, encoding: args.encoding.clone(), stated, how: how.join("|") })
    }

    /// Names how files are read: the version of the readers and what was stated.
    pub fn how(&self) -> &str {
        &self.how
    }

    /// Reads the content of a file; `path` is its place, from which more may be known.
    ///
    /// # Errors
    /// One sentence, when nothing of it can be read.
    pub fn read(&self, path: &Path, bytes: &[u8]) -> Result<Reading, String> {
        let mut known = self.stated.clone();
        path::read_path(&path_text(path), &mut known);
        if bytes.is_empty() {
            return Ok(Reading { warnings: vec![Warning::of_file("文件是空的")], ..Reading::default() });
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let encoding = self.encoding.as_deref();
        let input = Input { bytes, name: &name, encoding, format: self.format, known: &known };
        let mut reading = format::read(input).map_err(|e| e.to_string())?;
        reading.articles.retain(|article| !article.is_empty());
        if reading.articles.is_empty() && reading.warnings.is_empty() && reading.failed.is_empty() {
            reading.warnings.push(Warning::of_file("没有读出任何报道"));
        }
        Ok(reading)
    }
}

/// Reads a whole file.
///
/// # Errors
/// One sentence.
pub fn content(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::PermissionDenied => "没有读取权限".to_owned(),
        io::ErrorKind::NotFound => "没有这个文件".to_owned(),
        _ => error.to_string(),
    })
}

/// Reads standard input to its end.
///
/// # Errors
/// One sentence.
pub fn standard_input() -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    io::Read::read_to_end(&mut io::stdin().lock(), &mut bytes).map_err(|e| e.to_string())?;
    Ok(bytes)
}

/// So many doubts of one sort are told of a file; more of the same are counted.
const TOLD: usize = 20;

/// Tells of each record that failed, and of what is in doubt.
pub fn warn_of(file: &str, reading: &Reading, ui: &mut Ui) {
    reading.failed.iter().for_each(|failed| ui.warn(&placed(file, failed)));
    let mut told = BTreeMap::<&str, usize>::new();
    for warning in &reading.warnings {
        let sort = warning.message.split(['：', ' ', '，']).next().unwrap_or_default();
        let times = told.entry(sort).or_default();
        *times += 1;
        if *times <= TOLD {
            ui.warn(&placed(file, warning));
        }
    }
    for (sort, times) in told.into_iter().filter(|&(_, times)| times > TOLD) {
        ui.warn(&format!("{file}：还有 {} 处“{sort}”", times - TOLD));
    }
}

/// Returns a warning with its place, as one line.
pub fn placed(file: &str, warning: &Warning) -> String {
    let file = in_archive(file, warning.member.as_deref());
    match warning.line {
        Some(line) => format!("{file}:{line}：{}", warning.message),
        None => format!("{file}：{}", warning.message),
    }
}
