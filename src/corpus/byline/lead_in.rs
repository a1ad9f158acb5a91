//! The lead-in at the head of a paragraph: 本报讯(记者X), 新华社北京12月31日电（记者X）, X记者Y报道：, （中央社记者X河内18日专电）.
//!
//! Only a bounded head of the paragraph is looked at. A source, a place and a day are followed by what they announce
//! (电, 讯, 消息), then by people in brackets or bare. What comes after is the news.

use super::glyphs::{Glyph, closing, ends, folded, from, head, is_han, part, printed, starts, trim};
use super::people::{self, People};
use super::{Credit, LeadIn, bare, model, outlets};
use crate::text::dates::{DateMention, mention_at};

/// No lead-in is longer: a place, a date and a desk of reporters.
const REACH: usize = 260;

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

/// Reads the lead-in at the head of a paragraph.
pub fn read(paragraph: &str) -> Option<LeadIn> {
    let all = head(paragraph, REACH);
    let glyphs = skip_marks(&all);
    let reader = Reader { text: paragraph };
    reader
        .announced(glyphs)
        .or_else(|| reader.bracketed(glyphs))
        .or_else(|| if is_titled(glyphs) { None } else { reader.bare(glyphs) })
        .or_else(|| reader.later(glyphs))
        .map(|lead_in| reader.to_the_news(lead_in, &all))
}

/// Reads glyphs that are nothing but an announcement: 本报科威特城1月1日电. `text` is what they were taken from.
pub fn announcement(text: &str, glyphs: &[Glyph]) -> Option<Credit> {
    let (LeadIn { source, place, date, .. }, rest) = Reader { text }.announcement(trim(glyphs))?;
    trim(rest).is_empty().then_some(Credit { source, place, date, ..Credit::default() })
}

/// Reads glyphs that are an announcement with people behind it and nothing else: 新华社北京2月13日电 记者赵某.
pub fn announced_people(text: &str, glyphs: &[Glyph]) -> Option<Credit> {
    let (lead_in, rest) = Reader { text }.announcement(trim(glyphs))?;
    let people = people::read(text, rest).filter(|p| p.roles > 0 && p.odd == 0 && !p.byline.is_empty())?;
    let LeadIn { source, place, date, .. } = lead_in;
    Some(Credit { byline: people.byline, source, place, date })
}

/// Blanks and the bullets that stand before a byline.
pub fn skip_marks(glyphs: &[Glyph]) -> &[Glyph] {
    let marks =
        glyphs.iter().take_while(|g| matches!(g.folded, ' ' | '□' | '■' | '●' | '◎' | '○' | '◇' | '▲' | '△' | '☉'));
    from(glyphs, marks.count())
}

#[derive(Clone, Copy)]
struct Reader<'a> {
    text: &'a str,
}

