//! What the text of a record says of its people and its origin. The text itself is left as it is.

use crate::article::{Article, Basis, Byline, Paragraph, Role};
use crate::corpus::byline::{Credit, read_byline_line, read_editor_line, read_lead_in, read_photo_credit, read_tail};
use crate::corpus::{Known, Warning, dating};

/// As much of the first paragraph can be a lead-in, in bytes.
const HEAD: usize = 600;
/// As much of the last paragraph can be a credit with what stands before it, in bytes.
const TAIL: usize = 240;
/// Credits at the end of a text are not longer, in characters.
const LONGEST_CREDIT: usize = 80;
/// Lines that only name people are not longer, in bytes.
const LONGEST_LINE: usize = 360;
/// Bylines stand so near to the head or the end, in paragraphs.
const NEAR: usize = 3;

/// Reads names, source and place from head and end of the text, where no value of the record states them.
pub fn read(article: &mut Article) {
    let stated: Vec<Role> = Role::ALL.into_iter().filter(|&role| !article.byline.of(role).is_empty()).collect();
    let texts: Vec<String> = {
        let filled = || article.body.iter().filter(|paragraph| !paragraph.text.trim().is_empty());
        let count = filled().count();
        let is_near = |at: usize| at < NEAR || at + NEAR >= count;
        filled().enumerate().filter(|&(at, _)| is_near(at)).map(|(_, paragraph)| paragraph.text.clone()).collect()
    };
    let mut found = Found { article, stated };
    for text in &texts {
        if let Some(lead_in) = read_lead_in(head(text.trim_start(), HEAD)) {
            found.names(&lead_in.byline, Basis::LeadIn);
            found.origin(lead_in.source, lead_in.place, Basis::LeadIn, Basis::Dateline);
        } else if let Some(credit) = line(text).and_then(read_photo_credit) {
            found.credit(credit, Basis::Credit);
        } else if let Some(credit) =
            line(text).and_then(|text| read_byline_line(text).or_else(|| read_editor_line(text)))
        {
            found.credit(credit, Basis::BylineLine);
        }
    }
    if let Some(last) = texts.last()
        && let Some(credit) = closing(last)
    {
        let basis = if credit.byline.photographers.is_empty() { Basis::BylineLine } else { Basis::Credit };
        found.credit(credit, basis);
    }
}

/// As much of a text's head and of its end can hold its dateline and the date of the event, in bytes.
const DATED: usize = 1200;

/// Sets dateline and event dates. Where the day of publication is stated nothing but head and end of the text is looked
/// at: what else it tells of is of other days.
pub fn date(article: &mut Article, known: &Known) -> Vec<Warning> {
    if article.published.is_none() {
        // By itself: the records of a file are no page, and say nothing of each other's year.
        return dating::date_reports(std::slice::from_mut(article), known);
    }
    let filled = || article.body.iter().filter(|paragraph| !paragraph.text.trim().is_empty());
    let (first, last) = (filled().next(), filled().next_back());
    let part = |text: &str| Paragraph { text: text.to_owned(), lines: (article.line, article.line) };
    let body = match (first, last) {
        (Some(first), Some(last)) if std::ptr::eq(first, last) && first.text.len() <= DATED => vec![part(&first.text)],
        (Some(first), Some(last)) => vec![part(head(&first.text, DATED)), part(tail(&last.text, DATED))],
        _ => return Vec::new(),
    };
    let basis = article.basis.clone();
    let mut ends = Article { line: article.line, published: article.published, body, basis, ..Article::default() };
    let warnings = dating::date_reports(std::slice::from_mut(&mut ends), known);
    (article.dateline_date, article.event_date, article.basis) = (ends.dateline_date, ends.event_date, ends.basis);
    warnings
}

/// The credit that a text ends in, unless it is too long to be one.
fn closing(text: &str) -> Option<Credit> {
    let tail = tail(text, TAIL);
    let (at, credit) = read_tail(tail)?;
    let printed = tail.get(at..)?;
    (printed.chars().count() <= LONGEST_CREDIT && !printed.contains('。')).then_some(credit)
}

/// A paragraph that can be a line of names.
fn line(text: &str) -> Option<&str> {
    (text.len() <= LONGEST_LINE).then_some(text)
}

/// The first bytes of a text, whole characters.
fn head(text: &str, length: usize) -> &str {
    (0..=length.min(text.len())).rev().find_map(|end| text.get(..end)).unwrap_or_default()
}

/// The last bytes of a text, whole characters.
fn tail(text: &str, length: usize) -> &str {
    let start = text.len().saturating_sub(length);
    (start..=text.len()).find_map(|at| text.get(at..)).unwrap_or_default()
}

/// A report, and the roles that its record states.
struct Found<'a> {
    article: &'a mut Article,
    stated: Vec<Role>,
}

impl Found<'_> {
    fn credit(&mut self, credit: Credit, basis: Basis) {
        self.names(&credit.byline, basis);
        self.origin(credit.source, credit.place, basis, basis);
    }

    fn names(&mut self, names: &Byline, basis: Basis) {
        for role in Role::ALL.into_iter().filter(|role| !self.stated.contains(role)) {
            for name in names.of(role) {
                self.article.byline.add(role, name);
                self.article.basis.entry(role.field().to_owned()).or_insert(basis);
            }
        }
    }

    fn origin(&mut self, source: Option<String>, place: Option<String>, of_source: Basis, of_place: Basis) {
        let article = &mut *self.article;
        let slots =
            [(&mut article.source, "source", source, of_source), (&mut article.place, "place", place, of_place)];
        for (slot, field, value, basis) in slots {
            if slot.is_none() && value.is_some() {
                *slot = value;
                article.basis.insert(field.to_owned(), basis);
            }
        }
    }
}
