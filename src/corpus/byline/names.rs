//! From what stands beside a role word to the names of people, as printed but without padding.

use super::glyphs::{DOT, Glyph, folded, is_han, printed};
use super::{model, surnames};
use crate::text::first::ByFirst;
use std::sync::LazyLock;

/// What stands in the place of a name and is none: 受访者供图, 资料图. Folded.
const NOBODY: &[&str] = &[
    "受访者",
    "当事人",
    "资料",
    "网络",
    "网友",
    "视频",
    "截图",
    "单位",
    "本人",
    "主办方",
    "剧组",
    "官方",
    "警方",
    "家属",
    "读者",
    "市民",
    "集体",
    "本报",
    "综合",
    "整理",
    "有关",
    "部分",
    "供稿",
    "供图",
    "采访",
    "编写",
    "特约",
    "同期",
    "本文",
    "返回搜狐",
    "查看更多",
    "作者",
    "公开信息",
    "媒体",
];

static NOBODY_BY_FIRST: LazyLock<ByFirst<&'static str>> = LazyLock::new(|| ByFirst::words(NOBODY.iter().copied()));

/// Returns the names in a row of tokens that only separators parted, each with whether a blank alone stood before it.
///
/// A person's name may be padded with blanks (孙  兵), so a row of single characters is put together and cut anew.
pub fn read(tokens: &[(&[Glyph], bool)]) -> Vec<String> {
    let mut names = Vec::new();
    let mut padded = Vec::new();
    for &(token, after_blank) in tokens {
        let single = token.len() == 1;
        if !after_blank || (!single && !completes(&padded, token)) {
            flush(&mut padded, &mut names);
        }
        if single || !padded.is_empty() {
            padded.extend_from_slice(token);
            if !single {
                flush(&mut padded, &mut names);
            }
        } else {
            cut(token, model::LONGEST, &mut names);
        }
    }
    flush(&mut padded, &mut names);
    names
}

/// Returns whether a token that no role word claims reads as names, or as a part of a padded one.
pub fn is_likely(token: &[Glyph]) -> bool {
    let chars: Vec<char> = token.iter().map(|g| g.folded).collect();
    if chars.len() == 1 || chars.contains(&DOT) {
        return true;
    }
    let Some((lengths, _)) = model::cut(&chars, model::LONGEST) else { return false };
    let mut rest = chars.as_slice();
    lengths.iter().all(|&n| {
        let Some((name, after)) = rest.split_at_checked(n) else { return false };
        rest = after;
        model::is_name(name)
    })
}

/// Returns whether the glyphs hold a word that stands in the place of a name.
pub fn is_nobody(glyphs: &[Glyph]) -> bool {
    NOBODY_BY_FIRST.is_in(&folded(glyphs))
}

/// Returns whether a token is a word and cannot be a name: it begins with no surname.
pub fn is_word(token: &[Glyph]) -> bool {
    token.len() > 1
        && token.first().is_some_and(|g| surnames::share(g.folded).is_none())
        && model::word(&folded(token)).is_some()
}

/// Returns whether a token has the length of a name and begins with a surname.
pub fn has_surname(token: &[Glyph]) -> bool {
    (2..=3).contains(&token.len()) && token.first().is_some_and(|g| surnames::share(g.folded).is_some())
}

/// Whether a token of several characters belongs to the single one before it (王 建国): when that would be left over.
fn completes(padded: &[Glyph], token: &[Glyph]) -> bool {
    padded.len() == 1 && token.len() == 2
}

/// Puts the single characters of padded names together: two or three are one name, more are cut; none of four is padded.
fn flush(padded: &mut Vec<Glyph>, names: &mut Vec<String>) {
    if (2..=3).contains(&padded.len()) {
        names.push(printed(padded));
    } else if padded.len() > 3 {
        cut(padded, 3, names);
    }
    padded.clear();
}

/// Cuts a token into the names that are written in it.
fn cut(token: &[Glyph], longest: usize, names: &mut Vec<String>) {
    if is_nobody(token) || !token.iter().any(|g| is_han(g.folded)) {
        return;
    }
    let whole = token.len() <= 3 || token.iter().any(|g| g.folded == DOT || !is_han(g.folded));
    let chars: Vec<char> = token.iter().map(|g| g.folded).collect();
    match model::cut(&chars, longest) {
        Some((lengths, _)) if !whole => {
            let mut rest = token;
            for length in lengths {
                let Some((name, after)) = rest.split_at_checked(length) else { break };
                names.push(printed(name));
                rest = after;
            }
        }
        _ => names.push(printed(token)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::glyphs::head;
    use super::*;

    fn names(tokens: &[&str]) -> Vec<String> {
        let glyphs: Vec<_> = tokens.iter().map(|token| head(token, 100)).collect();
        read(&glyphs.iter().map(|token| (token.as_slice(), true)).collect::<Vec<_>>())
    }

    #[test]
    fn padding_is_taken_out_and_names_are_cut() {
        for (tokens, want) in [
            (vec!["孙", "兵"], vec!["孙兵"]),
            (vec!["张", "胜", "男"], vec!["张胜男"]),
            (vec!["何", "勇", "辜小博"], vec!["何勇", "辜小博"]),
            (vec!["任", "彦", "汪", "析"], vec!["任彦", "汪析"]),
            (vec!["王", "建国"], vec!["王建国"]),
            (vec!["李娜", "周文斌"], vec!["李娜", "周文斌"]),
            (vec!["赵明钱小红"], vec!["赵明", "钱小红"]),
            (vec!["尼拉提·卡明江"], vec!["尼拉提·卡明江"]),
            (vec!["穗公宣"], vec!["穗公宣"]),
            (vec!["受访者"], vec![]),
            (vec!["邹"], vec![]),
        ] {
            assert_eq!(names(&tokens), want, "{tokens:?}");
        }
    }
}
