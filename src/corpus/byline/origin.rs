//! Where a report comes from: its source, place and day with the word that announces it (新华社北京12月31日电, 本报讯).

use super::glyphs::{Glyph, ends, folded, from, is_han, part, printed, starts, trim};
use super::{Credit, LeadIn, bare, model, outlets};
use crate::text::dates::{DateMention, mention_at};
use crate::text::first::ByFirst;
use std::sync::LazyLock;

/// The words that announce a report after its source, folded, longest first; with those of the second row a day, or a
/// bracket or colon behind the word, must show that it is one.
const ANNOUNCING: &[(&str, bool)] = &[
    ("专电", false),
    ("电讯", false),
    ("电", false),
    ("专讯", false),
    ("讯", false),
    ("消息", true),
    ("信息", true),
    ("报道", true),
    ("报导", true),
    ("新闻", true),
];

/// What follows 电, 讯 or 消息 where it is part of another word. Folded.
const NOT_ANNOUNCING: &[(&str, &[char])] = &[
    (
        "电",
        &[
            '子', '视', '话', '影', '脑', '力', '网', '台', '商', '动', '池', '梯', '器', '源', '信', '价', '站', '竞',
            '气', '缆', '厂', '机',
        ],
    ),
    ("讯", &['息', '号', '问', '飞']),
    ("消息", &['人', '称', '源', '灵', '面']),
    ("信息", &['化', '技', '系', '网', '产', '部', '公', '中']),
    ("报道", &['的', '称', '说', '指', '中', '员']),
    ("新闻", &['发', '网', '社', '部', '出', '记', '中', '客', '频', '办', '处', '界', '工', '媒', '联']),
];

/// Returns whether the glyphs end with a word that announces a report.
pub fn ends_announcing(glyphs: &[Glyph]) -> bool {
    ANNOUNCING.iter().any(|(word, _)| ends(glyphs, word))
}

/// Reads glyphs that are nothing but an announcement: 本报科威特城1月1日电. `text` is what they were taken from.
pub fn alone(text: &str, glyphs: &[Glyph]) -> Option<Credit> {
    let (LeadIn { source, place, date, .. }, rest) = announcement(text, trim(glyphs))?;
    trim(rest).is_empty().then_some(Credit { source, place, date, ..Credit::default() })
}

/// Reads source, place and date with the word that announces, and what comes after it.
pub fn announcement<'g>(text: &str, glyphs: &'g [Glyph]) -> Option<(LeadIn, &'g [Glyph])> {
    static BY_FIRST: LazyLock<ByFirst<&'static (&'static str, bool)>> =
        LazyLock::new(|| ByFirst::new(ANNOUNCING.iter().filter_map(|row| Some((row.0.chars().next()?, row)))));
    /// The longest: 据新华社 + a place of ten + 十二月三十一日, with blanks.
    const LONGEST: usize = 40;
    let reach = glyphs.iter().take(LONGEST).take_while(|g| !ends_head(g.folded)).count();
    // What a reporter is named for is his report, not an announcement: 人民网记者X报道.
    let reach = (0..reach).find(|&at| bare::role_begins(glyphs, at)).unwrap_or(reach);
    for at in 1..reach {
        let rest = from(glyphs, at);
        let rows = rest.first().map_or(&[][..], |g| BY_FIRST.get(g.folded));
        let Some((word, needs_mark)) = rows.iter().find(|(word, _)| starts(rest, word).is_some()) else {
            continue;
        };
        let after = from(rest, word.chars().count());
        let next = after.first().map(|g| g.folded);
        let broken = NOT_ANNOUNCING.iter().any(|(of, by)| of == word && next.is_some_and(|c| by.contains(&c)));
        if broken {
            continue;
        }
        let Some(mut lead_in) = origin(text, part(glyphs, 0, at)) else { continue };
        let quoted = starts(glyphs, "据").is_some();
        let marked = matches!(trim(after).first().map(|g| g.folded), None | Some('(' | ':' | '[' | '】' | '〔'))
            || bare::begins(trim(after));
        if *needs_mark && !(marked || (lead_in.date.is_some() && !quoted)) {
            continue;
        }
        if *word == "电" && lead_in.place.is_none() && lead_in.date.is_none() && !quoted && !marked {
            continue;
        }
        lead_in.end = rest.get(word.chars().count() - 1).map_or(0, |g| g.end());
        return Some((lead_in, after));
    }
    None
}

