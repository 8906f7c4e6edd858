//! Which key means what where, and what a user's keys change of it.

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
        drawn.iter().map(|hidden| hidden.trim_end_matches(" Neighbourhood")).collect::<Vec<_>>(),
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
        selecting.iter().map(|hidden| hidden.trim_end_matches(" Selection")).collect::<Vec<_>>(),
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
    let check = |entries: &[(&str, &[&str])], place, keys: &str, expected, shadowed: &[&str]| {
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
