//! The lines that a page shows, and which of them are the article.

use super::dom::Node;
use std::collections::HashMap;

/// A line as it is shown: what stands between two ends of blocks.
#[derive(Debug, Default, Clone)]
pub struct Line {
    /// Its text, blanks made one, none at the ends.
    pub text: String,
    /// The number of the first node of its text.
    pub at: usize,
    /// How many of its characters are links.
    linked: usize,
    /// How many characters it has.
    length: usize,
    /// 1 to 6 in a heading.
    pub heading: u8,
    /// Whether it stands in navigation, a footer, comments.
    pub aside: bool,
}

impl Line {
    /// What it speaks for being an article: its characters that are no links, where it is a sentence.
    fn weight(&self) -> usize {
        const SENTENCE: usize = 25;
        let own = self.length - self.linked.min(self.length);
        let is_sentence = self.text.contains(['。', '，', '！', '？', '；']) || own >= SENTENCE;
        if is_sentence && !self.aside && self.heading == 0 { own } else { 0 }
    }

    /// Whether it is mostly links.
    pub fn is_link(&self) -> bool {
        self.linked * 10 > self.length * 7
    }
}

/// Elements whose text is not shown.
const HIDDEN: &[&str] = &[
    "script", "style", "noscript", "template", "iframe", "select", "option", "button", "textarea", "title", "svg",
    "object", "head", "!",
];
/// Elements that stand in a line.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins", "kbd",
    "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr", "ruby", "rb", "rt", "rp", "input", "!", "o:p",
];
/// Elements that are never the article.
const ASIDE: &[&str] = &["nav", "footer", "aside", "form"];
/// Words that id and class of what is never the article begin with.
const ASIDE_WORDS: &[&str] = &[
    "nav",
    "menu",
    "foot",
    "copyright",
    "share",
    "bdshare",
    "comment",
    "pinglun",
    "related",
    "relate",
    "relevant",
    "recommend",
    "tuijian",
    "hot",
    "rank",
    "sidebar",
    "side",
    "aside",
    "advert",
    "banner",
    "breadcrumb",
    "crumb",
    "crumbs",
    "login",
    "search",
    "pager",
    "pagination",
    "qrcode",
    "toolbar",
    "friendlink",
    "links",
    "mbx",
    "weizhi",
    "topbar",
    "toplink",
    "statement",
    "disclaimer",
    "xgxw",
    "xgyd",
];
/// Elements that hold blocks.
const CONTAINERS: &[&str] = &[
    "html",
    "body",
    "div",
    "section",
    "article",
    "main",
    "table",
    "tbody",
    "tr",
    "td",
    "center",
    "form",
    "founder-content",
    "font",
    "span",
    "dl",
    "dd",
    "ul",
    "li",
    "header",
];

/// Returns the lines of a page in order.
pub fn lines(nodes: &[Node]) -> Vec<Line> {
    let mut reader = Reader { lines: Vec::new(), line: Line::default() };
    let mut closing: Vec<(usize, State)> = Vec::new();
    let mut state = State::default();
    for (number, node) in nodes.iter().enumerate() {
        while let Some((_, before)) = closing.pop_if(|(end, _)| *end <= number) {
            if state.is_block {
                reader.flush();
            }
            state = before;
        }
        if node.name.is_empty() {
            if !state.hidden {
                reader.text(&node.text, number, &state);
            }
            continue;
        }
        match node.name.as_str() {
            "br" | "hr" => reader.flush(),
            "td" | "th" if !reader.line.text.is_empty() => reader.line.text.push(' '),
            _ => {}
        }
        let is_block = !node.is_one_of(INLINE) && !node.is_one_of(&["td", "th", "br", "hr"]);
        if is_block {
            reader.flush();
        }
        if node.end > number + 1 {
            closing.push((node.end, state));
            state = State {
                is_block,
                hidden: state.hidden || node.is_one_of(HIDDEN) || is_hidden(node),
                linked: state.linked || node.name == "a",
                kept: state.kept || node.name == "pre",
                aside: state.aside || is_aside(node),
                heading: heading(&node.name).unwrap_or(if is_block { 0 } else { state.heading }),
            };
        }
    }
    reader.flush();
    let mut lines = reader.lines;
    // A page that is an aside as a whole is one whose names mean something else.
    if !lines.iter().any(|line| line.weight() > 0) {
        lines.iter_mut().for_each(|line| line.aside = false);
    }
    lines
}

#[derive(Debug, Clone, Copy, Default)]
struct State {
    is_block: bool,
    hidden: bool,
    linked: bool,
    /// Line ends of the text are line ends.
    kept: bool,
    aside: bool,
    heading: u8,
}

fn is_hidden(node: &Node) -> bool {
    let style = node.attribute("style").replace(' ', "").to_ascii_lowercase();
    style.contains("display:none") || node.attributes.iter().any(|(name, _)| name == "hidden")
}

fn is_aside(node: &Node) -> bool {
    if node.is_one_of(ASIDE) {
        return true;
    }
    let names = [node.attribute("id"), node.attribute("class")].map(str::to_ascii_lowercase);
    let mut words = names.iter().flat_map(|name| name.split(|c: char| !c.is_ascii_alphabetic()));
    !node.is_one_of(&["body", "html", "article", "main"])
        && words.any(|word| ASIDE_WORDS.iter().any(|aside| word.starts_with(aside)))
}

