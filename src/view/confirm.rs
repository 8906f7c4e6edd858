//! A question with its answers.

use ratatui::layout::Rect;

use super::list;
use super::overlay::{Edge, boxed, fills};
use super::paint::Canvas;
use crate::app::confirm::Confirm;
use crate::app::overlay::Frame;
use crate::app::{Hit, Model};
use crate::text::role::Role;

/// Draws the question and its answers below it: these have their rows before the question has all of its own, and a
/// row of air between where there is room.
pub(super) fn draw(model: &Model, confirm: &Confirm, frame: Frame, canvas: &mut Canvas<'_>) {
    let inside = boxed(canvas, frame, &Edge { title: "", count: "", hints: &[("Esc", "no")] });
    let answers = u16::try_from(confirm.answers.len()).unwrap_or(u16::MAX).min(inside.height);
    let lines = list::wrap(&confirm.question, usize::from(inside.width));
    let height = u16::try_from(lines.len() + 1).unwrap_or(u16::MAX);
    let question = Rect { height: height.min(inside.height - answers), ..inside };
    for (y, line) in (question.top()..question.bottom()).zip(lines) {
        let line = list::shorten(&line, usize::from(question.width), canvas.ascii);
        canvas.role(question.left(), y, question.right(), &line, Role::Overlay);
    }
    let mut end = question.bottom();
    for (y, (nth, (key, meaning, _))) in
        (question.bottom()..inside.bottom()).zip(confirm.answers.iter().enumerate())
    {
        let x = canvas.role(inside.left(), y, inside.right(), &format!(" {key}  "), Role::HintKey);
        canvas.role(x, y, inside.right(), meaning, Role::HintText);
        canvas.hit(Rect { y, height: 1, ..inside }, Hit::OverlayRow(nth));
        end = y + 1;
    }
    if let Some(notice) = model.notice.as_ref().filter(|_| fills(frame, model))
        && end + 1 < inside.bottom()
    {
        let text = canvas.cut(&notice.text, usize::from(inside.width));
        canvas.role(inside.left(), end + 1, inside.right(), &text, Role::Notice);
    }
}
