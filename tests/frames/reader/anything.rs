//! Anything at all: any keys, any page, any size.

use super::*;
use proptest::prelude::*;

const KEYS: &[&str] = &[
    "j",
    "k",
    "d",
    "u",
    "<Space>",
    "b",
    "g",
    "G",
    "<Tab>",
    "<Shift-Tab>",
    "<Enter>",
    "<Backspace>",
    "H",
    "L",
    "i",
    "/",
    "n",
    "N",
    "t",
    "e",
    "a",
    "o",
    "O",
    "}",
    "{",
    "P",
    "<Esc>",
    "y",
    "s",
    "w",
    "h",
    "l",
    ">",
    "<Ctrl-P>",
    "<Ctrl-T>",
    "?",
    ":",
    "F",
    "X",
    "x",
    "<Down>",
    "<Up>",
    "r",
    "T",
    "1",
];

fn sound(screen: &Screen) {
    let Some(open) = &screen.model.reader.open else { return };
    if let Some(nth) = open.selected {
        assert!(open.layout.stop(nth).is_some(), "the selected stop exists");
    }
    let (above, total) = open.layout.position(open.anchor);
    assert!(above < total.max(1), "{above} of {total} rows");
    assert!(!open.layout.lines(open.anchor, 1).is_empty(), "a line is at the anchor");
    let find = &screen.model.reader.find;
    assert!(find.current.is_none_or(|nth| nth < find.matches.len()));
    assert!(screen.model.history.back.len() <= 500);
    let size = screen.model.size;
    if let Some(cursor) = screen.cursor {
        assert!(cursor.x < size.columns && cursor.y < size.rows);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_keys_at_any_size_keep_the_program_sound(
        first in (1..200_u16, 1..60_u16),
        steps in prop::collection::vec((0..KEYS.len(), 0..24_u16, 1..200_u16, 1..60_u16), 1..60),
    ) {
        let mut screen = screen(first.0, first.1);
        for (key, what, columns, rows) in steps {
            match what {
                0 => screen.resize(columns, rows),
                1 => { screen.click(columns, rows); }
                2 => screen.send(Msg::Wheel(Hit::Page, i32::from(rows) - 30)),
                _ => { screen.keys(KEYS[key]); }
            }
            sound(&screen);
        }
    }

    #[test]
    fn back_after_any_walk_returns_to_the_exact_place(
        before in prop::collection::vec(0..10_usize, 0..12),
        walk in prop::collection::vec(0..11_usize, 1..30),
    ) {
        let mut screen = screen(70, 18);
        for key in before {
            screen.keys(KEYS[key]);
        }
        screen.keys("<Esc>");
        let (place, visits) = (screen.place(), screen.model.history.back.len());
        screen.open("topics/python.md");
        for key in walk {
            screen.keys(KEYS[key]);
            if !screen.model.overlays.is_empty() {
                screen.keys("<Esc>");
            }
        }
        while screen.model.history.back.len() > visits {
            screen.keys("<Esc> <Backspace>");
        }
        prop_assert_eq!(screen.place(), place);
    }
}

#[test]
fn ascii_means_ascii() {
    let mut screen = screen(120, 40);
    screen.model.themes.ascii = true;
    screen.keys("<Tab> o y");
    let odd: String = screen.text().chars().filter(|c| !c.is_ascii()).collect();
    assert_eq!(odd, "", "{}", screen.text());
    screen.keys("<Esc> <Esc> / tide <Enter> y");
    let odd: String = screen.text().chars().filter(|c| !c.is_ascii()).collect();
    assert_eq!(odd, "", "{}", screen.text());
}

#[test]
fn nothing_in_a_page_acts_on_the_terminal() {
    let evil = "---\ntitle: \"a\\e[31mb\"\n---\n# x\u{1b}]0;t\u{7}\n\n[[y\u{1b}[2J\u{202e}|z\u{9b}]] \u{7f}\n";
    let mut screen = Screen::new(80, 24, &[("e\u{1b}[1m.md", evil), ("b.md", "[[x]]")]);
    for keys in ["<Tab>", "<Enter>", "<Backspace>", "y y", "/ x <Enter>", "o"] {
        screen.keys(keys);
        let acts = kenning::text::scrub::acts_on_terminal;
        assert!(!screen.text().contains(acts), "after {keys}: {:?}", screen.text());
    }
}

#[test]
fn wide_characters_are_never_cut_in_half() {
    let mut screen = page(80, 12, &"日本語のページ。".repeat(40));
    for columns in 1..80 {
        screen.resize(columns, 12);
        screen.keys("y");
        sound(&screen);
        screen.keys("<Esc>");
    }
}

#[test]
fn one_cell_is_enough() {
    let mut screen = screen(1, 1);
    screen.keys("j <Tab> <Enter> o w t <Esc> / a");
    screen.resize(200, 60);
    screen.resize(2, 3);
    sound(&screen);
    assert_eq!(screen.model.sidebar.list, SidebarList::Tags);
}