fn heading(name: &str) -> Option<u8> {
    let digit = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&digit).then_some(digit)
}

struct Reader {
    lines: Vec<Line>,
    line: Line,
}

impl Reader {
    fn text(&mut self, text: &str, number: usize, state: &State) {
        for (n, part) in text.split('\n').enumerate() {
            if n > 0 {
                if state.kept { self.flush() } else { self.blank() }
            }
            for c in part.chars() {
                if c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}' {
                    self.blank();
                    continue;
                }
                if self.line.length == 0 {
                    self.line.at = number;
                    self.line.heading = state.heading;
                    self.line.aside = state.aside;
                    self.line.text.clear();
                }
                self.line.text.push(c);
                self.line.length += 1;
                self.line.linked += usize::from(state.linked);
            }
        }
    }

    fn blank(&mut self) {
        if !self.line.text.is_empty() && !self.line.text.ends_with(' ') {
            self.line.text.push(' ');
        }
    }

    fn flush(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        if line.length > 0 {
            line.text.truncate(line.text.trim_end().len());
            self.lines.push(line);
        }
    }
}

/// Returns which lines the article is, half-open; nothing where the page has none.
pub fn article(nodes: &[Node], lines: &[Line]) -> std::ops::Range<usize> {
    let sums = Sums::of(lines);
    let all = sums.weight(0, nodes.len());
    if all == 0 {
        return 0..0;
    }
    let marked = marked(nodes).filter(|&(from, to)| sums.weight(from, to) * 4 >= all);
    let (from, to) = marked.unwrap_or_else(|| densest(nodes, &sums));
    sums.lines(from, to)
}

/// The text as the page itself marks it: between the marks of the publishing system of most Chinese papers, or in the
/// element that says that it is the text.
fn marked(nodes: &[Node]) -> Option<(usize, usize)> {
    let mark = |word: &str| nodes.iter().position(|node| node.name == "!" && node.text.trim() == word);
    if let (Some(from), Some(to)) = (mark("enpcontent"), mark("/enpcontent"))
        && from < to
    {
        return Some((from, to));
    }
    let says = |node: &Node| {
        node.attribute("itemprop").eq_ignore_ascii_case("articlebody")
            || node.name == "founder-content"
            || node.attribute("id").eq_ignore_ascii_case("ozoom")
    };
    let (number, node) = nodes.iter().enumerate().find(|(_, node)| says(node))?;
    Some((number, node.end))
}

/// The innermost element that holds nearly all of the text in sentences, in more than one line.
fn densest(nodes: &[Node], sums: &Sums<'_>) -> (usize, usize) {
    let mut children: HashMap<usize, Vec<usize>> = HashMap::new();
    for (number, node) in nodes.iter().enumerate().filter(|(n, node)| node.end > n + 1 && node.is_one_of(CONTAINERS)) {
        if node.parent != number {
            children.entry(node.parent).or_default().push(number);
        }
    }
    let weight = |number: usize| nodes.get(number).map_or(0, |node| sums.weight(number, node.end));
    let tops = nodes.iter().enumerate().filter(|(n, node)| node.parent == *n && node.end > n + 1).map(|(n, _)| n);
    let (mut from, mut to) = (0, nodes.len());
    let mut below: Vec<usize> = tops.collect();
    let heaviest = |below: &[usize]| below.iter().copied().max_by_key(|&n| (weight(n), std::cmp::Reverse(n)));
    while let Some(best) = heaviest(&below) {
        let end = nodes.get(best).map_or(best, |node| node.end);
        let is_one_of_many = sums.sentences(best, end) < 2 && sums.sentences(from, to) > 1;
        if weight(best) * 4 < sums.weight(from, to) * 3 || is_one_of_many {
            break;
        }
        (from, to) = (best, end);
        below = children.remove(&best).unwrap_or_default();
    }
    (from, to)
}

/// Weights of lines, summed from the first on.
struct Sums<'a> {
    lines: &'a [Line],
    weights: Vec<(usize, usize)>,
}

impl<'a> Sums<'a> {
    fn of(lines: &'a [Line]) -> Self {
        let mut sum = (0, 0);
        let mut weights = vec![sum];
        for line in lines {
            let weight = line.weight();
            sum = (sum.0 + weight, sum.1 + usize::from(weight > 0));
            weights.push(sum);
        }
        Self { lines, weights }
    }

    /// The lines that begin in nodes from one to before another.
    fn lines(&self, from: usize, to: usize) -> std::ops::Range<usize> {
        self.lines.partition_point(|line| line.at < from)..self.lines.partition_point(|line| line.at < to)
    }

    fn between(&self, from: usize, to: usize) -> (usize, usize) {
        let range = self.lines(from, to);
        let at = |place: usize| self.weights.get(place).copied().unwrap_or_default();
        let (start, end) = (at(range.start), at(range.end));
        (end.0.saturating_sub(start.0), end.1.saturating_sub(start.1))
    }

    fn weight(&self, from: usize, to: usize) -> usize {
        self.between(from, to).0
    }

    fn sentences(&self, from: usize, to: usize) -> usize {
        self.between(from, to).1
    }
}

/// Returns whether a line within the article belongs to its text: no navigation, no lists of links.
pub fn is_text(line: &Line) -> bool {
    !line.aside && !line.is_link()
}
