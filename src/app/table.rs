//! A table alone on the whole screen: it scrolls in both directions, its header stays in sight, its links can be
//! selected and followed. Laid out as a page of its own that holds nothing but the table.

use std::collections::HashSet;
use std::sync::Arc;

use super::model::Size;
use super::reader::{self, OpenPage};
use super::update::sequence_over;
use super::{Effect, Model, Overlay};
use crate::code::LineRoles;
use crate::command::{Command, Key, Place};
use crate::layout::{Anchor, Context, Head, Line, LinkLook, Options, PageLayout, WideTables};
use crate::markdown::document::Table;
use crate::markdown::{Document, Facts, LeafKind, LinkId};

/// The table's state.
#[derive(Debug)]
pub struct FullTable {
    /// Its lines.
    pub layout: PageLayout,
    /// The first line below the header.
    pub anchor: Anchor,
    /// The lines of the header, which stay above it.
    pub header: Vec<Line>,
    /// The selected stop.
    pub selected: Option<u32>,
    /// The page that it stands on, and its leaf there.
    page: Arc<Document>,
    leaf: u32,
    looks: Vec<LinkLook>,
    active_tags: HashSet<u32>,
}

/// The slot of the table's first part: the head, which is empty, stands before it.
const FIRST_SLOT: u32 = 1;
/// Rows that hold the title and the hints.
const EDGE_ROWS: u16 = 2;
/// Screens with fewer rows show nothing but the table.
const EDGES_FROM: u16 = 6;
/// Columns left free at each side, on screens that have them.
const MARGIN: u16 = 1;
const MARGIN_FROM: u16 = 40;

/// What the layout asks about the page.
struct Looks<'a> {
    looks: &'a [LinkLook],
    active_tags: &'a HashSet<u32>,
}

impl Context for Looks<'_> {
    fn link(&self, link: LinkId) -> LinkLook {
        self.looks.get(link as usize).copied().unwrap_or(LinkLook::Unknown)
    }

    fn code(&self, _leaf: u32) -> Option<&[LineRoles]> {
        None
    }

    fn tag_is_active(&self, tag: u32) -> bool {
        self.active_tags.contains(&tag)
    }
}

/// Where the table stands on a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// Whether there is a row for the title above it and one for hints below.
    pub edged: bool,
    /// Columns left free at each side.
    pub margin: u16,
    /// Cells of its lines.
    pub columns: u16,
    /// Its rows, the header counted.
    pub rows: u16,
}

impl Area {
    /// The area on a screen of that size.
    #[must_use]
    pub fn of(screen: Size) -> Self {
        let edged = screen.rows >= EDGES_FROM;
        let margin = if screen.columns >= MARGIN_FROM { MARGIN } else { 0 };
        let rows = screen.rows - if edged { EDGE_ROWS } else { 0 };
        Self { edged, margin, columns: screen.columns - 2 * margin, rows }
    }
}

/// Opens the table in view, at the row that is in view.
pub(super) fn open(model: &mut Model) {
    let rows = reader::rows(model);
    let Some(open) = &model.reader.open else { return model.say("No page is open yet") };
    let Some(leaf) = open.layout.table_in_view(open.anchor, rows) else {
        return model.say("No table is in view");
    };
    let Some(mut table) = FullTable::new(open, leaf) else { return };
    let first = open.layout.table_rows_in_view(open.anchor, rows, leaf).map(|(first, _)| first);
    let selected = open.selected.and_then(|nth| open.layout.stop(nth));
    table.fit(model);
    if let Some(row @ 1..) = first {
        table.show_row(row, model.size);
    }
    table.selected = selected.and_then(|stop| table.layout.stop_of(stop.action));
    model.overlays.push(Overlay::Table(Box::new(table)));
}

