//! RSS and Atom: an item is a record. The text of an item is HTML as a rule, and is kept a line a paragraph.

use super::xml::{Xml, walk};
use super::{Unreadable, html};
use crate::corpus::record::{Record, Value, read_records};
use crate::corpus::{Known, Reading, Warning};
use std::borrow::Cow;

/// Names of an item's elements, and the name of a record's field for each; of two for one field the earlier is taken.
const ELEMENTS: &[(&str, &str)] = &[
    ("guid", "id"),
    ("id", "id"),
    ("title", "title"),
    ("encoded", "body"),
    ("content", "body"),
    ("description", "body"),
    ("summary", "body"),
    ("pubDate", "published"),
    ("published", "published"),
    ("date", "published"),
    ("updated", "published"),
    ("creator", "author"),
    ("author", "author"),
    ("source", "source"),
    ("link", "url"),
    ("category", "category"),
];

/// Returns whether a text is a feed: its first element is one of a feed.
pub fn sniff(text: &str, _: &str) -> bool {
    let head = super::head(text, 4096);
    let mut rest = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    while let Some(inner) = rest.strip_prefix("<?").or_else(|| rest.strip_prefix("<!")) {
        let end = if inner.starts_with("--") { "-->" } else { ">" };
        let Some((_, after)) = inner.split_once(end) else { return false };
        rest = after.trim_start();
    }
    ["<rss", "<feed", "<rdf:RDF"].iter().any(|root| {
        rest.strip_prefix(root).is_some_and(|after| after.starts_with(|c: char| c.is_whitespace() || c == '>'))
    })
}

/// Reads every item.
pub fn read(text: &str, known: &Known) -> Result<Reading, Unreadable> {
    let mut items = Items::default();
    let fault = walk(text, |xml| items.take(xml)).err();
    if items.done.is_empty()
        && let Some(fault) = &fault
    {
        return Err(Unreadable::Malformed(fault.clone()));
    }
    let channel = items.channel;
    let records = items.done.into_iter().map(|item| {
        let mut values: Vec<(Cow<'_, str>, Value<'_>)> = Vec::new();
        for (element, field) in ELEMENTS {
            let Some((_, value)) = item.iter().find(|(name, value)| name == element && !value.trim().is_empty()) else {
                continue;
            };
            let name = if values.iter().any(|(own, _)| own == field) { element } else { field };
            let value = if *field == "body" { html::plain(value) } else { value.trim().to_owned() };
            values.push((Cow::Borrowed(name), Value::Text(Cow::Owned(value))));
        }
        if !channel.trim().is_empty() {
            values.push((Cow::Borrowed("channel"), Value::Text(Cow::Owned(channel.trim().to_owned()))));
        }
        Ok(Record { line: 1, values })
    });
    let mut reading = read_records(records, known);
    // What stands before a fault is whole.
    reading.failed.extend(fault.map(Warning::of_file));
    Ok(reading)
}

/// The items read so far: the values of each, by the names of its elements.
#[derive(Default)]
struct Items {
    done: Vec<Vec<(String, String)>>,
    channel: String,
    /// The open elements.
    path: Vec<String>,
    /// How many elements were open when the item began.
    item: Option<usize>,
    /// The elements of markup within a value are written out again.
    values: Vec<(String, String)>,
}

