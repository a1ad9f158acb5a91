//! Numbers for pairs of very common characters. There are so few that each has its own from the start.

use super::terms::Term;
use crate::text::common::is_common;

/// Numbers every pair, in the order of the bytes of their terms.
pub struct Pairs {
    /// The common characters, in the order of their codes.
    characters: Vec<char>,
    /// The place of each of them, by its code.
    places: Vec<u32>,
}

impl Pairs {
    /// Numbers the pairs.
    pub fn new() -> Self {
        let characters: Vec<char> = ('\0'..=char::MAX).filter(|&c| is_common(c)).collect();
        let mut places = vec![0; characters.last().map_or(0, |&last| last as usize + 1)];
        for (place, &character) in (0..).zip(&characters) {
            if let Some(known) = places.get_mut(character as usize) {
                *known = place;
            }
        }
        Self { characters, places }
    }

    /// Returns the number of a pair of two common characters.
    pub fn number(&self, [first, second]: [char; 2]) -> Option<u32> {
        let place = |character: char| self.places.get(character as usize).copied();
        Some(place(first)? * u32::try_from(self.characters.len()).ok()? + place(second)?)
    }

    /// Returns all pairs as terms, in the order of their bytes, which is that of their numbers.
    pub fn sorted(&self) -> Vec<Term> {
        let pairs =
            self.characters.iter().flat_map(|&first| self.characters.iter().map(move |&second| [first, second]));
        let terms = pairs.map(String::from_iter);
        (0..).zip(terms).filter_map(|(number, term)| Term::of(term.as_bytes(), number)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_has_the_number_of_its_place_in_the_order_of_bytes() {
        let pairs = Pairs::new();
        let terms = pairs.sorted();
        assert_eq!(terms.len(), pairs.characters.len().pow(2));
        assert!(terms.is_sorted());
        for pair in [['的', '一'], ['0', '年'], [',', '国']] {
            let number = pairs.number(pair).unwrap();
            assert_eq!(terms[number as usize].number, number);
            terms[number as usize].with_bytes(|bytes| assert_eq!(bytes, String::from_iter(pair).as_bytes()));
        }
    }
}
