use std::collections::HashSet;
use std::fmt::Write;

use super::{Contents, Entry, Labels, Order, RowKind, Shelf, Sort, Spot, Tree};
use crate::text::date::Date;
use crate::vault::PagePath;

/// A page with what the tree sorts by.
#[derive(Clone, Default)]
struct Page {
    path: &'static str,
    title: &'static str,
    day: Option<Date>,
    strength: Option<f32>,
    modified_ms: i64,
}

fn page(path: &'static str, title: &'static str) -> Page {
    Page { path, title, ..Page::default() }
}

fn build(pages: &[Page], order: Order) -> Tree {
    let paths: Vec<PagePath> = pages.iter().map(|page| PagePath::new(page.path).unwrap()).collect();
    let entries = pages.iter().zip(&paths).map(|(page, path)| Entry {
        path,
        title: page.title,
        kind: page.path.split_once('/').map(|(kind, _)| kind),
        day: page.day,
        updated: None,
        strength: page.strength,
        modified_ms: page.modified_ms,
    });
    Tree::build(entries, order)
}

fn path(text: &str) -> PagePath {
    PagePath::new(text).unwrap()
}

/// One line a row: indentation, `+`/`-` for a closed or open folder, label, count, detail.
fn show(tree: &Tree) -> String {
    let mut text = String::new();
    for row in (0..tree.len()).filter_map(|row| tree.row(row)) {
        text.push_str(&"  ".repeat(row.depth));
        match row.kind {
            RowKind::Folder { expanded, pages, matching } => {
                let sign = if expanded { '-' } else { '+' };
                write!(text, "{sign}{} {matching}/{pages}", row.label).unwrap();
            }
            RowKind::Shelf { expanded, pages, matching, sign, .. } => {
                let fold = if expanded { '-' } else { '+' };
                write!(text, "{fold}{} {} {matching}/{pages}", sign.1, row.label).unwrap();
            }
            RowKind::Gone => write!(text, "x {}", row.label).unwrap(),
            RowKind::Page(_) | RowKind::Note => text.push_str(row.label),
        }
        if !row.detail.is_empty() {
            write!(text, " ({})", row.detail).unwrap();
        }
        text.push('\n');
    }
    text
}

fn open_all(tree: &mut Tree) {
    let all: HashSet<String> = tree.folders().map(|path| path.as_str().to_owned()).collect();
    tree.arrange(&all, None);
}

fn check(pages: &[Page], order: Order, expected: &[&str]) {
    let mut tree = build(pages, order);
    open_all(&mut tree);
    assert_eq!(show(&tree).lines().collect::<Vec<_>>(), expected);
}

#[test]
fn folders_come_first_and_names_sort_as_people_count() {
    let pages = [
        page("note 10.md", "note 10"),
        page("Note 2.md", "Note 2"),
        page("note 002b.md", "note 002b"),
        page("b/x.md", "x"),
        page("A/deep/er/y.md", "y"),
        page("élan.md", "Élan"),
    ];
    let expected = [
        "-A 1/1",
        "  -deep 1/1",
        "    -er 1/1",
        "      y",
        "-b 1/1",
        "  x",
        "Élan",
        "Note 2",
        "note 002b",
        "note 10",
    ];
    check(&pages, Order::default(), &expected);
}

#[test]
fn episodes_sort_by_what_is_shown_of_them_too() {
    let day = |day| Some(Date::constant(2024, 1, day));
    let pages = [
        Page { day: day(15), ..page("episodes/b.md", "A first meeting") },
        Page { day: day(2), ..page("episodes/c.md", "Zero hour") },
        page("episodes/README.md", "episodes"),
    ];
    check(
        &pages,
        Order::default(),
        &["-episodes 3/3", "  episodes", "  A first meeting", "  Zero hour"],
    );
}

#[test]
fn dates_sort_the_newest_first_and_folders_with_them() {
    let day = |day| Some(Date::constant(2024, 1, day));
    let pages = [
        Page { day: day(1), ..page("old/a.md", "a") },
        Page { day: day(3), ..page("new/b.md", "b") },
        Page { day: day(2), ..page("new/c.md", "c") },
        Page { modified_ms: 86_400_000 * 400, ..page("d.md", "d") },
    ];
    let order = Order { sort: Sort::Date, ..Order::default() };
    let expected = [
        "-new 2/2",
        "  b (2024-01-03)",
        "  c (2024-01-02)",
        "-old 1/1",
        "  a (2024-01-01)",
        "d (1971-02-05)",
    ];
    check(&pages, order, &expected);
}

#[test]
fn strength_sorts_the_strongest_first_and_none_last() {
    let pages = [
        page("a.md", "a"),
        Page { strength: Some(0.2), ..page("b.md", "b") },
        Page { strength: Some(0.85), ..page("c.md", "c") },
    ];
    let order = Order { sort: Sort::Strength, ..Order::default() };
    check(&pages, order, &["c (0.85)", "b (0.20)", "a"]);
}

