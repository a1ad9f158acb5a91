//! Files too long to be held whole: read record by record, in a fixed amount of memory.
//!
//! The encoding is found in a pass over the whole file first; never is it decided from its beginning. What comes out is
//! what [`super::format::read`] makes of the same bytes.

use super::decode::Everyday;
use super::decode::survey::{Again, Survey, survey};
use super::format::{Format, StreamReader, Unreadable, about_encoding};
use super::record::{Record, Records};
use super::unpack::stream::{is_packed, reader};
use super::{Known, Warning};
use crate::article::Article;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

/// A file of so many bytes (4 MiB) is long.
pub const LONG: u64 = 4 << 20;
/// A packed file of so many bytes (512 KiB) can be long when it is unpacked.
const LONG_PACKED: u64 = 1 << 19;
/// The format is told by so many bytes of the beginning.
const HEAD: u64 = 1 << 20;

/// A file that can be read record by record.
pub struct Long {
    size: u64,
    survey: Survey,
    format: &'static Format,
    read: StreamReader,
}

/// What comes of a record.
pub enum Item {
    /// A report.
    Report(Box<Article>),
    /// A record that is no report, and why.
    Failed(Warning),
    /// What is in doubt of the report that follows.
    Doubt(Warning),
}

/// Returns whether a file of this size that begins so is to be looked at as a long one.
#[must_use]
pub fn is_long(size: u64, head: &[u8]) -> bool {
    size > LONG || (size > LONG_PACKED && is_packed(head))
}

impl Long {
    /// Looks at a whole file. `None`: its format cannot be read record by record.
    ///
    /// # Errors
    /// When nothing of it can be read.
    pub fn look(
        source: &mut (impl Read + Seek),
        name: &str,
        encoding: Option<&str>,
        format: Option<&'static Format>,
    ) -> Result<Option<Self>, Unreadable> {
        if format.is_some_and(|format| format.stream().is_none()) {
            return Ok(None);
        }
        let size = source.seek(SeekFrom::End(0))?;
        let survey = survey(Content { source: &mut *source, size }, encoding)?;
        // Archives, Word files and their like are no text, and are read whole; so is what nobody can read, to be told why.
        let Ok(survey) = survey else { return Ok(None) };
        let mut head = Vec::new();
        survey.decoded(Content { source, size }.again()?).take(HEAD).read_to_end(&mut head)?;
        let format = Format::of(&String::from_utf8_lossy(&head), name, format);
        let read = format.and_then(|format| Some((format, format.stream()?)));
        Ok(read.map(|(format, read)| Self { size, survey, format, read }))
    }

    /// Returns the name of the format.
    #[must_use]
    pub fn format(&self) -> &'static str {
        self.format.name
    }

    /// Returns the name of the encoding.
    #[must_use]
    pub fn encoding(&self) -> &'static str {
        self.survey.encoding()
    }

    /// Returns how many places will stand as U+FFFD.
    #[must_use]
    pub fn replaced(&self) -> usize {
        self.survey.replaced
    }

    /// Returns what is said of the file as a whole.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        about_encoding(self.encoding(), self.replaced(), self.survey.doubtful)
    }

    /// Reads the file, until `each` breaks off.
    ///
    /// # Errors
    /// When it cannot be read to its end. What was yielded before stands as it is.
    pub fn read(
        &self,
        source: &mut (impl Read + Seek),
        known: &Known,
        each: &mut dyn FnMut(Item) -> ControlFlow<()>,
    ) -> Result<(), Unreadable> {
        let mut content = Content { source, size: self.size };
        let mut text = self.survey.decoded(content.again()?);
        let mut records = Records::new(known);
        let mut doubts = Vec::new();
        let mut each_record = |record: Result<Record<'_>, Warning>| {
            let item = match records.read(record, &mut doubts) {
                Ok(article) => Item::Report(Box::new(article)),
                Err(bad) => Item::Failed(bad),
            };
            doubts.drain(..).try_for_each(|doubt| each(Item::Doubt(doubt)))?;
            each(item)
        };
        if self.survey.is_big5() {
            let mut text = BufReader::with_capacity(1 << 16, Everyday::new(text));
            (self.read)(&mut text, known, &mut each_record)
        } else {
            (self.read)(&mut text, known, &mut each_record)
        }
    }
}

/// The content of a file of so many bytes, unpacked.
struct Content<'s, S> {
    source: &'s mut S,
    size: u64,
}

impl<S: Read + Seek> Again for Content<'_, S> {
    fn again(&mut self) -> io::Result<Box<dyn Read + '_>> {
        self.source.seek(SeekFrom::Start(0))?;
        reader(BufReader::with_capacity(1 << 16, &mut *self.source), self.size)
    }
}
