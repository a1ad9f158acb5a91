//! The words that set reports apart: for people, JSON, CSV.

use super::csv::{self, Value};
use super::table::{self, Cell};
use super::{Paint, Style};
use crate::index::{Distinctive, DistinctiveWord};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct TermsJson<'a> {
    v: u32,
    query: &'a str,
    canonical: &'a str,
    total: u64,
    held: u64,
    words: Vec<WordJson<'a>>,
}

#[derive(Serialize)]
struct WordJson<'a> {
    word: &'a str,
    within: u64,
    all: u64,
    weight: f64,
}

/// Writes them for people.
///
/// # Errors
/// When the writer fails.
pub fn write(out: &mut dyn Write, found: &Distinctive, style: Style) -> io::Result<()> {
    let most = found.words.first().map_or(1.0, |word| word.weight);
    let row = |word: &DistinctiveWord| {
        vec![
            Cell::Text(Paint::Word, word.word.clone()),
            Cell::Number(word.within.to_string()),
            Cell::Number(word.all.to_string()),
            Cell::Number(format!("{:.0}", word.weight)),
            Cell::Bar(word.weight / most),
        ]
    };
    if !found.words.is_empty() {
        let header = ["词", "其中", "全部", "G²"].map(str::to_owned);
        table::write(out, &header, &found.words.iter().map(row).collect::<Vec<_>>(), style)?;
    }
    writeln!(out, "{}", style.coloured(Paint::Dim, &summary(found)))
}

/// Says in a line what was compared.
#[must_use]
pub fn summary(found: &Distinctive) -> String {
    let none = if found.words.is_empty() { "，没有明显更常见的词" } else { "" };
    format!("{} 篇与其余 {} 篇相比{none}", found.total, found.held.saturating_sub(found.total))
}

/// Writes them as one JSON object.
///
/// # Errors
/// When the writer fails.
pub fn write_json(out: &mut dyn Write, found: &Distinctive, query: (&str, &str)) -> io::Result<()> {
    let words = found.words.iter().map(word_json).collect();
    let (total, held) = (found.total, found.held);
    let (query, canonical) = query;
    super::json::write_line(out, &TermsJson { v: super::json::VERSION, query, canonical, total, held, words })
}

/// Writes a word a line as JSON.
///
/// # Errors
/// When the writer fails.
pub fn write_jsonl(out: &mut dyn Write, found: &Distinctive) -> io::Result<()> {
    found.words.iter().try_for_each(|word| super::json::write_line(out, &word_json(word)))
}

/// Writes them as CSV.
///
/// # Errors
/// When the writer fails.
pub fn write_csv(out: &mut dyn Write, found: &Distinctive, bom: bool) -> io::Result<()> {
    let rows = found.words.iter().map(|word| {
        let weight = Value::Measure(word.weight, 3);
        vec![Value::Text(word.word.clone()), Value::Number(word.within), Value::Number(word.all), weight]
    });
    csv::write(out, bom, &["word", "within", "all", "weight"], rows)
}

fn word_json(word: &DistinctiveWord) -> WordJson<'_> {
    let weight = (word.weight * 1000.0).round() / 1000.0;
    WordJson { word: &word.word, within: word.within, all: word.all, weight }
}
