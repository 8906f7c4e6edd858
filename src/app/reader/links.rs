//! Links: selecting one after the other, and following what is selected.

use super::{OpenPage, folds, lead, place, rows, scroll, travel};
use crate::app::model::Focus;
use crate::app::{Effect, Model, update};
use crate::command::Command;
use crate::index::{Index, Resolution, Status, Via};
use crate::layout::Action;
use crate::markdown::{Link, LinkId};

/// Runs a command on links.
pub fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    scroll::stay(model, effects);
    match command {
        Command::NextLink => select(model, Step::Next),
        Command::PreviousLink => select(model, Step::Previous),
        Command::Follow => match selected(model) {
            Some(nth) => press(model, nth, effects),
            // Nothing is followed that was not seen to be selected.
            None => select(model, Step::Next),
        },
        _ => {}
    }
}

/// A stop was pressed: selects it and does what it does.
pub fn press(model: &mut Model, nth: u32, effects: &mut Vec<Effect>) {
    scroll::stay(model, effects);
    let Some(open) = &mut model.reader.open else { return };
    let Some(stop) = open.layout.stop(nth) else { return };
    open.selected = Some(nth);
    match stop.action {
        Action::Link(link) => follow(model, link, effects),
        Action::Tag(_) | Action::Backlink(_) => {
            let lead =
                model.reader.open.as_ref().and_then(|open| lead::of(model, open, stop.action));
            match lead {
                Some((lead, _)) => lead::go(model, lead, effects),
                None => model.say("That page is gone"),
            }
        }
        Action::Footnote(_) => footnote(model, nth),
        Action::Properties => update::run(model, Command::ToggleProperties, effects),
        Action::Fold(head) => folds::press(model, head, effects),
    }
}

/// Follows a link of the open page.
pub(super) fn follow(model: &mut Model, id: LinkId, effects: &mut Vec<Effect>) {
    let Some(page) = &model.reader.open else { return };
    let Some(link) = page.document.facts.links.get(id as usize) else { return };
    if let Some((lead, how)) = lead::of_link(model, &page.written_on(id), link) {
        if let Some(notice) = how {
            model.warn(notice);
        }
        return lead::go(model, lead, effects);
    }
    if let Some(page) = &mut model.reader.open {
        page.to_follow = Some(id);
    }
    model.say("Still reading the wiki: the link is followed as soon as that is done");
}

/// Goes to where a link of the open page stands, and selects it.
pub(in crate::app) fn show(model: &mut Model, id: LinkId, effects: &mut Vec<Effect>) {
    scroll::stay(model, effects);
    let links = model.reader.open.as_ref().map(|open| &open.document.facts.links);
    let Some(start) = links.and_then(|links| Some(links.get(id as usize)?.span.start)) else {
        return;
    };
    travel::jump(model, start);
    if let Some(open) = &mut model.reader.open {
        open.selected = open.layout.stop_of(Action::Link(id));
    }
    model.focus = Focus::Page;
}

/// The stop that is selected and in view.
pub(in crate::app) fn selected(model: &mut Model) -> Option<u32> {
    let rows = rows(model);
    selected_in_view(model.reader.open.as_mut()?, rows)
}

/// Takes the selection away; whether there was one.
pub fn unselect(model: &mut Model) -> bool {
    model.reader.open.as_mut().is_some_and(|open| open.selected.take().is_some())
}

/// The link of the selected stop of a page, if it is one, and its number.
#[must_use]
pub fn selected_link(open: &OpenPage) -> Option<(LinkId, &Link)> {
    match open.layout.stop(open.selected?)?.action {
        Action::Link(link) => Some((link, open.document.facts.links.get(link as usize)?)),
        _ => None,
    }
}

/// How a target was found, where that is not what its text says at first sight.
#[must_use]
pub fn say_how(index: &Index, resolution: &Resolution) -> Option<String> {
    if let Status::Ambiguous { others, .. } = &resolution.status {
        let other = others.first().and_then(|id| index.page(*id))?;
        let more = match others.len() {
            1 => String::new(),
            n => format!(" and {} more", n - 1),
        };
        return Some(format!("Ambiguous: could also mean {}{more}", other.path));
    }
    match resolution.via? {
        Via::Alias => Some("Found by its alias".to_owned()),
        Via::Title => Some("Found by its title".to_owned()),
        _ => None,
    }
}

