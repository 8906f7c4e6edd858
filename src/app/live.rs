//! Changes from outside: what is open, peeked at or previewed is read again if it was written; nothing moves for the
//! reader. Of what happened elsewhere nothing is said.

use std::collections::HashSet;
use std::sync::Arc;

use super::history::Visit;
use super::msg::Changes;
use super::reader::left::Left;
use super::reader::{self, Address, OpenPage};
use super::{Effect, Model, Overlay, peek, preview, update};
use crate::command::{Command, Place};
use crate::index::{Index, Page};
use crate::vault::PagePath;
use crate::vault::title::is_folder_page;

/// Said until the page is there again.
pub(super) const DELETED: &str = "This page was deleted: what was read stays here";

/// How what is said of a deleted page begins.
const GONE: &str = "This page was deleted";

/// Files were changed.
pub fn changed(model: &mut Model, changes: Changes, effects: &mut Vec<Effect>) {
    let Changes { index, paths, renamed } = changes;
    let before = Arc::clone(&model.index);
    // Before the index, by which nobody has written a page that is called otherwise now.
    let moved = rename(model, &renamed);
    update::indexed(model, index, effects);
    if let Some((_, now)) = moved {
        model.say(format!("This page was renamed: it is {now} now"));
        reader::reread(model, effects);
    } else {
        reread(model, &paths, effects);
        offer(model, &paths, &before);
    }
    for nth in 0..model.overlays.len() {
        match &model.overlays[nth] {
            Overlay::Peek(_) => peek::changed(model, nth, &paths, effects),
            _ => preview::changed(model, nth, &paths, effects),
        }
    }
}

/// Many files are being read; none any more if `files` is 0.
pub fn reading(model: &mut Model, files: usize) {
    model.catching_up = Some(files).filter(|files| *files > 0);
}

/// Gives pages that were renamed their new paths wherever one stands or stood on them; the open one, if it is among
/// them.
fn rename(model: &mut Model, renamed: &[(PagePath, PagePath)]) -> Option<(PagePath, PagePath)> {
    let now = |path: &PagePath| renamed.iter().find(|(before, _)| before == path);
    let history = &mut model.history;
    for visit in history.back.iter_mut().chain(&mut history.forward) {
        if let Some((_, now)) = visit.address.path().and_then(now) {
            visit.address = Address::Page(now.clone());
        }
    }
    if let Some(awaited) = &mut model.reader.awaited
        && let Some((_, now)) = now(&awaited.path)
    {
        awaited.path = now.clone();
    }
    let open = model.reader.open.as_mut()?;
    let moved = now(open.address.path()?)?;
    open.address = Address::Page(moved.1.clone());
    Some(moved.clone())
}

/// Has the page that is open, or on its way, read again if it was written.
fn reread(model: &mut Model, paths: &HashSet<PagePath>, effects: &mut Vec<Effect>) {
    if let Some(awaited) = &model.reader.awaited {
        if paths.contains(&awaited.path) {
            let (ticket, path) = (awaited.ticket, awaited.path.clone());
            effects.push(Effect::ReadPage { ticket, path });
        }
        return;
    }
    let Some(open) = &mut model.reader.open else { return };
    let is_embedded = open.embedded.pages.iter().any(|page| paths.contains(page));
    let Some(path) = open.address.path() else { return };
    if !paths.contains(path) && !is_embedded {
        return;
    }
    let is_gone = model.index.at(path).is_none();
    let was_gone = std::mem::replace(&mut open.is_deleted, is_gone);
    if is_gone {
        model.warn(DELETED);
        return;
    }
    if was_gone && model.notice.as_ref().is_some_and(|notice| notice.text.starts_with(GONE)) {
        model.notice = None;
    }
    reader::reread(model, effects);
}

/// Says which page came that may be the deleted one under another name, and puts it ahead: whoever moved a page and wrote it in
/// one go, or had git do it, moved a page all the same. The reader keeps the old text until then.
fn offer(model: &mut Model, paths: &HashSet<PagePath>, before: &Index) {
    let Some(open) = model.reader.open.as_ref().filter(|open| open.is_deleted) else { return };
    let index = Arc::clone(&model.index);
    let come = paths.iter().filter(|path| before.at(path).is_none());
    let alike = come.filter_map(|path| index.at(path)).map(|page| (likeness(open, page), page));
    let best = alike.max_by(|(a, page), (b, other)| a.cmp(b).then(other.path.cmp(&page.path)));
    let Some((1.., page)) = best else { return };
    let visit = Visit {
        address: Address::Page(page.path.clone()),
        title: page.title.clone(),
        left: Left::of(open),
    };
    model.history.forward.retain(|ahead| ahead.address != visit.address);
    model.history.forward.push(visit);
    let key = model.keymap.shown(Place::Page, Command::Forward);
    model.warn(format!("{GONE}. Is it {} now? {key} opens that", page.path));
}

/// In how many ways a page is named as the open one: by its file, its title, an alias.
fn likeness(open: &OpenPage, page: &Page) -> usize {
    let said = &open.document.facts.summary;
    let is_called = |name: &str| {
        said.title.as_deref() == Some(name) || said.aliases.iter().any(|alias| alias == name)
    };
    let of_file = open
        .address
        .path()
        .is_some_and(|path| path.file_name() == page.path.file_name() && !is_folder_page(path));
    let of_alias = page.facts.aliases().any(is_called);
    usize::from(of_file) + usize::from(is_called(&page.title)) + usize::from(of_alias)
}
