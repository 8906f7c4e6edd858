//! The tag pane: tags with their counts, and the filter's demand of each by sign and role.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::paint::Canvas;
use super::{input, list, sidebar};
use crate::app::model::Progress;
use crate::app::tags::{self, Row, Sort};
use crate::app::{Hit, Model};
use crate::search::tagfilter::TagState;
use crate::text::role::Role;
use crate::text::width::width;

/// Draws the pane.
pub(super) fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    canvas.hit(area, Hit::Sidebar);
    let (title, field) = tags::head_rows(model);
    let head = (title + field).min(area.height);
    let pane = &model.tags;
    if title > 0 {
        let order = if pane.sort == Sort::Name { "by name" } else { "" };
        let counts = match model.progress {
            Progress::Ready => vec![list::thousands(pane.total)],
            _ => Vec::new(),
        };
        sidebar::title(model, area, order, &counts, canvas);
    }
    if field > 0 && area.height > title {
        let active = pane.typing && model.overlays.is_empty();
        let line = Rect { y: area.y + title, height: 1, ..area };
        input::draw(canvas, line, " # ", &pane.narrow, "part of a tag", active);
    }
    let rows = Rect { y: area.y + head, height: area.height - head, ..area };
    let top = pane.list.top(pane.rows.len(), usize::from(rows.height));
    let count_cells = width(&list::thousands(pane.most as usize));
    for (y, nth) in (rows.top()..rows.bottom()).zip(top..pane.rows.len()) {
        let line = Rect { y, height: 1, ..rows };
        draw_row(&pane.rows[nth], count_cells, line, canvas);
        canvas.hit(line, Hit::TagRow(nth));
        if nth == pane.list.at {
            sidebar::cursor(model, line, canvas);
        }
    }
    if pane.rows.is_empty() {
        list::empty(canvas, rows, empty_text(model));
    }
}

fn empty_text(model: &Model) -> &'static str {
    match model.progress {
        Progress::Ready if model.tags.total > 0 => "No tag is called so.",
        Progress::Ready => {
            "No tags yet. Write #word in a text, or tags: [a, b] in the front matter of a page."
        }
        _ => "The tags appear once the pages are read ...",
    }
}

/// One row: what the filter asks of it, indentation, the fold's sign, the name, the count in a column of its own.
fn draw_row(row: &Row, count_cells: usize, area: Rect, canvas: &mut Canvas<'_>) {
    let (y, right) = (area.top(), area.right());
    let (sign, sign_role) = match row.state {
        TagState::Required => ("+", Role::Accent),
        TagState::Allowed => ("|", Role::Accent),
        TagState::Excluded => ("-", Role::Warning),
        TagState::Unset => (" ", Role::Text),
    };
    canvas.role(area.left(), y, right, sign, sign_role);
    let indent = row.depth.saturating_mul(2).min(usize::from(area.width) / 3);
    let x = area.left() + 1 + u16::try_from(indent).unwrap_or(0);
    let fold = match row.nested {
        Some(true) => canvas.sign("▾", "-"),
        Some(false) => canvas.sign("▸", "+"),
        None => " ",
    };
    let x = canvas.role(x, y, right, fold, Role::Quiet) + 1;
    let count = format!("{:>count_cells$}", list::thousands(row.pages as usize));
    let end = canvas.text_right(x, y, right.saturating_sub(1), &count, Role::Quiet);
    let style = label_style(row, canvas);
    let label = list::shorten(&row.label, usize::from(end.saturating_sub(x + 2)), canvas.ascii);
    let hash = if row.depth == 0 { "#" } else { "/" };
    let x = canvas.role(x, y, end, hash, Role::Quiet);
    canvas.text(x, y, end, &label, style);
}

fn label_style(row: &Row, canvas: &Canvas<'_>) -> Style {
    let role = match row.state {
        TagState::Required | TagState::Allowed => Role::TagActive,
        TagState::Unset if row.pages == 0 => Role::Quiet,
        TagState::Excluded | TagState::Unset => Role::Tag,
    };
    let style = canvas.theme.style(role);
    if row.state == TagState::Excluded {
        return style.patch(canvas.theme.style(Role::Strikethrough));
    }
    style
}
