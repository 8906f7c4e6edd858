//! The neighbourhood of a page, and how two pages are connected.

use std::fmt::Write as _;
use std::process::Command;

use kenning::app::model::Focus;
use kenning::app::{Effect, Msg, Overlay, filter};

use crate::screen::Screen;

/// A harbour: `gauge` is linked both ways with Ada, links to the sea, is linked from two nights; Bo stands two
/// steps away; the island hangs together with nothing.
const PAGES: &[(&str, &str)] = &[
    (
        "topics/gauge.md",
        "# The gauge\n\nIt was built by [[ada]] for the [[sea]].\n\n\
         It is *old*.\n\nA line.\n\nA line.\n\nA line.\n\nA line.\n\nA line.\n\nThe end.\n",
    ),
    ("people/ada.md", "# Ada\n\nShe keeps the [[gauge]] dry.\n\nAnd knows [[bo]].\n"),
    ("people/bo.md", "# Bo\n\nHe rows to the [[sea]].\n"),
    ("topics/sea.md", "# The sea\n\nIt is wet. #water\n"),
    ("episodes/night.md", "# The long night\n\nThat night the [[gauge|old gauge]] stood still.\n"),
    ("episodes/day.md", "# The day after\n\nBy day the [[gauge]] went on.\n"),
    ("island.md", "# Island\n\nSee [[lighthouse]].\n"),
    ("lighthouse.md", "# Lighthouse\n"),
];

fn screen(columns: u16, rows: u16) -> Screen {
    Screen::new(columns, rows, PAGES)
}

fn is_open(screen: &Screen) -> bool {
    matches!(screen.model.overlays.last(), Some(Overlay::Neighbourhood(_)))
}

/// The title of the selected page.
fn selected(screen: &Screen) -> &str {
    let Some(Overlay::Neighbourhood(around)) = screen.model.overlays.last() else { return "" };
    &around.around.nodes[around.selected].title
}

/// A page that 300 others link to.
fn hub() -> Vec<(String, String)> {
    let mut pages = vec![("hub.md".to_owned(), "# Hub\n\n[[page 7]]\n".to_owned())];
    for nth in 0..300 {
        let more = if nth > 0 { format!(" [[page {}]]", nth - 1) } else { String::new() };
        pages.push((format!("page {nth}.md"), format!("# Page number {nth}\n\n[[hub]]{more}\n")));
    }
    pages
}

fn hub_screen(columns: u16, rows: u16) -> Screen {
    let pages = hub();
    let pages: Vec<(&str, &str)> =
        pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Screen::new(columns, rows, &pages)
}

#[test]
fn the_page_stands_in_the_middle_with_its_neighbours_around() {
    let mut screen = screen(100, 24);
    screen.keys("g");
    insta::assert_snapshot!("neighbourhood", screen.frame());
    screen.keys("l 2");
    insta::assert_snapshot!("neighbourhood_two_steps", screen.frame());
    screen.model.themes.ascii = true;
    screen.keys("3");
    insta::assert_snapshot!("neighbourhood_ascii", screen.frame());
}

#[test]
fn it_is_drawn_the_same_way_each_time() {
    let drawn = |keys: &str| {
        let mut screen = hub_screen(120, 40);
        screen.keys(keys);
        screen.frame()
    };
    for keys in ["g 1", "g 2", "g 3"] {
        assert_eq!(drawn(keys), drawn(keys));
    }
    assert_eq!(drawn("g 3 1 l"), drawn("g l"));
}

#[test]
fn small_screens_show_an_indented_tree() {
    let mut small = screen(40, 12);
    small.keys("g 2 j");
    insta::assert_snapshot!("neighbourhood_tree", small.frame());
    small.keys("t");
    assert_eq!(small.said(), ["This screen is too small to draw it"]);
    let mut large = screen(100, 24);
    large.keys("g 2 t j");
    assert_eq!(selected(&large), selected(&small));
    large.keys("t");
    assert_eq!(selected(&large), selected(&small));
    assert!(large.text().contains('⠤'), "{}", large.text());
}

