//! References to reports: GB/T 7714—2015 (newspaper articles), RIS, BibTeX.

use crate::article::{Article, PartialDate, Role};
use crate::index::Report;
use std::io::{self, Write};

/// More than so many people are named as so many 等 (GB/T 7714—2015, 8.1.2).
const MOST_NAMED: usize = 3;
/// So many characters of the text stand for a headline that is not there.
const OPENING: usize = 20;

/// What a reference is made of.
struct Parts {
    people: Vec<String>,
    title: String,
    paper: Option<String>,
    date: Option<PartialDate>,
    page: Option<String>,
}

/// Returns who answers for a report: who wrote it, else who took the pictures, else the agency that it names.
fn people(article: &Article) -> Vec<String> {
    let of = |roles: &[Role]| -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for name in roles.iter().flat_map(|&role| article.byline.of(role)) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        names
    };
    let written = of(&[Role::Author, Role::Reporter, Role::Correspondent, Role::Intern]);
    let people = if written.is_empty() { of(&[Role::Photographer]) } else { written };
    let agency = article.source.iter().filter(|source| people.is_empty() && source.ends_with('社'));
    let agency: Vec<String> = agency.cloned().collect();
    people.into_iter().chain(agency).collect()
}

fn parts(article: &Article) -> Parts {
    let opening = || {
        let text = article.body.first().map(|paragraph| paragraph.text.trim()).unwrap_or_default();
        let cut = text.chars().count() > OPENING;
        text.chars().take(OPENING).collect::<String>() + if cut { "…" } else { "" }
    };
    // A page is named by its number.
    let page = article.page.as_deref().map(|page| page.trim_end_matches('版').trim_start_matches('第'));
    let is_number = |page: &str| page.bytes().all(|byte| byte.is_ascii_digit());
    let page = page.map(|page| if is_number(page) { page.trim_start_matches('0') } else { page });
    Parts {
        people: people(article),
        title: article.title.clone().unwrap_or_else(opening),
        paper: article.paper.clone(),
        date: article.date().map(|(date, _)| date),
        page: page.filter(|page| !page.is_empty()).map(str::to_owned),
    }
}

/// Says what a reference to a report lacks or only may be; nothing where it is whole.
#[must_use]
pub fn missing(article: &Article) -> Vec<&'static str> {
    let has_day = article.published.is_some_and(|date| date.day().is_some());
    let date = match article.date() {
        None => Some("出版日期"),
        Some(_) if article.published.is_none() => Some("见报日期（写的是电头或事件的日期）"),
        Some(_) if !has_day => Some("见报的日子"),
        Some(_) => None,
    };
    let others = [
        (people(article).is_empty(), "责任者"),
        (article.title.is_none(), "题名（写的是正文开头）"),
        (article.paper.is_none(), "报纸名"),
        (article.page.is_none(), "版次"),
    ];
    others.into_iter().filter_map(|(lacks, what)| lacks.then_some(what)).chain(date).collect()
}

/// Writes a reference by GB/T 7714—2015, on one line: `责任者. 题名[N]. 报纸名, 出版日期(版次).`
///
/// # Errors
/// When the writer fails.
pub fn write_gb(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let Parts { people, title, paper, date, page } = parts(&report.article);
    let mut text = String::new();
    if !people.is_empty() {
        let named: Vec<&str> = people.iter().take(MOST_NAMED).map(String::as_str).collect();
        let others = if people.len() > MOST_NAMED { ", 等" } else { "" };
        text.push_str(&format!("{}{others}. ", named.join(", ")));
    }
    text.push_str(&format!("{title}[N]. "));
    let page = page.map(|page| format!("({page})")).unwrap_or_default();
    let date = date.map(|date| date.to_string());
    let place: Vec<String> = paper.into_iter().chain(date).collect();
    text.push_str(&format!("{}{page}", place.join(", ")));
    writeln!(out, "{}.", one_line(text.trim_end().trim_end_matches('.')))
}

/// Writes a reference as RIS.
///
/// # Errors
/// When the writer fails.
pub fn write_ris(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let Parts { people, title, paper, date, page } = parts(&report.article);
    let mut line = |tag: &str, value: &str| writeln!(out, "{tag}  - {}", one_line(value));
    line("TY", "NEWS")?;
    people.iter().try_for_each(|name| line("AU", name))?;
    line("TI", &title)?;
    paper.iter().try_for_each(|paper| line("T2", paper))?;
    if let Some(date) = date {
        line("PY", &format!("{:04}", date.year()))?;
        let part = |part: Option<u32>| part.map(|part| format!("{part:02}")).unwrap_or_default();
        line("DA", &format!("{:04}/{}/{}/", date.year(), part(date.month()), part(date.day())))?;
    }
    page.iter().try_for_each(|page| line("SP", page))?;
    line("LA", "zh")?;
    line("ID", &report.id.to_string())?;
    writeln!(out, "ER  - \n")
}

