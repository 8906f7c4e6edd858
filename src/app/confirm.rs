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

/// Takes a key: an answer's letter (in either case) answers, Enter gives the first answer. Others do nothing
/// under an open question, and it is said which would.
pub(super) fn key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) -> bool {
    if key.ctrl || key.alt {
        return false;
    }
    let Some(Overlay::Confirm(confirm)) = model.overlays.last() else { return false };
    let nth = match key.code {
        KeyCode::Enter => Some(0),
        KeyCode::Char(c) => {
            confirm.answers.iter().position(|(answer, ..)| answer.eq_ignore_ascii_case(&c))
        }
        _ => None,
    };
    if let Some(nth) = nth {
        answer(model, nth, effects);
    } else {
        let answers = confirm.answers.iter().map(|(key, meaning, _)| format!("{key}: {meaning}"));
        let said = answers.chain(["Esc: neither".to_owned()]).collect::<Vec<_>>().join(", ");
        model.say(said);
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
