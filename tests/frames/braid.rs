//! The braid as its user sees it: what is chosen, what it leaves, how it becomes a filter and is left.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::screen::Screen;
use kenning::app::braid::Braid;
use kenning::app::model::Focus;
use kenning::app::{Effect, Msg, Overlay};
use kenning::search::braid::{Strand, Web};
use kenning::search::query::Query;
use kenning::text::role::Role;

const PAGES: &[(&str, &str)] = &[
    ("index.md", "# Home\n\nBegin with [[tides]].\n"),
    ("people/ada.md", "# Ada Lindqvist\n\nKeeps the [[tides]]. #keeper\n"),
    ("people/ben.md", "# Ben Okafor\n\nCame late. #keeper #radio\n"),
    ("topics/tides.md", "# Tides\n\nTwice a day. #sea/level\n"),
    ("topics/salt.md", "# Salt\n\nMakes water heavy. #sea\n"),
    ("topics/ice.md", "# Ice\n\nSeldom seen. #cold\n"),
    ("episodes/2024-01-02_pier.md", "# The Pier\n\n[[ada]] weighs [[salt]]. #walk\n"),
    ("episodes/2024-03-04_storm.md", "# The Storm\n\n[[ben]] and [[salt]] on the air. #radio\n"),
    ("episodes/2024-02-03_quiet.md", "# A Quiet Day\n\nNothing.\n"),
];

fn screen(columns: u16, rows: u16) -> Screen {
    Screen::new(columns, rows, PAGES)
}

fn frame(screen: &Screen) -> String {
    format!("{}{}", screen.frame(), screen.roles())
}

#[track_caller]
fn braid(screen: &Screen) -> &Braid {
    let found = screen.model.overlays.iter().find_map(|overlay| match overlay {
        Overlay::Braid(braid) => Some(braid),
        _ => None,
    });
    found.expect("the braid is open")
}

/// The rows of each column (`*` is the cursor, `+` is chosen) with their counts, then the pages left.
fn said(screen: &Screen) -> String {
    let braid = braid(screen);
    let mut said = String::new();
    for (nth, (list, column)) in braid.lists.iter().zip(&braid.choices.columns).enumerate() {
        let here = if nth == braid.part { ">" } else { "" };
        let _ = write!(said, "{here}");
        for (at, &item) in list.rows.iter().enumerate() {
            let chosen = if column.chosen.contains(&item) { "+" } else { "" };
            let cursor = if at == list.list.at { "*" } else { "" };
            let name = &braid.web.listed(&column.strand)[item as usize].label;
            let count = braid.narrowed.counts(&column.strand)[item as usize];
            let _ = write!(said, "{cursor}{chosen}{name} {count}; ");
        }
        said.push('\n');
    }
    let left: Vec<&str> = braid
        .narrowed
        .left
        .iter()
        .map(|&page| braid.web.pages[page as usize].label.as_str())
        .collect();
    let _ = write!(said, "{}\n{}", left.join(", "), braid.query);
    said
}

#[track_caller]
fn check(keys: &str, expected: &str) {
    let mut screen = screen(120, 40);
    screen.keys("B").keys(keys);
    let expected: Vec<&str> = expected.lines().map(str::trim).collect();
    let said = said(&screen);
    let said: Vec<&str> = said.lines().map(str::trim).collect();
    assert_eq!(said, expected, "{keys}");
    // What is shown is what is typed.
    let (braid, model) = (braid(&screen), &screen.model);
    let query = Query::parse(&braid.query).expect("the braid writes no mistakes");
    let mut typed = query.select(&model.index, model.today, &|_| None);
    let mut left: Vec<_> =
        braid.narrowed.left.iter().filter_map(|&page| braid.web.id(page)).collect();
    typed.sort_unstable();
    left.sort_unstable();
    assert_eq!(typed, left, "{keys}");
}

#[test]
fn the_columns_stand_side_by_side_as_far_as_there_is_room() {
    for (columns, rows) in [(120, 40), (80, 24), (40, 12)] {
        let mut screen = screen(columns, rows);
        screen.keys("B <Space> <Tab>");
        insta::assert_snapshot!(format!("braid_{columns}x{rows}"), frame(&screen));
    }
    let mut screen = screen(80, 24);
    screen.keys("B <Tab> <Tab> <Tab>");
    insta::assert_snapshot!("braid_80x24_last_column", screen.frame());
    screen.resize(40, 12);
    screen.keys("<Tab>");
    insta::assert_snapshot!("braid_40x12_pages_left", screen.frame());
    for (columns, rows) in [(1, 1), (9, 3), (23, 5), (200, 60)] {
        screen.resize(columns, rows);
        screen.keys("<Tab> <Space> / a <Enter>");
    }
}

