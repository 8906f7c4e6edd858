//! Folders and shelves of the tree, folded and unfolded, and pages opened from it.

use super::super::model::Model;
use super::super::reader::{self, Address, Goal};
use super::super::{Effect, panes};
use super::rows::arrange;
use super::{gone, list_rows, moved, page_under_cursor, run};
use crate::command::Command;
use crate::vault::PagePath;
use crate::vault::tree::{RowKind, Spot};

pub(super) fn open_node(model: &mut Model, effects: &mut Vec<Effect>) {
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

pub(super) fn close_node(model: &mut Model, effects: &mut Vec<Effect>) {
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

pub(super) fn toggle_node(model: &mut Model, effects: &mut Vec<Effect>) {
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

pub(super) fn fold_all(model: &mut Model, open: bool) {
    let tree = &mut model.tree;
    tree.placed = true;
    if open {
        tree.expanded.extend(tree.tree.folders().map(|folder| folder.as_str().to_owned()));
    } else {
        tree.expanded.clear();
    }
    arrange(model);
}

/// Unfolds a shelf.
pub(in crate::app) fn unfold_shelf(model: &mut Model, key: &str) {
    model.tree.expanded.insert(key.to_owned());
}

/// Opens a page. One that is open stays where it was read to; if it was only glanced at, it is read from now on.
pub(super) fn open_page(model: &mut Model, path: PagePath, effects: &mut Vec<Effect>) {
    if model.reader.awaited.is_none() && model.current_path() == Some(&path) {
        reader::scroll::stay(model, effects);
    } else {
        reader::open(model, Address::Page(path), Goal::Top, effects);
    }
}
