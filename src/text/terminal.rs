//! Making text of others harmless on a terminal: controls, bidi marks and zero-width characters are shown, not obeyed.

/// Returns a text with every character that steers a terminal or hides text replaced by a visible one. Line ends and
/// tabs become blanks. Only for terminals; pipes and JSON get the text as it is.
#[must_use]
pub fn harmless(text: &str) -> String {
    text.chars().map(shown).collect()
}

fn shown(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'), // the pictures of controls: ␛
        '\u{7f}' => '␡',
        '\u{80}'..='\u{9f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' => '\u{fffd}',
        '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{ad}' => '\u{fffd}',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_escape_sequence_is_shown_and_not_obeyed() {
        assert_eq!(harmless("红\u{1b}[31m字\u{202e}\u{9b}2J"), "红␛[31m字\u{fffd}\u{fffd}2J");
    }

    proptest! {
        #[test]
        fn nothing_harmless_steers_a_terminal(text in any::<String>()) {
            prop_assert!(!harmless(&text).chars().any(char::is_control));
        }
    }
}
