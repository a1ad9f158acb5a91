//! Standard output: straight, or through a pager once there is more than a screen of it.

use crate::launch::Program;
use std::io::{self, BufWriter, Stdout, Write};
use std::process::{Child, ChildStdin};

/// Where results go.
pub struct Out {
    straight: BufWriter<Stdout>,
    paging: Option<Paging>,
}

/// What is to be read with a pager.
struct Paging {
    program: Program,
    /// How many lines fit on the screen.
    rows: usize,
    /// What was written while it fits.
    held: Vec<u8>,
    lines: usize,
    pager: Option<(Child, BufWriter<ChildStdin>)>,
}

impl Out {
    /// Standard output, straight.
    pub fn new() -> Self {
        Self { straight: BufWriter::with_capacity(1 << 16, io::stdout()), paging: None }
    }

    /// From now on, more than a screen is read with a pager.
    pub fn page(&mut self, program: Program, rows: usize) {
        self.paging = Some(Paging { program, rows, held: Vec::new(), lines: 0, pager: None });
    }

    /// Returns whether something is held back or a pager has the screen, so that nothing else may be written there.
    pub fn has_screen(&self) -> bool {
        self.paging.as_ref().is_some_and(|paging| paging.pager.is_some() || !paging.held.is_empty())
    }

    /// Sends off everything and waits until it was read.
    ///
    /// # Errors
    /// When nobody reads it any more.
    pub fn close(&mut self) -> io::Result<()> {
        let Some(paging) = self.paging.take() else { return self.straight.flush() };
        let Some((mut child, mut to)) = paging.pager else {
            self.straight.write_all(&paging.held)?;
            return self.straight.flush();
        };
        // Who leaves a pager early has read enough.
        let _ = to.flush();
        drop(to);
        child.wait().map(|_| ())
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(paging) = &mut self.paging else { return self.straight.write(bytes) };
        if let Some((_, to)) = &mut paging.pager {
            return to.write(bytes);
        }
        paging.held.extend_from_slice(bytes);
        paging.lines += bytes.iter().filter(|&&byte| byte == b'\n').count();
        if paging.lines >= paging.rows {
            match start(&paging.program) {
                Some((child, mut to)) => {
                    let sent = to.write_all(&paging.held);
                    paging.held.clear();
                    paging.pager = Some((child, to));
                    sent?;
                }
                // A pager that is not there is done without.
                None => {
                    let held = std::mem::take(&mut paging.held);
                    self.paging = None;
                    self.straight.write_all(&held)?;
                }
            }
        }
        Ok(bytes.len())
    }

    /// What a pager has or may come to have is sent off at the end.
    fn flush(&mut self) -> io::Result<()> {
        if self.paging.is_some() { Ok(()) } else { self.straight.flush() }
    }
}

fn start(program: &Program) -> Option<(Child, BufWriter<ChildStdin>)> {
    let mut child = program.feed().ok()?;
    let to = child.stdin.take()?;
    // Ctrl-C is the pager's, which has the screen.
    crate::config::leave_interrupts();
    Some((child, BufWriter::with_capacity(1 << 16, to)))
}
