//! The window through which a table is seen that is wider than the page: the first column stays where there is
//! room for it, of the others as many show, whole, as fit behind what is panned by. Signs at the edges and a line
//! above the header say that there is more.

use std::ops::Range;

use super::block::Content;
use super::line::{Line, Look, Segment};
use super::widths::between;
use crate::text::role::Role;
use crate::text::width::width;

/// Below this width a row's values are easier to read below each other than one by one beside its first.
const PANNED_FROM: usize = 32;
/// A column of prose that is as wide as this reads well; no column is given more.
const PROSE_CELLS: usize = 32;
/// It gives up so much for one more column beside it, and no more.
const PROSE_LEAST: usize = 24;
/// Cells of the sign at an edge and the space beside it.
const EDGE: usize = 2;

/// Whether panning shows a table of `count` columns better than stacking its rows. Of two columns panning would
/// show one at a time.
pub(super) fn is_better_than_stacked(width: usize, count: usize) -> bool {
    width >= PANNED_FROM && count > 2
}

/// Widths that can be read, from those that no cell would wrap in, and whether the first column is narrow
/// enough to stay. Any one column fits beside it.
pub(super) fn readable(mut natural: Vec<usize>, width: usize) -> (Vec<usize>, bool) {
    let prose = prose_cells(width);
    for cells in &mut natural {
        *cells = (*cells).min(prose);
    }
    let held = natural.first().is_some_and(|&first| first * 5 <= width * 2);
    let beside = if held { natural[0] + between(width) } else { EDGE };
    let most = width.saturating_sub(beside + EDGE).max(1);
    for cells in natural.iter_mut().skip(usize::from(held)) {
        *cells = (*cells).min(most);
    }
    (natural, held)
}

/// The most that a column of prose is given: a little less than reads best where one more then fits.
fn prose_cells(width: usize) -> usize {
    let gap = between(width);
    let room = width.saturating_sub(EDGE) + gap;
    let shared = (room / room.div_ceil(PROSE_CELLS + gap).max(1)).saturating_sub(gap);
    if shared < PROSE_LEAST { PROSE_CELLS } else { shared.min(PROSE_CELLS) }
}

/// Which columns are seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// Whether the first column shows before the others.
    held: bool,
    /// The columns behind what is panned by.
    shown: Range<usize>,
    count: usize,
    /// Cells that the page gives to the table.
    width: usize,
}

impl Window {
    /// All columns.
    pub(super) fn whole(widths: &[usize]) -> Self {
        Self { held: false, shown: 0..widths.len(), count: widths.len(), width: 0 }
    }

    /// The columns that `width` cells show when panned by `pan` cells: as far as the last that starts no later
    /// than that, and no further than to the end of the table.
    pub(super) fn at(widths: &[usize], held: bool, width: usize, pan: usize) -> Self {
        let starts = stops(widths, held, width);
        let first = usize::from(held) + starts.iter().rposition(|&at| at <= pan).unwrap_or(0);
        let end = end_of(widths, held, width, first);
        Self { held, shown: first..end, count: widths.len(), width }
    }

    pub(super) fn is_whole(&self) -> bool {
        self.shown == (0..self.count)
    }

    pub(super) fn shows(&self, column: usize) -> bool {
        self.shown.contains(&column) || (self.held && column == 0)
    }

    fn more_left(&self) -> bool {
        self.shown.start > usize::from(self.held)
    }

    fn more_right(&self) -> bool {
        self.shown.end < self.count
    }

    /// What stands before the first column: the sign of columns to the left where no column stays.
    pub(super) fn before(&self, content: Content<'_>) -> Vec<Segment> {
        if self.held || !self.more_left() {
            return Vec::new();
        }
        vec![edge(format!("{} ", content.set.signs.more_left))]
    }

    /// What stands before `column`, where another stands before it.
    pub(super) fn gap(&self, content: Content<'_>, column: usize) -> Segment {
        let cells = between(content.width);
        if self.held && self.more_left() && column == self.shown.start {
            let sign = content.set.signs.more_left;
            return edge(format!("{:<cells$}", format!(" {sign}")));
        }
        Segment::ornament(" ".repeat(cells), Look::of(Role::Text))
    }

