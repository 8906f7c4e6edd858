//! The context pane as its user sees it: pages and keys in, frames out.

use crate::screen::Screen;
use kenning::app::context::Part;
use kenning::app::model::Focus;
use kenning::app::{Effect, Hit};
use kenning::text::role::Role;

const TIDES: &str = "\
# Tides

Read [[people/ada]] first, then [[people/ada|her]] notes, [[nobody yet]] and <https://example.org/tides>.
Ben Okafor reads the gauge, [[#At night]] too. ![[gauge.png]]

## At night

The harbour sleeps. #sea
";

const PAGES: &[(&str, &str)] = &[
    ("topics/tides.md", TIDES),
    (
        "people/ada.md",
        "# Ada Lindqvist\n\nKeeps [[tides]] since 1998. Nobody asks why. See [[harbour]].\n",
    ),
    (
        "people/ben.md",
        "---\naliases: [Ben Okafor]\n---\n# Ben\n\nAsked about [[tides|the tides]] at noon, and of [[tides]] again at dusk. \
         He wrote that the one thing nobody had told him before he came was how long the water stays away in \
         winter, which [[tides]] explains at a length that he thought nobody would ever need to read, \
         and yet he did.\n\nThe tides. And `tides`.\n",
    ),
    ("topics/harbour.md", "# Harbour\n\n[[ada]] built it. #sea #stone\n"),
    ("topics/moon.md", "# Moon\n\nPulls the tides. [[ada]] knows. #sea\n"),
    ("diary.md", "# Diary\n\nNothing.\n"),
    ("gauge.png", ""),
];

fn screen(columns: u16, rows: u16) -> Screen {
    Screen::new(columns, rows, PAGES)
}

fn frame(screen: &Screen) -> String {
    format!("{}{}", screen.frame(), screen.roles())
}

/// The rows of the pane beside the page, without its head.
fn rows(screen: &Screen) -> Vec<String> {
    let text = screen.text();
    let panes = text.lines().filter_map(|line| line.rsplit_once(['│', '█', '┃']));
    panes
        .map(|(_, right)| right.trim_end().to_owned())
        .skip(2)
        .filter(|row| !row.is_empty())
        .collect()
}

/// The item under the cursor, by its first row.
fn here(screen: &Screen) -> String {
    let pane = &screen.model.context;
    let row = &pane.rows[pane.row_of(pane.item()).expect("there is a cursor")];
    match &row.show {
        kenning::app::context::Show::Title(title) => title.name.clone(),
        kenning::app::context::Show::Text(part) => part.text.clone(),
        other => format!("{other:?}"),
    }
}

#[test]
fn every_part_at_three_sizes() {
    for (columns, lines) in [(120, 40), (80, 24), (40, 12)] {
        let mut screen = screen(columns, lines);
        screen.keys("o");
        for (key, name) in [
            ("1", "linked_from"),
            ("2", "links_to"),
            ("3", "mentions"),
            ("4", "related"),
            ("5", "outline"),
        ] {
            screen.keys(key);
            insta::assert_snapshot!(format!("{name}_{columns}x{lines}"), frame(&screen));
        }
    }
}

#[test]
fn empty_parts_say_what_would_be_there() {
    let mut screen = Screen::new(120, 20, &[("alone.md", "Nothing but this.\n")]);
    screen.keys("l");
    for (key, expected) in [
        ("1", "No page links here yet."),
        ("2", "This page has no links."),
        ("3", "No name stands"),
        ("4", "No page shares links or"),
        ("5", "No headings."),
    ] {
        screen.keys(key);
        assert!(screen.text().contains(expected), "{key}: {}", screen.text());
    }
    screen.keys("1 / x");
    assert!(screen.text().contains("Nothing here holds"), "{}", screen.text());
}

#[test]
fn the_parts_are_switched_by_keys_commands_and_clicks() {
    let mut screen = screen(120, 40);
    let part = |screen: &Screen| (screen.model.context.part, screen.model.focus);
    assert_eq!(part(&screen), (Part::Outline, Focus::Page));
    for (keys, expected) in [
        ("l <Tab>", Part::LinkedFrom),
        ("<Tab>", Part::LinksTo),
        ("<Shift-Tab> <Shift-Tab>", Part::Outline),
        ("3", Part::Mentions),
        ("o", Part::Outline),
    ] {
        screen.keys(keys);
        assert_eq!(part(&screen), (expected, Focus::Context), "{keys}");
    }
    screen.keys("o");
    assert_eq!(part(&screen), (Part::Outline, Focus::Page));
    screen.keys(": context-related <Enter>");
    assert_eq!(part(&screen), (Part::Related, Focus::Context));
    screen.click_on("2 Links to");
    assert_eq!(part(&screen), (Part::LinksTo, Focus::Context));
    screen.keys("h O");
    assert!(!screen.text().contains("Links to"));
    screen.keys("O");
    assert!(screen.text().contains("Links to"));
}

#[test]
fn counts_stand_there_at_once_but_for_mentions() {
    let mut screen = screen(120, 40);
    // By name, each with its key, where they are of use; by signs beside the page.
    let counts = |screen: &Screen| -> Vec<String> {
        let words = |row| screen.row(row).rsplit('│').next().map(str::to_owned);
        let row =
            |row| words(row).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        (1..6).map(row).collect()
    };
    let named = ["1 Linked from 2", "2 Links to 4", "3 Mentions ?", "4 Related 2", "5 Outline 2"];
    screen.keys("l");
    assert_eq!(counts(&screen), named);
    screen.keys("h");
    assert!(screen.row(1).ends_with("←2   →4   “?   ≈2   ≡2"), "{}", screen.row(1));
    screen.prompt = false;
    screen.keys("l 4 2 1");
    assert!(screen.waiting.is_empty(), "no page is read: {:?}", screen.waiting);
    screen.keys("3");
    assert!(screen.text().contains("Looking ..."));
    assert!(matches!(screen.waiting[..], [Effect::FindMentions { .. }]), "{:?}", screen.waiting);
    screen.catch_up();
    assert_eq!(counts(&screen)[2], "3 Mentions 4");
    // They are kept while the page is.
    screen.prompt = false;
    screen.keys("1 3 h");
    assert!(screen.waiting.is_empty(), "{:?}", screen.waiting);
}

#[test]
fn another_page_ends_the_search_for_mentions() {
    let mut screen = screen(120, 40);
    screen.keys("l 3");
    let before = screen.model.context.counts[2];
    assert_eq!(before, Some(4));
    screen.prompt = false;
    screen.open("diary.md");
    let read = screen.waiting.remove(0);
    assert!(matches!(read, Effect::ReadPage { .. }));
    screen.waiting.push(read);
    screen.catch_up();
    assert_eq!(screen.model.context.counts[2], Some(0));
    // One that was not over.
    screen.prompt = false;
    screen.open("topics/tides.md");
    let read = screen.waiting.pop().expect("a page is asked for");
    screen.prompt = true;
    screen.waiting.clear();
    screen.keys("5");
    screen.waiting.push(read);
    screen.catch_up();
    assert_eq!(screen.model.context.counts[2], None);
}

#[test]
fn a_sentence_opens_at_its_line_and_a_title_its_page() {
    let opens = |keys: &str, expected: &str, line: Option<&str>| {
        let mut screen = screen(120, 20);
        screen.keys("l").keys(keys).keys("<Enter>");
        assert_eq!(screen.model.focus, Focus::Page, "{keys}");
        assert_eq!(screen.place().0, expected, "{keys}");
        if let Some(line) = line {
            let open = screen.model.reader.open.as_ref().expect("a page");
            let at = open.layout.source_at(open.anchor) as usize;
            assert!(open.source[at..].contains(line), "{keys}");
        }
    };
    opens("1", "people/ada.md", None);
    opens("1 j", "people/ada.md", Some("Keeps"));
    opens("1 G", "people/ben.md", Some("winter"));
    opens("2", "people/ada.md", None);
    opens("2 j", "missing nobody yet", None);
    opens("3 g g", "people/ben.md", None);
    opens("3 g g j", "topics/tides.md", Some("Ben Okafor"));
    opens("4", "topics/harbour.md", None);
    let mut screen = screen(120, 20);
    screen.keys("l 2 jj <Enter>");
    assert!(screen.text().contains("Leave the wiki?"));
}

#[test]
fn the_cursor_goes_by_items_and_over_group_titles() {
    let mut screen = screen(120, 40);
    screen.keys("l 3 g g");
    assert_eq!(here(&screen), "Ben");
    screen.keys("k");
    assert_eq!(here(&screen), "Ben");
    screen.keys("jjjj");
    assert_eq!(here(&screen), "Ben");
    screen.keys("k");
    assert!(here(&screen).starts_with("The harbour sleeps"), "{}", here(&screen));
    screen.keys("G");
    assert!(here(&screen).starts_with("Pulls the tides"), "{}", here(&screen));
}

#[test]
fn rows_are_narrowed_by_words_and_come_back() {
    let mut screen = screen(120, 40);
    screen.keys("l 1 / winter");
    let shown = rows(&screen).join("\n");
    assert!(shown.contains("Ben") && !shown.contains("Ada"), "{shown}");
    // A page whose name holds the words keeps all its sentences.
    screen.keys("<Ctrl-U> lindq <Enter>");
    let shown = rows(&screen).join("\n");
    assert!(shown.contains("Keeps") && !shown.contains("Ben"), "{shown}");
    assert!(!screen.model.context.typing && screen.model.context.is_narrowed());
    screen.keys("<Esc>");
    assert!(rows(&screen).join("\n").contains("Ben"));
    assert_eq!(screen.model.focus, Focus::Context);
    screen.keys("5 / night");
    let shown = rows(&screen).join("\n");
    assert!(shown.contains("At night") && !shown.contains("Tides"), "{shown}");
    screen.keys("<Enter> <Enter>");
    assert_eq!(screen.model.focus, Focus::Page);
    assert_eq!(kenning::app::outline::current(&screen.model), Some(1));
}

#[test]
fn rows_have_letters_and_peeks() {
    let mut screen = screen(120, 30);
    screen.keys("l 4 f");
    let labels = screen.model.labels.as_ref().expect("there are labels");
    let first = labels.targets.first().expect("of the focused pane first");
    assert_eq!(first.hit, Hit::ContextRow(0));
    let label = first.label.clone();
    screen.keys(&label);
    assert_eq!(screen.place().0, "topics/harbour.md");
    let mut screen = self::screen(120, 30);
    screen.keys("l 1 j p");
    assert_eq!(screen.model.overlays.len(), 1);
    assert!(screen.text().contains("Nobody asks why"));
    screen.keys("q");
    assert_eq!(screen.model.focus, Focus::Context);
    screen.click_on("Ada Lindqvist");
}

#[test]
fn the_mark_of_a_sentence_is_the_link() {
    let mut screen = screen(120, 40);
    screen.keys("l 1 h");
    let (column, row) = screen.find("Keeps tides since").expect("the sentence");
    assert_eq!(screen.role_at(column, row), Role::Quiet);
    assert_eq!(screen.role_at(column + 6, row), Role::Strong);
    assert_eq!(screen.role_at(column + 12, row), Role::Quiet);
}

#[test]
fn a_sentence_that_stands_twice_is_read_once() {
    let twice = "See [[tides]].\n\nSee [[tides]].\n";
    let mut screen = Screen::new(120, 20, &[("tides.md", "# Tides\n"), ("b.md", twice)]);
    screen.keys("l 1");
    let shown = rows(&screen);
    assert_eq!(shown.iter().filter(|row| row.contains("See tides.")).count(), 1, "{shown:?}");
}

#[test]
fn the_cursor_stays_on_its_item_when_the_wiki_changes() {
    let mut screen = screen(120, 40);
    screen.keys("l 1 G");
    let before = here(&screen);
    screen.write("people/aaron.md", "# Aaron\n\nSees [[tides]] come.\n");
    assert_eq!(here(&screen), before);
    assert_eq!(screen.model.context.counts[0], Some(3));
    assert!(rows(&screen).join("\n").contains("Aaron"));
}

#[test]
fn where_a_link_stands_is_reached_from_its_target() {
    let mut screen = screen(120, 20);
    // The second target: one that nobody has written.
    screen.keys("o 2 j <Space>");
    assert_eq!(screen.model.focus, Focus::Page);
    let open = screen.model.reader.open.as_ref().expect("a page is open");
    let (_, link) = kenning::app::reader::links::selected_link(open).expect("a link is selected");
    assert_eq!(link.target(), "nobody yet");
    screen.keys("o 2");
    assert!(screen.text().contains("Space on this page"));
    // The other parts open at their lines with this key, too.
    screen.keys("1 j <Space>");
    assert_eq!(screen.place().0, "people/ada.md");
}

#[test]
fn a_key_of_the_field_narrows_what_is_there_and_taking_it_back_shows_all() {
    let mut screen = screen(120, 40);
    screen.keys("o 1");
    let all = rows(&screen);
    screen.keys("/ dusk");
    let some = rows(&screen);
    assert!(some.len() < all.len() && some.iter().any(|row| row.contains("dusk")), "{some:?}");
    screen.keys("<Esc>");
    assert_eq!(rows(&screen), all);
}
