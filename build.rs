//! Writes the tables that the program carries inside: what each character folds to, the dictionary, how given names
//! are written, and the names of places.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a build that cannot go on must stop

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/text/fold/rule.rs"]
mod rule;

#[path = "src/corpus/byline/surnames.rs"]
#[allow(dead_code)] // the build needs only to tell what is a surname
mod surnames;

const TRADITIONAL: &str = "src/text/fold/traditional.tsv";
const DICTIONARY: &str = "src/text/segment/dict.txt";

fn main() {
    for input in [TRADITIONAL, DICTIONARY, "src/text/fold/rule.rs", "src/corpus/byline/surnames.rs", "build.rs"] {
        println!("cargo::rerun-if-changed={input}");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let traditional = rule::read_traditional(&read(TRADITIONAL));
    let fold = |c| rule::fold_char(c, &traditional);
    fs::write(out.join("fold_table.rs"), fold_table(fold)).expect("OUT_DIR can be written");
    write_dictionary(&out, fold);
    write_common(&out, fold);
    write_names(&out, fold);
    tell_build();
    stand_still();
}

/// Has the program stand at a fixed address where that is known to work. One that can stand anywhere has 32,000 addresses
/// to put right each time it starts, on 130 pages: half a millisecond, of the seven that a search takes, and 0.8 MB
/// of the file. What it gives up is that the program's own code lies at another address each time, which makes damaged
/// memory harder to abuse; libraries, stack and heap still do, and what reads other people's files here is safe Rust.
/// `XUNWEN_PIE=1` builds one that can stand anywhere.
fn stand_still() {
    println!("cargo::rerun-if-env-changed=XUNWEN_PIE");
    let is = |what: &str, wanted: &str| env::var(what).is_ok_and(|value| value == wanted);
    let is_static = env::var("CARGO_CFG_TARGET_FEATURE").is_ok_and(|features| features.contains("crt-static"));
    if is("XUNWEN_PIE", "1") || is_static {
        return;
    }
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") && is("CARGO_CFG_TARGET_ARCH", "x86_64")
    {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}

/// Tells the program what it is built for and from. The commit is that of `XUNWEN_COMMIT`, of a published package or
/// of this repository; it is left out where none of them says, and in builds for development, which would be built
/// anew for every commit.
fn tell_build() {
    println!("cargo::rustc-env=XUNWEN_BUILD_TARGET={}", env::var("TARGET").unwrap_or_default());
    println!("cargo::rerun-if-env-changed=XUNWEN_COMMIT");
    let stated = env::var("XUNWEN_COMMIT").ok().filter(|commit| !commit.is_empty());
    let is_release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let found = || if is_release { of_package().or_else(of_repository) } else { None };
    let is_plain = |commit: &String| commit.chars().all(|c| c.is_ascii_alphanumeric() || "-+._".contains(c));
    if let Some(commit) = stated.or_else(found).filter(is_plain) {
        println!("cargo::rustc-env=XUNWEN_BUILD_COMMIT={}", commit.get(..12).unwrap_or(&commit));
    }
}

/// The commit that a published package was made from: cargo writes it into the package.
fn of_package() -> Option<String> {
    let info = fs::read_to_string(".cargo_vcs_info.json").ok()?;
    let (_, after) = info.split_once("\"sha1\"")?;
    after.split('"').nth(1).map(str::to_owned)
}

/// The commit that is checked out, where this folder is a Git repository of its own and not part of another.
fn of_repository() -> Option<String> {
    let git = |arguments: &[&str]| {
        let output = std::process::Command::new("git").args(arguments).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let here = fs::canonicalize(env::var_os("CARGO_MANIFEST_DIR")?).ok()?;
    if fs::canonicalize(git(&["rev-parse", "--show-toplevel"])?).ok()? != here {
        return None;
    }
    // What changes when another commit is checked out or made.
    for file in ["HEAD", "logs/HEAD"] {
        // A file that is not there would have everything built anew each time.
        if let Some(path) = git(&["rev-parse", "--git-path", file]).filter(|path| Path::new(path).exists()) {
            println!("cargo::rerun-if-changed={path}");
        }
    }
    git(&["rev-parse", "HEAD"])
}

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// The table in blocks of 256 characters; a block that folds to itself throughout is left out.
fn fold_table(fold: impl Fn(char) -> Option<char>) -> String {
    const BLOCKS: u32 = 0x11_0000 >> 8;
    const ITSELF: u16 = u16::MAX;
    let (mut block_of, mut blocks) = (Vec::new(), Vec::<Vec<u32>>::new());
    for block in 0..BLOCKS {
        let entry = |low| {
            let code = (block << 8) | low;
            char::from_u32(code).map_or(code, |c| fold(c).map_or(0, u32::from))
        };
        let entries: Vec<u32> = (0..256).map(entry).collect();
        if entries.iter().zip(block << 8..).all(|(&to, from)| to == from) {
            block_of.push(ITSELF);
        } else {
            block_of.push(u16::try_from(blocks.len()).expect("fewer blocks than 65535"));
            blocks.push(entries);
        }
    }
    let mut code = format!("static FOLD_BLOCK_OF: [u16; {BLOCKS}] = {block_of:?};\n");
    writeln!(code, "static FOLD_BLOCKS: [[u32; 256]; {}] = {blocks:?};", blocks.len())
        .expect("a string can be written");
    code
}

/// Folds the words of the dictionary, adds up the frequencies of those that fall together, and writes one FST from
/// word to frequency, with the total and a fingerprint of the whole beside it.
fn write_dictionary(out: &Path, fold: impl Fn(char) -> Option<char>) {
    let mut words = BTreeMap::<String, u64>::new();
    for (n, line) in read(DICTIONARY).lines().enumerate() {
        let mut parts = line.split(' ');
        let (Some(word), Some(Ok(frequency))) = (parts.next(), parts.next().map(str::parse::<u64>)) else {
            panic!("{DICTIONARY}:{}: want `word frequency tag`", n + 1)
        };
        let folded: String = word.chars().filter_map(&fold).collect();
        if !folded.is_empty() {
            *words.entry(folded).or_default() += frequency;
        }
    }
    let total: u64 = words.values().sum();
    let mut map = fst::MapBuilder::memory();
    for (word, frequency) in &words {
        map.insert(word, *frequency).expect("a BTreeMap yields its keys in order");
    }
    let bytes = map.into_inner().expect("memory can be written");
    // FNV-1a of the FST: names the dictionary in an index, so that another one is noticed.
    let fingerprint = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    fs::write(out.join("dictionary.fst"), bytes).expect("OUT_DIR can be written");
    let code = format!(
        "const TOTAL: u64 = {total};\n/// Names the embedded dictionary.\npub const FINGERPRINT: u64 = {fingerprint};\n"
    );
    fs::write(out.join("dictionary.rs"), code).expect("OUT_DIR can be written");
}

/// Writes the commonest characters of Chinese text: the Han characters that lead when the frequencies of the dictionary's
/// words are added up by character, and the figures and marks that are in almost every report. As a set of bits over
/// the first plane of Unicode, where all of them are.
fn write_common(out: &Path, fold: impl Fn(char) -> Option<char>) {
    /// Measured in `benches/README.md`: more make the index larger, fewer make phrases slower.
    const HAN: usize = 192;
    const FIGURES_AND_MARKS: &str = "0123456789，。、：“”";
    let mut counts = BTreeMap::<char, u64>::new();
    for line in read(DICTIONARY).lines() {
        let mut parts = line.split(' ');
        let (Some(word), Some(Ok(frequency))) = (parts.next(), parts.next().map(str::parse::<u64>)) else { continue };
        for c in word.chars().filter_map(&fold).filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)) {
            *counts.entry(c).or_default() += frequency;
        }
    }
    let mut ranked: Vec<(u64, char)> = counts.into_iter().map(|(c, n)| (n, c)).collect();
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let han = ranked.into_iter().take(HAN).map(|(_, c)| c);
    let mut bits = vec![0_u64; 0x1_0000 / 64];
    for c in han.chain(FIGURES_AND_MARKS.chars().filter_map(&fold)) {
        bits[c as usize / 64] |= 1 << (c as usize % 64);
    }
    let code = format!("static COMMON: [u64; {}] = {bits:?};\n", bits.len());
    fs::write(out.join("common.rs"), code).expect("OUT_DIR can be written");
}

/// Counts the characters of given names in the dictionary's names of people (tag `nr`), by their place in the name, and
/// writes the names of places (`ns`) and those of people as FSTs. Names of other peoples stand among `nr` too, so only those with one of
/// the commonest surnames count.
fn write_names(out: &Path, fold: impl Fn(char) -> Option<char>) {
    const COMMON: f32 = 0.002;
    let mut given = BTreeMap::<char, [u16; 3]>::new();
    let (mut places, mut people) = (BTreeSet::new(), BTreeSet::new());
    for line in read(DICTIONARY).lines() {
        let mut parts = line.split(' ');
        let (Some(word), Some(frequency), Some(tag)) = (parts.next(), parts.next(), parts.next()) else { continue };
        let word: Vec<char> = word.chars().filter_map(&fold).collect();
        if tag.starts_with("ns") && word.len() > 1 {
            places.insert(word.iter().collect::<String>());
        }
        // Common words are tagged `nr` too (文明, 明白); they stay words.
        if tag == "nr"
            && (2..=3).contains(&word.len())
            && word.first().is_some_and(|&c| surnames::share(c).is_some())
            && frequency.parse().is_ok_and(|n: u64| n < 100)
        {
            people.insert(word.iter().collect::<String>());
        }
        if tag == "nr" && word.first().and_then(|&c| surnames::share(c)).is_some_and(|share| share >= COMMON) {
            let slots: &[(char, usize)] = match word[..] {
                [_, a] => &[(a, 0)],
                [_, a, b] => &[(a, 1), (b, 2)],
                _ => &[],
            };
            for &(c, slot) in slots {
                given.entry(c).or_default()[slot] += 1;
            }
        }
    }
    for (file, words) in [("places.fst", places), ("people.fst", people)] {
        let set = fst::Set::from_iter(words).expect("a BTreeSet yields its keys in order");
        fs::write(out.join(file), set.as_fst().as_bytes()).expect("OUT_DIR can be written");
    }
    let rows: Vec<_> = given.into_iter().collect();
    let code = format!("static GIVEN: [(char, [u16; 3]); {}] = {rows:?};\n", rows.len());
    fs::write(out.join("given_names.rs"), code).expect("OUT_DIR can be written");
}
