//! The box of a peek: as large as what it shows, beside what it was opened from and never over it, where
//! there is room for that. Small screens are filled.

use std::ops::Range;

use super::{Goal, Hit, Model, OpenPage, Overlay, Peek};
use crate::app::hints::heading_on;
use crate::app::model::Size;
use crate::app::overlay::Frame;
use crate::app::{Effect, Panes, context, reader, tags, tree};
use crate::layout::{Anchor, Line, Options};

/// What the box may have of the screen, in hundredths.
const COLUMNS_SHARE: u16 = 80;
const ROWS_SHARE: u16 = 60;
/// Border and padding.
const EDGE_COLUMNS: u16 = 4;
const EDGE_ROWS: u16 = 2;
/// A side with fewer rows is no room for a box; the box then stands in the middle.
const LEAST_ROWS: u16 = 6;
/// A box is no narrower, so that its edge can say what it is and which keys help.
const LEAST_COLUMNS: u16 = 44;
/// By so many cells a peek over another is narrower and stands apart from it, so that both are seen.
const STEP: u16 = 2;
/// Rows shown above a link that a peek was opened at, for its context.
const CONTEXT_ROWS: isize = 2;

/// What decides where a box stands and how large it can be.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Room {
    screen: Size,
    /// Rows above the footer.
    rows: u16,
    /// Where the peek below it stands.
    below: Option<Frame>,
    beside: Option<Beside>,
}

/// Cells to stand beside.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Beside {
    left: u16,
    rows: Range<u16>,
}

/// Fits the boxes of all peeks to the screen, and lays out what they show; called before each frame.
pub fn prepare(model: &mut Model, effects: &mut Vec<Effect>) {
    let mut below = None;
    for nth in 0..model.overlays.len() {
        let Overlay::Peek(peek) = &model.overlays[nth] else { continue };
        let rows = Panes::of(model).rows;
        let beside = beside(model, nth, peek.from);
        let room = Room { screen: model.size, rows, below, beside };
        let options = Options { properties_folded: true, ..reader::options(model) };
        let Overlay::Peek(peek) = &mut model.overlays[nth] else { continue };
        let widest = model.config.page_width;
        let Some(open) = &mut peek.open else { continue };
        let mut notice = None;
        if peek.made_for.as_ref() != Some(&room) {
            let goal = peek.made_for.is_none().then_some(&peek.goal);
            (peek.frame, notice) = made(open, &room, goal, peek.snug, widest, &options);
            peek.made_for = Some(room);
        }
        let width = usize::from(peek.frame.inner_columns().min(widest).max(1));
        let rows = usize::from(peek.frame.inner_rows()).max(1);
        reader::fit(open, &Options { width, ..options }, &model.filter, rows);
        reader::colour(open, rows, effects);
        below = Some(peek.frame);
        if let Some(notice) = notice {
            model.warn(notice);
        }
    }
}

/// The box for what is shown, and what there is to say about the place; `goal` is where a page that was just
/// read is opened.
fn made(
    open: &mut OpenPage,
    room: &Room,
    goal: Option<&Goal>,
    snug: bool,
    widest: u16,
    options: &Options,
) -> (Frame, Option<String>) {
    let (mut columns, most_rows) = room.most(widest);
    let rows = usize::from(most_rows.saturating_sub(EDGE_ROWS)).max(1);
    let inside = |columns: u16| columns.saturating_sub(EDGE_COLUMNS).clamp(1, widest);
    set_width(open, inside(columns), options);
    let notice = goal.and_then(|goal| {
        // One row, so that nothing is pulled up to fill rows that the box then need not have.
        let notice = reader::go_to(open, goal, 1);
        if let Goal::Source(_) = goal {
            reader::move_by(open, -CONTEXT_ROWS, 1);
        }
        notice
    });
    reader::ensure(open, rows);
    let layout = &open.layout;
    let lines = layout.lines(open.anchor, rows);
    let text = lines.iter().map(|line| line.width()).max().unwrap_or(0);
    // One who has moved keeps the rows that there are, also near the end of the page.
    let shown =
        if goal.is_some() { lines.len() } else { layout.position(Anchor::default()).1.min(rows) };
    if snug {
        columns = columns.min(cells(text) + EDGE_COLUMNS).max(LEAST_COLUMNS.min(columns));
        set_width(open, inside(columns), options);
    }
    (room.frame(columns, cells(shown.max(1)) + EDGE_ROWS), notice)
}

fn set_width(open: &mut OpenPage, width: u16, options: &Options) {
    let Options { pan, table_pan, folds, .. } = open.layout.options().clone();
    let anchor = open.anchor;
    let (layout, context) = open.parts();
    let wanted = Options { width: width.into(), pan, table_pan, folds, ..options.clone() };
    open.anchor = layout.set_options(wanted, &context, anchor);
}

