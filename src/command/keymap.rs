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
mod tests {
    use std::fmt::Write;

    use super::*;

    fn user(entries: &[(&str, &[&str])]) -> BTreeMap<String, Vec<String>> {
        let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        entries.iter().map(|(name, keys)| ((*name).to_owned(), owned(keys))).collect()
    }

    fn keymap(entries: &[(&str, &[&str])]) -> Keymap {
        Keymap::new(&user(entries)).expect("good keys")
    }

    fn means(keymap: &Keymap, place: Place, text: &str) -> String {
        match keymap.lookup(place, &key::sequence(text).expect("good keys")) {
            Match::Command(command) => command.entry().name.to_owned(),
            Match::None => String::new(),
            Match::Prefix(following) => {
                following.iter().fold("...".to_owned(), |mut text, (key, command)| {
                    let _ = write!(text, " {key}={}", command.entry().name);
                    text
                })
            }
        }
    }

    #[test]
    fn defaults_work_in_their_place_and_in_those_that_fall_back_to_it() {
        let keymap = keymap(&[]);
        let check = |place, keys: &str, expected: &str| {
            assert_eq!(means(&keymap, place, keys), expected, "{keys} {place:?}");
        };
        check(Place::Page, "j", "scroll-down");
        check(Place::Tree, "j", "down");
        check(Place::Context, "down", "down");
        check(Place::Everywhere, "j", "");
        check(Place::List, "space", "");
        check(Place::Tree, "space", "toggle-node");
        check(Place::Tags, "space", "require-tag");
        check(Place::Page, "q", "quit");
        check(Place::Tree, "ctrl-p", "find-page");
        check(Place::Page, "o", "outline");
        check(Place::Tags, "o", "allow-tag");
        check(Place::Page, "g g", "top");
        check(Place::Page, "z x", "");
        check(Place::Page, "g g g", "");
    }

    #[test]
    fn what_opens_at_once_may_begin_longer_sequences() {
        let check = |entries: &[(&str, &[&str])], place, keys: &str, expected: &str| {
            assert_eq!(means(&keymap(entries), place, keys), expected, "{keys} {place:?}");
        };
        check(&[], Place::Page, "g", "neighbourhood");
        check(&[], Place::Tree, "g", "neighbourhood");
        check(&[], Place::Tree, "g g", "first");
        // Nothing is laid over a motion that is half typed.
        check(&[], Place::Selection, "g", "... g=select-top");
        check(&[], Place::Selection, "g g", "select-top");
        // The user's sequences are as good as ours, and hinder nothing.
        let user: &[(&str, &[&str])] = &[("random-page", &["g r"]), ("edit", &["g e"])];
        assert!(keymap(user).shadowed().is_empty());
        check(user, Place::Page, "g", "neighbourhood");
        check(user, Place::Tree, "g r", "random-page");
        check(user, Place::Page, "g g", "top");
        assert_eq!(
            keymap(user).going_on(Place::Page, &[Key::char('g')]),
            [
                (Key::char('g'), Command::Top),
                (Key::char('r'), Command::RandomPage),
                (Key::char('e'), Command::Edit)
            ]
        );
        // Under another key it leaves the sequences a mere beginning, and may begin others.
        let moved: &[(&str, &[&str])] = &[("neighbourhood", &["z"])];
        assert!(keymap(moved).shadowed().is_empty());
        check(moved, Place::Page, "g", "... g=top");
        check(moved, Place::Page, "z", "neighbourhood");
        check(moved, Place::Page, "z a", "toggle-fold");
        // A command that takes the key takes the sequences with it.
        let taken: &[(&str, &[&str])] = &[("reload", &["g"])];
        check(taken, Place::Page, "g", "reload");
        check(taken, Place::Page, "g g", "");
        assert_eq!(keymap(taken).shadowed().len(), 4);
        let over = |keys: &str| {
            let keys = key::sequence(keys).expect("good keys");
            keymap(&[]).lookup_over(Place::Page, &keys)
        };
        assert_eq!(over("g"), Match::Prefix(vec![(Key::char('g'), Command::Top)]));
        assert_eq!(over("g g"), Match::Command(Command::Top));
        assert_eq!(over("j"), Match::Command(Command::ScrollDown));
    }

    #[test]
    fn a_prefix_lists_what_may_follow_in_this_place_and_behind_it() {
        let keymap = keymap(&[]);
        assert_eq!(means(&keymap, Place::Selection, "g"), "... g=select-top");
        assert_eq!(means(&keymap, Place::Everywhere, "y"), "... y=copy-page-link p=copy-page");
    }

