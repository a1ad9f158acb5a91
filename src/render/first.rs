//! Where a word stands first: its first report, the first with it in the headline, how many a year.

use super::hits::write_hit;
use super::json::{VERSION, hit_json, write_line};
use super::timeline::Shown;
use super::{Links, Paint, Style};
use crate::index::Found;
use serde_json::{Value, json};
use std::io::{self, Write};

/// What is shown.
#[derive(Debug, Clone, Copy)]
pub struct First<'a> {
    /// The oldest report that matches.
    pub first: &'a Found,
    /// The oldest with it in the headline.
    pub in_title: &'a Found,
    /// How many a year.
    pub years: Shown<'a>,
}

impl First<'_> {
    /// Writes it for people.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write(&self, out: &mut dyn Write, links: &Links, style: Style) -> io::Result<()> {
        for (label, found, none) in
            [("最早的一篇", self.first, "没有找到"), ("最早见于标题", self.in_title, "没有标题里有它的报道")]
        {
            writeln!(out, "{}", style.coloured(Paint::Label, label))?;
            match found.hits.first() {
                Some(hit) => write_hit(out, hit, links, style)?,
                None => writeln!(out, "{none}")?,
            }
            writeln!(out)?;
        }
        writeln!(out, "{}", style.coloured(Paint::Label, "每年篇数"))?;
        self.years.write(out, style)
    }

    /// Writes it as one JSON object.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let hit = |found: &Found| -> serde_json::Result<Value> {
            found.hits.first().map_or(Ok(Value::Null), |hit| serde_json::to_value(hit_json(None, hit, false)))
        };
        let (query, canonical) = self.years.query;
        write_line(
            out,
            &json!({
                "v": VERSION, "query": query, "canonical": canonical, "total": self.first.total,
                "first": hit(self.first)?, "first_in_title": hit(self.in_title)?, "years": self.years.periods_json(),
            }),
        )
    }
}
