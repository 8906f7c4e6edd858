//! What stands where on a page: from the text, the source and the stops to anchors and back. In
//! O(log n) and the cost of laying out the one slot that is asked for.

use std::collections::HashSet;
use std::ops::Range;

use super::code;
use super::folds;
use super::header;
use super::line::{Action, Line, Segment, TextPlace};
use super::options::Context;
use super::page::{Anchor, PageLayout, at};
use super::slots::{Part, Slot, visit_stops};
use crate::markdown::{LeafKind, LinkId};

/// A part of the page that can be selected with the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// What pressing it does.
    pub action: Action,
    /// Its number along the page, the same at every width and in every state of layout.
    pub nth: u32,
}

impl PageLayout {
    /// The anchor of the line that holds a place in the text.
    pub fn anchor_of(&mut self, context: &dyn Context, place: TextPlace) -> Anchor {
        if self.texts.in_head(place).is_some() {
            let slot = self.head_slot();
            let line = line_of(self.lay(context, slot), place);
            return Anchor { slot: at(slot), line: at(line) };
        }
        let parts = self.parts_of(place.leaf);
        if parts.is_empty() {
            return self.settle(context, Anchor { slot: u32::MAX, line: 0 });
        }
        // Parts of tables start at rows, all others at bytes.
        let row = self.row_of_cell(place);
        let mut first = parts.start;
        let mut behind = parts.end;
        while behind - first > 1 {
            let middle = usize::midpoint(first, behind);
            let part = self.parts.get(middle);
            let is_before = |part: Part| part.offset <= place.offset && part.from <= row;
            if part.is_some_and(is_before) { first = middle } else { behind = middle }
        }
        let slot = self.slot_of_part(first);
        if self.is_hidden(slot) {
            return self.settle(context, Anchor { slot: at(slot), line: 0 });
        }
        let lines = self.lay(context, slot);
        Anchor { slot: at(slot), line: at(line_of(lines, place)) }
    }

    /// The anchor of the line that shows the byte `offset` of the source, or the nearest after it.
    pub fn anchor_of_source(&mut self, context: &dyn Context, offset: u32) -> Anchor {
        let Some(leaf) = self.leaf_of_source(offset) else {
            let behind = offset >= self.source_end && !self.parts.is_empty();
            let last = self.slot_of_part(self.parts.len().saturating_sub(1));
            let anchor = Anchor { slot: at(last), line: u32::MAX };
            return self.settle(context, if behind { anchor } else { Anchor::default() });
        };
        // Of a leaf in several parts the last that starts at or before the offset.
        let Range { start: mut first, mut end } = self.parts_of(leaf);
        while end - first > 1 {
            let middle = usize::midpoint(first, end);
            if self.source_of_slot(self.slot_of_part(middle)) <= offset {
                first = middle;
            } else {
                end = middle;
            }
        }
        let slot = self.slot_of_part(first);
        if self.is_hidden(slot) {
            return self.settle(context, Anchor { slot: at(slot), line: 0 });
        }
        let starts = self.link_at(offset);
        let lines = self.lay(context, slot);
        // What is shown of a link begins behind its brackets, and may begin a line.
        let shows = |line: &Line| line.segments.iter().any(|part| part.action == starts);
        if starts.is_some()
            && let Some(line) = lines.iter().position(shows)
        {
            return Anchor { slot: at(slot), line: at(line) };
        }
        let text = first_text(lines);
        let line = (text..lines.len()).rev().find(|&i| lines[i].source <= offset).unwrap_or(text);
        // Of the lines that start at the same byte the first has the text.
        let line = (text..=line).find(|&i| lines[i].source == lines[line].source).unwrap_or(line);
        Anchor { slot: at(slot), line: at(line) }
    }

    /// The link that starts at the byte `offset` of the source.
    fn link_at(&self, offset: u32) -> Option<Action> {
        let links = &self.document().facts.links;
        let nth = links.partition_point(|link| link.span.start < offset);
        let starts = links.get(nth).is_some_and(|link| link.span.start == offset);
        starts.then(|| LinkId::try_from(nth).ok().map(Action::Link)).flatten()
    }