#[test]
fn a_choice_narrows_the_others_and_the_same_key_takes_it_back() {
    let all = "\
        >*Ada Lindqvist 3; Ben Okafor 2;
        *Salt 3; Tides 3; Ice 1;
        *The Pier 3; The Storm 3; A Quiet Day 1;
        *keeper 2; radio 2; sea 2; cold 1; sea/level 1; walk 1;
        The Storm, A Quiet Day, The Pier, Home, Ada Lindqvist, Ben Okafor, Ice, Salt, Tides";
    check("", all);
    let ada = "\
        >*+Ada Lindqvist 3; Ben Okafor 2;
        *Tides 2; Salt 1; Ice 0;
        *The Pier 2; A Quiet Day 0; The Storm 0;
        *keeper 1; sea 1; sea/level 1; walk 1; cold 0; radio 0;
        The Pier, Ada Lindqvist, Tides
        near:ada";
    check("<Space>", ada);
    check("<Space> <Space>", all);
    check("o o", all);
    check("<Space> X", all);
    check("j <Space> k <Space>", ada);
}

#[test]
fn several_in_a_column_are_one_of_them_and_columns_all() {
    check(
        "o j o <Tab> j <Space>",
        "\
        *+Ada Lindqvist 2; +Ben Okafor 0;
        >Salt 2; *+Tides 2; Ice 0;
        *The Pier 1; A Quiet Day 0; The Storm 0;
        *keeper 1; sea 1; sea/level 1; cold 0; radio 0; walk 0;
        Ada Lindqvist, Tides
        (near:ada OR near:ben) near:tides",
    );
}

#[test]
fn typing_narrows_a_column_and_escape_takes_it_back_first() {
    let mut screen = screen(120, 40);
    screen.keys("B <Tab> / ide");
    assert_eq!(screen.role_on("/ide"), Role::InputPrompt);
    assert_eq!(braid(&screen).lists[1].rows.len(), 1);
    screen.keys("<Enter> <Space>");
    assert_eq!(braid(&screen).query, "near:tides");
    screen.keys("/ <Esc>");
    assert_eq!(braid(&screen).lists[1].rows.len(), 3);
    screen.keys("/ zzz");
    assert!(screen.text().contains("Nothing here is called so."));
    screen.keys("<Esc> <Esc>");
    assert!(screen.model.overlays.is_empty());
}

#[test]
fn enter_opens_the_page_and_the_braid_is_found_as_it_was_left() {
    let mut screen = screen(120, 40);
    screen.keys("B <Space> <Tab> <Enter>");
    assert_eq!(screen.place().0, "topics/tides.md");
    assert_eq!(screen.model.focus, Focus::Page);
    screen.keys("B");
    assert_eq!(braid(&screen).query, "near:ada");
    // The last part is the list of pages left, the newest first.
    screen.keys("<Shift-Tab> <Enter>");
    assert_eq!(screen.place().0, "episodes/2024-01-02_pier.md");
    // A tag is no page.
    screen.keys("B h h <Enter>");
    assert_eq!(braid(&screen).query, "near:ada tag:keeper");
}

#[test]
fn a_braid_becomes_the_filter_and_a_filter_a_braid() {
    let mut screen = screen(120, 40);
    screen.keys("B <Space> F");
    assert!(screen.model.overlays.is_empty());
    assert_eq!(screen.model.filter.text, "near:ada");
    assert_eq!(screen.model.filter.pages.as_ref().map(std::collections::HashSet::len), Some(3));
    assert_eq!(screen.said().last().unwrap(), "The tree shows 3 pages; X shows all again");
    screen.keys("X F kind:topics <Space> (#sea <Space> OR <Space> #cold) <Enter> B");
    assert_eq!(braid(&screen).query, "kind:topics (tag:sea OR tag:cold)");
    assert_eq!(braid(&screen).narrowed.left.len(), 3);
    screen.keys("X");
    assert_eq!(braid(&screen).query, "kind:topics");
    screen.keys("X");
    assert_eq!(braid(&screen).query, "");
    screen.keys("<Esc>");
    assert_eq!(screen.model.filter.text, "kind:topics (#sea OR #cold)");
}

#[test]
fn a_filter_that_asks_for_texts_stays_what_the_braid_is_within() {
    let mut screen = screen(120, 40);
    screen.keys("F text:water <Enter> B");
    assert_eq!(braid(&screen).query, "text:water");
    // The texts are read by a worker; its answer narrows the braid that is open.
    let asked = screen.done.iter().rev().find_map(|effect| match effect {
        Effect::Filter { ticket, query } => Some((*ticket, query.clone())),
        _ => None,
    });
    let (ticket, query) = asked.expect("the texts are asked for");
    assert_eq!(query, "text:water");
    let salt = screen.model.index.pages().find(|page| page.path.stem() == "salt").unwrap().id;
    screen.send(Msg::FilterMatched { ticket, pages: vec![salt] });
    assert_eq!(braid(&screen).narrowed.left.len(), 1);
    screen.keys("<Tab> <Space>");
    assert_eq!(braid(&screen).query, "text:water near:salt");
    screen.keys("<Esc> B");
    assert_eq!(braid(&screen).query, "text:water near:salt");
    assert_eq!(braid(&screen).narrowed.left.len(), 1);
    screen.keys("F");
    assert_eq!(screen.model.filter.text, "text:water near:salt");
}

