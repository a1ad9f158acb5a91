//! How well loosened searches find what was looked for, and what each signal is worth:
//!
//! ```text
//! cargo bench --bench ranking -- INDEX QUERIES.tsv QRELS [--ablation]
//! ```
//!
//! QUERIES holds `qid<TAB>query` a line, QRELS `qid 0 key grade`. Every query is asked twice: as it stands, and in
//! quotes, which must come to the same. Prints MRR@10, S@1 and S@10 over all the queries, then over the two halves
//! (even and odd lines).

#![allow(clippy::panic, clippy::print_stdout, clippy::print_stderr)] // a measurement that cannot go on has failed

use std::collections::{HashMap, HashSet};
use xunwen::index::{Layout, Loosen, Request, Snapshot, Sort, Weights};
use xunwen::query::{Query, Scope, Term};

type Qrels = HashMap<String, HashSet<String>>;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let [index, queries, qrels, rest @ ..] = arguments.as_slice() else {
        eprintln!("usage: cargo bench --bench ranking -- INDEX QUERIES.tsv QRELS [--ablation]");
        return;
    };
    let read = |path: &String| std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let mut relevant = Qrels::new();
    for line in read(qrels).lines() {
        let columns: Vec<&str> = line.split_whitespace().collect();
        if let [qid, _, key, grade] = columns.as_slice()
            && *grade != "0"
        {
            relevant.entry((*qid).to_owned()).or_default().insert((*key).to_owned());
        }
    }
    // No query of a headline names days from today; any day does.
    let today = chrono::NaiveDate::default();
    let queries = read(queries);
    let queries: Vec<(&str, &str)> = queries.lines().filter_map(|line| line.split_once('\t')).collect();
    let chosen = Weights::CHOSEN;
    let mut rows = vec![("all signals", chosen)];
    if rest.iter().any(|a| a == "--ablation") {
        rows.extend([
            ("without pairs", Weights { pairs: 0.0, ..chosen }),
            ("without early words", Weights { early_words: 0.0, ..chosen }),
            ("without early pairs", Weights { early_pairs: 0.0, ..chosen }),
            ("without characters", Weights { characters: 0.0, ..chosen }),
            ("without lead", Weights { lead: 0.0, ..chosen }),
            ("without runs", Weights { runs: 0.0, ..chosen }),
            ("without numbers", Weights { numbers: 0.0, ..chosen }),
            ("without shortness", Weights { short: 0.0, ..chosen }),
            ("words alone", Weights::WORDS_ALONE),
        ]);
    }
    println!("{:<22} {:>20} {:>20} {:>20}  MRR@10 S@1 S@10", "", "all", "even", "odd");
    for (name, weights) in rows {
        let layout = Layout::at(index);
        let snapshot = Snapshot::open(layout).unwrap_or_else(|e| panic!("{index}: {e}")).weighing(weights);
        let start = std::time::Instant::now();
        let typed =
            ranks(&snapshot, &queries, &relevant, |text| xunwen::query::parse(text, today).map(|p| p.query).ok());
        let took = start.elapsed() / u32::try_from(queries.len()).unwrap_or(1);
        println!("{name:<22} {}  {took:?} a query", figures(&typed));
        if name == "all signals" {
            let quoted = |text: &str| Some(Query::Term(Term::new(text, Scope::Bare)));
            println!("{:<22} {}", "in quotes", figures(&ranks(&snapshot, &queries, &relevant, quoted)));
        }
    }
}

/// Returns the rank of the first relevant report of each query.
fn ranks(
    snapshot: &Snapshot,
    queries: &[(&str, &str)],
    relevant: &Qrels,
    parse: impl Fn(&str) -> Option<Query>,
) -> Vec<Option<u64>> {
    let rank = |&(qid, text): &(&str, &str)| {
        let request = Request {
            query: parse(text)?,
            sort: Sort::Best,
            offset: 0,
            limit: Some(10),
            loosen: Loosen::Auto,
            fold: false,
            now: None,
        };
        let found = snapshot.search(&request).unwrap_or_else(|e| panic!("{text}: {e}"));
        let keys = relevant.get(qid)?;
        let wanted = |key: &Option<String>| key.as_ref().is_some_and(|key| keys.contains(key));
        found.hits.iter().find(|hit| wanted(&hit.report.article.key)).map(|hit| hit.rank)
    };
    queries.iter().map(rank).collect()
}

#[allow(clippy::cast_precision_loss)]
fn figures(ranks: &[Option<u64>]) -> String {
    let of = |ranks: Vec<Option<u64>>| {
        let n = ranks.len().max(1) as f64;
        let found = || ranks.iter().flatten();
        let reciprocal: f64 = found().map(|&rank| 1.0 / rank as f64).sum();
        let first = found().filter(|&&rank| rank == 1).count() as f64;
        format!("{:>7.4} {:.3} {:.3}  ", reciprocal / n, first / n, found().count() as f64 / n)
    };
    let every_other = |from| ranks.iter().skip(from).step_by(2).copied().collect::<Vec<_>>();
    [ranks.to_vec(), every_other(0), every_other(1)].map(of).concat()
}
