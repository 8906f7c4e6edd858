//! To come.

use crate::app::Model;
use crate::command::Command;

/// Runs a command.
pub fn run(model: &mut Model, command: Command) {
    let _ = (model, command);
}

/// The wheel was turned by so many rows.
pub fn wheel(model: &mut Model, rows: i32) {
    let _ = (model, rows);
}
