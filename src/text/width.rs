//! Display width: how many columns of a terminal a text takes, and cutting and filling to it.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Returns the columns that a text takes; a Han character takes two.
#[must_use]
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// Returns the longest beginning of a text that fits, with `…` if anything had to go.
#[must_use]
pub fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1; // of the ellipsis
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > columns {
            break;
        }
        out.push(c);
    }
    out + "…"
}

/// Returns a text filled with blanks up to a width.
#[must_use]
pub fn filled(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn han_characters_take_two_columns() {
        assert_eq!(width("5G基站"), 6);
        assert_eq!(cut("高新区领导调研", 7), "高新区…");
        assert_eq!(filled("养老", 6), "养老  ");
    }

    proptest! {
        #[test]
        fn a_cut_text_fits(text in "\\PC{0,40}", columns in 1_usize..30) {
            prop_assert!(width(&cut(&text, columns)) <= columns);
        }
    }
}
