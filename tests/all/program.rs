//! Running the program in a folder of its own, with nothing of the tester's surroundings.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder to run the program in, with its own home.
pub struct Desk {
    folder: tempfile::TempDir,
}

/// What a run of the program gave.
#[derive(Debug)]
pub struct Ran {
    pub out: String,
    pub err: String,
    pub code: i32,
}

impl Desk {
    /// An empty folder.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A folder with the project's sample reports in `corpus`, not yet ingested.
    pub fn with_corpus() -> Self {
        let desk = Self::new();
        std::fs::create_dir(desk.path("corpus")).unwrap();
        for entry in std::fs::read_dir(sample_corpus()).unwrap() {
            let entry = entry.unwrap();
            std::fs::copy(entry.path(), desk.path("corpus").join(entry.file_name())).unwrap();
        }
        desk
    }

    /// The same, ingested.
    pub fn ingested() -> Self {
        let desk = Self::with_corpus();
        let ran = desk.run(&["ingest", "corpus"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    /// The program, ready to run here.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xunwen"));
        command.args(arguments).current_dir(self.folder.path()).env_clear();
        command.env("HOME", self.path("home")).env("LANG", "C.UTF-8").env("COLUMNS", "80").env("TZ", "UTC");
        command.stdin(Stdio::null());
        command
    }

    #[must_use]
    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::from(self.command(arguments).output().unwrap())
    }

    /// Runs the program with something on its standard input.
    #[must_use]
    pub fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Ran {
        use std::io::Write as _;
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        Ran::from(child.wait_with_output().unwrap())
    }

    /// The output of a run that must succeed.
    #[must_use]
    pub fn out(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {ran:?}");
        ran.out
    }

    /// The lines of output of a run that must succeed, each read as JSON.
    #[must_use]
    pub fn json_lines(&self, arguments: &[&str]) -> Vec<serde_json::Value> {
        self.out(arguments).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
            code: output.status.code().unwrap_or(-1),
        }
    }
}

impl Ran {
    /// Checks that the run failed with an exit code, with one line of what and one of how to mend it.
    #[track_caller]
    pub fn assert_fails(&self, code: i32, what: &str) {
        assert_eq!((self.code, self.out.as_str()), (code, ""), "{self:?}");
        let first = self.err.lines().next().unwrap_or_default();
        assert!(first.starts_with("错误：") && first.contains(what), "{self:?}");
        assert_eq!(self.err.lines().filter(|line| line.starts_with("提示：")).count(), 1, "{self:?}");
    }
}

/// What the program shows on a pseudo-terminal, which `script` gives where it is installed. It has no size but what
/// `COLUMNS` and `LINES` say.
pub fn on_a_terminal(desk: &Desk, arguments: &str, environment: &[(&str, &str)]) -> Option<String> {
    let program = env!("CARGO_BIN_EXE_xunwen");
    let mut command = desk.command(&[]);
    let mut on_terminal = Command::new("script");
    on_terminal.args(["-qec", &format!("{program} {arguments}"), "/dev/null"]).current_dir(desk.path(""));
    on_terminal.env_clear().env("PATH", std::env::var_os("PATH")?);
    for (name, value) in command.env("TERM", "xterm").envs(environment.iter().copied()).get_envs() {
        if let Some(value) = value {
            on_terminal.env(name, value);
        }
    }
    let ran = on_terminal.stdin(Stdio::null()).output().ok()?;
    Some(String::from_utf8_lossy(&ran.stdout).into_owned())
}

/// The sample reports of the project.
pub fn sample_corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}
