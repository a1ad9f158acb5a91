//! The configuration file, TOML, line by line.

use super::INDEXES;
use crate::exit::{Exit, Failure, Outcome};
use std::path::Path;
use std::{fs, io};
use toml::de::{DeTable, DeValue};

/// Something that the file sets.
pub struct Line {
    /// Its line, from 1.
    pub number: usize,
    /// The table that it stands in.
    pub table: Option<String>,
    /// What is set.
    pub name: String,
    /// To what.
    pub value: String,
}

/// Returns the text of the file; `None` where there is none and need not be.
///
/// # Errors
/// When it cannot be read.
pub fn text(path: &Path, must_be_there: bool) -> Outcome<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound && !must_be_there => Ok(None),
        Err(error) => Err(Failure::new(Exit::Usage, format!("不能读设置 {}：{error}", path.display()))
            .with_hint("XUNWEN_CONFIG 要写一个能读的文件；不写就用 xunwen config path 所说的那个")),
    }
}

/// Reads the text of the file. Which keys there are, and which values they have, is not known here.
///
/// # Errors
/// With the line, when it is no TOML, or a value is neither text nor number.
pub fn lines(path: &Path, text: &str) -> Outcome<Vec<Line>> {
    let number = |at: usize| text.bytes().take(at).filter(|&byte| byte == b'\n').count() + 1;
    let wrong = |at: usize, message: String, hint: String| {
        Failure::new(Exit::Usage, format!("{}:{}：{message}", path.display(), number(at))).with_hint(hint)
    };
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let message = format!("不是正确的 TOML（{}）", error.message());
        wrong(at, message, "中文的名字要写在引号里；写法的样子：xunwen config example".to_owned())
    })?;
    let mut lines = Vec::new();
    for (name, value) in table.get_ref() {
        let at = name.span().start;
        let name = name.get_ref().to_string();
        match (name.as_str(), value.get_ref()) {
            (INDEXES, DeValue::Table(inner)) => {
                for (own, value) in inner {
                    let at = own.span().start;
                    let DeValue::String(value) = value.get_ref() else {
                        let message = format!("{INDEXES} 里 {} 的值要写成 \"文件夹\"", own.get_ref());
                        return Err(wrong(at, message, "例如 \"旧报\" = \"~/旧报/index\"".to_owned()));
                    };
                    let (own, value) = (own.get_ref().to_string(), value.to_string());
                    lines.push(Line { number: number(at), table: Some(name.clone()), name: own, value });
                }
            }
            (INDEXES, _) => {
                let message = format!("{INDEXES} 要写成一段，一行一个名字");
                return Err(wrong(at, message, format!("例如 [{INDEXES}] 之下写 \"旧报\" = \"~/旧报/index\"")));
            }
            (_, value) => {
                let value = match value {
                    DeValue::String(text) => text.to_string(),
                    DeValue::Integer(number) => number.to_string(),
                    DeValue::Boolean(truth) => truth.to_string(),
                    // A table under a name that is no key is told as that.
                    DeValue::Table(_) => String::new(),
                    DeValue::Float(_) | DeValue::Datetime(_) | DeValue::Array(_) => {
                        let message = format!("{name} 的值要写成一个数或引号里的文字");
                        let example =
                            super::KEYS.iter().find(|key| key.name == name).map_or("\"…\"", |key| key.example);
                        return Err(wrong(at, message, format!("例如 {name} = {example}")));
                    }
                };
                lines.push(Line { number: number(at), table: None, name, value });
            }
        }
    }
    // Of several faults the first line is told, whatever order the names have.
    lines.sort_by_key(|line| line.number);
    Ok(lines)
}
