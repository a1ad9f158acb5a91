//! What is shown is held against what is stored: a hit that does not hold what was asked betrays a damaged index.
//!
//! Decides nothing about what matches; an index that is whole never comes to be contradicted here.

use super::Report;
use super::tokens::whole;
use super::verify::Verifier;
use crate::article::Role;
use crate::article::fields::Keyword;
use crate::query::Query;

/// Returns whether a report, as it is stored, cannot be a hit of a query.
#[must_use]
pub fn contradicts(query: &Query, report: &Report) -> bool {
    told(query, report) == Some(false)
}

/// Returns whether a report matches; `None` where the stored report alone does not tell.
fn told(query: &Query, report: &Report) -> Option<bool> {
    let article = &report.article;
    match query {
        Query::Term(_) | Query::Wild(_) | Query::Near(_) | Query::Times(_) | Query::Pattern(..) => {
            Some(Verifier::new(query)?.holds(article))
        }
        Query::Name(role, name) => {
            let roles: &[Role] = role.as_ref().map_or(&Role::ALL, std::slice::from_ref);
            let wanted = whole(name);
            has_no_pattern(name)
                .then(|| roles.iter().flat_map(|&role| article.byline.of(role)).any(|known| whole(known) == wanted))
        }
        Query::Keyword(keyword, value) => {
            has_no_pattern(value).then(|| keyword.of(article).is_some_and(|known| whole(known) == whole(value)))
        }
        Query::Pages(pages) => {
            let page = whole(Keyword::Page.of(article)?);
            Some(pages.spellings().any(|spelling| spelling == page))
        }
        Query::Id(prefix) => Some(report.id.to_string().starts_with(&prefix.to_ascii_lowercase())),
        Query::Date(range) => {
            let (date, _) = article.date()?;
            let after = range.from.is_none_or(|from| date.first_day() >= from);
            Some(after && range.to.is_none_or(|to| date.last_day() <= to))
        }
        Query::And(parts) => parts.iter().map(|part| told(part, report)).fold(Some(true), both),
        Query::Or(parts) => {
            parts.iter().map(|part| told(part, report).map(|is| !is)).fold(Some(true), both).map(|no| !no)
        }
        Query::Not(part) => told(part, report).map(|is| !is),
    }
}

/// A value with a wildcard is not compared here.
fn has_no_pattern(value: &str) -> bool {
    !value.contains(['?', '？', '*'])
}

/// Conjunction: what is false stays so, whatever is not known.
fn both(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        (None, _) | (_, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Paragraph, ReportId};
    use crate::query::parse;

    fn report() -> Report {
        let mut article =
            Article { title: Some("养老服务".into()), page: Some("A02".into()), ..Article::default() };
        article.byline.reporters.push("付凯明".into());
        article.body.push(Paragraph { text: "昨日，社区开工。".into(), lines: (1, 1) });
        Report { id: ReportId::of("a", "b", None, 1), file: "b".into(), article }
    }

    #[test]
    fn a_report_is_contradicted_by_what_it_does_not_hold_and_by_nothing_else() {
        let contradicted = |query: &str| contradicts(&parse(query, chrono::NaiveDate::MIN).unwrap().query, &report());
        for query in
            ["养老", "社区 -医院", "医院|养老", "记者:付凯明", "版:1-4|版:A01-A03", "日期:2026", "养老 /社.开/"]
        {
            assert!(!contradicted(query), "{query}");
        }
        for query in ["医院", "养老 医院", "社区 -养老", "记者:孙兵", "版:A03", "日期:2026 医院", "养老{2,}"]
        {
            assert!(contradicted(query), "{query}");
        }
    }
}
