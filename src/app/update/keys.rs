//! Keys: who is asked first, and how a sequence of them becomes a command.

use super::super::model::{Focus, SidebarList};
use super::super::{
    Effect, Model, Overlay, context, explain, find, hints, neighbourhood, overlay, tags, tree,
};
use super::{place, run};
use crate::command::{Command, Key, KeyCode, Keymap, Match, Place};

/// A key goes to the topmost overlay, then to a field that is being typed in the focused pane, then
/// to the keymap.
pub(super) fn press_key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    model.notice = None;
    model.wiki.greeting = None;
    if model.labels.is_some() {
        return hints::key(model, key, effects);
    }
    if !model.overlays.is_empty() {
        if !overlay::key(model, key, effects) {
            run_over_overlay(model, key, effects);
        }
        return;
    }
    let taken = match (model.focus, model.sidebar.list) {
        _ if !model.pending.is_empty() => false,
        (Focus::Sidebar, SidebarList::Tree) => tree::key(model, key, effects),
        (Focus::Sidebar, SidebarList::Tags) => tags::key(model, key),
        (Focus::Context, _) if context::key(model, key) => true,
        (Focus::Page | Focus::Context, _) => find::key(model, key, effects),
    };
    if !taken {
        look_up(model, key, effects);
    }
}

/// An overlay has all keys; of those it leaves, only what concerns the whole program has a meaning. Where
/// nothing can be typed, a key of the page that does nothing says so.
fn run_over_overlay(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    let command = match model.keymap.lookup(Place::Everywhere, &[key]) {
        Match::Command(command) => Some(command),
        _ => None,
    };
    match (command, model.overlays.last()) {
        (Some(Command::Cancel), _) => overlay::close(model),
        (Some(command @ (Command::Suspend | Command::Redraw)), _) => run(model, command, effects),
        (Some(command @ Command::Quit), _) if key.ctrl => run(model, command, effects),
        (Some(Command::Explain), Some(Overlay::Finder(_))) => explain::run(model, effects),
        (_, Some(Overlay::Peek(_))) => {
            model.say("That does nothing in a peek: Enter goes to the page itself");
        }
        (
            _,
            Some(
                Overlay::Table(_)
                | Overlay::Neighbourhood(_)
                | Overlay::Connect(_)
                | Overlay::Check(_),
            ),
        ) => {
            model.say("That does nothing here: Esc goes back to the page");
        }
        _ => {}
    }
}

/// Adds the key to the sequence begun, and runs what the sequence means.
fn look_up(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    let mut keys = model.pending.clone();
    keys.push(key);
    let Some(command) = sequence(model, place(model), key) else { return };
    run(model, command, effects);
    if command.opens_at_once() {
        neighbourhood::begun_by(model, keys);
    }
}

/// Adds the key to the sequence begun; the command that it means, if it is whole. `Esc` and keys that lead
/// nowhere drop the sequence.
pub(in crate::app) fn sequence(model: &mut Model, place: Place, key: Key) -> Option<Command> {
    take_in(model, key, |keymap, keys| keymap.lookup(place, keys))
}

/// As [`sequence`], in an overlay that uses the keys of a pane.
pub(in crate::app) fn sequence_over(model: &mut Model, place: Place, key: Key) -> Option<Command> {
    take_in(model, key, |keymap, keys| keymap.lookup_over(place, keys))
}

fn take_in(
    model: &mut Model,
    key: Key,
    lookup: impl Fn(&Keymap, &[Key]) -> Match,
) -> Option<Command> {
    if !model.pending.is_empty() && key.code == KeyCode::Esc {
        model.pending.clear();
        return None;
    }
    model.pending.push(key);
    let found = lookup(&model.keymap, &model.pending);
    if !matches!(found, Match::Prefix(_)) {
        model.pending.clear();
    }
    match found {
        Match::Command(command) => Some(command),
        Match::Prefix(_) | Match::None => None,
    }
}

pub(super) fn paste(model: &mut Model, text: &str, effects: &mut Vec<Effect>) {
    if !model.overlays.is_empty() {
        overlay::paste(model, text, effects);
        return;
    }
    match (model.focus, model.sidebar.list) {
        (Focus::Sidebar, SidebarList::Tree) => tree::paste(model, text, effects),
        (Focus::Sidebar, SidebarList::Tags) => tags::paste(model, text),
        (Focus::Context, _) if context::paste(model, text) => {}
        (Focus::Page | Focus::Context, _) => find::paste(model, text, effects),
    }
}
