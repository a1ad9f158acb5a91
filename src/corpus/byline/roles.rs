//! The words that say what a person did. To add one: a row here and a row in the tests of `people.rs`.
//!
//! Words are folded: Simplified, half width. The forms are those of newspaper bylines; 校对, 监制 and their like stand
//! here so that the names after them are not taken for reporters.

use super::glyphs::{Glyph, starts, starts_padded};
use crate::article::Role;

/// What a role word makes of the names beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// They did this.
    Did(Role),
    /// They wrote and took the pictures: 文/图, 摄影报道. The role is for those who have none yet.
    Both(Role),
    /// They reported (X报道); a place may stand there instead (青岛报道).
    Reported,
    /// What follows is the place it was sent from: 发自.
    From,
    /// They did something that no field is kept for.
    Other,
}

/// On which side of the word the names stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// 记者X.
    Before,
    /// X摄.
    After,
    /// 摄影X, X摄影: whichever side has names.
    Either,
}

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleWord {
    /// The word, folded.
    pub word: &'static str,
    /// What it says.
    pub work: Work,
    /// Where the names stand.
    pub side: Side,
}

const fn row(word: &'static str, work: Work, side: Side) -> RoleWord {
    RoleWord { word, work, side }
}

use Role::{Author, Correspondent, Editor, Intern, Photographer, Reporter};
use Side::{After, Before, Either};
use Work::{Both, Did, From, Other, Reported};

/// Every role word. Where several match, the longest is meant.
pub const ROLES: &[RoleWord] = &[
    row("记者", Did(Reporter), Before),
    row("见习记者", Did(Reporter), Before),
    row("实习记者", Did(Reporter), Before),
    row("特派记者", Did(Reporter), Before),
    row("首席记者", Did(Reporter), Before),
    row("特约记者", Did(Reporter), Before),
    row("高级记者", Did(Reporter), Before),
    row("资深记者", Did(Reporter), Before),
    row("驻站记者", Did(Reporter), Before),
    row("文字记者", Did(Reporter), Before),
    row("参与记者", Did(Reporter), Before),
    row("参与采写记者", Did(Reporter), Before),
    row("全媒体记者", Did(Reporter), Before),
    row("全媒体首席记者", Did(Reporter), Before),
    row("全媒体见习记者", Did(Reporter), Before),
    row("全媒记者", Did(Reporter), Before),
    row("融媒体记者", Did(Reporter), Before),
    row("融媒体首席记者", Did(Reporter), Before),
    row("融媒记者", Did(Reporter), Before),
    row("首席评论员", Did(Reporter), Before),
    row("特约评论员", Did(Reporter), Before),
    row("评论员", Did(Reporter), Before),
    row("采写", Did(Reporter), Either),
    row("摄影记者", Did(Photographer), Before),
    row("视觉记者", Did(Photographer), Before),
    row("通讯员", Did(Correspondent), Before),
    row("特约通讯员", Did(Correspondent), Before),
    row("通信员", Did(Correspondent), Before),
    row("实习生", Did(Intern), Before),
    row("见习生", Did(Intern), Before),
    row("摄", Did(Photographer), After),
    row("摄影", Did(Photographer), Either),
    row("摄制", Did(Photographer), After),
    row("摄像", Did(Photographer), Either),
    row("图", Did(Photographer), Either),
    row("图片", Did(Photographer), Either),
    row("供图", Did(Photographer), After),
    row("制图", Did(Photographer), Either),
    row("绘图", Did(Photographer), Either),
    row("漫画", Did(Photographer), Either),
    row("作", Did(Photographer), After),
    row("绘", Did(Photographer), After),
    row("文/图", Both(Author), Either),
    row("图/文", Both(Author), Either),
    row("文/摄", Both(Author), Either),
    row("摄/文", Both(Author), Either),
    row("文/摄影", Both(Author), Either),
    row("文、图", Both(Author), Either),
    row("图、文", Both(Author), Either),
    row("文图", Both(Author), Either),
    row("图文", Both(Author), Either),
    row("文·图", Both(Author), Either),
    row("图文报道", Both(Reporter), After),
    row("摄影报道", Both(Reporter), After),
    row("报道/摄影", Both(Reporter), After),
    row("报道", Reported, After),
    row("综合报道", Reported, After),
    row("整理报道", Reported, After),
    row("编译报道", Reported, After),
    row("专电", Reported, After),
    row("发自", From, Before),
    row("作者", Did(Author), Before),
    row("文", Did(Author), Either),
    row("文字", Did(Author), Either),
    row("撰文", Did(Author), Either),
    row("撰稿", Did(Author), Either),
    row("撰稿人", Did(Author), Before),
    row("执笔", Did(Author), Either),
    row("执笔人", Did(Author), Before),
    row("编译", Did(Author), Either),
    row("译", Did(Author), After),
    row("编辑", Did(Editor), Either),
    row("责编", Did(Editor), Before),
    row("责任编辑", Did(Editor), Before),
    row("值班编辑", Did(Editor), Before),
    row("本版编辑", Did(Editor), Before),
    row("本版责编", Did(Editor), Before),
    row("本版责任编辑", Did(Editor), Before),
    row("版面编辑", Did(Editor), Before),
    row("网络编辑", Did(Editor), Before),
    row("文字编辑", Did(Editor), Before),
    row("见习编辑", Did(Editor), Before),
    row("实习编辑", Did(Editor), Before),
    row("执行编辑", Did(Editor), Before),
    row("首席编辑", Did(Editor), Before),
    row("编", Did(Editor), Before),
    row("校对", Other, Before),
    row("责校", Other, Before),
    row("校", Other, Before),
    row("检校", Other, Before),
    row("审", Other, Before),
    row("审核", Other, Before),
    row("审读", Other, Before),
    row("一审", Other, Before),
    row("二审", Other, Before),
    row("三审", Other, Before),
    row("初审", Other, Before),
    row("复审", Other, Before),
    row("终审", Other, Before),
    row("签发", Other, Before),
    row("值班主任", Other, Before),
    row("值班编委", Other, Before),
    row("值班总编", Other, Before),
    row("主编", Other, Before),
    row("总编辑", Other, Before),
    row("监制", Other, Either),
    row("总监制", Other, Before),
    row("统筹", Other, Either),
    row("策划", Other, Either),
    row("出品", Other, Either),
    row("美编", Other, Before),
    row("美术编辑", Other, Before),
    row("版式", Other, Before),
    row("版式设计", Other, Before),
    row("版面设计", Other, Before),
    row("设计", Other, Before),
    row("制作", Other, Either),
    row("排版", Other, Before),
    row("组版", Other, Before),
    row("本版制图", Other, Before),
    row("视频", Other, Before),
    row("剪辑", Other, Before),
    row("线索提供", Other, Before),
    row("主持人", Other, Before),
];

/// Returns the longest role word at the head of the glyphs with how many of them it takes. Blanks inside the word
/// (编 辑) are allowed where `padded`.
pub fn role_at(glyphs: &[Glyph], padded: bool) -> Option<(&'static RoleWord, usize)> {
    let length = |row: &'static RoleWord| {
        if padded { starts_padded(glyphs, row.word) } else { starts(glyphs, row.word) }
    };
    ROLES.iter().filter_map(|row| Some((row, length(row)?))).max_by_key(|(row, _)| row.word.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;

    #[test]
    fn every_word_is_folded_and_stands_once() {
        for (n, row) in ROLES.iter().enumerate() {
            assert_eq!(fold(row.word), row.word);
            assert!(ROLES.iter().skip(n + 1).all(|other| other.word != row.word), "{}", row.word);
        }
    }
}
