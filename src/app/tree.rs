//! The tree pane: which folders are unfolded, how it is sorted, where the cursor is, and the field
//! above it in which the filter is typed. The rows themselves are made by `vault::tree`.
//!
//! The cursor belongs to an item, not to a row: through listing, indexing, sorting, filtering and
//! folding it stays on that item, or on the nearest row while the item is out of sight.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::input::Input;
use super::list::ListCursor;
use super::model::{Focus, Model, Progress, SidebarList};
use super::msg::ListedPage;
use super::reader::{self, Address, Goal};
use super::suggest::Taken;
use super::{Effect, Panes, filter, panes, shelves, suggest};
use crate::command::{Command, Key, KeyCode, Place};
use crate::index::Page;
use crate::text::date::Date;
use crate::vault::PagePath;
use crate::vault::kind::{is_episode, kind};
use crate::vault::title::{day, label, title};
use crate::vault::tree::{Entry, Labels, Order, RowKind, Sort, Spot, Tree};

/// A wiki of so many pages starts with its folders unfolded: all of it is a few screens.
const UNFOLDED_UP_TO: usize = 100;

/// The tree pane's state.
#[derive(Debug, Default)]
pub struct TreePane {
    /// The rows.
    pub tree: Tree,
    /// How they are sorted and called.
    pub order: Order,
    /// Where one is in the rows.
    pub list: ListCursor,
    /// The field of the filter, while it is typed into.
    pub typing: Option<Input>,
    /// How many pages the tree is made of.
    pub pages: usize,
    /// The unfolded folders, by path, and the unfolded shelves, by key.
    expanded: HashSet<String>,
    /// What the cursor is on, also while a filter or a folder hides it.
    item: Option<Spot>,
    /// The files as they were listed, until the index knows more.
    listed: Vec<ListedPage>,
    /// Whether the cursor was put somewhere: on the open page at the start, or by the user.
    placed: bool,
    /// How the pane was left in another run, until there are rows.
    left: Option<TreeLeft>,
}

/// How the pane was left.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TreeLeft {
    /// The unfolded folders.
    unfolded: Vec<String>,
    /// What the cursor was on.
    cursor: Option<String>,
    /// The shelf on which that stood.
    shelf: Option<String>,
    /// What came first.
    sort: Sort,
    /// What pages were called.
    labels: Labels,
}

/// What is said of a bookmarked page that is not there any more.
#[must_use]
pub fn gone(model: &Model) -> String {
    let key = model.keymap.shown(Place::Everywhere, Command::ToggleBookmark);
    format!("Moved or deleted: {key} forgets the bookmark")
}

/// Unfolded folders that are kept at most.
const MOST_UNFOLDED: usize = 5_000;

/// How the pane is now; `None` before there are rows.
#[must_use]
pub fn left(model: &Model) -> Option<TreeLeft> {
    let tree = &model.tree;
    if tree.left.is_some() || tree.pages == 0 {
        return tree.left.clone();
    }
    let mut unfolded: Vec<String> = tree.expanded.iter().take(MOST_UNFOLDED).cloned().collect();
    unfolded.sort_unstable();
    let Spot { shelf, path } = tree.item.clone().unwrap_or(Spot { shelf: None, path: None });
    let cursor = path.map(|path| path.to_string());
    Some(TreeLeft { unfolded, cursor, shelf, sort: tree.order.sort, labels: tree.order.labels })
}

/// Has the pane be as it was left, as soon as there are rows.
pub fn put_up(model: &mut Model, left: TreeLeft) {
    model.tree.order = Order { sort: left.sort, labels: left.labels };
    model.tree.left = Some(left);
}

/// Gives the pane's field a key while it is typed; whether it took it.
pub fn key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) -> bool {
    if model.tree.typing.is_none() {
        return false;
    }
    match suggest::key(model, key, effects) {
        Taken::No => {}
        Taken::Yes => return true,
        Taken::Changed => {
            typed(model, effects);
            return true;
        }
    }
    let rows = list_rows(model);
    let tree = &mut model.tree;
    let Some(field) = &mut tree.typing else { return false };
    match key.code {
        KeyCode::Esc => {
            tree.typing = None;
            suggest::close(model);
            filter::set(model, "", effects);
        }
        KeyCode::Enter => {
            tree.typing = None;
            suggest::close(model);
            enter_list(model, effects);
        }
        _ if tree.list.key(key, tree.tree.len(), rows) => moved(model, effects),
        _ if field.key(key) => typed(model, effects),
        _ => return false,
    }
    true
}

