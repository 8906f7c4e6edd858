//! Help: groups of commands with their keys.

use std::borrow::Cow;

use ratatui::layout::Rect;

use super::overlay::{Edge, boxed, field_above};
use super::paint::Canvas;
use super::{context, list};
use crate::app::context::Part;
use crate::app::help::{Help, Row};
use crate::app::overlay::Frame;
use crate::text::role::Role;
use crate::text::width::width;

/// Widest column of keys.
const KEYS_WIDTH: usize = 22;

/// Draws help.
pub(super) fn draw(help: &Help, frame: Frame, canvas: &mut Canvas<'_>) {
    let (shown, all) = help.counts();
    let count = list::of(shown, all);
    let hints = [("Up/Down", "scroll"), ("Esc", "close")];
    let inside = boxed(canvas, frame, &Edge { title: "Keys", count: &count, hints: &hints });
    let placeholder = "type to find a key or what it does";
    let area = field_above(canvas, frame, inside, &help.input, placeholder).list;
    let rows = usize::from(area.height);
    let top = help.top.min(help.rows.len().saturating_sub(rows));
    for (y, row) in (area.top()..area.bottom()).zip(help.rows.iter().skip(top)) {
        draw_row(row, Rect { y, height: 1, ..area }, canvas);
    }
    if help.rows.is_empty() {
        list::empty(canvas, area, "No command does that.");
    }
}

fn draw_row(row: &Row, area: Rect, canvas: &mut Canvas<'_>) {
    let (y, right) = (area.top(), area.right());
    match row {
        Row::Gap => {}
        Row::Group { group, here } => {
            let x = canvas.role(area.left(), y, right, group.title(), Role::OverlayTitle);
            if *here {
                canvas.role(x, y, right, "  here", Role::Quiet);
            }
        }
        Row::Command { entry, keys } => {
            let room = KEYS_WIDTH.min(usize::from(area.width) / 3);
            let text = area.left() + 2 + u16::try_from(room + 2).unwrap_or(0);
            // Where there is no room for their names the parts of the context pane have signs.
            let sign = Part::of(entry.command).map(|part| context::sign(part, canvas));
            let help = sign.map_or(Cow::Borrowed(entry.help), |sign| {
                format!("{} ({sign})", entry.help).into()
            });
            let help = canvas.cut(&help, usize::from(right.saturating_sub(text)));
            // More keys than there is room for: the first ones matter.
            let mut shown = keys.as_str();
            while width(shown) > room {
                match shown.rsplit_once(", ") {
                    Some((first, _)) => shown = first,
                    None => break,
                }
            }
            if keys.is_empty() {
                canvas.role(area.left() + 2, y, text - 1, ":", Role::Quiet);
                let x = canvas.role(text, y, right, &help, Role::Overlay);
                canvas.role(x, y, right, &format!("  :{}", entry.name), Role::Quiet);
            } else {
                canvas.role(area.left() + 2, y, text - 1, shown, Role::HintKey);
                canvas.role(text, y, right, &help, Role::Overlay);
            }
        }
    }
}
