//! The reader as its user sees it: pages and keys in, frames out.

use crate::screen::{Screen, page_path};
use kenning::app::model::{Focus, SidebarList};
use kenning::app::reader::Address;
use kenning::app::{Effect, Hit, Msg, Overlay};
use kenning::command::Command;
use kenning::layout::Anchor;
use kenning::text::role::Role;
use proptest::prelude::*;

const INDEX: &str = "\
---
tags: [start, wiki]
---
# Harbour notes

Read [[python|Python]] first, then [[people/alex_chen]] and [[nobody yet]].
The [tide tables](https://example.org/tides) are elsewhere, #harbour/tides are here.

## Code

```python
import os
def tide(hour): return hour % 12
```

| Name | Height |
|------|-------:|
| Low  | 12 |
| High, see [[python]] | 340 |

## A list

- [x] one
- [ ] two[^1]

### Deeper

The end of the tide.

[^1]: A footnote about tide.
";

const PYTHON: &str = "\
# Python

A language. It is used for the tide tables, see [[index#A list]].

## History

Long ago.

## Use

Now and then. Ask [[alex_chen]].
";

const ALEX: &str = "# Alex Chen\n\nWrites [[python]] every day. Alex also knows [[index]].\n";

/// The wiki that most tests walk.
fn pages() -> Vec<(&'static str, String)> {
    let long: Vec<String> = (1..=80).map(|n| format!("Paragraph {n} of the long page.")).collect();
    let long = long.join("\n\n");
    vec![
        ("index.md", INDEX.to_owned()),
        ("topics/python.md", PYTHON.to_owned()),
        ("people/alex_chen.md", ALEX.to_owned()),
        ("long.md", format!("# Long\n\n{long}\n\nBack to [[index]].\n")),
    ]
}

fn screen(columns: u16, rows: u16) -> Screen {
    let pages = pages();
    let pages: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (*path, &**text)).collect();
    Screen::new(columns, rows, &pages)
}

/// A single page without a sidebar, on a screen that shows it alone.
fn page(columns: u16, rows: u16, text: &str) -> Screen {
    Screen::new(columns, rows, &[("page.md", text)])
}

fn name(screen: &Screen) -> String {
    screen.place().0
}

// Frames.

#[test]
fn a_page_at_three_sizes() {
    for (columns, rows) in [(40, 10), (80, 24), (120, 40)] {
        let screen = screen(columns, rows);
        let shown = format!("{}{}", screen.frame(), screen.roles());
        insta::assert_snapshot!(format!("page_{columns}x{rows}"), shown);
    }
}

#[test]
fn a_selected_link_and_a_match() {
    let mut screen = screen(80, 24);
    screen.keys("/ tide <Enter> <Tab>");
    insta::assert_snapshot!(format!("{}{}", screen.frame(), screen.roles()));
}

#[test]
fn the_outline_has_the_screen_where_it_is_narrow() {
    let mut screen = screen(40, 10);
    screen.keys("o j");
    insta::assert_snapshot!(screen.frame());
    assert_eq!(screen.model.focus, Focus::Context);
}

#[test]
fn the_outline_comes_over_the_page_where_there_is_no_room_beside_it() {
    let mut screen = screen(80, 24);
    screen.keys("jjj");
    let place = screen.place();
    screen.keys("o");
    insta::assert_snapshot!(screen.frame());
    assert_eq!(screen.place(), place, "nothing is laid out anew");
}

#[test]
fn what_may_follow_a_key_is_shown() {
    let mut screen = screen(80, 24);
    screen.keys("y");
    insta::assert_snapshot!(screen.frame());
    screen.keys("<Esc>");
    assert!(screen.find("copy page").is_none(), "Esc drops the sequence");
}

// Following and coming back.

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
fn a_second_click_on_a_link_changes_nothing() {
    let mut screen = screen(80, 24);
    screen.prompt = false;
    screen.click_on("Python first").click_on("Python first");
    screen.catch_up();
    assert_eq!(name(&screen), "topics/python.md");
    assert_eq!(screen.model.history.back.len(), 1);
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

// Pages that are not there.

#[test]
fn a_missing_page_says_so_and_offers_near_names() {
    let mut screen = Screen::new(
        80,
        24,
        &[("index.md", "Ask [[pyton]] for it.\n"), ("topics/python.md", "# Python\n")],
    );
    screen.keys("<Tab> <Enter>");
    assert_eq!(name(&screen), "missing pyton");
    insta::assert_snapshot!(screen.frame());
    screen.keys("<Tab> <Enter>");
    assert_eq!(name(&screen), "topics/python.md");
    assert!(screen.done.iter().all(|effect| matches!(effect, Effect::Remember)));
}

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

// The tail.

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

// Find in page.

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

// The outline.

#[test]
fn the_outline_follows_and_jumps() {
    let mut screen = screen(120, 40);
    screen.resize(120, 16);
    assert_eq!(screen.role_on("Harbour notes"), Role::PaneTitleFocused);
    screen.keys("o h");
    assert_eq!(screen.model.focus, Focus::Page);
    screen.keys("o jjj <Enter>");
    assert_eq!(screen.model.focus, Focus::Page);
    let outline = screen.find("▎").expect("the current section is marked");
    assert!(screen.row(outline.1).ends_with("Deeper"), "{}", screen.text());
    screen.keys("<Backspace>");
    let outline = screen.find("▎").expect("the current section is marked");
    assert!(screen.row(outline.1).ends_with("Harbour notes"), "{}", screen.text());
}

#[test]
fn headings_are_walked() {
    let part = |n: usize| format!("# Part {n}\n\n{}", "Line.\n\n".repeat(9));
    let parts: Vec<String> = (1..=9).map(part).collect();
    let mut screen = page(60, 12, &parts.concat());
    let top = |screen: &Screen| screen.row(1);
    screen.keys("}");
    assert!(top(&screen).contains("Part 2"), "{}", screen.text());
    screen.keys("}");
    assert!(top(&screen).contains("Part 3"), "{}", screen.text());
    screen.keys("j {");
    assert!(top(&screen).contains("Part 3"), "{}", screen.text());
    screen.keys("{");
    assert!(top(&screen).contains("Part 2"), "{}", screen.text());
    screen.said();
    screen.keys("}}}}}}}}}}}}");
    assert_eq!(screen.said(), ["No heading further down"]);
}

// Colours, changes, copying.

#[test]
fn code_is_plain_at_once_and_coloured_when_it_comes() {
    let mut screen = Screen::unread(60, 20, &[("a.md", "```python\nimport os\n```\n")]);
    screen.open("a.md");
    assert_eq!(screen.role_on("import"), Role::CodeKeyword);
    let asked = screen.done.iter().filter(|effect| matches!(effect, Effect::Highlight { .. }));
    assert_eq!(asked.count(), 0, "carried out, not left over");

    let mut screen = Screen::unread(60, 20, &[("a.md", "```python\nimport os\n```\n")]);
    screen.open("a.md");
    screen.prompt = false;
    screen.write("a.md", "```python\nimport sys\n```\n");
    screen.catch_up();
    assert_eq!(screen.role_on("import sys"), Role::CodeKeyword);
}

#[test]
fn colours_are_asked_for_once() {
    let mut screen = Screen::unread(60, 20, &[("a.md", "```python\nimport os\n```\n\ntext\n")]);
    screen.open("a.md");
    screen.prompt = false;
    screen.keys("jkjkG g g");
    assert_eq!(screen.waiting, []);
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

#[test]
fn a_link_changes_its_look_when_its_page_is_written() {
    let mut screen = page(60, 20, "One [[abc]].\n");
    assert_eq!(screen.role_on("abc"), Role::LinkMissing);
    screen.write("abc.md", "# Abc\n");
    assert_eq!(screen.role_on("One"), Role::Text);
    assert_eq!(screen.role_on("abc"), Role::Link);
}

#[test]
fn copies_what_is_asked_for() {
    let copied = |keys: &str| {
        let mut screen = screen(80, 24);
        screen.keys(keys);
        match screen.done.last() {
            Some(Effect::Copy(text)) => text.clone(),
            other => panic!("{keys} copies, not {other:?}"),
        }
    };
    assert_eq!(copied("yy"), "[[index]]");
    assert_eq!(copied("yp"), INDEX);
    assert_eq!(copied("yc"), "import os\ndef tide(hour): return hour % 12");
    assert_eq!(copied("<Tab> <Tab> <Tab> yl"), "topics/python.md");
    assert!(copied("<Tab> <Tab> <Tab> ys").starts_with("Read [[python|Python]] first"));
}

#[test]
fn the_editor_opens_at_the_line_being_read() {
    let mut screen = screen(60, 12);
    screen.open("long.md");
    screen.keys("/ 40 <Enter> e");
    let Some(Effect::Edit { path, line }) = screen.done.last() else { panic!("edits") };
    assert_eq!(path.as_str(), "long.md");
    let first = screen.find("Paragraph").expect("in view");
    let shown = screen.row(first.1);
    let source = &screen.pages[&page_path("long.md")];
    let at = source.lines().nth(*line as usize - 1).unwrap_or_default();
    assert!(shown.contains(at) && !at.is_empty(), "{shown} is line {line}: {at}");
}

#[test]
fn hints_are_pressed() {
    let mut screen = screen(80, 24);
    assert_eq!(screen.hit_on("w tree"), Some(Hit::Hint(Command::FocusTree)));
    screen.click_on("w tree");
    assert_eq!(screen.model.focus, Focus::Sidebar);
}

#[test]
fn the_border_is_dragged() {
    let mut screen = screen(80, 24);
    screen.send(Msg::Drag { from: Hit::SidebarBorder, column: 20 });
    assert_eq!(screen.hits.at(20, 5), Some(Hit::SidebarBorder));
    screen.send(Msg::Drag { from: Hit::SidebarBorder, column: 2 });
    assert_eq!(screen.hits.at(16, 5), Some(Hit::SidebarBorder));
}

#[test]
fn long_lines_of_code_are_panned() {
    let mut screen = page(40, 12, &format!("```\n{}END\n```\n", "x".repeat(60)));
    assert!(screen.find("END").is_none());
    screen.keys(">>>>>>>>>>>>");
    assert!(screen.find("END").is_some(), "{}", screen.text());
    screen.keys("<<<<<<<<<<<<");
    assert!(screen.find("END").is_none());
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

// Proportion.

#[test]
fn scrolling_by_a_row_lays_out_a_few_slots() {
    let text = "A paragraph.\n\n".repeat(20_000);
    let mut screen = page(80, 24, &text);
    screen.keys("jjjjjjjj");
    let before = laid_out(&screen);
    assert!(before < 100, "{before} slots at first");
    screen.keys("jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjj");
    let after = laid_out(&screen) - before;
    assert!(after <= 60, "{after} slots for 50 rows");
    screen.keys("G");
    let end = laid_out(&screen) - before - after;
    assert!(end < 150, "{end} slots to the end");
}

fn laid_out(screen: &Screen) -> u64 {
    screen.model.reader.open.as_ref().expect("a page is open").layout.laid_out()
}

// Anything at all.

const KEYS: &[&str] = &[
    "j",
    "k",
    "d",
    "u",
    "<Space>",
    "b",
    "g",
    "G",
    "<Tab>",
    "<Shift-Tab>",
    "<Enter>",
    "<Backspace>",
    "H",
    "L",
    "i",
    "/",
    "n",
    "N",
    "t",
    "e",
    "a",
    "o",
    "O",
    "}",
    "{",
    "P",
    "<Esc>",
    "y",
    "s",
    "w",
    "h",
    "l",
    ">",
    "<Ctrl-P>",
    "<Ctrl-T>",
    "?",
    ":",
    "F",
    "X",
    "x",
    "<Down>",
    "<Up>",
    "r",
    "T",
    "1",
];

fn sound(screen: &Screen) {
    let Some(open) = &screen.model.reader.open else { return };
    if let Some(nth) = open.selected {
        assert!(open.layout.stop(nth).is_some(), "the selected stop exists");
    }
    let (above, total) = open.layout.position(open.anchor);
    assert!(above < total.max(1), "{above} of {total} rows");
    assert!(!open.layout.lines(open.anchor, 1).is_empty(), "a line is at the anchor");
    let find = &screen.model.reader.find;
    assert!(find.current.is_none_or(|nth| nth < find.matches.len()));
    assert!(screen.model.history.back.len() <= 500);
    let size = screen.model.size;
    if let Some(cursor) = screen.cursor {
        assert!(cursor.x < size.columns && cursor.y < size.rows);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_keys_at_any_size_keep_the_program_sound(
        first in (1..200_u16, 1..60_u16),
        steps in prop::collection::vec((0..KEYS.len(), 0..24_u16, 1..200_u16, 1..60_u16), 1..60),
    ) {
        let mut screen = screen(first.0, first.1);
        for (key, what, columns, rows) in steps {
            match what {
                0 => screen.resize(columns, rows),
                1 => { screen.click(columns, rows); }
                2 => screen.send(Msg::Wheel(Hit::Page, i32::from(rows) - 30)),
                _ => { screen.keys(KEYS[key]); }
            }
            sound(&screen);
        }
    }

    #[test]
    fn back_after_any_walk_returns_to_the_exact_place(
        before in prop::collection::vec(0..10_usize, 0..12),
        walk in prop::collection::vec(0..11_usize, 1..30),
    ) {
        let mut screen = screen(70, 18);
        for key in before {
            screen.keys(KEYS[key]);
        }
        screen.keys("<Esc>");
        let (place, visits) = (screen.place(), screen.model.history.back.len());
        screen.open("topics/python.md");
        for key in walk {
            screen.keys(KEYS[key]);
            if !screen.model.overlays.is_empty() {
                screen.keys("<Esc>");
            }
        }
        while screen.model.history.back.len() > visits {
            screen.keys("<Esc> <Backspace>");
        }
        prop_assert_eq!(screen.place(), place);
    }
}

#[test]
fn ascii_means_ascii() {
    let mut screen = screen(120, 40);
    screen.model.themes.ascii = true;
    screen.keys("<Tab> o y");
    let odd: String = screen.text().chars().filter(|c| !c.is_ascii()).collect();
    assert_eq!(odd, "", "{}", screen.text());
    screen.keys("<Esc> <Esc> / tide <Enter> y");
    let odd: String = screen.text().chars().filter(|c| !c.is_ascii()).collect();
    assert_eq!(odd, "", "{}", screen.text());
}

#[test]
fn nothing_in_a_page_acts_on_the_terminal() {
    let evil = "---\ntitle: \"a\\e[31mb\"\n---\n# x\u{1b}]0;t\u{7}\n\n[[y\u{1b}[2J\u{202e}|z\u{9b}]] \u{7f}\n";
    let mut screen = Screen::new(80, 24, &[("e\u{1b}[1m.md", evil), ("b.md", "[[x]]")]);
    for keys in ["<Tab>", "<Enter>", "<Backspace>", "y y", "/ x <Enter>", "o"] {
        screen.keys(keys);
        let acts = kenning::text::scrub::acts_on_terminal;
        assert!(!screen.text().contains(acts), "after {keys}: {:?}", screen.text());
    }
}

#[test]
fn wide_characters_are_never_cut_in_half() {
    let mut screen = page(80, 12, &"日本語のページ。".repeat(40));
    for columns in 1..80 {
        screen.resize(columns, 12);
        screen.keys("y");
        sound(&screen);
        screen.keys("<Esc>");
    }
}

#[test]
fn one_cell_is_enough() {
    let mut screen = screen(1, 1);
    screen.keys("j <Tab> <Enter> o w t <Esc> / a");
    screen.resize(200, 60);
    screen.resize(2, 3);
    sound(&screen);
    assert_eq!(screen.model.sidebar.list, SidebarList::Tags);
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

#[test]
fn a_low_screen_says_how_to_open_ones_own_wiki_until_the_first_key() {
    let mut screen = screen(80, 8);
    screen.model.wiki.greeting = Some("This is the sample.".to_owned());
    screen.resize(80, 9);
    assert!(screen.find("This is the sample.").is_some());
    screen.keys("j");
    assert!(screen.find("This is the sample.").is_none());
}
