//! Many answers made at once, written one after the other.

use crate::exit::Outcome;
use std::io::{self, Write};
use std::panic;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// Bytes of output that are handed over at once.
const PIECE: usize = 1 << 16;
/// How many pieces a thread may be ahead of what is written: what bounds memory.
const AHEAD: usize = 128;

enum Part<T> {
    Bytes(Vec<u8>),
    End(T),
}

/// Hands on what is written, piece by piece.
struct Pieces<'a, T> {
    to: &'a SyncSender<Part<T>>,
    piece: Vec<u8>,
}

impl<T> Write for Pieces<'_, T> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let piece = std::mem::take(&mut self.piece);
        self.to.send(Part::Bytes(piece)).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

/// Makes the answers 0 to `count` on some threads, and writes them in that order, whatever the threads do.
///
/// `answer` writes one and says what became of it; `done` is told so once it stands written.
///
/// # Errors
/// With the first failure, in order, of an answer, of the writer or of `done`; nothing after it is written.
pub fn in_order<T: Send, C>(
    threads: usize,
    count: usize,
    answer: impl Fn(usize, &mut dyn Write) -> Outcome<T> + Sync,
    channel: &mut C,
    mut write: impl FnMut(&mut C, &[u8]) -> io::Result<()>,
    mut done: impl FnMut(&mut C, usize, T) -> Outcome<()>,
) -> Outcome<()> {
    let threads = threads.clamp(1, count.max(1));
    let work = |first: usize, to: &SyncSender<Part<Outcome<T>>>| {
        for n in (first..count).step_by(threads) {
            let mut out = Pieces { to, piece: Vec::new() };
            let end = answer(n, &mut out);
            if out.flush().is_err() || to.send(Part::End(end)).is_err() {
                break; // nobody reads on
            }
        }
    };
    thread::scope(|scope| {
        let mut workers = Vec::with_capacity(threads);
        let mut parts = Vec::<Receiver<Part<Outcome<T>>>>::with_capacity(threads);
        for first in 0..threads {
            let (to, from) = sync_channel(AHEAD);
            workers.push(scope.spawn(move || work(first, &to)));
            parts.push(from);
        }
        let mut all = || {
            for (n, from) in (0..count).zip((0..threads).cycle()) {
                let Some(from) = parts.get(from) else { break };
                loop {
                    match from.recv() {
                        Ok(Part::Bytes(bytes)) => write(channel, &bytes)?,
                        Ok(Part::End(end)) => break done(channel, n, end?)?,
                        Err(_) => return Ok(()), // the worker panicked, which its `join` tells
                    }
                }
            }
            Ok(())
        };
        let outcome = all();
        drop(parts); // lets workers go that wait to hand on
        for worker in workers {
            if let Err(panicked) = worker.join() {
                panic::resume_unwind(panicked);
            }
        }
        outcome
    })
}

/// Makes things 0 to `count` on some threads, each of these up to `ahead` before its turn, and takes them in that order.
///
/// # Errors
/// With the first failure of `take`; nothing after it is taken.
pub fn ahead<T: Send>(
    threads: usize,
    ahead: usize,
    count: usize,
    make: impl Fn(usize) -> T + Sync,
    mut take: impl FnMut(usize, T) -> Outcome<()>,
) -> Outcome<()> {
    let threads = threads.clamp(1, count.max(1));
    let make = &make;
    thread::scope(|scope| {
        let mut made = Vec::<Receiver<T>>::with_capacity(threads);
        for first in 0..threads {
            let (to, from) = sync_channel(ahead);
            // Ends early where nobody takes what it makes; its panic is that of the scope.
            scope.spawn(move || (first..count).step_by(threads).try_for_each(|n| to.send(make(n)).ok()));
            made.push(from);
        }
        for (n, from) in (0..count).zip((0..threads).cycle()) {
            let Some(Ok(thing)) = made.get(from).map(Receiver::recv) else { break };
            take(n, thing)?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exit::{Exit, Failure};

    fn run(threads: usize, count: usize, failing: Option<usize>) -> (Outcome<()>, String) {
        let mut out = Vec::new();
        let outcome = in_order(
            threads,
            count,
            |n, out| {
                if Some(n) == failing {
                    return Err(Failure::new(Exit::Bug, "x"));
                }
                for part in 0..n % 7 * 5_000 {
                    write!(out, "{n}-{part} ")?;
                }
                Ok(n)
            },
            &mut out,
            |out, bytes| out.write_all(bytes),
            |out, n, end| {
                assert_eq!(n, end);
                Ok(writeln!(out, "|{n}")?)
            },
        );
        (outcome, String::from_utf8(out).unwrap())
    }

    #[test]
    fn answers_stand_in_order_whatever_the_number_of_threads() {
        let alone = run(1, 40, None);
        assert!(alone.0.is_ok() && alone.1.ends_with("|39\n"));
        for threads in [2, 3, 64] {
            assert_eq!(run(threads, 40, None), alone);
        }
        assert_eq!(run(2, 0, None), (Ok(()), String::new()));
    }

    #[test]
    fn what_is_made_ahead_is_taken_in_order_until_a_failure() {
        for threads in [1, 2, 7] {
            let mut taken = Vec::new();
            let take = |n, square| {
                taken.push((n, square));
                Ok(())
            };
            let outcome = ahead(threads, 3, 50, |n| n * n, take);
            assert!(outcome.is_ok());
            assert_eq!(taken, (0..50).map(|n| (n, n * n)).collect::<Vec<_>>());
            let mut taken = 0;
            let fails = |n, _| {
                taken = n;
                if n == 20 { Err(Failure::new(Exit::Bug, "x")) } else { Ok(()) }
            };
            assert!(ahead(threads, 3, 50, |n| n, fails).is_err());
            assert_eq!(taken, 20);
        }
    }

    #[test]
    fn what_comes_before_a_failure_is_written_and_nothing_after_it() {
        let (outcome, text) = run(3, 400, Some(21));
        assert!(outcome.is_err());
        assert!(text.ends_with("|20\n"));
    }
}
