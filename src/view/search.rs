//! Full-text search: a field, the lines that were found under their pages, the place under the cursor.

use ratatui::layout::Rect;

use super::overlay::{Edge, Parts, boxed, field_above, row};
use super::paint::Canvas;
use super::{finder, list, preview};
use crate::app::Model;
use crate::app::input::{Input, Visible};
use crate::app::overlay::Frame;
use crate::app::search::{Row, Search};
use crate::search::query::QueryError;
use crate::text::role::Role;
use crate::text::width::width;

/// Draws the search.
pub(super) fn draw(model: &Model, search: &Search, frame: Frame, canvas: &mut Canvas<'_>) {
    let title = finder::within("Search", model);
    let hints = [("Enter", "open"), ("Ctrl-N/P", "move"), ("Esc", "close")];
    let count = count(search);
    let inside = boxed(canvas, frame, &Edge { title: &title, count: &count, hints: &hints });
    let placeholder = "words, \"a phrase\", /a pattern/, -not";
    let Parts { list: mut area, preview: beside } =
        field_above(canvas, frame, inside, &search.input, placeholder);
    if let Some(error) = &search.error {
        let used = explain(canvas, area, 2, &search.input, error);
        area = Rect { y: area.y + used, height: area.height - used, ..area };
    }
    let rows = usize::from(area.height);
    let top = search.list.top(search.rows.len(), rows);
    for (y, nth) in (area.top()..area.bottom()).zip(top..search.rows.len()) {
        draw_row(model, search, search.rows[nth], Rect { y, height: 1, ..area }, canvas);
        row(canvas, area, y, nth, nth == search.list.at);
    }
    if search.rows.is_empty() && search.error.is_none() {
        let text = if search.input.text.trim().is_empty() {
            "Finds the lines that hold what you type, in all pages."
        } else if search.done {
            "No page holds this."
        } else {
            "Searching ..."
        };
        list::empty(canvas, area, text);
    }
    if let Some(area) = beside {
        preview::draw(&search.preview, area, canvas);
    }
}

/// `34 lines on 5 pages`, with a sign that more may come.
fn count(search: &Search) -> String {
    let plural = |n: usize, one: &str| {
        format!("{} {one}{}", list::thousands(n), if n == 1 { "" } else { "s" })
    };
    let counted =
        format!("{} on {}", plural(search.lines, "line"), plural(search.pages.len(), "page"));
    match (search.done, search.rows.is_empty()) {
        (true, true) => String::new(),
        (true, false) => counted,
        (false, _) => format!("{counted} ..."),
    }
}

/// Explains a mistake under the field: a caret under its place, then what is wrong; gives the rows
/// used. The field's text starts `indent` cells to the right of `area`.
pub(super) fn explain(
    canvas: &mut Canvas<'_>,
    area: Rect,
    indent: u16,
    input: &Input,
    error: &QueryError,
) -> u16 {
    let room = area.width.saturating_sub(indent);
    let Visible { start, .. } = input.visible(usize::from(room));
    let place = |byte: u32| {
        let byte = (byte as usize).clamp(start, input.text.len());
        let cells = width(&input.text[start..list::boundary(&input.text, byte)]);
        u16::try_from(cells).unwrap_or(u16::MAX).min(room.saturating_sub(1))
    };
    let (from, to) = (place(error.span.start), place(error.span.end));
    let carets = "^".repeat(usize::from(to.saturating_sub(from).max(1)));
    let mut y = area.top();
    if y < area.bottom() {
        canvas.role(area.left() + indent + from, y, area.right(), &carets, Role::Error);
        y += 1;
    }
    for line in list::wrap(&error.message, usize::from(area.width)) {
        if y >= area.bottom() {
            break;
        }
        canvas.role(area.left(), y, area.right(), &line, Role::Error);
        y += 1;
    }
    y - area.top()
}

fn draw_row(model: &Model, search: &Search, row: Row, area: Rect, canvas: &mut Canvas<'_>) {
    let (y, right) = (area.top(), area.right());
    match row {
        Row::Page(nth) => {
            let hits = &search.pages[nth];
            let Some(page) = model.index.page(hits.page) else { return };
            let (sign, role) = list::kind_look(canvas, page.kind.as_deref());
            let x = canvas.role(area.left(), y, right, sign, role);
            let count = format!("  {}", list::thousands(hits.hits.len()));
            let end = canvas.text_right(x, y, right, &count, Role::Quiet);
            let label =
                list::shorten(&page.title, usize::from(end.saturating_sub(x + 1)), canvas.ascii);
            let x = canvas.role(x + 1, y, end, &label, Role::OverlayTitle);
            let folder = list::shorten(
                page.path.folder(),
                usize::from(end.saturating_sub(x + 2)),
                canvas.ascii,
            );
            canvas.role(x + 2, y, end, &folder, Role::Quiet);
        }
        Row::Hit(page, nth) => {
            let Some(hit) = search.pages[page].hits.get(nth) else { return };
            let number = format!("{:>6}  ", hit.line);
            let number = if area.width < 30 { "  " } else { &number };
            let x = canvas.role(area.left(), y, right, number, Role::Quiet);
            list::marked(canvas, (x, y), right, &hit.text, &hit.matched, Role::Overlay);
        }
    }
}
