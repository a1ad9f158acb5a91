//! Who wrote it, for whom, from where: lead-ins, byline lines, credits.

mod bare;
mod glyphs;
mod lead_in;
mod lines;
mod model;
mod names;
mod origin;
mod outlets;
mod people;
mod roles;
mod surnames;
mod tail;

use crate::article::Byline;
use crate::text::dates::DateMention;

/// What the head of a text says of its origin: 本报讯(记者付凯明 通讯员王亮), 新华社北京12月31日电（记者马卓言）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeadIn {
    /// Where the lead-in ends and the news begins (bytes from the start of the text).
    pub end: usize,
    /// The agency or paper (本报, 新华社, 中新网).
    pub source: Option<String>,
    /// The place of the dateline.
    pub place: Option<String>,
    /// The date of the dateline, not of the event.
    pub date: Option<DateMention>,
    /// The people named.
    pub byline: Byline,
}

/// What a line or the tail of a text says of the people behind it: 本报记者 沈小晓 任彦, 马雅宁 摄, 责编：孟扬.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Credit {
    /// The people named.
    pub byline: Byline,
    /// The agency or paper named with them.
    pub source: Option<String>,
    /// The place named with them (发自上海, 青岛报道).
    pub place: Option<String>,
    /// The day named with them (本报科威特城1月1日电 at the end of a text).
    pub date: Option<DateMention>,
}

/// Reads the lead-in at the head of a paragraph; `None` where the paragraph begins with the news itself.
#[must_use]
pub fn read_lead_in(paragraph: &str) -> Option<LeadIn> {
    lead_in::read(paragraph)
}

/// Reads a whole line as a byline (本报记者 沈小晓); `None` where the line is anything else.
#[must_use]
pub fn read_byline_line(line: &str) -> Option<Credit> {
    lines::byline(line)
}

/// Reads a whole line as the credit of a picture (本报记者 马雅宁 摄); `None` where the line is anything else.
#[must_use]
pub fn read_photo_credit(line: &str) -> Option<Credit> {
    lines::photo(line)
}

/// Reads a whole line as one that names only editors, proof-readers, designers (责编：孟扬 校对：张佳莹).
#[must_use]
pub fn read_editor_line(line: &str) -> Option<Credit> {
    lines::editors(line)
}

/// Reads the byline or credit at the end of a paragraph that has text before it, with the byte at which it begins.
#[must_use]
pub fn read_tail(paragraph: &str) -> Option<(usize, Credit)> {
    tail::read(paragraph)
}
