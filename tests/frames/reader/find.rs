//! Finding in the page.

use super::*;

#[test]
fn finding_counts_marks_and_goes_around() {
    let mut screen = screen(80, 40);
    screen.keys("/ tide");
    assert!(screen.cursor.is_some(), "the cursor stands in the field");
    let count = |screen: &Screen, of: &str| screen.find(of).is_some();
    assert!(count(&screen, "1/5"), "{}\n{:?}", screen.text(), screen.model.reader.find.matches);
    screen.keys("<Enter> nnnn");
    assert!(count(&screen, "5/5"), "{}", screen.text());
    screen.said();
    screen.keys("n");
    assert!(count(&screen, "1/5"));
    assert_eq!(screen.said(), ["Past the last match: around to the first"]);
    screen.keys("N");
    assert_eq!(screen.said(), ["Before the first match: around to the last"]);
    screen.keys("<Esc>");
    assert!(screen.model.reader.find.matches.is_empty());
}

#[test]
fn matches_are_marked_in_code_and_tables() {
    let mut screen = screen(80, 40);
    screen.keys("/ hour");
    assert_eq!(screen.role_on("hour)"), Role::MatchCurrent);
    assert_eq!(screen.role_on("hour %"), Role::Match);
    screen.keys("<Enter> / 340");
    assert_eq!(screen.role_on("340"), Role::MatchCurrent);
}

#[test]
fn finding_is_smart_about_case() {
    let check = |typed: &str, count: usize| {
        let mut screen = page(60, 20, "Tide tide TIDE\nti\nde é É\n");
        screen.keys(&format!("/ {typed}"));
        assert_eq!(screen.model.reader.find.matches.len(), count, "{typed}");
    };
    check("tide", 3);
    check("Tide", 1);
    check("É", 1);
    check("é", 2);
    check(".", 0);
    check("(", 0);
}

#[test]
fn a_phrase_is_found_across_a_line_break() {
    let mut screen = page(60, 20, "one two\nthree four\n");
    screen.keys("/ two <Space> three");
    assert_eq!(screen.model.reader.find.matches.len(), 1);
}

#[test]
fn esc_leaves_the_field_at_the_old_place_and_then_the_marks() {
    let mut screen = screen(60, 20);
    screen.open("long.md");
    let place = screen.place();
    screen.keys("/ 77");
    assert_ne!(screen.place(), place);
    screen.keys("<Esc>");
    assert_eq!(screen.place(), place);
    assert_eq!(screen.model.reader.find.matches.len(), 1);
    screen.keys("<Esc>");
    assert!(screen.model.reader.find.matches.is_empty());
    screen.keys("n");
    assert!(screen.find("Paragraph 77").is_some(), "n looks for it again");
}

#[test]
fn what_is_not_there_is_said() {
    let mut screen = page(60, 20, "text\n");
    screen.keys("/ zebra <Enter>");
    assert_eq!(screen.said(), ["“zebra” is not on this page"]);
}
