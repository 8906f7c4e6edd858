//! The reader as its user sees it: pages and keys in, frames out. Here are the wiki that is read, whole frames,
//! the outline and copying; what else one does while reading has a file for each subject.

mod anew;
mod anything;
mod find;
mod links;
mod travel;

use crate::screen::{Screen, page_path};
use kenning::app::model::{Focus, SidebarList};
use kenning::app::reader::Address;
use kenning::app::{Effect, Hit, Msg, Overlay};
use kenning::command::Command;
use kenning::layout::Anchor;
use kenning::text::role::Role;

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
fn the_outline_comes_in_the_trees_place_where_there_is_no_room_for_three() {
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
fn a_low_screen_says_how_to_open_ones_own_wiki_until_the_first_key() {
    let mut screen = screen(80, 8);
    screen.model.wiki.greeting = Some("This is the sample.".to_owned());
    screen.resize(80, 9);
    assert!(screen.find("This is the sample.").is_some());
    screen.keys("j");
    assert!(screen.find("This is the sample.").is_none());
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
