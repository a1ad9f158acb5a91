//! What is looked for in the text beyond one term: texts with `?` in them, near each other, so many times.

use super::Term;
use super::token::is_quote;

/// A text in which `?` may stand for any one character: 王?萱.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The texts between the `?`, of one scope; never none.
    pieces: Vec<Term>,
    /// How many `?` stand between one piece and the next; one fewer than the pieces.
    gaps: Vec<usize>,
}

impl Wording {
    /// Returns the wording that a word typed without quotes is: every `?` between two letters, digits or characters is
    /// any one character, every other one is itself. A word that `stands_bare` does not allow stands as it is typed: in
    /// canonical queries it can only be written in quotes.
    #[must_use]
    pub fn of_word(word: &Term) -> Self {
        let characters: Vec<char> = word.text.chars().collect();
        let (mut pieces, mut gaps) = (vec![String::new()], Vec::new());
        let has_wildcards = stands_bare(&word.text);
        let mut at = 0;
        while let Some(&c) = characters.get(at) {
            let run = characters.iter().skip(at).take_while(|&&c| is_mark(c)).count();
            let is_word = |place: Option<usize>| {
                place.and_then(|place| characters.get(place)).is_some_and(|c| c.is_alphanumeric())
            };
            if run > 0 && has_wildcards && is_word(at.checked_sub(1)) && is_word(Some(at + run)) {
                gaps.push(run);
                pieces.push(String::new());
                at += run;
            } else {
                if let Some(piece) = pieces.last_mut() {
                    piece.push(c);
                }
                at += 1;
            }
        }
        let piece = |text| Term { text, ..word.clone() };
        Self { pieces: pieces.into_iter().map(piece).collect(), gaps }
    }

    /// Returns the texts between the `?`.
    #[must_use]
    pub fn pieces(&self) -> &[Term] {
        &self.pieces
    }

    /// Returns the texts, to change their scope.
    pub fn pieces_mut(&mut self) -> &mut [Term] {
        &mut self.pieces
    }

    /// Returns how many `?` stand between one piece and the next.
    #[must_use]
    pub fn gaps(&self) -> &[usize] {
        &self.gaps
    }

    /// Returns it as typed, without scope and quotes.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (n, piece) in self.pieces.iter().enumerate() {
            let gap = n.checked_sub(1).and_then(|n| self.gaps.get(n));
            text.extend(std::iter::repeat_n('?', gap.copied().unwrap_or(0)));
            text.push_str(&piece.text);
        }
        text
    }
}

/// Longer texts, in bytes, are always written in quotes.
pub const LONGEST_BARE: usize = 1_000;

/// Whether a word surely is read as the same word wherever it is written without quotes: not after a sign that means
/// something at the head of a word, with no quotation mark that may find a partner, no colon that may end the name of a
/// field, no number of times.
fn stands_bare(text: &str) -> bool {
    text.len() < LONGEST_BARE
        && !text.starts_with(['/', '／', '-', '－', '=', '＝', '~', '～'])
        && !text.contains(is_quote)
        && !text.contains([':', '：', '{', '}'])
}

impl From<Term> for Wording {
    fn from(term: Term) -> Self {
        Self { pieces: vec![term], gaps: Vec::new() }
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '?' | '？')
}

/// How far apart two wordings may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// At most so many characters between them.
    Characters(usize),
    /// In one sentence: no 。！？… between them.
    Sentence,
    /// In one paragraph.
    Paragraph,
}

impl Reach {
    /// The most characters that can be asked for.
    pub const MOST: usize = 1_000;
}

/// Wordings near each other, in either order, in one paragraph, without overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// What is looked for; two at least.
    pub wordings: Vec<Wording>,
    /// How near each must be to the one before it; one fewer than the wordings.
    pub reaches: Vec<Reach>,
}

/// A wording that stands so often in a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Times {
    /// What is counted, occurrences that overlap once.
    pub wording: Wording,
    /// How often at least; 1 or more.
    pub least: usize,
    /// How often at most.
    pub most: Option<usize>,
}

/// Page numbers from one to another, both included, in the order of their numbers: A02 comes before A10.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pages {
    /// The letters before the number, folded; often none.
    pub series: String,
    /// The first number.
    pub first: u16,
    /// The last number.
    pub last: u16,
}

impl Pages {
    /// Reads `1-4`, `A01-A04`, `A01-04`, `1..4` or one page number; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let folded = crate::text::fold::fold(text);
        let (first, last) = folded.split_once("..").or_else(|| folded.split_once('-')).unwrap_or((&folded, &folded));
        let (series, first) = page(first)?;
        let (last_series, last) = page(last)?;
        (first <= last && (last_series.is_empty() || last_series == series)).then(|| Self {
            series: series.to_owned(),
            first,
            last,
        })
    }

    /// Yields every way that one of the pages is written, with and without leading zeros, folded.
    pub fn spellings(&self) -> impl Iterator<Item = String> + '_ {
        (self.first..=self.last)
            .flat_map(move |number| (1..=4).map(move |digits| format!("{}{number:0digits$}", self.series)))
    }
}

/// Cuts a page number into its letters and its number.
fn page(folded: &str) -> Option<(&str, u16)> {
    let digits = folded.find(|c: char| c.is_ascii_digit())?;
    let (series, number) = folded.split_at_checked(digits)?;
    let is_number = number.len() <= 4 && number.bytes().all(|b| b.is_ascii_digit());
    let is_series = series.chars().all(char::is_alphabetic);
    Some((series, number.parse().ok().filter(|_| is_number && is_series)?))
}

impl std::fmt::Display for Pages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let series = self.series.to_ascii_uppercase();
        write!(f, "{series}{}", self.first)?;
        if self.last > self.first { write!(f, "-{series}{}", self.last) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Scope;

    fn wording(text: &str) -> (Vec<String>, Vec<usize>) {
        let wording = Wording::of_word(&Term::new(text, Scope::Bare));
        assert_eq!(wording.text(), text.replace('？', "?"));
        (wording.pieces.iter().map(|piece| piece.text.clone()).collect(), wording.gaps)
    }

    #[test]
    fn a_mark_between_two_word_characters_is_any_character_and_elsewhere_itself() {
        assert_eq!(wording("王?萱"), (vec!["王".into(), "萱".into()], vec![1]));
        assert_eq!(wording("王??萱？A"), (vec!["王".into(), "萱".into(), "A".into()], vec![2, 1]));
        assert_eq!(wording("为什么?"), (vec!["为什么?".into()], vec![]));
        assert_eq!(wording("?!说"), (vec!["?!说".into()], vec![]));
    }

    #[test]
    fn pages_are_read_in_the_order_of_their_numbers() {
        let read = |text| Pages::parse(text).map(|pages| pages.to_string());
        assert_eq!(read("1-4").as_deref(), Some("1-4"));
        assert_eq!(read("A01－A04").as_deref(), Some("A1-A4"));
        assert_eq!(read("A1-4").as_deref(), Some("A1-A4"));
        assert_eq!(read("02").as_deref(), Some("2"));
        for text in ["4-1", "A1-B4", "头版", "1-", "-", "1-2-3", ""] {
            assert_eq!(read(text), None, "{text}");
        }
        let spelled: Vec<String> = Pages::parse("A9-A10").unwrap().spellings().collect();
        assert!(spelled.contains(&"a09".to_owned()) && spelled.contains(&"a10".to_owned()));
    }
}
