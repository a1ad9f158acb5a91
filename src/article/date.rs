//! A calendar date known to the day, the month or only the year.
//!
//! It is a value, not a reader: how dates are read from text is `text::dates`' business, how users type ranges is
//! `query::dates`'.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A date of the Gregorian calendar of which the month or the day may be unknown.
///
/// Its text form is `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. A value is always a date that exists: the constructors
/// return `None` for 30 February.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartialDate {
    year: i16,
    month: Option<u8>,
    day: Option<u8>,
}

impl PartialDate {
    /// Returns the year, 1 to 9999; `None` outside that span.
    #[must_use]
    pub fn year_only(year: i32) -> Option<Self> {
        Some(Self { year: valid_year(year)?, month: None, day: None })
    }

    /// Returns the month of a year; `None` where there is no such month.
    #[must_use]
    pub fn month_of(year: i32, month: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(i32::from(valid_year(year)?), month, 1)?;
        Some(Self { year: valid_year(year)?, month: Some(u8::try_from(month).ok()?), day: None })
    }

    /// Returns a whole date; `None` where the calendar has no such day.
    #[must_use]
    pub fn day_of(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(i32::from(valid_year(year)?), month, day)?;
        Some(Self {
            year: valid_year(year)?,
            month: Some(u8::try_from(month).ok()?),
            day: Some(u8::try_from(day).ok()?),
        })
    }

    /// Returns the year.
    #[must_use]
    pub fn year(self) -> i32 {
        i32::from(self.year)
    }

    /// Returns the month, 1 to 12, where known.
    #[must_use]
    pub fn month(self) -> Option<u32> {
        self.month.map(u32::from)
    }

    /// Returns the day of the month, where known.
    #[must_use]
    pub fn day(self) -> Option<u32> {
        self.day.map(u32::from)
    }

    /// Returns whether the day is known.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.day.is_some()
    }

    /// Returns the first day that the date can mean.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        let (month, day) = (u32::from(self.month.unwrap_or(1)), u32::from(self.day.unwrap_or(1)));
        NaiveDate::from_ymd_opt(self.year(), month, day).unwrap_or(NaiveDate::MIN)
    }

    /// Returns the last day that the date can mean.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        let month = u32::from(self.month.unwrap_or(12));
        match self.day {
            Some(_) => self.first_day(),
            None => (28..=31)
                .rev()
                .find_map(|day| NaiveDate::from_ymd_opt(self.year(), month, day))
                .unwrap_or(NaiveDate::MAX),
        }
    }

    /// Reads the text form; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let number = |part: &str, digits: usize| -> Option<u32> {
            (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
        };
        let year = i32::try_from(number(parts.next()?, 4)?).ok()?;
        let month = parts.next().map(|part| number(part, 2));
        let day = parts.next().map(|part| number(part, 2));
        if parts.next().is_some() {
            return None;
        }
        match (month, day) {
            (None, _) => Self::year_only(year),
            (Some(month), None) => Self::month_of(year, month?),
            (Some(month), Some(day)) => Self::day_of(year, month?, day?),
        }
    }
}

impl From<NaiveDate> for PartialDate {
    fn from(date: NaiveDate) -> Self {
        use chrono::Datelike;
        Self::day_of(date.year(), date.month(), date.day()).unwrap_or(Self { year: 1, month: None, day: None })
    }
}

fn valid_year(year: i32) -> Option<i16> {
    (1..=9999).contains(&year).then(|| i16::try_from(year).ok())?
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("`{text}` is not a date")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_prints_as_it_is_read() {
        for text in ["2026", "2026-02", "2026-02-28", "0998-12-31"] {
            assert_eq!(PartialDate::parse(text).map(|d| d.to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["", "2026-2", "2026-02-30", "2026-13", "26-02-01", "2026-02-01-01", "+026", "0000"] {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_unknown_day_spans_its_month_and_an_unknown_month_its_year() {
        let span = |text| PartialDate::parse(text).map(|d| (d.first_day().to_string(), d.last_day().to_string()));
        assert_eq!(span("2024-02"), Some(("2024-02-01".into(), "2024-02-29".into())));
        assert_eq!(span("2026"), Some(("2026-01-01".into(), "2026-12-31".into())));
        assert_eq!(span("2026-02-03"), Some(("2026-02-03".into(), "2026-02-03".into())));
    }
}
