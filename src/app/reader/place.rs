//! Places on the page: where a goal lies, and what is in view.

use super::{Goal, OpenPage, folds};
use crate::index::fragment;
use crate::layout::{Anchor, PageLayout};

/// Rows kept between the edge of the screen and what was jumped to, where there is room.
const CONTEXT_ROWS: usize = 2;

/// Moves to a goal. What the fragment's search has to say, if it was not found exactly.
pub(crate) fn go(open: &mut OpenPage, goal: &Goal, rows: usize) -> Option<String> {
    match goal {
        Goal::Top => {
            open.anchor = Anchor::default();
            open.selected = None;
            None
        }
        Goal::Left(left) => {
            left.go(open, rows);
            None
        }
        Goal::Source(offset) => {
            folds::reveal_source(open, *offset, false, rows);
            let (layout, context) = open.parts();
            let anchor = layout.anchor_of_source(&context, *offset);
            show(open, anchor, rows);
            open.selected = None;
            None
        }
        Goal::Place(offset) => {
            folds::reveal_source(open, *offset, true, rows);
            to_source(open, *offset, rows);
            open.selected = None;
            None
        }
        Goal::Fragment(fragment) => {
            open.selected = None;
            let found = fragment::locate(&open.document.facts, fragment);
            match found {
                Some(spot) => {
                    folds::reveal_source(open, spot.span.start, true, rows);
                    to_source(open, spot.span.start, rows);
                }
                None => place(open, Anchor::default(), rows),
            }
            match found {
                Some(spot) if spot.exact => None,
                Some(_) => {
                    Some(format!("No \u{201c}{fragment}\u{201d} here: this is nearest to it"))
                }
                None => Some(format!("No \u{201c}{fragment}\u{201d} on this page")),
            }
        }
    }
}

/// Makes the line that shows a byte of the source the first one on the screen, as far as the page reaches.
pub(super) fn to_source(open: &mut OpenPage, offset: u32, rows: usize) {
    let (layout, context) = open.parts();
    let anchor = layout.anchor_of_source(&context, offset);
    place(open, anchor, rows);
}

/// Rows from the first line on the screen to the line that shows a byte of the source; 0 if that is above.
pub(super) fn rows_above_source(open: &mut OpenPage, offset: u32) -> isize {
    let top = open.anchor;
    let (layout, context) = open.parts();
    let anchor = layout.anchor_of_source(&context, offset);
    below(layout, top, anchor).and_then(|rows| isize::try_from(rows).ok()).unwrap_or(0)
}

/// Moves the page by so many rows, as far as it reaches.
pub(crate) fn move_by(open: &mut OpenPage, delta: isize, rows: usize) {
    let anchor = open.anchor;
    let (layout, context) = open.parts();
    open.anchor = layout.scroll(&context, anchor, delta, rows);
}

/// Makes `anchor` the first line on the screen, as far as the page reaches.
pub(super) fn place(open: &mut OpenPage, anchor: Anchor, rows: usize) {
    let (layout, context) = open.parts();
    open.anchor = layout.scroll(&context, anchor, 0, rows);
}

/// Scrolls as little as needed to have the line of `anchor` in view with a little of what stands around it.
/// What is a screen away or more comes to the upper third.
pub(crate) fn show(open: &mut OpenPage, anchor: Anchor, rows: usize) {
    let margin = CONTEXT_ROWS.min(rows.saturating_sub(1) / 2);
    let top = open.anchor;
    let (layout, context) = open.parts();
    layout.ensure(&context, top, rows);
    let above = match (below(layout, top, anchor), below(layout, anchor, top)) {
        (Some(row), _) if row >= margin && row + margin < rows => return,
        (Some(row), _) if row < margin => margin,
        (Some(row), _) if row < rows * 2 => rows.saturating_sub(1 + margin),
        (None, Some(row)) if row < rows => margin,
        _ => rows / 3,
    };
    let up = isize::try_from(above).unwrap_or(0);
    open.anchor = layout.scroll(&context, anchor, -up, rows);
}

/// Whether the line of `anchor` is on the screen.
#[must_use]
pub fn is_in_view(open: &OpenPage, anchor: Anchor, rows: usize) -> bool {
    below(&open.layout, open.anchor, anchor).is_some_and(|row| row < rows)
}

/// How many rows `anchor` lies below `top`; `None` above it.
fn below(layout: &PageLayout, top: Anchor, anchor: Anchor) -> Option<usize> {
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
