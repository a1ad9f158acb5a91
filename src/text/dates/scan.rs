//! Finding the dates in a text, left to right, the longest reading at each place.

use super::DateMention;
use super::numeral::{digit, is_numeral, small, year};
use super::relative::{BEGINNING, BROKEN_AFTER, BROKEN_BY, NAMED, RELATIVE, Relative, SECOND};
use crate::text::first::Charset;
use crate::text::fold::fold_char;
use std::sync::LazyLock;

/// A visible character, or one blank for any run of white space.
#[derive(Clone, Copy)]
struct Cell {
    at: usize,
    end: usize,
    folded: char,
}

/// Returns every date of a text, in order; none overlaps another.
#[must_use]
pub fn mentions(text: &str) -> Vec<DateMention> {
    let mut found: Vec<DateMention> = Vec::new();
    for (at, c) in text.char_indices().filter(|&(_, c)| BEGINNERS.has(c)) {
        let is_inside = found.last().is_some_and(|last| at < last.span.end);
        let (Some(head), Some(rest)) = (text.get(..at), text.get(at..)) else { continue };
        if is_inside || !fold_char(c).is_some_and(|folded| promises(folded, rest)) {
            continue;
        }
        let before = head.chars().rev().find_map(|c| if c.is_whitespace() { Some(' ') } else { fold_char(c) });
        found.extend(read_from(rest, before).map(|mention| shifted(mention, at)));
    }
    found
}

/// The characters, as printed, that dates begin with.
static BEGINNERS: LazyLock<Charset> =
    LazyLock::new(|| {
        Charset::of(('\0'..='\u{ffff}').filter(|&c| {
            fold_char(c).is_some_and(|c| is_numeral(c) || NAMES_BEGIN.contains(&c) || BEGINNING.contains(&c))
        }))
    });

/// What the names of days, months and calendars begin with.
const NAMES_BEGIN: &[char] = &['新', '国', '元', '腊', '正', '冬', '农', '旧', '阴', '民'];

/// Returns the date that begins at a byte of the text. Reads no further than the date goes.
#[must_use]
pub fn mention_at(text: &str, at: usize) -> Option<DateMention> {
    let rest = text.get(at..)?;
    // Blanks and what is not seen may stand before it.
    if !rest.chars().next().is_some_and(|c| BEGINNERS.has(c) || c.is_whitespace() || fold_char(c).is_none()) {
        return None;
    }
    let before = text.get(..at)?.chars().next_back();
    read_from(rest, before.and_then(fold_char)).map(|mention| shifted(mention, at))
}

/// Reads the date at the head of a text; what stands before it may show that it is none.
fn read_from(rest: &str, before: Option<char>) -> Option<DateMention> {
    /// The longest date takes fewer characters: 昨日（二〇二六年十二月三十一日）.
    const REACH: usize = 40;
    if before.is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    let cut = rest.char_indices().nth(REACH).map_or(rest.len(), |(cut, _)| cut);
    let mut cells = Vec::with_capacity(REACH);
    cells.extend(before.map(|folded| Cell { at: 0, end: 0, folded }));
    let start = cells.len();
    add_cells(rest.get(..cut)?, &mut cells);
    read(&cells, start).map(|(mention, _)| mention)
}

/// Whether a date can begin with a folded character, with what follows it: quickly, so that most of a text is passed
/// over.
fn promises(first: char, rest: &str) -> bool {
    /// A year, a blank and its unit; 初 and 元 begin no date.
    const AHEAD: usize = 8;
    if is_numeral(first) {
        let after = rest.chars().take(AHEAD).filter_map(|c| if c.is_whitespace() { None } else { fold_char(c) });
        // Only a year of four digits has such a mark behind it.
        return after
            .enumerate()
            .find(|&(_, c)| !is_numeral(c))
            .is_some_and(|(n, c)| matches!(c, '年' | '月' | '日' | '号') || matches!(c, '-' | '/' | '.') && n == 4);
    }
    match first {
        '新' | '国' => NAMED.iter().any(|(name, ..)| rest.starts_with(name)),
        '元' => rest.starts_with("元月") || NAMED.iter().any(|(name, ..)| rest.starts_with(name)),
        '腊' | '正' | '冬' => rest.chars().nth(1) == Some('月'),
        '农' | '旧' | '阴' => rest.chars().nth(1).and_then(fold_char) == Some('历'),
        '民' => rest.chars().nth(1).and_then(fold_char) == Some('国'),
        _ if BEGINNING.contains(&first) => {
            rest.chars().skip(1).find(|c| !c.is_whitespace()).and_then(fold_char).is_some_and(|c| SECOND.contains(&c))
        }
        _ => false,
    }
}

