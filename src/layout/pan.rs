//! What is panned sideways, and what of a page's code and tables is in view: how far one can pan, how far one
//! has to for a place to be seen, and which block a reader has in mind.

use std::ops::Range;

use super::code;
use super::line::{Line, TextPlace};
use super::options::{Context, Options};
use super::page::{Anchor, PageLayout, at};
use super::slots::{CODE_LINES, Part};
use super::wide;
use super::widths::Shape;
use crate::markdown::LeafKind;
use crate::markdown::document::{Code, Table};

/// Cells by which a step pans code.
const STEP: usize = 8;

impl PageLayout {
    /// The options that show more to the right, or again what stands left: of a wide table in view the
    /// next column; where there is none, of the longest line of code in view a little more. `None` where
    /// nothing new would show. Call [`Self::ensure`] first.
    #[must_use]
    pub fn panned(
        &self,
        context: &dyn Context,
        anchor: Anchor,
        rows: usize,
        right: bool,
    ) -> Option<Options> {
        let (options, stops) = (&self.options, self.table_stops(context, anchor, rows));
        let table = if right {
            let next =
                |stops: &Vec<usize>| stops.iter().copied().find(|&at| at > options.table_pan);
            stops.iter().filter_map(next).min()
        } else {
            let before = |stops: &Vec<usize>| {
                let shown = options.table_pan.min(stops.last().copied().unwrap_or(0));
                stops.iter().copied().rfind(|&stop| stop < shown)
            };
            stops.iter().filter_map(before).max()
        };
        let most = self.code_overflow(context, anchor, rows);
        let code = if right {
            (options.pan < most).then(|| most.min(options.pan + STEP))
        } else {
            // Code out of view may have been panned further than what is in view goes.
            let shown = if most > 0 { options.pan.min(most) } else { options.pan };
            (options.pan > 0).then(|| shown.saturating_sub(STEP))
        };
        let table = table.map(|table_pan| Options { table_pan, ..options.clone() });
        let code = code.map(|pan| Options { pan, ..options.clone() });
        table.or(code)
    }

    /// The options that show a place in the text; `None` where it is in sight.
    pub fn panned_to(&mut self, context: &dyn Context, place: TextPlace) -> Option<Options> {
        let part = self.parts.get(self.parts_of(place.leaf).start)?;
        let width = self.width_of(context, part);
        let document = self.document.clone();
        match &document.leaves.get(place.leaf as usize)?.kind {
            LeafKind::Table(table) => {
                // Laying out a part settles the shape.
                self.anchor_of(context, place);
                let column = place.cell as usize % table.alignments.len().max(1);
                let Some(Shape::Wide { widths, held, .. }) = self.measured.tables.get(&place.leaf)
                else {
                    return None;
                };
                let pan = wide::pan_to(widths, *held, width, self.options.table_pan, column)?;
                Some(Options { table_pan: pan, ..self.options.clone() })
            }
            LeafKind::Code(code) => {
                let pan = code::pan_to(code, &self.options, width, place.offset as usize)?;
                Some(Options { pan, ..self.options.clone() })
            }
            _ => None,
        }
    }

    /// The options that show a stop; `None` where it is in sight.
    pub fn panned_to_stop(&mut self, context: &dyn Context, nth: u32) -> Option<Options> {
        let slot = self.slot_of_stop(nth)?;
        let part = self.part(slot)?;
        let document = self.document.clone();
        let table = table(&document.leaves.get(part.leaf as usize)?.kind)?;
        let mut stop = self.first_stop(slot);
        let from = part.from as usize;
        for (row, cells) in (from..).zip(super::slots::rows(table, part.from)) {
            for (column, cell) in cells.iter().enumerate() {
                stop += super::slots::count_stops(cell);
                if stop > nth {
                    let cell = at(row * table.alignments.len() + column);
                    let place = TextPlace { leaf: part.leaf, cell, offset: 0 };
                    return self.panned_to(context, place);
                }
            }
        }
        None
    }

    /// The table that takes most of the `rows` rows from `anchor` on; of equals the first. One with more
    /// columns than fit goes before those that are seen whole.
    #[must_use]
    pub fn table_in_view(&self, anchor: Anchor, rows: usize) -> Option<u32> {
        let is_wide = |leaf| matches!(self.measured.tables.get(&leaf), Some(Shape::Wide { .. }));
        let is_table = |_, kind: &LeafKind| matches!(kind, LeafKind::Table(_));
        self.most_in_view(anchor, rows, |leaf, _| is_wide(leaf))
            .or_else(|| self.most_in_view(anchor, rows, is_table))
    }

