//! Changes from outside: what is open, peeked at or previewed is read again if it was written; nothing moves for the
//! reader. Of what happened elsewhere nothing is said.

use std::collections::HashSet;

use super::msg::Changes;
use super::reader::{self, Address};
use super::{Effect, Model, Overlay, peek, preview, update};
use crate::vault::PagePath;

/// Said until the page is there again.
const DELETED: &str = "This page was deleted: what was read stays here";

/// Files were changed.
pub fn changed(model: &mut Model, changes: Changes, effects: &mut Vec<Effect>) {
    let Changes { index, paths, renamed } = changes;
    // Before the index, by which nobody has written a page that is called otherwise now.
    let moved = rename(model, &renamed);
    update::indexed(model, index, effects);
    if let Some((_, now)) = moved {
        model.say(format!("This page was renamed: it is {now} now"));
        reader::reread(model, effects);
    } else {
        reread(model, &paths, effects);
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
    let Some(open) = &model.reader.open else { return };
    let is_embedded = open.embedded.pages.iter().any(|page| paths.contains(page));
    let Some(path) = open.address.path() else { return };
    if !paths.contains(path) && !is_embedded {
        return;
    }
    let was_deleted = model.notice.as_ref().is_some_and(|notice| notice.text == DELETED);
    if model.index.at(path).is_none() {
        model.warn(DELETED);
        return;
    }
    if was_deleted {
        model.notice = None;
    }
    reader::reread(model, effects);
}
