//! What users set once and for all: the table of keys, the configuration file, and the defaults that come of it.
//!
//! Flags stand above the environment, the environment above the file, the file above what is built in. A key becomes
//! the default of the flags that it stands for, so that there is one place where a flag is read.

mod file;

use super::search::{CopiesArg, LoosenArg, SortArg};
use super::shared::parse_size;
use crate::exit::{Exit, Failure, Outcome};
use crate::text::nearest::nearest;
use crate::ui::{Colour, Hyperlinks};
use clap::{Command, ValueEnum};
use file::Line;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// A row of the table of keys.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The name, in the file; in the environment `XUNWEN_` and the same in capitals.
    pub name: &'static str,
    /// What holds where nobody says; empty where that is nothing.
    pub default: &'static str,
    /// What it sets.
    pub sets: &'static str,
    /// What it sets, in English.
    pub gloss: &'static str,
    /// A value that shows how it is written, in TOML.
    pub example: &'static str,
    /// The flags whose default it is: command, empty for every one, and the name of the argument.
    flags: &'static [(&'static str, &'static str)],
    /// Returns what is wrong with a value.
    check: fn(&str) -> Result<(), String>,
}

/// The table.
pub const KEYS: &[Key] = &[
    key("index", "", "索引所在的文件夹，或 @名字；不写就从这里往上找", "the index", "\"~/报纸/index\"", &[], any),
    key("color", "auto", "何时用颜色", "colours", "\"never\"", &[("", "color")], one_of::<Colour>),
    key(
        "hyperlinks",
        "auto",
        "何时把标题做成指向文件的链接",
        "links to the files",
        "\"never\"",
        &[("", "hyperlinks")],
        one_of::<Hyperlinks>,
    ),
    key(
        "pager",
        "less -FRX",
        "超过一屏用什么看；\"\" 是不分页",
        "the pager; \"\" for none",
        "\"less -R\"",
        &[],
        |_| Ok(()),
    ),
    key("limit", "10", "search 给出多少篇", "hits of a search", "20", &[], number),
    key("sort", "best", "search 的次序", "order of a search", "\"newest\"", &[("search", "sort")], one_of::<SortArg>),
    key(
        "copies",
        "fold",
        "转载的同一篇怎样给出；show 是都给出",
        "copies of one text",
        "\"show\"",
        &[],
        one_of::<CopiesArg>,
    ),
    key(
        "loosen",
        "auto",
        "没有原文时改不改找其中的词",
        "loosened searches",
        "\"never\"",
        &[("search", "loosen")],
        one_of::<LoosenArg>,
    ),
    key(
        "jobs",
        "",
        "读入、重建用多少线程；不写就有几个核用几个",
        "threads",
        "2",
        &[("ingest", "jobs"), ("rebuild", "jobs")],
        threads,
    ),
    key(
        "memory",
        "256M",
        "读入、重建用多少内存",
        "memory",
        "\"512M\"",
        &[("ingest", "memory"), ("rebuild", "memory")],
        |text| parse_size(text).map(|_| ()),
    ),
];

/// The table of the file that gives indexes their names.
pub const INDEXES: &str = "indexes";
/// How the names of variables begin.
const PREFIX: &str = "XUNWEN_";
/// Colours are unwelcome in every program of the user (<https://no-color.org>).
const NO_COLOR: &str = "NO_COLOR";

const fn key(
    name: &'static str,
    default: &'static str,
    sets: &'static str,
    gloss: &'static str,
    example: &'static str,
    flags: &'static [(&'static str, &'static str)],
    check: fn(&str) -> Result<(), String>,
) -> Key {
    Key { name, default, sets, gloss, example, flags, check }
}

impl Key {
    /// Returns the variable that sets it.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("{PREFIX}{}", self.name.to_ascii_uppercase())
    }
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// It is built in.
    Default,
    /// A line of the file, from 1.
    File(PathBuf, usize),
    /// A variable.
    Environment(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("默认"),
            Self::File(path, line) => write!(f, "{}:{line}", path.display()),
            Self::Environment(name) => write!(f, "环境变量 {name}"),
        }
    }
}

/// Where settings are read from.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The file, where there is a place for one.
    pub file: Option<PathBuf>,
    /// Whether the user named it, so that it must be there.
    pub is_stated: bool,
    /// The variables that are set, by name.
    pub variables: BTreeMap<String, String>,
    /// The user's own folder, which `~` stands for.
    pub home: Option<PathBuf>,
}

/// What is set.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// By key, where it is not left as built in.
    stated: BTreeMap<&'static str, (String, Origin)>,
    /// Indexes by name.
    indexes: BTreeMap<String, (PathBuf, Origin)>,
}

