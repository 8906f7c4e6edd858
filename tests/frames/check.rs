//! The check as its user sees it: what is wrong or loose in the wiki, part by part.

use crate::screen::Screen;
use kenning::app::check::Row;
use kenning::app::{Effect, Overlay};
use kenning::index::check::{Kind, Report};

const PAGES: &[(&str, &str)] = &[
    (
        "topics/tides.md",
        "# Tides\n\nAsk [[people/ada]] or [[people/bem]] about [[harbor]].\n\nAnd [[harbor]] again, \
         with [[nobody at all]].\n\n## At night\n\nThe sea sleeps. #sea\n",
    ),
    (
        "people/ada.md",
        "# Ada Lindqvist\n\nKeeps [[tides]] since 1998, [[tides#At nigth]] above all, and the \
         [[harbor]]. See [[notes]].\n",
    ),
    ("people/ben.md", "# Ben\n\nAsked [[ada]] about [[tides#Nowhere]].\n"),
    ("topics/harbour.md", "# Harbour\n\nStone.\n"),
    ("a/notes.md", "# First notes\n\n[[tides]]\n"),
    ("b/notes.md", "# Second notes\n\n[[tides]]\n"),
    ("odd.md", "---\n- @name\n---\n# Odd\n\n[[tides]]\n"),
];

fn screen(columns: u16, rows: u16) -> Screen {
    let mut screen = Screen::new(columns, rows, PAGES);
    screen.keys("C");
    screen
}

fn rows(screen: &Screen) -> &[Row] {
    match screen.model.overlays.last() {
        Some(Overlay::Check(check)) => &check.rows,
        other => panic!("{other:?} is on top"),
    }
}

#[test]
fn every_part_at_three_sizes() {
    for (columns, lines) in [(120, 40), (80, 24), (40, 12)] {
        let mut screen = screen(columns, lines);
        for (key, name) in [
            ("1 l", "missing"),
            ("2", "ambiguous"),
            ("3", "fragments"),
            ("4", "orphans"),
            ("5", "dead_ends"),
            ("6", "odd_pages"),
        ] {
            screen.keys(key);
            let frame = format!("{}{}", screen.frame(), screen.roles());
            insta::assert_snapshot!(format!("{name}_{columns}x{lines}"), frame);
        }
    }
}

#[test]
fn all_is_well_is_said_in_words() {
    let well = "# One\n\n[[two]]\n";
    let mut screen = Screen::new(100, 30, &[("one.md", well), ("two.md", "# Two\n\n[[one]]\n")]);
    screen.keys("C");
    for (key, expected) in [
        ("1", "every link leads to a page"),
        ("2", "every link can mean one page"),
        ("3", "every link to a heading"),
        ("4", "every page is linked"),
        ("5", "every page links"),
        ("6", "every page could be read"),
    ] {
        screen.keys(key);
        let text = screen.text();
        assert!(text.contains("All is well") && text.contains(expected), "{key}: {text}");
    }
    screen.keys("1 / x");
    assert!(screen.text().contains("Nothing here holds these words"), "{}", screen.text());
}

#[test]
fn a_missing_name_unfolds_to_near_names_and_to_who_wants_it() {
    let mut screen = screen(120, 40);
    assert!(screen.text().contains("harbor  ≈ Harbour"), "{}", screen.text());
    assert!(screen.text().contains("3 names, wanted by 5 links"), "{}", screen.text());
    let names = rows(&screen).len();
    assert_eq!(names, 3);
    screen.keys("<Enter>");
    let unfolded = rows(&screen).to_vec();
    assert!(matches!(
        unfolded[..],
        [
            Row::Name(0),
            Row::Near(0, _),
            Row::Asker(0, _),
            Row::Asker(0, _),
            Row::Asker(0, _),
            Row::Name(1),
            Row::Name(2)
        ]
    ));
    // `h` goes to the name, and folds it there.
    screen.keys("j j h h");
    assert_eq!(rows(&screen).len(), names);
    // Each place opens at its line.
    screen.keys("l j j <Enter>");
    assert!(screen.model.overlays.is_empty());
    assert_eq!(screen.place().0, "people/ada.md");
    // One comes back to the same row, and a near page opens too.
    screen.keys("C");
    assert_eq!(rows(&screen), unfolded);
    screen.keys("k <Enter>");
    assert_eq!(screen.place().0, "topics/harbour.md");
    assert!(screen.find("Stone").is_some());
}

