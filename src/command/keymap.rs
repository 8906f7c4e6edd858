//! The live keymap: defaults from the table, the user's keys merged over them.

use std::collections::BTreeMap;

use super::key::Key;
use super::table::{Command, Place};
use crate::config::KeyList;

/// Sequences of keys to commands, by place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Keymap {}

/// What a sequence of keys means so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// A command.
    Command(Command),
    /// The beginning of longer sequences: what may follow, and to which command each leads.
    Prefix(Vec<(Key, Command)>),
    /// Nothing.
    None,
}

impl Keymap {
    /// The default keys merged with the user's.
    ///
    /// # Errors
    /// Every problem, a sentence each: unknown commands (with a proposal), keys that cannot be read,
    /// two commands on one key in one place.
    pub fn new(user: &BTreeMap<String, KeyList>) -> Result<Self, Vec<String>> {
        let _ = user;
        Ok(Self::default())
    }

    /// What `keys` means in `place`; a place's own keys go before those of [`Place::Everywhere`].
    #[must_use]
    pub fn lookup(&self, place: Place, keys: &[Key]) -> Match {
        let _ = (place, keys);
        Match::None
    }

    /// The sequences that lead to `command` in `place`, the one to show first.
    #[must_use]
    pub fn keys_of(&self, place: Place, command: Command) -> Vec<Vec<Key>> {
        let _ = (place, command);
        Vec::new()
    }

    /// The first sequence of `command` as text: `Ctrl-P`, `y c`; empty if it has none.
    #[must_use]
    pub fn shown(&self, place: Place, command: Command) -> String {
        let _ = (place, command);
        String::new()
    }
}
