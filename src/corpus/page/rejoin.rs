//! Whether a block carries on the paragraph before it, and how the pieces are put together.

use super::blocks::Block;
use super::layout::{Indents, Layout};
use super::marks::{Ending, begins_inside, is_han, unclosed};
use super::word_test::word_spans;

/// A paragraph as far as it has been read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paragraph<'p, 't> {
    /// Its last block.
    pub(super) last: &'p Block<'t>,
    /// How many characters it has in all.
    pub(super) length: usize,
    /// Whether it is only a dateline, so that the news must follow.
    pub(super) is_bare_dateline: bool,
    /// Whether its last block begins with a lead-in, so that it is text however short.
    pub(super) is_lead_in: bool,
    /// Whether it stands among lines of a list, table or verse.
    pub(super) is_in_list: bool,
}

/// An open paragraph this long is no headline and no line of a list.
const LONG: usize = 40;
/// On a page broken by columns, an open block this long is body text even where nothing else shows it.
const PIECE: usize = 18;

/// Words in the middle of a clause that no paragraph begins with: none of the 10,860 lines of 147 real pages did.
const INSIDE_CLAUSE: &[&str] = &["以来，", "以来,", "以及", "而言，", "而言,"];
/// What follows 并 where it carries on the clause before it (并认为, 并将), and not in 并购, 并非, 并州.
const BEHIND_AND: &str = "表认指称强要对将在与向于从以由为就通提建希呼确";
/// What someone does whose name and office stand before it; no paragraph begins with these either.
const SPEAKING: &[&str] = &["介绍", "表示", "认为", "指出", "告诉", "强调", "坦言"];

/// Whether a text begins in the middle of a clause by its first word.
fn begins_in_clause(text: &str) -> bool {
    let is_and = || text.strip_prefix('并').is_some_and(|rest| rest.starts_with(|c| BEHIND_AND.contains(c)));
    INSIDE_CLAUSE.iter().any(|word| text.starts_with(word)) || is_and()
}

/// Whether a text begins with what someone says, so that who says it stands before.
fn begins_speaking(text: &str) -> bool {
    let rest = SPEAKING.iter().find_map(|word| text.strip_prefix(word));
    rest.is_some_and(|rest| rest.starts_with(['，', ',', '：', ':', '记']) || text.starts_with("告诉"))
}

/// Returns whether `next`, which is plain text, carries on the paragraph.
pub(super) fn carries_on(paragraph: Paragraph<'_, '_>, next: &Block<'_>, layout: Layout) -> bool {
    let last = paragraph.last;
    if paragraph.is_bare_dateline || begins_inside(&next.text) || last.ending == Ending::Opener {
        return true;
    }
    let spans = || word_spans(&last.text, &next.text);
    let is_new_by_indent = next.indented && layout.indents != Indents::None;
    let is_on_by_indent = !next.indented && layout.indents == Indents::Paragraphs;
    let is_in_clause = !is_new_by_indent && begins_in_clause(&next.text) && !paragraph.is_in_list;
    match last.ending {
        _ if is_in_clause => true,
        Ending::Stop => is_on_by_indent && layout.is_broken && paragraph.length >= PIECE,
        Ending::Colon | Ending::Semicolon | Ending::Dash => is_on_by_indent && layout.is_broken,
        Ending::Bracket => is_on_by_indent && layout.is_broken && paragraph.length >= LONG,
        _ if paragraph.is_in_list && !is_on_by_indent => false,
        Ending::Comma if is_new_by_indent => paragraph.length >= LONG && spans(),
        Ending::Comma => true,
        Ending::Quote => paragraph.length >= LONG && (is_on_by_indent || (!is_new_by_indent && layout.is_broken)),
        Ending::Word | Ending::Opener => {
            if is_new_by_indent {
                paragraph.length >= LONG && spans()
            } else if paragraph.is_lead_in
                || paragraph.length >= LONG
                || (layout.is_broken && paragraph.length >= PIECE)
            {
                true
            } else {
                unclosed(&last.text) > 0 || begins_speaking(&next.text) || spans()
            }
        }
    }
}

/// Returns the pieces of a paragraph put together: nothing between Chinese characters, a space between Latin words.
pub(super) fn join<'t>(pieces: impl Iterator<Item = &'t str>) -> String {
    let mut whole = String::new();
    for piece in pieces {
        let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && !is_han(c));
        if is_latin(whole.chars().next_back()) && is_latin(piece.chars().next()) {
            whole.push(' ');
        }
        whole.push_str(piece);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::super::layout::Blanks;
    use super::*;
    use std::borrow::Cow;

    fn block(text: &str) -> Block<'_> {
        Block::new(Cow::Borrowed(text.trim_start()), (1, 1), text.starts_with('\u{3000}'), 1)
    }

    /// Whether `next` carries on `last` on a page without indents that columns break.
    fn joins(last: &str, next: &str, indents: Indents) -> bool {
        let layout = Layout { indents, blanks: Blanks::Everywhere, lead_ins: 3, is_broken: true };
        let last = block(last);
        let paragraph = Paragraph {
            last: &last,
            length: last.length,
            is_bare_dateline: false,
            is_lead_in: false,
            is_in_list: false,
        };
        carries_on(paragraph, &block(next), layout)
    }

    #[test]
    fn an_open_paragraph_is_carried_on_and_a_closed_one_is_not() {
        for (last, next, is_joined) in [
            ("会议要求，各镇要把巡河护河放在突出位置，做好日常管", "护和应急处置。", true),
            ("清淤、固堤、", "测水等工作都已完成。", true),
            ("他们把河灯放进水里，看它顺流而下，", "漂向石桥。", true),
            ("投资增长11.", "25亿元。", true),
            ("他说：“河水清了。”", "并表示，明年再看。", true),
            ("他说：“河水清了。”", "并购重组的消息传开了。", false),
            ("河长办副主任沈小桥", "介绍，清淤已完成。", true),
            ("今年汛期", "以来，河水清了。", true),
            ("他说：“", "河水清了。”", true),
            ("河灯点亮了，两岸的人都停下脚步看灯", "，孩子们笑出了声。", true),
            ("河灯点亮。", "两岸的人都停下脚步。", false),
            ("他说：", "“河水清了。”", false),
            ("一座桥的来历", "石桥建于清代，全长八十六米。", false),
            ("（记者陆远）", "石桥建于清代。", false),
        ] {
            assert_eq!(joins(last, next, Indents::None), is_joined, "{last}|{next}");
        }
    }

    #[test]
    fn an_indent_begins_a_paragraph_unless_a_word_is_broken() {
        let open =
            "\u{3000}\u{3000}来自各地的游人沿着新修的堤岸缓缓而行，孩子们把写着心愿的纸灯放进水里，它们来自法国、西";
        assert!(joins(open, "\u{3000}\u{3000}班牙等国。", Indents::All));
        assert!(!joins(open, "\u{3000}\u{3000}石桥建于清代。", Indents::All));
        assert!(joins("\u{3000}\u{3000}河灯昨晚点亮，两岸的人都停下脚步来看。", "有人拍照。", Indents::Paragraphs));
    }

    #[test]
    fn pieces_are_put_together_with_a_blank_between_latin_words_only() {
        for (pieces, whole) in [
            (&["日常管", "护"][..], "日常管护"),
            (&["新增1", "30万元"], "新增130万元"),
            (&["产品有River", "Light和河灯"], "产品有River Light和河灯"),
        ] {
            assert_eq!(join(pieces.iter().copied()), whole);
        }
    }
}
