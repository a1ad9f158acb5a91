//! XML as its readers need it: elements by their local names, and text with its references resolved.
//!
//! References that a file defines itself are never expanded, so that they can be no bomb.

use crate::corpus::limits::DEEPEST_MARKUP;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

/// What stands in a file, one after the other.
#[derive(Debug, PartialEq, Eq)]
pub enum Xml {
    /// The beginning of an element: its name without prefix, its attributes the same way.
    Start(String, Vec<(String, String)>),
    /// The end of an element.
    End(String),
    /// Text; a reference breaks it in two.
    Text(String),
}

/// Calls for everything in a file in order. What could be read before a fault has been called for.
///
/// # Errors
/// One sentence, when it is no XML, breaks off, or is nested too deep.
pub fn walk(text: &str, mut each: impl FnMut(Xml)) -> Result<(), String> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    reader.config_mut().check_end_names = true;
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                depth += 1;
                if depth > DEEPEST_MARKUP {
                    return Err(format!("XML 嵌套超过 {DEEPEST_MARKUP} 层"));
                }
                each(start(&tag));
            }
            Ok(Event::Empty(tag)) => {
                let name = local(tag.local_name().as_ref());
                each(start(&tag));
                each(Xml::End(name));
            }
            Ok(Event::End(tag)) => {
                depth = depth.saturating_sub(1);
                each(Xml::End(local(tag.local_name().as_ref())));
            }
            Ok(Event::Text(text)) => each(Xml::Text(text.xml10_content().into_owned())),
            Ok(Event::CData(text)) => each(Xml::Text(text.xml10_content().into_owned())),
            Ok(Event::GeneralRef(reference)) => {
                let name = reference.xml10_content();
                let text = match reference.resolve_char_ref() {
                    Ok(Some(c)) => c.to_string(),
                    _ => resolve_predefined_entity(&name).map_or_else(|| format!("&{name};"), str::to_owned),
                };
                each(Xml::Text(text));
            }
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            Ok(Event::Eof) if depth == 0 => return Ok(()),
            Ok(Event::Eof) => return Err("XML 没有写完".to_owned()),
            Err(_) => {
                let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
                let line = text.as_bytes().iter().take(at).filter(|&&byte| byte == b'\n').count() + 1;
                return Err(format!("不是正确的 XML（第 {line} 行）"));
            }
        }
    }
}

fn start(tag: &BytesStart<'_>) -> Xml {
    let mut all = tag.attributes();
    let attributes = all.with_checks(false).flatten().map(|attribute| {
        let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
        (local(attribute.key.local_name().as_ref()), value.map(std::borrow::Cow::into_owned).unwrap_or_default())
    });
    Xml::Start(local(tag.local_name().as_ref()), attributes.collect())
}

fn local<T: AsRef<[u8]> + ?Sized>(name: &T) -> String {
    String::from_utf8_lossy(name.as_ref()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(text: &str) -> (String, Result<(), String>) {
        let mut all = String::new();
        let done = walk(text, |xml| {
            if let Xml::Text(text) = xml {
                all.push_str(&text);
            }
        });
        (all, done)
    }

    #[test]
    fn references_are_resolved_but_not_those_of_the_file() {
        let bomb = "<!DOCTYPE a [<!ENTITY b \"xxxx\"><!ENTITY c \"&b;&b;&b;\">]><a>&lt;&#27827;&c;<![CDATA[<]]></a>";
        assert_eq!(text_of(bomb), ("<河&c;<".to_owned(), Ok(())));
    }

    #[test]
    fn what_is_too_deep_or_broken_ends_with_one_sentence() {
        for text in ["<a>".repeat(100_000), "<a><b></a>".to_owned(), "<a>\n<b>河灯".to_owned(), "<a <".to_owned()] {
            assert!(text_of(&text).1.is_err());
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[<>/a&;#x\"'=!\\[\\]-]{0,40}|\\PC{0,30}") {
            let _ = text_of(&text);
        }
    }
}