impl Room {
    /// The largest box, edges included: columns and rows.
    fn most(&self, widest: u16) -> (u16, u16) {
        let full = Frame::centred(self.screen, 0, 0);
        if full.columns == self.screen.columns {
            let edges = if full.bordered { (0, 0) } else { (EDGE_COLUMNS, EDGE_ROWS) };
            return (full.columns + edges.0, full.rows + edges.1);
        }
        let columns = share(self.screen.columns, COLUMNS_SHARE);
        let over = self.below.map_or(u16::MAX, |below| below.columns.saturating_sub(2 * STEP));
        let columns = columns.min(widest.saturating_add(EDGE_COLUMNS)).min(over.max(LEAST_COLUMNS));
        let rows = share(self.screen.rows, ROWS_SHARE);
        let rows = match self.sides() {
            Some((above, below)) => rows.min(above.max(below)),
            None => rows,
        };
        (columns, rows)
    }

    /// Rows above and below what the box stands beside, if one of the two is room enough.
    fn sides(&self) -> Option<(u16, u16)> {
        let beside = self.beside.as_ref()?;
        let sides = (beside.rows.start.min(self.rows), self.rows.saturating_sub(beside.rows.end));
        (sides.0.max(sides.1) >= LEAST_ROWS).then_some(sides)
    }

    /// Where a box of that size stands.
    fn frame(&self, columns: u16, rows: u16) -> Frame {
        let centred = Frame::centred(self.screen, columns, rows);
        if (centred.columns, centred.rows) == (self.screen.columns, self.screen.rows) {
            return centred;
        }
        let top = match (self.sides(), &self.beside) {
            (Some((_, below)), Some(beside)) if rows <= below => beside.rows.end,
            (Some((above, _)), Some(_)) if rows <= above => above - rows,
            _ => (self.rows.saturating_sub(rows)) / 2,
        };
        let wanted = self.beside.as_ref().map_or(centred.left, |b| b.left.saturating_sub(2));
        let most = self.screen.columns - columns;
        let mut left = wanted.min(most);
        if let Some(below) = self.below.filter(|below| below.left == left && below.top == top) {
            left = if below.left + STEP <= most {
                below.left + STEP
            } else {
                left.saturating_sub(STEP)
            };
        }
        Frame { left, top, columns, rows, bordered: true }
    }
}

/// Where on the screen the thing stands that a peek was opened from; `nth` is the peek's place on the stack.
fn beside(model: &Model, nth: usize, from: Hit) -> Option<Beside> {
    let panes = Panes::of(model);
    let row = |list_rows: usize, nth: usize, top: usize, left: u16| {
        let row = (panes.rows.saturating_sub(cells(list_rows)))
            .checked_add(cells(nth.checked_sub(top)?))?;
        Some(Beside { left, rows: row..row + 1 })
    };
    match from {
        Hit::Stop(_) | Hit::Heading(_) => {
            let lower = model.overlays[..nth].iter().rev().find_map(|overlay| match overlay {
                Overlay::Peek(peek) => Some(peek),
                _ => None,
            });
            match lower {
                Some(Peek { open: Some(open), frame, .. }) => {
                    let edge = u16::from(frame.bordered);
                    let corner = (frame.left + 2 * edge, frame.top + edge);
                    on_page(open, frame.inner_rows().into(), corner, from)
                }
                Some(_) => None,
                None => {
                    let rows = panes.text_rows();
                    let corner =
                        (panes.text_left(model.config.page_width), panes.rows - cells(rows));
                    on_page(model.reader.open.as_ref()?, rows, corner, from)
                }
            }
        }
        Hit::TreeRow(nth) => {
            let rows = tree::list_rows(model);
            row(rows, nth, model.tree.list.top(model.tree.tree.len(), rows), 2)
        }
        Hit::TagRow(nth) => {
            let rows = tags::list_rows(model);
            row(rows, nth, model.tags.list.top(model.tags.rows.len(), rows), 2)
        }
        Hit::ContextRow(nth) => {
            let rows = context::list_rows(model);
            let pane = &model.context;
            let nth = pane.row_of(nth)?;
            let left = model.size.columns.saturating_sub(panes.context);
            row(rows, nth, pane.list.top(pane.rows.len(), rows), left)
        }
        _ => None,
    }
}

/// Where a stop or a heading stands that is in view on `rows` rows of a page whose text starts at `corner`.
fn on_page(open: &OpenPage, rows: usize, corner: (u16, u16), from: Hit) -> Option<Beside> {
    let holds = |line: &Line| match from {
        Hit::Stop(nth) => line.segments.iter().any(|segment| segment.stop == Some(nth)),
        Hit::Heading(nth) => heading_on(open, line) == Some(nth),
        _ => false,
    };
    let lines = open.layout.lines(open.anchor, rows);
    let first = lines.iter().position(|line| holds(line))?;
    let last = lines.iter().rposition(|line| holds(line))?;
    let before = lines[first].segments.iter().take_while(|segment| match from {
        Hit::Stop(nth) => segment.stop != Some(nth),
        _ => segment.at.is_none(),
    });
    let before: usize = before.map(|segment| crate::text::width::width(&segment.text)).sum();
    let (left, top) = corner;
    Some(Beside { left: left + cells(before), rows: top + cells(first)..top + cells(last) + 1 })
}

/// So many hundredths of some cells.
fn share(cells: u16, hundredths: u16) -> u16 {
    cells / 100 * hundredths + cells % 100 * hundredths / 100
}

fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX / 4)
}
