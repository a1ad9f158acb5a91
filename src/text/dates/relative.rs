//! The words that count a date from the day of writing. To add one: a row here and a row in the tests of `scan.rs`.

/// How far a date lies from the day of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relative {
    /// So many days later (昨日: -1).
    Day(i32),
    /// So many months later (上月: -1).
    Month(i32),
    /// So many years later (去年: -1).
    Year(i32),
}

use Relative::{Day, Month, Year};

/// Every word with its distance, folded. Where several match, the longest is meant.
pub const RELATIVE: &[(&str, Relative)] = &[
    ("今天", Day(0)),
    ("今日", Day(0)),
    ("今晨", Day(0)),
    ("今早", Day(0)),
    ("今晚", Day(0)),
    ("今凌晨", Day(0)),
    ("昨天", Day(-1)),
    ("昨日", Day(-1)),
    ("昨晨", Day(-1)),
    ("昨早", Day(-1)),
    ("昨晚", Day(-1)),
    ("昨夜", Day(-1)),
    ("昨午", Day(-1)),
    ("前天", Day(-2)),
    ("前日", Day(-2)),
    ("前晚", Day(-2)),
    ("前夜", Day(-2)),
    ("大前天", Day(-3)),
    ("明天", Day(1)),
    ("明日", Day(1)),
    ("明晨", Day(1)),
    ("明晚", Day(1)),
    ("后天", Day(2)),
    ("本月", Month(0)),
    ("上月", Month(-1)),
    ("上个月", Month(-1)),
    ("下月", Month(1)),
    ("下个月", Month(1)),
    ("今年", Year(0)),
    ("本年", Year(0)),
    ("去年", Year(-1)),
    ("前年", Year(-2)),
    ("明年", Year(1)),
];

/// Days of the common calendar that have a name, with month and day.
pub const NAMED: &[(&str, u32, u32)] =
    &[("新年第一天", 1, 1), ("新年首日", 1, 1), ("元旦当天", 1, 1), ("国庆节当天", 10, 1), ("国庆当天", 10, 1)];

/// The characters that the words of the table begin with.
pub const BEGINNING: &[char] = &['今', '昨', '前', '大', '明', '后', '本', '上', '下', '去'];

/// Their second characters, and the bracket of 昨（17）日.
pub const SECOND: &[char] = &['天', '日', '晨', '早', '晚', '凌', '夜', '午', '前', '月', '个', '年', '('];

/// What may follow a word of the table so that it is none: 目前天气, 今日头条, 以前日子.
pub const BROKEN_BY: &[(&str, &str)] =
    &[("今日", "头条"), ("今日", "商报"), ("今日", "说法"), ("明日", "之星"), ("后天", "性")];

/// What may stand before a word of the table so that it is none: 目|前天气, 此|前日.
pub const BROKEN_AFTER: &[char] =
    &['目', '此', '之', '以', '日', '午', '空', '先', '提', '生', '会', '赛', '节', '年', '当'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_begins_with_a_character_that_is_looked_for() {
        for (word, _) in RELATIVE {
            assert!(word.chars().next().is_some_and(|c| BEGINNING.contains(&c)), "{word}");
            assert!(word.chars().nth(1).is_some_and(|c| SECOND.contains(&c)), "{word}");
        }
    }
}
