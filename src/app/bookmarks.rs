//! Bookmarks: pages kept at hand. What they are is kept by `memory`; here they are made and taken away.

use super::memory::Bookmark;
use super::model::{Focus, SidebarList};
use super::reader::Address;
use super::{Effect, Model, tree};
use crate::command::{Command, Place};
use crate::vault::PagePath;
use crate::vault::tree::{Contents, RowKind, Shelf};

/// The key of the shelf of bookmarks.
pub const SHELF: &str = "/bookmarks";

/// Bookmarks the page that is meant, or takes its bookmark away: in the tree the page under the cursor, elsewhere
/// the open page.
pub fn toggle(model: &mut Model, effects: &mut Vec<Effect>) {
    let in_tree = model.focus == Focus::Sidebar && model.sidebar.list == SidebarList::Tree;
    let path = if in_tree {
        let row = model.tree.tree.row(model.tree.list.at);
        match row.map(|row| (row.kind, row.path)) {
            Some((RowKind::Page(_) | RowKind::Gone, Some(path))) => path.clone(),
            Some(_) => return model.say("Only pages can be bookmarked: move to one"),
            None => return model.say("There is no page to bookmark"),
        }
    } else {
        match model.reader.open.as_ref().map(|open| &open.address) {
            Some(Address::Page(path)) => path.clone(),
            Some(Address::Missing { .. }) => {
                return model.say("This page is not written yet: it cannot be bookmarked");
            }
            None => return model.say("There is no page to bookmark"),
        }
    };
    let open = model.reader.open.as_ref().filter(|open| open.address.path() == Some(&path));
    let known = model.memory.bookmarks.iter().find(|bookmark| bookmark.page == path.as_str());
    let title = match (model.index.at(&path), open) {
        (Some(page), _) => page.title.clone(),
        (None, Some(open)) => open.title.clone(),
        (None, None) => known.map_or(path.stem(), |bookmark| &bookmark.title).to_owned(),
    };
    let bookmarks = &mut model.memory.bookmarks;
    let before = bookmarks.len();
    bookmarks.retain(|bookmark| bookmark.page != path.as_str());
    if bookmarks.len() == before {
        let is_first = bookmarks.is_empty();
        bookmarks.push(Bookmark { page: path.to_string(), title: title.clone() });
        if is_first {
            tree::unfold_shelf(model, SHELF);
        }
        let key = model.keymap.shown(Place::Everywhere, Command::ToggleBookmark);
        model.say(format!("Bookmarked: {title} ({key} takes it away again)"));
    } else {
        model.say(format!("No longer bookmarked: {title}"));
    }
    tree::shelved(model);
    effects.push(Effect::Remember);
}

/// The shelf of bookmarks, if there are any.
pub(super) fn shelf(model: &Model) -> Option<Shelf<'_>> {
    let bookmarks = &model.memory.bookmarks;
    let pages = bookmarks
        .iter()
        .filter_map(|bookmark| Some((PagePath::new(&bookmark.page)?, bookmark.title.clone())));
    let key = model.keymap.shown(Place::Everywhere, Command::ToggleBookmark);
    (!bookmarks.is_empty()).then(|| Shelf {
        key: SHELF.to_owned(),
        label: "Bookmarks".to_owned(),
        sign: ("★", "*"),
        about: format!("Bookmarked with {key}, which also takes a bookmark away"),
        contents: Contents::Kept(pages.collect()),
    })
}
