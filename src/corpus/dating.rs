//! Which year, month and day a report's dates mean.
//!
//! Three dates are kept apart: of publication, of the dateline and of the event that the lead tells of. A text seldom
//! names the year; it is taken from the first of a fixed row of witnesses that has one, never from the clock, and what
//! no witness settles stays empty.

mod event;
mod founding;
mod resolve;
mod year;

use super::byline::{LeadIn, read_byline_line, read_lead_in, read_tail};
use super::{Known, Warning};
use crate::article::{Article, Basis, Kind, PartialDate};
use crate::text::dates::DateMention;
use year::Witness;

/// Sets the dateline and event dates of the reports of one page, and the year of those that name none, each with its
/// basis; returns the conflicts found.
pub fn date_reports(articles: &mut [Article], known: &Known) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let told: Vec<_> = articles.iter().map(year::of_text).collect();
    let neighbours = year::of_neighbours(&told);
    for (article, of_text) in articles.iter_mut().zip(told) {
        publish(article, known);
        let witnesses = year::witnesses(article, known, of_text, neighbours);
        warnings.extend(year::conflict(article, &witnesses));
        date(article, &witnesses);
    }
    warnings
}

/// Sets the date of publication from what is known of the file, unless the page itself has said it.
fn publish(article: &mut Article, known: &Known) {
    if let Some((date, basis)) = known.issue_date
        && article.published.is_none()
    {
        article.published = Some(date);
        article.basis.insert("published".to_owned(), basis);
    }
}

fn date(article: &mut Article, witnesses: &[Witness]) {
    let lead_in = article.body.first().and_then(|p| read_lead_in(&p.text));
    if let Some((date, basis)) = dateline(article, lead_in.as_ref())
        && let Some((date, _)) = resolve::past(&date, witnesses)
    {
        article.dateline_date = Some(date);
        article.basis.insert("dateline_date".to_owned(), basis);
    }
    if let Some((date, basis)) = event::of(article, lead_in.as_ref(), witnesses) {
        article.event_date = Some(date);
        article.basis.insert("event_date".to_owned(), basis);
    }
}

/// The date of the dateline: in the lead-in, else at the end of the text or on a line of its own (本报X1月1日电, 新华社X7月
/// 26日电 题：…).
fn dateline(article: &Article, lead_in: Option<&LeadIn>) -> Option<(DateMention, Basis)> {
    if let Some(date) = lead_in.and_then(|lead_in| lead_in.date.clone()) {
        return Some((date, Basis::Dateline));
    }
    if article.kind == Kind::Caption {
        return None;
    }
    let last = article.body.last().and_then(|p| read_tail(&p.text)).and_then(|(_, credit)| credit.date);
    let of_line = |line: &String| {
        read_byline_line(line).and_then(|credit| credit.date).or_else(|| read_lead_in(line).and_then(|lead| lead.date))
    };
    last.or_else(|| article.furniture.iter().find_map(of_line))
        .filter(|date| date.day.is_some())
        .map(|date| (date, Basis::Dateline))
}

/// A whole date, where a mention and a year make one that exists.
fn whole(mention: &DateMention, year: i32) -> Option<PartialDate> {
    PartialDate::day_of(year, mention.month?, mention.day?)
}
