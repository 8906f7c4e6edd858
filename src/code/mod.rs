//! Code: highlighting with syntect. Scopes become [`Role`]s here and nowhere else. Slow on the first
//! line of a language (tens of milliseconds): call it from a worker.
//!
//! Knows no colours and no Markdown: it is given a language's name and the code. What it does not
//! know, or will not spend time on, comes back as plain [`Role::Code`]; nothing here fails.

mod language;
mod paint;
mod piece;
mod scopes;
mod session;
#[cfg(test)]
mod tests;

use crate::text::role::Role;
use paint::Painter;

pub use piece::Piece;

/// The roles of one line of code: adjacent stretches as byte lengths; together they cover the line.
pub type LineRoles = Vec<(u32, Role)>;

/// Lines longer than this many bytes stay plain: they are minified or data, nobody reads their
/// colours, and the grammars' backtracking patterns are slowest just there.
pub const MAX_LINE_BYTES: usize = 2_000;

/// Lines after this many stay plain: at about 0.2 ms a line, a longer block would keep its worker
/// busy for seconds while the reader has moved on.
pub const MAX_LINES: usize = 5_000;

/// Lines after this many bytes stay plain, too: at up to 10 µs a byte, a block of long lines would
/// take as long as one of many.
pub const MAX_BYTES: usize = 250_000;

/// The highlighter: a handle on the syntaxes, which all handles share and the first one loads.
#[derive(Clone, Copy, Debug, Default)]
pub struct Highlighter {}

impl Highlighter {
    /// Loads the syntax set (about 2 ms), once in a run.
    #[must_use]
    pub fn new() -> Self {
        language::syntaxes();
        Self {}
    }

    /// Whether `language` (an info string's first word) is known.
    #[must_use]
    pub fn knows(&self, language: &str) -> bool {
        language::find(language).is_some()
    }

    /// What people call the language of that name; `None` where it is unknown.
    #[must_use]
    pub fn name(&self, language: &str) -> Option<String> {
        let language = language::find(language)?;
        let name = &language.syntax.name;
        // `Bourne Again Shell (bash)` is called by what stands in the brackets.
        let short = name.rsplit_once('(').and_then(|(_, rest)| rest.strip_suffix(')'));
        Some(short.unwrap_or(name).to_owned())
    }

    /// The roles of each line of `code`, from the first on: one entry for each piece between `\n`s.
    /// Lines past [`MAX_LINE_BYTES`], [`MAX_LINES`] and [`MAX_BYTES`], and code of unknown languages, come back as
    /// plain [`Role::Code`]. The lengths of a line's roles sum to its length in bytes; an empty line
    /// has none.
    #[must_use]
    pub fn highlight(&self, language: &str, code: &str) -> Vec<LineRoles> {
        let lines = code.split('\n');
        let Some(language) = language::find(language) else { return lines.map(plain).collect() };
        let prompts = session::prompts(&language, code);
        let mut painter = Painter::new(&language);
        let mut bytes = 0;
        lines
            .enumerate()
            .map(|(number, line)| {
                let short = line.len() <= MAX_LINE_BYTES;
                bytes += if short { line.len() } else { 0 };
                if !short || number >= MAX_LINES || bytes > MAX_BYTES {
                    return plain(line);
                }
                painter.any_line(prompts, line)
            })
            .collect()
    }
}

/// A line without colours.
fn plain(line: &str) -> LineRoles {
    stretch(line.len(), Role::Code).into_iter().collect()
}

/// A stretch of `bytes`, unless it is empty.
fn stretch(bytes: usize, role: Role) -> Option<(u32, Role)> {
    (bytes > 0).then(|| (u32::try_from(bytes).unwrap_or(u32::MAX), role))
}
