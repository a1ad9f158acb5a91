//! From a date as written to a day of the calendar.

use super::whole;
use super::year::Witness;
use crate::article::{Basis, PartialDate};
use crate::text::dates::{DateMention, Relative};
use chrono::{Days, Months, NaiveDate};

/// Time zones: news dated a day later than the paper.
const TOLERANCE: Days = Days::new(1);
/// A date may follow the latest whole date of its text by so much and be of the same year.
const AHEAD: u64 = 40;

/// Returns the day that a date of something past means: the latest that no witness forbids. The basis is that of the
/// year, `None` where the text writes it.
pub fn past(mention: &DateMention, witnesses: &[Witness]) -> Option<(PartialDate, Option<Basis>)> {
    if let Some(year) = mention.year {
        return Some((whole(mention, year)?, None));
    }
    let witness = witnesses.first()?;
    let (month, day) = (mention.month, mention.day?);
    let date = match month {
        Some(month) => month_and_day(month, day, witness)?,
        None => day_alone(day, witness.date.is_whole().then(|| witness.date.first_day())?)?,
    };
    Some((date, Some(witness.basis)))
}

fn month_and_day(month: u32, day: u32, witness: &Witness) -> Option<PartialDate> {
    let year = witness.date.year();
    if !witness.is_issue && !witness.date.is_whole() {
        return PartialDate::day_of(year, month, day);
    }
    let latest = if witness.is_issue {
        witness.date.last_day().checked_add_days(TOLERANCE)?
    } else {
        witness.date.last_day().checked_add_days(Days::new(AHEAD))?
    };
    [year + 1, year, year - 1]
        .into_iter()
        .filter_map(|year| PartialDate::day_of(year, month, day))
        .find(|date| date.first_day() <= latest)
}

/// Returns the day nearest to what the first witness says, for dates of what is to come.
pub fn nearest(mention: &DateMention, witnesses: &[Witness]) -> Option<(PartialDate, Option<Basis>)> {
    if let Some(year) = mention.year {
        return Some((whole(mention, year)?, None));
    }
    let witness = witnesses.first()?;
    let year = witness.date.year();
    let date = if witness.date.is_whole() {
        let distance = |date: &PartialDate| (date.first_day() - witness.date.first_day()).num_days().abs();
        [year - 1, year, year + 1].into_iter().filter_map(|year| whole(mention, year)).min_by_key(distance)?
    } else {
        whole(mention, year)?
    };
    Some((date, Some(witness.basis)))
}

/// The latest day of that number that is not after the given one.
pub fn day_alone(day: u32, anchor: NaiveDate) -> Option<PartialDate> {
    use chrono::Datelike;
    let latest = anchor.checked_add_days(TOLERANCE)?;
    (0..3)
        .filter_map(|back| anchor.checked_sub_months(Months::new(back)))
        .chain([latest])
        .filter_map(|month| NaiveDate::from_ymd_opt(month.year(), month.month(), day))
        .filter(|date| *date <= latest)
        .max()
        .map(PartialDate::from)
}

/// The day that is so many days from the given one.
pub fn counted(relative: Relative, anchor: NaiveDate) -> Option<PartialDate> {
    let Relative::Day(days) = relative else { return None };
    let distance = Days::new(u64::from(days.unsigned_abs()));
    let date = if days < 0 { anchor.checked_sub_days(distance) } else { anchor.checked_add_days(distance) };
    date.map(PartialDate::from)
}
