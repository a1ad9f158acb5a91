//! Whole lines that name people: bylines under a headline, credits under a picture, editors at the foot of a page.

use super::glyphs::{Glyph, closing, ends, find, folded, from, head, is_han, part, starts, trim};
use super::people::{self, People};
use super::{Credit, lead_in, names, origin, outlets};

/// No line of this kind is longer.
const LONGEST: usize = 240;
/// The words that a line about a picture ends in, folded.
const PICTURE: &[&str] =
    &["摄", "供图", "作", "绘", "图", "摄影", "漫画", "制图", "图片", "资料图", "图片)", "资料照片", "摄影报道"];

/// Reads a line as a byline.
pub fn byline(line: &str) -> Option<Credit> {
    let glyphs = head(line, LONGEST + 1);
    let inner = unwrapped(&glyphs)?;
    if let Some(announced) = origin::alone(line, inner) {
        return Some(announced);
    }
    if let Some(announced) = lead_in::announced_people(line, inner) {
        return Some(announced);
    }
    let is_signed = |roles: usize| if roles > 0 { roles * 40 > inner.len() } else { is_bare_names(inner) };
    let people = people::read_if(line, inner, is_signed)?;
    let named = &people.byline;
    let writers = !(named.reporters.is_empty()
        && named.correspondents.is_empty()
        && named.interns.is_empty()
        && named.authors.is_empty());
    (writers && (people.roles > 0 || people.plausible) && people.odd == 0).then(|| credit(people))
}

/// Reads a line as the credit of a picture.
pub fn photo(line: &str) -> Option<Credit> {
    let glyphs = head(line, LONGEST + 1);
    photo_of(line, unwrapped(&glyphs)?)
}

/// Reads glyphs as the credit of a picture. `text` is what they were taken from.
pub fn photo_of(text: &str, glyphs: &[Glyph]) -> Option<Credit> {
    /// A credit names one or two people and their outlet.
    const LONGEST: usize = 48;
    let glyphs = trim(glyphs);
    if glyphs.len() > LONGEST {
        return None;
    }
    // 新华社发（某某摄）, 新华社发 某某 作.
    if let Some(sent) = glyphs.iter().position(|g| g.folded == '发')
        && outlets::is_outlet(part(glyphs, 0, sent))
    {
        let rest = trim(from(glyphs, sent + 1));
        let inner = closing(rest).map_or(rest, |close| part(rest, 1, close));
        let source = outlets::name(part(glyphs, 0, sent));
        let mut credit = if inner.is_empty() { Credit::default() } else { picture(text, inner)? };
        credit.source = Some(source);
        return Some(credit);
    }
    // 某某摄（影像中国）: the bracket is where the picture was bought.
    if let Some(open) = find(glyphs, "(")
        && open > 0
        && closing(from(glyphs, open)).is_some_and(|close| open + close + 1 == glyphs.len())
    {
        return picture(text, part(glyphs, 0, open));
    }
    picture(text, glyphs)
}

fn picture(text: &str, glyphs: &[Glyph]) -> Option<Credit> {
    let glyphs = trim(glyphs);
    let ends_so = || PICTURE.iter().any(|word| ends(glyphs, word));
    let begins_so =
        || ["摄影", "图/", "图:", "摄/", "图片", "供图", "资料图"].iter().any(|word| starts(glyphs, word).is_some());
    // 受访者供图, 资料图片: a credit that names nobody.
    let may_name_nobody = glyphs.len() <= 14 && (ends_so() || begins_so()) && names::is_nobody(glyphs);
    let is_signed = |roles: usize| roles * 24 > glyphs.len();
    let people = people::read_if(text, glyphs, |roles| is_signed(roles) || may_name_nobody)?;
    let named = &people.byline;
    // Who wrote and took the pictures (摄影报道, 文/图) signs both; who only wrote does not.
    let also = |names: &[String]| names.iter().all(|name| named.photographers.contains(name));
    if !(also(&named.reporters) && also(&named.correspondents) && also(&named.authors)) {
        return None;
    }
    let is_of_one = !named.photographers.is_empty() && people.odd == 0 && is_signed(people.roles);
    (is_of_one || (may_name_nobody && named.is_empty())).then(|| credit(people))
}

/// Reads a line as one that names nobody but editors and their like.
pub fn editors(line: &str) -> Option<Credit> {
    let glyphs = head(line, LONGEST + 1);
    editors_of(line, unwrapped(&glyphs)?)
}

/// Reads glyphs as editors and their like. `text` is what they were taken from.
pub fn editors_of(text: &str, glyphs: &[Glyph]) -> Option<Credit> {
    let people = people::read_if(text, glyphs, |roles| roles * 30 > glyphs.len())?;
    let named = &people.byline;
    let only = named.reporters.is_empty()
        && named.correspondents.is_empty()
        && named.interns.is_empty()
        && named.authors.is_empty()
        && named.photographers.is_empty();
    let some = !named.editors.is_empty() || people.others > 0 || glyphs.last().is_some_and(|g| g.folded == ':');
    (only && some && people.odd == 0).then(|| credit(people))
}

fn credit(people: People) -> Credit {
    Credit { byline: people.byline, source: people.source, place: people.place, date: people.date }
}

