//! The lines of a headline: which is the headline proper, which stand over it and which under it.

use super::blocks::Block;
use super::page::Page;

/// The parts of a headline.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Title {
    /// The headline proper.
    pub(super) title: Option<String>,
    /// The lines over it.
    pub(super) kicker: Vec<String>,
    /// The lines under it.
    pub(super) subtitle: Vec<String>,
    /// The column that it names itself.
    pub(super) column: Option<String>,
    /// What stood on its lines and is no part of it: the name of the web site, a note on a picture, the headline again.
    pub(super) rest: Vec<String>,
}

/// How a line over a headline ends: someone speaks, and the headline says what.
const SPEAKING_ENDS: &[&str] =
    &["时指出", "时强调", "时表示", "时要求", "时提出", "强调", "指出", "表示", "要求", "——", "：", ":", "…", "……"];
/// Notes behind a headline that are no part of it.
const NOTES: &[&str] = &["（图片）", "(图片)", "（组图）", "(组图)", "（图）", "(图)"];
/// A headline proper has at least so many characters where another line can be it.
const LEAST: usize = 5;
/// A name of a column is not longer.
const LONGEST_COLUMN: usize = 14;

/// Reads the lines of a headline.
pub(super) fn title_of(page: &Page<'_>, lines: &[&Block<'_>]) -> Title {
    let mut title = Title::default();
    let mut kept: Vec<String> = Vec::new();
    for line in lines {
        let (text, site) = page.without_site_name(&line.text);
        title.rest.extend(site.map(str::to_owned));
        let (text, note) = without_note(text);
        title.rest.extend(note.map(str::to_owned));
        if title.column.is_none() {
            title.column = column(text);
        }
        kept.push(text.to_owned());
    }
    let site_line = lines.iter().position(|line| page.without_site_name(&line.text).1.is_some());
    if let Some(repeated) = site_line.and_then(|at| repetition(&kept, at)) {
        // A web page gives its headline twice, in the window's title and over the text: the second one has the place.
        let again = kept.remove(site_line.unwrap_or_default());
        title.rest.push(again);
        let at = repeated - 1;
        return with_lines(title, kept, at);
    }
    if kept.len() > 1
        && kept.first().is_some_and(|first| *first == kept.iter().skip(1).map(String::as_str).collect::<String>())
    {
        title.rest.extend(kept.drain(1..));
    }
    let series = if kept.len() > 1 { kept.iter().take_while(|line| names_series(line)).count() } else { 0 };
    let series = if series < kept.len() { series } else { 0 };
    if title.column.is_none() {
        title.column = kept.iter().take(series).next().map(|line| series_name(line).to_owned());
    }
    let at = series + main_line(kept.get(series..).unwrap_or_default());
    with_lines(title, kept, at)
}

fn series_name(line: &str) -> &str {
    line.trim_matches(|c: char| "【】".contains(c) || ('①'..='⑳').contains(&c))
}

fn with_lines(mut title: Title, lines: Vec<String>, main: usize) -> Title {
    for (at, line) in lines.into_iter().enumerate() {
        match at.cmp(&main) {
            std::cmp::Ordering::Less => title.kicker.push(line),
            std::cmp::Ordering::Equal => title.title = Some(line),
            std::cmp::Ordering::Greater => title.subtitle.push(line),
        }
    }
    title
}

/// The line after `at` that gives the same headline again.
fn repetition(lines: &[String], at: usize) -> Option<usize> {
    let wanted = lines.get(at)?;
    lines.iter().enumerate().skip(at + 1).find(|(_, line)| *line == wanted).map(|(at, _)| at)
}

/// Whether a line over a headline is the name of its column or series: 【民生细节】, 两岸旧事③.
fn names_series(line: &str) -> bool {
    let is_bracketed = line.starts_with('【') && line.ends_with('】') && line.matches('【').count() == 1;
    is_bracketed || line.ends_with(|c: char| ('①'..='⑳').contains(&c))
}