/// Takes a key: what moves over a page moves over the table.
pub(super) fn key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) -> bool {
    let Some(command) = sequence_over(model, Place::Page, key) else {
        return !model.pending.is_empty();
    };
    let screen = model.size;
    let Some(Overlay::Table(table)) = model.overlays.last_mut() else { return false };
    let rows = table.rows(screen);
    let step = isize::try_from(rows).unwrap_or(isize::MAX);
    match command {
        Command::ScrollDown => table.scroll(1, screen),
        Command::ScrollUp => table.scroll(-1, screen),
        Command::HalfPageDown => table.scroll((step / 2).max(1), screen),
        Command::HalfPageUp => table.scroll(-(step / 2).max(1), screen),
        Command::PageDown => table.scroll((step - 1).max(1), screen),
        Command::PageUp => table.scroll(-(step - 1).max(1), screen),
        Command::Top => table.anchor = Anchor::default(),
        Command::Bottom => {
            let (layout, context) = table.parts();
            table.anchor = layout.end(&context, rows);
        }
        Command::FocusRight | Command::PanRight | Command::FocusLeft | Command::PanLeft => {
            let right = matches!(command, Command::FocusRight | Command::PanRight);
            if !table.pan(right, screen) {
                model.say(if right { "No column further right" } else { "No column further left" });
            }
        }
        Command::NextLink | Command::PreviousLink => {
            if !table.select(command == Command::NextLink, screen) {
                model.say("This table has no links");
            }
        }
        Command::Follow => match table.selected {
            Some(nth) => press(model, nth, effects),
            None => {
                table.select(true, screen);
            }
        },
        // `q` only leaves the table; `Ctrl-C` is the caller's.
        Command::Quit if key.ctrl => return false,
        Command::FullTable | Command::Quit | Command::Back => {
            model.overlays.pop();
        }
        Command::Help => super::overlay::run(model, command, effects),
        // What concerns the whole program is the caller's.
        _ => return false,
    }
    true
}

/// Does what a stop of the table does, on its page.
pub(super) fn press(model: &mut Model, nth: u32, effects: &mut Vec<Effect>) {
    let Some(Overlay::Table(table)) = model.overlays.last() else { return };
    let Some(stop) = table.layout.stop(nth) else { return };
    let here = |open: &OpenPage| open.layout.stop_of(stop.action);
    let Some(nth) = model.reader.open.as_ref().and_then(here) else { return };
    model.overlays.pop();
    reader::links::press(model, nth, effects);
}

/// The wheel was turned.
pub(super) fn wheel(model: &mut Model, rows: i32) {
    let screen = model.size;
    if let Some(Overlay::Table(table)) = model.overlays.last_mut() {
        table.scroll(isize::try_from(rows).unwrap_or(0), screen);
    }
}

/// Fits the table to the screen and to what became of its page; a table that is gone closes.
pub(super) fn prepare(model: &mut Model) {
    // Help may stand over it.
    let is_table = |overlay: &Overlay| matches!(overlay, Overlay::Table(_));
    let Some(nth) = model.overlays.iter().position(is_table) else { return };
    let Overlay::Table(mut table) = model.overlays.remove(nth) else { return };
    let Some(open) = &model.reader.open else { return };
    if !Arc::ptr_eq(&table.page, &open.document) {
        let Some(newer) = FullTable::new(open, table.leaf) else { return };
        *table = FullTable { anchor: table.anchor, selected: None, ..newer };
    }
    table.fit(model);
    model.overlays.insert(nth, Overlay::Table(table));
}

impl FullTable {
    fn new(open: &OpenPage, leaf: u32) -> Option<Self> {
        let document = alone(&open.document, leaf)?;
        let options = Options { wide_tables: WideTables::Panned, ..open.layout.options().clone() };
        let options = Options { table_pan: 0, ..options };
        Some(Self {
            layout: PageLayout::new(Arc::new(document), Head::default(), options),
            anchor: Anchor::default(),
            header: Vec::new(),
            selected: None,
            page: Arc::clone(&open.document),
            leaf,
            looks: open.looks.clone(),
            active_tags: open.active_tags().clone(),
        })
    }

