//! The finder: typing finds pages, headings and tags, Enter opens. The ranking stands in
//! `search::finder` and runs on a worker; here are the rows that it gave last.

use super::input::Input;
use super::list::ListCursor;
use super::memory::recents;
use super::model::{Model, Ticket};
use super::preview::{self, Place, Preview};
use super::reader::{self, Address};
use super::{Effect, Overlay, connect, filter, panes, saved, suggest};
use crate::command::{Command, Key, KeyCode};
use crate::index::PageId;
use crate::search::finder::{Found, Goal};
use crate::search::query::{Query, QueryError};
use crate::text::ago::ago;
use crate::vault::PagePath;

/// The finder's state.
#[derive(Debug, Default)]
pub struct Finder {
    /// What is typed.
    pub input: Input,
    /// What is wrong with it.
    pub error: Option<QueryError>,
    /// The rows of the last answer: they stay until the next one comes, so that nothing flickers.
    pub rows: Vec<Found>,
    /// The text to which `rows` is the answer; `None` before the first one.
    pub answered: Option<String>,
    /// Whether Enter was pressed before the answer came: whoever types fast means the row that is
    /// best for what was typed, not one that still stands there.
    entered: bool,
    /// Whether the index is another one than that of the rows: they may not stand for the same pages any more.
    outdated: bool,
    /// The ticket of the last request.
    ticket: Ticket,
    /// Where one is in `rows`.
    pub list: ListCursor,
    /// The page under the cursor.
    pub preview: Preview,
    /// The page whose connection with the chosen one is asked for; `None` where that is opened.
    pub connects: Option<PagePath>,
}

/// Opens the finder with nothing typed: the recent pages.
pub fn open(model: &mut Model, effects: &mut Vec<Effect>) {
    model.overlays.push(Overlay::Finder(Finder::default()));
    suggest::opened(model, effects);
    typed(model, effects);
}

/// Opens the finder to choose the page with which `from` may be connected.
pub fn open_to_connect(model: &mut Model, from: PagePath, effects: &mut Vec<Effect>) {
    let finder = Finder { connects: Some(from), ..Finder::default() };
    model.overlays.push(Overlay::Finder(finder));
    typed(model, effects);
}

/// Asks for the rows of what is typed now. A mistake is shown and leaves the rows.
pub(super) fn typed(model: &mut Model, effects: &mut Vec<Effect>) {
    suggest::typed(model, effects);
    let ticket = model.ticket();
    let recent = recent(model);
    let within = model.filter.pages.clone();
    let Some(Overlay::Finder(finder)) = model.overlays.last_mut() else { return };
    finder.ticket = ticket;
    finder.entered = false;
    finder.error = Query::typed(&finder.input.text).err();
    if finder.error.is_some() {
        return;
    }
    effects.push(Effect::Find { ticket, typed: finder.input.text.clone(), recent, within });
}

/// The index is another one: what is typed is asked again, and Enter waits for that answer.
pub(super) fn indexed(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Overlay::Finder(finder)) = model.overlays.last_mut() else { return };
    finder.outdated = true;
    let entered = finder.entered;
    typed(model, effects);
    if let Some(Overlay::Finder(finder)) = model.overlays.last_mut() {
        finder.entered = entered;
    }
}

/// The finder's answer. For a text that was answered before (the wiki has changed) the cursor stays
/// on its item; for a new one it goes to the best row.
pub fn found(model: &mut Model, ticket: Ticket, rows: Vec<Found>, effects: &mut Vec<Effect>) {
    let visible = visible_rows(model);
    let Some(Overlay::Finder(finder)) = model.overlays.last() else { return };
    if finder.ticket != ticket {
        return;
    }
    let (first, last): (Vec<_>, Vec<_>) =
        saved::named(model, &finder.input.text).partition(|(is_first, _)| *is_first);
    let only = |(_, found): (bool, Found)| found;
    let rows = first.into_iter().map(only).chain(rows).chain(last.into_iter().map(only)).collect();
    let Some(Overlay::Finder(finder)) = model.overlays.last_mut() else { return };
    let again = finder.answered.as_ref() == Some(&finder.input.text);
    let goal = finder.rows.get(finder.list.at).map(|row| row.goal.clone()).filter(|_| again);
    finder.answered = Some(finder.input.text.clone());
    finder.outdated = false;
    finder.rows = rows;
    if let Some(from) = &finder.connects {
        let from = model.index.at(from).map(|page| page.id);
        finder.rows.retain(|row| match row.goal {
            Goal::Page(id) => Some(id) != from,
            Goal::Heading(..) | Goal::Tag(_) | Goal::Saved(_) => false,
        });
    }
    let at = goal.and_then(|goal| finder.rows.iter().position(|row| row.goal == goal));
    finder.list.put(at.unwrap_or(0), finder.rows.len(), visible);
    if std::mem::take(&mut finder.entered) {
        choose(model, effects);
    } else {
        follow(model, effects);
    }
}

