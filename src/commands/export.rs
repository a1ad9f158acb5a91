//! `export`: the reports of a query, all of them, into files.

use super::ask::{Asked, asked, word_like_a_file};
use super::list::{self, Setting};
use super::locate;
use super::target::Target;
use crate::article::{Article, ReportId};
use crate::cli::{CopiesArg, ExportArgs};
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::index::{Hit, IndexError, Loosen, Request};
use crate::render::columns::{COLUMNS, Column, Row};
use crate::render::{Links, Style, csv, json, report};
use crate::text::terminal::harmless;
use crate::ui::Ui;
use std::io::Write;
use std::path::Path;

/// What tables have besides the usual columns, and what they leave out: a report is exported, not a hit.
const WITH: &str = "body";
const WITHOUT: [&str; 3] = ["rank", "score", "snippet"];

pub fn run(args: &ExportArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let Asked { query, notices, now } = asked(&args.ask, &args.filters, around)?;
    let columns = columns(args)?;
    let file = args.xlsx.as_ref().or(args.output.as_ref());
    let file = file.map(|path| Target::new(path, args.force, around)).transpose()?;
    notices.iter().for_each(|notice| ui.hint(notice));
    let snapshot = locate::open(&args.ask.index, around)?;
    let ranking = snapshot.rank(&Request {
        query,
        sort: args.sort.into(),
        offset: 0,
        limit: args.number,
        loosen: Loosen::Never,
        fold: args.copies == CopiesArg::Fold,
        now,
    })?;
    let hits = snapshot.hits(&ranking);
    let to = match (&args.text, &file) {
        (Some(folder), _) => {
            write_texts(folder, args.force, hits, around)?;
            Some(folder.display().to_string())
        }
        (None, Some(target)) if args.xlsx.is_some() => {
            let setting =
                Setting { qid: None, loosened: false, line_end: '\n', links: &Links::NONE, style: Style::PIPE };
            let losses = list::write_sheet(target, &columns, hits, &setting)?;
            losses.iter().for_each(|line| ui.warn(line));
            Some(target.path().display().to_string())
        }
        (None, Some(target)) => {
            let mut out = target.begin()?;
            write(&mut out, args, &columns, hits)?;
            out.flush().map_err(|e| target.failed(&e.to_string()))?;
            Some(target.path().display().to_string())
        }
        (None, None) => {
            write(ui.out(), args, &columns, hits)?;
            None
        }
    };
    if ranking.is_empty() {
        ui.status("没有找到");
        let has_form = args.output.is_none() && args.text.is_none();
        word_like_a_file(&args.ask.words, has_form, "-o").iter().for_each(|hint| ui.hint(hint));
        return Ok(Exit::NothingFound);
    }
    let of = if ranking.len() as u64 == ranking.outline.total {
        String::new()
    } else {
        format!("（符合的共 {} 篇）", ranking.outline.total)
    };
    ui.status(&format!("导出 {} 篇{of}{}", ranking.len(), to.map(|to| format!("，写入 {to}")).unwrap_or_default()));
    Ok(Exit::Done)
}

fn columns(args: &ExportArgs) -> Outcome<Vec<&'static Column>> {
    if args.fields.is_empty() {
        let is_usual = |column: &&Column| column.usual && !WITHOUT.contains(&column.name);
        Ok(COLUMNS.iter().filter(|column| is_usual(column) || column.name == WITH).collect())
    } else if args.csv || args.xlsx.is_some() {
        list::columns(&args.fields)
    } else {
        Err(Failure::new(Exit::Usage, "--fields 是表格的列").with_hint("与 --csv 或 --xlsx 同用"))
    }
}