#[test]
fn the_sentences_behind_a_link_are_quoted_in_both_directions() {
    let mut screen = screen(100, 24);
    screen.keys("g h");
    let at = |screen: &Screen, row: u16| screen.row(row).trim().to_owned();
    screen.keys("f");
    screen.keys("<Esc>");
    while selected(&screen) != "Ada" {
        screen.keys("<Tab>");
    }
    assert_eq!(at(&screen, 20), "@ Ada links to and is linked from # The gauge");
    assert_eq!(at(&screen, 21), "The gauge, line 3: It was built by ada for the sea.");
    assert_eq!(at(&screen, 22), "Ada, line 3: She keeps the gauge dry.");
}

#[test]
fn one_walks_opens_and_goes_back_to_the_page_that_was_in_the_middle() {
    let mut screen = screen(100, 24);
    screen.keys("g");
    assert_eq!(selected(&screen), "The gauge");
    let mut seen = vec![selected(&screen).to_owned()];
    screen.keys("<Tab>");
    while selected(&screen) != "The gauge" {
        seen.push(selected(&screen).to_owned());
        screen.keys("<Tab>");
    }
    assert_eq!(seen, ["The gauge", "The day after", "The long night", "Ada", "The sea"]);
    screen.keys("l");
    assert_eq!(selected(&screen), "Ada");
    screen.keys("h");
    assert_eq!(selected(&screen), "The gauge");
    screen.keys("h k");
    assert_eq!(selected(&screen), "The day after");
    screen.keys("l l j");
    assert_eq!(selected(&screen), "The sea");
    screen.keys("<Space>");
    assert_eq!((selected(&screen), screen.row(0).contains("The sea")), ("The sea", true));
    screen.keys("<Backspace>");
    assert_eq!((selected(&screen), screen.row(0).contains("The gauge")), ("The sea", true));
    screen.keys("<Backspace>");
    assert_eq!(screen.said(), ["This is where you began: Esc goes back to the page"]);
    screen.keys("<Enter>");
    assert_eq!((screen.place().0.as_str(), screen.model.focus), ("topics/sea.md", Focus::Page));
    assert!(screen.model.overlays.is_empty());
    screen.keys("<Backspace>");
    assert_eq!(screen.place().0, "topics/gauge.md");
}

#[test]
fn g_g_still_goes_to_the_beginning() {
    let mut screen = screen(60, 8);
    screen.keys("<Home>");
    let start = screen.place().1;
    screen.keys("G");
    let end = screen.place().1;
    assert_ne!(end, start);
    screen.keys("g");
    assert!(is_open(&screen) && screen.place().1 == end);
    // Once one has moved there, the key only closes what it opened.
    screen.keys("<Tab> g");
    assert!(!is_open(&screen) && screen.place().1 == end);
    screen.keys("g <Esc>");
    assert!(!is_open(&screen) && screen.place().1 == end);
    screen.keys("g g");
    assert!(!is_open(&screen) && screen.model.pending.is_empty());
    assert_eq!(screen.place().1, start);
    screen.keys("w G g g");
    assert_eq!((screen.model.focus, screen.model.tree.list.at), (Focus::Sidebar, 0));
    screen.keys("<Esc> V G g");
    assert!(!is_open(&screen), "nothing is laid over a half-typed motion");
    screen.keys("g <Esc>");
}

#[test]
fn the_hint_tells_that_the_key_goes_on() {
    let mut screen = screen(100, 24);
    screen.keys("g");
    assert!(screen.row(23).contains("g top"), "{}", screen.row(23));
    screen.keys("<Tab>");
    assert!(!screen.row(23).contains("g top"), "{}", screen.row(23));
    screen.keys("?");
    let row = (0..24).map(|row| screen.row(row)).find(|row| row.contains("Neighbourhood"));
    assert!(row.is_some(), "{}", screen.text());
}

