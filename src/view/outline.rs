//! The outline pane: headings by level, the section in which the page stands marked.

use ratatui::layout::Rect;

use super::list::shorten;
use super::paint::Canvas;
use super::title_role;
use crate::app::model::Focus;
use crate::app::{Hit, Model, outline};
use crate::text::role::Role;

/// Cells by which a level is indented.
const INDENT: u16 = 2;

/// Draws the pane.
pub(super) fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    if area.is_empty() {
        return;
    }
    canvas.hit(area, Hit::Outline);
    let headings = match &model.reader.open {
        Some(open) => open.document.facts.headings.as_slice(),
        None => &[],
    };
    let rows = outline::list_rows(model).min(usize::from(area.height));
    let list = Rect { y: area.bottom() - u16::try_from(rows).unwrap_or(0), ..area };
    let right = area.right().saturating_sub(1);
    if list.y > area.y {
        let count = headings.len().to_string();
        let end = canvas.text_right(area.x + 1, area.y, right, &count, Role::Quiet);
        canvas.role(area.x + 1, area.y, end, "Outline", title_role(model, Focus::Outline));
    }
    if headings.is_empty() {
        canvas.role(area.x + 1, list.y, right, "No headings", Role::Quiet);
        return;
    }
    let top = model.outline.list.top(headings.len(), rows);
    let highest = headings.iter().map(|heading| heading.level).min().unwrap_or(1);
    let current = outline::current(model);
    let folds = model.reader.open.as_ref().map(|open| &open.layout.options().folds);
    for (row, nth) in (list.y..area.bottom()).zip(top..headings.len()) {
        let heading = &headings[nth];
        let line = Rect { y: row, height: 1, ..area };
        let is_current = current == Some(nth);
        let role = match (is_current, heading.level) {
            (true, _) => Role::Current,
            (false, level) if level == highest => Role::Text,
            (false, _) => Role::Quiet,
        };
        if is_current {
            canvas.role(area.x, row, right, canvas.sign("▎", ">"), Role::Accent);
        }
        let indent = 1 + INDENT * u16::from(heading.level - highest).min(area.width / 8);
        let start = area.x + indent;
        let folded = folds.is_some_and(|folds| {
            u32::try_from(nth).is_ok_and(|outline| folds.heading_is_closed(outline))
        });
        let room = right.saturating_sub(start + if folded { 2 } else { 0 });
        let text = shorten(&heading.text, usize::from(room), canvas.ascii);
        let end = canvas.role(start, row, right, &text, role);
        if folded {
            canvas.role(end + 1, row, right, canvas.sign("▸", ">"), Role::Quiet);
        }
        if model.focus == Focus::Outline && model.outline.list.at == nth {
            canvas.overlay(line, canvas.theme.style(Role::Cursor));
        }
        canvas.hit(line, Hit::OutlineRow(nth));
    }
}
