//! Selecting and copying, as one does it: keys and drags in, what is on the screen and on the clipboard out.

use crate::screen::Screen;
use kenning::app::reader::select::{By, Drag, PageCell};
use kenning::app::{Effect, Msg};
use kenning::layout::{Anchor, TextPlace};
use kenning::text::role::Role;
use proptest::prelude::*;

const PAGE: &str = "\
# Gauges

A paragraph that is long enough to be wrapped on a screen of this width, with a [[harbour|link]] in it.
Its second line\\
and its third, *marked* so.

- first item
- second item
  1. nested
  2. again
- [x] done

> A quote of
> two lines.

```python
def tide(hour):
\treturn hour % 12  # a comment so long that the end of it is cut off on this screen

print(tide(3))
```

| Place | Level |
|---|---:|
| Brimsund | **2.1** |
| Skerry | 1.9[^1] |

## After

The end.

[^1]: Measured twice.
";

fn screen(text: &str) -> Screen {
    Screen::new(60, 40, &[("page.md", text), ("harbour.md", "# Harbour\n")])
}

fn copied(screen: &Screen) -> String {
    match screen.done.iter().rfind(|effect| matches!(effect, Effect::Copy(_))) {
        Some(Effect::Copy(text)) => text.clone(),
        _ => panic!("nothing was copied:\n{}", screen.text()),
    }
}

/// What the keys copy on a page.
fn copies(text: &str, keys: &str) -> String {
    let mut screen = screen(text);
    screen.keys(keys);
    copied(&screen)
}

/// The place, the frame, and what else Esc has to give back.
fn state(screen: &Screen) -> (String, Anchor, Option<u32>, usize) {
    let (_, anchor, selected) = screen.place();
    let open = screen.model.reader.open.as_ref().expect("a page is open");
    // How far down that is is estimated until all of it was laid out once.
    let (_, rows) = screen
        .text()
        .split_once('\n')
        .map(|(a, b)| (a.len(), b.replace(['▐', ' '], "")))
        .expect("rows");
    (rows, anchor, selected, open.layout.options().pan)
}

#[test]
fn selecting_is_seen_with_its_cursor_and_counted() {
    let mut screen = screen(PAGE);
    screen.keys("vjjjj");
    insta::assert_snapshot!("selecting", format!("{}\n{}", screen.frame(), screen.roles()));
    let cursor = screen.cursor.expect("the terminal's own cursor stands there");
    assert_eq!(screen.row(cursor.y).trim(), "and its third, marked so.");
}

#[test]
fn lines_are_those_of_the_text() {
    let mut screen = screen(PAGE);
    screen.keys("jV}jjjjj");
    insta::assert_snapshot!("selecting_lines", format!("{}\n{}", screen.frame(), screen.roles()));
}

#[test]
fn a_low_and_narrow_screen_still_says_what_helps() {
    let mut screen = Screen::new(40, 10, &[("page.md", PAGE)]);
    screen.keys("vee");
    insta::assert_snapshot!("selecting_small", screen.frame());
    let mut screen = Screen::new(80, 10, &[("page.md", PAGE)]);
    screen.keys("vee");
    let row = screen.row(9);
    assert!(
        row.contains("selecting") && row.contains("y copy  Y copy Markdown  Esc leave"),
        "{row}"
    );
}

#[test]
fn text_is_copied_as_shown() {
    let check = |keys: &str, expected: &str| assert_eq!(copies(PAGE, keys), expected, "{keys}");
    check("vey", "Gauges");
    check(
        "<Tab> Vy",
        "A paragraph that is long enough to be wrapped on a screen of this width, with a link in it.",
    );
    // Wrapped rows are one line again; a break of the writer's stays one.
    check(
        "<Tab> V}y",
        "A paragraph that is long enough to be wrapped on a screen of this width, with a link in it.\n\
         Its second line\nand its third, marked so.",
    );
}

#[test]
fn what_is_found_is_where_selecting_begins_only_if_it_is_a_link() {
    let mut screen = screen(PAGE);
    screen.keys("<Tab> v e y");
    assert_eq!(copied(&screen), "link");
    assert_eq!(screen.said(), ["Copied 4 characters"]);
}

