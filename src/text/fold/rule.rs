// The rule of folding, character by character. Compiled into the build script alone: it writes the table that
// `text::fold` looks up, so that the running program carries neither Unicode tables nor the rule.
//
// NFKC and lower case only where one character stays one, then Traditional to Simplified, then white space, control
// and zero-width characters are dropped (`None`).

use std::collections::HashMap;
use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_normalization::UnicodeNormalization;

pub fn read_traditional(table: &str) -> HashMap<char, char> {
    let mut map = HashMap::new();
    for (n, line) in table.lines().enumerate().filter(|(_, l)| !l.starts_with('#')) {
        let chars: Vec<char> = line.chars().collect();
        let &[from, '\t', to] = chars.as_slice() else { panic!("traditional.tsv:{}: want from<TAB>to", n + 1) };
        assert!(map.insert(from, to).is_none(), "traditional.tsv:{}: {from} twice", n + 1);
    }
    map
}

pub fn fold_char(c: char, traditional: &HashMap<char, char>) -> Option<char> {
    let c = only(c.nfkc()).unwrap_or(c);
    let c = only(c.to_lowercase()).unwrap_or(c);
    let c = traditional.get(&c).copied().unwrap_or(c);
    (!is_dropped(c)).then_some(c)
}

fn only(mut chars: impl Iterator<Item = char>) -> Option<char> {
    let first = chars.next()?;
    chars.next().is_none().then_some(first)
}

fn is_dropped(c: char) -> bool {
    use GeneralCategory as G;
    let category = get_general_category(c);
    c.is_whitespace()
        || matches!(category, G::SpaceSeparator | G::LineSeparator | G::ParagraphSeparator | G::Control | G::Format)
}
