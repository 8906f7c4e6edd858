//! Folding as a reader sees it: keys and clicks in, frames out.

use crate::screen::Screen;
use kenning::layout::Anchor;
use kenning::text::role::Role;
use proptest::prelude::*;

const PAGE: &str = "\
---
tags: [sea]
a: 1
b: 2
c: 3
d: 4
e: 5
---
# The gauge

It stands in the water, see [[far]].

## Reading

Twice a day.

### By hand

With [[ada]] in the boat.
And a lantern.

### By wire

```python
import gauge
def read():
    first = gauge.level()
    gauge.wait(10)
    second = gauge.level()
    if first == second:
        return first
    return None
def write(level):
    with gauge.book() as book:
        book.add(level)
        book.close()
```

## Faults

> [!warning]- When it lies, see [[ada]]
> The connector is wet, see [[bo]].
>
> > [!tip]+ Dry it
> > With a cloth.

> [!note] Plain
> It has no sign.

<details>
<summary>The oldest fault</summary>

Salt, says [[bo]].

</details>

## End

The last word, with a note.[^1] Far away: [[ada#By hand]].

[^1]: The note.
";

const ADA: &str =
    "# Ada\n\n## By hand\n\nLong ago.\n\n## Now\n\n[[gauge#By wire]] and [[gauge#Faults]].\n";

fn screen(columns: u16, rows: u16) -> Screen {
    Screen::new(columns, rows, &pages())
}

fn pages() -> Vec<(&'static str, &'static str)> {
    vec![("gauge.md", PAGE), ("ada.md", ADA), ("bo.md", "# Bo\n\nSee [[gauge]].\n")]
}

/// The heading, title or other line that the page starts with on the screen.
fn top(screen: &Screen) -> String {
    let first = if screen.row(0).contains('│') || !screen.row(1).is_empty() { 1 } else { 2 };
    (first..40).map(|row| screen.row(row)).find(|row| !row.is_empty()).unwrap_or_default()
}

/// The page's rows on a screen without tree and outline.
fn narrow(rows: u16) -> Screen {
    Screen::new(40, rows, &pages())
}

#[test]
fn callouts_and_details_start_as_their_writer_says() {
    let mut screen = screen(64, 64);
    insta::assert_snapshot!("as_written", screen.frame());
    screen.keys("z R");
    insta::assert_snapshot!("all_unfolded", screen.frame());
}

#[test]
fn headings_fold_to_a_level() {
    let mut screen = screen(130, 34);
    screen.keys("z M");
    insta::assert_snapshot!("headings_folded", screen.frame());
    insta::assert_snapshot!("headings_folded_roles", screen.roles());
    screen.keys("z 3");
    insta::assert_snapshot!("folded_to_level_3", screen.frame());
    screen.keys("z 1");
    assert!(screen.text().contains("▸ The gauge  … 5 sections"), "{}", screen.text());
    assert!(!screen.text().contains("It stands"));
}

#[test]
fn folds_are_plain_in_ascii_and_find_room_in_narrow_places() {
    let mut screen = narrow(24);
    screen.model.themes.ascii = true;
    screen.keys("z 3 } }");
    insta::assert_snapshot!("ascii", screen.frame());
    screen.resize(24, 30);
    insta::assert_snapshot!("ascii_24", screen.frame());
}

#[test]
fn folding_what_one_is_inside_puts_its_line_at_the_top() {
    let mut screen = narrow(12);
    screen.keys("} j j");
    assert!(top(&screen).contains("Twice a day."), "{}", screen.text());
    screen.keys("z a");
    assert!(top(&screen).contains("▸ Reading  … 2 sections"), "{}", screen.text());
    // Again the folded line is what one is in.
    screen.keys("z a");
    assert!(top(&screen).contains("Reading"), "{}", screen.text());
    assert!(screen.text().contains("Twice a day."));
}

#[test]
fn the_innermost_fold_at_the_first_text_is_folded() {
    let check = |keys: &str, folded: &str| {
        let mut screen = narrow(14);
        screen.keys(keys).keys("z a");
        assert!(screen.text().contains(folded), "{keys}\n{}", screen.text());
    };
    check("", "▸ The gauge  … 5 sections");
    check("} } }", "▸ By wire  … 12 lines");
    check("} } } j", "▸ import gauge");
    check("} } } } j j", "▾ ▲ When it lies");
    // The selected stop goes before.
    check("} } } } <Tab>", "▾ ▲ When it lies");
}

#[test]
fn a_page_without_anything_to_fold_says_so() {
    let mut screen = Screen::new(40, 12, &[("a.md", "Only text.\n")]);
    screen.keys("z M z a");
    assert_eq!(screen.said(), ["Nothing on this page can be folded", "Nothing to fold here"]);
}

#[test]
fn tab_stops_at_signs_and_skips_what_is_hidden() {
    let mut screen = narrow(40);
    screen.keys("} } } } <Tab>");
    assert_eq!(screen.role_on("▸ ▲"), Role::LinkSelected);
    assert!(screen.row(38).contains("unfold this"), "{}", screen.text());
    // The link of its title comes next, then the details: what is folded has no stops.
    screen.keys("<Tab>");
    assert!(screen.row(38).contains("ada.md"), "{}", screen.text());
    screen.keys("<Tab>");
    assert_eq!(screen.role_on("▸ The oldest"), Role::LinkSelected);
    screen.keys("<Enter>");
    assert!(screen.text().contains("Salt, says bo."));
    assert!(screen.text().contains("▾ The oldest fault"));
    screen.keys("<Tab>");
    assert!(screen.row(38).contains("bo.md"), "{}", screen.text());
    screen.keys("<Shift-Tab> <Enter> <Shift-Tab>");
    assert!(!screen.text().contains("Salt"));
    assert!(screen.row(38).contains("ada.md"), "{}", screen.text());
}

#[test]
fn signs_are_pressed_with_the_mouse() {
    let mut screen = screen(64, 64);
    screen.click_on("▸ ▲");
    assert!(screen.text().contains("The connector is wet"));
    // The words of such a title press it, too; a link in it is a link.
    screen.click_on("When it lies");
    assert!(!screen.text().contains("The connector is wet"));
    screen.keys("z 3").click_on("▸ By wire");
    assert!(screen.text().contains("import gauge"));
    screen.resize(64, 14);
    screen.keys("} } } j z a");
    assert!(!screen.text().contains("gauge.wait"));
    screen.click_on("… 11 lines");
    assert!(screen.text().contains("gauge.wait"));
}

#[test]
fn letters_fold_what_is_in_sight() {
    let mut screen = narrow(40);
    screen.keys("} } } } z f");
    insta::assert_snapshot!("letters", screen.frame());
    let labels = screen.model.labels.as_ref().expect("letters are shown");
    let label = labels.targets.iter().find(|target| {
        let fold =
            |head| screen.model.reader.open.as_ref()?.layout.options().folds.at(head).copied();
        matches!(target.hit, kenning::app::Hit::Fold(head)
            if fold(head).is_some_and(|fold| fold.kind == kenning::layout::FoldKind::Details))
    });
    let label = label.expect("the details have a letter").label.clone();
    screen.keys(&label);
    assert!(screen.text().contains("Salt, says bo."), "{}", screen.text());
    let mut screen = Screen::new(40, 12, &[("a.md", "Only text.\n")]);
    screen.keys("z f");
    assert_eq!(screen.said(), ["Nothing in sight can be folded"]);
}

#[test]
fn finding_opens_what_hides_a_match_and_leaving_closes_it_again() {
    let mut screen = narrow(16);
    screen.keys("z M / lantern");
    assert!(screen.text().contains("And a lantern."), "{}", screen.text());
    screen.keys("<Esc>");
    assert!(!screen.text().contains("And a lantern."));
    assert!(screen.text().contains("▸ Reading"));
    screen.keys("/ close() <Enter>");
    assert!(screen.text().contains("book.close()"));
    // Only what was in the way was opened.
    screen.keys("} ");
    assert!(screen.text().contains("▸ Faults"), "{}", screen.text());
    screen.keys("g g z M n");
    assert!(screen.text().contains("book.close()"));
}

#[test]
fn jumps_open_what_is_in_their_way() {
    // By the outline.
    let mut screen = narrow(16);
    screen.keys("z M o G k <Enter>");
    assert!(top(&screen).contains("Faults"), "{}", screen.text());
    assert!(screen.text().contains("Plain"));
    // By a link's fragment, from another page.
    let mut screen = Screen::new(60, 16, &pages());
    screen.keys("z M");
    screen.open("ada.md");
    screen.keys("<Tab> <Enter>");
    assert!(screen.text().contains("import gauge"), "{}", screen.text());
    // By the place of a backlink.
    let mut screen = Screen::new(60, 30, &pages());
    screen.keys("z M");
    screen.open("bo.md");
    screen.keys("i <Enter>");
    assert!(screen.text().contains("The connector is wet, see bo."), "{}", screen.text());
    // From a footnote to its reference.
    let mut screen = narrow(50);
    screen.keys("z M").click_on("¹ The note.");
    assert!(screen.text().contains("The last word"), "{}", screen.text());
}

#[test]
fn folds_are_as_they_were_left() {
    let mut screen = Screen::new(60, 40, &pages());
    screen.keys("z M").click_on("▸ Reading");
    let before = screen.frame();
    screen.open("bo.md");
    screen.keys("z M <Backspace>");
    assert_eq!(screen.frame(), before);
    // After an edit elsewhere: by their names, not by their numbers.
    let more = PAGE.replace("## Reading", "## Before\n\nNew.\n\n> [!note]- New\n> x\n\n## Reading");
    screen.write("gauge.md", &more);
    let text = screen.text();
    assert!(text.contains("New.") && text.contains("Twice a day."), "{text}");
    assert!(text.contains("▸ By hand") && text.contains("▸ Faults"), "{text}");
    // Over a restart.
    let memory = kenning::app::reader::folds::memory(&screen.model);
    let kept = serde_json::to_string(&memory).expect("it can be written");
    assert!(!kept.contains("Reading"), "what is kept tells nothing of the page: {kept}");
    let pages = [("gauge.md", more.as_str())];
    let mut again = Screen::unread(60, 40, &pages);
    again.model.reader.folds = serde_json::from_str(&kept).expect("it can be read");
    again.open("gauge.md");
    assert!(again.text().contains("Twice a day.") && again.text().contains("▸ Faults"));
    // What is as its writer has it is not kept.
    again.keys("z R z a z a");
    again.resize(60, 90);
    again.keys("P").click_on("▾ ▲").click_on("▾ The oldest");
    let memory = kenning::app::reader::folds::memory(&again.model);
    let left = serde_json::to_string(&memory).expect("it can be written");
    assert!(left.len() < 120, "{left}");
}

#[test]
fn the_properties_of_each_page_are_as_they_were_left() {
    let mut screen = Screen::new(60, 40, &pages());
    screen.keys("P");
    assert!(screen.text().contains("e  5"));
    screen.open("bo.md");
    screen.keys("<Backspace>");
    assert!(screen.text().contains("e  5"));
    screen.keys("P");
    assert!(!screen.text().contains("e  5"));
}

#[test]
fn the_outline_marks_what_is_folded() {
    let mut screen = Screen::new(140, 30, &pages());
    screen.keys("z M");
    let rows: Vec<String> = (0..30).map(|row| screen.row(row)).collect();
    assert!(rows.iter().any(|row| row.ends_with("Faults ▸")), "{}", screen.text());
    assert!(!rows.iter().any(|row| row.ends_with("The gauge ▸")));
}

#[test]
fn what_is_folded_costs_nothing() {
    use std::fmt::Write as _;
    let mut text = String::from("# Many\n\n");
    for n in 0..3_000 {
        let _ = write!(text, "## Section {n}\n\nText {n}.\n\nMore.\n\n");
    }
    let mut screen = Screen::new(60, 30, &[("many.md", &text)]);
    let laid =
        |screen: &Screen| screen.model.reader.open.as_ref().map(|open| open.layout.laid_out());
    let before = laid(&screen).unwrap_or_default();
    screen.keys("z M");
    for _ in 0..20 {
        screen.keys("j");
    }
    let cost = laid(&screen).unwrap_or_default() - before;
    assert!(cost < 200, "{cost} slots were laid out");
    screen.keys("G");
    assert!(screen.text().contains("▸ Section 2999  … 2 lines"), "{}", screen.text());
}

/// A context for looking at a page's lines from outside.
struct Plain;

impl kenning::layout::Context for Plain {
    fn link(&self, _: u32) -> kenning::layout::LinkLook {
        kenning::layout::LinkLook::Page
    }

    fn code(&self, _: u32) -> Option<&[kenning::code::LineRoles]> {
        None
    }
}

/// Every line of the open page.
fn lines(screen: &mut Screen) -> Vec<String> {
    let open = screen.model.reader.open.as_mut().expect("a page is open");
    let mut lines = Vec::new();
    let done: Result<(), ()> = kenning::layout::show(&mut open.layout, &Plain, |line| {
        lines.push(line.text());
        Ok(())
    });
    done.expect("nothing here fails");
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_folded_the_reader_stands_on_a_line_that_is_shown(
        steps in prop::collection::vec(0_usize..26, 1..24),
    ) {
        const KEYS: [&str; 22] = [
            "z a", "z a", "z M", "z R", "z 1", "z 2", "z 3", "z 6", "j", "k", "d", "u", "G", "g g",
            "}", "{", "<Tab>", "<Tab>", "<Shift-Tab>", "P", "/ salt <Enter>", "n",
        ];
        let mut screen = Screen::new(60, 14, &pages());
        screen.keys("z R");
        let all = lines(&mut screen);
        screen.keys("P").click_on("The gauge");
        for step in steps {
            match KEYS.get(step) {
                Some(keys) => {
                    screen.keys(keys);
                }
                None => screen.resize([60, 24, 41, 90][step - KEYS.len()], [14, 9, 40, 8][step - KEYS.len()]),
            }
            let open = screen.model.reader.open.as_mut().expect("a page is open");
            let (anchor, selected) = (open.anchor, open.selected);
            let row = open.layout.position(anchor).0;
            prop_assert_eq!(open.layout.anchor_of_row(&Plain, row), anchor, "on a line");
            if let Some(nth) = selected {
                prop_assert!(!open.layout.hides_stop(nth), "a fold hides what is selected");
            }
            prop_assert!(anchor == Anchor::default() || row > 0);
        }
        screen.resize(60, 14);
        screen.keys("z R");
        prop_assert_eq!(lines(&mut screen), all);
    }
}

#[test]
fn folds_stay_when_an_embed_comes_into_the_page() {
    let page = "# Host\n\n## Before\n\n![[ada]]\n\n## After\n\nText.\n\n> [!tip]- Tip\n> Seen.\n";
    let mut screen = Screen::new(60, 40, &[("host.md", page), ("ada.md", "# Ada\n\nLong ago.\n")]);
    assert!(screen.text().contains("Long ago."), "{}", screen.text());
    screen.keys("z M").click_on("▸ Before");
    screen.write("ada.md", "# Ada\n\nLong ago.\n\n## More\n\nEven longer ago.\n");
    let text = screen.text();
    assert!(text.contains("▸ After") && !text.contains("▸ Before"), "{text}");
    assert!(text.contains("Even longer ago."), "{text}");
}

#[test]
fn what_is_folded_is_a_stop_that_enter_opens_and_folds_again() {
    let text = "# Gauge\n\nSee [[one]].\n\n## Hand\n\nSee [[two]].\n\n## Wire\n\n[[three]]\n";
    let mut screen = Screen::new(60, 24, &[("page.md", text)]);
    let footer = |screen: &Screen| screen.text().lines().rev().nth(1).unwrap_or("").to_owned();
    // While nothing is folded headings are passed over.
    screen.keys("<Tab> <Tab> <Tab>");
    assert!(footer(&screen).contains("three"), "{}", screen.text());
    screen.keys("g g z M <Tab>");
    assert!(screen.find("two").is_none(), "{}", screen.text());
    screen.keys("<Tab>");
    assert!(footer(&screen).contains("unfold this"), "{}", screen.text());
    insta::assert_snapshot!(
        "a_folded_heading_is_selected",
        format!("{}\n{}", screen.frame(), screen.roles())
    );
    screen.keys("<Enter>");
    assert!(footer(&screen).contains("fold this"), "{}", screen.text());
    // What it held comes next, and from there the heading is passed over.
    screen.keys("<Tab>");
    assert!(footer(&screen).contains("two"), "{}", screen.text());
    screen.keys("<Tab>");
    assert!(footer(&screen).contains("unfold this"), "{}", screen.text());
    screen.keys("<S-Tab> <S-Tab>");
    assert!(footer(&screen).contains("one"), "{}", screen.text());
    // Pressed twice it is as it was.
    screen.keys("<Tab> <Tab>");
    let before = screen.frame();
    screen.keys("<Enter> <Enter>");
    assert_eq!(screen.frame(), before);
}

#[test]
fn folded_code_is_a_stop_too() {
    let code = "line\n".repeat(40);
    let mut screen = Screen::new(60, 24, &[("page.md", &format!("```\n{code}```\n\n[[a]]\n"))]);
    screen.keys("z a");
    assert!(screen.find("39 lines").is_some(), "{}", screen.text());
    screen.keys("<Tab> <Enter>");
    assert!(screen.find("39 lines").is_none(), "{}", screen.text());
    screen.keys("<Enter>");
    assert!(screen.find("39 lines").is_some(), "{}", screen.text());
}

#[test]
fn a_peek_folds_what_it_shows_and_leaves_the_page_as_it_is() {
    let pages = [("page.md", "# Page\n\n## Own\n\nText of [[ada]].\n"), ("ada.md", ADA)];
    let mut screen = Screen::new(80, 30, &pages);
    screen.keys("<Tab> p");
    assert!(screen.find("Long ago").is_some(), "{}", screen.text());
    screen.keys("z M");
    insta::assert_snapshot!("folded_in_a_peek", screen.frame());
    screen.keys("<Tab> <Enter>");
    assert!(screen.find("Long ago").is_some(), "{}", screen.text());
    screen.keys("z R <Esc>");
    assert!(screen.find("Text of").is_some(), "{}", screen.text());
}

#[test]
fn a_peek_copies_from_what_it_shows() {
    let text = "# Harbour\n\n## Code\n\n```sh\nlevel\n```\n\nSee [[page]].\n";
    let pages = [("page.md", "# Page\n\n`#` of #tide and [[harbour]].\n"), ("harbour.md", text)];
    let check = |keys: &str, expected: &str| {
        let mut screen = Screen::new(80, 40, &pages);
        screen.keys("<Tab> <Tab> p").keys(keys);
        let copied = screen.done.iter().rev().find_map(|effect| match effect {
            kenning::app::Effect::Copy(text) => Some(text.as_str()),
            _ => None,
        });
        assert_eq!(copied, Some(expected), "{keys}");
    };
    check("y y", "[[harbour]]");
    check("y c", "level");
    check("<Tab> y l", "page.md");
    check("y p", text);
    let mut screen = Screen::new(80, 40, &pages);
    screen.keys("<Tab> p y y");
    assert_eq!(screen.said(), ["This is no page: there is no link to it"]);
}
