//! What belongs to the page rather than to a report: editors' lines, web litter, jump marks, notes on pictures.
//!
//! One row of a table is one form; all are matched on folded text (no blanks, half-width, lower case).

use crate::text::first::ByFirst;
use crate::text::fold::fold;
use std::sync::LazyLock;

/// A line that is furniture, by what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Furniture {
    /// Names of editors, proof-readers, designers: closes a page or a report.
    Staff,
    /// 来源：…, 原标题：…: where a web page has its text from.
    Origin,
    /// What a web page or an e-paper puts around the text.
    Litter,
    /// 下转第4版, 上接第一版.
    Jump,
    /// （附图片１张）, （传真照片）: a note that a picture stands beside.
    PictureNote,
    /// 全文1200字: a standfirst may stand before it, the text behind it.
    ReadingTime,
}

/// Where in a line a pattern must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Start,
    Anywhere,
    Whole,
}

/// Pattern, where it stands, the longest line that it makes furniture, and what sort.
type Row = (&'static str, At, usize, Furniture);

const ROWS: &[Row] = &[
    ("责编", At::Start, 60, Furniture::Staff),
    ("责任编辑", At::Start, 60, Furniture::Staff),
    ("(责编", At::Start, 60, Furniture::Staff),
    ("(责任编辑", At::Start, 60, Furniture::Staff),
    ("【责任编辑", At::Start, 60, Furniture::Staff),
    ("【编辑", At::Start, 60, Furniture::Staff),
    ("[责任编辑", At::Start, 60, Furniture::Staff),
    ("[编辑", At::Start, 60, Furniture::Staff),
    ("(编辑", At::Start, 40, Furniture::Staff),
    ("编辑:", At::Start, 60, Furniture::Staff),
    ("编辑|", At::Start, 60, Furniture::Staff),
    ("编辑丨", At::Start, 60, Furniture::Staff),
    ("值班编辑", At::Start, 60, Furniture::Staff),
    ("本版责编", At::Start, 80, Furniture::Staff),
    ("本版编辑", At::Start, 80, Furniture::Staff),
    ("本期编辑", At::Start, 80, Furniture::Staff),
    ("本版制图", At::Start, 60, Furniture::Staff),
    ("本版图片", At::Start, 60, Furniture::Staff),
    ("版式设计:", At::Start, 60, Furniture::Staff),
    ("版式:", At::Start, 60, Furniture::Staff),
    ("美编:", At::Start, 60, Furniture::Staff),
    ("制图:", At::Start, 40, Furniture::Staff),
    ("校对:", At::Start, 60, Furniture::Staff),
    ("审核:", At::Start, 60, Furniture::Staff),
    ("监制:", At::Start, 60, Furniture::Staff),
    ("统筹:", At::Start, 60, Furniture::Staff),
    ("编审:", At::Start, 60, Furniture::Staff),
    ("组版:", At::Start, 60, Furniture::Staff),
    ("值班主任", At::Start, 60, Furniture::Staff),
    ("本版主编", At::Start, 60, Furniture::Staff),
    ("来源:", At::Start, 60, Furniture::Origin),
    ("(来源:", At::Start, 40, Furniture::Origin),
    ("来源|", At::Start, 40, Furniture::Origin),
    ("内容来源:", At::Start, 60, Furniture::Origin),
    ("文章来源:", At::Start, 60, Furniture::Origin),
    ("稿件来源:", At::Start, 60, Furniture::Origin),
    ("信息来源:", At::Start, 60, Furniture::Origin),
    ("本文来源:", At::Start, 60, Furniture::Origin),
    ("图片来源:", At::Start, 60, Furniture::Origin),
    ("转自:", At::Start, 40, Furniture::Origin),
    ("原标题:", At::Start, 90, Furniture::Origin),
    ("(原标题:", At::Start, 90, Furniture::Origin),
    ("(原题为", At::Start, 90, Furniture::Origin),
    ("发布时间:", At::Start, 60, Furniture::Origin),
    ("时间:", At::Start, 40, Furniture::Origin),
    ("上一篇", At::Start, 90, Furniture::Litter),
    ("下一篇", At::Start, 90, Furniture::Litter),
    ("上一版", At::Start, 60, Furniture::Litter),
    ("下一版", At::Start, 60, Furniture::Litter),
    ("上一期", At::Start, 60, Furniture::Litter),
    ("放大缩小", At::Anywhere, 60, Furniture::Litter),
    ("返回该版", At::Anywhere, 60, Furniture::Litter),
    ("返回首页", At::Anywhere, 60, Furniture::Litter),
    ("返回搜狐", At::Anywhere, 80, Furniture::Litter),
    ("返回目录", At::Anywhere, 40, Furniture::Litter),
    ("查看更多", At::Anywhere, 40, Furniture::Litter),
    ("查看原文", At::Anywhere, 40, Furniture::Litter),
    ("阅读原文", At::Anywhere, 40, Furniture::Litter),
    ("分享到", At::Anywhere, 60, Furniture::Litter),
    ("分享让更多人看到", At::Anywhere, 60, Furniture::Litter),
    ("扫一扫", At::Start, 60, Furniture::Litter),
    ("扫描二维码", At::Anywhere, 60, Furniture::Litter),
    ("长按二维码", At::Anywhere, 60, Furniture::Litter),
    ("点击进入", At::Start, 40, Furniture::Litter),
    ("点击查看", At::Start, 40, Furniture::Litter),
    ("点击图片", At::Start, 40, Furniture::Litter),
    ("客户端中查看", At::Anywhere, 20, Furniture::Litter),
    ("手机中查看", At::Anywhere, 20, Furniture::Litter),
    ("移动手机用户", At::Start, 120, Furniture::Litter),
    ("本文字数", At::Start, 40, Furniture::Litter),
    ("enpproperty", At::Anywhere, 80, Furniture::Litter),
    ("未经授权", At::Anywhere, 120, Furniture::Litter),
    ("书面授权", At::Anywhere, 120, Furniture::Litter),
    ("不得转载", At::Anywhere, 120, Furniture::Litter),
    ("禁止转载", At::Anywhere, 120, Furniture::Litter),
    ("版权所有", At::Anywhere, 80, Furniture::Litter),
    ("版权归", At::Anywhere, 80, Furniture::Litter),
    ("仅代表作者", At::Anywhere, 100, Furniture::Litter),
    ("自媒体观点", At::Anywhere, 100, Furniture::Litter),
    ("特别声明:", At::Start, 160, Furniture::Litter),
    ("免责声明", At::Start, 160, Furniture::Litter),
    ("联系我们", At::Start, 40, Furniture::Litter),
    ("加载中", At::Start, 20, Furniture::Litter),
    ("关闭窗口", At::Anywhere, 20, Furniture::Litter),
    ("打印本页", At::Anywhere, 30, Furniture::Litter),
    ("电话:", At::Start, 60, Furniture::Litter),
    ("新闻热线", At::Start, 60, Furniture::Litter),
    ("热线电话", At::Start, 60, Furniture::Litter),
    ("投稿邮箱", At::Start, 60, Furniture::Litter),
    ("本版邮箱", At::Start, 60, Furniture::Litter),
    ("e-mail:", At::Start, 60, Furniture::Litter),
    ("广告", At::Whole, 0, Furniture::Litter),
    ("公益广告", At::Whole, 0, Furniture::Litter),
    ("相关新闻", At::Whole, 0, Furniture::Litter),
    ("相关阅读", At::Whole, 0, Furniture::Litter),
    ("热门推荐", At::Whole, 0, Furniture::Litter),
    ("推荐阅读", At::Whole, 0, Furniture::Litter),
    ("分享到:", At::Start, 1000, Furniture::Litter),
    ("首页>", At::Anywhere, 400, Furniture::Litter),
    ("本文为", At::Start, 60, Furniture::Litter),
    ("分享", At::Whole, 0, Furniture::Litter),
    ("收藏", At::Whole, 0, Furniture::Litter),
    ("打印", At::Whole, 0, Furniture::Litter),
    ("评论", At::Whole, 0, Furniture::Litter),
    ("附图片", At::Start, 12, Furniture::PictureNote),
    ("(附图片", At::Start, 12, Furniture::PictureNote),
    ("(传真照片)", At::Whole, 0, Furniture::PictureNote),
    ("(图片)", At::Whole, 0, Furniture::PictureNote),
    ("(资料图片)", At::Whole, 0, Furniture::PictureNote),
    ("(资料图)", At::Whole, 0, Furniture::PictureNote),
    ("资料图片", At::Whole, 0, Furniture::PictureNote),
    ("资料图", At::Whole, 0, Furniture::PictureNote),
    ("图片均为资料图片", At::Start, 20, Furniture::PictureNote),
    ("(a、b)", At::Whole, 0, Furniture::PictureNote),
    ("阅读约需", At::Anywhere, 40, Furniture::ReadingTime),
    ("阅读需", At::Anywhere, 40, Furniture::ReadingTime),
];

/// Returns what sort of furniture a folded line is.
pub(super) fn furniture(folded: &str) -> Option<Furniture> {
    let length = folded.chars().count();
    row(folded, length)
        .map(|&(.., sort)| sort)
        .or_else(|| is_jump(folded).then_some(Furniture::Jump))
        .or_else(|| is_litter_by_shape(folded, length).then_some(Furniture::Litter))
}

/// The first row of the table that a folded line fits. Rows are asked only where their first character stands.
fn row(folded: &str, length: usize) -> Option<&'static Row> {
    static BY_FIRST: LazyLock<ByFirst<(usize, &'static Row)>> = LazyLock::new(|| {
        ByFirst::new(ROWS.iter().enumerate().filter_map(|(n, row)| Some((row.0.chars().next()?, (n, row)))))
    });
    let fits = |start: usize, row: &Row| {
        let rest = folded.get(start..).unwrap_or_default();
        match *row {
            (pattern, At::Start, longest, _) => start == 0 && length <= longest && rest.starts_with(pattern),
            (pattern, At::Anywhere, longest, _) => length <= longest && rest.starts_with(pattern),
            (pattern, At::Whole, ..) => start == 0 && rest == pattern,
        }
    };
    let found =
        folded.char_indices().flat_map(|(start, c)| BY_FIRST.get(c).iter().filter(move |(_, row)| fits(start, row)));
    found.min_by_key(|(n, _)| *n).map(|&(_, row)| row)
}

