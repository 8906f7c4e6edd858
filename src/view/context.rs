//! The context pane: its parts by name while it has the keys, else as tabs, with their counts; a field that narrows, the
//! rows of the part.

use ratatui::layout::Rect;

use super::paint::Canvas;
use super::{input, list, outline, title_role};
use crate::app::context::{self, Part, Show, Title};
use crate::app::failed::{FAILED, Job};
use crate::app::model::{Focus, Progress};
use crate::app::reader::Address;
use crate::app::{Hit, Model, Panes};
use crate::command::{Command, Place};
use crate::search::unlinked;
use crate::text::role::Role;
use crate::text::width::width;

/// Cells of a tab: its sign, a count of three, a gap.
const TAB: u16 = 5;
/// Sentences begin below the names of their pages.
const INDENT: u16 = 3;

/// Draws the pane.
pub(super) fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    if area.is_empty() {
        return;
    }
    canvas.hit(area, Hit::Context);
    let pane = &model.context;
    let rows = context::list_rows(model).min(usize::from(area.height));
    let list = Rect { y: area.bottom() - u16::try_from(rows).unwrap_or(0), ..area };
    let list = Rect { height: area.bottom() - list.y, ..list };
    let field = u16::from(pane.typing || pane.is_narrowed());
    head(model, Rect { height: (list.y - area.y).saturating_sub(field), ..area }, canvas);
    if field > 0 && list.y > area.y {
        let line = Rect { y: list.y - 1, height: 1, ..area };
        let active = pane.typing && model.focus == Focus::Context && model.overlays.is_empty();
        input::draw(canvas, line, " / ", &pane.narrow, "words", active);
    }
    if pane.rows.is_empty() {
        return list::empty(canvas, list, empty_text(model));
    }
    let top = pane.list.top(pane.rows.len(), rows);
    let here = (model.focus == Focus::Context).then(|| pane.item());
    for (y, row) in (list.y..list.bottom()).zip(&pane.rows[top..]) {
        let line = Rect { y, height: 1, ..area };
        match &row.show {
            Show::Heading(nth) => outline::heading(model, *nth, line, canvas),
            Show::Group(name, count) => group(name, *count as usize, line, canvas),
            Show::Title(title) => target(title, line, canvas),
            Show::Text(part) => sentence(&part.text, &part.marked, part.cut, line, canvas),
            // None of these is in sight: see `context::prepare`.
            Show::Page(..) | Show::Link(_) => {}
        }
        if here == Some(row.item) {
            canvas.overlay(line, canvas.theme.style(Role::Cursor));
        }
        let leads = !matches!(row.show, Show::Group(..));
        canvas.hit(line, if leads { Hit::ContextRow(row.item) } else { Hit::Context });
    }
}

/// The parts by their names, each with its key and how much there is of it. Above them, how one steps from one to the
/// next.
fn named(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let pane = &model.context;
    let (left, right) = (area.x + 1, area.right().saturating_sub(1));
    let key = |command| model.keymap.shown(Place::Context, command);
    let next = key(Command::NextPart);
    let end = if next.is_empty() {
        right
    } else {
        canvas.text_right(left, area.y, right, &format!("{next} next part"), Role::Quiet)
    };
    canvas.role(left, area.y, end, "Context", title_role(model, Focus::Context));
    for ((y, part), count) in (area.y + 1..area.bottom()).zip(Part::ALL).zip(pane.counts) {
        let row = Rect { y, height: 1, ..area };
        let is_shown = part == pane.part;
        let role = if is_shown { Role::Text } else { Role::Quiet };
        let count = match count {
            Some(count) if part == Part::Mentions && stopped(model) => {
                format!("{}+", list::thousands(count))
            }
            Some(count) => list::thousands(count),
            None => UNKNOWN.to_owned(),
        };
        let end = canvas.text_right(left, y, right, &count, role);
        let digit = format!("{} ", key(part.command()));
        let x = canvas.role(left, y, end, &digit, Role::HintKey);
        canvas.role(x, y, end, part.title(), if is_shown { Role::Accent } else { Role::Quiet });
        if is_shown {
            // Told also where there are no colours.
            canvas.overlay(row, canvas.theme.style(Role::CursorUnfocused));
        }
        canvas.hit(row, Hit::ContextTab(part));
    }
}

/// The name of the part with its count; below it, or behind it where there is one row, a tab for each part.
fn head(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    if area.is_empty() {
        return;
    }
    if context::named_rows(model) > 0 {
        return named(model, area, canvas);
    }
    let pane = &model.context;
    let (left, right) = (area.x + 1, area.right().saturating_sub(1));
    let title = pane.part.title();
    let all = TAB * 5 - 1;
    let count = Part::ALL.iter().zip(pane.counts).find(|(part, _)| **part == pane.part);
    let count = match count.and_then(|(_, count)| count) {
        Some(count) if pane.part == Part::Mentions && stopped(model) => {
            format!("{}+", list::thousands(count))
        }
        Some(count) => list::thousands(count),
        None => UNKNOWN.to_owned(),
    };
    let cells = u16::try_from(width(title)).unwrap_or(0);
    let end = if area.height > 1 {
        tabs(model, left, area.y + 1, area.right(), canvas);
        canvas.text_right(left, area.y, right, &count, Role::Quiet)
    } else if left + cells + 2 + all <= right {
        tabs(model, right - all, area.y, right, canvas);
        right - all
    } else {
        canvas.text_right(left, area.y, right, &count, Role::Quiet)
    };
    canvas.role(left, area.y, end, title, title_role(model, Focus::Context));
}

