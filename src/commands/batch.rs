//! `search --batch`: a query a line, answered in one process, in the order of the lines.

use super::ask::{Asked, asked_words};
use super::in_order::in_order;
use super::list::{self, Form};
use super::search::{listing, request, write_hits, write_list};
use super::{locate, source};
use crate::cli::SearchArgs;
use crate::config::Surroundings;
use crate::exit::{Exit, Failure, Outcome};
use crate::index::{Keys, Snapshot};
use crate::render::{Links, Paint, Style, hits, json};
use crate::ui::Ui;
use std::fs;
use std::io::Write;
use std::path::Path;

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line<'a> {
    /// Its number, from 1.
    number: usize,
    /// What its query is called: what stands before the first tab, else the number.
    qid: String,
    /// The query; `Err`: it is no text.
    query: Result<&'a str, ()>,
}

/// What became of a line.
enum Answer {
    Given { total: u64, notices: Vec<String> },
    Refused(String),
}

pub fn run(args: &SearchArgs, path: &Path, around: &Surroundings, ui: &mut Ui) -> Outcome {
    let bytes = content(path)?;
    let lines = lines(&bytes);
    asked_words(&[], &args.ask, &args.filters, around)?; // wrong filters are told once, and not a line each
    // Each query on a thread of its own.
    let snapshot = locate::open(&args.ask.index, around)?.on_threads(1);
    let keys = snapshot.keys(if args.ids && args.jsonl { usize::MAX } else { 0 })?;
    let form = list::form(&args.list, args.number, around)?;
    let batch = Batch {
        args,
        around,
        snapshot: &snapshot,
        keys: &keys,
        form,
        links: ui.links(snapshot.layout().home()),
        style: ui.style(),
    };
    let (mut found, mut refused) = (0_usize, 0_usize);
    let answer = |n: usize, out: &mut dyn Write| match lines.get(n) {
        Some(line) => batch.answer(line, out),
        None => Ok(Answer::Refused(String::new())),
    };
    in_order(
        around.processors,
        lines.len(),
        answer,
        ui,
        |ui, bytes| ui.out().write_all(bytes),
        |ui, n, answer| {
            let number = lines.get(n).map_or(0, |line| line.number);
            match answer {
                Answer::Given { total, notices } => {
                    found += usize::from(total > 0);
                    notices.iter().for_each(|notice| ui.hint(&format!("第 {number} 行：{notice}")));
                }
                Answer::Refused(message) => {
                    refused += 1;
                    ui.warn(&format!("第 {number} 行：{message}"));
                }
            }
            Ok(())
        },
    )?;
    ui.status(&format!("检索 {} 条：{found} 条有结果，{refused} 条读不懂", lines.len()));
    Ok(match (found, refused) {
        (_, 1..) => Exit::Usage,
        (0, 0) => Exit::NothingFound,
        (1.., 0) => Exit::Done,
    })
}

fn content(path: &Path) -> Outcome<Vec<u8>> {
    let stdin = path.as_os_str() == "-";
    let read = if stdin {
        source::Opened::standard_input(None).and_then(|mut opened| opened.bytes())
    } else {
        fs::read(path).map_err(|e| e.to_string())
    };
    read.map_err(|e| {
        Failure::new(Exit::Usage, format!("不能读 {}：{e}", path.display()))
            .with_hint("--batch 后面是一个文件，一行一条检索；- 是标准输入")
    })
}

/// Reads the lines that hold anything. Nothing is trimmed but the line end, and a byte order mark at the beginning.
fn lines(bytes: &[u8]) -> Vec<Line<'_>> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let lines = bytes.split(|&byte| byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    (1..).zip(lines).filter(|(_, line)| !line.is_empty()).map(|(number, line)| read(number, line)).collect()
}

