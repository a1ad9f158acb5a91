//! What a block is when it is looked at alone.

use super::blocks::Block;
use super::furniture::{Furniture, furniture};
use super::header::{Issue, Label, issue, label};
use super::marks::{Ending, is_han};
use super::signs::{
    BOTH_WORDS, is_plain_byline, is_sign_off, lead_in_of, leads_into_news, names_makers, names_picture, signature,
    supplier_at_end,
};
use crate::corpus::byline::{read_byline_line, read_editor_line, read_photo_credit};
use crate::text::first::ByFirst;
use crate::text::fold::fold;
use std::sync::LazyLock;

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sort {
    /// Part of a report: headline, section head or body; which of them, its surroundings decide.
    Text,
    /// Text that begins with a lead-in, and what stands behind that.
    LeadIn(Rest),
    /// A line that closes a report: （本报北京1月1日电）, （作者为河流研究所研究员）.
    SignOff,
    /// An item of a list.
    ListItem,
    /// The text of a picture, as its head or its credit says.
    Caption,
    /// A line that names the makers.
    Byline,
    /// A line that names who took a picture.
    Credit,
    /// A page header or web stamp.
    Issue(Issue),
    /// A label of front matter.
    Label(Label),
    /// A line of the page.
    Furniture(Furniture),
}

/// What stands behind a lead-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rest {
    /// The news.
    News,
    /// Nothing: the news follows on the next line.
    Nothing,
    /// 题：and the headline again.
    Headline,
}

/// Longer lines are text, whatever is in them.
const LONGEST_LINE: usize = 120;
/// A dateline with the headline behind it (新华社X7月1日电 题：…) is not longer.
const LONGEST_NAMED_HEADLINE: usize = 80;
/// A caption with its credit on the same line is not longer.
const LONGEST_CAPTION: usize = 260;
/// A paragraph of a list.
const LIST_MARKS: &[&str] =
    &["●", "▲", "■", "◆", "★", "○", "◎", "◇", "□", "·", "•", "※", "——", "☆", "△", "▶", "* ", "- "];
/// A shorter line is only a note that a picture stands there (资料图片).
const CAPTION_LINE: usize = 6;
/// How the text of a picture begins.
static CAPTION_HEADS: LazyLock<ByFirst<&'static str>> = LazyLock::new(|| {
    ByFirst::words([
        "图为",
        "资料图",
        "图①",
        "图②",
        "图③",
        "图④",
        "上图",
        "下图",
        "左图",
        "右图",
        "图片说明",
        "图:",
        "图说",
    ])
});

/// Returns what a block is.
pub(super) fn sort_of(block: &Block<'_>) -> Sort {
    if block.length <= LONGEST_LINE
        && let Some(sort) = line_sort(block)
    {
        return sort;
    }
    if block.text.starts_with("分享到") || block.text.ends_with(">>") {
        return Sort::Furniture(Furniture::Litter);
    }
    if let Some(lead_in) = lead_in_of(&block.text) {
        let is_bracketed = block.text.starts_with(['（', '(']) && block.text.ends_with(['）', ')']);
        if is_bracketed && lead_in.end >= block.text.len() {
            return Sort::Byline;
        }
        return Sort::LeadIn(rest_of(&block.text, lead_in.end));
    }
    if is_caption(block) {
        return Sort::Caption;
    }
    if is_list_item(&block.text) { Sort::ListItem } else { Sort::Text }
}

