//! Page headers, web stamps and front matter: which paper, which page, which day.

use crate::article::PartialDate;
use crate::text::first::ByFirst;
use crate::text::fold::fold_char;
use std::ops::Range;
use std::sync::LazyLock;

/// What a line of the page says of the issue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Issue {
    /// The newspaper.
    pub(super) paper: Option<String>,
    /// The page, as printed.
    pub(super) page: Option<String>,
    /// The day of publication.
    pub(super) date: Option<PartialDate>,
    /// Where a web page has its text from.
    pub(super) source: Option<String>,
    /// Whether it is the header of a page, not the stamp of one report.
    pub(super) is_header: bool,
}

/// Labels of front matter, and what follows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// The address of a report: closes the one before it.
    Link,
    /// The headline, on this line and the next.
    Title,
    /// The text, from here on.
    Content,
    /// The day of publication.
    Date,
    /// The page.
    Page,
    /// The newspaper.
    Paper,
    /// The column.
    Column,
}

const LABELS: &[(&str, Label)] = &[
    ("连接", Label::Link),
    ("链接", Label::Link),
    ("网址", Label::Link),
    ("标题", Label::Title),
    ("内容", Label::Content),
    ("正文", Label::Content),
    ("日期", Label::Date),
    ("版次", Label::Page),
    ("版面", Label::Page),
    ("报纸", Label::Paper),
    ("报名", Label::Paper),
    ("栏目", Label::Column),
    ("专栏", Label::Column),
];

/// Reads a label of front matter, with the text behind it.
pub(super) fn label(text: &str) -> Option<(Label, &str)> {
    static BY_FIRST: LazyLock<ByFirst<(&'static str, Label)>> =
        LazyLock::new(|| ByFirst::new(LABELS.iter().filter_map(|&row| Some((row.0.chars().next()?, row)))));
    BY_FIRST.get(text.chars().next()?).iter().find_map(|&(word, label)| {
        let rest = text.strip_prefix(word)?.trim_start();
        let value = rest.strip_prefix(['：', ':'])?;
        Some((label, value.trim()))
    })
}

/// The longest line that can be a page header or a web stamp.
const LONGEST: usize = 60;
/// The longest name of a page's section, or of a source.
const LONGEST_NAME: usize = 10;
/// So many letters of a header may stay unexplained.
const STRAY_LETTERS: usize = 1;
/// What may stand in a header beside date, page and paper.
const HEADER_WORDS: &[&str] = &[
    "星期一",
    "星期二",
    "星期三",
    "星期四",
    "星期五",
    "星期六",
    "星期日",
    "星期天",
    "周一",
    "周二",
    "周三",
    "周四",
    "周五",
    "周六",
    "周日",
    "责任编辑",
    "农历",
    "总第",
    "期",
    "责编",
    "编辑",
    "来源",
    "上一版",
    "下一版",
    "发布时间",
    "时间",
    "版权",
];

/// Reads a line as a page header (新河日报2031.12.22星期一01版:要闻) or web stamp (2031-07-26 05:03 来源:新河网).
pub(super) fn issue(line: &str) -> Option<Issue> {
    if line.contains('。') || line.chars().nth(LONGEST).is_some() {
        return None;
    }
    let line = half_width(line);
    // A page, a paper or a day must be named; most lines name none.
    if !line.contains(|c: char| matches!(c, '版' | '报') || c.is_ascii_digit()) {
        return None;
    }
    let line = without_date_blanks(&line);
    let date = full_date(&line);
    let code = page_code(&line).filter(|_| date.is_some());
    let page = page_number(&line).or_else(|| code.clone());
    let source = origin(&line);
    let mut rest = line.clone();
    if let Some((_, span)) = &date {
        rest.replace_range(span.clone(), " ");
    }
    let paper = paper(&rest);
    if let Some(paper) = &paper {
        rest = rest.replacen(paper, " ", 1);
    }
    if date.is_none() && page.is_none() && paper.is_none() {
        return None;
    }
    for word in HEADER_WORDS {
        rest = rest.replacen(word, " ", 1);
    }
    let (rest, has_section) = without_section(&rest);
    let letters = rest.chars().filter(|c| c.is_alphabetic()).count();
    // 新河晚报 2031.03.04 A05版 社会: a section's name beside all three.
    let is_whole = date.is_some() && page.is_some() && paper.is_some();
    let allowed = match (&source, &code) {
        (None, None) if !is_whole => STRAY_LETTERS,
        _ => LONGEST_NAME + STRAY_LETTERS,
    };
    let is_masthead = paper.is_some() && letters == 0;
    let is_header = is_masthead || page.is_some() && (date.is_some() || paper.is_some() || has_section);
    let is_stamp = date.is_some() && !rest.contains(['，', ',', '！', '？']);
    (letters <= allowed && (is_header || is_stamp)).then_some(Issue {
        paper: paper.filter(|_| source.is_none()),
        page,
        date: date.map(|(date, _)| date),
        source,
        is_header,
    })
}

/// Reads the day and page out of the address of an e-paper: …/2020-01/02/nw.D110000renmrb_20200102_5-03.htm.
pub(super) fn issue_of_address(address: &str) -> Issue {
    let name = address.rsplit('/').next().unwrap_or_default();
    let mut issue = Issue::default();
    for part in name.split(['_', '.', '/']) {
        if part.len() == 8 && part.bytes().all(|b| b.is_ascii_digit()) && issue.date.is_none() {
            let number = |range: std::ops::Range<usize>| part.get(range).and_then(|n| n.parse::<u32>().ok());
            if let (Some(year), Some(month), Some(day)) = (number(0..4), number(4..6), number(6..8)) {
                issue.date = i32::try_from(year).ok().and_then(|year| PartialDate::day_of(year, month, day));
            }
        } else if issue.date.is_some() && issue.page.is_none() {
            let page = part.split_once('-').map(|(_, page)| page);
            issue.page = page
                .filter(|p| !p.is_empty() && p.len() <= 3 && p.bytes().all(|b| b.is_ascii_alphanumeric()))
                .map(str::to_owned);
        }
    }
    issue
}

/// Takes the page number out of a header, with the name of the page's section behind it: 第a05版:要闻.
fn without_section(line: &str) -> (String, bool) {
    let Some((before, after)) = line.split_once('版') else { return (line.to_owned(), false) };
    let before = before.trim_end_matches(is_page_number).trim_end_matches('第');
    let section = after.trim_start();
    let Some(named) = section.strip_prefix([':', '/', '(', '·']) else {
        return (format!("{before} {after}"), section.is_empty());
    };
    let name = named.chars().take_while(|c| !c.is_whitespace()).count();
    let behind: String = named.chars().skip(name).collect();
    (format!("{before} {behind}"), name <= LONGEST_NAME)
}

/// Returns a line with full-width letters, digits and marks made half-width, white space kept as a blank.
pub(super) fn half_width(line: &str) -> String {
    line.chars().map(|c| if c.is_whitespace() { ' ' } else { fold_char(c).unwrap_or(c) }).collect()
}

/// Returns a line without the blanks inside its dates: 2031 年 8 月 10 日.
fn without_date_blanks(line: &str) -> String {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || "年月日".contains(c));
    let is_mark = |c: Option<char>| c.is_some_and(|c| "年月日".contains(c));
    let mut kept = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let (before, after) = (kept.chars().next_back(), chars.peek().copied());
        if c != ' ' || !(is_part(before) && is_part(after) && (is_mark(before) || is_mark(after))) {
            kept.push(c);
        }
    }
    kept
}