/// The way one goes along the stops.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Step {
    Next,
    Previous,
}

/// Selects the next or the previous stop.
fn select(model: &mut Model, step: Step) {
    let rows = rows(model);
    let Some(open) = &mut model.reader.open else { return };
    if let Some(notice) = select_in(open, step, rows) {
        model.say(notice);
    }
}

/// Selects the next or the previous stop of a page of which `rows` rows are shown: from the selected one if
/// it is in view, else from the edge of the screen. At the ends it goes around and says so.
pub(in crate::app) fn select_in(
    open: &mut OpenPage,
    step: Step,
    rows: usize,
) -> Option<&'static str> {
    let from = selected_in_view(open, rows);
    let stops = open.layout.stops();
    let next = match (step, from) {
        (Step::Next, Some(nth)) => Some(nth + 1),
        (Step::Next, None) => open.layout.stop_from(open.anchor),
        (Step::Previous, Some(nth)) => nth.checked_sub(1),
        (Step::Previous, None) => last_in_view(open, rows),
    };
    let ahead = next.and_then(|nth| link_from(open, nth, step));
    let around =
        || link_from(open, if step == Step::Next { 0 } else { stops.checked_sub(1)? }, step);
    let Some(nth) = ahead.or_else(around) else {
        return Some("This page has no links");
    };
    open.pan_to_stop(nth);
    let (layout, context) = open.parts();
    let anchor = layout.anchor_of_stop(&context, nth);
    place::show(open, anchor, rows);
    open.selected = Some(nth);
    ahead.is_none().then_some(match step {
        Step::Next => "Past the last link: around to the first",
        Step::Previous => "Before the first link: around to the last",
    })
}

/// The first stop from `nth` on that is in view or can be scrolled there, and is not the fold of the
/// properties, which has a key of its own.
fn link_from(open: &OpenPage, nth: u32, step: Step) -> Option<u32> {
    let forward = step == Step::Next;
    let mut nth = open.layout.shown_stop(nth, forward)?;
    while open.layout.stop(nth)?.action == Action::Properties {
        let next = if forward { nth.checked_add(1)? } else { nth.checked_sub(1)? };
        nth = open.layout.shown_stop(next, forward)?;
    }
    Some(nth)
}

/// The last stop that starts on the screen or above it.
fn last_in_view(open: &mut OpenPage, rows: usize) -> Option<u32> {
    let stops = open.layout.stops();
    let mut nth = open.layout.stop_from(open.anchor).unwrap_or(stops);
    while nth < stops {
        let (layout, context) = open.parts();
        let anchor = layout.anchor_of_stop(&context, nth);
        if !place::is_in_view(open, anchor, rows) {
            break;
        }
        let Some(next) = open.layout.shown_stop(nth + 1, true) else { return Some(nth) };
        nth = next;
    }
    nth.checked_sub(1).and_then(|nth| open.layout.shown_stop(nth, false))
}

/// The selected stop of a page of which `rows` rows are shown, if it starts on the screen. One that was
/// scrolled away is no longer what the reader has in mind.
pub(in crate::app) fn selected_in_view(open: &mut OpenPage, rows: usize) -> Option<u32> {
    let nth = open.selected?;
    let (layout, context) = open.parts();
    let anchor = layout.anchor_of_stop(&context, nth);
    place::is_in_view(open, anchor, rows).then_some(nth)
}

/// From a footnote's reference to its text, or back from there; the place left is in the history.
fn footnote(model: &mut Model, nth: u32) {
    let rows = rows(model);
    let before = travel::visit(model);
    let Some(open) = &mut model.reader.open else { return };
    if !to_other_end(open, nth, rows) {
        return model.say("This footnote has no other end");
    }
    if let Some(before) = before {
        model.history.leave(before);
    }
}

/// Selects the other end of a footnote on a page of which `rows` rows are shown; whether there is one.
pub(in crate::app) fn to_other_end(open: &mut OpenPage, nth: u32, rows: usize) -> bool {
    let Some(other) = open.layout.other_end(nth) else { return false };
    if let Some(leaf) = open.layout.leaf_of_stop(other) {
        folds::reveal(open, leaf, false, rows);
    }
    let (layout, context) = open.parts();
    let anchor = layout.anchor_of_stop(&context, other);
    place::show(open, anchor, rows);
    open.selected = Some(other);
    true
}
