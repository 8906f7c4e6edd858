//! Links: selecting one after the other, and following what is selected.

use super::{Address, Goal, OpenPage, Reader, folds, open, place, rows, scroll, travel};
use crate::app::confirm::{self, Confirm};
use crate::app::model::Progress;
use crate::app::{Effect, Model, filter, tree, update};
use crate::command::Command;
use crate::index::{Index, Resolution, Status, Via, fragment};
use crate::layout::Action;
use crate::markdown::{Link, LinkId};
use crate::text::scrub::scrub_line;

/// Runs a command on links.
pub fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    scroll::stay(model, effects);
    match command {
        Command::NextLink => select(model, Step::Next),
        Command::PreviousLink => select(model, Step::Previous),
        Command::Follow => match selected_in_view(model) {
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
        Action::Tag(tag) => {
            let name = open.document.facts.tags.get(tag as usize).map(|tag| tag.name.clone());
            if let Some(name) = name {
                filter::by_tag(model, &name, effects);
            }
        }
        Action::Footnote(_) => footnote(model, nth),
        Action::Backlink(number) => backlink(model, number, effects),
        Action::Properties => update::run(model, Command::ToggleProperties, effects),
        Action::Fold(head) => folds::press(model, head, effects),
    }
}

/// Follows a link of the open page.
pub(super) fn follow(model: &mut Model, id: LinkId, effects: &mut Vec<Effect>) {
    let Some(page) = &mut model.reader.open else { return };
    let Some(link) = page.document.facts.links.get(id as usize).cloned() else { return };
    if link.is_external() {
        return confirm::ask(model, leave(link.target()));
    }
    let goal = fragment::written(&link).map_or(Goal::Top, |name| Goal::Fragment(name.into()));
    if link.target().is_empty() {
        let address = page.address.clone();
        return open(model, address, goal, effects);
    }
    if model.progress != Progress::Ready {
        page.to_follow = Some(id);
        return model.say("Still reading the wiki: the link is followed as soon as that is done");
    }
    let base = page.address.base().clone();
    let resolution = model.index.resolve(&base, &link);
    if let Some(notice) = say_how(&model.index, &resolution) {
        model.warn(notice);
    }
    match resolution.status {
        Status::Page(id) | Status::Ambiguous { chosen: id, .. } => {
            let Some(path) = model.index.page(id).map(|page| page.path.clone()) else { return };
            open(model, Address::Page(path), goal, effects);
        }
        Status::Missing => {
            let address = Address::Missing { target: link.target().to_owned(), from: base };
            open(model, address, Goal::Top, effects);
        }
        Status::Attachment(path) => {
            let question = format!("Open {} with the system?", scrub_line(path.as_str()));
            let copied = path.as_str().to_owned();
            let answers = vec![
                ('o', "open".to_owned(), vec![Effect::OpenAttachment(path)]),
                ('c', "copy its path".to_owned(), vec![Effect::Copy(copied)]),
            ];
            confirm::ask(model, Confirm { question, answers });
        }
        Status::Folder(folder) => {
            let page = model.index.folder_page(&folder).and_then(|id| model.index.page(id));
            match page.map(|page| page.path.clone()) {
                Some(path) => open(model, Address::Page(path), goal, effects),
                None => tree::reveal_folder(model, &folder),
            }
        }
        Status::External => confirm::ask(model, leave(link.target())),
    }
}

/// Takes the selection away.
pub fn unselect(model: &mut Model) {
    if let Some(open) = &mut model.reader.open {
        open.selected = None;
    }
}

/// The link of the selected stop, if it is one.
#[must_use]
pub fn selected_link(reader: &Reader) -> Option<&Link> {
    let open = reader.open.as_ref()?;
    match open.layout.stop(open.selected?)?.action {
        Action::Link(link) => open.document.facts.links.get(link as usize),
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

/// Asks what to do with an address outside the wiki.
fn leave(address: &str) -> Confirm {
    Confirm {
        question: format!("Leave the wiki? {}", scrub_line(address)),
        answers: vec![
            ('o', "open".to_owned(), vec![Effect::OpenExternal(address.to_owned())]),
            ('c', "copy".to_owned(), vec![Effect::Copy(address.to_owned())]),
        ],
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Next,
    Previous,
}

/// Selects the next or the previous stop: from the selected one if it is in view, else from the edge of
/// the screen. At the ends it goes around and says so.
fn select(model: &mut Model, step: Step) {
    let rows = rows(model);
    let from = selected_in_view(model);
    let Some(open) = &mut model.reader.open else { return };
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
        return model.say("This page has no links");
    };
    let (layout, context) = open.parts();
    let anchor = layout.anchor_of_stop(&context, nth);
    place::show(open, anchor, rows);
    open.selected = Some(nth);
    if ahead.is_none() {
        model.say(match step {
            Step::Next => "Past the last link: around to the first",
            Step::Previous => "Before the first link: around to the last",
        });
    }
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

/// The selected stop, if it starts on the screen. One that was scrolled away is no longer what the
/// reader has in mind.
pub(super) fn selected_in_view(model: &mut Model) -> Option<u32> {
    let rows = rows(model);
    let open = model.reader.open.as_mut()?;
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
    let Some(other) = open.layout.other_end(nth) else {
        return model.say("This footnote has no other end");
    };
    if let Some(leaf) = open.layout.leaf_of_stop(other) {
        folds::reveal(open, leaf, false, rows);
    }
    let (layout, context) = open.parts();
    let anchor = layout.anchor_of_stop(&context, other);
    place::show(open, anchor, rows);
    open.selected = Some(other);
    if let Some(before) = before {
        model.history.leave(before);
    }
}

/// Opens the page of one who links here, at the link.
fn backlink(model: &mut Model, number: u32, effects: &mut Vec<Effect>) {
    let Some(page) = &model.reader.open else { return };
    let Some(link) = page.backlinks.get(number as usize) else { return };
    let Some(source) = model.index.page(link.source) else {
        return model.say("That page is gone");
    };
    let goal = match source.facts.links.get(link.link as usize) {
        Some(link) => Goal::Source(link.span.start),
        None => Goal::Top,
    };
    let path = source.path.clone();
    open(model, Address::Page(path), goal, effects);
}
