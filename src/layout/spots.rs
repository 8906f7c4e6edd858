//! Spots: the graphemes of a line that stand for text of the document, each with its place there and its
//! cells here. By them the pointer and the cursor find the text. Knows lines, not what is done with a place.

use super::line::{Line, TextPlace};
use super::options::Context;
use super::page::{Anchor, PageLayout, at};
use crate::markdown::LeafKind;
use crate::text::width::{graphemes, width};

/// A grapheme on a line, or what stands for one: the cells of a tab, the sign of a control character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Where it starts in the document's text.
    pub place: TextPlace,
    /// Byte offset one past it, in the same text. An empty line of code has a spot of no bytes.
    pub end: u32,
    /// Its first cell on the line.
    pub cell: usize,
    /// How many cells it takes.
    pub cells: usize,
}

impl Spot {
    /// The place one past it.
    #[must_use]
    pub fn after(&self) -> TextPlace {
        TextPlace { offset: self.end, ..self.place }
    }
}

impl Line {
    /// The line's spots from left to right.
    #[must_use]
    pub fn spots(&self) -> Vec<Spot> {
        let mut spots = Vec::new();
        let mut empty = None;
        let mut cell = 0;
        for segment in &self.segments {
            let Some(place) = segment.place() else {
                cell += width(&segment.text);
                continue;
            };
            let start = cell;
            if segment.text.is_empty() {
                empty = empty.or(Some(Spot { place, end: place.offset, cell, cells: 0 }));
            }
            let exact = segment.covers as usize == segment.text.len();
            for g in graphemes(&segment.text).filter(|g| g.cells > 0) {
                if exact {
                    let offset = place.offset + at(g.at);
                    let place = TextPlace { offset, ..place };
                    spots.push(Spot {
                        place,
                        end: offset + at(g.text.len()),
                        cell,
                        cells: g.cells,
                    });
                }
                cell += g.cells;
            }
            if !exact && cell > start {
                let end = place.offset + segment.covers;
                spots.push(Spot { place, end, cell: start, cells: cell - start });
            }
        }
        if spots.is_empty() {
            spots.extend(empty);
        }
        spots
    }
}

impl PageLayout {
    /// The spots of the line of `anchor`.
    pub fn spots(&mut self, context: &dyn Context, anchor: Anchor) -> Vec<Spot> {
        let lines = self.lay(context, anchor.slot as usize);
        lines.get(anchor.line as usize).map(Line::spots).unwrap_or_default()
    }

    /// The nearest line with spots below that of `anchor` (above it), as far as the page reaches.
    pub fn line_with_text(
        &mut self,
        context: &dyn Context,
        anchor: Anchor,
        below: bool,
    ) -> Option<(Anchor, Vec<Spot>)> {
        let (mut slot, mut line) = (anchor.slot as usize, anchor.line as usize);
        if below {
            line += 1;
        }
        loop {
            let lines = self.lay(context, slot);
            let found = if below {
                (line..lines.len()).find(|&i| lines[i].has_text())
            } else {
                (0..line.min(lines.len())).rev().find(|&i| lines[i].has_text())
            };
            if let Some(found) = found {
                return Some((Anchor { slot: at(slot), line: at(found) }, lines[found].spots()));
            }
            if below {
                (slot, line) = (self.slot_after(slot), 0);
                if slot >= self.slot_count() {
                    return None;
                }
            } else {
                let before = self.slot_before(slot);
                if before == slot {
                    return None;
                }
                (slot, line) = (before, usize::MAX);
            }
        }
    }

    /// Whether a place lies in code.
    #[must_use]
    pub fn is_code_at(&self, place: TextPlace) -> bool {
        let leaf = self.document.leaves.get(place.leaf as usize);
        matches!(leaf.map(|leaf| &leaf.kind), Some(LeafKind::Code(_)))
    }
}

impl Line {
    fn has_text(&self) -> bool {
        self.segments.iter().any(|segment| segment.place().is_some())
    }
}
