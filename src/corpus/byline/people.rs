//! A phrase that names people: 记者付某 通讯员王某, 本报记者 张某 摄, 责编：李某.
//!
//! The phrase is cut at its role words and separators; what stands between two role words holds the names that go with
//! the one and the outlet that goes with the other. A phrase is read whole or not at all.

use super::glyphs::{DOT, Glyph, aside, folded, from, is_han, part, printed, starts, trim};
use super::roles::{RoleWord, Side, Work, is_separator, role_at};
use super::{model, names, outlets};
use crate::article::{Byline, Role};
use crate::text::dates::{DateMention, mention_at};

/// What a phrase says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct People {
    /// Who is named.
    pub byline: Byline,
    /// The outlet that they work for, as printed.
    pub source: Option<String>,
    /// Where they reported from.
    pub place: Option<String>,
    /// The day of the report, where the phrase holds one.
    pub date: Option<DateMention>,
    /// How many role words there are.
    pub roles: usize,
    /// How many names have a role that no field is kept for.
    pub others: usize,
    /// How many tokens are too long for a name and cannot be cut into names.
    pub odd: usize,
    /// Whether every name without a role reads as a name.
    pub plausible: bool,
}

enum Token<'a> {
    /// A role word, and whether text runs into it (滨江报记者).
    Role(&'static RoleWord, bool),
    Text(&'a [Glyph], char),
    Mark(char),
}

/// What the names of a group did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Did {
    role: Option<Role>,
    /// They took the pictures too.
    pictures: bool,
    /// No field is kept for it.
    other: bool,
    /// It is no person but the place of the report.
    place: bool,
    /// It is no person but the source.
    source: bool,
}

/// What comes behind a chunk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    /// The end, or a word that speaks of the names in the chunk.
    Nothing,
    /// A role word.
    Role,
    /// A role word that the chunk runs into.
    Glued,
}

impl Next {
    /// Whether what stands last before a role word is an outlet, though nothing in it says so: 滨江融媒记者. A role word
    /// before it claims names.
    fn is_outlet(self, token: &[Glyph], claimed: bool) -> bool {
        match self {
            Self::Nothing => false,
            _ if names::is_nobody(token) => false,
            Self::Role if claimed && names::has_surname(token) => false,
            Self::Role => model::is_place(&folded(token)) || (!claimed && token.len() > 2 && !names::is_likely(token)),
            Self::Glued => token.len() > 1 && !names::is_likely(token) && !(claimed && names::has_surname(token)),
        }
    }
}

struct Group {
    names: Vec<String>,
    did: Did,
}

/// Reads a phrase; `None` where it is no phrase of this kind. `text` is what the glyphs were taken from.
pub fn read(text: &str, glyphs: &[Glyph]) -> Option<People> {
    read_if(text, glyphs, |_| true)
}

/// Reads a phrase with role words.
pub fn read_signed(text: &str, glyphs: &[Glyph]) -> Option<People> {
    read_if(text, glyphs, |roles| roles > 0)
}

/// Reads a phrase whose number of role words is one wanted. Any other is passed over before its names are weighed,
/// which is what costs.
pub fn read_if(text: &str, glyphs: &[Glyph], is_wanted: impl FnOnce(usize) -> bool) -> Option<People> {
    /// A desk of nine reporters takes fewer.
    const LONGEST: usize = 240;
    let glyphs = trim(glyphs);
    if glyphs.is_empty() || glyphs.len() > LONGEST {
        return None;
    }
    let tokens = tokens(glyphs)?;
    if !is_wanted(tokens.iter().filter(|token| matches!(token, Token::Role(..))).count()) {
        return None;
    }
    let mut phrase = Phrase { text, ..Phrase::default() };
    for (n, token) in tokens.iter().enumerate() {
        match token {
            Token::Role(row, glued) => phrase.role(row, *glued, &tokens, n),
            // 记者X报道：雨: what follows is the news.
            Token::Text(..) if is_news(&tokens, n) => return None,
            Token::Text(text, mark) => phrase.chunk.push((text, *mark)),
            Token::Mark(_) => {}
        }
    }
    phrase.flush(Next::Nothing);
    Some(phrase.finish())
}

