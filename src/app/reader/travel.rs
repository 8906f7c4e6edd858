//! To come.

use crate::app::{Effect, Model};
use crate::command::Command;

/// Runs a command.
pub fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    let _ = (model, command, effects);
}
