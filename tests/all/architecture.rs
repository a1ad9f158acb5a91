//! `ARCHITECTURE.md`: its map is that of `src/lib.rs`, word for word.
//!
//! After a change of the map, `UPDATE_PAGES=1 cargo test --test all architecture` writes it anew.

use std::fs;
use std::path::Path;

const BEGIN: &str = "<!-- from src/lib.rs -->\n";
const END: &str = "<!-- end -->\n";

/// The crate's documentation as a page of its own: links to items become code.
fn map() -> String {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let lines =
        lib.lines().map_while(|line| line.strip_prefix("//!")).map(|line| line.strip_prefix(' ').unwrap_or(line));
    // The page has a heading of its own.
    let text: String = lines.map(|line| format!("{}{line}\n", if line.starts_with('#') { "#" } else { "" })).collect();
    text.replace("[`", "`").replace("`]", "`")
}

#[test]
fn the_page_has_the_map_of_the_crate() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md");
    let page = fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (shown, after) = rest.split_once(END).unwrap();
    if std::env::var_os("UPDATE_PAGES").is_some() {
        fs::write(&path, format!("{before}{BEGIN}{}{END}{after}", map())).unwrap();
    } else {
        assert_eq!(shown, map());
    }
}

#[test]
fn every_place_that_the_pages_name_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for page in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(root.join(page)).unwrap();
        let (_, own) = text.split_once(END).unwrap_or(("", &text));
        let named = own.split('`').skip(1).step_by(2);
        let places = named.filter(|name| {
            ["src/", "tests/", "fuzz/", "benches/", "docs/", ".ci/"].iter().any(|p| name.starts_with(p))
        });
        let mut checked = 0;
        for place in places.filter(|place| !place.contains(['<', ' '])) {
            assert!(root.join(place).exists(), "{page}: {place}");
            checked += 1;
        }
        assert!(checked > 5, "{page}");
    }
}
