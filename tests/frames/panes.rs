//! Tree, tags, filter and overlays as their user sees them: keys in, frames out.

use crate::screen::{Screen, page_path};
use kenning::app::model::{Focus, SidebarList, Size};
use kenning::app::overlay::Confirm;
use kenning::app::{Effect, Hit, Msg, Overlay, confirm};
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
fn the_open_page_is_shown_and_marked_at_the_start() {
    let mut screen = Screen::unread(80, 24, PAGES);
    screen.open("topics/deep/emacs.md");
    screen.index();
    assert_eq!(under_cursor(&screen), "topics/deep/emacs.md");
    assert_eq!(screen.role_on("# Emacs"), Role::CursorUnfocused);
    screen.keys("w k");
    assert_eq!(under_cursor(&screen), "topics/deep/README.md");
    assert_eq!(screen.role_on("▌"), Role::Cursor, "the page that is shown follows");
}

#[test]
fn the_tree_stands_before_titles_are_known() {
    let mut screen = Screen::unread(80, 24, PAGES);
    screen.list();
    screen.keys("w + j j j");
    assert!(screen.find("~ 2024-03-02 first storm").is_some());
    let before = under_cursor(&screen);
    screen.index();
    assert_eq!(under_cursor(&screen), before, "titles come, the cursor stays");
    assert!(screen.find("~ The First Storm").is_some());
}

#[test]
fn the_cursor_stays_on_its_item_through_every_change() {
    let mut screen = screen(80, 24);
    screen.keys("w + g g j j");
    let item = under_cursor(&screen);
    for change in ["S", "S", "S", "a", "a", "/ python <Esc>", "t w", "- +"] {
        screen.keys(change);
        assert_eq!(under_cursor(&screen), item, "after {change:?}");
    }
    screen.write("aaa/new.md", "# A page before all others\n");
    assert_eq!(under_cursor(&screen), item, "a page came");
    screen.keys("-");
    assert_ne!(under_cursor(&screen), item, "its folder is closed");
    screen.keys("+");
    assert_eq!(under_cursor(&screen), item, "its folder is open again");
}

#[test]
fn folders_fold_and_the_cursor_walks_out_of_them() {
    let mut screen = screen(80, 24);
    screen.keys("w - g g");
    assert_eq!(left(&screen).len(), 5, "a title, three folders, a page");
    screen.keys("G l l l l");
    assert_eq!(under_cursor(&screen), "topics/deep/README.md");
    screen.keys("w h");
    assert_eq!(under_cursor(&screen), "topics/deep");
    screen.keys("h h h h");
    assert_eq!(under_cursor(&screen), "topics");
    assert_eq!(left(&screen).len(), 5);
}

#[test]
fn moving_in_the_tree_shows_each_page_and_leaves_one_visit() {
    let mut screen = screen(80, 24);
    screen.keys("w + j j");
    assert!(screen.place().0.starts_with("episodes/") || screen.place().0 == "index.md");
    screen.keys("G g g j j");
    assert_eq!(screen.place().0, under_cursor(&screen));
    screen.keys("<Esc> <Backspace>");
    assert_eq!(screen.place().0, "index.md", "one step back leaves the browsing");
}

#[test]
fn revealing_a_page_says_when_the_filter_hides_it() {
    let mut screen = screen(80, 24);
    screen.keys("w - <Esc>");
    screen.open("topics/deep/emacs.md");
    screen.keys("r");
    assert_eq!(under_cursor(&screen), "topics/deep/emacs.md");
    assert_eq!(screen.model.focus, Focus::Sidebar);
    screen.keys("/ tag:python <Esc>");
    screen.keys("/ tag:tides <Enter>");
    screen.open("topics/deep/emacs.md");
    screen.said();
    screen.keys("r");
    assert_eq!(screen.said(), ["The filter hides this page; X clears the filter"]);
}

#[test]
fn the_filter_narrows_while_it_is_typed() {
    let mut screen = screen(80, 24);
    screen.keys("F tag:python");
    assert!(left(&screen)[0].ends_with("3 of 9"));
    assert_eq!(screen.model.filter.text, "tag:python");
    assert!(screen.find("Emacs").is_none() && screen.find("Django").is_some());
    screen.keys("<Space> - tag:w");
    assert!(left(&screen)[0].ends_with("3 of 9"), "no tag w: nothing is left out");
    screen.keys("eb <Enter>");
    assert!(left(&screen)[0].ends_with("2 of 9"));
    assert!(screen.cursor.is_none(), "the field is left, the filter stays");
    screen.keys("X");
    assert!(left(&screen)[0].ends_with(" 9"));
}

