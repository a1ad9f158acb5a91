//! Reports that are printed in halves: （下转第4版） under the one, （上接第一版） over the other.
//!
//! Halves in one file are put together here. Halves in two files are not: the index replaces the reports of a file as
//! a unit, and a report that took half its text from another file would have to be remade whenever that file changes or
//! goes. Each of them says in `extra` which page the other stands on (下转, 上接), and is found by it.

use super::furniture::jump;
use super::marks::Ending;
use super::rejoin::join;
use crate::article::{Article, Role};
use crate::text::fold::fold;

/// The name in `extra` of the page that a report is continued on.
const ON: &str = "下转";
/// The name in `extra` of the page that a report is continued from.
const FROM: &str = "上接";

/// So many reports back the first half is looked for: more than the pages between hold, and no input makes it long.
const BACK: usize = 100;

/// Notes where each report is continued, and puts the halves together that stand in one text.
///
/// Two are halves of one report where each names the page of the other, and their headlines or the open end of the
/// first agree; or where no page is known and their headlines are the same.
pub(super) fn put_together(articles: Vec<Article>) -> Vec<Article> {
    let mut kept: Vec<Article> = Vec::with_capacity(articles.len());
    for mut article in articles {
        note_jumps(&mut article);
        let first = article.extra.get(FROM).cloned().and_then(|from| {
            kept.iter_mut()
                .rev()
                .take(BACK)
                .find(|first| first.extra.contains_key(ON) && are_halves(first, &article, &from))
        });
        match first {
            Some(first) => append(first, article),
            None => kept.push(article),
        }
    }
    kept
}

fn note_jumps(article: &mut Article) {
    for line in &article.furniture {
        if let Some((is_on, page)) = jump(line) {
            article.extra.entry(if is_on { ON } else { FROM }.to_owned()).or_insert(page);
        }
    }
}

fn are_halves(first: &Article, second: &Article, from: &str) -> bool {
    let on = first.extra.get(ON).map(String::as_str).unwrap_or_default();
    let is_same_issue = first.published == second.published && first.paper == second.paper;
    let (one, other) = (headline(first), headline(second));
    let is_headed = !other.is_empty() && one.contains(&other);
    match (&first.page, &second.page) {
        _ if !is_same_issue => false,
        (Some(page), Some(next)) => {
            let is_open = first.body.last().is_some_and(|last| Ending::of(&last.text).is_open());
            let fits = same_page(page, from) && same_page(next, on);
            fits && page != next && (is_headed || (other.is_empty() && is_open))
        }
        _ => is_headed && one == other,
    }
}

/// The headline with its kicker and subtitle, folded.
fn headline(article: &Article) -> String {
    let parts = article.kicker.iter().chain(&article.title).chain(&article.subtitle);
    fold(&parts.map(String::as_str).collect::<String>())
}

/// Puts the second half behind the first; its headline becomes furniture.
fn append(first: &mut Article, second: Article) {
    let is_open = first.body.last().is_some_and(|last| Ending::of(&last.text).is_open());
    let mut body = second.body.into_iter();
    if is_open && let (Some(last), Some(next)) = (first.body.last_mut(), body.next()) {
        last.text = join([&*last.text, &*next.text].into_iter());
        last.lines.1 = next.lines.1;
    }
    first.body.extend(body);
    first.furniture.extend([second.kicker, second.title, second.subtitle].into_iter().flatten());
    first.furniture.extend(second.furniture);
    for role in Role::ALL {
        for name in second.byline.of(role) {
            first.byline.add(role, name);
            if let Some(basis) = second.basis.get(role.field()) {
                first.basis.entry(role.field().to_owned()).or_insert(*basis);
            }
        }
    }
    // Continued on a third page, or no longer.
    first.extra.remove(ON);
    if let Some(on) = second.extra.get(ON) {
        first.extra.insert(ON.to_owned(), on.clone());
    }
}

/// Whether two names of a page mean the same: 04, 4, 四; A02, a2.
fn same_page(one: &str, other: &str) -> bool {
    page_key(one) == page_key(other)
}

fn page_key(page: &str) -> String {
    const DIGITS: &str = "一二三四五六七八九";
    let folded = fold(page);
    let bare = folded.trim_start_matches('第').trim_end_matches('版');
    let digit = |c: char| DIGITS.chars().zip('1'..).find(|&(written, _)| written == c).map(|(_, digit)| digit);
    let chars: Vec<char> = bare.chars().collect();
    let key: String = match *chars.as_slice() {
        ['十'] => "10".to_owned(),
        ['十', unit] => ['1'].into_iter().chain(digit(unit)).collect(),
        _ => chars.iter().map(|&c| digit(c).unwrap_or(c)).collect(),
    };
    let letters = key.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = key.get(letters.len()..).unwrap_or_default().trim_start_matches('0');
    format!("{letters}{number}")
}

#[cfg(test)]
mod tests {
    use super::super::read_page;
    use super::*;
    use crate::corpus::Known;

    fn read(text: &str) -> Vec<Article> {
        read_page(text, &Known::default()).articles
    }

    const FIRST: &str = "新河日报 2031年3月4日 星期二 第01版:要闻\n\n老运河通水\n\n本报讯(记者陆远)3月2日,老运河清淤工程完工,两岸的居民沿着新修的堤岸走了一\n\n（下转第四版）\n\n";
    const SECOND: &str = "新河日报 2031年3月4日 星期二 第04版:综合\n\n夜校开班\n\n本报讯(记者苏帆)3月3日,夜校开班。\n\n老运河通水\n\n（上接第一版）圈又一圈,说河水清了。\n\n工程用时四个月。\n";

    #[test]
    fn halves_in_one_text_are_one_report() {
        let articles = read(&format!("{FIRST}{SECOND}"));
        let titles: Vec<_> = articles.iter().map(|article| article.title.as_deref()).collect();
        assert_eq!(titles, [Some("老运河通水"), Some("夜校开班")]);
        let report = &articles[0];
        assert_eq!(report.body.len(), 2, "{:?}", report.body);
        assert!(report.body[0].text.contains("走了一圈又一圈,说河水清了。"));
        assert_eq!(report.byline.reporters, ["陆远"]);
        assert!(!report.extra.contains_key("下转"));
    }

    #[test]
    fn halves_in_two_texts_name_each_other() {
        let (first, second) = (read(FIRST), read(SECOND));
        assert_eq!(first[0].extra.get("下转").map(String::as_str), Some("第四版"));
        let half = second.last().unwrap();
        assert_eq!(half.extra.get("上接").map(String::as_str), Some("第一版"));
    }

    #[test]
    fn marks_that_do_not_fit_join_nothing() {
        let other = SECOND.replace("老运河通水", "河灯会开幕");
        assert_eq!(read(&format!("{FIRST}{other}")).len(), 3);
        let elsewhere = SECOND.replace("上接第一版", "上接第二版");
        assert_eq!(read(&format!("{FIRST}{elsewhere}")).len(), 3);
    }

    #[test]
    fn pages_are_the_same_however_they_are_written() {
        for (one, other) in [("04", "第四版"), ("A02", "a2版"), ("12", "十二"), ("第10版", "十")] {
            assert!(same_page(one, other), "{one} {other}");
        }
        assert!(!same_page("4", "14") && !same_page("A4", "4"));
    }
}
