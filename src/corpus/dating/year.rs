//! Which year a report is of: the witnesses in the order in which they are believed.

use super::super::Known;
use super::founding;
use crate::article::{Article, Basis, PartialDate};
use crate::text::dates::{DateMention, mentions};
use crate::text::first::ByFirst;
use std::collections::BTreeMap;
use std::sync::LazyLock;

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

/// Returns what a text itself says of its year, seen from the day that its dateline or lead names: an anniversary, a
/// whole date shortly before that day, something that is done every year and named with its year.
///
/// Texts tell of other years as readily as of their own. A whole date alone is right in two of three reports; one not
/// more than [`SHORTLY`] days before the day of the lead, with no later year and nothing long past in the text, in
/// nineteen of twenty (25,000 reports of the web from 2023 with their dates hidden). What is less sure says nothing.
pub fn of_text(article: &Article, lead: Option<&DateMention>) -> Option<Witness> {
    let text = text_of(article);
    let found = mentions(&text);
    // What is to come may be of any later year, what is past of none.
    let later = |year: i32| found.iter().any(|m| m.year.is_some_and(|y| y > year) && !is_to_come(&text, m));
    let witness = |date, basis| Some(Witness { date, basis, is_issue: false });
    if let Some(year) = founding::year_told(&text).filter(|&year| !later(year)) {
        return witness(PartialDate::year_only(year)?, Basis::Anniversary);
    }
    let is_looking_back = LOOKING_BACK.is_in(&text);
    let past = found.iter().filter(|mention| !is_to_come(&text, mention));
    let near = past
        .filter_map(|m| PartialDate::day_of(m.year?, m.month?, m.day?))
        .filter(|date| lead.is_some_and(|lead| is_shortly_before(*date, lead)))
        .max()
        .filter(|date| !later(date.year()) && !is_looking_back);
    let yearly = found.iter().filter(|mention| is_yearly(&text, mention)).filter_map(|mention| mention.year);
    let yearly = yearly.chain(named_with_year(&text)).max().filter(|&year| !later(year));
    match (near, yearly) {
        (Some(near), None) => witness(near, Basis::Text),
        // A meeting held before the numbered one of a later year is told of in passing.
        (Some(near), Some(yearly)) if near.year() == yearly => witness(near, Basis::Text),
        (_, Some(yearly)) => witness(PartialDate::year_only(yearly)?, Basis::Text),
        (None, None) => None,
    }
}

/// A whole date at most so many days before the day of the lead is of the same story.
const SHORTLY: i64 = 20;
/// What a report has that tells of a day long past: 两年前的8月16日, 78周年. Its whole dates may be of any year.
static LOOKING_BACK: LazyLock<ByFirst<&'static str>> =
    LazyLock::new(|| ByFirst::words(["去年", "周年", "年前的", "年前，", "一年前"]));

/// Whether the day that a lead names, in the year of the date or the one after, is the date or comes shortly after it.
fn is_shortly_before(date: PartialDate, lead: &DateMention) -> bool {
    let (Some(month), Some(day)) = (lead.month, lead.day) else { return false };
    let years = lead.year.map_or([date.year(), date.year() + 1], |year| [year, year]);
    let of_lead = years.into_iter().filter_map(|year| PartialDate::day_of(year, month, day));
    let gaps = of_lead.map(|lead| (lead.first_day() - date.first_day()).num_days());
    gaps.into_iter().any(|gap| (-1..=SHORTLY).contains(&gap))
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

/// What is done every year and told of in its own, behind the year: 2026年第3次会议, 2026年“五一”黄金周.
const YEARLY: &[&str] = &[
    "第",
    "度第",
    "全国两会",
    "春运",
    "新年",
    "元旦",
    "春节",
    "动员",
    "工作会",
    "五一",
    "端午",
    "中秋",
    "国庆",
    "高考",
    "暑运",
    "黄金周",
];

/// Whether a year stands before something yearly.
fn is_yearly(text: &str, mention: &DateMention) -> bool {
    if mention.year.is_none() || mention.month.is_some() {
        return false;
    }
    let after = text.get(mention.span.end..).unwrap_or_default();
    let after = after.trim_start_matches(|c: char| c.is_whitespace() || "“‘\"".contains(c));
    YEARLY.iter().any(|word| after.starts_with(word))
}

/// What is held every year ends so.
const EVENTS: &[&str] = &[
    "大会",
    "论坛",
    "博览会",
    "交易会",
    "峰会",
    "年会",
    "锦标赛",
    "邀请赛",
    "公开赛",
    "大奖赛",
    "联赛",
    "马拉松",
    "艺术展",
    "展览",
    "文化节",
    "艺术节",
    "音乐节",
    "电影节",
    "毕业展",
];
/// Counted things, which a number that looks like a year may count: 2000余名, 1990公里.
const COUNTED: &str = "年余多几名个万亿千百元吨家人次公平米斤克度户件位条座辆套级届点分秒-";

/// The years in the names of events, written without 年: 2020中国车展, 2020毕业生艺术展.
fn named_with_year(text: &str) -> impl Iterator<Item = i32> {
    /// No name of an event is longer.
    const LONGEST: usize = 16;
    text.match_indices("20").filter_map(move |(at, _)| {
        let is_inside = text.get(..at)?.ends_with(|c: char| c.is_ascii_alphanumeric() || "./:-年".contains(c));
        let year: i32 = text.get(at..at + 4)?.parse().ok()?;
        let name = text.get(at + 4..)?;
        let name = name.char_indices().nth(LONGEST).map_or(name, |(end, _)| name.get(..end).unwrap_or_default());
        let name = name.split(['，', '。', '、', ',', '；', '\n', '（', '(']).next()?;
        let is_name = name.chars().next().is_some_and(|c| is_han(c) && !COUNTED.contains(c));
        (!is_inside && is_name && EVENTS.iter().any(|event| name.contains(event))).then_some(year)
    })
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
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

/// Returns the year that most reports of a page tell of themselves, of those that tell one; `None` where no year has
/// more than half.
pub fn of_neighbours(told: &[Option<Witness>]) -> Option<i32> {
    let mut votes = BTreeMap::<i32, u32>::new();
    for witness in told.iter().flatten() {
        *votes.entry(witness.date.year()).or_default() += 1;
    }
    let all: u32 = votes.values().sum();
    votes.into_iter().find(|&(_, votes)| votes * 2 > all).map(|(year, _)| year)
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
