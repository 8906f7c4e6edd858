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
    assert_eq!(screen.model.filter.text, "tag:python -tag:tides");
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
