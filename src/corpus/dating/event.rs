//! The date of the event: the first date of the lead, unless the lead says 日前 first.

use super::resolve;
use super::year::{Witness, is_to_come};
use crate::article::{Article, Basis, Kind, PartialDate};
use crate::text::dates::{DateMention, Relative, mentions};
use crate::text::first::ByFirst;
use std::sync::LazyLock;

/// How far into the first paragraph the date of the event is looked for, in bytes; later dates are of other things.
const REACH: usize = 400;

/// Words that say "lately": where one opens the lead, no later date is the event's. Folded text is not needed; they are
/// written alike everywhere.
const VAGUE: &[&str] = &["近日", "日前", "近期", "连日来", "近段时间", "不久前", "最近"];

/// Returns the date of the event that the lead tells of, with its basis; the lead begins at byte `start` of the first
/// paragraph, and `mention` is the date that it names, if any.
pub fn of(
    article: &Article,
    mention: Option<&DateMention>,
    start: usize,
    witnesses: &[Witness],
) -> Option<(PartialDate, Basis)> {
    let Some(mention) = mention else {
        let mention = announced(lead(article.body.first()?.text.get(start..)?))?;
        let (date, basis) = resolve::nearest(&mention, witnesses)?;
        return Some((date, basis.unwrap_or(Basis::Text)));
    };
    let written = article.dateline_date.filter(|d| d.is_whole());
    let issue = witnesses.iter().find(|w| w.is_issue && w.date.is_whole());
    // The day of writing: that of the dateline, else of the paper.
    let writing = written.map(|d| (d, Basis::Dateline)).or_else(|| issue.map(|w| (w.date, w.basis)));
    if mention.day.is_none() {
        let (anchor, basis) = writing?;
        return Some((resolve::counted(mention.relative?, anchor.first_day())?, basis));
    }
    if mention.year.is_none() && mention.month.is_none() {
        let (anchor, basis) = writing?;
        return Some((resolve::day_alone(mention.day?, anchor.first_day())?, basis));
    }
    if let Some(year) = mention.year {
        return Some((super::whole(mention, year)?, Basis::Text));
    }
    let dateline = written.map(|date| Witness { date, basis: Basis::Dateline, is_issue: true });
    let row: Vec<Witness> = dateline.into_iter().chain(witnesses.iter().copied()).collect();
    let (date, basis) = resolve::past(mention, &row)?;
    Some((date, basis.unwrap_or(Basis::Text)))
}

fn lead(text: &str) -> &str {
    if text.len() <= REACH {
        return text;
    }
    let cut = (0..=REACH).rev().find(|&cut| text.is_char_boundary(cut)).unwrap_or(0);
    text.get(..cut).unwrap_or_default()
}

/// The date in the first paragraph, which begins at `start`; where it has none, one that opens the second. A caption
/// may say it anywhere.
pub fn mention_of(article: &Article, start: usize) -> Option<DateMention> {
    /// 今天上午, 2月28日: what opens a paragraph ends so soon, in bytes.
    const OPENING: usize = 24;
    let first = lead(article.body.first()?.text.get(start..)?);
    let vague = vague(first);
    if let Some(mention) = first_date(first) {
        return Some(mention);
    }
    let opens = |mention: &DateMention| article.kind == Kind::Caption || mention.span.start < OPENING;
    let later = if article.kind == Kind::Caption { usize::MAX } else { 1 };
    if vague.is_some() {
        return None;
    }
    article.body.iter().skip(1).take(later).find_map(|p| first_date(lead(&p.text)).filter(opens))
}

/// 将于7月24日上线, 自3月12日起: where a lead tells of nothing past, what it announces is the event.
fn announced(lead: &str) -> Option<DateMention> {
    mentions(lead).into_iter().find(|m| m.month.is_some() && m.day.is_some() && is_to_come(lead, m))
}

fn vague(lead: &str) -> Option<usize> {
    static BY_FIRST: LazyLock<ByFirst<&'static str>> = LazyLock::new(|| ByFirst::words(VAGUE.iter().copied()));
    BY_FIRST.find(lead)
}

/// The first date of a lead that has a day, or is counted in days, before any word that says "lately".
fn first_date(lead: &str) -> Option<DateMention> {
    let vague = vague(lead).unwrap_or(usize::MAX);
    mentions(lead)
        .into_iter()
        .filter(|m| m.span.start < vague)
        .filter(|m| !m.lunar && (m.day.is_some() || matches!(m.relative, Some(Relative::Day(_)))))
        .find(|m| !is_to_come(lead, m))
}
