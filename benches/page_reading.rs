//! How long reading pages takes beside cutting the same text into words for the index, on one thread, in one run.
//!
//! `cargo bench --bench page_reading -- FOLDER` reads the `.txt` files of a folder of pages; without one, the samples.

#![allow(clippy::print_stdout, clippy::unwrap_used)] // a measurement for the one who runs it

use std::hint::black_box;
use std::time::{Duration, Instant};
use xunwen::corpus::Known;
use xunwen::corpus::page::read_page;
use xunwen::text::segment::CorpusSegmenter;

/// Each is measured so often; the best run is the one least disturbed.
const RUNS: usize = 5;

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let folder = folder.unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/corpus").to_owned());
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let texts: Vec<String> = files
        .iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let segmenter = CorpusSegmenter::for_writing();
    segmenter.for_each_word("词典", |_| {});
    let reading = best(|| texts.iter().map(|text| read_page(text, &Known::default()).articles.len()).sum());
    let cutting = best(|| {
        let mut words = 0;
        texts.iter().flat_map(|text| text.lines()).for_each(|line| segmenter.for_each_word(line, |_| words += 1));
        words
    });
    let speed = |time: Duration| bytes as f64 / 1e6 / time.as_secs_f64();
    println!("{} pages, {:.1} MB", texts.len(), bytes as f64 / 1e6);
    println!("reading  {:.1} MB/s\ncutting  {:.1} MB/s", speed(reading), speed(cutting));
    println!("reading takes {:.2} of the time of cutting", reading.as_secs_f64() / cutting.as_secs_f64());
}

fn best(work: impl Fn() -> usize) -> Duration {
    let run = || {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    (0..RUNS).map(|_| run()).min().unwrap_or_default()
}
