//! The words that say what a person did. To add one: a row here and a row in the tests of `people.rs`.
//!
//! Words are folded: Simplified, half width. The forms are those of newspaper bylines; 校对, 监制 and their like stand
//! here so that the names after them are not taken for reporters.

use super::glyphs::{Glyph, from, starts, starts_padded};
use crate::article::Role;
use crate::text::first::ByFirst;
use std::sync::LazyLock;

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
    /// What follows is where the text or picture was taken from: 来源.
    Source,
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
use Work::{Both, Did, From, Other, Reported, Source};

/// Every role word. Where several match, the longest is meant.
pub const ROLES: &[RoleWord] = &[
    row("记者", Did(Reporter), Before),
    row("评论员", Did(Reporter), Before),
    row("采写", Did(Reporter), Either),
    row("摄影记者", Did(Photographer), Before),
    row("视觉记者", Did(Photographer), Before),
    row("通讯员", Did(Correspondent), Before),
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
    row("报导", Reported, After),
    row("综合报导", Reported, After),
    row("摄影报导", Both(Reporter), After),
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
    row("编", Did(Editor), Before),
    row("来源", Source, Before),
    row("稿件来源", Source, Before),
    row("图片来源", Source, Before),
    row("素材来源", Source, Before),
    row("视频来源", Source, Before),
    row("本文来源", Source, Before),
    row("信息来源", Source, Before),
    row("转自", Source, Before),
    row("供稿", Did(Author), Either),
    row("校对", Other, Before),
    row("审校", Other, Before),
    row("责任校对", Other, Before),
    row("文案", Other, Before),
    row("创意", Other, Before),
    row("视觉", Other, Before),
    row("法律顾问", Other, Before),
    row("律师顾问", Other, Before),
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

/// Words that may stand before a role word, any number of them: 全媒体首席记者. Folded.
pub const GRADES: &[&str] = &[
    "全媒体",
    "融媒体",
    "全媒",
    "融媒",
    "新媒体",
    "首席",
    "特派",
    "特约",
    "特邀",
    "见习",
    "实习",
    "高级",
    "资深",
    "驻站",
    "文字",
    "执行",
    "青年",
    "主任",
    "客座",
    "前方",
    "随军",
    "派驻",
    "参与",
];

/// What may follow a role word so that it is none (记者会), or stand before it (小记者). Folded.
const COMPOUNDS: &[(&str, &[char], &[char])] = &[
    (
        "记者",
        &['会', '站', '证', '团', '节', '部', '招', '提', '问'],
        &['小', '问', '诉', '向', '名', '位', '对', '少'],
    ),
    ("通讯员", &['会', '站', '队'], &['小']),
    ("编辑", &['部'], &[]),
    ("作者", &['系', '为', '是', '单', '简', '按'], &[]),
    ("评论员", &['文'], &[]),
    ("图片", &['来', '社', '均', '说', '新', '由'], &[]),
];

/// Role words and grades by their first characters; most characters of a text begin none.
static BY_FIRST: LazyLock<ByFirst<&'static RoleWord>> =
    LazyLock::new(|| ByFirst::new(ROLES.iter().filter_map(|row| Some((row.word.chars().next()?, row)))));
static GRADES_BY_FIRST: LazyLock<ByFirst<&'static str>> = LazyLock::new(|| ByFirst::words(GRADES.iter().copied()));

/// Returns whether a character parts one name or role from the next.
pub fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '、' | ',' | ';' | '/' | ':' | '|' | '&' | '\\' | '_' | '-' | '—' | '~' | '.')
}

/// Returns the longest role word, with the grades before it, at an index of the glyphs, and how many of them it takes.
///
/// Short words are such only where a separator or an end stands beside them: 图 in 张图强 is none.
pub fn role_at(glyphs: &[Glyph], at: usize) -> Option<(&'static RoleWord, usize)> {
    let first = glyphs.get(at)?.folded;
    if !BY_FIRST.has(first) && !GRADES_BY_FIRST.has(first) {
        return None;
    }
    let before = at.checked_sub(1).and_then(|before| glyphs.get(before)).map(|g| g.folded);
    let edge = before.is_none_or(is_separator);
    let mut base = at;
    loop {
        let rest = from(glyphs, base);
        let first = rest.first()?.folded;
        let found = BY_FIRST
            .get(first)
            .iter()
            .copied()
            .filter_map(|row| {
                let length = if edge && base == at { starts_padded(rest, row.word) } else { starts(rest, row.word) }?;
                let after = rest.get(length).map(|g| g.folded);
                let before = if base == at { before } else { None };
                // 赵某摄来源：, 赵某摄影编辑：: the next role word ends this one.
                let after = if begins_with_role(from(rest, length)) { None } else { after };
                stands(row, before, after).then_some((row, base - at + length))
            })
            .max_by_key(|(row, length)| (*length, row.word.len()));
        if found.is_some() {
            return found;
        }
        base += GRADES_BY_FIRST.get(first).iter().filter_map(|grade| starts(rest, grade)).max()?;
        if from(glyphs, base).first().is_some_and(|g| g.folded == ' ') && edge {
            base += 1;
        }
    }
}

/// Whether a role word of two characters or more stands here, whatever comes after it.
fn begins_with_role(glyphs: &[Glyph]) -> bool {
    let rows = glyphs.first().map_or(&[][..], |g| BY_FIRST.get(g.folded));
    rows.iter().any(|row| row.word.chars().nth(1).is_some() && starts(glyphs, row.word).is_some())
}

fn stands(row: &RoleWord, before: Option<char>, after: Option<char>) -> bool {
    let compound = COMPOUNDS.iter().find(|(word, ..)| row.word.ends_with(word)).is_some_and(|(_, next, last)| {
        after.is_some_and(|c| next.contains(&c)) || before.is_some_and(|c| last.contains(&c))
    });
    if compound {
        return false;
    }
    let (opens, closes) = (before.is_none_or(is_separator), after.is_none_or(is_separator));
    match row.word {
        "摄" | "作" | "绘" | "译" => closes && before.is_some(),
        word if word.chars().nth(1).is_none() => (opens || after == Some(':')) && closes,
        "记者" | "摄影记者" | "视觉记者" | "通讯员" | "通信员" | "实习生" | "见习生" | "评论员" | "发自" => {
            true
        }
        "报道" | "报导" | "专电" => closes,
        _ => opens || closes,
    }
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
