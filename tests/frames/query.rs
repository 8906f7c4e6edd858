//! The query language where it is typed: completion, mistakes, saved queries at the top of the tree.

use insta::assert_snapshot;
use kenning::config::SavedQuery;

use crate::screen::Screen;

const PAGES: &[(&str, &str)] = &[
    ("index.md", "# Gauge log\nSee [[Ebba]] and [[Datum]].\n"),
    (
        "people/ebba.md",
        "---\ntags: [person, harbour]\nstatus: active\n---\n# Ebba Lind\nKeeps [[Datum]].\n",
    ),
    ("people/tor.md", "---\ntags: [person]\nstatus: away\n---\n# Tor Vik\nAsks [[Nobody]].\n"),
    ("topics/datum.md", "---\ntags: [harbour, levels]\nstrength: 0.4\n---\n# Datum\nZero.\n"),
    ("topics/staff.md", "---\ntags: [levels]\nstrength: 0.9\n---\n# Staff\nRead it.\n"),
];

/// A wiki with saved queries, the tree in focus.
fn saved(columns: u16, rows: u16, queries: &[(&str, &str)]) -> Screen {
    let mut screen = Screen::unread(columns, rows, PAGES);
    let saved =
        |&(name, query): &(&str, &str)| SavedQuery { name: name.into(), query: query.into() };
    screen.model.config.queries = queries.iter().map(saved).collect();
    screen.open("index.md");
    screen.index();
    screen.keys("w");
    screen
}

#[test]
fn saved_queries_stand_at_the_top_of_the_tree() {
    let queries =
        [("harbour", "tag:harbour"), ("weak", "strength<0.5"), ("typo", "tga:x"), ("none", "zzz")];
    let mut screen = saved(100, 24, &queries);
    screen.keys("g g l l");
    assert_snapshot!("shelves", screen.frame());
    screen.keys("h h j j l");
    assert_snapshot!("shelf_broken", screen.frame());
}

#[test]
fn a_shelf_folds_opens_its_pages_and_keeps_the_cursor() {
    let mut screen = saved(100, 24, &[("harbour", "tag:harbour")]);
    screen.keys("g g <Enter> j <Enter>");
    assert_eq!(screen.place().0, "people/ebba.md");
    // The wiki changes: the cursor stays on the shelf's row, not on the page's own one.
    screen.keys("w");
    let row = screen.model.tree.list.at;
    assert_eq!(row, 1);
    screen.write("topics/pier.md", "---\ntags: [harbour]\n---\n# A pier\n");
    assert_eq!(screen.model.tree.list.at, 1);
    assert!(screen.row(2).starts_with(" ▾ ◇ harbour                3 │"), "{}", screen.row(2));
    screen.keys("h");
    assert_eq!(screen.model.tree.list.at, 0);
    screen.keys("h");
    assert!(screen.row(2).contains("▸ ◇ harbour"), "{}", screen.row(2));
}

#[test]
fn the_filter_narrows_shelves_too() {
    let mut screen = saved(100, 24, &[("harbour", "tag:harbour"), ("away", "[status:away]")]);
    screen.keys("g g l / kind:people");
    screen.keys("<Space> #harbour <Enter>");
    assert_snapshot!("shelves_filtered", screen.frame());
}
