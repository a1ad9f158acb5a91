//! HTML: the article of a page of a news site or of a digital newspaper, without what stands around it.
//!
//! What the head of the page states (meta tags, JSON-LD) and the lines above and below the text (来源：, 责任编辑：)
//! become the values of a record; the text is kept a paragraph a line. A page without an article, such as a list of
//! links, gives a warning and no report.

mod dom;
mod lines;
mod meta;
mod stamp;
mod title;

use super::Unreadable;
use crate::corpus::record::{Record, Value, read_records};
use crate::corpus::{Known, Reading, Warning};
use lines::Line;
use std::borrow::Cow;
use std::ops::Range;

/// A page says what it is within so many bytes.
const HEAD: usize = 4096;
/// Lines with date and source stand so near above or below the text, in lines.
const NEAR: usize = 12;

/// Returns whether a text is a page of HTML: it begins with an element of one, or is called so and holds elements.
pub fn sniff(text: &str, extension: &str) -> bool {
    const FIRST: &[&str] = &["<!doctype html", "<html", "<head", "<body", "<meta", "<title", "<div", "<article", "<p>"];
    const NAMES: &[&str] = &["html", "htm", "shtml", "xhtml"];
    let head = super::head(text, HEAD).to_ascii_lowercase();
    let mut start = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    while let Some(rest) = start.strip_prefix("<!--").and_then(|rest| Some(rest.split_once("-->")?.1)) {
        start = rest.trim_start();
    }
    let is_xml = start.starts_with("<?xml");
    FIRST.iter().any(|first| start.starts_with(first))
        || (is_xml && head.contains("<html"))
        || (NAMES.contains(&extension) && ["<p", "<div", "<br", "<td", "<html"].iter().any(|tag| head.contains(tag)))
}

/// Returns the text of a piece of HTML, a line a paragraph; of what holds no markup, the text itself.
pub fn plain(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return text.trim().to_owned();
    }
    let lines = lines::lines(&dom::parse(text));
    lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// Returns the encoding that a page names in its head.
pub fn charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..HEAD.min(bytes.len()))?).to_ascii_lowercase();
    let (before, rest) = head.split_once("charset")?;
    let is_head = before.contains("<meta") && !before.contains("<script");
    let rest = rest.trim_start().strip_prefix('=')?.trim_start_matches([' ', '"', '\'']);
    let label: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    (is_head && !label.is_empty()).then_some(label)
}

/// Reads the article of a page.
pub fn read(text: &str, known: &Known) -> Result<Reading, Unreadable> {
    let nodes = dom::parse(text);
    let all = lines::lines(&nodes);
    let article = lines::article(&nodes, &all);
    let mut named = meta::read(&nodes);
    let title = title::of(&nodes, &all, article.start, &named);
    let headline = title.as_ref().and_then(|title| {
        let above = all.get(..article.end).unwrap_or_default();
        above.iter().rposition(|line| line.text == *title || (line.heading > 0 && line.text.contains(title.as_str())))
    });
    let (stamps, body) = parted(&all, &article, title.as_deref());
    let around = around(&article, headline, all.len());
    let stamped = stamps.iter().map(|line| line.text.as_str()).chain(around.filter_map(|at| {
        let line = all.get(at).filter(|line| !line.is_link())?;
        Some(line.text.as_str())
    }));
    let mut seen = Vec::new();
    for (name, value) in stamped.flat_map(stamp::read) {
        // The line of a page is surer of its origin than the system that made the page.
        let place = if name == "source" { seen.iter().filter(|n| **n == name).count() } else { named.len() };
        seen.push(name);
        named.insert(place.min(named.len()), (name, value));
    }
    if let Some(at) = headline {
        named.extend(decks(&all, at, article.start));
    }
    let mut body: Vec<&str> = body;
    let stated = named.iter().find(|(name, _)| *name == "articleBody").map(|(_, text)| text.clone());
    if let (true, Some(stated)) = (body.is_empty(), &stated) {
        body = stated.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    }
    if body.is_empty() {
        return Ok(without_article(title.as_deref()));
    }
    let record = record(&named, title, &body.join("\n"));
    let mut reading = read_records([Ok(record)], known);
    if let Some(article) = reading.articles.first_mut() {
        article.furniture.extend(stamps.into_iter().map(|line| line.text.clone()));
    }
    Ok(reading)
}

fn without_article(title: Option<&str>) -> Reading {
    let title = title.map(|title| format!("（{title}）")).unwrap_or_default();
    let message = format!("这一页没有正文，像是目录页、导航页或图片页{title}，没有读入");
    Reading { warnings: vec![Warning::of_file(message)], ..Reading::default() }
}