    #[test]
    fn no_default_key_hides_another_one_by_accident() {
        let keymap = keymap(&[]);
        let mut hidden = Vec::new();
        for place in Place::ALL {
            for binding in keymap.bindings.iter().filter(|b| place.chain().contains(&b.place)) {
                if keymap.find(*place, &binding.keys) != Some(binding.command) {
                    let keys = key::show(&binding.keys);
                    hidden.push(format!("{keys} {} {place:?}", binding.command.entry().name));
                }
            }
        }
        // While one selects, its keys are those of an editor.
        let (selecting, others): (Vec<String>, Vec<String>) =
            hidden.into_iter().partition(|hidden| hidden.ends_with(" Selection"));
        // What is drawn over all panes has keys of its own.
        let (drawn, others): (Vec<String>, Vec<String>) =
            others.into_iter().partition(|hidden| hidden.ends_with(" Neighbourhood"));
        assert_eq!(
            drawn
                .iter()
                .map(|hidden| hidden.trim_end_matches(" Neighbourhood"))
                .collect::<Vec<_>>(),
            ["Backspace back", "t tags", "q quit"]
        );
        // The braid has the whole screen: there is no page beside it whose outline could be shown.
        let meant = [
            "o outline Tags",
            "c connect Braid",
            "o outline Braid",
            "F edit-filter Braid",
            "X clear-filter Braid",
        ];
        assert_eq!(others, meant);
        assert_eq!(
            selecting
                .iter()
                .map(|hidden| hidden.trim_end_matches(" Selection"))
                .collect::<Vec<_>>(),
            [
                "g neighbourhood",
                "o outline",
                "w focus-tree",
                "y y copy-page-link",
                "y p copy-page",
                "e edit",
                "Esc cancel",
                "q quit",
                "Ctrl-C quit",
            ]
        );
        assert!(keymap.shadowed().is_empty());
    }

    #[test]
    fn an_entry_replaces_the_keys_of_its_command() {
        let keymap = keymap(&[("find-page", &["g f", "ctrl-o"]), ("search", &[])]);
        assert_eq!(keymap.shown(Place::Page, Command::FindPage), "g f");
        assert_eq!(keymap.keys_of(Place::Tree, Command::FindPage).len(), 2);
        assert_eq!(means(&keymap, Place::Page, "ctrl-p"), "");
        assert_eq!(keymap.shown(Place::Page, Command::Search), "");
        assert_eq!(means(&keymap, Place::Page, "s"), "");
    }

    #[test]
    fn a_users_key_goes_before_defaults_wherever_its_command_works() {
        let check =
            |entries: &[(&str, &[&str])], place, keys: &str, expected, shadowed: &[&str]| {
                let keymap = keymap(entries);
                assert_eq!(means(&keymap, place, keys), expected);
                let told: Vec<String> = keymap.shadowed().iter().map(Shadowed::to_string).collect();
                assert_eq!(told, shadowed);
            };
        check(
            &[("edit", &["s"])],
            Place::Page,
            "s",
            "edit",
            &["s is no longer search everywhere: you gave the key to edit"],
        );
        // The key of a nearer place would have kept it from working there.
        check(
            &[("back", &["-"])],
            Place::Tree,
            "-",
            "back",
            &[
                "- is no longer fewer-steps in the neighbourhood: you gave the key to back",
                "- is no longer collapse-all in the tree: you gave the key to back",
                "- is no longer exclude-tag in the tags: you gave the key to back",
            ],
        );
        // Only there: elsewhere the default stays.
        check(
            &[("cycle-sort", &["s"])],
            Place::Page,
            "s",
            "search",
            &["s is no longer search in the tree: you gave the key to cycle-sort"],
        );
        // A single key against sequences that begin with it.
        check(
            &[("cycle-sort", &["z"])],
            Place::Tree,
            "z",
            "cycle-sort",
            &[
                "z a is no longer toggle-node in the tree: you gave the key to cycle-sort",
                "z M is no longer collapse-all in the tree: you gave the key to cycle-sort",
                "z R is no longer expand-all in the tree: you gave the key to cycle-sort",
            ],
        );
        // And a sequence against a single key.
        check(
            &[("edit", &["s s"])],
            Place::Tree,
            "s",
            "... s=edit",
            &["s is no longer search everywhere: you gave the key to edit"],
        );
        check(&[("down", &["n"])], Place::Tree, "n", "down", &[]);
    }

    #[test]
    fn a_nearer_beginning_goes_before_a_farther_command() {
        let keymap = keymap(&[("edit", &["z"]), ("toggle-node", &["z z"])]);
        assert_eq!(means(&keymap, Place::Tree, "z"), "... z=toggle-node");
        assert_eq!(means(&keymap, Place::Page, "z"), "edit");
        assert_eq!(keymap.shown(Place::Tree, Command::Edit), "");
    }

    #[test]
    fn every_problem_is_one_sentence() {
        let check = |entries: &[(&str, &[&str])], expected: &[&str]| {
            let problems = Keymap::new(&user(entries)).expect_err("bad keys");
            let told: Vec<&str> = problems.iter().map(|problem| &*problem.what).collect();
            assert_eq!(told, expected);
        };
        check(
            &[("serch", &["s"]), ("search", &["contrl-s"]), ("quit", &[""])],
            &[
                "quit: a key must be named (the space bar is \"space\")",
                "search: \"contrl-s\" is no key",
                "there is no command \"serch\"; did you mean \"search\"?",
            ],
        );
        check(
            &[("search", &["x"]), ("edit", &["X", "x"])],
            &["x cannot be both search and edit everywhere"],
        );
        check(
            &[("search", &["x"]), ("edit", &["x y", "x z"])],
            &[
                "x (search) also begins x y (edit) everywhere; only one of them can be typed",
                "x (search) also begins x z (edit) everywhere; only one of them can be typed",
            ],
        );
        check(
            &[("search", &["x", "x x"])],
            &["x (search) also begins x x (search) everywhere; only one of them can be typed"],
        );
    }

    #[test]
    fn one_key_given_twice_to_one_command_is_no_clash() {
        assert_eq!(means(&keymap(&[("search", &["x", "x"])]), Place::Page, "x"), "search");
    }
}
