//! The page pane: a title row with the way that led here, the reading column, a mark of the place.

use ratatui::layout::Rect;

use super::paint::Canvas;
use super::tree::bookmark;
use super::{list, place, selection, title_role};
use crate::app::find::Find;
use crate::app::hints::{fold_on, heading_on};
use crate::app::labels::Purpose;
use crate::app::model::{Focus, Progress};
use crate::app::reader::{Address, OpenPage};
use crate::app::{Hit, Model, Panes};
use crate::layout::{Action, Line, Segment};
use crate::text::role::Role;
use crate::text::width::width;

/// Earlier titles in the trail.
const MOST_TRAIL: usize = 3;
/// Widest title in the trail, in cells.
const TRAIL_CELLS: usize = 24;

/// Panes of that width say how long the rest takes.
const TIME_FROM: u16 = 60;

/// Draws the pane.
pub(super) fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    if area.is_empty() {
        return;
    }
    canvas.hit(area, Hit::Page);
    let panes = Panes::of(model);
    let rows = u16::try_from(panes.text_rows()).unwrap_or(area.height).min(area.height);
    let text = Rect { y: area.bottom() - rows, height: rows, ..area };
    if rows < area.height && !panes.alone {
        title(model, Rect { height: 1, ..area }, canvas);
    }
    let Some(open) = &model.reader.open else {
        return nothing_open(model, text, canvas);
    };
    let column = column(text, panes.text_width(model.config.page_width));
    let lines = open.layout.lines(open.anchor, usize::from(rows));
    canvas.hits.text = column;
    if model.labels.is_some() {
        note_headings(open, &lines, column, canvas);
    }
    if model.labels.as_ref().is_some_and(|labels| labels.purpose == Purpose::Fold) {
        note_folds(open, &lines, column, canvas);
    }
    draw_lines(open, &model.reader.find, &lines, column, Role::Text, canvas);
    selection::draw(open, &lines, column, canvas);
    if !panes.alone {
        scrollbar(open, text, column, canvas);
    }
}

/// The reading column, centred in its pane.
fn column(area: Rect, cells: usize) -> Rect {
    let width = u16::try_from(cells).unwrap_or(area.width).min(area.width);
    Rect { x: area.x + (area.width - width) / 2, width, ..area }
}

/// `← Index › Alex Chen › Python` and, at the right, `37 %`.
fn title(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let (left, right) = (area.x + 1, area.right().saturating_sub(1));
    let place = place::of(model, canvas);
    // The way that led here is worth more than the time where both do not fit.
    let place = place.within(if area.width < TIME_FROM { 0 } else { usize::from(area.width) });
    let end = canvas.text_right(left, area.y, right, place, Role::Quiet).saturating_sub(2);
    let room = usize::from(end.saturating_sub(left));
    let between = canvas.sign(" › ", " > ");
    let back = ways(model);
    let here = match (&model.reader.awaited, &model.reader.open) {
        (None, Some(open)) => open.title.as_str(),
        (Some(awaited), _) => awaited.path.as_str(),
        (None, None) => model.wiki.name.as_str(),
    };
    let path = match &model.reader.awaited {
        Some(awaited) => Some(&awaited.path),
        None => model.current_path(),
    };
    let is_bookmarked = path.is_some_and(|path| model.memory.is_bookmarked(path));
    let star = if is_bookmarked { bookmark(canvas) } else { "" };
    let here = canvas.cut(here, room.saturating_sub(width(star)));
    let mut trail = String::new();
    for title in &back {
        let longer = format!("{}{between}{trail}", canvas.cut(title, TRAIL_CELLS));
        if width(&longer) + width(&here) + width(star) + 2 > room {
            break;
        }
        trail = longer;
    }
    let mut at = left;
    if !back.is_empty() && width(&here) + 2 <= room {
        at = canvas.role(at, area.y, end, canvas.sign("← ", "< "), Role::Quiet);
    }
    at = canvas.role(at, area.y, end, &trail, Role::Quiet);
    at = canvas.role(at, area.y, end, &here, title_role(model, Focus::Page));
    canvas.role(at, area.y, end, star, Role::Accent);
}

/// The titles of the pages that led here, the last one first. Places on one page are one step of the way.
fn ways(model: &Model) -> Vec<&str> {
    let awaited = model.reader.awaited.as_ref().map(|awaited| Address::Page(awaited.path.clone()));
    let open = model.reader.open.as_ref().map(|open| &open.address);
    let mut last = awaited.as_ref().or(open);
    let before = model.history.back.iter().rev();
    let others = before.filter(|visit| last.replace(&visit.address) != Some(&visit.address));
    others.map(|visit| visit.title.as_str()).take(MOST_TRAIL).collect()
}

/// Notes where headings start, for their labels.
pub(super) fn note_headings(open: &OpenPage, lines: &[&Line], area: Rect, canvas: &mut Canvas<'_>) {
    for (y, line) in (area.top()..area.bottom()).zip(lines) {
        if let Some(nth) = heading_on(open, line) {
            let before = line.segments.iter().take_while(|segment| segment.at.is_none());
            let before: usize = before.map(|segment| width(&segment.text)).sum();
            let before = u16::try_from(before).unwrap_or(area.width).min(area.width);
            let text = Rect { x: area.x + before, y, width: area.width - before, height: 1 };
            canvas.hit(text, Hit::Heading(nth));
        }
    }
}

