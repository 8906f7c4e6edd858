//! The preview of a page beside a list.

use ratatui::layout::Rect;

use super::list;
use super::paint::Canvas;
use crate::app::preview::Preview;
use crate::layout::Line;
use crate::text::role::Role;

/// Draws the preview, in the page's own look.
pub(super) fn draw(preview: &Preview, area: Rect, canvas: &mut Canvas<'_>) {
    let Some(shown) = &preview.shown else { return };
    if let Err(reason) = &shown.content {
        let lines = list::wrap(reason, usize::from(area.width));
        for (row, line) in (area.top()..area.bottom()).zip(lines) {
            canvas.role(area.left(), row, area.right(), &line, Role::Error);
        }
        return;
    }
    canvas.clear(area, canvas.theme.style(Role::Text));
    let Some(layout) = &shown.layout else { return };
    let lines = layout.lines(shown.anchor, usize::from(area.height));
    for (row, line) in (area.top()..area.bottom()).zip(&lines) {
        paint(canvas, area, row, line);
    }
    // The line of the place that was looked for: the last one that starts at or before it.
    let here = shown.at.and_then(|at| lines.iter().rposition(|line| line.source <= at));
    if let Some(here) = here.and_then(|here| u16::try_from(here).ok()) {
        let row = Rect { y: area.top() + here, height: 1, ..area };
        canvas.overlay(row, canvas.theme.style(Role::CursorUnfocused));
    }
}

fn paint(canvas: &mut Canvas<'_>, area: Rect, row: u16, line: &Line) {
    let fill = line.fill.map(|role| canvas.theme.style(role));
    if let Some(fill) = fill {
        canvas.overlay(Rect { y: row, height: 1, ..area }, fill);
    }
    let mut column = area.left();
    for segment in &line.segments {
        let style = canvas.theme.marked(segment.role, segment.marks);
        column = canvas.text(column, row, area.right(), &segment.text, style);
    }
}
