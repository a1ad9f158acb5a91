//! Files and standard input as reports: what `ingest` and `read` share.

use crate::article::{Article, Basis, PartialDate, in_archive};
use crate::cli::KnownArgs;
use crate::corpus::decode::NotText;
use crate::corpus::format::{self, FORMATS, Format, Input};
use crate::corpus::long::{LONG, Long, is_long};
use crate::corpus::path::{self, PathFound, PathRule};
use crate::corpus::record::{FieldMap, MapFault};
use crate::corpus::{Known, Reading, Warning, walk};
use crate::exit::{Exit, Failure, Outcome};
use crate::index::ledger::{FileRecord, content_hash, path_text};
use crate::ui::Ui;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use tempfile::SpooledTempFile;

/// How every file of a run is to be read.
pub struct Source {
    format: Option<&'static Format>,
    encoding: Option<String>,
    stated: Known,
    rule: Option<PathRule>,
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
        let map = args.map.as_deref().map(read_map).transpose()?;
        let rule = args.path_rule.as_deref().map(|rule| {
            PathRule::parse(rule).map_err(|what| {
                usage(format!("路径的写法不对：{rule}：{what}"))
                    .with_hint("例如 {paper}/{year}/{month}/{day}/{page}.txt")
            })
        });
        let stated = Known {
            paper: args.paper.clone().map(|paper| (paper, Basis::Given)),
            issue_date: issue_date.transpose()?.map(|date| (date, Basis::Given)),
            year: args.year.map(|year| (year, Basis::Given)),
            page: None,
            map: map.as_ref().map(|(map, _)| Arc::clone(map)),
        };
        let how = [
            crate::corpus::VERSION.to_string(),
            format.map_or("", |format| format.name).to_owned(),
            args.encoding.clone().unwrap_or_default(),
            args.paper.clone().unwrap_or_default(),
            args.issue_date.clone().unwrap_or_default(),
            args.year.map(|year| year.to_string()).unwrap_or_default(),
        ];
        let more = [map.map(|(_, hash)| hash), args.path_rule.clone()];
        let how = how.into_iter().chain(more.into_iter().flatten()).collect::<Vec<_>>().join("|");
        Ok(Self { format, encoding: args.encoding.clone(), stated, rule: rule.transpose()?, how })
    }

    /// Names how files are read: the version of the readers and what was stated.
    pub fn how(&self) -> &str {
        &self.how
    }

    /// Returns what an index is to know of a file, but for what was read of it.
    pub fn record(&self, opened: &Opened, size: u64, hash: String) -> FileRecord {
        let (modified, how) = (opened.modified, self.how().to_owned());
        FileRecord { size, modified, hash, how, reports: 0, failed: 0, partial: false }
    }

    /// Returns what is known of a file from what was stated and from its path.
    pub fn known_of(&self, path: &Path) -> Known {
        let mut known = self.stated.clone();
        if let Some(found) = self.ruled(path) {
            found.add_to(&mut known);
        }
        path::read_path(&path_text(path), &mut known);
        known
    }

    /// What a path says by the rule that was stated.
    fn ruled(&self, path: &Path) -> Option<PathFound> {
        self.rule.as_ref()?.read(&path_text(path))
    }

    /// Returns whether a rule for paths was stated that this one does not fit.
    pub fn is_misfit(&self, path: &Path) -> bool {
        self.rule.is_some() && self.ruled(path).is_none()
    }

    /// Returns what completes the reports of a file by the rule for paths.
    pub fn completion(&self, path: &Path) -> Completion {
        Completion { found: self.ruled(path).unwrap_or_default(), is_said: false }
    }

    /// Reads the content of a file; `path` is its place, from which more may be known.
    ///
    /// # Errors
    /// One sentence, when nothing of it can be read.
    pub fn read(&self, path: &Path, bytes: &[u8]) -> Result<Reading, String> {
        let known = self.known_of(path);
        if bytes.is_empty() {
            return Ok(Reading { warnings: vec![Warning::of_file("文件是空的")], ..Reading::default() });
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let encoding = self.encoding.as_deref();
        let input = Input { bytes, name: &name, encoding, format: self.format, known: &known };
        let mut reading = format::read(input).map_err(|e| e.to_string())?;
        reading.articles.retain(|article| !article.is_empty());
        let mut completion = self.completion(path);
        reading.warnings.extend(reading.articles.iter_mut().filter_map(|article| completion.complete(article)));
        if reading.articles.is_empty() && reading.warnings.is_empty() && reading.failed.is_empty() {
            reading.warnings.push(Warning::of_file("没有读出任何报道"));
        }
        Ok(reading)
    }

    /// Looks at a long file; `None` where it cannot be read record by record.
    ///
    /// # Errors
    /// One sentence, when nothing of it can be read.
    pub fn look(&self, path: &Path, opened: &mut Opened) -> Result<Option<Long>, String> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Long::look(opened, &name, self.encoding.as_deref(), self.format).map_err(|e| e.to_string())
    }
}

