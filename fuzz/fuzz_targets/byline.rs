//! Any bytes as a line or paragraph that may name people: no panic, and what is read ends on a character.
#![no_main]

use libfuzzer_sys::fuzz_target;
use xunwen::corpus::byline::{read_byline_line, read_editor_line, read_lead_in, read_photo_credit, read_tail};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    if let Some(lead_in) = read_lead_in(&text) {
        assert!(text.is_char_boundary(lead_in.end));
    }
    if let Some((start, _)) = read_tail(&text) {
        assert!(text.is_char_boundary(start));
    }
    for credit in [read_byline_line(&text), read_photo_credit(&text), read_editor_line(&text)].into_iter().flatten() {
        assert!(credit.date.is_none_or(|date| text.get(date.span).is_some()));
    }
});