/// The text from the first cell of `from` to the first cell of `to`, dragged over with the pointer.
fn drag(screen: &mut Screen, from: &str, to: &str) -> String {
    let cell = |screen: &Screen, text: &str| {
        let (column, row) = screen.find(text).unwrap_or_else(|| panic!("{text} is in view"));
        screen.hits.page_cell(column, row)
    };
    let (from, to) = (cell(screen, from), cell(screen, to));
    screen.send(Msg::Select(Drag { from, to: from, by: By::Character, done: false }));
    screen.send(Msg::Select(Drag { from, to, by: By::Character, done: true }));
    copied(screen)
}

#[test]
fn a_drag_copies_when_it_is_released() {
    let check = |from: &str, to: &str, expected: &str| {
        let mut screen = screen(PAGE);
        assert_eq!(drag(&mut screen, from, to), expected, "{from} .. {to}");
        // Dragged the other way it is the same text.
        let mut screen = self::screen(PAGE);
        assert_eq!(drag(&mut screen, to, from), expected, "{to} .. {from}");
    };
    check("paragraph", "h that is", "paragraph");
    check("link", "Its second", "link in it.\nI");
    check("first item", "econd item", "- first item\n- se");
    check("irst item", "econd item", "irst item\n- se");
    check("econd item", "done", "econd item\n  1. nested\n  2. again\n- [x] d");
    check("nested", "gain", "1. nested\n2. ag");
    check("A quote", "lines.", "A quote of\ntwo l");
    check("tide(hour)", "eturn", "tide(hour):\n\tre");
    check(
        "hour):",
        "rint(",
        "hour):\n\treturn hour % 12  # a comment so long that the end of it is cut off on this screen\n\npr",
    );
    check("Brimsund", "1.9", "Brimsund\t2.1\nSkerry\t1");
    check("Skerry", "he end", "Skerry\t1.9[1]\n\nAfter\nTh");
    check("he end.", "easured", "he end.\n\n[1] Me");
}

#[test]
fn markdown_is_copied_with_the_marks_around_it() {
    let markdown = |from: &str, to: &str| {
        let mut screen = screen(PAGE);
        drag(&mut screen, from, to);
        screen.keys("Y");
        copied(&screen)
    };
    let check = |from: &str, to: &str, expected: &str| {
        assert_eq!(markdown(from, to), expected, "{from} .. {to}");
    };
    check("paragraph", "h that is", "paragraph");
    // What is marked or leads somewhere is taken whole.
    check("ink", "n it.", "[[harbour|link]] in");
    check("third,", "ed so", "third, *marked*");
    check("rst item", "econd item", "rst item\n- se");
    check("first item", "econd item", "- first item\n- se");
    check("nested", "gain", "  1. nested\n  2. ag");
    check("A quote", "lines.", "A quote of\n> two l");
    check("tide(hour)", "eturn", "tide(hour):\n\tre");
    // Across its edge, code comes with its fence and a table whole.
    let markdown = markdown("quote of", "eturn");
    assert!(markdown.starts_with("quote of\n> two lines.\n\n```python\ndef tide"), "{markdown}");
    assert!(markdown.ends_with("print(tide(3))\n```"), "{markdown}");
    check("Brimsund", "kerry", "| Brimsund | **2.1** |\n| Skerry | 1.9[^1] |");
    check("Brims", "und", "Brimsu");
    check("2.1", "2.1", "**2.1**");
    check("he end.", "easured", "he end.\n\n[^1]: Me");
}

#[test]
fn lines_come_with_their_bullets() {
    let check = |text: &str, keys: &str, expected: &str| {
        // The head says the title where the text does not: both ends go to the text below it.
        let below = if text.starts_with('#') { "" } else { "joj" };
        let (begin, rest) = keys.split_at(1);
        assert_eq!(copies(text, &format!("{begin}{below}{rest}")), expected, "{keys}");
    };
    let list = "3. one\n4. two\n   - deep\n\n     more\n";
    check(list, "Vy", "3. one");
    check(list, "Vjy", "3. one\n4. two");
    check(list, "VjY", "3. one\n4. two");
    check(list, "VGy", "3. one\n4. two\n   - deep\n\n     more");
    check(list, "vey", "one");
    check("# Gauges\n", "Vy", "Gauges");
    check("# Gauges\n", "VY", "# Gauges");
    check("- ```\n  a\n  b\n  ```\n", "Vjy", "a\nb");
    check("- ```\n  a\n  b\n  ```\n", "VjY", "a\n  b");
    check("> [!tip]\n> Text\n> more.\n", "VGy", "Text\nmore.");
}