/// Notes where folds start, for their labels.
fn note_folds(open: &OpenPage, lines: &[&Line], area: Rect, canvas: &mut Canvas<'_>) {
    for (y, line) in (area.top()..area.bottom()).zip(lines) {
        let Some((head, nth)) = fold_on(open, line) else { continue };
        let before: usize = line.segments[..nth].iter().map(|segment| width(&segment.text)).sum();
        let before = u16::try_from(before).unwrap_or(area.width).min(area.width);
        let text = Rect { x: area.x + before, y, width: area.width - before, height: 1 };
        canvas.hit(text, Hit::Fold(head));
    }
}

/// Lines of a page from the top of an area on, on a ground of that role.
pub(super) fn draw_lines(
    open: &OpenPage,
    find: &Find,
    lines: &[&Line],
    area: Rect,
    ground: Role,
    canvas: &mut Canvas<'_>,
) {
    for (y, text) in (area.top()..area.bottom()).zip(lines) {
        line(open, find, text, Rect { y, height: 1, ..area }, ground, canvas);
    }
}

/// One line of a page, on a ground of that role.
fn line(
    open: &OpenPage,
    find: &Find,
    line: &Line,
    area: Rect,
    ground: Role,
    canvas: &mut Canvas<'_>,
) {
    let frame = canvas.fill(area, line);
    let mut at = area.x;
    for (nth, segment) in line.segments.iter().enumerate() {
        let ground = line.fill.filter(|_| nth >= frame).unwrap_or(ground);
        let mut style = canvas.theme.on(ground, segment.role, segment.marks);
        let selected = segment.stop.is_some() && segment.stop == open.selected;
        if selected {
            style = style.patch(canvas.theme.style(Role::LinkSelected));
        }
        let start = at;
        let mut done = 0;
        for (part, current) in find.in_segment(segment) {
            let before = segment.text.get(done..part.start).unwrap_or_default();
            at = canvas.text(at, area.y, area.right(), before, style);
            let role = if current { Role::MatchCurrent } else { Role::Match };
            let marked = style.patch(canvas.theme.style(role));
            let from = part.start.max(done);
            let text = segment.text.get(from..part.end).unwrap_or_default();
            at = canvas.text(at, area.y, area.right(), text, marked);
            done = part.end.max(done);
        }
        let rest = segment.text.get(done..).unwrap_or_default();
        at = canvas.text(at, area.y, area.right(), rest, style);
        if let Some(hit) = hit(open, segment) {
            canvas.hit(Rect { x: start, width: at - start, ..area }, hit);
        }
    }
}

/// What pressing a segment does.
fn hit(open: &OpenPage, segment: &Segment) -> Option<Hit> {
    let action = segment.action?;
    if let Some(stop) = segment.stop {
        return Some(Hit::Stop(stop));
    }
    match action {
        Action::Properties => Some(Hit::Properties),
        Action::Fold(head) => Some(Hit::Fold(head)),
        // The sentence of a backlink belongs to the stop of its title.
        Action::Backlink(nth) => {
            let tail = u32::try_from(open.backlinks.len()).ok()?;
            Some(Hit::Stop(open.layout.stops().checked_sub(tail)? + nth))
        }
        Action::Link(_) | Action::Tag(_) | Action::Footnote(_) => None,
    }
}

/// A mark at the right edge, as long as the screen is of the page: on the line between page and outline where
/// there is one, else in the margin.
fn scrollbar(open: &OpenPage, area: Rect, text: Rect, canvas: &mut Canvas<'_>) {
    let rows = usize::from(area.height);
    let (above, total) = open.layout.position(open.anchor);
    let on_border = area.right() < canvas.screen().right();
    if total <= rows || rows < 3 || (!on_border && text.right() == area.right()) {
        return;
    }
    let length = (rows * rows / total).clamp(1, rows - 1);
    let most = total - rows;
    let top = (above.min(most) * (rows - length)).div_ceil(most);
    let (column, sign) = if on_border {
        (area.right(), canvas.sign("┃", "#"))
    } else {
        (area.right() - 1, canvas.sign("▐", "|"))
    };
    for row in (area.y..area.bottom()).skip(top).take(length) {
        canvas.role(column, row, column + 1, sign, Role::Scrollbar);
    }
}

/// What stands where no page is: what would be here, and how to get it.
fn nothing_open(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let ready = model.progress == Progress::Ready;
    let text = match &model.reader.awaited {
        Some(awaited) => format!("Reading {} …", awaited.path),
        None if ready && model.index.is_empty() => {
            "No page here yet: a page is a file whose name ends in .md".to_owned()
        }
        None if ready => "No page is open".to_owned(),
        None => "Reading the wiki …".to_owned(),
    };
    let room = usize::from(area.width.saturating_sub(2));
    let lines = list::wrap(&text, room);
    let cells = lines.iter().map(|line| width(line)).max().unwrap_or(0).min(room);
    let column = column(area, cells);
    for (row, line) in (area.y + area.height / 3..area.bottom()).zip(lines) {
        canvas.role(column.x, row, area.right(), &canvas.cut_start(&line, room), Role::Quiet);
    }
}
