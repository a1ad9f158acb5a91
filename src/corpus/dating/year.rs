//! Which year a report is of: the witnesses in the order in which they are believed.

use super::super::Known;
use super::founding;
use crate::article::{Article, Basis, PartialDate};
use crate::text::dates::{DateMention, mentions};
use std::collections::BTreeMap;

/// How much of a text is searched for dates; long texts tell of other years.
const REACH: usize = 6000;

/// Something that tells the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Witness {
    /// What it says: the day of publication, or of something in the text, or only a year.
    pub date: PartialDate,
    /// Where it says it.
    pub basis: Basis,
    /// Whether the report cannot be later than the date.
    pub is_issue: bool,
}

/// Returns what tells the year of a report, the most believed first; `of_text` is what the text itself says.
pub fn witnesses(article: &Article, known: &Known, of_text: Option<Witness>, neighbours: Option<i32>) -> Vec<Witness> {
    let issue = |(date, basis)| Witness { date, basis, is_issue: true };
    let year = |(year, basis)| PartialDate::year_only(year).map(|date| Witness { date, basis, is_issue: false });
    let published = article.published.map(|date| {
        let basis = article.basis.get("published").copied().unwrap_or(Basis::Record);
        issue((date, basis))
    });
    let given = |basis: Basis| basis == Basis::Given;
    let mut found = Vec::new();
    found.extend(known.issue_date.filter(|&(_, basis)| given(basis)).map(issue));
    found.extend(known.year.filter(|&(_, basis)| given(basis)).and_then(year));
    found.extend(published);
    found.extend(known.issue_date.filter(|&(_, basis)| !given(basis)).map(issue));
    found.extend(known.year.filter(|&(_, basis)| !given(basis)).and_then(year));
    found.extend(of_text);
    found.extend(neighbours.and_then(|n| year((n, Basis::Neighbours))));
    found
}

/// Returns what a text itself says of its year: its latest whole date, a numbered meeting of a year, an anniversary.
pub fn of_text(article: &Article) -> Option<Witness> {
    let text = text_of(article);
    let found = mentions(&text);
    let whole = found
        .iter()
        .filter(|mention| !is_to_come(&text, mention))
        .filter_map(|m| PartialDate::day_of(m.year?, m.month?, m.day?))
        .max();
    let numbered = found
        .iter()
        .filter(|mention| is_numbered(&text, mention))
        .filter_map(|mention| PartialDate::year_only(mention.year?))
        .max();
    let witness = |date, basis| Witness { date, basis, is_issue: false };
    let anniversary = founding::year_told(&text).and_then(PartialDate::year_only);
    // A meeting held before the numbered one of a later year is told of in passing.
    match (whole, numbered) {
        (Some(whole), Some(numbered)) if numbered.year() > whole.year() => Some(witness(numbered, Basis::Text)),
        (Some(whole), _) if anniversary.is_none_or(|a| a.year() <= whole.year()) => Some(witness(whole, Basis::Text)),
        (None, Some(numbered)) => Some(witness(numbered, Basis::Text)),
        _ => anniversary.map(|date| witness(date, Basis::Anniversary)),
    }
}

fn text_of(article: &Article) -> String {
    let mut text = String::new();
    let title = article.title.iter().chain(&article.kicker).chain(&article.subtitle);
    for part in title.chain(article.body.iter().map(|p| &p.text)) {
        if text.len() > REACH {
            break;
        }
        text.push_str(part);
        text.push('\n');
    }
    text
}

/// 2026年第3次会议, 2026年动员部署会议: something that is done every year and told of in its own.
fn is_numbered(text: &str, mention: &DateMention) -> bool {
    const YEARLY: &[&str] = &["第", "度第", "全国两会", "春运", "新年", "元旦", "春节", "动员", "工作会"];
    if mention.year.is_none() || mention.month.is_some() {
        return false;
    }
    let after = text.get(mention.span.end..).unwrap_or_default().trim_start();
    YEARLY.iter().any(|word| after.starts_with(word))
}

/// 将于8月1日: what is told is to come on that day.
fn is_announced(text: &str, mention: &DateMention) -> bool {
    let before = text.get(..mention.span.start).unwrap_or_default().trim_end();
    ["将于", "将在", "拟于", "定于"].iter().any(|word| before.ends_with(word))
}

/// 将于8月1日, 自8月1日起, 到2030年8月1日前: no date of something that has happened.
pub fn is_to_come(text: &str, mention: &DateMention) -> bool {
    const BEFORE: &[&str] = &["截止到", "至", "到", "从", "自", "将"];
    const AFTER: &[&str] = &["起", "前", "之前", "以前", "实施", "施行", "开始", "生效", "将"];
    let before = text.get(..mention.span.start).unwrap_or_default().trim_end();
    let after = text.get(mention.span.end..).unwrap_or_default().trim_start();
    is_announced(text, mention)
        || (BEFORE.iter().any(|word| before.ends_with(word)) && AFTER.iter().any(|word| after.starts_with(word)))
}

/// Returns the year that most reports of a page tell of themselves; `None` where none does or two are even.
pub fn of_neighbours(told: &[Option<Witness>]) -> Option<i32> {
    let mut votes = BTreeMap::<i32, u32>::new();
    for witness in told.iter().flatten() {
        *votes.entry(witness.date.year()).or_default() += 1;
    }
    let most = *votes.values().max()?;
    let mut first = votes.iter().filter(|&(_, &n)| n == most);
    let year = first.next()?.0;
    first.next().is_none().then_some(*year)
}

/// Returns what to say where two witnesses of the issue differ by more than a day: a web stamp is often of the evening
/// before. What a text tells of is never held against its issue.
pub fn conflict(witnesses: &[Witness]) -> Option<String> {
    let mut issues = witnesses.iter().filter(|witness| witness.is_issue);
    let believed = issues.next()?;
    let other = issues.find(|other| days_apart(believed.date, other.date) > 1)?;
    Some(format!(
        "日期有出入：{}为 {}，{}为 {}，取前者",
        believed.basis.label(),
        believed.date,
        other.basis.label(),
        other.date
    ))
}

/// How many days lie between two dates at the least.
fn days_apart(a: PartialDate, b: PartialDate) -> i64 {
    let gap = |early: PartialDate, late: PartialDate| (late.first_day() - early.last_day()).num_days();
    gap(a, b).max(gap(b, a)).max(0)
}