#[test]
fn the_cursor_goes_where_the_keys_say() {
    let check = |keys: &str, expected: &str| {
        let mut screen = screen("# One two\n\nfoo bar-baz  qux\n\n`x` end\n");
        screen.keys("v").keys(keys).keys("oy");
        assert_eq!(copied(&screen), expected, "{keys}");
    };
    check("", "O");
    check("l", "On");
    check("ll", "One");
    check("h", "O");
    check("w", "One t");
    check("ww", "One two\n\nf");
    check("e", "One");
    check("ee", "One two");
    check("eee", "One two\n\nfoo");
    check("wwww", "One two\n\nfoo bar-");
    check("wwwwww", "One two\n\nfoo bar-baz q");
    check("wwb", "One t");
    check("$", "One two");
    check("$0", "O");
    check("j", "One two\n\nf");
    check("j$", "One two\n\nfoo bar-baz qux");
    check("jllk", "One");
    check("}", "One two");
    check("}}", "One two\n\nfoo bar-baz qux");
    check("}}{", "One two\n\nf");
    check("G", "One two\n\nfoo bar-baz qux\n\nx end");
    check("G g g", "O");
    check("wG o w", "two\n\nfoo bar-baz qux\n\nx end");
}

#[test]
fn code_that_is_cut_off_is_panned_to() {
    let line = format!("short\n{}END\nshort", "x".repeat(80));
    let mut screen = screen(&format!("```\n{line}\n```\n"));
    let before = state(&screen);
    screen.keys("vjj$");
    assert!(screen.find("END").is_some(), "{}", screen.text());
    let cursor = screen.cursor.expect("in view");
    assert_eq!(screen.row(cursor.y).trim_end().chars().last(), Some('D'));
    screen.keys("0");
    assert!(screen.find("short").is_some(), "{}", screen.text());
    screen.keys("$ <Esc>");
    assert_eq!(state(&screen), before);
    screen.keys("vjoG y");
    assert_eq!(copied(&screen), line);
}

#[test]
fn neither_size_nor_colours_move_what_is_selected() {
    let mut screen = screen(PAGE);
    screen.prompt = false;
    screen.open("page.md");
    screen.catch_up();
    screen.keys("veee");
    for size in [(30, 20), (100, 50), (24, 8), (60, 40)] {
        screen.resize(size.0, size.1);
    }
    screen.index();
    screen.keys("y");
    assert_eq!(copied(&screen), "Gauges\n\nA paragraph");
}

#[test]
fn a_plain_click_follows_and_takes_the_selection_away() {
    let mut screen = screen(PAGE);
    drag(&mut screen, "link", "in it");
    assert_eq!(screen.place().0, "page.md");
    assert_eq!(screen.role_on("link"), Role::Selection);
    screen.click_on("A quote");
    assert_ne!(screen.role_on("link"), Role::Selection);
    screen.click_on("link");
    assert_eq!(screen.place().0, "harbour.md");
}

#[test]
fn words_and_lines_are_selected_by_pressing_again() {
    let press = |text: &str, by| {
        let mut screen = screen(PAGE);
        let (column, row) = screen.find(text).expect("in view");
        let at = screen.hits.page_cell(column, row);
        screen.send(Msg::Select(Drag { from: at, to: at, by, done: false }));
        screen.send(Msg::Select(Drag { from: at, to: at, by, done: true }));
        copied(&screen)
    };
    assert_eq!(press("ragraph", By::Word), "paragraph");
    assert_eq!(press("econd line", By::Line), "Its second line");
    assert_eq!(press("kerry", By::Line), "Skerry\t1.9[1]");
}