#[test]
fn a_mistake_in_the_filter_keeps_what_was_filtered() {
    let mut screen = screen(80, 24);
    screen.keys("F tag:web");
    let before = screen.model.filter.pages.clone();
    screen.keys("<Space> )");
    assert!(screen.model.filter.error.is_some());
    assert_eq!(screen.model.filter.pages, before);
    let (column, row) = screen.find("^").expect("a caret under the mistake");
    assert_eq!(screen.role_at(column, row), Role::Error);
    let field = screen.find(")").expect("the field");
    assert_eq!((column, row), (field.0, field.1 + 1));
    screen.keys("<Esc>");
    assert!(screen.model.filter.text.is_empty() && screen.model.filter.error.is_none());
}

#[test]
fn a_filter_that_needs_texts_waits_for_its_answer() {
    let mut screen = screen(80, 24);
    screen.keys("F text:tide");
    let asked = screen.done.iter().rev().find_map(|effect| match effect {
        Effect::Filter { ticket, query } => Some((*ticket, query.clone())),
        _ => None,
    });
    let (ticket, query) = asked.expect("the texts are asked for");
    assert_eq!(query, "text:tide");
    assert!(screen.model.filter.pages.is_none(), "until then nothing is hidden");
    let page = screen.model.index.at(&page_path("people/mei.md")).expect("it is there").id;
    let stale = kenning::app::model::Ticket(ticket.0 - 1);
    screen.send(Msg::FilterMatched { ticket: stale, pages: Vec::new() });
    assert!(screen.model.filter.pages.is_none(), "an old answer is dropped");
    screen.send(Msg::FilterMatched { ticket, pages: vec![page] });
    assert!(left(&screen)[0].ends_with("1 of 9"));
}

#[test]
fn tags_are_counted_under_the_filter_and_choose_it() {
    let mut screen = screen(80, 24);
    screen.keys("t");
    let pane = left(&screen);
    assert_eq!(
        pane[1..],
        [
            "   #python                  3",
            " ▸ #editor                  2",
            "   #tides                   1",
            "   #web                     1"
        ]
    );
    screen.keys("<Enter>");
    assert_eq!(screen.model.filter.text, "tag:python");
    let pane = left(&screen);
    assert_eq!(pane[1..3], ["+  #python                  3", " ▸ #editor                  1"]);
    assert_eq!(screen.role_on("#tides"), Role::Quiet);
    screen.keys("G -");
    assert_eq!(screen.model.filter.text, "tag:python -tag:tides");
    screen.keys("- g g <Space>");
    assert_eq!(screen.model.filter.text, "", "each pressed again unsets");
    screen.keys("o j o");
    assert_eq!(screen.model.filter.text, "(tag:python OR tag:editor)");
    screen.keys("F <Ctrl-U> tag:web <Enter> t");
    assert!(left(&screen).contains(&"+  #web                     1".to_owned()), "typed is chosen");
}

#[test]
fn nested_tags_unfold_and_the_list_narrows() {
    let mut screen = screen(80, 24);
    screen.keys("t j l j");
    assert_eq!(left(&screen)[3], "     /emacs                 1");
    screen.keys("h");
    assert_eq!(screen.model.tags.list.at, 1, "h goes to the parent, then folds it");
    screen.keys("h / ema");
    assert_eq!(
        left(&screen)[2..],
        [" ▾ #editor                  2", "     /emacs                 1"]
    );
    screen.keys("<Esc> S");
    assert_eq!(left(&screen)[1], " ▸ #editor                  2", "by name");
}

#[test]
fn the_finder_keeps_its_rows_until_new_ones_come() {
    let mut screen = screen(100, 24);
    screen.keys("<Ctrl-P> py");
    assert!(screen.find("Python").is_some());
    screen.prompt = false;
    screen.keys("thon");
    assert!(screen.find("Python").is_some(), "nothing flickers");
    let waiting = screen.waiting.len();
    assert_eq!(waiting, 4);
    screen.catch_up();
    screen.keys("<Enter>");
    assert_eq!(screen.place().0, "topics/python.md");
}

#[test]
fn enter_pressed_before_the_answer_waits_for_it() {
    let mut screen = screen(100, 24);
    screen.keys("<Ctrl-P>");
    screen.prompt = false;
    screen.keys("python <Enter>");
    screen.catch_up();
    assert_eq!(screen.place().0, "topics/python.md");
    screen.keys("s");
    screen.prompt = false;
    screen.keys("slept <Enter>");
    screen.catch_up();
    assert_eq!(screen.place().0, "episodes/2024-01-15_logging.md");
}