    /// The source byte offset of the first text at or below `anchor`.
    #[must_use]
    pub fn source_at(&self, anchor: Anchor) -> u32 {
        let slot = anchor.slot as usize;
        let line = self.laid(slot).and_then(|lines| lines.get(anchor.line as usize));
        line.map_or_else(|| self.source_of_slot(slot), |line| line.source)
    }

    /// How many stops the page has: links, tags, footnotes, backlinks, and all that could be folded.
    #[must_use]
    pub fn stops(&self) -> u32 {
        self.head_stops + self.body_stops + at(self.backlinks.len())
    }

    /// The stop of that number.
    #[must_use]
    pub fn stop(&self, nth: u32) -> Option<Stop> {
        let slot = self.slot_of_stop(nth)?;
        let (mut action, mut seen) = (None, self.first_stop(slot));
        self.visit_slot(slot, |one| {
            if seen == nth {
                action = Some(one);
            }
            seen += 1;
        });
        action.map(|action| Stop { action, nth })
    }

    /// The anchor of the line on which the stop starts.
    pub fn anchor_of_stop(&mut self, context: &dyn Context, nth: u32) -> Anchor {
        let Some(slot) = self.slot_of_stop(nth) else { return Anchor::default() };
        if self.is_hidden(slot) {
            return self.settle(context, Anchor { slot: at(slot), line: 0 });
        }
        let lines = self.lay(context, slot);
        let holds = |line: &Line| line.segments.iter().any(|segment| segment.stop == Some(nth));
        let line = lines.iter().position(holds).unwrap_or(0);
        Anchor { slot: at(slot), line: at(line) }
    }

    /// The first stop that starts at or after `anchor`.
    #[must_use]
    pub fn stop_from(&self, anchor: Anchor) -> Option<u32> {
        let slot = anchor.slot as usize;
        let lines = self.laid(slot).unwrap_or(&[]);
        let (above, below) = lines.split_at(lines.len().min(anchor.line as usize));
        let above: HashSet<u32> = stops_on(above).collect();
        stops_on(below)
            .filter(|stop| !above.contains(stop))
            .min()
            .or_else(|| Some(self.first_stop(slot + 1)))
            .and_then(|nth| self.shown_stop(nth, true))
    }

    /// The nearest stop from `nth` on, that one included, that no fold hides: further down, or with
    /// `forward` off further up. What could be folded and is not is passed over where it carries no sign.
    #[must_use]
    pub fn shown_stop(&self, mut nth: u32, forward: bool) -> Option<u32> {
        if !self.has_stops() {
            return None;
        }
        loop {
            let slot = self.slot_of_stop(nth)?;
            nth = match self.hiding(slot) {
                Some(hidden) if forward => self.first_stop(hidden.end),
                Some(hidden) => self.first_stop(hidden.start).checked_sub(1)?,
                None if !self.is_open_fold(slot, nth) => return Some(nth),
                None if forward => nth + 1,
                None => nth.checked_sub(1)?,
            };
        }
    }

    /// Whether a fold hides the stop.
    #[must_use]
    pub fn hides_stop(&self, nth: u32) -> bool {
        self.slot_of_stop(nth).is_none_or(|slot| self.is_hidden(slot))
    }

    /// Whether any stop is shown.
    #[must_use]
    pub fn has_stops(&self) -> bool {
        self.stops() > self.unmarked_folds || self.options.folds.closed().next().is_some()
    }

    /// Whether the stop in the slot is that of something that could be folded, is not, and has no sign.
    fn is_open_fold(&self, slot: usize, nth: u32) -> bool {
        let Some(part) = self.part(slot).filter(|part| folds::has_stop(&self.document, part.leaf))
        else {
            return false;
        };
        !folds::is_marked(&self.document, part.leaf)
            && !self.options.folds.is_closed(part.leaf)
            && self.stop(nth).is_some_and(|stop| stop.action == Action::Fold(part.leaf))
    }

