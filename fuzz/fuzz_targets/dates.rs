//! Any bytes as prose with dates in it: no panic, and the dates found stand in order and apart.
#![no_main]

use libfuzzer_sys::fuzz_target;
use xunwen::text::dates::mentions;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let mut end = 0;
    for mention in mentions(&text) {
        assert!(mention.span.start >= end && !mention.span.is_empty() && text.get(mention.span.clone()).is_some());
        end = mention.span.end;
    }
});