/// Gives pasted text to the pane's field while it is typed.
pub fn paste(model: &mut Model, text: &str, effects: &mut Vec<Effect>) {
    if let Some(field) = &mut model.tree.typing {
        field.insert(text);
        typed(model, effects);
    }
}

/// Runs a command of this pane, or one of lists while the pane has the focus.
pub fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    let rows = list_rows(model);
    let tree = &mut model.tree;
    match command {
        Command::OpenNode => open_node(model, effects),
        Command::CloseNode => close_node(model, effects),
        Command::ToggleNode => toggle_node(model, effects),
        Command::CollapseAll => fold_all(model, false),
        Command::ExpandAll => fold_all(model, true),
        Command::FilterTree => {
            panes::run(model, Command::FocusTree);
            if model.focus == Focus::Sidebar {
                model.tree.typing = Some(Input::new(model.filter.text.clone()));
                suggest::opened(model, effects);
            }
        }
        Command::ClearFilter => tree.typing = None,
        Command::CycleSort => {
            let (next, words) = match tree.order.sort {
                Sort::Name => (Sort::Date, "date, the newest first"),
                Sort::Date => (Sort::Strength, "strength, the strongest first"),
                Sort::Strength => (Sort::Name, "name"),
            };
            tree.order.sort = next;
            rebuild(model);
            model.say(format!("Sorted by {words}"));
        }
        Command::ToggleNames => {
            let (next, words) = match tree.order.labels {
                Labels::Titles => (Labels::FileNames, "file names"),
                Labels::FileNames => (Labels::Titles, "titles"),
            };
            tree.order.labels = next;
            rebuild(model);
            model.say(format!("The tree shows {words}"));
        }
        Command::RevealPage => {
            panes::run(model, Command::FocusTree);
            if model.focus == Focus::Sidebar {
                reveal(model);
            }
        }
        _ if tree.list.run(command, tree.tree.len(), rows) => moved(model, effects),
        _ => {}
    }
}

/// A row was pressed; the pane has the focus already. A folder folds or unfolds, a page opens; the
/// focus stays, unless the page would not be seen.
pub fn press(model: &mut Model, row: usize, effects: &mut Vec<Effect>) {
    let rows = list_rows(model);
    if row >= model.tree.tree.len() {
        return;
    }
    model.tree.list.put(row, model.tree.tree.len(), rows);
    model.tree.settle();
    if let Some(path) = page_under_cursor(&model.tree) {
        open_page(model, path, effects);
        if Panes::of(model).page == 0 {
            model.focus = Focus::Page;
        }
    } else {
        toggle_node(model, effects);
    }
}

/// The wheel was turned by so many rows. The page stays: one looks around.
pub fn wheel(model: &mut Model, rows: i32) {
    let visible = list_rows(model);
    model.tree.list.wheel(rows, model.tree.tree.len(), visible);
    model.tree.settle();
}

/// The files were listed; titles are not known yet.
pub fn listed(model: &mut Model, pages: Vec<ListedPage>) {
    if model.progress != Progress::Ready {
        let is_small = pages.len() <= UNFOLDED_UP_TO;
        let is_first = model.tree.listed.is_empty();
        model.tree.listed = pages;
        rebuild(model);
        if !is_first {
            return;
        }
        if let Some(left) = model.tree.left.take() {
            model.tree.expanded = left.unfolded.into_iter().collect();
            arrange(model);
            // Before anybody has put the cursor elsewhere.
            let path = left.cursor.as_deref().and_then(PagePath::new);
            if path.is_some() || left.shelf.is_some() {
                put_cursor(model, &Spot { shelf: left.shelf, path });
            }
        } else if is_small {
            fold_all(model, true);
            // Nobody has put the cursor anywhere yet.
            model.tree.placed = false;
        }
    }
}