fn shifted(mut mention: DateMention, by: usize) -> DateMention {
    mention.span = mention.span.start + by..mention.span.end + by;
    mention
}

fn add_cells(text: &str, cells: &mut Vec<Cell>) {
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let folded = if c.is_whitespace() { Some(' ') } else { fold_char(c) };
        match (folded, cells.last_mut()) {
            (Some(' '), Some(last)) if last.folded == ' ' => last.end = end,
            (Some(folded), _) => cells.push(Cell { at, end, folded }),
            (None, _) => {}
        }
    }
}

fn read(cells: &[Cell], at: usize) -> Option<(DateMention, usize)> {
    if at.checked_sub(1).and_then(|before| cells.get(before)).is_some_and(|c| c.folded.is_ascii_digit()) {
        return None;
    }
    let mut scan = Scan { cells, at };
    let mention = scan
        .lunar()
        .or_else(|| scan.named())
        .or_else(|| scan.relative())
        .or_else(|| scan.iso())
        .or_else(|| scan.written())?;
    let (first, last) = (cells.get(at)?, cells.get(scan.at.checked_sub(1)?)?);
    Some((DateMention { span: first.at..last.end, ..mention }, scan.at))
}

/// A place in the text that moves on over what has been read, and stays where nothing has.
struct Scan<'a> {
    cells: &'a [Cell],
    at: usize,
}