/// The code of a page at the head of a header: A26 中国新闻.
fn page_code(line: &str) -> Option<String> {
    let code = line.split(' ').next()?;
    let digits = code.strip_prefix(|c: char| c.is_ascii_alphabetic())?;
    let is_code = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_code.then(|| code.to_ascii_uppercase())
}

/// Returns what a line names as the source of a web page: 来源：新河网.
pub(super) fn origin(line: &str) -> Option<String> {
    let behind =
        ["来源:", "来源：", "来源|", "转自:", "转自："].iter().find_map(|word| Some(line.split_once(word)?.1))?;
    let name = behind.trim_start().split(|c: char| c.is_whitespace() || "()（）[【|，,".contains(c)).next()?;
    let is_name = (2..=LONGEST_NAME + 4).contains(&name.chars().count()) && name.chars().all(char::is_alphanumeric);
    is_name.then(|| name.to_owned())
}

/// Returns the first whole date of a half-width line, with the bytes it takes.
pub(super) fn full_date(line: &str) -> Option<(PartialDate, Range<usize>)> {
    let mut before = None;
    for (at, c) in line.char_indices() {
        let begins_number = c.is_ascii_digit() && !before.is_some_and(|b: char| b.is_ascii_digit());
        before = Some(c);
        if begins_number && let Some((date, length)) = line.get(at..).and_then(date_at_head) {
            return Some((date, at..at + length));
        }
    }
    None
}

