//! A fingerprint of a text in 40 bytes, by which near copies are found: the same wire copy in several papers.
//!
//! MinHash (Broder 1997) in its form of one permutation (Li, Owen, Zhang 2012): the shingles of the folded body fall
//! into `BINS` bins, and one byte of the least of each is kept; the share of equal bytes estimates how much of their
//! wording two texts have in common. Shingles are long, so that two tables or forecasts made from one form, with other
//! names and figures throughout, have little in common. Forms about one thing on two days differ in little but their
//! figures: so the figures have bytes of their own and must agree too.

use super::fold::fold_char;

/// Version of what this file makes of a text; part of `analyser`.
pub const VERSION: u32 = 2;

/// Characters of a shingle. With 8, reports made from one form (prices of shares, worth of funds) have about a third in
/// common; with 5, a half.
const SHINGLE: usize = 8;
/// Bins of the wording.
const BINS: usize = 32;
/// Of all the bytes of two copies, so many agree: with all figures the same, about two of three shingles.
///
/// Measured on 63,668 reports of web news, on all the pairs that share .4 or more of their shingles of five characters:
/// of pairs that share .8, 96 % are copies by this number, of .7 to .8 71 %, of .6 to .7 24 %, below .5 none, forms of
/// shares and funds left out; of these forms 190 pairs are, 1.8 % of all copies. 30 finds 95, 61 and 16 %, with 137
/// forms; 28 finds 97, 78 and 33 %, with 258. By eye, 99 of 100 pairs grouped by 30 were one text;
/// so were all of 14 that shared .8 and were not grouped. `benches/copies.py` counts again, forms included. A report
/// costs 40 bytes, 16 more if it has copies, and a hundredth of the time of its ingest.
const ALIKE: usize = 29;
/// Hashes of the figures.
const FIGURES: usize = 8;
/// Of the bytes of the figures of two copies, so many agree at least.
const SAME_FIGURES: usize = 4;
/// So many figures that every text is taken to hold: so that of two texts with hardly any figures the date of a dateline
/// in one makes no difference. Without them, half of the copies that are missed would be missed for that.
const COMMON_FIGURES: u32 = 2;
/// Shorter texts, in folded characters, have no fingerprint: of a brief too little is left to tell a copy from a form.
const SHORTEST: usize = 100;
/// A dateline or byline ends within so many folded characters.
const LEAD_IN: usize = 60;
/// Bytes that a band is made of. Two texts are compared where one band is the same in both.
const BAND: usize = 3;
/// The bands of a fingerprint.
pub const BANDS: usize = BINS / BAND;

/// See the module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint {
    wording: [u8; BINS],
    figures: [u8; FIGURES],
}

/// How many numbers a fingerprint is kept as.
pub const NUMBERS: usize = (BINS + FIGURES) / 8;

impl Fingerprint {
    /// Returns the fingerprint of a body without its dateline and byline; `None` for a short one.
    #[must_use]
    pub fn of<'a>(paragraphs: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let mut characters = Vec::new();
        for paragraph in paragraphs {
            characters.reserve(paragraph.len() / 3); // as many as nearly all Chinese text has
            characters.extend(paragraph.chars().filter_map(fold_char));
        }
        let text = characters.get(lead_in(&characters)..).unwrap_or_default();
        if text.len() < SHORTEST {
            return None;
        }
        let mut least = [u64::MAX; BINS];
        for shingle in text.windows(SHINGLE) {
            let hash = hash_of(shingle, 0);
            // The upper bits choose the bin, the lower ones are compared.
            if let Some(least) = least.get_mut(usize::try_from(hash >> 59).unwrap_or(0)) {
                *least = (*least).min(hash << 5);
            }
        }
        let mut figures = [u64::MAX; FIGURES];
        let common: Vec<[char; 1]> = (1..=COMMON_FIGURES).filter_map(char::from_u32).map(|c| [c]).collect();
        let told = text.split(|c| !c.is_ascii_digit()).filter(|figure| figure.len() > 1);
        for figure in told.chain(common.iter().map(<[char; 1]>::as_slice)) {
            for (seed, least) in (1..).zip(&mut figures) {
                *least = (*least).min(hash_of(figure, seed));
            }
        }
        #[allow(clippy::cast_possible_truncation)] // a byte is what is kept
        let byte = |hash: u64| mixed(hash) as u8;
        Some(Self { wording: least.map(byte), figures: figures.map(byte) })
    }

    /// Returns whether two texts are copies of each other, up to small changes.
    #[must_use]
    pub fn is_copy_of(&self, other: &Self) -> bool {
        let same = |a: &[u8], b: &[u8]| a.iter().zip(b).filter(|(a, b)| a == b).count();
        let figures = same(&self.figures, &other.figures);
        figures >= SAME_FIGURES && same(&self.wording, &other.wording) + figures >= ALIKE
    }

    /// Yields numbers of which two copies have at least one in common, but for about one pair in two hundred.
    pub fn bands(&self) -> impl Iterator<Item = u32> + '_ {
        let number = |band: &[u8]| band.iter().fold(0, |number, &byte| number << 8 | u32::from(byte));
        (0..).zip(self.wording.chunks_exact(BAND)).map(move |(place, band): (u32, _)| place << 24 | number(band))
    }

    /// Returns the numbers that it is kept as.
    #[must_use]
    pub fn to_numbers(self) -> [u64; NUMBERS] {
        let mut bytes = self.wording.into_iter().chain(self.figures);
        std::array::from_fn(|_| bytes.by_ref().take(8).fold(0, |number, byte| number << 8 | u64::from(byte)))
    }

    /// Returns the fingerprint that was kept as these numbers.
    #[must_use]
    pub fn from_numbers(numbers: [u64; NUMBERS]) -> Self {
        let mut bytes = numbers.into_iter().flat_map(u64::to_be_bytes);
        let mut next = || bytes.next().unwrap_or(0);
        Self { wording: std::array::from_fn(|_| next()), figures: std::array::from_fn(|_| next()) }
    }
}

