//! How two pages are connected: the box, the chains, each step with its key and the sentence that holds the
//! link.

use ratatui::layout::Rect;

use super::list;
use super::overlay::{Edge, boxed, row};
use super::paint::Canvas;
use crate::app::Model;
use crate::app::connect::{Connect, INDENT, Row, key_of};
use crate::app::failed::{FAILED, Job};
use crate::app::overlay::Frame;
use crate::search::connected::{Connected, Step};
use crate::text::role::Role;
use crate::vault::PagePath;

/// Draws it.
pub(super) fn draw(model: &Model, connect: &Connect, frame: Frame, canvas: &mut Canvas<'_>) {
    let ends = [&connect.from, &connect.to].map(|path| title(model, path));
    let title = format!("From {} to {}", ends[0], ends[1]);
    let count = match connect.chains() {
        [] => String::new(),
        [_] => "1 chain".to_owned(),
        chains => format!("{} chains", chains.len()),
    };
    let mut hints = vec![("Esc", "close")];
    if connect.steps().next().is_some() {
        hints.splice(0..0, [("Enter", "open"), ("1-9", "open"), ("p", "peek"), ("j k", "move")]);
    }
    let inside = boxed(canvas, frame, &Edge { title: &title, count: &count, hints: &hints });
    match &connect.answer {
        None if model.failed.contains(&Job::Connection) => list::empty(canvas, inside, FAILED),
        None => list::empty(canvas, inside, "Looking for the shortest chains of links …"),
        Some(Connected::Apart { from, to }) => apart(canvas, inside, &ends, (*from, *to)),
        Some(Connected::Chains(_)) => {
            let steps: Vec<&Step> = connect.steps().collect();
            let top = connect.list.top(connect.rows.len(), inside.height.into());
            for (y, nth) in (inside.top()..inside.bottom()).zip(top..connect.rows.len()) {
                let line = Rect { y, height: 1, ..inside };
                draw_row(model, connect, &steps, &connect.rows[nth], line, canvas);
                let is_cursor = connect.rows[nth] == Row::Step(connect.step);
                if !matches!(connect.rows[nth], Row::Gap | Row::Chain(_)) {
                    row(canvas, inside, y, nth, is_cursor);
                }
            }
        }
    }
}

/// No path: that is said with what hangs together with each.
fn apart(canvas: &mut Canvas<'_>, area: Rect, ends: &[String; 2], (from, to): (usize, usize)) {
    let hang = |count: usize, title: &str| match count {
        0 | 1 => format!("Nothing is linked with {title}."),
        2 => format!("One other page hangs together with {title}."),
        _ => format!("{} other pages hang together with {title}.", list::thousands(count - 1)),
    };
    let text =
        format!("No chain of links joins them. {} {}", hang(from, &ends[0]), hang(to, &ends[1]));
    list::empty(canvas, area, &text);
}

fn draw_row(
    model: &Model,
    connect: &Connect,
    steps: &[&Step],
    row: &Row,
    area: Rect,
    canvas: &mut Canvas<'_>,
) {
    let (y, right) = (area.y, area.right());
    match row {
        Row::Gap => {}
        Row::Chain(nth) => {
            let chain = &connect.chains()[*nth];
            let mut names = vec![title(model, &connect.from)];
            names.extend(chain.iter().map(|step| title(model, &step.to)));
            let links = if chain.len() == 1 { "link" } else { "links" };
            let text = format!("{} {links}: ", chain.len());
            let x = canvas.role(area.x, y, right, &text, Role::Quiet);
            let way = names.join(canvas.sign(" › ", " > "));
            let way = canvas.cut(&way, usize::from(right.saturating_sub(x)));
            canvas.role(x, y, right, &way, Role::OverlayTitle);
        }
        Row::Step(nth) => {
            let Some(step) = steps.get(*nth) else { return };
            let key = key_of(*nth).map(String::from).unwrap_or_default();
            canvas.role(area.x + 1, y, right, &key, Role::HintKey);
            let x = name(model, &step.from, area.x + 3, y, right, canvas);
            let x = canvas.role(x, y, right, arrow(step, canvas), Role::Accent);
            let x = name(model, &step.to, x, y, right, canvas);
            let place = format!("  {}:{}", step.source, step.line);
            canvas.role(x, y, right, &place, Role::Quiet);
        }
        Row::Quote(nth, part) => {
            let Some(step) = steps.get(*nth) else { return };
            let (from, to) = step.sentence.marked;
            let (start, end) = (part.start, part.end);
            let place = |at: u32| {
                let at = (at as usize).clamp(start, end) - start;
                u32::try_from(at).unwrap_or(u32::MAX)
            };
            let marked = [(place(from), place(to))];
            let indent = u16::try_from(INDENT).unwrap_or(0);
            let text = &step.sentence.text[part.clone()];
            list::marked(canvas, (area.x + indent, y), right, text, &marked, Role::Overlay);
        }
    }
}

/// Which of the two pages of a step links to the other.
fn arrow(step: &Step, canvas: &Canvas<'_>) -> &'static str {
    match (step.both, step.source == step.from) {
        (true, _) => canvas.sign(" ↔ ", " <> "),
        (false, true) => canvas.sign(" → ", " -> "),
        (false, false) => canvas.sign(" ← ", " <- "),
    }
}

/// The sign and the name of a page; gives the column after it.
fn name(
    model: &Model,
    path: &PagePath,
    x: u16,
    y: u16,
    right: u16,
    canvas: &mut Canvas<'_>,
) -> u16 {
    let kind = model.index.at(path).and_then(|page| page.kind.as_deref());
    let (sign, role) = list::kind_look(canvas, kind);
    let x = canvas.role(x, y, right, sign, role);
    canvas.role(x + 1, y, right, &title(model, path), Role::Link)
}

fn title(model: &Model, path: &PagePath) -> String {
    model.index.at(path).map_or_else(|| path.to_string(), |page| page.label().to_owned())
}
