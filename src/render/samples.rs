//! Made-up hits that the tests of this room share.

use crate::article::{Article, Basis, Paragraph, PartialDate, ReportId};
use crate::index::{Hit, Mark, MarkKind, Report, Snippet};

/// A hit with something in most of its fields.
pub fn hit() -> Hit {
    let mut article = Article {
        key: Some("k-9".into()),
        line: 3,
        title: Some("社区食堂开张".into()),
        subtitle: Some("老人吃上热饭".into()),
        source: Some("本报".into()),
        paper: Some("云岭日报".into()),
        page: Some("A02".into()),
        published: PartialDate::day_of(2026, 2, 4),
        event_date: PartialDate::month_of(2026, 1),
        furniture: vec!["责编 孙兵".into()],
        ..Article::default()
    };
    article.byline.reporters = vec!["付凯明".into(), "李慧敏".into()];
    article.body = ["本报讯 社区食堂昨天开张。", "头一天来了八十人。"]
        .iter()
        .zip(4..)
        .map(|(text, line)| Paragraph { text: (*text).to_owned(), lines: (line, line) })
        .collect();
    article.basis.insert("published".into(), Basis::PageHeader);
    article.extra.insert("稿号".into(), "X-17".into());
    let marks = vec![Mark { start: 4, end: 8, byte_start: 10, byte_end: 22, kind: MarkKind::Exact }];
    let text = "本报讯 社区食堂昨天开张。".to_owned();
    Hit {
        rank: 2,
        score: 1.25,
        report: Report { id: ReportId::from_bits(77), file: "corpus/a.txt".into(), article },
        copies: vec![ReportId::from_bits(78)],
        snippets: vec![Snippet { field: "body", text, marks, cut: (false, true) }],
    }
}

/// A hit with nothing in it that may be missing.
pub fn bare_hit() -> Hit {
    let report = Report { id: ReportId::from_bits(1), file: "a".into(), article: Article::default() };
    Hit { rank: 1, score: 0.0, report, copies: Vec::new(), snippets: Vec::new() }
}
