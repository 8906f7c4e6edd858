//! Links followed, and where they lead: pages, headings, footnotes, folders, out of the wiki.

use super::*;

#[test]
fn tab_selects_and_enter_follows() {
    let mut screen = screen(80, 24);
    screen.keys("<Tab> <Tab> <Tab>");
    assert_eq!(screen.role_on("Python first"), Role::LinkSelected);
    screen.keys("<Enter>");
    assert_eq!(name(&screen), "topics/python.md");
    screen.keys("<Backspace>");
    assert_eq!(name(&screen), "index.md");
    assert_eq!(screen.role_on("Python first"), Role::LinkSelected);
}

#[test]
fn enter_without_a_selection_only_selects() {
    let mut screen = page(60, 20, "See [[page#Far]].\n\n# Far\n");
    screen.keys("<Enter>");
    assert_eq!(screen.place().2, Some(0));
    assert!(screen.model.history.back.is_empty());
}

#[test]
fn selecting_scrolls_to_links_below_and_goes_around() {
    let mut screen = screen(60, 20);
    screen.open("long.md");
    screen.said();
    screen.keys("<Tab>");
    assert!(screen.find("Back to index").is_some(), "the only link is in view");
    assert_eq!(screen.said(), [""; 0]);
    screen.keys("<Tab>");
    assert_eq!(screen.said(), ["Past the last link: around to the first"]);
}

#[test]
fn a_second_click_on_a_link_changes_nothing() {
    let mut screen = screen(80, 24);
    screen.prompt = false;
    screen.click_on("Python first").click_on("Python first");
    screen.catch_up();
    assert_eq!(name(&screen), "topics/python.md");
    assert_eq!(screen.model.history.back.len(), 1);
}

#[test]
fn a_click_follows() {
    let mut screen = screen(80, 24);
    screen.click_on("Python first");
    assert_eq!(name(&screen), "topics/python.md");
}

#[test]
fn a_fragment_opens_at_its_heading() {
    let mut screen = screen(60, 12);
    screen.open("topics/python.md");
    screen.keys("<Tab> <Enter>");
    assert_eq!(name(&screen), "index.md");
    assert!(screen.find("A list").is_some_and(|(_, row)| row <= 3), "{}", screen.text());
    assert_eq!(screen.said(), [""; 0]);
}

#[test]
fn a_fragment_that_is_nowhere_says_so() {
    let mut screen = Screen::new(80, 24, &[("a.md", "[[b#Nothing like it]]"), ("b.md", "# B\n")]);
    screen.keys("<Tab> <Enter>");
    assert_eq!(name(&screen), "b.md");
    assert_eq!(screen.said(), ["No “Nothing like it” on this page"]);
}

#[test]
fn links_to_this_page_jump_and_come_back() {
    let text = format!("[[#Far]]\n\n{}\n\n# Far\n\nHere.\n", "Line.\n\n".repeat(60));
    let mut screen = page(60, 20, &text);
    screen.keys("<Tab> <Enter>");
    assert!(screen.find("Here.").is_some());
    screen.keys("<Backspace>");
    assert_eq!(screen.place(), ("page.md".to_owned(), Anchor::default(), Some(0)));
}

#[test]
fn footnotes_jump_there_and_back() {
    let text = format!("Word[^n] here.\n\n{}\n\n[^n]: The note.\n", "Line.\n\n".repeat(60));
    let mut screen = page(60, 20, &text);
    screen.keys("<Tab> <Enter>");
    assert!(screen.find("The note.").is_some(), "{}", screen.text());
    screen.keys("<Enter>");
    assert!(screen.find("Word").is_some(), "{}", screen.text());
    screen.keys("<Backspace> <Backspace>");
    assert_eq!(screen.place().2, Some(0));
}

#[test]
fn an_ambiguous_link_works_and_says_so() {
    let mut screen = Screen::new(
        80,
        24,
        &[("index.md", "[[same]]"), ("a/same.md", "# In a\n"), ("b/same.md", "# In b\n")],
    );
    screen.keys("<Tab>");
    assert!(screen.find("could also mean b/same.md").is_some(), "{}", screen.text());
    screen.keys("<Enter>");
    assert_eq!(name(&screen), "a/same.md");
    assert_eq!(screen.said(), ["Ambiguous: could also mean b/same.md"]);
}

