//! The second step of a loosened search: the best reports by words are read again, from their stored text.
//!
//! What is looked for are the words typed in their neighbourhood: pairs of characters, which no cut into words can
//! lose, how early they stand, and the longest pieces that stand unbroken. All of it is found in one walk along the
//! folded text. How rare a pair or a character is, is counted among the candidates themselves: they are all about
//! the same thing, so what tells them apart is what few of them hold.
//!
//! Every signal is a share from 0 to about 1 and only ever adds: whoever is read again stays before the rest.

use super::weights::{EARLY, K1, LEAD, PAIR_B, USUAL_CHARACTERS, Weights};
use super::{Part, Step};
use crate::article::Article;
use crate::article::fields::TextField;
use crate::text::fold::fold_char;

/// The most characters of a query that are looked for again. Beyond that, words alone decide.
const LONGEST: usize = 512;

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub struct Reread {
    /// The clauses, one after the other, parted by [`GAP`].
    clauses: Vec<char>,
    /// Every distinct character, in order, with its places in the clauses, last first.
    characters: Vec<(char, Vec<usize>)>,
    /// For every place in the clauses: the pair that ends there.
    pair_at: Vec<Option<usize>>,
    pairs: usize,
    /// For every place in the clauses: the words that end there, with their lengths.
    words_at: Vec<Vec<(usize, usize)>>,
    words: Vec<f64>,
    /// For every place in the clauses: the length of the number or Latin word that ends there.
    number_at: Vec<Option<usize>>,
    numbers: usize,
    /// For every place in the clauses: which clause it is of; and their lengths.
    clause_at: Vec<usize>,
    lengths: Vec<usize>,
}

/// What stands between two clauses, and between two pieces of a report: no folded text holds it.
const GAP: char = '\0';

/// What was found in one report.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Of each pair: how often, and where first.
    pairs: Vec<(u32, usize)>,
    /// Of each character, and each word: where first.
    characters: Vec<Option<usize>>,
    words: Vec<Option<usize>>,
    runs: Vec<usize>,
    numbers: Vec<bool>,
    length: usize,
}

