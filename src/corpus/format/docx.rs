//! Word files (`.docx`): paragraphs, tables a row a line, footnotes at the end; what is struck out by tracked changes is
//! left out.
//!
//! A file whose first paragraph is set as a heading, and no other is, is one report. Any other may be a page of many
//! and is read as page text is.

use super::xml::{Xml, walk};
use super::{Unreadable, office, text};
use crate::corpus::record::{Record, Value, read_records};
use crate::corpus::{Known, Reading, Warning};
use std::borrow::Cow;
use std::collections::HashSet;

/// The part of the file that holds the text.
pub const DOCUMENT: &str = "word/document.xml";

/// Reads a file.
pub fn read(bytes: &[u8], known: &Known) -> Result<Reading, Unreadable> {
    let damaged = || Unreadable::Malformed("Word 文件已损坏，或者不完整".to_owned());
    let document = office::part(bytes, DOCUMENT)?.ok_or_else(damaged)?;
    let headings = office::part(bytes, "word/styles.xml")?.map(|styles| headings(&styles)).unwrap_or_default();
    let mut reader = Paragraphs::default();
    let fault = walk(&document, |xml| reader.take(xml)).err();
    if let Some(notes) = office::part(bytes, "word/footnotes.xml")? {
        let _ = walk(&notes, |xml| reader.take(xml));
    }
    let paragraphs = reader.done;
    let is_heading = |paragraph: &Paragraph| headings.contains(&paragraph.style);
    let mut reading = match paragraphs.split_first() {
        None => Reading::default(),
        Some((first, rest)) if is_heading(first) && !rest.is_empty() && !rest.iter().any(is_heading) => {
            let body: Vec<&str> = rest.iter().map(|paragraph| paragraph.text.as_str()).collect();
            let value = |text: &str| Value::Text(Cow::Owned(text.to_owned()));
            let values =
                vec![(Cow::Borrowed("title"), value(&first.text)), (Cow::Borrowed("body"), value(&body.join("\n")))];
            read_records([Ok(Record { line: 1, values })], known)
        }
        Some(_) => {
            let lines: Vec<&str> = paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
            text::read(&lines.join("\n"), known)?
        }
    };
    reading.warnings.extend(fault.map(|fault| Warning::of_file(format!("Word 文件没有读完：{fault}"))));
    Ok(reading)
}

/// The ids of the styles that headlines have.
fn headings(styles: &str) -> HashSet<String> {
    let mut found = HashSet::new();
    let mut id = String::new();
    let _ = walk(styles, |xml| {
        if let Xml::Start(name, attributes) = xml {
            let get = |wanted: &str| attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
            match name.as_str() {
                "style" => id = get("styleId").unwrap_or_default(),
                "name" => {
                    let name = get("val").unwrap_or_default().to_lowercase();
                    if matches!(name.as_str(), "title" | "heading 1" | "标题" | "标题 1") {
                        found.insert(id.clone());
                    }
                }
                _ => {}
            }
        }
    });
    found
}

#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    style: String,
}

#[derive(Default)]
struct Paragraphs {
    done: Vec<Paragraph>,
    /// The open paragraphs: one in a text box stands within another.
    open: Vec<Paragraph>,
    /// The cells so far of the open rows.
    rows: Vec<String>,
    is_text: bool,
    /// How many elements are open whose text is passed over.
    left_out: usize,
}

/// Elements whose text was struck out, stands there twice, or is no text.
const LEFT_OUT: &[&str] = &["del", "moveFrom", "Fallback", "rPrChange", "pPrChange"];

