//! `help`: the manual pages of the query language and of templates. The help of a command is clap's.

use crate::cli::HelpArgs;
use crate::exit::{Exit, Failure, Outcome};
use crate::query::manual;
use crate::render::{hanging, template};
use crate::ui::Ui;
use std::io::Write as _;

pub fn run(args: &HelpArgs, ui: &mut Ui) -> Outcome {
    let style = ui.style();
    match args.topic.as_str() {
        "检索式" | "query" => write!(ui.out(), "{}", hanging(&manual(), style))?,
        "模板" | "template" => write!(ui.out(), "{}", hanging(&template::manual(), style))?,
        topic => {
            return Err(Failure::new(Exit::Usage, format!("没有这个题目：{topic}"))
                .with_hint("可以是命令名，如 xunwen help search，或 xunwen help 检索式、xunwen help 模板"));
        }
    }
    Ok(Exit::Done)
}