/// A tab for each part: its sign and how much there is of it, in cells that are kept for that.
fn tabs(model: &Model, left: u16, y: u16, right: u16, canvas: &mut Canvas<'_>) {
    let pane = &model.context;
    for ((nth, part), count) in (0..).zip(Part::ALL).zip(pane.counts) {
        let x = left + nth * TAB;
        let is_shown = part == pane.part;
        let (role, number) =
            if is_shown { (Role::Accent, Role::Text) } else { (Role::Quiet, Role::Quiet) };
        let from = canvas.role(x, y, right, sign(part, canvas), role);
        canvas.role(from, y, right, &short(count), number);
        let tab = Rect { x, y, width: TAB.min(right.saturating_sub(x)), height: 1 };
        if is_shown {
            // Told also where there are no colours.
            let shown = Rect { width: tab.width.min(TAB - 1), ..tab };
            canvas.overlay(shown, canvas.theme.style(Role::CursorUnfocused));
        }
        canvas.hit(tab, Hit::ContextTab(part));
    }
}

/// The sign of a part, where there is no room for its name.
pub(super) fn sign(part: Part, canvas: &Canvas<'_>) -> &'static str {
    match part {
        Part::LinkedFrom => canvas.sign("←", "<"),
        Part::LinksTo => canvas.sign("→", ">"),
        Part::Mentions => canvas.sign("“", "\""),
        Part::Related => canvas.sign("≈", "~"),
        Part::Outline => canvas.sign("≡", "="),
    }
}

/// Stands for a count that is not known until the part is looked at.
const UNKNOWN: &str = "?";

/// A count on three cells: `12`, `999`, `12k`.
fn short(count: Option<usize>) -> String {
    match count {
        None => UNKNOWN.to_owned(),
        Some(count @ 0..1000) => count.to_string(),
        Some(count) => format!("{}k", (count / 1000).min(99)),
    }
}

fn group(name: &str, count: usize, line: Rect, canvas: &mut Canvas<'_>) {
    let right = line.right().saturating_sub(1);
    let end = canvas.text_right(line.x, line.y, right, &list::thousands(count), Role::Quiet);
    canvas.role(line.x + 1, line.y, end.saturating_sub(1), name, Role::PaneTitle);
}

/// The sign, the name, what tells it from others, how often.
fn target(title: &Title, line: Rect, canvas: &mut Canvas<'_>) {
    let (y, right) = (line.y, line.right().saturating_sub(1));
    let sign = if canvas.ascii { title.plain_sign } else { title.sign };
    let x = canvas.role(line.x + 1, y, right, sign, title.sign_role) + 1;
    let end = match title.count.as_str() {
        "" => right,
        count => {
            let count = if canvas.ascii { count.replace('×', "x") } else { count.to_owned() };
            canvas.text_right(x, y, right, &count, Role::Quiet).saturating_sub(1)
        }
    };
    let name = list::shorten(&title.name, usize::from(end.saturating_sub(x)), canvas.ascii);
    let x = canvas.role(x, y, end, &name, title.role) + 2;
    // A few letters of a folder tell nothing.
    let room = usize::from(end.saturating_sub(x));
    if room >= width(&title.detail).min(12) {
        canvas.role(x, y, end, &list::shorten(&title.detail, room, canvas.ascii), Role::Quiet);
    }
}

fn sentence(
    text: &str,
    marked: &[(u32, u32)],
    (before, after): (bool, bool),
    line: Rect,
    canvas: &mut Canvas<'_>,
) {
    let (y, right) = (line.y, line.right());
    let start = line.x + INDENT;
    let plain = canvas.theme.style(Role::Quiet);
    let mark = canvas.theme.style(Role::Text).patch(canvas.theme.style(Role::Strong));
    if before {
        canvas.role(start - 1, y, start, canvas.sign("…", "."), Role::Quiet);
    }
    let mut x = start;
    let mut done = 0;
    for &(from, to) in marked {
        let (from, to) = (from as usize, to as usize);
        let (Some(between), Some(marked)) = (text.get(done..from), text.get(from..to)) else {
            continue;
        };
        x = canvas.text(x, y, right, between, plain);
        x = canvas.text(x, y, right, marked, mark);
        done = to;
    }
    x = canvas.text(x, y, right, &text[done..], plain);
    if after {
        canvas.role(x, y, right, canvas.sign("…", "."), Role::Quiet);
    }
}

fn stopped(model: &Model) -> bool {
    model.context.looking() == unlinked::Progress::Stopped
}

/// What would be here.
fn empty_text(model: &Model) -> &'static str {
    let Some(open) = &model.reader.open else { return "No page is open yet." };
    let is_missing = matches!(open.address, Address::Missing { .. });
    let part = model.context.part;
    if model.context.is_narrowed() {
        return "Nothing here holds these words.";
    }
    if model.progress != Progress::Ready && !matches!(part, Part::Outline | Part::LinksTo) {
        return "This appears once the wiki is read ...";
    }
    match part {
        Part::LinkedFrom => "No page links here yet. One that does stands here with its sentence.",
        Part::LinksTo => "This page has no links. Where they lead would stand here.",
        Part::Mentions if is_missing => "A page that is not written has no names yet.",
        Part::Mentions if model.failed.contains(&Job::Mentions) => FAILED,
        Part::Mentions if model.context.looking() == unlinked::Progress::Looking => "Looking ...",
        Part::Mentions => {
            "No name stands unlinked: no other page's name on this one, and this page's on no other."
        }
        Part::Related => {
            "No page shares links or tags with this one, but for those that are linked with it."
        }
        Part::Outline if Panes::of(model).rows > 8 => {
            "No headings. They would stand here to jump by."
        }
        Part::Outline => "No headings",
    }
}
