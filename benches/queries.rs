//! Times queries within one process, over an index that exists. `benches/run.py` makes the queries and calls it:
//!
//! ```text
//! cargo bench --bench queries -- INDEX ROUNDS <queries      → class, queries, p50, p99, slowest (µs), a line each
//! ```
//!
//! A line of input is `class<TAB>best|newest|months|reporters<TAB>query`: the ten best or newest hits, a count by month, a
//! count by reporter. Each query is asked once to warm up, then as often as ROUNDS
//! says; its time is the median of those. Percentiles are over the queries of a class.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::io::BufRead as _;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use xunwen::article::{Grouping, Role, Unit};

use xunwen::index::{Layout, Loosen, Request, Snapshot, Sort};
use xunwen::query::{Query, parse};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [index, rounds] = arguments.as_slice() else {
        eprintln!("queries INDEX ROUNDS <queries; see benches/README.md");
        return ExitCode::from(2);
    };
    match rounds.parse().map_err(|e| format!("{rounds}: {e}")).and_then(|rounds| times(index, rounds)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn times(index: &str, rounds: usize) -> Result<(), String> {
    let snapshot = Snapshot::open(Layout::at(index)).map_err(|e| e.to_string())?;
    let mut classes = BTreeMap::<String, Vec<Duration>>::new();
    for line in std::io::stdin().lock().lines() {
        let line = line.map_err(|e| e.to_string())?;
        let [class, sort, query] = line.splitn(3, '\t').collect::<Vec<_>>()[..] else {
            return Err(format!("want class, sort, query: {line}"));
        };
        let asked = Asked::read(sort, query)?;
        let mut of_query = Vec::with_capacity(rounds);
        for _ in 0..=rounds {
            let start = Instant::now();
            asked.answer(&snapshot).map_err(|e| e.to_string())?;
            of_query.push(start.elapsed());
        }
        of_query.remove(0);
        of_query.sort();
        let median = of_query.get(of_query.len() / 2).copied().unwrap_or_default();
        if std::env::var_os("XUNWEN_BENCH_EACH").is_some() {
            eprintln!("{class}\t{query}\t{}", median.as_micros());
        }
        classes.entry(class.to_owned()).or_default().push(median);
    }
    for (class, mut times) in classes {
        times.sort();
        let at =
            |share: usize| times.get((times.len() * share / 100).min(times.len() - 1)).map_or(0, Duration::as_micros);
        println!("{class}\t{}\t{}\t{}\t{}", times.len(), at(50), at(99), at(100));
    }
    Ok(())
}

/// What is timed.
enum Asked {
    Hits(Request),
    Months(Query),
    Reporters(Query),
}

impl Asked {
    fn read(sort: &str, query: &str) -> Result<Self, String> {
        let query = parse(query, chrono::NaiveDate::default()).map_err(|_| format!("not a query: {query}"))?.query;
        let hits = |sort, query| {
            let (loosen, limit) = (Loosen::Auto, Some(10));
            Self::Hits(Request { query, sort, offset: 0, limit, loosen, fold: true, now: None })
        };
        match sort {
            "best" => Ok(hits(Sort::Best, query)),
            "newest" => Ok(hits(Sort::Newest, query)),
            "months" => Ok(Self::Months(query)),
            "reporters" => Ok(Self::Reporters(query)),
            other => Err(format!("no such kind: {other}")),
        }
    }

    fn answer(&self, snapshot: &Snapshot) -> xunwen::index::Result<()> {
        match self {
            Self::Hits(request) => drop(black_box(snapshot.search(request)?)),
            Self::Months(query) => drop(black_box(snapshot.timeline(query, Some(Unit::Month))?)),
            Self::Reporters(query) => drop(black_box(snapshot.tally(query, Grouping::Name(Role::Reporter))?)),
        }
        Ok(())
    }
}
