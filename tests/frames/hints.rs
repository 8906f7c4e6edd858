//! Letters on what can be opened, and peeks, as their user sees them: pages and keys in, frames out.

use std::sync::Arc;

use crate::screen::{Screen, page_path};
use kenning::app::model::{Focus, SidebarList};
use kenning::app::{Effect, Hit, Model, Msg, Overlay, peek};
use kenning::index::{Change, Index};
use kenning::text::role::Role;
use proptest::prelude::*;

const INDEX: &str = "\
---
tags: [start]
---
# Harbour

Read [[python|Python]] and [[python#Use]] first, then [[people/alex_chen]], [[nobody yet]] and the note[^1].
The [tide tables](https://example.org/tides/of/the/year?station=old_pier) are elsewhere, #harbour/tides are here,
and so is ![[gauge.png]].

## Second

A link that is so long that it has to be broken: [[people/alex_chen|the person who writes the harbour's Python]].

[^1]: The note, with [[topics/python|a link]] and

    a second paragraph.
";

const PYTHON: &str = "\
# Python

A language for [[index|the harbour]], see [[people/alex_chen]].

```python
import tide
```

## Use

Now and then. Ask [[alex_chen]]^[or *anyone*].
";

const ALEX: &str =
    "---\ntags: [harbour/tides]\n---\n# Alex Chen\n\nWrites [[python]]. Wants [[nobody yet]].\n";

fn pages() -> Vec<(&'static str, String)> {
    let long: Vec<String> =
        (1..=200).map(|n| format!("Paragraph {n} with [[index]] in it.")).collect();
    vec![
        ("index.md", INDEX.to_owned()),
        ("topics/python.md", PYTHON.to_owned()),
        ("people/alex_chen.md", ALEX.to_owned()),
        ("topics/long.md", format!("# Long\n\n{}\n\n## The end\n\nOf it.\n", long.join("\n\n"))),
    ]
}

fn screen(columns: u16, rows: u16) -> Screen {
    let pages = pages();
    let pages: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (*path, &**text)).collect();
    Screen::new(columns, rows, &pages)
}

/// The label of the first thing of which that is so.
fn label(screen: &Screen, is_it: impl Fn(Hit) -> bool) -> String {
    let labels = screen.model.labels.as_ref().expect("there are labels");
    let target = labels.targets.iter().find(|target| is_it(target.hit)).expect("it has a label");
    target.label.clone()
}

/// The page at which the topmost peek looks, by its title.
fn peeked(screen: &Screen) -> Option<String> {
    match screen.model.overlays.last() {
        Some(Overlay::Peek(peek)) => Some(peek.open.as_ref()?.title.clone()),
        _ => None,
    }
}

fn frame(screen: &Screen) -> String {
    format!("{}{}", screen.frame(), screen.roles())
}

// Hints.

#[test]
fn letters_stand_on_all_that_is_in_sight() {
    for (columns, rows) in [(120, 30), (80, 24), (40, 12)] {
        let mut screen = screen(columns, rows);
        screen.keys("f");
        insta::assert_snapshot!(format!("letters_{columns}x{rows}"), frame(&screen));
    }
}

#[test]
fn typing_narrows_and_dims() {
    let links: Vec<String> = (0..40).map(|n| format!("[[l{n}]]")).collect();
    let mut screen = Screen::new(80, 12, &[("page.md", &links.join(" "))]);
    screen.keys("f z");
    insta::assert_snapshot!(frame(&screen));
    screen.keys("<Backspace>");
    let labels = screen.model.labels.as_ref().expect("still there");
    assert_eq!(labels.left().count(), labels.targets.len());
    screen.keys("<Backspace>");
    assert!(screen.model.labels.is_none());
    assert_eq!(screen.said(), Vec::<String>::new());
}

#[test]
fn letters_on_a_tiny_and_on_an_ascii_screen() {
    let mut screen = screen(20, 6);
    screen.model.themes.ascii = true;
    screen.keys("f");
    insta::assert_snapshot!(screen.frame());
}

#[test]
fn a_screen_full_of_links_has_a_label_for_each() {
    let links: Vec<String> = (0..600).map(|n| format!("[[l{n}]]")).collect();
    let mut screen = Screen::new(200, 60, &[("page.md", &links.join(" "))]);
    screen.keys("f");
    let labels = screen.model.labels.clone().expect("labels");
    assert!(labels.targets.len() > 300, "{}", labels.targets.len());
    for target in &labels.targets {
        assert!(target.label.len() <= 2, "{}", target.label);
    }
    insta::assert_snapshot!(screen.frame());
}

#[test]
fn a_small_letter_opens_what_it_stands_on() {
    let opens = |is_it: fn(Hit) -> bool, expected: &str, focus: Focus| {
        let mut screen = screen(120, 30);
        screen.keys("f");
        let label = label(&screen, is_it);
        screen.keys(&label);
        assert!(screen.model.labels.is_none());
        assert_eq!((screen.place().0.as_str(), screen.model.focus), (expected, focus));
        screen
    };
    // Of the page's stops the first is the fold of its title, the second the tag of its head, the third the first link.
    opens(|hit| hit == Hit::Stop(2), "topics/python.md", Focus::Page);
    opens(|hit| hit == Hit::Stop(5), "missing nobody yet", Focus::Page);
    // The third row is a page in an unfolded folder.
    opens(|hit| hit == Hit::TreeRow(2), "people/alex_chen.md", Focus::Page);
    let screen = opens(|hit| hit == Hit::Stop(1), "index.md", Focus::Page);
    assert_eq!(screen.model.filter.text, "tag:start");
}

#[test]
fn a_letter_on_a_heading_goes_there() {
    for is_it in [|hit| hit == Hit::Heading(1), |hit| hit == Hit::ContextRow(1)] {
        let mut screen = screen(120, 12);
        screen.keys("jjjjj f");
        let label = label(&screen, is_it);
        screen.keys(&label);
        let row = screen.row(2);
        assert!(row.contains("Second"), "{row}");
        assert_eq!(screen.model.history.back.len(), 1);
    }
}

#[test]
fn a_capital_letter_peeks() {
    for (is_it, expected) in [
        ((|hit| hit == Hit::Stop(2)) as fn(Hit) -> bool, "Python"),
        (|hit| hit == Hit::TreeRow(2), "Alex Chen"),
        (|hit| hit == Hit::ContextRow(1), "Harbour"),
        (|hit| hit == Hit::Stop(1), "#start"),
    ] {
        let mut screen = screen(120, 30);
        let before = screen.place();
        screen.keys("f");
        let label = label(&screen, is_it);
        screen.keys(&label.to_uppercase());
        assert_eq!(peeked(&screen).as_deref(), Some(expected));
        screen.keys("<Esc>");
        assert_eq!(screen.place(), before);
    }
}

#[test]
fn letters_on_tags_require_them() {
    let mut screen = screen(120, 30);
    screen.keys("t f");
    assert_eq!(screen.model.sidebar.list, SidebarList::Tags);
    let label = label(&screen, |hit| matches!(hit, Hit::TagRow(_)));
    assert_eq!(label, "a", "the pane that has the keys comes first");
    screen.keys("a");
    assert!(screen.model.filter.text.starts_with("tag:"), "{}", screen.model.filter.text);
}

#[test]
fn other_keys_leave_and_say_so() {
    for (key, said) in [("<Esc>", 0), ("1", 1), ("<Enter>", 1), ("<Ctrl-P>", 1)] {
        let mut screen = screen(80, 24);
        let before = screen.place();
        screen.said();
        screen.keys("f").keys(key);
        assert!(screen.model.labels.is_none(), "{key}");
        assert_eq!(screen.said().len(), said, "{key}");
        assert_eq!(screen.place(), before);
        assert!(screen.model.overlays.is_empty());
    }
}

#[test]
fn labels_go_when_what_they_stand_on_moves() {
    let mut screen = screen(80, 24);
    screen.keys("f");
    screen.resize(80, 12);
    assert!(screen.model.labels.is_none());
    screen.keys("f").click(60, 5);
    assert!(screen.model.labels.is_none());
}

#[test]
fn a_wrapped_link_has_one_label() {
    let mut screen = screen(60, 30);
    screen.keys("f");
    let labels = screen.model.labels.as_ref().expect("labels");
    for target in &labels.targets {
        let same = labels.targets.iter().filter(|other| other.hit == target.hit);
        assert_eq!(same.count(), 1, "{:?}", target.hit);
    }
}

#[test]
fn a_heading_that_is_a_link_has_two_labels_and_cells_of_a_table_their_own() {
    let table = "| a | b |\n|---|---|\n| some words before [[left]] | [[right]] |\n";
    let text = format!("# Top\n\n## [[linked]]\n\n{table}");
    let mut screen = Screen::new(36, 20, &[("page.md", &text)]);
    screen.keys("f");
    let labels = screen.model.labels.as_ref().expect("labels");
    let hits: Vec<Hit> = labels.targets.iter().map(|target| target.hit).collect();
    let stops = hits.iter().filter(|hit| matches!(hit, Hit::Stop(_))).count();
    assert_eq!((stops, hits.len()), (3, 5));
    insta::assert_snapshot!(screen.frame());
}

#[test]
fn letters_cost_what_is_in_sight() {
    let links: Vec<String> = (0..20_000).map(|n| format!("Paragraph [[l{n}]].")).collect();
    let mut screen = Screen::new(120, 40, &[("page.md", &links.join("\n\n"))]);
    let laid = |model: &Model| model.reader.open.as_ref().expect("open").layout.laid_out();
    let before = laid(&screen.model);
    screen.keys("f");
    assert_eq!(laid(&screen.model), before);
    assert!(screen.model.labels.as_ref().expect("labels").targets.len() < 40);
}

// Peeks.

#[test]
fn a_peek_stands_beside_its_link() {
    let mut screen = screen(100, 30);
    screen.keys("<Tab> <Tab> p");
    insta::assert_snapshot!(frame(&screen));
}

#[test]
fn a_peek_at_a_section_starts_with_it() {
    let mut screen = screen(100, 30);
    screen.keys("<Tab> <Tab> <Tab> p");
    insta::assert_snapshot!(screen.frame());
}

#[test]
fn peeks_stand_on_one_another() {
    let mut screen = screen(100, 30);
    screen.keys("<Tab> <Tab> p <Tab> <Tab> p <Tab> <Tab> p");
    insta::assert_snapshot!(screen.frame());
}

#[test]
fn a_peek_fills_a_small_screen() {
    let mut screen = screen(40, 12);
    screen.keys("<Tab> <Tab> p");
    insta::assert_snapshot!(screen.frame());
    screen.keys("f");
    insta::assert_snapshot!("letters_on_a_small_peek", screen.frame());
}

#[test]
fn peeks_at_what_is_no_page() {
    // Links of the page in order: tag, python, python#Use, alex, nobody, note, address, tag, image.
    for (tabs, name) in [(5, "missing"), (6, "note"), (7, "address"), (8, "tag"), (9, "attachment")]
    {
        let mut screen = screen(100, 30);
        let mut index = Index::clone(&screen.model.index);
        index.apply(Change::Attachment(page_path("pictures/gauge.png")));
        screen.send(Msg::Indexed(Arc::new(index)));
        screen.keys(&"<Tab> ".repeat(tabs)).keys("p");
        assert!(peeked(&screen).is_some(), "{name}");
        insta::assert_snapshot!(format!("peek_at_{name}"), screen.frame());
        screen.keys("<Esc>");
        assert!(screen.model.overlays.is_empty());
    }
}

#[test]
fn an_inline_note_is_shown_whole() {
    let mut screen = screen(100, 30);
    screen.open("topics/python.md");
    screen.keys("<Tab> <Tab> <Tab> <Tab> p");
    assert!(screen.text().contains("or anyone"), "{}", screen.text());
}

#[test]
fn a_peek_never_covers_its_link() {
    for columns in (64..160).step_by(19) {
        for rows in [16, 20, 24, 31, 50] {
            let mut screen = screen(columns, rows);
            let mut seen = 0;
            for _ in 0..12 {
                screen.keys("<Tab>");
                let Some(nth) = screen.place().2 else { continue };
                let cells: Vec<(u16, u16)> = (0..rows)
                    .flat_map(|y| (0..columns).map(move |x| (x, y)))
                    .filter(|(x, y)| screen.hits.at(*x, *y) == Some(Hit::Stop(nth)))
                    .collect();
                screen.keys("p");
                let Some(Overlay::Peek(peek)) = screen.model.overlays.last() else {
                    panic!("a peek at {columns}x{rows}")
                };
                let frame = peek.frame;
                assert!(frame.left + frame.columns <= columns && frame.top + frame.rows <= rows);
                for (x, y) in cells {
                    let inside = (frame.left..frame.left + frame.columns).contains(&x)
                        && (frame.top..frame.top + frame.rows).contains(&y);
                    assert!(!inside, "{columns}x{rows}: {x},{y} under {frame:?}");
                    seen += 1;
                }
                screen.keys("<Esc>");
            }
            assert!(seen > 0);
        }
    }
}

#[test]
fn enter_goes_to_the_peeked_place() {
    let mut screen = screen(100, 30);
    screen.keys("<Tab> <Tab> p <Enter>");
    assert_eq!(screen.place().0, "topics/python.md");
    assert_eq!(screen.model.history.back.len(), 1);
    assert!(screen.model.overlays.is_empty());
    // Where one has moved in the peek one also stands on the page.
    screen.keys("w");
    let row = screen.find("Long").expect("in the tree").1;
    screen.click(10, row).keys("w p");
    assert_eq!(peeked(&screen).as_deref(), Some("Long"));
    screen.keys("d d d <Enter>");
    let before = screen.place();
    assert_eq!(before.0, "topics/long.md");
    assert!(before.1.slot > 3, "{before:?}");
}

#[test]
fn a_link_in_a_peek_is_followed() {
    let mut screen = screen(100, 30);
    screen.keys("<Tab> <Tab> p <Tab> <Tab> <Enter>");
    assert_eq!(screen.place().0, "people/alex_chen.md");
    assert_eq!(screen.model.history.back.len(), 1, "nobody has been on the page between");
    screen.keys("<Backspace>");
    assert_eq!(screen.place().0, "index.md");
    screen.keys("p");
    screen.click_on("the harbour,");
    assert_eq!(screen.place().0, "index.md");
    assert!(screen.model.overlays.is_empty());
}

#[test]
fn out_of_a_peek_one_leaves_the_wiki_after_asking() {
    let mut screen = screen(100, 30);
    screen.keys(&"<Tab> ".repeat(7)).keys("p <Enter>");
    assert!(matches!(screen.model.overlays.last(), Some(Overlay::Confirm(_))));
    screen.keys("<Esc>");
    assert_eq!(peeked(&screen).as_deref(), Some("Out of the wiki"));
}

#[test]
fn enter_in_a_note_goes_to_the_note() {
    let mut screen = screen(100, 30);
    screen.keys(&"<Tab> ".repeat(6)).keys("p");
    let before = screen.place();
    screen.keys("<Enter>");
    assert!(screen.model.overlays.is_empty());
    let after = screen.place();
    assert!(after.2 > before.2, "{before:?} {after:?}");
    screen.keys("<Backspace>");
    assert_eq!(screen.place(), before);
}

#[test]
fn q_closes_all_peeks_and_esc_one() {
    let mut screen = screen(100, 30);
    screen.keys("<Tab> <Tab> p <Tab> p <Tab> p");
    assert_eq!(screen.model.overlays.len(), 3);
    screen.keys("<Esc>");
    assert_eq!(screen.model.overlays.len(), 2);
    screen.keys("<Backspace>");
    assert_eq!(screen.model.overlays.len(), 1);
    screen.keys("<Tab> p q");
    assert!(screen.model.overlays.is_empty());
    assert_eq!(screen.done.iter().filter(|effect| **effect == Effect::Quit).count(), 0);
}

#[test]
fn the_mouse_scrolls_a_peek_and_closes_it_from_outside() {
    let mut screen = screen(120, 30);
    screen.keys("w");
    let row = screen.find("Long").expect("in the tree").1;
    screen.click(10, row).keys("w p");
    let top = |model: &Model| peek::page(model).map(|open| open.anchor);
    let before = top(&screen.model);
    let Some(Overlay::Peek(peek)) = screen.model.overlays.last() else { panic!("a peek") };
    let inside = (peek.frame.left + 5, peek.frame.top + 3);
    let hit = screen.hits.at(inside.0, inside.1).expect("something");
    screen.send(Msg::Wheel(hit, 3));
    assert_ne!(top(&screen.model), before);
    screen.click(119, 29);
    assert!(screen.model.overlays.is_empty());
}

#[test]
fn a_page_read_too_late_does_not_open_a_peek() {
    let mut screen = screen(100, 30);
    screen.prompt = false;
    screen.keys("<Tab> <Tab> p");
    assert_eq!(screen.model.overlays.len(), 1);
    screen.keys("<Esc>");
    screen.catch_up();
    assert!(screen.model.overlays.is_empty());
}

#[test]
fn a_peek_lays_out_what_it_shows() {
    let text: Vec<String> = (0..5_000).map(|n| format!("Paragraph {n}.")).collect();
    let text = format!("# Long\n\n{}\n\n## End\n\nOf it.\n", text.join("\n\n"));
    for link in ["[[long]]", "[[long#End]]"] {
        let mut screen = Screen::new(100, 30, &[("index.md", link), ("long.md", &text)]);
        screen.keys("<Tab> p");
        let Some(open) = peek::page(&screen.model) else { panic!("a peek") };
        assert_eq!(open.title, "Long");
        assert!(open.layout.laid_out() < 120, "{link}: {}", open.layout.laid_out());
    }
}

#[test]
fn code_in_a_peek_has_its_colours() {
    let mut screen = screen(100, 30);
    screen.keys("<Tab> <Tab> p");
    assert_eq!(screen.role_on("import"), Role::CodeKeyword);
}

#[test]
fn links_in_a_preview_are_not_those_of_the_page() {
    let mut screen = screen(140, 40);
    screen.keys("<Ctrl-P>").keys("python");
    let before = screen.place();
    screen.click_on("the harbour,");
    assert!(matches!(screen.model.overlays.last(), Some(Overlay::Finder(_))));
    assert_eq!(screen.place(), before);
}

#[test]
fn an_unreadable_page_says_so_in_a_peek() {
    let mut screen = screen(100, 30);
    screen.pages.remove(&page_path("topics/python.md"));
    screen.keys("<Tab> <Tab> p");
    assert!(screen.text().contains("cannot be read"), "{}", screen.text());
}

/// What peeks must not change.
fn standing(model: &Model) -> impl PartialEq + std::fmt::Debug + use<> {
    let open = model.reader.open.as_ref().expect("a page is open");
    (
        (open.address.clone(), open.anchor, open.selected, model.focus),
        model.history.clone(),
        (model.tree.list, model.context.list, model.filter.text.clone()),
        (model.sidebar, model.reader.glancing, model.overlays.len(), model.labels.clone()),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// After any peeks and as many Esc all is as it was.
    #[test]
    fn peeks_leave_no_trace(
        start in prop::collection::vec(0..6usize, 0..4),
        keys in prop::collection::vec(0..24usize, 1..20),
        columns in 20..150u16,
        rows in 5..45u16,
    ) {
        let mut screen = screen(columns, rows);
        for nth in start {
            screen.keys(["<Tab>", "<Tab> <Tab>", "<Tab> <Tab> <Tab>", "j", "w", "o"][nth]);
        }
        screen.keys("p");
        if screen.model.overlays.is_empty() && screen.model.labels.is_some() {
            screen.keys("a");
        }
        if screen.model.overlays.is_empty() {
            return Ok(());
        }
        screen.keys("<Esc>");
        let before = standing(&screen.model);
        screen.keys("p");
        if screen.model.labels.is_some() {
            screen.keys("a");
        }
        let steps = ["j", "k", "d", "<Space>", "b", "g g", "G", "}", "<Tab>", "<Shift-Tab>", "p A",
            "<Tab> p", "<Tab> <Tab> p", "<Shift-Tab> p", "f A", "f S", "f D F", "f 1", "f", "> x",
            "y", "?", "<Esc>", "<Tab> p G"];
        for nth in keys {
            for step in steps[nth].split(' ') {
                // What is typed with no peek open is not a matter of peeks, and a letter that opens leaves.
                let is_peek = matches!(screen.model.overlays.last(), Some(Overlay::Peek(_)));
                let is_open = screen.model.labels.is_none() || step == step.to_uppercase();
                if is_peek && is_open {
                    screen.keys(step);
                }
            }
        }
        for _ in 0..60 {
            if screen.model.overlays.is_empty() && screen.model.labels.is_none() {
                break;
            }
            screen.keys("<Esc>");
        }
        prop_assert_eq!(standing(&screen.model), before);
    }
}

#[test]
fn the_sign_of_the_properties_in_a_peek_unfolds_them() {
    let head = "---\na: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\n---\n# B\n\nText.\n";
    let mut screen = Screen::new(100, 30, &[("index.md", "# A\n\nSee [[b]].\n"), ("b.md", head)]);
    screen.keys("<Tab> p");
    assert!(screen.find("f  6").is_none() && screen.find("a  1").is_some(), "{}", screen.frame());
    screen.click_on("▸");
    assert!(screen.find("f  6").is_some(), "{}", screen.frame());
    screen.click_on("▾");
    assert!(screen.find("f  6").is_none(), "{}", screen.frame());
}
