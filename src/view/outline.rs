//! To come.

use ratatui::layout::Rect;

use super::paint::Canvas;
use crate::app::Model;

/// Draws the pane.
pub(super) fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let _ = (model, area, canvas);
}
