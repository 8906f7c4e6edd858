//! The live keymap: defaults from the table, the user's keys merged over them.
//!
//! Two rules decide everything. A place's own keys go before those it falls back to
//! ([`Place::chain`]). A user's key goes before any default, in every place where its command works:
//! who binds `search` to `t` finds `t` searching in the tree too, and is told what `t` meant there.
//!
//! One exception: what opens at once ([`Command::opens_at_once`]) may also begin longer sequences. It opens
//! without waiting for the next key, and goes away again if that key makes one of them.

use std::collections::BTreeMap;
use std::fmt;

use super::key::{self, Key};
use super::table::{Command, Place, TABLE};
use crate::text::near::did_you_mean;

/// Sequences of keys to commands, by place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Keymap {
    /// In the order of the table; a command's sequences in the order in which they were given. Within
    /// one place no sequence begins another one, but for those of what opens at once.
    bindings: Vec<Binding>,
    shadowed: Vec<Shadowed>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Binding {
    place: Place,
    keys: Vec<Key>,
    command: Command,
}

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

/// A default key that gave way to a user's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shadowed {
    /// The command that lost the key.
    pub command: Command,
    /// The sequence that it lost.
    pub keys: Vec<Key>,
    /// Where it lost it.
    pub place: Place,
    /// The command that the user gave the key, or its beginning or continuation.
    pub by: Command,
}

impl fmt::Display for Shadowed {
    /// `s is no longer search everywhere: you gave the key to edit`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (keys, place) = (key::show(&self.keys), self.place.words());
        let (lost, by) = (self.command.entry().name, self.by.entry().name);
        write!(f, "{keys} is no longer {lost} {place}: you gave the key to {by}")
    }
}

/// What is wrong with the user's keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The commands, by name, whose entries it is about.
    pub commands: Vec<String>,
    /// One sentence.
    pub what: String,
}

impl Keymap {
    /// The default keys merged with the user's: an entry replaces all keys of its command.
    ///
    /// # Errors
    /// Every problem: unknown commands (with a proposal), keys that cannot be read,
    /// two commands on one key in one place, a key that also begins a longer sequence there.
    ///
    /// # Panics
    /// Never: a test reads all keys of the table.
    pub fn new(user: &BTreeMap<String, Vec<String>>) -> Result<Self, Vec<Problem>> {
        let (chosen, mut problems) = read(user);
        let given: Vec<&Binding> = chosen.values().flatten().collect();
        let mut keymap = Self::default();
        for row in TABLE {
            if let Some(bindings) = chosen.get(&row.command) {
                keymap.bindings.extend(bindings.iter().cloned());
                continue;
            }
            for text in row.keys {
                let keys = key::sequence(text).expect("the keys of the table can be read");
                let default = Binding { place: row.place, keys, command: row.command };
                let mut keeps = true;
                for lost in given.iter().filter_map(|given| default.gives_way_to(given)) {
                    keeps &= lost.place != default.place;
                    keymap.shadowed.push(lost);
                }
                if keeps {
                    keymap.bindings.push(default);
                }
            }
        }
        problems.extend(clashes(&keymap.bindings));
        if problems.is_empty() { Ok(keymap) } else { Err(problems) }
    }

    /// What `keys` means in `place`; a place's own keys go before those of the places that it falls
    /// back to. What may follow a prefix comes in the order of the table.
    #[must_use]
    pub fn lookup(&self, place: Place, keys: &[Key]) -> Match {
        match self.find(place, keys) {
            Some(command) => Match::Command(command),
            None => self.begun(place, keys),
        }
    }

    /// As [`Self::lookup`], for the keys of a place that work in something laid over it: nothing more opens
    /// there at once, so that a longer sequence goes before what would.
    #[must_use]
    pub fn lookup_over(&self, place: Place, keys: &[Key]) -> Match {
        match (self.find(place, keys), self.begun(place, keys)) {
            (Some(command), begun) if command.opens_at_once() && begun != Match::None => begun,
            (Some(command), _) => Match::Command(command),
            (None, begun) => begun,
        }
    }

    /// What may follow `keys` in `place`, also where they mean something by themselves.
    fn begun(&self, place: Place, keys: &[Key]) -> Match {
        let follows = |binding: &Binding| {
            let next = *binding.keys.strip_prefix(keys)?.first()?;
            let reached = self.find(place, &binding.keys) == Some(binding.command);
            reached.then_some((next, binding.command))
        };
        let following: Vec<_> = self.bindings.iter().filter_map(follows).collect();
        if following.is_empty() { Match::None } else { Match::Prefix(following) }
    }

    /// The keys that make a longer sequence of those that opened something at once, and what each leads to.
    #[must_use]
    pub fn going_on(&self, place: Place, keys: &[Key]) -> Vec<(Key, Command)> {
        match self.begun(place, keys) {
            Match::Prefix(following) => following,
            Match::Command(_) | Match::None => Vec::new(),
        }
    }

