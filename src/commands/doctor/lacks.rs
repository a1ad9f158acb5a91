//! What reports lack, or say twice and otherwise: not the index's fault, but worth a look at the source.

use crate::article::{Article, Kind, PartialDate};
use crate::corpus::{Known, path::read_path};
use crate::index::Report;
use crate::render::Style;
use crate::render::hits::untitled;
use std::io::{self, Write};

/// How many of each sort are listed where not all are asked for.
const USUAL: usize = 5;

/// The reports of each sort: those whose dates differ, those without a date, those without a headline.
pub struct Lacks {
    sorts: [Sort; 3],
    most: usize,
}

/// Reports of one sort.
struct Sort {
    label: &'static str,
    count: u64,
    /// Each with its file, line, id and what is to be said of it: the first in this order.
    first: Vec<(String, u32, String, String)>,
}

impl Lacks {
    /// Begins a list, of the first few or of all.
    pub fn new(all: bool) -> Self {
        let sort = |label| Sort { label, count: 0, first: Vec::new() };
        let most = if all { usize::MAX } else { USUAL };
        Self { sorts: ["日期有出入", "没有日期", "没有标题"].map(sort), most }
    }

    /// Looks at a report.
    pub fn look_at(&mut self, report: &Report) {
        let article = &report.article;
        let named = || match (&article.title, article.body.first()) {
            (Some(title), _) => title.clone(),
            (None, Some(paragraph)) => paragraph.text.chars().take(24).collect::<String>() + "…",
            (None, None) => untitled(article).to_owned(),
        };
        let said = [
            conflict(article, &report.file),
            article.date().is_none().then(named),
            // Briefs and captions have none by their nature.
            (article.title.is_none() && article.kind == Kind::Article).then(named),
        ];
        for (sort, said) in self.sorts.iter_mut().zip(said) {
            let Some(said) = said else { continue };
            sort.count += 1;
            sort.first.push((report.file.clone(), article.line, report.id.to_string(), said));
            if sort.first.len() / 2 >= self.most {
                sort.keep(self.most);
            }
        }
    }

    /// Says in a line how many there are.
    pub fn summary(&self) -> String {
        let [conflicts, undated, untitled] = self.sorts.each_ref().map(|sort| format!("{} {}", sort.label, sort.count));
        format!("{undated}，{untitled}，{conflicts}")
    }

    /// Writes them.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write(&mut self, out: &mut dyn Write, style: Style) -> io::Result<()> {
        for sort in self.sorts.iter_mut().filter(|sort| sort.count > 0) {
            sort.keep(self.most);
            writeln!(out, "{} {} 篇：", sort.label, sort.count)?;
            for (file, line, id, said) in &sort.first {
                writeln!(out, "  {}:{line}  {id}  {}", style.safe(file), style.safe(said))?;
            }
            if (sort.first.len() as u64) < sort.count {
                writeln!(out, "  ……其余 {} 篇，--all 列出全部", sort.count - sort.first.len() as u64)?;
            }
        }
        Ok(())
    }
}

impl Sort {
    fn keep(&mut self, most: usize) {
        self.first.sort_unstable();
        self.first.truncate(most);
    }
}

/// Says where the dates of a report cannot all be right: a dateline or an event after the day of publication, or a path
/// that names another day. One day is let pass: a web stamp is often of the evening before.
fn conflict(article: &Article, file: &str) -> Option<String> {
    let published = article.published?;
    let basis =
        |field: &str| article.basis.get(field).map(|basis| format!("（据{}）", basis.label())).unwrap_or_default();
    let later = |field: &str, label: &str, date: Option<PartialDate>| {
        let date = date.filter(|date| (date.first_day() - published.last_day()).num_days() > 1)?;
        Some(format!("见报日期 {published}{}，{label} {date}{}", basis("published"), basis(field)))
    };
    let mut of_path = Known::default();
    read_path(file, &mut of_path);
    let of_path = of_path.issue_date.map(|(date, _)| date).filter(|date| {
        let (after, before) = (date.first_day() - published.last_day(), published.first_day() - date.last_day());
        after.max(before).num_days() > 1
    });
    later("dateline_date", "电头日期", article.dateline_date)
        .or_else(|| later("event_date", "事件日期", article.event_date))
        .or_else(|| Some(format!("见报日期 {published}{}，路径里是 {}", basis("published"), of_path?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dated(published: &str, dateline: &str, event: &str) -> Article {
        let [published, dateline_date, event_date] = [published, dateline, event].map(PartialDate::parse);
        Article { published, dateline_date, event_date, ..Article::default() }
    }

    #[test]
    fn dates_that_cannot_all_be_right_are_said() {
        let path = "报/20260227-A01.txt";
        for (article, said) in [
            (dated("2026-02-27", "2026-02-26", "2026-02-26"), None),
            (dated("2026-02-26", "", ""), None),
            (dated("2026-02", "2026-02-27", ""), None),
            (dated("", "2026-03-30", ""), None),
            (dated("2026-02-27", "2026-03-02", ""), Some("见报日期 2026-02-27，电头日期 2026-03-02")),
            (dated("2026-02-27", "", "2027-02-26"), Some("见报日期 2026-02-27，事件日期 2027-02-26")),
            (dated("2025-02-27", "", ""), Some("见报日期 2025-02-27，路径里是 2026-02-27")),
        ] {
            assert_eq!(conflict(&article, path).as_deref(), said);
        }
    }
}
