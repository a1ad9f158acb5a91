//! Days as people say them, counted from a day: 昨天, 上周, 近三个月, `7d`, 去年下半年. Weeks begin on Monday.

use crate::article::PartialDate;
use chrono::{Datelike, Days, Months, NaiveDate};

type Span = (NaiveDate, NaiveDate);

/// Reads a folded text; `None` for anything that is said otherwise or lies beyond the calendar.
pub fn span(text: &str, today: NaiveDate) -> Option<Span> {
    named(text, today).or_else(|| last(text, today)).or_else(|| within_year(text, today))
}

fn named(text: &str, today: NaiveDate) -> Option<Span> {
    let day = |back: u64| today.checked_sub_days(Days::new(back)).map(|day| (day, day));
    let week = |back: u64| {
        let since_monday = u64::from(today.weekday().num_days_from_monday());
        let monday = today.checked_sub_days(Days::new(since_monday + 7 * back))?;
        Some((monday, monday.checked_add_days(Days::new(6))?))
    };
    let month = |back: u32| {
        let day = today.checked_sub_months(Months::new(back))?;
        whole(PartialDate::month_of(day.year(), day.month())?)
    };
    match text {
        "今天" | "今日" => day(0),
        "昨天" | "昨日" => day(1),
        "前天" | "前日" => day(2),
        "本周" | "这周" | "这一周" => week(0),
        "上周" | "上一周" => week(1),
        "本月" | "这个月" => month(0),
        "上月" | "上个月" => month(1),
        _ => None,
    }
}

/// Reads the last so many days, weeks, months or years, today included: `7d`, 近7天, 最近三个月, 近半年.
fn last(text: &str, today: NaiveDate) -> Option<Span> {
    let said = text.strip_prefix("最近").or_else(|| text.strip_prefix('近'));
    let (count, unit) = match said {
        Some("半年") => (6, 'm'),
        Some(said) => {
            let unit = said.find(['天', '日', '周', '个', '月', '年'])?;
            let (count, unit) = said.split_at_checked(unit)?;
            let unit = match unit {
                "天" | "日" => 'd',
                "周" | "个星期" => 'w',
                "月" | "个月" => 'm',
                "年" => 'y',
                _ => return None,
            };
            (number(count)?, unit)
        }
        None => {
            let unit = text.chars().last().filter(|unit| matches!(unit, 'd' | 'w' | 'm' | 'y'))?;
            (digits(text.strip_suffix(unit)?)?, unit)
        }
    };
    let tomorrow = today.succ_opt()?;
    let first = match unit {
        'd' => tomorrow.checked_sub_days(Days::new(u64::from(count)))?,
        'w' => tomorrow.checked_sub_days(Days::new(u64::from(count) * 7))?,
        'm' => today.checked_sub_months(Months::new(count))?.succ_opt()?,
        _ => today.checked_sub_months(Months::new(count.checked_mul(12)?))?.succ_opt()?,
    };
    (count > 0 && first.year() > 0).then_some((first, today))
}

/// Reads a year that is said, and what is said of a year: 去年, 去年12月, 2月27日, 上半年, 2025年第四季度.
fn within_year(text: &str, today: NaiveDate) -> Option<Span> {
    let said = [("今年", 0), ("去年", 1), ("前年", 2)]
        .into_iter()
        .find_map(|(said, back)| text.strip_prefix(said).map(|rest| (today.year() - back, rest)));
    let written = || {
        let (year, rest) = text.split_once('年').filter(|(year, _)| year.len() == 4)?;
        Some((i32::try_from(digits(year)?).ok()?, rest))
    };
    let with_year = said.or_else(written);
    let (year, rest) = with_year.unwrap_or((today.year(), text));
    let months = |first: u32, last: u32| {
        Some((PartialDate::month_of(year, first)?.first_day(), PartialDate::month_of(year, last)?.last_day()))
    };
    if let Some(quarter) = rest.strip_suffix("季度") {
        let quarter = number(quarter.strip_prefix('第').unwrap_or(quarter)).filter(|n| (1..=4).contains(n))?;
        return months(3 * quarter - 2, 3 * quarter);
    }
    match rest {
        "" if with_year.is_some() => whole(PartialDate::year_only(year)?),
        "上半年" => months(1, 6),
        "下半年" => months(7, 12),
        _ => {
            let (month, day) = rest.trim_end_matches(['日', '号']).split_once('月')?;
            let month = digits(month)?;
            match day {
                "" if rest.ends_with('月') => whole(PartialDate::month_of(year, month)?),
                "" => None,
                day => whole(PartialDate::day_of(year, month, digits(day)?)?),
            }
        }
    }
}

fn whole(date: PartialDate) -> Option<Span> {
    Some((date.first_day(), date.last_day()))
}

fn digits(text: &str) -> Option<u32> {
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

/// Reads digits, or a Chinese number up to 九十九.
fn number(text: &str) -> Option<u32> {
    let digit = |c: char| "零一二三四五六七八九".chars().position(|d| d == c).or((c == '两').then_some(2));
    let one = |text: &str, empty: u32| {
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (None, _) => Some(empty),
            (Some(c), None) => digit(c).and_then(|digit| u32::try_from(digit).ok()),
            (Some(_), Some(_)) => None,
        }
    };
    match text.split_once('十') {
        _ if text.is_empty() => None,
        Some((tens, ones)) => Some(one(tens, 1)? * 10 + one(ones, 0)?),
        None => digits(text).or_else(|| one(text, 0)),
    }
}
