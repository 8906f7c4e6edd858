//! The list of tags.

use super::*;

#[test]
fn tags_are_counted_under_the_filter_and_choose_it() {
    let mut screen = screen(80, 24);
    screen.keys("t");
    let pane = left(&screen);
    assert_eq!(
        pane[1..],
        [
            "   #python                  3",
            " ▸ #editor                  2",
            "   #tides                   1",
            "   #web                     1"
        ]
    );
    screen.keys("<Enter>");
    assert_eq!(screen.model.filter.text, "tag:python");
    let pane = left(&screen);
    assert_eq!(pane[1..3], ["+  #python                  3", " ▸ #editor                  1"]);
    assert_eq!(screen.role_on("#tides"), Role::Quiet);
    screen.keys("G -");
    assert_eq!(screen.model.filter.text, "tag:python -tag:web", "no row moved");
    screen.keys("- g g <Space>");
    assert_eq!(screen.model.filter.text, "", "each pressed again unsets");
    screen.keys("o j o");
    assert_eq!(screen.model.filter.text, "(tag:python OR tag:editor)");
    screen.keys("F <Ctrl-U> tag:web <Enter> t");
    assert!(left(&screen).contains(&"+  #web                     1".to_owned()), "typed is chosen");
}

#[test]
fn nested_tags_unfold_and_the_list_narrows() {
    let mut screen = screen(80, 24);
    screen.keys("t j l j");
    assert_eq!(left(&screen)[3], "     /emacs                 1");
    screen.keys("h");
    assert_eq!(screen.model.tags.list.at, 1, "h goes to the parent, then folds it");
    screen.keys("h / ema");
    assert_eq!(
        left(&screen)[2..],
        [" ▾ #editor                  2", "     /emacs                 1"]
    );
    screen.keys("<Esc> S");
    assert_eq!(left(&screen)[1], " ▸ #editor                  2", "by name");
}

#[test]
fn no_row_moves_while_one_chooses() {
    let mut screen = screen(80, 24);
    screen.keys("t");
    let order = |screen: &Screen| -> Vec<String> {
        screen.model.tags.rows.iter().map(|row| row.tag.clone()).collect()
    };
    let before = order(&screen);
    screen.keys("G <Enter>");
    assert_eq!(order(&screen), before);
    assert_eq!(screen.model.tags.list.at, before.len() - 1);
    // Who comes back finds what was chosen at the head of the list.
    screen.keys("<Esc> t");
    assert_eq!(order(&screen)[0], before[before.len() - 1]);
}

#[test]
fn going_back_takes_back_the_filter_of_a_tag_that_was_pressed() {
    let pages = [
        ("a.md", "# A\n\nSee #tides and [[b]].\n"),
        ("b.md", "# B\n\n#tides\n"),
        ("c.md", "# C\n"),
    ];
    let mut screen = Screen::new(100, 24, &pages);
    screen.keys("F path:md <Enter> <Esc>");
    let filter = |screen: &Screen| screen.model.filter.text.clone();
    assert_eq!(filter(&screen), "path:md");
    let page = screen.model.current_path().cloned();
    screen.keys("<Tab> <Enter>");
    assert_eq!(filter(&screen), "tag:tides");
    assert!(screen.find("takes the filter back").is_some(), "{}", screen.frame());
    // Links on the way are gone back over first.
    screen.keys("<Tab> <Enter>");
    assert_ne!(screen.model.current_path(), page.as_ref());
    screen.keys("<Backspace>");
    assert_eq!(
        (filter(&screen), screen.model.current_path()),
        ("tag:tides".to_owned(), page.as_ref())
    );
    screen.keys("<Backspace>");
    assert_eq!(
        (filter(&screen), screen.model.current_path()),
        ("path:md".to_owned(), page.as_ref())
    );
}

#[test]
fn places_on_the_page_are_gone_back_over_before_the_filter_of_a_tag_is() {
    let long = format!("# A\n\nSee #tides.\n\n{}## Late\n\nEnd.\n", "More.\n\n".repeat(60));
    let mut screen = Screen::new(120, 24, &[("a.md", &long), ("b.md", "# B\n")]);
    screen.keys("<Tab> <Enter> o G <Enter>");
    let there = screen.place();
    assert!(screen.find("Late").is_some(), "{}", screen.frame());
    screen.keys("<Backspace>");
    assert_ne!(screen.place(), there);
    assert_eq!(screen.model.filter.text, "tag:tides");
    screen.keys("<Backspace>");
    assert_eq!(screen.model.filter.text, "");
}

#[test]
fn what_is_asked_of_a_tag_stays_at_the_head_of_the_list() {
    let mut screen = screen(80, 24);
    screen.keys("t <Enter> j -");
    let states: Vec<_> = screen.model.tags.rows.iter().map(|row| row.state).collect();
    assert_eq!(states[..2], [TagState::Required, TagState::Excluded], "{:?}", left(&screen));
    assert!(screen.model.tags.list.at < 2, "the cursor goes with its tag");
}

#[test]
fn esc_shows_all_tags_again_before_it_leaves_them() {
    let mut screen = screen(80, 24);
    screen.keys("t /");
    assert!(screen.find("Enter to the list   Esc all tags").is_some());
    let all = screen.model.tags.rows.len();
    screen.keys("web <Enter>");
    assert!(screen.model.tags.rows.len() < all && screen.find("Esc all tags").is_some());
    screen.keys("<Esc>");
    assert_eq!((screen.model.tags.rows.len(), screen.model.focus), (all, Focus::Sidebar));
    screen.keys("<Esc>");
    assert_eq!(screen.model.focus, Focus::Page);
}
