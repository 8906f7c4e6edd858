//! A question that is answered with one key.

use super::{Effect, Model, Overlay};
use crate::command::{Key, KeyCode};

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub struct Confirm {
    /// What is asked.
    pub question: String,
    /// The answers: key, what it means, and what then happens.
    pub answers: Vec<(char, String, Vec<Effect>)>,
}

/// Asks, over whatever is open.
pub fn ask(model: &mut Model, confirm: Confirm) {
    model.overlays.push(Overlay::Confirm(confirm));
}

/// Takes a key: an answer's letter (in either case) answers, Enter gives the first answer. Other
/// characters are swallowed, so that nothing else happens under an open question.
pub(super) fn key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) -> bool {
    match key.code {
        KeyCode::Enter => answer(model, 0, effects),
        KeyCode::Char(c) if !key.ctrl && !key.alt => {
            let Some(Overlay::Confirm(confirm)) = model.overlays.last() else { return false };
            let same = |answer: &char| answer.eq_ignore_ascii_case(&c);
            if let Some(nth) = confirm.answers.iter().position(|(answer, ..)| same(answer)) {
                answer(model, nth, effects);
            }
        }
        _ => return false,
    }
    true
}

/// Gives the answer of that number and closes the question.
pub(super) fn answer(model: &mut Model, nth: usize, effects: &mut Vec<Effect>) {
    let Some(Overlay::Confirm(confirm)) = model.overlays.last() else { return };
    let Some((_, _, follows)) = confirm.answers.get(nth) else { return };
    effects.extend(follows.iter().cloned());
    model.overlays.pop();
}
