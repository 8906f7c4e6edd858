//! What is selected: laid over the lines of the page after they were painted, with the cursor. Looks at the lines
//! on the screen only.

use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use super::list::thousands;
use super::paint::Canvas;
use crate::app::reader::OpenPage;
use crate::app::reader::select::{self, By, Extent};
use crate::layout::{Line, Spot};
use crate::text::role::Role;

/// Lays the selection over `lines`, which were painted from the top of `column` on.
pub(super) fn draw(open: &OpenPage, lines: &[&Line], column: Rect, canvas: &mut Canvas<'_>) {
    let Some(selection) = &open.selection else { return };
    let range = selection.range(open);
    let mut cursor = None;
    for (row, line) in (column.y..column.bottom()).zip(lines) {
        let area =
            |first: &Spot, last: &Spot| cells(column, row, first.cell, last.cell + last.cells);
        let mut run: Option<(Spot, Spot)> = None;
        for spot in line.spots() {
            if spot.place <= selection.to && (selection.to < spot.after() || spot.cells == 0) {
                cursor = Some(cells(column, row, spot.cell, spot.cell + spot.cells.max(1)));
            }
            if spot.place < range.start || range.end <= spot.place {
                continue;
            }
            run = match run {
                Some((first, last)) if last.cell + last.cells == spot.cell => Some((first, spot)),
                Some((first, last)) => {
                    paint(area(&first, &last), canvas);
                    Some((spot, spot))
                }
                None => Some((spot, spot)),
            };
        }
        if let Some((first, last)) = run {
            paint(area(&first, &last), canvas);
        }
    }
    if let Some(cursor) = cursor.filter(|cursor| !cursor.is_empty()) {
        paint_cursor(cursor, canvas);
    }
}

fn cells(column: Rect, row: u16, from: usize, to: usize) -> Rect {
    let cell = |n: usize| u16::try_from(n).unwrap_or(u16::MAX).min(column.width);
    let (from, to) = (cell(from), cell(to));
    Rect { x: column.x + from, y: row, width: to - from, height: 1 }
}

fn paint(area: Rect, canvas: &mut Canvas<'_>) {
    canvas.overlay(area, canvas.theme.style(Role::Selection));
}

/// The cursor has a look of its own, since a terminal may draw its own cursor there by turning the cell's colours
/// round: what is reversed already would then look as if nothing stood there.
fn paint_cursor(area: Rect, canvas: &mut Canvas<'_>) {
    let style = canvas.theme.style(Role::MatchCurrent).add_modifier(Modifier::UNDERLINED);
    canvas.restyle(area, style);
    canvas.cursor = Some(Position::new(area.x, area.y));
}

/// `selecting · 3 lines, 142 characters`; nothing while nothing is selected.
pub(super) fn status(open: &OpenPage, dot: &str) -> Option<String> {
    let by = match open.selection.as_ref()?.by {
        By::Character => "selecting",
        By::Word => "selecting words",
        By::Line => "selecting lines",
    };
    let extent = match select::extent(open)? {
        Extent::Bytes(bytes) => format!("{} kB", thousands(bytes.div_ceil(1000))),
        counted @ Extent::Counted { .. } => select::say(counted),
    };
    Some(format!("{by} {dot} {extent}"))
}
