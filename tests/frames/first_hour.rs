//! What a reader who knows nothing but the screen has to be told: the hints below the page, what keys do that have no
//! meaning here, and where the end of the screen must not cut.

use crate::screen::Screen;
use kenning::app::Overlay;
use kenning::app::model::WikiKind;

/// The row of hints.
fn hints(screen: &Screen) -> String {
    let rows = screen.buffer().area.height;
    screen.row(rows - 1)
}

/// A page that begins with so many paragraphs without a link before one with it.
fn link_after(paragraphs: usize) -> Vec<(&'static str, String)> {
    let text = "Nothing is linked here.\n\n".repeat(paragraphs);
    vec![("page.md", format!("# Page\n\n{text}See [[other]].\n")), ("other.md", "# Other\n".into())]
}

fn screen(columns: u16, rows: u16, pages: &[(&str, String)]) -> Screen {
    let pages: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (*path, &**text)).collect();
    Screen::new(columns, rows, &pages)
}

#[test]
fn the_letters_are_hinted_at_while_a_link_is_in_sight() {
    let check = |paragraphs, keys: &str, expect: bool| {
        let mut screen = screen(80, 24, &link_after(paragraphs));
        screen.keys(keys);
        let hints = hints(&screen);
        assert_eq!(hints.contains("f links"), expect, "{paragraphs} {keys:?}: {hints}");
    };
    check(1, "", true);
    check(40, "", false);
    check(40, "G", true);
    check(1, "/ see <Enter>", true);
    check(1, "<Tab>", true);
}

#[test]
fn hints_are_never_more_than_six_and_end_with_help() {
    for (columns, rows) in [(200, 50), (120, 40), (80, 24), (40, 16)] {
        for kind in [WikiKind::Folder, WikiKind::Single] {
            for keys in ["", "<Tab>", "<Tab> <Enter> <Backspace> <Esc>", "/ see <Enter>"] {
                let mut screen = screen(columns, rows, &link_after(1));
                screen.model.wiki.kind = kind;
                screen.keys(keys);
                screen.model.notice = None;
                screen.resize(columns, rows);
                let hints = hints(&screen);
                assert!(hints.ends_with("? keys"), "{columns} {kind:?} {keys}: {hints}");
                assert!(hints.split("   ").count() <= 6, "{columns} {kind:?} {keys}: {hints}");
            }
        }
    }
}

#[test]
fn the_footer_says_of_an_overlay_what_its_edge_says() {
    let mut screen = screen(80, 24, &link_after(1));
    let mut check = |keys: &str, edge: &str, footer: &str| {
        screen.keys(keys);
        assert!(screen.text().contains(&format!("{edge} ─╯")), "{keys}: {}", screen.text());
        assert_eq!(hints(&screen).trim(), footer, "{keys}");
    };
    check("<Ctrl-P>", "Esc close", "Esc close");
    check("<Esc> T", "Esc back", "Esc back");
    check("<Esc> <Tab> p", "Esc close", "Esc close");
}

#[test]
fn a_key_without_a_meaning_in_a_peek_or_a_table_says_so() {
    let table = "# Page\n\n| a |\n|---|\n| b |\n\nSee [[other]].\n".to_owned();
    let pages = [("page.md", table), ("other.md", "# Other\n".to_owned())];
    for key in ["/", "v", "e", "W", "s", "z f"] {
        let mut screen = screen(80, 24, &pages);
        screen.keys("<Tab> p").keys(key);
        assert_eq!(
            screen.said(),
            ["That does nothing in a peek: Enter goes to the page itself"],
            "{key}"
        );
        screen.keys("<Esc> <Esc> |").keys(key);
        assert_eq!(screen.said(), ["That does nothing here: Esc goes back to the page"], "{key}");
        assert!(matches!(screen.model.overlays.last(), Some(Overlay::Table(_))), "{key}");
    }
}

