//! Standard output: buffered, scrubbed, quiet when the reader goes away.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use anyhow::Result;
use serde::Serialize;

use crate::text::scrub::{scrub, scrub_line};

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
        writeln!(self.out, "{}", scrub_line(text))?;
        Ok(())
    }

    /// Several lines of text.
    pub(crate) fn text(&mut self, text: &str) -> Result<()> {
        self.out.write_all(scrub(text).as_bytes())?;
        Ok(())
    }

    /// One JSON object on one line. JSON escapes C0 controls itself; DEL, C1 and bidirectional
    /// controls are escaped here, so that the line is safe to look at and still says what is there.
    pub(crate) fn json(&mut self, row: &impl Serialize) -> Result<()> {
        let text = serde_json::to_string(row)?;
        if text.chars().any(crate::text::scrub::acts_on_terminal) {
            for c in text.chars() {
                if crate::text::scrub::acts_on_terminal(c) {
                    write!(self.out, "\\u{:04x}", c as u32)?;
                } else {
                    write!(self.out, "{c}")?;
                }
            }
            writeln!(self.out)?;
        } else {
            writeln!(self.out, "{text}")?;
        }
        Ok(())
    }

    /// The writer itself, for text that is styled.
    pub(crate) fn raw(&mut self) -> &mut impl Write {
        &mut self.out
    }

    pub(crate) fn finish(mut self) -> Result<()> {
        self.out.flush()?;
        Ok(())
    }

    pub(crate) fn is_terminal() -> bool {
        io::stdout().is_terminal()
    }
}

/// Whether the reader of the output went away: no error of ours.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
