//! The screen: what the terminal shows now and what it is to show next. A frame is painted into a buffer of its
//! own and only what differs is written, as one synchronized write. Where rows only moved, the terminal is told
//! to move them (`moves`); how cells become bytes is known to `pen`.
//!
//! Nothing here is set in the terminal that outlives a frame: no scroll region, no look, so that whoever gets the
//! terminal next (a shell, an editor, the message of a panic) finds it plain. Knows nothing of what is drawn.

mod moves;
mod pen;

pub use pen::Erased;

use std::io::{self, Write};

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier};

use crate::text::width::width;

/// From so many bytes on a frame is worth a look for rows that moved.
const WORTH_A_LOOK: usize = 300;

/// The modifiers with which a blank shows its ink.
const SHOWN_ON_BLANKS: Modifier =
    Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

/// Synchronized output (mode 2026): terminals that know it show a frame whole, others take no notice.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// A terminal's screen.
#[derive(Debug)]
pub struct Screen<W> {
    out: W,
    /// What the terminal shows.
    front: Buffer,
    /// What the next frame is painted into.
    back: Buffer,
    /// Where the terminal's cursor is shown.
    cursor: Option<Position>,
    /// Whether `front` and `cursor` are what the terminal shows.
    known: bool,
    moves_rows: bool,
    erased: Erased,
}

impl<W: Write> Screen<W> {
    /// A screen of which nothing is known yet. `moves_rows`: whether the terminal may be told to move rows.
    pub fn new(out: W, columns: u16, rows: u16, moves_rows: bool, erased: Erased) -> Self {
        let empty = Buffer::empty(Rect::new(0, 0, columns, rows));
        let back = empty.clone();
        Self { out, front: empty, back, cursor: None, known: false, moves_rows, erased }
    }

    /// Has the next frame written whole: somebody else wrote on the screen.
    pub fn forget(&mut self) {
        self.known = false;
    }

    /// Changes the size, in cells; the next frame is written whole if it is another one.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        let area = Rect::new(0, 0, columns, rows);
        if area != self.back.area {
            self.front = Buffer::empty(area);
            self.back = Buffer::empty(area);
            self.known = false;
        }
    }

    /// Has `paint` paint a frame on an empty buffer and say where the cursor is to be shown, if anywhere; writes
    /// what differs from what the terminal shows. Nothing is written where nothing differs.
    ///
    /// # Errors
    /// The terminal cannot be written to.
    pub fn draw(&mut self, paint: impl FnOnce(&mut Buffer) -> Option<Position>) -> io::Result<()> {
        self.back.reset();
        let cursor = paint(&mut self.back);
        settle(&mut self.back);
        let mut bytes = Vec::new();
        if !self.known {
            // The cursor hidden, the screen cleared in no colour.
            bytes.extend_from_slice(b"\x1b[?25l\x1b[m\x1b[2J");
            self.front.reset();
            settle(&mut self.front);
            self.cursor = None;
        }
        let cells = self.cells();
        if !cells.is_empty() {
            bytes.extend(cells);
        } else if self.known && cursor == self.cursor {
            return Ok(());
        }
        match cursor {
            Some(at) => {
                pen::move_to(&mut bytes, at.x, at.y);
                if self.cursor.is_none() {
                    bytes.extend_from_slice(b"\x1b[?25h");
                }
            }
            None if self.cursor.is_some() => bytes.extend_from_slice(b"\x1b[?25l"),
            None => {}
        }
        self.cursor = cursor;
        self.known = true;
        std::mem::swap(&mut self.front, &mut self.back);
        let frame = [BEGIN, &bytes, END].concat();
        self.out.write_all(&frame)?;
        self.out.flush()
    }

    /// The bytes that turn the front into the back: by moving rows first where that makes them fewer.
    fn cells(&self) -> Vec<u8> {
        let written = pen::write(&self.front, &self.back, self.erased);
        if !self.moves_rows || written.len() < WORTH_A_LOOK {
            return written;
        }
        let Some(found) = moves::find(&self.front, &self.back) else { return written };
        let mut front = self.front.clone();
        let mut moved = Vec::new();
        found.write(&mut moved);
        found.apply(&mut front);
        moved.extend(pen::write(&front, &self.back, self.erased));
        if moved.len() < written.len() { moved } else { written }
    }
}

/// Brings a painted buffer to the form in which buffers are compared: what looks the same is the same.
///
/// The cells that a wide character covers say nothing of their own; of a blank nobody sees the ink.
fn settle(buffer: &mut Buffer) {
    let columns = usize::from(buffer.area.width).max(1);
    for row in buffer.content.chunks_mut(columns) {
        let mut at = 0;
        while at < row.len() {
            let cells = cells_of(row[at].symbol());
            if cells == 0 || at + cells > row.len() {
                row[at].set_symbol(" ");
            }
            if is_blank(&row[at]) {
                row[at].fg = Color::Reset;
                row[at].modifier = Modifier::empty();
            }
            let end = row.len().min(at + cells.max(1));
            let (fg, bg, modifier) = (row[at].fg, row[at].bg, row[at].modifier);
            for covered in &mut row[at + 1..end] {
                covered.set_symbol("");
                (covered.fg, covered.bg, covered.modifier) = (fg, bg, modifier);
            }
            at = end;
        }
    }
}

/// Whether a cell shows nothing but its ground.
fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && !cell.modifier.intersects(SHOWN_ON_BLANKS)
}

/// The cells that a symbol takes on the terminal.
fn cells_of(symbol: &str) -> usize {
    if symbol.len() == 1 { 1 } else { width(symbol) }
}

#[cfg(test)]
mod tests;