/// Whether a whole line sends the reader to another page: （下转第4版）, (上接A02版).
fn is_jump(folded: &str) -> bool {
    let bare = folded.trim_matches(|c| "()[]【】→←▶◀".contains(c));
    let Some(rest) = ["下转", "上接", "转", "接"].iter().find_map(|head| bare.strip_prefix(head)) else {
        return false;
    };
    rest.ends_with('版') && rest.chars().count() <= 12 && !rest.contains(|c| "，。,".contains(c))
}

/// Reads a mark that sends the reader to another page: whether onwards (下转) or back (上接), and the page as printed.
pub(super) fn jump(line: &str) -> Option<(bool, String)> {
    if !is_jump(&fold(line)) {
        return None;
    }
    let bare = line.trim_matches(|c: char| c.is_whitespace() || "()（）[]【】→←▶◀".contains(c));
    let heads = [("下转", true), ("上接", false), ("转", true), ("接", false)];
    heads.iter().find_map(|&(head, is_on)| Some((is_on, bare.strip_prefix(head)?.trim().to_owned())))
}

/// Parts a text from the marks at its ends that send the reader to another page: （上接第一版）…（下转第4版）.
pub(super) fn part_jumps(text: &str) -> (Option<&str>, &str, Option<&str>) {
    let mut rest = text;
    let mut before = None;
    if rest.starts_with(['（', '('])
        && let Some(end) = rest.find(['）', ')'])
        && let Some((mark, behind)) = rest.split_at_checked(end + rest.get(end..).map_or(0, first_length))
        && is_jump(&fold(mark))
        && !behind.trim().is_empty()
    {
        (before, rest) = (Some(mark), behind.trim_start());
    }
    let is_closed = rest.trim_end().ends_with(['）', ')']);
    let last = is_closed.then(|| rest.rfind(['（', '('])).flatten().filter(|&at| at > 0);
    match last.and_then(|at| rest.split_at_checked(at)) {
        Some((body, mark)) if is_jump(&fold(mark)) => (before, body.trim_end(), Some(mark)),
        _ => (before, rest, None),
    }
}

