//! Scrolling: from an anchor by rows up or down, to the end, to a row of the whole page. What is near is laid out and
//! stepped over row by row; what is far goes by the heights as they are known.

use super::options::Context;
use super::page::{Anchor, PageLayout, at};

/// Rows that scrolling walks through one by one; farther jumps go by estimates.
const NEAR_ROWS: usize = 600;

impl PageLayout {
    /// `anchor` moved by `delta` rows, kept so that the last `rows` rows of the page can be the last
    /// on the screen and no further. Lays out what is stepped over when it is near.
    pub fn scroll(
        &mut self,
        context: &dyn Context,
        anchor: Anchor,
        delta: isize,
        rows: usize,
    ) -> Anchor {
        let anchor = self.settle(context, anchor);
        let moved = if delta.unsigned_abs() > NEAR_ROWS {
            let row = self.row(anchor).saturating_add_signed(delta);
            self.anchor_of_row(context, row)
        } else if delta < 0 {
            self.up(context, anchor, delta.unsigned_abs())
        } else {
            self.down(context, anchor, delta.unsigned_abs()).0
        };
        self.keep_full(context, moved, rows)
    }

    /// The anchor that shows the end of the page on `rows` rows.
    pub fn end(&mut self, context: &dyn Context, rows: usize) -> Anchor {
        let last = self.slot_count() - 1;
        let height = self.height(context, last);
        self.up(context, Anchor { slot: at(last), line: at(height) }, rows.max(1))
    }

    /// Rows above `anchor` and rows of the whole page; exact where laid out, else estimated.
    #[must_use]
    pub fn position(&self, anchor: Anchor) -> (usize, usize) {
        (self.row(anchor), self.heights.total())
    }

    /// The anchor of the row that is `row` rows below the top, by what is known of the heights.
    pub fn anchor_of_row(&mut self, context: &dyn Context, row: usize) -> Anchor {
        let (slot, line) = self.heights.find(row);
        self.settle(context, Anchor { slot: at(slot), line: at(line) })
    }

    /// An anchor that stands on a line, as near as can be: of what is hidden, on the line that stands for it.
    pub(super) fn settle(&mut self, context: &dyn Context, anchor: Anchor) -> Anchor {
        let last = self.slot_count() - 1;
        if let Some(slot) = self.head_of(anchor.slot as usize) {
            return self.text_of(context, slot);
        }
        if anchor.slot as usize > last {
            let last = self.head_of(last).unwrap_or(last);
            let line = at(self.height(context, last).saturating_sub(1));
            return Anchor { slot: at(last), line };
        }
        let height = self.height(context, anchor.slot as usize);
        Anchor { line: anchor.line.min(at(height.saturating_sub(1))), ..anchor }
    }

    fn height(&mut self, context: &dyn Context, slot: usize) -> usize {
        if !self.exact[slot] {
            self.lay(context, slot);
        }
        self.heights.get(slot)
    }

    fn row(&self, anchor: Anchor) -> usize {
        let slot = anchor.slot as usize;
        self.heights.above(slot) + (anchor.line as usize).min(self.heights.get(slot))
    }

    fn up(&mut self, context: &dyn Context, anchor: Anchor, rows: usize) -> Anchor {
        let (mut slot, mut above) = (anchor.slot as usize, anchor.line as usize);
        while above < rows && slot > 0 {
            slot = self.slot_before(slot);
            above += self.height(context, slot);
        }
        Anchor { slot: at(slot), line: at(above.saturating_sub(rows)) }
    }

    /// The anchor `rows` further down, and whether the page reaches so far.
    fn down(&mut self, context: &dyn Context, anchor: Anchor, rows: usize) -> (Anchor, bool) {
        let (mut slot, mut line) = (anchor.slot as usize, anchor.line as usize + rows);
        loop {
            let height = self.height(context, slot);
            if line < height {
                return (Anchor { slot: at(slot), line: at(line) }, true);
            }
            let next = self.slot_after(slot);
            if next >= self.slot_count() {
                return (
                    Anchor { slot: at(slot), line: at(height.saturating_sub(1)) },
                    line == height,
                );
            }
            line -= height;
            slot = next;
        }
    }

    /// The anchor, or the page's end where it would leave rows of the screen empty.
    fn keep_full(&mut self, context: &dyn Context, anchor: Anchor, rows: usize) -> Anchor {
        if self.down(context, anchor, rows).1 { anchor } else { self.end(context, rows) }
    }
}
