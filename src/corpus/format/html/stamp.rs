//! The lines above and below an article that say when and where it appeared: 2031-02-03 08:30 来源：新河日报 作者：陆远.

use crate::corpus::byline::read_byline_line;
use crate::corpus::record::{Field, field_of};

/// No such line is longer, in characters.
const LONGEST: usize = 90;

/// What stands in such a line to be pressed.
const BUTTONS: &[&str] = &[
    "字号", "字体", "大", "中", "小", "打印", "分享", "收藏", "评论", "阅读", "浏览", "点击", "扫", "关闭", "纠错",
    "推荐",
];

/// Reads a line. Nothing where it holds anything else.
pub fn read(line: &str) -> Vec<(&'static str, String)> {
    if line.chars().count() > LONGEST || line.contains(['。', '？', '！']) {
        return Vec::new();
    }
    let mut found: Vec<(&'static str, String)> = Vec::new();
    // What a label asks for runs to the next label, or the next date.
    let mut current: Option<&'static str> = None;
    for piece in
        line.split(|c: char| c.is_whitespace() || matches!(c, '|' | '｜' | '丨' | '[' | ']' | '【' | '】' | '·'))
    {
        let piece = piece.trim_matches(['(', ')', '（', '）', ',', '，', ';', '；']);
        if piece.is_empty() {
            continue;
        }
        if let Some((label, value)) = piece.split_once(['：', ':'])
            && let Some(name) = label_of(label)
        {
            current = Some(name);
            if !value.is_empty() {
                found.push((name, value.to_owned()));
            }
            continue;
        }
        if let Some(date) = date(piece) {
            found.push(("published", date));
            current = None;
            continue;
        }
        if BUTTONS.iter().any(|button| piece.starts_with(button)) {
            current = None;
            continue;
        }
        // Without a label: times of day, days of the week, how often it was read.
        let Some(name) = current else { continue };
        match found.last_mut().filter(|(last, _)| *last == name) {
            Some((_, value)) => {
                value.push(' ');
                value.push_str(piece);
            }
            None => found.push((name, piece.to_owned())),
        }
    }
    if found.is_empty() {
        // 本报记者 陆远《新河日报》（2031年02月03日 第 01 版）
        let names = line.split('《').next().unwrap_or_default().trim();
        let is_named = ["记者", "通讯员", "作者"].iter().any(|role| names.contains(role));
        if is_named && read_byline_line(names).is_some_and(|credit| !credit.byline.is_empty()) {
            found.push(("authors", names.to_owned()));
        }
    }
    if let Some(page) = page(line) {
        found.push(("page", page));
    }
    if let Some((_, rest)) = line.split_once('《')
        && let Some((paper, _)) = rest.split_once('》')
        && paper.ends_with('报')
        && found.iter().any(|(name, _)| *name == "page")
    {
        found.push(("paper", paper.to_owned()));
        found.extend(rest.char_indices().find_map(|(at, _)| date(rest.get(at..)?)).map(|date| ("published", date)));
    }
    found
}

/// The field that a label stands for, where it can stand in such a line.
fn label_of(label: &str) -> Option<&'static str> {
    let (field, _) = field_of(label)?;
    match field {
        Field::Published => Some("published"),
        Field::People(role) => Some(role.field()),
        Field::Source => Some("source"),
        Field::Paper => Some("paper"),
        Field::Page => Some("page"),
        Field::Column => Some("column"),
        Field::Key | Field::Title | Field::Kicker | Field::Subtitle | Field::Body | Field::Place | Field::Link => None,
    }
}

/// A date with its year at the head of a piece.
fn date(piece: &str) -> Option<String> {
    let mut date = String::new();
    for c in piece.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | '年' | '月' | '日')) {
        date.push(c);
        if c == '日' {
            break;
        }
    }
    let year = date.bytes().take_while(u8::is_ascii_digit).count();
    let separators = date.chars().filter(|c| matches!(c, '-' | '/' | '.' | '年' | '月')).count();
    (year == 4 && separators == 2 && date.len() >= 8).then_some(date)
}

/// 第01版：要闻, 第 A05 版.
pub fn page(line: &str) -> Option<String> {
    let (_, rest) = line.split_once('第')?;
    let (page, _) = rest.split_once('版')?;
    let page: String = page.chars().filter(|c| !c.is_whitespace()).collect();
    let is_page = (1..=4).contains(&page.len())
        && page.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && page.bytes().any(|byte| byte.is_ascii_digit());
    is_page.then_some(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_source_and_names_are_read_from_the_line_above_the_text() {
        for (line, expected) in [
            ("2031-02-03 08:30 来源：新河日报", "published=2031-02-03 source=新河日报"),
            (
                "2031年02月03日08:30 | 来源：新河网 作者：陆远 苏帆",
                "published=2031年02月03日 source=新河网 authors=陆远 苏帆",
            ),
            ("来源： 新华社 时间：2031/02/03 责任编辑：孟舟", "source=新华社 published=2031/02/03 editors=孟舟"),
            ("《新河日报》（2031年02月03日 第 01 版）", "page=01 paper=新河日报 published=2031年02月03日"),
            (
                "本报记者 沈小桥《新河日报》（2031年02月03日 第 01 版）",
                "authors=本报记者 沈小桥 page=01 paper=新河日报 published=2031年02月03日",
            ),
            ("来源：新河网 作者：陆远 字号", "source=新河网 authors=陆远"),
            ("第A05版：要闻", "page=A05"),
            ("字号：小 中 大", ""),
            ("会议指出：来源广泛，数量很多。", ""),
        ] {
            let found: Vec<String> = read(line).iter().map(|(name, value)| format!("{name}={value}")).collect();
            assert_eq!(found.join(" "), expected, "{line}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_line_makes_it_panic(line in "[第版《》：来源日报0-9年月 -]{0,30}|\\PC{0,40}") {
            let _ = read(&line);
        }
    }
}