fn tokens(glyphs: &[Glyph]) -> Option<Vec<Token<'_>>> {
    let (mut tokens, mut at, mut mark) = (Vec::new(), 0, ' ');
    while let Some(glyph) = glyphs.get(at) {
        if let Some((row, length)) = role_at(glyphs, at) {
            let glued = at.checked_sub(1).and_then(|n| glyphs.get(n)).is_some_and(|g| !is_separator(g.folded));
            tokens.push(Token::Role(row, glued));
            at += length;
            mark = ' ';
        } else if is_separator(glyph.folded) {
            // A blank beside another mark says nothing.
            if glyph.folded != ' ' {
                mark = glyph.folded;
                tokens.push(Token::Mark(mark));
            }
            at += 1;
        } else if let Some(length) = aside(from(glyphs, at)) {
            at += length;
        } else if glyph.folded == '(' {
            return None;
        } else {
            let is_text = |c: char| is_han(c) || c.is_alphanumeric() || matches!(c, DOT | '《' | '》' | '+' | '@');
            let start = at;
            while let Some(glyph) = glyphs.get(at)
                && !is_separator(glyph.folded)
                && glyph.folded != '('
                && (at == start || role_at(glyphs, at).is_none())
            {
                if !is_text(glyph.folded) {
                    return None;
                }
                at += 1;
            }
            tokens.push(Token::Text(part(glyphs, start, at), mark));
            mark = ' ';
        }
    }
    Some(tokens)
}

