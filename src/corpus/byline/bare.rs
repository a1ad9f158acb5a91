//! People named at the head of a text without brackets: 记者X报道：, 记者X从…获悉, 南都讯见习记者X实习生Y前晚，.
//!
//! Nothing but what follows tells where the last name ends. A name is taken only where something that may follow one
//! does: a separator, a role, a date, 报道, or a word such as 从 or 昨日.

use super::glyphs::{Glyph, aside, closing, folded, from, is_han, part, starts, trim};
use super::people::{self, People};
use super::roles::{Side, Work, is_separator, role_at};
use super::{model, outlets, surnames};
use crate::article::Role;
use crate::text::first::ByFirst;
use std::sync::LazyLock;

/// What may follow a name that runs into the text, folded. Forms of `patterns.md` D.
const FOLLOWS: &[&str] = &[
    "从",
    "今天",
    "今日",
    "今晨",
    "今早",
    "昨天",
    "昨日",
    "昨晚",
    "昨晨",
    "昨夜",
    "前天",
    "前日",
    "前晚",
    "日前",
    "近日",
    "近期",
    "连日来",
    "上午",
    "下午",
    "凌晨",
    "本月",
    "上月",
    "今年",
    "去年",
    "获悉",
    "报道",
    "报导",
    "摄影报道",
    "综合报道",
    "在",
    "自",
];

/// What stands behind 记者 where no name does, folded. Forms of `patterns.md` D.
const NO_NAME: &[&str] = &[
    "从", "在", "了解", "获悉", "看到", "来到", "走进", "走访", "发现", "注意", "随", "采访", "致电", "观察", "问",
    "近日", "日前", "昨", "今", "前", "于", "向", "对", "见", "通过", "联系", "登录", "查询", "梳理", "跟随", "按",
    "查阅", "得知", "探访", "调查", "提问", "表示", "再次", "首次", "也", "还", "就", "又", "曾", "和", "与", "以",
    "到", "赶", "实地", "现场", "暗访", "体验", "统计", "打开", "多次", "一行", "朋友", "为", "由", "是", "们", "手",
    "身", "最", "独家", "感", "刚", "当", "第一", "此", "不", "并", "所", "拨", "尝试", "试", "翻", "搜", "点", "进入",
    "驱车", "乘", "沿", "站", "跑", "深入", "回", "收到", "接到",
];

/// Returns whether a role word stands here, so that people may follow.
pub fn begins(glyphs: &[Glyph]) -> bool {
    role_at(glyphs, 0).is_some_and(|(row, length)| names_follow(row.work, row.side) && !no_name(from(glyphs, length)))
}

/// Returns whether a word for a writer or photographer stands at an index.
pub fn role_begins(glyphs: &[Glyph], at: usize) -> bool {
    role_at(glyphs, at).is_some_and(|(row, _)| names_follow(row.work, row.side))
}

/// Reads the people at the head of the glyphs, with the byte after them.
pub fn read(text: &str, glyphs: &[Glyph]) -> Option<(People, usize)> {
    let end = extent(glyphs)?;
    let phrase = part(glyphs, 0, end);
    let people = people::read_signed(text, phrase).filter(|p| !p.byline.is_empty())?;
    Some((people, phrase.last()?.end()))
}

fn names_follow(work: Work, side: Side) -> bool {
    use Role::{Correspondent, Intern, Photographer, Reporter};
    matches!(work, Work::Did(Reporter | Correspondent | Intern | Photographer)) && side == Side::Before
}

fn no_name(glyphs: &[Glyph]) -> bool {
    static BY_FIRST: LazyLock<ByFirst<&'static str>> = LazyLock::new(|| ByFirst::words(NO_NAME.iter().copied()));
    let glyphs = trim(glyphs);
    let Some(first) = glyphs.first() else { return true };
    BY_FIRST.get(first.folded).iter().any(|word| starts(glyphs, word).is_some() && !name_stands(glyphs))
        || !is_han(first.folded)
}