/// The index is another one.
pub fn indexed(model: &mut Model) {
    model.tree.listed = Vec::new();
    rebuild(model);
}

/// The filter has other pages, or there is none any more: then the folders around the item that the
/// cursor is on stay open, as they were under the filter.
pub(super) fn filtered(model: &mut Model) {
    if model.filter.pages.is_none()
        && let Some(Spot { shelf: None, path: Some(item) }) = &model.tree.item
    {
        let around = model.tree.tree.folders_around(item);
        model.tree.expanded.extend(around.map(|folder| folder.as_str().to_owned()));
    }
    arrange(model);
}

/// What stands on the shelves is something else.
pub(super) fn shelved(model: &mut Model) {
    let mut tree = std::mem::take(&mut model.tree.tree);
    tree.shelve(shelves::all(model));
    model.tree.tree = tree;
    arrange(model);
}

/// Unfolds a shelf.
pub(super) fn unfold_shelf(model: &mut Model, key: &str) {
    model.tree.expanded.insert(key.to_owned());
}

/// Puts the cursor on the open page as soon as both are there; called before each frame.
pub fn prepare(model: &mut Model) {
    if model.focus != Focus::Sidebar || model.sidebar.list != SidebarList::Tree {
        model.tree.typing = None;
    }
    if model.tree.placed || model.tree.tree.is_empty() {
        return;
    }
    if let Some(path) = model.current_path().cloned() {
        show(model, &path);
    }
}

/// Rows of the pane's list: what its head leaves.
#[must_use]
pub fn list_rows(model: &Model) -> usize {
    let head = Head::of(model);
    usize::from(Panes::of(model).rows.saturating_sub(head.title + head.field + head.error))
}

/// The rows above the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Of the title, the air below it included: 0 to 2.
    pub title: u16,
    /// Of the filter's field: 0 or 1.
    pub field: u16,
    /// Of what explains a mistake in the filter.
    pub error: u16,
}

impl Head {
    /// What there is room for: first a field that is typed into, then the title, then the rest.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        let panes = Panes::of(model);
        let rows = panes.rows;
        let typing = model.tree.typing.is_some();
        let field = u16::from(typing || (rows > 3 && !model.filter.text.is_empty()));
        // The field takes the place of the air: the list stays where it is.
        let title =
            if field == 0 { u16::from(rows > 3) + panes.air() } else { u16::from(rows > 3) };
        let error = if model.filter.error.is_some() && rows > 8 { ERROR_ROWS } else { 0 };
        Self { title, field, error }
    }
}

/// Rows that explain a mistake: a caret under its place, and a sentence.
const ERROR_ROWS: u16 = 4;

impl TreePane {
    /// Takes the row under the cursor as the item that the cursor is on from now on.
    fn settle(&mut self) {
        self.placed = true;
        self.item = self.tree.row(self.list.at).map(|row| row.spot());
    }
}

/// The field's text is the filter, from the first letter on.
pub(super) fn typed(model: &mut Model, effects: &mut Vec<Effect>) {
    if let Some(field) = &model.tree.typing {
        let text = field.text.clone();
        filter::set(model, &text, effects);
        suggest::typed(model, effects);
    }
}

/// The page under the cursor, if it is one.
fn page_under_cursor(tree: &TreePane) -> Option<PagePath> {
    let row = tree.tree.row(tree.list.at)?;
    row.path.filter(|_| matches!(row.kind, RowKind::Page(_))).cloned()
}

/// The user moved the cursor: a page under it is shown at once.
fn moved(model: &mut Model, effects: &mut Vec<Effect>) {
    model.tree.settle();
    if let Some(path) = page_under_cursor(&model.tree)
        && model.current_path() != Some(&path)
    {
        reader::glance(model, Address::Page(path), effects);
    }
}

