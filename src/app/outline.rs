//! The outline: the headings of the page, which follow the scroll, and to jump by. A part of the context
//! pane; its rows and its cursor are kept there.

use super::Effect;
use super::context::{self, Part, Row, Show};
use super::model::{Focus, Model};
use super::reader::{self, Goal, OpenPage};
use crate::index::fragment;
use crate::text::fold::fold;

/// Goes to the outline, or back to the page from there.
pub(super) fn run(model: &mut Model) {
    if model.focus == Focus::Context && model.context.part == Part::Outline {
        model.focus = Focus::Page;
        return;
    }
    if len(model) == 0 {
        return model.say("This page has no headings");
    }
    context::show(model, Part::Outline);
    put_cursor(model);
}

/// A heading was pressed: goes there.
pub fn press(model: &mut Model, nth: usize, effects: &mut Vec<Effect>) {
    let Some(open) = &model.reader.open else { return };
    let Some(start) = open.document.facts.headings.get(nth).map(|heading| heading.span.start)
    else {
        return;
    };
    reader::scroll::stay(model, effects);
    reader::travel::jump(model, start);
    // Near the end of a page a heading cannot come to the top, and yet it is where one is.
    model.context.jumped = model.reader.open.as_ref().map(|open| (open.anchor, nth));
    model.focus = Focus::Page;
}

/// A page was opened at a goal, or the open one moved there: if that is a heading, one is at it wherever it stands
/// on the screen.
pub(super) fn landed(model: &mut Model, goal: &Goal) {
    let Some(open) = &model.reader.open else { return };
    let facts = &open.document.facts;
    let at = match goal {
        Goal::Place(at) => Some(*at),
        Goal::Fragment(name) => fragment::locate(facts, name).map(|spot| spot.span.start),
        Goal::Top | Goal::Source(_) | Goal::Left(_) => None,
    };
    let nth = at.and_then(|at| facts.headings.iter().position(|heading| heading.span.start == at));
    model.context.jumped = nth.map(|nth| (open.anchor, nth));
}

/// The heading of the section in which the page stands.
#[must_use]
pub fn current(model: &Model) -> Option<usize> {
    let open = model.reader.open.as_ref()?;
    match model.context.jumped {
        Some((anchor, nth)) if anchor == open.anchor && nth < len(model) => Some(nth),
        _ => section(open),
    }
}

/// The heading of the section in which a page stands, wherever it is shown.
pub(super) fn section(open: &OpenPage) -> Option<usize> {
    // The properties belong to what follows them.
    let first = open.document.leaves.first().map_or(0, |leaf| leaf.span.start);
    let here = open.layout.source_at(open.anchor).max(first);
    let headings = &open.document.facts.headings;
    headings.partition_point(|heading| heading.span.start <= here).checked_sub(1)
}

/// How many headings there are.
pub(super) fn len(model: &Model) -> usize {
    model.reader.open.as_ref().map_or(0, |open| open.document.facts.headings.len())
}

/// The headings that hold all of `words` (folded).
pub(super) fn rows(model: &Model, words: &[String]) -> Vec<Row> {
    let Some(open) = &model.reader.open else { return Vec::new() };
    let headings = open.document.facts.headings.iter().enumerate().filter(|(_, heading)| {
        words.is_empty() || {
            let text = fold(&heading.text);
            words.iter().all(|word| text.contains(word.as_str()))
        }
    });
    let row = |(item, (nth, _)): (usize, (usize, _))| Row { item, show: Show::Heading(nth) };
    // Most often all of them; a list that grows leaves holes as large as itself.
    let all = if words.is_empty() { open.document.facts.headings.len() } else { 0 };
    let mut rows = Vec::with_capacity(all);
    rows.extend(headings.enumerate().map(row));
    rows
}

/// Puts the cursor on the heading where the page stands.
pub(super) fn put_cursor(model: &mut Model) {
    let current = current(model).unwrap_or(0);
    let rows = context::list_rows(model);
    let pane = &mut model.context;
    let is_before = |row: &Row| matches!(row.show, Show::Heading(nth) if nth <= current);
    let at = pane.rows.partition_point(is_before).saturating_sub(1);
    pane.list.put(at, pane.rows.len(), rows);
}
