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
    let columns = u16::try_from(keys + hints + 6).unwrap_or(u16::MAX).min(area.width);
    let height = u16::try_from(rows.len() + 2).unwrap_or(u16::MAX).min(area.height);
    let area = Rect::new(area.right() - columns, area.bottom() - height, columns, height);
    let title = key::show(&model.pending);
    let inside = canvas.frame(area, &title, Role::OverlayBorder, Role::Overlay);
    for (row, (key, hint)) in (inside.y..inside.bottom()).zip(&rows) {
        canvas.role(inside.x + 1, row, inside.right(), key, Role::HintKey);
        let start = inside.x + 2 + u16::try_from(keys).unwrap_or(0);
        canvas.role(start, row, inside.right(), hint, Role::HintText);
    }
}
