//! Cutting text into words. The only module that names jieba.
//!
//! Two segmenters that cut alike: [`CorpusSegmenter`] holds the whole dictionary and is built once by whoever writes
//! an index; [`QuerySegmenter`] holds only the words that occur in one query and costs a fraction of a millisecond.
//! Nothing that searches may name `CorpusSegmenter`; a test of the imports says so.

pub mod dictionary;

use super::fold::fold_char;
use jieba_rs::Jieba;
use std::sync::{Arc, LazyLock};

/// Version of how text is cut into words; part of what an index records of its analyser.
pub const VERSION: u32 = 1;

/// Whether unknown words are guessed by jieba's hidden Markov model. On, as in jieba itself: without it every new
/// name falls into single characters.
const GUESS_UNKNOWN_WORDS: bool = true;

/// A word no folded text can hold, since folding drops U+0000. It carries the frequency of all the words left out.
const FILLER: &str = "\0";

/// Cuts text with the whole dictionary. Cloning is cheap.
#[derive(Clone)]
pub struct CorpusSegmenter(Arc<LazyLock<Jieba>>);

impl CorpusSegmenter {
    /// Makes one for writing an index. The dictionary is filled, which takes some 100 ms, when the first text is cut:
    /// a run that finds nothing new does not pay for it.
    #[must_use]
    pub fn for_writing() -> Self {
        Self(Arc::new(LazyLock::new(|| {
            let mut jieba = Jieba::empty();
            dictionary::for_each(|word, frequency| add(&mut jieba, word, frequency));
            jieba
        })))
    }

    /// Calls `found` with every word of a paragraph, folded; see [`QuerySegmenter::words`].
    pub fn for_each_word(&self, paragraph: &str, found: impl FnMut(&str)) {
        for_each_word(LazyLock::force(&self.0), &separated(paragraph), found);
    }

    /// Returns every word of a paragraph, folded.
    #[must_use]
    pub fn words(&self, paragraph: &str) -> Vec<String> {
        let mut words = Vec::new();
        self.for_each_word(paragraph, |word| words.push(word.to_owned()));
        words
    }
}

/// Cuts short texts, looking up in the embedded dictionary only the words that occur in them.
#[derive(Debug, Clone, Copy, Default)]
pub struct QuerySegmenter;

impl QuerySegmenter {
    /// Returns every word of a text, folded, in order, with words inside longer words (养老, 服务 and 养老服务);
    /// exactly what [`CorpusSegmenter`] yields for the same text. Punctuation is no word.
    #[must_use]
    pub fn words(self, text: &str) -> Vec<String> {
        let text = separated(text);
        let mut jieba = Jieba::empty();
        let mut rest = dictionary::TOTAL_FREQUENCY;
        let mut added = std::collections::HashSet::new();
        dictionary::for_each_within(&text, |word, frequency| {
            if added.insert(word.to_owned()) {
                add(&mut jieba, word, frequency);
                rest = rest.saturating_sub(frequency);
            }
        });
        add(&mut jieba, FILLER, rest);
        let mut words = Vec::new();
        for_each_word(&jieba, &text, |word| words.push(word.to_owned()));
        words
    }
}

fn add(jieba: &mut Jieba, word: &str, frequency: u64) {
    // Never `None`: jieba would then invent a frequency from the words it holds so far.
    jieba.add_word(word, Some(usize::try_from(frequency).unwrap_or(usize::MAX)), None);
}

fn for_each_word(jieba: &Jieba, separated: &str, mut found: impl FnMut(&str)) {
    for token in jieba.cut_for_search(separated, GUESS_UNKNOWN_WORDS) {
        if token.word.chars().any(|c| is_han(c) || c.is_alphanumeric()) {
            found(token.word);
        }
    }
}

/// Folds a text for cutting: dropped characters vanish, but a blank between two Latin words or numbers stays one
/// blank, so that `deep learning` is two words while 养 老 is one.
fn separated(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut last = None;
    let mut gap = false;
    for c in text.chars() {
        let Some(folded) = fold_char(c) else {
            gap |= c.is_whitespace();
            continue;
        };
        if gap && last.is_some_and(is_spaced_script) && is_spaced_script(folded) {
            out.push(' ');
        }
        out.push(folded);
        (last, gap) = (Some(folded), false);
    }
    out
}

/// Whether a character belongs to a script that parts words by blanks (anything alphanumeric but CJK).
#[must_use]
pub fn is_spaced_script(c: char) -> bool {
    !('\u{2e80}'..='\u{9fff}').contains(&c) && !('\u{20000}'..='\u{3ffff}').contains(&c) && c.is_alphanumeric()
}

/// Whether a character is one of the Chinese ones that nearly all text is made of: what is asked first of every character,
/// the general question takes a search in a table.
fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fa5}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    static WHOLE: LazyLock<CorpusSegmenter> = LazyLock::new(CorpusSegmenter::for_writing);

    #[test]
    fn a_query_is_cut_into_words_and_the_words_inside_them() {
        assert_eq!(
            QuerySegmenter.words("高新区领导调研养老服务"),
            ["高新", "新区", "高新区", "领导", "调研", "养老", "服务"]
        );
    }

    #[test]
    fn latin_words_stay_apart_and_han_blanks_vanish() {
        assert_eq!(QuerySegmenter.words("Deep  Learning，养 老"), ["deep", "learning", "养老"]);
    }

    #[test]
    fn folding_comes_before_cutting() {
        assert_eq!(QuerySegmenter.words("養老服務體系"), WHOLE.words("养老服务体系"));
    }

    #[test]
    fn the_small_dictionary_cuts_the_sample_reports_as_the_whole_one() {
        let mut clauses = 0;
        for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus")).into_iter().flatten().flatten() {
            let text =
                std::fs::read(entry.path()).map(|b| String::from_utf8_lossy(&b).into_owned()).unwrap_or_default();
            for clause in text.split(['，', '。', ',', '、', '\n']).filter(|c| !c.trim().is_empty()) {
                assert_eq!(QuerySegmenter.words(clause), WHOLE.words(clause), "{clause}");
                clauses += 1;
            }
        }
        assert!(clauses > 300, "only {clauses} clauses");
    }

    proptest! {
        #[test]
        fn the_small_dictionary_cuts_any_text_as_the_whole_one(
            text in "[一-龥]{1,12}|[\\PC]{0,20}|[的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严]{1,16}"
        ) {
            prop_assert_eq!(QuerySegmenter.words(&text), WHOLE.words(&text));
        }
    }
}
