//! What the program is made of: licences that may be combined with ours, and a reason for every direct dependency.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Licences under which a dependency may be taken: permissive ones, that ask for no more than their notice.
const ALLOWED: [&str; 12] = [
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "CC0-1.0",
    "0BSD",
    "BSL-1.0",
    "Unlicense",
    "Unicode-3.0",
];

fn metadata() -> serde_json::Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform"])
        .arg("x86_64-unknown-linux-gnu")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Whether a licence expression can be met by allowed licences alone: `A OR B`, `A AND B`, `(A OR B) AND C`, `A/B`.
fn may_be_taken(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let tokens: Vec<&str> =
        spaced.split_whitespace().filter(|token| *token != "WITH" && !token.contains("exception")).collect();
    let mut at = 0;
    let met = alternatives(&tokens, &mut at);
    met && at == tokens.len()
}

fn alternatives(tokens: &[&str], at: &mut usize) -> bool {
    let mut met = conjunction(tokens, at);
    while tokens.get(*at) == Some(&"OR") {
        *at += 1;
        met |= conjunction(tokens, at);
    }
    met
}

fn conjunction(tokens: &[&str], at: &mut usize) -> bool {
    let mut met = licence(tokens, at);
    while tokens.get(*at) == Some(&"AND") {
        *at += 1;
        met &= licence(tokens, at);
    }
    met
}

fn licence(tokens: &[&str], at: &mut usize) -> bool {
    let token = tokens.get(*at).copied().unwrap_or_default();
    *at += 1;
    if token != "(" {
        return ALLOWED.contains(&token);
    }
    let met = alternatives(tokens, at);
    *at += 1;
    met
}

#[test]
fn every_dependency_has_a_licence_that_may_be_combined_with_ours() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 50);
    for package in packages {
        let licence = package["license"].as_str().unwrap_or_default();
        assert!(may_be_taken(licence), "{} {}: {licence}", package["name"], package["version"]);
    }
}

#[test]
fn licence_expressions_are_read_as_they_are_meant() {
    for good in [
        "MIT",
        "MIT OR GPL-3.0",
        "MIT/Apache-2.0",
        "(MIT OR GPL-3.0) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception",
    ] {
        assert!(may_be_taken(good), "{good}");
    }
    for bad in ["GPL-3.0", "MIT AND GPL-3.0", "", "(GPL-3.0 OR AGPL-3.0) AND MIT"] {
        assert!(!may_be_taken(bad), "{bad}");
    }
}

#[test]
fn every_direct_dependency_comes_from_the_registry() {
    let metadata = metadata();
    for package in metadata["packages"].as_array().unwrap() {
        let ours = package["name"] == "xunwen";
        let source = package["source"].as_str().unwrap_or_default();
        assert!(ours || source.starts_with("registry+"), "{}: {source}", package["name"]);
    }
}

#[test]
fn no_code_of_ours_is_unsafe() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    assert!(manifest.contains("unsafe_code = \"forbid\""));
}