/// Parts the lines of the article: those at its head that only say when and where it appeared, and the text.
fn parted<'a>(all: &'a [Line], article: &Range<usize>, title: Option<&str>) -> (Vec<&'a Line>, Vec<&'a str>) {
    let mut stamps = Vec::new();
    let mut body = Vec::new();
    for line in all.get(article.clone()).unwrap_or_default().iter().filter(|line| lines::is_text(line)) {
        let is_head = body.is_empty();
        if is_head && title == Some(line.text.as_str()) {
            continue;
        }
        if is_head && !stamp::read(&line.text).is_empty() {
            stamps.push(line);
        } else {
            body.push(line.text.as_str());
        }
    }
    (stamps, body)
}

/// The lines from the headline to the text, and those right below the text.
fn around(article: &Range<usize>, headline: Option<usize>, count: usize) -> impl Iterator<Item = usize> {
    let above = headline.unwrap_or(article.start).saturating_sub(NEAR / 4).max(article.start.saturating_sub(NEAR));
    let below = article.end..(article.end + NEAR).min(count);
    (above.min(article.start)..article.start).chain(below)
}

/// The headings right above and below the headline.
fn decks(all: &[Line], headline: usize, article: usize) -> impl Iterator<Item = (&'static str, String)> {
    let deck = |at: Option<usize>, name: &'static str| {
        let line = all.get(at?).filter(|line| line.heading > 0 && !line.is_link() && !line.aside)?;
        Some((name, line.text.clone()))
    };
    let below = Some(headline + 1).filter(|&at| at < article);
    [deck(headline.checked_sub(1), "引题"), deck(below, "副题")].into_iter().flatten()
}

/// What only a body or a bureau can be called, not a person.
const NO_PERSON: &[&str] = &["网", "报", "社", "台", "中心", "频道", "编辑部", "客户端", "新闻", "管理员", "admin"];

