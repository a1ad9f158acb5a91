//! Markdown, as writers and static sites keep it: front matter (YAML between `---`, TOML between `+++`), then text.
//!
//! A file is one report. What the front matter states are values of a record; marks of Markdown are taken off the text.

use super::{Unreadable, html};
use crate::corpus::record::{Record, Value, field_of, read_records};
use crate::corpus::{Known, Reading, Warning};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use saphyr_parser::Event as Yaml;
use std::borrow::Cow;

/// Front matter is not longer, in bytes.
const LONGEST_FRONT: usize = 64 << 10;

/// Returns whether a text has front matter that names a field of a report, or is called Markdown and has its headings.
pub fn sniff(text: &str, extension: &str) -> bool {
    let has_heading = || text.lines().take(200).any(|line| line.starts_with("# ") || line.starts_with("## "));
    let states = |front: &str, mark| {
        front.lines().any(|line| line.split_once(mark).is_some_and(|(name, _)| field_of(name.trim()).is_some()))
    };
    match parted(text) {
        Some((front, "---", _)) => states(front, ':'),
        Some((front, _, _)) => states(front, '='),
        None => matches!(extension, "md" | "markdown") && has_heading(),
    }
}

/// Front matter, its mark, and what follows.
fn parted(text: &str) -> Option<(&str, &'static str, &str)> {
    let text = text.trim_start_matches('\u{feff}');
    let mark =
        ["---", "+++"].into_iter().find(|mark| text.lines().next().is_some_and(|line| line.trim_end() == *mark))?;
    let start = text.find('\n')? + 1;
    let mut at = start;
    for line in text.get(start..)?.split_inclusive('\n') {
        if line.trim_end() == mark || (mark == "---" && line.trim_end() == "...") {
            return Some((text.get(start..at)?, mark, text.get(at + line.len()..)?));
        }
        at += line.len();
        if at - start > LONGEST_FRONT {
            return None;
        }
    }
    None
}

/// Reads a file as one report.
pub fn read(text: &str, known: &Known) -> Result<Reading, Unreadable> {
    let mut warnings = Vec::new();
    let (mut values, text) = match parted(text) {
        Some((front, mark, rest)) => {
            let values = if mark == "---" { yaml(front) } else { toml_values(front) };
            let values = values.unwrap_or_else(|| {
                warnings.push(Warning::at(1, "文件头不是正确的 YAML 或 TOML，没有取用"));
                vec![("front_matter".to_owned(), front.trim().to_owned())]
            });
            (values, rest)
        }
        None => (Vec::new(), text),
    };
    let (heading, lines) = lines(text);
    let has_title = values.iter().any(|(name, _)| name.eq_ignore_ascii_case("title") || name == "标题");
    match heading {
        Some(heading) if !has_title => values.push(("title".to_owned(), heading)),
        Some(heading) if !values.iter().any(|(_, value)| *value == heading) => {
            values.push(("heading".to_owned(), heading));
        }
        _ => {}
    }
    values.push(("body".to_owned(), lines.join("\n")));
    let values = values.into_iter().map(|(name, value)| (Cow::Owned(name), Value::Text(Cow::Owned(value))));
    let mut reading = read_records([Ok(Record { line: 1, values: values.collect() })], known);
    reading.warnings.splice(0..0, warnings);
    Ok(reading)
}

/// Reads the values of front matter in YAML; lists as one text. Aliases are not followed: they can be a bomb.
fn yaml(front: &str) -> Option<Vec<(String, String)>> {
    let mut values: Vec<(String, String)> = Vec::new();
    let mut depth = 0_usize;
    let mut name: Option<String> = None;
    for event in saphyr_parser::Parser::new_from_str(front) {
        match event.ok()?.0 {
            Yaml::MappingStart(..) | Yaml::SequenceStart(..) => depth += 1,
            Yaml::MappingEnd | Yaml::SequenceEnd => {
                depth = depth.saturating_sub(1);
                if depth == 1 {
                    name = None;
                }
            }
            Yaml::Scalar(text, ..) if depth == 1 && name.is_none() => {
                values.push((text.to_string(), String::new()));
                name = Some(text.to_string());
            }
            Yaml::Scalar(text, ..) => {
                if let Some((_, value)) = values.last_mut().filter(|_| name.is_some() && &*text != "~") {
                    if !value.is_empty() {
                        value.push('、');
                    }
                    value.push_str(&text);
                }
                if depth == 1 {
                    name = None;
                }
            }
            Yaml::Alias(_) if depth == 1 => name = None,
            _ => {}
        }
    }
    (!values.is_empty()).then_some(values)
}

fn toml_values(front: &str) -> Option<Vec<(String, String)>> {
    fn text(value: &toml::Value) -> String {
        match value {
            toml::Value::String(text) => text.clone(),
            toml::Value::Array(list) => list.iter().map(text).collect::<Vec<_>>().join("、"),
            toml::Value::Integer(number) => number.to_string(),
            toml::Value::Float(number) => number.to_string(),
            toml::Value::Boolean(is_true) => is_true.to_string(),
            toml::Value::Datetime(moment) => moment.to_string(),
            toml::Value::Table(table) => table.values().map(text).collect::<Vec<_>>().join("、"),
        }
    }
    let table: toml::Table = toml::from_str(front).ok()?;
    Some(table.iter().map(|(name, value)| (name.clone(), text(value))).collect())
}

