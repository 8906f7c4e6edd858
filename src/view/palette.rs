//! The palette: commands with their names and keys.

use super::list;
use super::overlay::{Edge, boxed, field_above, row};
use super::paint::Canvas;
use crate::app::Model;
use crate::app::overlay::Frame;
use crate::app::palette::Palette;
use crate::command::table::TABLE;
use crate::text::role::Role;
use crate::text::width::width;

/// Inner width from which names are shown beside what commands do.
const NAMES_FROM: u16 = 64;

/// Draws the palette.
pub(super) fn draw(model: &Model, palette: &Palette, frame: Frame, canvas: &mut Canvas<'_>) {
    let count = list::of(palette.rows.len(), TABLE.len());
    let hints = [("Enter", "run"), ("Esc", "close")];
    let inside = boxed(canvas, frame, &Edge { title: "Commands", count: &count, hints: &hints });
    let area = field_above(canvas, frame, inside, &palette.input, "what to do").list;
    let top = palette.list.top(palette.rows.len(), usize::from(area.height));
    for (y, nth) in (area.top()..area.bottom()).zip(top..palette.rows.len()) {
        let found = &palette.rows[nth];
        let keys = model.keymap.shown(found.entry.place, found.entry.command);
        let right = canvas.text_right(area.left(), y, area.right(), &keys, Role::HintKey);
        let right = right.saturating_sub(2).max(area.left());
        let help = (area.left(), y);
        let x = list::marked(canvas, help, right, found.entry.help, &found.matched, Role::Overlay);
        let name = u16::try_from(width(found.entry.name)).unwrap_or(u16::MAX);
        if area.width >= NAMES_FROM && x.saturating_add(name).saturating_add(2) <= right {
            canvas.role(x + 2, y, right, found.entry.name, Role::Quiet);
        }
        row(canvas, area, y, nth, nth == palette.list.at);
    }
    if palette.rows.is_empty() {
        list::empty(canvas, area, "No command does that.");
    }
}
