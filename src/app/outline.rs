//! The outline of the page: its headings, which follow the scroll, and to jump by.

use super::list::ListCursor;
use super::model::{Focus, Model};
use super::panes::Panes;
use super::reader::{self, OpenPage};
use crate::command::Command;
use crate::layout::Anchor;

/// The outline pane's state.
#[derive(Debug)]
pub struct OutlinePane {
    /// Whether it is shown where there is room.
    pub shown: bool,
    /// The row under the cursor: an index into the page's headings.
    pub list: ListCursor,
    /// The heading jumped to last and where the page then stood: near the end of a page a heading cannot
    /// come to the top, and yet it is where one is.
    jumped: Option<(Anchor, usize)>,
}

impl Default for OutlinePane {
    fn default() -> Self {
        Self { shown: true, list: ListCursor::default(), jumped: None }
    }
}

/// Runs a command of the outline, or one of lists while it has the focus.
pub fn run(model: &mut Model, command: Command) {
    match command {
        Command::LeaveOutline => model.focus = Focus::Page,
        Command::Outline if model.focus == Focus::Outline => model.focus = Focus::Page,
        Command::Outline => focus(model),
        Command::OpenHeading => press(model, model.outline.list.at),
        _ => {
            let (len, rows) = (len(model), list_rows(model));
            model.outline.list.run(command, len, rows);
        }
    }
}

/// A row was pressed: goes to its heading.
pub fn press(model: &mut Model, row: usize) {
    let Some(open) = &model.reader.open else { return };
    let Some(start) = open.document.facts.headings.get(row).map(|heading| heading.span.start)
    else {
        return;
    };
    reader::travel::jump(model, start);
    model.outline.jumped = model.reader.open.as_ref().map(|open| (open.anchor, row));
    model.focus = Focus::Page;
}

/// The wheel was turned by so many rows.
pub fn wheel(model: &mut Model, delta: i32) {
    let (len, rows) = (len(model), list_rows(model));
    model.outline.list.wheel(delta, len, rows);
}

/// Has the cursor follow the page while the page is being read.
pub fn prepare(model: &mut Model) {
    if model.focus != Focus::Outline {
        let (len, rows) = (len(model), list_rows(model));
        let current = current(model).unwrap_or(0);
        model.outline.list.put(current, len, rows);
    }
}

/// Gives the keys back to a page that has no headings any more. Where the focus is decides how wide the page
/// is: to be asked before the page is laid out.
pub(super) fn leave_if_empty(model: &mut Model) {
    if model.focus == Focus::Outline && len(model) == 0 {
        model.focus = Focus::Page;
    }
}

/// The heading of the section in which the page stands.
#[must_use]
pub fn current(model: &Model) -> Option<usize> {
    let open = model.reader.open.as_ref()?;
    match model.outline.jumped {
        Some((anchor, row)) if anchor == open.anchor && row < len(model) => Some(row),
        _ => section(open),
    }
}

/// Rows of the list on the screen.
#[must_use]
pub fn list_rows(model: &Model) -> usize {
    Panes::of(model).text_rows()
}

/// Gives the keys to the outline, if the page has one.
pub(super) fn focus(model: &mut Model) {
    if len(model) == 0 {
        return model.say("This page has no headings");
    }
    let current = current(model).unwrap_or(0);
    model.focus = Focus::Outline;
    let (len, rows) = (len(model), list_rows(model));
    model.outline.list.put(current, len, rows);
}

/// The heading of the section in which a page stands, wherever it is shown.
pub(super) fn section(open: &OpenPage) -> Option<usize> {
    // The properties belong to what follows them.
    let first = open.document.leaves.first().map_or(0, |leaf| leaf.span.start);
    let here = open.layout.source_at(open.anchor).max(first);
    let headings = &open.document.facts.headings;
    headings.partition_point(|heading| heading.span.start <= here).checked_sub(1)
}

fn len(model: &Model) -> usize {
    model.reader.open.as_ref().map_or(0, |open| open.document.facts.headings.len())
}