/// Returns the first heading where the text begins with it, and the lines of the text.
fn lines(text: &str) -> (Option<String>, Vec<String>) {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut heading = None;
    let mut markup = String::new();
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let flush = |line: &mut String, lines: &mut Vec<String>| {
        let text = std::mem::take(line);
        if !text.trim().is_empty() {
            lines.push(text.trim().to_owned());
        }
    };
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                let mut parts = text.split('\n');
                line.push_str(parts.next().unwrap_or_default());
                for part in parts {
                    flush(&mut line, &mut lines);
                    line.push_str(part);
                }
            }
            // A line end within a paragraph is a blank, but not between Chinese characters.
            Event::SoftBreak if line.ends_with(|c: char| c.is_ascii() && !c.is_whitespace()) => line.push(' '),
            Event::HardBreak | Event::Rule => flush(&mut line, &mut lines),
            Event::Html(text) => markup.push_str(&text),
            Event::InlineHtml(text) if text.starts_with("<br") => flush(&mut line, &mut lines),
            Event::End(TagEnd::HtmlBlock) => {
                lines.extend(html::plain(&std::mem::take(&mut markup)).lines().map(str::to_owned));
            }
            Event::End(TagEnd::Heading(level)) => {
                let is_title = lines.is_empty() && heading.is_none() && level == HeadingLevel::H1;
                if is_title && !line.trim().is_empty() {
                    heading = Some(line.trim().to_owned());
                    line.clear();
                }
                flush(&mut line, &mut lines);
            }
            Event::End(TagEnd::TableCell) => line.push('\t'),
            Event::Start(Tag::Paragraph | Tag::Item | Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::List(_))
            | Event::End(
                TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::CodeBlock
                | TagEnd::TableRow
                | TagEnd::TableHead
                | TagEnd::BlockQuote(_),
            ) => flush(&mut line, &mut lines),
            _ => {}
        }
    }
    flush(&mut line, &mut lines);
    (heading, lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> crate::article::Article {
        assert!(sniff(text, "md"), "{text}");
        read(text, &Known::default()).unwrap().articles.remove(0)
    }

    #[test]
    fn front_matter_states_what_the_text_does_not() {
        for front in [
            "---\ntitle: \"河灯会开幕\"\ndate: 2031-02-03 08:00\nauthor: 陆远\ntags: [河灯, 新河]\n---\n",
            "+++\ntitle = \"河灯会开幕\"\ndate = 2031-02-03\nauthor = \"陆远\"\ntags = [\"河灯\", \"新河\"]\n+++\n",
        ] {
            let article =
                one(&format!("{front}\n**河灯**点亮，\n人很多。\n\n- 其一\n- 其二\n\n<div><p>附记。</p></div>\n"));
            let body: Vec<_> = article.body.iter().map(|p| p.text.as_str()).collect();
            assert_eq!(article.title.as_deref(), Some("河灯会开幕"));
            assert_eq!(body, ["河灯点亮，人很多。", "其一", "其二", "附记。"]);
            assert_eq!(article.byline.authors, ["陆远"]);
            assert_eq!(article.published.unwrap().to_string(), "2031-02-03");
            assert_eq!(article.extra.get("tags").map(String::as_str), Some("河灯、新河"));
        }
    }

    #[test]
    fn without_front_matter_the_first_heading_is_the_title() {
        let article =
            one("# 河灯会开幕\n\n河灯点亮。\n\n## 幕后\n\n匠人手工扎制。\n\n| 甲 | 乙 |\n|--|--|\n| 1 | 2 |\n");
        let body: Vec<_> = article.body.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(article.title.as_deref(), Some("河灯会开幕"));
        assert_eq!(body, ["河灯点亮。", "幕后", "匠人手工扎制。", "甲\t乙", "1\t2"]);
    }

    #[test]
    fn a_page_with_dashes_is_no_markdown() {
        for text in ["---\n河灯会开幕\n---\n本报讯", "河灯会开幕\n---\n本报讯", "---\n标题：河灯会\n", "# 号楼"]
        {
            assert!(!sniff(text, "txt"), "{text}");
        }
    }

    #[test]
    fn bombs_and_nests_are_harmless() {
        let bomb = "---\ntitle: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: [*b,*b]\n---\n河灯。";
        assert!(read(bomb, &Known::default()).is_ok());
        for deep in [">".repeat(20_000), "- ".repeat(5_000), "*".repeat(20_000), "[".repeat(20_000)] {
            let _ = read(&format!("# x\n{deep}河灯"), &Known::default());
        }
        let front = format!("---\ntitle: {}\n---\n河灯", "[".repeat(10_000));
        let _ = read(&front, &Known::default());
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "(---\n)?[#>*_`\\[\\]()|:\n~ -河灯a]{0,60}(\n---\n)?\\PC{0,20}") {
            let _ = read(&text, &Known::default());
        }
    }
}
