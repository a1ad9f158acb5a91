//! Which days and pages are held, paper by paper: as calendars, a day a line, JSON, CSV.

use super::csv::{self, Value};
use super::{Paint, Style};
use crate::article::Unit;
use crate::index::{Coverage, HeldDay};
use chrono::NaiveDate;
use serde_json::json;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// A paper, where reports name one, with its days.
pub type Paper = (Option<String>, Coverage);

/// Columns of the name of a month.
const LABEL: usize = 9;
/// The days that are named above a calendar.
const NAMED: [usize; 7] = [1, 5, 10, 15, 20, 25, 30];

/// Writes a calendar of each paper.
///
/// # Errors
/// When the writer fails.
pub fn write(out: &mut dyn Write, papers: &[Paper], style: Style) -> io::Result<()> {
    for (n, (paper, coverage)) in papers.iter().enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        heading(out, paper.as_deref(), coverage, style)?;
        calendar(out, coverage, style)?;
    }
    Ok(())
}

/// Writes the name of a paper and what is held of it in all.
fn heading(out: &mut dyn Write, paper: Option<&str>, coverage: &Coverage, style: Style) -> io::Result<()> {
    let name = style.coloured(Paint::Title, &style.safe(paper.unwrap_or("（未注明报纸）")));
    let without = match coverage.without {
        0 => String::new(),
        without => format!("，{without} 篇不知道是哪一天"),
    };
    writeln!(out, "{name}  {} 篇{without}", coverage.total)?;
    let (Some(first), Some(last)) = (coverage.days.first(), coverage.days.last()) else { return Ok(()) };
    let gaps = coverage.gaps();
    let days = |&(from, to): &(NaiveDate, NaiveDate)| (to - from).num_days() + 1;
    // Of several as long, the first.
    let longest = gaps.iter().rev().max_by_key(|gap| days(gap));
    let missing: i64 = gaps.iter().map(days).sum();
    let missing = match longest {
        None => String::new(),
        Some((from, to)) if from == to => format!("，缺 {missing} 天"),
        Some((from, to)) => format!("，缺 {missing} 天，最长 {from} 至 {to}"),
    };
    let told = format!("{} 至 {}，有 {} 天{missing}", first.day, last.day, coverage.days.len());
    writeln!(out, "{}", style.coloured(Paint::Dim, &told))
}

/// Writes a line a month, months without any report drawn together.
fn calendar(out: &mut dyn Write, coverage: &Coverage, style: Style) -> io::Result<()> {
    let days: BTreeMap<NaiveDate, &HeldDay> = coverage.days.iter().map(|held| (held.day, held)).collect();
    let (Some((&first, _)), Some((&last, _))) = (days.first_key_value(), days.last_key_value()) else { return Ok(()) };
    let mut ruler = String::new();
    for day in 1..=31 {
        ruler += &if NAMED.contains(&day) { format!("{day:>2}") } else { "  ".to_owned() };
    }
    writeln!(out, "{}{}", " ".repeat(LABEL - 1), style.coloured(Paint::Dim, ruler.trim_end()))?;
    let mut month = Some(Unit::Month.start(first));
    while let Some(start) = month.filter(|start| *start <= last) {
        let next = Unit::Month.next(start);
        let end = Unit::Month.end(start);
        if days.range(start..=end).next().is_none() {
            // `last` is held, so some month to come has a report.
            let held = days.range(end..).next().map_or(last, |(day, _)| *day);
            let resumed = Unit::Month.start(held);
            let until = resumed.pred_opt().map_or(start, |day| Unit::Month.start(day));
            let until = if until == start { String::new() } else { format!("至 {} ", Unit::Month.label(until)) };
            let label = Unit::Month.label(start);
            writeln!(out, "{}", style.coloured(Paint::Dim, &format!("{label}  {until}没有")))?;
            month = Some(resumed);
            continue;
        }
        let mut line = style.coloured(Paint::Date, &Unit::Month.label(start)) + &" ".repeat(LABEL - 7);
        for day in start.iter_days().take_while(|day| *day <= end) {
            let cell = match days.get(&day) {
                Some(held) => mark(held).to_string(),
                // Before the first day and after the last nothing is missing.
                None if day < first || day > last => " ".to_owned(),
                None => style.coloured(Paint::Dim, "."),
            };
            line += &cell;
            line.push(' ');
        }
        writeln!(out, "{}", line.trim_end())?;
        month = next;
    }
    Ok(())
}

