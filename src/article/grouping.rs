//! By what reports can be counted: the values of a field, or the days, weeks, months and years of their dates.

use super::fields::{FIELDS, Field, Keyword, named};
use super::{PartialDate, Role};
use chrono::{Datelike as _, Days, Months, NaiveDate};

/// What reports are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Grouping {
    /// The people in one role.
    Name(Role),
    /// The people in any role.
    AnyName,
    /// A short value.
    Keyword(Keyword),
    /// What sort of item it is.
    Kind,
    /// The one date that filters and sorts, to so much of it.
    Date(Unit),
}

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// A day.
    Day,
    /// A week, from Monday to Sunday (ISO 8601).
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

/// The groupings that are no field of the field table: grouping, Chinese name, ASCII name.
const OTHERS: &[(Grouping, &str, &str)] = &[
    (Grouping::Kind, "体裁", "kind"),
    (Grouping::Date(Unit::Day), "日", "day"),
    (Grouping::Date(Unit::Week), "周", "week"),
    (Grouping::Date(Unit::Month), "月", "month"),
    (Grouping::Date(Unit::Year), "年", "year"),
];

impl Grouping {
    /// Returns the grouping that a name means: that of a field or its aliases, the JSON key of a role, 年 or `year`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let other = OTHERS.iter().find(|(_, label, ascii)| name == *label || name.eq_ignore_ascii_case(ascii));
        let role = || Role::ALL.into_iter().find(|role| name.eq_ignore_ascii_case(role.field())).map(Self::Name);
        other
            .map(|&(grouping, ..)| grouping)
            .or_else(|| named(name).and_then(|row| Self::of_field(row.field)))
            .or_else(role)
    }

    fn of_field(field: Field) -> Option<Self> {
        match field {
            Field::Name(role) => Some(Self::Name(role)),
            Field::AnyName => Some(Self::AnyName),
            Field::Keyword(keyword) => Some(Self::Keyword(keyword)),
            Field::Everything | Field::Text(_) | Field::Narrow(_) | Field::Date | Field::Id => None,
        }
    }

    /// Returns its Chinese name and its ASCII name.
    #[must_use]
    pub fn names(self) -> (&'static str, &'static str) {
        let mut all = Self::all();
        all.find(|(grouping, ..)| *grouping == self).map_or(("", ""), |(_, label, ascii)| (label, ascii))
    }

    /// Yields every grouping with its Chinese and its ASCII name.
    pub fn all() -> impl Iterator<Item = (Self, &'static str, &'static str)> {
        let fields = FIELDS.iter().filter_map(|row| {
            Some((Self::of_field(row.field)?, row.name, row.aliases.first().copied().unwrap_or_default()))
        });
        fields.chain(OTHERS.iter().copied())
    }
}

impl Unit {
    /// Returns the first day of the stretch that a day lies in.
    #[must_use]
    pub fn start(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::Day => Some(day),
            Self::Week => day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))),
            Self::Month => day.with_day(1),
            Self::Year => NaiveDate::from_ymd_opt(day.year(), 1, 1),
        }
        .unwrap_or(day)
    }

    /// Returns the first day of the stretch after the one that begins on a day; `None` at the calendar's end.
    #[must_use]
    pub fn next(self, start: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => start.succ_opt(),
            Self::Week => start.checked_add_days(Days::new(7)),
            Self::Month => start.checked_add_months(Months::new(1)),
            Self::Year => start.checked_add_months(Months::new(12)),
        }
    }

    /// Returns the last day of the stretch that begins on a day.
    #[must_use]
    pub fn end(self, start: NaiveDate) -> NaiveDate {
        self.next(start).and_then(|next| next.pred_opt()).unwrap_or(NaiveDate::MAX)
    }

    /// Returns the stretch that begins on a day as text: `2026`, `2026-02`, a day; a week by its Monday.
    #[must_use]
    pub fn label(self, start: NaiveDate) -> String {
        let date = match self {
            Self::Day | Self::Week => Some(PartialDate::from(start)),
            Self::Month => PartialDate::month_of(start.year(), start.month()),
            Self::Year => PartialDate::year_only(start.year()),
        };
        date.map(|date| date.to_string()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_grouping_is_found_by_both_its_names() {
        for (grouping, label, ascii) in Grouping::all() {
            assert_eq!((Grouping::named(label), Grouping::named(ascii)), (Some(grouping), Some(grouping)), "{label}");
            assert_eq!(grouping.names(), (label, ascii));
        }
        assert_eq!(Grouping::named("reporters"), Some(Grouping::Name(Role::Reporter)));
        assert_eq!((Grouping::named("正文"), Grouping::named("nothing")), (None, None));
    }

    #[test]
    fn a_week_begins_on_monday_also_over_new_year() {
        let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap();
        for (unit, within, first, last, label) in [
            (Unit::Week, "2026-03-01", "2026-02-23", "2026-03-01", "2026-02-23"),
            (Unit::Week, "2026-01-01", "2025-12-29", "2026-01-04", "2025-12-29"),
            (Unit::Month, "2024-02-29", "2024-02-01", "2024-02-29", "2024-02"),
            (Unit::Year, "2026-05-05", "2026-01-01", "2026-12-31", "2026"),
            (Unit::Day, "2026-05-05", "2026-05-05", "2026-05-05", "2026-05-05"),
        ] {
            let start = unit.start(day(within));
            assert_eq!((start, unit.end(start), unit.label(start).as_str()), (day(first), day(last), label));
        }
    }
}
