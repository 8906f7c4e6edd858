//! A question with its answers.

use ratatui::layout::Rect;

use super::list;
use super::overlay::{Edge, boxed};
use super::paint::Canvas;
use crate::app::Hit;
use crate::app::confirm::Confirm;
use crate::app::overlay::Frame;
use crate::text::role::Role;

/// Draws the question: its answers have their rows before the question has all of its own.
pub(super) fn draw(confirm: &Confirm, frame: Frame, canvas: &mut Canvas<'_>) {
    let inside = boxed(canvas, frame, &Edge { title: "", count: "", hints: &[("Esc", "no")] });
    let answers = u16::try_from(confirm.answers.len()).unwrap_or(u16::MAX).min(inside.height);
    let question = Rect { height: inside.height - answers, ..inside };
    let lines = list::wrap(&confirm.question, usize::from(question.width));
    for (y, line) in (question.top()..question.bottom()).zip(lines) {
        let line = list::shorten(&line, usize::from(question.width), canvas.ascii);
        canvas.role(question.left(), y, question.right(), &line, Role::Overlay);
    }
    for (y, (nth, (key, meaning, _))) in
        (question.bottom()..inside.bottom()).zip(confirm.answers.iter().enumerate())
    {
        let x = canvas.role(inside.left(), y, inside.right(), &format!(" {key}  "), Role::HintKey);
        canvas.role(x, y, inside.right(), meaning, Role::HintText);
        canvas.hit(Rect { y, height: 1, ..inside }, Hit::OverlayRow(nth));
    }
}
