//! What the surroundings say: environment, terminal, working folder, clock. The only module that asks them.
//!
//! Everything else is given a [`Surroundings`] and so can be run twice alike.

use crate::cli::settings::{Settings, Sources};
use chrono::{DateTime, Local, NaiveDateTime, Utc};
use etcetera::{BaseStrategy as _, choose_base_strategy};
use std::collections::BTreeMap;
use std::env;
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Instant, SystemTime};

/// The variable that names the configuration file.
const CONFIG: &str = "XUNWEN_CONFIG";
/// The columns assumed where there is no terminal to ask.
const USUAL_COLUMNS: usize = 80;
/// The pager where none is configured: it ends by itself where all fits, keeps colours, and leaves what it showed.
pub const PAGER: &str = "less -FRX";
/// What `less` and `more` are told where the user tells them nothing: to keep colours, and to read UTF-8 in any locale.
const LESS: [(&str, &str); 2] = [("LESS", "FRX"), ("LESSCHARSET", "utf-8")];
/// Where Linux keeps the name of the machine. A link without one is one of this machine.
const HOST: &str = "/proc/sys/kernel/hostname";
/// How a program ends by Ctrl-C; see `exit`.
const INTERRUPTED: i32 = 130;

/// From now on, Ctrl-C is for the program that has the terminal.
pub fn leave_interrupts() {
    // Where that cannot be had, it ends us both.
    let _ = ctrlc::set_handler(|| {});
}

/// The surroundings of one run.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// The working folder, absolute.
    pub folder: PathBuf,
    /// Where settings are read from.
    pub settings: Sources,
    /// The index that is set, or its `@name`.
    pub index: Option<PathBuf>,
    /// Indexes by name.
    pub indexes: BTreeMap<String, PathBuf>,
    /// The platform's folder for our data, where it has one.
    pub data: Option<PathBuf>,
    /// The platform's folder for our state (the last search), where it has one.
    pub state: Option<PathBuf>,
    /// Whether standard output is a terminal.
    pub out_is_terminal: bool,
    /// Whether standard error is a terminal.
    pub err_is_terminal: bool,
    /// Whether colours are unwelcome: `NO_COLOR` is set and not empty, or the terminal is dumb.
    pub plain: bool,
    /// Whether the terminal says of itself that it can do nothing.
    pub is_dumb: bool,
    /// The columns of the terminal.
    pub columns: usize,
    /// The rows of the terminal, where they are known.
    pub rows: Option<usize>,
    /// Whether the terminal is one that can follow links, as far as its name tells.
    pub links: bool,
    /// The name of this machine; empty where it is not known.
    pub host: String,
    /// What long results are read with, as users configure it: `XUNWEN_PAGER`, what is set, `PAGER`, [`PAGER`]; empty for
    /// nothing.
    pub pager: String,
    /// What the pager's environment needs besides.
    pub pager_environment: Vec<(&'static str, &'static str)>,
    /// What files are opened with: `VISUAL`, `EDITOR`.
    pub editor: Option<String>,
    /// How many processors may be used.
    pub processors: usize,
    /// The local date and time at which the program began.
    pub now: NaiveDateTime,
    /// The number of this process.
    pub process: u32,
    started: Instant,
    interrupted: Arc<AtomicBool>,
}

impl Surroundings {
    /// Asks the surroundings.
    #[must_use]
    pub fn ask() -> Self {
        let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
        let home = choose_base_strategy().ok();
        let state = home.as_ref().map(|home| home.state_dir().unwrap_or_else(|| home.data_dir()).join("xunwen"));
        let stated_columns = set("COLUMNS").and_then(|value| value.to_str()?.parse().ok());
        let stated_rows = set("LINES").and_then(|value| value.to_str()?.parse().ok());
        let terminal = terminal_size::terminal_size();
        let rows = terminal.map(|(_, height)| usize::from(height.0));
        let terminal = terminal.map(|(width, _)| usize::from(width.0));
        let term = set("TERM");
        let is_dumb = term.as_ref().is_some_and(|term| term == "dumb");
        let text = |name: &str| env::var_os(name).map(|value| value.to_string_lossy().into_owned());
        let pager = text("XUNWEN_PAGER").or_else(|| text("PAGER")).unwrap_or_else(|| PAGER.to_owned());
        Self {
            folder: env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
            settings: Sources {
                is_stated: set(CONFIG).is_some(),
                file: set(CONFIG)
                    .map(PathBuf::from)
                    .or_else(|| Some(home.as_ref()?.config_dir().join("xunwen").join("config.toml"))),
                variables: env::vars_os()
                    .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
                    .filter(|(name, _)| name.starts_with("XUNWEN_") || name == "NO_COLOR")
                    .collect(),
                home: home.as_ref().map(|home| home.home_dir().to_owned()),
            },
            index: None,
            indexes: BTreeMap::new(),
            data: home.as_ref().map(|home| home.data_dir().join("xunwen")),
            state,
            out_is_terminal: std::io::stdout().is_terminal(),
            err_is_terminal: std::io::stderr().is_terminal(),
            is_dumb,
            plain: set("NO_COLOR").is_some() || is_dumb,
            columns: stated_columns.or(terminal).unwrap_or(USUAL_COLUMNS).max(20),
            rows: stated_rows.or(rows).filter(|&rows| rows > 0),
            links: term.is_some_and(|term| !is_dumb && term != "linux"),
            host: std::fs::read_to_string(HOST).map(|name| name.trim().to_owned()).unwrap_or_default(),
            pager: if is_dumb { String::new() } else { pager },
            pager_environment: LESS.into_iter().filter(|(name, _)| set(name).is_none()).collect(),
            editor: ["VISUAL", "EDITOR"].into_iter().filter_map(text).find(|editor| !editor.trim().is_empty()),
            processors: std::thread::available_parallelism().map_or(1, usize::from),
            now: Local::now().naive_local(),
            process: std::process::id(),
            started: Instant::now(),
            interrupted: Arc::default(),
        }
    }

    /// Takes over what is set.
    pub fn take(&mut self, settings: &Settings) {
        (self.index, self.indexes) = (settings.index(), settings.indexes());
        if let Some(pager) = settings.pager().filter(|_| !self.is_dumb) {
            pager.clone_into(&mut self.pager);
        }
    }

    /// Returns a time of the file system as the local time and as that of Greenwich, to the second.
    #[must_use]
    pub fn times(time: SystemTime) -> (NaiveDateTime, NaiveDateTime) {
        let utc = DateTime::<Utc>::from(time);
        (utc.with_timezone(&Local).naive_local(), utc.naive_utc())
    }

    /// Returns what other processes are told while this one writes: the command, the process, since when.
    #[must_use]
    pub fn holder(&self, verb: &str) -> String {
        format!("{verb}，进程 {}，{} 起", self.process, self.now.format("%Y-%m-%d %H:%M"))
    }

    /// From now on, Ctrl-C is noted, so that what is whole can be committed first; a second one ends the program at once.
    pub fn watch_interrupts(&self) {
        let interrupted = Arc::clone(&self.interrupted);
        // Where it cannot be watched, it ends the program, and the last commit stands.
        let _ = ctrlc::set_handler(move || {
            if interrupted.swap(true, Ordering::Relaxed) {
                std::process::exit(INTERRUPTED);
            }
        });
    }

    /// Returns whether there was a Ctrl-C since they are watched.
    #[must_use]
    pub fn is_interrupted(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }

    /// Returns the seconds since the program began.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }
}
