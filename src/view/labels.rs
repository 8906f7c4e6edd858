//! Labels: letters over what can be chosen by them. A label stands in the free cells before its thing, and
//! only where there are none over the thing's first cells.

use std::collections::HashSet;

use ratatui::layout::{Position, Rect};

use super::paint::Canvas;
use crate::app::{Hit, Model};
use crate::text::role::Role;

/// Paints the labels that the typed letters leave, the typed part dimmed. Call it last: it looks where the
/// frame has noted the things.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>) {
    let Some(labels) = &model.labels else { return };
    let mut taken = HashSet::new();
    for target in labels.left() {
        let Some(area) = canvas.hits.topmost(target.hit) else { continue };
        match canvas.hits.at(area.x, area.y) {
            Some(hit) if hit == target.hit => {}
            // A link at the beginning of a heading.
            Some(Hit::Stop(_)) => {}
            // An overlay can lie over it.
            _ => continue,
        }
        let cells = u16::try_from(target.label.len()).unwrap_or(u16::MAX);
        let start = start(canvas, area, target.hit, cells, &taken);
        let cells = (start..start.saturating_add(cells)).map(|x| Position::new(x, area.y));
        taken.extend(cells.clone());
        let cells = u16::try_from(target.label.len()).unwrap_or(u16::MAX);
        // Half of a wide character says nothing.
        canvas.clear(Rect::new(start, area.y, cells, 1), canvas.theme.style(Role::Text));
        let (typed, rest) = target.label.split_at(labels.typed.len());
        let right = start.saturating_add(cells);
        let at = canvas.role(start, area.y, right, typed, Role::Quiet);
        canvas.role(at, area.y, right, rest, Role::MatchCurrent);
    }
}

/// The column of a label of so many cells.
fn start(canvas: &Canvas<'_>, area: Rect, hit: Hit, cells: u16, taken: &HashSet<Position>) -> u16 {
    let is_free = |x: u16| canvas.is_blank(x, area.y) && !taken.contains(&Position::new(x, area.y));
    // A row of a list begins with a column of its own, for a mark; it can be done without for a moment.
    let is_row = matches!(hit, Hit::TreeRow(_) | Hit::TagRow(_) | Hit::ContextRow(_));
    let first = area.x + u16::from(is_row);
    let text = (first..area.right()).find(|x| !canvas.is_blank(*x, area.y)).unwrap_or(first);
    let is_mark = |x: u16| is_row && x == area.x;
    let mut start = text;
    while start > 0 && text - start < cells && (is_mark(start - 1) || is_free(start - 1)) {
        start -= 1;
    }
    // Behind a label that stands where this one would.
    while taken.contains(&Position::new(start, area.y)) {
        start += 1;
    }
    start
}
