//! The theme picker: names over the screen, which already wears the theme under the cursor.

use super::list;
use super::overlay::{Edge, boxed, row};
use super::paint::Canvas;
use crate::app::Model;
use crate::app::overlay::Frame;
use crate::app::themes::ThemePicker;
use crate::text::role::Role;
use crate::text::width::width;
use crate::theme::ground::AUTO;

/// Draws the picker.
pub(super) fn draw(model: &Model, picker: &ThemePicker, frame: Frame, canvas: &mut Canvas<'_>) {
    let themes = &model.themes.all;
    let rows_before = model.themes.rows_before();
    let rows = themes.len() + rows_before;
    let count = list::thousands(rows);
    let hints = [("Enter", "keep"), ("Esc", "back")];
    let area = boxed(canvas, frame, &Edge { title: "Themes", count: &count, hints: &hints });
    let names =
        themes.iter().map(|theme| width(&theme.name)).chain([AUTO.len()]).max().unwrap_or(0);
    let names = u16::try_from(names).unwrap_or(u16::MAX).min(area.width / 2);
    let before = if model.themes.auto { 0 } else { picker.before + rows_before };
    let top = picker.list.top(rows, usize::from(area.height));
    for (y, nth) in (area.top()..area.bottom()).zip(top..rows) {
        let theme = nth.checked_sub(rows_before).and_then(|nth| themes.get(nth));
        let sign = if nth == before { canvas.sign("● ", "* ") } else { "  " };
        let x = canvas.role(area.left(), y, area.right(), sign, Role::Current);
        let name = theme.map_or(AUTO, |theme| theme.name.as_str());
        let name = list::shorten(name, usize::from(names), canvas.ascii);
        canvas.role(x, y, area.right(), &name, Role::Overlay);
        let x = x + names + 2;
        let about = match (theme, &model.themes.fitting) {
            (Some(theme), _) => theme.about.clone(),
            (None, Some(name)) => format!("The terminal's ground chooses: {name}"),
            (None, None) => String::new(),
        };
        let about = canvas.cut(&about, usize::from(area.right().saturating_sub(x)));
        canvas.role(x, y, area.right(), &about, Role::Quiet);
        row(canvas, area, y, nth, nth == picker.list.at);
    }
}
