//! Tree, tags, filter and overlays as their user sees them: keys in, frames out. Here are whole frames, the overlays
//! but the finder, and what holds of all panes.

mod finder;
mod tags;
mod tree;

use crate::screen::{Screen, page_path};
use kenning::app::model::{Focus, SidebarList, Size};
use kenning::app::overlay::Confirm;
use kenning::app::{Effect, Hit, Msg, Overlay, Panes, confirm};
use kenning::command::{Command, Key};
use kenning::search::tagfilter::TagState;
use kenning::text::role::Role;
use kenning::text::width::width;
use proptest::prelude::*;

const PAGES: &[(&str, &str)] = &[
    ("index.md", "# Harbour notes\n\nStart here: [[topics/python]], [[people/mei]].\n"),
    (
        "people/alex.md",
        "---\ntags: [python, editor/vim]\naliases: [Lex]\n---\n# Alex Chen\n\nWrites Python at night.\n",
    ),
    (
        "people/mei.md",
        "---\ntags: [tides]\n---\n# 田中芽衣 Mei Tanaka\n\n## How she works\n\nShe draws the tide first.\n\n*Strength: 0.9*\n",
    ),
    (
        "topics/python.md",
        "---\ntags: [python]\n---\n# Python\n\nA language.\n\n## Generators\n\nThey yield.\n\nA tide of values.\n",
    ),
    ("topics/django.md", "---\ntags: [python, web]\n---\n# Django\n\nA framework in Python.\n"),
    ("topics/deep/emacs.md", "---\ntags: [editor/emacs]\n---\n# Emacs\n\nAn editor.\n"),
    ("topics/deep/README.md", "Notes on deep things.\n"),
    ("episodes/2024-03-02_first_storm.md", "# The First Storm\n\nThe tide came over the wall.\n"),
    ("episodes/2024-01-15_logging.md", "# Logging\n\nNobody slept.\n"),
];

fn screen(columns: u16, rows: u16) -> Screen {
    Screen::new(columns, rows, PAGES)
}

