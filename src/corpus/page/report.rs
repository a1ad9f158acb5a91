//! Drafts to reports: headline, paragraphs, names and issue, each value with its basis.

use super::classify::{Rest, Sort};
use super::draft::Draft;
use super::furniture::Furniture;
use super::page::Page;
use super::rejoin::join;
use super::signs::{is_on_author, lead_in_of, names_source, signature, supplier_at_end};
use super::spaces::without_stray_blanks;
use super::title::{column_name, title_of};
use crate::article::{Article, Basis, Byline, Kind, Paragraph, Role};
use crate::corpus::byline::{Credit, LeadIn, read_byline_line, read_editor_line, read_photo_credit};

/// The name of a picture's supplier is hardly longer.
const LONGEST_SOURCE: usize = 24;

/// Makes a report of a draft. `has_others` tells whether the page has more than this one.
pub(super) fn report(page: &Page<'_>, draft: &Draft, has_others: bool) -> Article {
    let mut article = Article { kind: draft.kind, ..Article::default() };
    set_headline(&mut article, page, draft);
    let mut furniture: Vec<(usize, String)> = Vec::new();
    for &at in &draft.furniture {
        if let Some(block) = page.block(at) {
            furniture.push((at, block.text.clone().into_owned()));
        }
    }
    furniture.sort_by_key(|&(at, _)| at);
    article.furniture.splice(0..0, furniture.into_iter().map(|(_, text)| text));
    for pieces in &draft.paragraphs {
        put_paragraph(&mut article, page, pieces);
    }
    read_furniture(&mut article, page, draft);
    read_body(&mut article, page, draft);
    article.line = first_line(page, draft);
    if article.kind == Kind::Article && article.title.is_none() && article.body.len() == 1 && has_others {
        article.kind = Kind::Brief;
    }
    article
}

fn set_headline(article: &mut Article, page: &Page<'_>, draft: &Draft) {
    let lines: Vec<_> = draft.headline.iter().filter_map(|&at| page.block(at)).collect();
    let title = title_of(page, &lines);
    let standfirst =
        draft.standfirst.iter().filter_map(|&at| page.block(at)).map(|block| block.text.clone().into_owned());
    article.title = title.title;
    article.kicker = joined(title.kicker);
    article.subtitle = joined(title.subtitle.into_iter().chain(standfirst).collect());
    let column_line = draft.column.and_then(|at| page.block(at)).map(|block| column_name(&block.text).to_owned());
    article.column = title.column.or(column_line);
    article.furniture = title.rest;
    let derived = [
        ("title", article.title.is_some()),
        ("kicker", article.kicker.is_some()),
        ("subtitle", article.subtitle.is_some()),
        ("column", article.column.is_some()),
    ];
    for (field, _) in derived.into_iter().filter(|&(_, is_set)| is_set) {
        article.basis.insert(field.to_owned(), Basis::Headline);
    }
}

fn joined(lines: Vec<String>) -> Option<String> {
    (!lines.is_empty()).then(|| lines.join(" "))
}

fn put_paragraph(article: &mut Article, page: &Page<'_>, pieces: &[usize]) {
    let blocks = || pieces.iter().filter_map(|&at| page.block(at));
    let (Some(first), Some(last)) = (blocks().next(), blocks().next_back()) else { return };
    let mut text = join(blocks().map(|block| &*block.text));
    if let Some(code) = page_code_at_end(&text) {
        article.furniture.push(text.split_off(code));
    }
    let text = without_stray_blanks(&text).unwrap_or(text);
    article.body.push(Paragraph { text, lines: (first.lines.0, last.lines.1) });
}

/// Where the code of page and editor begins that some papers print behind a report: …灯火相连。①5.
fn page_code_at_end(text: &str) -> Option<usize> {
    let bare = text.trim_end();
    let code = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let body = code.strip_suffix(|c| ('①'..='⑳').contains(&c))?;
    (bare.len() - code.len() <= 2 && body.ends_with(['。', '！', '？', '”', '）', ')'])).then_some(body.len())
}

/// Reads the names on the lines that are no text.
fn read_furniture(article: &mut Article, page: &Page<'_>, draft: &Draft) {
    for &at in &draft.furniture {
        let (Some(block), Some(sort)) = (page.block(at), page.sort(at)) else { continue };
        let text = &*block.text;
        match sort {
            Sort::Byline | Sort::Text => add_credit(article, read_byline_line(text), Basis::BylineLine),
            Sort::Credit if page.signs_report(at) => {
                add_credit(article, read_byline_line(text).or_else(|| read_photo_credit(text)), Basis::BylineLine);
            }
            Sort::Credit => {
                add_credit(article, read_photo_credit(text).or_else(|| read_byline_line(text)), Basis::Credit);
            }
            Sort::SignOff if !is_on_author(text) => add_credit(article, read_byline_line(text), Basis::BylineLine),
            Sort::Furniture(Furniture::Staff) => add_credit(article, read_editor_line(text), Basis::BylineLine),
            Sort::LeadIn(Rest::Headline) => {
                if let Some(lead_in) = lead_in_of(text) {
                    add_lead_in(article, lead_in);
                }
            }
            _ => {}
        }
    }
}

