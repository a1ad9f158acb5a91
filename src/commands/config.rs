//! `config`: what is set, where, and how it is written.

use crate::cli::settings::{INDEXES, KEYS, Key, Origin, Settings, example};
use crate::cli::{ConfigAction, ConfigArgs};
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::text::nearest::nearest;
use crate::ui::Ui;
use std::io::Write as _;

pub fn run(args: &ConfigArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    match &args.action {
        ConfigAction::Path => {
            let path = around.settings.file.as_ref().ok_or_else(|| {
                Failure::new(Exit::Usage, "不知道设置该写在哪里：没有用户文件夹")
                    .with_hint("用 XUNWEN_CONFIG 指明一个文件")
            })?;
            writeln!(ui.out(), "{}", path.display())?;
            if !path.exists() {
                ui.status("还没有这个文件");
            }
        }
        ConfigAction::Example => write!(ui.out(), "{}", example())?,
        ConfigAction::Get { key, origin } => {
            let settings = Settings::read(&around.settings)?;
            match key {
                Some(name) => one(name, *origin, &settings, ui)?,
                None => all(*origin, &settings, ui)?,
            }
        }
    }
    Ok(Exit::Done)
}

/// Writes the value of one key as it is, for scripts.
fn one(name: &str, with_origin: bool, settings: &Settings, ui: &mut Ui) -> Outcome<()> {
    let named = name.strip_prefix(INDEXES).and_then(|rest| rest.strip_prefix('.'));
    let found = match KEYS.iter().find(|key| key.name == name) {
        Some(key) => {
            let (value, origin) = settings.get(key);
            Some((value.to_owned(), origin))
        }
        None => settings
            .named()
            .find(|(own, ..)| Some(*own) == named)
            .map(|(_, path, origin)| (path.display().to_string(), origin)),
    };
    let Some((value, origin)) = found else {
        let names = KEYS.iter().map(|key| key.name);
        let hint = match nearest(name, names.clone()) {
            Some(meant) => format!("是不是 {meant}？"),
            None => format!("可以是 {}、{INDEXES}.名字", names.collect::<Vec<_>>().join("、")),
        };
        return Err(Failure::new(Exit::Usage, format!("没有这个键：{name}")).with_hint(hint));
    };
    Ok(writeln!(ui.out(), "{value}{}", told(origin, with_origin))?)
}

/// Writes every key as the file would have it.
fn all(with_origin: bool, settings: &Settings, ui: &mut Ui) -> Outcome<()> {
    for key in KEYS {
        let (value, origin) = settings.get(key);
        // A key without a value would be no TOML.
        let sign = if value.is_empty() { "# " } else { "" };
        writeln!(ui.out(), "{sign}{} = {}{}", key.name, written(key, value), told(origin, with_origin))?;
    }
    let mut named = settings.named().peekable();
    if named.peek().is_some() {
        writeln!(ui.out(), "\n[{INDEXES}]")?;
    }
    for (name, path, origin) in named {
        let path = quoted(&path.display().to_string());
        writeln!(ui.out(), "{} = {path}{}", quoted(name), told(origin, with_origin))?;
    }
    Ok(())
}

fn told(origin: &Origin, with_origin: bool) -> String {
    if with_origin { format!("  # {origin}") } else { String::new() }
}

/// Returns a value as TOML: a number where the key has one.
fn written(key: &Key, value: &str) -> String {
    let is_number = !key.example.starts_with('"') && value.bytes().all(|b| b.is_ascii_digit()) && !value.is_empty();
    if is_number { value.to_owned() } else { quoted(value) }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
