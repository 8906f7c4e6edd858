//! Pages that are written, or written anew, while one reads.

use super::*;

#[test]
fn a_missing_page_opens_once_it_is_written() {
    let mut screen = Screen::new(80, 24, &[("index.md", "Ask [[pyton]] for it.\n")]);
    screen.keys("<Tab> <Enter>");
    screen.write("pyton.md", "# There\n");
    assert_eq!(name(&screen), "pyton.md");
    screen.keys("<Backspace>");
    assert_eq!(name(&screen), "index.md");
}

#[test]
fn a_page_that_cannot_be_read_says_why() {
    let mut screen = screen(80, 24);
    screen.pages.remove(&page_path("topics/python.md"));
    screen.open("topics/python.md");
    assert!(screen.find("cannot be read").is_some(), "{}", screen.text());
    assert!(screen.find("no such file").is_some(), "{}", screen.text());
}

#[test]
fn a_page_written_anew_keeps_the_place() {
    let mut screen = screen(60, 20);
    screen.open("long.md");
    screen.keys("/ Paragraph <Space> 40 <Enter> <Esc>");
    let row = screen.find("Paragraph 40").expect("in view");
    let text = screen.pages[&page_path("long.md")].to_string();
    screen.write("long.md", &text.replace("# Long\n", "# Long\n\nNew first.\n\nNew second.\n"));
    assert_eq!(screen.find("Paragraph 40"), Some(row));
}

#[test]
fn reloading_reads_the_page_and_the_wiki_again() {
    let mut screen = screen(60, 20);
    screen.pages.insert(page_path("index.md"), "# Other\n\n[[new]]\n".into());
    screen.pages.insert(page_path("new.md"), "# New\n".into());
    screen.keys("R");
    assert!(screen.find("Other").is_some(), "{}", screen.text());
    assert_eq!(screen.said(), ["Reading the wiki again", "Read the wiki again: 5 pages"]);
    assert_eq!(screen.role_on("new"), Role::Link);
}

#[test]
fn after_editing_the_page_is_read_again() {
    let mut screen = screen(60, 20);
    screen.pages.insert(page_path("index.md"), "# Other\n".into());
    screen.send(Msg::Edited(Ok(())));
    assert!(screen.find("Other").is_some(), "{}", screen.text());
}

#[test]
fn a_page_written_anew_keeps_the_selected_link() {
    let mut screen = page(60, 20, "One [[a]] and [[b]].\n");
    screen.keys("<Tab> <Tab>");
    assert_eq!(screen.role_on("b?"), Role::LinkSelected);
    screen.write("page.md", "New [[z]]. One [[a]] and [[b]].\n");
    assert_eq!(screen.role_on("b?"), Role::LinkSelected);
}
