//! A heading in the outline: indented by its level, the one of the section in which the page stands marked.

use ratatui::layout::Rect;

use super::list::shorten;
use super::paint::Canvas;
use crate::app::{Model, outline};
use crate::text::role::Role;

/// Cells by which a level is indented.
const INDENT: u16 = 2;

/// Draws the heading of that number on a row.
pub(super) fn heading(model: &Model, nth: usize, line: Rect, canvas: &mut Canvas<'_>) {
    let Some(open) = &model.reader.open else { return };
    let headings = &open.document.facts.headings;
    let Some(heading) = headings.get(nth) else { return };
    let (row, right) = (line.y, line.right().saturating_sub(1));
    let highest = headings.iter().map(|heading| heading.level).min().unwrap_or(1);
    let is_current = outline::current(model) == Some(nth);
    let role = match (is_current, heading.level) {
        (true, _) => Role::Current,
        (false, level) if level == highest => Role::Text,
        (false, _) => Role::Quiet,
    };
    if is_current {
        canvas.role(line.x, row, right, canvas.sign("▎", ">"), Role::Accent);
    }
    let indent = 1 + INDENT * u16::from(heading.level - highest).min(line.width / 8);
    let start = line.x + indent;
    let folds = &open.layout.options().folds;
    let folded = u32::try_from(nth).is_ok_and(|outline| folds.heading_is_closed(outline));
    let room = right.saturating_sub(start + if folded { 2 } else { 0 });
    let text = shorten(&heading.text, usize::from(room), canvas.ascii);
    let end = canvas.role(start, row, right, &text, role);
    if folded {
        canvas.role(end + 1, row, right, canvas.sign("▸", ">"), Role::Quiet);
    }
}
