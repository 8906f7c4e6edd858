//! The look as its user sees it: the page alone, where one is and how long it takes, sentences that link
//! twice, emoji that terminals measure differently, narrow overlays, the theme that fits the ground.

use crate::screen::Screen;
use kenning::app::Msg;
use kenning::app::model::Focus;
use kenning::command::Command;
use kenning::text::role::Role;
use kenning::theme::{Depth, Theme};
use ratatui::buffer::CellDiffOption;

const PAGES: &[(&str, &str)] = &[
    (
        "index.md",
        "# Harbour\n\nAsk [[people/ada|Ada]] first.\n\n## Boats\n\nThree of them.\n\n## Gauges\n\nFive of them.\n",
    ),
    (
        "people/ada.md",
        "# Ada Lind\n\nWrote [[index]] and keeps the [[index|harbour]].\n\nReads [[index]] aloud.\n",
    ),
];

/// A page of so many words, a paragraph each ten.
fn long(words: usize) -> String {
    let paragraph = "a page of ten words for those who read it ".trim().to_owned() + "\n\n";
    format!("# Long\n\n{}", paragraph.repeat(words / 10))
}

fn row(screen: &Screen, nth: usize) -> String {
    screen.text().lines().nth(nth).unwrap_or_default().trim_end().to_owned()
}

#[test]
fn frames_of_the_page_alone() {
    for (columns, rows) in [(120, 40), (80, 24), (40, 12)] {
        let mut screen = Screen::new(columns, rows, PAGES);
        screen.keys("Z");
        insta::assert_snapshot!(format!("alone_said_{columns}x{rows}"), screen.text());
        screen.keys("j");
        insta::assert_snapshot!(format!("alone_{columns}x{rows}"), screen.text());
    }
}

#[test]
fn escape_and_the_same_key_bring_back_what_was() {
    let mut screen = Screen::new(120, 40, PAGES);
    for leave in ["<Esc>", "Z"] {
        screen.keys("w");
        let before = screen.text();
        screen.keys("Z");
        assert_eq!(screen.model.focus, Focus::Page);
        assert!(!screen.text().contains("Pages") && !screen.text().contains("Outline"));
        screen.keys(leave);
        assert_eq!(screen.model.focus, Focus::Sidebar, "{leave}");
        assert_eq!(screen.text(), before, "{leave}");
        screen.keys("<Esc>");
    }
}

#[test]
fn escape_leaves_what_is_innermost_before_the_page_alone() {
    let mut screen = Screen::new(120, 40, PAGES);
    screen.keys("Z <Tab> <Esc>");
    assert!(screen.model.focus_mode.is_some());
    screen.keys("/ t h r e e <Enter> <Esc>");
    assert!(screen.model.focus_mode.is_some());
    screen.keys("<Esc>");
    assert!(screen.model.focus_mode.is_none());
}

#[test]
fn a_pane_that_is_asked_for_comes_and_goes_again() {
    let mut screen = Screen::new(120, 40, PAGES);
    screen.keys("Z w");
    assert!(screen.text().contains("Pages"));
    screen.keys("<Esc>");
    assert!(!screen.text().contains("Pages"));
    // Shown for good, it ends the mode.
    screen.keys("<Ctrl-T>");
    assert!(screen.model.focus_mode.is_none() && screen.text().contains("Pages"));
}

#[test]
fn the_title_row_tells_the_time_that_the_rest_takes() {
    let text = long(2200);
    let mut screen = Screen::new(100, 24, &[("long.md", &text)]);
    assert!(row(&screen, 0).ends_with("11 min · top"), "{}", row(&screen, 0));
    screen.keys("G k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k");
    assert!(row(&screen, 0).ends_with(" min left · 93 %"), "{}", row(&screen, 0));
    screen.keys("G");
    assert!(row(&screen, 0).ends_with(" end"), "{}", row(&screen, 0));
    // In the page alone it stands in the last row.
    screen.keys("g g Z j k");
    assert!(row(&screen, 23).ends_with("11 min · top"), "{}", row(&screen, 23));
}

#[test]
fn the_outline_follows_the_scroll_and_keeps_the_section_in_view() {
    let sections: Vec<String> =
        (1..=60).map(|nth| format!("## Section {nth}\n\nText.\n\n")).collect();
    let text = format!("# Many\n\n{}", sections.concat());
    let mut screen = Screen::new(120, 20, &[("many.md", &text)]);
    for _ in 0..40 {
        screen.keys("d");
        let here = screen.model.context.list.at;
        let shown = format!("Section {here}");
        let outline = screen.text();
        let outline = outline.lines().filter_map(|line| line.rsplit_once('│'));
        assert!(here == 0 || outline.into_iter().any(|(_, right)| right.contains(&shown)));
    }
    assert!(screen.model.context.list.at > 40);
}

#[test]
fn a_sentence_that_links_here_twice_is_read_once_with_both_marked() {
    let mut screen = Screen::new(100, 30, PAGES);
    screen.keys("i");
    insta::assert_snapshot!(screen.text());
    let open = screen.model.reader.open.as_ref().expect("a page");
    assert_eq!(open.backlinks.len(), 2);
}

