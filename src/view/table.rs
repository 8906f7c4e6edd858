//! A table on the whole screen: its header stays above its rows.

use ratatui::layout::Rect;

use super::list::thousands;
use super::overlay::hints;
use super::paint::Canvas;
use super::status;
use crate::app::model::Size;
use crate::app::table::{Area, FullTable};
use crate::app::{Hit, Model};
use crate::command::{Command, Place};
use crate::layout::{Line, Segment};
use crate::text::role::Role;

/// Draws the table.
pub(super) fn draw(model: &Model, table: &FullTable, canvas: &mut Canvas<'_>) {
    let screen = canvas.screen();
    canvas.clear(screen, canvas.theme.style(Role::Text));
    canvas.hit(screen, Hit::Overlay);
    let size = Size { columns: screen.width, rows: screen.height };
    let area = Area::of(size);
    if area.edged {
        title(model, table, Rect { height: 1, ..screen }, canvas);
        footer(model, table, Rect { y: screen.bottom() - 1, height: 1, ..screen }, canvas);
    }
    let text = Rect {
        x: screen.x + area.margin,
        y: screen.y + u16::from(area.edged),
        width: area.columns,
        height: area.rows,
    };
    let rows = table.layout.lines(table.anchor, table.rows(size));
    for (y, line) in (text.top()..text.bottom()).zip(table.header.iter().chain(rows)) {
        draw_line(table, line, Rect { y, height: 1, ..text }, canvas);
    }
}

/// `Table: 12 columns, 340 rows` and, at the right, which of the rows are seen.
fn title(model: &Model, table: &FullTable, row: Rect, canvas: &mut Canvas<'_>) {
    let Some(inner) = table.table() else { return };
    let (left, right) = (row.left() + 1, row.right().saturating_sub(1));
    let count = inner.rows().len().saturating_sub(1);
    let size = Size { columns: row.width, rows: canvas.screen().height };
    let place =
        table.rows_in_view(size).filter(|_| count > 0).map_or(String::new(), |(from, to)| {
            let dash = if canvas.ascii { "-" } else { "–" };
            let count = thousands(count);
            format!("rows {}{dash}{} of {count}", thousands(from as usize), thousands(to as usize))
        });
    let end = canvas.text_right(left, row.y, right, &place, Role::Quiet).saturating_sub(2);
    let page = model.reader.open.as_ref().map_or("", |open| open.title.as_str());
    let at = canvas.role(left, row.y, end, "Table", Role::PaneTitleFocused);
    let columns = match inner.alignments.len() {
        1 => "1 column".to_owned(),
        n => format!("{} columns", thousands(n)),
    };
    let at = canvas.role(at, row.y, end, &format!("  {columns}"), Role::Quiet);
    let room = usize::from(end.saturating_sub(at + 2));
    canvas.role(at + 2, row.y, end, &canvas.cut(page, room), Role::Quiet);
}

fn footer(model: &Model, table: &FullTable, row: Rect, canvas: &mut Canvas<'_>) {
    canvas.clear(row, canvas.theme.style(Role::Status));
    if let Some(notice) = &model.notice {
        return status::say(notice, row.left() + 1, row.y, row.right(), canvas);
    }
    let key = |command| model.keymap.shown(Place::Page, command);
    let both = |a, b| format!("{} {}", key(a), key(b));
    let rows = both(Command::ScrollDown, Command::ScrollUp);
    let columns = both(Command::FocusLeft, Command::FocusRight);
    let (next, follow, help) = (key(Command::NextLink), key(Command::Follow), key(Command::Help));
    let mut shown = vec![(rows.as_str(), "rows"), (columns.as_str(), "columns")];
    if table.layout.stops() > 0 {
        shown.extend([(next.as_str(), "next link"), (follow.as_str(), "follow")]);
    }
    shown.extend([(help.as_str(), "keys"), ("Esc", "close")]);
    hints(canvas, row, &shown);
}

fn draw_line(table: &FullTable, line: &Line, row: Rect, canvas: &mut Canvas<'_>) {
    let mut at = row.left();
    for segment in &line.segments {
        let mut style = canvas.theme.on(Role::Text, segment.role, segment.marks);
        if segment.stop.is_some() && segment.stop == table.selected {
            style = style.patch(canvas.theme.style(Role::LinkSelected));
        }
        let start = at;
        at = canvas.text(at, row.y, row.right(), &segment.text, style);
        if let Segment { stop: Some(stop), .. } = segment {
            let area = Rect { x: start, width: at - start, ..row };
            canvas.hit(area, Hit::OverlayRow(*stop as usize));
        }
    }
}