#[test]
fn an_old_answer_of_the_finder_is_dropped() {
    let mut screen = screen(100, 24);
    screen.keys("<Ctrl-P> python");
    let rows = |screen: &Screen| match screen.model.overlays.last() {
        Some(Overlay::Finder(finder)) => finder.rows.clone(),
        _ => Vec::new(),
    };
    let before = rows(&screen);
    screen.send(Msg::Found { ticket: kenning::app::model::Ticket(1), rows: Vec::new() });
    assert_eq!(rows(&screen), before);
    assert!(!before.is_empty());
}

#[test]
fn the_finder_opens_headings_filters_by_tags_and_obeys_the_filter() {
    let mut screen = screen(120, 30);
    screen.keys("<Ctrl-P> generators <Enter>");
    assert_eq!(screen.place().0, "topics/python.md");
    assert!(screen.model.overlays.is_empty());
    screen.keys("<Ctrl-P> #web <Ctrl-End> <Enter>");
    assert_eq!(screen.model.filter.text, "tag:web");
    screen.keys("<Ctrl-P> mei");
    assert!(screen.find("Mei Tanaka").is_none(), "the filter hides her");
    assert!(screen.find("Find within tag:web").is_some());
    screen.keys("<Esc> X <Ctrl-P> tag:tides <Enter>");
    assert_eq!(screen.place().0, "people/mei.md");
}

#[test]
fn the_finder_lists_recent_pages_first_and_completes() {
    let mut screen = screen(120, 30);
    screen.open("people/alex.md");
    screen.open("people/mei.md");
    screen.keys("<Ctrl-P> <Enter>");
    assert_eq!(screen.place().0, "people/alex.md", "the page before, not the open one");
    screen.keys("<Ctrl-P> tag:pyt <Tab>");
    let Some(Overlay::Finder(finder)) = screen.model.overlays.last() else {
        panic!("the finder is open")
    };
    assert_eq!(finder.input.text, "tag:python");
}

#[test]
fn the_preview_shows_the_row_under_the_cursor() {
    let mut screen = screen(120, 30);
    screen.keys("<Ctrl-P> django");
    assert!(screen.find("A framework in Python.").is_some());
    screen.keys("<Ctrl-U> emacs");
    assert!(screen.find("An editor.").is_some());
    assert_eq!(screen.place().0, "index.md", "the reader stays");
    screen.resize(60, 20);
    assert!(screen.find("An editor.").is_none(), "no room, no preview");
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
fn ten_thousand_pages_in_one_folder_are_walked_row_by_row() {
    let pages: Vec<(String, String)> =
        (0..10_000).map(|n| (format!("all/page {n}.md"), String::new())).collect();
    let pages: Vec<(&str, &str)> =
        pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mut screen = Screen::new(80, 24, &pages);
    screen.keys("w G");
    assert!(left(&screen).last().is_some_and(|row| row.contains("page 9999")));
    let rows = |screen: &Screen| {
        (0..24).filter(|row| matches!(screen.hits.at(3, *row), Some(Hit::TreeRow(_)))).count()
    };
    assert_eq!(rows(&screen), 20, "as many rows as the pane has");
    for step in 1..30 {
        screen.keys("k");
        assert_eq!(screen.place().0, format!("all/page {}.md", 9_999 - step));
    }
    assert!(left(&screen)[0].ends_with("10,000"));
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
fn what_is_asked_of_a_tag_stays_at_the_head_of_the_list() {
    let mut screen = screen(80, 24);
    screen.keys("t <Enter> j -");
    let states: Vec<_> = screen.model.tags.rows.iter().map(|row| row.state).collect();
    assert_eq!(states[..2], [TagState::Required, TagState::Excluded], "{:?}", left(&screen));
    assert!(screen.model.tags.list.at < 2, "the cursor goes with its tag");
}

#[test]
fn esc_shows_all_tags_again_before_it_leaves_them() {
    let mut screen = screen(80, 24);
    screen.keys("t /");
    assert!(screen.find("Enter to the list   Esc all tags").is_some());
    let all = screen.model.tags.rows.len();
    screen.keys("web <Enter>");
    assert!(screen.model.tags.rows.len() < all && screen.find("Esc all tags").is_some());
    screen.keys("<Esc>");
    assert_eq!((screen.model.tags.rows.len(), screen.model.focus), (all, Focus::Sidebar));
    screen.keys("<Esc>");
    assert_eq!(screen.model.focus, Focus::Page);
}

#[test]
fn the_keys_of_the_filters_field_are_shown_while_it_is_typed() {
    let mut screen = screen(80, 24);
    screen.keys("w / py");
    assert!(screen.find("Enter to the list   Tab complete   Ctrl-X explain   Esc clear").is_some());
}