    /// The lines of code that the `rows` rows from `anchor` on show, by their leaves, and as many around them
    /// as are laid out together.
    #[must_use]
    pub fn code_lines_in_view(&self, anchor: Anchor, rows: usize) -> Vec<(u32, Range<usize>)> {
        let parts = self.parts_in_view(anchor, rows);
        let code = parts.into_iter().filter_map(|part| {
            let LeafKind::Code(code) = &self.document.leaves.get(part.leaf as usize)?.kind else {
                return None;
            };
            let from = part.from as usize;
            Some((part.leaf, from..code.line_starts.len().max(1).min(from + CODE_LINES)))
        });
        code.collect()
    }

    /// The lines of a table's header, those over and under it included. None where rows are stacked: each
    /// says its names itself.
    pub fn header_lines(&mut self, context: &dyn Context, leaf: u32) -> Vec<Line> {
        let first = self.parts_of(leaf).start;
        let document = self.document.clone();
        let Some(table) = document.leaves.get(leaf as usize).and_then(|leaf| table(&leaf.kind))
        else {
            return Vec::new();
        };
        let columns = at(table.alignments.len()).max(1);
        let slot = self.slot_of_part(first);
        let lines = self.lay(context, slot);
        let row = lines.iter().position(|line| row_of(line, columns).is_some_and(|row| row > 0));
        let count = row.unwrap_or(if table.rows().len() == 1 { lines.len() } else { 0 });
        let header = lines[..count].to_vec();
        let is_stacked = matches!(self.measured.tables.get(&leaf), Some(Shape::Stacked));
        if is_stacked { Vec::new() } else { header }
    }

    /// Whether a table in view has more columns than fit. Call [`Self::ensure`] first.
    #[must_use]
    pub fn has_wide_table(&self, anchor: Anchor, rows: usize) -> bool {
        let shape = |part: &Part| self.measured.tables.get(&part.leaf);
        self.parts_in_view(anchor, rows)
            .iter()
            .any(|part| matches!(shape(part), Some(Shape::Wide { .. })))
    }

    /// The rows of the table that the `rows` rows from `anchor` on show, the header being row 0.
    #[must_use]
    pub fn table_rows_in_view(&self, anchor: Anchor, rows: usize, leaf: u32) -> Option<(u32, u32)> {
        let table = table(&self.document.leaves.get(leaf as usize)?.kind)?;
        let columns = at(table.alignments.len()).max(1);
        let lines = self.lines(anchor, rows);
        let mut seen = lines.into_iter().filter_map(|line| row_of(line, columns));
        let first = seen.next()?;
        Some((first, seen.next_back().unwrap_or(first)))
    }

    /// Pans: code keeps its lines; the rows of a wide table may get higher or lower, and the one at the top
    /// stays there.
    pub(super) fn pan(
        &mut self,
        options: Options,
        context: &dyn Context,
        anchor: Anchor,
    ) -> Anchor {
        let slot = anchor.slot as usize;
        let columns = self.wide_at(slot).map(|table| at(table.alignments.len()).max(1));
        let top = columns.and_then(|columns| {
            let lines = self.lay(context, slot);
            let line = (anchor.line as usize).min(lines.len().checked_sub(1)?);
            let row = lines[..=line].iter().rev().find_map(|line| row_of(line, columns))?;
            let first = lines.iter().position(|line| row_of(line, columns) == Some(row))?;
            Some((row, columns, line.saturating_sub(first)))
        });
        self.options = options;
        let tables = self.measured.tables.iter();
        let wide = tables.filter(|(_, shape)| matches!(shape, Shape::Wide { .. }));
        let mut wide: Vec<usize> = wide
            .flat_map(|(leaf, _)| self.parts_of(*leaf))
            .map(|part| self.slot_of_part(part))
            .collect();
        wide.sort_unstable();
        for &slot in &wide {
            self.exact[slot] = false;
        }
        self.drop_lines(|page, slot| page.is_code(slot) || wide.binary_search(&slot).is_ok());
        let Some((row, columns, below)) = top else { return anchor };
        let lines = self.lay(context, slot);
        let of_row = |line: &Line| row_of(line, columns) == Some(row);
        let first = lines.iter().position(of_row).unwrap_or(anchor.line as usize);
        let last = lines.iter().rposition(of_row).unwrap_or(first);
        self.settle(context, Anchor { line: at((first + below).min(last.max(first))), ..anchor })
    }

