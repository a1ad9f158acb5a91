//! Plain text: a newspaper page of many reports, or one report.

use super::Input;
use crate::corpus::decode::{NotText, decode};
use crate::corpus::{Reading, Warning, page};

/// Decodes a file and reads it as page text.
pub fn read(input: Input<'_>) -> Result<Reading, NotText> {
    let decoded = decode(input.bytes, input.encoding)?;
    let mut reading = page::read_page(&decoded.text, input.known);
    if decoded.replaced > 0 {
        let message = format!("按 {} 解码时有 {} 处无法识别，已用 \u{fffd} 代替", decoded.encoding, decoded.replaced);
        reading.warnings.insert(0, Warning { line: None, message });
    }
    Ok(reading)
}