/// Takes a key; `false` if the finder has no use for it.
pub(super) fn key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) -> bool {
    if suggest::key(model, key, effects) {
        return true;
    }
    let visible = visible_rows(model);
    let Some(Overlay::Finder(finder)) = model.overlays.last_mut() else { return false };
    if key.code == KeyCode::Enter && finder.error.is_some() {
        // What stands there is the answer to something else.
    } else if key.code == KeyCode::Enter {
        if finder.answered.as_ref() == Some(&finder.input.text) && !finder.outdated {
            choose(model, effects);
        } else {
            finder.entered = true;
        }
    } else if finder.list.key(key, finder.rows.len(), visible) {
        follow(model, effects);
    } else if finder.input.key(key) {
        typed(model, effects);
    } else {
        return false;
    }
    true
}

/// A row was pressed: opens it.
pub(super) fn press(model: &mut Model, row: usize, effects: &mut Vec<Effect>) {
    if let Some(Overlay::Finder(finder)) = model.overlays.last_mut()
        && row < finder.rows.len()
    {
        finder.list.at = row;
        choose(model, effects);
    }
}

/// Has the preview show the row under the cursor.
pub(super) fn follow(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Overlay::Finder(finder)) = model.overlays.last() else { return };
    let place = finder.rows.get(finder.list.at).and_then(|row| place(model, &row.goal));
    preview::want(model, place, effects);
}

/// Where a goal is; `None` of tags and of pages that are gone.
fn place(model: &Model, goal: &Goal) -> Option<Place> {
    let (id, heading) = match *goal {
        Goal::Page(id) => (id, None),
        Goal::Heading(id, heading) => (id, Some(heading)),
        Goal::Tag(_) | Goal::Saved(_) => return None,
    };
    let page = model.index.page(id)?;
    let heading = heading.and_then(|nth| page.facts.heading(nth as usize));
    Some(Place { path: page.path.clone(), at: heading.map(|heading| heading.span.start) })
}

/// Closes the finder and opens the row under the cursor.
fn choose(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Overlay::Finder(finder)) = model.overlays.last() else { return };
    let Some(row) = finder.rows.get(finder.list.at) else { return };
    let goal = row.goal.clone();
    let place = place(model, &goal);
    let connects = finder.connects.clone();
    model.overlays.pop();
    if let (Some(from), Some(place)) = (connects, &place) {
        return connect::ask(model, from, place.path.clone(), effects);
    }
    match (goal, place) {
        (Goal::Tag(tag), _) => {
            filter::by_tag(model, &tag, effects);
            panes::run(model, Command::FocusTree);
        }
        (Goal::Saved(nth), _) => {
            let Some(saved) = model.config.queries.get(nth) else { return };
            let query = saved.query.clone();
            filter::set(model, &query, effects);
            panes::run(model, Command::FocusTree);
        }
        (_, Some(place)) => {
            let goal = place.at.map_or(reader::Goal::Top, reader::Goal::Place);
            reader::open(model, Address::Page(place.path), goal, effects);
            panes::run(model, Command::FocusPage);
        }
        (_, None) => model.warn("This page is gone"),
    }
}

/// The pages read lately, newest first, each once. The open one is left out: nobody looks for it.
fn recent(model: &Model) -> Vec<PageId> {
    let open = model.current_path();
    let paths = model.memory.recents.iter().filter_map(|recent| PagePath::new(&recent.page));
    let pages = paths.filter(|path| Some(path) != open).filter_map(|path| model.index.at(&path));
    pages.map(|page| page.id).take(MAX_RECENT).collect()
}

/// How long ago a row's page was opened, in words, while the rows are the recent ones; empty if that was not lately.
#[must_use]
pub fn when(model: &Model, finder: &Finder, row: &Found) -> Option<String> {
    let Goal::Page(id) = row.goal else { return None };
    let is_recent = finder.answered.as_ref().is_some_and(String::is_empty);
    let page = model.index.page(id).filter(|_| is_recent)?;
    // The open one stands among the others, wherever its title has it.
    let is_open = model.current_path() == Some(&page.path);
    let opened = recents::opened_at(model, &page.path).filter(|_| !is_open);
    Some(opened.map_or_else(String::new, |opened| ago(model.now_ms, opened)))
}

/// How many recent pages are told to the ranking.
const MAX_RECENT: usize = 50;

fn visible_rows(model: &Model) -> usize {
    model.overlays.last().map_or(0, |top| top.frame(model.size).list_rows())
}
