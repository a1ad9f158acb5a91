//! Any bytes as the text of a page: no panic, no endless loop, and no visible character lost or doubled.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::collections::BTreeMap;
use xunwen::corpus::Known;
use xunwen::corpus::page::read_page;
use xunwen::text::fold::fold;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let articles = read_page(&text, &Known::default()).articles;
    if articles.is_empty() {
        return;
    }
    let mut kept = String::new();
    for article in &articles {
        for part in [&article.title, &article.kicker, &article.subtitle].into_iter().flatten() {
            kept.push_str(part);
        }
        for paragraph in &article.body {
            assert!(paragraph.lines.0 <= paragraph.lines.1);
            kept.push_str(&paragraph.text);
        }
        article.furniture.iter().for_each(|line| kept.push_str(line));
    }
    assert_eq!(characters(&kept), characters(&text));
});

fn characters(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    fold(text).chars().for_each(|c| *counts.entry(c).or_default() += 1);
    counts
}
