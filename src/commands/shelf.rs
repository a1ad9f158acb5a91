//! What users keep for themselves beside their settings: saved searches and words that mean the same.
//!
//! Both are short texts that people may edit, beside the configuration file and not beside an index: an index is a
//! cache, which may be deleted, lie on a read-only medium or be one of several, while these are the user's own work.
//! Each is replaced whole or not at all.

use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::index::layout::write_whole;
use crate::query::vocabulary::{MOST_TERMS, Vocabulary};
use crate::query::{Parsed, parse_with};
use crate::text::fold::fold;
use chrono::NaiveDate;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::{fs, io};

/// Saved searches: a line each, the name, a tab, the query.
const SEARCHES: &str = "searches.txt";
/// Words that mean the same: a line a group, `=` between them.
const WORDS: &str = "words.txt";
/// What parts the words of a group.
const EQUALS: [char; 2] = ['=', '＝'];

/// Returns the file of a name, which is in the folder of the configuration file.
fn file(name: &str, around: &Surroundings) -> Option<PathBuf> {
    let config = around.folder.join(around.settings.file.as_ref()?);
    Some(config.parent()?.join(name))
}

/// Returns the lines of a file with their numbers, without blank ones and remarks; none where there is no file.
fn lines(name: &str, around: &Surroundings) -> Outcome<(PathBuf, Vec<(usize, String)>)> {
    let Some(path) = file(name, around) else { return Ok((PathBuf::new(), Vec::new())) };
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => {
            return Err(Failure::new(Exit::Usage, format!("不能读 {}：{error}", path.display()))
                .with_hint("检查文件的权限，它应当是 UTF-8 文字"));
        }
    };
    let lines = (1..).zip(text.lines().map(str::trim)).filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    Ok((path, lines.map(|(number, line)| (number, line.to_owned())).collect()))
}

fn write(name: &str, text: &str, around: &Surroundings) -> Outcome<PathBuf> {
    let path = file(name, around).ok_or_else(|| {
        Failure::new(Exit::Usage, "不知道该写在哪里：没有用户文件夹").with_hint("用 XUNWEN_CONFIG 指明设置文件")
    })?;
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| write_whole(&path, text.as_bytes()));
    written.map_err(|error| {
        Failure::new(Exit::Usage, format!("不能写入 {}：{error}", path.display())).with_hint("检查文件夹的权限")
    })?;
    Ok(path)
}

/// Reads the saved searches, by name.
///
/// # Errors
/// With the line, when the file cannot be read or a line is no search.
pub fn searches(around: &Surroundings) -> Outcome<BTreeMap<String, String>> {
    let (path, lines) = lines(SEARCHES, around)?;
    let search = |(number, line): (usize, String)| match line.split_once('\t') {
        Some((name, query)) => Ok((name.trim().to_owned(), query.trim().to_owned())),
        None => Err(Failure::new(Exit::Usage, format!("{}:{number}：不是“名字<制表符>检索式”", path.display()))
            .with_hint("改正或删去这一行")),
    };
    lines.into_iter().map(search).collect()
}

/// Keeps the saved searches; returns where.
///
/// # Errors
/// When they cannot be written.
pub fn keep_searches(searches: &BTreeMap<String, String>, around: &Surroundings) -> Outcome<PathBuf> {
    let lines: String = searches.iter().map(|(name, query)| format!("{name}\t{query}\n")).collect();
    write(SEARCHES, &lines, around)
}

/// Reads the groups of words that mean the same.
///
/// # Errors
/// With the line, when the file cannot be read or a line is no group.
pub fn words(around: &Surroundings) -> Outcome<Vec<Vec<String>>> {
    let (path, lines) = lines(WORDS, around)?;
    let group = |(number, line): (usize, String)| {
        group(&line).map_err(|why| {
            Failure::new(Exit::Usage, format!("{}:{number}：{why}", path.display())).with_hint("改正或删去这一行")
        })
    };
    lines.into_iter().map(group).collect()
}

/// Keeps the groups; returns where.
///
/// # Errors
/// When they cannot be written.
pub fn keep_words(groups: &[Vec<String>], around: &Surroundings) -> Outcome<PathBuf> {
    let lines: String = groups.iter().map(|group| group.join("=") + "\n").collect();
    write(WORDS, &lines, around)
}