#[test]
fn of_a_hub_the_strongest_are_shown_and_the_rest_counted() {
    let mut screen = hub_screen(120, 40);
    screen.keys("g");
    assert!(screen.row(0).ends_with("1 step · 40 pages · +260 more"), "{}", screen.row(0));
    // The one that is linked both ways is among them.
    assert!(screen.text().contains("Page number 7\n"), "{}", screen.text());
    assert!(screen.text().contains("Linked from 300 pages, links to 1 page, 1 both ways."));
    for size in [(200, 60), (120, 40), (80, 24), (60, 16), (59, 16), (40, 12), (12, 4), (3, 2)] {
        screen.resize(size.0, size.1);
        for keys in ["1", "2", "3"] {
            screen.keys(keys);
            let Some(Overlay::Neighbourhood(around)) = screen.model.overlays.last() else {
                panic!("it stays open");
            };
            assert!(around.around.nodes.len() <= 1 + 3 * 400);
        }
    }
}

#[test]
fn the_filter_leaves_pages_out_and_says_so() {
    let mut screen = screen(100, 24);
    let mut effects = Vec::new();
    filter::set(&mut screen.model, "kind:topics", &mut effects);
    assert!(effects.is_empty());
    screen.keys("g");
    assert!(screen.row(0).ends_with("1 page · 3 do not meet kind:topics"), "{}", screen.row(0));
    assert!(!screen.text().contains("The long night"));
}

#[test]
fn the_mouse_selects_and_then_opens() {
    let mut screen = screen(100, 24);
    screen.keys("g");
    screen.click_on("The long night");
    assert_eq!(selected(&screen), "The long night");
    screen.click_on("The long night");
    assert_eq!(screen.place().0, "episodes/night.md");
    screen.keys("g");
    screen.send(Msg::Press(kenning::app::Hit::OutsideOverlay));
    assert!(!is_open(&screen));
}

#[test]
fn letters_open_and_peek() {
    let mut screen = screen(100, 24);
    screen.keys("g f");
    let labels = screen.model.labels.as_ref().expect("there are letters");
    assert_eq!(labels.targets.len(), 5);
    // The second letter belongs to the day after.
    screen.keys("s");
    assert_eq!(screen.place().0, "episodes/day.md");
    screen.keys("g f S");
    assert!(matches!(screen.model.overlays[..], [Overlay::Neighbourhood(_), Overlay::Peek(_)]));
    screen.keys("<Esc>");
    assert!(is_open(&screen));
    screen.keys("p <Enter>");
    assert!(screen.model.overlays.is_empty());
}

#[test]
fn what_has_no_neighbours_says_so() {
    let mut screen = Screen::new(80, 24, &[("alone.md", "# Alone\n")]);
    screen.keys("g");
    assert!(screen.text().contains("No page links here, and this page links to none."));
    screen.keys("h j k l <Tab> <Shift-Tab> 3 <Space> c");
    assert_eq!(screen.said(), ["Move to a page first: how is it connected with the middle?"]);
    let mut unread = Screen::unread(80, 24, PAGES);
    unread.open("people/bo.md");
    unread.keys("g");
    assert_eq!(
        unread.said(),
        ["Still reading the wiki: what is around this page is not known yet"]
    );
}

#[test]
fn a_change_of_the_wiki_is_seen_at_once() {
    let mut screen = screen(100, 24);
    screen.keys("g l j");
    assert_eq!(selected(&screen), "The sea");
    screen.write("episodes/new.md", "# A new morning\n\n[[gauge]]\n");
    assert!(screen.text().contains("A new morning"), "{}", screen.text());
    assert_eq!(selected(&screen), "The sea");
}

#[test]
fn the_finder_asks_for_the_other_page_and_the_chains_are_told() {
    let mut screen = screen(100, 24);
    screen.open("episodes/night.md");
    screen.keys("c b o");
    assert!(screen.text().contains("How is The long night connected with"), "{}", screen.text());
    screen.keys("<Enter>");
    insta::assert_snapshot!("connected", screen.frame());
    screen.keys("2");
    assert_eq!(screen.place().0, "topics/gauge.md");
    assert!(screen.model.overlays.is_empty());
    screen.keys("<Backspace>");
    assert_eq!(screen.place().0, "episodes/night.md");
}