impl Settings {
    /// Reads the file and the environment.
    ///
    /// # Errors
    /// With the place, when the file cannot be read, or a key or a value is none.
    pub fn read(sources: &Sources) -> Outcome<Self> {
        let mut settings = Self::default();
        if let Some(path) = &sources.file
            && let Some(text) = file::text(path, sources.is_stated)?
        {
            settings.take_file(path, &text, sources.home.as_deref())?;
        }
        settings.take_environment(&sources.variables)?;
        Ok(settings)
    }

    fn take_file(&mut self, path: &Path, text: &str, home: Option<&Path>) -> Outcome<()> {
        for Line { number, table, name, value } in file::lines(path, text)? {
            let origin = Origin::File(path.to_owned(), number);
            let wrong = |message: String, hint: String| {
                Failure::new(Exit::Usage, format!("{}:{number}：{message}", path.display())).with_hint(hint)
            };
            if table.is_some() {
                if name.is_empty() || name.contains(|c: char| c.is_whitespace() || c == '/') {
                    return Err(wrong(format!("索引的名字不能是“{name}”"), "名字里不要有空格和 /".to_owned()));
                }
                self.indexes.insert(name, (placed(&value, path, home), origin));
                continue;
            }
            let Some(key) = KEYS.iter().find(|key| key.name == name) else {
                let names = KEYS.iter().map(|key| key.name).chain([INDEXES]);
                let hint = match nearest(&name, names.clone()) {
                    Some(meant) => format!("是不是 {meant}？"),
                    None => format!("可以是 {}", names.collect::<Vec<_>>().join("、")),
                };
                return Err(wrong(format!("没有这个键：{name}"), hint));
            };
            (key.check)(&value).map_err(|why| {
                wrong(format!("{name} 不能是 {value}：{why}"), format!("例如 {name} = {}", key.example))
            })?;
            let is_path = key.name == "index" && !value.starts_with('@');
            let value = if is_path { placed(&value, path, home).to_string_lossy().into_owned() } else { value };
            self.stated.insert(key.name, (value, origin));
        }
        Ok(())
    }

    fn take_environment(&mut self, variables: &BTreeMap<String, String>) -> Outcome<()> {
        let set = |name: &str| variables.get(name).filter(|value| !value.is_empty());
        for key in KEYS {
            let name = key.variable();
            // Of a pager, nothing is a value: none.
            let of_pager = || variables.get(&name).filter(|_| key.name == "pager");
            let Some(value) = set(&name).or_else(of_pager) else { continue };
            (key.check)(value).map_err(|why| {
                Failure::new(Exit::Usage, format!("环境变量 {name} 不能是 {value}：{why}"))
                    .with_hint(format!("例如 {name}={}", key.example.trim_matches('"')))
            })?;
            self.stated.insert(key.name, (value.clone(), Origin::Environment(name)));
        }
        if set(NO_COLOR).is_some() && set(&format!("{PREFIX}COLOR")).is_none() {
            self.stated.insert("color", ("never".to_owned(), Origin::Environment(NO_COLOR.to_owned())));
        }
        Ok(())
    }

    /// Returns the value of a key, empty where it has none, and where it comes from.
    #[must_use]
    pub fn get(&self, key: &Key) -> (&str, &Origin) {
        self.stated.get(key.name).map_or((key.default, &Origin::Default), |(value, origin)| (value, origin))
    }

    /// Returns the folder of the index that is set, or its `@name`.
    #[must_use]
    pub fn index(&self) -> Option<PathBuf> {
        self.stated.get("index").map(|(value, _)| PathBuf::from(value))
    }

    /// Returns the pager that is set; empty for none.
    #[must_use]
    pub fn pager(&self) -> Option<&str> {
        self.stated.get("pager").map(|(value, _)| value.as_str())
    }

    /// Returns the named indexes, by name.
    #[must_use]
    pub fn indexes(&self) -> BTreeMap<String, PathBuf> {
        self.indexes.iter().map(|(name, (path, _))| (name.clone(), path.clone())).collect()
    }

    /// Returns the named indexes with where they were named.
    pub fn named(&self) -> impl Iterator<Item = (&str, &Path, &Origin)> {
        self.indexes.iter().map(|(name, (path, origin))| (name.as_str(), path.as_path(), origin))
    }

    /// Fills in what no flag has for its default: where a flag that is not there means more than one value.
    pub fn fill(&self, command: &mut super::Command) {
        let value = |name: &str| self.stated.get(name).map(|(value, _)| value.as_str());
        if let super::Command::Search(args) = command {
            args.usual_number = value("limit").and_then(|limit| limit.parse().ok()).unwrap_or(args.usual_number);
            let copies = value("copies").and_then(|copies| CopiesArg::from_str(copies, false).ok());
            args.usual_copies = copies.unwrap_or(args.usual_copies);
        }
    }