/// Completes the reports of one file by what its path says.
pub struct Completion {
    found: PathFound,
    is_said: bool,
}

impl Completion {
    /// Fills in what a report does not say. Where its day of publication is another than the path's, its own stands; that
    /// is said once a file.
    pub fn complete(&mut self, article: &mut Article) -> Option<Warning> {
        if let (None, Some(column)) = (&article.column, &self.found.column) {
            article.column = Some(column.clone());
            article.basis.insert("column".to_owned(), Basis::Path);
        }
        let (date, published) = (self.found.date?, article.published?);
        let own = article.basis.get("published").copied();
        // Page text says so by itself.
        if own != Some(Basis::Record) || date == published || self.is_said {
            return None;
        }
        self.is_said = true;
        let message = format!("日期 {published} 与路径里的 {date} 不一致，以记录为准");
        Some(Warning {
            member: article.member.as_ref().map(|member| member.path.clone()),
            ..Warning::at(article.line, message)
        })
    }
}

/// Reads a map of columns; with its hash.
fn read_map(path: &Path) -> Outcome<(Arc<FieldMap>, String)> {
    let shown = path.display();
    let failure = |what: String| {
        Failure::new(Exit::Usage, what).with_hint("每行写一列，如 \"稿件名\" = \"title\"；不认识的列原样留着")
    };
    let text = std::fs::read_to_string(path).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidData => failure(format!("{shown}：不是 UTF-8 文本")),
        _ => failure(format!("{shown}：{}", explained(&error))),
    })?;
    let text = text.trim_start_matches('\u{feff}');
    let map =
        FieldMap::parse(text).map_err(|MapFault { line, message }| failure(format!("{shown}:{line}：{message}")))?;
    Ok((Arc::new(map), content_hash(text.as_bytes())))
}

/// A file or standard input, to be read more than once.
pub struct Opened {
    content: Content,
    /// Bytes.
    size: u64,
    /// When it was last changed before it was opened, as in [`walk::Entry`]; 0 for standard input.
    pub modified: i64,
    place: Rc<Cell<u64>>,
}

enum Content {
    Disk(File),
    /// Standard input, put aside: in memory, or on disk where it is long.
    Aside(SpooledTempFile),
}

impl Opened {
    /// Opens a file.
    ///
    /// # Errors
    /// One sentence.
    pub fn file(path: &Path) -> Result<Self, String> {
        let opened = File::open(path).and_then(|file| Ok((file.metadata()?, file)));
        let (metadata, file) = opened.map_err(|error| explained(&error))?;
        let (size, modified) = (metadata.len(), walk::modified(&metadata));
        Ok(Self { content: Content::Disk(file), size, modified, place: Rc::default() })
    }

    /// Reads standard input to its end and puts it aside: where it is long in a nameless file in `folder`, else in the
    /// system's folder for such, so that it can be read as a file is.
    ///
    /// # Errors
    /// One sentence.
    pub fn standard_input(folder: Option<&Path>) -> Result<Self, String> {
        let held = usize::try_from(LONG).unwrap_or(usize::MAX);
        let mut aside = match folder {
            Some(folder) => tempfile::spooled_tempfile_in(held, folder),
            None => tempfile::spooled_tempfile(held),
        };
        let size = io::copy(&mut io::stdin().lock(), &mut aside).map_err(|error| explained(&error))?;
        Ok(Self { content: Content::Aside(aside), size, modified: 0, place: Rc::default() })
    }

    /// Returns whether it is to be looked at as a long one.
    ///
    /// # Errors
    /// One sentence, when it cannot be read.
    pub fn is_long(&mut self) -> Result<bool, String> {
        let mut head = Vec::new();
        self.read_with(|source| source.take(4).read_to_end(&mut head))?;
        Ok(is_long(self.size, &head))
    }

    /// Reads it from its beginning.
    ///
    /// # Errors
    /// One sentence, when it cannot be read.
    pub fn read_with<T>(&mut self, read: impl FnOnce(&mut Self) -> io::Result<T>) -> Result<T, String> {
        self.rewind().and_then(|()| read(self)).map_err(|error| explained(&error))
    }

