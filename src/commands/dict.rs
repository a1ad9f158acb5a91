//! `dict`: words that mean the same.

use super::shelf;
use crate::cli::{DictAction, DictArgs};
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::text::fold::fold;
use crate::text::nearest::nearest;
use crate::ui::Ui;
use std::io::Write as _;

pub fn run(args: &DictArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let mut groups = shelf::words(around)?;
    match &args.action {
        DictAction::List => {
            let style = ui.style();
            for group in &groups {
                writeln!(ui.out(), "{}", style.safe(&group.join("=")))?;
            }
            if groups.is_empty() {
                ui.status("还没有同义词；例如 xunwen dict add 高新区=高新技术产业开发区");
                return Ok(Exit::NothingFound);
            }
            return Ok(Exit::Done);
        }
        DictAction::Add { groups: added } => {
            for text in added {
                let group = shelf::group(text).map_err(|why| {
                    Failure::new(Exit::Usage, why).with_hint("写成 词=词，例如 高新区=高新技术产业开发区")
                })?;
                add(&mut groups, group);
            }
        }
        DictAction::Remove { words } => {
            for word in words {
                remove(&mut groups, word)?;
            }
        }
    }
    let path = shelf::keep_words(&groups, around)?;
    ui.status(&format!("同义词 {} 组，在 {}", groups.len(), path.display()));
    Ok(Exit::Done)
}

/// Adds a group, joined with those that it shares a word with.
fn add(groups: &mut Vec<Vec<String>>, group: Vec<String>) {
    let shares = |one: &[String], other: &[String]| one.iter().any(|a| other.iter().any(|b| fold(a) == fold(b)));
    let (joined, others): (Vec<_>, Vec<_>) = groups.drain(..).partition(|known| shares(known, &group));
    let mut whole = Vec::<String>::new();
    for word in joined.into_iter().flatten().chain(group) {
        if !whole.iter().any(|known| fold(known) == fold(&word)) {
            whole.push(word);
        }
    }
    groups.extend(others);
    groups.push(whole);
}

fn remove(groups: &mut Vec<Vec<String>>, word: &str) -> Outcome<()> {
    let before: usize = groups.iter().map(Vec::len).sum();
    groups.iter_mut().for_each(|group| group.retain(|known| fold(known) != fold(word)));
    if groups.iter().map(Vec::len).sum::<usize>() == before {
        let known = groups.iter().flatten().map(String::as_str);
        let hint = match nearest(word, known) {
            Some(meant) => format!("是不是 {meant}？"),
            None => "xunwen dict list 列出有哪些".to_owned(),
        };
        return Err(Failure::new(Exit::Usage, format!("没有这个词：{word}")).with_hint(hint));
    }
    groups.retain(|group| group.len() > 1);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_that_share_a_word_are_one() {
        let group = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        let mut groups = vec![group(&["甲", "乙"]), group(&["丙", "丁"]), group(&["戊", "己"])];
        add(&mut groups, group(&["乙", "丙", "庚"]));
        assert_eq!(groups, [group(&["戊", "己"]), group(&["甲", "乙", "丙", "丁", "庚"])]);
        remove(&mut groups, "己").unwrap();
        assert_eq!(groups.len(), 1);
        assert!(remove(&mut groups, "己").is_err());
    }
}