#[test]
fn parts_are_switched_by_keys_and_clicks() {
    let mut screen = screen(120, 40);
    let part = |screen: &Screen| match screen.model.overlays.last() {
        Some(Overlay::Check(check)) => check.part,
        other => panic!("{other:?} is on top"),
    };
    for (keys, expected) in [
        ("", Kind::Missing),
        ("<Tab>", Kind::Ambiguous),
        ("4", Kind::Orphans),
        ("<Tab> <Tab> <Tab> <Tab> <Tab>", Kind::Missing),
        ("<Shift-Tab>", Kind::Files),
    ] {
        screen.keys(keys);
        assert_eq!(part(&screen), expected, "{keys}");
    }
    screen.click_on("3 Fragments");
    assert_eq!(part(&screen), Kind::Fragments);
    screen.keys("q");
    assert!(screen.model.overlays.is_empty());
}

#[test]
fn typing_narrows_and_escape_unwinds() {
    let mut screen = screen(120, 40);
    screen.keys("/ harb");
    assert_eq!(rows(&screen).len(), 1);
    assert!(screen.text().contains("1 of 3"), "{}", screen.text());
    assert!(screen.cursor.is_some());
    screen.keys("<Enter> <Enter>");
    assert_eq!(rows(&screen).len(), 5);
    screen.keys("<Esc>");
    assert_eq!(rows(&screen).len(), 7);
    screen.keys("<Esc>");
    assert!(screen.model.overlays.is_empty());
    // A page's path narrows what stands on it.
    screen.keys("C 3 / people/ben");
    assert!(matches!(rows(&screen), [Row::Page(_), Row::Link(_)]));
}

#[test]
fn the_active_filter_narrows_and_says_so() {
    let mut screen = Screen::new(120, 40, PAGES);
    screen.keys("F kind:people <Enter> C");
    let text = screen.text();
    assert!(text.contains("Check within kind:people"), "{text}");
    assert!(text.contains("1 Missing 1"), "{text}");
    screen.keys("5");
    assert!(screen.text().contains("on the pages of the filter"), "{}", screen.text());
}

#[test]
fn nothing_is_looked_for_on_the_drawing_thread() {
    let mut screen = Screen::new(120, 40, PAGES);
    screen.prompt = false;
    screen.keys("C");
    assert!(screen.text().contains("Looking"), "{}", screen.text());
    let asked = |screen: &Screen| {
        let asks = |effect: &&Effect| matches!(effect, Effect::Check { .. });
        screen.waiting.iter().filter(asks).count()
    };
    assert_eq!(asked(&screen), 1);
    // Further frames ask for nothing more.
    screen.keys("2 1");
    assert_eq!(asked(&screen), 1);
    screen.catch_up();
    assert!(screen.text().contains("≈ Harbour"), "{}", screen.text());
    // Near names are looked up for what is in sight, each once.
    screen.prompt = false;
    screen.keys("j j k <Esc> C");
    assert!(!screen.waiting.iter().any(|e| matches!(e, Effect::FindNear { .. })));
    assert_eq!(asked(&screen), 0);
}

#[test]
fn only_names_in_sight_are_asked_for_near_ones() {
    let links: Vec<String> = (0..500).map(|nth| format!("[[missing {nth}]]")).collect();
    let mut screen = Screen::new(80, 24, &[("one.md", &links.join("\n"))]);
    screen.keys("C");
    let known = |screen: &Screen| match screen.model.overlays.last() {
        Some(Overlay::Check(check)) => check.near.len(),
        _ => 0,
    };
    let first = known(&screen);
    assert!(first > 5 && first < 24, "{first}");
    screen.keys("G");
    assert!(known(&screen) <= 2 * first, "{}", known(&screen));
}

#[test]
fn what_changes_is_looked_for_again_and_the_cursor_stays() {
    let mut screen = screen(120, 40);
    screen.keys("j");
    let name = |screen: &Screen| {
        let Some(Overlay::Check(check)) = screen.model.overlays.last() else { return None };
        let Some(Row::Name(nth)) = check.rows.get(check.list.at) else { return None };
        Some(check.found.as_ref()?.report.missing[*nth].target.clone())
    };
    let before = name(&screen);
    assert!(before.is_some());
    screen.write("harbor.md", "# Harbor\n");
    assert_eq!((name(&screen), rows(&screen).len()), (before, 2));
}

