//! The preview of a page beside a list.

use ratatui::layout::Rect;

use super::list;
use super::paint::Canvas;
use crate::app::preview::Preview;
use crate::text::role::Role;

/// Draws the preview: the page's own looks, on the ground of the box that it stands in.
pub(super) fn draw(preview: &Preview, area: Rect, canvas: &mut Canvas<'_>) {
    let Some(shown) = &preview.shown else { return };
    if let Err(reason) = &shown.content {
        let lines = list::wrap(reason, usize::from(area.width));
        for (row, line) in (area.top()..area.bottom()).zip(lines) {
            canvas.role(area.left(), row, area.right(), &line, Role::Error);
        }
        return;
    }
    let Some(layout) = &shown.layout else { return };
    let lines = layout.lines(shown.anchor, usize::from(area.height));
    for (row, line) in (area.top()..area.bottom()).zip(&lines) {
        let area = Rect { y: row, height: 1, ..area };
        let frame = canvas.fill(area, line);
        let mut column = area.left();
        for (nth, segment) in line.segments.iter().enumerate() {
            let ground = line.fill.filter(|_| nth >= frame).unwrap_or(Role::Overlay);
            let style = canvas.theme.on(ground, segment.role, segment.marks);
            column = canvas.text(column, row, area.right(), &segment.text, style);
        }
    }
    // The line of the place that was looked for: the last one that starts at or before it, or what
    // follows that if it is empty (the marks of a heading stand before its text).
    let here = shown.at.and_then(|at| lines.iter().rposition(|line| line.source <= at));
    let here = here.and_then(|at| (at..lines.len()).find(|&at| !lines[at].segments.is_empty()));
    if let Some(here) = here.and_then(|here| u16::try_from(here).ok()) {
        let row = Rect { y: area.top() + here, height: 1, ..area };
        canvas.overlay(row, canvas.theme.style(Role::CursorUnfocused));
        let beside = area.left().saturating_sub(1);
        canvas.role(beside, row.y, area.left(), canvas.sign("▌", ">"), Role::Accent);
    }
}
