//! The finder: a field, the best rows, the page under the cursor.

use ratatui::layout::Rect;

use super::overlay::{Edge, boxed, field_above, row};
use super::paint::Canvas;
use super::{list, preview, search, suggest};
use crate::app::Model;
use crate::app::finder::{Finder, when};
use crate::app::model::Progress;
use crate::app::overlay::Frame;
use crate::search::finder::{Found, Goal, narrowing};
use crate::search::tagfilter;
use crate::text::role::Role;
use crate::text::scrub::scrub_line;
use crate::text::width::width;

/// Lists of that width say when a recent page was opened.
const WHEN_FROM: u16 = 36;
/// What that takes, the space before it included, so that what stands before it is aligned.
const WHEN_CELLS: u16 = 13;

/// Draws the finder.
pub(super) fn draw(model: &Model, finder: &Finder, frame: Frame, canvas: &mut Canvas<'_>) {
    let from = finder.connects.as_ref().and_then(|path| model.index.at(path));
    let title = match from {
        Some(page) => within(&format!("How is {} connected with", page.label()), model),
        None => within("Find", model),
    };
    let count = list::thousands(finder.rows.len());
    let enter = if from.is_some() { "connect" } else { "open" };
    let explain =
        if finder.input.text.trim().is_empty() { None } else { Some(("Ctrl-X", "explain")) };
    let rows = [("Enter", enter), ("Ctrl-N/P", "move")].into_iter();
    let rows = rows.filter(|_| !finder.rows.is_empty());
    let hints: Vec<(&str, &str)> = rows.chain(explain).chain([("Esc", "close")]).collect();
    let inside = boxed(canvas, frame, &Edge { title: &title, count: &count, hints: &hints });
    let placeholder = match from {
        Some(_) => "the other page: title, alias, tag:x, kind:x",
        None => "title, alias, heading, #tag, tag:x, kind:x",
    };
    let mut parts = field_above(canvas, frame, inside, &finder.input, placeholder);
    let left = parts.list;
    let completing = !model.suggest.rows.is_empty();
    if let Some(error) = finder.error.as_ref().filter(|_| !completing) {
        let used = search::explain(canvas, left, 2, &finder.input, error);
        parts.list = Rect { y: left.y + used, height: left.height - used, ..left };
    }
    let (list, completions) = suggest::parted(model, parts.list, finder.rows.len());
    parts.list = list;
    let rows = usize::from(parts.list.height);
    let top = finder.list.top(finder.rows.len(), rows);
    for (y, nth) in (parts.list.top()..parts.list.bottom()).zip(top..finder.rows.len()) {
        let found = &finder.rows[nth];
        let when = when(model, finder, found);
        draw_row(model, found, when.as_deref(), Rect { y, height: 1, ..parts.list }, canvas);
        row(canvas, parts.list, y, nth, nth == finder.list.at);
    }
    suggest::draw(model, (parts.list, completions), canvas);
    if let Some(words) = narrowing(&finder.input.text) {
        let words = canvas.cut(&words, usize::from(left.width));
        let row = frame.top + frame.rows.saturating_sub(1);
        if frame.bordered && width(&words) + 4 < usize::from(frame.columns) / 2 {
            canvas.role(left.left(), row, left.right(), &format!(" {words} "), Role::Notice);
        }
    }
    if finder.rows.is_empty() && finder.error.is_none() && finder.answered.is_some() {
        let text = if model.index.is_empty() && model.progress != Progress::Ready {
            "The wiki is still being read."
        } else if finder.input.text.is_empty() && from.is_some() {
            "There is no other page."
        } else if model.index.is_empty() || finder.input.text.is_empty() {
            "There are no pages yet."
        } else {
            "Nothing is called so. Try fewer letters; s searches the texts."
        };
        list::empty(canvas, parts.list, text);
    }
    if let Some(area) = parts.preview {
        preview::draw(&finder.preview, area, canvas);
    }
}

/// An overlay's title, with the filter that narrows what it lists.
pub(super) fn within(title: &str, model: &Model) -> String {
    if model.filter.pages.is_some() {
        format!(
            "{title} within {}",
            list::shorten(&tagfilter::shown(&model.filter.text), 40, model.themes.ascii)
        )
    } else {
        title.to_owned()
    }
}

/// One row: a sign, the name, what tells it from others, and where there is room how long ago it was opened.
fn draw_row(model: &Model, found: &Found, when: Option<&str>, area: Rect, canvas: &mut Canvas<'_>) {
    let (sign, role) = match found.goal {
        Goal::Page(id) => {
            let kind = model.index.page(id).and_then(|page| page.kind.as_deref());
            list::kind_look(canvas, kind)
        }
        Goal::Heading(..) => (canvas.sign("§", "="), Role::Quiet),
        // The label of a tag brings its own sign.
        Goal::Tag(_) => (" ", Role::Tag),
        Goal::Saved(_) => (canvas.sign("◇", "?"), Role::Accent),
    };
    let (y, mut right) = (area.top(), area.right());
    if let Some(when) = when.filter(|when| area.width >= WHEN_FROM && !when.is_empty()) {
        canvas.text_right(area.left(), y, right, when, Role::Quiet);
        right -= WHEN_CELLS;
    }
    let x = canvas.role(area.left(), y, right, sign, role);
    let x = canvas.role(x, y, right, " ", Role::Overlay);
    // The detail takes what the label leaves, at least a third where both are long.
    let room = usize::from(right.saturating_sub(x));
    let label = width(&scrub_line(&found.label));
    let detail =
        list::shorten(&found.detail, room.saturating_sub(label + 2).max(room / 3), canvas.ascii);
    let label_end = if found.detail.is_empty() {
        right
    } else {
        canvas.text_right(x, y, right, &detail, Role::Quiet).saturating_sub(2)
    };
    list::marked(canvas, (x, y), label_end, &found.label, &found.matched, Role::Overlay);
}