#[test]
fn a_finding_can_be_peeked_at_and_explained() {
    let mut screen = screen(120, 40);
    screen.keys("2 j p");
    assert!(matches!(screen.model.overlays.last(), Some(Overlay::Peek(_))));
    screen.keys("<Esc> x");
    let text = screen.text();
    assert!(text.contains("Why this link leads there"), "{text}");
    assert!(text.contains("could be meant, in this order"), "{text}");
    // What is opened from there is not hidden by the check.
    screen.keys("<Tab> <Enter>");
    assert!(screen.model.overlays.is_empty());
    assert_eq!(screen.place().0, "a/notes.md");
}

/// A copy that a sync program made, and a page that git left with both versions.
#[test]
fn conflicts_are_a_part_of_their_own() {
    let pages = [
        ("index.md", "# Harbour\n\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> branch\n"),
        ("ada.md", "# Ada\n"),
        ("ada.sync-conflict-20250601-101500-ABCDEFG.md", "# Ada\n"),
    ];
    let mut screen = Screen::new(100, 24, &pages);
    screen.keys("C 7");
    assert!(screen.find("7 Conflicts 2").is_some());
    assert!(screen.find("a copy that a sync program made").is_some());
    assert!(screen.find("git's conflict marks").is_some());
    screen.keys("6");
    assert!(screen.find("All is well").is_some(), "they are not told twice");
}

/// The view shows what the functions say that `ken check` prints: here row by row, part by part.
#[test]
fn the_view_shows_what_the_report_says() {
    let mut screen = screen(120, 40);
    let report = Report::of(&screen.model.index, None);
    for (key, kind) in ["1", "2", "3", "4", "5", "6"].into_iter().zip(Kind::ALL) {
        screen.keys(key);
        let rows = rows(&screen);
        let links: Vec<_> = rows
            .iter()
            .filter_map(|row| if let Row::Link(at) = row { Some(*at) } else { None })
            .collect();
        let pages: Vec<_> = rows
            .iter()
            .filter_map(|row| if let Row::Alone(id) = row { Some(*id) } else { None })
            .collect();
        let names = rows.iter().filter(|row| matches!(row, Row::Name(_))).count();
        let odd = rows.iter().filter(|row| matches!(row, Row::Odd(..))).count();
        match kind {
            Kind::Missing | Kind::Files => assert_eq!(names, report.names(kind).count()),
            Kind::Ambiguous => assert_eq!(links, report.ambiguous),
            Kind::Fragments => assert_eq!(links, report.fragments),
            Kind::Orphans => assert_eq!(pages, report.orphans),
            Kind::DeadEnds => assert_eq!(pages, report.dead_ends),
            Kind::Pages | Kind::Conflicts => assert_eq!(odd, report.odd_of(kind).len()),
        }
        assert!(report.count(kind) > 0, "{kind:?} is tested");
    }
}

#[test]
fn missing_files_are_a_part_of_their_own() {
    let text = "# A\n\n[[b]] [[nn.Module]] ![[tide.png]] ![[tide.png]] [log](log.csv)\n";
    let mut screen = Screen::new(80, 24, &[("a.md", text)]);
    screen.keys("C");
    assert!(screen.find("2 names, wanted by 2 links").is_some(), "{}", screen.frame());
    assert!(screen.find("tide.png").is_none());
    screen.keys("8");
    assert!(screen.find("2 names, wanted by 3 links").is_some(), "{}", screen.frame());
    assert!(screen.find("nn.Module").is_none());
    screen.keys("<Enter>");
    assert!(screen.find("line 3").is_some(), "{}", screen.frame());
    screen.keys("/ log");
    assert!(screen.find("tide.png").is_none() && screen.find("log.csv").is_some());
}

#[test]
fn that_all_is_well_has_the_room_of_the_preview() {
    let pages: &[(&str, &str)] = &[("a.md", "# A\n\n[[b]]\n"), ("b.md", "# B\n\n[[a]]\n")];
    let mut screen = Screen::new(120, 24, pages);
    screen.keys("C 3");
    let line = "All is well: every link to a heading or a block finds it on its page.";
    assert!(screen.find(line).is_some(), "{}", screen.frame());
}
