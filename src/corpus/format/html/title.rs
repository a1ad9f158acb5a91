//! The headline of a page, without the name of the site behind it.

use super::dom::Node;
use super::lines::Line;

/// What a title parts itself from the site's name with.
const SEPARATORS: &[&str] = &["_", "--", "——", "|", "｜", " - ", "-", "–", "—", "丨", "·"];
/// What the names of sites and their parts end in.
const SITES: &[&str] = &[
    "网",
    "报",
    "社",
    "新闻",
    "频道",
    "客户端",
    "在线",
    "中心",
    "网站",
    "门户",
    "资讯",
    "电子版",
    "数字报",
    "头条",
    "News",
    "news",
    ".cn",
    ".com",
    ".com)",
    ".com）",
    "电子报",
    "政府",
    "政务",
    "首页",
    "传媒",
    "融媒",
    "手机版",
    "澎湃",
    "央广",
    "中国",
];
/// A site's name is not longer, in characters.
const LONGEST_SITE: usize = 20;
/// The names of a site's parts, between headline and site, are not longer.
const LONGEST_PART: usize = 6;
/// Less than this is no headline, in characters.
const SHORTEST: usize = 4;

/// Returns the headline of a page whose article begins at a line.
pub fn of(nodes: &[Node], lines: &[Line], article: usize, named: &[(&'static str, String)]) -> Option<String> {
    let site = named.iter().find(|(name, _)| *name == "site_name").map(|(_, value)| value.as_str());
    let element = nodes.iter().position(|node| node.name == "title").and_then(|at| nodes.get(at + 1));
    let element = element.filter(|text| text.name.is_empty()).map(|text| text.text.clone());
    let stated = named.iter().filter(|(name, _)| *name == "title").map(|(_, value)| value.clone());
    let stated: Vec<String> = stated.chain(element).map(|title| one_line(&title)).filter(|t| !t.is_empty()).collect();
    // The heading says it as it is printed, where it is the one that the head of the page means.
    let above = lines.get(..(article + 6).min(lines.len())).unwrap_or_default();
    let heading = above.iter().rev().find(|line| {
        (line.heading > 0 || line.text.chars().count() >= SHORTEST)
            && stated.iter().any(|title| title == &line.text || is_head_of(&line.text, title))
    });
    if let Some(line) = heading {
        return Some(line.text.clone());
    }
    let first = above.iter().rev().find(|line| matches!(line.heading, 1 | 2)).map(|line| line.text.clone());
    stated.into_iter().map(|title| without_site(&title, site)).find(|title| !title.is_empty()).or(first)
}

/// Whether a title is a line with a site's name behind it.
fn is_head_of(line: &str, title: &str) -> bool {
    let rest = title.strip_prefix(line).map(str::trim_start);
    line.chars().count() >= SHORTEST
        && rest.is_some_and(|rest| SEPARATORS.iter().any(|separator| rest.starts_with(separator.trim())))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes names of sites from the end of a title: …_新闻频道_新河网, …--时政--新河网, … - 新河日报.
fn without_site(title: &str, site: Option<&str>) -> String {
    let mut title = title.trim();
    let mut is_site_off = false;
    while let Some((head, tail)) = last_part(title) {
        let length = tail.chars().count();
        let is_site = site == Some(tail)
            || (length <= LONGEST_SITE && SITES.iter().any(|ending| tail.ends_with(ending)) && !tail.contains('，'));
        let is_part = is_site_off && length <= LONGEST_PART && !tail.contains(|c: char| c.is_ascii_digit());
        if !(is_site || is_part) || head.chars().count() < SHORTEST {
            break;
        }
        is_site_off = true;
        title = head;
    }
    title.to_owned()
}

fn last_part(title: &str) -> Option<(&str, &str)> {
    let parts = SEPARATORS.iter().filter_map(|separator| title.rfind(separator).map(|at| (at, separator.len())));
    let (at, length) = parts.max_by_key(|&(at, length)| (at + length, length))?;
    Some((title.get(..at)?.trim_end(), title.get(at + length..)?.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sites_are_taken_off_and_nothing_else() {
        for (title, expected) in [
            ("河灯会昨晚开幕_新河网", "河灯会昨晚开幕"),
            ("河灯会昨晚开幕--时政--新河网", "河灯会昨晚开幕"),
            ("河灯会昨晚开幕_新闻频道_新河网(xinhe.com)", "河灯会昨晚开幕"),
            ("河灯会昨晚开幕 - 新河日报", "河灯会昨晚开幕"),
            ("河灯会昨晚开幕-新河日报数字报-新河网", "河灯会昨晚开幕"),
            ("新河—柳溪高铁开通", "新河—柳溪高铁开通"),
            ("2月3-5日有大雪", "2月3-5日有大雪"),
            ("新河网", "新河网"),
        ] {
            assert_eq!(without_site(title, None), expected);
        }
        assert_eq!(without_site("河灯会昨晚开幕 | 新河一家", Some("新河一家")), "河灯会昨晚开幕");
    }
}
