//! Which-key: while a sequence of keys is not finished, what may follow.

use ratatui::layout::Rect;

use super::paint::Canvas;
use crate::app::{Model, update};
use crate::command::{Match, key};
use crate::text::role::Role;
use crate::text::width::width;

/// Draws the popup at the lower right of `area`.
pub(super) fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    if model.pending.is_empty() || !model.overlays.is_empty() {
        return;
    }
    let Match::Prefix(follow) = model.keymap.lookup(update::place(model), &model.pending) else {
        return;
    };
    let rows: Vec<(String, &str)> =
        follow.iter().map(|(key, command)| (key.to_string(), command.entry().hint)).collect();
    let keys = rows.iter().map(|(key, _)| width(key)).max().unwrap_or(0);
    let hints = rows.iter().map(|(_, hint)| width(hint)).max().unwrap_or(0);
    // What is too much for the height stands in columns beside each other.
    let room = usize::from(area.height.saturating_sub(2)).max(1);
    let across = rows.len().div_ceil(room);
    let down = rows.len().div_ceil(across.max(1));
    let cell = u16::try_from(keys + hints + 3).unwrap_or(u16::MAX);
    let across = u16::try_from(across).unwrap_or(u16::MAX);
    let columns = cell.saturating_mul(across).saturating_add(3).min(area.width);
    let height = u16::try_from(down + 2).unwrap_or(u16::MAX).min(area.height);
    let area = Rect::new(area.right() - columns, area.bottom() - height, columns, height);
    let title = key::show(&model.pending);
    let inside = canvas.frame(area, &title, Role::OverlayBorder, Role::Overlay);
    // Where there is no room for all columns each is as wide as the others, and its words are cut.
    let cell = cell.min(inside.width.saturating_sub(1) / across.max(1));
    for (column, rows) in (0..across).zip(rows.chunks(down.max(1))) {
        let left = inside.x + 1 + column * cell;
        for (row, (key, hint)) in (inside.y..inside.bottom()).zip(rows) {
            canvas.role(left, row, inside.right(), key, Role::HintKey);
            let start = left + 1 + u16::try_from(keys).unwrap_or(0);
            let room = (left + cell).min(inside.right()).saturating_sub(start);
            let hint = canvas.cut(hint, usize::from(room));
            canvas.role(start, row, inside.right(), &hint, Role::HintText);
        }
    }
}