#[test]
fn equal_titles_show_what_tells_them_apart() {
    let pages = [
        page("a/log.md", "Log"),
        page("b/log.md", "log"),
        page("b/c/one.md", "Twin"),
        page("b/c/two.md", "Twin"),
        page("Alone.md", "Alone"),
    ];
    let expected = [
        "-a 1/1",
        "  Log (a)",
        "-b 3/3",
        "  -c 2/2",
        "    Twin (one.md)",
        "    Twin (two.md)",
        "  log (b)",
        "Alone",
    ];
    check(&pages, Order::default(), &expected);
}

#[test]
fn file_names_are_shown_as_they_are() {
    let pages = [page("tools/README.md", "tools"), page("tools/a_b.md", "A and B")];
    let order = Order { labels: Labels::FileNames, ..Order::default() };
    check(&pages, order, &["-tools 2/2", "  README.md (tools)", "  a_b.md"]);
}

fn sample() -> Tree {
    let pages = [
        page("a/1.md", "1"),
        page("a/2.md", "2"),
        page("a/b/3.md", "3"),
        page("c/4.md", "4"),
        page("5.md", "5"),
    ];
    build(&pages, Order::default())
}

#[test]
fn closed_folders_hide_what_is_in_them() {
    let mut tree = sample();
    assert_eq!(show(&tree), "+a 3/3\n+c 1/1\n5\n");
    tree.arrange(&HashSet::from(["a".to_owned()]), None);
    assert_eq!(show(&tree), "-a 3/3\n  +b 1/1\n  1\n  2\n+c 1/1\n5\n");
}

#[test]
fn a_filter_opens_what_matches_and_hides_the_rest() {
    let mut tree = sample();
    tree.arrange(&HashSet::new(), Some(&|path| matches!(path.stem(), "2" | "3")));
    assert_eq!(show(&tree), "-a 2/3\n  -b 1/1\n    3\n  2\n");
    tree.arrange(&HashSet::new(), Some(&|_| false));
    assert!(tree.is_empty());
    assert_eq!(tree.nearest(&path("a/1.md")), None);
}

#[test]
fn the_row_of_a_path_or_the_nearest() {
    let mut tree = sample();
    let check = |tree: &Tree, at: &str, row: Option<usize>, nearest: usize| {
        assert_eq!(tree.row_of(&path(at)), row, "{at}");
        assert_eq!(tree.nearest(&path(at)), Some(nearest), "{at}");
    };
    check(&tree, "5.md", Some(2), 2);
    check(&tree, "a/b/3.md", None, 0);
    tree.arrange(&HashSet::from(["a".to_owned()]), None);
    check(&tree, "a/b/3.md", None, 1);
    check(&tree, "a/gone.md", None, 0);
    tree.arrange(&HashSet::new(), Some(&|path| path.stem() == "4"));
    check(&tree, "5.md", None, 1);
}

#[test]
fn the_cursor_lands_on_its_item_or_on_its_neighbour() {
    let mut before = build(
        &[page("a.md", "a"), page("b.md", "b"), page("c.md", "c"), page("d.md", "d")],
        Order::default(),
    );
    open_all(&mut before);
    let check = |pages: &[Page], row: usize, expected: Option<usize>| {
        assert_eq!(build(pages, Order::default()).land(&before, row), expected);
    };
    check(&[page("0.md", "0"), page("a.md", "a"), page("b.md", "b")], 1, Some(2));
    check(&[page("a.md", "a"), page("d.md", "d")], 1, Some(1));
    check(&[page("a.md", "a"), page("b.md", "b")], 3, Some(1));
    check(&[page("x.md", "x")], 3, Some(0));
    check(&[], 3, None);
}

#[test]
fn deep_folders_and_many_pages_are_taken_in_one_pass() {
    let deep: &'static str = Box::leak(format!("{}x.md", "d/".repeat(3_000)).into_boxed_str());
    let mut pages = vec![page(deep, "x")];
    for n in 0..20_000 {
        let name: &'static str = Box::leak(format!("many/{n}.md").into_boxed_str());
        pages.push(page(name, "same title"));
    }
    let mut tree = build(&pages, Order::default());
    open_all(&mut tree);
    assert_eq!(tree.len(), 3_001 + 20_001);
    assert_eq!(tree.row_of(&path("many/7.md")).and_then(|row| tree.row(row)).unwrap().depth, 1);
}

/// A shelf of these pages.
fn shelf<'a>(name: &str, contents: Contents<'a>) -> Shelf<'a> {
    Shelf {
        key: format!("/{name}"),
        label: name.to_owned(),
        sign: ("*", "*"),
        about: String::new(),
        contents,
    }
}

