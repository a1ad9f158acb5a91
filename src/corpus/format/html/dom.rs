//! The elements and texts of an HTML page as one flat list in the order of the page.
//!
//! Not the tree that a browser builds: no element is moved, only what is left open is closed. Whatever the nesting, the
//! work is linear and nothing is recursive.

use crate::corpus::limits::DEEPEST_MARKUP;
use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// An element, or a text.
#[derive(Debug, Default)]
pub struct Node {
    /// The element's name in small letters; empty for a text.
    pub name: String,
    /// Its attributes, names in small letters.
    pub attributes: Vec<(String, String)>,
    /// The text of a text; the content of a comment named `!`.
    pub text: String,
    /// The number of the element around it; its own number for what stands in none.
    pub parent: usize,
    /// The number behind the last node within it.
    pub end: usize,
}

impl Node {
    /// Returns the value of an attribute, empty where there is none.
    pub fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
    }

    /// Whether it is an element of one of these names.
    pub fn is_one_of(&self, names: &[&str]) -> bool {
        names.contains(&self.name.as_str())
    }
}

/// Elements that hold nothing.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// Elements that the next of their own kind closes, and where the looking for an open one ends.
const CLOSED_BY_THE_NEXT: &[(&str, &[&str], &[&str])] = &[
    ("p", &["p"], &["td", "th", "div", "li", "body", "blockquote", "section", "article"]),
    ("li", &["li"], &["ul", "ol"]),
    ("dt", &["dt", "dd"], &["dl"]),
    ("dd", &["dt", "dd"], &["dl"]),
    ("tr", &["tr"], &["table"]),
    ("td", &["td", "th"], &["tr", "table"]),
    ("th", &["td", "th"], &["tr", "table"]),
    ("option", &["option"], &["select"]),
];
/// Elements that close an open paragraph.
const ENDS_PARAGRAPH: &[&str] = &[
    "div",
    "ul",
    "ol",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "header",
    "footer",
    "nav",
    "aside",
    "blockquote",
    "pre",
    "form",
    "dl",
    "figure",
    "main",
];
/// An end tag with nothing to end looks for it no further up.
const FARTHEST: usize = 64;

/// Reads a page.
pub fn parse(text: &str) -> Vec<Node> {
    let mut emitter = CallbackEmitter::new(Tags::default());
    emitter.naively_switch_states(true);
    let mut builder = Builder::default();
    for event in Tokenizer::new_with_emitter(text, emitter).flatten() {
        match event {
            Event::Start(tag, self_closing) => builder.start(tag, self_closing),
            Event::End(name) => builder.end(&name),
            Event::Other(node) => builder.add(node),
        }
    }
    builder.close_to(0);
    builder.nodes
}

enum Event {
    Start(Node, bool),
    End(String),
    Other(Node),
}

/// The start tag being read.
#[derive(Default)]
struct Tags(Node);

impl Callback<Event, ()> for Tags {
    fn handle_event(&mut self, event: CallbackEvent<'_>, _: Span<()>) -> Option<Event> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match event {
            CallbackEvent::OpenStartTag { name } => self.0 = Node { name: text(name), ..Node::default() },
            CallbackEvent::AttributeName { name } => self.0.attributes.push((text(name), String::new())),
            CallbackEvent::AttributeValue { value } => {
                if let Some((_, last)) = self.0.attributes.last_mut() {
                    *last = text(value);
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                return Some(Event::Start(std::mem::take(&mut self.0), self_closing));
            }
            CallbackEvent::EndTag { name } => return Some(Event::End(text(name))),
            CallbackEvent::String { value } => {
                return Some(Event::Other(Node { text: text(value), ..Node::default() }));
            }
            CallbackEvent::Comment { value } => {
                let name = "!".to_owned();
                return Some(Event::Other(Node { name, text: text(value), ..Node::default() }));
            }
            CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
        None
    }
}

#[derive(Default)]
struct Builder {
    nodes: Vec<Node>,
    /// The numbers of the open elements, outermost first.
    open: Vec<usize>,
}

impl Builder {
    fn start(&mut self, tag: Node, self_closing: bool) {
        if ENDS_PARAGRAPH.contains(&tag.name.as_str()) {
            self.close_nearest(&["p"], &["td", "th", "div", "li", "body", "section", "article"]);
        } else if let Some((_, closed, until)) = CLOSED_BY_THE_NEXT.iter().find(|(name, ..)| *name == tag.name) {
            self.close_nearest(closed, until);
        }
        let is_void = VOID.contains(&tag.name.as_str()) || self_closing;
        // What is nested deeper still keeps its text, in the last element that is not too deep.
        let opens = !is_void && self.open.len() < DEEPEST_MARKUP;
        self.add(tag);
        if opens {
            self.open.push(self.nodes.len() - 1);
        }
    }

    fn add(&mut self, node: Node) {
        let number = self.nodes.len();
        let parent = self.open.last().copied().unwrap_or(number);
        self.nodes.push(Node { parent, end: number + 1, ..node });
    }

    fn end(&mut self, name: &str) {
        self.close_nearest(&[name], &[]);
    }

    /// Closes the nearest open element of these names, with what is open in it, unless one of the others is nearer.
    fn close_nearest(&mut self, names: &[&str], until: &[&str]) {
        for (place, &number) in self.open.iter().enumerate().rev().take(FARTHEST) {
            let Some(node) = self.nodes.get(number) else { return };
            if node.is_one_of(names) {
                self.close_to(place);
                return;
            }
            if node.is_one_of(until) {
                return;
            }
        }
    }

    fn close_to(&mut self, depth: usize) {
        let end = self.nodes.len();
        for number in self.open.drain(depth.min(self.open.len())..) {
            if let Some(node) = self.nodes.get_mut(number) {
                node.end = end;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> String {
        let nodes = parse(text);
        let words = nodes.iter().enumerate().map(|(n, node)| {
            let name = if node.name.is_empty() { node.text.trim() } else { &node.name };
            format!("{name}<{}", if node.parent == n { "-" } else { nodes[node.parent].name.as_str() })
        });
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_left_open_is_closed() {
        assert_eq!(shape("<div><p>甲<p>乙</div>丙"), "div<- p<div 甲<p p<div 乙<p 丙<-");
        assert_eq!(shape("<ul><li>甲<li>乙<ul><li>丙</ul></ul>"), "ul<- li<ul 甲<li li<ul 乙<li ul<li li<ul 丙<li");
        assert_eq!(
            shape("<table><tr><td>甲<td>乙<tr><td>丙"),
            "table<- tr<table td<tr 甲<td td<tr 乙<td tr<table td<tr 丙<td"
        );
        assert_eq!(shape("甲</b><br>乙</p>"), "甲<- br<- 乙<-");
    }

    #[test]
    fn scripts_are_no_elements_and_entities_are_characters() {
        let nodes = parse("<script>if (a<b) '<p>'</script><p title=\"&quot;甲\">&#27827;&nbsp;&hellip;</p>");
        assert_eq!(nodes[1].text, "if (a<b) '<p>'");
        assert_eq!((nodes[2].attribute("title"), nodes[3].text.as_str()), ("\"甲", "河\u{a0}…"));
    }

    #[test]
    fn nesting_of_any_depth_is_read_in_linear_time_and_loses_no_text() {
        for tag in ["div", "p", "b", "table", "ul><li"] {
            let deep = format!("{}河灯{}", format!("<{tag}>").repeat(20_000), "</div>".repeat(20_000));
            assert!(parse(&deep).iter().any(|node| node.text == "河灯"), "{tag}");
        }
    }
}
