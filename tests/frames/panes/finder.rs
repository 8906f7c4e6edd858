//! The finder of pages, and its preview.

use super::*;

#[test]
fn the_finder_keeps_its_rows_until_new_ones_come() {
    let mut screen = screen(100, 24);
    screen.keys("<Ctrl-P> py");
    assert!(screen.find("Python").is_some());
    screen.prompt = false;
    screen.keys("thon");
    assert!(screen.find("Python").is_some(), "nothing flickers");
    let waiting = screen.waiting.len();
    assert_eq!(waiting, 4);
    screen.catch_up();
    screen.keys("<Enter>");
    assert_eq!(screen.place().0, "topics/python.md");
}

#[test]
fn enter_pressed_before_the_answer_waits_for_it() {
    let mut screen = screen(100, 24);
    screen.keys("<Ctrl-P>");
    screen.prompt = false;
    screen.keys("python <Enter>");
    screen.catch_up();
    assert_eq!(screen.place().0, "topics/python.md");
    screen.keys("s");
    screen.prompt = false;
    screen.keys("slept <Enter>");
    screen.catch_up();
    assert_eq!(screen.place().0, "episodes/2024-01-15_logging.md");
}

#[test]
fn an_old_answer_of_the_finder_is_dropped() {
    let mut screen = screen(100, 24);
    screen.keys("<Ctrl-P> python");
    let rows = |screen: &Screen| match screen.model.overlays.last() {
        Some(Overlay::Finder(finder)) => finder.rows.clone(),
        _ => Vec::new(),
    };
    let before = rows(&screen);
    screen.send(Msg::Found { ticket: kenning::app::model::Ticket(1), rows: Vec::new() });
    assert_eq!(rows(&screen), before);
    assert!(!before.is_empty());
}

#[test]
fn the_finder_opens_headings_filters_by_tags_and_obeys_the_filter() {
    let mut screen = screen(120, 30);
    screen.keys("<Ctrl-P> generators <Enter>");
    assert_eq!(screen.place().0, "topics/python.md");
    assert!(screen.model.overlays.is_empty());
    screen.keys("<Ctrl-P> #web <Ctrl-End> <Enter>");
    assert_eq!(screen.model.filter.text, "tag:web");
    screen.keys("<Ctrl-P> mei");
    assert!(screen.find("Mei Tanaka").is_none(), "the filter hides her");
    assert!(screen.find("Find within tag:web").is_some());
    screen.keys("<Esc> X <Ctrl-P> tag:tides <Enter>");
    assert_eq!(screen.place().0, "people/mei.md");
}

#[test]
fn the_finder_lists_recent_pages_first_and_completes() {
    let mut screen = screen(120, 30);
    screen.open("people/alex.md");
    screen.open("people/mei.md");
    screen.keys("<Ctrl-P> <Enter>");
    assert_eq!(screen.place().0, "people/alex.md", "the page before, not the open one");
    screen.keys("<Ctrl-P> tag:pyt <Tab>");
    let Some(Overlay::Finder(finder)) = screen.model.overlays.last() else {
        panic!("the finder is open")
    };
    assert_eq!(finder.input.text, "tag:python");
}

#[test]
fn the_preview_shows_the_row_under_the_cursor() {
    let mut screen = screen(120, 30);
    screen.keys("<Ctrl-P> django");
    assert!(screen.find("A framework in Python.").is_some());
    screen.keys("<Ctrl-U> emacs");
    assert!(screen.find("An editor.").is_some());
    assert_eq!(screen.place().0, "index.md", "the reader stays");
    screen.resize(60, 20);
    assert!(screen.find("An editor.").is_none(), "no room, no preview");
}

#[test]
fn enter_outlives_a_change_of_the_wiki_before_the_answer() {
    let pages = [("index.md", "# Harbour\n"), ("people/ada.md", "# Ada\n")];
    let mut screen = Screen::new(80, 20, &pages);
    screen.prompt = false;
    screen.keys("<Ctrl-P> ada <Enter>");
    screen.pages.insert(page_path("aaa.md"), "# Another\n".into());
    screen.index();
    screen.catch_up();
    assert_eq!(screen.place().0, "people/ada.md");
    // Rows of an older index stand for nothing until they were asked for again.
    screen.keys("<Ctrl-P> harbour");
    screen.prompt = false;
    screen.pages.insert(page_path("aa.md"), "# One more\n".into());
    screen.index();
    screen.keys("<Enter>");
    screen.catch_up();
    assert_eq!(screen.place().0, "index.md");
}
