//! What the head of a page says of the article: meta tags, JSON-LD, and the properties that the publishing system of
//! most Chinese papers writes into a comment.

use super::dom::Node;
use serde_json::Value;

/// Names and values, the surest first.
pub type Named = Vec<(&'static str, String)>;

/// Names of meta tags in small letters, and the name of a record's field for each. The earlier row is the surer.
const META: &[(&str, &str)] = &[
    ("articletitle", "title"),
    ("og:title", "title"),
    ("twitter:title", "title"),
    ("article:published_time", "published"),
    ("og:published_time", "published"),
    ("datepublished", "published"),
    ("pubdate", "published"),
    ("publishdate", "published"),
    ("publish_date", "published"),
    ("publishtime", "published"),
    ("apub:time", "published"),
    ("og:release_date", "published"),
    ("weibo:article:create_at", "published"),
    ("weibo: article:create_at", "published"),
    ("contentsource", "source"),
    ("source", "source"),
    ("author", "author"),
    ("article:author", "author"),
    ("og:article:author", "author"),
    ("editor", "editor"),
    ("columnname", "column"),
    ("article:section", "column"),
    ("og:url", "url"),
    ("keywords", "keywords"),
    ("description", "description"),
    ("og:description", "description"),
    ("og:site_name", "site_name"),
    ("sitename", "site_name"),
];

/// Names of the properties in the comment of a digital paper.
const ENP: &[(&str, &str)] = &[
    ("title", "title"),
    ("introtitle", "引题"),
    ("subtitle", "副题"),
    ("author", "author"),
    ("date", "published"),
    ("keyword", "keywords"),
    ("nodename", "page"),
    ("papername", "paper"),
    ("sourcename", "source"),
];

/// Returns what a page says of its article.
pub fn read(nodes: &[Node]) -> Named {
    let mut named = Named::new();
    for node in nodes.iter().filter(|node| node.name == "!") {
        enp(&node.text, &mut named);
    }
    for pair in nodes.windows(2) {
        if let [script, text] = pair
            && script.name == "script"
            && script.attribute("type").trim().eq_ignore_ascii_case("application/ld+json")
        {
            json_ld(&text.text, &mut named);
        }
    }
    let metas: Vec<(String, &str)> = nodes.iter().filter(|node| node.name == "meta").filter_map(meta).collect();
    for (name, field) in META {
        let values = metas.iter().filter(|(own, _)| own == name).map(|(_, value)| value.trim());
        named.extend(values.filter(|value| !value.is_empty()).map(|value| (*field, value.to_owned())));
    }
    let canonical = nodes.iter().find(|n| n.name == "link" && n.attribute("rel").eq_ignore_ascii_case("canonical"));
    if let Some(address) = canonical.map(|link| link.attribute("href").trim()).filter(|a| !a.is_empty()) {
        named.push(("url", address.to_owned()));
    }
    named
}

fn meta(node: &Node) -> Option<(String, &str)> {
    let name = ["property", "name", "itemprop"].map(|kind| node.attribute(kind)).into_iter().find(|n| !n.is_empty())?;
    Some((name.trim().to_ascii_lowercase(), node.attribute("content")))
}

/// `<!--enpproperty <date>2031-02-03 00:00:00:000</date><title>…</title> …/enpproperty-->`
fn enp(comment: &str, named: &mut Named) {
    let Some(properties) = comment.trim_start().strip_prefix("enpproperty") else { return };
    for (name, field) in ENP {
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        let value = properties.split_once(&open).and_then(|(_, rest)| Some(rest.split_once(&close)?.0.trim()));
        let Some(value) = value.filter(|value| !value.trim_matches([',', ' ']).is_empty()) else { continue };
        let value = match *field {
            // 2031-02-03 00:00:00:000: the day is what is meant.
            "published" => Some(value.split(' ').next().unwrap_or_default().to_owned()),
            // A03：民生, 第03版
            "page" => super::stamp::page(&format!("第{}版", value.split(['：', ':', '版']).next().unwrap_or_default()))
                .or_else(|| super::stamp::page(value)),
            _ => Some(value.to_owned()),
        };
        named.extend(value.map(|value| (*field, value)));
    }
}

fn json_ld(text: &str, named: &mut Named) {
    let Ok(value) = serde_json::from_str::<Value>(text.trim()) else { return };
    let parts = match &value {
        Value::Array(list) => list.iter().collect(),
        Value::Object(object) => match object.get("@graph") {
            Some(Value::Array(list)) => list.iter().collect(),
            _ => vec![&value],
        },
        _ => Vec::new(),
    };
    let is_article = |part: &&Value| match part.get("@type") {
        Some(Value::String(name)) => is_article_type(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(is_article_type),
        _ => false,
    };
    let Some(article) = parts.into_iter().find(is_article) else { return };
    let text = |name: &str| article.get(name).and_then(texts).filter(|text| !text.is_empty());
    for (name, field) in [
        ("headline", "title"),
        ("datePublished", "published"),
        ("author", "author"),
        ("editor", "editor"),
        ("articleSection", "column"),
        ("keywords", "keywords"),
        ("articleBody", "articleBody"),
    ] {
        named.extend(text(name).map(|value| (field, value)));
    }
}

fn is_article_type(name: &str) -> bool {
    name.ends_with("Article") || name.ends_with("BlogPosting")
}

/// A text, the texts of a list, or the names of persons.
fn texts(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Object(object) => object.get("name").and_then(|name| Some(name.as_str()?.trim().to_owned())),
        Value::Array(list) => {
            // Not through themselves: a list in a list is no name.
            let names = list.iter().filter(|value| !value.is_array()).filter_map(texts);
            Some(names.collect::<Vec<_>>().join("、"))
        }
        _ => None,
    }
}