/// A line without its bullets and the brackets around it; `None` where it is empty or too long.
fn unwrapped(glyphs: &[Glyph]) -> Option<&[Glyph]> {
    if glyphs.len() > LONGEST {
        return None;
    }
    let mut inner = trim(lead_in::skip_marks(trim(glyphs)));
    // Old encodings turn □ into 口.
    if let [first, rest @ ..] = inner
        && first.folded == '口'
        && rest.len() > 1
    {
        inner = trim(rest);
    }
    while let Some(close) = closing(inner)
        && close + 1 == inner.len()
    {
        inner = trim(part(inner, 1, close));
    }
    (!inner.is_empty()).then_some(inner)
}

/// Whether a line without a role word can be nothing but names: 周某某, 杜某某 孙某某.
fn is_bare_names(glyphs: &[Glyph]) -> bool {
    const MOST: usize = 3;
    let mut tokens = glyphs.split(|g| matches!(g.folded, ' ' | '、')).filter(|t| !t.is_empty());
    let fine = |t: &[Glyph]| t.len() <= 3 && t.iter().all(|g| is_han(g.folded)) && names::is_likely(t);
    // Two that run together stand in brackets (杜某某孙某某).
    let run = folded(glyphs).chars().count() <= 6 && names::is_likely(glyphs);
    folded(glyphs).chars().count() >= 2 && tokens.clone().count() <= MOST && (tokens.all(fine) || run)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Role;

    fn shown(credit: Option<Credit>) -> Option<String> {
        let byline = credit?.byline;
        let of = |role: Role| {
            let names = byline.of(role);
            (!names.is_empty()).then(|| format!("{} {}", role.field(), names.join(" ")))
        };
        Some(Role::ALL.into_iter().filter_map(of).collect::<Vec<_>>().join("; "))
    }

    #[test]
    fn a_byline_on_its_own_line_is_read() {
        for (line, want) in [
            ("本报记者 赵小晓 任彦", Some("reporters 赵小晓 任彦")),
            ("□首席记者　赵凌润", Some("reporters 赵凌润")),
            ("口本报见习记者 赵明", Some("reporters 赵明")),
            ("■本报记者赵明实习记者钱红发自上海", Some("reporters 赵明 钱红")),
            ("（综合本报记者赵明、钱红报道）", Some("reporters 赵明 钱红")),
            ("（参与记者：赵明、钱红）", Some("reporters 赵明 钱红")),
            ("（新华社北京2月13日电  记者赵明）", Some("reporters 赵明")),
            ("（赵中武孙传红）", Some("authors 赵中武 孙传红")),
            ("赵德武", Some("authors 赵德武")),
            ("作者 | 赵菲菲", Some("authors 赵菲菲")),
            ("（本报滨江1月1日电）", Some("")),
            ("（作者单位：滨江大学经济学院）", None),
            ("（作者为本报上海分社记者）", None),
            ("（评论员观察）", None),
            ("记者从市公安局获悉", None),
            ("国际影响力不断扩大", None),
            ("返回搜狐，查看更多", None),
            ("责编：赵明", None),
            ("", None),
        ] {
            assert_eq!(shown(byline(line)).as_deref(), want, "{line}");
        }
    }

    #[test]
    fn the_credit_of_a_picture_is_read() {
        for (line, want) in [
            ("本报记者 赵雅宁 摄", Some("photographers 赵雅宁")),
            ("赵 昆 摄", Some("photographers 赵昆")),
            ("新华社记者  赵 昱摄", Some("photographers 赵昱")),
            ("（新华社记者赵浩摄）", Some("photographers 赵浩")),
            ("新华社发（赵京娜摄）", Some("photographers 赵京娜")),
            ("新华社发 赵海春 作", Some("photographers 赵海春")),
            ("赵顺平摄（影像中国）", Some("photographers 赵顺平")),
            ("通讯员 赵丹 钱艳 摄", Some("photographers 赵丹 钱艳")),
            ("本报记者  赵丰丰摄影报道", Some("reporters 赵丰丰; photographers 赵丰丰")),
            ("受访者供图", Some("")),
            ("本报记者 赵明", None),
            ("区领导调研养老服务工作", None),
            ("推动国际合作", None),
            ("他拍摄的照片在馆里展出。", None),
        ] {
            assert_eq!(shown(photo(line)).as_deref(), want, "{line}");
        }
    }

    #[test]
    fn editors_are_read_and_nobody_else() {
        for (line, want) in [
            ("责编：赵扬 校对：钱莹", Some("editors 赵扬")),
            ("编 辑：赵瑞珍 责 编：钱利", Some("editors 赵瑞珍 钱利")),
            ("【编辑:赵海峰】", Some("editors 赵海峰")),
            ("(责任编辑：赵云娇 CN079)", Some("editors 赵云娇")),
            ("责任编辑：", Some("")),
            ("版式设计：赵伶", Some("")),
            ("本报记者 赵明 编辑 钱红", None),
            ("编辑部搬进新楼", None),
        ] {
            assert_eq!(shown(editors(line)).as_deref(), want, "{line}");
        }
    }
}
