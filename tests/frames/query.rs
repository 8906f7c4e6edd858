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

/// What stands in the tree's field.
fn typed(screen: &Screen) -> &str {
    &screen.model.tree.typing.as_ref().expect("the field is open").text
}

#[test]
fn a_term_is_completed_while_it_is_typed() {
    let mut screen = saved(100, 16, &[]);
    screen.keys("/ t");
    assert_snapshot!("fields", screen.frame());
    screen.keys("<Tab>");
    assert_eq!(typed(&screen), "tag:");
    assert_snapshot!("tags", screen.frame());
    // Arrows choose in the list, Tab takes, and the pages follow.
    screen.keys("<Down> <Tab>");
    assert_eq!(typed(&screen), "tag:levels");
    assert_snapshot!("tag_taken", screen.frame());
    // A second term; Enter takes what arrows chose, and then leaves the field.
    screen.keys("<Space> [sta <Tab> <Down> <Enter>");
    assert_eq!(typed(&screen), "tag:levels [status:away]");
    screen.keys("<Enter>");
    assert!(screen.model.tree.typing.is_none());
}

#[test]
fn a_term_in_the_middle_is_completed_as_a_whole() {
    let mut screen = saved(100, 16, &[]);
    screen.keys("/ tag:harXX <Space> kind:people <Home>");
    screen.keys("<Right> <Right> <Right> <Right> <Right> <Right> <Right> x <Backspace>");
    assert!(screen.text().contains("harbour "), "{}", screen.text());
    screen.keys("<Tab>");
    assert_eq!(typed(&screen), "tag:harbour kind:people");
    screen.keys("-");
    assert_eq!(typed(&screen), "tag:harbour- kind:people");
}

#[test]
fn esc_closes_the_list_before_the_field() {
    let mut screen = saved(100, 16, &[]);
    screen.keys("/ tag:h <Esc>");
    assert_eq!(typed(&screen), "tag:h");
    assert!(screen.model.suggest.rows.is_empty());
    // It stays closed for this term, and arrows are those of the pages again.
    screen.keys("a");
    assert!(screen.model.suggest.rows.is_empty());
    screen.keys("<Space> kind:");
    assert_eq!(screen.model.suggest.rows.len(), 2);
    screen.keys("<Esc> <Esc>");
    assert!(screen.model.tree.typing.is_none() && screen.model.filter.text.is_empty());
}

#[test]
fn a_mistake_is_marked_and_tab_puts_it_right() {
    let mut screen = saved(100, 18, &[]);
    screen.keys("/ kind:people <Space> tga:person");
    // What was found before the mistake stays.
    assert_eq!(screen.model.filter.pages.as_ref().map(std::collections::HashSet::len), Some(2));
    assert_snapshot!("mistake", screen.frame());
    screen.keys("<Tab>");
    assert_eq!(typed(&screen), "kind:people tag:person");
    // One goes on where one was.
    screen.keys("2");
    assert_eq!(typed(&screen), "kind:people tag:person2");
    screen.keys("<Ctrl-u> \"ebba <Space> l");
    assert_snapshot!("unfinished", screen.frame());
    screen.keys("<Tab>");
    assert_eq!(typed(&screen), "\"ebba l\"");
    screen.keys("<Ctrl-u> strength<abc <Tab>");
    assert_eq!(typed(&screen), "strength<abc");
    assert_snapshot!("no_proposal", screen.frame());
}

#[test]
fn the_finder_completes_terms_and_leaves_words_alone() {
    let mut screen = saved(120, 30, &[]);
    screen.keys("<Ctrl-p> t");
    assert!(screen.model.suggest.rows.is_empty());
    screen.keys("<Ctrl-u> link:");
    assert_snapshot!("finder", screen.frame());
    screen.keys("<Tab> <Esc>");
    assert!(screen.model.overlays.is_empty());
    screen.keys("<Ctrl-p> link:datum <Space> is:orphn");
    assert_snapshot!("finder_mistake", screen.frame());
    screen.keys("<Tab>");
    assert!(screen.text().contains("link:datum is:orphan"));
}

#[test]
fn the_finder_finds_saved_queries_and_filters_by_them() {
    let mut screen =
        saved(120, 24, &[("datum and all", "tag:harbour"), ("my people", "tag:person")]);
    screen.keys("<Ctrl-p> dat");
    assert_snapshot!("finder_saved", screen.frame());
    screen.keys("<Ctrl-u> peop <Ctrl-End> <Enter>");
    assert_eq!(screen.model.filter.text, "tag:person");
}

#[test]
fn small_screens_have_room_for_the_list() {
    let mut screen = saved(40, 12, &[]);
    screen.keys("/ [");
    assert_snapshot!("small", screen.frame());
}

#[test]
fn the_filter_narrows_shelves_too() {
    let mut screen = saved(100, 24, &[("harbour", "tag:harbour"), ("away", "[status:away]")]);
    screen.keys("g g l / kind:people");
    screen.keys("<Space> #harbour <Enter>");
    assert_snapshot!("shelves_filtered", screen.frame());
}
