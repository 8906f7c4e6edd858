//! The list of marks: letter, page, the line's words; below it what the next key does.

use ratatui::layout::Rect;

use super::list;
use super::overlay::{Edge, boxed, fills, row};
use super::paint::Canvas;
use crate::app::Model;
use crate::app::marks::{Marks, Purpose, is_gone};
use crate::app::overlay::Frame;
use crate::text::role::Role;
use crate::text::width::width;

/// Draws the list.
pub(super) fn draw(model: &Model, marks: &Marks, frame: Frame, canvas: &mut Canvas<'_>) {
    let kept = &model.memory.marks;
    let count = list::thousands(kept.len());
    let (title, hints): (_, &[(&str, &str)]) = match marks.purpose {
        Purpose::Set => ("Set a mark", &[("Del", "delete"), ("Esc", "close")]),
        Purpose::Go => (
            "Go to a mark",
            &[("Enter", "go"), ("'", "where I was"), ("Del", "delete"), ("Esc", "close")],
        ),
    };
    let inside = boxed(canvas, frame, &Edge { title, count: &count, hints });
    let said =
        Rect { y: inside.bottom().saturating_sub(1), height: inside.height.min(1), ..inside };
    let area = Rect { height: inside.height.saturating_sub(1), ..inside };
    // Over the whole of a small screen there is no footer to say it.
    let notice = model.notice.as_ref().filter(|_| fills(frame, model));
    let text = match (notice, marks.purpose) {
        (Some(notice), _) => notice.text.as_str(),
        (None, Purpose::Set) => "Press a letter, a to z or A to Z: it marks this place.",
        (None, Purpose::Go) => "Press the letter of a mark.",
    };
    let text = canvas.cut(text, usize::from(said.width));
    canvas.role(said.left(), said.y, said.right(), &text, Role::Quiet);
    if kept.is_empty() {
        return list::empty(canvas, area, "No marks yet: m and a letter sets one.");
    }
    let titles = kept.values().map(|mark| width(&mark.title)).max().unwrap_or(0);
    let titles = u16::try_from(titles).unwrap_or(u16::MAX).min(area.width / 2);
    let top = marks.list.top(kept.len(), usize::from(area.height));
    for (y, (nth, (letter, mark))) in
        (area.top()..area.bottom()).zip(kept.iter().enumerate().skip(top))
    {
        let right = area.right();
        let x = canvas.role(area.left(), y, right, &format!("{letter}  "), Role::HintKey);
        let title = list::shorten(&mark.title, usize::from(titles), canvas.ascii);
        canvas.role(x, y, right, &title, Role::Overlay);
        let x = x + titles + 2;
        let room = usize::from(right.saturating_sub(x));
        if is_gone(model, &mark.page) {
            let text = canvas.cut(&format!("! gone: {}", mark.page), room);
            canvas.role(x, y, right, &text, Role::Warning);
        } else {
            let text = canvas.cut(&mark.line, room);
            canvas.role(x, y, right, &text, Role::Quiet);
        }
        row(canvas, area, y, nth, nth == marks.list.at);
    }
}
