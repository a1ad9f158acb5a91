//! Names at the end of a paragraph that has text before them: （记者李某）, 。本报记者 赵某 摄, （本报科威特城1月1日电）.

use super::glyphs::{Glyph, ends, from, part, tail, trim};
use super::{Credit, lead_in, lines, origin, people};

/// How far back from the end a credit can begin.
const REACH: usize = 200;

/// Reads the byline or credit at the end of a paragraph, with the byte at which it begins.
pub fn read(paragraph: &str) -> Option<(usize, Credit)> {
    let glyphs = tail(paragraph, REACH);
    let text = without_litter(trim(&glyphs));
    let (start, credit) = bracketed(paragraph, text).or_else(|| bare(paragraph, text))?;
    // Something must stand before it: a paragraph that is nothing else is a line.
    let before = paragraph.get(..start)?;
    (!before.trim().is_empty()).then_some((start, credit))
}

/// What web pages leave behind the end of a text, folded. Row 编辑 of `patterns.md` F, and (完).
const LITTER: &[&str] =
    &["返回搜狐,查看更多", "返回搜狐", "查看更多", "责任编辑:", "(完)", "[完]", "请点赞", "觉得不错"];

/// The text without what stands behind its last name: web litter, and the circled digit and digit (①5) with which
/// Henan papers close a report.
fn without_litter(glyphs: &[Glyph]) -> &[Glyph] {
    let is_circled = |g: &Glyph| matches!(g.printed, '①'..='⑳');
    let mut rest = trim(glyphs);
    loop {
        let shorter = match rest {
            [rest @ .., circled] if is_circled(circled) => Some(rest),
            [rest @ .., circled, digit] if is_circled(circled) && digit.folded.is_ascii_digit() => Some(rest),
            _ => {
                let litter = LITTER.iter().find(|word| ends(rest, word));
                litter.and_then(|word| rest.get(..rest.len().checked_sub(word.chars().count())?))
            }
        };
        let Some(shorter) = shorter else { return rest };
        rest = trim(shorter);
    }
}

/// （记者李某） and several of its kind, the last of them at the end.
fn bracketed(paragraph: &str, glyphs: &[Glyph]) -> Option<(usize, Credit)> {
    let mut rest = glyphs;
    let mut found: Option<(usize, Credit)> = None;
    while let Some(open) = opening(rest) {
        let inner = part(rest, open + 1, rest.len() - 1);
        let before = trim(part(rest, 0, open));
        let Some(credit) = inside(paragraph, inner, before) else { break };
        let start = rest.get(open).map_or(0, |g| g.at);
        found = Some(match found {
            Some((_, later)) => (start, merged(credit, later)),
            None => (start, credit),
        });
        rest = before;
    }
    found
}

/// What a bracket at the end of a text says of people; `before` is the text before it.
fn inside(paragraph: &str, inner: &[Glyph], before: &[Glyph]) -> Option<Credit> {
    if let Some(credit) = origin::alone(paragraph, inner) {
        return Some(credit);
    }
    if let Some(credit) = lead_in::announced_people(paragraph, inner) {
        return Some(credit);
    }
    if let Some(credit) = lines::photo_of(paragraph, inner).or_else(|| lines::editors_of(paragraph, inner)) {
        return Some(credit);
    }
    let closed = before.last().is_some_and(|g| ends_sentence(g.folded));
    let people = people::read_if(paragraph, inner, |roles| roles > 0 || (closed && inner.len() <= 16))?;
    ((people.roles > 0 || people.plausible) && people.odd == 0 && !people.byline.is_empty()).then_some(Credit {
        byline: people.byline,
        source: people.source,
        place: people.place,
        date: people.date,
    })
}

/// The bracket that the last character closes.
fn opening(glyphs: &[Glyph]) -> Option<usize> {
    let open = match glyphs.last()?.folded {
        ')' => '(',
        ']' => '[',
        '〕' => '〔',
        '】' => '【',
        _ => return None,
    };
    let close = glyphs.last()?.folded;
    let mut depth = 0_u32;
    for (at, glyph) in glyphs.iter().enumerate().rev() {
        if glyph.folded == close {
            depth += 1;
        } else if glyph.folded == open {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// 。本报记者 赵某 摄: what stands behind the last sentence.
fn bare(paragraph: &str, glyphs: &[Glyph]) -> Option<(usize, Credit)> {
    // A bracket behind the name may hold a stop of its own; the sentence ends before it.
    let stop = glyphs.iter().rposition(|g| ends_sentence(g.folded))?;
    let rest = trim(from(glyphs, stop + 1));
    let start = rest.first()?.at;
    let line = paragraph.get(start..rest.last()?.end())?;
    let names_people = || people::read_signed(paragraph, rest).is_some_and(|people| !people.byline.is_empty());
    let credit = lines::photo(line)
        .or_else(|| lines::editors(line))
        .or_else(|| lines::byline(line).filter(|_| names_people()))?;
    // A date in a line cut out of the paragraph would stand elsewhere.
    Some((start, Credit { date: None, ..credit }))
}

fn merged(mut first: Credit, later: Credit) -> Credit {
    for role in crate::article::Role::ALL {
        for name in later.byline.of(role) {
            first.byline.add(role, name);
        }
    }
    first.source = first.source.or(later.source);
    first.place = first.place.or(later.place);
    first.date = first.date.or(later.date);
    first
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '!' | '?' | '”' | '…' | '」' | '』' | '▲')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Role;

    /// The names at the end, as `role name name; role name|what stands before them`.
    fn shown(text: &str) -> Option<String> {
        let (start, credit) = read(text)?;
        let of = |role: Role| {
            let names = credit.byline.of(role);
            (!names.is_empty()).then(|| format!("{} {}", role.field(), names.join(" ")))
        };
        let names = Role::ALL.into_iter().filter_map(of).collect::<Vec<_>>().join("; ");
        Some(format!("{names}|{}", &text[..start]))
    }

    #[test]
    fn names_at_the_end_are_read() {
        for (text, want) in [
            ("雨停了。（记者赵俐）", Some("reporters 赵俐|雨停了。")),
            ("雨停了。（赵中武孙传红）", Some("authors 赵中武 孙传红|雨停了。")),
            ("雨停了。滨江快报见习记者 赵卫", Some("reporters 赵卫|雨停了。")),
            ("雨停了。本报记者 赵俊 摄", Some("photographers 赵俊|雨停了。")),
            (
                "雨停了！首席记者 赵大伟 通讯员 钱敢 编辑 孙慧",
                Some("reporters 赵大伟; correspondents 钱敢; editors 孙慧|雨停了！"),
            ),
            ("雨停了。（记者 赵明）（编辑：钱红）①5", Some("reporters 赵明; editors 钱红|雨停了。")),
            ("雨停了。（记者 赵明）返回搜狐，查看更多 责任编辑：", Some("reporters 赵明|雨停了。")),
            ("雨停了。(完)", None),
            ("雨停了。（资料来自气象台）", None),
            ("雨停了，他对记者说。", None),
            ("（记者赵俐）", None),
            ("", None),
        ] {
            assert_eq!(shown(text).as_deref(), want, "{text}");
        }
    }
}
