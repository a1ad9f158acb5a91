//! Which year, month and day a report's dates mean.
//!
//! Three dates are kept apart: of publication, of the dateline and of the event that the lead tells of. A text seldom
//! names the year; it is taken from the first of a fixed row of witnesses that has one, never from the clock, and what
//! no witness settles stays empty.

mod event;
mod founding;
mod resolve;
mod year;

use super::byline::{LeadIn, read_byline_line, read_lead_in, read_tail};
use super::{Known, Warning};
use crate::article::{Article, Basis, Kind, PartialDate};
use crate::text::dates::DateMention;
use crate::text::fold::fold_char;
use year::Witness;

/// Sets the dateline and event dates of the reports of one page, and the year of those that name none, each with its
/// basis; returns the conflicts found.
pub fn date_reports(articles: &mut [Article], known: &Known) -> Vec<Warning> {
    let mut warnings = Vec::<Warning>::new();
    for article in articles.iter_mut() {
        publish(article, known);
    }
    // Reading whole texts for their year is dear; where every report has an issue to go by, no text is asked.
    let in_doubt = articles.iter().any(|article| year::witnesses(article, known, None, None).is_empty());
    let heads: Vec<_> = articles.iter().map(Head::of).collect();
    let told_by = |(article, head)| if in_doubt { told(article, head) } else { None };
    let told: Vec<_> = articles.iter().zip(&heads).map(told_by).collect();
    let neighbours = year::of_neighbours(&told);
    for ((article, head), of_text) in articles.iter_mut().zip(&heads).zip(told) {
        let witnesses = year::witnesses(article, known, of_text, neighbours);
        // The reports of a page share their issue: what conflicts is said once.
        if let Some(message) = year::conflict(&witnesses)
            && warnings.iter().all(|warning| warning.message != message)
        {
            warnings.push(Warning::at(article.line, message));
        }
        date(article, head, &witnesses);
    }
    warnings
}

/// What stands at the head of a report.
struct Head {
    /// Where the lead-in ends and the news begins, in bytes of the first paragraph.
    news: usize,
    dateline: Option<(DateMention, Basis)>,
    /// The date of the event as the lead names it.
    event: Option<DateMention>,
}

impl Head {
    fn of(article: &Article) -> Self {
        let lead_in = article.body.first().and_then(|p| read_lead_in(&p.text));
        let news = lead_in.as_ref().map_or(0, |lead_in| lead_in.end);
        Self { news, dateline: dateline(article, lead_in.as_ref()), event: event::mention_of(article, news) }
    }
}

/// What a report says itself of its year, seen from the day that its dateline or lead names.
fn told(article: &Article, head: &Head) -> Option<Witness> {
    let of_dateline = head.dateline.as_ref().map(|(date, _)| date.clone()).filter(|date| date.month.is_some());
    let lead = of_dateline.or_else(|| head.event.clone());
    year::of_text(article, lead.as_ref())
}

/// Sets the date of publication from what is known of the file, unless the page itself has said it.
fn publish(article: &mut Article, known: &Known) {
    if let Some((date, basis)) = known.issue_date
        && article.published.is_none()
    {
        article.published = Some(date);
        article.basis.insert("published".to_owned(), basis);
    }
}

fn date(article: &mut Article, head: &Head, witnesses: &[Witness]) {
    if let Some((date, basis)) = &head.dateline
        && let Some((date, _)) = resolve::past(date, witnesses)
    {
        article.dateline_date = Some(date);
        article.basis.insert("dateline_date".to_owned(), *basis);
    }
    if let Some((date, basis)) = event::of(article, head.event.as_ref(), head.news, witnesses) {
        article.event_date = Some(date);
        article.basis.insert("event_date".to_owned(), basis);
    }
}

