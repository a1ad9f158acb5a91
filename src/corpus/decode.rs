//! Bytes to text: which encoding a file is in, decided from the whole of it and never from its beginning.
//!
//! A byte order mark decides, then whether the whole is UTF-8. Else every encoding of Chinese text is tried, and the
//! one whose text reads most like Chinese is taken: GBK and Big5 decode each other mostly without error, so that no
//! error means nothing. What reads like no Chinese in any of them is doubted aloud.

mod plausible;
pub mod survey;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use plausible::Plausibility;
use std::borrow::Cow;
use std::io;

/// A file's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text, without a byte order mark; line ends as they were.
    pub text: Cow<'a, str>,
    /// The name of the encoding.
    pub encoding: &'static str,
    /// How many places could not be read and stand as U+FFFD.
    pub replaced: usize,
    /// Whether it decoded and yet does not read like Chinese: as if it had been decoded wrongly once before.
    pub doubtful: bool,
}

/// Why bytes are no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotText {
    /// Holds bytes that no text has.
    #[error("是二进制文件，不是文本（第 {0} 字节为 0）")]
    Binary(usize),
    /// Is in none of the encodings known here.
    #[error("不是 UTF-8、UTF-16、GB18030 或 Big5 编码的文本")]
    UnknownEncoding,
    /// The encoding asked for is not known by that name.
    #[error("没有名为 {0} 的编码")]
    NoSuchEncoding(String),
}

/// How much of a text may be unreadable before it counts as being in another encoding: one place in a hundred.
const READABLE: usize = 100;
/// A text may hold one stray zero byte in so many; more, and it is no text.
const STRAY_ZEROS: usize = 1000;
/// What is tried where a file is not UTF-8. Where two read equally well, the earlier is taken. UTF-8 is among them
/// for the sake of files cut off within a character.
const TRIED: [&Encoding; 5] = [UTF_8, GB18030, BIG5, UTF_16LE, UTF_16BE];

/// Decodes a whole file: by its byte order mark, else as UTF-8, else in the encoding that reads most like Chinese; or
/// by the encoding stated.
///
/// # Errors
/// When it is no text, or in an encoding not known here.
pub fn decode<'a>(bytes: &'a [u8], stated: Option<&str>) -> Result<Decoded<'a>, NotText> {
    decode_known(bytes, stated, unmarked_utf8(bytes, stated))
}

/// Returns the text of bytes that are UTF-8, where nothing says what they are.
fn unmarked_utf8<'a>(bytes: &'a [u8], stated: Option<&str>) -> Option<&'a str> {
    let is_told = stated.is_some() || Encoding::for_bom(bytes).is_some();
    if is_told { None } else { std::str::from_utf8(bytes).ok() }
}

/// Decodes as [`decode`] does, with what [`unmarked_utf8`] returns.
fn decode_known<'a>(bytes: &'a [u8], stated: Option<&str>, utf8: Option<&'a str>) -> Result<Decoded<'a>, NotText> {
    if let Some(label) = stated {
        let encoding = named(label).ok_or_else(|| NotText::NoSuchEncoding(label.to_owned()))?;
        let own_mark = Encoding::for_bom(bytes).filter(|(of_mark, _)| *of_mark == encoding);
        return Ok(decoded(bytes.get(own_mark.map_or(0, |(_, mark)| mark)..).unwrap_or_default(), encoding).judged());
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(decoded(bytes.get(mark..).unwrap_or_default(), encoding).judged());
    }
    let zeros = bytes.iter().filter(|&&byte| byte == 0).count();
    if zeros * STRAY_ZEROS <= bytes.len()
        && let Some(text) = utf8
    {
        let decoded = Decoded { text: text.into(), encoding: UTF_8.name(), replaced: 0, doubtful: false };
        return Ok(decoded.judged());
    }
    let best = likeliest(bytes, zeros * STRAY_ZEROS > bytes.len());
    best.ok_or_else(|| match bytes.iter().position(|&byte| byte == 0) {
        Some(at) => NotText::Binary(at + 1),
        None => NotText::UnknownEncoding,
    })
}

