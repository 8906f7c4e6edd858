//! Full-text search: the lines of all pages that hold what is typed, grouped by page. The scan runs
//! on a worker and answers in parts; here are the hits that have come so far.

use std::collections::HashSet;

use super::input::Input;
use super::list::ListCursor;
use super::model::{Model, Ticket};
use super::msg::PageHits;
use super::preview::{self, Place, Preview};
use super::reader::{self, Address};
use super::{Effect, Overlay, panes};
use crate::command::{Command, Key, KeyCode};
use crate::index::PageId;
use crate::search::fulltext::TextSearch;
use crate::search::query::QueryError;

/// The search's state.
#[derive(Debug, Default)]
pub struct Search {
    /// What is typed.
    pub input: Input,
    /// What is wrong with it.
    pub error: Option<QueryError>,
    /// The hits so far, by page: those of the text before until the first of the new one come.
    pub pages: Vec<PageHits>,
    /// The rows of the list: a page, then its hits.
    pub rows: Vec<Row>,
    /// How many lines were found so far.
    pub lines: usize,
    /// Whether all pages were searched.
    pub done: bool,
    /// Where one is in `rows`; never on a page's own row.
    pub list: ListCursor,
    /// The place under the cursor.
    pub preview: Preview,
    /// The ticket of the last request.
    ticket: Ticket,
    /// Whether `pages` is an answer to that request.
    answered: bool,
    /// Whether Enter was pressed before the answer came: the first hit is opened.
    entered: bool,
}

/// One row of the list, by its place in [`Search::pages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// The page whose hits follow.
    Page(usize),
    /// A hit of a page.
    Hit(usize, usize),
}

/// Opens the search with what was typed the last time.
pub fn open(model: &mut Model, effects: &mut Vec<Effect>) {
    let search = Search { input: Input::new(model.last_search.clone()), ..Search::default() };
    model.overlays.push(Overlay::Search(search));
    typed(model, effects);
}

/// Searches for what is typed now, within the active filter. A mistake is shown and leaves the hits.
pub(super) fn typed(model: &mut Model, effects: &mut Vec<Effect>) {
    let ticket = model.ticket();
    let within = model.filter.pages.as_ref().map(|pages| by_path(model, pages));
    let Some(Overlay::Search(search)) = model.overlays.last_mut() else { return };
    let typed = search.input.text.clone();
    // Whatever is under way answers for another text.
    search.ticket = ticket;
    search.error = None;
    search.done = true;
    search.entered = false;
    if typed.trim().is_empty() {
        search.clear();
        return preview::want(model, None, effects);
    }
    match TextSearch::new(&typed) {
        Ok(_) => {
            search.done = false;
            search.answered = false;
            effects.push(Effect::Search { ticket, typed, within });
        }
        Err(error) => search.error = Some(error),
    }
}

/// Some hits of the search; `done` with the last ones.
pub fn hits(
    model: &mut Model,
    ticket: Ticket,
    pages: Vec<PageHits>,
    done: bool,
    effects: &mut Vec<Effect>,
) {
    let visible = visible_rows(model);
    let Some(Overlay::Search(search)) = model.overlays.last_mut() else { return };
    if search.ticket != ticket {
        return;
    }
    if !search.answered && (done || !pages.is_empty()) {
        search.clear();
        search.answered = true;
    }
    search.done = done;
    for page in pages.into_iter().filter(|page| !page.hits.is_empty()) {
        let nth = search.pages.len();
        search.lines += page.hits.len();
        search.rows.push(Row::Page(nth));
        search.rows.extend((0..page.hits.len()).map(|hit| Row::Hit(nth, hit)));
        search.pages.push(page);
    }
    search.settle(1, visible);
    if search.entered && search.answered {
        search.entered = false;
        choose(model, effects);
    } else {
        follow(model, effects);
    }
}

/// Takes a key; `false` if the search has no use for it.
pub(super) fn key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) -> bool {
    let visible = visible_rows(model);
    let Some(Overlay::Search(search)) = model.overlays.last_mut() else { return false };
    let before = search.list.at;
    if key.code == KeyCode::Enter {
        if search.done || search.answered {
            choose(model, effects);
        } else {
            search.entered = true;
        }
    } else if search.list.key(key, search.rows.len(), visible) {
        search.settle(if search.list.at < before { -1 } else { 1 }, visible);
        follow(model, effects);
    } else if search.input.key(key) {
        typed(model, effects);
    } else {
        return false;
    }
    true
}

/// A row was pressed: opens it; a page's own row opens its first hit.
pub(super) fn press(model: &mut Model, row: usize, effects: &mut Vec<Effect>) {
    let Some(Overlay::Search(search)) = model.overlays.last_mut() else { return };
    if row < search.rows.len() {
        search.list.at = row;
        choose(model, effects);
    }
}

/// The wheel was turned by so many rows.
pub(super) fn wheel(model: &mut Model, rows: i32, effects: &mut Vec<Effect>) {
    let visible = visible_rows(model);
    let Some(Overlay::Search(search)) = model.overlays.last_mut() else { return };
    search.list.wheel(rows, search.rows.len(), visible);
    search.settle(1, visible);
    follow(model, effects);
}

impl Search {
    /// The hit that a row stands for.
    fn place(&self, row: Row) -> Option<(PageId, u32)> {
        let (page, hit) = match row {
            Row::Page(page) => (page, 0),
            Row::Hit(page, hit) => (page, hit),
        };
        let page = self.pages.get(page)?;
        Some((page.page, page.hits.get(hit)?.at))
    }

    fn clear(&mut self) {
        self.pages.clear();
        self.rows.clear();
        self.lines = 0;
        self.list = ListCursor::default();
    }

    /// Moves the cursor on from a page's own row, in the direction in which it came. The first row
    /// is a page's; a hit always follows.
    fn settle(&mut self, direction: isize, visible: usize) {
        if !matches!(self.rows.get(self.list.at), Some(Row::Page(_))) {
            return;
        }
        let step = if self.list.at == 0 { 1 } else { direction };
        self.list.step(step, self.rows.len(), visible);
    }
}

/// Has the preview show the hit under the cursor.
fn follow(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Overlay::Search(search)) = model.overlays.last() else { return };
    let place = under_cursor(model, search);
    preview::want(model, place, effects);
}

/// Closes the search and opens the hit under the cursor.
fn choose(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Overlay::Search(search)) = model.overlays.last() else { return };
    let Some(place) = under_cursor(model, search) else { return };
    let goal = place.at.map_or(reader::Goal::Top, reader::Goal::Source);
    super::overlay::close(model);
    reader::open(model, Address::Page(place.path), goal, effects);
    panes::run(model, Command::FocusPage);
}

fn under_cursor(model: &Model, search: &Search) -> Option<Place> {
    let (page, at) = search.rows.get(search.list.at).and_then(|&row| search.place(row))?;
    Some(Place { path: model.index.page(page)?.path.clone(), at: Some(at) })
}

/// The pages in the order of their paths, so that the same search always lists the same way.
fn by_path(model: &Model, pages: &HashSet<PageId>) -> Vec<PageId> {
    let mut pages: Vec<_> = pages.iter().filter_map(|&id| model.index.page(id)).collect();
    pages.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    pages.into_iter().map(|page| page.id).collect()
}

fn visible_rows(model: &Model) -> usize {
    model.overlays.last().map_or(0, |top| top.frame(model.size).list_rows())
}
