//! The identity of a report: a short name made from where it stands, stable over re-ingest.

use std::fmt;
use xxhash_rust::xxh3::Xxh3;

/// Digits of an id, in the order of their values: no i, l, o, u, which are misread.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// The first digit is one of the 16 from `a` on, so that an id is never a number.
const FIRST: u64 = 10;
const LENGTH: u32 = 12;
/// The id of a report, 59 bits. Its order is the order of its text form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportId(u64);

impl ReportId {
    /// The bits of an id: 4 of the first digit and 5 of each of the others.
    pub const BITS: u32 = 4 + 5 * (LENGTH - 1);

    /// Names the report of a file by its own key or else by its number in the file (from 1).
    ///
    /// `root` and `path` are the two halves of the file's identity; in an archive, `path` names the file within and
    /// `number` counts in that, so that its reports keep their ids whatever becomes of the files beside it.
    #[must_use]
    pub fn of(root: &str, path: &str, key: Option<&str>, number: u64) -> Self {
        let mut hash = Xxh3::new();
        let number = number.to_string();
        let (sort, own) = key.map_or(("number", number.as_str()), |key| ("key", key));
        for part in [root, path, sort, own] {
            hash.update(part.as_bytes());
            hash.update(b"\0"); // so that (ab, c) and (a, bc) differ
        }
        Self(hash.digest() >> (64 - Self::BITS))
    }

    /// Returns the number that an index keeps.
    #[must_use]
    pub fn to_bits(self) -> u64 {
        self.0
    }

    /// Returns the id that a number stands for.
    #[must_use]
    pub fn from_bits(bits: u64) -> Self {
        Self(bits & ((1 << Self::BITS) - 1))
    }

    /// Reads the beginning of an id (4 characters or more) as the span of ids that begin so, both ends included.
    /// `None` for what begins no id.
    #[must_use]
    pub fn span_of_prefix(text: &str) -> Option<(Self, Self)> {
        let text = text.to_ascii_lowercase();
        let length = u32::try_from(text.len()).ok().filter(|n| (4..=LENGTH).contains(n))?;
        let mut bits = 0_u64;
        for (place, byte) in text.bytes().enumerate() {
            let digit = DIGITS.iter().position(|&d| d == byte)? as u64;
            bits = match place {
                0 => digit.checked_sub(FIRST).filter(|d| *d < 16)?,
                _ => (bits << 5) | digit,
            };
        }
        let missing = 5 * (LENGTH - length);
        Some((Self(bits << missing), Self((bits << missing) | ((1 << missing) - 1))))
    }
}

impl fmt::Display for ReportId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;
        for place in (0..LENGTH).rev() {
            let digit = match place + 1 {
                LENGTH => (self.0 >> (5 * place)) + FIRST,
                _ => (self.0 >> (5 * place)) & 31,
            };
            f.write_char(DIGITS.get(usize::try_from(digit).unwrap_or(0)).map_or('?', |&d| char::from(d)))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_id_is_read_back_from_its_text_and_begins_with_a_letter(bits: u64, other: u64) {
            let (id, other) = (ReportId::from_bits(bits), ReportId::from_bits(other));
            let text = id.to_string();
            prop_assert_eq!(ReportId::span_of_prefix(&text), Some((id, id)));
            prop_assert!(text.len() == 12 && text.starts_with(|c: char| c.is_ascii_lowercase()));
            prop_assert_eq!(id < other, text < other.to_string());
            let (first, last) = ReportId::span_of_prefix(&text[..5]).unwrap();
            prop_assert!(first <= id && id <= last);
        }
    }

    #[test]
    fn key_number_and_file_each_make_another_report() {
        let of = |path, key, number| ReportId::of("corpus", path, key, number);
        let ids = [of("a", None, 1), of("a", None, 2), of("a", Some("1"), 1), of("b", None, 1)];
        for (n, id) in ids.iter().enumerate() {
            assert!(!ids[n + 1..].contains(id));
        }
        assert_eq!(of("a", Some("k"), 1), of("a", Some("k"), 7), "a key outlives its place in the file");
    }

    #[test]
    fn numbers_and_other_words_begin_no_id() {
        for text in ["1", "12", "123456789012", "abc", "养老服务", "aiii", "zzzz", "abcdefghjkmnp"] {
            assert_eq!(ReportId::span_of_prefix(text), None, "{text}");
        }
    }
}
