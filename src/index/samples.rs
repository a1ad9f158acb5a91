//! Texts drawn at random from the reports, for an examination to look for.

use super::snapshot::Snapshot;
use super::{Report, Result};
use crate::article::fields::TextField;
use crate::text::fold::fold;
use std::collections::{BTreeSet, HashMap};
use std::ops::RangeInclusive;
use tantivy::DocAddress;

/// How long ordinary texts are, in characters.
const USUAL: RangeInclusive<usize> = 1..=12;
/// How long the long ones are.
const LONG: RangeInclusive<usize> = 9..=40;
/// In how many pieces a rare sort of character is looked for.
const TRIES: usize = 64;

/// Numbers that look random and are the same for the same seed (Steele, Lea, Flood: SplitMix64).
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % (bound.max(1) as u64)).unwrap_or(0)
    }

    fn within(&mut self, span: &RangeInclusive<usize>) -> usize {
        span.start() + self.below(span.end() - span.start() + 1)
    }
}

/// What makes a text hard to find.
#[derive(Debug, Clone, Copy)]
enum Hard {
    Single,
    Punctuation,
    Operator,
    LeadingMinus,
    InnerBlank,
    FullWidth,
    Astral,
    Long,
}

impl Hard {
    const ALL: [Self; 8] = [
        Self::Single,
        Self::Punctuation,
        Self::Operator,
        Self::LeadingMinus,
        Self::InnerBlank,
        Self::FullWidth,
        Self::Astral,
        Self::Long,
    ];

    /// Returns whether a text of this sort is cut around a character.
    fn wants(self, c: char) -> bool {
        match self {
            Self::Single | Self::InnerBlank | Self::Long => true,
            Self::Punctuation => !c.is_alphanumeric() && !c.is_whitespace(),
            Self::Operator => r#"|()-?~{}/:="“”「」『』！？（）：；"#.contains(c),
            Self::LeadingMinus => matches!(c, '-' | '－'),
            Self::FullWidth => c.is_ascii_graphic() || ('！'..='～').contains(&c),
            Self::Astral => c > '\u{ffff}',
        }
    }

    /// Changes a text in ways that make no difference to what it means, and sets a minus before it where that is asked.
    fn dressed(self, text: &[char]) -> String {
        match self {
            Self::InnerBlank => {
                let (head, tail) = text.split_at(text.len() / 2);
                head.iter().chain(&[' ']).chain(tail).collect()
            }
            Self::FullWidth => text.iter().map(|&c| other_width(c)).collect(),
            Self::LeadingMinus if text.first().is_none_or(|&c| c != '-' && c != '－') => {
                std::iter::once(&'-').chain(text).collect()
            }
            Self::Single | Self::Punctuation | Self::Operator | Self::LeadingMinus | Self::Astral | Self::Long => {
                text.iter().collect()
            }
        }
    }
}

fn other_width(c: char) -> char {
    const APART: u32 = '！' as u32 - '!' as u32;
    let other = match c {
        '!'..='~' => char::from_u32(c as u32 + APART),
        '！'..='～' => char::from_u32(c as u32 - APART),
        _ => None,
    };
    other.unwrap_or(c)
}

impl Snapshot {
    /// Draws texts from the reports: so many of usual length, and so many that are hard to find. Each as it stands,
    /// none that folds to nothing, none twice.
    pub(super) fn draw(&self, usual: usize, hard: usize, seed: u64) -> Result<Vec<String>> {
        let addresses: Vec<DocAddress> = self.addresses().collect();
        let mut draw = Draw(seed);
        let mut texts = BTreeSet::new();
        // Reports without text give nothing; a bound keeps an index of such from going on for ever.
        for _ in 0..usual * 4 {
            let Some(piece) = self.piece(&addresses, &mut draw)? else { continue };
            let text = cut(&piece, 0..piece.len(), &USUAL, &mut draw);
            add(&mut texts, text.iter().collect());
            if texts.len() >= usual {
                break;
            }
        }
        let wanted = texts.len() + hard;
        for n in 0..hard * 4 {
            let Some(&sort) = Hard::ALL.get(n % Hard::ALL.len()) else { break };
            let lengths = match sort {
                Hard::Single => 1..=1,
                Hard::Long => LONG,
                Hard::Punctuation | Hard::Operator | Hard::LeadingMinus => USUAL,
                Hard::InnerBlank | Hard::FullWidth | Hard::Astral => 2..=*USUAL.end(),
            };
            let mut piece = Vec::new();
            let mut around = 0;
            for _ in 0..TRIES {
                piece = self.piece(&addresses, &mut draw)?.unwrap_or_default();
                let wanted: Vec<usize> =
                    (0..piece.len()).filter(|&at| piece.get(at).is_some_and(|&c| sort.wants(c))).collect();
                if let Some(&at) = wanted.get(draw.below(wanted.len())) {
                    around = at;
                    break;
                }
            }
            let from = match sort {
                Hard::LeadingMinus => around..around + 1,
                _ => around.saturating_sub(*lengths.start())..around + 1,
            };
            add(&mut texts, sort.dressed(&cut(&piece, from, &lengths, &mut draw)));
            if texts.len() >= wanted {
                break;
            }
        }
        Ok(texts.into_iter().collect())
    }

