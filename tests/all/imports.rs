//! The map of `src/lib.rs`, held against the `use` lines and paths of the code.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Which rooms each room may name.
const MAY_USE: &[(&str, &[&str])] = &[
    ("article", &[]),
    ("text", &["article"]),
    ("query", &["article", "text"]),
    ("corpus", &["article", "text"]),
    ("index", &["article", "text", "query"]),
    ("render", &["article", "text", "index"]),
    (
        "commands",
        &["article", "text", "query", "corpus", "index", "render", "cli", "config", "exit", "launch", "memory", "ui"],
    ),
    ("cli", &["article", "text", "index", "exit", "ui"]),
    ("config", &["cli"]),
    ("exit", &["index", "query"]),
    ("launch", &["memory"]),
    ("memory", &[]),
    ("ui", &["config", "exit", "launch", "render", "text"]),
];

/// Libraries that only one place may know.
const ONLY_IN: &[(&str, &str)] = &[
    ("jieba_rs", "src/text/segment.rs"),
    ("tantivy", "src/index/"),
    ("clap", "src/cli src/ui.rs"),
    ("encoding_rs", "src/corpus/ src/index/stored.rs"),
    ("chardetng", "src/corpus/decode"),
    ("flate2", "src/corpus/unpack"),
    ("calamine", "src/corpus/format/xlsx.rs"),
    ("pulldown_cmark", "src/corpus/format/markdown.rs"),
    ("quick_xml", "src/corpus/format/xml.rs"),
    ("saphyr_parser", "src/corpus/format/markdown.rs"),
    ("html5gum", "src/corpus/format/html/dom.rs"),
    ("indicatif", "src/ui.rs"),
    ("regex", "src/text/pattern.rs"),
    ("regex_syntax", "src/text/pattern.rs"),
    ("ruzstd", "src/corpus/unpack"),
    ("zip", "src/corpus/format/"),
    ("csv_core", "src/corpus/format/csv"),
    ("ignore", "src/corpus/walk.rs"),
    ("tempfile", "src/commands/source.rs"),
    ("clap_complete", "src/cli/generate.rs"),
    ("clap_mangen", "src/cli/generate.rs"),
    ("strsim", "src/text/nearest.rs"),
    ("ctrlc", "src/config.rs"),
    ("rust_xlsxwriter", "src/render/xlsx.rs"),
    ("rustix", "src/memory.rs"),
    ("foldhash", "src/index/"),
    ("shlex", "src/launch.rs"),
    ("toml", "src/corpus/record/map.rs src/corpus/format/markdown.rs src/cli/settings"),
];

fn sources() -> Vec<(String, String)> {
    fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, files);
            } else if path.extension().is_some_and(|e| e == "rs") {
                files.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join("src"), &mut files);
    files.sort();
    let name = |path: &Path| path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
    files.iter().map(|path| (name(path), without_tests(&fs::read_to_string(path).unwrap()))).collect()
}

/// The code of a file without its unit tests and comments.
fn without_tests(code: &str) -> String {
    let code = code.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    code.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn room(file: &str) -> &str {
    file.trim_start_matches("src/").split(['/', '.']).next().unwrap()
}

/// The rooms that a code names, also within braces: `crate::{article::x, text}`.
fn rooms_named(code: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        let names: Vec<&str> = match after.strip_prefix('{') {
            Some(group) => group.split('}').next().unwrap_or_default().split(',').collect(),
            None => vec![after],
        };
        for name in names {
            let word: String = name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            rooms.insert(word);
        }
    }
    rooms
}

#[test]
fn imports_run_with_the_map() {
    let sources = sources();
    assert!(sources.len() > 40);
    for (file, code) in &sources {
        let own = room(file);
        if matches!(own, "lib" | "main") {
            continue;
        }
        let (_, allowed) =
            MAY_USE.iter().find(|(room, _)| *room == own).unwrap_or_else(|| panic!("{file}: no such room"));
        for used in rooms_named(code) {
            let known = MAY_USE.iter().any(|(room, _)| *room == used);
            assert!(!known || used == own || allowed.contains(&used.as_str()), "{file} uses {used}, against the map");
        }
    }
}

#[test]
fn each_library_is_known_in_one_place() {
    for (file, code) in sources() {
        for (library, places) in ONLY_IN {
            let names_it = code.contains(&format!("{library}::"));
            assert!(!names_it || places.split(' ').any(|place| file.starts_with(place)), "{file} names {library}");
        }
    }
}

#[test]
fn only_writing_can_load_the_whole_dictionary() {
    let users: Vec<_> = sources()
        .into_iter()
        .filter(|(file, code)| code.contains("CorpusSegmenter") && !file.starts_with("src/text/segment"))
        .map(|(file, _)| file)
        .collect();
    assert_eq!(users, ["src/index/postings/mod.rs", "src/index/tokens.rs"]);
}

#[test]
fn only_config_asks_the_environment_and_the_clock() {
    for (file, code) in sources() {
        for question in ["env::var", "SystemTime::now", "Instant::now", "Utc::now", "Local::now", "current_dir()"] {
            assert!(!code.contains(question) || file == "src/config.rs", "{file} asks {question}");
        }
    }
}

#[test]
fn only_launch_starts_programs() {
    for (file, code) in sources() {
        let code = code.replace("clap::Command::new(", ""); // a definition of arguments starts nothing
        assert!(!code.contains("Command::new(") || file == "src/launch.rs", "{file}");
    }
}

#[test]
fn only_ui_prints() {
    for (file, code) in sources() {
        for printing in ["println!", "eprintln!", "io::stdout()", "io::stderr()"] {
            let allowed = matches!(file.as_str(), "src/ui.rs" | "src/ui/out.rs" | "src/config.rs");
            assert!(!code.contains(printing) || allowed, "{file}: {printing}");
        }
    }
}

#[test]
fn no_file_holds_two_ideas() {
    for (file, code) in sources() {
        let lines = code.lines().filter(|line| !line.trim().is_empty()).count();
        assert!(lines <= 400, "{file} has {lines} lines of code");
    }
}

#[test]
fn every_test_module_is_listed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/all");
    let main = fs::read_to_string(root.join("main.rs")).unwrap();
    for entry in fs::read_dir(root).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().trim_end_matches(".rs").to_owned();
        assert!(name == "main" || main.contains(&format!("mod {name};")), "{name}");
    }
}