/// Which line is the headline proper: the one that nothing introduces and that says most in fewest characters.
fn main_line(lines: &[String]) -> usize {
    let length = |at: usize| match lines.get(at).map(|line| bare_length(line)) {
        None | Some(0..LEAST) => usize::MAX,
        Some(length) => length,
    };
    let is_deck = |at: usize| lines.get(at).is_some_and(|line| line.starts_with("——") || line.starts_with('—'));
    let introduces = |at: usize| lines.get(at).is_some_and(|line| SPEAKING_ENDS.iter().any(|end| line.ends_with(end)));
    let names_column = |at: usize| lines.get(at).is_some_and(|line| column(line).is_some() && !line.starts_with('【'));
    let decks_from = (1..lines.len()).find(|&at| is_deck(at)).unwrap_or(lines.len());
    // Under a speech's headline stand its speaker and, in brackets, its day.
    let is_speech = lines.len() > 1 && lines.last().is_some_and(|line| is_bracketed_date(line));
    if decks_from <= 1 || is_speech {
        return 0;
    }
    if let Some(at) = (0..decks_from).find(|&at| names_column(at)) {
        return at;
    }
    if introduces(0) {
        return 1;
    }
    let is_pair = |at: usize| lines.get(at).is_some_and(|line| is_couplet(line));
    if is_pair(1) && !is_pair(0) && length(1) <= length(0).saturating_add(4) {
        return 1;
    }
    if is_pair(0) && !is_pair(1) {
        return 0;
    }
    usize::from(length(1) < length(0))
}

/// Whether a line is a day in brackets: （二〇三一年十二月三十一日）.
fn is_bracketed_date(line: &str) -> bool {
    let inner = line.strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix(['）', ')']));
    inner.is_some_and(|inner| inner.ends_with('日') && inner.contains('年') && inner.chars().count() <= 14)
}

/// Whether a line is two halves of about one length with a blank between: 办事一网通 服务更贴心.
fn is_couplet(line: &str) -> bool {
    let halves: Vec<usize> = line.split_whitespace().map(|half| half.chars().count()).collect();
    matches!(halves.as_slice(), [one, two] if one.abs_diff(*two) <= 2 && *one >= 3)
}

/// The length of a line, what stands behind it in brackets left out.
fn bare_length(line: &str) -> usize {
    let bracket = line.rfind(['（', '(']).filter(|&at| at > 0 && line.ends_with(['）', ')']));
    let bare = bracket.and_then(|at| line.get(..at)).unwrap_or(line);
    bare.chars().filter(|c| !c.is_whitespace()).count()
}

/// The column that a headline names: 河灯亮了（两岸论坛）, 【关注】河灯亮了.
pub(super) fn column(line: &str) -> Option<String> {
    let in_head = line.strip_prefix('【').and_then(|rest| rest.split_once('】')).map(|(name, _)| name);
    let in_tail = || {
        let inner = line.strip_suffix(['）', ')'])?;
        let at = inner.rfind(['（', '('])?;
        let opener = inner.get(at..)?.chars().next()?;
        (at > 0).then(|| inner.get(at + opener.len_utf8()..))?
    };
    let name = in_head.or_else(in_tail)?;
    let length = name.chars().count();
    let is_name = (2..=LONGEST_COLUMN).contains(&length)
        && !name.contains(['，', '。', '、'])
        && !["图", "附图", "组图", "图片", "上", "下", "中", "全文", "视频"].contains(&name)
        && !name.starts_with("附图片")
        && !name.chars().all(|c| c.is_numeric());
    is_name.then(|| name.to_owned())
}

/// How the names of columns end that hold briefs.
const BRIEF_COLUMNS: &[&str] =
    &["简讯", "短讯", "快讯", "简报", "速递", "速览", "集锦", "一句话新闻", "简明新闻", "微新闻", "点滴"];

/// Returns whether a line is the name of a column of briefs.
pub(super) fn names_brief_column(line: &str) -> bool {
    let name = column_name(line);
    name.chars().count() <= 8 && BRIEF_COLUMNS.iter().any(|end| name.ends_with(end))
}

