//! A page dump to reports: boundaries, headlines, bodies, captions, furniture.
//!
//! The text of a page has no markup: headlines, bylines, captions, columns and litter are all just lines. They are
//! read in this order:
//!
//! 1. `blocks`: lines to blocks, with indents and blank lines kept as evidence;
//! 2. `classify` (with the tables of `furniture` and `header`): what each block is when looked at alone;
//! 3. `layout`: what indents and blank lines mean on this page;
//! 4. `boundaries` (with `headline` and `rejoin`): a walk that deals every block to a report;
//! 5. `report` (with `title`) and `issue`: drafts to reports, each derived value with its basis;
//! 6. `halves`: reports printed in halves on two pages of one text.
//!
//! Nothing is lost: every character of the page that is not white space stands in exactly one of title, kicker,
//! subtitle, body and furniture of one report. Time is linear in the text, and no input makes it panic.

mod blocks;
mod boundaries;
mod classify;
mod context;
mod draft;
mod furniture;
mod halves;
mod header;
mod headline;
mod issue;
mod layout;
mod marks;
#[expect(clippy::module_inception, reason = "the page cut into blocks is what this room works on")]
mod page;
mod parts;
mod pictures;
mod rejoin;
mod report;
mod signs;
mod spaces;
mod title;
mod word_test;
mod wrap;

use super::{Known, Reading, Warning, dating};
use crate::article::{Article, Kind, Paragraph};

/// Reads the text of one file as newspaper page text: one report or many.
#[must_use]
pub fn read_page(text: &str, known: &Known) -> Reading {
    let page = page::Page::of(text);
    let drafts = boundaries::reports(&page);
    let has_others = drafts.len() > 1;
    let mut articles: Vec<Article> = drafts.iter().map(|draft| report::report(&page, draft, has_others)).collect();
    let (known, mut warnings) = issue::date_and_place(&page, &drafts, &mut articles, known);
    let mut articles = halves::put_together(articles);
    warnings.extend(dating::date_reports(&mut articles, &known));
    if articles.iter().all(Article::is_empty) {
        articles = as_it_stands(text, &known).into_iter().collect();
        let message =
            if articles.is_empty() { "没有读出报道" } else { "没有认出报道，全文按一篇简讯保存" };
        warnings = vec![Warning::of_file(message)];
    }
    Reading { articles, warnings, ..Reading::default() }
}

