//! Any bytes as a query: no panic, the canonical text is read as the same query again, and a complaint points into what
//! was typed.
#![no_main]

use chrono::NaiveDate;
use libfuzzer_sys::fuzz_target;
use xunwen::query::parse;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let today = NaiveDate::from_ymd_opt(2031, 2, 3).unwrap_or_default();
    match parse(&text, today) {
        Ok(parsed) => {
            let canonical = parsed.query.to_string();
            let again = parse(&canonical, today).map(|again| again.query);
            assert_eq!(again.as_ref(), Ok(&parsed.query), "{canonical}");
        }
        Err(error) => assert!(error.query.get(error.span).is_some()),
    }
});