    fn piece(&self, addresses: &[DocAddress], draw: &mut Draw) -> Result<Option<Vec<char>>> {
        let Some(&at) = addresses.get(draw.below(addresses.len())) else { return Ok(None) };
        let report = self.report(at)?;
        let pieces = pieces(&report);
        Ok(pieces.get(draw.below(pieces.len())).map(|piece| piece.chars().collect()))
    }
}

/// Cuts a text that begins within a span of a piece.
fn cut(piece: &[char], from: std::ops::Range<usize>, lengths: &RangeInclusive<usize>, draw: &mut Draw) -> Vec<char> {
    let length = draw.within(lengths).min(piece.len());
    let start = from.start + draw.below(from.len());
    let start = start.min(piece.len() - length);
    piece.get(start..start + length).unwrap_or_default().to_vec()
}

fn add(texts: &mut BTreeSet<String>, text: String) {
    if !fold(&text).is_empty() {
        texts.insert(text);
    }
}

/// Returns every text that a literal search looks through, each by itself.
pub fn pieces(report: &Report) -> Vec<&str> {
    TextField::ALL.iter().flat_map(|part| part.pieces(&report.article)).collect()
}

/// Many texts that are looked for at once, by a plain scan.
pub struct Scan {
    texts: Vec<Vec<char>>,
    /// The texts by their first two characters, or the only one.
    by_head: HashMap<(char, Option<char>), Vec<usize>>,
}

impl Scan {
    /// Folds texts, none of which folds to nothing.
    #[must_use]
    pub fn new(texts: &[String]) -> Self {
        let texts: Vec<Vec<char>> = texts.iter().map(|text| fold(text).chars().collect()).collect();
        let mut by_head = HashMap::<_, Vec<usize>>::new();
        for (n, text) in texts.iter().enumerate() {
            if let Some(&first) = text.first() {
                by_head.entry((first, text.get(1).copied())).or_default().push(n);
            }
        }
        Self { texts, by_head }
    }

    /// Returns which of the texts a report holds.
    #[must_use]
    pub fn held_by(&self, report: &Report) -> BTreeSet<usize> {
        let mut held = BTreeSet::new();
        for piece in pieces(report) {
            let characters: Vec<char> = fold(piece).chars().collect();
            for (at, &first) in characters.iter().enumerate() {
                let rest = characters.get(at..).unwrap_or_default();
                for head in [(first, None), (first, rest.get(1).copied())] {
                    let candidates = self.by_head.get(&head).into_iter().flatten();
                    held.extend(candidates.filter(|&&n| self.texts.get(n).is_some_and(|text| rest.starts_with(text))));
                }
            }
        }
        held
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Paragraph, ReportId};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_scan_for_many_is_a_scan_for_each(texts in prop::collection::vec("[养老a。]{1,4}", 1..8), body in "[养老a。 ]{0,30}") {
            let body = vec![Paragraph { text: body, lines: (1, 1) }];
            let article = Article { body, ..Article::default() };
            let report = Report { id: ReportId::from_bits(1), file: String::new(), article };
            let held = Scan::new(&texts).held_by(&report);
            for (n, text) in texts.iter().enumerate() {
                let plain = pieces(&report).iter().any(|piece| fold(piece).contains(&fold(text)));
                prop_assert_eq!(held.contains(&n), plain);
            }
        }
    }
}