fn opened(keys: &[&str]) -> HashSet<String> {
    keys.iter().map(|&key| key.to_owned()).collect()
}

#[test]
fn shelves_stand_above_the_folders_and_show_pages_again() {
    let pages = [page("b/x.md", "x"), page("a/y.md", "y"), page("z.md", "z")];
    let mut tree = build(&pages, Order::default());
    let (x, y, z, gone) = (path("b/x.md"), path("a/y.md"), path("z.md"), path("gone.md"));
    tree.shelve(vec![
        shelf("given", Contents::Listed(vec![&z, &gone, &x])),
        shelf("sorted", Contents::Sorted(vec![&z, &x, &y])),
        shelf("broken", Contents::Broken("why".to_owned())),
        shelf("later", Contents::Awaited),
    ]);
    tree.arrange(&opened(&["/given", "/sorted", "/broken", "/later", "b"]), None);
    let expected = "\
-* given 2/2
  z
  x
-* sorted 3/3
  y
  x
  z
-* broken 0/0
  why
-* later 0/0
  looking ...
+a 1/1
-b 1/1
  x
z
";
    assert_eq!(show(&tree), expected);
    assert_eq!((tree.shelf_rows(), tree.len()), (11, 15));

    // A page is where its folder is, its row on a shelf is another one.
    assert_eq!(tree.row_of(&x), Some(13));
    let on = |shelf: Option<&str>, path: Option<&PagePath>| Spot {
        shelf: shelf.map(str::to_owned),
        path: path.cloned(),
    };
    assert_eq!(tree.find(&on(None, Some(&x))), Some(13));
    assert_eq!(tree.find(&on(None, Some(&y))), Some(11));
    assert_eq!(tree.find(&on(Some("/sorted"), Some(&x))), Some(5));
    assert_eq!(tree.find(&on(Some("/given"), Some(&y))), Some(0));
    assert_eq!(tree.find(&on(Some("/sorted"), None)), Some(3));
    assert_eq!(tree.find(&on(Some("/none"), Some(&x))), Some(13));
    for row in 0..tree.len() {
        let row_kind = tree.row(row).unwrap().kind;
        if row_kind != RowKind::Note {
            assert_eq!(tree.find(&tree.row(row).unwrap().spot()), Some(row));
        }
    }

    tree.arrange(&opened(&["/sorted"]), Some(&|path| path.folder() == "a"));
    assert_eq!(show(&tree), "-* sorted 1/3\n  y\n+* broken 0/0\n+* later 0/0\n-a 1/1\n  y\n");
}

#[test]
fn a_sorted_shelf_follows_the_order_of_the_tree() {
    let at = |path, strength| Page { strength: Some(strength), ..page(path, path) };
    let pages = [at("a/x.md", 0.1), at("b/y.md", 0.9), at("c.md", 0.5)];
    let mut tree = build(&pages, Order { sort: Sort::Strength, ..Order::default() });
    let paths = pages.clone().map(|page| path(page.path));
    tree.shelve(vec![shelf("all", Contents::Sorted(paths.iter().collect()))]);
    tree.arrange(&opened(&["/all"]), None);
    let labels: Vec<_> = (1..4).map(|row| tree.row(row).unwrap().label.to_owned()).collect();
    assert_eq!(labels, ["b/y.md", "c.md", "a/x.md"]);
}

#[test]
fn what_is_kept_on_a_shelf_stays_there_when_it_is_gone() {
    let pages = [page("a.md", "a"), page("b.md", "b")];
    let mut tree = build(&pages, Order::default());
    let (a, b, gone) = (path("a.md"), path("b.md"), path("gone.md"));
    let kept = [(&gone, "Gone"), (&b, "B"), (&a, "A")];
    let kept = kept.map(|(path, title)| (path.clone(), title.to_owned()));
    tree.shelve(vec![shelf("kept", Contents::Kept(kept.to_vec()))]);
    let open: HashSet<String> = ["/kept".to_owned()].into();
    tree.arrange(&open, None);
    let rows = show(&tree);
    assert_eq!(rows, "-* kept 3/3\n  b\n  a\n  x Gone\na\nb\n");
    let on_it = Spot { shelf: Some("/kept".to_owned()), path: Some(gone) };
    assert_eq!(tree.find(&on_it), Some(3));
    assert_eq!(tree.row(3).map(|row| row.spot()), Some(on_it));
    // A filter says nothing of what is gone.
    tree.arrange(&open, Some(&|path| *path == a));
    assert_eq!(show(&tree), "-* kept 1/3\n  a\na\n");
    tree.arrange(&open, Some(&|_| false));
    assert_eq!(show(&tree), "");
}