/// Returns how many pages a day has, as one character.
fn mark(held: &HeldDay) -> char {
    match u32::try_from(held.pages.len()).ok().and_then(|pages| char::from_digit(pages, 10)) {
        Some('0') => 'o',
        Some(digit) => digit,
        None => '+',
    }
}

/// Writes a day a line: date, reports, pages.
///
/// # Errors
/// When the writer fails.
pub fn write_list(out: &mut dyn Write, papers: &[Paper], style: Style) -> io::Result<()> {
    for (n, (paper, coverage)) in papers.iter().enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        heading(out, paper.as_deref(), coverage, style)?;
        let mut before: Option<NaiveDate> = None;
        let digits = coverage.days.iter().map(|held| held.reports.to_string().len()).max().unwrap_or(1);
        for held in &coverage.days {
            if let Some((from, to)) = before.and_then(|day| Some((day.succ_opt()?, held.day.pred_opt()?)))
                && from <= to
            {
                let until = if from == to { String::new() } else { format!(" 至 {to}") };
                writeln!(out, "{}", style.coloured(Paint::Dim, &format!("{from}{until}  没有")))?;
            }
            let day = style.coloured(Paint::Date, &held.day.to_string());
            let pages = style.safe(&held.pages.join(" "));
            writeln!(out, "{}", format!("{day}  {:>digits$} 篇  {pages}", held.reports).trim_end())?;
            before = Some(held.day);
        }
    }
    Ok(())
}

/// Writes them as one JSON object.
///
/// # Errors
/// When the writer fails.
pub fn write_json(out: &mut dyn Write, papers: &[Paper]) -> io::Result<()> {
    let papers = papers.iter().map(|(paper, coverage)| {
        let day = |held: &HeldDay| json!({"date": held.day.to_string(), "reports": held.reports, "pages": held.pages});
        let gap = |(from, to): (NaiveDate, NaiveDate)| {
            json!({"from": from.to_string(), "to": to.to_string(), "days": (to - from).num_days() + 1})
        };
        json!({
            "paper": paper, "total": coverage.total, "without": coverage.without,
            "date_from": coverage.days.first().map(|held| held.day.to_string()),
            "date_to": coverage.days.last().map(|held| held.day.to_string()),
            "days": coverage.days.iter().map(day).collect::<Vec<_>>(),
            "gaps": coverage.gaps().into_iter().map(gap).collect::<Vec<_>>(),
        })
    });
    super::json::write_line(out, &json!({"v": super::json::VERSION, "papers": papers.collect::<Vec<_>>()}))
}

/// Writes a day a row as CSV.
///
/// # Errors
/// When the writer fails.
pub fn write_csv(out: &mut dyn Write, papers: &[Paper], bom: bool) -> io::Result<()> {
    let rows = papers.iter().flat_map(|(paper, coverage)| {
        coverage.days.iter().map(move |held| {
            let text = [paper.clone().unwrap_or_default(), held.day.to_string()].map(Value::Text);
            let rest = [Value::Number(held.reports), Value::Text(held.pages.join(" "))];
            text.into_iter().chain(rest).collect()
        })
    });
    csv::write(out, bom, &["paper", "date", "reports", "pages"], rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_a_line_and_months_without_any_are_one() {
        let held = |day: &str, pages: usize| HeldDay {
            day: day.parse().unwrap(),
            reports: 3,
            pages: (1..=pages).map(|n| n.to_string()).collect(),
        };
        let days = vec![held("2025-12-30", 2), held("2026-01-02", 12), held("2026-04-01", 0)];
        let coverage = Coverage { total: 9, without: 0, days };
        let mut out = Vec::new();
        write(&mut out, &[(Some("云岭日报".to_owned()), coverage)], Style::PIPE).unwrap();
        let out = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(lines[0], "云岭日报  9 篇");
        assert_eq!(lines[1], "2025-12-30 至 2026-04-01，有 3 天，缺 90 天，最长 2026-01-03 至 2026-03-31");
        let lines = &lines[1..];
        assert!(lines[1].starts_with("         1       5"), "{out}");
        assert_eq!(lines[2], format!("2025-12  {}2 .", " ".repeat(58)));
        assert_eq!(lines[3], format!("2026-01  . +{}", " .".repeat(29)));
        assert_eq!(lines[4..], ["2026-02  至 2026-03 没有", "2026-04  o"]);
    }
}
