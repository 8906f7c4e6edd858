//! The tree pane: which folders are unfolded, how it is sorted, where the cursor is, and the field
//! above it in which the filter is typed. The rows themselves are made by `vault::tree`.
//!
//! The cursor belongs to an item, not to a row: through listing, indexing, sorting, filtering and
//! folding it stays on that item, or on the nearest row while the item is out of sight.
//!
//! | file | subject |
//! |---|---|
//! | `rows` | the rows made anew |
//! | `folds` | folders and shelves, folded and unfolded |
//! | `reveal` | the cursor put on a page or a folder |
//! | `left` | how the pane was left in another run |

mod folds;
mod left;
mod reveal;
mod rows;

use std::collections::HashSet;

use self::folds::{close_node, fold_all, open_node, open_page, toggle_node};
use self::reveal::reveal;
use self::rows::rebuild;
use super::input::Input;
use super::list::ListCursor;
use super::model::{Focus, Model};
use super::msg::ListedPage;
use super::reader::{self, Address};
use super::{Effect, Panes, filter, panes, suggest};
use crate::command::{Command, Key, KeyCode, Place};
use crate::vault::PagePath;
use crate::vault::tree::{Labels, Order, RowKind, Sort, Spot, Tree};

pub(super) use folds::unfold_shelf;
pub use left::{TreeLeft, left, put_up};
pub use reveal::prepare;
pub(super) use reveal::reveal_folder;
pub(super) use rows::{filtered, shelved};
pub use rows::{indexed, listed};

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

/// What is said of a bookmarked page that is not there any more.
#[must_use]
pub fn gone(model: &Model) -> String {
    let key = model.keymap.shown(Place::Everywhere, Command::ToggleBookmark);
    format!("Moved or deleted: {key} forgets the bookmark")
}

/// Gives the pane's field a key while it is typed; whether it took it.
pub fn key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) -> bool {
    if model.tree.typing.is_none() {
        return false;
    }
    if suggest::key(model, key, effects) {
        return true;
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
            enter_list(model);
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
    if let Some(path) = page_under_cursor(&model.tree) {
        reader::glance(model, Address::Page(path), effects);
    }
}

/// Enter in the field: the cursor goes to the nearest page that is left, in its folder. What is being read stays
/// until a page is chosen.
fn enter_list(model: &mut Model) {
    let rows = list_rows(model);
    let tree = &mut model.tree;
    let is_page =
        |row: &usize| tree.tree.row(*row).is_some_and(|row| matches!(row.kind, RowKind::Page(_)));
    let (first, len) = (tree.tree.shelf_rows(), tree.tree.len());
    let at = tree.list.at.max(first);
    let before = (first..at.min(len)).rev();
    if let Some(page) = (at..len).find(is_page).or_else(|| before.into_iter().find(is_page)) {
        tree.list.put(page, len, rows);
        tree.settle();
    }
}
