//! Any bytes as a text in any encoding: no panic, and what is UTF-8 comes out as it is.
#![no_main]

use libfuzzer_sys::fuzz_target;
use xunwen::corpus::decode::decode;

fuzz_target!(|bytes: &[u8]| {
    let decoded = decode(bytes, None);
    if let (Ok(text), Ok(decoded)) = (std::str::from_utf8(bytes), decoded)
        && decoded.encoding == "UTF-8"
    {
        assert_eq!(&*decoded.text, text.strip_prefix('\u{feff}').unwrap_or(text));
    }
});
