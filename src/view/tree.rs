//! The tree pane: the filter's field, then folders and pages. Only the visible rows are looked at.

use std::borrow::Cow;
use std::collections::HashSet;

use ratatui::layout::Rect;

use super::paint::Canvas;
use super::{input, list, search, sidebar, suggest};
use crate::app::failed::Job;
use crate::app::input::Input;
use crate::app::model::Progress;
use crate::app::tree::{self, Head};
use crate::app::{Hit, Model, bookmarks, update};
use crate::command::Place;
use crate::search::tagfilter;
use crate::text::role::Role;
use crate::text::scrub::scrub_line;
use crate::text::width::width;
use crate::vault::PagePath;
use crate::vault::tree::{Row, RowKind, Sort, State};

/// Draws the pane.
pub(super) fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    canvas.hit(area, Hit::Sidebar);
    let head = Head::of(model);
    let [title, field, error, rows] = stacked(area, [head.title, head.field, head.error]);
    if !title.is_empty() {
        draw_title(model, title, canvas);
    }
    if !field.is_empty() {
        draw_filter(model, field, error, canvas);
    }
    let pane = &model.tree;
    let is_typed = pane.typing.is_some() && model.overlays.is_empty();
    let (rows, completions) =
        if is_typed { suggest::parted(model, rows, pane.tree.len()) } else { (rows, Rect::ZERO) };
    let top = pane.list.top(pane.tree.len(), usize::from(rows.height));
    let open = model.current_path();
    for (y, nth) in (rows.top()..rows.bottom()).zip(top..pane.tree.len()) {
        let Some(row) = pane.tree.row(nth) else { break };
        let line = Rect { y, height: 1, ..rows };
        let is_bookmarked = row.shelf != Some(bookmarks::SHELF)
            && row.path.is_some_and(|path| model.memory.is_bookmarked(path));
        let is_open = open.is_some_and(|open| stands_for(&row, open));
        draw_row(&row, is_open, is_bookmarked, line, canvas);
        canvas.hit(line, Hit::TreeRow(nth));
        if nth == pane.list.at {
            sidebar::cursor(model, line, canvas);
        }
    }
    let shelves = pane.tree.shelf_rows();
    if pane.tree.len() == shelves {
        let used = u16::try_from(shelves.saturating_sub(top)).unwrap_or(u16::MAX).min(rows.height);
        let below = Rect { y: rows.y + used, height: rows.height - used, ..rows };
        list::empty(canvas, below, empty_text(model));
    }
    suggest::draw(model, (rows, completions), canvas);
}

/// `area` from top to bottom: stretches of so many rows, then what is left.
fn stacked(area: Rect, heights: [u16; 3]) -> [Rect; 4] {
    let mut rest = area;
    let parts = heights.map(|height| {
        let height = height.min(rest.height);
        let part = Rect { height, ..rest };
        rest = Rect { y: rest.y + height, height: rest.height - height, ..rest };
        part
    });
    [parts[0], parts[1], parts[2], rest]
}

/// Whether the open page is the row's, or lies in the folded folder that the row is.
fn stands_for(row: &Row<'_>, open: &PagePath) -> bool {
    let Some(path) = row.path else { return false };
    let is_folded = matches!(row.kind, RowKind::Folder { expanded: false, .. });
    let inside =
        || open.as_str().strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with('/'));
    path == open || is_folded && inside()
}

fn draw_title(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let order = match model.tree.order.sort {
        Sort::Name => "",
        Sort::Date => "by date",
        Sort::Strength => "by strength",
    };
    let total = model.tree.pages;
    let shown = model.filter.pages.as_ref().map_or(total, HashSet::len);
    let counts = match model.progress {
        Progress::Starting => Vec::new(),
        _ if model.failed.contains(&Job::Filter) => vec!["failed".to_owned()],
        _ if model.filter.is_waiting() => vec!["reading ...".to_owned(), "...".to_owned()],
        _ => vec![list::of(shown, total), list::thousands(shown)],
    };
    sidebar::title(model, area, order, &counts, canvas);
}

/// The active filter, as it was typed or as it is being typed, and what is wrong with it.
fn draw_filter(model: &Model, area: Rect, below: Rect, canvas: &mut Canvas<'_>) {
    canvas.hit(area, Hit::Filter);
    let resting = Input::new(tagfilter::shown(&model.filter.text));
    let (field, active) = match &model.tree.typing {
        Some(field) => (field, model.overlays.is_empty()),
        None => (&resting, false),
    };
    input::draw(canvas, area, " / ", field, "tag:x kind:x path:x word", active);
    if let Some(error) = &model.filter.error {
        let inset = Rect { x: below.x + 1, width: below.width.saturating_sub(1), ..below };
        search::explain(canvas, inset, 2, field, error);
    }
}