/// Returns how many folded characters a dateline or byline takes at the head of a text: up to the last 电, 讯 or
/// bracket that closes one. What is cut too much or too little is a few shingles of many.
fn lead_in(characters: &[char]) -> usize {
    let head: String = characters.iter().take(LEAD_IN).collect();
    let told = ["记者", "日电", "日讯", "本报", "讯"].iter().filter_map(|word| head.find(word)).min();
    let Some(told) = told else { return 0 };
    let end = head.char_indices().rfind(|&(at, c)| at > told && matches!(c, '电' | '讯' | ')'));
    end.map_or(0, |(at, _)| head.get(..at).unwrap_or_default().chars().count() + 1)
}

fn hash_of(characters: &[char], seed: u64) -> u64 {
    let add = |hash: u64, &c: &char| hash.wrapping_mul(0x100_0000_01b3).wrapping_add(u64::from(u32::from(c)));
    mixed(characters.iter().fold(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15), add))
}

/// Spreads the bits of a number over all of it (Steele, Lea, Flood: SplitMix64).
fn mixed(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WIRE: &str = "(记者林见川)26日上午，青禾市第二水厂扩建工程通水，日供水能力由8万吨提高到15万吨。\
        工程去年3月动工，总投资2.36亿元，新建取水泵站一座，铺设管道41公里，沿线14个小区和3所学校率先用上新水。\
        市水务局负责人说，扩建后的水厂采用臭氧和活性炭两道工艺，出厂水浊度低于0.2，老城区夏季水压不足的问题有望解决。\
        家住东湖街的居民孟阿姨打开龙头，说今年夏天不用再半夜接水了。";

    fn of(text: &str) -> Fingerprint {
        Fingerprint::of([text]).unwrap()
    }

    #[test]
    fn the_same_copy_with_another_dateline_and_a_word_changed_is_a_copy() {
        let other =
            format!("本报青禾2月27日讯{}", WIRE.trim_start_matches("(记者林见川)")).replace("有望解决", "将会缓解");
        assert!(of(WIRE).is_copy_of(&of(&other)));
        assert!(of(WIRE).bands().any(|band| of(&other).bands().any(|b| b == band)));
    }

    #[test]
    fn two_days_of_one_form_and_two_reports_of_one_event_are_no_copies() {
        let form = |day: u32, low: u32, high: u32, wind: u32| {
            format!(
                "市气象台{day}日17时发布：今天夜里到明天白天，全市多云转阴，局部地区有小雨，偏北风{wind}到{}级，\
                 最低气温{low}度，最高气温{high}度，相对湿度{}到{}，能见度{}公里以上。请市民出行注意添衣，\
                 农户及时加固大棚，道路湿滑，驾驶人请减速慢行，未来三天以阴雨天气为主。",
                wind + 1,
                low + 31,
                high + 52,
                day + 11
            )
        };
        assert!(!of(&form(11, 13, 21, 3)).is_copy_of(&of(&form(12, 10, 17, 4))));
        let retold = "青禾市水务局昨天宣布，位于城东的第二水厂完成扩建并开始供水。记者在现场看到，新泵站里四台机组正在运转，\
            值班员每两小时记录一次水压。按照设计，水厂每天可多供水7万吨，老城区的孟阿姨等居民已经感到水压变大。\
            负责人介绍，工程用了将近两年，下一步还要更换老旧管网，预计明年年底完工，届时全市用水高峰不再限时。";
        assert!(!of(WIRE).is_copy_of(&of(retold)));
    }

    #[test]
    fn a_brief_has_none() {
        assert_eq!(Fingerprint::of(["夜校开班，报名请到社区服务站。"]), None);
        assert_eq!(Fingerprint::of([]), None);
    }

    proptest! {
        #[test]
        fn how_a_text_is_cut_into_paragraphs_changes_nothing(at in 10_usize..100) {
            let (first, second): (String, String) = (WIRE.chars().take(at).collect(), WIRE.chars().skip(at).collect());
            prop_assert_eq!(Fingerprint::of([first.as_str(), second.as_str()]), Some(of(WIRE)));
        }

        #[test]
        fn it_is_read_back_from_its_numbers(numbers: [u64; NUMBERS]) {
            prop_assert_eq!(Fingerprint::from_numbers(numbers).to_numbers(), numbers);
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,200}") {
            let _ = Fingerprint::of([text.as_str()]);
        }
    }
}
