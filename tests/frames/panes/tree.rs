//! The tree and its filter.

use super::*;

#[test]
fn the_open_page_is_shown_and_marked_at_the_start() {
    let mut screen = Screen::unread(80, 24, PAGES);
    screen.open("topics/deep/emacs.md");
    screen.index();
    assert_eq!(under_cursor(&screen), "topics/deep/emacs.md");
    assert_eq!(screen.role_on("# Emacs"), Role::CursorUnfocused);
    screen.keys("w k");
    assert_eq!(under_cursor(&screen), "topics/deep/README.md");
    assert_eq!(screen.role_on("▌"), Role::Cursor, "the page that is shown follows");
}

#[test]
fn the_tree_stands_before_titles_are_known() {
    let mut screen = Screen::unread(80, 24, PAGES);
    screen.list();
    screen.keys("w + j j j");
    assert!(screen.find("~ 2024-03-02 first storm").is_some());
    let before = under_cursor(&screen);
    screen.index();
    assert_eq!(under_cursor(&screen), before, "titles come, the cursor stays");
    assert!(screen.find("~ The First Storm").is_some());
}

#[test]
fn the_cursor_stays_on_its_item_through_every_change() {
    let mut screen = screen(80, 24);
    screen.keys("w + g g j j");
    let item = under_cursor(&screen);
    for change in ["S", "S", "S", "a", "a", "/ python <Esc>", "t w", "- +"] {
        screen.keys(change);
        assert_eq!(under_cursor(&screen), item, "after {change:?}");
    }
    screen.write("aaa/new.md", "# A page before all others\n");
    assert_eq!(under_cursor(&screen), item, "a page came");
    screen.keys("-");
    assert_ne!(under_cursor(&screen), item, "its folder is closed");
    screen.keys("+");
    assert_eq!(under_cursor(&screen), item, "its folder is open again");
}

#[test]
fn folders_fold_and_the_cursor_walks_out_of_them() {
    let mut screen = screen(80, 24);
    screen.keys("w - g g");
    assert_eq!(left(&screen).len(), 5, "a title, three folders, a page");
    screen.keys("G l l l l");
    assert_eq!(under_cursor(&screen), "topics/deep/README.md");
    screen.keys("w h");
    assert_eq!(under_cursor(&screen), "topics/deep");
    screen.keys("h h h h");
    assert_eq!(under_cursor(&screen), "topics");
    assert_eq!(left(&screen).len(), 5);
}

#[test]
fn moving_in_the_tree_shows_each_page_and_leaves_one_visit() {
    let mut screen = screen(80, 24);
    screen.keys("w + j j");
    assert!(screen.place().0.starts_with("episodes/") || screen.place().0 == "index.md");
    screen.keys("G g g j j");
    assert_eq!(screen.place().0, under_cursor(&screen));
    screen.keys("<Esc> <Backspace>");
    assert_eq!(screen.place().0, "index.md", "one step back leaves the browsing");
}

#[test]
fn revealing_a_page_says_when_the_filter_hides_it() {
    let mut screen = screen(80, 24);
    screen.keys("w - <Esc>");
    screen.open("topics/deep/emacs.md");
    screen.keys("r");
    assert_eq!(under_cursor(&screen), "topics/deep/emacs.md");
    assert_eq!(screen.model.focus, Focus::Sidebar);
    screen.keys("/ tag:python <Esc>");
    screen.keys("/ tag:tides <Enter>");
    screen.open("topics/deep/emacs.md");
    screen.said();
    screen.keys("r");
    assert_eq!(screen.said(), ["The filter hides this page; X clears the filter"]);
}

#[test]
fn the_filter_narrows_while_it_is_typed() {
    let mut screen = screen(80, 24);
    screen.keys("F tag:python");
    assert!(left(&screen)[0].ends_with("3 of 9"));
    assert_eq!(screen.model.filter.text, "tag:python");
    assert!(screen.find("Emacs").is_none() && screen.find("Django").is_some());
    screen.keys("<Space> - tag:w");
    assert!(left(&screen)[0].ends_with("3 of 9"), "no tag w: nothing is left out");
    screen.keys("eb <Enter>");
    assert!(left(&screen)[0].ends_with("2 of 9"));
    assert!(screen.cursor.is_none(), "the field is left, the filter stays");
    screen.keys("X");
    assert!(left(&screen)[0].ends_with(" 9"));
}