#[test]
fn a_link_found_by_its_alias_says_so() {
    let mut screen = Screen::new(
        80,
        24,
        &[("index.md", "[[The Snake]]"), ("python.md", "---\naliases: The Snake\n---\n# Python\n")],
    );
    screen.keys("<Tab> <Enter>");
    assert_eq!(name(&screen), "python.md");
    assert_eq!(screen.said(), ["Found by its alias"]);
}

#[test]
fn a_link_followed_before_the_wiki_was_read_is_followed_then() {
    let pages = [("index.md", "[[b]]"), ("b.md", "# B\n")];
    let mut screen = Screen::unread(80, 24, &pages);
    screen.open("index.md");
    assert!(screen.find("b").is_some(), "the page is there before the wiki");
    screen.keys("<Tab> <Enter>");
    assert_eq!(name(&screen), "index.md");
    screen.index();
    assert_eq!(name(&screen), "b.md");
}

#[test]
fn external_links_are_asked_about() {
    let mut screen = page(80, 24, "[there](https://example.org/x)\n");
    screen.keys("<Tab> <Enter>");
    assert!(matches!(screen.model.overlays.last(), Some(Overlay::Confirm(_))));
    screen.keys("o");
    assert_eq!(screen.done.last(), Some(&Effect::OpenExternal("https://example.org/x".to_owned())));
    screen.keys("<Enter> c");
    assert_eq!(screen.done.last(), Some(&Effect::Copy("https://example.org/x".to_owned())));
}

#[test]
fn a_tag_on_the_page_filters() {
    let mut screen = screen(80, 24);
    screen.click_on("#harbour/tides");
    assert_eq!(screen.model.filter.text, "tag:harbour/tides");
    assert!(screen.find("tag:harbour/tides").is_some());
}

#[test]
fn backlinks_are_walked_like_links() {
    let mut screen = screen(80, 24);
    screen.open("topics/python.md");
    screen.keys("i");
    assert!(
        screen.find("Writes Python every day.").is_some() || screen.find("every day").is_some()
    );
    screen.keys("<Enter>");
    let (path, ..) = screen.place();
    assert!(path == "index.md" || path == "people/alex_chen.md", "{path}");
}

#[test]
fn a_link_changes_its_look_when_its_page_is_written() {
    let mut screen = page(60, 20, "One [[abc]].\n");
    assert_eq!(screen.role_on("abc"), Role::LinkMissing);
    screen.write("abc.md", "# Abc\n");
    assert_eq!(screen.role_on("One"), Role::Text);
    assert_eq!(screen.role_on("abc"), Role::Link);
}

#[test]
fn the_other_pages_of_an_ambiguous_link_are_named_as_they_are() {
    let pages = [("index.md", "[[Note]]"), ("a/Note.md", "# A\n"), ("b/Note.md", "# B\n")];
    let mut screen = Screen::new(80, 24, &pages);
    screen.keys("<Tab>");
    assert!(screen.find("a/Note.md (ambiguous: could also mean b/Note.md)").is_some());
}

#[test]
fn a_link_to_a_folder_opens_its_page_else_shows_it_in_the_tree() {
    let pages = [
        ("index.md", "[one](sub/) and [two](people/)\n"),
        ("people/ada.md", "# Ada\n"),
        ("sub/README.md", "# The Sub\n"),
    ];
    let mut screen = Screen::new(80, 24, &pages);
    screen.keys("<Tab>");
    assert!(screen.find("→ sub/README.md").is_some());
    screen.keys("<Enter>");
    assert_eq!(name(&screen), "sub/README.md");
    assert!(screen.find("Linked from").is_none(), "to link to a folder is not to link to its page");
    screen.keys("<Backspace> <Tab>");
    assert!(screen.find("→ people/ (a folder)").is_some());
    screen.keys("w - <Esc> <Enter>");
    assert_eq!((name(&screen).as_str(), screen.model.focus), ("index.md", Focus::Sidebar));
    let tree = &screen.model.tree;
    assert_eq!(
        tree.tree.row(tree.list.at).and_then(|row| Some(row.path?.to_string())).as_deref(),
        Some("people")
    );
    assert!(screen.find("@ Ada").is_some(), "it is unfolded");
}
