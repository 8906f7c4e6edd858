//! Stepping through the hits of the last search from the page: `3 of 41`, across pages, in the order of the
//! list. A step to another page is a visit as any other, one on the same page is not; on the pages of the list the matches are marked as find in
//! page marks them.

use super::{Search, SearchEnd, Stage, current, place, reader};
use crate::app::reader::Address;
use crate::app::{Effect, Model, find, panes};
use crate::command::Command;

/// Where one steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    /// Whether one is stepping; the status line says where.
    pub on: bool,
    /// The last hit that was opened: its page in the list, and its place there.
    pub at: Option<(usize, usize)>,
}

/// Where one is among the hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing<'a> {
    /// Which hit, the first being 1.
    pub nth: usize,
    /// Of how many.
    pub of: usize,
    /// Whether there are more than these.
    pub more: bool,
    /// What was searched for.
    pub typed: &'a str,
}

/// Where one is among the hits, while one steps through them and is on the page of the last one.
#[must_use]
pub fn standing(model: &Model) -> Option<Standing<'_>> {
    let search = model.searched.as_deref().filter(|search| search.steps.on)?;
    let (page, hit) = search.steps.at?;
    // Who went on to another page stands on no hit; `]` leads back to them.
    let here = match &model.reader.awaited {
        Some(awaited) => Some(&awaited.path),
        None => model.current_path(),
    };
    if search.pages.get(page).map(|hits| &hits.page) != here {
        return None;
    }
    let before: usize = search.pages.iter().take(page).map(|page| page.hits.len()).sum();
    let SearchEnd { cut, failed, .. } = search.end;
    let more =
        search.stage != Stage::Done || cut || failed || search.pages.iter().any(|page| page.more);
    Some(Standing { nth: before + hit + 1, of: search.lines, more, typed: &search.answers.typed })
}

/// Runs a command that steps.
pub fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    let Some(search) = model.searched.as_deref().filter(|search| !search.pages.is_empty()) else {
        return model.say("There are no hits to step through: s searches all pages");
    };
    let next = match (search.steps.at, command) {
        (None, _) => search.rows.get(search.list.at).and_then(|row| search.hit_of(*row)),
        (Some(at), Command::NextHit) => after(search, at),
        (Some(at), _) => before(search, at),
    };
    if let Some((page, hit)) = next {
        return go(model, page, hit, reader::open_next, effects);
    }
    let (done, cut) = (search.stage == Stage::Done, search.end.cut);
    if let Some(search) = current(model) {
        search.steps.on = true;
    }
    model.say(match command {
        Command::PreviousHit => "This is the first hit",
        _ if !done => "The last hit so far: the search goes on",
        _ if cut => "The last hit of the best pages: s opens the list, to narrow it",
        _ => "This was the last hit: s opens the list",
    });
}

fn after(search: &Search, (page, hit): (usize, usize)) -> Option<(usize, usize)> {
    if hit + 1 < search.pages.get(page)?.hits.len() {
        return Some((page, hit + 1));
    }
    (page + 1 < search.pages.len()).then_some((page + 1, 0))
}

fn before(search: &Search, (page, hit): (usize, usize)) -> Option<(usize, usize)> {
    if hit > 0 {
        return Some((page, hit - 1));
    }
    let page = page.checked_sub(1)?;
    Some((page, search.pages.get(page)?.hits.len().checked_sub(1)?))
}

/// Opens a hit in that way; from there on `]` and `[` step.
pub(super) fn go(
    model: &mut Model,
    page: usize,
    hit: usize,
    open: fn(&mut Model, Address, reader::Goal, &mut Vec<Effect>),
    effects: &mut Vec<Effect>,
) {
    // As many rows as the list has when it is opened again.
    let visible = crate::app::Overlay::Search(Box::default()).frame(model.size).list_rows();
    let Some(search) = model.searched.as_deref_mut() else { return };
    search.steps = Steps { on: true, at: Some((page, hit)) };
    search.put_on(page, hit, visible);
    let Some(search) = model.searched.as_deref() else { return };
    let Some(place) = place(model, search, page, hit) else {
        return model.warn("This page is gone");
    };
    let goal = place.at.map_or(reader::Goal::Top, reader::Goal::Source);
    open(model, Address::Page(place.path), goal, effects);
    panes::run(model, Command::FocusPage);
    if model.reader.awaited.is_none() {
        mark(model, effects);
    }
}

/// Marks the matches on the open page if it is one of the list.
pub(in crate::app) fn mark(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(search) = model.searched.as_deref().filter(|search| search.steps.on) else { return };
    let open = model.current_path();
    let is_open = |nth: usize| search.pages.get(nth).map(|page| Some(&page.page)) == Some(open);
    if open.is_none() || !(0..search.pages.len()).any(is_open) {
        return;
    }
    let here = search.steps.at.filter(|(page, _)| is_open(*page));
    let hit = here.and_then(|(page, hit)| Some(search.pages[page].hits.get(hit)?.at));
    let typed = search.answers.typed.clone();
    find::mark(model, &typed, hit, effects);
}

/// Ends the stepping; whether it was said that one steps.
pub(in crate::app) fn end(model: &mut Model) -> bool {
    let was_said = standing(model).is_some();
    if let Some(search) = model.searched.as_deref_mut() {
        search.steps.on = false;
    }
    was_said
}