#[test]
fn the_table_alone_offers_help_and_links_only_where_it_has_some() {
    let check = |cell: &str, expect: &str| {
        let table = format!("# Page\n\n| a |\n|---|\n| {cell} |\n");
        let mut screen = screen(80, 24, &[("page.md", table)]);
        screen.keys("|");
        assert!(hints(&screen).ends_with(expect), "{cell}: {}", hints(&screen));
        screen.keys("?");
        assert!(screen.text().contains("Keys"), "{cell}");
        screen.resize(60, 20);
        screen.keys("<Esc>");
        assert!(matches!(screen.model.overlays.last(), Some(Overlay::Table(_))), "{cell}");
        assert!(screen.row(1).contains('a'), "{cell}: {}", screen.text());
    };
    check("b", "h l columns  ? keys  Esc close");
    check("[[c]]", "h l columns  Tab next link  Enter follow  ? keys  Esc close");
}

#[test]
fn the_whole_screen_goes_to_the_table_that_is_too_wide() {
    let names: Vec<String> = (1..=20).map(|n| format!("a long name {n}")).collect();
    let narrow = "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n| 5 | 6 |\n";
    let wide = format!("| {} |\n|{}\n| x |\n", names.join(" | "), "---|".repeat(20));
    let mut screen = screen(80, 24, &[("page.md", format!("# Page\n\n{narrow}\nAnd\n\n{wide}"))]);
    screen.keys("|");
    assert!(screen.row(0).contains("20 columns"), "{}", screen.row(0));
}

#[test]
fn what_may_follow_a_key_is_shown_whole_on_a_small_screen() {
    for (columns, rows) in [(40, 12), (40, 8), (80, 24)] {
        let mut screen = screen(columns, rows, &link_after(1));
        screen.keys("z");
        let text = screen.text();
        for hint in ["fold all", "unfold all", "to level 1", "to level 6", "choose a fold"] {
            assert!(text.contains(hint), "{columns}x{rows} {hint}:\n{text}");
        }
    }
}

#[test]
fn of_a_page_that_is_open_alone_nobody_says_that_others_are_not_written() {
    let mut screen = Screen::new(80, 24, &[("page.md", "# Page\n\nSee [[other]].\n")]);
    screen.model.wiki.kind = WikiKind::Single;
    screen.index();
    assert!(screen.text().contains("See other."), "{}", screen.text());
    screen.keys("<Tab>");
    assert!(screen.text().contains("other (only this page is open)"), "{}", screen.text());
    screen.keys("<Enter>");
    assert!(screen.text().contains("Open its folder to read this one too."), "{}", screen.text());
}

#[test]
fn a_long_backlink_goes_on_below_its_title() {
    let long = format!("# {}\n\nSee [[page]].\n", "Evergreen notes turn ideas into objects");
    let pages = [("page.md", "# Page\n".to_owned()), ("a_folder/long.md", long)];
    let screen = screen(40, 16, &pages);
    let text = screen.text();
    assert!(text.contains("\n · Evergreen notes"), "{text}");
    assert!(text.contains("\n   objects  a_folder"), "{text}");
}

#[test]
fn a_link_that_was_scrolled_away_is_not_offered() {
    let text = format!("See [[other]].\n\n{}", "More of it.\n\n".repeat(40));
    let mut screen = Screen::new(60, 24, &[("page.md", &text), ("other.md", "# Other\n")]);
    screen.keys("<Tab>");
    assert!(screen.text().contains("Enter follow"), "{}", screen.text());
    screen.keys("G");
    assert!(!screen.text().contains("Enter follow"), "{}", screen.text());
    screen.keys("g g");
    assert!(screen.text().contains("Enter follow"), "{}", screen.text());
}

#[test]
fn a_page_without_properties_says_so() {
    let mut screen = Screen::new(60, 24, &[("page.md", "Text.\n")]);
    screen.keys("P");
    assert_eq!(screen.said(), ["This page has no properties"]);
}