impl Scan<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.cells.get(self.at + ahead).map(|c| c.folded)
    }

    fn before(&self) -> Option<char> {
        self.at.checked_sub(1).and_then(|at| self.cells.get(at)).map(|c| c.folded)
    }

    fn blank(&mut self) {
        if self.peek(0) == Some(' ') {
            self.at += 1;
        }
    }

    /// Moves over one of the characters.
    fn one_of(&mut self, wanted: &[char]) -> Option<char> {
        let start = self.at;
        self.blank();
        let c = self.peek(0).filter(|c| wanted.contains(c));
        self.at = if c.is_some() { self.at + 1 } else { start };
        c
    }

    fn has_word(&self, word: &str) -> bool {
        word.chars().enumerate().all(|(n, c)| self.peek(n) == Some(c))
    }

    fn word(&mut self, word: &str) -> Option<()> {
        self.has_word(word).then(|| self.at += word.chars().count())
    }

    /// Runs a reader and stays in place where it fails.
    fn attempt<T>(&mut self, reader: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let start = self.at;
        let read = reader(self);
        if read.is_none() {
            self.at = start;
        }
        read
    }

    /// Moves over the numerals that stand here, at most `most`.
    fn numerals(&mut self, most: usize) -> Vec<char> {
        self.blank();
        let mut chars = Vec::new();
        while let Some(c) = self.peek(0).filter(|&c| is_numeral(c) && chars.len() < most) {
            chars.push(c);
            self.at += 1;
        }
        chars
    }

    /// A number from 1 to `most` with its unit behind it.
    fn counted(&mut self, most: u32, units: &[char]) -> Option<u32> {
        self.attempt(|scan| {
            let number = small(&scan.numerals(4))?;
            scan.one_of(units)?;
            (1..=most).contains(&number).then_some(number)
        })
    }

    fn month(&mut self) -> Option<u32> {
        self.attempt(|scan| {
            scan.blank();
            scan.word("元月").map(|()| 1)
        })
        .or_else(|| self.counted(12, &['月']))
    }

    fn day(&mut self) -> Option<u32> {
        self.counted(31, &['日', '号'])
    }

    fn year(&mut self) -> Option<i32> {
        self.attempt(|scan| {
            if scan.word("民国").is_some() {
                let chars = scan.numerals(3);
                let number = match *chars {
                    [a @ '1'..='9', b, c] => i32::try_from(small(&[a, b])? * 10 + digit(c)?).ok()?,
                    ['元'] => 1,
                    _ => i32::try_from(small(&chars)?).ok()?,
                };
                scan.one_of(&['年'])?;
                return Some(number + 1911);
            }
            let chars = scan.numerals(5);
            let number = year(&chars)?;
            scan.one_of(&['年']).map(|_| number)
        })
    }

    /// 2026年2月11日 and every shorter form.
    fn written(&mut self) -> Option<DateMention> {
        let year = self.year();
        if let Some(month) = self.month() {
            let day = self.day();
            return Some(DateMention { year, month: Some(month), day, ..DateMention::default() });
        }
        if year.is_some() {
            return Some(DateMention { year, ..DateMention::default() });
        }
        self.attempt(Self::day_alone)
    }

    /// 26日: a day where no month stands, unless it counts days (3日内, 十日游).
    fn day_alone(&mut self) -> Option<DateMention> {
        const COUNTS: &[char] = &['内', '后', '游', '均', '元', '来', '间', '余', '多', '式', '报', '刊', '期', '度'];
        const HOURS: &[char] = &['上', '下', '凌', '晚', '早', '中', '清', '傍', '夜', '在', '电', '从', '举'];
        if self.before().is_some_and(|c| is_numeral(c) || matches!(c, '第' | '近' | '每' | '.' | '/' | '-')) {
            return None;
        }
        let spelled = !self.peek(0)?.is_ascii_digit();
        let day = self.counted(31, &['日'])?;
        let next = self.peek(0);
        // 三日 and 十日 count days more often than not; 三十日 seldom does.
        let short = spelled && day <= 10;
        if next.is_some_and(|c| COUNTS.contains(&c)) || (short && !next.is_some_and(|c| HOURS.contains(&c))) {
            return None;
        }
        Some(DateMention { day: Some(day), ..DateMention::default() })
    }

    /// 2026-02-11, 2026/2/11, 2026.02.11.
    fn iso(&mut self) -> Option<DateMention> {
        self.attempt(|scan| {
            let digits = |scan: &mut Self, most: usize| {
                let mut chars = Vec::new();
                while let Some(c) = scan.peek(0).filter(|c| c.is_ascii_digit() && chars.len() < most) {
                    chars.push(c);
                    scan.at += 1;
                }
                chars
            };
            let year = year(&digits(scan, 4))?;
            let mark = scan.one_of(&['-', '/', '.'])?;
            let month = small(&digits(scan, 2)).filter(|n| (1..=12).contains(n))?;
            scan.one_of(&[mark])?;
            let day = small(&digits(scan, 2)).filter(|n| (1..=31).contains(n))?;
            Some(DateMention { year: Some(year), month: Some(month), day: Some(day), ..DateMention::default() })
        })
    }

    /// 农历九月初九, 腊月廿九, 正月十五, 九月初九.
    fn lunar(&mut self) -> Option<DateMention> {
        self.attempt(|scan| {
            let marked = scan.word("农历").or_else(|| scan.word("旧历")).or_else(|| scan.word("阴历")).is_some();
            let named = ["腊月", "正月", "冬月"].iter().find_map(|name| scan.word(name)).is_some();
            if !named && scan.month().is_none() {
                return marked.then(|| DateMention { lunar: true, ..DateMention::default() });
            }
            let early = scan.word("初").is_some();
            let start = scan.at;
            let number = small(&scan.numerals(3));
            if number.is_none() {
                scan.at = start;
            }
            // A day with its unit is of the common calendar (二月十一日) unless the calendar is named.
            let counted = scan.one_of(&['日', '号']).is_some();
            (marked || named || (early && number.is_some() && !counted))
                .then(|| DateMention { lunar: true, ..DateMention::default() })
        })
    }

    /// 新年第一天: a day by its name.
    fn named(&mut self) -> Option<DateMention> {
        let (_, month, day) = NAMED.iter().find(|(name, ..)| self.word(name).is_some())?;
        Some(DateMention { month: Some(*month), day: Some(*day), ..DateMention::default() })
    }

    /// 昨日, 昨（17）日, 昨日（2月23日）, 上月26日, 去年12月3日.
    fn relative(&mut self) -> Option<DateMention> {
        if self.before().is_some_and(|c| BROKEN_AFTER.contains(&c)) && self.peek(0) == Some('前') {
            return None;
        }
        if let Some(mention) = self.attempt(Self::split_relative) {
            return Some(mention);
        }
        let (word, relative) = RELATIVE.iter().filter(|(word, _)| self.has_word(word)).max_by_key(|(w, _)| w.len())?;
        let broken = |scan: &Self| {
            BROKEN_BY.iter().any(|(of, by)| {
                of == word && by.chars().enumerate().all(|(n, c)| scan.peek(word.chars().count() + n) == Some(c))
            })
        };
        if broken(self) {
            return None;
        }
        self.word(word)?;
        let mut mention = match relative {
            Relative::Day(_) => self.attempt(Self::in_brackets).unwrap_or_default(),
            Relative::Month(_) => DateMention { day: self.day(), ..DateMention::default() },
            Relative::Year(_) => {
                let month = self.month();
                DateMention { month, day: month.and_then(|_| self.day()), ..DateMention::default() }
            }
        };
        mention.relative = Some(*relative);
        Some(mention)
    }

    /// （2月23日） behind a word that is counted from today.
    fn in_brackets(&mut self) -> Option<DateMention> {
        self.one_of(&['('])?;
        self.blank();
        let mention = self.iso().or_else(|| self.written()).filter(|mention| mention.day.is_some())?;
        // 昨日（2月23日下午）: the bracket may say more; the date ends with the day then.
        let _ = self.one_of(&[')']);
        Some(mention)
    }

    /// 昨（17）日: the number splits the word.
    fn split_relative(&mut self) -> Option<DateMention> {
        let days = match self.peek(0)? {
            '今' => 0,
            '昨' => -1,
            '前' => -2,
            '明' => 1,
            _ => return None,
        };
        self.at += 1;
        self.one_of(&['('])?;
        self.blank();
        let month = self.month();
        let day = small(&self.numerals(3)).filter(|n| (1..=31).contains(n))?;
        let _ = self.one_of(&['日', '号']);
        self.one_of(&[')'])?;
        self.one_of(&['日', '天', '晚', '晨', '早', '夜'])?;
        Some(DateMention { month, day: Some(day), relative: Some(Relative::Day(days)), ..DateMention::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every date of a text as `year-month-day relative`, what is unsaid left out.
    fn shown(text: &str) -> Vec<String> {
        let number = |n: Option<u32>| n.map_or(String::new(), |n| n.to_string());
        mentions(text)
            .into_iter()
            .map(|m| {
                let relative = match m.relative {
                    Some(Relative::Day(n)) => format!(" {n}d"),
                    Some(Relative::Month(n)) => format!(" {n}m"),
                    Some(Relative::Year(n)) => format!(" {n}y"),
                    None => String::new(),
                };
                let lunar = if m.lunar { "lunar" } else { "" };
                let year = m.year.map_or(String::new(), |n| n.to_string());
                format!("{year}-{}-{}{relative}{lunar}", number(m.month), number(m.day))
            })
            .collect()
    }

    #[test]
    fn each_form_is_read() {
        for (text, dates) in [
            ("2026年2月11日，市里开会", vec!["2026-2-11"]),
            ("3月5日上午和６月７日", vec!["-3-5", "-6-7"]),
            ("二〇二六年二月十一日", vec!["2026-2-11"]),
            ("二○二六年二月卅日", vec!["2026-2-30"]),
            ("二零一一年十二月", vec!["2011-12-"]),
            ("九月二十七日电", vec!["-9-27"]),
            ("1998年元月1日", vec!["1998-1-1"]),
            ("2026 年 2 月 11 日", vec!["2026-2-11"]),
            ("2020-07-26 05:03", vec!["2020-7-26"]),
            ("2008.06.13和2014/3/9", vec!["2008-6-13", "2014-3-9"]),
            ("民国三十八年十月一日", vec!["1949-10-1"]),
            ("民國114年11月18日", vec!["2025-11-18"]),
            ("26日凌晨", vec!["--26"]),
            ("二十六日上午", vec!["--26"]),
            ("3日内办结，每日三餐，五日游", vec![]),
            ("昨日下午，今晨", vec!["-- -1d", "-- 0d"]),
            ("昨（17）日", vec!["--17 -1d"]),
            ("今(30)日凌晨", vec!["--30 0d"]),
            ("昨日（2月23日），", vec!["-2-23 -1d"]),
            ("今天（26日）", vec!["--26 0d"]),
            ("本月1日，上月26日", vec!["--1 0m", "--26 -1m"]),
            ("去年12月3日", vec!["-12-3 -1y"]),
            ("新年第一天，工地上", vec!["-1-1"]),
            ("三十日起展出，三十日内办结", vec!["--30"]),
            ("目前天气晴", vec![]),
            ("今日头条", vec![]),
            ("农历九月初九", vec!["lunar"]),
            ("腊月廿九与正月十五", vec!["lunar", "lunar"]),
            ("13月40日", vec![]),
            ("第3次会议，105周年", vec![]),
        ] {
            let dates: Vec<_> = dates.into_iter().map(|d| if d == "lunar" { "--lunar" } else { d }).collect();
            assert_eq!(shown(text), dates, "{text}");
        }
    }

    #[test]
    fn a_date_is_read_where_it_is_asked_for() {
        let text = "本报北京1月1日电";
        let at = text.find('1').unwrap();
        let mention = mention_at(text, at).unwrap();
        assert_eq!(&text[mention.span], "1月1日");
        assert_eq!(mention_at(text, 0), None);
        assert_eq!(mention_at(text, 1), None);
    }

    proptest! {
        #[test]
        fn spans_lie_on_characters_and_in_order(text in "[0-9〇一二十月日年今昨前天本去(（）) 初农历\\-./民国上\\PC]{0,60}") {
            let mut last = 0;
            for mention in mentions(&text) {
                prop_assert!(mention.span.start >= last && mention.span.start < mention.span.end);
                prop_assert!(text.get(mention.span.clone()).is_some());
                last = mention.span.end;
            }
        }
    }
}
