//! Hits as Markdown (CommonMark), to be put into notes: a heading a hit, what it is, its passages with their matches
//! in bold.

use super::columns::edition;
use super::hits::untitled;
use crate::article::Role;
use crate::index::{Hit, Snippet};
use std::io::{self, Write};

/// Writes a hit.
///
/// # Errors
/// When the writer fails.
pub fn write_hit(out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
    let article = &hit.report.article;
    let title = hit.snippets.iter().find(|snippet| snippet.field == "title");
    let title = match (title, &article.title) {
        (Some(title), _) => marked(title),
        (None, Some(title)) => plain(title.trim()),
        (None, None) => untitled(article).to_owned(),
    };
    // A number with a full stop would begin a list.
    writeln!(out, "### {}\\. {title}\n", hit.rank)?;
    let mut parts: Vec<String> = article.date().map(|(date, _)| date.to_string()).into_iter().collect();
    let edition = edition(article);
    if !edition.is_empty() {
        parts.push(plain(&edition.join(" ")));
    }
    for (role, label) in [(Role::Reporter, "记者"), (Role::Correspondent, "通讯员"), (Role::Photographer, "摄影")]
    {
        let names = article.byline.of(role);
        if !names.is_empty() {
            parts.push(format!("{label} {}", plain(&names.join("、"))));
        }
    }
    parts.push(format!("`{}`", hit.report.id));
    writeln!(out, "{}\n", parts.join(" · "))?;
    for snippet in hit.snippets.iter().filter(|snippet| snippet.field != "title") {
        let (before, after) = (if snippet.cut.0 { "…" } else { "" }, if snippet.cut.1 { "…" } else { "" });
        writeln!(out, "> {before}{}{after}\n", marked(snippet))?;
    }
    Ok(())
}

/// Returns a snippet with its marks in bold.
fn marked(snippet: &Snippet) -> String {
    let piece = |from: usize, to: usize| plain(snippet.text.get(from..to).unwrap_or_default());
    let mut text = String::new();
    let mut at = 0;
    // Two that touch are one: asterisks between them would be read as something else.
    for touching in snippet.marks.chunk_by(|a, b| a.byte_end == b.byte_start) {
        let (Some(first), Some(last)) = (touching.first(), touching.last()) else { continue };
        text.push_str(&piece(at, first.byte_start));
        text.push_str(&bold(&piece(first.byte_start, last.byte_end)));
        at = last.byte_end;
    }
    text.push_str(&piece(at, snippet.text.len()));
    // Four blanks at the beginning would make it code.
    text.trim().to_owned()
}

/// Asterisks only bear upon words: beside punctuation they are asterisks, and tags are not.
fn bold(text: &str) -> String {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let bare = is_word(text.chars().next()) && is_word(text.chars().next_back());
    if bare { format!("**{text}**") } else { format!("<b>{text}</b>") }
}

/// Returns text of others as text that Markdown shows as it is, on one line.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '!' | '$' => out.extend(['\\', c]),
            '+' | '-' | '.' | ')' | '=' if out.chars().all(|c| c.is_ascii_digit()) => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::samples;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Parser};

    #[test]
    fn a_hit_is_a_heading_a_line_and_its_passages() {
        let mut out = Vec::new();
        let mut hit = samples::hit();
        hit.report.article.title = Some("1. *开张* <i>".into());
        write_hit(&mut out, &hit).unwrap();
        let id = hit.report.id;
        assert_eq!(
            String::from_utf8(out).unwrap(),
            format!(
                "### 2\\. 1\\. \\*开张\\* &lt;i&gt;\n\n2026-02-04 · 云岭日报 A02版 · 记者 付凯明、李慧敏 · `{id}`\n\n> 本报讯 **社区食堂**昨天开张。…\n\n"
            )
        );
    }

    proptest! {
        #[test]
        fn a_reader_of_markdown_gets_every_text_back(text in "[-=+*_#`<>&\\[\\]()!|~$.1养a\n ]{1,24}") {
            let shown: String = text.trim().chars().map(|c| if c == '\n' { ' ' } else { c }).collect();
            let mut read = String::new();
            for event in Parser::new(&plain(text.trim())) {
                match event {
                    Event::Text(text) => read.push_str(&text),
                    Event::Start(_) | Event::End(_) => {}
                    other => prop_assert!(false, "{:?}", other),
                }
            }
            prop_assert_eq!(read, shown);
        }
    }
}