/// The date of the dateline: in the lead-in, else at the end of the text or on a line of its own (本报X1月1日电, 新华社X7月
/// 26日电 题：…).
fn dateline(article: &Article, lead_in: Option<&LeadIn>) -> Option<(DateMention, Basis)> {
    if let Some(date) = lead_in.and_then(|lead_in| lead_in.date.clone()) {
        return Some((date, Basis::Dateline));
    }
    if article.kind == Kind::Caption {
        return None;
    }
    let last = article.body.last().filter(|p| may_name_day(tail(&p.text)));
    let last = last.and_then(|p| read_tail(&p.text)).and_then(|(_, credit)| credit.date);
    let of_line = |line: &String| {
        read_byline_line(line).and_then(|credit| credit.date).or_else(|| read_lead_in(line).and_then(|lead| lead.date))
    };
    last.or_else(|| article.furniture.iter().filter(|line| may_name_day(line)).find_map(of_line))
        .filter(|date| date.day.is_some())
        .map(|date| (date, Basis::Dateline))
}

/// As much of a text's end as the reader of names there looks at, in bytes, and more.
fn tail(text: &str) -> &str {
    const REACH: usize = 2000;
    let start = (text.len().saturating_sub(REACH)..text.len()).find(|&at| text.is_char_boundary(at));
    start.and_then(|start| text.get(start..)).unwrap_or_default()
}

/// Whether a text can hold the date of a dateline: a look at its characters that saves the reading of most.
fn may_name_day(text: &str) -> bool {
    text.chars().filter_map(fold_char).any(|c| c.is_ascii_digit() || matches!(c, '日' | '号' | '天'))
}

