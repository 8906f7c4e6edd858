//! The tag pane's state.

use super::{Effect, Model};
use crate::command::{Command, Key};

/// The tag pane's state.
#[derive(Debug, Default)]
pub struct TagPane {}

/// Gives the pane's field a key while it is typed; whether it took it.
pub fn key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) -> bool {
    let _ = (model, key, effects);
    false
}

/// Gives pasted text to the pane's field while it is typed.
pub fn paste(model: &mut Model, text: &str, effects: &mut Vec<Effect>) {
    let _ = (model, text, effects);
}

/// Runs a command of this pane, or one of lists while the pane has the focus.
pub fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    let _ = (model, command, effects);
}

/// A row was pressed; the pane has the focus already.
pub fn press(model: &mut Model, row: usize, effects: &mut Vec<Effect>) {
    let _ = (model, row, effects);
}

/// The wheel was turned by so many rows.
pub fn wheel(model: &mut Model, rows: i32) {
    let _ = (model, rows);
}

/// The index is another one.
pub fn indexed(model: &mut Model, effects: &mut Vec<Effect>) {
    let _ = (model, effects);
}

/// Fits the scroll position to the screen; called before each frame.
pub fn prepare(model: &mut Model) {
    let _ = model;
}
