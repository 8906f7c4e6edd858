//! Find in page takes the notation of the search: a phrase, or a `/pattern/`.

use crate::screen::Screen;

const PAGE: &str = "# Gauge\n\nLevel 12 at noon, level 7 at night. A path: /etc/ken.\n";

fn screen(keys: &str) -> Screen {
    let mut screen = Screen::new(60, 24, &[("page.md", PAGE)]);
    screen.keys(keys);
    screen
}

/// The row with the field.
fn field(screen: &Screen) -> String {
    screen.row(22).trim().to_owned()
}

#[test]
fn a_pattern_is_found_as_soon_as_it_is_closed() {
    let check = |typed: &str, expected: &str| {
        let row = field(&screen(&format!("/ {typed}")));
        assert!(row.starts_with(&format!("/{typed}")) && row.ends_with(expected), "{row}");
    };
    check(r"/level\s\d+/", "1/2");
    check(r"/Level\s\d+/", "1/1");
    check(r"/etc", "1/1");
    check(r"/\/e\w+\//", "1/1");
    check("level", "1/2");
    check("/7|12/", "1/2");
}

#[test]
fn what_is_no_pattern_is_said_while_it_is_typed() {
    let mut page = screen("/ /a(/");
    insta::assert_snapshot!("no_pattern", page.frame());
    page.keys("<Enter>");
    assert_eq!(page.said(), ["/a(/ is no pattern: unclosed group"]);
    // Mended it is one.
    let mut page = screen("/ /a(/");
    page.keys("<Backspace> <Backspace> /");
    assert!(field(&page).ends_with("1/5"), "{}", field(&page));
}

#[test]
fn a_pattern_is_walked_along() {
    let mut page = screen(r"/ /\d+/ <Enter>");
    page.keys("n");
    assert!(field(&page).ends_with("2/2"), "{}", page.text());
}
