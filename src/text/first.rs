//! Words found by one of their characters: one look at a character of a text rules out nearly all words of a table.

/// How many characters the bits tell apart: the basic plane, in which all words of the tables stand.
const PLANE: usize = 0x1_0000;

/// Characters of the basic plane, each told by one look.
#[derive(Debug)]
pub struct Charset(Vec<u64>);

impl Charset {
    /// Puts characters together; those beyond the basic plane are left out.
    #[must_use]
    pub fn of(chars: impl IntoIterator<Item = char>) -> Self {
        let mut bits = vec![0; PLANE / 64];
        for c in chars {
            if let Some(word) = bits.get_mut(c as usize / 64) {
                *word |= 1 << (c as usize % 64);
            }
        }
        Self(bits)
    }

    /// Returns whether a character is one of them.
    #[inline]
    #[must_use]
    pub fn has(&self, c: char) -> bool {
        self.0.get(c as usize / 64).is_some_and(|word| word >> (c as usize % 64) & 1 == 1)
    }
}

/// The rows of a table, each under one character: by rule the first of its word.
#[derive(Debug)]
pub struct ByFirst<T> {
    chars: Charset,
    /// The characters in code order, each with its rows in the order of the table.
    groups: Vec<(char, Vec<T>)>,
}

impl<T> ByFirst<T> {
    /// Puts each row under its character, which must be of the basic plane to be found.
    pub fn new(rows: impl IntoIterator<Item = (char, T)>) -> Self {
        let mut groups = Vec::<(char, Vec<T>)>::new();
        for (c, row) in rows {
            let at = groups.partition_point(|group| group.0 < c);
            match groups.get_mut(at) {
                Some(group) if group.0 == c => group.1.push(row),
                _ => groups.insert(at, (c, vec![row])),
            }
        }
        Self { chars: Charset::of(groups.iter().map(|group| group.0)), groups }
    }

    /// Returns whether a character has rows.
    #[inline]
    pub fn has(&self, c: char) -> bool {
        self.chars.has(c)
    }

    /// Returns the rows of a character, in the order of the table.
    #[inline]
    pub fn get(&self, c: char) -> &[T] {
        if !self.has(c) {
            return &[];
        }
        let at = self.groups.binary_search_by_key(&c, |group| group.0);
        at.ok().and_then(|at| self.groups.get(at)).map_or(&[], |group| &group.1)
    }
}

impl ByFirst<&'static str> {
    /// Puts words under their first characters.
    pub fn words(words: impl IntoIterator<Item = &'static str>) -> Self {
        Self::new(words.into_iter().filter_map(|word| Some((word.chars().next()?, word))))
    }

    /// Puts words under their last characters.
    pub fn words_by_last(words: impl IntoIterator<Item = &'static str>) -> Self {
        Self::new(words.into_iter().filter_map(|word| Some((word.chars().next_back()?, word))))
    }

    /// Returns whether one of the words, which are under their first characters, stands anywhere in a text.
    pub fn is_in(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// Returns whether a text begins with one of the words, which are under their first characters.
    pub fn begins(&self, text: &str) -> bool {
        text.chars().next().is_some_and(|c| self.get(c).iter().any(|word| text.starts_with(word)))
    }

    /// Returns the first byte of a text at which one of the words, which are under their first characters, begins.
    pub fn find(&self, text: &str) -> Option<usize> {
        let begins = |&(at, c): &(usize, char)| {
            self.has(c) && text.get(at..).is_some_and(|rest| self.get(c).iter().any(|word| rest.starts_with(word)))
        };
        text.char_indices().find(begins).map(|(at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_their_character_in_the_order_of_the_table() {
        let words = ByFirst::words(["记者", "通讯员", "记录", "摄"]);
        assert_eq!(words.get('记'), ["记者", "记录"]);
        assert_eq!(words.get('员'), [""; 0]);
        assert!(!words.has('\u{20000}'));
        assert_eq!(ByFirst::words_by_last(["记者", "作者"]).get('者'), ["记者", "作者"]);
    }

    #[test]
    fn a_word_is_found_anywhere_in_a_text() {
        let words = ByFirst::words(["记者", "通讯员"]);
        assert!(words.is_in("本报通讯员") && words.is_in("通报记者") && !words.is_in("通讯报") && !words.is_in(""));
        assert_eq!(words.find("通报记者"), Some(6));
        assert!(words.begins("记者陆远") && !words.begins("本报记者") && !words.begins(""));
    }
}