/// Writes reports as lines of JSON or as a table.
fn write(
    out: &mut dyn Write,
    args: &ExportArgs,
    columns: &[&'static Column],
    hits: impl Iterator<Item = Result<Hit, IndexError>>,
) -> Outcome<()> {
    if !args.csv {
        for hit in hits {
            json::write_report(out, &hit?.report)?;
        }
        return Ok(());
    }
    let header: Vec<&str> = columns.iter().map(|column| column.name).collect();
    let mut table = csv::Table::begin(out, args.bom, &header)?;
    for hit in hits {
        let hit = hit?;
        table.row(columns.iter().map(|column| column.of(Row::of_hit(&hit, false)).cell()))?;
    }
    Ok(table.end()?)
}

/// Writes each report into a file of its own.
fn write_texts(
    folder: &Path,
    force: bool,
    hits: impl Iterator<Item = Result<Hit, IndexError>>,
    around: &Surroundings,
) -> Outcome<()> {
    let folder = around.folder.join(folder);
    std::fs::create_dir_all(&folder).map_err(|e| {
        Failure::new(Exit::Usage, format!("不能建文件夹 {}：{e}", folder.display())).with_hint("换一个能写的地方")
    })?;
    let shown = report::Shown { marks: None, around: None, links: &Links::NONE };
    for hit in hits {
        let report = hit?.report;
        let target = Target::new(&folder.join(file_name(&report.article, report.id)), force, around)?;
        let mut text = Vec::new();
        report::write(&mut text, &report, shown, Style::PIPE)?;
        target.write(&text)?;
    }
    Ok(())
}

/// The most characters of a headline in the name of a file: a name may have 255 bytes, and a Han character takes three
/// or four.
const MOST_OF_TITLE: usize = 40;
/// The most characters of a page in it.
const MOST_OF_PAGE: usize = 8;

/// Returns the name of a report's file: date, page, headline, id. It is one name in any folder of any system, whatever
/// the headline holds, and no other report's.
fn file_name(article: &Article, id: ReportId) -> String {
    let date = article.date().map(|(date, _)| date.to_string());
    let page = article.page.as_deref().map(|page| safe(page, MOST_OF_PAGE));
    let title = article.title.as_deref().map(|title| safe(title, MOST_OF_TITLE));
    let parts = [date, page, title].into_iter().flatten().filter(|part| !part.is_empty());
    format!("{}.txt", parts.chain([id.to_string()]).collect::<Vec<_>>().join("_"))
}

/// Returns the beginning of a text without what may not stand in a name, or would not be seen in it.
fn safe(text: &str, most: usize) -> String {
    let is_kept = |c: &char| !r#"/\:*?"<>|"#.contains(*c) && *c != '\u{fffd}' && !('\u{2400}'..='\u{2421}').contains(c);
    let kept: String = harmless(text).chars().filter(is_kept).take(most).collect();
    // A name that begins with a full stop is hidden; one with a minus is taken for an option; Windows drops blanks and
    // full stops at the end.
    kept.trim_matches(|c: char| matches!(c, '.' | '-' | '~') || c.is_whitespace()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::PartialDate;
    use proptest::prelude::*;
    use std::path::Component;

    fn named(title: &str, page: &str) -> String {
        let article = Article { title: Some(title.into()), page: Some(page.into()), ..Article::default() };
        file_name(&article, ReportId::from_bits(7))
    }

    #[test]
    fn a_name_says_date_page_and_headline() {
        let article = Article {
            title: Some("石匣镇老人有了“第二食堂”".into()),
            page: Some("A02".into()),
            published: PartialDate::day_of(2026, 2, 25),
            ..Article::default()
        };
        let id = ReportId::from_bits(7);
        assert_eq!(file_name(&article, id), format!("2026-02-25_A02_石匣镇老人有了“第二食堂”_{id}.txt"));
        assert_eq!(file_name(&Article::default(), id), format!("{id}.txt"));
        assert_eq!(named("../../etc/passwd\u{0}", "-1"), format!("1_etcpasswd_{id}.txt"));
    }

    proptest! {
        #[test]
        fn no_headline_leads_out_of_the_folder(
            title in "[./\\\\:养\u{0}\u{202e}~ -]{0,12}|\\PC{0,90}",
            page in "[./0-9A-]{0,6}",
        ) {
            let name = named(&title, &page);
            let parts: Vec<_> = Path::new(&name).components().collect();
            prop_assert!(matches!(parts.as_slice(), [Component::Normal(_)]), "{}", name);
            prop_assert!(name.len() <= 255 && !name.starts_with(['.', '-', ' ', '~']), "{}", name);
            prop_assert!(!name.contains(['\\', ':', '\u{0}', '/']), "{}", name);
        }
    }
}
