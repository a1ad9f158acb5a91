//! Which paper, page and day the reports of a page belong to, from headers, stamps, front matter and what was known.

use super::classify::Sort;
use super::draft::Draft;
use super::furniture::Furniture;
use super::header::{Issue, Label, full_date, half_width, issue_of_address, label, origin};
use super::page::Page;
use crate::article::{Article, Basis, PartialDate};
use crate::corpus::{Known, Warning};

/// Sets paper, page and day of publication of each report; returns what is now known of the page as a whole, and the
/// conflicts.
pub(super) fn date_and_place(
    page: &Page<'_>,
    drafts: &[Draft],
    articles: &mut [Article],
    known: &Known,
) -> (Known, Vec<Warning>) {
    let mut warnings = Vec::new();
    let mut whole = known.clone();
    let mut header = Found::default();
    for (number, (draft, article)) in drafts.iter().zip(articles.iter_mut()).enumerate() {
        let mut own = Found::default();
        for &at in &draft.furniture {
            let (Some(block), Some(sort)) = (page.block(at), page.sort(at)) else { continue };
            match sort {
                Sort::Issue(issue) if issue.is_header => header.add(issue, Basis::PageHeader, block.lines.0),
                Sort::Issue(issue) if number == 0 => {
                    own.source = issue.source.clone().or(own.source);
                    header.add(issue, Basis::FrontMatter, block.lines.0);
                }
                Sort::Furniture(Furniture::Origin) => own.source = origin(&block.text).or(own.source),
                Sort::Issue(issue) => own.add(issue, Basis::FrontMatter, block.lines.0),
                Sort::Label(which) => own.add_labelled(*which, &block.text, block.lines.0),
                _ => {}
            }
        }
        if let Some((_, column)) = &own.column
            && article.column.is_none()
        {
            article.column = Some(column.clone());
            article.basis.insert("column".to_owned(), Basis::FrontMatter);
        }
        if let Some(source) = own.source.take().filter(|_| article.source.is_none()) {
            article.source = Some(source);
            article.basis.insert("source".to_owned(), Basis::FrontMatter);
        }
        let date = own.date.or(header.date);
        let (published, basis) = choose(date.map(|(date, basis, _)| (date, basis)), known.issue_date);
        set(&mut article.published, "published", published, basis, &mut article.basis);
        let (paper, basis) = choose(own.paper.or_else(|| header.paper.clone()), known.paper.clone());
        set(&mut article.paper, "paper", paper, basis, &mut article.basis);
        let (number, basis) = choose(own.page.or_else(|| header.page.clone()), known.page.clone());
        set(&mut article.page, "page", number, basis, &mut article.basis);
        if let (Some((printed, _, line)), Some((stated, _))) = (date, known.issue_date)
            && !agree(printed, stated)
        {
            let message = format!("版面上的日期 {printed} 与已知的出版日期 {stated} 不一致");
            if !warnings.iter().any(|warning: &Warning| warning.message == message) {
                warnings.push(Warning::at(line, message));
            }
        }
    }
    if whole.issue_date.is_none() {
        whole.issue_date = header.date.map(|(date, basis, _)| (date, basis));
    }
    whole.paper = whole.paper.or(header.paper);
    whole.page = whole.page.or(header.page);
    (whole, warnings)
}

/// What a page says of its issue so far.
#[derive(Debug, Default)]
struct Found {
    paper: Option<(String, Basis)>,
    page: Option<(String, Basis)>,
    date: Option<(PartialDate, Basis, u32)>,
    column: Option<(Basis, String)>,
    source: Option<String>,
}

impl Found {
    fn add(&mut self, issue: &Issue, basis: Basis, line: u32) {
        if let Some(paper) = &issue.paper {
            self.paper = Some((paper.clone(), basis));
        }
        if let Some(page) = &issue.page {
            self.page = Some((page.clone(), basis));
        }
        if issue.source.is_some() {
            self.source.clone_from(&issue.source);
        }
        if let Some(date) = issue.date {
            self.date = Some((date, basis, line));
        }
    }

    fn add_labelled(&mut self, which: Label, text: &str, line: u32) {
        let Some((_, value)) = label(text).filter(|(_, value)| !value.is_empty()) else { return };
        let basis = Basis::FrontMatter;
        match which {
            Label::Link => self.add(&issue_of_address(value), basis, line),
            Label::Date => {
                let issue = Issue { date: full_date(&half_width(value)).map(|(date, _)| date), ..Issue::default() };
                self.add(&issue, basis, line);
            }
            Label::Page => self.page = Some((value.to_owned(), basis)),
            Label::Paper => self.paper = Some((value.to_owned(), basis)),
            Label::Column => self.column = Some((basis, value.to_owned())),
            Label::Title | Label::Content => {}
        }
    }
}

/// What the user or the record stated comes first, then what is printed, then what the path suggests.
fn choose<T>(printed: Option<(T, Basis)>, known: Option<(T, Basis)>) -> (Option<T>, Basis) {
    let is_stated = known.as_ref().is_some_and(|(_, basis)| matches!(basis, Basis::Given | Basis::Record));
    let chosen = if is_stated { known.or(printed) } else { printed.or(known) };
    match chosen {
        Some((value, basis)) => (Some(value), basis),
        None => (None, Basis::PageHeader),
    }
}

fn set<T>(
    slot: &mut Option<T>,
    field: &str,
    value: Option<T>,
    basis: Basis,
    all: &mut std::collections::BTreeMap<String, Basis>,
) {
    if value.is_some() {
        *slot = value;
        all.insert(field.to_owned(), basis);
    }
}

/// Whether two dates can mean the same day.
fn agree(one: PartialDate, other: PartialDate) -> bool {
    one.first_day() <= other.last_day() && other.first_day() <= one.last_day()
}
