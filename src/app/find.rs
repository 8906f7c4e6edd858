//! Find in page.

use super::Model;
use crate::command::{Command, Key};

/// Runs a command of find in page.
pub fn run(model: &mut Model, command: Command) {
    let _ = (model, command);
}

/// Gives the field a key while it is typed; whether it took it.
pub fn key(model: &mut Model, key: Key) -> bool {
    let _ = (model, key);
    false
}

/// Gives pasted text to the field while it is typed.
pub fn paste(model: &mut Model, text: &str) {
    let _ = (model, text);
}

/// Takes the marks away; whether there were any.
pub fn clear(model: &mut Model) -> bool {
    let _ = model;
    false
}