#[test]
fn a_drag_beyond_the_edge_scrolls() {
    let text = (0..60).map(|n| format!("Line {n}.")).collect::<Vec<_>>().join("\n\n");
    let mut screen = Screen::new(60, 20, &[("page.md", &text)]);
    let from = PageCell { row: 3, cell: 0 };
    let to = |row| PageCell { row, cell: 3 };
    let begun = Drag { from, to: to(5), by: By::Character, done: false };
    screen.send(Msg::Select(begun));
    for _ in 0..30 {
        screen.send(Msg::Select(Drag { to: to(17), ..begun }));
    }
    screen.send(Msg::Select(Drag { to: to(10), done: true, ..begun }));
    let text = copied(&screen);
    assert!(text.starts_with("Line 0.\n\nLine 1.") && text.lines().count() > 30, "{text}");
}

#[test]
fn keys_that_belong_to_the_whole_program_still_work() {
    let mut screen = screen(PAGE);
    screen.keys("ve?");
    assert!(screen.find("Selecting").is_some(), "{}", screen.text());
    screen.keys("<Esc> y");
    assert_eq!(copied(&screen), "Gauges");
}

// The copying commands.

#[test]
fn what_is_folded_is_passed_over() {
    let text = "# Top\n\nAbove.\n\n## Folded\n\nHidden one.\n\nHidden two.\n\n## After\n\nBelow.\n";
    for keys in ["}}}}", "jjjj", "wwww$"] {
        let mut screen = Screen::new(60, 24, &[("page.md", text)]);
        screen.keys("z M v").keys(keys).keys("G y");
        let text = copied(&screen);
        assert!(text.contains("Folded") && !text.contains("Hidden"), "{keys}: {text}");
    }
    let mut screen = Screen::new(60, 24, &[("page.md", text)]);
    screen.keys("z M v G Y");
    assert!(copied(&screen).contains("Hidden one."));
}

#[test]
fn copies_the_heading_one_is_under() {
    let text = format!(
        "# Top\n\nIntro.\n\n## Usage\n\n{0}\n## Notes\n\n### Usage\n\n{0}\n## C# [and] more\n\n{0}",
        "Text of it.\n\n".repeat(12)
    );
    let check = |keys: &str, expected: &str| {
        let mut screen = Screen::new(60, 20, &[("a/page.md", &text)]);
        screen.keys(keys).keys("y h");
        assert_eq!(copied(&screen), expected);
        assert_eq!(screen.said(), [format!("Copied {expected}")]);
    };
    check("", "[[a/page]]");
    check("}", "[[a/page#Usage]]");
    check("}}", "[[a/page#Notes]]");
    check("}}}", "[[a/page#Notes#Usage]]");
    check("}}}}", "[[a/page#C and more]]");
}

#[test]
fn copies_the_block_that_the_reader_means() {
    let text = format!(
        "```sh\n{}\n```\n\nBetween.\n\n```py\nwhole\n```\n\n| a | b |\n|---|---|\n| [[x]] | 2 |\n\n\
         | c | d |\n|---|---|\n| [[y]] | 4<br>5 |\n",
        "half\n".repeat(12).trim_end()
    );
    let check = |keys: &str, expected: &str, said: &str| {
        let mut screen = Screen::new(60, 34, &[("page.md", &text)]);
        screen.keys(keys);
        assert_eq!(copied(&screen), expected, "{keys}");
        assert_eq!(screen.said().last().map(String::as_str), Some(said), "{keys}");
    };
    let half = "half\n".repeat(12);
    check("y c", half.trim_end(), "Copied 12 lines of bash");
    check("y t", "| a | b |\n|---|---|\n| [[x]] | 2 |", "Copied a table of 1 row as Markdown");
    check("y T", "a\tb\nx\t2", "Copied a table of 1 row, parted by tabs");
    check("<Tab> <Tab> y T", "c\td\ny\t4 5", "Copied a table of 1 row, parted by tabs");
    // The first block is no longer whole on the screen.
    let mut screen = Screen::new(60, 16, &[("page.md", &text)]);
    screen.keys("jjjjjjj y c");
    assert_eq!(copied(&screen), "whole", "{}", screen.text());
    let mut screen = Screen::new(60, 8, &[("page.md", &text)]);
    screen.keys("jj y c");
    assert_eq!(copied(&screen), half.trim_end(), "{}", screen.text());
}

#[test]
fn what_is_not_there_is_said() {
    let mut screen = screen("Text.\n");
    screen.keys("y t");
    screen.keys("y c");
    screen.keys("y l");
    assert_eq!(
        screen.said(),
        ["No table is in view", "No code block is in view", "No link is selected: Tab selects one"]
    );
}

