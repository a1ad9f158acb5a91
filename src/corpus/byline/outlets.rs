//! The names of papers, agencies and stations: a table of those that their names do not give away, and the words that
//! the others end in. To add one: a row here and a row in the tests.

use super::glyphs::{Glyph, ends, folded, from, part, printed, starts};
use super::model;
use crate::text::first::ByFirst;
use std::sync::LazyLock;

/// Outlets known by name, folded; the short ones (南都) and those that begin a dateline. Where several match, the
/// longest is meant. Forms of `patterns.md` A and B.
pub const OUTLETS: &[&str] = &[
    "本报",
    "本刊",
    "本社",
    "本网",
    "本台",
    "本站",
    "本版",
    "时报",
    "晨报",
    "晚报",
    "日报",
    "商报",
    "快报",
    "早报",
    "都市报",
    "新华社",
    "新华网",
    "中新社",
    "中新网",
    "中国新闻网",
    "人民网",
    "央视网",
    "央视",
    "央广网",
    "央广",
    "国际在线",
    "环球在线",
    "中国网",
    "光明网",
    "中国经济网",
    "中青网",
    "中青报",
    "中青在线",
    "东方网",
    "今视网",
    "南都",
    "南方+",
    "中央社",
    "路透社",
    "法新社",
    "美联社",
    "塔斯社",
    "共同社",
    "韩联社",
    "俄新社",
    "俄新网",
    "合众社",
    "新闻中心",
    "财经中心",
    "国际中心",
    "政治中心",
    "社会中心",
    "娱乐中心",
    "体育中心",
    "生活中心",
    "地方中心",
    "大陆中心",
    "两岸中心",
    "大公财经",
    "文汇报",
    "香港文汇报",
    "大公报",
    "极目新闻",
    "澎湃新闻",
    "红星新闻",
    "上游新闻",
    "封面新闻",
    "四川在线",
    "大河网",
    "北晚新视觉",
    "澎湃",
    "财联社",
];

/// The words that the name of an outlet ends in, folded.
pub const SUFFIXES: &[&str] = &[
    "报",
    "报社",
    "社",
    "网",
    "台",
    "电视台",
    "广播电台",
    "在线",
    "客户端",
    "频道",
    "融媒",
    "融媒体",
    "全媒体",
    "传媒",
    "媒体",
    "新闻",
    "周刊",
    "周报",
    "杂志",
    "日报",
    "晚报",
    "时报",
    "中心",
    "头条",
    "快讯",
    "报业",
    "卫视",
    "电台",
    "号",
    "融媒体中心",
    "新闻网",
    "集团",
    "工作室",
    "记者站",
    "编辑部",
    "通讯社",
    "视频",
    "直播",
    "热线",
];

/// Words that end like an outlet and are none. Folded.
const NOT_OUTLETS: &[&str] = &[
    "今天",
    "会议",
    "旅行社",
    "出版社",
    "供销社",
    "合作社",
    "互联网",
    "上网",
    "因特网",
    "平台",
    "舞台",
    "后台",
    "情报",
    "汇报",
    "通报",
    "举报",
    "预报",
    "申报",
    "海报",
    "上报",
    "回报",
    "警报",
    "公报",
    "病毒",
    "查看更多",
    "医疗中心",
    "市中心",
    "研究中心",
    "信号",
    "账号",
];

/// Returns the length of the longest outlet of the table at the head of the glyphs.
pub fn known_at(glyphs: &[Glyph]) -> Option<usize> {
    static BY_FIRST: LazyLock<ByFirst<&'static str>> = LazyLock::new(|| ByFirst::words(OUTLETS.iter().copied()));
    BY_FIRST.get(glyphs.first()?.folded).iter().filter_map(|outlet| starts(glyphs, outlet)).max()
}