#[test]
fn without_a_path_both_components_are_told() {
    let mut screen = screen(100, 24);
    screen.keys("c island <Enter>");
    let text = screen.text();
    let words = "No chain of links joins them. 5 other pages hang together with The gauge.";
    assert!(text.contains(words), "{text}");
    assert!(text.contains("One other page hangs"), "{text}");
    screen.keys("q");
    assert!(screen.model.overlays.is_empty());
}

#[test]
fn the_middle_is_connected_with_the_selection() {
    let mut screen = screen(100, 24);
    screen.keys("g l c");
    assert!(screen.text().contains("From The gauge to Ada"), "{}", screen.text());
    screen.keys("<Esc>");
    assert!(is_open(&screen));
    screen.keys("c j <Enter>");
    assert!(screen.model.overlays.is_empty());
    assert_eq!(screen.place().0, "topics/gauge.md");
}

#[test]
fn chains_are_found_away_from_the_keys() {
    let mut screen = screen(60, 12);
    screen.prompt = false;
    screen.keys("g l c");
    assert!(screen.text().contains("Looking for the shortest chains"), "{}", screen.text());
    assert!(screen.waiting.iter().any(|effect| matches!(effect, Effect::Connect { .. })));
    screen.keys("j k 1 <Enter>");
    screen.catch_up();
    assert!(screen.text().contains("1 link:"), "{}", screen.text());
}

#[test]
fn the_command_line_tells_the_same_chains() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in PAGES {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder");
        std::fs::write(file, text).expect("a page");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_ken"));
    command.arg("--wiki").arg(folder.path()).args(["path", "night", "bo", "--json"]);
    let output = command.env_clear().env("HOME", "/nonexistent").output().expect("it runs");
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    let mut told = String::new();
    for line in printed.lines() {
        let chain: serde_json::Value = serde_json::from_str(line).expect("JSON");
        for hop in chain["hops"].as_array().expect("hops") {
            let text = |name: &str| hop[name].as_str().expect("text").to_owned();
            let _ = writeln!(
                told,
                "{} {} {}:{} {} {}",
                text("from"),
                text("to"),
                text("source"),
                hop["line"],
                hop["both"],
                text("sentence")
            );
        }
    }
    let mut screen = screen(100, 24);
    screen.open("episodes/night.md");
    screen.keys("c b o <Enter>");
    let Some(Overlay::Connect(connect)) = screen.model.overlays.last() else {
        panic!("the chains are shown");
    };
    let mut shown = String::new();
    for step in connect.steps() {
        let kenning::search::connected::Step { from, to, source, line, both, sentence, .. } = step;
        let _ = writeln!(shown, "{from} {to} {source}:{line} {both} {}", sentence.text);
    }
    assert!(!shown.is_empty());
    assert_eq!(told, shown);
}

#[test]
fn the_box_of_the_chains_is_as_tall_as_they_are() {
    for (columns, rows) in [(120, 40), (80, 24), (40, 12)] {
        let mut screen = screen(columns, rows);
        screen.open("episodes/night.md");
        screen.keys("c b o <Enter>");
        insta::assert_snapshot!(format!("chains_{columns}x{rows}"), screen.frame());
    }
    // A single short one.
    let mut screen = screen(120, 40);
    screen.open("episodes/night.md");
    screen.keys("c gauge <Enter>");
    insta::assert_snapshot!("chain_120x40", screen.frame());
}

#[test]
fn a_step_of_a_chain_is_peeked_at() {
    let mut screen = screen(100, 24);
    screen.open("episodes/night.md");
    screen.keys("c b o <Enter> j");
    let chains = screen.text();
    screen.keys("p");
    assert!(matches!(screen.model.overlays.last(), Some(Overlay::Peek(_))), "{}", screen.text());
    assert!(screen.text().contains("The gauge"), "{}", screen.text());
    screen.keys("<Esc>");
    assert_eq!(screen.text(), chains);
    screen.keys("p <Enter>");
    assert_eq!(screen.place().0, "topics/gauge.md");
    assert!(screen.model.overlays.is_empty());
}