#[test]
fn enter_in_the_filters_field_goes_to_the_list_and_opens_nothing() {
    let mut screen = screen(80, 24);
    let place = screen.place();
    screen.keys("F tag:python");
    assert!(screen.find("Enter to the list").is_some());
    screen.keys("<Enter>");
    assert_eq!((screen.place(), screen.model.history.back.len()), (place, 0));
    let page = under_cursor(&screen);
    screen.keys("<Enter>");
    assert_eq!(screen.place().0, page, "the next one opens what the cursor is on");
}

#[test]
fn a_mistake_in_the_filter_keeps_what_was_filtered() {
    let mut screen = screen(80, 24);
    screen.keys("F tag:web");
    let before = screen.model.filter.pages.clone();
    screen.keys("<Space> )");
    assert!(screen.model.filter.error.is_some());
    assert_eq!(screen.model.filter.pages, before);
    let (column, row) = screen.find("^").expect("a caret under the mistake");
    assert_eq!(screen.role_at(column, row), Role::Error);
    let field = screen.find(")").expect("the field");
    assert_eq!((column, row), (field.0, field.1 + 1));
    screen.keys("<Esc>");
    assert!(screen.model.filter.text.is_empty() && screen.model.filter.error.is_none());
}

#[test]
fn a_filter_that_needs_texts_waits_for_its_answer() {
    let mut screen = screen(80, 24);
    screen.keys("F text:tide");
    let asked = screen.done.iter().rev().find_map(|effect| match effect {
        Effect::Filter { ticket, query } => Some((*ticket, query.clone())),
        _ => None,
    });
    let (ticket, query) = asked.expect("the texts are asked for");
    assert_eq!(query, "text:tide");
    assert!(screen.model.filter.pages.is_none(), "until then nothing is hidden");
    let page = screen.model.index.at(&page_path("people/mei.md")).expect("it is there").id;
    let stale = kenning::app::model::Ticket(ticket.0 - 1);
    screen.send(Msg::FilterMatched { ticket: stale, pages: Vec::new() });
    assert!(screen.model.filter.pages.is_none(), "an old answer is dropped");
    screen.send(Msg::FilterMatched { ticket, pages: vec![page] });
    assert!(left(&screen)[0].ends_with("1 of 9"));
}

#[test]
fn ten_thousand_pages_in_one_folder_are_walked_row_by_row() {
    let pages: Vec<(String, String)> =
        (0..10_000).map(|n| (format!("all/page {n}.md"), String::new())).collect();
    let pages: Vec<(&str, &str)> =
        pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mut screen = Screen::new(80, 24, &pages);
    screen.keys("w G");
    assert!(left(&screen).last().is_some_and(|row| row.contains("page 9999")));
    let rows = |screen: &Screen| {
        (0..24).filter(|row| matches!(screen.hits.at(3, *row), Some(Hit::TreeRow(_)))).count()
    };
    assert_eq!(rows(&screen), 20, "as many rows as the pane has");
    for step in 1..30 {
        screen.keys("k");
        assert_eq!(screen.place().0, format!("all/page {}.md", 9_999 - step));
    }
    assert!(left(&screen)[0].ends_with("10,000"));
}

#[test]
fn the_keys_of_the_filters_field_are_shown_while_it_is_typed() {
    let mut screen = screen(80, 24);
    screen.keys("w / py");
    assert!(screen.find("Enter to the list   Tab complete   Ctrl-X explain   Esc clear").is_some());
}

#[test]
fn a_folded_folder_is_marked_while_the_open_page_is_in_it() {
    let pages =
        [("index.md", "# Harbour\n"), ("a/b/ada.md", "# Ada\n"), ("ab.md", "# Not in it\n")];
    let mut screen = Screen::new(100, 20, &pages);
    screen.keys("w - <Ctrl-P> ada <Enter>");
    let marked = |screen: &Screen| {
        let rows = (1..19).map(|row| screen.row(row));
        let rows = rows.filter(|row| row.starts_with('▌'));
        rows.map(|row| row.split('│').next().unwrap_or("").trim().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(marked(&screen), ["▌▸ a                        1"]);
    screen.keys("w + ");
    assert_eq!(marked(&screen).len(), 1);
    assert!(marked(&screen)[0].contains("Ada"), "{:?}", marked(&screen));
}