#[test]
fn another_kind_is_shown_and_what_was_chosen_stays_asked_for() {
    let mut screen = screen(120, 40);
    screen.keys("B <Space> c");
    let kind = |screen: &Screen| braid(screen).choices.columns[0].strand.clone();
    assert_eq!(kind(&screen), Strand::Kind(None));
    assert_eq!(braid(&screen).query, "near:ada");
    screen.keys("c");
    assert_eq!(kind(&screen), Strand::Kind(Some("people".to_owned())));
    assert_eq!(braid(&screen).choices.columns[0].chosen.len(), 1);
}

#[test]
fn cursors_stay_on_their_items_when_the_wiki_changes() {
    let mut screen = screen(120, 40);
    screen.keys("B <Tab> j");
    let before = braid(&screen).page();
    screen.write("topics/currents.md", "# Currents\n\n[[ada]] [[ben]] [[salt]] [[home]]\n");
    assert_eq!(braid(&screen).page(), before);
    assert_eq!(braid(&screen).lists[1].rows.len(), 4);
}

#[test]
fn the_mouse_chooses_and_opens() {
    let mut screen = screen(120, 40);
    screen.keys("B").click_on("Ben Okafor");
    assert_eq!(braid(&screen).query, "near:ben");
    screen.click_on("2024-03-04");
    assert_eq!(screen.place().0, "episodes/2024-03-04_storm.md");
}

#[test]
fn sparse_wikis_say_what_a_braid_is_for() {
    let wikis: [(&str, &[(&str, &str)]); 4] = [
        ("one_folder", &[("notes/a.md", "# A\n\n[[b]]\n"), ("notes/b.md", "# B\n")]),
        ("one_page", &[("a.md", "# A\n")]),
        ("tags_only", &[("a.md", "# A\n#x #y\n"), ("b.md", "# B\n#y [[a]]\n")]),
        ("no_page", &[]),
    ];
    for (name, pages) in wikis {
        let mut screen = Screen::new(80, 24, pages);
        screen.keys("B <Space>");
        insta::assert_snapshot!(format!("braid_{name}"), screen.frame());
    }
}

#[test]
fn a_braid_opened_before_the_wiki_is_read_fills_itself() {
    let mut screen = Screen::unread(80, 24, PAGES);
    screen.keys("B");
    assert!(screen.text().contains("once the pages are read"));
    screen.index();
    assert_eq!(braid(&screen).lists.len(), 4);
}

#[test]
fn the_first_frame_says_that_the_columns_are_read() {
    for (columns, rows) in [(120, 40), (80, 24), (40, 12)] {
        let mut screen = screen(columns, rows);
        screen.prompt = false;
        screen.keys("B");
        assert!(matches!(screen.waiting[..], [Effect::Weave { .. }]), "{:?}", screen.waiting);
        insta::assert_snapshot!(format!("reading_{columns}x{rows}"), frame(&screen));
        screen.keys("<Space> F");
        assert_eq!(
            screen.said().last().map(String::as_str),
            Some("Still reading what goes with what")
        );
        screen.catch_up();
        assert!(screen.text().contains("Ada Lindqvist"), "{}", screen.text());
    }
}

#[test]
fn a_braid_left_before_it_was_read_is_the_same_when_it_is_opened_again() {
    let mut screen = screen(120, 40);
    screen.keys("B <Space> <Esc>");
    screen.prompt = false;
    screen.keys("B <Esc>");
    screen.prompt = true;
    screen.keys("B");
    assert_eq!(braid(&screen).query, "near:ada");
}

#[test]
fn what_goes_with_what_in_an_older_wiki_is_dropped() {
    let mut screen = screen(120, 40);
    screen.keys("B");
    let before = said(&screen);
    screen.prompt = false;
    let older = Arc::new(Web::new(&screen.model.index));
    screen.write("people/cleo.md", "# Cleo\n");
    screen.write("people/dora.md", "# Dora\n");
    let asked = screen.waiting.iter().filter_map(|effect| match effect {
        Effect::Weave { ticket } => Some(*ticket),
        _ => None,
    });
    let asked: Vec<_> = asked.collect();
    assert_eq!(asked.len(), 2);
    // What was there stays until the last question is answered.
    assert_eq!(said(&screen), before);
    screen.send(Msg::Woven { ticket: asked[0], web: older });
    assert_eq!(said(&screen), before);
    screen.waiting.retain(|effect| matches!(effect, Effect::Weave { .. }));
    screen.catch_up();
    let after = said(&screen);
    assert!(after.contains("Cleo") && after.contains("Dora"), "{after}");
}