/// Returns the name of a column without the brackets and signs around it: 【简讯】.
pub(super) fn column_name(line: &str) -> &str {
    line.trim_matches(|c: char| "【】■●◆[]".contains(c) || c.is_whitespace())
}

/// Parts a headline from a note on its picture.
fn without_note(line: &str) -> (&str, Option<&str>) {
    let attached = line.rfind(['（', '(']).filter(|&at| {
        line.get(at..)
            .is_some_and(|note| note.starts_with("（附图片") || note.starts_with("(附图片") || NOTES.contains(&note))
    });
    match attached.and_then(|at| line.split_at_checked(at)) {
        Some((head, note)) if !head.trim().is_empty() => (head.trim_end(), Some(note)),
        _ => (line, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_a_headline_are_told_apart() {
        for (lines, kicker, title, subtitle, column) in [
            (&["老运河通水"][..], None, "老运河通水", None, None),
            (&["老运河通水", "——清淤工程见闻"], None, "老运河通水", Some("——清淤工程见闻"), None),
            (&["河长制工作推进会要求", "管好每一条河"], Some("河长制工作推进会要求"), "管好每一条河", None, None),
            (
                &["新河区清淤工程全部完工并通水", "河畅水清 岸绿人和"],
                Some("新河区清淤工程全部完工并通水"),
                "河畅水清 岸绿人和",
                None,
                None,
            ),
            (
                &["老运河通水", "三艘清淤船四个月清淤八公里"],
                None,
                "老运河通水",
                Some("三艘清淤船四个月清淤八公里"),
                None,
            ),
            (
                &["新河村的变化——", "老运河通水（两岸）"],
                Some("新河村的变化——"),
                "老运河通水（两岸）",
                None,
                Some("两岸"),
            ),
            (
                &["【民生】", "一座桥的修缮", "——石桥见闻"],
                Some("【民生】"),
                "一座桥的修缮",
                Some("——石桥见闻"),
                Some("民生"),
            ),
            (&["河边旧事③", "石桥上的脚步声"], Some("河边旧事③"), "石桥上的脚步声", None, Some("河边旧事")),
            (
                &["致河流——新年讲话", "河长陆远", "（二〇三一年十二月三十一日）"],
                None,
                "致河流——新年讲话",
                Some("河长陆远 （二〇三一年十二月三十一日）"),
                None,
            ),
        ] {
            let text = lines.join("\n");
            let page = Page::of(&text);
            let blocks: Vec<_> = (0..page.len()).filter_map(|at| page.block(at)).collect();
            let read = title_of(&page, &blocks);
            let joined = |lines: &[String]| (!lines.is_empty()).then(|| lines.join(" "));
            assert_eq!(read.title.as_deref(), Some(title), "{lines:?}");
            assert_eq!(joined(&read.kicker).as_deref(), kicker, "{lines:?}");
            assert_eq!(joined(&read.subtitle).as_deref(), subtitle, "{lines:?}");
            assert_eq!(read.column.as_deref(), column, "{lines:?}");
        }
    }

    #[test]
    fn site_names_notes_and_repetitions_are_no_part_of_a_headline() {
        let page = Page::of("新河水位上涨-新河网\n上游普降大雨\n新河水位上涨\n");
        let blocks: Vec<_> = (0..page.len()).filter_map(|at| page.block(at)).collect();
        let read = title_of(&page, &blocks);
        assert_eq!(
            (read.title.as_deref(), read.kicker.as_slice()),
            (Some("新河水位上涨"), &["上游普降大雨".to_owned()][..])
        );
        assert_eq!(read.rest, ["-新河网", "新河水位上涨"]);
        let page = Page::of("河灯点亮（附图片１张）");
        let read = title_of(&page, &page.block(0).into_iter().collect::<Vec<_>>());
        assert_eq!(
            (read.title.as_deref(), read.rest.as_slice()),
            (Some("河灯点亮"), &["（附图片１张）".to_owned()][..])
        );
    }

    #[test]
    fn columns_of_briefs_are_known() {
        assert!(names_brief_column("简讯") && names_brief_column("【国际快讯】"));
        assert!(!names_brief_column("老运河通水"));
    }
}