/// What a short line is that is not text.
fn line_sort(block: &Block<'_>) -> Option<Sort> {
    let text = &*block.text;
    let folded = fold(text);
    if folded.is_empty() {
        return Some(Sort::Furniture(Furniture::Litter));
    }
    if let Some((label, _)) = label(text) {
        return Some(Sort::Label(label));
    }
    if let Some(issue) = issue(text) {
        return Some(Sort::Issue(issue));
    }
    if block.length >= CAPTION_LINE && CAPTION_HEADS.begins(&folded) {
        return Some(Sort::Caption);
    }
    if names_picture(&folded) && !block.has_inner_stop && read_photo_credit(text).is_some() {
        return Some(Sort::Credit);
    }
    if folded.contains([':', '编', '校', '审', '|', '丨']) && read_editor_line(text).is_some() {
        return Some(Sort::Furniture(Furniture::Staff));
    }
    if let Some(furniture) = furniture(&folded) {
        return Some(Sort::Furniture(furniture));
    }
    if is_sign_off(&folded) {
        return Some(Sort::SignOff);
    }
    let may_be_byline = names_makers(&folded) && !matches!(block.ending, Ending::Stop | Ending::Dash | Ending::Comma);
    if !may_be_byline || leads_into_news(text) {
        return None;
    }
    if read_byline_line(text).is_none() && !is_plain_byline(&folded) {
        return None;
    }
    let is_of_both = BOTH_WORDS.iter().any(|word| folded.contains(word));
    Some(if is_of_both { Sort::Credit } else { Sort::Byline })
}

fn rest_of(text: &str, end: usize) -> Rest {
    let (lead_in, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let names_headline = fold(lead_in).contains("电题:");
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || "：:】」，".contains(c));
    // A page on one line has the whole report behind 题：, which is then no headline.
    let is_line = text.chars().nth(LONGEST_NAMED_HEADLINE).is_none();
    if names_headline && rest.is_empty() && is_line {
        Rest::Headline
    } else if rest.is_empty() {
        Rest::Nothing
    } else if rest.starts_with(['题', '題']) && !rest.ends_with('。') && is_line {
        Rest::Headline
    } else {
        Rest::News
    }
}

/// Whether a block is the text of a picture by its head, or by the credit at its end.
fn is_caption(block: &Block<'_>) -> bool {
    if block.length > LONGEST_CAPTION {
        return false;
    }
    let folded = fold(head(&block.text, 30));
    let marked = folded.strip_prefix(['▲', '△', '▼', '◀', '▶', '↑', '←', '→']).unwrap_or(&folded);
    let is_arrowed = marked.len() < folded.len();
    if CAPTION_HEADS.begins(marked) || is_numbered_picture(marked) {
        return true;
    }
    if supplier_at_end(&block.text).is_some() {
        return true;
    }
    let (start, credit) = match credit_at_end(&block.text) {
        Some(found) if found.1 || !is_arrowed => found,
        _ => return is_arrowed && block.length <= LONGEST_LINE && !block.text.ends_with('▲'),
    };
    start > 0 && credit
}

/// Returns whether a text begins or goes on as the texts of pictures do: with a day, or with who stands where.
pub(super) fn begins_as_caption(text: &str) -> bool {
    const WORDS: &[&str] = &["图为", "图中", "这是", "（左", "（右", "(左", "(右", "（中）", "（前", "（资料", "合影"];
    const DAYS: &[&str] =
        &["近日", "日前", "昨日", "昨天", "今日", "今天", "连日来", "当日", "前日", "入冬", "入夏", "元旦", "春节"];
    let is_dated = text.chars().take(12).collect::<String>().split_once('月').is_some_and(|(month, day)| {
        month.ends_with(|c: char| c.is_numeric() || "一二三四五六七八九十元".contains(c)) && day.contains('日')
    });
    is_dated || DAYS.iter().any(|day| text.starts_with(day)) || WORDS.iter().any(|word| text.contains(word))
}

fn is_numbered_picture(folded: &str) -> bool {
    let Some(rest) = folded.strip_prefix('图') else { return false };
    let digits = rest.chars().take_while(|c| c.is_numeric()).count();
    digits > 0 && rest.chars().nth(digits).is_some_and(|c| ":.、".contains(c))
}

/// Where the credit at a block's end begins, and whether it is a picture's alone.
fn credit_at_end(text: &str) -> Option<(usize, bool)> {
    let (start, credit) = signature(text)?;
    let printed = text.get(start..).unwrap_or_default();
    let is_report = BOTH_WORDS.iter().any(|form| printed.contains(form));
    Some((start, !credit.byline.photographers.is_empty() && !is_report))
}