/// A whole date, where a mention and a year make one that exists.
fn whole(mention: &DateMention, year: i32) -> Option<PartialDate> {
    PartialDate::day_of(year, mention.month?, mention.day?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Paragraph;

    fn article(paragraphs: &[&str]) -> Article {
        let body = paragraphs.iter().map(|text| Paragraph { text: (*text).to_owned(), lines: (1, 1) }).collect();
        Article { line: 1, body, ..Article::default() }
    }

    fn issue(date: &str, basis: Basis) -> Known {
        Known { issue_date: PartialDate::parse(date).map(|date| (date, basis)), ..Known::default() }
    }

    /// Dateline and event date of one report, with what the event's year comes from.
    fn dated(paragraphs: &[&str], known: &Known) -> (String, String, Option<Basis>) {
        let mut articles = [article(paragraphs)];
        date_reports(&mut articles, known);
        let [article] = articles;
        let shown = |date: Option<PartialDate>| date.map_or(String::new(), |date| date.to_string());
        (shown(article.dateline_date), shown(article.event_date), article.basis.get("event_date").copied())
    }

    #[test]
    fn the_year_comes_from_the_first_witness_that_has_one() {
        let nothing = Known::default();
        let given = Known { year: Some((2024, Basis::Given)), ..issue("2025-03-06", Basis::Path) };
        for (paragraphs, known, event, basis) in [
            (&["3月5日，区里开会。"][..], &nothing, "", None),
            (&["3月5日，区里召开2026年第3次会议。"], &nothing, "2026-03-05", Some(Basis::Text)),
            (
                &["3月5日，区里开会。", "今年是中国共产党成立105周年。"],
                &nothing,
                "2026-03-05",
                Some(Basis::Anniversary),
            ),
            (&["3月5日，区里开会。"], &issue("2025-03-06", Basis::Path), "2025-03-05", Some(Basis::Path)),
            (&["3月5日，区里召开2026年第3次会议。"], &given, "2024-03-05", Some(Basis::Given)),
            (&["2023年3月5日，区里开会。"], &given, "2023-03-05", Some(Basis::Text)),
        ] {
            let (_, date, from) = dated(paragraphs, known);
            assert_eq!((date.as_str(), from), (event, basis), "{paragraphs:?}");
        }
    }

    #[test]
    fn a_text_tells_its_year_by_what_belongs_to_its_own_story() {
        for (paragraphs, event) in [
            (&["3月5日，清淤船开进老运河。", "2031年2月20日，河长会已定下工期。"][..], "2031-03-05"),
            (&["1月5日，清淤船开进老运河。", "2030年12月28日，河长会已定下工期。"], "2031-01-05"),
            (&["3月5日，清淤船开进老运河。", "该公司2019年4月20日登记。"], ""),
            (&["3月5日，清淤船开进老运河。", "2019年11月20日，石桥断了。"], ""),
            (&["3月5日，河灯会六周年。", "2025年3月5日，第一盏灯点亮。"], ""),
            (&["3月5日，清淤船开进老运河。", "2030年3月1日有雨，2031年雨少。"], ""),
            (&["3月5日，2031新河龙舟公开赛开赛。"], "2031-03-05"),
            (&["3月5日，2031年“五一”黄金周的预订开始。"], "2031-03-05"),
            (&["3月5日，2000余名选手到新河参加大会。"], ""),
        ] {
            assert_eq!(dated(paragraphs, &Known::default()).1, event, "{paragraphs:?}");
        }
    }

    #[test]
    fn a_report_of_december_in_an_issue_of_january_is_of_the_year_before() {
        let known = issue("2020-01-02", Basis::PageHeader);
        let (dateline, event, _) = dated(&["新华社北京12月31日电（记者赵明）会议31日召开。"], &known);
        assert_eq!((dateline.as_str(), event.as_str()), ("2019-12-31", "2019-12-31"));
        let (dateline, event, _) = dated(&["本报滨江1月1日电 1月1日，雨。"], &known);
        assert_eq!((dateline.as_str(), event.as_str()), ("2020-01-01", "2020-01-01"));
    }

    #[test]
    fn the_date_behind_the_bracket_is_of_the_event() {
        let (dateline, event, _) = dated(&["本报讯(记者赵明)2月11日,区里开会"], &issue("2026-02-12", Basis::Record));
        assert_eq!((dateline.as_str(), event.as_str()), ("", "2026-02-11"));
    }

    #[test]
    fn days_are_counted_from_the_day_of_writing() {
        let known = issue("2008-04-15", Basis::Record);
        for (text, event) in [
            ("昨天凌晨，高速路上起火。", "2008-04-14"),
            ("前晚，厂里停电。", "2008-04-13"),
            ("今（15）日上午，大厦停电。", "2008-04-15"),
            ("昨日（4月14日），矿上停产。", "2008-04-14"),
            ("26日，桥修好了。", "2008-03-26"),
            ("滨江晚报4月12日消息：昨天下雨。", "2008-04-11"),
            ("近日，4月3日种下的树活了。", ""),
            ("新片将于4月24日上映。", "2008-04-24"),
            ("农历三月初三，庙会开始。", ""),
        ] {
            assert_eq!(dated(&[text], &known).1, event, "{text}");
        }
    }

    #[test]
    fn the_neighbours_on_a_page_tell_the_year() {
        let mut page = [article(&["3月5日，区里召开2026年第3次会议。"]), article(&["3月6日，雨。"])];
        date_reports(&mut page, &Known::default());
        let [_, second] = page;
        assert_eq!(second.event_date, PartialDate::parse("2026-03-06"));
        assert_eq!(second.basis.get("event_date"), Some(&Basis::Neighbours));
    }

    #[test]
    fn issues_that_disagree_are_reported_once_and_told_years_never() {
        let page = || {
            [article(&["3月5日，雨。", "今年是中国共产党成立105周年。"]), article(&["3月6日，2024年6月30日前完工。"])]
        };
        let mut unsettled = page();
        for report in &mut unsettled {
            report.published = PartialDate::parse("2025-03-06");
        }
        let warned = |mut page: [Article; 2], date| date_reports(&mut page, &issue(date, Basis::Path)).len();
        assert_eq!(warned(unsettled.clone(), "2025-03-12"), 1);
        assert_eq!(warned(unsettled, "2025-03-07"), 0);
        assert_eq!(warned(page(), "2025-03-07"), 0);
    }
}