impl Items {
    fn take(&mut self, xml: Xml) {
        match xml {
            Xml::Start(name, attributes) => {
                self.path.push(name.clone());
                match self.item {
                    None if name == "item" || name == "entry" => {
                        self.item = Some(self.path.len());
                        self.values.clear();
                        let about = attributes.into_iter().find(|(name, _)| name == "about");
                        self.values.extend(about.map(|(_, value)| ("guid".to_owned(), value)));
                    }
                    Some(depth) if self.path.len() == depth + 1 => {
                        let get = |wanted: &str| attributes.iter().find(|(name, _)| name == wanted).map(|(_, v)| v);
                        let is_page = get("rel").is_none_or(|rel| rel == "alternate");
                        let value = match name.as_str() {
                            "link" if is_page => get("href").cloned().unwrap_or_default(),
                            "category" => get("term").cloned().unwrap_or_default(),
                            _ => String::new(),
                        };
                        self.values.push((name, value));
                    }
                    // Markup that is not escaped (type="xhtml"), and the name of an author.
                    Some(_) if !matches!(name.as_str(), "name" | "uri" | "email") => self.add(&format!("<{name}>")),
                    _ => {}
                }
            }
            Xml::End(name) => {
                if self.item == Some(self.path.len()) {
                    self.item = None;
                    self.done.push(std::mem::take(&mut self.values));
                } else if self.item.is_some_and(|depth| self.path.len() > depth + 1)
                    && !matches!(name.as_str(), "name" | "uri" | "email")
                {
                    self.add(&format!("</{name}>"));
                }
                self.path.pop();
            }
            Xml::Text(text) => {
                let is_channel = self.item.is_none()
                    && self.path.last().is_some_and(|name| name == "title")
                    && self.path.len() == if self.path.first().is_some_and(|root| root == "feed") { 2 } else { 3 };
                if is_channel {
                    self.channel.push_str(&text);
                } else if self.item.is_some_and(|depth| self.path.len() > depth)
                    && !self.path.last().is_some_and(|name| matches!(name.as_str(), "uri" | "email"))
                {
                    self.add(&text);
                }
            }
        }
    }

    fn add(&mut self, text: &str) {
        if let Some((_, value)) = self.values.last_mut() {
            value.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RSS: &str = r#"<?xml version="1.0" encoding="utf-8"?><!-- x --><rss version="2.0"><channel><title>新河网</title>
        <item><title><![CDATA[河灯会开幕]]></title><link>http://a/1</link><guid>g1</guid>
        <pubDate>Mon, 03 Feb 2031 08:00:00 +0800</pubDate><dc:creator>陆远</dc:creator>
        <description>&lt;p&gt;河灯点亮&amp;hellip;&lt;/p&gt;&lt;p&gt;人很多。&lt;/p&gt;</description></item>
        <item><title>夜校</title><description>开班。</description></item></channel></rss>"#;

    #[test]
    fn an_item_is_a_record() {
        assert!(sniff(RSS, ""));
        let reading = read(RSS, &Known::default()).unwrap();
        let article = &reading.articles[0];
        let body: Vec<_> = article.body.iter().map(|p| p.text.as_str()).collect();
        assert_eq!((article.key.as_deref(), article.title.as_deref()), (Some("g1"), Some("河灯会开幕")));
        assert_eq!(body, ["河灯点亮…", "人很多。"]);
        assert_eq!(article.byline.authors, ["陆远"]);
        assert_eq!(article.published.unwrap().to_string(), "2031-02-03");
        assert_eq!(article.extra.get("channel").map(String::as_str), Some("新河网"));
        assert_eq!(reading.articles.len(), 2);
    }

    #[test]
    fn atom_is_read_the_same() {
        let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>新河网</title><entry><id>e1</id><title>河灯会</title>
            <link rel="edit" href="x"/><link href="http://a/1"/><published>2031-02-03T08:00:00Z</published>
            <author><name>陆远</name><email>a@b</email></author>
            <content type="xhtml"><div><p>河灯点亮。</p><p>人很多。</p></div></content></entry></feed>"#;
        assert!(sniff(atom, ""));
        let reading = read(atom, &Known::default()).unwrap();
        let article = &reading.articles[0];
        assert_eq!((article.body.len(), article.byline.authors.as_slice()), (2, &["陆远".to_owned()][..]));
        assert_eq!(article.key.as_deref(), Some("e1"));
    }

    #[test]
    fn a_feed_that_breaks_off_keeps_what_is_whole() {
        let cut = &RSS[..RSS.find("<title>夜校").unwrap()];
        let reading = read(cut, &Known::default()).unwrap();
        assert_eq!((reading.articles.len(), reading.failed.len()), (1, 1));
    }
}