fn read(number: usize, line: &[u8]) -> Line<'_> {
    let mut parts = line.splitn(2, |&byte| byte == b'\t');
    let (first, second) = (parts.next().unwrap_or_default(), parts.next());
    let (qid, query) = second.map_or((&[][..], first), |query| (first, query));
    let qid = if qid.is_empty() { number.to_string() } else { String::from_utf8_lossy(qid).into_owned() };
    Line { number, qid, query: std::str::from_utf8(query).map_err(|_| ()) }
}

struct Batch<'a> {
    args: &'a SearchArgs,
    around: &'a Surroundings,
    snapshot: &'a Snapshot,
    keys: &'a Keys,
    form: Option<Form>,
    links: Links,
    style: Style,
}

impl Batch<'_> {
    /// Answers one line. What is wrong with the line is said of it; only what would be wrong with any fails.
    fn answer(&self, line: &Line<'_>, out: &mut dyn Write) -> Outcome<Answer> {
        let asked = match line.query {
            Ok(query) => asked_words(&[query.to_owned()], &self.args.ask, &self.args.filters, self.around),
            Err(()) => Err(Failure::new(Exit::Usage, "不是 UTF-8 文字")),
        };
        let (wrong, asked) = match asked {
            Ok(asked) if asked.query.is_empty() => ("没有检索词，也没有条件".to_owned(), None),
            Ok(asked) => (String::new(), Some(asked)),
            Err(failure) if failure.exit == Exit::Usage => (failure.message, None),
            Err(failure) => return Err(failure),
        };
        let Some(asked) = asked else {
            if self.args.summary {
                json::write_summary(out, &line.qid, Err(&wrong))?;
            }
            return Ok(Answer::Refused(wrong));
        };
        self.write(line, &asked, out)
    }

    fn write(&self, line: &Line<'_>, asked: &Asked, out: &mut dyn Write) -> Outcome<Answer> {
        let notices = &asked.notices;
        let (args, qid) = (self.args, line.qid.as_str());
        let ranking = self.snapshot.rank(&request(args, asked))?;
        let found = &ranking.outline;
        if let Some(form) = &self.form {
            let (loosened, line_end) = (found.loosened.is_some(), list::line_end(&args.list));
            let setting = list::Setting { qid: Some(qid), loosened, line_end, links: &self.links, style: self.style };
            list::write(out, form, (self.snapshot, &ranking), &setting)?;
        } else if args.count {
            writeln!(out, "{qid}\t{}", found.total)?;
        } else if args.ids {
            write_list(out, listing(args), Some(qid), &ranking, self.keys)?;
        } else if args.jsonl {
            write_hits(out, Some(qid), self.snapshot, &ranking)?;
        } else if args.json {
            let notes: Vec<String> = notices.iter().cloned().chain(found.notes.iter().map(hits::note)).collect();
            let (typed, canonical) = (line.query.unwrap_or_default(), asked.query.to_string());
            json::write_found(out, Some(qid), &self.snapshot.found(&ranking)?, typed, &canonical, &notes, None)?;
        } else {
            let heading = format!("【{qid}】{}", line.query.unwrap_or_default());
            writeln!(out, "{}\n", self.style.paint(Paint::Title, &heading))?;
            hits::write(out, &self.snapshot.found(&ranking)?, args.offset, &self.links, self.style)?;
            writeln!(out)?;
        }
        if args.summary {
            json::write_summary(out, qid, Ok(found.total))?;
        }
        let notices = if args.json { Vec::new() } else { notices.clone() };
        Ok(Answer::Given { total: found.total, notices })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_query_or_a_name_and_a_query() {
        let read = lines("\u{feff}养老\r\n\nq-3\t 服务 \tx\n\t托育\n".as_bytes());
        let told: Vec<_> = read.iter().map(|line| (line.number, line.qid.as_str(), line.query)).collect();
        assert_eq!(told, [(1, "1", Ok("养老")), (3, "q-3", Ok(" 服务 \tx")), (4, "4", Ok("托育"))]);
        assert_eq!(lines(b"\xff\xfe\n").first().map(|line| line.query), Some(Err(())));
        assert_eq!(lines(b""), []);
    }
}
