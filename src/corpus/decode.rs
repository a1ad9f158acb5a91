//! Bytes to text: which encoding a file is in, decided from the whole of it and never from its beginning.

use encoding_rs::{Encoding, GB18030, UTF_8};

/// A file's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark; line ends as they were.
    pub text: String,
    /// The name of the encoding.
    pub encoding: &'static str,
    /// How many places could not be read and stand as U+FFFD.
    pub replaced: usize,
}

/// Why bytes are no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotText {
    /// Holds bytes that no text has.
    #[error("是二进制文件，不是文本（第 {0} 字节为 0）")]
    Binary(usize),
    /// Is in none of the encodings known here.
    #[error("不是 UTF-8 也不是 GB18030 编码的文本")]
    UnknownEncoding,
    /// The encoding asked for is not known by that name.
    #[error("没有名为 {0} 的编码")]
    NoSuchEncoding(String),
}

/// How much of a text may be unreadable before it counts as being in another encoding: one place in a hundred.
const READABLE: usize = 100;

/// Decodes a whole file: by its byte order mark, else as UTF-8, else as GB18030; or by the encoding stated.
///
/// # Errors
/// When it is no text, or in an encoding not known here.
pub fn decode(bytes: &[u8], stated: Option<&str>) -> Result<Decoded, NotText> {
    if let Some(label) = stated {
        let encoding =
            Encoding::for_label(label.as_bytes()).ok_or_else(|| NotText::NoSuchEncoding(label.to_owned()))?;
        return Ok(decoded(bytes, encoding));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(decoded(bytes.get(mark..).unwrap_or_default(), encoding));
    }
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        return Err(NotText::Binary(at + 1));
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok(decoded(bytes, UTF_8));
    }
    let chinese = decoded(bytes, GB18030);
    if chinese.replaced * READABLE <= chinese.text.chars().count() {
        Ok(chinese)
    } else {
        Err(NotText::UnknownEncoding)
    }
}

fn decoded(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    // In UTF-8 a replacement character may be the file's own; in the others none can be.
    let own =
        if encoding == UTF_8 { std::str::from_utf8(bytes).map_or(0, |t| t.matches('\u{fffd}').count()) } else { 0 };
    let replaced = text.matches('\u{fffd}').count().saturating_sub(own);
    Decoded { text: text.into_owned(), encoding: encoding.name(), replaced }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "本报讯(记者孙　兵)1月15日,北𨟠村的食堂开张。";

    #[test]
    fn utf_8_and_gb18030_come_out_as_the_same_text() {
        let (gb, _, _) = GB18030.encode(TEXT);
        for (bytes, encoding) in [(TEXT.as_bytes(), "UTF-8"), (&gb, "gb18030")] {
            let decoded = decode(bytes, None).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.encoding, decoded.replaced), (TEXT, encoding, 0));
        }
    }

    #[test]
    fn a_byte_order_mark_decides_and_is_no_text() {
        let utf_16: Vec<u8> = [0xff, 0xfe].into_iter().chain(TEXT.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let utf_8 = ["\u{feff}", TEXT].concat();
        for bytes in [utf_16.as_slice(), utf_8.as_bytes()] {
            assert_eq!(decode(bytes, None).unwrap().text, TEXT);
        }
    }

    #[test]
    fn bytes_that_are_no_text_say_so() {
        assert_eq!(decode(b"\x7fELF\x02\x00\x01", None), Err(NotText::Binary(6)));
        assert_eq!(decode(&[0xff; 40], None), Err(NotText::UnknownEncoding));
        assert!(matches!(decode(b"x", Some("klingon")), Err(NotText::NoSuchEncoding(_))));
    }

    #[test]
    fn one_broken_byte_in_a_long_text_is_counted_and_the_rest_kept() {
        let (gb, _, _) = GB18030.encode(TEXT);
        let mut bytes = gb.repeat(10);
        bytes.extend([0xff, b'\n']);
        let decoded = decode(&bytes, None).unwrap();
        assert_eq!(decoded.replaced, 1);
        assert!(decoded.text.starts_with(TEXT));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            let _ = decode(&bytes, None);
        }
    }
}
