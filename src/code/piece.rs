//! Pieces: a long block gets its colours part by part, as it is looked at.
//!
//! Grammars read from the top. Who goes on where the last piece ended goes on exactly; who jumps far into a
//! block begins a little before the piece, at a line that looks like a beginning, and may be wrong
//! inside a very long string. That is what it costs to see colours at once.

use std::ops::Range;

use super::language;
use super::paint::Painter;
use super::session::{self, Prompts};
use super::{Highlighter, LineRoles, MAX_LINE_BYTES, plain};

/// So many lines before a piece are read to find out what it begins in: about 25 ms.
const LINES_BEFORE: usize = 128;
/// Lines of a piece after this many bytes stay plain: at up to 10 µs a byte, it would keep others waiting.
const MAX_BYTES: usize = 65_536;

/// Where the last piece ended, for the one that goes on.
pub struct Piece {
    /// The block: whatever tells it from others.
    block: (u64, u32),
    painter: Painter,
    prompts: Option<Prompts>,
    /// The line that comes next, and its byte offset.
    next: usize,
    offset: usize,
}

impl Highlighter {
    /// The roles of the `lines` of `code`, which is the block called `block`. What `last` holds of the
    /// same block goes on where it can; it is replaced by where this piece ends. Limits are those of
    /// [`Self::highlight`], but for the number of lines.
    pub fn piece(
        &self,
        last: &mut Option<Piece>,
        block: (u64, u32),
        (language, code): (&str, &str),
        lines: Range<usize>,
    ) -> Vec<LineRoles> {
        let last_piece = last.take().filter(|last| {
            last.block == block && (last.next..=last.next + LINES_BEFORE).contains(&lines.start)
        });
        let piece = last_piece.or_else(|| Piece::before(block, language, code, lines.start));
        let Some(mut piece) = piece else {
            return code.split('\n').skip(lines.start).take(lines.len()).map(plain).collect();
        };
        let before = lines.start - piece.next;
        let mut bytes = 0;
        let mut roles = Vec::with_capacity(lines.len());
        let rest = code.get(piece.offset..).unwrap_or("");
        for (nth, line) in rest.split('\n').take(before + lines.len()).enumerate() {
            let short = line.len() <= MAX_LINE_BYTES;
            bytes += if short { line.len() } else { 0 };
            let line_roles = if short && bytes <= MAX_BYTES {
                piece.painter.any_line(piece.prompts, line)
            } else {
                plain(line)
            };
            if nth >= before {
                roles.push(line_roles);
            }
            piece.offset += line.len() + 1;
        }
        piece.next = lines.end;
        *last = Some(piece);
        roles
    }
}

impl Piece {
    /// Begins at, or a little before, the line `from`. `None` for languages that are not known.
    fn before(block: (u64, u32), language: &str, code: &str, from: usize) -> Option<Self> {
        let language = language::find(language)?;
        let prompts = session::prompts(&language, code);
        let newlines = memchr::memchr_iter(b'\n', code.as_bytes()).map(|newline| newline + 1);
        let starts: Vec<usize> = std::iter::once(0).chain(newlines.take(from)).collect();
        let first = from.saturating_sub(LINES_BEFORE).min(starts.len() - 1);
        let begins = |&line: &usize| {
            let text = &code[starts[line]..];
            let after_blank = line == 0 || code[..starts[line]].ends_with("\n\n");
            after_blank && text.starts_with(|c: char| !c.is_whitespace())
        };
        let next = if first == 0 { 0 } else { (first..starts.len()).find(begins).unwrap_or(first) };
        let painter = Painter::new(&language);
        Some(Self { block, painter, prompts, next, offset: starts[next] })
    }
}

impl std::fmt::Debug for Piece {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Piece")
            .field("block", &self.block)
            .field("next", &self.next)
            .finish_non_exhaustive()
    }
}
