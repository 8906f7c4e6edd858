//! Moving over the page: by rows, by screens, by headings, sideways over wide tables and long lines of code.

use std::sync::Arc;

use super::{OpenPage, folds, place, rows, tail, travel};
use crate::app::{Effect, Model};
use crate::command::Command;
use crate::layout::Anchor;
use crate::markdown::Document;

/// Rows that a turn of a whole screen keeps, so that the eye finds its line again.
const OVERLAP_ROWS: usize = 2;

/// Runs a command that moves over the page.
pub fn run(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    let rows = rows(model);
    stay(model, effects);
    let Some(open) = &mut model.reader.open else { return };
    if let Some(notice) = over(open, command, rows) {
        model.say(notice);
    }
}

/// Moves over a page of which `rows` rows are shown, wherever it is shown. What there is to say.
pub(in crate::app) fn over(open: &mut OpenPage, command: Command, rows: usize) -> Option<String> {
    let screen = rows.saturating_sub(OVERLAP_ROWS).max(1);
    match command {
        Command::ScrollDown => by(open, 1, rows),
        Command::ScrollUp => by(open, -1, rows),
        Command::HalfPageDown => by(open, signed(rows.div_ceil(2)), rows),
        Command::HalfPageUp => by(open, -signed(rows.div_ceil(2)), rows),
        Command::PageDown => by(open, signed(screen), rows),
        Command::PageUp => by(open, -signed(screen), rows),
        Command::Top => {
            open.anchor = Anchor::default();
            None
        }
        Command::Bottom => {
            let (layout, context) = open.parts();
            open.anchor = layout.end(&context, rows);
            None
        }
        Command::NextHeading => next_heading(open, rows),
        Command::PreviousHeading => previous_heading(open, rows),
        Command::PanRight => pan(open, true, rows),
        Command::PanLeft => pan(open, false, rows),
        Command::GoToBacklinks => backlinks(open, rows),
        Command::ToggleProperties if open.document.facts.properties.is_empty() => {
            Some("This page has no properties".to_owned())
        }
        Command::ToggleProperties => {
            folds::toggle_properties(open, rows);
            if open.anchor.slot == 0 {
                open.anchor = Anchor::default();
            }
            None
        }
        _ => None,
    }
}

/// The wheel was turned by so many rows.
pub fn wheel(model: &mut Model, delta: i32, effects: &mut Vec<Effect>) {
    let rows = rows(model);
    stay(model, effects);
    if let Some(open) = &mut model.reader.open {
        by(open, isize::try_from(delta).unwrap_or(0), rows);
    }
}

/// Who moves over a page that was only glanced at has arrived there.
pub(in crate::app) fn stay(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(open) = &mut model.reader.open else { return };
    open.later = None;
    open.to_follow = None;
    if std::mem::take(&mut model.reader.glancing) {
        travel::stay(model, effects);
    }
}

fn by(open: &mut OpenPage, delta: isize, rows: usize) -> Option<String> {
    place::move_by(open, delta, rows);
    None
}

fn signed(rows: usize) -> isize {
    isize::try_from(rows).unwrap_or(isize::MAX)
}

fn next_heading(open: &mut OpenPage, rows: usize) -> Option<String> {
    let before = open.anchor;
    let here = open.layout.source_at(before);
    // Of a page that stands at its very top, the first heading is in view already but not at the top.
    let ahead =
        |start: &u32| if before == Anchor::default() { *start >= here } else { *start > here };
    let document = Arc::clone(&open.document);
    for start in headings(&document).filter(ahead) {
        if is_folded_away(open, start) {
            continue;
        }
        place::to_source(open, start, rows);
        if open.anchor > before {
            return None;
        }
    }
    open.anchor = before;
    Some("No heading further down".to_owned())
}

fn previous_heading(open: &mut OpenPage, rows: usize) -> Option<String> {
    let before = open.anchor;
    let here = open.layout.source_at(before);
    let document = Arc::clone(&open.document);
    for start in headings(&document).rev().filter(|start| *start <= here) {
        if is_folded_away(open, start) {
            continue;
        }
        place::to_source(open, start, rows);
        if open.anchor < before {
            return None;
        }
    }
    open.anchor = Anchor::default();
    (before == Anchor::default()).then(|| "No heading further up".to_owned())
}

/// Where the headings stand in the source.
fn headings(document: &Document) -> impl DoubleEndedIterator<Item = u32> {
    document.facts.headings.iter().map(|heading| heading.span.start)
}

/// Whether a fold hides what stands at a byte of the source. Asked only of headings that one may go to: a long
/// page has a hundred thousand.
fn is_folded_away(open: &OpenPage, start: u32) -> bool {
    let folds = &open.layout.options().folds;
    open.layout.leaf_at(start).is_some_and(|leaf| folds.hides(leaf))
}

/// Pans wide tables and long lines of code, no further than what is in view goes.
fn pan(open: &mut OpenPage, right: bool, rows: usize) -> Option<String> {
    let anchor = open.anchor;
    let (layout, context) = open.parts();
    layout.ensure(&context, anchor, rows);
    let Some(panned) = layout.panned(&context, anchor, rows, right) else {
        let notice = match (right, layout.options().code_wrap) {
            (true, false) => "Nothing in view reaches further right",
            (true, true) => "Nothing in view reaches further right; code is wrapped",
            (false, _) => "Lines start here",
        };
        return Some(notice.to_owned());
    };
    open.anchor = layout.set_options(panned, &context, anchor);
    None
}

/// Wraps code or cuts it, numbers its lines or does not; the text at the top stays there.
pub fn toggle_code(model: &mut Model, command: Command) {
    let config = &mut model.config;
    let notice = if command == Command::ToggleCodeWrap {
        config.code_wrap = !config.code_wrap;
        if config.code_wrap {
            "Long lines of code are wrapped"
        } else {
            "Long lines of code are cut"
        }
    } else {
        config.code_line_numbers = !config.code_line_numbers;
        if config.code_line_numbers { "Lines of code are numbered" } else { "No line numbers" }
    };
    model.say(notice);
}

fn backlinks(open: &mut OpenPage, rows: usize) -> Option<String> {
    let Some(first) = tail::first(open) else {
        let reading = open.asked.is_some();
        let notice = if reading { "Still reading who links here" } else { "No page links here" };
        return Some(notice.to_owned());
    };
    let (layout, context) = open.parts();
    let anchor = layout.anchor_of_stop(&context, first);
    // The tail's own heading stays in view.
    open.anchor = layout.scroll(&context, anchor, -signed(3.min(rows - 1)), rows);
    open.selected = Some(first);
    None
}
