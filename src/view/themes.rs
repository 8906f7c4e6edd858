//! The theme picker: names over the screen, which already wears the theme under the cursor.

use super::list;
use super::overlay::{Edge, boxed, row};
use super::paint::Canvas;
use crate::app::Model;
use crate::app::overlay::Frame;
use crate::app::themes::ThemePicker;
use crate::text::role::Role;
use crate::text::width::width;

/// Draws the picker.
pub(super) fn draw(model: &Model, picker: &ThemePicker, frame: Frame, canvas: &mut Canvas<'_>) {
    let themes = &model.themes.all;
    let count = list::thousands(themes.len());
    let hints = [("Enter", "keep"), ("Esc", "back")];
    let area = boxed(canvas, frame, &Edge { title: "Themes", count: &count, hints: &hints });
    let names = themes.iter().map(|theme| width(&theme.name)).max().unwrap_or(0);
    let names = u16::try_from(names).unwrap_or(u16::MAX).min(area.width / 2);
    let top = picker.list.top(themes.len(), usize::from(area.height));
    for (y, nth) in (area.top()..area.bottom()).zip(top..themes.len()) {
        let sign = if nth == picker.before { canvas.sign("● ", "* ") } else { "  " };
        let x = canvas.role(area.left(), y, area.right(), sign, Role::Current);
        let name = list::shorten(&themes[nth].name, usize::from(names), canvas.ascii);
        canvas.role(x, y, area.right(), &name, Role::Overlay);
        let x = x + names + 2;
        let by_auto = model.themes.auto && nth == picker.before;
        let about = if by_auto { "by auto: " } else { "" }.to_owned() + &themes[nth].about;
        let about = canvas.cut(&about, usize::from(area.right().saturating_sub(x)));
        canvas.role(x, y, area.right(), &about, Role::Quiet);
        row(canvas, area, y, nth, nth == picker.list.at);
    }
}