/// Reads the names at the head and the end of the text.
fn read_body(article: &mut Article, page: &Page<'_>, draft: &Draft) {
    let last = article.body.len().saturating_sub(1);
    let heads = draft.paragraphs.iter().map(|pieces| pieces.first().and_then(|&at| page.sort(at)));
    let has_lead_in: Vec<bool> = heads.map(|sort| matches!(sort, Some(Sort::LeadIn(_)))).collect();
    for (number, leads) in has_lead_in.into_iter().enumerate() {
        let text = |article: &Article| article.body.get(number).map(|paragraph| paragraph.text.clone());
        if leads && let Some(lead_in) = text(article).and_then(|text| lead_in_of(&text)) {
            let end = lead_in.end;
            add_lead_in(article, lead_in);
            if number == 0 {
                part_run_in_byline(article, end);
            }
        }
        if article.kind == Kind::Caption {
            part_picture_source(article, number);
        }
        if (number == 0 || number == last || article.kind == Kind::Caption)
            && let Some(text) = text(article)
        {
            read_end(article, number, &text);
        }
    }
}

/// Reads the credit or signature at a paragraph's end; one without brackets is no part of the text.
fn read_end(article: &mut Article, number: usize, text: &str) {
    let Some((start, credit)) = signature(text) else { return };
    let basis = if credit.byline.photographers.is_empty() { Basis::BylineLine } else { Basis::Credit };
    add_credit(article, Some(credit), basis);
    let Some((body, printed)) = text.split_at_checked(start) else { return };
    let is_bracketed = printed.trim_start().starts_with(['（', '(', '【', '[']);
    if is_bracketed || body.trim().is_empty() {
        return;
    }
    if let Some(paragraph) = article.body.get_mut(number) {
        paragraph.text = body.trim_end().to_owned();
        article.furniture.push(printed.trim().to_owned());
    }
}

/// Moves a byline that runs into the text to the furniture: 新河日报记者 陆远 清淤工程昨日完工. A lead-in, which names a
/// source or stands in brackets, stays where it is.
fn part_run_in_byline(article: &mut Article, end: usize) {
    let Some(paragraph) = article.body.first_mut() else { return };
    let Some((byline, news)) = paragraph.text.split_at_checked(end) else { return };
    let is_lead_in = names_source(byline) || byline.contains(['（', '(', '：', ':', '【']);
    if !is_lead_in && byline.ends_with(char::is_whitespace) && !news.trim().is_empty() {
        article.furniture.push(byline.trim_end().to_owned());
        paragraph.text = news.trim_start().to_owned();
    }
}

/// What names the supplier of a picture behind its text.
const PICTURE_SOURCES: &[&str] =
    &["图片来源：", "图片来源:", "图片来源", "图/", "图／", "图源：", "图源:", "供图：", "供图:", "图据"];

/// Moves the supplier named behind the text of a picture to the furniture: 河灯亮了。图/新河网.
fn part_picture_source(article: &mut Article, number: usize) {
    let Some(paragraph) = article.body.get_mut(number) else { return };
    let supplier = supplier_at_end(&paragraph.text);
    let found = PICTURE_SOURCES.iter().filter_map(|mark| paragraph.text.rfind(mark)).max().or(supplier);
    let Some(at) = found.filter(|&at| at > 0) else { return };
    let is_apart = paragraph.text.get(..at).is_some_and(|head| {
        head.ends_with(|c: char| c.is_whitespace() || "。！？”".contains(c)) && !head.trim().is_empty()
    });
    let source = paragraph.text.get(at..).unwrap_or_default().to_owned();
    if is_apart && source.chars().count() <= LONGEST_SOURCE {
        paragraph.text.truncate(at);
        paragraph.text.truncate(paragraph.text.trim_end().len());
        article.furniture.push(source);
    }
}

fn add_lead_in(article: &mut Article, lead_in: LeadIn) {
    add_names(article, &lead_in.byline, Basis::LeadIn);
    set(article, "source", lead_in.source, Basis::LeadIn);
    set(article, "place", lead_in.place, Basis::Dateline);
}

fn add_credit(article: &mut Article, credit: Option<Credit>, basis: Basis) {
    let Some(credit) = credit else { return };
    add_names(article, &credit.byline, basis);
    set(article, "source", credit.source, basis);
    set(article, "place", credit.place, basis);
}

fn set(article: &mut Article, field: &str, value: Option<String>, basis: Basis) {
    let slot = match field {
        "source" => &mut article.source,
        _ => &mut article.place,
    };
    if slot.is_none() && value.is_some() {
        *slot = value;
        article.basis.insert(field.to_owned(), basis);
    }
}

fn add_names(article: &mut Article, names: &Byline, basis: Basis) {
    for role in Role::ALL {
        for name in names.of(role) {
            article.byline.add(role, name);
            article.basis.entry(role.field().to_owned()).or_insert(basis);
        }
    }
}

/// The line on which a report begins: that of its headline or text, else that of its furniture.
fn first_line(page: &Page<'_>, draft: &Draft) -> u32 {
    let text = draft.headline.iter().chain(&draft.standfirst).chain(draft.paragraphs.iter().flatten());
    let first = text.min().or_else(|| draft.furniture.iter().min());
    first.and_then(|&at| page.block(at)).map_or(1, |block| block.lines.0)
}