/// Whether the text at an index follows 报道：, so that it is the news itself.
fn is_news(tokens: &[Token<'_>], at: usize) -> bool {
    let before = |n: usize| at.checked_sub(n).and_then(|at| tokens.get(at));
    matches!(before(1), Some(Token::Mark(':')))
        && matches!(before(2), Some(Token::Role(row, _)) if row.work == Work::Reported)
}

#[derive(Default)]
struct Phrase<'a> {
    text: &'a str,
    /// What has been read since the last role word, each with the separator before it.
    chunk: Vec<(&'a [Glyph], char)>,
    /// What the role word before the chunk says.
    active: Did,
    groups: Vec<Group>,
    /// How many groups a word behind the names no longer reaches: 沈某/文 李某/编辑.
    closed: usize,
    people: People,
    doubtful: bool,
    /// Words and pictures were announced together, for all names that follow: 文/图 记者X 通讯员Y.
    both: bool,
}

impl<'a> Phrase<'a> {
    fn role(&mut self, row: &'static RoleWord, glued: bool, tokens: &[Token<'a>], at: usize) {
        self.people.roles += 1;
        if self.is_behind(row, tokens, at) {
            if row.work == Work::Reported {
                self.take_place();
            }
            self.flush(Next::Nothing);
            self.behind(row);
            self.active = Did::default();
            self.both = false;
            return;
        }
        let named = self.groups.len();
        self.flush(match row.work {
            Work::From | Work::Source => Next::Nothing,
            _ if glued => Next::Glued,
            _ => Next::Role,
        });
        let before = if self.groups.len() == named { self.active } else { Did::default() };
        self.active = before_names(row, before);
        self.both |= matches!(row.work, Work::Both(_));
        self.active.pictures |= self.both && self.active.role.is_some_and(|role| role != Role::Editor);
    }

    /// Whether the names of a role word stand before it.
    fn is_behind(&self, row: &RoleWord, tokens: &[Token<'a>], at: usize) -> bool {
        match row.side {
            Side::Before => {
                return self.slash_before(tokens, at) && !matches!(tokens.get(at + 1), Some(Token::Text(..)));
            }
            Side::After => return !matches!(tokens.get(at + 1), Some(Token::Mark('/' | ':' | '|'))),
            Side::Either => {}
        }
        if self.slash_before(tokens, at) {
            return true;
        }
        match tokens.get(at + 1) {
            Some(Token::Mark('/' | ':' | '|')) => false,
            None | Some(Token::Mark(_)) => true,
            // 文/图 本报记者 X: announced; X 文/图 记者 Y: done.
            Some(Token::Role(..)) => !self.chunk.is_empty() || !self.groups.is_empty(),
            Some(Token::Text(..)) => !self.chunk.is_empty() && self.active == Did::default(),
        }
    }

    /// 沈某/编辑, but not 赵某|编辑:钱某.
    fn slash_before(&self, tokens: &[Token<'a>], at: usize) -> bool {
        at > 0
            && !matches!(tokens.get(at + 1), Some(Token::Mark('/' | ':' | '|')))
            && matches!(tokens.get(at - 1), Some(Token::Mark('/' | '|')))
            && !self.chunk.is_empty()
    }

    /// Applies a role word to the names before it.
    fn behind(&mut self, row: &RoleWord) {
        for group in self.groups.iter_mut().skip(self.closed).filter(|group| !group.did.other) {
            match row.work {
                Work::Did(Role::Photographer) => group.did = Did { role: Some(Role::Photographer), ..Did::default() },
                Work::Did(role) => group.did.role = group.did.role.or(Some(role)),
                Work::Both(role) => {
                    group.did.role = group.did.role.or(Some(role));
                    group.did.pictures = true;
                }
                Work::Reported => group.did.role = group.did.role.or(Some(Role::Reporter)),
                Work::From | Work::Source => {}
                Work::Other => group.did.other = group.did.role.is_none(),
            }
        }
        self.closed = self.groups.len();
    }

    /// 青岛报道, ／台北报导: takes the place, and the day before it, from the end of the chunk.
    fn take_place(&mut self) {
        let Some((last, mark)) = self.chunk.pop() else { return };
        let rest = self.take_date(last);
        if rest.is_empty() {
            return self.take_place();
        }
        let named = !self.chunk.is_empty() || !self.groups.is_empty() || self.active.role.is_some();
        let text = folded(rest);
        let alone = model::is_place(&text) || (mark == '/' && named && !outlets::is_outlet(rest));
        if alone && text != "综合" {
            self.people.place = Some(printed(rest));
            return;
        }
        // 曾某某河内18日专电: the place runs on from the name.
        let chars: Vec<char> = rest.iter().map(|g| g.folded).collect();
        let cut = [3, 2, 4].into_iter().find(|&n| {
            chars.split_at_checked(n).is_some_and(|(name, place)| {
                model::is_name(name)
                    && (2..=6).contains(&place.len())
                    && (self.people.date.is_some() || model::is_place(&place.iter().collect::<String>()))
            })
        });
        match cut.and_then(|n| rest.split_at_checked(n)) {
            Some((name, place)) => {
                self.people.place = Some(printed(place));
                self.chunk.push((name, mark));
            }
            None => self.chunk.push((rest, mark)),
        }
    }

    /// Takes a date off the end of a token, or all of it.
    fn take_date(&mut self, token: &'a [Glyph]) -> &'a [Glyph] {
        let Some(start) = token.iter().position(|g| g.folded.is_ascii_digit()) else { return token };
        let at = token.get(start).map_or(0, |g| g.at);
        if let Some(date) = mention_at(self.text, at)
            && token.last().is_some_and(|last| date.span.end >= last.end())
        {
            self.people.date = Some(date);
            return part(token, 0, start);
        }
        token
    }

    /// Ends the chunk: its names go with the role before it, an outlet in it with the one behind.
    fn flush(&mut self, next: Next) {
        let chunk = std::mem::take(&mut self.chunk);
        if chunk.is_empty() {
            return;
        }
        if self.active.place {
            let place: String = chunk.iter().map(|(token, _)| printed(token)).collect();
            self.people.place.get_or_insert(place);
            self.active = Did::default();
            return;
        }
        if self.active.source {
            self.people
                .source
                .get_or_insert_with(|| chunk.first().map(|(token, _)| printed(token)).unwrap_or_default());
            self.active = Did::default();
            return;
        }
        let mut tokens = Vec::new();
        for (n, &(token, mark)) in chunk.iter().enumerate() {
            let mut token = self.take_date(token);
            token = starts(token, "综合").map_or(token, |n| from(token, n));
            if token.is_empty() {
                continue;
            }
            let last = n + 1 == chunk.len();
            match outlets::begins_at(token)
                .or_else(|| (last && next.is_outlet(token, self.active.role.is_some())).then_some(0))
            {
                Some(begin) => {
                    if begin > 0 {
                        tokens.push((part(token, 0, begin), mark == ' '));
                    }
                    let outlet = from(token, begin);
                    self.people.source.get_or_insert_with(|| outlets::name(outlet));
                    // 本报驻泰国、埃及记者: what follows is the post.
                    if next != Next::Nothing && outlet.iter().any(|g| matches!(g.folded, '驻' | '赴')) {
                        break;
                    }
                }
                None => tokens.push((token, mark == ' ')),
            }
        }
        self.people.odd += tokens.iter().filter(|(token, _)| is_odd(token)).count();
        let claimed = self.active.role.is_some() || self.active.other;
        self.doubtful |= !claimed && !tokens.iter().all(|(token, _)| names::is_likely(token));
        tokens.retain(
            |(token, _)| if claimed { !is_odd(token) && !names::is_word(token) } else { names::is_likely(token) },
        );
        let names = names::read(&tokens);
        if !names.is_empty() {
            self.groups.push(Group { names, did: self.active });
        }
    }

    fn finish(mut self) -> People {
        self.people.plausible = !self.doubtful;
        for group in &self.groups {
            if group.did.other {
                self.people.others += group.names.len();
                continue;
            }
            for name in &group.names {
                self.people.byline.add(group.did.role.unwrap_or(Role::Author), name);
                if group.did.pictures {
                    self.people.byline.add(Role::Photographer, name);
                }
            }
        }
        self.people
    }
}

/// Whether a token is too long for a name and likelier words than names run together.
fn is_odd(token: &[Glyph]) -> bool {
    if token.len() <= 4 || token.iter().any(|g| !is_han(g.folded)) {
        // Codes stand beside names (CN079); a name with a dot is long.
        return token.len() > 4 && token.iter().any(|g| is_han(g.folded)) && !token.iter().any(|g| g.folded == DOT);
    }
    let chars: Vec<char> = token.iter().map(|g| g.folded).collect();
    model::cut(&chars, model::LONGEST).is_none_or(|(_, score)| score < model::words(&chars))
}

/// What a role word says of the names behind it. `before` is what one just before it said, with no names between:
/// 图/本报记者 X took the picture, 文/记者 X is a reporter.
fn before_names(row: &RoleWord, before: Did) -> Did {
    let pictures = before.role == Some(Role::Photographer);
    match row.work {
        Work::Did(Role::Reporter | Role::Correspondent) if pictures => before,
        Work::Did(role) => Did { role: Some(role), pictures: before.pictures, ..Did::default() },
        Work::Both(role) => Did { role: Some(role), pictures: true, ..Did::default() },
        Work::Reported => Did { role: Some(Role::Reporter), ..Did::default() },
        Work::From => Did { place: true, ..Did::default() },
        Work::Source => Did { source: true, ..Did::default() },
        Work::Other => Did { other: true, ..Did::default() },
    }
}

#[cfg(test)]
mod tests {
    use super::super::glyphs::head;
    use super::*;

    /// Who is named, as `role name name; role name`.
    fn shown(text: &str) -> Option<String> {
        let people = read(text, &head(text, 300))?;
        let of = |role: Role| {
            let names = people.byline.of(role);
            (!names.is_empty()).then(|| format!("{} {}", role.field(), names.join(" ")))
        };
        Some(Role::ALL.into_iter().filter_map(of).collect::<Vec<_>>().join("; "))
    }

    #[test]
    fn each_form_names_its_people() {
        for (text, want) in [
            ("记者赵明远", "reporters 赵明远"),
            ("记者 赵 兵", "reporters 赵兵"),
            ("记者赵明远 通讯员孙亮", "reporters 赵明远; correspondents 孙亮"),
            ("记者赵明远钱红通讯员孙亮周小梅", "reporters 赵明远 钱红; correspondents 孙亮 周小梅"),
            ("记者赵明、钱小红", "reporters 赵明 钱小红"),
            ("本报记者 赵明 钱小红", "reporters 赵明 钱小红"),
            ("全媒体首席记者 赵明 实习生 钱小红", "reporters 赵明; interns 钱小红"),
            ("通讯员 赵明 滨江日报融媒体记者 钱小红", "reporters 钱小红; correspondents 赵明"),
            ("通讯员赵明远桂林晚报首席记者钱红", "reporters 钱红; correspondents 赵明远"),
            ("赵明远 实习记者 钱红", "reporters 钱红; authors 赵明远"),
            ("赵明 钱小红 本报特约通讯员 孙国荣", "correspondents 孙国荣; authors 赵明 钱小红"),
            ("本报驻泰国、埃及、印度特派记者 赵明 钱 红 本报特约记者 孙 亮", "reporters 赵明 钱红 孙亮"),
            ("本报记者 赵明 摄", "photographers 赵明"),
            ("新华社记者 赵 明摄", "photographers 赵明"),
            ("赵明 本报记者钱红 摄", "photographers 赵明 钱红"),
            ("晚报记者赵明 通讯员钱小红 文/图", "reporters 赵明; correspondents 钱小红; photographers 赵明 钱小红"),
            ("记者赵明 摄影报道", "reporters 赵明; photographers 赵明"),
            ("何  勇  辜小博摄影报道", "reporters 何勇 辜小博; photographers 何勇 辜小博"),
            ("文/滨江融媒记者 赵明 图/滨江融媒记者 钱红", "reporters 赵明; photographers 钱红"),
            ("赵小勇/文 钱红/编辑", "authors 赵小勇; editors 钱红"),
            ("滨江报记者 赵明 钱小红 编辑 周玲 校对 王心", "reporters 赵明 钱小红; editors 周玲"),
            ("编: 赵明 校:钱红 孙亮 审:周玲 姚磊", "editors 赵明"),
            ("编 辑：赵明远 责 编：钱红", "editors 赵明远 钱红"),
            ("作者 | 赵明", "authors 赵明"),
            ("本报记者 赵明 青岛报道", "reporters 赵明"),
            ("记者赵明、钱红报道", "reporters 赵明 钱红"),
            ("本报记者赵明实习记者钱红发自上海", "reporters 赵明 钱红"),
            ("記者趙明／雲林報導", "reporters 趙明"),
            ("中央社記者曾小瑄河內18日專電", "reporters 曾小瑄"),
            ("滨江时报（www.example.cn）记者 赵明", "reporters 赵明"),
            ("记者 赵明（实习） 钱红", "reporters 赵明 钱红"),
            ("通讯员 赵明 茹菲·艾沙", "correspondents 赵明 茹菲·艾沙"),
            ("全媒体记者全明、李波通讯员穗公宣", "reporters 全明 李波; correspondents 穗公宣"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn the_place_and_the_day_of_a_report_are_read() {
        for (text, place) in [
            ("本报记者 赵明 青岛报道", "青岛"),
            ("本报记者赵明发自上海", "上海"),
            ("記者趙明／台北報導", "台北"),
            ("中央社記者曾小瑄河內18日專電", "河內"),
        ] {
            assert_eq!(read(text, &head(text, 300)).and_then(|p| p.place).as_deref(), Some(place), "{text}");
        }
        let text = "東方網記者趙明4月9日報道";
        let date = read(text, &head(text, 300)).and_then(|p| p.date).unwrap();
        assert_eq!((date.month, date.day), (Some(4), Some(9)));
    }
}
