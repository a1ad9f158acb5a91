//! The lead-in at the head of a paragraph: 本报讯(记者X), 新华社北京12月31日电（记者X）, X记者Y报道：, （中央社记者X河内18日专电）.
//!
//! Only a bounded head of the paragraph is looked at. A source, a place and a day are followed by what they announce
//! (电, 讯, 消息), then by people in brackets or bare. What comes after is the news.

use super::glyphs::{Glyph, closing, from, head, part, starts, trim};
use super::people::{self, People};
use super::{Credit, LeadIn, bare, origin, outlets};

/// No lead-in is longer: a place, a date and a desk of reporters.
const REACH: usize = 260;

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

/// Reads glyphs that are an announcement with people behind it and nothing else: 新华社北京2月13日电 记者赵某.
pub fn announced_people(text: &str, glyphs: &[Glyph]) -> Option<Credit> {
    let (lead_in, rest) = origin::announcement(text, trim(glyphs))?;
    let people = people::read_signed(text, rest).filter(|p| p.odd == 0 && !p.byline.is_empty())?;
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
            let (mut lead_in, rest) = origin::announcement(self.text, inner)?;
            lead_in.end = glyphs.get(close)?.end();
            if !trim(rest).is_empty() {
                return None;
            }
            return Some(self.people_after(lead_in, from(glyphs, close + 1)));
        }
        let (lead_in, rest) = origin::announcement(self.text, glyphs)?;
        Some(self.people_after(lead_in, rest))
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
        let people = people::read_signed(self.text, part(glyphs, 1, close)).filter(|p| !p.byline.is_empty())?;
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
        let before = trim(part(glyphs, open.saturating_sub(BACK), open));
        let announced = origin::ends_announcing(before);
        let lenticular = here.first().is_some_and(|g| g.folded == '【');
        if !(announced || lenticular || titled) {
            return None;
        }
        let people = people::read_signed(self.text, part(here, 1, close))?;
        let signed = !(people.byline.reporters.is_empty() && people.byline.correspondents.is_empty());
        if people.odd > 0 || !signed {
            return None;
        }
        let sent = (0..before.len())
            .filter(|&at| outlets::known_at(from(before, at)).is_some())
            .find_map(|at| origin::alone(self.text, from(before, at)));
        let mut lead_in = LeadIn { end: here.get(close)?.end(), ..LeadIn::default() };
        if let Some(Credit { source, place, date, .. }) = sent {
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

fn skip_colon(glyphs: &[Glyph]) -> &[Glyph] {
    let glyphs = trim(glyphs);
    match glyphs {
        [first, rest @ ..] if first.folded == ':' => trim(rest),
        _ => glyphs,
    }
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
            ("滨江时报（www.example.cn）记者 赵明远 深圳报道雨停了", "滨江时报|深圳||reporters 赵明远|雨停了"),
            (
                "原标题：雨停了 见习记者 钱红 滨江时报（www.example.cn）记者 赵明远 深圳报道雨停了",
                "滨江时报|深圳||reporters 钱红 赵明远|雨停了",
            ),
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
            "滨江新闻（www.example.cn）记者从法院获悉，",
            "他告诉滨江新闻（www.example.cn），雨停了。",
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
