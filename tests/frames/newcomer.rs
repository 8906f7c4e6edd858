//! What a newcomer stumbles over: empty wikis, small screens, lists whose rows do not line up, keys that seem to do
//! nothing.

use crate::screen::Screen;
use kenning::app::model::Focus;
use kenning::text::role::Role;
use kenning::theme::Theme;

const PAGES: &[(&str, &str)] = &[
    ("index.md", "# Harbour\n\nAsk [[people/ada|Ada]] or [[nobody]].\n"),
    (
        "people/ada.md",
        "---\nboss: \"[[nobody]]\"\nurl: https://ada.test\n---\n# Ada\n\nOf the [[index|harbour]].\n",
    ),
    ("topics/tides.md", "# Tides\n\nOf water, #sea.\n"),
];

#[test]
fn an_empty_wiki_is_not_one_that_is_still_being_read() {
    let mut screen = Screen::new(60, 20, &[]);
    assert!(screen.find("ends in .md").is_some(), "{}", screen.frame());
    let mut narrow = Screen::new(66, 20, &[]);
    let text = narrow.text();
    for words in ["No page here yet: a page is a", "file whose name ends in .md"] {
        assert!(text.contains(words), "{text}");
    }
    narrow.keys("c");
    assert_eq!(narrow.said(), ["No page is open yet"]);
    screen.keys("<Ctrl-P>");
    assert!(screen.find("There are no pages yet.").is_some(), "{}", screen.frame());
    screen.keys("x");
    assert!(screen.find("There are no pages yet.").is_some(), "{}", screen.frame());
}

#[test]
fn a_page_alone_is_connected_with_no_other() {
    let mut screen = Screen::new(80, 20, &[("alone.md", "# Alone\n")]);
    screen.keys("c");
    assert!(screen.find("There is no other page.").is_some(), "{}", screen.frame());
}

#[test]
fn kinds_stand_at_the_right_edge_of_the_finder_and_of_connect() {
    let mut screen = Screen::new(80, 20, PAGES);
    for key in ["<Ctrl-P>", "c"] {
        screen.keys(key);
        for kind in ["people │", "topics │"] {
            assert!(screen.find(kind).is_some(), "{key}\n{}", screen.frame());
        }
        screen.keys("<Esc>");
    }
}

#[test]
fn the_finder_names_the_key_that_explains_what_is_typed() {
    let mut screen = Screen::new(80, 20, PAGES);
    screen.keys("<Ctrl-P>");
    assert!(screen.find("Ctrl-X explain").is_none(), "{}", screen.frame());
    screen.keys("a");
    assert!(screen.find("Ctrl-X explain").is_some(), "{}", screen.frame());
}

#[test]
fn where_the_context_has_no_room_its_key_says_which_one_shows_it() {
    let mut screen = Screen::new(80, 20, PAGES);
    screen.keys("O");
    assert_eq!(
        screen.said(),
        ["No room for it beside the page: o shows the context in the tree's place"]
    );
    assert!(screen.model.context.shown);
    screen.keys("o O");
    assert_eq!(screen.model.focus, Focus::Page);
    screen.resize(120, 20);
    assert!(screen.find("Outline").is_some(), "{}", screen.frame());
}

#[test]
fn parts_of_the_check_that_hold_something_have_their_names_on_80_columns() {
    let mut screen = Screen::new(80, 20, PAGES);
    screen.keys("C");
    let tabs = "1 Missing 1  4 Orphans 1  5 Dead ends 1";
    assert!(screen.find(tabs).is_some(), "{}", screen.frame());
}

#[test]
fn the_place_of_a_link_in_the_properties_is_its_row() {
    let mut screen = Screen::new(120, 30, PAGES);
    screen.keys("C <Enter> j j");
    let frame = screen.frame();
    let marked = screen.text().lines().find(|line| line.contains('▌')).map(str::to_owned);
    assert!(marked.is_some_and(|line| line.contains("boss")), "{frame}");
}

#[test]
fn what_is_said_is_seen_where_a_box_covers_the_footer() {
    let mut screen = Screen::new(40, 12, PAGES);
    screen.keys("<Tab> p m");
    let said = screen.said().concat();
    let last = screen.text().lines().last().unwrap_or_default().to_owned();
    assert!(!said.is_empty() && last.contains(&said[..20]), "{said}\n{}", screen.frame());
    screen.keys("j");
    assert!(screen.text().lines().last().is_some_and(|line| line.contains("Esc close")));
}

#[test]
fn the_list_of_themes_says_which_one_auto_chose() {
    let mut screen = Screen::new(80, 20, PAGES);
    screen.model.themes.all = vec![Theme::built_in("dark").expect("a built-in theme")];
    screen.model.themes.auto = true;
    screen.keys("T");
    assert!(screen.find("chooses: dark").is_some(), "{}", screen.frame());
    screen.keys("<Esc>");
    (screen.model.themes.auto, screen.model.themes.fitting) = (false, None);
    screen.keys("T");
    assert!(screen.find("chooses:").is_none(), "{}", screen.frame());
}

#[test]
fn the_cursor_leaves_what_is_marked_in_its_row() {
    let mut screen = Screen::new(80, 20, PAGES);
    let dark = Theme::built_in("dark").expect("a built-in theme");
    let [mark, cursor] = [Role::Match, Role::Cursor].map(|role| dark.style(role).bg);
    screen.model.themes.all = vec![dark];
    screen.keys("<Ctrl-P> tid");
    let (x, y) = screen.find("Tides").expect("it is found");
    let ground = |x| screen.buffer()[(x, y)].style().bg;
    assert_eq!((ground(x), ground(x + 3)), (mark, cursor));
}

#[test]
fn a_page_of_which_nobody_knows_when_it_was_written_has_no_day() {
    let mut screen = Screen::new(120, 30, PAGES);
    screen.keys("B");
    assert!(screen.find("1970").is_none(), "{}", screen.frame());
}

#[test]
fn a_low_braid_says_what_it_is() {
    let mut screen = Screen::new(40, 12, PAGES);
    screen.keys("B");
    assert!(screen.row(0).contains("Braid  nothing chosen"), "{}", screen.frame());
}

#[test]
fn a_title_below_badges_is_said_once() {
    let badges =
        "![Tested](https://example.org/badge.svg)\n\n**Tides for all.**\n\n# Tide tables\n";
    let late = "A preamble.\n\n## Part\n\n# Late page\n\nThe end.\n";
    let mut screen = Screen::new(40, 18, &[("badges.md", badges), ("late.md", late)]);
    // Each stands in the bar above the page, too.
    for (path, title, times) in [("badges.md", "Tide tables", 2), ("late.md", "Late page", 3)] {
        screen.open(path);
        assert_eq!(screen.frame().matches(title).count(), times, "{}", screen.frame());
    }
}
