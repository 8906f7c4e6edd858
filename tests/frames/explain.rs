//! Explanations as their user sees them: of links, tags and queries, wherever these stand.

use crate::screen::Screen;
use kenning::app::{Effect, Overlay};

const PAGES: &[(&str, &str)] = &[
    (
        "topics/tides.md",
        "# Tides\n\nSee [[notes]], then [[harbor]] and [[people/ada#Yuoth|Ada]].\n\n#sea and #sea/north\n",
    ),
    ("people/ada.md", "---\ntags: [sea]\n---\n# Ada\n\n## Youth\n\nBorn at [[tides]].\n"),
    ("topics/harbour.md", "# Harbour\n\nStone. #stone\n"),
    ("a/notes.md", "# First notes\n"),
    ("b/deep/notes.md", "# Second notes\n"),
];

fn screen(columns: u16, rows: u16) -> Screen {
    Screen::new(columns, rows, PAGES)
}

fn frame(screen: &Screen) -> String {
    format!("{}{}", screen.frame(), screen.roles())
}

#[test]
fn links_tags_and_queries_at_three_sizes() {
    for (columns, lines) in [(120, 40), (80, 24), (40, 12)] {
        for (keys, name) in [
            ("<Tab> x", "ambiguous"),
            ("<Tab> <Tab> x", "missing"),
            ("<Tab> <Tab> <Tab> x", "fragment"),
            ("<Tab> <Tab> <Tab> <Tab> x", "tag"),
            ("F tag:sea <Space> -kind:people <Enter> x", "query"),
        ] {
            let mut screen = screen(columns, lines);
            screen.keys(keys);
            insta::assert_snapshot!(format!("{name}_{columns}x{lines}"), frame(&screen));
        }
    }
}

#[test]
fn it_explains_what_the_cursor_is_on_in_every_pane() {
    for (keys, expected) in [
        // In the page: a link, a tag, who links here.
        ("<Tab> x", "2 could be meant"),
        ("<Tab> <Tab> <Tab> <Tab> <Tab> x", "#sea/north stands on 1 page"),
        // Without a selection letters choose.
        ("x a", "2 could be meant"),
        // In the context pane: who links here, and where links lead.
        ("o 1 x", "It leads to topics/tides.md"),
        ("o 1 j x", "It leads to topics/tides.md"),
        ("o 2 j x", "It leads nowhere"),
        // In the tags.
        ("t x", "stands on 2 pages"),
        // In the tree: the filter, in the list and while it is typed.
        ("F tag:sea <Enter> x", "Pages tagged sea: 2 of 5 pages"),
        ("F tag:sea <Ctrl-X>", "Pages tagged sea: 2 of 5 pages"),
        // In the finder.
        ("<Ctrl-P> kind:people <Ctrl-X>", "Pages of kind people: 1 of 5 pages"),
        // In a peek.
        ("<Tab> <Tab> <Tab> p <Tab> x", "It leads to topics/tides.md"),
        // In an explanation.
        ("<Tab> x <Tab> x", "It leads to a/notes.md"),
    ] {
        let mut screen = screen(120, 40);
        screen.keys(keys);
        assert!(matches!(screen.model.overlays.last(), Some(Overlay::Peek(_))), "{keys}");
        assert!(screen.text().contains(expected), "{keys}: {}", screen.text());
    }
}

#[test]
fn where_there_is_nothing_to_explain_it_says_so() {
    for (keys, expected) in [
        ("w x", "Nothing is filtered; on links and tags this key explains where they lead"),
        ("o 4 x", "No link stands behind this row"),
        ("F tag:( <Ctrl-X>", "The query has a mistake"),
        ("<Ctrl-P> <Ctrl-X>", "Nothing is typed yet"),
    ] {
        let mut screen = screen(120, 40);
        screen.keys(keys);
        let said = screen.said();
        assert!(said.iter().any(|said| said.starts_with(expected)), "{keys}: {said:?}");
    }
    let mut screen = Screen::new(80, 24, &[("one.md", "Nothing.\n")]);
    screen.keys("<Ctrl-T> x");
    assert_eq!(screen.said(), ["Nothing in sight can be explained"]);
}

#[test]
fn near_names_and_candidates_open_by_key() {
    let mut screen = screen(120, 40);
    screen.keys("<Tab> <Tab> x <Tab> <Enter>");
    assert_eq!(screen.place().0, "topics/harbour.md");
    // With nothing selected Enter goes where the link does.
    screen.keys("<Backspace> <Esc> <Tab> x <Enter>");
    assert_eq!(screen.place().0, "a/notes.md");
}

#[test]
fn what_a_query_meets_is_counted_by_a_worker() {
    let mut screen = screen(120, 40);
    screen.keys("F tag:sea <Space> text:born <Enter>");
    screen.prompt = false;
    screen.keys("x");
    assert!(screen.text().contains("Counting"), "{}", screen.text());
    assert!(matches!(screen.waiting[..], [Effect::ExplainQuery { .. }]));
    screen.catch_up();
    let text = screen.text();
    assert!(text.contains("1 of 5 pages"), "{text}");
    assert!(text.contains("which leaves 1"), "{text}");
}

#[test]
fn excluding_a_tag_has_the_key_of_minus() {
    let mut screen = screen(120, 40);
    screen.keys("t -");
    assert_eq!(screen.model.filter.text, "-tag:sea");
}

#[test]
fn the_finder_says_what_its_counts_do_not_count() {
    let told = |keys: &str| {
        let mut screen = screen(120, 40);
        screen.keys(keys);
        screen.text().contains("also finds names")
    };
    assert!(told("<Ctrl-P> tids <Ctrl-X>"));
    assert!(told("<Ctrl-P> kind:topics <Space> tids <Ctrl-X>"));
    // What the list is narrowed by is met as it stands, and the tree has no list by letters.
    assert!(!told("<Ctrl-P> kind:topics <Ctrl-X>"));
    assert!(!told("F tides <Ctrl-X>"));
    for (columns, rows) in [(120, 40), (80, 24), (40, 12)] {
        let mut screen = screen(columns, rows);
        screen.keys("<Ctrl-P> tids <Ctrl-X>");
        insta::assert_snapshot!(format!("finder_words_{columns}x{rows}"), screen.frame());
    }
}
