//! A page dump to reports: boundaries, headlines, bodies, captions, furniture.
//!
//! The text of a page has no markup: headlines, bylines, captions, columns and litter are all just lines. They are
//! read in this order:
//!
//! 1. `blocks`: lines to blocks, with indents and blank lines kept as evidence;
//! 2. `classify` (with the tables of `furniture` and `header`): what each block is when looked at alone;
//! 3. `layout`: what indents and blank lines mean on this page;
//! 4. `boundaries` (with `headline` and `rejoin`): a walk that deals every block to a report;
//! 5. `report` (with `title`) and `issue`: drafts to reports, each derived value with its basis.
//!
//! Nothing is lost: every character of the page that is not white space stands in exactly one of title, kicker,
//! subtitle, body and furniture of one report. Time is linear in the text, and no input makes it panic.

mod blocks;
mod boundaries;
mod classify;
mod context;
mod draft;
mod furniture;
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
use crate::article::Article;

/// Reads the text of one file as newspaper page text: one report or many.
#[must_use]
pub fn read_page(text: &str, known: &Known) -> Reading {
    let page = page::Page::of(text);
    let drafts = boundaries::reports(&page);
    let has_others = drafts.len() > 1;
    let mut articles: Vec<Article> = drafts.iter().map(|draft| report::report(&page, draft, has_others)).collect();
    let (known, mut warnings) = issue::date_and_place(&page, &drafts, &mut articles, known);
    warnings.extend(dating::date_reports(&mut articles, &known));
    if articles.iter().all(Article::is_empty) {
        articles.clear();
        warnings = vec![Warning { line: None, message: "没有读出报道".to_owned() }];
    }
    Reading { articles, warnings, ..Reading::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Kind;
    use crate::text::fold::fold;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<Article> {
        read_page(text, &Known::default()).articles
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
            Just("河灯会开幕-新河网".to_owned()),
            Just("资料图：河灯 图片来源：新河网".to_owned()),
            "[\u{3000} ]{0,3}[河灯会“”（）。，：、新讯电摄图1a]{0,60}",
            "\\PC{0,30}",
        ]
    }

    #[test]
    #[ignore]
    fn dump() {
        let text = std::fs::read_to_string(std::env::var("DUMP").unwrap()).unwrap();
        let page = page::Page::of(&text);
        println!("{:?}", page.layout);
        for at in 0..page.len() {
            let b = page.block(at).unwrap();
            let t: String = if b.length > 50 {
                format!(
                    "{}..{}",
                    b.text.chars().take(20).collect::<String>(),
                    b.text.chars().rev().take(20).collect::<Vec<_>>().into_iter().rev().collect::<String>()
                )
            } else {
                b.text.to_string()
            };
            println!(
                "{} {:?} {:?} ind={} bl={} {}",
                b.lines.0,
                page.sort(at).unwrap(),
                b.ending,
                b.indented,
                b.blanks,
                t
            );
        }
        for d in boundaries::reports(&page) {
            println!("{d:?}");
        }
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
