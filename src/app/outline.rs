//! The outline of the page.

use super::Model;
use crate::command::Command;

/// The outline pane's state.
#[derive(Debug)]
pub struct OutlinePane {
    /// Whether it is shown where there is room.
    pub shown: bool,
    /// The row under the cursor.
    pub cursor: usize,
}

impl Default for OutlinePane {
    fn default() -> Self {
        Self { shown: true, cursor: 0 }
    }
}

/// Runs a command of the outline.
pub fn run(model: &mut Model, command: Command) {
    let _ = (model, command);
}

/// A row was pressed.
pub fn press(model: &mut Model, row: usize) {
    let _ = (model, row);
}

/// The wheel was turned by so many rows.
pub fn wheel(model: &mut Model, rows: i32) {
    let _ = (model, rows);
}

/// Fits the pane to the page's place; called before each frame.
pub fn prepare(model: &mut Model) {
    let _ = model;
}