    fn wide_at(&self, slot: usize) -> Option<&Table> {
        let leaf = self.part(slot)?.leaf;
        let shape = self.measured.tables.get(&leaf)?;
        let table = table(&self.document.leaves.get(leaf as usize)?.kind)?;
        matches!(shape, Shape::Wide { .. }).then_some(table)
    }

    /// The cells by which each wide table in view can be panned.
    fn table_stops(&self, context: &dyn Context, anchor: Anchor, rows: usize) -> Vec<Vec<usize>> {
        let mut leaves: Vec<Part> = self.parts_in_view(anchor, rows);
        leaves.dedup_by_key(|part| part.leaf);
        let stops = leaves.into_iter().filter_map(|part| {
            let Shape::Wide { widths, held, .. } = self.measured.tables.get(&part.leaf)? else {
                return None;
            };
            Some(wide::stops(widths, *held, self.width_of(context, part)))
        });
        stops.collect()
    }

    /// By how many cells the longest line of code in view reaches beyond the room that it has.
    fn code_overflow(&self, context: &dyn Context, anchor: Anchor, rows: usize) -> usize {
        if self.options.code_wrap {
            return 0;
        }
        // No line is measured beyond what a step brings into view.
        let enough = self.options.pan + STEP;
        let mut most = 0;
        let mut known: Option<(u32, &Code, usize)> = None;
        for line in self.lines(anchor, rows) {
            let Some(place) = line.segments.iter().find_map(|segment| segment.at) else { continue };
            if known.is_none_or(|(leaf, ..)| leaf != place.leaf) {
                let part = self.parts.get(self.parts_of(place.leaf).start);
                let leaf = self.document.leaves.get(place.leaf as usize);
                let (Some(part), Some(LeafKind::Code(code))) = (part, leaf.map(|leaf| &leaf.kind))
                else {
                    continue;
                };
                known = Some((place.leaf, code, self.width_of(context, part)));
            }
            if let Some((_, code, width)) = known {
                most = most.max(code::overflow(
                    code,
                    &self.options,
                    width,
                    (place.offset as usize, enough),
                ));
            }
        }
        most
    }

    /// The parts that have lines on the `rows` rows from `anchor` on.
    fn parts_in_view(&self, anchor: Anchor, rows: usize) -> Vec<Part> {
        let mut left = rows + anchor.line as usize;
        let mut parts = Vec::new();
        for slot in self.shown_from(anchor.slot as usize) {
            let Some(lines) = self.laid(slot).filter(|_| left > 0) else { break };
            left = left.saturating_sub(lines.len());
            parts.extend(self.part(slot));
        }
        parts
    }

    fn most_in_view(
        &self,
        anchor: Anchor,
        rows: usize,
        wanted: impl Fn(u32, &LeafKind) -> bool,
    ) -> Option<u32> {
        let mut best: Option<(u32, usize)> = None;
        let mut run: Option<(u32, usize)> = None;
        for line in self.lines(anchor, rows) {
            let Some(place) = line.segments.iter().find_map(|segment| segment.at) else { continue };
            let leaf = self.document.leaves.get(place.leaf as usize);
            if !leaf.is_some_and(|leaf| wanted(place.leaf, &leaf.kind)) {
                continue;
            }
            let count = run.filter(|(leaf, _)| *leaf == place.leaf).map_or(1, |(_, n)| n + 1);
            run = Some((place.leaf, count));
            if best.is_none_or(|(_, most)| count > most) {
                best = run;
            }
        }
        best.map(|(leaf, _)| leaf)
    }
}

fn table(kind: &LeafKind) -> Option<&Table> {
    match kind {
        LeafKind::Table(table) => Some(table),
        _ => None,
    }
}

/// The row of a table that a line shows something of.
fn row_of(line: &Line, columns: u32) -> Option<u32> {
    line.segments.iter().find_map(|segment| segment.at).map(|at| at.cell / columns)
}
