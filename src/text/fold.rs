//! Folding: the one rule of what counts as the same character, for indexing, querying and marking alike.
//!
//! One character folds to one character or is dropped (white space, control, zero-width); nothing ever folds to two.
//! So a folded text can be walked beside the original without an offset map. The rule itself is in `fold/rule.rs`,
//! which the build script turns into the table looked up here; no other place may lower-case or normalise text that
//! is to be matched.

include!(concat!(env!("OUT_DIR"), "/fold_table.rs"));

/// Entry of the table for a character that is dropped. U+0000 is itself dropped, so no character folds to it.
const DROPPED: u32 = 0;

/// Returns what a character folds to, or `None` where it is dropped.
#[inline]
#[must_use]
pub fn fold_char(c: char) -> Option<char> {
    let code = c as u32;
    let block = usize::from(*FOLD_BLOCK_OF.get((code >> 8) as usize)?);
    let Some(entries) = FOLD_BLOCKS.get(block) else {
        return Some(c); // the whole block folds to itself
    };
    match entries.get((code & 0xff) as usize) {
        Some(&DROPPED) | None => None,
        Some(&folded) => char::from_u32(folded),
    }
}

/// Returns a text folded: what two strings must have in common to count as the same.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    folded.extend(text.chars().filter_map(fold_char));
    folded
}

/// Yields every folded character of a text with the index of the character it came from (characters, not bytes).
pub fn fold_indexed(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    text.chars().enumerate().filter_map(|(index, c)| Some((index, fold_char(c)?)))
}

/// Yields every character that does not fold to itself, with what it folds to (`None`: dropped), in code order.
pub fn table() -> impl Iterator<Item = (char, Option<char>)> {
    ('\0'..=char::MAX).map(|c| (c, fold_char(c))).filter(|&(c, folded)| folded != Some(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn width_case_and_unambiguous_traditional_are_one() {
        assert_eq!(fold("ＡＢＣ１２３，：（"), "abc123,:(");
        assert_eq!(fold("養老服務，開業"), "养老服务,开业");
        assert_eq!(fold("關於以後的什麼"), "关于以后的什么");
    }

    #[test]
    fn what_simplified_text_uses_itself_stays() {
        assert_eq!(fold("著乾藉瞭徵"), "著乾藉瞭徵");
    }

    #[test]
    fn blanks_controls_and_zero_width_are_dropped() {
        assert_eq!(fold("蔡鄂生\u{200b}案\u{feff} \u{3000}\u{a0}\t\r\n\0\u{202e}"), "蔡鄂生案");
    }

    #[test]
    fn what_would_become_several_characters_stays() {
        assert_eq!(fold("㈱½…"), "㈱½…");
    }

    #[test]
    fn characters_beyond_the_first_plane_are_kept() {
        assert_eq!(fold("北𨟠村"), "北𨟠村");
    }

    #[test]
    fn folding_twice_is_folding_once_for_every_character() {
        for (c, folded) in table() {
            if let Some(f) = folded {
                assert_eq!(fold_char(f), Some(f), "U+{:04X}", c as u32);
            }
        }
    }

    proptest! {
        #[test]
        fn indices_count_characters_of_the_original(text in "\\PC{0,40}") {
            let chars: Vec<char> = text.chars().collect();
            for (index, folded) in fold_indexed(&text) {
                prop_assert_eq!(fold_char(chars[index]), Some(folded));
            }
            prop_assert_eq!(fold_indexed(&text).map(|(_, c)| c).collect::<String>(), fold(&text));
        }
    }
}