fn record(named: &[(&'static str, String)], title: Option<String>, body: &str) -> Record<'static> {
    let mut values: Vec<(Cow<'static, str>, Value<'static>)> = Vec::new();
    let mut add = |name: &'static str, value: String| {
        let is_new = !values.iter().any(|(own, _)| own == name);
        if is_new {
            values.push((Cow::Borrowed(name), Value::Text(Cow::Owned(value))));
        }
    };
    if let Some(title) = title {
        add("title", title);
    }
    for (name, value) in named {
        match *name {
            "title" | "articleBody" => {}
            "author" if NO_PERSON.iter().any(|ending| value.ends_with(ending)) => add("source", value.clone()),
            "author" => add("authors", value.clone()),
            "editor" => add("editors", value.clone()),
            name => add(name, value.clone()),
        }
    }
    add("body", body.to_owned());
    Record { line: 1, values }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;

    fn one(page: &str) -> Article {
        assert!(sniff(page, ""), "{page}");
        let reading = read(page, &Known::default()).unwrap();
        assert_eq!((reading.articles.len(), reading.warnings.as_slice()), (1, &[][..]));
        reading.articles.into_iter().next().unwrap()
    }

    fn body(article: &Article) -> Vec<&str> {
        article.body.iter().map(|paragraph| paragraph.text.as_str()).collect()
    }

    const SITE: &str = r#"<!DOCTYPE html><html><head><title>河灯会昨晚开幕 两万人观灯-新河网</title>
        <meta name="keywords" content="河灯,新河"><script>var a = "<p>不是正文，绝对不是。</p>";</script></head><body>
        <div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/n">新闻</a></li></ul></div>
        <div class="left"><h1>河灯会昨晚开幕 两万人观灯</h1>
        <div class="info">2031年02月03日08:30 来源：<a href="/">新河日报</a> 作者：陆远 <a href="">字号</a></div>
        <div id="content"><p>　　2月2日晚，河灯会在老城码头开幕，两万多名市民沿岸观灯。</p>
        <p><img src="a.jpg" alt="河灯"></p><p>图为河灯点亮老城码头。</p>
        <p>　　<b>今年</b>的灯组有三百多盏，&ldquo;最大的高六米&rdquo;。<br>都由本地匠人手工扎制。</p></div>
        <div>责任编辑：孟舟</div><div class="comments"><p>网友甲：真好看，我也去了，人很多。</p></div>
        <ul class="related"><li><a href="2.html">老运河通水，河道清了四个月</a></li></ul></div>
        <div class="footer">版权所有 新河网，未经许可，不得转载。</div></body></html>"#;

    #[test]
    fn the_article_of_a_site_is_read_without_what_stands_around_it() {
        let article = one(SITE);
        assert_eq!(article.title.as_deref(), Some("河灯会昨晚开幕 两万人观灯"));
        assert_eq!(
            body(&article),
            [
                "2月2日晚，河灯会在老城码头开幕，两万多名市民沿岸观灯。",
                "图为河灯点亮老城码头。",
                "今年的灯组有三百多盏，“最大的高六米”。",
                "都由本地匠人手工扎制。",
            ]
        );
        assert_eq!((article.source.as_deref(), &*article.byline.authors), (Some("新河日报"), &["陆远".to_owned()][..]));
        assert_eq!(article.byline.editors, ["孟舟"]);
        assert_eq!(article.published.unwrap().to_string(), "2031-02-03");
        assert_eq!(article.extra.get("keywords").map(String::as_str), Some("河灯,新河"));
    }

    #[test]
    fn a_page_of_a_digital_paper_is_read_with_its_decks_and_its_page() {
        let article =
            one("<html><title>新河日报-老运河通水</title><!--enpproperty <date>2031-02-04 00:00:00:000</date>\
             <author>□本报记者 陆远</author><title>老运河通水</title><subtitle>清了四个月</subtitle>\
             <introtitle>民生实事</introtitle><nodename>A03：民生</nodename>/enpproperty-->\
             <table><tr><td><a href=node_2.htm>第A01版：要闻</a></td><td>老运河通水<div id=ozoom><!--enpcontent-->\
             <P>　　老运河昨日通水。<P>　　步道也修好了。<!--/enpcontent--></div></table></html>");
        assert_eq!(body(&article), ["老运河昨日通水。", "步道也修好了。"]);
        assert_eq!((article.kicker.as_deref(), article.subtitle.as_deref()), (Some("民生实事"), Some("清了四个月")));
        assert_eq!((article.page.as_deref(), article.byline.reporters.as_slice()), (Some("A03"), &["陆远".into()][..]));
        let article = one(
            "<html><title>山里通了快车</title><div class=article><h3>一线见闻</h3><h1>山里通了快车</h1><h2>改造记</h2>\
             <p class=sec>本报记者 沈小桥<span>《新河日报》（2031年02月05日 第 07 版）</span></p>\
             <div id=ozoom><p>早上七点，头班车开出。</p><p>现在每小时一班。</p></div></div></html>",
        );
        assert_eq!((article.kicker.as_deref(), article.subtitle.as_deref()), (Some("一线见闻"), Some("改造记")));
        assert_eq!((article.paper.as_deref(), article.page.as_deref()), (Some("新河日报"), Some("07")));
        assert_eq!(article.byline.reporters, ["沈小桥"]);
    }

    #[test]
    fn what_the_page_states_for_machines_is_taken() {
        let article = one(
            r#"<!doctype html><head><title>夜校开班 | 新河传媒</title><meta property="og:site_name" content="新河传媒">
            <script type="application/ld+json">{"@graph":[{"@type":"WebSite"},{"@type":"NewsArticle","headline":
            "柳溪夜校开班","datePublished":"2031-02-06T09:10:00+08:00","author":[{"name":"马晓宁"}]}]}</script></head>
            <body><article><h1>柳溪夜校开班</h1><div itemprop="articleBody"><p>面点班开课，名额两小时报满。</p></div>"#,
        );
        assert_eq!(
            (article.title.as_deref(), &*article.byline.authors),
            (Some("柳溪夜校开班"), &["马晓宁".into()][..])
        );
        assert_eq!(article.published.unwrap().to_string(), "2031-02-06");
    }

    #[test]
    fn a_page_of_links_gives_a_warning_and_no_report() {
        let page = format!("<html><title>新河日报</title><ul>{}</ul>", "<li><a href=1>河灯会昨晚开幕</a>".repeat(30));
        let reading = read(&page, &Known::default()).unwrap();
        assert!(reading.articles.is_empty());
        assert_eq!(reading.warnings.len(), 1);
    }

    #[test]
    fn the_encoding_that_a_page_names_is_read_from_its_head() {
        for (head, label) in [
            (r#"<meta charset="gb2312">"#, Some("gb2312")),
            (r#"<META http-equiv=Content-Type content="text/html; charset=GBK">"#, Some("gbk")),
            ("<p>charset=gbk", None),
        ] {
            assert_eq!(charset(head.as_bytes()).as_deref(), label, "{head}");
        }
    }

    #[test]
    fn a_text_with_angle_brackets_is_no_page() {
        for text in ["<<新河日报>>第3版", "河灯会开幕\n<p>", "<编者按>本报讯", ""] {
            assert!(!sniff(text, "txt"), "{text}");
        }
    }
}
