//! The rows of the tree made anew, when pages, order, filter, shelves or folds are others. The cursor stays on
//! its item.

use super::super::model::{Model, Progress};
use super::super::msg::ListedPage;
use super::super::shelves;
use super::folds::fold_all;
use super::reveal::put_cursor;
use super::{TreePane, list_rows};
use crate::index::Page;
use crate::text::date::Date;
use crate::text::strings::Strings;
use crate::vault::PagePath;
use crate::vault::kind::{is_episode, kind};
use crate::vault::title::{day, label, title};
use crate::vault::tree::{Entry, Spot, Tree};

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
pub(in crate::app) fn filtered(model: &mut Model) {
    if model.filter.pages.is_none()
        && let Some(Spot { shelf: None, path: Some(item) }) = &model.tree.item
    {
        let around = model.tree.tree.folders_around(item);
        model.tree.expanded.extend(around.map(|folder| folder.as_str().to_owned()));
    }
    arrange(model);
}

/// What stands on the shelves is something else.
pub(in crate::app) fn shelved(model: &mut Model) {
    let mut tree = std::mem::take(&mut model.tree.tree);
    tree.shelve(shelves::all(model));
    model.tree.tree = tree;
    arrange(model);
}

/// Builds the tree anew from what is known of the pages.
pub(super) fn rebuild(model: &mut Model) {
    let order = model.tree.order;
    let (tree, pages) = if model.progress == Progress::Ready {
        let mut entries = Vec::with_capacity(model.index.len());
        entries.extend(model.index.pages().map(|page| Entry {
            path: &page.path,
            title: label(&page.path, &page.title),
            kind: page.kind.as_deref(),
            day: tells_of(page),
            updated: page.facts.updated(),
            strength: page.facts.strength(),
            modified_ms: page.modified_ms,
        }));
        (Tree::build(entries, order), model.index.len())
    } else {
        let listed = &model.tree.listed;
        // A title and a kind for each.
        let mut names = Strings::default();
        for page in listed {
            names.push(&title(&page.path, None));
            names.push(&kind(&page.path, None).unwrap_or_default());
        }
        let entries = listed.iter().zip((0..).step_by(2)).map(|(page, name)| Entry {
            path: &page.path,
            title: label(&page.path, names.get(name)),
            kind: Some(names.get(name + 1)).filter(|kind| !kind.is_empty()),
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
pub(super) fn arrange(model: &mut Model) {
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

/// A wiki of so many pages starts with its folders unfolded: all of it is a few screens.
const UNFOLDED_UP_TO: usize = 100;