/// Reads a group, `高新区=高新技术产业开发区`.
///
/// # Errors
/// One sentence, when it is none.
pub fn group(text: &str) -> Result<Vec<String>, String> {
    let mut group = Vec::<String>::new();
    for word in text.split(EQUALS).map(str::trim) {
        if fold(word).is_empty() {
            return Err(format!("“{text}”里有一个空的词"));
        }
        if !group.iter().any(|other| fold(other) == fold(word)) {
            group.push(word.to_owned());
        }
    }
    if group.len() < 2 {
        return Err(format!("“{text}”里要有两个不同的词"));
    }
    Ok(group)
}

/// A user's own searches and words, as a query needs them.
pub struct Own {
    searches: BTreeMap<String, String>,
    words: Vec<Vec<String>>,
    today: NaiveDate,
    /// The searches that are being read, each within the one before.
    within: RefCell<Vec<String>>,
}

impl Own {
    /// Reads what a query may need.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(around: &Surroundings, today: NaiveDate, query: &str, with_words: bool) -> Outcome<Self> {
        let searches = if query.contains(['@', '＠']) { searches(around)? } else { BTreeMap::new() };
        let words = if with_words { words(around)? } else { Vec::new() };
        Ok(Self { searches, words, today, within: RefCell::default() })
    }

    /// The same with other searches, as they would be.
    #[must_use]
    pub fn with_searches(self, searches: BTreeMap<String, String>) -> Self {
        Self { searches, ..self }
    }
}

impl Vocabulary for Own {
    fn saved(&self, name: &str) -> Result<Option<Parsed>, String> {
        let Some(text) = self.searches.get(name) else { return Ok(None) };
        if self.within.borrow().iter().any(|outer| outer == name) {
            let chain: Vec<String> =
                self.within.borrow().iter().map(String::as_str).chain([name]).map(|name| format!("@{name}")).collect();
            return Err(format!("保存的检索用到了自己：{}", chain.join(" → ")));
        }
        self.within.borrow_mut().push(name.to_owned());
        let parsed = parse_with(text, self.today, self);
        self.within.borrow_mut().pop();
        let parsed = parsed.map_err(|error| {
            let is_told = error.message.starts_with("保存的检索");
            if is_told { error.message } else { format!("保存的检索 @{name} 读不懂：{}", error.message) }
        })?;
        if parsed.query.terms().len() > MOST_TERMS {
            return Err(format!("保存的检索 @{name} 展开以后太长（最多 {MOST_TERMS} 个检索词）"));
        }
        Ok(Some(parsed))
    }

    fn alternatives(&self, word: &str) -> Vec<String> {
        let folded = fold(word);
        let mut others = Vec::<String>::new();
        for group in self.words.iter().filter(|group| group.iter().any(|own| fold(own) == folded)) {
            for own in group.iter().filter(|own| fold(own) != folded) {
                if !others.iter().any(|other| fold(other) == fold(own)) {
                    others.push(own.clone());
                }
            }
        }
        others
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(searches: &[(&str, &str)]) -> Own {
        let searches = searches.iter().map(|&(name, query)| (name.to_owned(), query.to_owned())).collect();
        Own { searches, words: Vec::new(), today: NaiveDate::MIN, within: RefCell::default() }
    }

    #[test]
    fn a_search_that_leads_back_to_itself_is_told_with_its_way() {
        let own = own(&[("甲", "养老 @乙"), ("乙", "托育 | @丙"), ("丙", "-@甲"), ("己", "@己")]);
        let error = parse_with("@甲", NaiveDate::MIN, &own).unwrap_err();
        assert_eq!(error.message, "保存的检索用到了自己：@甲 → @乙 → @丙 → @甲");
        assert!(parse_with("@己", NaiveDate::MIN, &own).is_err());
    }

    #[test]
    fn searches_that_double_each_other_end_at_a_limit() {
        let names: Vec<String> = (0..40).map(|n| format!("n{n}")).collect();
        let queries: Vec<String> = (1..=40).map(|n| format!("@n{n} | @n{n} 养老")).collect();
        let pairs: Vec<_> = names.iter().map(String::as_str).zip(queries.iter().map(String::as_str)).collect();
        let mut pairs = pairs;
        pairs[39] = ("n39", "养老");
        let error = parse_with("@n0", NaiveDate::MIN, &own(&pairs)).unwrap_err();
        assert!(error.message.contains("太长"), "{error:?}");
    }

    #[test]
    fn a_group_has_two_words_at_the_least() {
        assert_eq!(
            group("高新区 ＝ 高新技术产业开发区=高新區"),
            Ok(vec!["高新区".into(), "高新技术产业开发区".into()])
        );
        assert!(group("高新区").is_err() && group("高新区=").is_err() && group("AI=ＡＩ").is_err());
    }
}
