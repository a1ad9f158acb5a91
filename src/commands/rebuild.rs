//! `rebuild`: a new index from what the old one keeps; the old one serves until the new one is whole.

use super::{effort, locate};
use crate::cli::RebuildArgs;
use crate::config::Surroundings;
use crate::exit::{Exit, Outcome};
use crate::index;
use crate::ui::Ui;

pub fn run(args: &RebuildArgs, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let layout = locate::existing(&args.index, around)?;
    let options = effort::options(&args.effort, &args.wait, "rebuild", around)?;
    let progress = ui.progress(0, "篇");
    let rebuilt = index::rebuild(&layout, &options, |done, all| {
        progress.set_length(all);
        progress.set_position(done);
    })?;
    progress.finish_and_clear();
    rebuilt.lost.iter().for_each(|line| ui.warn(line));
    ui.status(&format!("重建了索引：{} 篇报道；{:.1} 秒", rebuilt.reports, around.seconds()));
    if rebuilt.lost.is_empty() {
        return Ok(Exit::Done);
    }
    ui.hint("再运行一次 xunwen ingest，读入上面这些文件");
    Ok(Exit::SomeFailed)
}
