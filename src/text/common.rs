//! The commonest characters of Chinese text: those that nearly every report holds, so that knowing which reports hold
//! them says next to nothing.
//!
//! A fixed table, made by the build script from the frequencies in jieba's dictionary: an index and a query must agree
//! on it, and it must not change with what is held.

include!(concat!(env!("OUT_DIR"), "/common.rs"));

/// Returns whether a folded character is one of the commonest.
#[inline]
#[must_use]
pub fn is_common(c: char) -> bool {
    let code = c as usize;
    COMMON.get(code / 64).is_some_and(|bits| bits >> (code % 64) & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold_char;

    #[test]
    fn characters_of_every_report_are_common_and_those_of_few_are_not() {
        assert!("的一是在不了有中国人年月日0189,。、:“”".chars().all(is_common));
        assert!(!"焦龘ａx！𨟠".chars().any(is_common));
    }

    #[test]
    fn the_table_is_of_folded_characters() {
        let common: Vec<char> = ('\0'..='\u{ffff}').filter(|&c| is_common(c)).collect();
        assert_eq!(common.len(), 192 + 16);
        assert!(common.iter().all(|&c| fold_char(c) == Some(c)));
    }
}
