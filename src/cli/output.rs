//! Standard output: buffered, scrubbed, quiet when the reader goes away.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use anyhow::{Context, Result};
use serde::Serialize;

use crate::text::scrub::{acts_on_terminal, scrub, scrub_line};

/// What an error of standard output begins with.
const FAILED: &str = "cannot write the output";

/// Where results are printed.
pub(crate) struct Out {
    out: BufWriter<StdoutLock<'static>>,
}

impl Out {
    pub(crate) fn standard() -> Self {
        Self { out: BufWriter::with_capacity(1 << 16, io::stdout().lock()) }
    }

    /// One line of text from pages: nothing in it acts on a terminal.
    pub(crate) fn line(&mut self, text: &str) -> Result<()> {
        writeln!(self.out, "{}", scrub_line(text)).context(FAILED)
    }

    /// Several lines of text.
    pub(crate) fn text(&mut self, text: &str) -> Result<()> {
        self.out.write_all(scrub(text).as_bytes()).context(FAILED)
    }

    /// Text as it is for files and programs; on a terminal nothing in it acts.
    pub(crate) fn exact(&mut self, text: &str) -> Result<()> {
        if Self::is_terminal() {
            return self.text(text);
        }
        self.out.write_all(text.as_bytes()).context(FAILED)
    }

    /// One JSON object on one line. JSON escapes C0 controls itself; DEL, C1 and bidirectional
    /// controls are escaped here, so that the line is safe to look at and still says what is there.
    pub(crate) fn json(&mut self, row: &impl Serialize) -> Result<()> {
        let mut text = serde_json::to_string(row)?;
        if text.chars().any(acts_on_terminal) {
            // None of them is beyond U+FFFF, so that one escape holds it.
            let escaped = |c| match c {
                c if acts_on_terminal(c) => format!("\\u{:04x}", u32::from(c)),
                c => c.to_string(),
            };
            text = text.chars().map(escaped).collect();
        }
        writeln!(self.out, "{text}").context(FAILED)
    }

    /// The writer itself, for text that is styled.
    pub(crate) fn raw(&mut self) -> &mut impl Write {
        &mut self.out
    }

    /// Prints what waits to be printed, for work is to come that nobody has to wait for.
    pub(crate) fn flush(&mut self) -> Result<()> {
        self.out.flush().context(FAILED)
    }

    pub(crate) fn finish(mut self) -> Result<()> {
        self.flush()
    }

    /// The columns of the terminal that is written to; `None` for a file or a pipe.
    pub(crate) fn columns() -> Option<usize> {
        let (columns, _) = Self::is_terminal().then(crossterm::terminal::size)?.ok()?;
        Some(usize::from(columns)).filter(|columns| *columns > 0)
    }

    pub(crate) fn is_terminal() -> bool {
        io::stdout().is_terminal()
    }
}

/// A sentence on standard error: nothing in it acts on a terminal. Where nobody can read it there is
/// nobody to tell.
pub(crate) fn warn(text: &str) {
    writeln!(io::stderr(), "ken: {}", scrub(text)).ok();
}

/// Whether the reader of the output went away: no error of ours.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