impl Reread {
    /// Prepares to look for texts as typed and for their words, each with its rarity.
    #[must_use]
    pub fn new<'a>(typed: impl Iterator<Item = &'a str>, words: &[(String, f64)]) -> Self {
        let mut reread = Self { words: words.iter().map(|&(_, rarity)| rarity).collect(), ..Self::default() };
        for text in typed {
            for clause in clauses(text) {
                if reread.clauses.len() + clause.len() < LONGEST {
                    reread.add_clause(&clause);
                }
            }
        }
        let words: Vec<Vec<char>> = words.iter().map(|(word, _)| word.chars().collect()).collect();
        let text = reread.clauses.clone();
        for (number, word) in words.iter().enumerate() {
            for (start, window) in text.windows(word.len().max(1)).enumerate() {
                if window == word.as_slice()
                    && let Some(at) = reread.words_at.get_mut(start + word.len() - 1)
                {
                    at.push((number, word.len()));
                }
            }
        }
        reread
    }

    fn add_clause(&mut self, clause: &[char]) {
        let mut known: std::collections::BTreeMap<(char, char), usize> = std::collections::BTreeMap::new();
        for (places, pair) in self.clauses.windows(2).zip(self.pair_at.iter().skip(1)) {
            if let ([a, b], Some(pair)) = (places, pair) {
                known.insert((*a, *b), *pair);
            }
        }
        let mut before = GAP;
        for (n, &c) in clause.iter().enumerate() {
            let place = self.clauses.len();
            self.clauses.push(c);
            match self.characters.binary_search_by_key(&c, |&(known, _)| known) {
                Ok(at) => {
                    if let Some((_, places)) = self.characters.get_mut(at) {
                        places.insert(0, place);
                    }
                }
                Err(at) => self.characters.insert(at, (c, vec![place])),
            }
            self.pair_at.push((n > 0).then(|| {
                let next = self.pairs;
                let pair = *known.entry((before, c)).or_insert(next);
                self.pairs = self.pairs.max(pair + 1);
                pair
            }));
            let ends_number = is_spaced(c) && clause.get(n + 1).is_none_or(|&next| !is_spaced(next));
            let length = clause.get(..=n).unwrap_or_default().iter().rev().take_while(|&&c| is_spaced(c)).count();
            self.numbers += usize::from(ends_number);
            self.number_at.push(ends_number.then_some(length));
            self.words_at.push(Vec::new());
            self.clause_at.push(self.lengths.len());
            before = c;
        }
        self.lengths.push(clause.len());
        self.clauses.push(GAP);
        self.pair_at.push(None);
        self.number_at.push(None);
        self.words_at.push(Vec::new());
        self.clause_at.push(self.lengths.len());
    }

    /// Reads a report.
    #[must_use]
    pub fn read(&self, article: &Article) -> Reading {
        let mut reading = Reading {
            pairs: vec![(0, 0); self.pairs],
            characters: vec![None; self.characters.len()],
            words: vec![None; self.words.len()],
            runs: vec![0; self.lengths.len()],
            numbers: vec![false; self.clauses.len()],
            length: 0,
        };
        let mut text = Vec::with_capacity(1_024);
        for part in TextField::BARE {
            for piece in part.pieces(article) {
                text.extend(piece.chars().filter_map(fold_char));
                text.push(GAP);
            }
        }
        reading.length = text.len();
        let sieve = self.characters.iter().fold(0_u128, |sieve, &(c, _)| sieve | bit(c));
        // The length of the run that ends at each place of the clauses, and where in the text it ends (from 1).
        let mut runs = vec![(0_usize, 0_usize); self.clauses.len()];
        for (at, &c) in (1..).zip(&text) {
            if sieve & bit(c) == 0 {
                continue;
            }
            let Ok(known) = self.characters.binary_search_by_key(&c, |&(known, _)| known) else { continue };
            if let Some(first) = reading.characters.get_mut(known) {
                first.get_or_insert(at - 1);
            }
            let Some((_, places)) = self.characters.get(known) else { continue };
            // From the last place to the first, so that the run one place before is still that of the character before.
            for &place in places {
                let before = place.checked_sub(1).and_then(|before| runs.get(before)).copied().unwrap_or_default();
                let length = if before.1 + 1 == at { before.0 } else { 0 } + 1;
                if let Some(run) = runs.get_mut(place) {
                    *run = (length, at);
                }
                self.note(&mut reading, place, length, at, &text);
            }
        }
        reading
    }

    /// Notes what ends where a run of a length ends: in the clauses at `place`, in the text before `at`.
    fn note(&self, reading: &mut Reading, place: usize, length: usize, at: usize, text: &[char]) {
        let clause = self.clause_at.get(place).copied().unwrap_or_default();
        if let Some(longest) = reading.runs.get_mut(clause) {
            *longest = (*longest).max(length);
        }
        if length > 1
            && let Some(&Some(pair)) = self.pair_at.get(place)
            && let Some((count, first)) = reading.pairs.get_mut(pair)
        {
            if *count == 0 {
                *first = at.saturating_sub(2);
            }
            *count = count.saturating_add(1);
        }
        for &(word, characters) in self.words_at.get(place).into_iter().flatten() {
            if length >= characters
                && let Some(first) = reading.words.get_mut(word)
            {
                first.get_or_insert(at - characters);
            }
        }
        if let Some(&Some(characters)) = self.number_at.get(place)
            && length >= characters
        {
            let before = (at - characters).checked_sub(1).and_then(|before| text.get(before));
            let whole = ![before, text.get(at)].into_iter().flatten().any(char::is_ascii_alphanumeric);
            if let Some(found) = reading.numbers.get_mut(place) {
                *found |= whole;
            }
        }
    }

    /// Returns what each report of the candidates gains, by signal, in the order of the weights.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // counts are far below 2^52
    pub fn gains(&self, readings: &[Reading], weights: &Weights) -> Vec<Vec<Part>> {
        let of = readings.len() as f64;
        let rarity = |with: usize| (1.0 + (of - with as f64 + 0.5) / (with as f64 + 0.5)).ln();
        let pairs: Vec<f64> = (0..self.pairs)
            .map(|pair| rarity(readings.iter().filter(|r| r.pairs.get(pair).is_some_and(|p| p.0 > 0)).count()))
            .collect();
        let characters: Vec<f64> = (0..self.characters.len())
            .map(|c| rarity(readings.iter().filter(|r| matches!(r.characters.get(c), Some(Some(_)))).count()))
            .collect();
        let all_pairs: f64 = pairs.iter().sum();
        let all_characters: f64 = characters.iter().sum();
        let all_words: f64 = self.words.iter().sum();
        let all_runs: usize = self.lengths.iter().map(|length| length * length).sum();
        let share = |sum: f64, all: f64| if all > 0.0 { sum / all } else { 0.0 };
        let gain = |reading: &Reading| {
            let long = reading.length as f64 / USUAL_CHARACTERS;
            let norm = K1 * (1.0 - PAIR_B + PAIR_B * long);
            let found = || reading.pairs.iter().zip(&pairs).filter(|((count, _), _)| *count > 0);
            let bm25: f64 = found()
                .map(|(&(count, _), rarity)| rarity * f64::from(count) * (K1 + 1.0) / (f64::from(count) + norm))
                .sum();
            let early = |first: usize| 1.0 / (1.0 + first as f64 / EARLY);
            let early_pairs: f64 = found().map(|(&(_, first), rarity)| rarity * early(first)).sum();
            let words = reading.words.iter().zip(&self.words);
            let early_words: f64 = words.filter_map(|(&first, rarity)| Some(rarity * early(first?))).sum();
            let within = |end: usize| {
                let found = reading.characters.iter().zip(&characters);
                found.filter(|(first, _)| first.is_some_and(|first| first < end)).map(|(_, rarity)| rarity).sum()
            };
            let runs: usize = reading.runs.iter().map(|run| run * run).sum();
            let numbers = reading.numbers.iter().filter(|there| **there).count();
            // Sums are in the order of the query's words, the products in that of the candidates: always the same.
            let worth = |step: Step, weight: f64, share: f64| Part { step, worth: weight * all_words * share };
            vec![
                worth(Step::Pairs, weights.pairs, share(bm25, all_pairs)),
                worth(Step::EarlyWords, weights.early_words, share(early_words, all_words)),
                worth(Step::EarlyPairs, weights.early_pairs, share(early_pairs, all_pairs)),
                worth(Step::Lead, weights.lead, share(within(LEAD), all_characters)),
                worth(Step::Characters, weights.characters, share(within(usize::MAX), all_characters)),
                worth(Step::Runs, weights.runs, share(runs as f64, all_runs as f64)),
                worth(Step::Numbers, weights.numbers, share(numbers as f64, self.numbers as f64)),
                worth(Step::Short, weights.short, 1.0 / (1.0 + long)),
            ]
        };
        readings.iter().map(gain).collect()
    }
}

