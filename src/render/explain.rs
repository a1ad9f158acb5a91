//! Why hits are in their order, for people and as JSON.

use super::wrap::wrapped;
use super::{Paint, Style};
use crate::index::{Explanation, Found, Step};
use crate::text::width::width;
use serde::Serialize;
use std::io::{self, Write};

/// The explanation as JSON carries it.
#[derive(Serialize)]
pub struct ExplanationJson<'a> {
    steps: Vec<StepJson<'a>>,
    words: Vec<WordJson<'a>>,
    hits: Vec<ScoreJson<'a>>,
}

#[derive(Serialize)]
struct StepJson<'a> {
    query: &'a str,
    total: u64,
}

#[derive(Serialize)]
struct WordJson<'a> {
    word: &'a str,
    rarity: f64,
}

#[derive(Serialize)]
struct ScoreJson<'a> {
    id: String,
    score: f64,
    recency: f64,
    parts: Vec<PartJson<'a>>,
}

#[derive(Serialize)]
struct PartJson<'a> {
    signal: &'static str,
    text: Option<&'a str>,
    worth: f64,
}

/// Returns the explanation of what was found as JSON carries it.
#[must_use]
pub fn json<'a>(explanation: &'a Explanation, found: &Found) -> ExplanationJson<'a> {
    let hits = found.hits.iter().zip(&explanation.scores).map(|(hit, score)| ScoreJson {
        id: hit.report.id.to_string(),
        score: score.score,
        recency: score.recency,
        parts: score
            .parts
            .iter()
            .map(|(step, text, worth)| PartJson { signal: names(*step).0, text: text.as_deref(), worth: *worth })
            .collect(),
    });
    ExplanationJson {
        steps: explanation.steps.iter().map(|(query, total)| StepJson { query, total: *total }).collect(),
        words: explanation.words.iter().map(|(word, rarity)| WordJson { word, rarity: *rarity }).collect(),
        hits: hits.collect(),
    }
}

/// Writes the explanation of what was found for people.
///
/// # Errors
/// When the writer fails.
pub fn write(
    out: &mut dyn Write,
    explanation: &Explanation,
    found: &Found,
    canonical: &str,
    style: Style,
) -> io::Result<()> {
    if found.total > 0 {
        writeln!(out)?;
    }
    writeln!(out, "{}{}", style.coloured(Paint::Dim, "检索式  "), style.safe(canonical))?;
    for (query, total) in &explanation.steps {
        writeln!(out, "   {}  {total} 篇", style.safe(query))?;
    }
    if !explanation.words.is_empty() {
        let words = explanation.words.iter().map(|(word, rarity)| format!("{} {rarity:.2}", style.safe(word)));
        let words: Vec<_> = words.collect();
        writeln!(out, "{}{}", style.coloured(Paint::Dim, "词与稀有程度  "), words.join("，"))?;
    }
    for (hit, score) in found.hits.iter().zip(&explanation.scores) {
        let parts = score.parts.iter().map(|(step, text, worth)| {
            let text = text.as_deref().map(|text| format!("“{}”", style.safe(text))).unwrap_or_default();
            format!("{}{text} {worth:.2}", names(*step).1)
        });
        let parts: Vec<_> = parts.collect();
        let recency = if score.recency > 1.0 { format!("，× 新近 {:.3}", score.recency) } else { String::new() };
        let (head, sum) = (format!("{}. {:.2} = ", hit.rank, score.score), format!("{}{recency}", parts.join(" + ")));
        let indent = " ".repeat(width(&head));
        let sum = wrapped(&[(Paint::Plain, &sum)], &indent, style);
        writeln!(out, "{head}{}", sum.strip_prefix(&indent).unwrap_or(&sum))?;
    }
    Ok(())
}

/// Returns what a part of a score is called in JSON and for people.
fn names(step: Step) -> (&'static str, &'static str) {
    match step {
        Step::Word(_) => ("word", "词"),
        Step::Typed(_) => ("as_typed", "原文"),
        Step::EarlyTyped => ("early_as_typed", "原文靠前"),
        Step::Close => ("close", "相距近"),
        Step::Pairs => ("pairs", "两字相连"),
        Step::EarlyWords => ("early_words", "词靠前"),
        Step::EarlyPairs => ("early_pairs", "两字靠前"),
        Step::Characters => ("characters", "单字"),
        Step::Lead => ("lead", "开头的字"),
        Step::Runs => ("runs", "整段相同"),
        Step::Numbers => ("numbers", "数字和西文"),
        Step::Short => ("short", "篇幅短"),
    }
}
