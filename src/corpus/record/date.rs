//! Dates as records state them: in digits with any separators, as numbers, in English, in Chinese.

use crate::article::PartialDate;
use crate::text::dates::mentions;
use crate::text::fold::fold_char;
use chrono::{DateTime, Datelike as _};

/// The offset of China's clocks, in seconds: a moment given as a number has the date that it had there.
const CHINA: i64 = 8 * 3600;
/// News has dates between these years.
const YEARS: std::ops::RangeInclusive<i32> = 1800..=2200;
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads a value as a date; `None` where it is none.
pub fn read(value: &str) -> Option<PartialDate> {
    /// No way to write a moment is longer.
    const LONGEST: usize = 80;
    if value.len() > LONGEST {
        return None;
    }
    let folded = |c: char| if c.is_whitespace() { Some(' ') } else { fold_char(c) };
    let text: String = value.trim().chars().filter_map(folded).collect();
    let date = number(&text).or_else(|| parted(&text)).or_else(|| english(&text)).or_else(|| chinese(&text))?;
    YEARS.contains(&date.year()).then_some(date)
}

/// `20230728`, `20230728102030`, `202307`, `2023`, and seconds or milliseconds since 1970.
fn number(text: &str) -> Option<PartialDate> {
    let digits = text.strip_suffix(".0").unwrap_or(text);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize, to: usize| digits.get(from..to)?.parse::<u32>().ok();
    let year = || i32::try_from(part(0, 4)?).ok().filter(|year| YEARS.contains(year));
    let day = || PartialDate::day_of(year()?, part(4, 6)?, part(6, 8)?);
    match digits.len() {
        4 => PartialDate::year_only(year()?),
        6 => PartialDate::month_of(year()?, part(4, 6)?),
        8 | 12 | 14 => day(),
        // 2023072810 is an hour of a day; as a moment it would be in 2034.
        10 => day().filter(|_| part(8, 10).is_some_and(|hour| hour < 24)).or_else(|| moment(digits.parse().ok()?)),
        13 => moment(digits.parse::<i64>().ok()? / 1000),
        _ => None,
    }
}

fn moment(seconds: i64) -> Option<PartialDate> {
    let date = DateTime::from_timestamp(seconds.checked_add(CHINA)?, 0)?;
    PartialDate::day_of(date.year(), date.month(), date.day())
}

/// `2023-7-28 10:20`, `2023/07/28`, `2023.07.28`, `2023-07`, `2023-07-28T10:20:30+08:00`.
fn parted(text: &str) -> Option<PartialDate> {
    let (year, rest) = digits(text, 4, 4)?;
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.' | '_'))?;
    let (month, rest) = digits(rest.strip_prefix(separator)?, 1, 2)?;
    let year = i32::try_from(year).ok()?;
    match rest.strip_prefix(separator) {
        None if rest.is_empty() => PartialDate::month_of(year, month),
        None => None,
        Some(rest) => {
            let (day, rest) = digits(rest, 1, 2)?;
            let ends = !rest.starts_with(|c: char| c.is_ascii_digit());
            PartialDate::day_of(year, month, day).filter(|_| ends)
        }
    }
}

fn digits(text: &str, fewest: usize, most: usize) -> Option<(u32, &str)> {
    let length = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at_checked(length)?;
    (length >= fewest).then(|| Some((digits.parse().ok()?, rest)))?
}

/// `Fri, 28 Jul 2023 10:20:30 GMT`, `July 28, 2023`.
fn english(text: &str) -> Option<PartialDate> {
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let month = words.iter().find_map(|word| {
        let is_word = word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        MONTHS.iter().position(|month| is_word && word.starts_with(month))
    })?;
    let of_length = |fewest, most| {
        let fits = move |word: &&&str| (fewest..=most).contains(&word.len());
        words.iter().filter(fits).find_map(|word| word.parse::<u32>().ok())
    };
    PartialDate::day_of(i32::try_from(of_length(4, 4)?).ok()?, u32::try_from(month + 1).ok()?, of_length(1, 2)?)
}

fn chinese(text: &str) -> Option<PartialDate> {
    let mention = mentions(text).into_iter().find(|mention| mention.year.is_some() && !mention.lunar)?;
    match (mention.year?, mention.month, mention.day) {
        (year, Some(month), Some(day)) => PartialDate::day_of(year, month, day),
        (year, Some(month), None) => PartialDate::month_of(year, month),
        (year, ..) => PartialDate::year_only(year),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_files_write_them() {
        for (value, date) in [
            ("2023-07-28", Some("2023-07-28")),
            ("2023-7-8 10:20:30", Some("2023-07-08")),
            ("2023/07/28", Some("2023-07-28")),
            ("2023.7.28", Some("2023-07-28")),
            ("2023-07", Some("2023-07")),
            ("2023-07-28T10:20:30+08:00", Some("2023-07-28")),
            ("20230728", Some("2023-07-28")),
            ("20230728102030", Some("2023-07-28")),
            ("2023072810", Some("2023-07-28")),
            ("1690480800", Some("2023-07-28")),
            ("1690480800000", Some("2023-07-28")),
            ("2023", Some("2023")),
            ("2023年7月28日 10:20", Some("2023-07-28")),
            ("２０２３年７月２８日", Some("2023-07-28")),
            ("2023年7月", Some("2023-07")),
            ("Fri, 28 Jul 2023 10:20:30 GMT", Some("2023-07-28")),
            ("July 28, 2023", Some("2023-07-28")),
            ("2023-02-30", None),
            ("昨天", None),
            ("1", None),
            ("", None),
        ] {
            assert_eq!(read(value).map(|date| date.to_string()).as_deref(), date, "{value}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_value_makes_it_panic(value in "[0-9年月日 /.:T一二-]{0,24}|\\PC{0,30}") {
            let _ = read(&value);
        }
    }
}
