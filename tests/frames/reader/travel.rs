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

#[test]
fn a_page_opened_from_the_tree_is_a_visit_though_nobody_scrolled_it() {
    let mut screen = screen(80, 24);
    screen.keys("w + G <Enter>");
    let first = name(&screen);
    screen.keys("w k <Enter>");
    let second = name(&screen);
    screen.keys("w g g j j <Enter>");
    let third = name(&screen);
    assert!(first != second && second != third && third != first, "{first} {second} {third}");
    let recents = screen.model.memory.recents.iter().map(|recent| recent.page.clone());
    assert_eq!(recents.collect::<Vec<_>>()[..3], [third, second.clone(), first.clone()]);
    screen.keys("<Backspace>");
    assert_eq!(name(&screen), second);
    screen.keys("<Backspace>");
    assert_eq!(name(&screen), first);
}

#[test]
fn what_is_opened_before_it_was_read_is_a_visit_too() {
    let mut screen = screen(80, 24);
    screen.keys("w + G");
    screen.prompt = false;
    screen.keys("k <Enter>");
    screen.catch_up();
    let first = name(&screen);
    screen.keys("w G <Enter> <Backspace>");
    assert_eq!(name(&screen), first);
}

#[test]
fn the_page_under_the_cursor_comes_though_another_was_on_its_way() {
    let mut screen = screen(80, 24);
    screen.keys("w + G k");
    let here = name(&screen);
    screen.prompt = false;
    screen.keys("k j");
    screen.catch_up();
    assert_eq!(name(&screen), here);
}

#[test]
fn the_trail_names_a_page_once_however_one_moved_on_it() {
    let mut screen = screen(120, 24);
    screen.open("long.md");
    screen.keys("m a jjjjjjjj ' a");
    assert!(screen.text().contains("← Harbour notes › Long "), "{}", screen.text());
    screen.keys("' '");
    assert_ne!(screen.place().1, Anchor::default(), "and the way back is there");
    let mut alone = page(80, 24, "# Alone\n\n## One\n\n## Two\n");
    alone.keys("<Tab> o j <Enter>");
    assert!(alone.find("← Alone").is_none(), "{}", alone.text());
}

#[test]
fn a_heading_from_the_finder_is_where_the_outline_would_land() {
    let parts: Vec<String> =
        (1..=6).map(|n| format!("## Harbour part {n}\n\n{}", "Line.\n\n".repeat(5))).collect();
    let text = format!("# Long\n\n{}", parts.concat());
    let pages = [("index.md", "# Index\n\nNothing.\n"), ("long.md", text.as_str())];
    for nth in 1..=6_usize {
        let mut outline = Screen::new(120, 24, &pages);
        outline.open("long.md");
        outline.keys("o").keys(&"j ".repeat(nth)).keys("<Enter>");
        for opened in ["index.md", "long.md"] {
            let mut screen = Screen::new(120, 24, &pages);
            screen.keys("o h");
            screen.open(opened);
            screen.keys("<Ctrl-P>").send(Msg::Paste(format!("part {nth}")));
            screen.keys("<Enter>");
            assert_eq!(screen.place(), outline.place(), "part {nth} from {opened}");
            assert_eq!(kenning::app::outline::current(&screen.model), Some(nth));
        }
    }
}

#[test]
fn a_page_turned_over_and_back_is_where_it_was_left() {
    for keys in ["G", "jjjjj", "G kkk", "g g"] {
        for path in ["long.md", "topics/python.md"] {
            let mut screen = screen(80, 12);
            screen.open(path);
            screen.keys(keys);
            let place = screen.place();
            screen.keys("S S");
            assert_eq!(screen.place(), place, "{keys} on {path}");
            screen.keys("S");
            let place = screen.place();
            screen.keys("S S");
            assert_eq!(screen.place(), place, "{keys} in the source of {path}");
        }
    }
}