// What holds for every page.

fn any_page() -> impl Strategy<Value = String> {
    let block = prop_oneof![
        4 => "[a-c ]{1,90}",
        1 => "[a-z]{3,9} \\*\\*[a-z]{1,5}\\*\\* `[a-z]{1,4}` \\[\\[[a-z]{1,6}\\]\\]",
        1 => "日本語の文[漢字]{1,40}",
        1 => "[a-z]{2,5}\\\\\n[a-z ]{2,50}",
        1 => "## [a-z]{1,12}",
        1 => "- [a-z ]{1,80}\n- [a-z]{1,5}\n  - [a-z]{1,5}",
        1 => "> [a-z ]{1,90}",
        1 => "```\n[a-z\t ]{0,70}\n\n[a-z]{0,9}\n```",
        1 => "\\| [a-z]{1,5} \\| [a-z]{1,5} \\|\n\\|---\\|---\\|\n\\| [a-z ]{1,60} \\| [a-z]{1,5} \\|",
        1 => Just("---".to_owned()),
    ];
    proptest::collection::vec(block, 1..9).prop_map(|blocks| blocks.join("\n\n"))
}

fn any_keys() -> impl Strategy<Value = String> {
    let keys = "hjklwbe0^${}Gdu";
    let key = proptest::sample::select(keys.chars().map(String::from).collect::<Vec<_>>());
    let other = proptest::sample::select(vec![
        "g g", "<Space>", "o", "<PgUp>", "<Left>", "<Right>", "<Up>", "<Down>",
    ]);
    let any = prop_oneof![6 => key, 2 => other.prop_map(str::to_owned)];
    proptest::collection::vec(any, 0..12).prop_map(|keys| keys.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    /// What is copied is the slice of the page's text between the two ends: but for the white space between
    /// blocks and cells and for the marks of lists, of which the pages here have no signs in their text.
    #[test]
    fn what_is_copied_is_the_slice_of_the_text(
        page in any_page(),
        before in any_keys(),
        keys in any_keys(),
        size in (24..90_u16, 8..40_u16),
    ) {
        let mut screen = Screen::new(size.0, size.1, &[("page.md", &page)]);
        screen.keys("v").keys(&before).keys("v v").keys(&keys);
        let open = screen.model.reader.open.as_ref().expect("a page is open");
        prop_assume!(open.selection.is_some());
        let range = open.selection.as_ref().map(|selection| selection.range(open)).expect("selecting");
        let mut slice = String::new();
        let texts = open.layout.texts();
        let all = std::iter::successors(texts.first(), |(place, _)| texts.after(*place));
        for (start, text) in all {
            let at = |offset: usize| TextPlace { offset: u32::try_from(offset).expect("short"), ..start };
            let inside = |(offset, _): &(usize, char)| range.contains(&at(*offset));
            slice.extend(text.char_indices().filter(inside).map(|(_, c)| c));
        }
        screen.keys("y");
        let solid = |text: &str| text.replace([' ', '\t', '\n', '-'], "");
        prop_assert_eq!(solid(&copied(&screen)), solid(&slice));
    }

    /// The cursor stands on text that is on the screen, whatever the keys; Esc gives everything back.
    #[test]
    fn the_cursor_stays_on_the_page_and_escape_gives_the_place_back(
        page in any_page(),
        before in any_keys(),
        keys in any_keys(),
        size in (24..90_u16, 8..40_u16),
    ) {
        let mut screen = Screen::new(size.0, size.1, &[("page.md", &page)]);
        let scrolls: String = before.chars().filter(|c| "jkduG{}".contains(*c)).collect();
        screen.keys(&scrolls);
        // What was said about the way here goes with the next key.
        screen.keys("<Ctrl-L>");
        let earlier = state(&screen);
        screen.keys("v");
        prop_assume!(screen.model.reader.open.as_ref().is_some_and(|open| open.selection.is_some()));
        for key in keys.split(' ').filter(|key| !key.is_empty()) {
            screen.keys(key);
            if key != "g" {
                prop_assert!(screen.cursor.is_some(), "{} of {:?}:\n{}", key, page, screen.text());
            }
        }
        screen.keys("<Esc>");
        prop_assert_eq!(state(&screen), earlier);
    }
}