    /// The table.
    #[must_use]
    pub fn table(&self) -> Option<&Table> {
        match &self.layout.document().leaves.first()?.kind {
            LeafKind::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The rows of the table below its header on a screen of that size; at least one.
    #[must_use]
    pub fn rows(&self, screen: Size) -> usize {
        usize::from(Area::of(screen).rows).saturating_sub(self.header.len()).max(1)
    }

    /// The first and the last row in view, the first of the table being 1.
    #[must_use]
    pub fn rows_in_view(&self, screen: Size) -> Option<(u32, u32)> {
        let seen = self.layout.table_rows_in_view(self.anchor, self.rows(screen), 0)?;
        Some((seen.0.max(1), seen.1.max(1)))
    }

    fn parts(&mut self) -> (&mut PageLayout, Looks<'_>) {
        let Self { layout, looks, active_tags, .. } = self;
        (layout, Looks { looks, active_tags })
    }

    /// Lays out what a screen shows.
    fn fit(&mut self, model: &Model) {
        if let Some(open) = &model.reader.open
            && (open.looks != self.looks || open.active_tags() != &self.active_tags)
        {
            self.looks.clone_from(&open.looks);
            self.active_tags.clone_from(open.active_tags());
            self.layout.forget(true, None);
        }
        let area = Area::of(model.size);
        let anchor = self.anchor;
        let options = Options {
            width: area.columns.into(),
            ascii: model.themes.ascii,
            ..self.layout.options().clone()
        };
        let (layout, context) = self.parts();
        let anchor = layout.set_options(options, &context, anchor);
        let mut header = layout.header_lines(&context, 0);
        // A header that leaves no room scrolls with its rows.
        if header.len() * 2 > usize::from(area.rows) {
            header.clear();
        }
        (self.anchor, self.header) = (anchor, header);
        self.scroll(0, model.size);
    }

    fn scroll(&mut self, delta: isize, screen: Size) {
        let (rows, header) = (self.rows(screen), self.header.len());
        let first = Anchor { slot: FIRST_SLOT, line: u32::try_from(header).unwrap_or(0) };
        let anchor = self.anchor.max(first);
        let (layout, context) = self.parts();
        let anchor = layout.scroll(&context, anchor, delta, rows).max(first);
        layout.ensure(&context, anchor, rows);
        self.anchor = anchor;
    }

    /// Pans by a column; whether there was one.
    fn pan(&mut self, right: bool, screen: Size) -> bool {
        let (rows, anchor) = (self.rows(screen), self.anchor);
        let (layout, context) = self.parts();
        let Some(panned) = layout.panned(&context, anchor, rows, right) else { return false };
        self.anchor = layout.set_options(panned, &context, anchor);
        true
    }

    /// Selects the next or the previous stop and brings it into view; whether there is one.
    fn select(&mut self, forward: bool, screen: Size) -> bool {
        let stops = self.layout.stops();
        let rows = self.rows(screen);
        let first_in_view = self.layout.stop_from(self.anchor);
        let next = match (self.selected, forward) {
            (Some(nth), true) => nth + 1,
            (Some(nth), false) => nth.checked_sub(1).unwrap_or(stops.saturating_sub(1)),
            (None, _) => first_in_view.unwrap_or(0),
        };
        if stops == 0 {
            return false;
        }
        let nth = if next < stops { next } else { 0 };
        self.selected = Some(nth);
        let top = self.anchor;
        let (layout, context) = self.parts();
        if let Some(panned) = layout.panned_to_stop(&context, nth) {
            self.anchor = layout.set_options(panned, &context, top);
        }
        let top = self.anchor;
        let (layout, context) = self.parts();
        let at = layout.anchor_of_stop(&context, nth);
        let below = layout.position(at).0.saturating_sub(layout.position(top).0);
        if at < top {
            self.anchor = at;
        } else if below >= rows {
            let up = isize::try_from(rows / 2).unwrap_or(0);
            self.anchor = layout.scroll(&context, at, -up, rows);
        }
        self.scroll(0, screen);
        true
    }

    /// Makes a row of the table the first in view.
    fn show_row(&mut self, row: u32, screen: Size) {
        let columns = self.table().map_or(1, |table| table.alignments.len().max(1));
        let cell = row.saturating_mul(u32::try_from(columns).unwrap_or(u32::MAX));
        let place = crate::layout::TextPlace { leaf: 0, cell, offset: 0 };
        let (layout, context) = self.parts();
        self.anchor = layout.anchor_of(&context, place);
        self.scroll(0, screen);
    }
}

/// A document of one leaf, with the links and tags of its page.
fn alone(page: &Document, leaf: u32) -> Option<Document> {
    let leaf = page.leaves.get(leaf as usize)?;
    if !matches!(leaf.kind, LeafKind::Table(_)) {
        return None;
    }
    let mut leaf = leaf.clone();
    leaf.container = None;
    let (links, tags) = (page.facts.links.clone(), page.facts.tags.clone());
    let facts = Facts { links, tags, ..Facts::default() };
    Some(Document { facts, leaves: vec![leaf], ..Document::default() })
}