    /// Makes what is set the default of the flags that it stands for, as far as their verbs are defined.
    #[must_use]
    pub fn applied(&self, mut command: Command) -> Command {
        for key in KEYS {
            let Some((value, _)) = self.stated.get(key.name) else { continue };
            for &(verb, flag) in key.flags {
                let set = |command: Command| {
                    command.mut_arg(flag, |arg| arg.default_value(value.clone()).hide_default_value(true))
                };
                if verb.is_empty() {
                    command = set(command);
                } else if command.find_subcommand(verb).is_some() {
                    command = command.mut_subcommand(verb, set);
                }
            }
        }
        command
    }
}

/// Returns a path of the file: `~` is the user's folder, and what is relative lies beside the file.
fn placed(text: &str, file: &Path, home: Option<&Path>) -> PathBuf {
    match (text.strip_prefix("~/"), home) {
        (Some(below), Some(home)) => home.join(below),
        (Some(_) | None, _) => file.parent().unwrap_or(Path::new("")).join(text),
    }
}

/// Returns a configuration file with every key as it is built in, each behind a `#`.
#[must_use]
pub fn example() -> String {
    let mut text = String::from("# xunwen 的设置。命令行上写的高于环境变量，环境变量高于这里。去掉行首的 # 就生效。\n");
    for key in KEYS {
        text += &format!(
            "\n# {} · {}；环境变量 {}\n# {} = {}\n",
            key.sets,
            key.gloss,
            key.variable(),
            key.name,
            key.example
        );
    }
    text + &format!(
        "\n# 索引的名字，用作 --index @旧报 · names of indexes\n# [{INDEXES}]\n# \"旧报\" = \"~/旧报/index\"\n"
    )
}

/// Returns what `config --help` ends with: the keys.
pub(super) fn help() -> String {
    let mut text = String::from("键：\n");
    let columns = KEYS.iter().map(|key| key.name.len()).max().unwrap_or(0) + 2;
    for key in KEYS {
        let default = if key.default.is_empty() { String::new() } else { format!("（默认 {}）", key.default) };
        text += &format!("  {:columns$}{}{default}\n", key.name, key.sets);
    }
    text + &format!(
        "  {:columns$}一行一个：\"名字\" = \"文件夹\"，用作 --index @名字\n\n命令行上写的高于环境变量（{PREFIX} 加大写的键，如 {PREFIX}LIMIT），环境变量高于设置文件（TOML，XUNWEN_CONFIG 或\nxunwen config path），设置文件高于默认。相对的路径从设置文件所在的文件夹算起。\n\n例：\n  xunwen config get --origin\n  xunwen config example > \"$(xunwen config path)\"",
        format!("[{INDEXES}]")
    )
}

fn any(text: &str) -> Result<(), String> {
    if text.is_empty() { Err("不能是空的".to_owned()) } else { Ok(()) }
}

fn one_of<T: ValueEnum>(text: &str) -> Result<(), String> {
    let names = || T::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    if names().any(|name| name.matches(text, false)) {
        return Ok(());
    }
    let names: Vec<String> = names().map(|name| name.get_name().to_owned()).collect();
    Err(format!("可以是 {}", names.join("、")))
}

fn number(text: &str) -> Result<(), String> {
    text.parse::<u32>().map(|_| ()).map_err(|_| "要写一个数".to_owned())
}

