//! The characters of a text, with the positions of each: whoever files them goes to each character's list once a text.

use super::lists::Lists;
use super::terms::Term;
use crate::index::tokens::characters;

/// Files the characters of a text with their positions.
#[derive(Default)]
pub struct Characters {
    /// Those seen, in the order of their numbers.
    characters: Vec<char>,
    /// One more than the number of each character, by its code; 0 for one not seen yet.
    numbers: Vec<u32>,
    /// Of the text at hand, the occurrences of each character, by its number.
    chains: Vec<Chain>,
    /// The occurrences: position, and one more than the place of the next one of the same character; 0 for none.
    places: Vec<(u32, u32)>,
    /// The numbers of those that occur.
    seen: Vec<u32>,
    found: Vec<(char, u32)>,
}

/// The occurrences of a character in a text.
#[derive(Clone, Copy, Default)]
struct Chain {
    /// One more than the place of the first one.
    first: u32,
    length: u32,
}

impl Characters {
    /// Files a text, and returns its characters with their positions.
    pub fn file(&mut self, text: &str, lists: &mut Lists) -> &[(char, u32)] {
        self.found.clear();
        self.found.extend(characters(text));
        self.places.clear();
        self.seen.clear();
        // From the end to the beginning, so that a chain begins with the first occurrence.
        for place in (0..self.found.len()).rev() {
            let Some(&(character, position)) = self.found.get(place) else { continue };
            let number = self.number(character);
            let Some(chain) = self.chains.get_mut(number as usize) else { continue };
            if chain.length == 0 {
                self.seen.push(number);
            }
            self.places.push((position, chain.first));
            *chain = Chain { first: u32::try_from(self.places.len()).unwrap_or(0), length: chain.length + 1 };
        }
        for &number in &self.seen {
            let Some(chain) = self.chains.get_mut(number as usize).map(std::mem::take) else { continue };
            lists.add(number, chain.length);
            let (mut next, mut before) = (chain.first, 0);
            while let Some(&(position, after)) = (next as usize).checked_sub(1).and_then(|place| self.places.get(place))
            {
                lists.add_position(position - before);
                (next, before) = (after, position);
            }
        }
        &self.found
    }

    fn number(&mut self, character: char) -> u32 {
        let code = character as usize;
        if let Some(&known @ 1..) = self.numbers.get(code) {
            return known - 1;
        }
        let number = u32::try_from(self.characters.len()).unwrap_or(u32::MAX);
        self.characters.push(character);
        if code >= self.numbers.len() {
            self.numbers.resize(code + 1, 0);
        }
        if let Some(known) = self.numbers.get_mut(code) {
            *known = number + 1;
        }
        self.chains.push(Chain::default());
        number
    }

    /// Returns the characters as terms, in the order of their bytes, which is that of their codes.
    pub fn sorted(&self) -> Vec<Term> {
        let mut numbered: Vec<(char, u32)> = self.characters.iter().copied().zip(0..).collect();
        numbered.sort_unstable();
        let term = |(character, number): (char, u32)| Term::of(character.encode_utf8(&mut [0; 4]).as_bytes(), number);
        numbered.into_iter().filter_map(term).collect()
    }

    /// Returns about how much memory this takes, in bytes.
    pub fn memory(&self) -> usize {
        self.numbers.len() * size_of::<u32>() + self.chains.len() * (size_of::<Chain>() + size_of::<char>())
    }
}
