//! What tree and tags share: the title row with a tab for each, and the cursor's row.

use ratatui::layout::Rect;

use super::paint::Canvas;
use super::title_role;
use crate::app::model::{Focus, SidebarList};
use crate::app::{Hit, Model};
use crate::text::role::Role;
use crate::text::width::width;

/// Draws the title row: both lists by name, the shown one first in weight, then how much of it there is
/// in the longest of `counts` that fits. `order` says how the shown list is sorted, if not as usual.
pub(super) fn title(
    model: &Model,
    area: Rect,
    order: &str,
    counts: &[String],
    canvas: &mut Canvas<'_>,
) {
    let (y, right) = (area.top(), area.right());
    let mut x = area.left() + 1;
    for (list, name) in [(SidebarList::Tree, "Pages"), (SidebarList::Tags, "Tags")] {
        let is_shown = model.sidebar.list == list;
        let role = if is_shown { title_role(model, Focus::Sidebar) } else { Role::Quiet };
        let from = x;
        x = canvas.role(x, y, right, name, role);
        if is_shown && !order.is_empty() {
            x = canvas.role(x, y, right, &format!(" {order}"), Role::Quiet);
        }
        let tab = Rect { x: from, y, width: x.saturating_sub(from), height: 1 };
        canvas.hit(tab, Hit::SidebarTab(list));
        x = x.saturating_add(2);
    }
    let room = usize::from(right.saturating_sub(x + 1));
    if let Some(count) = counts.iter().find(|count| width(count) <= room) {
        canvas.text_right(x, y, right.saturating_sub(1), count, Role::Quiet);
    }
}

/// Gives the cursor's row its look.
pub(super) fn cursor(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let has_keys = model.focus == Focus::Sidebar && model.overlays.is_empty();
    let role = if has_keys { Role::Cursor } else { Role::CursorUnfocused };
    canvas.overlay(area, canvas.theme.style(role));
}
