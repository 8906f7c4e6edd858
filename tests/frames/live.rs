//! Changes from outside: what is told of them, and what of the reader's stays.

use std::collections::HashSet;
use std::sync::Arc;

use kenning::app::msg::Changes;
use kenning::app::{Effect, Msg};
use kenning::index::{Change, Index};

use crate::screen::{Screen, page_path, put};

const PAGES: &[(&str, &str)] = &[
    (
        "index.md",
        "# Harbour\n\nAsk [[ada]] or [[bo]].\n\nThe second word is here.\n\n## Piers\n\nTwo.\n",
    ),
    ("ada.md", "# Ada\n\nKeeps the light.\n"),
    ("bo.md", "# Bo\n\n![[ada]]\n\nRows.\n"),
];

/// What became of a file.
enum Now<'a> {
    Written(&'a str, &'a str),
    Gone(&'a str),
    Renamed(&'a str, &'a str),
}

fn change(screen: &mut Screen, all: &[Now<'_>]) {
    let mut index = Index::clone(&screen.model.index);
    let (mut paths, mut renamed) = (HashSet::new(), Vec::new());
    for now in all {
        match *now {
            Now::Written(path, text) => {
                screen.pages.insert(page_path(path), text.into());
                index.apply(put(&page_path(path), text));
                paths.insert(page_path(path));
            }
            Now::Gone(path) => {
                screen.pages.remove(&page_path(path));
                index.apply(Change::Remove(page_path(path)));
                paths.insert(page_path(path));
            }
            Now::Renamed(from, to) => {
                let (from, to) = (page_path(from), page_path(to));
                let text = screen.pages.remove(&from).expect("it is there");
                index.apply_all([Change::Remove(from.clone()), put(&to, &text)]);
                screen.pages.insert(to.clone(), text);
                paths.extend([from.clone(), to.clone()]);
                renamed.push((from, to));
            }
        }
    }
    screen.send(Msg::Changed(Changes { index: Arc::new(index), paths, renamed }));
}

fn notice(screen: &Screen) -> Option<&str> {
    screen.model.notice.as_ref().map(|notice| notice.text.as_str())
}

#[test]
fn the_open_page_shows_what_was_written_and_nothing_is_said() {
    let mut screen = Screen::new(80, 24, PAGES);
    screen.keys("<Tab> <Tab>");
    let (_, _, selected) = screen.place();
    let text = PAGES[0].1.replace("Two.", "Three.").replace("# Harbour", "# The harbour");
    change(&mut screen, &[Now::Written("index.md", &text)]);
    assert!(screen.find("Three.").is_some() && screen.find("The harbour").is_some());
    assert_eq!((screen.place().2, notice(&screen)), (selected, None));
}

#[test]
fn what_is_selected_stays_selected_unless_it_was_rewritten() {
    let selected = |edit: fn(&str) -> String| {
        let mut screen = Screen::new(80, 24, PAGES);
        screen.keys("v j j e");
        let before = screen.model.reader.open.as_ref().and_then(|open| open.selection.clone());
        let before = before.expect("something is selected");
        change(&mut screen, &[Now::Written("index.md", &edit(PAGES[0].1))]);
        let now = screen.model.reader.open.as_ref().and_then(|open| open.selection.clone());
        now.map(|now| (now.from, now.to) == (before.from, before.to))
    };
    assert_eq!(selected(|text| text.replace("Two.", "Three.")), Some(true));
    assert_eq!(selected(|text| text.replace("second", "first")), None);
}

#[test]
fn a_page_that_was_deleted_stays_and_comes_back_without_a_word() {
    let mut screen = Screen::new(80, 24, PAGES);
    change(&mut screen, &[Now::Gone("index.md")]);
    assert!(screen.find("Ask ada").is_some());
    assert_eq!(notice(&screen), Some("This page was deleted: what was read stays here"));
    change(&mut screen, &[Now::Written("index.md", "# Harbour\n\nRebuilt.\n")]);
    assert!(screen.find("Rebuilt.").is_some());
    assert_eq!(notice(&screen), None);
}

#[test]
fn of_a_deleted_page_it_is_not_said_that_a_filter_hides_it() {
    let mut screen = Screen::new(80, 24, PAGES);
    screen.keys("F ada <Enter> <Esc>");
    change(&mut screen, &[Now::Gone("index.md")]);
    screen.keys("r");
    assert_eq!(notice(&screen), Some("This page was deleted: what was read stays here"));
}

#[test]
fn a_deleted_page_is_begun_anew_only_by_who_says_so() {
    let edits = |screen: &Screen| {
        screen.done.iter().filter(|effect| matches!(effect, Effect::Edit { .. })).count()
    };
    let mut screen = Screen::new(80, 24, PAGES);
    change(&mut screen, &[Now::Gone("index.md")]);
    screen.keys("e");
    assert!(screen.find("index.md was deleted: begin it anew?").is_some(), "{}", screen.frame());
    assert_eq!(edits(&screen), 0);
    screen.keys("c");
    let text = PAGES[0].1.to_owned();
    assert!(screen.done.contains(&Effect::Copy(text)), "what was read is not lost");
    screen.keys("e <Esc>");
    assert_eq!(edits(&screen), 0);
    screen.keys("e e");
    assert_eq!(edits(&screen), 1);
    // A file that is there again is edited as any other.
    change(&mut screen, &[Now::Written("index.md", "# Harbour\n\nRebuilt.\n")]);
    screen.keys("e");
    assert_eq!(edits(&screen), 2);
}

#[test]
fn a_page_that_was_renamed_is_open_under_its_new_path_and_so_is_the_way_back() {
    let mut screen = Screen::new(80, 24, PAGES);
    screen.keys("<Tab> <Enter>");
    assert_eq!(screen.place().0, "ada.md");
    change(&mut screen, &[Now::Renamed("index.md", "port.md")]);
    assert_eq!(notice(&screen), None, "nothing happened to this page");
    change(&mut screen, &[Now::Renamed("ada.md", "people/ada.md")]);
    assert_eq!(notice(&screen), Some("This page was renamed: it is people/ada.md now"));
    assert_eq!(screen.place().0, "people/ada.md");
    screen.keys("<Backspace>");
    assert_eq!(screen.place().0, "port.md");
    assert!(screen.find("Ask ada").is_some());
}

#[test]
fn a_page_that_came_in_the_place_of_the_deleted_one_is_offered() {
    let check = |text: &str, path: &str, expected: bool| {
        let mut screen = Screen::new(80, 24, PAGES);
        screen.open("ada.md");
        // Moved and written in one go, or the one after the other.
        let new = Now::Written(path, text);
        change(&mut screen, &[Now::Gone("ada.md")]);
        assert!(screen.find("deleted").is_some() && screen.find("Keeps the light.").is_some());
        change(&mut screen, &[new]);
        let offered = notice(&screen).is_some_and(|text| text.contains(&format!("Is it {path}")));
        assert_eq!(offered, expected, "{path}: {:?}", notice(&screen));
        assert!(screen.find("Keeps the light.").is_some(), "what was read stays");
        if expected {
            screen.keys("L");
            assert_eq!(screen.place().0, path);
            assert!(screen.find("deleted").is_none());
        }
    };
    check("# Ada Lind\n\nKept the light.\n", "people/ada.md", true);
    check("# Ada\n\nKept the light.\n", "people/ada-lind.md", true);
    check("---\naliases: Ada\n---\n# Lind\n", "lind.md", true);
    check("# Cai\n", "cai.md", false);
}

#[test]
fn what_is_embedded_or_peeked_at_follows_too() {
    let mut screen = Screen::new(80, 24, PAGES);
    screen.open("bo.md");
    assert!(screen.find("Keeps the light.").is_some());
    change(&mut screen, &[Now::Written("ada.md", "# Ada\n\nLeft the light.\n")]);
    assert!(screen.find("Left the light.").is_some(), "{}", screen.text());
    screen.open("index.md");
    screen.keys("<Tab> p");
    assert!(screen.find("Left the light.").is_some());
    change(&mut screen, &[Now::Written("ada.md", "# Ada\n\nCame back.\n")]);
    assert!(screen.find("Came back.").is_some() && screen.find("Left the light.").is_none());
}

#[test]
fn many_changes_are_counted_while_they_are_read() {
    let mut screen = Screen::new(80, 24, PAGES);
    screen.send(Msg::Reading(5_000));
    assert!(screen.find("reading 5,000 changes").is_some());
    change(&mut screen, &[Now::Written("new.md", "# New\n")]);
    assert!(screen.find("reading").is_none());
    assert!(screen.find("New").is_some());
}
