//! Where one comes from and goes back to, and where one begins.

use super::*;

#[test]
fn back_returns_to_the_exact_place() {
    let mut screen = screen(60, 20);
    screen.open("long.md");
    screen.keys("jjjjj <Space> jj <Tab>");
    let place = screen.place();
    screen.keys("<Enter>");
    assert_eq!(name(&screen), "index.md");
    screen.keys("jjj <Backspace>");
    assert_eq!(screen.place(), place);
    screen.keys("L");
    assert_eq!(name(&screen), "index.md");
    screen.keys("H");
    assert_eq!(screen.place(), place);
}

#[test]
fn two_steps_back_before_the_first_page_was_read() {
    let mut screen = screen(60, 20);
    screen.open("topics/python.md");
    screen.open("people/alex_chen.md");
    screen.prompt = false;
    screen.keys("<Backspace> <Backspace>");
    screen.catch_up();
    assert_eq!(name(&screen), "index.md");
    assert_eq!(screen.model.history.forward.len(), 2);
    screen.keys("L L");
    assert_eq!(name(&screen), "people/alex_chen.md");
}

#[test]
fn an_answer_that_comes_late_is_dropped() {
    let mut screen = screen(60, 20);
    screen.prompt = false;
    screen.open("topics/python.md");
    screen.open("people/alex_chen.md");
    screen.waiting.reverse();
    screen.catch_up();
    assert_eq!(name(&screen), "people/alex_chen.md");
}

#[test]
fn back_at_the_start_says_so() {
    let mut screen = screen(60, 20);
    screen.keys("<Backspace>");
    assert_eq!(screen.said(), ["This is where you started"]);
}

#[test]
fn the_trail_shows_where_one_came_from() {
    let mut screen = screen(80, 24);
    screen.open("topics/python.md");
    screen.open("people/alex_chen.md");
    assert!(screen.text().contains("← Harbour notes › Python › Alex Chen"), "{}", screen.text());
}

#[test]
fn going_back_into_a_tail_finds_the_same_link_selected() {
    let mut screen = screen(60, 12);
    screen.open("topics/python.md");
    screen.keys("i <Tab>");
    let place = screen.place();
    screen.keys("<Enter>");
    assert_ne!(name(&screen), place.0);
    // The index changed meanwhile, so the sentences are read again.
    screen.write("other.md", "# Other\n");
    screen.prompt = false;
    screen.keys("<Backspace>");
    screen.catch_up();
    assert_eq!(screen.place(), place);
}

#[test]
fn a_glance_leaves_one_visit() {
    use kenning::app::reader::glance;
    let mut screen = screen(80, 24);
    let mut effects = Vec::new();
    for path in ["topics/python.md", "people/alex_chen.md", "long.md"] {
        glance(&mut screen.model, Address::Page(page_path(path)), &mut effects);
    }
    assert_eq!(screen.model.history.back.len(), 1);
    assert_eq!(screen.model.history.back[0].title, "Harbour notes");
}

#[test]
fn the_start_is_the_page_named_so_else_the_newest_unless_one_is_open() {
    let check = |pages: &[&str], opened: Option<&str>, expected: &str| {
        let pages: Vec<(&str, &str)> = pages.iter().map(|path| (*path, "Text.\n")).collect();
        let mut screen = Screen::unread(80, 24, &pages);
        if let Some(path) = opened {
            screen.open(path);
        }
        screen.index();
        assert_eq!(screen.place().0, expected, "{pages:?}");
        assert!(screen.model.history.back.is_empty(), "one starts there");
    };
    check(&["a.md", "people/z.md", "people/b.md"], None, "people/z.md");
    check(&["a.md", "HOME.markdown", "sub/index.md"], None, "HOME.markdown");
    check(&["README.md", "Home.md", "z.md"], None, "README.md");
    check(&["a.md", "index.md"], Some("a.md"), "a.md");
}
