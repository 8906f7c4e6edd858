//! Selecting in the head of a page: its title and its properties are text as any other.

use crate::screen::Screen;
use kenning::app::reader::select::{By, Drag};
use kenning::app::{Effect, Msg};

const BELOW_THE_TITLE: &str = "\
---
title: Gauges
tags: [tide, harbour]
status: in review
source: https://example.org/gauges
# A machine wrote this.
keeper: \"[[harbour|Harbour]]\"
note: >-
  folded over
  two lines
---

# Gauges

A paragraph.
";

const ABOVE_THE_TEXT: &str = "\
---
title: A title of its own
status: draft
---

Only a paragraph.
";

fn screen(text: &str) -> Screen {
    Screen::new(80, 30, &[("page.md", text), ("harbour.md", "# Harbour\n")])
}

fn copied(screen: &Screen) -> String {
    match screen.done.iter().rfind(|effect| matches!(effect, Effect::Copy(_))) {
        Some(Effect::Copy(text)) => text.clone(),
        _ => panic!("nothing was copied:\n{}", screen.text()),
    }
}

fn copies(text: &str, keys: &str) -> String {
    let mut screen = screen(text);
    screen.keys(keys);
    copied(&screen)
}

/// Puts both ends of a selection so many rows below the title of the page.
fn down(rows: usize) -> String {
    let down = "j".repeat(rows);
    format!("v{down}o{down}")
}

#[test]
fn properties_are_copied_as_shown() {
    let check = |rows: usize, keys: &str, expected: &str| {
        let keys = format!("{}{keys}", down(rows));
        assert_eq!(copies(BELOW_THE_TITLE, &keys), expected, "{keys}");
    };
    check(0, "ey", "Gauges");
    // Behind the title of the page come its tags, then a line for each property.
    check(1, "ly", "#t");
    check(1, "Vy", "#tide #harbour");
    check(2, "ey", "status");
    check(2, "Vy", "status: in review");
    check(2, "wow$y", "in review");
    check(2, "Vjy", "status: in review\nsource: https://example.org/gauges");
    check(4, "wow$y", "Harbour");
    check(5, "Vy", "note: folded over two lines");
}

#[test]
fn the_markdown_of_properties_is_their_lines() {
    let check = |rows: usize, keys: &str, expected: &str| {
        let keys = format!("{}{keys}", down(rows));
        assert_eq!(copies(BELOW_THE_TITLE, &keys), expected, "{keys}");
    };
    check(1, "VY", "tags: [tide, harbour]");
    check(2, "VY", "status: in review");
    // A value that is written as it is shown can be had alone, and a part of it.
    check(2, "wow$Y", "in review");
    check(2, "wowlY", "in");
    // Half a link is the link.
    check(4, "eY", "keeper");
    check(4, "wow$Y", "keeper: \"[[harbour|Harbour]]\"");
    // What stands between two properties comes with them.
    let lines = "source: https://example.org/gauges\n# A machine wrote this.\nkeeper: \"[[harbour|Harbour]]\"";
    check(3, "VjY", lines);
}

#[test]
fn a_selection_goes_from_the_head_into_the_text_and_back() {
    let both = "Gauges\n\n#tide #harbour\nstatus: in review\nsource: https://example.org/gauges\n\
                keeper: Harbour\nnote: folded over two lines\n\nA paragraph.";
    assert_eq!(copies(BELOW_THE_TITLE, "VGy"), both);
    assert_eq!(copies(BELOW_THE_TITLE, "VGY"), BELOW_THE_TITLE.trim_end());
    assert_eq!(
        copies(ABOVE_THE_TEXT, "VGy"),
        "A title of its own\nstatus: draft\n\nOnly a paragraph."
    );
    assert_eq!(copies(ABOVE_THE_TEXT, "VGY"), ABOVE_THE_TEXT.trim_end());
    assert_eq!(copies(ABOVE_THE_TEXT, "VY"), "title: A title of its own");
    // Words and blocks go over the border, too.
    assert_eq!(copies(ABOVE_THE_TEXT, "v}wey"), "A title of its own\nstatus: draft\n\nOnly");
    assert_eq!(copies(ABOVE_THE_TEXT, "vG{{y"), "A",);
    assert_eq!(copies(ABOVE_THE_TEXT, "vG{y"), "A title of its own\nstatus: draft\n\nO");
}

#[test]
fn what_no_page_says_is_copied_as_shown_only() {
    let mut screen = screen("Only text.\n");
    screen.keys("VY");
    assert_eq!(screen.said(), ["This is not written on the page: y copies it as shown"]);
    screen.keys("y");
    assert_eq!(copied(&screen), "page");
}

#[test]
fn a_property_that_is_folded_away_is_neither_stood_on_nor_copied() {
    let many =
        format!("---\nlong: {}END\na: 1\nb: 2\nc: 3\nd: 4\n---\n\nText.\n", "word ".repeat(80));
    let mut screen = screen(&many);
    screen.keys("vG{ y");
    let text = copied(&screen);
    assert!(text.contains("END\na: 1\nb: 2\n\nT") && !text.contains("c: 3"), "{text}");
    // Going word by word the cursor is always seen.
    screen.keys("g g v");
    for _ in 0..120 {
        screen.keys("l");
        assert!(screen.cursor.is_some(), "{}", screen.text());
    }
}

#[test]
fn properties_are_dragged_over() {
    let mut screen = screen(BELOW_THE_TITLE);
    let cell = |text: &str| {
        let (column, row) = screen.find(text).expect("in view");
        screen.hits.page_cell(column, row)
    };
    let (from, to) = (cell("in review"), cell("org/gauges"));
    screen.send(Msg::Select(Drag { from, to: from, by: By::Character, done: false }));
    screen.send(Msg::Select(Drag { from, to, by: By::Character, done: true }));
    assert_eq!(copied(&screen), "in review\nsource: https://example.o");
    insta::assert_snapshot!("select_properties", format!("{}\n{}", screen.frame(), screen.roles()));
}

#[test]
fn a_selection_in_the_head_is_kept_only_where_the_page_still_says_that() {
    let page = |status: &str| format!("---\nstatus: {status}\nkeeper: Ada\n---\n# P\n\nText.\n");
    let titled = |status: &str| format!("---\nstatus: {status}\nkeeper: Ada\n---\nText.\n");
    for page in [&page as &dyn Fn(&str) -> String, &titled] {
        let mut screen = screen(&page("abcdef"));
        let (column, row) = screen.find("bcd").expect("in view");
        let to = screen.hits.page_cell(column, row);
        screen.send(Msg::Select(Drag { from: to, to, by: By::Character, done: true }));
        screen.write("page.md", &page("abcdef").replace("Text", "More text"));
        assert_eq!(copied(&screen), "b");
        // The cell begins in the middle of a character now.
        screen.write("page.md", &page("äbcdef"));
        assert!(screen.model.reader.open.as_ref().is_some_and(|open| open.selection.is_none()));
    }
}
