//! How a line, or the end of a text, shows that it names people: the words and shapes that must be there before the
//! readers of bylines are asked, so that no headline or clause is taken for names.

use super::classify::{head, tail};
use super::marks::{Ending, has_end_mark, is_han};
use crate::corpus::byline::{Credit, LeadIn, read_lead_in, read_tail};
use crate::text::first::ByFirst;
use crate::text::fold::{fold, fold_char};
use std::sync::LazyLock;

/// As much of a block is shown to the reader of lead-ins, in bytes.
const HEAD: usize = 600;
/// As much of a text's end is shown to the reader of credits, in bytes.
const TAIL: usize = 240;
/// Names at the end of a text, all on one bracket or line, are not longer.
const LONGEST_SIGNATURE: usize = 80;

/// Words that a picture's credit has.
const PICTURE_WORDS: &[&str] = &["摄", "图/", "/图", "图片"];

/// Words that a byline has.
const MAKER_WORDS: &[&str] = &[
    "记者",
    "通讯员",
    "实习生",
    "特约",
    "评论员",
    "报道员",
    "撰稿",
    "作者:",
    "作者|",
    "文/",
    "图/",
    "/文",
    "执笔",
    "编译",
    "采写",
    "整理",
];

/// Words that make one who wrote a report the maker of its pictures too.
pub(super) const BOTH_WORDS: &[&str] = &["摄影报道", "文/图", "图/文", "文/摄", "文图", "图文"];

/// How the plainest bylines begin.
const BYLINE_HEADS: &[&str] =
    &["本报记者", "本报通讯员", "本报见习记者", "本报首席记者", "记者", "通讯员", "见习记者", "首席记者"];

/// How a word on the author begins that stands in brackets at the end.
const AUTHOR_HEADS: &[&str] = &["作者", "执笔", "本文", "编译", "据新华社", "综合"];

/// Returns whether a folded line has what a picture's credit must have.
pub(super) fn names_picture(folded: &str) -> bool {
    let is_drawn = folded.ends_with('作') && folded.starts_with("新华社发");
    is_drawn
        || folded.trim_end_matches(')').ends_with("供图")
        || !folded.starts_with("图片报道")
            && !folded.ends_with("(图片)")
            && PICTURE_WORDS.iter().any(|word| folded.contains(word))
}

/// Returns whether a folded line or tail has what a byline must have: a word for what people did, or names alone in brackets.
pub(super) fn names_makers(folded: &str) -> bool {
    const NAMES: usize = 12;
    static BY_FIRST: LazyLock<ByFirst<&'static str>> = LazyLock::new(|| ByFirst::words(MAKER_WORDS.iter().copied()));
    let inner = folded.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let is_names = inner.is_some_and(|inner| {
        !inner.contains('图')
            && (2..=NAMES).contains(&inner.chars().count())
            && inner.chars().all(|c| is_han(c) || "、·,".contains(c))
    });
    is_names || BY_FIRST.is_in(folded)
}

/// Returns whether a folded line is a byline by its head and its shortness alone.
pub(super) fn is_plain_byline(folded: &str) -> bool {
    const LONGEST: usize = 16;
    let bare = folded.trim_start_matches(['□', '■', '●', '◎', '○', '◇']);
    folded.chars().count() <= LONGEST
        && BYLINE_HEADS.iter().any(|head| bare.starts_with(head) && bare.len() > head.len())
        && !folded.contains(['，', ',', '：', ':', '“', '(', '！', '？', '会', '证', '节', '站'])
}

/// Returns whether a short line begins with a lead-in and goes on with news, so that it is no byline.
pub(super) fn leads_into_news(text: &str) -> bool {
    const NAMES: usize = 50;
    let Some(rest) = read_lead_in(text).and_then(|lead_in| text.get(lead_in.end..)) else { return false };
    let is_names = !rest.contains(['，', '。', ',', '：', ':', '“']) && rest.chars().count() <= NAMES;
    let is_lead_in = text.get(..text.len() - rest.len()).is_some_and(|head| {
        let source = head.replace("通讯", "");
        source.contains(['讯', '电', '訊', '電']) || source.ends_with(['：', ':'])
    });
    !rest.trim().is_empty() && (is_lead_in || !is_names)
}

/// Reads the credit or byline at the end of a text, with the byte at which it begins.
pub(super) fn signature(text: &str) -> Option<(usize, Credit)> {
    let tail = tail(text, TAIL);
    if !may_sign(tail) {
        return None;
    }
    let (start, credit) = read_tail(tail)?;
    let folded = fold(tail.get(start..)?);
    let is_line = folded.chars().count() <= LONGEST_SIGNATURE && !folded.contains('。');
    let is_signed = is_line && (names_makers(&folded) || names_picture(&folded) || is_closing_dateline(&folded));
    is_signed.then_some((text.len() - tail.len() + start, credit))
}

/// Whether a text's end is worth a closer look: what stands behind its last full stop closes a bracket, or has one of
/// the words above. Nearly all paragraphs are passed over here.
fn may_sign(tail: &str) -> bool {
    static WORDS: LazyLock<ByFirst<&'static str>> =
        LazyLock::new(|| ByFirst::words(MAKER_WORDS.iter().chain(PICTURE_WORDS).chain(&["供图", "新华社发"]).copied()));
    let mut back = tail.chars().rev().filter_map(fold_char).take_while(|&c| c != '。').take(LONGEST_SIGNATURE);
    let Some(last) = back.next() else { return false };
    let mut behind: Vec<char> = back.collect();
    behind.reverse();
    last == ')' || WORDS.is_in(&behind.into_iter().chain([last]).collect::<String>())
}

