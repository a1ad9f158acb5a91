//! Any bytes as a query on the first line and a report below it: no panic, and every mark lies on characters of its
//! passage, behind the mark before it.
#![no_main]

use chrono::NaiveDate;
use libfuzzer_sys::fuzz_target;
use xunwen::article::{Article, Paragraph};
use xunwen::index::{Wanted, snippets};
use xunwen::query::parse;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (query, text) = text.split_once('\n').unwrap_or((&text, ""));
    let today = NaiveDate::from_ymd_opt(2031, 2, 3).unwrap_or_default();
    let Ok(parsed) = parse(query, today) else { return };
    let words: Vec<String> = query.split_whitespace().map(xunwen::text::fold::fold).collect();
    let mut lines = text.lines().map(str::to_owned);
    let mut article = Article { title: lines.next(), ..Article::default() };
    article.body = lines.map(|text| Paragraph { text, lines: (1, 1) }).collect();
    for snippet in snippets(&article, &Wanted::new(&parsed.query, &words)) {
        let mut end = 0;
        for mark in snippet.marks {
            assert!(mark.byte_start >= end && mark.byte_start < mark.byte_end);
            let (Some(before), Some(marked)) =
                (snippet.text.get(..mark.byte_start), snippet.text.get(mark.byte_start..mark.byte_end))
            else {
                panic!("a mark inside a character");
            };
            assert_eq!(before.chars().count(), mark.start);
            assert_eq!(marked.chars().count(), mark.end - mark.start);
            end = mark.byte_end;
        }
    }
});
