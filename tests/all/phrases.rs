//! Texts of very common characters: found exactly, though positions are not looked at where pairs tell enough.

use crate::program::Desk;
use std::collections::BTreeSet;
use xunwen::index::{Layout, Loosen, Request, Snapshot, Sort};
use xunwen::query::Query;
use xunwen::text::fold::fold;

/// Characters of which nearly all are among the commonest, so that all sorts of texts arise.
const ALPHABET: &[char] = &['的', '一', '中', '国', '人', '了', '，', '2', '焦', ' '];

/// Numbers that look random and are the same in every run (a linear congruential generator, Knuth's constants).
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }

    fn text(&mut self, most: usize) -> String {
        let length = 1 + self.below(most);
        (0..length).map(|_| ALPHABET[self.below(ALPHABET.len())]).collect()
    }
}

/// Reports as key and pieces, nothing being matched across two of these.
fn reports(draw: &mut Draw) -> Vec<(String, Vec<String>)> {
    let piece = |draw: &mut Draw| format!("字{}", draw.text(12));
    (0..50).map(|n| (format!("k{n}"), (0..=1 + draw.below(3)).map(|_| piece(draw)).collect())).collect()
}

fn keys(snapshot: &Snapshot, query: Query) -> BTreeSet<String> {
    let request =
        Request { query, sort: Sort::Newest, offset: 0, limit: None, loosen: Loosen::Never, fold: false, now: None };
    let found = snapshot.search(&request).unwrap();
    found.hits.into_iter().filter_map(|hit| hit.report.article.key).collect()
}

#[test]
fn a_text_of_common_characters_is_found_exactly_and_left_out_exactly() {
    let mut draw = Draw(11);
    let reports = reports(&mut draw);
    let desk = Desk::new();
    let line = |(key, pieces): &(String, Vec<String>)| {
        serde_json::json!({"id": key, "title": pieces[0], "body": pieces[1..].join("\n")}).to_string() + "\n"
    };
    desk.write("corpus/r.jsonl", reports.iter().map(line).collect::<String>());
    let ran = desk.run(&["ingest", "corpus"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let snapshot = Snapshot::open(Layout::at(desk.path("index"))).unwrap();
    let folded: Vec<(&String, Vec<String>)> =
        reports.iter().map(|(key, pieces)| (key, pieces.iter().map(|piece| fold(piece)).collect())).collect();
    let holding = |needle: &str| -> BTreeSet<String> {
        let holds = |pieces: &[String]| pieces.iter().any(|piece| piece.contains(needle));
        folded.iter().filter(|(_, pieces)| holds(pieces)).map(|(key, _)| (*key).clone()).collect()
    };
    let mut found = 0;
    for _ in 0..60 {
        let (a, b) = (draw.text(5), draw.text(3));
        let (needle, other) = (fold(&a), fold(&b));
        if needle.is_empty() || other.is_empty() {
            continue;
        }
        let truth = holding(&needle);
        found += truth.len();
        assert_eq!(keys(&snapshot, Query::literal(&a)), truth, "{a}");
        let both = Query::And(vec![Query::literal(&a), Query::literal(&b)]);
        assert_eq!(keys(&snapshot, both), truth.intersection(&holding(&other)).cloned().collect(), "{a} {b}");
        let without = Query::And(vec![Query::literal(&a), Query::Not(Box::new(Query::literal(&b)))]);
        assert_eq!(keys(&snapshot, without), truth.difference(&holding(&other)).cloned().collect(), "{a} -{b}");
    }
    assert!(found > 200, "only {found}");
}