/// Returns the lead-in at the head of a block: one look at its first characters passes over most blocks.
pub(super) fn lead_in_of(text: &str) -> Option<LeadIn> {
    const REACH: usize = 130;
    let is_sign = |c| matches!(c, '讯' | '訊' | '电' | '電' | '息' | '记' | '記' | '道' | '導');
    let may_lead = text.chars().take(REACH).any(is_sign);
    may_lead.then(|| read_lead_in(head(text, HEAD)))?
}

/// Returns whether a lead-in has the word that makes it one: 讯, 电, 消息, 报道. What begins 又电 carries on another.
pub(super) fn names_source(text: &str) -> bool {
    const HEAD: usize = 60;
    let lead: String = text.chars().take(HEAD).take_while(|c| !"，。,".contains(*c)).collect();
    let lead = lead.replace("通讯", "");
    !lead.starts_with('又')
        && ["讯", "电", "訊", "電", "消息", "报道", "報道", "報導", "信息"].iter().any(|word| lead.contains(word))
}

/// Returns where the supplier of a picture begins that stands behind its text: …游人如织。 河灯社区供图.
pub(super) fn supplier_at_end(text: &str) -> Option<usize> {
    const LONGEST: usize = 16;
    let tail = tail(text, TAIL);
    let bare = tail.trim_end_matches(['）', ')']);
    let name = bare.strip_suffix("供图")?;
    let at = name.rfind(|c: char| c.is_whitespace() || "。！？”（(".contains(c))?;
    let start = at + name.get(at..)?.chars().next().filter(|c| !"（(".contains(*c)).map_or(0, char::len_utf8);
    let is_name = (1..=LONGEST).contains(&name.get(start..)?.chars().count());
    is_name.then_some(text.len() - tail.len() + start)
}

/// Returns whether a paragraph closes its report: with an end mark, a dateline or the makers' names behind the text.
pub(super) fn closes_report(text: &str) -> bool {
    let tail = tail(text, TAIL);
    if has_end_mark(tail) {
        return true;
    }
    let closing = tail.rfind(['（', '(']).and_then(|at| tail.get(at..)).unwrap_or_default();
    let is_behind_stop = |start: usize| Ending::of(tail.get(..start).unwrap_or_default()) == Ending::Stop;
    is_sign_off(&fold(closing)) || signature(tail).is_some_and(|(start, _)| is_behind_stop(start))
}

/// Returns whether a line in brackets tells who the author is, not what he is called: （作者为河流研究所研究员）.
pub(super) fn is_on_author(text: &str) -> bool {
    ["作者为", "作者系", "作者是", "作者单位", "作者分别", "本文"].iter().any(|head| text.contains(head))
}

/// Returns whether a folded line closes a report: a dateline or a word on the author, all in brackets.
pub(super) fn is_sign_off(folded: &str) -> bool {
    let Some(inner) = folded.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) else { return false };
    let has_head = inner.chars().count() <= 120 && AUTHOR_HEADS.iter().any(|head| inner.starts_with(head));
    is_closing_dateline(folded) || (has_head && !inner.contains(['(', ')', '。']))
}

fn is_closing_dateline(folded: &str) -> bool {
    let inner = folded.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or_default();
    let is_dateline = inner.ends_with("日电") || inner.ends_with("日讯") || inner.ends_with("专电");
    is_dateline && inner.chars().count() <= 30 && !inner.contains(['(', ')', '。'])
}

/// Returns whether a paragraph ends in a dateline in brackets: …的设备。（本报专电）.
pub(super) fn ends_in_dateline(text: &str) -> bool {
    let tail = tail(text, TAIL);
    let closing = tail.rfind(['（', '(']).and_then(|at| tail.get(at..)).unwrap_or_default();
    is_closing_dateline(&fold(closing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_report_is_known_by_its_signs() {
        for text in [
            "河灯点亮。（本报记者陆远）",
            "谢谢！（新华社新河12月31日电）",
            "河灯点亮。（本报专电）",
            "河灯点亮。▲",
            "河灯点亮。①5",
        ] {
            assert!(closes_report(text), "{text}");
        }
        for text in ["河灯点亮。", "河灯点亮（两岸论坛）", "记者看到，河灯点亮。", "推动流域合作"]
        {
            assert!(!closes_report(text), "{text}");
        }
    }

    #[test]
    fn lines_in_brackets_that_sign_off_are_known() {
        for line in ["(作者为河流研究所研究员)", "(本报新河1月1日电)", "(综合本报记者陆远、苏帆报道)"]
        {
            assert!(is_sign_off(line), "{line}");
        }
        assert!(!is_sign_off("(河灯)") && !is_sign_off("河灯"));
    }

    #[test]
    fn a_lead_in_names_its_source() {
        assert!(
            names_source("本报讯(记者陆远)")
                && names_source("新河网3月2日消息：")
                && names_source("据新华社新河3月2日电")
        );
        assert!(!names_source("新河日报记者陆远多次来到河边") && !names_source("又电 截至昨日"));
    }

    #[test]
    fn the_supplier_of_a_picture_is_found_behind_its_text() {
        let text = "河灯点亮。 新河文化站供图";
        assert_eq!(supplier_at_end(text).and_then(|at| text.get(at..)), Some("新河文化站供图"));
        assert_eq!(supplier_at_end("文化站为报纸供图"), None);
    }
}
