//! Overlays: the box that each stands in, with its title, how much there is, and the keys that leave
//! it; what stands inside is drawn by the file of each.

use ratatui::layout::Rect;

use super::paint::Canvas;
use super::{
    braid, check, confirm, connect, finder, help, input, marks, neighbourhood, palette, peek,
    search, status, table, themes,
};
use crate::app::input::Input;
use crate::app::overlay::Frame;
use crate::app::{Hit, Model, Overlay};
use crate::text::role::Role;
use crate::text::width::width;

/// Draws the overlay of that number on the stack.
pub(super) fn draw(model: &Model, nth: usize, canvas: &mut Canvas<'_>) {
    let overlay = &model.overlays[nth];
    let frame = overlay.frame(model.size);
    // What lies under the box is not typed into.
    canvas.cursor = None;
    match overlay {
        Overlay::Finder(finder) => finder::draw(model, finder, frame, canvas),
        Overlay::Search(search) => search::draw(model, search, frame, canvas),
        Overlay::Check(shown) => check::draw(model, shown, frame, canvas),
        Overlay::Help(help) => help::draw(help, frame, canvas),
        Overlay::Palette(palette) => palette::draw(model, palette, frame, canvas),
        Overlay::Themes(picker) => themes::draw(model, picker, frame, canvas),
        Overlay::Marks(marks) => marks::draw(model, marks, frame, canvas),
        Overlay::Confirm(confirm) => confirm::draw(model, confirm, frame, canvas),
        Overlay::Table(table) => table::draw(model, table, canvas),
        Overlay::Neighbourhood(around) => neighbourhood::draw(model, around, canvas),
        Overlay::Connect(connect) => connect::draw(model, connect, frame, canvas),
        Overlay::Braid(shown) => braid::draw(model, shown, canvas),
        Overlay::Peek(shown) => peek::draw(model, shown, peeks(&model.overlays[..=nth]), canvas),
    }
    // These say themselves what is to be said.
    let says = matches!(overlay, Overlay::Marks(_) | Overlay::Confirm(_) | Overlay::Table(_))
        || matches!(overlay, Overlay::Neighbourhood(_) | Overlay::Braid(_));
    if !says && nth + 1 == model.overlays.len() && fills(frame, model) {
        notice(model, frame, canvas);
    }
}

/// Says in the lower edge of a box that covers the footer what has to be said, until the next key.
fn notice(model: &Model, frame: Frame, canvas: &mut Canvas<'_>) {
    let Some(notice) = &model.notice else { return };
    let inset = u16::from(frame.bordered);
    let row = frame.top + frame.rows.saturating_sub(1);
    let (left, right) = (frame.left + inset, (frame.left + frame.columns).saturating_sub(inset));
    let role = if frame.bordered { Role::OverlayBorder } else { Role::Overlay };
    canvas.role(left, row, right, &" ".repeat(usize::from(right.saturating_sub(left))), role);
    status::say(notice, left, row, right.saturating_sub(inset), canvas);
}

/// How many of the overlays are peeks.
pub(super) fn peeks(overlays: &[Overlay]) -> usize {
    overlays.iter().filter(|overlay| matches!(overlay, Overlay::Peek(_))).count()
}

/// What `Esc` does to the topmost overlay, in a word, as its edge says.
pub(super) fn leaving(overlays: &[Overlay]) -> &'static str {
    match overlays.last() {
        Some(Overlay::Confirm(_)) => "no",
        Some(Overlay::Themes(_)) => "back",
        Some(Overlay::Peek(_)) if peeks(overlays) > 1 => "back",
        _ => "close",
    }
}

/// Whether an overlay leaves no room for a footer, so that what has to be said is said inside it.
pub(super) fn fills(frame: Frame, model: &Model) -> bool {
    (frame.columns, frame.rows) == (model.size.columns, model.size.rows)
}

/// What stands around an overlay.
pub(super) struct Edge<'a> {
    /// What it is.
    pub(super) title: &'a str,
    /// How much of it there is.
    pub(super) count: &'a str,
    /// Keys and what they do, the most useful first; the last one leaves.
    pub(super) hints: &'a [(&'a str, &'a str)],
}

