//! What a competent user would write in an afternoon: one field with positions and a stored copy, jieba for its
//! tokenizer, Tantivy's own query parser. With `bigrams`, the same without a dictionary: every pair of characters.
//!
//! ```text
//! baseline words|bigrams ingest INDEX FILE.jsonl THREADS
//! baseline words|bigrams search INDEX QUERY
//! baseline words|bigrams warm INDEX ROUNDS <queries, one a line      → µs of each, the median of its rounds
//! ```

use serde::Deserialize;
use std::error::Error;
use std::io::{BufRead, BufReader, Write};
use std::time::Instant;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::QueryParser;
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy::{Index, IndexWriter, Searcher, TantivyDocument, doc};

#[derive(Deserialize)]
struct Record {
    title: Option<String>,
    body: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [kind, "ingest", folder, file, threads] => ingest(kind, folder, file, threads.parse()?),
        [kind, "search", folder, query] => {
            let plain = Plain::open(kind, folder)?;
            let (total, texts) = plain.search(query)?;
            for text in texts {
                println!("{}", text.chars().take(60).collect::<String>());
            }
            println!("{total}");
            Ok(())
        }
        [kind, "warm", folder, rounds] => warm(&Plain::open(kind, folder)?, rounds.parse()?),
        _ => Err("see the head of main.rs".into()),
    }
}

/// One field `text`, cut by `kind`, with positions, stored.
fn schema(kind: &str) -> Schema {
    let mut builder = Schema::builder();
    let indexing =
        TextFieldIndexing::default().set_tokenizer(kind).set_index_option(IndexRecordOption::WithFreqsAndPositions);
    builder.add_text_field("text", TextOptions::default().set_indexing_options(indexing) | STORED);
    builder.build()
}

fn register(index: &Index, kind: &str) -> Result<(), Box<dyn Error>> {
    match kind {
        // Fills the dictionary when it is first used, as `Jieba::new()` does.
        "words" => index.tokenizers().register("words", tantivy_jieba::JiebaTokenizer::new()),
        "bigrams" => index.tokenizers().register("bigrams", Bigrams),
        other => return Err(format!("no such kind: {other}").into()),
    }
    Ok(())
}

fn ingest(kind: &str, folder: &str, file: &str, threads: usize) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    let index = Index::create_in_dir(folder, schema(kind))?;
    register(&index, kind)?;
    let text = index.schema().get_field("text")?;
    let mut writer: IndexWriter = index.writer_with_num_threads(threads, 256 << 20)?;
    for line in BufReader::new(std::fs::File::open(file)?).lines() {
        let record: Record = serde_json::from_str(&line?)?;
        let value = [record.title, record.body].into_iter().flatten().collect::<Vec<_>>().join("\n");
        writer.add_document(doc!(text => value))?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

struct Plain {
    searcher: Searcher,
    parser: QueryParser,
    text: Field,
}

impl Plain {
    fn open(kind: &str, folder: &str) -> Result<Self, Box<dyn Error>> {
        let index = Index::open_in_dir(folder)?;
        register(&index, kind)?;
        let text = index.schema().get_field("text")?;
        let mut parser = QueryParser::for_index(&index, vec![text]);
        parser.set_conjunction_by_default();
        Ok(Self { searcher: index.reader()?.searcher(), parser, text })
    }

    /// The number of hits, and the texts of the first ten.
    fn search(&self, query: &str) -> Result<(usize, Vec<String>), Box<dyn Error>> {
        let query = self.parser.parse_query(query)?;
        let (top, total) = self.searcher.search(&query, &(TopDocs::with_limit(10).order_by_score(), Count))?;
        let text = |(_, at)| -> Result<String, Box<dyn Error>> {
            let document: TantivyDocument = self.searcher.doc(at)?;
            Ok(document.get_first(self.text).and_then(|value| value.as_str()).unwrap_or_default().to_owned())
        };
        Ok((total, top.into_iter().map(text).collect::<Result<_, _>>()?))
    }
}

fn warm(plain: &Plain, rounds: usize) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let mut times = Vec::new();
        for _ in 0..=rounds {
            let start = Instant::now();
            std::hint::black_box(plain.search(&line)?);
            times.push(start.elapsed());
        }
        times.remove(0);
        times.sort();
        writeln!(out, "{:.1}", times[times.len() / 2].as_secs_f64() * 1e6)?;
    }
    Ok(())
}

/// Every two neighbouring characters that are letters or digits; one that stands alone is a token of its own.
#[derive(Clone)]
struct Bigrams;

struct BigramStream<'a> {
    text: &'a str,
    /// Where each character begins, and whether it counts.
    places: Vec<(usize, bool)>,
    next: usize,
    token: Token,
}

impl Tokenizer for Bigrams {
    type TokenStream<'a> = BigramStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> BigramStream<'a> {
        let places = text.char_indices().map(|(at, c)| (at, c.is_alphanumeric())).collect();
        BigramStream { text, places, next: 0, token: Token::default() }
    }
}

impl TokenStream for BigramStream<'_> {
    fn advance(&mut self) -> bool {
        while let Some(&(from, counts)) = self.places.get(self.next) {
            let here = self.next;
            self.next += 1;
            let counts_at = |at: usize| self.places.get(at).is_some_and(|&(_, counts)| counts);
            let alone = !counts_at(here + 1) && (here == 0 || !counts_at(here - 1));
            if !counts || !(alone || counts_at(here + 1)) {
                continue;
            }
            let end = if alone { here + 1 } else { here + 2 };
            let to = self.places.get(end).map_or(self.text.len(), |&(at, _)| at);
            self.token.text.clear();
            self.token.text.push_str(&self.text[from..to]);
            (self.token.offset_from, self.token.offset_to, self.token.position) = (from, to, here);
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
