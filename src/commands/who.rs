//! `who`: the reports of a person.

use super::ask::{Asked, asked};
use super::locate;
use crate::article::fields::Keyword;
use crate::article::{Grouping, Role, Unit};
use crate::cli::{AskArgs, UnitArg, WhoArgs};
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::index::{Result, Snapshot};
use crate::query::Query;
use crate::render::who::Person;
use crate::text::fold::fold;
use crate::ui::Ui;

/// Where nobody says, a span of so many months is counted by month; a longer one by year.
const MONTHS: usize = 36;
/// How many names like one that is not held are named.
const LIKE: usize = 5;

pub fn run(args: &WhoArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    if fold(&args.name).is_empty() {
        return Err(Failure::new(Exit::Usage, "没有写姓名").with_hint("例如 xunwen who 付凯明"));
    }
    let ask = AskArgs { index: args.index.clone(), now: args.now.clone(), ..AskArgs::default() };
    let Asked { query: filters, .. } = asked(&ask, &args.filters, around)?;
    let snapshot = locate::open(&args.index, around)?;
    let query = Query::Name(None, args.name.clone()).and(filters.clone());
    let unit = args.by.unit().unwrap_or(Unit::Month);
    let mut timeline = snapshot.timeline(&query, Some(unit))?;
    if args.by == UnitArg::Auto && timeline.periods.len() > MONTHS {
        timeline = snapshot.timeline(&query, Some(Unit::Year))?;
    }
    let mut roles = Vec::new();
    let mut with = Vec::new();
    for role in Role::ALL {
        let as_this = Query::Name(Some(role), args.name.clone()).and(filters.clone());
        let reports = snapshot.tally(&as_this, Grouping::Name(role))?.total;
        if reports > 0 {
            roles.push((role, reports));
        }
        let others = snapshot.tally(&query, Grouping::Name(role))?.counts.into_iter();
        with.extend(others.filter(|(name, _)| !means(&args.name, name)).map(|(name, reports)| (name, role, reports)));
    }
    with.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.cmp(&b.0)).then(a.1.cmp(&b.1)));
    let mut values = Vec::new();
    for keyword in [Keyword::Paper, Keyword::Column, Keyword::Page, Keyword::Source] {
        values.push((keyword, snapshot.tally(&query, Grouping::Keyword(keyword))?.counts));
    }
    let latest = snapshot.newest_first(&query, |_| true)?.take(args.number).collect::<Result<Vec<_>>>()?;
    let (canonical, total) = (query.to_string(), timeline.total);
    let person = Person {
        name: &args.name,
        canonical: &canonical,
        roles: &roles,
        timeline: &timeline,
        values: &values,
        with: &with,
        latest: &latest,
        most: args.number,
    };
    let style = ui.style();
    if args.json {
        person.write_json(ui.out())?;
    } else if total > 0 {
        person.write(ui.out(), style)?;
    }
    if total == 0 {
        ui.status("没有找到");
        say_likes(&args.name, &snapshot, &query, ui)?;
    }
    Ok(if total > 0 { Exit::Done } else { Exit::NothingFound })
}

/// Whether a name that is held is the one asked for, in which `?` is any one character.
fn means(asked: &str, held: &str) -> bool {
    let (asked, held): (Vec<char>, Vec<char>) = (fold(asked).chars().collect(), fold(held).chars().collect());
    asked.len() == held.len() && asked.iter().zip(&held).all(|(a, h)| matches!(a, '?' | '？') || a == h)
}

/// Says why there is nothing: filters, or a name that is held otherwise.
fn say_likes(name: &str, snapshot: &Snapshot, query: &Query, ui: &mut Ui) -> Result<()> {
    let alone = Query::Name(None, name.to_owned());
    let reports = snapshot.tally(&alone, Grouping::AnyName)?.total;
    if reports > 0 && alone != *query {
        ui.hint(&format!("{name} 有 {reports} 篇，但都被其余条件排除了"));
        return Ok(());
    }
    let all = snapshot.tally(&Query::And(Vec::new()), Grouping::AnyName)?;
    let likes = all.counts.iter().filter(|(held, _)| is_like(&fold(name), &fold(held))).take(LIKE);
    let likes: Vec<String> = likes.map(|(held, reports)| format!("{held}（{reports} 篇）")).collect();
    if !likes.is_empty() {
        ui.hint(&format!("是不是 {}？", likes.join("、")));
    }
    Ok(())
}

/// Whether two names, folded, are so much alike that one may be meant by the other: one holds the other, or they are as
/// long and differ in one character.
fn is_like(a: &str, b: &str) -> bool {
    let differing = || a.chars().zip(b.chars()).filter(|(a, b)| a != b).count();
    let (of_a, of_b) = (a.chars().count(), b.chars().count());
    let is_part = |part: &str, whole: &str, length| length > 1 && whole.contains(part);
    is_part(a, b, of_a) || is_part(b, a, of_b) || (of_a == of_b && of_a > 1 && differing() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_may_be_meant_are_alike() {
        for (a, b) in [("付凯明", "付凯铭"), ("凯明", "付凯明"), ("付凯明", "付凯")] {
            assert!(is_like(a, b), "{a} {b}");
        }
        for (a, b) in [("付凯明", "付大铭"), ("明", "付凯明"), ("王", "李")] {
            assert!(!is_like(a, b), "{a} {b}");
        }
        assert!(means("付?明", "付凯明") && !means("付凯", "付凯明"));
    }
}
