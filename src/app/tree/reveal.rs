//! The cursor of the tree put on a page or a folder, what is around it unfolded.

use super::super::live::DELETED;
use super::super::model::{Focus, Model, SidebarList};
use super::super::panes;
use super::list_rows;
use super::rows::arrange;
use crate::command::{Command, Place};
use crate::vault::PagePath;
use crate::vault::tree::Spot;

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

/// Puts the cursor on the open page, or says why not.
pub(super) fn reveal(model: &mut Model) {
    let Some(path) = model.current_path().cloned() else {
        return model.say("This page is not written yet: it is not in the tree");
    };
    show(model, &path);
    if model.tree.tree.row_of(&path).is_some() {
        return;
    }
    if model.reader.open.as_ref().is_some_and(|open| open.is_deleted) {
        model.warn(DELETED);
    } else if model.filter.pages.is_some() && model.index.at(&path).is_some() {
        let key = model.keymap.shown(Place::Tree, Command::ClearFilter);
        model.warn(format!("The filter hides this page; {key} clears the filter"));
    } else {
        model.warn("This page is not in the tree");
    }
}

/// Gives the tree the keys, the cursor on a folder and the folder unfolded; `""` is the root.
pub(in crate::app) fn reveal_folder(model: &mut Model, folder: &str) {
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
pub(super) fn put_cursor(model: &mut Model, item: &Spot) {
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
