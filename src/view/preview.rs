//! The preview of a page beside a list.

use std::cmp::Reverse;

use ratatui::layout::Rect;

use super::page;
use super::paint::Canvas;
use crate::app::preview::{Preview, Shown};
use crate::app::reader::OpenPage;
use crate::layout::{Action, Line};
use crate::text::role::Role;

/// Draws the preview: the page's own looks, on the ground of the box that it stands in.
pub(super) fn draw(preview: &Preview, area: Rect, canvas: &mut Canvas<'_>) {
    let Some(Shown { open, at, marks, .. }) = &preview.shown else { return };
    let lines = open.layout.lines(open.anchor, usize::from(area.height));
    page::draw_lines(open, marks, &lines, area, Role::Overlay, canvas);
    // The line of the place that was looked for: the one that starts last at or before it, or what
    // follows that if it is empty (the marks of a heading stand before its text).
    let here = at.and_then(|at| {
        // A title stands before the properties, which have no place of their own.
        let before = lines.iter().enumerate().filter(|(_, line)| line.source <= at);
        // Of the lines that start at the same byte the first has the text.
        before.max_by_key(|(nth, line)| (line.source, Reverse(*nth))).map(|(nth, _)| nth)
    });
    let here = here.and_then(|at| (at..lines.len()).find(|&at| !lines[at].segments.is_empty()));
    let here = at.and_then(|at| of_link(open, &lines, at)).or(here);
    if let Some(here) = here.and_then(|here| u16::try_from(here).ok()) {
        let row = Rect { y: area.top() + here, height: 1, ..area };
        canvas.marked_row(row, Role::CursorUnfocused);
        let beside = area.left().saturating_sub(1);
        canvas.role(beside, row.y, area.left(), canvas.sign("▌", ">"), Role::Accent);
    }
}

/// The line of the link that starts in the source at `at`: what is shown of a link begins behind its brackets, and
/// the lines of properties have no places of their own.
fn of_link(open: &OpenPage, lines: &[&Line], at: u32) -> Option<usize> {
    let link = open.document.facts.links.iter().position(|link| link.span.start == at)?;
    let action = Some(Action::Link(u32::try_from(link).ok()?));
    lines.iter().position(|line| line.segments.iter().any(|segment| segment.action == action))
}
