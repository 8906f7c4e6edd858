//! To come.

use crate::app::{Effect, Model};
use crate::command::Command;

/// Runs a command.
pub fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    let _ = (model, command, effects);
}

/// A stop was pressed.
pub fn press(model: &mut Model, nth: u32, effects: &mut Vec<Effect>) {
    let _ = (model, nth, effects);
}

/// Takes the selection away.
pub fn unselect(model: &mut Model) {
    let _ = model;
}
