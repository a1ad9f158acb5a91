//! How much of the machine a command that writes may take.

use crate::cli::{EffortArgs, WaitArgs};
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::index::{LEAST_MEMORY_PER_THREAD, SessionOptions};
use crate::memory;

/// Memory for postings, in bytes, where none is stated.
const MEMORY: usize = 256 << 20;

/// Returns how a session is to work, which is about to begin. `verb` is the command that writes.
///
/// # Errors
/// When there is too little memory for so many threads.
pub fn options(effort: &EffortArgs, wait: &WaitArgs, verb: &str, around: &Surroundings) -> Outcome<SessionOptions> {
    let threads = effort.jobs.map_or(around.processors, usize::from).max(1);
    let least = threads * LEAST_MEMORY_PER_THREAD;
    let budget = match effort.memory {
        Some(memory) if memory < least => {
            let message = format!("--memory 太小：{threads} 个线程至少要 {}M", least >> 20);
            let hint = format!("每个线程至少 {}M；给多些内存，或用 --jobs 减少线程", LEAST_MEMORY_PER_THREAD >> 20);
            return Err(Failure::new(Exit::Usage, message).with_hint(hint));
        }
        Some(memory) => memory,
        None => MEMORY.max(least),
    };
    memory::use_huge_pages();
    Ok(SessionOptions { threads, memory: budget, holder: around.holder(verb), wait: wait.wait })
}
