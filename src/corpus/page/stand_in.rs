//! Stand-in for the reader of bylines until it is there.
use crate::corpus::byline::{Credit, LeadIn};
use crate::text::fold::fold;

fn strip_brackets(f: &str) -> &str {
    f.trim_matches(|c| "()【】".contains(c))
}

pub(super) fn read_lead_in(p: &str) -> Option<LeadIn> {
    // find 讯|电|消息 within the first 40 chars after a source
    let t = p.trim_start_matches(['【', '（', '(']);
    let cut = p.len() - t.len();
    let t2 = t.strip_prefix('据').unwrap_or(t);
    let srcs = [
        "本报",
        "新华社",
        "新华网",
        "中新社",
        "中新网",
        "人民网",
        "时报讯",
        "晨报",
        "南都讯",
        "新京报",
        "京华时报",
        "南方都市报",
        "厦门网",
        "四川在线",
        "桂林生活网",
        "经济观察报",
        "天中晚报",
    ];
    let is = srcs.iter().any(|s| t2.starts_with(s));
    if !is {
        return None;
    }
    let mut end = None;
    for (i, (at, c)) in t.char_indices().enumerate() {
        if i > 30 {
            break;
        }
        let rest = &t[at + c.len_utf8()..];
        if (c == '讯'
            || c == '电'
            || t[..at + c.len_utf8()].ends_with("消息")
            || t[..at + c.len_utf8()].ends_with("信息"))
            && (c != '电' || t[..at].chars().any(|c| c == '日') || rest.starts_with('记'))
        {
            end = Some(at + c.len_utf8());
            break;
        }
        if "，。,".contains(c) {
            break;
        }
    }
    let mut end = end?;
    let rest = &t[end..];
    let r = rest.trim_start_matches(['：', ':', '】']).trim_start();
    if r.starts_with(['（', '('])
        && let Some(close) = r.find(['）', ')'])
        && close < 200
    {
        end += rest.len() - r.len() + close + r[close..].chars().next().map_or(0, char::len_utf8);
    }
    Some(LeadIn { end: cut + end, ..LeadIn::default() })
}
pub(super) fn read_byline_line(l: &str) -> Option<Credit> {
    let f = fold(l);
    let b = strip_brackets(&f);
    let b = b.trim_start_matches(|c| "□■●◎○◇口".contains(c));
    let n = b.chars().count();
    if n > 70 || b.contains(['。']) || b.contains(',') {
        return None;
    }
    (["本报记者", "记者", "通讯员", "见习记者", "首席记者", "(记者"].iter().any(|h| b.starts_with(h))
        || (b.contains("记者")
            && n < 60
            && ["本报", "新华社记者", "新京报记者", "大河报", "综合本报", "参与记者", "综合", "焦作", "新闻中心"]
                .iter()
                .any(|h| b.starts_with(h))))
    .then(Credit::default)
    .filter(|_| !["获悉", "了解到", "从", "在"].iter().any(|w| b.contains(w)))
    .or_else(|| {
        (2..=3)
            .contains(&n)
            .then(Credit::default)
            .filter(|_| "周王李张刘陈杨黄赵吴".contains(b.chars().next().unwrap_or(' ')))
    })
}
pub(super) fn read_photo_credit(l: &str) -> Option<Credit> {
    let f = fold(l);
    let n = f.chars().count();
    if n > 40 || f.contains(['。', ',']) {
        return None;
    }
    let b = strip_brackets(&f);
    (b.ends_with('摄')
        || b.contains("摄(")
        || b.ends_with("摄影")
        || b.contains("摄影报道")
        || (b.starts_with("新华社发") && b.ends_with('作'))
        || b.ends_with("文/图")
        || b.ends_with("供图"))
    .then(Credit::default)
}
pub(super) fn read_editor_line(_l: &str) -> Option<Credit> {
    None
}
pub(super) fn read_tail(p: &str) -> Option<(usize, Credit)> {
    let stop = p.trim_end_matches(['）', ')']).rfind(['。', '！', '？', '”', '（', '('])?;
    let at = if p[stop..].starts_with(['（', '(']) {
        stop
    } else {
        stop + p[stop..].chars().next().map_or(0, char::len_utf8)
    };
    let f = fold(&p[at..]);
    if f.is_empty() {
        return None;
    }
    if let Some(c) = read_photo_credit(&f) {
        let mut c = c;
        c.byline.photographers.push("X".into());
        return Some((at, c));
    }
    (f.contains("记者") && read_byline_line(&f).is_some()).then(|| (at, Credit::default()))
}