fn first_length(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// Whether a line is litter for how it looks: an address, a table of weather, a row of signs, an e-mail.
fn is_litter_by_shape(folded: &str, length: usize) -> bool {
    let is_address = (folded.starts_with("http://") || folded.starts_with("https://") || folded.starts_with("www."))
        && folded.is_ascii();
    let is_table_row = length <= 60 && folded.matches(['|', '｜']).count() >= 2;
    let is_signs = !folded.chars().any(char::is_alphanumeric);
    is_address || is_table_row || is_signs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jump_marks_are_parted_from_the_text() {
        assert_eq!(
            part_jumps("（上接第一版）河灯点亮。（下转第4版）"),
            (Some("（上接第一版）"), "河灯点亮。", Some("（下转第4版）"))
        );
        assert_eq!(part_jumps("河灯点亮。（陆远）"), (None, "河灯点亮。（陆远）", None));
        assert_eq!(part_jumps("（下转第4版）"), (None, "（下转第4版）", None));
    }

    #[test]
    fn each_form_of_furniture_is_known() {
        for (line, sort) in [
            ("责编：陆 远　校对：沈 桥", Some(Furniture::Staff)),
            ("（责任编辑：陆远 XH079)", Some(Furniture::Staff)),
            ("【编辑:陆远】", Some(Furniture::Staff)),
            ("版式设计：陆远", Some(Furniture::Staff)),
            ("来源：新河网", Some(Furniture::Origin)),
            ("原标题：河灯会开幕", Some(Furniture::Origin)),
            ("上一篇 下一篇4 2031年1月27日 放大 缩小 默认", Some(Furniture::Litter)),
            ("（下转第4版）", Some(Furniture::Jump)),
            ("(上接第一版)", Some(Furniture::Jump)),
            ("下转A05版", Some(Furniture::Jump)),
            ("（附图片１张）", Some(Furniture::PictureNote)),
            ("（传真照片）", Some(Furniture::PictureNote)),
            ("全文1200字，阅读约需3分钟", Some(Furniture::ReadingTime)),
            ("3月2日 | 周二 | 多云 | 1℃—14℃", Some(Furniture::Litter)),
            ("https://news.example.cn/1.htm", Some(Furniture::Litter)),
            ("＊＊＊＊＊＊", Some(Furniture::Litter)),
            ("电话：0000-1234567", Some(Furniture::Litter)),
            ("公益广告", Some(Furniture::Litter)),
            ("广告业的春天", None),
            ("河灯会开幕", None),
            ("编辑部的一天", None),
            ("下转乘公交车时，他看见了河灯。", None),
        ] {
            assert_eq!(furniture(&fold(line)), sort, "{line}");
        }
    }
}
