//! Bookmarks: pages kept at hand. What they are is kept by `memory`; here they are made and taken away.

use super::memory::Bookmark;
use super::model::{Focus, SidebarList};
use super::reader::Address;
use super::{Effect, Model, tree};
use crate::command::{Command, Place};

/// Bookmarks the page that is meant, or takes its bookmark away: in the tree the page under the cursor, elsewhere
/// the open page.
pub fn toggle(model: &mut Model, effects: &mut Vec<Effect>) {
    let in_tree = model.focus == Focus::Sidebar && model.sidebar.list == SidebarList::Tree;
    let path = if in_tree {
        match tree::under_cursor(&model.tree) {
            Some((path, false)) => path,
            Some((_, true)) => return model.say("Only pages can be bookmarked, not folders"),
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
    let title = match (model.index.at(&path), open) {
        (Some(page), _) => page.title.clone(),
        (None, Some(open)) => open.title.clone(),
        (None, None) => path.stem().to_owned(),
    };
    let bookmarks = &mut model.memory.bookmarks;
    let before = bookmarks.len();
    bookmarks.retain(|bookmark| bookmark.page != path.as_str());
    if bookmarks.len() == before {
        bookmarks.push(Bookmark { page: path.to_string(), title: title.clone() });
        let key = model.keymap.shown(Place::Everywhere, Command::ToggleBookmark);
        model.say(format!("Bookmarked: {title} ({key} takes it away again)"));
    } else {
        model.say(format!("No longer bookmarked: {title}"));
    }
    effects.push(Effect::Remember);
}