fn threads(text: &str) -> Result<(), String> {
    match text.parse::<u16>() {
        Ok(1..=256) => Ok(()),
        Ok(_) | Err(_) => Err("要写 1 到 256 的数".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use clap::CommandFactory as _;

    fn read(text: &str, variables: &[(&str, &str)]) -> Outcome<Settings> {
        let mut settings = Settings::default();
        settings.take_file(Path::new("/etc/x/config.toml"), text, Some(Path::new("/home/u")))?;
        let pairs = variables.iter().map(|&(name, value)| (name.to_owned(), value.to_owned()));
        settings.take_environment(&pairs.collect())?;
        Ok(settings)
    }

    fn value<'a>(settings: &'a Settings, name: &str) -> (&'a str, String) {
        let (value, origin) = settings.get(KEYS.iter().find(|key| key.name == name).unwrap());
        (value, origin.to_string())
    }

    #[test]
    fn the_environment_stands_above_the_file_and_the_file_above_what_is_built_in() {
        let settings = read("# 注\nlimit = 25\nsort = \"newest\"\n", &[("XUNWEN_SORT", "oldest")]).unwrap();
        assert_eq!(value(&settings, "limit"), ("25", "/etc/x/config.toml:2".to_owned()));
        assert_eq!(value(&settings, "sort"), ("oldest", "环境变量 XUNWEN_SORT".to_owned()));
        assert_eq!(value(&settings, "loosen"), ("auto", "默认".to_owned()));
        let plain = read("color = \"always\"", &[("NO_COLOR", "1")]).unwrap();
        assert_eq!(value(&plain, "color"), ("never", "环境变量 NO_COLOR".to_owned()));
    }

    #[test]
    fn a_path_lies_beside_the_file_or_in_the_users_folder() {
        let settings = read("index = \"here\"\n[indexes]\n\"旧报\" = \"~/old\"\n\"新\" = \"/n\"\n", &[]).unwrap();
        assert_eq!(settings.index(), Some(PathBuf::from("/etc/x/here")));
        let named: Vec<_> = settings.indexes().into_iter().collect();
        assert_eq!(named, [("新".into(), "/n".into()), ("旧报".into(), PathBuf::from("/home/u/old"))]);
        assert_eq!(read("index = \"@旧报\"", &[]).unwrap().index(), Some(PathBuf::from("@旧报")));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        for (text, message, hint) in [
            ("\nlimt = 3", ":2：没有这个键：limt", "是不是 limit？"),
            ("[search]\nlimit = 3", ":1：没有这个键：search", "可以是 index、color"),
            ("sort = \"up\"", ":1：sort 不能是 up：可以是 best、relevance", "例如 sort = \"newest\""),
            ("limit = true", ":1：limit 不能是 true", "例如 limit = 20"),
            ("memory = \"12\"", ":1：memory 不能是 12：要写成 256M", "例如"),
            ("jobs = 0", ":1：jobs 不能是 0", "例如 jobs = 2"),
            ("limit = [1]", ":1：limit 的值要写成", "例如 limit = 20"),
            ("limit = 1\nlimit = 2", ":2：不是正确的 TOML", "xunwen config example"),
            ("indexes = 3", ":1：indexes 要写成一段", "[indexes]"),
            ("[indexes]\n\"a b\" = \"x\"", ":2：索引的名字不能是“a b”", "空格"),
        ] {
            let failure = read(text, &[]).unwrap_err();
            assert!(failure.message.contains(message), "{text}: {failure:?}");
            assert!(failure.hint.as_ref().is_some_and(|given| given.contains(hint)), "{text}: {failure:?}");
        }
        let failure = read("", &[("XUNWEN_LIMIT", "many")]).unwrap_err();
        assert!(failure.message.contains("环境变量 XUNWEN_LIMIT 不能是 many"), "{failure:?}");
    }

    #[test]
    fn every_key_stands_for_flags_that_there_are_and_its_example_is_taken() {
        for key in KEYS {
            assert!(!key.sets.is_empty() && !key.gloss.is_empty(), "{}", key.name);
            let settings = read(&format!("{} = {}", key.name, key.example), &[]).unwrap();
            assert_ne!(value(&settings, key.name).0, key.default, "{} shows another value than its own", key.name);
            assert!(key.default.is_empty() || (key.check)(key.default).is_ok(), "{}", key.name);
            settings.applied(Cli::command()).debug_assert();
        }
        let settings = read(&example().replace("\n# ", "\n").replace("index = \"~/", "index = \"/"), &[]);
        assert!(settings.is_err(), "the prose of the example stays a comment");
    }

    #[test]
    fn the_pager_of_the_table_is_that_of_the_surroundings() {
        assert_eq!(value(&Settings::default(), "pager").0, crate::config::PAGER);
        assert_eq!(read("pager = \"\"", &[]).unwrap().pager(), Some(""));
        assert_eq!(read("pager = \"more\"", &[("XUNWEN_PAGER", "")]).unwrap().pager(), Some(""));
    }

    #[test]
    fn the_defaults_of_the_table_are_those_of_the_flags() {
        let command = Cli::command();
        for key in KEYS.iter().filter(|key| !matches!(key.name, "index" | "copies" | "memory" | "jobs")) {
            assert!(key.name != "limit" || key.default == crate::cli::search::USUAL_NUMBER.to_string());
            for &(verb, flag) in key.flags {
                let of = if verb.is_empty() { &command } else { command.find_subcommand(verb).unwrap() };
                let arg = of.get_arguments().find(|arg| arg.get_id() == flag).unwrap();
                let default: Vec<_> = arg.get_default_values().iter().map(|value| value.to_str().unwrap()).collect();
                assert_eq!(default, [key.default], "{}", key.name);
            }
        }
    }
}