/// 据, source, place and date in any order that is met, all of it.
fn origin(text: &str, glyphs: &[Glyph]) -> Option<LeadIn> {
    let mut rest = trim(glyphs);
    for opening in ["另据", "综合", "据"] {
        if let Some(n) = starts(rest, opening) {
            rest = trim(from(rest, n));
            break;
        }
    }
    let (before, date, after) = around_date(text, rest);
    // 滨江网-滨江日报: a reprint names both; the last is the source.
    let before = before.iter().rposition(|g| g.folded == '-').map_or(before, |dash| from(before, dash + 1));
    let length = source_length(before)?;
    let source = part(before, 0, length);
    let mut place = trim(from(before, length));
    if place.is_empty() {
        place = trim(after);
    } else if !trim(after).is_empty() {
        return None;
    }
    let place = place_name(place)?;
    Some(LeadIn { source: Some(printed(source)), place, date, ..LeadIn::default() })
}

/// Parts the glyphs at the first date in them.
fn around_date<'g>(text: &str, glyphs: &'g [Glyph]) -> (&'g [Glyph], Option<DateMention>, &'g [Glyph]) {
    for (n, glyph) in glyphs.iter().enumerate() {
        if let Some(date) = mention_at(text, glyph.at)
            && date.day.is_some()
        {
            let end = glyphs.iter().position(|g| g.at >= date.span.end).unwrap_or(glyphs.len());
            return (part(glyphs, 0, n), Some(date), from(glyphs, end));
        }
    }
    (glyphs, None, &[])
}

fn ends_head(c: char) -> bool {
    matches!(c, '。' | ',' | ';' | '!' | '?' | '“' | '”' | '"' | '《' | '(' | ':' | '】' | ']' | '…')
}

/// The length of the source at the head: one of the table, or the longest head that ends like an outlet, its channels
/// (浙江新闻, 宜宾频道) left to the place.
fn source_length(glyphs: &[Glyph]) -> Option<usize> {
    const LONGEST: usize = 12;
    if let Some(known) = outlets::known_at(glyphs) {
        return Some(known);
    }
    let named = |n: &usize| outlets::is_outlet(part(glyphs, 0, *n));
    let is_channel = |n: &usize| CHANNELS.iter().any(|channel| ends(part(glyphs, 0, *n), channel));
    let lengths = 2..=glyphs.len().min(LONGEST);
    lengths.clone().rev().filter(named).find(|n| !is_channel(n)).or_else(|| lengths.rev().find(named))
}

/// The parts of an outlet that stand between its name and the place, folded.
const CHANNELS: &[&str] = &["频道", "客户端", "热线新闻", "新闻", "站", "时刻"];

/// A place between source and date: empty, a word of Chinese characters, or a channel of the source (宜宾频道).
fn place_name(glyphs: &[Glyph]) -> Option<Option<String>> {
    const LONGEST: usize = 12;
    /// What no place begins with; it shows that the words before belong to a sentence.
    const NO_PLACE: &[char] =
        &['发', '记', '报', '讯', '电', '的', '称', '说', '在', '从', '将', '对', '向', '与', '和', '已', '是'];
    let mut place = glyphs;
    for channel in CHANNELS {
        if let Some(n) = starts(place, channel) {
            place = trim(from(place, n)); // 中国青年报客户端北京
        }
    }
    let whole = place.len();
    for channel in CHANNELS {
        if ends(place, channel) {
            place = trim(part(place, 0, place.len() - channel.chars().count()));
        }
    }
    let of_channel = place.len() < whole;
    if place.is_empty() || folded(place) == "综合" {
        return Some(None);
    }
    let plain = |g: &Glyph| is_han(g.folded) || matches!(g.folded, ' ' | '·' | '(' | ')');
    if place.len() > LONGEST || place.first().is_some_and(|g| NO_PLACE.contains(&g.folded)) {
        return None;
    }
    if of_channel {
        // 晨报96101热线新闻: not every channel is named after a place.
        return Some(model::is_place(&folded(place)).then(|| printed(place)));
    }
    place.iter().all(plain).then(|| Some(printed(place)))
}
