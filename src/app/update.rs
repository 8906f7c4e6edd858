//! The update: messages in, effects out. Here they are only handed to the feature they belong to.

use super::{Effect, Model, Msg};

/// Takes in what happened.
pub fn update(model: &mut Model, msg: Msg, effects: &mut Vec<Effect>) {
    if let Msg::Resize(size) = msg {
        model.size = size;
    }
    let _ = effects;
}

/// Lays out what the next frame shows. Called once before each frame, after all waiting messages.
pub fn prepare(model: &mut Model, effects: &mut Vec<Effect>) {
    let _ = (model, effects);
}