/// Cuts a text at everything that is no letter and no digit. A point between two digits is part of the number.
fn clauses(text: &str) -> Vec<Vec<char>> {
    let raw: Vec<char> = text.chars().collect();
    let mut clauses = vec![Vec::new()];
    for (n, &c) in raw.iter().enumerate() {
        let digit = |at: Option<usize>| at.and_then(|at| raw.get(at)).is_some_and(char::is_ascii_digit);
        let Some(folded) = fold_char(c) else {
            if c.is_whitespace() {
                clauses.push(Vec::new());
            }
            continue;
        };
        if folded.is_alphanumeric() || (folded == '.' && digit(n.checked_sub(1)) && digit(Some(n + 1))) {
            if let Some(clause) = clauses.last_mut() {
                clause.push(folded);
            }
        } else {
            clauses.push(Vec::new());
        }
    }
    clauses.retain(|clause| !clause.is_empty());
    clauses
}

/// Whether a folded character belongs to a number or a Latin word.
fn is_spaced(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '.'
}

/// A character's bit in a sieve that lets most characters of other texts fall through.
fn bit(c: char) -> u128 {
    1 << (u32::from(c) & 127)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Paragraph;
    use crate::text::segment::QuerySegmenter;
    use proptest::prelude::*;

    fn article(body: &str) -> Article {
        let body = vec![Paragraph { text: body.to_owned(), lines: (1, 1) }];
        Article { body, ..Article::default() }
    }

    fn reread(typed: &str) -> Reread {
        let words: Vec<_> = QuerySegmenter.words(typed).into_iter().map(|word| (word, 1.0)).collect();
        Reread::new(std::iter::once(typed), &words)
    }

    fn gains(typed: &str, bodies: &[&str], weights: &Weights) -> Vec<f64> {
        let reread = reread(typed);
        let readings: Vec<_> = bodies.iter().map(|body| reread.read(&article(body))).collect();
        reread.gains(&readings, weights).iter().map(|parts| parts.iter().map(|part| part.worth).sum()).collect()
    }

    #[test]
    fn a_clause_ends_at_punctuation_and_blanks_but_not_within_a_number() {
        let clauses: Vec<String> = clauses("养老 服务：“涨1.31亿”。Ａ股").iter().map(|c| c.iter().collect()).collect();
        assert_eq!(clauses, ["养老", "服务", "涨1.31亿", "a股"]);
    }

    #[test]
    fn what_is_found_is_found_where_it_stands() {
        let reading = reread("养老服务26家").read(&article("市养老院有26家，养老服务好。2026年"));
        let first_words: Vec<_> = QuerySegmenter.words("养老服务26家").into_iter().zip(reading.words).collect();
        assert!(first_words.contains(&("养老".to_owned(), Some(1))), "{first_words:?}");
        assert!(first_words.contains(&("服务".to_owned(), Some(11))), "{first_words:?}");
        assert_eq!(reading.runs, [4]);
        assert_eq!(reading.numbers.iter().filter(|there| **there).count(), 1);
        assert_eq!(reading.pairs.first(), Some(&(2, 1)), "养老, twice");
    }

    #[test]
    fn a_number_inside_a_longer_one_is_not_whole() {
        let reading = reread("26家").read(&article("2026年"));
        assert!(!reading.numbers.contains(&true));
    }

    #[test]
    fn nothing_is_found_across_two_paragraphs() {
        let mut two = article("养");
        two.body.extend(article("老").body);
        assert_eq!(reread("养老").read(&two).pairs, [(0, 0)]);
    }

    #[test]
    fn of_two_reports_with_the_same_words_the_one_that_leads_with_them_gains_more() {
        let late = format!("{}养老服务涨价。", "无关的话。".repeat(60));
        let early = format!("养老服务涨价。{}", "无关的话。".repeat(60));
        let gains = gains("养老服务涨价", &[&late, &early], &Weights::CHOSEN);
        assert!(gains[1] > gains[0], "{gains:?}");
    }

    #[test]
    fn without_a_second_step_nothing_is_gained() {
        assert_eq!(gains("养老服务", &["养老服务"], &Weights::WORDS_ALONE), [0.0]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_text_gains_a_finite_something(typed in "[养老服务 ：|a1.-]{0,12}", bodies in prop::collection::vec("[养老服务，。a1.]{0,40}", 1..4)) {
            let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
            for gain in gains(&typed, &bodies, &Weights::CHOSEN) {
                prop_assert!(gain.is_finite() && gain >= 0.0);
            }
        }

        #[test]
        fn the_longest_run_is_the_longest_common_piece(typed in "[养老服务]{1,8}", body in "[养老服务，]{0,30}") {
            let reading = reread(&typed).read(&article(&body));
            let typed: Vec<char> = typed.chars().collect();
            let common = (0..typed.len()).flat_map(|a| (a + 1..=typed.len()).map(move |b| (a, b)))
                .filter(|&(a, b)| body.contains(&String::from_iter(&typed[a..b]))).map(|(a, b)| b - a).max();
            prop_assert_eq!(reading.runs, [common.unwrap_or(0)]);
        }
    }
}