/// Draws the box; gives what is inside, padding left out.
pub(super) fn boxed(canvas: &mut Canvas<'_>, frame: Frame, edge: &Edge<'_>) -> Rect {
    let area = Rect::new(frame.left, frame.top, frame.columns, frame.rows);
    let area = area.intersection(canvas.screen());
    canvas.hit(area, Hit::Overlay);
    // A column of air at either side parts the box from the text that goes on beside it.
    let air = Rect { x: area.x.saturating_sub(1), width: area.width.saturating_add(2), ..area };
    canvas.clear(air, canvas.theme.style(Role::Text));
    if !frame.bordered || area.width < 4 || area.height < 2 {
        canvas.clear(area, canvas.theme.style(Role::Overlay));
        return area;
    }
    let inside = canvas.frame(area, edge.title, Role::OverlayBorder, Role::Overlay);
    let title_end = area.left() + 4 + u16::try_from(width(edge.title)).unwrap_or(u16::MAX - 8);
    let count = u16::try_from(width(edge.count) + 3).unwrap_or(u16::MAX);
    if !edge.count.is_empty() && title_end.saturating_add(count) < area.right() {
        let text = format!(" {} ", edge.count);
        canvas.text_right(area.left(), area.top(), area.right() - 1, &text, Role::Quiet);
    }
    hints(canvas, area, edge.hints);
    Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside }
}

/// Hints in the lower edge, as many as fit; the last one before all others.
pub(super) fn hints(canvas: &mut Canvas<'_>, area: Rect, hints: &[(&str, &str)]) {
    let cells = |(key, text): &(&str, &str)| width(key) + width(text) + 3;
    let mut room = usize::from(area.width).saturating_sub(3);
    let Some((leave, others)) = hints.split_last() else { return };
    let mut shown = vec![leave];
    room = room.saturating_sub(cells(leave));
    for hint in others {
        if cells(hint) > room {
            break;
        }
        room -= cells(hint);
        shown.insert(shown.len() - 1, hint);
    }
    let total: usize = shown.iter().map(|hint| cells(hint)).sum();
    let row = area.bottom() - 1;
    let right = area.right() - 1;
    let mut column = right.saturating_sub(u16::try_from(total + 1).unwrap_or(u16::MAX));
    column = column.max(area.left() + 1);
    for (key, text) in shown {
        column = canvas.role(column, row, right, " ", Role::HintText);
        column = canvas.role(column, row, right, key, Role::HintKey);
        column = canvas.role(column, row, right, &format!(" {text} "), Role::HintText);
    }
}

/// The parts of an overlay with a field above a list.
pub(super) struct Parts {
    /// The list.
    pub(super) list: Rect,
    /// The preview at its right.
    pub(super) preview: Option<Rect>,
}

/// Draws the field on the first row of `inside` and a line under it; gives the rest. `inside` is
/// what [`boxed`] gave for `frame`.
pub(super) fn field_above(
    canvas: &mut Canvas<'_>,
    frame: Frame,
    inside: Rect,
    typed: &Input,
    placeholder: &str,
) -> Parts {
    let prompt = canvas.sign("❯ ", "> ");
    let preview = frame.preview_columns().filter(|columns| columns + 3 < inside.width);
    let left = inside.width - preview.map_or(0, |columns| columns + 3);
    let left = Rect { width: left, ..inside };
    input::draw(canvas, left, prompt, typed, placeholder, true);
    let head = frame.field_rows().min(inside.height);
    if head > 1 {
        let line = canvas.sign("─", "-").repeat(usize::from(left.width));
        canvas.role(left.left(), inside.top() + 1, left.right(), &line, Role::OverlayBorder);
    }
    let list = Rect { y: inside.y + head, height: inside.height - head, ..left };
    let preview = preview.map(|columns| {
        canvas.vertical(left.right() + 1, inside.top(), inside.height, Role::OverlayBorder);
        Rect { x: inside.right() - columns, width: columns, ..inside }
    });
    Parts { list, preview }
}

/// Notes the row of a list and gives the cursor its look.
pub(super) fn row(canvas: &mut Canvas<'_>, list: Rect, row: u16, nth: usize, is_cursor: bool) {
    let area = Rect { y: row, height: 1, ..list };
    canvas.hit(area, Hit::OverlayRow(nth));
    if is_cursor {
        canvas.marked_row(area, Role::Cursor);
    }
}
