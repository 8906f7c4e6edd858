//! Overlays: each in its own file, placed here.

use super::paint::Canvas;
use crate::app::{Model, Overlay};

/// Draws one overlay.
pub(super) fn draw(model: &Model, overlay: &Overlay, canvas: &mut Canvas<'_>) {
    let _ = (model, overlay, canvas);
}