impl Reader<'_> {
    /// 本报讯…, 新华社北京12月31日电…, 据新华社电.
    fn announced(self, glyphs: &[Glyph]) -> Option<LeadIn> {
        // 【据新华社北京5月6日电】 and 【今日商报报道】: the announcement may stand in brackets.
        if let Some(close) = closing(glyphs) {
            let inner = trim(part(glyphs, 1, close));
            let (mut lead_in, rest) = self.announcement(inner)?;
            lead_in.end = glyphs.get(close)?.end();
            if !trim(rest).is_empty() {
                return None;
            }
            return Some(self.people_after(lead_in, from(glyphs, close + 1)));
        }
        let (lead_in, rest) = self.announcement(glyphs)?;
        Some(self.people_after(lead_in, rest))
    }

    /// Source, place and date with the word that announces, and what comes after it.
    fn announcement(self, glyphs: &[Glyph]) -> Option<(LeadIn, &[Glyph])> {
        /// The longest: 据新华社 + a place of ten + 十二月三十一日, with blanks.
        const LONGEST: usize = 40;
        let reach = glyphs.iter().take(LONGEST).take_while(|g| !ends_head(g.folded)).count();
        // What a reporter is named for is his report, not an announcement: 人民网记者X报道.
        let reach = (0..reach).find(|&at| bare::role_begins(glyphs, at)).unwrap_or(reach);
        for at in 1..reach {
            let rest = from(glyphs, at);
            let Some((word, needs_mark)) = ANNOUNCING.iter().find(|(word, _)| starts(rest, word).is_some()) else {
                continue;
            };
            let after = from(rest, word.chars().count());
            let next = after.first().map(|g| g.folded);
            let broken = NOT_ANNOUNCING.iter().any(|(of, by)| of == word && next.is_some_and(|c| by.contains(&c)));
            if broken {
                continue;
            }
            let Some(mut lead_in) = self.origin(part(glyphs, 0, at)) else { continue };
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
    fn origin(self, glyphs: &[Glyph]) -> Option<LeadIn> {
        let mut rest = trim(glyphs);
        for opening in ["另据", "综合", "据"] {
            if let Some(n) = starts(rest, opening) {
                rest = trim(from(rest, n));
                break;
            }
        }
        let (before, date, after) = self.around_date(rest);
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
    fn around_date(self, glyphs: &[Glyph]) -> (&[Glyph], Option<DateMention>, &[Glyph]) {
        for (n, glyph) in glyphs.iter().enumerate() {
            if let Some(date) = mention_at(self.text, glyph.at)
                && date.day.is_some()
            {
                let end = glyphs.iter().position(|g| g.at >= date.span.end).unwrap_or(glyphs.len());
                return (part(glyphs, 0, n), Some(date), from(glyphs, end));
            }
        }
        (glyphs, None, &[])
    }

    /// The people behind an announcement, in brackets or bare.
    fn people_after(self, mut lead_in: LeadIn, rest: &[Glyph]) -> LeadIn {
        let mut rest = rest;
        loop {
            let here = skip_colon(rest);
            let Some(close) = closing(here) else { break };
            let inner = part(here, 1, close);
            let Some(people) = people::read(self.text, inner).filter(|p| p.roles > 0 || p.plausible) else {
                // （新闻联播）： names the programme; nothing else may be passed over.
                if close <= 8 && from(here, close + 1).first().is_some_and(|g| g.folded == ':') {
                    lead_in.end = here.get(close).map_or(lead_in.end, |g| g.end());
                    rest = from(here, close + 1);
                    continue;
                }
                break;
            };
            add(&mut lead_in, people);
            lead_in.end = here.get(close).map_or(lead_in.end, |g| g.end());
            rest = from(here, close + 1);
        }
        if !lead_in.byline.is_empty() {
            return lead_in;
        }
        if let Some((people, end)) = bare::read(self.text, skip_colon(rest)) {
            add(&mut lead_in, people);
            lead_in.end = end;
        }
        lead_in
    }

    /// 【记者X／台北报导】, （记者X、Y通讯员Z）：, （中央社记者X河内18日专电） at the very head.
    fn bracketed(self, glyphs: &[Glyph]) -> Option<LeadIn> {
        let close = closing(glyphs)?;
        if let Some(Credit { byline, source, place, date }) = announced_people(self.text, part(glyphs, 1, close)) {
            return Some(LeadIn { end: glyphs.get(close)?.end(), byline, source, place, date });
        }
        let people = people::read(self.text, part(glyphs, 1, close)).filter(|p| p.roles > 0 && !p.byline.is_empty())?;
        let mut lead_in = LeadIn { end: glyphs.get(close)?.end(), ..LeadIn::default() };
        add(&mut lead_in, people);
        Some(lead_in)
    }

    /// X记者Y报道：, 记者X／台北报导.
    fn bare(self, glyphs: &[Glyph]) -> Option<LeadIn> {
        let (people, end) = bare::read(self.text, glyphs)?;
        let mut lead_in = LeadIn { end, ..LeadIn::default() };
        add(&mut lead_in, people);
        Some(lead_in)
    }

    /// A headline or caption may have run into the text: …活动滨江日报讯（记者X）. Only an announcement with reporters
    /// in brackets is believed there, or any reporter where the text says that it begins with a headline (原标题：).
    fn later(self, glyphs: &[Glyph]) -> Option<LeadIn> {
        /// The longest headline with its caption.
        const FARTHEST: usize = 120;
        let titled = is_titled(glyphs);
        (1..glyphs.len().min(FARTHEST)).find_map(|at| match glyphs.get(at)?.folded {
            '(' | '【' => self.later_bracket(glyphs, at, titled),
            _ if titled => self.later_bare(glyphs, at),
            _ => None,
        })
    }

    /// 滨江日报讯（记者X） and 【滨江时报记者 X】 at an index.
    fn later_bracket(self, glyphs: &[Glyph], open: usize, titled: bool) -> Option<LeadIn> {
        /// The longest announcement.
        const BACK: usize = 32;
        let here = from(glyphs, open);
        let close = closing(here)?;
        let people = people::read(self.text, part(here, 1, close))?;
        let signed = !(people.byline.reporters.is_empty() && people.byline.correspondents.is_empty());
        let before = trim(part(glyphs, open.saturating_sub(BACK), open));
        let announced = ANNOUNCING.iter().any(|(word, _)| ends(before, word));
        let lenticular = here.first().is_some_and(|g| g.folded == '【');
        if people.odd > 0 || !signed || !(announced || lenticular || titled) {
            return None;
        }
        let origin = (0..before.len())
            .filter(|&at| outlets::known_at(from(before, at)).is_some())
            .find_map(|at| announcement(self.text, from(before, at)));
        let mut lead_in = LeadIn { end: here.get(close)?.end(), ..LeadIn::default() };
        if let Some(Credit { source, place, date, .. }) = origin {
            lead_in = LeadIn { source, place, date, ..lead_in };
        }
        add(&mut lead_in, people);
        Some(lead_in)
    }

    /// 滨江晚报记者 X 通讯员 Y at an index.
    fn later_bare(self, glyphs: &[Glyph], at: usize) -> Option<LeadIn> {
        const BACK: usize = 12;
        if !bare::role_begins(glyphs, at) {
            return None;
        }
        let (people, end) = bare::read(self.text, from(glyphs, at)).filter(|(people, _)| people.odd == 0)?;
        let outlet = (at.saturating_sub(BACK)..at)
            .map(|start| part(glyphs, start, at))
            .find(|outlet| outlets::known_at(outlet).is_some() && outlets::is_outlet(outlet));
        let mut lead_in = LeadIn { end, source: outlet.map(outlets::name), ..LeadIn::default() };
        add(&mut lead_in, people);
        Some(lead_in)
    }

    /// Moves the end over the blanks, colons and stops before the news.
    fn to_the_news(self, mut lead_in: LeadIn, all: &[Glyph]) -> LeadIn {
        let end = lead_in.end;
        for glyph in all.iter().filter(|g| g.at >= end) {
            if !matches!(glyph.folded, ' ' | ':' | '.' | ',') {
                break;
            }
            lead_in.end = glyph.end();
        }
        lead_in
    }
}

/// Whether the text begins with the headline of a reprint.
fn is_titled(glyphs: &[Glyph]) -> bool {
    /// What such a headline stands behind, folded. Row 原标题 of `patterns.md` F.
    const TITLED: &[&str] = &["原标题:", "本文转自:", "转自:"];
    TITLED.iter().any(|word| starts(glyphs, word).is_some())
}

fn add(lead_in: &mut LeadIn, people: People) {
    for role in crate::article::Role::ALL {
        for name in people.byline.of(role) {
            lead_in.byline.add(role, name);
        }
    }
    lead_in.source = lead_in.source.take().or(people.source);
    lead_in.place = lead_in.place.take().or(people.place);
    lead_in.date = lead_in.date.take().or(people.date);
}

fn ends_head(c: char) -> bool {
    matches!(c, '。' | ',' | ';' | '!' | '?' | '“' | '”' | '"' | '《' | '(' | ':' | '】' | ']' | '…')
}

fn skip_colon(glyphs: &[Glyph]) -> &[Glyph] {
    let glyphs = trim(glyphs);
    match glyphs {
        [first, rest @ ..] if first.folded == ':' => trim(rest),
        _ => glyphs,
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Role;
    use proptest::prelude::*;

    /// What a lead-in says, as `source|place|month-day|names|what comes after it`.
    fn shown(text: &str) -> Option<String> {
        let lead_in = read(text)?;
        let names: Vec<_> = Role::ALL
            .into_iter()
            .filter(|&role| !lead_in.byline.of(role).is_empty())
            .map(|role| format!("{} {}", role.field(), lead_in.byline.of(role).join(" ")))
            .collect();
        let date = lead_in.date.map(|d| format!("{}-{}", d.month.unwrap_or(0), d.day.unwrap_or(0)));
        let or_empty = |text: Option<String>| text.unwrap_or_default();
        let rest = &text[lead_in.end..];
        Some(format!(
            "{}|{}|{}|{}|{rest}",
            or_empty(lead_in.source),
            or_empty(lead_in.place),
            or_empty(date),
            names.join("; ")
        ))
    }

    #[test]
    fn each_form_is_read() {
        for (text, want) in [
            ("本报讯(记者赵明远)3月5日,市里开会", "本报|||reporters 赵明远|3月5日,市里开会"),
            ("本报讯(记者赵明远 通讯员孙亮)3月5日,区里", "本报|||reporters 赵明远; correspondents 孙亮|3月5日,区里"),
            ("　　本报讯 （记者 赵 兵） 春耕开始", "本报|||reporters 赵兵|春耕开始"),
            ("本报讯春耕开始了。", "本报||||春耕开始了。"),
            ("本报北京3月5日电  （记者赵明远）会议", "本报|北京|3-5|reporters 赵明远|会议"),
            ("本报苏州３月５日电记者赵明报道：雨后", "本报|苏州|3-5|reporters 赵明|雨后"),
            ("本报济南十二月三十日电截至今天", "本报|济南|12-30||截至今天"),
            ("本报滨江讯（记者赵明、钱小红）昨日", "本报|滨江||reporters 赵明 钱小红|昨日"),
            ("新华社北京12月30日电（记者赵明远、钱红）", "新华社|北京|12-30|reporters 赵明远 钱红|"),
            ("新华社南昌7月5日电（赵明远、钱红）省里", "新华社|南昌|7-5|authors 赵明远 钱红|省里"),
            ("据新华社马尼拉１月１６日电（记者赵明远）台风", "新华社|马尼拉|1-16|reporters 赵明远|台风"),
            ("据新华社电记者从公安部获悉，", "新华社||||记者从公安部获悉，"),
            ("【据新华社北京5月6日电】黄金周", "新华社|北京|5-6||黄金周"),
            ("中新网7月26日电 据外媒报道", "中新网||7-26||据外媒报道"),
            (
                "中新网重庆7月26日电 (记者 赵小明)记者26日从市里获悉",
                "中新网|重庆|7-26|reporters 赵小明|记者26日从市里获悉",
            ),
            (
                "中新网浙江新闻2月20日电　（见习记者 赵明 通讯员 钱红）雨",
                "中新网|浙江|2-20|reporters 赵明; correspondents 钱红|雨",
            ),
            ("新华社北京3月30日电万象消息：老挝", "新华社|北京|3-30||万象消息：老挝"),
            ("央视网消息(新闻联播)：今天", "央视网||||今天"),
            ("滨江晚报3月5日信息：(记者赵明)昨天", "滨江晚报||3-5|reporters 赵明|昨天"),
            (
                "桂林生活网讯(通讯员赵明远桂林晚报首席记者钱红)雨",
                "桂林生活网|||reporters 钱红; correspondents 赵明远|雨",
            ),
            ("四川在线宜宾频道消息（赵明远实习记者钱红）雨", "四川在线|宜宾||reporters 钱红; authors 赵明远|雨"),
            ("南都讯见习记者赵海军实习生钱亚男前晚，雨", "南都|||reporters 赵海军; interns 钱亚男|前晚，雨"),
            ("南都讯 记者 赵成波 深圳市的车牌", "南都|||reporters 赵成波|深圳市的车牌"),
            ("本报北京３月５日讯记者赵建军从市里获悉：", "本报|北京|3-5|reporters 赵建军|从市里获悉："),
            ("人民网记者赵海涛报道：雨", "人民网|||reporters 赵海涛|雨"),
            ("东方网记者赵海4月9日报道：雨", "东方网||4-9|reporters 赵海|雨"),
            ("滨江观察报首席记者赵微敖2018年6月14日，雨", "滨江观察报|||reporters 赵微敖|2018年6月14日，雨"),
            (
                "滨江晚报全媒体记者 赵永良 通讯员 于 露 为深入推进",
                "滨江晚报|||reporters 赵永良; correspondents 于露|为深入推进",
            ),
            ("【环球时报驻巴基斯坦特派记者 赵明】雨", "环球时报|||reporters 赵明|雨"),
            ("（记者赵明、钱红通讯员周海燕）：7月23号", "|||reporters 赵明 钱红; correspondents 周海燕|7月23号"),
            ("（中央社記者曾小瑄河內18日專電）雨", "中央社|河內|0-18|reporters 曾小瑄|雨"),
            ("記者趙瓊華／雲林報導", "|雲林||reporters 趙瓊華|"),
            ("〔記者趙孟儒／綜合報導〕雨", "|||reporters 趙孟儒|雨"),
            ("香港文匯報訊(記者 趙榕蓉 福州報道)雨", "香港文匯報|福州||reporters 趙榕蓉|雨"),
            ("大公财经3月27日北京报道（记者赵爽）雨", "大公财经|北京|3-27|reporters 赵爽|雨"),
            ("原标题：春耕忙滨江晚报讯（记者赵明 通讯员钱红）雨", "晚报|||reporters 赵明; correspondents 钱红|雨"),
            (
                "原标题：春耕开始了极目新闻记者 赵明通讯员 钱红3月5日，雨",
                "极目新闻|||reporters 赵明; correspondents 钱红|3月5日，雨",
            ),
            ("田里。 新华社北京3月5日电（记者赵明）雨", "新华社|北京|3-5|reporters 赵明|雨"),
            ("本报讯记者赵小萍摄影报道：雨", "本报|||reporters 赵小萍; photographers 赵小萍|雨"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn the_news_itself_is_no_lead_in() {
        for text in [
            "记者从市公安局获悉，昨日发生一起车祸。",
            "记者26日从市里获悉，",
            "记者会上，他说",
            "小记者王小迪采访了老人。",
            "消息人士告诉《经济日报》记者，",
            "近日，电力公司发来通讯。",
            "本报电子版今天开通。",
            "据外媒报道，台风登陆。",
            "2月28日，工人在加紧生产。",
            "",
            "（记者会）",
        ] {
            assert_eq!(shown(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_lead_in_ends_on_a_character(text in "(本报|新华社|讯|电|记者|通讯员|[（()）：，、 \u{3000}月日0-9]|北京|王|李|·|摄|\\PC){0,30}") {
            if let Some(lead_in) = read(&text) {
                prop_assert!(text.get(lead_in.end..).is_some());
            }
            if let Some((start, _)) = crate::corpus::byline::read_tail(&text) {
                prop_assert!(text.get(start..).is_some());
            }
            let _ = crate::corpus::byline::read_byline_line(&text);
            let _ = crate::corpus::byline::read_photo_credit(&text);
            let _ = crate::corpus::byline::read_editor_line(&text);
        }
    }
}
