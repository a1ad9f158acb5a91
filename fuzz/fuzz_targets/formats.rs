//! Any bytes as a file of any format, packed or not: no panic, no endless loop. The first byte chooses the format.
#![no_main]

use libfuzzer_sys::fuzz_target;
use xunwen::corpus::Known;
use xunwen::corpus::format::{FORMATS, Input, read};

fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let format = FORMATS.get(usize::from(*first));
    let _ = read(Input { bytes, name: "", encoding: None, format, known: &Known::default() });
});
