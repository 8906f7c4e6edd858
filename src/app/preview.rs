//! The preview of a page beside a list: which page is wanted, and the one that is shown until that
//! is read. Reads nothing itself and never changes what the reader has open.

use std::sync::Arc;

use super::model::{Model, Ticket};
use super::msg::PageRead;
use super::{Effect, Overlay};
use crate::config::Config;
use crate::index::{Index, LinkRef, PageId, Status};
use crate::layout::{Anchor, Context, Head, LinkLook, Manner, Options, PageLayout};
use crate::markdown::recover::Recovery;
use crate::markdown::{Document, LinkId};
use crate::vault::PagePath;

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
    /// Which page.
    pub path: PagePath,
    /// Its text, or why it cannot be read.
    pub content: Result<Arc<Document>, String>,
    /// What its head says of how it is shown.
    remarks: Vec<String>,
    /// Its lines, made for the width of the last frame.
    pub layout: Option<PageLayout>,
    /// The first visible line.
    pub anchor: Anchor,
    /// The byte of its source that was looked for, if any.
    pub at: Option<u32>,
    /// Whether the lines are at that place already.
    placed: bool,
}

/// Has the topmost overlay preview `place`. Asks for the page unless it is shown or asked for.
pub fn want(model: &mut Model, place: Option<Place>, effects: &mut Vec<Effect>) {
    let screen = model.size;
    let Some(top) = model.overlays.last() else { return };
    let has_room = top.frame(screen).preview_columns().is_some();
    let ticket = Ticket(model.last_ticket.0 + 1);
    let preview = match model.overlays.last_mut() {
        Some(Overlay::Finder(finder)) => &mut finder.preview,
        Some(Overlay::Search(search)) => &mut search.preview,
        _ => return,
    };
    let Some(place) = place.filter(|_| has_room) else {
        *preview = Preview::default();
        return;
    };
    if let Some(shown) = preview.shown.as_mut().filter(|shown| shown.path == place.path) {
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

impl Preview {
    /// Takes in a page, if it is the one asked for last.
    pub(super) fn read(&mut self, read: PageRead) {
        let Some((_, place)) = self.wanted.as_ref().filter(|(ticket, _)| *ticket == read.ticket)
        else {
            return;
        };
        let recovery = read.result.as_ref().ok().and_then(|loaded| loaded.recovery.as_deref());
        self.shown = Some(Shown {
            path: read.path,
            remarks: recovery.map(Recovery::remark).into_iter().collect(),
            content: read.result.map(|loaded| loaded.document),
            layout: None,
            anchor: Anchor::default(),
            at: place.at,
            placed: false,
        });
    }

    /// Lays out what `rows` rows of `width` cells show.
    pub(super) fn prepare(
        &mut self,
        index: &Index,
        config: &Config,
        ascii: bool,
        width: usize,
        rows: usize,
    ) {
        let Some(shown) = &mut self.shown else { return };
        let Ok(document) = &shown.content else { return };
        let looks = Looks { index, page: index.at(&shown.path).map(|page| page.id) };
        if shown.layout.as_ref().is_some_and(|layout| layout.options().width != width) {
            (shown.layout, shown.placed) = (None, false);
        }
        let layout = shown.layout.get_or_insert_with(|| {
            let options = Options {
                width,
                breaks: config.breaks,
                ascii,
                manner: Manner::Screen,
                pan: 0,
                code_wrap: false,
                properties_folded: true,
            };
            let title = index.at(&shown.path).map(|page| page.title.clone()).unwrap_or_default();
            let head = Head { title, remarks: shown.remarks.clone(), ..Head::default() };
            PageLayout::new(document.clone(), head, options)
        });
        if !shown.placed {
            let place = shown.at.map(|byte| layout.anchor_of_source(&looks, byte));
            // Some rows before the place tell where one is.
            let above = isize::try_from(rows / 3).unwrap_or(0);
            shown.anchor =
                place.map(|place| layout.scroll(&looks, place, -above, rows)).unwrap_or_default();
            shown.placed = true;
        }
        layout.ensure(&looks, shown.anchor, rows);
    }
}

/// Link looks straight from the index; code stays plain.
struct Looks<'a> {
    index: &'a Index,
    page: Option<PageId>,
}

impl Context for Looks<'_> {
    fn link(&self, link: LinkId) -> LinkLook {
        let Some(source) = self.page else { return LinkLook::Unknown };
        match self.index.resolution(LinkRef { source, link }).status {
            Status::Page(_) | Status::Folder(_) => LinkLook::Page,
            Status::Ambiguous { .. } => LinkLook::Ambiguous,
            Status::Missing => LinkLook::Missing,
            Status::Attachment(_) => LinkLook::Attachment,
            Status::External => LinkLook::External,
        }
    }

    fn code(&self, _leaf: u32) -> Option<&[crate::code::LineRoles]> {
        None
    }
}
