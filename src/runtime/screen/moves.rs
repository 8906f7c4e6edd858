//! Rows that moved: finds out by how many rows a band of the screen moved up or down, and has the terminal do the
//! same. Whether that is worth it is for the caller to find out: what is found here is only a good guess.
//!
//! Rows are moved by deleting some (DL) and inserting as many (IL), so that what stands below the band comes back to
//! its place. A scroll region (DECSTBM) would do the same, but it outlives the frame. Margins at the left and right
//! (DECLRMM), which would leave the panes beside a page alone, are unknown to too many terminals.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use ratatui::buffer::{Buffer, Cell};

/// Rows are compared in pieces of so many cells: often only a pane moved.
const PIECE: usize = 8;

/// A band of rows that moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Move {
    /// The rows that move or are moved over.
    band: Range<usize>,
    /// By how many rows.
    by: usize,
    up: bool,
}

/// The move after which the most pieces of `front` are in their place in `back`, if any is worth more than none.
pub(super) fn find(front: &Buffer, back: &Buffer) -> Option<Move> {
    let (old, new) = (pieces(front), pieces(back));
    let rows = old.len().min(new.len());
    let same = |from: usize, to: usize| -> i64 {
        old[from].iter().zip(&new[to]).map(|(a, b)| i64::from(a == b)).sum()
    };
    let stays: Vec<i64> = (0..rows).map(|row| same(row, row)).collect();
    let mut best: Option<(i64, Move)> = None;
    for (by, up) in (1..rows).flat_map(|by| [(by, true), (by, false)]) {
        // The rows that are where another one was: those from `first` on, as many as there are.
        let first = if up { 0 } else { by };
        let source = |row: usize| if up { row + by } else { row - by };
        let (mut sum, mut start) = (0, first);
        for row in first..first + rows - by {
            if sum <= 0 {
                (sum, start) = (0, row);
            }
            sum += same(source(row), row) - stays[row];
            let band = if up { start..row + 1 + by } else { start - by..row + 1 };
            if best.as_ref().is_none_or(|(most, _)| sum > *most) {
                let uncovered = if up { row + 1..band.end } else { band.start..start };
                let worth = sum - uncovered.map(|row| stays[row]).sum::<i64>();
                if worth > best.as_ref().map_or(0, |(most, _)| *most) {
                    best = Some((worth, Move { band, by, up }));
                }
            }
        }
    }
    best.map(|(_, found)| found)
}

impl Move {
    /// Has the terminal move the rows. Expects a plain pen: rows that come in take its ground.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let (top, bottom) = (self.band.start, self.band.end - self.by);
        let (deleted, inserted) = if self.up { (top, bottom) } else { (bottom, top) };
        let by = if self.by == 1 { String::new() } else { self.by.to_string() };
        for (row, last) in [(deleted, 'M'), (inserted, 'L')] {
            out.extend_from_slice(format!("\x1b[{}H\x1b[{by}{last}", row + 1).as_bytes());
        }
    }

    /// Does to a buffer what the terminal does.
    pub(super) fn apply(&self, buffer: &mut Buffer) {
        let columns = usize::from(buffer.area.width);
        let cells = self.by * columns;
        let band = &mut buffer.content[self.band.start * columns..self.band.end * columns];
        let empty = if self.up {
            band.rotate_left(cells);
            let end = band.len();
            &mut band[end - cells..]
        } else {
            band.rotate_right(cells);
            &mut band[..cells]
        };
        empty.iter_mut().for_each(Cell::reset);
    }
}

/// For each row what stands in its pieces, as one number a piece. Numbers that agree by chance make a worse
/// guess, no wrong screen.
fn pieces(buffer: &Buffer) -> Vec<Vec<u64>> {
    let columns = usize::from(buffer.area.width).max(1);
    let piece = |cells: &[Cell]| {
        let mut mixed = Mixed(0);
        for cell in cells {
            (cell.symbol(), cell.fg, cell.bg, cell.modifier).hash(&mut mixed);
        }
        mixed.0
    };
    buffer.content.chunks(columns).map(|row| row.chunks(PIECE).map(piece).collect()).collect()
}

/// `FxHash`: a few steps a cell, where the standard library's would cost more than painting the frame.
struct Mixed(u64);

impl Hasher for Mixed {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, more: u64) {
        self.0 = (self.0.rotate_left(5) ^ more).wrapping_mul(0x517c_c1b7_2722_0a95);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