/// Whether a name with its end marked stands here though its first character could be a verb: 从某某、.
fn name_stands(glyphs: &[Glyph]) -> bool {
    let run = glyphs.iter().take_while(|g| is_han(g.folded)).count();
    if let [_, blank, given, after, ..] = glyphs
        && run == 1
    {
        return blank.folded == ' ' && is_han(given.folded) && after.folded == ' '; // 于 露
    }
    (2..=3).contains(&run)
        && from(glyphs, run).first().is_some_and(|g| matches!(g.folded, '、' | ' ' | ')' | '“'))
        && glyphs.first().is_some_and(|g| surnames::share(g.folded).is_some() && !matches!(g.folded, '从' | '在'))
}

/// How many glyphs the people at the head take.
fn extent(glyphs: &[Glyph]) -> Option<usize> {
    let mut at = first_role(glyphs)?;
    let mut end = None;
    let mut named = false;
    loop {
        if let Some((row, length)) = role_at(glyphs, at) {
            match (row.work, row.side) {
                (work, side) if names_follow(work, side) => {
                    if no_name(from(glyphs, at + length)) {
                        return end;
                    }
                    at += length;
                    named = false;
                    continue;
                }
                (Work::Reported | Work::Both(_) | Work::Did(Role::Photographer), Side::After | Side::Either)
                    if named =>
                {
                    return Some(at + length);
                }
                (Work::From, _) if named => {
                    let rest = from(glyphs, at + length);
                    let place = rest.iter().take_while(|g| is_han(g.folded)).count();
                    return if place <= 6 { Some(at + length + place) } else { end };
                }
                _ => return end,
            }
        }
        if let Some(length) = aside(from(glyphs, at)) {
            at += length;
            continue;
        }
        let glyph = glyphs.get(at).map(|g| g.folded);
        match glyph {
            Some(c) if is_separator(c) => {
                if c == ':' && named {
                    return Some(at);
                }
                at += 1;
            }
            Some(c) if is_han(c) => match name_at(glyphs, at, named) {
                Some(Step::Name(length)) => {
                    at += length;
                    end = Some(at);
                    named = true;
                }
                Some(Step::Last(length)) => {
                    at += length;
                    let reported = role_at(glyphs, at).filter(|(row, _)| row.work == Work::Reported);
                    return reported.map(|(_, word)| at + word).or_else(|| reported_later(glyphs, at)).or(Some(at));
                }
                Some(Step::Outlet(length)) => at += length,
                None => return reported_later(glyphs, at).filter(|_| named).or(end),
            },
            // 刘某4月9日报道：: a day may stand before the word.
            Some(c) if c.is_ascii_digit() && named => return reported_later(glyphs, at).or(end),
            _ => return end,
        }
    }
}

/// 4月9日报道：, 深圳报道: the end of a phrase that says 报道 a little later, before any stop. Where the news runs on
/// behind the word, what stands before it must be a place.
fn reported_later(glyphs: &[Glyph], at: usize) -> Option<usize> {
    const REACH: usize = 12;
    const WORDS: &[&str] = &["报道", "报导"];
    let stretch = from(glyphs, at).iter().take(REACH).take_while(|g| is_han(g.folded) || g.folded.is_ascii_digit());
    let stretch = stretch.count();
    (at..at + stretch).find_map(|n| {
        let length = WORDS.iter().find_map(|word| starts(from(glyphs, n), word))?;
        let closed = from(glyphs, n + length).first().is_none_or(|g| is_separator(g.folded));
        (closed || model::is_place(&folded(part(glyphs, at, n)))).then_some(n + length)
    })
}

/// The index of the first role word, where only an outlet or a bare name stands before it.
fn first_role(glyphs: &[Glyph]) -> Option<usize> {
    const LONGEST: usize = 30;
    if closing(glyphs).is_some() {
        return None;
    }
    for at in 0..glyphs.len().min(LONGEST) {
        let c = glyphs.get(at)?.folded;
        if let Some(length) = aside(from(glyphs, at)) {
            let behind = at + length;
            let is_of_outlet = role_at(glyphs, behind).is_some() && outlets::begins_at(part(glyphs, 0, at)) == Some(0);
            return (is_of_outlet && begins(from(glyphs, behind))).then_some(behind);
        }
        if !(is_han(c) || c.is_alphanumeric() || matches!(c, '·' | '、' | ' ' | '+' | '/' | '|' | ':')) {
            return None;
        }
        if let Some((row, length)) = role_at(glyphs, at) {
            if !names_follow(row.work, row.side) || no_name(from(glyphs, at + length)) {
                return None;
            }
            let mut before = trim(part(glyphs, 0, at));
            // 文/滨江晚报记者X: what they did stands before who they are.
            if let Some(mark) = before.iter().rposition(|g| matches!(g.folded, '/' | ':' | '|'))
                && role_at(before, 0).is_some_and(|(_, length)| length == mark)
            {
                before = trim(from(before, mark + 1));
            }
            return (before.is_empty() || outlets::begins_at(before).is_some()).then_some(at);
        }
    }
    None
}