    /// What stands behind the last column: the sign of columns to the right, at the edge of the page.
    pub(super) fn after(&self, content: Content<'_>, widths: &[usize]) -> Option<Segment> {
        if !self.more_right() {
            return None;
        }
        let held = if self.held { widths[0] + between(self.width) } else { 0 };
        let left = if self.held || !self.more_left() { 0 } else { EDGE };
        let used = held + left + span(widths, self.width, self.shown.clone());
        let sign = content.set.signs.more_right;
        let cells = self.width.saturating_sub(used + width(sign));
        Some(edge(" ".repeat(cells) + sign))
    }

    /// The line above the header that says which columns are seen.
    pub(super) fn caption(&self, content: Content<'_>) -> Option<Line> {
        if self.is_whole() || (!self.more_left() && !self.more_right()) {
            return None;
        }
        let (first, last) = (self.shown.start + 1, self.shown.end);
        let dash = if content.set.options.ascii { "-" } else { "–" };
        let shown = if first == last { first.to_string() } else { format!("{first}{dash}{last}") };
        let held = match (self.held, self.more_left()) {
            (true, true) => "1, ",
            _ => "",
        };
        let shown = if self.held && !self.more_left() { format!("1{dash}{last}") } else { shown };
        let text = format!("columns {held}{shown} of {}", self.count);
        let cells = self.width.saturating_sub(width(&text));
        let segments = vec![edge(" ".repeat(cells) + &text)];
        Some(Line { segments, fill: None, source: content.source })
    }
}

/// The cells by which the table can be panned: of each column that can stand first behind the held one, where
/// it starts. The first is 0, the last shows the table's end.
pub(super) fn stops(widths: &[usize], held: bool, width: usize) -> Vec<usize> {
    let from = usize::from(held);
    let mut stops = Vec::new();
    let mut start = 0;
    for first in from..widths.len() {
        stops.push(start);
        if end_of(widths, held, width, first) == widths.len() {
            break;
        }
        start += widths[first] + between(width);
    }
    stops
}

/// The cells to be panned by so that `column` is seen, if it is not when panned by `pan`.
pub(super) fn pan_to(
    widths: &[usize],
    held: bool,
    width: usize,
    pan: usize,
    column: usize,
) -> Option<usize> {
    let window = Window::at(widths, held, width, pan);
    if window.shows(column) {
        return None;
    }
    let (stops, from) = (stops(widths, held, width), usize::from(held));
    if column < window.shown.start {
        return stops.get(column - from).copied();
    }
    // To the right no further than needed.
    let mut firsts = (from..).zip(&stops);
    firsts.find(|(first, _)| end_of(widths, held, width, *first) > column).map(|(_, &at)| at)
}

/// One past the last column that fits when `first` stands first; at least one does.
fn end_of(widths: &[usize], held: bool, width: usize, first: usize) -> usize {
    let before = if held { widths[0] + between(width) } else { 0 };
    let left = if held || first == 0 { 0 } else { EDGE };
    let room = width.saturating_sub(before + left);
    if span(widths, width, first..widths.len()) <= room {
        return widths.len();
    }
    let mut end = first + 1;
    while end < widths.len() && span(widths, width, first..end + 1) + EDGE <= room {
        end += 1;
    }
    end
}

/// The cells of these columns and of what parts them.
fn span(widths: &[usize], width: usize, columns: Range<usize>) -> usize {
    let gaps = columns.len().saturating_sub(1) * between(width);
    widths[columns].iter().sum::<usize>() + gaps
}

fn edge(text: String) -> Segment {
    Segment::ornament(text, Look::of(Role::Quiet))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_column_of_prose_gives_up_a_little_for_one_more() {
        let given = |width: usize| super::prose_cells(width);
        assert_eq!([34, 50, 58, 66, 68, 100].map(given), [32, 32, 27, 30, 31, 30]);
    }
}