/// Returns whether a block is one item of a list: （一）, 一、, 1., ●.
pub(super) fn is_list_item(text: &str) -> bool {
    static MARKS: LazyLock<ByFirst<&'static str>> = LazyLock::new(|| ByFirst::words(LIST_MARKS.iter().copied()));
    if MARKS.begins(text) {
        return true;
    }
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return false };
    if ('①'..='⑳').contains(&first) || ('㈠'..='㈩').contains(&first) || ('⒈'..='⒛').contains(&first) {
        return true;
    }
    let is_bracketed = matches!(first, '（' | '(');
    let numbers = if is_bracketed { text.get(first.len_utf8()..).unwrap_or_default() } else { text };
    let is_number = |c: &char| c.is_numeric() || "一二三四五六七八九十".contains(*c);
    let count = numbers.chars().take_while(is_number).count();
    let mut behind = numbers.chars().skip(count);
    match (count, behind.next(), behind.next()) {
        (1..=3, Some('）' | ')'), _) => is_bracketed,
        (1..=3, Some('、' | '．'), _) => !is_bracketed,
        (1..=2, Some('.'), Some(next)) => !is_bracketed && !next.is_numeric(),
        _ => false,
    }
}

/// Returns whether a line can be the bare name of an author: two to four Chinese characters, padding aside.
pub(super) fn may_be_name(text: &str) -> bool {
    let letters = text.chars().filter(|c| !c.is_whitespace());
    (2..=4).contains(&letters.clone().take(5).count()) && letters.clone().all(is_han)
}

/// The head of a text, at most so many bytes long.
pub(super) fn head(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

/// The tail of a text, at most so many bytes long.
pub(super) fn tail(text: &str, bytes: usize) -> &str {
    let start = (text.len().saturating_sub(bytes)..=text.len()).find(|&at| text.is_char_boundary(at));
    text.get(start.unwrap_or(text.len())..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    #[test]
    fn each_sort_of_line_is_known() {
        let byline: fn(&Sort) -> bool = |sort| *sort == Sort::Byline;
        let credit: fn(&Sort) -> bool = |sort| *sort == Sort::Credit;
        let caption: fn(&Sort) -> bool = |sort| *sort == Sort::Caption;
        let text: fn(&Sort) -> bool = |sort| *sort == Sort::Text;
        let item: fn(&Sort) -> bool = |sort| *sort == Sort::ListItem;
        let news: fn(&Sort) -> bool = |sort| *sort == Sort::LeadIn(Rest::News);
        for (line, expected) in [
            ("本报记者 陆远", byline),
            ("（本报记者陆远、苏帆）", byline),
            ("本报记者陆远发自新河", byline),
            ("本报记者 陆远 摄", credit),
            ("新华社发（陆远摄）", credit),
            ("通讯员 陆远 摄影报道", credit),
            ("图为清淤现场。", caption),
            ("资料图：清淤现场 图片来源：新河网", caption),
            ("▲清淤现场。", caption),
            ("3月2日，清淤船开进老运河。 新河文化站供图", caption),
            ("老运河通水", text),
            ("河长制工作", text),
            ("推进流域合作", text),
            ("图片报道", text),
            ("河灯点亮（图片）", text),
            ("记者见面会今日举行", text),
            ("一、清淤。", item),
            ("（三）测水。", item),
            ("①清淤。", item),
            ("本报讯(记者陆远)清淤工程昨日完工。", news),
            ("新华社新河3月2日电 清淤工程昨日完工。", news),
        ] {
            let sort = sort_of(&Block::new(Cow::Borrowed(line), (1, 1), false, 0));
            assert!(expected(&sort), "{line}: {sort:?}");
        }
    }

    #[test]
    fn numbers_and_years_are_no_list() {
        for line in ["3.5公里的河道已清", "2031年的河", "三月的河", "（新河）三日", "一次次清淤"]
        {
            assert!(!is_list_item(line), "{line}");
        }
    }
}