    /// The sequences that lead to `command` in `place`, the one to show first.
    #[must_use]
    pub fn keys_of(&self, place: Place, command: Command) -> Vec<Vec<Key>> {
        self.bindings
            .iter()
            .filter(|binding| binding.command == command)
            .filter(|binding| self.find(place, &binding.keys) == Some(command))
            .map(|binding| binding.keys.clone())
            .collect()
    }

    /// The first sequence of `command` as text: `Ctrl-P`, `y c`; empty if it has none.
    #[must_use]
    pub fn shown(&self, place: Place, command: Command) -> String {
        self.keys_of(place, command).first().map(|keys| key::show(keys)).unwrap_or_default()
    }

    /// The default keys that gave way to the user's, in the order of the table.
    #[must_use]
    pub fn shadowed(&self) -> &[Shadowed] {
        &self.shadowed
    }

    /// The command that exactly `keys` leads to. A sequence that a nearer place begins with these keys
    /// goes before a command of a farther place.
    fn find(&self, place: Place, keys: &[Key]) -> Option<Command> {
        let opens = |keys: &[Key]| {
            let is_there =
                |binding: &Binding| binding.keys == keys && place.chain().contains(&binding.place);
            place.opens_at_once()
                && self.bindings.iter().any(|b| b.command.opens_at_once() && is_there(b))
        };
        place.chain().iter().find_map(|&near| {
            self.bindings
                .iter()
                .filter(|binding| binding.place == near && related(&binding.keys, keys))
                .find(|binding| {
                    let is_longer = binding.keys.len() > keys.len();
                    let is_shorter = binding.keys.len() < keys.len();
                    !(is_longer && opens(keys) || is_shorter && opens(&binding.keys))
                })
                .map(|binding| (binding.keys == keys).then_some(binding.command))
        })?
    }
}

impl Binding {
    /// What this default loses to a user's key: itself, where the user's key works in all of its
    /// place; its key in the user's place, where that is a nearer one.
    fn gives_way_to(&self, user: &Binding) -> Option<Shadowed> {
        let nearer = if self.place.chain().contains(&user.place) {
            self.place
        } else if user.place.chain().contains(&self.place) {
            user.place
        } else {
            return None;
        };
        self.hinders(user).then(|| Shadowed {
            command: self.command,
            keys: self.keys.clone(),
            place: nearer,
            by: user.command,
        })
    }

    /// Whether only one of the two can be typed.
    fn hinders(&self, other: &Self) -> bool {
        let goes_on = |short: &Self, long: &Self| {
            short.command.opens_at_once()
                && long.place.opens_at_once()
                && long.keys.len() > short.keys.len()
        };
        related(&self.keys, &other.keys) && !goes_on(self, other) && !goes_on(other, self)
    }
}

/// Whether the sequences are equal or one begins the other, so that both cannot be typed.
fn related(a: &[Key], b: &[Key]) -> bool {
    a.starts_with(b) || b.starts_with(a)
}

/// The user's keys by command, and what is wrong with them.
fn read(user: &BTreeMap<String, Vec<String>>) -> (BTreeMap<Command, Vec<Binding>>, Vec<Problem>) {
    let mut chosen = BTreeMap::new();
    let mut problems = Vec::new();
    for (name, sequences) in user {
        let wrong = |what: String| Problem { commands: vec![name.clone()], what };
        let Some(command) = Command::named(name) else {
            let guess = did_you_mean(name, TABLE.iter().map(|row| row.name));
            problems.push(wrong(format!("there is no command {name:?}{guess}")));
            continue;
        };
        let bindings: &mut Vec<Binding> = chosen.entry(command).or_default();
        for text in sequences {
            match key::sequence(text) {
                Ok(keys) => {
                    bindings.push(Binding { place: command.entry().place, keys, command });
                }
                Err(problem) => problems.push(wrong(format!("{name}: {problem}"))),
            }
        }
    }
    (chosen, problems)
}

/// A problem for each pair of sequences of one place of which one begins the other.
fn clashes(bindings: &[Binding]) -> Vec<Problem> {
    let mut sorted: Vec<&Binding> = bindings.iter().collect();
    sorted.sort();
    sorted.dedup();
    let mut problems = Vec::new();
    // Sorted, a sequence stands right before all those that it begins.
    let mut shorter: Option<&Binding> = None;
    for binding in sorted {
        match shorter {
            Some(first)
                if first.place == binding.place
                    && binding.keys.starts_with(&first.keys)
                    && first.hinders(binding) =>
            {
                problems.push(clash(first, binding));
            }
            _ => shorter = Some(binding),
        }
    }
    problems
}

fn clash(first: &Binding, second: &Binding) -> Problem {
    let (a, b) = (first.command.entry().name, second.command.entry().name);
    let (short, long) = (key::show(&first.keys), key::show(&second.keys));
    let place = first.place.words();
    let what = if first.keys == second.keys {
        format!("{short} cannot be both {a} and {b} {place}")
    } else {
        format!("{short} ({a}) also begins {long} ({b}) {place}; only one of them can be typed")
    };
    Problem { commands: vec![a.to_owned(), b.to_owned()], what }
}

#[cfg(test)]
mod tests;