/// Returns whether the glyphs as a whole read as the name of an outlet, with the post that the writer holds for it
/// (本报驻埃及).
pub fn is_outlet(glyphs: &[Glyph]) -> bool {
    if let Some(length) = known_at(glyphs) {
        let rest = from(glyphs, length);
        return rest.is_empty() || is_post(rest) || is_outlet_by_end(glyphs);
    }
    if let Some(post) = glyphs.iter().position(|g| matches!(g.folded, '驻' | '赴'))
        && post >= 2
    {
        return is_outlet_by_end(part(glyphs, 0, post));
    }
    is_outlet_by_end(glyphs)
}

fn is_post(glyphs: &[Glyph]) -> bool {
    glyphs.first().is_some_and(|g| matches!(g.folded, '驻' | '赴' | '·' | '+' | '、'))
        || is_outlet_by_end(glyphs)
        || (glyphs.len() <= 4 && model::is_place(&folded(glyphs)))
}

fn is_outlet_by_end(glyphs: &[Glyph]) -> bool {
    const LONGEST: usize = 16;
    static BY_LAST: LazyLock<ByFirst<&'static str>> =
        LazyLock::new(|| ByFirst::words_by_last(SUFFIXES.iter().copied()));
    let Some(last) = glyphs.last().filter(|_| (2..=LONGEST).contains(&glyphs.len())) else { return false };
    BY_LAST.get(last.folded).iter().any(|suffix| ends(glyphs, suffix))
        && !NOT_OUTLETS.iter().any(|word| ends(glyphs, word))
}

/// Returns the name of an outlet as printed, without the post that is held for it (本报驻埃及).
pub fn name(glyphs: &[Glyph]) -> String {
    let post = glyphs.iter().position(|g| matches!(g.folded, '驻' | '赴')).filter(|&at| at >= 2);
    printed(post.map_or(glyphs, |at| part(glyphs, 0, at)))
}

/// Returns the index at which the outlet begins that ends where the glyphs end, names of people before it
/// (彭晓平桂林晚报 → 3); `None` where no outlet ends here.
pub fn begins_at(glyphs: &[Glyph]) -> Option<usize> {
    // One's own paper parts names from outlets wherever it stands.
    let own = (0..glyphs.len()).find(|&at| {
        let rest = from(glyphs, at);
        known_at(rest).is_some_and(|n| n > 2 || starts(rest, "本").is_some()) && is_outlet(rest)
    });
    if own.is_some() {
        return own;
    }
    if !is_outlet(glyphs) {
        return None;
    }
    let chars: Vec<char> = glyphs.iter().map(|g| g.folded).collect();
    let split = |at: usize| {
        let (names, outlet) = chars.split_at_checked(at)?;
        let (lengths, score) = model::cut(names, model::LONGEST)?;
        let fine = lengths.iter().scan(0, |start, &n| {
            let name = names.get(*start..*start + n);
            *start += n;
            name
        });
        let likely = fine.clone().count() > 0 && fine.into_iter().all(model::is_name);
        (likely && outlet.len() >= 2).then(|| (at, score + model::words(outlet)))
    };
    let whole = model::words(&chars);
    let best = (2..chars.len()).filter_map(split).max_by(|a, b| a.1.total_cmp(&b.1));
    match best {
        Some((at, score)) if score > whole => Some(at),
        _ => Some(0),
    }
}

#[cfg(test)]
mod tests {
    use super::super::glyphs::head;
    use super::*;

    #[test]
    fn outlets_are_told_from_names() {
        for (text, at) in [
            ("本报", Some(0)),
            ("新华社", Some(0)),
            ("滨江晚报", Some(0)),
            ("滨江市广播电视台", Some(0)),
            ("王小平桂林晚报", Some(3)),
            ("李强本报", Some(2)),
            ("本报驻埃及", Some(0)),
            ("王小平", None),
            ("刘学燕", None),
        ] {
            assert_eq!(begins_at(&head(text, 50)), at, "{text}");
        }
    }
}