    /// The leaf that holds the byte of the source, or the nearest after it.
    #[must_use]
    pub fn leaf_at(&self, offset: u32) -> Option<u32> {
        self.leaf_of_source(offset)
    }

    /// The leaf that holds the stop, if it is in the document's text.
    #[must_use]
    pub fn leaf_of_stop(&self, nth: u32) -> Option<u32> {
        self.part(self.slot_of_stop(nth)?).map(|part| part.leaf)
    }

    /// The stop at the other end of a footnote: of a reference the note's own mark, of that mark the first
    /// reference.
    #[must_use]
    pub fn other_end(&self, nth: u32) -> Option<u32> {
        let Action::Footnote(number) = self.stop(nth)?.action else { return None };
        let note = self.document.footnotes.get(number.checked_sub(1)? as usize)?;
        let first_in = |leaf: u32| {
            let first = self.parts.first_of(leaf);
            let part = self.parts.get(first)?;
            let (mut found, mut seen) = (None, self.head_stops + part.stop);
            let mut parts = (first..).map_while(|i| self.parts.get(i));
            while let Some(part) = parts.next().filter(|part| part.leaf == leaf && found.is_none())
            {
                visit_stops(&self.document, part, |action| {
                    if action == Action::Footnote(number) && found.is_none() {
                        found = Some(seen);
                    }
                    seen += 1;
                });
            }
            found
        };
        let mark = note.container.and_then(|id| first_in(self.document.container(id).leaves.start));
        if mark == Some(nth) { note.referred_from.and_then(first_in) } else { mark }
    }

    /// The first stop that does `action`: for finding a selected stop again on a page that changed.
    #[must_use]
    pub fn stop_of(&self, action: Action) -> Option<u32> {
        let mut found = None;
        for slot in 0..self.slot_count() {
            let mut nth = self.first_stop(slot);
            self.visit_slot(slot, |one| {
                if one == action && found.is_none() {
                    found = Some(nth);
                }
                nth += 1;
            });
            if found.is_some() {
                break;
            }
        }
        found
    }

    /// Calls `each` with the actions of the slot's stops.
    fn visit_slot(&self, slot: usize, mut each: impl FnMut(Action)) {
        match self.slot(slot) {
            Slot::Head => {
                let folded = self.options.properties_folded;
                header::actions(&self.document, &self.head, folded).into_iter().for_each(each);
            }
            Slot::Leaf(part) => visit_stops(&self.document, part, each),
            Slot::Backlink(number) => each(Action::Backlink(number)),
        }
    }

    /// The first place in the document's text at or below `anchor`, in the slot of that line. `None` in
    /// the empty rows before the text: those are the same at every width.
    pub(super) fn place_at(&mut self, context: &dyn Context, anchor: Anchor) -> Option<TextPlace> {
        let anchor = self.settle(context, anchor);
        let lines = self.lay(context, anchor.slot as usize);
        let line = anchor.line as usize;
        if line < first_text(lines) {
            return None;
        }
        lines[line.min(lines.len())..]
            .iter()
            .flat_map(|line| &line.segments)
            .find_map(|segment| segment.at)
    }

    /// The parts of a leaf.
    pub(super) fn parts_of(&self, leaf: u32) -> Range<usize> {
        self.parts.first_of(leaf)..self.parts.first_of(leaf.saturating_add(1))
    }

    fn row_of_cell(&self, place: TextPlace) -> u32 {
        match &self.document.leaves.get(place.leaf as usize).map(|leaf| &leaf.kind) {
            Some(LeafKind::Table(table)) => place.cell / at(table.alignments.len()).max(1),
            // All other text is told apart by its bytes.
            _ => u32::MAX,
        }
    }