/// The date at the head of a text, with the bytes it takes.
fn date_at_head(text: &str) -> Option<(PartialDate, usize)> {
    let (year, rest) = number(text, 4, 4)?;
    let (mark, rest) = split_mark(rest, &['年', '-', '.', '/'])?;
    let (month, rest) = number(rest, 1, 2)?;
    let (second, rest) = split_mark(rest, &['月', '-', '.', '/'])?;
    let (day, rest) = number(rest, 1, 2)?;
    if (mark == '年') != (second == '月') {
        return None;
    }
    let rest = if mark == '年' { rest.strip_prefix('日')? } else { rest };
    Some((PartialDate::day_of(i32::try_from(year).ok()?, month, day)?, text.len() - rest.len()))
}

fn number(text: &str, least: usize, most: usize) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).take(most).count();
    let (number, rest) = text.split_at_checked(digits)?;
    (digits >= least).then_some(())?;
    Some((number.parse().ok()?, rest))
}

fn split_mark<'t>(text: &'t str, marks: &[char]) -> Option<(char, &'t str)> {
    let mark = text.chars().next().filter(|c| marks.contains(c))?;
    Some((mark, text.get(mark.len_utf8()..)?))
}

/// The page number in a line as printed: 第02版, a05版, 第三版.
fn page_number(line: &str) -> Option<String> {
    let (before, _) = line.split_once('版')?;
    let page: Vec<char> = before.chars().rev().take_while(|&c| is_page_number(c)).take(4).collect();
    let page: String = page.into_iter().rev().collect();
    page.chars().any(|c| !c.is_ascii_alphabetic()).then(|| page.to_ascii_uppercase())
}

fn is_page_number(c: char) -> bool {
    c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c)
}

/// How the name of a newspaper ends.
const PAPER_ENDS: &[&str] = &[
    "日报",
    "晚报",
    "晨报",
    "时报",
    "早报",
    "商报",
    "都市报",
    "周报",
    "青年报",
    "工人报",
    "农民报",
    "法制报",
    "法治报",
    "导报",
    "快报",
    "新报",
    "参考报",
];

/// The name of a newspaper that stands in a header.
fn paper(folded: &str) -> Option<String> {
    let (end, name_end) =
        PAPER_ENDS.iter().find_map(|name_end| Some((folded.find(name_end)? + name_end.len(), name_end)))?;
    let head = folded.get(..end)?;
    let name: Vec<char> = head.chars().rev().take_while(|&c| super::marks::is_han(c)).collect();
    let length = name.len();
    (length > name_end.chars().count() && length <= 10).then(|| name.into_iter().rev().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_and_stamps_are_read() {
        let day = |text| PartialDate::parse(text);
        for (line, paper, page, date) in [
            ("新河日报2031.12.22星期一", Some("新河日报"), None, day("2031-12-22")),
            ("2031年02月03日", None, None, day("2031-02-03")),
            ("第A05版:要闻", None, Some("A05"), None),
            ("01版:要闻", None, Some("01"), None),
            ("2031年3月10日新河日报 第5版", Some("新河日报"), Some("5"), day("2031-03-10")),
            ("《新河日报》( 2031年07月03日 04版)", Some("新河日报"), Some("04"), day("2031-07-03")),
            ("2031-07-26 05:03:17 来源：新河晚报", None, None, day("2031-07-26")),
            ("新河日报", Some("新河日报"), None, None),
            ("A26 兩岸新聞 ■責任編輯：陸小河 2031 年 8 月 10 日(星期一)", None, Some("A26"), day("2031-08-10")),
            ("２０３１年１２月３１日 02:02:34 来源： 新河网", None, None, day("2031-12-31")),
        ] {
            let issue = issue(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((issue.paper.as_deref(), issue.page.as_deref(), issue.date), (paper, page, date), "{line}");
        }
    }

    #[test]
    fn text_that_names_a_day_or_a_page_is_no_header() {
        for line in [
            "2031年3月10日，河灯会开幕",
            "2031年3月10日陆远主持召开河长会议",
            "第三版修订稿出版",
            "河灯会开幕",
            "《河志》第2版将于明年出版发行",
        ] {
            assert_eq!(issue(line), None, "{line}");
        }
    }

    #[test]
    fn an_address_tells_day_and_page() {
        let issue = issue_of_address("http://paper.example.cn/html/2031-01/02/nw.D110000xhrb_20310102_5-03.htm");
        assert_eq!((issue.date, issue.page.as_deref()), (PartialDate::parse("2031-01-02"), Some("03")));
        assert_eq!(issue_of_address("http://example.cn/content_310339.htm"), Issue::default());
    }

    #[test]
    fn labels_of_front_matter_are_read() {
        assert_eq!(label("标题：河灯会开幕"), Some((Label::Title, "河灯会开幕")));
        assert_eq!(label("内容："), Some((Label::Content, "")));
        assert_eq!(label("标题党该管管了"), None);
    }
}