/// Decodes as [`decode`] does, but asks a file that is not UTF-8 for the encoding that it names itself. It is believed
/// as far as the file can be read by it.
///
/// # Errors
/// Those of [`decode`].
pub fn decode_marked<'a>(
    bytes: &'a [u8],
    stated: Option<&str>,
    mark: fn(&[u8]) -> Option<String>,
) -> Result<Decoded<'a>, NotText> {
    let utf8 = unmarked_utf8(bytes, stated);
    if stated.is_none()
        && utf8.is_none()
        && Encoding::for_bom(bytes).is_none()
        && let Some(encoding) = mark(bytes).and_then(|label| named(&label))
        && encoding != UTF_8
    {
        let encoding = if encoding == encoding_rs::GBK { GB18030 } else { encoding };
        let decoded = decoded(bytes, encoding).judged();
        if !decoded.doubtful && decoded.replaced * READABLE <= decoded.text.chars().count() {
            return Ok(decoded);
        }
    }
    decode_known(bytes, stated, utf8)
}

/// Returns the encoding of a name: a WHATWG label, or one of the names that other programs give to the same.
fn named(label: &str) -> Option<&'static Encoding> {
    let plain = label.trim().to_ascii_lowercase().replace('_', "-");
    let label = match plain.as_str() {
        "cp950" | "cp951" => "big5",
        "cp936" => "gbk",
        "utf-8-sig" => "utf-8",
        other => other,
    };
    Encoding::for_label(label.as_bytes())
}

/// Tries the encodings. `has_zeros`: the bytes can be text only in two-byte units.
fn likeliest(bytes: &[u8], has_zeros: bool) -> Option<Decoded<'_>> {
    let read = |encoding| {
        let decoded = decoded(bytes, encoding);
        let read = Read {
            encoding,
            replaced: decoded.replaced,
            characters: decoded.text.chars().count(),
            plausibility: Plausibility::of(&decoded.text),
        };
        (read, decoded)
    };
    let mut tried: Vec<_> = candidates(bytes.len() as u64, has_zeros).map(read).collect();
    let reads: Vec<&Read> = tried.iter().map(|(read, _)| read).collect();
    let best = best(&reads, guess(bytes))?;
    let (read, decoded) = tried.swap_remove(best);
    Some(Decoded { doubtful: read.plausibility.is_doubtful(), ..decoded })
}

/// The encodings that bytes can be in at all.
fn candidates(length: u64, has_zeros: bool) -> impl Iterator<Item = &'static Encoding> {
    let is_even = length.is_multiple_of(2);
    TRIED.into_iter().filter(move |&encoding| {
        let is_wide = encoding == UTF_16LE || encoding == UTF_16BE;
        (is_wide || !has_zeros) && (!is_wide || is_even || has_zeros)
    })
}

/// How a text reads in an encoding.
#[derive(Debug, Clone)]
struct Read {
    encoding: &'static Encoding,
    replaced: usize,
    characters: usize,
    plausibility: Plausibility,
}

/// Returns which of several readings of the same bytes is the best; `None` where none can be believed. `detector`: what
/// the statistics of a browser say.
fn best(reads: &[&Read], detector: &'static Encoding) -> Option<usize> {
    let mut best: Option<(usize, &Read)> = None;
    for (at, read) in reads.iter().enumerate() {
        let is_wide = read.encoding == UTF_16LE || read.encoding == UTF_16BE;
        // The last character may be cut off, however short the text.
        if read.replaced.saturating_sub(1) * READABLE > read.characters || read.replaced * 2 > read.characters {
            continue;
        }
        // Any two bytes make some character of UTF-16: it has to read like text to be believed.
        if is_wide && !read.plausibility.is_text() {
            continue;
        }
        let beats = best.is_none_or(|(_, other)| match read.plausibility.compare(&other.plausibility) {
            Some(order) => order.is_gt(),
            // Too short to be judged by its words.
            None => detector == read.encoding && other.encoding != detector,
        });
        if beats {
            best = Some((at, read));
        }
    }
    best.map(|(at, _)| at)
}

