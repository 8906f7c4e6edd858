//! Places on the page: where a goal lies, and what is in view.

use super::{Goal, OpenPage};
use crate::layout::{Anchor, PageLayout};

/// Rows kept between the edge of the screen and what was jumped to, where there is room.
const CONTEXT_ROWS: usize = 2;

/// Moves to a goal. What the fragment's search has to say, if it was not found exactly.
pub(super) fn go(open: &mut OpenPage, goal: &Goal, rows: usize) -> Option<String> {
    match goal {
        Goal::Top => {
            open.anchor = Anchor::default();
            open.selected = None;
            None
        }
        Goal::Exact(anchor, selected) => {
            place(open, *anchor, rows);
            open.selected = *selected;
            None
        }
        Goal::Source(offset) => {
            let (layout, context) = open.parts();
            let anchor = layout.anchor_of_source(&context, *offset);
            show(open, anchor, rows);
            open.selected = None;
            None
        }
        Goal::Fragment(fragment) => {
            let found = crate::index::fragment::find(&open.document.facts, fragment);
            open.selected = None;
            match found.span {
                Some(span) => to_source(open, span.start, rows),
                None => place(open, Anchor::default(), rows),
            }
            found.notice
        }
    }
}

/// Makes the line that shows a byte of the source the first one on the screen, as far as the page reaches.
pub(super) fn to_source(open: &mut OpenPage, offset: u32, rows: usize) {
    let (layout, context) = open.parts();
    let anchor = layout.anchor_of_source(&context, offset);
    place(open, anchor, rows);
}

/// Makes `anchor` the first line on the screen, as far as the page reaches.
pub(super) fn place(open: &mut OpenPage, anchor: Anchor, rows: usize) {
    let (layout, context) = open.parts();
    open.anchor = layout.scroll(&context, anchor, 0, rows);
}

/// Scrolls as little as needed to have the line of `anchor` in view, with a little of what stands around it.
pub(crate) fn show(open: &mut OpenPage, anchor: Anchor, rows: usize) {
    let margin = CONTEXT_ROWS.min(rows.saturating_sub(1) / 2);
    let above = isize::try_from(margin).unwrap_or(0);
    let below = isize::try_from(rows.saturating_sub(1 + margin)).unwrap_or(0);
    let top = open.anchor;
    let (layout, context) = open.parts();
    layout.ensure(&context, top, rows);
    let moved = match row(layout, top, anchor) {
        Some(row) if row >= margin && row + margin < rows => return,
        Some(row) if row < rows && row >= margin => layout.scroll(&context, anchor, -below, rows),
        Some(row) if row < margin => layout.scroll(&context, anchor, -above, rows),
        Some(_) => layout.scroll(&context, anchor, -below, rows),
        None => layout.scroll(&context, anchor, -above, rows),
    };
    open.anchor = moved;
}

/// Whether the line of `anchor` is on the screen.
#[must_use]
pub fn is_in_view(open: &OpenPage, anchor: Anchor, rows: usize) -> bool {
    row(&open.layout, open.anchor, anchor).is_some_and(|row| row < rows)
}

/// How many rows `anchor` lies below `top`; `None` above it.
fn row(layout: &PageLayout, top: Anchor, anchor: Anchor) -> Option<usize> {
    if anchor < top {
        return None;
    }
    Some(layout.position(anchor).0.saturating_sub(layout.position(top).0))
}

/// The leaves that have text on the `rows` rows from `anchor` on, in order, each once.
pub(super) fn leaves_in_view(layout: &PageLayout, anchor: Anchor, rows: usize) -> Vec<u32> {
    let mut leaves: Vec<u32> = Vec::new();
    for line in layout.lines(anchor, rows) {
        for leaf in line.segments.iter().filter_map(|segment| segment.at).map(|at| at.leaf) {
            if leaves.last() != Some(&leaf) {
                leaves.push(leaf);
            }
        }
    }
    leaves.dedup();
    leaves
}