/// Enter in the field: the cursor goes to the nearest page that is left, in its folder.
fn enter_list(model: &mut Model, effects: &mut Vec<Effect>) {
    let rows = list_rows(model);
    let tree = &mut model.tree;
    let is_page =
        |row: &usize| tree.tree.row(*row).is_some_and(|row| matches!(row.kind, RowKind::Page(_)));
    let (first, len) = (tree.tree.shelf_rows(), tree.tree.len());
    let at = tree.list.at.max(first);
    let before = (first..at.min(len)).rev();
    if let Some(page) = (at..len).find(is_page).or_else(|| before.into_iter().find(is_page)) {
        tree.list.put(page, len, rows);
        moved(model, effects);
    }
}

fn open_node(model: &mut Model, effects: &mut Vec<Effect>) {
    if let Some(path) = page_under_cursor(&model.tree) {
        open_page(model, path, effects);
        return panes::run(model, Command::FocusPage);
    }
    let row = model.tree.tree.row(model.tree.list.at);
    match row.map(|row| row.kind) {
        Some(RowKind::Folder { expanded: true, .. } | RowKind::Shelf { expanded: true, .. }) => {
            run(model, Command::Down, effects);
        }
        Some(_) => toggle_node(model, effects),
        None => {}
    }
}

/// Opens a page unless it is open: then it stays where it was read to.
fn open_page(model: &mut Model, path: PagePath, effects: &mut Vec<Effect>) {
    if model.current_path() != Some(&path) {
        reader::open(model, Address::Page(path), Goal::Top, effects);
    }
}

fn close_node(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(row) = model.tree.tree.row(model.tree.list.at) else { return };
    let tree = &model.tree.tree;
    let parent = match (row.kind, row.path) {
        (RowKind::Shelf { expanded, .. }, _) => {
            if expanded {
                toggle_node(model, effects);
            }
            return;
        }
        (RowKind::Folder { expanded: true, .. }, _) if model.filter.pages.is_none() => {
            return toggle_node(model, effects);
        }
        (_, path) => match row.shelf {
            Some(shelf) => tree.find(&Spot { shelf: Some(shelf.to_owned()), path: None }),
            None => path
                .and_then(|path| tree.folders_around(path).next())
                .and_then(|parent| tree.row_of(&parent)),
        },
    };
    if let Some(parent) = parent {
        let rows = list_rows(model);
        model.tree.list.put(parent, model.tree.tree.len(), rows);
        model.tree.settle();
    }
}

fn toggle_node(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(row) = model.tree.tree.row(model.tree.list.at) else { return };
    let key = match (row.kind, row.shelf, row.path) {
        (RowKind::Shelf { .. }, Some(key), _) => key.to_owned(),
        (RowKind::Folder { .. }, _, Some(_)) if model.filter.pages.is_some() => {
            return model.say("All folders are open while a filter is active");
        }
        (RowKind::Folder { .. }, _, Some(path)) => path.as_str().to_owned(),
        (RowKind::Gone, ..) => return model.warn(gone(model)),
        _ => return moved(model, effects),
    };
    let expanded = &mut model.tree.expanded;
    if !expanded.remove(&key) {
        expanded.insert(key);
    }
    model.tree.settle();
    arrange(model);
}

fn fold_all(model: &mut Model, open: bool) {
    let tree = &mut model.tree;
    tree.placed = true;
    if open {
        tree.expanded.extend(tree.tree.folders().map(|folder| folder.as_str().to_owned()));
    } else {
        tree.expanded.clear();
    }
    arrange(model);
}

/// Puts the cursor on the open page, or says why not.
fn reveal(model: &mut Model) {
    let Some(path) = model.current_path().cloned() else {
        return model.say("This page is not written yet: it is not in the tree");
    };
    show(model, &path);
    if model.tree.tree.row_of(&path).is_some() {
        return;
    }
    if model.filter.pages.is_some() {
        let key = model.keymap.shown(Place::Tree, Command::ClearFilter);
        model.warn(format!("The filter hides this page; {key} clears the filter"));
    } else {
        model.warn("This page is not in the tree");
    }
}