    /// The leaf that holds the byte, or the one whose start follows most closely.
    fn leaf_of_source(&self, offset: u32) -> Option<u32> {
        let leaves = &self.document.leaves;
        let ordered = self.ordered_leaves;
        // Notes come last on the page, wherever they stand in the source.
        let noted = (ordered..leaves.len()).find(|&i| leaves[i].span.contains(offset));
        let found = noted
            .unwrap_or_else(|| leaves[..ordered].partition_point(|leaf| leaf.span.end <= offset));
        let before_all = leaves.first().is_none_or(|leaf| offset < leaf.span.start);
        (noted.is_some() || (found < ordered && !(before_all && self.in_front_matter(offset))))
            .then(|| at(found))
    }

    fn in_front_matter(&self, offset: u32) -> bool {
        self.document.facts.front_matter.contains(offset)
    }

    /// Where the slot starts in the source.
    fn source_of_slot(&self, slot: usize) -> u32 {
        match self.slot(slot) {
            Slot::Head => 0,
            Slot::Backlink(_) => self.source_end,
            Slot::Leaf(part) => {
                let leaf = &self.document.leaves[part.leaf as usize];
                let row = part.from as usize;
                let within = match &leaf.kind {
                    LeafKind::Code(code) if !part.is_first() => {
                        let line = code.line_starts.get(row).copied();
                        line.map(|line| line + at(code::into_line(code, part.offset as usize)))
                    }
                    _ if row == 0 => None,
                    LeafKind::Table(table) => table
                        .rows()
                        .skip(row)
                        .flatten()
                        .find_map(|cell| cell.first().map(|run| run.source.start)),
                    LeafKind::Paragraph(inlines) => {
                        let inlines = inlines.open();
                        let mut pieces = inlines.ranges_in(part.offset..part.until);
                        pieces.next().map(|(_, run)| run.source.start)
                    }
                    // Nearly: what stands before its lines in the source is left out.
                    LeafKind::Html(_) | LeafKind::Math(_) => Some(leaf.span.start + part.offset),
                    _ => None,
                };
                within.unwrap_or(leaf.span.start)
            }
        }
    }

    /// The number of the slot's first stop; of the slot behind the last, how many stops there are.
    pub(super) fn first_stop(&self, slot: usize) -> u32 {
        let head = if slot > self.head_slot() { self.head_stops } else { 0 };
        let in_body = |slot: usize| self.part(slot).map(|part| part.stop);
        let body = if slot == self.head_slot() { in_body(slot + 1) } else { in_body(slot) };
        let behind = slot.saturating_sub(1 + self.parts.len());
        head + match body {
            Some(stop) => stop,
            None if slot == 0 => 0,
            None => self.body_stops + at(behind),
        }
    }

    pub(super) fn slot_of_stop(&self, nth: u32) -> Option<usize> {
        if nth >= self.stops() {
            return None;
        }
        // Of slots that start with the same number all but the last hold none.
        let (mut low, mut high) = (0, self.slot_count());
        while high - low > 1 {
            let middle = usize::midpoint(low, high);
            if self.first_stop(middle) <= nth { low = middle } else { high = middle }
        }
        Some(low)
    }
}

fn stops_on(lines: &[Line]) -> impl Iterator<Item = u32> {
    lines.iter().flat_map(|line| &line.segments).filter_map(|segment| segment.stop)
}

/// The line that holds the place, or the last before it; of a cell that is panned out of view, a cell before it.
fn line_of(lines: &[Line], place: TextPlace) -> usize {
    let mut best: Option<(usize, TextPlace)> = None;
    for (i, line) in lines.iter().enumerate() {
        for at in line.segments.iter().filter_map(Segment::place) {
            if at <= place && best.is_none_or(|(_, before)| before < at) {
                best = Some((i, at));
            }
        }
    }
    best.map_or_else(|| first_text(lines), |(line, _)| line)
}

/// The first line with more than bars and indents.
pub(super) fn first_text(lines: &[Line]) -> usize {
    let says = |line: &Line| {
        line.fill.is_some()
            || line.segments.iter().any(|segment| segment.at.is_some() || segment.action.is_some())
    };
    lines.iter().position(says).or_else(|| lines.len().checked_sub(1)).unwrap_or(0)
}