/// What the statistics of a browser say; GBK is a part of GB18030.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    guessed(&detector)
}

fn guessed(detector: &EncodingDetector) -> &'static Encoding {
    let guess = detector.guess(None, Utf8Detection::Allow);
    if guess == encoding_rs::GBK { GB18030 } else { guess }
}

fn decoded<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Decoded<'a> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    // In UTF-8 a replacement character may be the file's own; in the others none can be.
    let own = match std::str::from_utf8(bytes) {
        Ok(text) if encoding == UTF_8 => text.matches('\u{fffd}').count(),
        _ => 0,
    };
    let replaced = text.matches('\u{fffd}').count().saturating_sub(own);
    let text = if encoding == BIG5 { everyday(text) } else { text };
    Decoded { text, encoding: encoding.name(), replaced, doubtful: false }
}

/// Two signs of Big5 are other characters in one vendor's table, which browsers follow, than in all others; nobody
/// types those: ／ and ＼ are meant.
fn everyday(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains(['∕', '﹨']) { text.replace('∕', "／").replace('﹨', "＼").into() } else { text }
}

/// The same for a text too long to be held: line by line, as UTF-8.
pub struct Everyday<R> {
    text: R,
    line: Vec<u8>,
    at: usize,
}

impl<R: io::BufRead> Everyday<R> {
    /// Begins a text.
    pub fn new(text: R) -> Self {
        Self { text, line: Vec::new(), at: 0 }
    }
}

impl<R: io::BufRead> io::Read for Everyday<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.line.len() {
            self.line.clear();
            self.at = 0;
            self.text.read_until(b'\n', &mut self.line)?;
            if let Cow::Owned(line) = everyday(String::from_utf8_lossy(&self.line)) {
                self.line = line.into_bytes();
            }
        }
        let length = io::Read::read(&mut self.line.get(self.at..).unwrap_or_default(), buffer)?;
        self.at += length;
        Ok(length)
    }
}

