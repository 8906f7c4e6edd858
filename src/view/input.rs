//! A field that is typed into: the prompt, the visible part of the text, the terminal's own cursor.

use ratatui::layout::{Position, Rect};

use super::paint::Canvas;
use crate::app::input::Input;
use crate::text::role::Role;

/// Draws a field on the first row of `area`. With `active` the terminal's cursor stands in it; an
/// empty field shows `placeholder`.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    area: Rect,
    prompt: &str,
    input: &Input,
    placeholder: &str,
    active: bool,
) {
    if area.is_empty() {
        return;
    }
    let (row, right) = (area.top(), area.right());
    let mut column = canvas.role(area.left(), row, right, prompt, Role::InputPrompt);
    // Where there is no room for both, what is typed matters.
    if column >= right {
        column = area.left();
    }
    let visible = input.visible(usize::from(right - column));
    if input.text.is_empty() {
        let placeholder = canvas.cut(placeholder, usize::from(right - column));
        canvas.role(column, row, right, &placeholder, Role::Quiet);
    } else {
        // A cut field shows so in place of the blank after the prompt.
        if visible.start > 0 && column > area.left() {
            canvas.role(column - 1, row, column, canvas.sign("…", "."), Role::Quiet);
        }
        canvas.role(column, row, right, visible.text, Role::Input);
    }
    if active {
        let cursor = u16::try_from(visible.cursor).unwrap_or(0);
        canvas.cursor = Some(Position::new((column + cursor).min(right - 1), row));
    }
}
