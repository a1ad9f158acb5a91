//! What a path says of the file: the date of the issue and the page, where they are written in the usual forms.

mod rule;

pub use rule::{PathFound, PathRule};

use super::Known;
use crate::article::{Basis, PartialDate};

/// Reads `2026-02-25-A02.txt`, `20260312-02.txt`, `rmrb_20200101.txt`, `焦作日报/2026/02/27/A01.txt`; fills only what
/// is not known yet. `path` has `/` between its parts.
pub fn read_path(path: &str, known: &mut Known) {
    let stem =
        path.rsplit_once('.').map_or(path, |(stem, extension)| if extension.contains('/') { path } else { stem });
    let Some((date, rest)) = find_date(stem) else { return };
    known.issue_date.get_or_insert((date, Basis::Path));
    if let Some(page) = page_after(rest) {
        known.page.get_or_insert((page, Basis::Path));
    }
    let mut before = path.split('/').filter(|folder| PAPER_ENDINGS.iter().any(|ending| folder.ends_with(ending)));
    if let Some(paper) = before.next_back() {
        known.paper.get_or_insert((paper.to_owned(), Basis::Path));
    }
}

/// What the name of a newspaper ends in (the classes of 报纸 in the national list of periodicals).
const PAPER_ENDINGS: &[&str] = &["日报", "晚报", "晨报", "早报", "时报", "周报", "快报", "都市报", "商报", "青年报"];

/// Finds the last whole date of a path, with what follows it.
fn find_date(stem: &str) -> Option<(PartialDate, &str)> {
    let starts = stem.char_indices().filter(|&(at, c)| {
        let before = stem.get(..at).and_then(|before| before.chars().next_back());
        c.is_ascii_digit() && !before.is_some_and(|b| b.is_ascii_digit())
    });
    starts.rev().find_map(|(at, _)| date_at(stem.get(at..)?))
}

/// Reads `20260225`, `2026-02-25`, `2026/02/25`, `2026_02_25` or `2026.02.25` at the head of a text.
fn date_at(text: &str) -> Option<(PartialDate, &str)> {
    let digits = |from: usize, to: usize| -> Option<u32> {
        let part = text.get(from..to)?;
        part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok())?
    };
    let separator = text.get(4..5).filter(|s| matches!(*s, "-" | "/" | "_" | "."));
    let (month, day, end) = match separator {
        Some(separator) if text.get(7..8) == Some(separator) => (digits(5, 7)?, digits(8, 10)?, 10),
        Some(_) => return None,
        None => (digits(4, 6)?, digits(6, 8)?, 8),
    };
    let rest = text.get(end..)?;
    let year = digits(0, 4).filter(|year| (1800..=2200).contains(year))?;
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None; // a longer number, not a date
    }
    Some((PartialDate::day_of(i32::try_from(year).ok()?, month, day)?, rest))
}

/// Reads the page behind a date: `-A02-03`, `_02`, `/A01`, `-第05版`.
fn page_after(rest: &str) -> Option<String> {
    let part = rest.trim_start_matches(['-', '_', '/', ' ']).split(['-', '_', '/', ' ', '.']).next()?;
    let page = part.trim_start_matches('第').trim_end_matches('版').trim_start_matches('p');
    let number = page.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = page.len() - number.len();
    let is_page = letters <= 2 && (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    is_page.then(|| page.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_page_and_paper_are_read_from_the_usual_forms() {
        for (path, date, page, paper) in [
            ("corpus/2026-02-25-A02.txt", Some("2026-02-25"), Some("A02"), None),
            ("20260312-02.txt", Some("2026-03-12"), Some("02"), None),
            ("20260227-A01-03.txt", Some("2026-02-27"), Some("A01"), None),
            ("rmrb_20200101.txt", Some("2020-01-01"), None, None),
            ("焦作日报/2026/02/27/A01.txt", Some("2026-02-27"), Some("A01"), Some("焦作日报")),
            ("2020-01-04-p02.txt", Some("2020-01-04"), Some("02"), None),
            ("2026-01-15-A03-gbk.txt", Some("2026-01-15"), Some("A03"), None),
            ("高新区一周要闻.txt", None, None, None),
            ("1234567890.txt", None, None, None),
            ("2026-13-01.txt", None, None, None),
            ("", None, None, None),
        ] {
            let mut known = Known::default();
            read_path(path, &mut known);
            assert_eq!(known.issue_date.map(|(d, _)| d.to_string()).as_deref(), date, "{path}");
            assert_eq!(known.page.as_ref().map(|(p, _)| p.as_str()), page, "{path}");
            assert_eq!(known.paper.as_ref().map(|(p, _)| p.as_str()), paper, "{path}");
        }
    }

    #[test]
    fn what_is_stated_is_not_overwritten() {
        let stated = Some((PartialDate::year_only(1998).unwrap(), Basis::Given));
        let mut known = Known { issue_date: stated, ..Known::default() };
        read_path("20260312-02.txt", &mut known);
        assert_eq!(known.issue_date, stated);
    }

    proptest::proptest! {
        #[test]
        fn no_path_makes_it_panic(path in "[0-9年/._Ap -]{0,30}") {
            read_path(&path, &mut Known::default());
        }
    }
}