impl Decoded<'_> {
    fn judged(self) -> Self {
        Self { doubtful: Plausibility::doubts(&self.text), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "本报讯(记者孙　兵)1月15日,北𨟠村的食堂开张,六十位老人来吃了第一顿饭。";
    const TRADITIONAL: &str = "【本報訊】社區食堂昨日開張，六十位長者前來用餐，區公所人員到場說明服務內容。";

    fn utf_16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn each_encoding_of_chinese_comes_out_as_the_same_text() {
        let gb = GB18030.encode(TEXT).0;
        let big5 = BIG5.encode(TRADITIONAL).0;
        let (little, big) = (utf_16(TEXT, u16::to_le_bytes), utf_16(TEXT, u16::to_be_bytes));
        for (bytes, encoding, text) in [
            (TEXT.as_bytes(), "UTF-8", TEXT),
            (&gb, "gb18030", TEXT),
            (&big5, "Big5", TRADITIONAL),
            (&little, "UTF-16LE", TEXT),
            (&big, "UTF-16BE", TEXT),
        ] {
            let decoded = decode(bytes, None).unwrap();
            assert_eq!((&*decoded.text, decoded.encoding, decoded.replaced), (text, encoding, 0));
            assert!(!decoded.doubtful, "{encoding}");
        }
    }

    #[test]
    fn a_byte_order_mark_decides_and_is_no_text() {
        let utf_16: Vec<u8> = [0xff, 0xfe].into_iter().chain(utf_16(TEXT, u16::to_le_bytes)).collect();
        let utf_8 = ["\u{feff}", TEXT].concat();
        for bytes in [utf_16.as_slice(), utf_8.as_bytes()] {
            assert_eq!(decode(bytes, None).unwrap().text, TEXT);
        }
        assert_eq!(decode(utf_8.as_bytes(), Some("utf-8")).unwrap().text, TEXT);
    }

    #[test]
    fn the_encoding_stated_is_taken_and_known_by_its_common_names() {
        let gb = GB18030.encode(TEXT).0;
        for name in ["gbk", "GB2312", "cp936", "gb18030"] {
            assert_eq!(decode(&gb, Some(name)).unwrap().text, TEXT, "{name}");
        }
        assert_ne!(decode(&gb, Some("big5")).unwrap().text, TEXT);
        assert_eq!(decode(&BIG5.encode(TRADITIONAL).0, Some("cp950")).unwrap().text, TRADITIONAL);
    }

    #[test]
    fn the_oblique_strokes_of_big5_are_the_everyday_ones() {
        let bytes = [&*BIG5.encode(TRADITIONAL).0, b"\xa2\x41\xa2\x42\xa1\xfe"].concat();
        assert_eq!(decode(&bytes, None).unwrap().text, format!("{TRADITIONAL}／＼／"));
    }

    #[test]
    fn bytes_that_are_no_text_say_so() {
        assert_eq!(decode(b"\x7fELF\x02\x00\x01", None), Err(NotText::Binary(6)));
        assert_eq!(decode(&[0xff; 40], None), Err(NotText::UnknownEncoding));
        assert!(matches!(decode(b"x", Some("klingon")), Err(NotText::NoSuchEncoding(_))));
    }

    #[test]
    fn one_broken_byte_in_a_long_text_is_counted_and_the_rest_kept() {
        let gb = GB18030.encode(TEXT).0;
        let mut bytes = gb.repeat(10);
        bytes.extend([0xff, b'\n']);
        let decoded = decode(&bytes, None).unwrap();
        assert_eq!(decoded.replaced, 1);
        assert!(decoded.text.starts_with(TEXT));
    }

    #[test]
    fn a_file_cut_off_within_a_character_keeps_its_encoding() {
        for (bytes, encoding) in [(TEXT.as_bytes(), "UTF-8"), (&*GB18030.encode(TEXT).0, "gb18030")] {
            let cut = bytes.len() - 4;
            let decoded = decode(&bytes[..cut], None).unwrap();
            assert_eq!((decoded.encoding, decoded.replaced <= 1), (encoding, true));
            assert!(decoded.text.starts_with("本报讯"));
        }
    }

    #[test]
    fn the_end_of_a_file_counts_as_much_as_its_beginning() {
        let plain = "news\n".repeat(20_000);
        let bytes = [plain.as_bytes(), &BIG5.encode(TRADITIONAL).0].concat();
        let decoded = decode(&bytes, None).unwrap();
        assert_eq!((decoded.encoding, decoded.text.ends_with(TRADITIONAL)), ("Big5", true));
    }

    #[test]
    fn what_was_decoded_wrongly_before_is_doubted() {
        let long = TEXT.repeat(8);
        let (mojibake, _) = GB18030.decode_without_bom_handling(long.as_bytes());
        assert!(decode(mojibake.as_bytes(), None).unwrap().doubtful, "UTF-8 once read as GBK");
        let gb = GB18030.encode(&long).0;
        assert!(decode(&gb, Some("big5")).unwrap().doubtful);
        for bytes in [long.as_bytes(), &gb] {
            let taken_for_letters: String = bytes.iter().map(|&byte| char::from(byte)).collect();
            assert!(decode(taken_for_letters.as_bytes(), None).unwrap().doubtful);
        }
        assert!(!decode(long.as_bytes(), None).unwrap().doubtful);
        assert!(!decode("déjà vu à l’été où tout a été\u{a0}! ".repeat(40).as_bytes(), None).unwrap().doubtful);
        assert!(!decode("plain English, for a change\n".repeat(20).as_bytes(), None).unwrap().doubtful);
    }

    #[test]
    fn a_stray_zero_byte_costs_no_text() {
        let bytes = format!("{}\0{TEXT}", TEXT.repeat(20));
        assert_eq!(decode(bytes.as_bytes(), None).unwrap().text, bytes);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            let _ = decode(&bytes, None);
        }

        #[test]
        fn any_utf_8_is_kept_as_it_is(text in "[\u{1}-\u{d7ff}]{0,40}") {
            prop_assert_eq!(&*decode(text.as_bytes(), None).unwrap().text, text.trim_start_matches('\u{feff}'));
        }
    }
}