impl Paragraphs {
    fn take(&mut self, xml: Xml) {
        match xml {
            Xml::Start(name, _) if LEFT_OUT.contains(&name.as_str()) => self.left_out += 1,
            Xml::End(name) if LEFT_OUT.contains(&name.as_str()) => self.left_out = self.left_out.saturating_sub(1),
            _ if self.left_out > 0 => {}
            Xml::Start(name, attributes) => match name.as_str() {
                "p" => self.open.push(Paragraph::default()),
                "pStyle" => {
                    let style = attributes.into_iter().find(|(name, _)| name == "val").map(|(_, value)| value);
                    if let (Some(paragraph), Some(style)) = (self.open.last_mut(), style) {
                        paragraph.style = style;
                    }
                }
                "tr" => self.rows.push(String::new()),
                "t" => self.is_text = true,
                "tab" if !self.open.is_empty() => self.add("\t"),
                "br" | "cr" => self.end_line(),
                "noBreakHyphen" => self.add("-"),
                _ => {}
            },
            Xml::End(name) => match name.as_str() {
                "t" => self.is_text = false,
                "p" => {
                    self.end_line();
                    self.open.pop();
                }
                "tc" => {
                    if let Some(row) = self.rows.last_mut() {
                        row.truncate(row.trim_end_matches(' ').len());
                        row.push('\t');
                    }
                }
                "tr" => {
                    let row = self.rows.pop().unwrap_or_default();
                    let text = row.trim_end_matches('\t').to_owned();
                    match self.rows.last_mut() {
                        Some(outer) => outer.push_str(&text),
                        None if !text.trim().is_empty() => {
                            self.done.push(Paragraph { text, style: String::new() });
                        }
                        None => {}
                    }
                }
                _ => {}
            },
            Xml::Text(text) if self.is_text => self.add(&text),
            Xml::Text(_) => {}
        }
    }

    fn add(&mut self, text: &str) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.text.push_str(text);
        }
    }

    /// Ends a line: of a cell it is a part, else a paragraph.
    fn end_line(&mut self) {
        let Some(paragraph) = self.open.last_mut() else { return };
        let text = std::mem::take(&mut paragraph.text);
        let style = paragraph.style.clone();
        match self.rows.last_mut() {
            Some(row) if !text.trim().is_empty() => {
                row.push_str(text.trim());
                row.push(' ');
            }
            Some(_) => {}
            None if !text.trim().is_empty() => {
                self.done.push(Paragraph { text: text.replace(['\n', '\r'], " "), style });
            }
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write as _};
    use zip::write::{SimpleFileOptions, ZipWriter};

    fn docx(body: &str) -> Vec<u8> {
        let styles = r#"<w:styles><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style></w:styles>"#;
        let document = format!("<?xml version=\"1.0\"?><w:document><w:body>{body}</w:body></w:document>");
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in [("[Content_Types].xml", "<x/>"), (DOCUMENT, &document), ("word/styles.xml", styles)] {
            writer.start_file(name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn p(text: &str) -> String {
        format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
    }

    #[test]
    fn a_file_under_one_heading_is_one_report() {
        let heading = r#"<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>河灯会开幕</w:t></w:r></w:p>"#;
        let body = format!(
            "{heading}{}<w:p><w:r><w:t>人很</w:t></w:r><w:del><w:r><w:delText>少</w:delText></w:r></w:del><w:ins><w:r>\
             <w:t>多。</w:t></w:r></w:ins></w:p><w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
            p("本报讯(记者陆远)2月2日，河灯点亮。"),
            p("甲"),
            p("3 &lt; 4")
        );
        let bytes = docx(&body);
        let reading = read(&bytes, &Known::default()).unwrap();
        assert_eq!(reading.articles.len(), 1);
        let article = &reading.articles[0];
        let body: Vec<_> = article.body.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(article.title.as_deref(), Some("河灯会开幕"));
        assert_eq!(body, ["本报讯(记者陆远)2月2日，河灯点亮。", "人很多。", "甲\t3 < 4"]);
        assert_eq!(article.byline.reporters, ["陆远"]);
        for end in (0..bytes.len()).step_by(7) {
            let _ = read(&bytes[..end], &Known::default());
        }
    }

    #[test]
    fn a_file_without_headings_is_a_page() {
        let body = [
            "河灯会开幕",
            "本报讯(记者陆远)2月2日，河灯点亮，两万人观灯。",
            "夜校开班",
            "本报讯(记者苏帆)2月3日，夜校开班。",
        ];
        let reading = read(&docx(&body.map(p).concat()), &Known::default()).unwrap();
        let titles: Vec<_> = reading.articles.iter().map(|article| article.title.as_deref()).collect();
        assert_eq!(titles, [Some("河灯会开幕"), Some("夜校开班")]);
    }
}