/// What the shelf under the cursor says about itself, and in which role, while the tree has the keys.
pub(super) fn of_shelf(model: &Model) -> Option<(Cow<'_, str>, Role)> {
    if update::place(model) != Place::Tree {
        return None;
    }
    let row = model.tree.tree.row(model.tree.list.at)?;
    match row.kind {
        RowKind::Shelf { about, state: State::Broken, .. } => Some((about.into(), Role::Error)),
        RowKind::Shelf { about, .. } => Some((about.into(), Role::Notice)),
        RowKind::Note => Some((row.label.into(), Role::Notice)),
        RowKind::Gone => Some((tree::gone(model).into(), Role::Warning)),
        RowKind::Folder { .. } | RowKind::Page(_) => None,
    }
}

fn empty_text(model: &Model) -> &'static str {
    match model.progress {
        Progress::Starting => "Looking for pages ...",
        _ if model.filter.pages.is_some() && model.tree.pages > 0 => "No page meets the filter.",
        _ => "No pages yet. Every .md file in this folder is one.",
    }
}

/// The sign of a bookmarked page, behind its name.
pub(super) fn bookmark(canvas: &Canvas<'_>) -> &'static str {
    canvas.sign(" ★", " *")
}

/// One row: the mark of the open page (or of the folded folder that it is in), indentation, a sign, the name, the sign of a bookmark, then what tells it
/// from others or how many pages are inside.
fn draw_row(
    row: &Row<'_>,
    is_open: bool,
    is_bookmarked: bool,
    area: Rect,
    canvas: &mut Canvas<'_>,
) {
    let (y, right) = (area.top(), area.right());
    let mark = if is_open { canvas.sign("▌", ">") } else { " " };
    canvas.role(area.left(), y, right, mark, Role::Current);
    // Deep folders do not push names out of the pane.
    let indent = row.depth.saturating_mul(2).min(usize::from(area.width) / 3);
    let x = area.left() + 1 + u16::try_from(indent).unwrap_or(0);
    let (sign, sign_role) = match row.kind {
        RowKind::Folder { expanded: true, .. } | RowKind::Shelf { expanded: true, .. } => {
            (canvas.sign("▾", "-"), Role::Quiet)
        }
        RowKind::Folder { .. } | RowKind::Shelf { .. } => (canvas.sign("▸", "+"), Role::Quiet),
        RowKind::Page(kind) => list::kind_look(canvas, kind),
        RowKind::Gone => (canvas.sign("✗", "x"), Role::Warning),
        RowKind::Note => (" ", Role::Quiet),
    };
    let mut x = canvas.role(x, y, right, sign, sign_role) + 1;
    if let RowKind::Shelf { sign: (sign, ascii), .. } = row.kind {
        x = canvas.role(x, y, right, canvas.sign(sign, ascii), Role::Accent) + 1;
    }
    let room = usize::from(right.saturating_sub(x));
    let detail = match row.kind {
        RowKind::Shelf { state: State::Broken, .. } => "broken".to_owned(),
        RowKind::Shelf { state: State::Awaited, .. } => "...".to_owned(),
        RowKind::Folder { pages, matching, .. } | RowKind::Shelf { pages, matching, .. } => {
            list::of(matching, pages)
        }
        RowKind::Gone => "gone".to_owned(),
        RowKind::Note => String::new(),
        RowKind::Page(_) => list::shorten(row.detail, room / 2, canvas.ascii),
    };
    // A name of which nothing is left tells nothing: it goes before the detail.
    let detail_cells = if width(&detail) + 6 <= room { width(&detail) + 2 } else { 0 };
    if detail_cells > 0 && !detail.is_empty() {
        let role = match row.kind {
            RowKind::Shelf { state: State::Broken, .. } => Role::Error,
            RowKind::Gone => Role::Warning,
            _ => Role::Quiet,
        };
        canvas.text_right(x, y, right.saturating_sub(1), &detail, role);
    }
    let label_role = match row.kind {
        _ if is_open => Role::Current,
        RowKind::Folder { .. } | RowKind::Shelf { .. } => Role::Folder,
        RowKind::Page(_) => Role::Text,
        RowKind::Note | RowKind::Gone => Role::Quiet,
    };
    let star = if is_bookmarked { bookmark(canvas) } else { "" };
    let taken = (detail_cells + width(star)).min(room);
    let label = match row.kind {
        // A sentence, of which the beginning tells most.
        RowKind::Note => canvas.cut(&scrub_line(row.label), room),
        _ => list::shorten(row.label, room - taken, canvas.ascii),
    };
    let x = canvas.role(x, y, right, &label, label_role);
    canvas.role(x, y, right, star, Role::Accent);
}