/// The pane at the left, row by row, without the page beside it.
fn left(screen: &Screen) -> Vec<String> {
    let rows = screen.text();
    let pane = rows.lines().filter_map(|line| line.split_once('│').map(|(left, _)| left));
    pane.map(|line| line.trim_end().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// The row under the cursor, by what stands there.
fn under_cursor(screen: &Screen) -> String {
    let tree = &screen.model.tree;
    tree.tree.row(tree.list.at).and_then(|row| Some(row.path?.to_string())).unwrap_or_default()
}

#[test]
fn frames_of_every_pane_at_three_sizes() {
    let views: &[(&str, &str)] = &[
        ("tree", "w <+>"),
        ("tree_filtered", "w / tag:python <Enter>"),
        ("tree_mistake", "w / tagg:python"),
        ("tags", "t l"),
        ("tags_chosen", "t <Enter> j o"),
        ("finder", "<Ctrl-P> gen"),
        ("search", "s tide"),
        ("help", "?"),
        ("help_narrowed", "? fold"),
        ("palette", ": sort"),
        ("themes", "T"),
    ];
    for (columns, rows) in [(40, 10), (80, 24), (120, 40)] {
        for (name, keys) in views {
            let mut screen = screen(columns, rows);
            screen.keys(keys);
            let cursor = screen.cursor.map(|at| format!("cursor {},{}\n", at.x, at.y));
            let shown = screen.frame() + &screen.roles() + &cursor.unwrap_or_default();
            insta::assert_snapshot!(format!("{name}_{columns}x{rows}"), shown);
        }
    }
}

#[test]
fn search_groups_hits_by_page_and_opens_the_place() {
    let mut screen = screen(120, 30);
    screen.keys("s tide");
    assert!(screen.find("4 lines on 3 pages").is_some());
    let first = screen.find("The tide came over the wall.").expect("a hit");
    let page = screen.find("The First Storm").expect("its page");
    assert!(page.1 < first.1);
    assert_eq!(screen.role_on("tags: ["), Role::Cursor, "the cursor skips the page's row");
    screen.keys("<Down> <Down>");
    assert_eq!(screen.role_on("A tide of values"), Role::Cursor);
    screen.keys("<Up> <Up> <Up> <Up> <Down> <Down> <Enter>");
    assert_eq!(screen.place().0, "topics/python.md");
    assert!(screen.find("A tide of values.").is_some());
    screen.keys("s");
    assert!(screen.find("4 lines on 3 pages").is_some(), "the last search is kept");
}

#[test]
fn a_broken_pattern_is_explained_and_keeps_the_hits() {
    let mut screen = screen(120, 30);
    screen.keys("s tide <Ctrl-U> /ti( de/");
    assert!(screen.find("^").is_some());
    let Some(Overlay::Search(search)) = screen.model.overlays.last() else {
        panic!("the search is open")
    };
    assert!(search.error.is_some());
}

#[test]
fn help_comes_from_the_live_keys_and_is_about_the_present_place() {
    let mut screen = screen(80, 40);
    screen.keys("t ?");
    let place = |screen: &Screen, text: &str| screen.find(text).map(|(_, row)| row);
    assert!(place(&screen, "Tags  here") < place(&screen, "Lists  here"));
    assert!(screen.find("Enter, Space").is_some());
    screen.keys("theme");
    assert!(screen.find("Choose a theme").is_some() && screen.find("Enter, Space").is_none());
    screen.keys("<Esc> <Esc> ?");
    assert!(screen.find("Reading  here").is_some());
}

#[test]
fn the_palette_runs_what_it_names_where_it_was_opened() {
    let mut screen = screen(80, 24);
    screen.keys(": file <Space> names <Enter>");
    assert!(screen.model.overlays.is_empty());
    assert!(screen.text().contains("The tree shows file names"));
    screen.keys(": choose <Space> theme <Enter>");
    assert!(matches!(screen.model.overlays[..], [Overlay::Themes(_)]));
}

#[test]
fn themes_are_tried_live_and_kept_or_left() {
    let mut screen = screen(80, 24);
    let mut other = screen.model.themes.theme().clone();
    other.name = "other".to_owned();
    screen.model.themes.all.push(other);
    screen.keys("T j");
    assert_eq!(screen.model.themes.current, 1);
    screen.keys("<Esc>");
    assert_eq!(screen.model.themes.current, 0, "Esc goes back");
    screen.keys("T <Down> <Enter>");
    assert_eq!(screen.model.themes.current, 1);
    assert!(screen.text().contains("theme = \"other\""));
}

#[test]
fn a_question_is_answered_with_its_key_and_nothing_else() {
    let mut screen = screen(80, 24);
    let ask = |screen: &mut Screen| {
        let yes = ('y', "open it".to_owned(), vec![Effect::OpenExternal("https://x".to_owned())]);
        let no = ('n', "stay here".to_owned(), Vec::new());
        let question = "Open https://x in your browser?".to_owned();
        confirm::ask(&mut screen.model, Confirm { question, answers: vec![yes, no] });
    };
    ask(&mut screen);
    screen.keys("z j q");
    assert_eq!(screen.model.overlays.len(), 1);
    insta::assert_snapshot!(screen.frame());
    screen.keys("Y");
    assert!(screen.model.overlays.is_empty());
    assert_eq!(screen.done.last(), Some(&Effect::OpenExternal("https://x".to_owned())));
    let done = screen.done.len();
    ask(&mut screen);
    screen.keys("<Esc>");
    ask(&mut screen);
    screen.keys("x").click_on("stay here");
    assert!(screen.model.overlays.is_empty());
    assert_eq!(screen.done.len(), done);
}

#[test]
fn the_mouse_works_in_panes_and_overlays() {
    let mut screen = screen(80, 24);
    screen.click_on("Tags");
    assert_eq!(screen.model.sidebar.list, SidebarList::Tags);
    screen.click_on("#python");
    assert_eq!(screen.model.filter.text, "tag:python");
    screen.click_on("Pages").click_on("Django");
    assert_eq!(screen.place().0, "topics/django.md");
    screen.keys("X");
    screen.click_on("▾ topics");
    assert!(screen.find("Django").is_none_or(|(column, _)| column > 30), "the folder is closed");
    screen.keys("<Ctrl-P> python");
    assert_eq!(screen.hit_on("Find"), Some(Hit::Overlay));
    let hit = screen.hits.at(6, 6).expect("a row");
    assert!(matches!(hit, Hit::OverlayRow(0 | 1)), "{hit:?}");
    screen.send(Msg::Press(Hit::OverlayRow(0)));
    assert_eq!(screen.place().0, "topics/python.md");
    screen.keys("?");
    screen.send(Msg::Wheel(Hit::Overlay, 5));
    screen.click(0, 0);
    assert!(screen.model.overlays.is_empty(), "a press outside closes");
}

#[test]
fn names_cannot_act_on_the_terminal_nor_break_the_rows() {
    let long = format!("long/{}-the-end.md", "very-".repeat(40));
    let pages = [
        ("a\u{1b}[31mred\u{202e}.md", "# \u{7}Bell \u{1b}]0;title\u{7}\n\n#ta\u{200b}g\n"),
        ("日本語の長い名前のフォルダ/とても長いページの名前です.md", "x\n"),
        (long.as_str(), "y\n"),
    ];
    for columns in [20, 40, 80, 120] {
        let mut screen = Screen::new(columns, 24, &pages);
        for keys in ["w +", "a", "t", "<Ctrl-P>", "<Esc> s e", "<Esc> F bell"] {
            screen.keys(keys);
            let text = screen.text();
            assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{keys}");
            for line in text.lines() {
                assert!(width(line) <= usize::from(columns), "{line:?}");
            }
        }
    }
    let mut screen = Screen::new(80, 24, &pages);
    screen.keys("w + a");
    assert!(screen.find("-end.md").is_some(), "the end tells names apart");
}

#[test]
fn empty_lists_say_what_would_be_there() {
    let mut screen = Screen::unread(80, 24, &[]);
    screen.keys("w");
    assert!(screen.find("Looking for pages").is_some());
    screen.index();
    assert!(screen.find("No pages yet.").is_some());
    screen.keys("t");
    assert!(screen.find("No tags yet.").is_some());
    screen.keys("<Ctrl-P>");
    assert!(screen.find("being read").is_some() || screen.find("no pages yet").is_some());
    screen.keys("<Esc> s");
    assert!(screen.find("Finds the lines").is_some());
}

#[test]
fn signs_and_borders_are_ascii_where_asked_for() {
    let mut screen = screen(120, 30);
    screen.model.themes.ascii = true;
    for keys in
        ["w +", "t l", "<Ctrl-P> emacs", "<Esc> ?", "<Esc> : x", "<Esc> T", "<Esc> s editor"]
    {
        screen.keys(keys);
        let other = screen.text().chars().find(|c| !c.is_ascii() && !"田中芽衣…".contains(*c));
        assert_eq!(other, None, "{keys}\n{}", screen.text());
    }
}

#[test]
fn every_overlay_fits_every_screen() {
    let sizes =
        [(1, 1), (2, 1), (1, 5), (3, 3), (8, 4), (19, 6), (20, 7), (63, 15), (64, 16), (300, 100)];
    for (columns, rows) in sizes {
        let mut screen = screen(120, 40);
        screen.resize(columns, rows);
        for keys in [
            "w",
            "F x(",
            "<Esc> t",
            "/ a",
            "<Esc> <Ctrl-P> a",
            "<Esc> s e",
            "<Esc> s <Ctrl-U> /(/",
            "<Esc> ?",
            "<Esc> :",
            "<Esc> T",
        ] {
            screen.keys(keys);
            if let Some(cursor) = screen.cursor {
                assert!(cursor.x < columns && cursor.y < rows, "{keys} at {columns}x{rows}");
            }
        }
        let question = "Really?".to_owned();
        let answers = vec![('y', "yes".to_owned(), Vec::new())];
        confirm::ask(&mut screen.model, Confirm { question, answers });
        screen.resize(columns, rows);
    }
}

#[test]
fn keys_change_the_width_of_the_pane_that_has_them() {
    let mut screen = screen(120, 24);
    let widths = |screen: &Screen| {
        let panes = Panes::of(&screen.model);
        (panes.sidebar, panes.page, panes.context)
    };
    let (tree, page, context) = widths(&screen);
    screen.keys(") )");
    assert_eq!(widths(&screen), (tree + 8, page - 8, context));
    screen.keys("w (");
    assert_eq!(widths(&screen), (tree + 4, page - 4, context));
    screen.keys("o )");
    assert_eq!(widths(&screen), (tree + 4, page - 8, context + 4));
    screen.keys(") ) ) ) ) ) ) ) ) ) ) ) ) )");
    assert_eq!(widths(&screen).2, 60, "half of the screen at most");
    screen.resize(80, 24);
    assert_eq!(widths(&screen).2, 40);
    screen.resize(40, 24);
    screen.keys("(");
    assert!(screen.find("One pane fills this screen").is_some(), "{}", screen.frame());
}

#[test]
fn the_cursor_stands_where_one_types() {
    let mut screen = screen(80, 24);
    for keys in ["<Ctrl-P>", "<Esc> s", "<Esc> ?", "<Esc> :", "<Esc> F", "<Esc> t /"] {
        screen.keys(keys).keys("ab");
        let (column, row) = screen.find("ab").expect("what was typed");
        let at = screen.cursor.expect("a cursor");
        assert_eq!((at.x, at.y), (column + 2, row), "{keys}");
        screen.keys("<Ctrl-U>");
    }
    screen.keys("<Esc> T");
    assert!(screen.cursor.is_none(), "nothing is typed there");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_keys_on_any_screen_keep_the_lists_sound(
        steps in prop::collection::vec((0..60usize, 1u16..130, 1u16..45), 1..40),
    ) {
        let keys = [
            "w", "t", "j", "k", "h", "l", "G", "g g", "d", "u", "+", "-", "S", "a", "r", "F", "X",
            "/", "<Enter>", "<Esc>", "<Space>", "o", "x", "<Ctrl-P>", "s", "?", ":", "T", "<Tab>",
            "<Down>", "<Up>", "<PageDown>", "<PageUp>", "<Ctrl-U>", "<Ctrl-W>", "<Backspace>",
            "p", "y", "tag:", "(", "-", "e", "web",
        ];
        let mut screen = screen(80, 24);
        for (key, columns, rows) in steps {
            match keys.get(key) {
                Some(keys) => { screen.keys(keys); }
                None => screen.send(Msg::Resize(Size { columns, rows })),
            }
            if screen.model.size.columns != columns && key % 7 == 0 {
                screen.resize(columns, rows);
            }
            let model = &screen.model;
            prop_assert!(model.tree.tree.is_empty() || model.tree.list.at < model.tree.tree.len());
            prop_assert!(model.tags.rows.is_empty() || model.tags.list.at < model.tags.rows.len());
            if let Some(Overlay::Finder(finder)) = model.overlays.last() {
                prop_assert!(finder.rows.is_empty() || finder.list.at < finder.rows.len());
            }
            if let Some(cursor) = screen.cursor {
                prop_assert!(cursor.x < model.size.columns && cursor.y < model.size.rows);
            }
        }
    }
}

#[test]
fn keys_of_the_whole_program_work_under_an_overlay() {
    let mut screen = screen(80, 24);
    screen.keys("<Ctrl-P>");
    screen.send(Msg::Key(Key::ctrl('c')));
    assert_eq!(screen.done.last(), Some(&Effect::Quit));
    screen.send(Msg::Run(Command::Redraw));
    assert_eq!(screen.done.last(), Some(&Effect::Redraw));
}

#[test]
fn however_wide_the_panes_are_made_the_page_keeps_its_place() {
    for columns in [64, 80, 112, 120, 200] {
        let mut screen = screen(columns, 30);
        let check = |screen: &Screen| {
            let panes = Panes::of(&screen.model);
            let borders = u16::from(panes.sidebar > 0) + u16::from(panes.context > 0);
            assert!(panes.page >= 24, "{columns}: {panes:?}");
            assert_eq!(panes.sidebar + panes.page + panes.context + borders, columns, "{panes:?}");
        };
        for pane in ["w", "o"] {
            screen.keys(pane);
            for _ in 0..40 {
                screen.keys(")");
                check(&screen);
            }
        }
        screen.keys("w");
        check(&screen);
        screen.keys("<Esc>");
        check(&screen);
    }
}