#[test]
fn an_emoji_of_several_characters_does_not_move_what_follows() {
    let screen = Screen::new(
        80,
        24,
        &[("a.md", "# A\n\nSun \u{2600}\u{fe0f}, flag \u{1f3f4}\u{200d}\u{2620}\u{fe0f}, end.\n")],
    );
    let buffer = screen.buffer();
    let y = (0..24)
        .find(|&y| (0..80).any(|x| buffer[(x, y)].symbol() == "\u{1f3f4}\u{200d}\u{2620}\u{fe0f}"));
    let y = y.expect("the flag is shown");
    let at = |symbol: &str| (0..80).find(|&x| buffer[(x, y)].symbol() == symbol).expect("shown");
    // The sun without its selector is one cell everywhere; the other is blank.
    assert_eq!(buffer[(at("\u{2600}") + 1, y)].symbol(), " ");
    let flag = at("\u{1f3f4}\u{200d}\u{2620}\u{fe0f}");
    assert!(matches!(buffer[(flag, y)].diff_option, CellDiffOption::ForcedWidth(_)));
    assert_eq!(buffer[(flag + 2, y)].symbol(), ",");
    assert_eq!(buffer[(flag + 2, y)].diff_option, CellDiffOption::AlwaysUpdate);
}

#[test]
fn an_overlay_leaves_a_readable_strip_of_the_page_or_none() {
    for columns in 64..=160 {
        let mut screen = Screen::new(columns, 24, PAGES);
        for keys in ["<Ctrl-P>", "?", ":", "T", "s"] {
            screen.keys(keys);
            let top = screen.model.overlays.last().expect("it is open");
            let frame = top.frame(screen.model.size);
            let right = columns - frame.left - frame.columns;
            for strip in [frame.left, right] {
                assert!(strip == 0 || strip >= 8, "{keys} at {columns}: {strip}");
            }
            screen.keys("<Esc>");
        }
    }
}

#[test]
fn the_theme_that_fits_is_worn_unless_the_user_chose() {
    let named = |name: &str| Theme::built_in(name).expect("a built-in theme");
    let worn = |screen: &Screen| screen.model.themes.theme().name.clone();
    let start = || {
        let mut screen = Screen::new(80, 24, PAGES);
        screen.model.themes.all = vec![named("terminal")];
        screen.model.themes.auto = true;
        screen
    };
    let mut screen = start();
    screen.send(Msg::ThemeFits(named("light")));
    assert_eq!(worn(&screen), "light");
    // Asked for by name, no answer changes it.
    let mut screen = start();
    screen.model.themes.auto = false;
    screen.send(Msg::ThemeFits(named("light")));
    assert_eq!(worn(&screen), "terminal");
    // While the user is choosing, it waits for `Esc`.
    let mut screen = start();
    screen.keys("T");
    screen.send(Msg::ThemesRead(vec![named("terminal"), named("dark"), named("light")]));
    screen.keys("jj");
    screen.send(Msg::ThemeFits(named("light")));
    assert_eq!(worn(&screen), "dark");
    screen.keys("<Esc>");
    assert_eq!(worn(&screen), "light");
}

#[test]
fn the_ground_chooses_again_where_the_first_row_is_kept() {
    let named = |name: &str| Theme::built_in(name).expect("a built-in theme");
    let worn = |screen: &Screen| screen.model.themes.theme().name.clone();
    let all = || vec![named("terminal"), named("dark"), named("light")];
    let mut screen = Screen::new(80, 24, PAGES);
    screen.model.themes.all = vec![named("light")];
    screen.model.themes.auto = true;
    let mut choose = |keys: &str| {
        screen.keys("T");
        screen.send(Msg::ThemesRead(all()));
        let text = screen.text();
        assert!(text.contains("auto      The terminal's ground chooses: light"), "{text}");
        screen.keys(keys).keys("<Enter>");
        (worn(&screen), screen.model.themes.auto)
    };
    assert_eq!(choose(""), ("light".to_owned(), true));
    assert_eq!(choose("jj"), ("dark".to_owned(), false));
    assert_eq!(choose("g"), ("light".to_owned(), true));
    // The same theme by its own name is a choice, too.
    assert_eq!(choose("G"), ("light".to_owned(), false));
    assert_eq!(choose("gj"), ("terminal".to_owned(), false));
}

#[test]
fn the_list_of_themes_goes_to_its_ends() {
    let mut screen = Screen::new(40, 12, PAGES);
    screen.keys("T");
    let all: Vec<Theme> = kenning::theme::built_in()
        .iter()
        .map(|(name, _)| Theme::built_in(name).expect("a built-in theme"))
        .collect();
    screen.model.themes.all = vec![all[0].clone()];
    screen.send(Msg::ThemesRead(all));
    screen.keys("G");
    assert_eq!(screen.model.themes.theme().name, "fjord");
    assert!(screen.text().contains('…'), "a text that is cut says so");
    screen.keys("g");
    assert_eq!(screen.model.themes.theme().name, "terminal");
}

#[test]
fn what_a_lone_page_hints_at_is_there() {
    use kenning::app::model::WikiKind;
    let mut screen = Screen::new(100, 24, PAGES);
    screen.model.wiki.kind = WikiKind::Single;
    screen.send(Msg::Run(Command::Cancel));
    let footer = row(&screen, 23);
    assert!(!footer.contains("tree") && footer.contains("keys"), "{footer}");
    assert_eq!(screen.role_at(1, 23), Role::HintKey);
}

#[test]
fn without_colours_the_cursor_leaves_what_is_marked_in_its_row() {
    use ratatui::style::Modifier;
    let mut screen = Screen::new(80, 24, PAGES);
    let dark = Theme::built_in("dark").expect("a built-in theme");
    screen.model.themes.all = vec![dark.reduced(Depth::Mono)];
    screen.keys("<Ctrl-P> ad");
    let (x, y) = screen.find("Ada Lind").expect("it is found");
    let modifier = |x: u16| screen.buffer()[(x, y)].modifier;
    let reversed = [x - 1, x, x + 1, x + 2].map(|x| modifier(x).contains(Modifier::REVERSED));
    assert_eq!(reversed, [true, false, false, true], "{}", screen.frame());
    let underlined = [x, x + 2].map(|x| modifier(x).contains(Modifier::UNDERLINED));
    assert_eq!(underlined, [true, false]);
}