/// Writes a reference as BibTeX.
///
/// # Errors
/// When the writer fails.
pub fn write_bibtex(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let Parts { people, title, paper, date, page } = parts(&report.article);
    writeln!(out, "@article{{{},", report.id)?;
    let mut line = |key: &str, value: &str| writeln!(out, "  {key} = {{{value}}},");
    if !people.is_empty() {
        // In braces, a name is never cut into given name and surname.
        let names: Vec<String> = people.iter().map(|name| format!("{{{}}}", escaped(name))).collect();
        line("author", &names.join(" and "))?;
    }
    line("title", &format!("{{{}}}", escaped(&title)))?;
    paper.iter().try_for_each(|paper| line("journal", &escaped(paper)))?;
    if let Some(date) = date {
        line("date", &date.to_string())?;
        line("year", &format!("{:04}", date.year()))?;
        date.month().iter().try_for_each(|month| line("month", &month.to_string()))?;
    }
    page.iter().try_for_each(|page| line("pages", &escaped(page)))?;
    line("entrysubtype", "newspaper")?;
    line("langid", "chinese")?;
    writeln!(out, "}}\n")
}

/// Returns text of others on one line, without what steers a terminal or a reader of lines.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in one_line(text).chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Paragraph;
    use crate::render::samples;

    fn written(write: impl Fn(&mut dyn Write, &Report) -> io::Result<()>, report: &Report) -> String {
        let mut out = Vec::new();
        write(&mut out, report).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_newspaper_article_is_cited_as_the_standard_says() {
        let mut report = samples::hit().report;
        let first = "付凯明, 李慧敏. 社区食堂开张[N]. 云岭日报, 2026-02-04(A02).\n";
        assert_eq!(written(write_gb, &report), first);
        report.article.page = Some("03版".into());
        report.article.byline.correspondents = vec!["王亮".into(), "付凯明".into(), "罗致和".into()];
        let second = "付凯明, 李慧敏, 王亮, 等. 社区食堂开张[N]. 云岭日报, 2026-02-04(3).\n";
        assert_eq!(written(write_gb, &report), second);
        assert!(missing(&report.article).is_empty());
    }

    #[test]
    fn what_is_not_known_is_left_out_and_named() {
        let mut report = samples::bare_hit().report;
        report.article.body.push(Paragraph { text: "养老".repeat(20), lines: (1, 1) });
        report.article.source = Some("新华社".into());
        let opening = "养老".repeat(10);
        assert_eq!(written(write_gb, &report), format!("新华社. {opening}…[N].\n"));
        assert_eq!(missing(&report.article), ["题名（写的是正文开头）", "报纸名", "版次", "出版日期"]);
        report.article.event_date = PartialDate::month_of(2026, 1);
        assert_eq!(written(write_gb, &report), format!("新华社. {opening}…[N]. 2026-01.\n"));
        assert!(missing(&report.article).contains(&"见报日期（写的是电头或事件的日期）"));
    }

    #[test]
    fn ris_and_bibtex_hold_the_same() {
        let mut report = samples::hit().report;
        report.article.title = Some("100% “试{点}”_\n开张".into());
        let id = report.id;
        let ris = "TY  - NEWS\nAU  - 付凯明\nAU  - 李慧敏\nTI  - 100% “试{点}”_ 开张\nT2  - 云岭日报\nPY  - 2026\n\
                   DA  - 2026/02/04/\nSP  - A02\nLA  - zh\n";
        assert_eq!(written(write_ris, &report), format!("{ris}ID  - {id}\nER  - \n\n"));
        let bibtex = "  author = {{付凯明} and {李慧敏}},\n  title = {{100\\% “试\\{点\\}”\\_ 开张}},\n\
                      \u{20} journal = {云岭日报},\n  date = {2026-02-04},\n  year = {2026},\n  month = {2},\n\
                      \u{20} pages = {A02},\n  entrysubtype = {newspaper},\n  langid = {chinese},\n";
        assert_eq!(written(write_bibtex, &report), format!("@article{{{id},\n{bibtex}}}\n\n"));
    }
}