enum Step {
    Name(usize),
    /// A name that runs into what is no more of the byline.
    Last(usize),
    Outlet(usize),
}

/// Reads one name, or a whole run of them, or an outlet before the next role word.
fn name_at(glyphs: &[Glyph], at: usize, named: bool) -> Option<Step> {
    let rest = from(glyphs, at);
    // The run of characters up to a separator, a role word or anything else.
    let run = (0..rest.len())
        .take_while(|&n| rest.get(n).is_some_and(|g| is_han(g.folded) || g.folded == '·'))
        .take_while(|&n| n == 0 || role_at(rest, n).is_none())
        .count();
    let run_glyphs = part(rest, 0, run);
    let next = from(rest, run);
    // 滨江时报（www.example.cn）记者: the address of an outlet may stand behind its name.
    let behind = run + aside(next).unwrap_or(0);
    let before_role = role_at(rest, behind).is_some();
    let marked = before_role
        || next.first().is_none_or(|g| {
            matches!(g.folded, ' ' | '、' | ',' | ':' | '/' | ')' | '“' | '《' | '"') || g.folded.is_ascii_digit()
        });
    if before_role && outlets::begins_at(run_glyphs).is_some() {
        return Some(Step::Outlet(behind));
    }
    let chars: Vec<char> = run_glyphs.iter().map(|g| g.folded).collect();
    if run == 1 && marked {
        return Some(Step::Name(1)); // part of a padded name
    }
    // The name runs into the text: some word that may follow one must stand behind it.
    let running = (2..chars.len().min(12)).find(|&n| {
        let follows = FOLLOWS.iter().any(|word| starts(from(rest, n), word).is_some());
        follows && chars.get(..n).is_some_and(likely)
    });
    if let Some(n) = running
        && !(marked && chars.len() <= 3)
    {
        return Some(Step::Last(n));
    }
    // In a row of names even one that is a word counts: 赵某 康佳 钱某.
    let listed = (2..=3).contains(&chars.len())
        && next.first().is_some_and(|g| matches!(g.folded, ' ' | '、'))
        && chars.first().is_some_and(|&c| surnames::share(c).is_some());
    let whole = chars.len() <= 12 && (chars.len() <= 4 || likely(&chars));
    if chars.len() == 4 && !likely(&chars) && !reads_foreign(&chars) {
        return before_words(&chars).map(Step::Last);
    }
    if marked && whole && (!named || before_role || listed || likely(&chars)) {
        return Some(Step::Name(run));
    }
    before_words(&chars).map(Step::Last)
}

/// The length of the name that a run of text begins with, where the whole is likelier as a name and words than as words
/// alone: 王某萍|为提高.
fn before_words(chars: &[char]) -> Option<usize> {
    /// So much text tells; more would only add the same to each reading.
    const WINDOW: usize = 9;
    let window = chars.get(..chars.len().min(WINDOW))?;
    let with_name = |n: usize| {
        let (name, words) = window.split_at_checked(n)?;
        (!words.is_empty() && model::is_name(name)).then(|| (n, model::score(name) + model::words(words)))
    };
    let (n, score) = (2..=4).filter_map(with_name).max_by(|a, b| a.1.total_cmp(&b.1))?;
    (score > model::words(window)).then_some(n)
}

/// Whether four characters are likelier a name without a surname (尕玛多吉) than words (盛夏时节).
fn reads_foreign(chars: &[char]) -> bool {
    model::score(chars) > model::words(chars)
}

/// Whether characters read as one name or several.
fn likely(chars: &[char]) -> bool {
    if chars.contains(&'·') {
        return true;
    }
    let Some((lengths, _)) = model::cut(chars, model::LONGEST) else { return false };
    let mut rest = chars;
    lengths.iter().all(|&n| {
        let Some((name, after)) = rest.split_at_checked(n) else { return false };
        rest = after;
        model::is_name(name)
    })
}
