//! Pages that were pasted without their marks, as their reader sees them; and the source of any page.

use crate::screen::{Screen, page_path};
use kenning::app::reader::{Address, Goal, OpenPage};
use kenning::app::{Effect, reader};
use kenning::text::role::Role;

const PASTED: &str = "\
Reading the gauge
A gauge says how high the sea stands, and it says so every minute of the day.
The first reading
Every reading is a number of millimetres, as [[zero|the zero]] of the gauge has it.
from gauge import Gauge
gauge = Gauge(\"/dev/ttyUSB0\")
def read(gauge):
height = gauge.height()
if height is None:
raise ValueError(\"no height\")
return heightAfter the storm
The sea is quiet again, and the readings can be compared with those of the other stations.
import json
with open(\"storm.json\") as file:
readings = json.load(file)
print(len(readings))
| Station | Height |
| --- | --- |
Old Pier | 412 |
Lomvi | 398 |
";

const ZERO: &str = "\
# The zero

Where counting starts. See [[pasted#After the storm]] and [[pasted]].

- one
- two

A long line of the source that is much wider than a small screen and goes on and on to its very end.
";

fn screen(columns: u16, rows: u16) -> Screen {
    Screen::new(columns, rows, &[("pasted.md", PASTED), ("zero.md", ZERO)])
}

fn edits(screen: &Screen) -> Vec<u32> {
    let line = |effect: &Effect| match effect {
        Effect::Edit { line, .. } => Some(*line),
        _ => None,
    };
    screen.done.iter().filter_map(line).collect()
}

#[test]
fn a_pasted_page_shows_its_structure_and_says_so() {
    let screen = screen(90, 46);
    assert_eq!(screen.role_on("shown as recovered"), Role::Quiet);
    insta::assert_snapshot!(screen.frame());
}

#[test]
fn one_key_shows_the_source_and_the_page_again() {
    let mut screen = screen(90, 30);
    let page = screen.frame();
    screen.keys("S");
    insta::assert_snapshot!(screen.frame());
    screen.keys("S");
    assert_eq!(screen.frame(), page);
}

#[test]
fn the_place_is_kept_from_face_to_face() {
    for words in ["storm.json", "The sea is quiet", "height is None", "Lomvi"] {
        let mut screen = screen(60, 8);
        screen.keys("/").keys(&words.replace(' ', " <Space> ")).keys("<Enter>");
        assert!(screen.find(words).is_some(), "{words}\n{}", screen.frame());
        screen.keys("S");
        assert!(screen.find(words).is_some(), "{words} in the source\n{}", screen.frame());
        screen.keys("S");
        assert!(screen.find(words).is_some(), "{words} again\n{}", screen.frame());
    }
}

#[test]
fn the_editor_opens_the_file_at_the_line_in_view() {
    let mut screen = screen(60, 8);
    screen.keys("}");
    assert!(screen.row(1).contains("The first reading"), "{}", screen.frame());
    screen.keys("e }");
    assert!(screen.row(1).contains("After the storm"), "{}", screen.frame());
    screen.keys("e S e S");
    // The second heading was glued to the code before it: both are line 11.
    assert_eq!(edits(&screen), [3, 11, 11]);
}

#[test]
fn links_headings_and_backlinks_of_a_recovered_page_lead_to_their_place() {
    let mut screen = screen(60, 10);
    screen.open("zero.md");
    screen.keys("<Tab> <Enter>");
    assert!(screen.row(1).contains("After the storm"), "{}", screen.frame());
    assert_eq!(screen.said(), Vec::<String>::new());
    // Backlinks of the other page stand where its source has them.
    screen.open("zero.md");
    screen.keys("i <Enter>");
    assert!(screen.find("the zero of").is_some(), "{}", screen.frame());
}

#[test]
fn a_hit_of_the_search_is_shown_where_the_page_has_it() {
    let mut screen = screen(60, 10);
    screen.open("zero.md");
    screen.keys("s storm.json <Enter>");
    assert!(screen.find("with open(\"storm.json\")").is_some(), "{}", screen.frame());
    // From the source the way leads to the page again.
    screen.keys("S s <Ctrl-U> storm.json <Enter>");
    assert!(screen.find("    readings = json.load(file)").is_some(), "{}", screen.frame());
    assert!(!screen.model.reader.open.as_ref().is_some_and(OpenPage::is_source));
}

#[test]
fn history_leads_back_to_the_face_that_was_left() {
    let mut screen = screen(60, 10);
    screen.keys("S j j j j");
    let left = screen.place();
    screen.open("zero.md");
    screen.keys("<Backspace>");
    assert_eq!(screen.place(), left);
    assert!(screen.row(3).starts_with("    A gauge says how high the sea"), "{}", screen.frame());
}

#[test]
fn an_edit_is_seen_in_either_face() {
    let mut screen = screen(60, 12);
    screen.keys("S");
    screen.write("pasted.md", &PASTED.replace("A gauge says", "A good gauge says"));
    assert!(screen.find("  A good gauge says").is_some(), "{}", screen.frame());
    screen.keys("S");
    assert!(screen.find("A good gauge says").is_some(), "{}", screen.frame());
}

#[test]
fn a_healthy_page_shows_its_source_too() {
    let mut screen = screen(60, 24);
    screen.open("zero.md");
    screen.keys("S");
    insta::assert_snapshot!(screen.frame());
    assert_eq!(screen.role_on("# The zero"), Role::CodeKeyword);
}

#[test]
fn what_has_no_file_has_no_source() {
    let mut screen = screen(60, 24);
    let nobody = Address::Missing { target: "nobody".to_owned(), from: page_path("zero.md") };
    let mut effects = Vec::new();
    reader::open(&mut screen.model, nobody, Goal::Top, &mut effects);
    screen.keys("S");
    assert_eq!(screen.said(), ["There is no file behind this page"]);
}

#[test]
fn a_copied_block_is_the_one_that_is_seen() {
    let copied = |screen: &Screen| match screen.done.last() {
        Some(Effect::Copy(text)) => text.clone(),
        other => panic!("nothing was copied but {other:?}"),
    };
    let mut screen = screen(60, 10);
    screen.keys("} y s");
    assert_eq!(copied(&screen), "## The first reading");
    screen.keys("S y p");
    assert_eq!(copied(&screen), PASTED);
}

#[test]
fn the_preview_beside_the_finder_is_recovered_too() {
    let mut screen = screen(120, 20);
    screen.open("zero.md");
    screen.keys("<Ctrl-P> pasted");
    insta::assert_snapshot!(screen.frame());
}

#[test]
fn no_sign_of_the_programs_own_is_beyond_ascii_where_that_is_asked_for() {
    let long =
        "A name that is much too long for any list on a screen that is as narrow as this one is";
    let page = format!(
        "---\n{long}: [[x]]\n---\n# {long}\n\nSee [[{long}]] and ![](/{long}/{long}/{long}.png).\n\n\
         ```python\n{long}\n```\n\n| {long} | b |\n|---|---|\n| c | {long} |\n\n> [!tip]\n> - [ ] {long}\n"
    );
    let other = format!("# Other\n\n{long} [[{long}]], {long}, {long} and the words.\n");
    let name = format!("{long}.md");
    for (columns, rows) in [(120, 30), (40, 12)] {
        let pages = [(name.as_str(), page.as_str()), ("other.md", other.as_str())];
        let mut screen = Screen::new(columns, rows, &pages);
        screen.model.themes.ascii = true;
        let views = [
            "",
            "<Ctrl-P> name",
            "<Esc> <Esc> s the <Space> words",
            "<Esc> <Esc> w",
            "o",
            "t",
            "<Esc> ?",
            "<Esc> :",
            "<Esc> S",
            "S <Tab>",
            "i <Tab>",
            "/ words",
        ];
        for keys in views {
            screen.keys(keys);
            screen.resize(columns, rows);
            assert!(screen.text().is_ascii(), "{keys}\n{}", screen.text());
        }
    }
}

#[test]
fn a_source_on_a_narrow_screen_loses_nothing() {
    let mut screen = screen(40, 24);
    screen.open("zero.md");
    screen.keys("S");
    insta::assert_snapshot!(screen.frame());
    assert!(!screen.text().contains('…'), "{}", screen.frame());
}

#[test]
fn a_pasted_page_is_embedded_as_recovered_and_embeds_outlive_a_look_at_the_source() {
    let host = "# Host\n\n![[pasted#The first reading]]\n\nThe end.\n";
    let mut screen = Screen::new(80, 30, &[("host.md", host), ("pasted.md", PASTED)]);
    let page = screen.frame();
    assert!(page.contains("return height") && !page.contains("heightAfter"), "{page}");
    screen.keys("S");
    assert!(screen.find("![[pasted#The first reading]]").is_some(), "{}", screen.frame());
    screen.keys("S");
    assert_eq!(screen.frame(), page);
}
