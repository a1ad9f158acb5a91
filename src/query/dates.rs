//! Dates as users type them: `2026`, `2026-02`, `20260227`, `2026年2月`, `A..B`, `A..`, `..B`, and days as people say
//! them (昨天, 上周, 近7天).

mod spoken;

use crate::article::PartialDate;
use crate::text::fold::fold_char;
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
    /// Reads a range as typed. Words like 昨天 count from `today`.
    ///
    /// # Errors
    /// One sentence of what is wrong with it.
    pub fn parse(text: &str, today: NaiveDate) -> Result<Self, String> {
        let typed = text.trim();
        let halves = ["..", "～", "~", "至", "到"].into_iter().find_map(|between| typed.split_once(between));
        let range = match halves {
            None => span(typed, today)?,
            Some(("", "")) => return Err("日期范围两端都是空的".to_owned()),
            Some((from, to)) => {
                let end = |text: &str| if text.is_empty() { Ok(Self::default()) } else { span(text, today) };
                Self { from: end(from)?.from, to: end(to)?.to }
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

/// Reads what stands at one end of a range, or alone: a day, or a span of days that has a name.
fn span(text: &str, today: NaiveDate) -> Result<DateRange, String> {
    let half: String = text.chars().filter_map(fold_char).collect();
    let known = spoken::span(&half, today).or_else(|| {
        let date = written(&half)?;
        Some((date.first_day(), date.last_day()))
    });
    let (from, to) = known.ok_or_else(|| match looks_like_a_day(&half) {
        true => format!("没有这一天：{text}"),
        false => format!(
            "不是日期：{text}（要写成 2026、2026-02、2026-02-27、20260227 或 2026年2月，也可以是 昨天、上周、近7天）"
        ),
    })?;
    Ok(DateRange { from: Some(from), to: Some(to) })
}

/// Reads a date with its year: digits of year, month and day parted by `-`, `/`, `.` or 年月日, or run together.
fn written(half: &str) -> Option<PartialDate> {
    let [year, month, day] = parts(half)?;
    let number = |part: &str, most: usize| -> Option<u32> {
        (!part.is_empty() && part.len() <= most && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse().ok())?
    };
    let year = i32::try_from(number(year?, 4).filter(|_| year.is_some_and(|year| year.len() == 4))?).ok()?;
    match (month, day) {
        (None, _) => PartialDate::year_only(year),
        (Some(month), None) => PartialDate::month_of(year, number(month, 2)?),
        (Some(month), Some(day)) => PartialDate::day_of(year, number(month, 2)?, number(day, 2)?),
    }
}

/// Cuts a date into year, month and day, as far as they are there.
fn parts(half: &str) -> Option<[Option<&str>; 3]> {
    if half.bytes().all(|b| b.is_ascii_digit()) {
        let cut = |from: usize, to: usize| half.get(from..to);
        return matches!(half.len(), 4 | 6 | 8).then(|| [cut(0, 4), cut(4, 6), cut(6, 8)]);
    }
    let mut parts = half.trim_end_matches(['年', '月', '日', '号']).split(['-', '/', '.', '年', '月']);
    let three = [parts.next(), parts.next(), parts.next()];
    parts.next().is_none().then_some(three)
}

/// Returns whether a text has the shape of a day, so that it is the calendar that has no such day.
fn looks_like_a_day(half: &str) -> bool {
    let of_digits = |part: Option<&str>| {
        part.is_none_or(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
    };
    parts(half).is_some_and(|[year, month, day]| {
        year.is_some_and(|year| year.len() == 4 || half.contains('月'))
            && month.is_some()
            && [year, month, day].into_iter().all(of_digits)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 31).unwrap() // a Tuesday
    }

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
            ("2026.2.27", "2026-02-27"),
            ("2026年2月27号", "2026-02-27"),
            ("2月27日", "2026-02-27"),
            ("2月", "2026-02-01..2026-02-28"),
            ("今天", "2026-03-31"),
            ("昨天", "2026-03-30"),
            ("前天", "2026-03-29"),
            ("本周", "2026-03-30..2026-04-05"),
            ("上周", "2026-03-23..2026-03-29"),
            ("本月", "2026-03-01..2026-03-31"),
            ("上个月", "2026-02-01..2026-02-28"),
            ("今年", "2026-01-01..2026-12-31"),
            ("去年", "2025-01-01..2025-12-31"),
            ("前年", "2024-01-01..2024-12-31"),
            ("去年12月", "2025-12-01..2025-12-31"),
            ("今年2月27日", "2026-02-27"),
            ("7d", "2026-03-25..2026-03-31"),
            ("近7天", "2026-03-25..2026-03-31"),
            ("最近七天", "2026-03-25..2026-03-31"),
            ("2w", "2026-03-18..2026-03-31"),
            ("近两周", "2026-03-18..2026-03-31"),
            ("1m", "2026-03-01..2026-03-31"),
            ("近三个月", "2026-01-01..2026-03-31"),
            ("近半年", "2025-10-01..2026-03-31"),
            ("近一年", "2025-04-01..2026-03-31"),
            ("1Y", "2025-04-01..2026-03-31"),
            ("近十二个月", "2025-04-01..2026-03-31"),
            ("第一季度", "2026-01-01..2026-03-31"),
            ("2025年四季度", "2025-10-01..2025-12-31"),
            ("上半年", "2026-01-01..2026-06-30"),
            ("去年下半年", "2025-07-01..2025-12-31"),
            ("上月..今天", "2026-02-01..2026-03-31"),
            ("2026年2月至3月5日", "2026-02-01..2026-03-05"),
            ("2026-02-24..2026-02-26", "2026-02-24..2026-02-26"),
            ("2025..2026-02", "2025-01-01..2026-02-28"),
            ("2026-02..", "2026-02-01.."),
            ("..2026-02", "..2026-02-28"),
        ] {
            assert_eq!(DateRange::parse(typed, today()).map(|r| r.to_string()), Ok(understood.to_owned()), "{typed}");
        }
    }

    #[test]
    fn what_is_no_date_says_so() {
        for typed in [
            "",
            "..",
            "明天",
            "2026-13",
            "2026-02-30",
            "26-02",
            "2026-02-27-1",
            "2026-03..2026-02",
            "20260",
            "7",
            "d",
            "0d",
            "近天",
            "近零天",
            "13月",
            "第五季度",
            "99999999999d",
            "999999y",
            "x月",
            "月",
            "年",
            "去年13月",
        ] {
            assert!(DateRange::parse(typed, today()).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_day_that_the_calendar_does_not_have_is_told_from_what_is_no_day() {
        let why = |typed: &str| DateRange::parse(typed, today()).unwrap_err();
        assert!(why("2026-02-30").contains("没有这一天") && why("2月30日").contains("没有这一天"));
        assert!(why("明天见").contains("不是日期"));
    }

    proptest! {
        #[test]
        fn a_range_prints_as_it_is_read(a in 0_i64..4_000_000, b in 0_i64..4_000_000) {
            let day = |n: i64| NaiveDate::from_num_days_from_ce_opt(1 + i32::try_from(n.min(b.max(a)) % 3_652_000).unwrap_or(1));
            let range = DateRange { from: day(a.min(b)), to: day(a.max(b)) };
            if range.from <= range.to {
                prop_assert_eq!(DateRange::parse(&range.to_string(), today()), Ok(range));
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,20}") {
            let _ = DateRange::parse(&text, today());
        }
    }
}
