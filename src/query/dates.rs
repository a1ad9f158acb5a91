//! Dates as users type them: `2026`, `2026-02`, `20260227`, `2026年2月`, `A..B`, `A..`, `..B`.

use crate::article::PartialDate;
use chrono::NaiveDate;
use std::fmt;

/// A span of days, both ends included; an open end is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DateRange {
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
}

impl DateRange {
    /// Reads a range as typed.
    ///
    /// # Errors
    /// One sentence of what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let typed = text.trim();
        let range = match typed.split_once("..").or_else(|| typed.split_once('～')) {
            None => {
                let date = one(typed)?;
                Self { from: Some(date.first_day()), to: Some(date.last_day()) }
            }
            Some(("", "")) => return Err("日期范围两端都是空的".to_owned()),
            Some((from, to)) => {
                let end = |text: &str| if text.is_empty() { Ok(None) } else { one(text).map(Some) };
                Self { from: end(from)?.map(PartialDate::first_day), to: end(to)?.map(PartialDate::last_day) }
            }
        };
        match (range.from, range.to) {
            (Some(from), Some(to)) if from > to => Err(format!("日期范围的开头 {from} 在结尾 {to} 之后")),
            _ => Ok(range),
        }
    }

    /// Returns the days that both ranges hold.
    #[must_use]
    pub fn intersect(self, other: Self) -> Self {
        let later = |a: Option<NaiveDate>, b: Option<NaiveDate>| a.max(b); // None is the least
        let earlier = |a: Option<NaiveDate>, b: Option<NaiveDate>| match (a, b) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (one, None) | (None, one) => one,
        };
        Self { from: later(self.from, other.from), to: earlier(self.to, other.to) }
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => write!(f, "{from}"),
            (from, to) => {
                from.map_or(Ok(()), |day| write!(f, "{day}"))?;
                write!(f, "..")?;
                to.map_or(Ok(()), |day| write!(f, "{day}"))
            }
        }
    }
}

/// Reads one date: digits of year, month and day parted by `-`, `/`, `.` or 年月日, or run together.
fn one(text: &str) -> Result<PartialDate, String> {
    let wrong = || format!("不是日期：{text}（要写成 2026、2026-02、2026-02-27 或 20260227）");
    let half: String = text.trim().chars().filter_map(crate::text::fold::fold_char).collect();
    let parts: Vec<&str> = if half.bytes().all(|b| b.is_ascii_digit()) {
        match half.len() {
            4 | 6 | 8 => [half.get(..4), half.get(4..6), half.get(6..8)].into_iter().flatten().collect(),
            _ => return Err(wrong()),
        }
    } else {
        half.trim_end_matches(['年', '月', '日']).split(['-', '/', '.', '年', '月']).collect()
    };
    let number = |part: &&str, most: usize| -> Option<u32> {
        (!part.is_empty() && part.len() <= most && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse().ok())?
    };
    let year = parts.first().filter(|y| y.len() == 4).and_then(|y| number(y, 4)).and_then(|y| i32::try_from(y).ok());
    let year = year.ok_or_else(wrong)?;
    let date = match parts.get(1..).unwrap_or_default() {
        [] => PartialDate::year_only(year),
        [month] => number(month, 2).and_then(|month| PartialDate::month_of(year, month)),
        [month, day] => {
            number(month, 2).zip(number(day, 2)).and_then(|(month, day)| PartialDate::day_of(year, month, day))
        }
        _ => None,
    };
    date.ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_range_is_understood_in_each_form() {
        for (typed, understood) in [
            ("2026", "2026-01-01..2026-12-31"),
            ("2026-02", "2026-02-01..2026-02-28"),
            ("2026-2", "2026-02-01..2026-02-28"),
            ("202602", "2026-02-01..2026-02-28"),
            ("2026年2月", "2026-02-01..2026-02-28"),
            ("2026-02-27", "2026-02-27"),
            ("20260227", "2026-02-27"),
            ("２０２６年２月２７日", "2026-02-27"),
            ("2026/2/27", "2026-02-27"),
            ("2026-02-24..2026-02-26", "2026-02-24..2026-02-26"),
            ("2025..2026-02", "2025-01-01..2026-02-28"),
            ("2026-02..", "2026-02-01.."),
            ("..2026-02", "..2026-02-28"),
        ] {
            assert_eq!(DateRange::parse(typed).map(|r| r.to_string()), Ok(understood.to_owned()), "{typed}");
        }
    }

    #[test]
    fn what_is_no_date_says_so() {
        for typed in ["", "..", "明天", "2026-13", "2026-02-30", "26-02", "2026-02-27-1", "2026-03..2026-02", "20260"]
        {
            assert!(DateRange::parse(typed).is_err(), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn a_range_prints_as_it_is_read(a in 0_i64..4_000_000, b in 0_i64..4_000_000) {
            let day = |n: i64| NaiveDate::from_num_days_from_ce_opt(1 + i32::try_from(n.min(b.max(a)) % 3_652_000).unwrap_or(1));
            let range = DateRange { from: day(a.min(b)), to: day(a.max(b)) };
            if range.from <= range.to {
                prop_assert_eq!(DateRange::parse(&range.to_string()), Ok(range));
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,20}") {
            let _ = DateRange::parse(&text);
        }
    }
}
