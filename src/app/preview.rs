//! The preview of a page beside a list: which page is wanted, and the one that is shown until that
//! is read. Reads nothing itself and never changes what the reader has open.

use std::collections::HashSet;

use super::filter::Filter;
use super::find::Find;
use super::model::{Model, Ticket};
use super::msg::PageRead;
use super::reader::{self, Address, Goal, OpenPage};
use super::{Effect, Overlay};
use crate::layout::Options;
use crate::vault::PagePath;
use crate::vault::title::title;

/// The preview's state.
#[derive(Debug, Default)]
pub struct Preview {
    /// What the cursor of the list stands on, and the ticket of its request.
    wanted: Option<(Ticket, Place)>,
    /// The page that was read last.
    pub shown: Option<Shown>,
}

/// A place in a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which page.
    pub path: PagePath,
    /// Byte of its source that is shown at the top; its beginning if `None`.
    pub at: Option<u32>,
}

/// A page as the preview shows it.
#[derive(Debug)]
pub struct Shown {
    /// The page, or what is said in its place if it cannot be read.
    pub open: OpenPage,
    /// The byte of its source that was looked for, if any.
    pub at: Option<u32>,
    /// What the search beside it found on the page.
    pub marks: Find,
    /// Whether the lines are at that place already.
    placed: bool,
}

/// Has the topmost overlay preview `place`. Asks for the page unless it is shown or asked for.
pub fn want(model: &mut Model, place: Option<Place>, effects: &mut Vec<Effect>) {
    let screen = model.size;
    let Some(top) = model.overlays.last() else { return };
    let has_room = top.frame(screen).preview_columns().is_some();
    let searched = searched(top);
    let ticket = Ticket(model.last_ticket.0 + 1);
    let Some(preview) = model.overlays.last_mut().and_then(Overlay::preview_mut) else { return };
    let Some(place) = place.filter(|_| has_room) else {
        *preview = Preview::default();
        return;
    };
    if let Some(shown) =
        preview.shown.as_mut().filter(|shown| shown.open.address.path() == Some(&place.path))
    {
        if shown.marks.wanted.text != searched {
            shown.marks = Find::in_search(&shown.open, searched);
        }
        if preview.wanted.as_ref().is_none_or(|(_, wanted)| *wanted != place) {
            (shown.at, shown.placed) = (place.at, false);
            preview.wanted = Some((Ticket::default(), place));
        }
        return;
    }
    if let Some((_, wanted)) = preview.wanted.as_mut().filter(|(_, w)| w.path == place.path) {
        *wanted = place;
        return;
    }
    effects.push(Effect::ReadPreview { ticket, path: place.path.clone() });
    preview.wanted = Some((ticket, place));
    model.last_ticket = ticket;
}

/// What is searched for in the list beside the preview, if it is one of a search.
fn searched(overlay: &Overlay) -> String {
    match overlay {
        Overlay::Search(search) => search.input.text.clone(),
        _ => String::new(),
    }
}

/// Takes in a page, if it is the one that the topmost overlay asked for last.
pub fn read(model: &mut Model, read: PageRead) {
    let preview = model.overlays.last().and_then(Overlay::preview);
    let wanted = preview.and_then(|preview| preview.wanted.as_ref());
    let Some((_, Place { at, .. })) = wanted.filter(|(ticket, _)| *ticket == read.ticket) else {
        return;
    };
    let at = *at;
    let page = reader::Page::of(read.result, &title(&read.path, None));
    let options = reader::options(model);
    let open = reader::lay_out(model, Address::Page(read.path), page, options);
    let marks = model.overlays.last().map(searched).unwrap_or_default();
    let marks = Find::in_search(&open, marks);
    if let Some(preview) = model.overlays.last_mut().and_then(Overlay::preview_mut) {
        preview.shown = Some(Shown { open, at, marks, placed: false });
    }
}

/// Files were changed: if the overlay `nth` shows one of them, that is read again.
pub(super) fn changed(
    model: &mut Model,
    nth: usize,
    paths: &HashSet<PagePath>,
    effects: &mut Vec<Effect>,
) {
    let ticket = Ticket(model.last_ticket.0 + 1);
    let preview = model.overlays.get_mut(nth).and_then(Overlay::preview_mut);
    let Some(wanted) = preview.and_then(|preview| preview.wanted.as_mut()) else { return };
    if paths.contains(&wanted.1.path) {
        effects.push(Effect::ReadPreview { ticket, path: wanted.1.path.clone() });
        wanted.0 = ticket;
        model.last_ticket = ticket;
    }
}

impl Preview {
    /// Lays out what `rows` rows of a page with those options show. Code stays plain: who runs through a
    /// list does not wait for the colours of pages that are gone.
    pub(super) fn prepare(&mut self, options: &Options, filter: &Filter, rows: usize) {
        let Some(Shown { open, at, placed, .. }) = &mut self.shown else { return };
        if open.layout.options().width != options.width {
            *placed = false;
        }
        reader::fit(open, options, filter, rows);
        if !*placed {
            reader::go_to(open, &at.map_or(Goal::Top, Goal::Place), rows);
            // Some rows before the place tell where one is.
            if at.is_some() {
                let above = isize::try_from(rows / 3).unwrap_or(0);
                reader::move_by(open, -above, rows);
            }
            *placed = true;
            reader::ensure(open, rows);
        }
    }
}