    /// Reads all of it.
    ///
    /// # Errors
    /// One sentence, when it cannot be read.
    pub fn bytes(&mut self) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::with_capacity(usize::try_from(self.size).unwrap_or(0));
        self.read_with(|source| source.read_to_end(&mut bytes))?;
        Ok(bytes)
    }

    /// Returns whether it has been changed since it was opened.
    pub fn has_changed(&self) -> bool {
        match &self.content {
            Content::Disk(file) => file
                .metadata()
                .map_or(true, |metadata| (metadata.len(), walk::modified(&metadata)) != (self.size, self.modified)),
            Content::Aside(_) => false,
        }
    }

    /// Returns where reading is, in bytes; it follows the reading.
    pub fn place(&self) -> Rc<Cell<u64>> {
        Rc::clone(&self.place)
    }
}

impl Read for Opened {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match &mut self.content {
            Content::Disk(file) => file.read(buffer),
            Content::Aside(aside) => aside.read(buffer),
        }?;
        self.place.set(self.place.get() + read as u64);
        Ok(read)
    }
}

impl Seek for Opened {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match &mut self.content {
            Content::Disk(file) => file.seek(to),
            Content::Aside(aside) => aside.seek(to),
        }?;
        self.place.set(at);
        Ok(at)
    }
}

fn explained(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "没有读取权限".to_owned(),
        io::ErrorKind::NotFound => "没有这个文件".to_owned(),
        _ => error.to_string(),
    }
}

/// So many doubts of one sort are told of a file; more of the same are counted.
const TOLD: usize = 20;

/// Tells what is wrong or in doubt of one file.
pub struct Teller {
    file: String,
    told: BTreeMap<String, usize>,
}

impl Teller {
    /// Begins a file.
    pub fn new(file: &str) -> Self {
        Self { file: file.to_owned(), told: BTreeMap::new() }
    }

    /// Tells of a record that failed; returns what was said.
    pub fn fail(&mut self, failed: &Warning, ui: &mut Ui) -> String {
        let line = placed(&self.file, failed);
        ui.warn(&line);
        line
    }

    /// Tells of a doubt, unless enough of its sort were told; returns what was said, or would have been.
    pub fn doubt(&mut self, warning: &Warning, ui: &mut Ui) -> String {
        let sort = warning.message.split(['：', ' ', '，']).next().unwrap_or_default();
        let times = self.told.entry(sort.to_owned()).or_default();
        *times += 1;
        let line = placed(&self.file, warning);
        if *times <= TOLD {
            ui.warn(&line);
        }
        line
    }

    /// Tells how much was not told.
    pub fn end(self, ui: &mut Ui) {
        for (sort, times) in self.told.into_iter().filter(|&(_, times)| times > TOLD) {
            ui.warn(&format!("{}：还有 {} 处“{sort}”", self.file, times - TOLD));
        }
    }
}

/// Tells of each record that failed, and of what is in doubt.
pub fn warn_of(file: &str, reading: &Reading, ui: &mut Ui) {
    let mut teller = Teller::new(file);
    for failed in &reading.failed {
        teller.fail(failed, ui);
    }
    for warning in &reading.warnings {
        teller.doubt(warning, ui);
    }
    teller.end(ui);
}

/// Returns a warning with its place, as one line.
pub fn placed(file: &str, warning: &Warning) -> String {
    let file = in_archive(file, warning.member.as_deref());
    match warning.line {
        Some(line) => format!("{file}:{line}：{}", warning.message),
        None => format!("{file}：{}", warning.message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn a_file_that_is_written_to_while_it_is_read_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "夜校开课").unwrap();
        let mut opened = Opened::file(&path).unwrap();
        assert_eq!(Opened::bytes(&mut opened).unwrap(), "夜校开课".as_bytes());
        assert!(!opened.has_changed());
        File::options().append(true).open(&path).unwrap().write_all("，报名".as_bytes()).unwrap();
        assert!(opened.has_changed());
    }

    #[test]
    fn a_file_that_another_takes_the_place_of_is_read_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let (path, other) = (folder.path().join("a.txt"), folder.path().join("b.txt"));
        std::fs::write(&path, "夜校开课").unwrap();
        std::fs::write(&other, "书屋开门了").unwrap();
        let mut opened = Opened::file(&path).unwrap();
        std::fs::rename(&other, &path).unwrap();
        assert_eq!(Opened::bytes(&mut opened).unwrap(), "夜校开课".as_bytes());
        assert!(!opened.has_changed());
    }
}