/// Gives the tree the keys, the cursor on a folder and the folder unfolded; `""` is the root.
pub(super) fn reveal_folder(model: &mut Model, folder: &str) {
    panes::run(model, Command::FocusTree);
    let Some(path) = PagePath::new(folder) else { return };
    model.tree.expanded.insert(folder.to_owned());
    show(model, &path);
    if model.tree.tree.row_of(&path).is_none() {
        model.warn(if model.filter.pages.is_some() {
            "The filter hides this folder; X clears the filter"
        } else {
            "There are no pages in this folder"
        });
    }
}

/// Unfolds the folders around a page and puts the cursor on it, in the middle of the pane if it was
/// out of sight.
fn show(model: &mut Model, path: &PagePath) {
    let around = model.tree.tree.folders_around(path);
    model.tree.expanded.extend(around.map(|folder| folder.as_str().to_owned()));
    put_cursor(model, &path.clone().into());
}

/// Puts the cursor on an item, or on what is nearest to it, in the middle of the pane if it was out of sight.
fn put_cursor(model: &mut Model, item: &Spot) {
    let rows = list_rows(model);
    model.tree.item = Some(item.clone());
    model.tree.placed = true;
    arrange(model);
    let (tree, list) = (&model.tree.tree, &mut model.tree.list);
    if let Some(row) = tree.find(item) {
        let top = list.top(tree.len(), rows);
        if row < top || row >= top + rows {
            list.center(row, tree.len(), rows);
        } else {
            list.put(row, tree.len(), rows);
        }
    }
}

/// Builds the tree anew from what is known of the pages.
fn rebuild(model: &mut Model) {
    let order = model.tree.order;
    let (tree, pages) = if model.progress == Progress::Ready {
        let entries = model.index.pages().map(|page| Entry {
            path: &page.path,
            title: label(&page.path, &page.title),
            kind: page.kind.as_deref(),
            day: tells_of(page),
            updated: page.facts.updated(),
            strength: page.facts.strength(),
            modified_ms: page.modified_ms,
        });
        (Tree::build(entries, order), model.index.len())
    } else {
        let listed = &model.tree.listed;
        let names: Vec<_> =
            listed.iter().map(|page| (title(&page.path, None), kind(&page.path, None))).collect();
        let entries = listed.iter().zip(&names).map(|(page, (title, kind))| Entry {
            path: &page.path,
            title: label(&page.path, title),
            kind: kind.as_deref(),
            day: day(&page.path, None, None),
            updated: None,
            strength: None,
            modified_ms: page.modified_ms,
        });
        (Tree::build(entries, order), listed.len())
    };
    let mut tree = tree;
    tree.shelve(shelves::all(model));
    let before = std::mem::replace(&mut model.tree.tree, tree);
    let at = model.tree.list.at;
    model.tree.pages = pages;
    arrange(model);
    let is_gone = |item: &Spot| {
        let is_elsewhere = |path: &PagePath| !model.tree.tree.contains(path);
        item.shelf.is_none() && item.path.as_ref().is_some_and(is_elsewhere)
    };
    if model.tree.item.as_ref().is_some_and(is_gone)
        && let Some(row) = model.tree.tree.land(&before, at)
    {
        let rows = list_rows(model);
        model.tree.list.follow(row, model.tree.tree.len(), rows);
        model.tree.settle();
    }
}

/// The day by which a page is sorted, if it tells of one. When an episode was logged is the day it
/// tells of; when any other page was created is not.
fn tells_of(page: &Page) -> Option<Date> {
    let logged = page.facts.created().filter(|_| is_episode(page.kind.as_deref()));
    day(&page.path, page.facts.date(), logged)
}

/// Makes the rows for the folds and the filter, and has the cursor follow its item.
fn arrange(model: &mut Model) {
    let rows = list_rows(model);
    let TreePane { tree, expanded, list, item, .. } = &mut model.tree;
    match &model.filter.pages {
        None => tree.arrange(expanded, None),
        Some(pages) => {
            let index = &model.index;
            let meets = |path: &PagePath| index.at(path).is_some_and(|p| pages.contains(&p.id));
            tree.arrange(expanded, Some(&meets));
        }
    }
    let at = item.as_ref().and_then(|item| tree.find(item)).unwrap_or(0);
    list.follow(at, tree.len(), rows);
}