/// The lines of a page on which no report was recognised, as the body of one, so that no text is lost.
fn as_it_stands(text: &str, known: &Known) -> Option<Article> {
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let body: Vec<Paragraph> =
        lines.map(|(number, line)| Paragraph { text: line.trim().to_owned(), lines: (number, number) }).collect();
    let line = body.first()?.lines.0;
    let mut article = Article { kind: Kind::Brief, line, body, ..Article::default() };
    dating::date_reports(std::slice::from_mut(&mut article), known);
    Some(article)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Basis;
    use crate::text::fold::fold;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<Article> {
        read_page(text, &Known::default()).articles
    }

    #[test]
    fn a_report_on_one_line_behind_its_named_headline_is_text() {
        let text = format!(
            "新华社南湾7月5日电 题：海水稻的第三个春天新华社记者 林一舟{}",
            "记者在滩涂看到秧苗已经返青。".repeat(20)
        );
        let articles = read(&text);
        assert_eq!(articles.len(), 1);
        assert!(articles[0].body.iter().any(|paragraph| paragraph.text.contains("秧苗已经返青")), "{articles:?}");
    }

    #[test]
    fn a_page_without_a_report_is_kept_as_a_brief() {
        let reading = read_page("\n责编：孟一扬  校对：张小佳\n", &Known::default());
        assert_eq!(reading.articles.len(), 1);
        assert_eq!(reading.articles[0].body[0].text, "责编：孟一扬  校对：张小佳");
        assert_eq!(reading.warnings.len(), 1);
        assert!(read_page(" \n\n", &Known::default()).articles.is_empty());
    }

    fn shape(article: &Article) -> (Option<&str>, Vec<&str>) {
        (article.title.as_deref(), article.body.iter().map(|paragraph| &*paragraph.text).collect())
    }

    /// A page whose columns broke paragraphs, a blank line after every block.
    const BROKEN: &str = "
河长制工作推进会召开

本报讯(记者陆远)3月2日,新河区召开河长制工作推进会,听取去年工作汇报,安排部署今年的重点任务。

会议要求,各镇要把巡河护河放在突出位置,坚持问题导向,压实各级责任,做好日常管

护和应急处置,让群众看得见变化。

会议还听取了河道清淤、堤防加固、

水质监测等情况汇报,区直有关部门负责人参加会议。



3月3日,新河区堤防管理所的工人在加紧备料,为汛期到来做准备。今年以来,该所已储备块石两千方。

本报记者 沈小桥 摄

清淤船开进老运河

本报讯(记者陆远 通讯员苏帆)3月1日,三艘清淤船开进老运河,计划用四个月清淤八公里。
";

    #[test]
    fn a_page_broken_by_columns_is_read_whole() {
        let articles = read(BROKEN);
        let kinds: Vec<_> = articles.iter().map(|article| article.kind).collect();
        assert_eq!(kinds, [Kind::Article, Kind::Caption, Kind::Article]);
        let (title, body) = shape(&articles[0]);
        assert_eq!(title, Some("河长制工作推进会召开"));
        assert_eq!(body.len(), 3);
        assert!(body[1].ends_with("做好日常管护和应急处置,让群众看得见变化。"), "{}", body[1]);
        assert!(body[2].starts_with("会议还听取了河道清淤、堤防加固、水质监测"), "{}", body[2]);
        let lines: Vec<_> = articles[0].body.iter().map(|paragraph| paragraph.lines).collect();
        assert_eq!(lines, [(4, 4), (6, 8), (10, 12)]);
        assert_eq!(articles[1].title, None);
        assert_eq!(articles[1].furniture, ["本报记者 沈小桥 摄"]);
        assert_eq!(articles[2].title.as_deref(), Some("清淤船开进老运河"));
    }

    /// What a page must be read as: kind, headline and first words of each report.
    type Expected = &'static [(Kind, Option<&'static str>, &'static str)];

    #[test]
    fn each_layout_of_a_page_is_parted_into_its_reports() {
        use Kind::{Article, Brief, Caption};
        const LONG: &str = "两岸的居民说，河道清了，水也活了，晚饭后沿着新修的堤岸走一圈，成了许多人的习惯。";
        let pages: &[(&str, String, Expected)] = &[
            (
                "indented text under flush headlines",
                format!("老运河通水\n——清淤工程见闻\n　　{LONG}\n　　{LONG}\n\n石桥修缮完工（两岸）\n　　{LONG}\n"),
                &[(Article, Some("老运河通水"), "两岸"), (Article, Some("石桥修缮完工（两岸）"), "两岸")],
            ),
            (
                "nothing but lead-ins",
                format!("老运河通水\n本报讯(记者陆远){LONG}\n{LONG}\n石桥修缮完工\n本报讯(记者苏帆){LONG}\n"),
                &[(Article, Some("老运河通水"), "本报"), (Article, Some("石桥修缮完工"), "本报")],
            ),
            (
                "a byline under the headline, a standfirst between",
                format!("老运河通水\n八公里河道清了四个月\n本报记者 陆远\n{LONG}\n{LONG}\n"),
                &[(Article, Some("老运河通水"), "两岸")],
            ),
            (
                "a brief without a headline",
                format!("老运河通水\n\n本报讯(记者陆远){LONG}\n\n本报讯(记者苏帆){LONG}\n"),
                &[(Article, Some("老运河通水"), "本报"), (Brief, None, "本报")],
            ),
            (
                "a column of briefs",
                format!("简讯\n\n●{LONG}（陆远）\n\n●{LONG}（苏帆）\n"),
                &[(Brief, None, "●两岸"), (Brief, None, "●两岸")],
            ),
            (
                "a titled picture",
                format!("河灯点亮\n　　3月2日，新河两岸点起河灯。\n　　陆 远摄\n\n老运河通水\n　　{LONG}\n"),
                &[(Caption, Some("河灯点亮"), "3月2日"), (Article, Some("老运河通水"), "两岸")],
            ),
            (
                "a picture inside a broken paragraph",
                format!(
                    "老运河通水\n\n本报讯(记者陆远){LONG}工程共清淤八公里，投入了三艘清淤船和一百二十名工\n\n\
                     图为施工现场。\n\n本报记者 苏帆 摄\n\n人，历时四个月。\n"
                ),
                &[(Article, Some("老运河通水"), "本报"), (Caption, None, "图为")],
            ),
            (
                "front matter",
                format!("链接：http://example.cn/nw.D1_20310102_5-03.htm\n标题：老运河通水\n内容：\n　　{LONG}\n"),
                &[(Article, Some("老运河通水"), "两岸")],
            ),
            (
                "a web page",
                format!("老运河通水-新河网\n2031-07-26 05:03:17 来源：新河网\n{LONG}\n责任编辑：陆远\n分享到:\n"),
                &[(Article, Some("老运河通水"), "两岸")],
            ),
        ];
        for (layout, page, expected) in pages {
            let articles = read(page);
            let seen: Vec<_> = articles.iter().map(|article| (article.kind, article.title.as_deref())).collect();
            assert_eq!(seen, expected.iter().map(|&(kind, title, _)| (kind, title)).collect::<Vec<_>>(), "{layout}");
            for (article, (.., first)) in articles.iter().zip(*expected) {
                assert!(article.body[0].text.starts_with(first), "{layout}: {:?}", article.body);
            }
            assert_eq!(characters(&kept(&articles)), characters(page), "{layout}");
        }
    }

    #[test]
    fn a_lead_in_that_breaks_off_is_carried_on() {
        let page = "夜校开班\n\n本报讯(记者陆远)3月3日,柳溪夜校的面点班开课,名额两小时报\n\n满,学员来自三个街道。\n\n老师姓何。\n";
        let articles = read(page);
        assert_eq!(articles[0].body.len(), 2);
        assert!(articles[0].body[0].text.contains("名额两小时报满,学员"));
    }

    #[test]
    fn paper_page_and_day_come_from_the_header_and_a_conflict_is_told() {
        let page = "新河日报 2031年3月4日 星期二\n第03版:要闻\n\n老运河通水\n本报讯(记者陆远)清淤工程昨日完工。\n";
        let known = Known {
            issue_date: crate::article::PartialDate::parse("2031-03-05").map(|date| (date, Basis::Path)),
            ..Known::default()
        };
        let reading = read_page(page, &known);
        let article = &reading.articles[0];
        assert_eq!((article.paper.as_deref(), article.page.as_deref()), (Some("新河日报"), Some("03")));
        assert_eq!(article.published.map(|date| date.to_string()).as_deref(), Some("2031-03-04"));
        assert_eq!(article.basis.get("page"), Some(&Basis::PageHeader));
        assert!(reading.warnings.iter().any(|warning| warning.line == Some(1)), "{:?}", reading.warnings);
    }

    #[test]
    fn names_are_read_from_wherever_they_stand() {
        let page =
            "老运河通水\n本报讯(记者陆远 通讯员苏帆)清淤工程昨日完工。\n图为清淤船。\n本报记者 沈小桥 摄\n责编：孟舟\n";
        let articles = read(page);
        assert_eq!(articles[0].byline.reporters, ["陆远"]);
        assert_eq!(articles[0].byline.correspondents, ["苏帆"]);
        assert_eq!(articles[1].byline.photographers, ["沈小桥"]);
        assert_eq!(articles[1].basis.get("photographers"), Some(&Basis::Credit));
    }

    /// The characters of a text that are not blank, each with how often it stands there.
    fn characters(text: &str) -> std::collections::BTreeMap<char, usize> {
        let mut counts = std::collections::BTreeMap::new();
        fold(text).chars().for_each(|c| *counts.entry(c).or_default() += 1);
        counts
    }

    /// What a reading holds of the text.
    fn kept(articles: &[Article]) -> String {
        let mut whole = String::new();
        for article in articles {
            for part in [&article.title, &article.kicker, &article.subtitle].into_iter().flatten() {
                whole.push_str(part);
            }
            article.body.iter().for_each(|paragraph| whole.push_str(&paragraph.text));
            article.furniture.iter().for_each(|line| whole.push_str(line));
        }
        whole
    }

    #[test]
    fn every_character_of_a_page_is_kept_once() {
        assert_eq!(characters(&kept(&read(BROKEN))), characters(BROKEN));
    }

    #[test]
    fn odd_pages_are_read_without_panic_and_without_loss() {
        let lines = |line: &str, count: usize| format!("{line}\n").repeat(count);
        for page in [
            String::new(),
            lines("", 10_000),
            lines("河灯会开幕", 3_000),
            lines("本报讯(记者陆远)", 1_000),
            lines("责编：陆远", 1_000),
            lines("标题：", 500),
            "（".repeat(5_000),
            "河灯，".repeat(50_000),
            BROKEN.chars().take(300).collect(),
        ] {
            let articles = read(&page);
            if !articles.is_empty() {
                assert_eq!(characters(&kept(&articles)), characters(&page));
            }
        }
    }

    /// Lines of the kinds that stand on a page, in any order.
    fn any_line() -> impl Strategy<Value = String> {
        prop_oneof![
            Just(String::new()),
            Just("\u{3000}\u{3000}".to_owned()),
            Just("河灯会开幕".to_owned()),
            Just("——新河两岸见闻".to_owned()),
            Just("本报讯(记者陆远)昨日，河灯点亮。".to_owned()),
            Just("本报记者 沈小桥 摄".to_owned()),
            Just("本报记者 沈小桥".to_owned()),
            Just("标题：河灯（两岸论坛）".to_owned()),
            Just("2031年02月03日 第A05版:要闻".to_owned()),
            Just("（下转第4版）".to_owned()),
            Just("（上接第一版）河灯点亮。（下转第4版）".to_owned()),
            Just("第01版:要闻".to_owned()),
            Just("第04版:综合".to_owned()),
            Just("河灯会开幕-新河网".to_owned()),
            Just("资料图：河灯 图片来源：新河网".to_owned()),
            "[\u{3000} ]{0,3}[河灯会“”（）。，：、新讯电摄图1a]{0,60}",
            "\\PC{0,30}",
        ]
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_loss(lines in prop::collection::vec(any_line(), 0..40)) {
            let text = lines.join("\n");
            let articles = read(&text);
            if !articles.is_empty() {
                prop_assert_eq!(characters(&kept(&articles)), characters(&text));
            }
            for article in &articles {
                for paragraph in &article.body {
                    prop_assert!(paragraph.lines.0 <= paragraph.lines.1);
                    prop_assert!(!paragraph.text.trim().is_empty());
                }
            }
        }
    }
}
