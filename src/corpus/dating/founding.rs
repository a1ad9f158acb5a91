//! Years told by what is counted from a known one: 成立105周年, 十五五开局之年. To add one: a row and a row in the tests.

use crate::text::first::{ByFirst, Charset};
use crate::text::fold::fold_char;
use std::sync::LazyLock;

/// What is celebrated, and the year it is counted from. Folded. All are public holidays or in the constitution of the
/// body named.
const FOUNDED: &[(&str, i32)] = &[
    ("中国共产党成立", 1921),
    ("建党", 1921),
    ("中国共产党诞生", 1921),
    ("中国人民解放军建军", 1927),
    ("建军", 1927),
    ("中华人民共和国成立", 1949),
    ("新中国成立", 1949),
    ("建国", 1949),
    ("抗日战争胜利", 1945),
    ("改革开放", 1978),
    ("香港回归祖国", 1997),
    ("香港回归", 1997),
    ("澳门回归祖国", 1999),
    ("澳门回归", 1999),
    ("共青团成立", 1922),
    ("中国共产主义青年团成立", 1922),
    ("人民政协成立", 1949),
    ("红军长征胜利", 1936),
    ("辛亥革命", 1911),
    ("五四运动", 1919),
    ("联合国成立", 1945),
    ("西藏自治区成立", 1965),
    ("新疆维吾尔自治区成立", 1955),
    ("内蒙古自治区成立", 1947),
    ("宁夏回族自治区成立", 1958),
    ("广西壮族自治区成立", 1958),
];

/// The first year of each five-year plan by its name. Folded.
const PLANS: &[(&str, i32)] = &[
    ("九五", 1996),
    ("十五", 2001),
    ("十一五", 2006),
    ("十二五", 2011),
    ("十三五", 2016),
    ("十四五", 2021),
    ("十五五", 2026),
];

/// What was to be done by the end of a year, which is its last: set by the decision of the Central Committee and the
/// State Council of 29 November 2015 on the fight against poverty, and by the 13th five-year plan. Folded.
const DUE: &[(&str, i32)] = &[("脱贫攻坚战", 2020), ("脱贫攻坚", 2020), ("全面建成小康社会", 2020)];

/// The characters that a row of any of the tables begins with.
static BEGINNERS: LazyLock<Charset> =
    LazyLock::new(|| Charset::of(FOUNDED.iter().chain(PLANS).chain(DUE).filter_map(|(name, _)| name.chars().next())));

/// Returns the year that an anniversary or a plan in the text says is the present one.
pub fn year_told(text: &str) -> Option<i32> {
    /// Nothing is told without one of these; looking for them is all that most texts cost. 週 and 開 are their older
    /// forms.
    static NEEDED: LazyLock<ByFirst<&'static str>> =
        LazyLock::new(|| ByFirst::words(["周年", "週年", "开局", "開局", "收官", "决胜", "决战"]));
    if !NEEDED.is_in(text) {
        return None;
    }
    let folded: Vec<char> =
        text.chars().filter_map(fold_char).filter(|c| !matches!(c, '“' | '”' | '"' | '「' | '」')).collect();
    (0..folded.len()).find_map(|at| {
        let rest = folded.get(at..).filter(|rest| rest.first().is_some_and(|&c| BEGINNERS.has(c)))?;
        anniversary(rest).or_else(|| plan(rest)).or_else(|| due(rest))
    })
}

/// 成立105周年, after the name of what was founded.
fn anniversary(rest: &[char]) -> Option<i32> {
    let (after, founded) = FOUNDED.iter().find_map(|(name, year)| Some((strip(rest, name)?, *year)))?;
    let digits: String = after.iter().take(3).take_while(|c| c.is_ascii_digit()).collect();
    let years: i32 = digits.parse().ok()?;
    strip(after.get(digits.len()..)?, "周年").map(|_| founded + years)
}

/// 十五五开局之年 is its first year, 收官之年 its fifth.
fn plan(rest: &[char]) -> Option<i32> {
    let (after, first) = PLANS
        .iter()
        .filter_map(|(name, year)| Some((strip(rest, name)?, *year)))
        .min_by_key(|(after, _)| after.len())?;
    let after = strip(after, "规划").unwrap_or(after);
    let after = strip(after, "的").unwrap_or(after);
    if strip(after, "开局之年").or_else(|| strip(after, "开局年")).is_some() {
        return Some(first);
    }
    strip(after, "收官之年").map(|_| first + 4)
}

/// 脱贫攻坚的收官之年, 决胜之年.
fn due(rest: &[char]) -> Option<i32> {
    let (after, year) = DUE.iter().find_map(|(name, year)| Some((strip(rest, name)?, *year)))?;
    let after = strip(after, "的").unwrap_or(after);
    ["收官之年", "收官年", "决胜之年", "决战之年", "决战决胜之年"]
        .iter()
        .any(|word| strip(after, word).is_some())
        .then_some(year)
}

fn strip<'a>(rest: &'a [char], word: &str) -> Option<&'a [char]> {
    let mut rest = rest;
    for c in word.chars() {
        rest = match rest {
            [first, after @ ..] if *first == c => after,
            _ => return None,
        };
    }
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_from_a_known_year_tells_the_year() {
        for (text, year) in [
            ("今年是中国共产党成立105周年，", Some(2026)),
            ("庆祝建军90周年", Some(2017)),
            ("是“十五五”开局之年。", Some(2026)),
            ("“十四五”规划的收官之年", Some(2025)),
            ("公司成立20周年", None),
            ("“十五五”规划", None),
            ("新中國成立70周年", Some(2019)),
            ("今年是决战脱贫攻坚的收官之年", Some(2020)),
            ("今年是全面建成小康社会决胜之年", Some(2020)),
            ("打赢脱贫攻坚战", None),
        ] {
            assert_eq!(year_told(text), year, "{text}");
        }
    }
}
